"""Pictures of the page for the documentation: `python -m tests.browser.screens` takes them all anew (a minute).

A made-up morning (`conversations.py`) is said through the real protocol to a real server, whose clock is set to the
minutes of that morning; then the screens are photographed on a phone and on a desk, in the light and in the dark, in
Dutch and in English. Needs Pillow, which the test environment has.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from realtime.client import Done, Room, connect
from realtime.client.values import Value
from rooms.model import Role
from tests.browser.conversations import CONVERSATIONS, Conversation, Message
from tests.browser.device import DESK, PHONE, ZONE, Device, chromium, device
from tests.browser.hall import found_community
from tests.browser.palette import reduced
from tests.web.site import Site, site
from web.rehearsal.door import Door

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "screens"
STATES = ("join", "empty", "chat", "search", "keys", "qr", "reconnecting")
WIDTHS = (PHONE["width"], DESK["width"])
THEMES = ("light", "dark")


def name_of(state: str, lang: str, width: int, theme: str) -> str:
    return f"{state}-{lang}-{width}-{theme}.png"


def names() -> list[str]:
    """Of all the pictures there should be."""
    langs = [conversation.lang for conversation in CONVERSATIONS]
    return [name_of(*which) for which in itertools.product(STATES, langs, WIDTHS, THEMES)]


class Clock:
    """The server's: it is set to the minute at which something is said, and goes on from there.

    The morning is the day after tomorrow's: a room's time never runs back, and the room was opened just now.
    """

    def __init__(self) -> None:
        self._morning = datetime.now(ZoneInfo(ZONE)).replace(second=0, microsecond=0) + timedelta(days=2)
        self.minute, self._set_at = self._morning, time.monotonic()

    def set(self, minute: str, more: int = 0) -> None:
        """`more`: minutes after it; negative: before."""
        day = self._morning - timedelta(days=1) if minute.startswith("-") else self._morning
        hours, minutes = minute.removeprefix("-").split(":")
        at = day.replace(hour=int(hours), minute=int(minutes)) + timedelta(minutes=more)
        self.minute, self._set_at = at, time.monotonic()

    def __call__(self) -> int:
        return int((self.minute.timestamp() + time.monotonic() - self._set_at) * 1_000)


class Studio:
    """One conversation, and the two devices that its owner looks at it with."""

    def __init__(self, conversation: Conversation, kring: Site, clock: Clock, desk: Device, phone: Device) -> None:
        self.conversation, self.kring, self.clock = conversation, kring, clock
        self.devices = (desk, phone)
        self.speakers: dict[str, Room] = {}
        self._ids: dict[str, str] = {}

    async def take(self, state: str, *devices: Device) -> None:
        """A picture of each device, in the light and in the dark."""
        for one in devices or self.devices:
            width = (PHONE if one.phone else DESK)["width"]
            for theme in THEMES:
                await one.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                if state == "chat":
                    await self._be_typing()
                picture = await one.page.screenshot(animations="disabled", caret="hide")
                name = name_of(state, self.conversation.lang, width, theme)
                await asyncio.to_thread(save, picture, FOLDER / name)
                print(name, flush=True)
            await one.page.emulate_media(color_scheme="light")

    async def _be_typing(self) -> None:
        self.speakers[self.conversation.typist].whisper("typing", {"on": True})
        for one in self.devices:
            await expect(one.page.get_by_text(self.typing(one))).to_be_visible()

    def typing(self, one: Device) -> str:
        """What it says of who is typing."""
        return one.words("typing", count=1, names=self.conversation.typist)

    async def gather(self, stack: AsyncExitStack) -> None:
        """Everybody comes in, the owner with a third connection."""
        door = Door(self.kring.base, self.kring.code, self.conversation.lang)
        (cookie,) = await self.devices[0].context.cookies()
        cookies = {self.conversation.owner: f"{cookie['name']}={cookie['value']}"}
        for person in self.conversation.people:
            cookies[person] = (await door.enter(person)).cookie
        for person, theirs in cookies.items():
            client = await stack.enter_async_context(connect(door.socket_url, cookie=theirs, origin=door.origin))
            self.speakers[person] = await client.join(self.kring.room)

    async def talk(self) -> None:
        for message in self.conversation.messages:
            self.clock.set(message.time)
            await self._say(message)
        self.clock.set(self.conversation.now)
        for one in self.devices:
            await expect(one.message(self.conversation.messages[-1].text)).to_be_visible()
            everybody = one.words("here-count", count=len(self.speakers))
            await expect(one.page.get_by_text(everybody, exact=True).first).to_be_visible()
            await one.page.mouse.move(0, 0)

    async def _say(self, message: Message) -> None:
        room, owner = self.speakers[message.who], self.speakers[self.conversation.owner]
        known = set(owner.records)
        answered = {"reply_to": self._ids[message.answers]} if message.answers else {}
        await done(room, {"t": "chat.post", "text": message.text, **answered})
        while not (new := set(owner.records) - known):
            await anext(owner.changes())
        (id,) = (id for id in new if owner.records[id].get("t") == "chat.message")
        self._ids[message.key] = id
        for reaction, person in message.reactions:
            await done(self.speakers[person], {"t": "chat.react", "message": id, "reaction": reaction, "on": True})
        if message.pinned:
            await done(owner, {"t": "chat.pin", "message": id, "on": True})
        if message.saved:
            await done(owner, {"t": "chat.save", "message": id, "on": True})


async def done(room: Room, command: Mapping[str, Value]) -> None:
    outcome = await room.do(command)
    assert isinstance(outcome, Done), outcome


def save(picture: bytes, path: Path) -> None:
    path.write_bytes(reduced(picture))


@asynccontextmanager
async def studio(conversation: Conversation, folder: Path) -> AsyncIterator[tuple[Studio, AsyncExitStack]]:
    """The stack ends with the server's: closing it is what a page sees as a server that went away."""
    made = conversation
    await found_community(folder, name=made.community, purpose=made.purpose, chat=made.chat, lang=made.lang)
    clock = Clock()
    async with site(folder / "data", lang=made.lang):
        pass  # it opens the chat at the hour it is; from now on time is the conversation's
    async with AsyncExitStack() as running:
        kring = await running.enter_async_context(site(folder / "data", lang=made.lang))
        kring.house.hub.now = clock
        address = f"{made.community.split()[-1].lower()}.example"
        rule = f"--host-resolver-rules=MAP {address} {kring.base.removeprefix('http://')}"
        async with chromium(rule) as browser:
            desk, phone = [
                await device(browser, f"http://{address}", made.lang, phone=small, density=1.5 if small else 1)
                for small in (False, True)
            ]
            clock.set(made.now)
            for one in (desk, phone):
                await one.page.clock.install(time=clock.minute)
            await desk.sign_in(f"/in#{await kring.token(Role.OWNER)}", made.owner)
            await phone.context.add_cookies(await desk.context.cookies())  # type: ignore[arg-type]
            await phone.go("/c")
            await phone.arrived()
            yield Studio(made, kring, clock, desk, phone), running


