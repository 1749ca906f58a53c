"""Pictures of the library for the documentation, like those of `harvest_screens`:
`python -m tests.browser.library_screens`, or with a folder behind it every state in the light and in the dark.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import httpx2
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import DESK, PHONE, Device
from tests.browser.gathering import Gathering
from tests.browser.harvests import leave
from tests.browser.screens import FOLDER, THEMES, name_of, save
from tests.browser.session_screens import Place, Studio, studio
from tests.browser.shelves import SHELVES, Shelf, change, put_up

STATES = ("narrowed", "item", "conflict")
"""In the documentation; a folder of one's own gets the others as well."""
SIZES = (PHONE, DESK)


def theme_of(state: str, lang: str, width: int) -> str:
    """Each state is seen in the light and in the dark, on each screen and in each language."""
    odd = STATES.index(state) + (lang == "en") + (width == DESK["width"])
    return THEMES[odd % 2]


def names() -> list[str]:
    """Of all the pictures there should be."""
    langs = [each.ended.evening.lang for each in SHELVES]
    which = itertools.product(STATES, langs, (size["width"] for size in SIZES))
    return [name_of(state, lang, width, theme_of(state, lang, width)) for state, lang, width in which]


class Reading:
    """One library, and somebody of staff who reads it on both screens."""

    def __init__(
        self, shelf: Shelf, made: Studio, gathering: Gathering, staff: httpx2.AsyncClient, folder: Path | None
    ) -> None:
        self.shelf, self.made, self.gathering, self.staff, self._folder = shelf, made, gathering, staff, folder
        self.lead: Sequence[Device] = ()
        self.id = ""

    async def take(self, state: str) -> None:
        for each in self.lead:
            width = (PHONE if each.phone else DESK)["width"]
            for theme in THEMES:
                lang = self.shelf.ended.evening.lang
                if self._folder is None and name_of(state, lang, width, theme) not in names():
                    continue
                await each.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                picture = await each.page.screenshot(animations="disabled", caret="hide")
                name = name_of(state, lang, width, theme)
                await asyncio.to_thread(save, picture, (self._folder or FOLDER) / name)
                print(name, flush=True)
            await each.page.emulate_media(color_scheme="light")

    async def fill(self) -> None:
        """The evening is held, closed and harvested; and there is what was written without one."""
        about = self.shelf.ended
        await self.made.hold(self.gathering)
        await leave(self.gathering, about.left, about.evening.level)
        await self.gathering.close()
        await self.made.kring.house.worker.closed(self.gathering.id)
        outcome = f"/api/sessions/{self.gathering.id}/outcome"
        for line in (await self.staff.get(outcome)).json()["lines"]:
            if line["about"] in ("answered", "decision"):
                wish = {"choice": "kept", "draft": line["draft"], "publish": True}
                assert (await self.staff.put(f"{outcome}/{line['id']}", json=wish)).status_code == 200
        for item in self.shelf.items:
            id = await put_up(self.staff, item)
            self.id = id if item.title == self.shelf.shown else self.id
        one = await self.made.device(DESK)
        await one.sign_in(f"/in#{await self.made.kring.token(Role.MODERATOR)}", about.evening.moderator)
        found = []
        for size in SIZES:
            each = await self.made.device(size)
            await each.context.add_cookies(await one.context.cookies())  # type: ignore[arg-type]
            found.append(each)
        await one.context.close()
        self.lead = found

    async def library(self) -> None:
        for one in self.lead:
            await one.go("/l")
            await expect(one.page.get_by_role("link", name=self.shelf.shown)).to_be_visible()
        await self.take("library")

    async def narrowed(self) -> None:
        for one in self.lead:
            await one.go(f"/l?q={self.shelf.words}&type=practice&type=answer")
            await expect(one.page.locator("mark").first).to_be_visible()
        await self.take("narrowed")

    async def item(self) -> None:
        for one in self.lead:
            await one.go(f"/l/{self.id}")
            await expect(one.page.get_by_role("heading", name=self.shelf.shown, level=1)).to_be_visible()
        await self.take("item")

    async def versions(self) -> None:
        for one in self.lead:
            await one.press(one.button("item-compare-of", version=3, other=2))
            await expect(one.page.locator("ins").first).to_be_visible()
            await one.page.locator("ins").first.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
        await self.take("versions")

    async def writing(self) -> None:
        for one in self.lead:
            await one.go(f"/l/{self.id}/edit")
            field = one.page.get_by_label(one.words("harvest-body"))
            await field.fill((await field.input_value()).replace(self.shelf.text, self.shelf.mine))
            if not one.phone:
                await expect(one.page.locator(".prose").get_by_text(self.shelf.mine)).to_be_visible()
            await field.evaluate("(element) => element.scrollTo(0, 0)")
        await self.take("writing")

    async def conflict(self) -> None:
        now = (await self.staff.get(f"/api/library/{self.id}")).json()["body"]
        await change(self.staff, self.id, body=now.replace(self.shelf.text, self.shelf.theirs))
        for one in self.lead:
            await one.press(one.button("item-save"))
            await expect(one.page.get_by_role("dialog")).to_be_visible()
        await self.take("conflict")

    async def place(self) -> None:
        words = next(asked.text for asked in self.shelf.ended.evening.asked if asked.fate == "answered")
        id = await self.gathering.question(words)
        for one in self.lead:
            one.page.on("dialog", lambda dialog: dialog.accept())
            await one.go(f"/s/{self.gathering.id}#{id}")
            await expect(one.page.locator("[data-place]")).to_be_visible()
        await self.take("place")


async def photograph(shelf: Shelf, folder: Path | None) -> None:
    evening = shelf.ended.evening
    with tempfile.TemporaryDirectory() as data:
        async with studio(evening, Path(data)) as made, made.kring.signed_in(Role.OWNER) as staff:
            of = Gathering.of(Place(made.kring), evening.title, level=evening.level, moderator=evening.other)
            async with of as gathering:
                one = Reading(shelf, made, gathering, staff, folder)
                for part in (one.fill, one.library, one.narrowed, one.item, one.versions, one.writing, one.conflict):
                    await part()
                await one.place()


async def main(folder: Path | None) -> None:
    if folder is None:
        for name in names():
            (FOLDER / name).unlink(missing_ok=True)
    (folder or FOLDER).mkdir(parents=True, exist_ok=True)
    for shelf in SHELVES:
        await photograph(shelf, folder)
    if folder is None:
        total = sum((FOLDER / name).stat().st_size for name in names())
        print(f"{len(names())} pictures, {total / 1_000_000:.2f} MB")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
