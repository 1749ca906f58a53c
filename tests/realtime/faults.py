"""A house on a journal that loses, delays and answers late; and a client that resends until it knows (J2, J4)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any

from realtime.journal import Journal, News, Position
from realtime.projection import Projection
from tests.journal.adverse import Faults, World
from tests.realtime.browser import ROOM, Browser
from tests.realtime.house import House, living, steps


@asynccontextmanager
async def adverse(world: World, *, processes: int = 1, **options: Any) -> AsyncIterator[House]:
    """A house on a journal that does what the world's faults say, once the room is open."""
    faults, world.faults = world.faults, Faults()
    options.setdefault("patience", lambda: steps(20))
    async with world.open(processes) as journals, living(journals, **options) as built:
        await built.opened()
        world.faults = faults
        yield built
        world.faults = Faults()


def hearing(journal: Journal) -> asyncio.Event:
    """Make this process's followers hear only while the event is set."""
    hears, follow = asyncio.Event(), journal.follow
    hears.set()

    async def late(room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        async with aclosing(follow(room, after)) as news:
            async for pieces in news:
                await hears.wait()
                yield pieces

    journal.follow = late  # type: ignore[method-assign]
    return hears


def texts(world: World, built: House) -> list[str]:
    """What the journal itself has, read afresh."""
    projection = Projection(built.kinds["chat"])
    for entry in world.entries(ROOM):
        projection.apply(entry)
    messages = [r for r in projection.records.values() if hasattr(r, "text")]
    return [str(getattr(r, "text", "")) for r in sorted(messages, key=lambda r: int(getattr(r, "n", 0)))]


async def counted(browser: Browser, id: str, text: str) -> None:
    """Send it again, unchanged, until it is known to count (J4)."""
    tries = 1
    while True:
        await browser.until(lambda i=id, n=tries: len(browser.answers(i)) >= n)  # type: ignore[misc]
        if any(answer["t"] == "done" for answer in browser.answers(id)):
            return
        again = resend(browser, id, text)
        id, tries = again, tries + 1 if again == id else 1


def resend(browser: Browser, id: str, text: str) -> str:
    return browser.do({"t": "chat.post", "text": text}, id=id, seq=0)
