"""Harvesting by clicks, taps and keys: chosen line by line, saved at once, undone, found again; read and taken home."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from playwright.async_api import Browser, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.harvest_tour import choice_of, group_of, row_of
from tests.browser.harvests import WOUND_EVENING, leave
from tests.browser.test_desk import press
from tests.browser.test_keys import tab_to
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

TITLE = "Drukplekken voorkomen"
HEEL, MATTRESS = "Mag je een rode hiel nog masseren?", "Wie vraagt het matras aan?"
ANSWER = "Nee: leg hem vrij."
LEFT = WOUND_EVENING.left
GROUP, DECISION, SAVED = next(iter(LEFT.groups)), LEFT.decisions[0], LEFT.saved[0]
ITEMS = """
    select i.status, v.title, v.summary, v.body, v.type, v.tags, v.name, l.about, l.choice from outcome_lines l
    left join items i on i.line = l.id left join versions v on v.item = i.id and v.version = i.version
    where l.text = ?
"""


class Ended(Struct):
    """A session that is closed, and who runs it."""

    kring: Hall
    browser: Browser
    gathering: Gathering

    async def staff(self, *, phone: bool = False, name: str = "Ineke Vos") -> Device:
        """Somebody of staff, new, on its harvest."""
        one = await device(self.browser, self.kring.base, "nl", phone=phone)
        await one.sign_in(await self.kring.link(Role.MODERATOR), name)
        await self.open(one)
        return one

    async def open(self, one: Device, heading: str = "harvest-question") -> None:
        await one.go(f"/s/{self.gathering.id}/harvest")
        await expect(one.page.get_by_role("heading", name=one.words(heading), level=1)).to_be_visible()

    def item(self, words: str) -> dict[str, Any]:
        """What is stored of the line with these words, and of its item, if it has one."""
        with closing(sqlite3.connect(f"file:{self.kring.data / 'library.db'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            (found,) = database.execute(ITEMS, (words,)).fetchall()
            return dict(found)


@asynccontextmanager
async def ended(folder: Path, level: str = "named") -> AsyncIterator[Ended]:
    async with hall(folder) as kring, chromium() as browser, Gathering.of(kring, TITLE, level=level) as gathering:
        asker = await gathering.guest("Teun")
        for text in (HEEL, MATTRESS):
            await gathering.ask(asker, text, level)
            await gathering.act("qna.approve", text)
        await gathering.act("qna.answer", HEEL, how="live", text=ANSWER)
        await leave(gathering, LEFT, level)
        await gathering.close()
        yield Ended(kring, browser, gathering)


async def says(one: Device, words: str, status: str) -> None:
    await expect(row_of(one, words).get_by_text(one.words(status), exact=True)).to_be_visible()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
async def test_what_is_chosen_is_saved_at_once_and_found_again(tmp_path: Path, phone: bool) -> None:
    async with ended(tmp_path) as found:
        one = await found.staff(phone=phone)
        before = found.item(HEEL)
        assert (before["choice"], before["status"]) == ("open", "draft")
        await one.press(choice_of(one, HEEL, "keep"))
        title = row_of(one, HEEL).get_by_label(one.words("harvest-title"), exact=True)
        await expect(title).to_be_focused()
        await expect(title).to_have_value(HEEL)
        await title.fill("Een rode hiel: vrij leggen")
        await row_of(one, HEEL).get_by_label(one.words("harvest-tags"), exact=True).fill("hiel, wond zorg,hiel")
        await row_of(one, HEEL).get_by_label(one.words("harvest-type"), exact=True).select_option("practice")
        await one.press(row_of(one, HEEL).get_by_role("button", name=one.words("harvest-keep-publish"), exact=True))
        await says(one, HEEL, "harvest-is-published")
        await expect(row_of(one, HEEL).get_by_text(one.words("harvest-saving"))).to_have_count(0)
        await expect(choice_of(one, HEEL, "kept")).to_be_focused()
        await one.press(choice_of(one, SAVED, "drop"))
        await expect(one.page.get_by_text(one.words("harvest-dropped-one"))).to_be_visible()

        kept = found.item(HEEL)
        assert (kept["title"], kept["type"], kept["status"]) == ("Een rode hiel: vrij leggen", "practice", "published")
        assert (json.loads(kept["tags"]), kept["name"], kept["body"]) == (["hiel", "wond zorg"], "Ineke Vos", ANSWER)
        assert (found.item(SAVED)["choice"], found.item(SAVED)["status"]) == ("dropped", None)

        other = await found.staff(name="Marit")
        for who in (one, other):
            await found.open(who)
            await says(who, HEEL, "harvest-is-published")
            await expect(choice_of(who, SAVED, "drop")).to_have_attribute("aria-pressed", "true")
            await expect(choice_of(who, DECISION, "leave")).to_have_attribute("aria-pressed", "true")
        await other.press(choice_of(other, HEEL, "kept"))  # to change it again
        await expect(row_of(other, HEEL).get_by_label(other.words("harvest-tags"), exact=True)).to_have_value(
            "hiel, wond zorg"
        )
        assert [one.complaints, other.complaints] == [[], []]


async def test_undo_puts_back_what_was_words_and_all(tmp_path: Path) -> None:
    async with ended(tmp_path) as found:
        one = await found.staff()
        drafted = found.item(HEEL)
        await one.press(choice_of(one, HEEL, "keep"))
        await row_of(one, HEEL).get_by_label(one.words("harvest-title"), exact=True).fill("Beter")
        await one.press(row_of(one, HEEL).get_by_role("button", name=one.words("harvest-keep-draft"), exact=True))
        await says(one, HEEL, "harvest-is-draft")
        await one.press(choice_of(one, HEEL, "drop"))
        await expect(one.page.get_by_text(one.words("harvest-dropped-one"))).to_be_visible()
        assert found.item(HEEL)["status"] is None  # the control: it was gone
        await one.press(one.button("undo"))
        await says(one, HEEL, "harvest-is-draft")
        await expect(row_of(one, HEEL).get_by_text(one.words("harvest-saving"))).to_have_count(0)
        back = found.item(HEEL)
        assert (back["choice"], back["title"], back["body"]) == ("kept", "Beter", drafted["body"])
        await one.press(choice_of(one, HEEL, "leave"))
        await expect(one.page.get_by_text(one.words("harvest-left-one"))).to_be_visible()
        left = found.item(HEEL)
        assert (left["choice"], left["title"], left["status"]) == ("open", drafted["title"], "draft")


async def test_a_group_is_kept_and_published_at_once_and_taken_back(tmp_path: Path) -> None:
    async with ended(tmp_path) as found:
        one = await found.staff(phone=True)
        count = len(LEFT.groups) + len(LEFT.loose)
        await one.press(group_of(one, "notes").get_by_role("button", name=one.words("harvest-keep-all", count=count)))
        await expect(one.page.get_by_text(one.words("harvest-kept-many", count=count))).to_be_visible()
        assert found.item(GROUP)["choice"] == found.item(LEFT.loose[0])["choice"] == "kept"
        assert found.item(DECISION)["choice"] == "open"  # the control: another group is as it was
        await one.press(one.button("harvest-publish-all", count=count))
        await expect(one.page.get_by_text(one.words("harvest-published-many", count=count))).to_be_visible()
        assert found.item(GROUP)["status"] == found.item(LEFT.loose[0])["status"] == "published"
        await one.press(one.button("undo"))
        await says(one, GROUP, "harvest-is-draft")
        await expect(one.button("harvest-publish-all", count=count)).to_be_visible()
        await expect(one.page.get_by_text(one.words("harvest-saving"))).to_have_count(0)
        assert found.item(GROUP)["status"] == "draft"
        assert one.complaints == []


async def test_by_keys_alone(tmp_path: Path) -> None:
    async with ended(tmp_path) as found:
        one = await found.staff()
        await press(one, "j")
        await expect(row_of(one, HEEL)).to_be_focused()
        await press(one, "e")
        await expect(row_of(one, HEEL).get_by_label(one.words("harvest-title"), exact=True)).to_be_focused()
        await press(one, "Escape")
        await expect(choice_of(one, HEEL, "keep")).to_be_focused()
        await press(one, "Enter")
        await tab_to(one, row_of(one, HEEL).get_by_role("button", name=one.words("harvest-keep-draft"), exact=True))
        await press(one, "Enter")
        await says(one, HEEL, "harvest-is-draft")
        await press(one, "j", "d")
        await expect(row_of(one, GROUP)).to_be_focused()
        await expect(choice_of(one, GROUP, "drop")).to_have_attribute("aria-pressed", "true")
        await expect(one.page.get_by_text(one.words("harvest-dropped-one"))).to_be_visible()
        assert found.item(GROUP)["choice"] == "dropped"
        await press(one, "u")
        await expect(choice_of(one, GROUP, "leave")).to_have_attribute("aria-pressed", "true")
        await expect(row_of(one, GROUP)).to_be_focused()
        await press(one, "k")
        await expect(row_of(one, HEEL)).to_be_focused()
        assert one.complaints == []


async def test_a_choice_that_does_not_arrive_waits_and_one_that_is_refused_is_not_made(tmp_path: Path) -> None:
    async with ended(tmp_path) as found:
        one = await found.staff()
        async with failing(one, "**/outcome/*"):
            await one.press(choice_of(one, SAVED, "drop"))
            await expect(row_of(one, SAVED).get_by_text(one.words("harvest-unsaved"))).to_be_visible()
            await expect(one.status("harvest-waiting", count=1)).to_be_visible()
            await expect(choice_of(one, SAVED, "drop")).to_have_attribute("aria-pressed", "true")
            await one.press(one.button("try-now"))
            await expect(one.status("harvest-waiting", count=1)).to_be_visible()
            assert found.item(SAVED)["choice"] == "open"
        await one.press(one.button("try-now"))
        await expect(one.status("harvest-waiting", count=1)).to_have_count(0)
        await expect(row_of(one, SAVED).get_by_text(one.words("harvest-saving"))).to_have_count(0)
        assert found.item(SAVED)["choice"] == "dropped"
        async with failing(one, "**/outcome/*"):
            await one.press(choice_of(one, SAVED, "leave"))
            await expect(one.status("harvest-waiting", count=1)).to_be_visible()
            await one.press(one.page.get_by_role("link", name=one.words("harvest-later")))  # and comes back later
            await one.arrived()
        await found.open(one)
        await expect(choice_of(one, SAVED, "leave")).to_have_attribute("aria-pressed", "true")
        await expect(row_of(one, SAVED).get_by_text(one.words("harvest-unsaved"))).to_have_count(0)
        await expect(row_of(one, SAVED).get_by_text(one.words("harvest-saving"))).to_have_count(0)
        assert found.item(SAVED)["choice"] == "open"
        await one.context.clear_cookies()  # signed out meanwhile
        await one.press(choice_of(one, DECISION, "drop"))
        await expect(row_of(one, DECISION).get_by_role("alert")).to_be_visible()
        await expect(choice_of(one, DECISION, "leave")).to_have_attribute("aria-pressed", "true")
        assert found.item(DECISION)["choice"] == "open"
        assert one.complaints == []


@pytest.mark.parametrize("level", ["named", "anonymous"])
async def test_members_read_what_it_came_to_and_take_it_home(tmp_path: Path, level: str) -> None:
    async with ended(tmp_path, level) as found:
        one = await device(found.browser, found.kring.base, "nl")
        await one.sign_in(await found.kring.link(Role.MEMBER), "Sanne")
        await found.open(one, "outcome-page")
        await expect(row_of(one, HEEL)).to_contain_text(ANSWER)
        await expect(one.page.get_by_role("group")).to_have_count(0)  # nothing to choose
        names = one.page.get_by_role("main").get_by_text("Teun")
        await expect(names).to_have_count(0 if level == "anonymous" else 3)  # asked twice, and was there
        place = row_of(one, GROUP).get_by_role("link")
        assert f"/s/{found.gathering.id}/board/" in str(await place.get_attribute("href"))
        for form, holds in (("md", f"# {TITLE}"), ("json", '"outcome": ['), ("csv", HEEL)):
            async with one.page.expect_download() as loading:
                await one.press(
                    one.button("harvest-take-as", form=one.words(f"harvest-form-{form}")),
                )
            file = await loading.value
            assert file.suggested_filename.endswith(f".{form}")
            text = await asyncio.to_thread(Path(await file.path()).read_text, encoding="utf-8-sig")
            assert HEEL in text
            assert holds in text, text[:200]
            assert ("Teun" in text) == (level == "named"), form
        assert one.complaints == []
