"""A board in every state that isn't the usual one: others' pointers, a long column, offline, refused, locked, closed,
and without names."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import WebSocket, expect

from tests.browser.board_place import Place, box, card, columns, drag, hold, place
from tests.browser.device import Device
from tests.browser.test_board_view import ONE, THREE, TWO, grouping, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANY = 240
"""Cards in one column."""
FAR = "Kaart 060"
DRAWN = 80
"""Of them on the page at once, at most."""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Pointing:
    """What a page tells of where its person points, from its next load on."""

    def __init__(self, one: Device) -> None:
        self.said: list[str] = []
        self.any = asyncio.Event()
        one.page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)

    def _sent(self, payload: str | bytes) -> None:
        if '"whisper"' in str(payload) and '"over"' in str(payload):
            self.said.append(str(payload))
            self.any.set()


async def point(one: Device, text: str) -> None:
    """Move the mouse over a note, to and fro."""
    at = await box(card(one, text))
    for nth in range(4):
        await one.page.mouse.move(at["x"] + 20 + 15 * nth, at["y"] + 12, steps=2)


# ---- others ----------------------------------------------------------------------------------------------------------


async def test_others_see_where_one_points_and_on_what_one_writes(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one, other = await found.enter("Noor"), await found.enter("Teun")
        await write(one, str(found.staff.records[found.column(0)]["title"]), ONE)
        await one.page.keyboard.press("Escape")
        await found.to("group")
        await point(one, ONE)
        await expect(other.page.locator(".cursor").filter(has_text="Noor")).to_be_visible()
        await expect(one.page.locator(".cursor")).to_have_count(0)  # nobody sees their own
        await one.press(one.button("board-edit-of", text=ONE))
        await one.page.keyboard.type(" en nog iets")
        await expect(card(other, ONE)).to_contain_text(other.words("board-writes", name="Noor"))
        await one.page.keyboard.press("Escape")
        await expect(card(other, ONE)).not_to_contain_text(other.words("board-writes", name="Noor"))
        await one.page.mouse.move(5, 5)
        await expect(other.page.locator(".cursor")).to_have_count(0)


@pytest.mark.parametrize(("level", "phase"), [("named", "vote"), ("anonymous", "group")])
async def test_f7_where_one_votes_alone_or_has_no_name_nothing_of_it_leaves_the_page(
    tmp_path: Path, level: str, phase: str
) -> None:
    async with place(tmp_path, level=level) as found:
        await found.give("board.write", column=found.column(0), text=ONE, level=level)
        await found.to("group")
        one = await found.enter("Noor")
        pointing = Pointing(one)
        await one.page.reload()
        await expect(card(one, ONE)).to_be_visible()
        if level == "named":
            await point(one, ONE)
            await asyncio.wait_for(pointing.any.wait(), 10)  # the control: while grouping by name it does
        await found.to(phase)
        if phase == "vote":
            await expect(card(one, ONE).locator("button.more")).to_be_visible()
        pointing.said.clear()
        await point(one, ONE)
        await one.page.reload()  # whatever was to be said has been said by then
        await expect(card(one, ONE)).to_be_visible()
        assert pointing.said == []


async def test_c7_without_names_a_note_says_only_that_it_is_ones_own(tmp_path: Path) -> None:
    async with place(tmp_path, level="anonymous") as found:
        one, other = await found.enter("Noor Kramer"), await found.enter("Teun")
        await write(one, str(found.staff.records[found.column(0)]["title"]), ONE)
        await one.page.keyboard.press("Escape")
        await found.to("reveal")
        await expect(card(one, ONE)).to_contain_text(one.words("board-yours"))
        await expect(card(other, ONE)).to_be_visible()
        assert "Noor" not in await other.page.locator("main").inner_text()


# ---- a long column ---------------------------------------------------------------------------------------------------


async def long_column(found: Place) -> Device:
    await found.write([(0, f"Kaart {nth:03}") for nth in range(MANY)])
    await found.write([(1, ONE)])
    await found.to("group")
    return await found.enter("Noor")


async def test_of_a_long_column_what_is_near_the_view_is_drawn_and_all_is_reached(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await long_column(found)
        first = columns(one).nth(0)
        cards = first.locator("li[data-card]")
        await expect(card(one, "Kaart 000")).to_be_visible()
        assert await cards.count() <= DRAWN
        await expect(cards.first).to_have_attribute("aria-posinset", "1")
        await expect(cards.first).to_have_attribute("aria-setsize", str(MANY))
        scroll = first.locator("[data-scroll]")
        seen: set[str] = set()
        for _ in range(200):
            seen |= set(await first.locator(".text").all_inner_texts())
            assert await cards.count() <= DRAWN
            if await scroll.evaluate("e => e.scrollTop + e.clientHeight >= e.scrollHeight - 1"):
                break
            await scroll.hover()
            await one.page.mouse.wheel(0, 600)
            await one.page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
        await expect(card(one, f"Kaart {MANY - 1:03}")).to_be_in_viewport()
        seen |= set(await first.locator(".text").all_inner_texts())
        assert sorted(seen) == [f"Kaart {nth:03}" for nth in range(MANY)]
        assert one.complaints == []


async def test_the_card_with_the_focus_stays_drawn_however_far_one_scrolls(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await long_column(found)
        scroll = columns(one).nth(0).locator("[data-scroll]")
        more = card(one, "Kaart 001").get_by_role("button").last
        await more.focus()
        await scroll.evaluate("e => e.scrollTo(0, 9000)")
        await expect(card(one, "Kaart 110")).to_be_visible()
        await expect(more).to_be_focused()
        await more.blur()
        await expect(card(one, "Kaart 001")).to_have_count(0)  # the control: without the focus it goes


async def test_a_card_held_at_the_edge_of_a_long_column_brings_what_is_behind_it(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await long_column(found)
        await hold(one, card(one, ONE), card(one, "Kaart 001"), "after")
        scroll = columns(one).nth(0).locator("[data-scroll]")
        edge = await box(scroll)
        await one.page.mouse.move(edge["x"] + 60, edge["y"] + edge["height"] - 8, steps=4)
        await expect(card(one, FAR)).to_be_in_viewport(ratio=1)
        await one.page.mouse.move(edge["x"] + 60, edge["y"] + edge["height"] / 2, steps=4)
        there = await box(card(one, FAR))
        await one.page.mouse.move(there["x"] + 60, there["y"] + there["height"] * 0.9, steps=4)
        await expect(one.page.locator(".line")).to_be_visible()
        await one.page.mouse.up()
        await expect(card(one, ONE)).to_be_visible()
        while ONE not in (words := lying(found)):
            await found.staff.catch_up()
        assert words[words.index(ONE) - 1] == FAR


def lying(found: Place) -> list[str]:
    """The words of the first column as the server has them, from above."""
    notes = [note for note in found.staff.of("board.note").values() if note["within"] == found.column(0)]
    return [note["text"] for note in sorted(notes, key=lambda note: note["place"])]


async def test_a_group_is_dragged_as_one(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one, other = await found.enter("Noor"), await found.enter("Teun")
        await drag(one, card(one, TWO), card(one, ONE), "into")
        await expect(other.page.locator("section.group .text")).to_have_text([ONE, TWO])
        await found.staff.catch_up()
        [known] = found.staff.of("board.group")
        # By the server's name of it: the one the page foresaw is taken away when it is there.
        group = one.page.locator(f'[data-card="{known}"]').locator("section.group")
        await expect(group.locator(".text")).to_have_text([ONE, TWO])
        await drag(one, group, card(one, THREE), "before")
        there = columns(other).nth(1)
        await expect(there.locator("section.group .text")).to_have_text([ONE, TWO])
        await expect(there.locator(".text")).to_have_text([ONE, TWO, THREE])
        await expect(columns(other).nth(0).locator(".text")).to_have_count(0)


# ---- offline, refused, locked, closed --------------------------------------------------------------------------------


async def test_offline_words_wait_and_go_out_when_the_network_is_back(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        one = await found.enter("Noor")
        await one.context.set_offline(True)
        await write(one, str(found.staff.records[found.column(0)]["title"]), ONE)
        await expect(card(one, ONE).locator(".state-line")).to_be_visible()
        await found.staff.catch_up()
        assert not any(column.get("hidden") for column in found.staff.of("board.column").values())
        await one.context.set_offline(False)
        await expect(card(one, ONE)).to_contain_text(one.words("board-only-you"))
        await found.to("reveal")
        assert [note["text"] for note in found.staff.of("board.note").values()] == [ONE]


async def test_words_that_come_too_late_are_kept_until_one_decides(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await found.write([(0, TWO)])
        one = await found.enter("Noor")
        await one.context.set_offline(True)
        await write(one, str(found.staff.records[found.column(0)]["title"]), ONE)
        await found.to("vote")
        await one.context.set_offline(False)
        refused = card(one, ONE).and_(one.page.locator(".bad"))
        await expect(refused).to_be_visible()
        await one.page.reload()
        await expect(refused).to_be_visible()
        await found.give("board.go", was="vote", phase="group")
        await found.staff.catch_up()
        await one.press(refused.get_by_role("button", name=one.words("send-again"), exact=True))
        await expect(card(one, ONE)).to_contain_text(one.words("board-yours"))
        await expect(refused).to_have_count(0)


async def test_locked_and_closed_are_said_and_everything_can_still_be_read(tmp_path: Path) -> None:
    async with place(tmp_path) as found:
        await grouping(found)
        one = await found.enter("Noor")
        add = one.page.locator("button.add")
        await expect(add).to_have_count(3)
        await found.give("room.lock")
        await expect(one.page.get_by_text(one.words("board-locked"))).to_be_visible()
        await expect(add).to_have_count(0)
        await expect(card(one, ONE)).to_be_visible()
        await found.give("room.unlock")
        await expect(add).to_have_count(3)
        await found.close()
        await expect(one.page.get_by_text(one.words("board-closed"))).to_be_visible()
        await expect(add).to_have_count(0)
        await expect(card(one, ONE)).to_be_visible()
        assert one.complaints == []
