"""A board on the page: writing alone, dragging with a mouse and with a finger, votes, two wordings of one note."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.board_place import Finger, Place, box, card, columns, drag, hold, place, texts
from tests.browser.device import Device

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONE, TWO, THREE = "Dagelijkse mail met één eigenaar", "Bestanden dertig dagen bewaren", "Eén pagina met alle runs"


async def write(one: Device, column: str, text: str) -> None:
    await one.press(one.button("board-add-in", column=column))
    await one.page.keyboard.type(text)
    await one.page.keyboard.press("Enter")
    await expect(card(one, text)).to_be_visible()


async def grouping(found: Place) -> None:
    await found.write([(0, ONE), (0, TWO), (1, THREE)])
    await found.to("group")


async def test_who_writes_alone_sees_their_own_notes_and_how_many_others_there_are(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await found.write([(0, ONE), (0, TWO)])
        one = await found.enter("Noor")
        await expect(columns(one).nth(0)).to_contain_text(one.words("board-hidden", count=2))
        await expect(card(one, ONE)).to_have_count(0)
        column = str(found.staff.records[found.column(0)]["title"])
        await write(one, column, "Draft van mij")
        await one.page.keyboard.press("Escape")
        await card(one, "Draft van mij").hover()
        await one.press(one.button("board-edit-of", text="Draft van mij"))
        await one.page.keyboard.type(", beter")
        await one.page.keyboard.press("Enter")
        await expect(card(one, "Draft van mij, beter")).to_contain_text(one.words("board-only-you"))
        await expect(columns(one).nth(0)).to_contain_text(one.words("board-hidden", count=2))
        await found.to("reveal")
        await expect(card(one, ONE)).to_be_visible()
        await expect(card(one, "Draft van mij, beter")).to_contain_text(one.words("board-yours"))
        assert one.complaints == []


async def test_what_is_typed_is_still_there_after_a_reload(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await found.enter("Noor")
        add = one.button("board-add-in", column=str(found.staff.records[found.column(1)]["title"]))
        await one.press(add)
        await one.page.keyboard.type("Half af")
        await one.page.reload()
        await one.press(add)
        await expect(one.page.locator(".words textarea")).to_have_value("Half af")


async def test_a_mouse_moves_a_note_within_a_column_and_to_another_and_takes_it_back(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one, other = await found.enter("Noor"), await found.enter("Teun")
        await drag(one, card(one, TWO), card(one, ONE), "before")
        await expect(columns(other).nth(0).locator(".text")).to_have_text([TWO, ONE])
        await drag(one, card(one, TWO), card(one, THREE), "after")
        for each in (one, other):
            await expect(columns(each).nth(1).locator(".text")).to_have_text([THREE, TWO])
        await one.press(one.button("undo"))
        await expect(columns(other).nth(0).locator(".text")).to_have_text([TWO, ONE])
        assert one.complaints == other.complaints == []


async def test_escape_lets_go_where_it_was(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one = await found.enter("Noor")
        await hold(one, card(one, ONE), card(one, THREE), "after")
        await one.page.keyboard.press("Escape")
        await expect(one.page.locator(".ghost")).to_be_hidden()
        await one.page.mouse.up()
        assert await texts(one, 0) == [ONE, TWO]
        await drag(one, card(one, ONE), card(one, THREE), "after")  # the control: without Escape it goes
        await expect(columns(one).nth(1).locator(".text")).to_have_text([THREE, ONE])


async def test_a_note_let_go_on_another_makes_a_group_that_gets_a_name_and_comes_apart(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one, other = await found.enter("Noor"), await found.enter("Teun")
        await drag(one, card(one, THREE), card(one, ONE), "into")
        group = other.page.locator("section.group")
        await expect(group.locator(".text")).to_have_text([ONE, THREE])
        await one.press(one.page.get_by_role("button", name=one.words("board-group-unnamed"), exact=True))
        await one.page.keyboard.type("Eigenaarschap")
        await one.page.keyboard.press("Enter")
        await expect(group).to_contain_text("Eigenaarschap")
        await one.press(one.button("board-ungroup"))
        await expect(group).to_have_count(0)
        await one.press(one.button("undo"))
        await expect(group.locator(".text")).to_have_text([ONE, THREE])
        await expect(group).to_contain_text("Eigenaarschap")


async def test_a_finger_that_rests_on_a_note_drags_it_and_one_that_doesnt_scrolls(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await found.write([(0, f"{ONE} {nth}") for nth in range(12)])
        await found.to("group")
        one = await found.enter("Noor", phone=True)
        finger = await Finger.on(one)
        first, third = card(one, f"{ONE} 0"), card(one, f"{ONE} 2")
        await finger.down(first)
        await expect(one.page.locator(".ghost .note")).to_be_visible()
        there = await box(third)
        await finger.to(there["x"] + 40, there["y"] + there["height"] * 0.95)
        await expect(one.page.locator(".line")).to_be_visible()
        await finger.up()
        words = columns(one).locator(".text")
        await expect(words.nth(2)).to_have_text(f"{ONE} 0")
        before = [await words.nth(nth).inner_text() for nth in range(12)]
        await finger.down(third)
        await finger.by(0, -220)  # at once: it scrolls
        await expect(one.page.locator(".ghost")).to_be_hidden()
        await finger.up()
        await one.page.wait_for_function("scrollY > 60")
        assert [await words.nth(nth).inner_text() for nth in range(12)] == before


async def test_on_a_phone_a_note_is_let_go_on_another_column(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one = await found.enter("Noor", phone=True)
        await expect(columns(one)).to_have_count(1)
        finger = await Finger.on(one)
        await finger.down(card(one, ONE))
        await expect(one.page.locator(".ghost .note")).to_be_visible()
        switch = await box(one.page.locator("[data-switch]").nth(1))
        await finger.to(switch["x"] + switch["width"] / 2, switch["y"] + switch["height"] / 2)
        await finger.up()
        await expect(columns(one).locator(".text")).to_have_text([TWO])
        await one.press(one.page.locator("[data-switch]").nth(1))
        await expect(columns(one).locator(".text")).to_have_text([THREE, ONE])


async def test_dots_are_given_one_by_one_up_to_the_most_for_a_card_and_told_when_voting_is_over(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await found.write([(0, ONE), (1, TWO)])
        await found.to("vote")
        one, other = await found.enter("Noor"), await found.enter("Teun")
        give = card(one, ONE).locator("button.more")
        for left in (4, 3, 2):
            await one.press(give)
            await expect(one.page.get_by_text(one.words("board-votes-left", left=left, budget=5))).to_be_visible()
        await expect(give).to_have_attribute("aria-disabled", "true")
        await one.press(card(one, ONE).locator("button.less"))
        await expect(give).to_have_text("2")
        await one.press(card(one, TWO).locator("button.more"))
        await expect(card(other, ONE).locator("button.more")).to_have_text("")  # C8: ballots are secret
        await one.page.reload()
        await expect(give).to_have_text("2")
        await found.to("discuss")
        await expect(card(other, ONE).locator(".total b")).to_have_text("2")
        await expect(card(other, TWO).locator(".total b")).to_have_text("1")


async def test_of_two_who_change_a_note_neither_loses_a_word(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await found.enter("Noor")
        await write(one, str(found.staff.records[found.column(0)]["title"]), ONE)
        await one.page.keyboard.press("Escape")
        await found.to("reveal")
        await expect(card(one, ONE)).to_contain_text(one.words("board-yours"))
        await card(one, ONE).hover()
        await one.press(one.button("board-edit-of", text=ONE))
        (note,) = found.staff.of("board.note")
        await found.give("board.edit", note=note, rev=0, text="Wat de leiding ervan maakte")
        await one.page.keyboard.type(" en een plaatsvervanger")
        await one.page.keyboard.press("Enter")
        dialog = one.page.get_by_role("dialog")
        await expect(dialog).to_contain_text("Wat de leiding ervan maakte")
        await expect(dialog.get_by_role("textbox")).to_have_value(f"{ONE} en een plaatsvervanger")
        await one.press(dialog.get_by_role("button", name=one.words("board-stale-mine"), exact=True))
        await expect(card(one, f"{ONE} en een plaatsvervanger")).to_be_visible()
        await found.staff.until("change")
        await found.staff.catch_up()
        assert found.staff.records[note]["text"] == f"{ONE} en een plaatsvervanger"
