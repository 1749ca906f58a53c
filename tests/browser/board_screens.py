"""Pictures of a board for the documentation, like those of `session_screens`: `python -m tests.browser.board_screens`.

With a folder behind it every state is taken there in the light and in the dark, to look at; for the documentation each
is taken in one of them, so that together they stay small.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from playwright.async_api import expect

from realtime.client import Room
from rooms.model import Role
from tests.browser.board_place import card
from tests.browser.board_tour import add_in, look_at, see_agreed, see_column
from tests.browser.device import DESK, PHONE, Device
from tests.browser.gathering import Gathering
from tests.browser.retrospectives import RETROSPECTIVES, Retrospective
from tests.browser.screens import FOLDER, THEMES, done, name_of, save
from tests.browser.session_screens import Place, Studio, studio
from tests.browser.session_tour import tab_of

STATES = ("board-write", "board-group", "board-vote", "board-agreed", "board-list")
SIZES = (PHONE, DESK)
MINUTES, RUNS_MINUTES = 8, 3
MINUTE_MS = 60_000


def theme_of(state: str, lang: str, width: int) -> str:
    """Each state is seen in the light and in the dark, on each screen and in each language."""
    odd = STATES.index(state) + (lang == "en") + (width == DESK["width"])
    return THEMES[odd % 2]


def names() -> list[str]:
    """Of all the pictures there should be."""
    langs = [each.evening.lang for each in RETROSPECTIVES]
    which = itertools.product(STATES, langs, (size["width"] for size in SIZES))
    return [name_of(state, lang, width, theme_of(state, lang, width)) for state, lang, width in which]


class Board:
    """A board under way, and who is on it without a page. `lead` and `one`: their devices, small and wide."""

    def __init__(self, about: Retrospective, made: Studio, gathering: Gathering, folder: Path | None) -> None:
        self.about, self.made, self.gathering, self._folder = about, made, gathering, folder
        self.people: dict[str, Room] = {}
        self.staff: Room
        self.lead: Sequence[Device] = ()
        self.one: Sequence[Device] = ()

    async def take(self, state: str, devices: Sequence[Device]) -> None:
        for each in devices:
            width = (PHONE if each.phone else DESK)["width"]
            for theme in THEMES:
                if self._folder is None and theme != theme_of(state, self.about.evening.lang, width):
                    continue
                await each.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                await each.page.mouse.move(0, 0)
                picture = await each.page.screenshot(animations="disabled", caret="hide")
                name = name_of(state, self.about.evening.lang, width, theme)
                await asyncio.to_thread(save, picture, (self._folder or FOLDER) / name)
                print(name, flush=True)
            await each.page.emulate_media(color_scheme="light")

    def id_of(self, text: str) -> str:
        """Of a note, or of the group with this name."""
        records = self.staff.records.items()
        return next(id for id, r in records if r["t"] in ("board.note", "board.group") and r.get("text") == text)

    def columns(self) -> list[str]:
        of_columns = ((r["place"], id) for id, r in self.staff.records.items() if r["t"] == "board.column")
        return [id for _, id in sorted(of_columns)]

    def column(self, nth: int) -> str:
        return str(self.staff.records[self.columns()[nth]]["title"])

    async def go(self, was: str, phase: str) -> None:
        await done(self.staff, {"t": "board.go", "was": was, "phase": phase})
        for each in (*self.lead, *self.one):
            heading = each.words(f"board-title-{phase}")
            await expect(each.page.get_by_role("heading", name=heading)).to_be_visible()

    # ---- the phases --------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        evening = self.about.evening
        self.made.clock.set(evening.now, -RUNS_MINUTES)
        self.staff = await self.gathering.board(self.about.title, template="keep_change_try")
        await done(self.staff, {"t": "board.start", "ms": MINUTES * MINUTE_MS})
        self.made.clock.set(evening.now)
        for name in dict.fromkeys(name for column in self.about.notes for name, _, _ in column):
            self.people[name] = await self.gathering.on(self.staff.id, name)
        staff, somebody = await self.made.device(DESK), await self.made.device(DESK)
        await staff.sign_in(f"/in#{await self.made.kring.token(Role.MODERATOR)}", evening.moderator)
        await somebody.knock(self.gathering.code, evening.participant)
        await expect(tab_of(somebody, "top")).to_be_visible()
        self.lead, self.one = [await self._devices(who) for who in (staff, somebody)]

    async def _devices(self, who: Device) -> list[Device]:
        found = []
        for size in SIZES:
            one = await self.made.device(size)
            await one.context.add_cookies(await who.context.cookies())  # type: ignore[arg-type]
            await one.go(f"/s/{self.gathering.id}/board/{self.staff.id}")
            await expect(add_in(one, self.column(0))).to_be_visible()
            found.append(one)
        await who.context.close()
        return found

    async def write(self) -> None:
        for column, notes in zip(self.columns(), self.about.notes, strict=True):
            for name, text, _ in notes:
                await done(self.people[name], {"t": "board.write", "column": column, "text": text})
        phone, desk = self.one
        for nth, text in enumerate(self.about.mine):
            await desk.press(add_in(desk, self.column(nth)))
            await desk.page.keyboard.type(text)
            await desk.page.keyboard.press("Enter")
            await expect(card(desk, text)).to_contain_text(desk.words("board-only-you"))
            await desk.page.keyboard.press("Escape")
        for name in list(self.people)[:2]:
            await done(self.people[name], {"t": "board.ready", "on": True})
        for one in (phone, desk):
            await see_column(one, 1)
            await one.press(add_in(one, self.column(1)))
            await one.page.keyboard.type(self.about.half)
        await self.take("board-write", self.one)
        for one in (phone, desk):
            await one.page.keyboard.press("ControlOrMeta+a")
            await one.page.keyboard.press("Delete")
            await one.page.keyboard.press("Escape")
        await done(self.staff, {"t": "board.stop"})

    async def group(self) -> None:
        await self.go("write", "reveal")
        await self.go("reveal", "group")
        first, other = self.about.together
        await done(self.staff, {"t": "board.group_with", "note": self.id_of(other), "other": self.id_of(first)})
        group = str(self.staff.records[self.id_of(first)]["within"])
        await done(self.staff, {"t": "board.name_group", "group": group, "rev": 0, "text": self.about.name})
        for each in self.lead:
            await see_column(each, 1)
            await expect(each.page.locator("section.group")).to_contain_text(self.about.name)
        await self.take("board-group", self.lead)

    async def vote(self) -> None:
        await self.go("group", "vote")
        given = [(self.id_of(text), dots) for column in self.about.notes for _, text, dots in column]
        await self._give([(self.id_of(self.about.name), self.about.dots), *given])
        phone, desk = self.one
        await see_column(phone, 1)
        for _ in range(2):
            await desk.press(desk.page.locator("section.group button.more").first)
        await desk.press(card(desk, self.about.notes[2][0][1]).locator("button.more"))
        await expect(phone.page.get_by_text(phone.words("board-votes-left", left=2, budget=5))).to_be_visible()
        await self.take("board-vote", self.one)

    async def _give(self, wanted: Sequence[tuple[str, int]]) -> None:
        """At most three to one card, and five in all, of each."""
        left = dict.fromkeys([*self.people.values(), self.staff], 5)
        for card_id, dots in wanted:
            for who in sorted(left, key=lambda each: -left[each]):
                gives = min(3, left[who], dots)
                if gives > 0:
                    await done(who, {"t": "board.vote", "card": card_id, "dots": gives})
                    left[who] -= gives
                    dots -= gives

    async def agree(self) -> None:
        await self.go("vote", "discuss")
        for text, owner, days in self.about.actions:
            day = (self.made.clock.minute + timedelta(days=int(days))).date().isoformat()
            about = self.id_of(self.about.name) if days == "14" else None
            await done(self.staff, {"t": "board.plan", "text": text, "owner": owner, "due": day, "about": about})
        for text in self.about.decisions:
            await done(self.staff, {"t": "board.decide", "text": text})
        for each in self.lead:
            await see_agreed(each)
            await expect(each.page.locator("section.results")).to_contain_text(self.about.decisions[-1])
        await self.take("board-agreed", self.lead)
        for each in self.one:
            await look_at(each, "list")
            await expect(each.page.get_by_role("heading", name=self.about.name)).to_be_visible()
        await self.take("board-list", self.one)


async def photograph(about: Retrospective, folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with studio(about.evening, Path(data)) as made:
            of = Gathering.of(Place(made.kring), about.session, level="named", moderator=about.evening.other)
            async with of as gathering:
                board = Board(about, made, gathering, folder)
                for part in (board.begin, board.write, board.group, board.vote, board.agree):
                    await part()


async def main(folder: Path | None) -> None:
    if folder is None:
        for name in names():
            (FOLDER / name).unlink(missing_ok=True)
    (folder or FOLDER).mkdir(parents=True, exist_ok=True)
    for about in RETROSPECTIVES:
        await photograph(about, folder)
    if folder is None:
        total = sum((FOLDER / name).stat().st_size for name in names())
        print(f"{len(names())} pictures, {total / 1_000_000:.2f} MB")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
