"""The life of a session by clicks, taps and keys: planned, opened, described, locked, closing, taken back, closed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, expect

from tests.browser.board_tour import begin_board
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.harvest_tour import about_session, in_dialog
from tests.browser.session_tour import field_of, tab_of
from tests.browser.test_desk import press
from tests.browser.test_keys import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

TITLE, PURPOSE, BOARD = "Drukplekken voorkomen", "Wat spreken we ’s nachts af?", "Terugblik"


async def plan(staff: Device, title: str, purpose: str) -> None:
    """By clicks and keys, from the community's page to the desk of a session that isn't open yet."""
    await staff.menu()
    await staff.press(staff.button("start-session").last)
    dialog = staff.page.get_by_role("dialog", name=staff.words("start-session"))
    await staff.write(dialog.get_by_label(staff.words("start-title-label")), title)
    await staff.write(dialog.get_by_label(staff.words("start-purpose"), exact=True), purpose)
    await staff.press(dialog.get_by_role("switch", name=staff.words("start-planned")))
    await staff.press(dialog.get_by_role("button", name=staff.words("start-plan"), exact=True))
    await staff.page.wait_for_url("**/s/*/desk")


async def end(staff: Device) -> None:
    """From its desk on a wide screen."""
    await staff.press(staff.button("end-session"))
    await staff.press(in_dialog(staff, "end-sure"))


def purpose_of(one: Device, text: str) -> Locator:
    return one.page.get_by_role("main").get_by_text(text)


async def state_of(one: Device) -> str:
    return (await about_session(one))["state"]


async def test_a_planned_session_waits_and_is_opened_for_everybody(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff = await device(browser, kring.base, "nl")
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        await plan(staff, TITLE, PURPOSE)
        await expect(staff.status("life-planned-staff")).to_be_visible()
        code = (await about_session(staff))["code"]
        guest = await device(browser, kring.base, "nl", phone=True)
        await guest.knock(code, "Teun")
        await expect(guest.status("life-planned-text")).to_be_visible()
        await expect(purpose_of(guest, PURPOSE)).to_be_visible()
        await expect(guest.page.get_by_text(guest.words("asking-planned"))).to_be_visible()
        ask = guest.page.get_by_role("button", name=guest.words("ask-placeholder"))
        await expect(ask).to_have_count(0)  # and once it is open, it is there: the control
        await staff.go(urlsplit(staff.page.url).path.removesuffix("/desk"))
        await begin_board(staff)  # to prepare it
        await staff.write(staff.page.get_by_role("dialog").get_by_label(staff.words("board-title-label")), BOARD)
        await staff.press(staff.button("board-add-now"))
        await staff.page.wait_for_url("**/board/*")
        await expect(staff.status("life-planned-staff")).to_be_visible()
        await staff.press(staff.button("life-open-now"))
        await expect(ask).to_be_visible()
        await expect(guest.status("life-planned-text")).to_have_count(0)
        await expect(staff.status("life-planned-staff")).to_have_count(0)
        assert await state_of(staff) == "open"
        assert [staff.complaints, guest.complaints] == [[], []]


async def test_by_keys_alone_it_is_described_locked_and_unlocked(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, "Zonder titel") as gathering:
        staff, guest = await device(browser, kring.base, "en"), await device(browser, kring.base, "en")
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        await staff.go(f"/s/{gathering.id}/desk")
        await guest.knock(gathering.code, "Teun")
        await expect(field_of(guest)).to_be_visible()
        await tab_to(staff, staff.button("life-run"), most=60)
        await press(staff, "Enter")
        dialog = staff.page.get_by_role("dialog", name=staff.words("life-run"))
        title = dialog.get_by_label(staff.words("start-title-label"))
        await tab_to(staff, title)
        await press(staff, "ControlOrMeta+a")
        await staff.page.keyboard.type(TITLE)
        await press(staff, "Tab")
        await staff.page.keyboard.type(PURPOSE)
        await tab_to(staff, in_dialog(staff, "life-save"))
        await press(staff, "Enter")
        await expect(dialog).to_be_hidden()
        await expect(staff.button("life-run")).to_be_focused()
        await expect(staff.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        await guest.page.reload()
        await expect(purpose_of(guest, PURPOSE)).to_be_visible()
        await press(staff, "Enter")
        await tab_to(staff, in_dialog(staff, "life-do-lock"))
        await press(staff, "Enter")
        await expect(guest.status("life-locked-text")).to_be_visible()
        await expect(field_of(guest)).to_have_count(0)
        await tab_to(staff, in_dialog(staff, "life-do-unlock"))
        await press(staff, "Enter")
        await expect(field_of(guest)).to_be_visible()
        await expect(guest.status("life-locked-text")).to_have_count(0)
        assert [staff.complaints, guest.complaints] == [[], []]


async def test_what_happens_meanwhile_takes_no_typing_away(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, "Zonder titel") as gathering:
        staff = await device(browser, kring.base, "nl")
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        await staff.go(f"/s/{gathering.id}/desk")
        await staff.press(staff.button("life-run"))
        dialog = staff.page.get_by_role("dialog", name=staff.words("life-run"))
        title = dialog.get_by_label(staff.words("start-title-label"))
        await title.fill(TITLE)
        await staff.press(in_dialog(staff, "life-do-lock"))
        await expect(in_dialog(staff, "life-do-unlock")).to_be_visible()
        await expect(title).to_have_value(TITLE)
        await staff.press(in_dialog(staff, "life-save"))
        await expect(dialog).to_be_hidden()
        await expect(staff.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


async def test_closing_says_what_it_does_and_can_be_taken_back_until_it_is_for_good(tmp_path: Path) -> None:
    async with (
        hall(tmp_path, KRING_GRACE_S="600") as kring,
        chromium() as browser,
        Gathering.of(kring, TITLE) as gathering,
    ):
        staff, guest = await device(browser, kring.base, "nl"), await device(browser, kring.base, "nl", phone=True)
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        await staff.go(f"/s/{gathering.id}/desk")
        await guest.knock(gathering.code, "Teun")
        await staff.press(staff.button("end-session"))
        for kept in ("end-kept-questions", "end-kept-board", "end-kept-chat", "end-kept-harvest", "end-forgotten-who"):
            await expect(staff.page.get_by_role("dialog").get_by_text(staff.words(kept))).to_be_visible()
        await staff.press(in_dialog(staff, "end-sure"))
        back = staff.button("life-take-back")
        await expect(back).to_be_visible()
        await expect(staff.page.locator(".countdown b")).to_have_text("600")
        await expect(staff.page.locator(".countdown b")).to_have_text("598")  # and it runs
        assert await state_of(staff) == "closing"
        await guest.page.reload()
        await expect(guest.page.get_by_text(guest.words("life-closing-text"))).to_be_visible()
        await expect(guest.page.get_by_role("button", name=guest.words("ask-placeholder"))).to_be_visible()
        await expect(guest.button("life-take-back")).to_have_count(0)
        await back.focus()
        await press(staff, "Enter")
        await expect(back).to_have_count(0)
        await expect(staff.button("end-session")).to_be_visible()
        assert await state_of(staff) == "open"
        await expect(guest.page.get_by_text(guest.words("life-closing-text"))).to_have_count(0)
        assert [staff.complaints, guest.complaints] == [[], []]


async def test_once_the_grace_is_over_everybody_reads_on_and_the_harvest_is_there(tmp_path: Path) -> None:
    async with (
        hall(tmp_path, KRING_GRACE_S="1") as kring,
        chromium() as browser,
        Gathering.of(kring, TITLE) as gathering,
    ):
        staff, guest = await device(browser, kring.base, "nl"), await device(browser, kring.base, "nl", phone=True)
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        await staff.go(f"/s/{gathering.id}/desk")
        await guest.knock(gathering.code, "Teun")
        await expect(tab_of(guest, "top")).to_be_visible()
        await end(staff)
        await expect(staff.status("desk-closed")).to_be_visible()
        await expect(guest.status("session-is-closed")).to_be_visible()
        await expect(guest.page.get_by_role("link", name=guest.words("to-outcome"))).to_have_count(0)
        await staff.press(staff.page.get_by_role("link", name=staff.words("to-harvest")))
        await expect(staff.page.get_by_role("heading", name=staff.words("harvest-none-title"))).to_be_visible()
        await staff.go("/c")
        await staff.arrived()
        await expect(staff.page.get_by_role("link", name=staff.words("harvest-of", title=TITLE))).to_be_visible()
        assert [staff.complaints, guest.complaints] == [[], []]
