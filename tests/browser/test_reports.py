"""Reporting on the page: people tell staff of what should not be there; staff are told at once, and see to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from rooms.model import Role
from tests.browser.board_place import card
from tests.browser.board_tour import leader, more_of, row
from tests.browser.desk_tour import at_desk, card_of
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.test_access import in_every_way
from tests.browser.test_session import enter

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BAD, FINE = "Wie dit vroeg is niet goed snik", "Wat een rare vraag"


async def report(one: Device, why: str = "unkind") -> None:
    """What is in the dialog that is open."""
    dialog = one.page.get_by_role("dialog", name=one.words("report-title"))
    await one.press(dialog.get_by_role("radio", name=one.words(f"report-why-{why}")))
    await one.press(dialog.get_by_role("button", name=one.words("report-send"), exact=True))
    await expect(one.page.get_by_text(one.words("report-done"))).to_be_visible()


async def look(staff: Device, count: int = 1) -> Locator:
    """The list behind the banner."""
    await expect(staff.status("reports-some", count=count)).to_be_visible()
    await staff.press(staff.button("reports-look"))
    dialog = staff.page.get_by_role("dialog", name=staff.words("reports-title"))
    await expect(dialog.get_by_role("listitem")).to_have_count(count)
    return dialog


async def test_a_message_is_reported_and_staff_remove_it_or_let_it_stay(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff, teun = await device(browser, kring.base, "nl"), await device(browser, kring.base, "nl", phone=True)
        ana = await device(browser, kring.base, "en")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        await teun.join(kring.code, "Teun")
        await ana.join(kring.code, "Ana")
        for words in (BAD, FINE):
            await ana.say(words)
        await teun.act(BAD, "act-report")
        wrong = await in_every_way("choosing what is wrong", teun)
        await report(teun, "unkind")
        await teun.act(FINE, "act-report")
        await report(teun, "other")

        dialog = await look(staff, 2)
        wrong |= await in_every_way("what is reported", staff)
        await expect(dialog).to_contain_text(staff.words("report-why-unkind"))
        await expect(dialog).not_to_contain_text("Teun")
        await staff.press(staff.button("reports-remove-of", text=BAD))
        await staff.press(dialog.get_by_role("button", name=staff.words("undo")))
        await staff.press(staff.button("reports-remove-of", text=BAD))
        await expect(dialog.get_by_role("listitem")).to_have_count(1)
        await staff.press(staff.button("reports-keep-of", text=FINE))  # what was to be undone is done by now
        await expect(dialog.get_by_text(staff.words("reports-none"))).to_be_visible()
        wrong |= await in_every_way("nothing is reported any more", staff)
        await expect(ana.message(BAD)).to_have_count(0)
        await staff.page.keyboard.press("Escape")
        await staff.page.reload()  # settles the other
        await staff.arrived()
        await expect(staff.button("reports-look")).to_have_count(0)
        await expect(staff.message(FINE)).to_be_visible()
        for one in (teun, ana):
            await expect(one.button("reports-look")).to_have_count(0)
        assert [staff.complaints, teun.complaints, ana.complaints] == [[], [], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_from_the_list_one_goes_to_what_is_reported_and_sees_it_marked(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff, ana = await device(browser, kring.base, "en"), await device(browser, kring.base, "en")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        await ana.join(kring.code, "Ana")
        await staff.say(FINE)
        await expect(ana.message(FINE)).to_be_visible()
        for key in ("k", "f"):  # by the keyboard alone
            await ana.page.keyboard.press(key)
        await expect(ana.page.get_by_role("dialog", name=ana.words("report-title"))).to_be_visible()
        for key in ("Tab", "ArrowDown", "Enter"):
            await ana.page.keyboard.press(key)
        await expect(ana.page.get_by_text(ana.words("report-done"))).to_be_visible()
        await expect(staff.message(FINE)).to_contain_text(staff.words("reports-times", count=1))
        await look(staff)
        await staff.press(staff.button("reports-show-of", text=FINE))
        await expect(staff.message(FINE)).to_be_focused()
        await expect(ana.message(FINE)).not_to_contain_text(ana.words("reports-times", count=1))
        assert [staff.complaints, ana.complaints] == [[], []]


async def test_a_question_is_reported_and_marked_at_the_desk(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, "Vragen") as gathering:
        await gathering.moderator.do({"t": "qna.set", "review": False})
        asker = await gathering.guest("Kees")
        await gathering.ask(asker, BAD)
        staff = await at_desk(browser, kring, gathering, "Marit", "nl")
        phone = await enter(browser, kring.base, gathering.code, "Teun", phone=True)
        await phone.press(phone.button("report-of-question"))
        wrong = await in_every_way("reporting a question", phone)
        await report(phone, "private")
        await expect(card_of(staff, BAD)).to_contain_text(staff.words("report-why-private"))
        await look(staff)
        wrong |= await in_every_way("what is reported at the desk", staff)
        await staff.press(staff.button("reports-show-of", text=BAD))
        await expect(card_of(staff, BAD)).to_be_focused()
        await staff.go(f"/s/{gathering.id}")
        await staff.press(staff.page.get_by_role("link", name=staff.words("reports-at-desk")))
        await look(staff)
        await staff.press(staff.button("reports-remove-of", text=BAD))
        await staff.page.reload()  # settles it
        await expect(phone.page.get_by_role("heading", name=BAD, exact=True)).to_have_count(0)
        await expect(staff.button("reports-look")).to_have_count(0)
        assert [staff.complaints, phone.complaints] == [[], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_a_note_is_reported_and_taken_away(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, "Bord") as gathering:
        board = await gathering.board("Terugblik", "Ging goed")
        column = next(id for id, record in board.records.items() if record["t"] == "board.column")
        await board.do({"t": "board.write", "column": column, "text": BAD})
        await board.do({"t": "board.go", "was": "write", "phase": "reveal"})
        address = f"/s/{gathering.id}/board/{board.id}"
        staff, one = (
            await leader(browser, kring, gathering, "Marit", "nl"),
            await enter(browser, kring.base, gathering.code, "Noor"),
        )
        for each in (staff, one):
            await each.go(address)
            await expect(card(each, BAD)).to_be_visible()
        await more_of(one, BAD)
        await one.press(row(one, "board-do-report"))
        await report(one, "unkind")
        await look(staff)
        wrong = await in_every_way("what is reported on a board", staff)
        await staff.press(staff.button("reports-remove-of", text=BAD))
        await staff.page.keyboard.press("Escape")
        await staff.page.reload()  # settles it
        await expect(card(one, BAD)).to_have_count(0)
        await expect(staff.button("reports-look")).to_have_count(0)
        assert [staff.complaints, one.complaints] == [[], []]
    assert {state: found for state, found in wrong.items() if found} == {}
