"""Pictures of a session's life and of its harvest for the documentation, like those of `board_screens`:
`python -m tests.browser.harvest_screens`, or with a folder behind it every state in the light and in the dark.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx2
from playwright.async_api import expect

from persistence import sessions
from persistence.database import Database
from rooms.model import Role
from tests.browser.device import DESK, PHONE, Device
from tests.browser.gathering import Gathering
from tests.browser.harvests import ENDED, Ended, leave
from tests.browser.screens import FOLDER, THEMES, name_of, save
from tests.browser.session_screens import Place, Studio, studio

STATES = ("life", "closing", "harvest", "keeping", "outcome")
SIZES = (PHONE, DESK)
GRACE_LEFT_MS = 42_000


def theme_of(state: str, lang: str, width: int) -> str:
    """Each state is seen in the light and in the dark, on each screen and in each language."""
    odd = STATES.index(state) + (lang == "en") + (width == DESK["width"])
    return THEMES[odd % 2]


def names() -> list[str]:
    """Of all the pictures there should be."""
    langs = [each.evening.lang for each in ENDED]
    which = itertools.product(STATES, langs, (size["width"] for size in SIZES))
    return [name_of(state, lang, width, theme_of(state, lang, width)) for state, lang, width in which]


async def begin_closing(database: Database, session: str, until: int | None) -> None:
    """As when staff close it, but that nothing goes on by itself: `until` (ms) it can be taken back."""
    async with database.write() as tx:
        await sessions.close(tx, session, until=until)


class Harvest:
    """One evening until after its end. `staff`: the browser of who runs it, without a page."""

    def __init__(
        self, about: Ended, made: Studio, gathering: Gathering, staff: httpx2.AsyncClient, folder: Path | None
    ) -> None:
        self.about, self.made, self.gathering, self.staff, self._folder = about, made, gathering, staff, folder
        self.lead: Sequence[Device] = ()
        self.member: Sequence[Device] = ()

    async def take(self, state: str, devices: Sequence[Device]) -> None:
        for each in devices:
            width = (PHONE if each.phone else DESK)["width"]
            for theme in THEMES:
                if self._folder is None and theme != theme_of(state, self.about.evening.lang, width):
                    continue
                await each.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                picture = await each.page.screenshot(animations="disabled", caret="hide")
                name = name_of(state, self.about.evening.lang, width, theme)
                await asyncio.to_thread(save, picture, (self._folder or FOLDER) / name)
                print(name, flush=True)
            await each.page.emulate_media(color_scheme="light")

    async def hold(self) -> None:
        """The evening, with what it leaves; and another session that was, and one that is to come."""
        wish = {"level": "named", "review": True}
        was = await self.staff.post("/api/sessions", json={"title": self.about.before, **wish})
        await self.staff.post(f"/api/sessions/{was.json()['id']}/close", json={})
        await self.made.kring.house.worker.closed(was.json()["id"])
        await self.staff.post("/api/sessions", json={"title": self.about.later, "planned": True, **wish})
        told = {"title": self.about.evening.title, "purpose": self.about.purpose}
        assert (await self.staff.put(f"/api/sessions/{self.gathering.id}", json=told)).status_code == 200
        await self.made.hold(self.gathering)
        await leave(self.gathering, self.about.left, self.about.evening.level)
        lead, member = await self.made.device(DESK), await self.made.device(DESK)
        for one, role, name in (
            (lead, Role.MODERATOR, self.about.evening.moderator),
            (member, Role.MEMBER, self.about.evening.participant),
        ):
            await one.sign_in(f"/in#{await self.made.kring.token(role)}", name)
        self.lead, self.member = [await self._devices(who) for who in (lead, member)]

    async def _devices(self, who: Device) -> list[Device]:
        found = []
        for size in SIZES:
            one = await self.made.device(size)
            await one.context.add_cookies(await who.context.cookies())  # type: ignore[arg-type]
            found.append(one)
        await who.context.close()
        return found

    async def life(self) -> None:
        for one in self.lead:
            await one.go("/c")
            await one.arrived()
            await one.menu()
            await expect(one.page.get_by_text(self.about.later).last).to_be_visible()
        await self.take("life", self.lead)

    async def closing(self) -> None:
        until = int(self.made.clock.minute.timestamp() * 1_000) + GRACE_LEFT_MS
        await begin_closing(self.made.kring.house.database, self.gathering.id, until)
        for one in self.lead:
            await one.page.clock.set_fixed_time(self.made.clock.minute)
            await one.go(f"/s/{self.gathering.id}/desk")
            await expect(one.button("life-take-back")).to_be_visible()
        await self.take("closing", self.lead)
        back = await self.staff.post(f"/api/sessions/{self.gathering.id}/take-back", json={})
        assert back.json()["state"] == "open", back.text

    async def harvest(self) -> None:
        await self.gathering.close()
        await self.made.kring.house.worker.closed(self.gathering.id)
        lines = await self._lines()
        await self._choose(lines, "answered", publish=True)
        await self._choose(lines, "decision", publish=False)
        await self._choose(lines, "pinned")
        for one in self.lead:
            await one.go(f"/s/{self.gathering.id}/harvest")
            await expect(one.page.get_by_role("heading", name=one.words("harvest-question"))).to_be_visible()
        await self.take("harvest", self.lead)

    async def _lines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.staff.get(self._outcome)).json()["lines"]
        return found

    @property
    def _outcome(self) -> str:
        return f"/api/sessions/{self.gathering.id}/outcome"

    async def _choose(self, lines: list[dict[str, Any]], about: str, *, publish: bool | None = None) -> None:
        """`publish`: None drops it."""
        line = next(each for each in lines if each["about"] == about)
        kept = {"choice": "kept", "draft": line["draft"], "publish": publish}
        wish = {"choice": "dropped"} if publish is None else kept
        answer = await self.staff.put(f"{self._outcome}/{line['id']}", json=wish)
        assert answer.status_code == 200, answer.text

    async def keeping(self) -> None:
        name = next(iter(self.about.left.groups))
        for one in self.lead:
            row = one.page.locator("[data-line]").filter(has_text=name)
            await one.press(row.get_by_role("button", name=one.words("harvest-keep"), exact=True))
            await expect(row.get_by_label(one.words("harvest-title"), exact=True)).to_be_focused()
            await row.evaluate("(element) => element.scrollIntoView()")
        await self.take("keeping", self.lead)

    async def outcome(self) -> None:
        for one in self.member:
            await one.go(f"/s/{self.gathering.id}/harvest")
            await expect(one.page.get_by_role("heading", name=one.words("outcome-page"))).to_be_visible()
        await self.take("outcome", self.member)


async def photograph(about: Ended, folder: Path | None) -> None:
    evening = about.evening
    with tempfile.TemporaryDirectory() as data:
        async with studio(evening, Path(data)) as made, made.kring.signed_in(Role.OWNER) as staff:
            of = Gathering.of(Place(made.kring), evening.title, level=evening.level, moderator=evening.other)
            async with of as gathering:
                one = Harvest(about, made, gathering, staff, folder)
                for part in (one.hold, one.life, one.closing, one.harvest, one.keeping, one.outcome):
                    await part()


async def main(folder: Path | None) -> None:
    if folder is None:
        for name in names():
            (FOLDER / name).unlink(missing_ok=True)
    (folder or FOLDER).mkdir(parents=True, exist_ok=True)
    for about in ENDED:
        await photograph(about, folder)
    if folder is None:
        total = sum((FOLDER / name).stat().st_size for name in names())
        print(f"{len(names())} pictures, {total / 1_000_000:.2f} MB")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
