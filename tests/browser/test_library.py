"""The library by clicks, taps and keys: found, narrowed, followed to its place, read, written; no words lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from msgspec import Struct
from playwright.async_api import Browser, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall, spoken
from tests.browser.harvests import WOUND_EVENING, leave, see
from tests.browser.library_tour import without_a_page
from tests.browser.shelves import WOUND_SHELF, change, put_up
from tests.browser.test_keys import press, tab_to
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

TITLE = "Drukplekken voorkomen"
HEEL, ANSWER = "Mag je een rode hiel nog masseren?", "Nee: leg hem vrij."
LEFT = WOUND_EVENING.left
SHELF = WOUND_SHELF
ITEM = next(item for item in SHELF.items if item.title == SHELF.shown)


class Filled(Struct):
    """A library in which something stands: `item` among it. `staff`: somebody who runs it, without a page."""

    kring: Hall
    browser: Browser
    staff: httpx2.AsyncClient
    item: str

    async def device(self, role: Role, name: str, *, phone: bool = False) -> Device:
        one = await device(self.browser, self.kring.base, "nl", phone=phone)
        await one.sign_in(await self.kring.link(role), name)
        return one

    async def now(self) -> dict[str, Any]:
        """The item as it stands."""
        found: dict[str, Any] = (await self.staff.get(f"/api/library/{self.item}")).json()
        return found


@asynccontextmanager
async def filled(folder: Path) -> AsyncIterator[Filled]:
    async with (
        hall(folder) as kring,
        chromium() as browser,
        without_a_page(kring, Role.MODERATOR, "Joris Vink") as staff,
    ):
        ids = {item.title: await put_up(staff, item) for item in SHELF.items}
        yield Filled(kring, browser, staff, ids[SHELF.shown])


def hits(one: Device) -> Locator:
    return one.page.locator("[data-hit] h3 a")


def hit(one: Device, words: str) -> Locator:
    return hits(one).filter(has_text=words)


def heading(one: Device, words: str) -> Locator:
    return one.page.get_by_role("heading", name=words, level=1)


def field(one: Device) -> Locator:
    return one.page.get_by_role("searchbox")


def body_of(one: Device) -> Locator:
    return one.page.get_by_role("textbox", name=one.words("harvest-body"), exact=True)


async def marked(one: Device, words: str) -> None:
    """The place that the address named: in sight, with the focus, marked."""
    place = one.page.locator("[data-place='here'], .message.lit").filter(has_text=words)
    await expect(place).to_be_in_viewport()
    await expect(place).to_be_focused()


# ---- looking for something -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
async def test_what_was_said_is_found_and_leads_to_its_place(tmp_path: Path, phone: bool) -> None:
    async with filled(tmp_path) as found, Gathering.of(found.kring, TITLE, level="named") as gathering:
        asker = await gathering.guest("Teun")
        await gathering.ask(asker, HEEL, "named")
        await gathering.act("qna.approve", HEEL)
        await gathering.act("qna.answer", HEEL, how="live", text=ANSWER)
        await leave(gathering, LEFT, "named")
        await gathering.close()
        one = await found.device(Role.MEMBER, "Anouk", phone=phone)
        await one.go(f"/s/{gathering.id}/harvest")
        await expect(heading(one, one.words("outcome-page"))).to_be_visible()  # it is all written down
        await one.go("/c")
        await one.arrived()
        await one.press(one.page.get_by_role("link", name=one.words("place-library"), exact=True).last)
        await expect(heading(one, one.words("library-title"))).to_be_visible()
        await expect(hit(one, SHELF.shown)).to_be_visible()

        async def follow(typed: str, words: str) -> None:
            await field(one).fill(typed)
            await one.press(hit(one, words))
            await marked(one, words)
            await one.page.go_back()
            await expect(field(one)).to_have_value(typed)
            await expect(hit(one, words)).to_be_focused()  # as it was left

        await follow("hiel masseren", HEEL)
        await follow("draaischijf hangt", LEFT.saved[0])
        await follow("foto dossier", LEFT.loose[0])
        await follow("binnen een dag een plan", LEFT.decisions[0])
        await one.go(f"/s/{gathering.id}#nergens")
        await expect(one.page.get_by_text(one.words("message-missing"))).to_be_visible()
        assert one.complaints == []


async def test_the_address_keeps_what_is_looked_for(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MODERATOR, "Marit")
        await one.go("/l")
        await expect(hit(one, SHELF.shown)).to_be_visible()
        await field(one).fill("nacht")
        await expect(one.page.get_by_role("heading", name=one.words("library-found", count=2))).to_be_visible()
        assert urlsplit(one.page.url).query == "q=nacht"
        await one.press(one.page.get_by_role("checkbox", name=re.compile(one.words("harvest-type-answer"))))
        await expect(one.page.get_by_role("heading", name=one.words("library-found", count=1))).to_be_visible()
        await expect(hit(one, "Elke twee uur")).to_be_visible()
        assert urlsplit(one.page.url).query == "q=nacht&type=answer"
        await expect(
            one.page.get_by_role("checkbox", name=re.compile(one.words("harvest-type-practice")))
        ).to_be_visible()
        await one.page.reload()
        await expect(field(one)).to_have_value("nacht")
        await expect(hits(one)).to_have_count(1)
        await one.press(one.button("library-let-go", what=one.words("harvest-type-answer")))
        await expect(hits(one)).to_have_count(2)
        await field(one).fill("")
        await one.page.get_by_label(one.words("library-to"), exact=True).fill("2020-01-01")
        await expect(one.page.get_by_text(one.words("library-none-narrowed"), exact=True)).to_be_visible()
        await one.press(one.button("library-let-all-go").first)
        await expect(hit(one, SHELF.shown)).to_be_visible()
        assert one.complaints == []


async def test_a_slip_finds_nothing_finds_and_no_connection_are_told_apart(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MEMBER, "Anouk")
        await one.go("/l")
        await field(one).fill(SHELF.slip)
        await expect(hit(one, SHELF.shown)).to_be_visible()
        await expect(one.page.get_by_text(re.compile(f"“{SHELF.slip}”.*“mantelzorg”"))).to_be_visible()
        await field(one).fill("kwikzilverbarometer")
        await expect(one.page.get_by_text(one.words("library-none", words="kwikzilverbarometer"))).to_be_visible()
        await expect(one.page.get_by_text(one.words("library-found", count=0)).last).to_be_attached()
        async with failing(one, "**/api/library?*"):
            await field(one).fill("nacht")
            await expect(one.page.get_by_role("alert")).to_have_text(one.words("unreachable"))
        await one.press(one.button("try-again"))
        await expect(hit(one, "Wisselligging")).to_be_visible()
        await one.context.set_offline(True)
        await expect(one.status("library-offline")).to_be_visible()
        await one.context.set_offline(False)
        await expect(one.status("library-offline")).to_have_count(0)
        drafts = hit(one, "Een kaartje bij het bed")
        await field(one).fill("kaartje")
        await expect(one.page.get_by_text(one.words("library-none", words="kaartje"))).to_be_visible()
        await expect(drafts).to_have_count(0)  # drafts are for staff
        assert one.complaints == []


async def test_filters_on_a_phone(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MEMBER, "Anouk", phone=True)
        await one.go("/l")
        await one.press(one.button("library-filters"))
        sheet = one.page.get_by_role("dialog", name=one.words("library-filters"))
        await one.press(sheet.get_by_role("checkbox", name=re.compile(one.words("item-status-outdated"))))
        await one.press(sheet.get_by_role("button", name=one.words("library-show", count=1), exact=True))
        await expect(sheet).to_have_count(0)
        await expect(hits(one)).to_have_count(1)
        await one.press(hits(one))
        await expect(one.page.get_by_text(one.words("item-is-outdated"))).to_be_visible()
        assert await one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert one.complaints == []


async def test_a_message_long_ago_is_found_by_its_address(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        texts = ["Hier begint het.", *(f"Bericht {nth}" for nth in range(650))]
        await found.kring.fill(spoken(texts[:1], 1))
        async with found.kring.guest("Lezer") as room:
            id = await see(room, texts[0])
        await found.kring.fill(spoken(texts[1:], 3))
        one = await found.device(Role.MEMBER, "Anouk")
        await expect(one.message(texts[0])).to_have_count(0)  # the control: nobody sees it who doesn't go there
        await one.go(f"/c#{id}")
        await marked(one, texts[0])
        await one.go("/c#weg")
        await expect(one.page.get_by_text(one.words("message-missing"))).to_be_visible()
        assert one.complaints == []


# ---- reading and writing ---------------------------------------------------------------------------------------------


async def test_an_item_is_written_published_changed_and_told_apart(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MODERATOR, "Marit Brouwer")
        await one.go("/l")
        await one.press(one.page.get_by_role("link", name=one.words("library-new")))
        await expect(one.page.get_by_label(one.words("harvest-title"), exact=True)).to_be_focused()
        await one.press(one.button("item-publish"))
        await expect(one.page.get_by_role("alert")).to_have_text(one.words("harvest-title-missing"))
        await one.page.keyboard.type("Een hiel vrijleggen")
        await body_of(one).fill("# Zo\n\nLeg een **kussen** onder de kuit. <script>alert(1)</script>")
        await expect(one.page.locator("aside .prose strong")).to_have_text("kussen")
        await one.press(one.button("item-take-tag", tag="huid"))
        await expect(one.page.get_by_label(one.words("item-field-tags"), exact=True)).to_have_value("huid")
        await one.press(one.button("item-save-draft"))
        await expect(heading(one, "Een hiel vrijleggen")).to_be_visible()
        await expect(one.page.get_by_text(one.words("item-is-draft"))).to_be_visible()
        await one.press(one.button("item-publish"))
        await expect(one.page.get_by_text(one.words("item-is-draft"))).to_have_count(0)
        await expect(one.page.locator("article .prose").get_by_role("heading", name="Zo")).to_be_visible()
        await one.press(one.page.get_by_role("link", name=one.words("item-edit"), exact=True))
        await body_of(one).fill("# Zo\n\nLeg een **kussen** onder de hele kuit.")
        await one.press(one.button("item-save"))
        await one.press(one.button("item-compare-of", version=3, other=2))
        changes = one.page.locator(".changes:visible")
        await expect(changes.locator("ins").first).to_contain_text("hele")
        await expect(changes.locator("del").first).to_contain_text("script")
        await one.press(one.button("item-outdate"))
        await expect(one.page.get_by_text(one.words("item-is-outdated"))).to_be_visible()
        await expect(one.button("item-fresh")).to_be_focused()
        await one.press(one.button("item-fresh"))
        await expect(one.page.get_by_text(one.words("item-is-outdated"))).to_have_count(0)
        address = one.page.url

        other = await found.device(Role.MEMBER, "Anouk")
        await other.go(address)
        await expect(heading(other, "Een hiel vrijleggen")).to_be_visible()
        await expect(other.page.get_by_role("link", name=other.words("item-edit"), exact=True)).to_have_count(0)
        await other.go(f"{address}/edit")
        await expect(heading(other, other.words("item-staff-title"))).to_be_visible()
        await other.go("/l/nergens")
        await expect(heading(other, other.words("item-gone-title"))).to_be_visible()
        assert [one.complaints, other.complaints] == [[], []]


async def begin_changing(found: Filled, name: str) -> Device:
    """Somebody changes the item's text, and meanwhile another has saved it."""
    one = await found.device(Role.MODERATOR, name)
    await one.go(f"/l/{found.item}/edit")
    await expect(body_of(one)).to_have_value(ITEM.body)
    await body_of(one).fill(ITEM.body.replace(SHELF.text, SHELF.mine))
    await change(found.staff, found.item, body=ITEM.body.replace(SHELF.text, SHELF.theirs))
    await one.press(one.button("item-save"))
    dialog = one.page.get_by_role("dialog", name=one.words("item-stale-title", name="Joris Vink"))
    await expect(dialog).to_be_visible()
    await expect(dialog.locator("del").first).to_contain_text("twintig")
    await expect(dialog.locator("ins").last).to_contain_text("nachts")
    await expect(one.button("item-go-on-writing")).to_be_focused()
    assert SHELF.theirs in (await found.now())["body"]
    return one


