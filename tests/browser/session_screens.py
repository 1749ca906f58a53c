"""Pictures of a session for the documentation, like those of `screens`: `python -m tests.browser.session_screens`.

A made-up evening (`evenings.py`) is asked, voted and worked through the real protocol, on a server whose clock is set
to the minutes of that evening; then the page of a participant, the desk and the screen in the hall are photographed.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, expect

from realtime.client import Room
from rooms.model import Role
from tests.browser.device import DESK, PHONE, Device, chromium, device
from tests.browser.evenings import EVENINGS, Asked, Evening
from tests.browser.gathering import Gathering
from tests.browser.hall import found_community
from tests.browser.screens import FOLDER, THEMES, Clock, done, name_of, save
from tests.browser.session_tour import card_of, field_of, tab_of
from tests.web.site import Site, site
from web.addresses import sign_in_url

HALL = ViewportSize(width=1920, height=1080)
TOOLS_GO_MS = 60_000
"""The tools of a screen show themselves and go."""
STATES = ("session", "asking", "desk", "decline")
WIDTHS = (PHONE["width"], DESK["width"])


def names() -> list[str]:
    """Of all the pictures there should be."""
    langs = [evening.lang for evening in EVENINGS]
    pages = [name_of(*which) for which in itertools.product(STATES, langs, WIDTHS, THEMES)]
    return pages + [name_of(*which) for which in itertools.product(("present",), langs, (HALL["width"],), THEMES)]


class Studio:
    """One evening, on a server whose time is the evening's."""

    def __init__(self, evening: Evening, kring: Site, clock: Clock, browser: Browser, base: str) -> None:
        self.evening, self.kring, self.clock, self.browser = evening, kring, clock, browser
        self.base = base
        """As the pages know it: by a name."""
        self._speakers: dict[str, Room] = {}

    async def hold(self, gathering: Gathering) -> None:
        """Ask, vote and work the questions, each in its minute."""
        people = [await gathering.guest(f"Gast {nth}") for nth in range(self.evening.people)]
        for nth, asked in enumerate(self.evening.asked):
            self.clock.set(asked.minute)
            await gathering.ask(people[nth], asked.text, asked.level or self.evening.level)
            if asked.fate != "review":
                await self._work(gathering, asked, people)
        for minute, name, text in self.evening.said:
            self.clock.set(minute)
            await done(await self._speaker(gathering, name), {"t": "chat.post", "text": text})
        self.clock.set(self.evening.now)

    async def _speaker(self, gathering: Gathering, name: str) -> Room:
        if name not in self._speakers:
            self._speakers[name] = await gathering.guest(name, chat=True)
        return self._speakers[name]

    async def _work(self, gathering: Gathering, asked: Asked, people: list[Room]) -> None:
        await gathering.act("qna.approve", asked.text)
        for who in people[: asked.votes]:
            await gathering.vote(who, asked.text)
        if asked.label:
            await gathering.act("qna.label", asked.text, label=asked.label)
        match asked.fate:
            case "answered":
                await gathering.act("qna.answer", asked.text, how="live", text=asked.answer)
            case "declined":
                await gathering.act("qna.decline", asked.text, because="conduct", note=asked.answer)
            case "follow_up":
                await gathering.act("qna.follow_up", asked.text)
            case "parked":
                await gathering.act("qna.park", asked.text, on=True)
            case "stage":
                await gathering.act("qna.stage", asked.text)
            case "next":
                await done(gathering.moderator, {"t": "qna.next", "question": await gathering.question(asked.text)})

    async def device(self, size: ViewportSize) -> Device:
        phone = size is PHONE
        one = await device(self.browser, self.base, self.evening.lang, phone=phone, density=1.5 if phone else 1)
        await one.page.set_viewport_size(size)
        await one.page.clock.install(time=self.clock.minute)
        return one

    async def take(self, state: str, one: Device, size: ViewportSize) -> None:
        """A picture in the light and one in the dark."""
        for theme in THEMES:
            await one.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            picture = await one.page.screenshot(animations="disabled", caret="hide")
            name = name_of(state, self.evening.lang, size["width"], theme)
            await asyncio.to_thread(save, picture, FOLDER / name)
            print(name, flush=True)
        await one.page.emulate_media(color_scheme="light")


