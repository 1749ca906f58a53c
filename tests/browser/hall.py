"""A Kring in a process of its own, that can be killed and started again, and the ways in that are not a page."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from persistence import communities, founding, links, migrations, people
from persistence.database import Database
from persistence.founding import Description
from persistence.gate import now_ms
from realtime.client import Done, Room, connect
from rooms.model import Role
from tests.web.process import Serving, served
from web import directory
from web.addresses import sign_in_url
from web.rehearsal.door import Door

Line = tuple[str, str]
"""Who, and what."""
CODE = re.compile(r"\b([A-Z2-9]{3}) ([A-Z2-9]{3})\b")


class Hall:
    """`base`: where pages find it, the same after a restart; `code`: what people type to get in."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder, self._settings = folder, settings
        self._running = AsyncExitStack()
        self._before = ""
        self._serving: Serving | None = None
        self.base = ""
        self.code = ""

    @property
    def data(self) -> Path:
        return self._folder / "data"

    @property
    def said(self) -> str:
        """Everything the server wrote, to standard output and to its log, over all its lives."""
        now = f"{self._serving.output}{self._serving.errors}" if self._serving else ""
        return self._before + now

    async def start(self) -> None:
        """Serve; after a kill at the same port."""
        serving = await self._running.enter_async_context(served(self._folder, terminal=False, **self._settings))
        self._serving, self.base = serving, serving.base
        self._settings["PORT"] = self.base.rpartition(":")[2]
        found = CODE.search(serving.output)
        assert found is not None, serving.output
        self.code = found[1] + found[2]

    async def kill(self) -> None:
        """End it as `kill -9` does: at once, whatever it was doing."""
        assert self._serving is not None
        await self._serving.stop(signal.SIGKILL)
        await self.close()

    async def close(self) -> None:
        await self._running.aclose()
        self._before, self._serving = self.said, None

    async def link(self, role: Role, *, same: str | None = None) -> str:
        """A sign-in link for a new person with that role; `same`: for whoever has that role and name already."""
        async with Database.open(self.data) as database, database.write() as tx:
            home = (await communities.everyone(tx))[0]
            theirs = await people.with_role(tx, home.id, role) if same else ()
            person = next((member.person for member in theirs if member.name == same), None)
            assert (person is None) == (same is None)
            token = await links.create(tx, home.id, role, now=now_ms(), person=person)
        return sign_in_url(self.base, token)

    async def set_up(self) -> None:
        """As if its owner had been there, and had kept to the name it has."""
        async with Database.open(self.data) as database, database.write() as tx:
            home = (await communities.everyone(tx))[0]
            said = Description(home.name, home.purpose, home.lang, home.preset, home.agreements)
            await founding.describe(tx, home.id, said)

    @property
    def owner_link(self) -> str:
        """The one that the first start left behind."""
        return (self.data / directory.OWNER_LINK).read_text().strip()

    @asynccontextmanager
    async def guest(self, name: str) -> AsyncIterator[Room]:
        """Somebody in the chat without a page: through the real door, over the real protocol."""
        door = Door(self.base, self.code, "en")
        entrance = await door.enter(name)
        async with connect(door.socket_url, cookie=entrance.cookie, origin=door.origin) as client:
            yield await client.join(entrance.room, older=0)

    async def fill(self, lines: Sequence[Line]) -> None:
        """Have all that said, each speaker in order, all speakers at once."""
        of_speaker: dict[str, list[str]] = {}
        for speaker, text in lines:
            of_speaker.setdefault(speaker, []).append(text)
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
            for speaker, texts in of_speaker.items():
                room = await stack.enter_async_context(self.guest(speaker))
                tasks.create_task(_say(room, texts))


async def _say(room: Room, texts: Sequence[str]) -> None:
    most_at_once = 64
    for first in range(0, len(texts), most_at_once):
        waiting = [room.start({"t": "chat.post", "text": text}) for text in texts[first : first + most_at_once]]
        for pending in waiting:
            outcome = await pending.outcome
            assert isinstance(outcome, Done), outcome


def spoken(texts: Sequence[str], speakers: int) -> list[Line]:
    """Those texts, in turn by so many people."""
    return [(f"Spreker {nth % speakers + 1}", text) for nth, text in enumerate(texts)]


@asynccontextmanager
async def hall(folder: Path, *, begun: bool = True, **settings: str) -> AsyncIterator[Hall]:
    """A Kring that serves until the block ends. `begun`: its owner was there; `settings`: as in its environment."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    found = Hall(folder, settings)
    try:
        await found.start()
        if begun:
            await found.set_up()
        yield found
    finally:
        await found.close()


async def found_community(folder: Path, *, name: str, purpose: str, chat: str, lang: str) -> None:
    """Make the community before the server's first start, which would make one with a name of its own."""
    data = folder / "data"
    directory.prepare(data)
    await asyncio.to_thread(migrations.migrate, data)
    async with Database.open(data) as database, database.write() as tx:
        await communities.create(tx, name=name, purpose=purpose, lang=lang, chat=chat, now=now_ms())