async def test_C4_whoever_was_later_goes_on_with_both_texts_in_sight(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await begin_changing(found, "Marit")
        await one.press(one.button("item-go-on-writing"))
        beside = one.page.get_by_role("complementary", name=one.words("item-theirs", name="Joris Vink"))
        await expect(beside).to_contain_text(SHELF.theirs)
        await expect(body_of(one)).to_have_value(re.compile(re.escape(SHELF.mine)))
        both = ITEM.body.replace(SHELF.text, f"{SHELF.theirs} {SHELF.mine}")
        await body_of(one).fill(both)
        await one.press(one.button("item-save"))
        await expect(heading(one, SHELF.shown)).to_be_visible()
        now = await found.now()
        assert (now["body"], now["version"]) == (both, 5)
        assert one.complaints == []


async def test_C4_mine_becomes_the_newest_and_theirs_stays_a_version(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await begin_changing(found, "Marit")
        await one.press(one.button("item-put-mine"))
        await expect(heading(one, SHELF.shown)).to_be_visible()
        assert SHELF.mine in (await found.now())["body"]
        theirs = (await found.staff.get(f"/api/library/{found.item}/versions/4")).json()
        assert SHELF.theirs in theirs["body"]
        assert one.complaints == []


async def test_C4_who_gives_way_can_have_their_words_back(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await begin_changing(found, "Marit")
        await one.press(one.button("item-keep-theirs"))
        await expect(one.page.locator("article .prose").get_by_text(SHELF.theirs)).to_be_visible()
        await one.press(one.button("undo"))
        await expect(body_of(one)).to_have_value(re.compile(re.escape(SHELF.mine)))
        assert SHELF.theirs in (await found.now())["body"]
        assert one.complaints == []


async def test_what_is_being_written_survives_leaving(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MODERATOR, "Marit")
        one.page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave
        await one.go(f"/l/{found.item}/edit")
        await body_of(one).fill("Half werk")
        await expect(one.page.get_by_text(one.words("item-kept"), exact=True)).to_be_visible()
        await one.page.reload()
        await expect(one.status("item-begun-before")).to_be_visible()
        await expect(body_of(one)).to_have_value("Half werk")
        await one.press(one.page.get_by_role("link", name=one.words("item-back"), exact=True))
        await expect(one.page.get_by_text(one.words("item-begun"))).to_be_visible()
        await one.press(one.page.get_by_role("link", name=one.words("item-go-on"), exact=True))
        async with failing(one, f"**/api/library/{found.item}"):
            await expect(body_of(one)).to_have_value("Half werk")
            await one.press(one.button("item-save"))
            await expect(one.page.get_by_role("alert")).to_contain_text(one.words("unreachable"))
        await one.press(one.button("item-start-again"))
        await expect(body_of(one)).to_have_value(ITEM.body)
        await one.page.reload()
        await expect(body_of(one)).to_have_value(ITEM.body)
        await expect(one.status("item-begun-before")).to_have_count(0)
        await body_of(one).fill("Weer half werk")
        await one.go("/c")
        await one.arrived()
        await one.press(one.button("sign-out"))
        await expect(one.page.get_by_label(one.words("code-label"))).to_be_visible()
        assert await one.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('item'))") == []
        assert one.complaints == []


async def test_the_library_by_keys_alone(tmp_path: Path) -> None:
    async with filled(tmp_path) as found:
        one = await found.device(Role.MODERATOR, "Marit")
        await tab_to(one, one.page.get_by_role("link", name=one.words("place-library"), exact=True))
        await press(one, "Enter")
        await expect(heading(one, one.words("library-title"))).to_be_visible()
        await expect(hit(one, SHELF.shown)).to_be_visible()
        await press(one, "j", "j", "k")
        await expect(hits(one).first).to_be_focused()
        await press(one, "/")
        await expect(field(one)).to_be_focused()
        await one.page.keyboard.type("wrijven")
        await expect(hits(one)).to_have_count(1)
        await press(one, "ArrowDown")
        await expect(hit(one, SHELF.shown)).to_be_focused()
        await press(one, "Enter")
        await expect(heading(one, SHELF.shown)).to_be_visible()
        await tab_to(one, one.button("item-compare-of", version=3, other=2))
        await press(one, "Enter")
        await expect(one.page.locator("ins").first).to_be_visible()
        await press(one, "e")
        await expect(one.page.get_by_label(one.words("harvest-title"), exact=True)).to_be_focused()
        await press(one, "End")
        await one.page.keyboard.type(" (kort)")
        await press(one, "Control+s")
        await expect(heading(one, f"{SHELF.shown} (kort)")).to_be_visible()
        await expect(one.page.locator("#main")).to_be_focused()
        assert (await found.now())["version"] == 4
        assert one.complaints == []


async def test_a_page_that_cannot_be_loaded_says_so(tmp_path: Path) -> None:
    """Each page is loaded when somebody goes there: without a connection that is too late."""
    async with filled(tmp_path) as found:
        one = await found.device(Role.MEMBER, "Anouk")
        to_library = one.page.get_by_role("link", name=one.words("place-library"), exact=True)
        async with failing(one, "**/assets/LibraryPage-*.js"):
            await one.press(to_library)
            await expect(one.button("load-again")).to_be_visible()
        await one.press(one.button("load-again"))
        await expect(hit(one, SHELF.shown)).to_be_visible()
        assert [said for said in one.complaints if "LibraryPage" not in said] == []