async def of_participant(made: Studio, gathering: Gathering, size: ViewportSize, somebody: Device) -> None:
    one = await made.device(size)
    await one.context.add_cookies(await somebody.context.cookies())  # type: ignore[arg-type]
    await one.go(f"/s/{gathering.id}")
    await expect(tab_of(one, "top")).to_be_visible()
    staged = next(asked.text for asked in made.evening.asked if asked.fate == "next")
    await expect(card_of(one, staged)).to_be_visible()
    await made.take("session", one, size)
    await one.press(one.page.get_by_role("button", name=one.words("ask-placeholder")) if one.phone else field_of(one))
    await one.page.keyboard.type(made.evening.asking)
    await made.take("asking", one, size)
    await one.context.close()


async def of_moderator(made: Studio, gathering: Gathering, size: ViewportSize, staff: Device) -> None:
    one = await made.device(size)
    await one.context.add_cookies(await staff.context.cookies())  # type: ignore[arg-type]
    await one.go(f"/s/{gathering.id}/desk")
    first = next(asked.text for asked in made.evening.asked if asked.fate == "review")
    await expect(one.page.get_by_text(first)).to_be_visible()
    await one.page.keyboard.press("j")
    await made.take("desk", one, size)
    await one.page.keyboard.press("d")
    await expect(one.page.get_by_role("dialog")).to_be_visible()
    await made.take("decline", one, size)
    await one.context.close()


MAKE_LINK = """async (session) => {
  const headers = { "X-Kring": "1", "Content-Type": "application/json" };
  const answer = await fetch(`/api/sessions/${session}/screen`, { method: "POST", body: "{}", headers });
  return (await answer.json()).url;
}"""


async def of_hall(made: Studio, gathering: Gathering, staff: Device) -> None:
    """The link that a moderator makes, opened on the screen in the hall."""
    url = await staff.page.evaluate(MAKE_LINK, gathering.id)
    one = await made.device(HALL)
    await one.go(url)
    staged = next(asked.text for asked in made.evening.asked if asked.fate == "stage")
    await expect(one.page.get_by_role("heading", name=staged)).to_be_visible()
    await expect(one.page.get_by_role("img")).to_be_visible()
    await one.page.clock.fast_forward(TOOLS_GO_MS)
    await made.take("present", one, HALL)
    await one.context.close()


@asynccontextmanager
async def studio(evening: Evening, folder: Path) -> AsyncIterator[Studio]:
    await found_community(folder, name=evening.community, purpose=evening.purpose, chat=evening.chat, lang=evening.lang)
    clock = Clock()
    address = f"{evening.community.split()[0].lower()}.example"
    async with site(folder / "data", lang=evening.lang) as kring:
        rule = f"--host-resolver-rules=MAP {address} {kring.base.removeprefix('http://')}"
        async with chromium(rule) as browser:
            clock.set(evening.asked[0].minute)
            kring.house.hub.now = clock
            yield Studio(evening, kring, clock, browser, f"http://{address}")


async def photograph(evening: Evening) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with studio(evening, Path(folder)) as made:
            of = Gathering.of(Place(made.kring), evening.title, level=evening.level, moderator=evening.other)
            async with of as gathering:
                await made.hold(gathering)
                staff = await made.device(DESK)
                await staff.sign_in(f"/in#{await made.kring.token(Role.MODERATOR)}", evening.moderator)
                somebody = await made.device(DESK)
                await somebody.knock(gathering.code, evening.participant)
                await expect(tab_of(somebody, "top")).to_be_visible()
                for size in (PHONE, DESK):
                    await of_participant(made, gathering, size, somebody)
                    await of_moderator(made, gathering, size, staff)
                await of_hall(made, gathering, staff)


class Place:
    """A Site, as a Gathering wants it."""

    def __init__(self, kring: Site) -> None:
        self._kring, self.base = kring, kring.base

    async def link(self, role: Role) -> str:
        return sign_in_url(self.base, await self._kring.token(role))


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names():
        (FOLDER / name).unlink(missing_ok=True)
    for evening in EVENINGS:
        await photograph(evening)


if __name__ == "__main__":
    asyncio.run(main())