async def photograph(conversation: Conversation) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with studio(conversation, Path(folder)) as (made, running):
            await made.take("empty")
            await made.gather(running)
            await made.talk()
            await made.take("chat")
            await knock(made)
            await search(made)
            await dialogs(made)
            await running.aclose()
            await wait_for_the_server(made)


async def knock(made: Studio) -> None:
    """Somebody new, with the address from the QR."""
    for owner in made.devices:
        browser = owner.context.browser
        assert browser is not None
        base = owner.page.url.removesuffix("/c")
        density = 1.5 if owner.phone else 1
        one = await device(browser, base, made.conversation.lang, phone=owner.phone, density=density)
        await one.go(f"/j/{made.kring.code}")
        await one.write(one.page.get_by_label(one.words("name-label")), made.conversation.newcomer)
        await made.take("join", one)
        await one.context.close()


async def search(made: Studio) -> None:
    for one in made.devices:
        await one.press(one.button("search-title"))
        await one.write(one.page.get_by_role("searchbox"), made.conversation.search)
        await expect(one.page.get_by_role("search").locator("mark").nth(2)).to_be_visible()
    await made.take("search")
    for one in made.devices:
        await one.press(one.button("close-search"))


async def dialogs(made: Studio) -> None:
    for one in made.devices:
        await one.log.focus()
        await one.page.keyboard.press("?")
        await expect(one.page.get_by_role("dialog")).to_be_visible()
    await made.take("keys")
    for one in made.devices:
        await one.page.keyboard.press("Escape")
        await one.menu()
        await one.press(one.button("show-qr"))
        await expect(one.page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    await made.take("qr")
    for one in made.devices:
        await one.page.keyboard.press("Escape")


async def wait_for_the_server(made: Studio) -> None:
    """The server is gone: what one says waits."""
    for one in made.devices:
        await expect(one.status("reconnecting", waiting=0)).to_be_visible()
        await expect(one.page.get_by_text(made.typing(one))).to_have_count(0)
        for text in made.conversation.waiting:
            await one.say(text)
        await expect(one.status("reconnecting", waiting=len(made.conversation.waiting))).to_be_visible()
    await made.take("reconnecting")


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names():
        (FOLDER / name).unlink(missing_ok=True)
    for conversation in CONVERSATIONS:
        await photograph(conversation)
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(names())} pictures, {total / 1_000_000:.1f} MB")


if __name__ == "__main__":
    asyncio.run(main())
