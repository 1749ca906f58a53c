"""A whole board with a keyboard alone, side by side and as a list; the focus is never lost, and always seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from rooms.model import Role
from tests.browser.board_place import Place, place
from tests.browser.board_tour import add_in, board_id, look_at, row, to_board
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.session_tour import tab_of
from tests.browser.test_keys import come_in, press, tab_to, unseen_stops

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

SESSION, TITLE = "Quarter three", "What we keep"
WEEKLY, TABLE, SEEDS, LATE = "A weekly letter", "One long table", "Seeds ran out", "Lights left on"
GROUP, ACTION, DECISION = "Spring", "Order seeds early", "The letter stays"
MOST_STOPS = 120
FOCUSED = "() => document.activeElement !== null && document.activeElement !== document.body"


@dataclass
class Table:
    """`lead` runs the board, `one` takes part; both look at it in the same way."""

    lead: Device
    one: Device
    look: str

    @property
    def both(self) -> list[Device]:
        return [self.lead, self.one]


@asynccontextmanager
async def table(folder: Path, look: str) -> AsyncIterator[Table]:
    async with hall(folder) as kring, chromium() as browser, Gathering.of(kring, SESSION) as gathering:
        lead, one = await asyncio.gather(device(browser, kring.base, "en"), device(browser, kring.base, "en"))
        await lead.go(await kring.link(Role.MODERATOR))
        await to(lead, lead.page.get_by_label(lead.words("name-label")))
        await lead.page.keyboard.type("Marit")
        await press(lead, "Enter")
        await lead.arrived()
        await lead.go(f"/s/{gathering.id}")
        await expect(tab_of(lead, "top")).to_be_visible()
        await come_in(one, gathering.code, "Noor")
        yield Table(lead, one, look)


# ---- keys ------------------------------------------------------------------------------------------------------------


async def to(one: Device, wanted: Locator) -> None:
    await wanted.first.wait_for()
    await tab_to(one, wanted, MOST_STOPS)


async def push(one: Device, wanted: Locator, key: str = "Enter") -> None:
    """Go there with the Tab key and press it; the focus is somewhere after that."""
    await to(one, wanted)
    await press(one, key)
    await kept(one)


async def kept(one: Device) -> None:
    await one.page.wait_for_function(FOCUSED, timeout=5_000)


async def enter(one: Device, text: str, key: str = "Enter") -> None:
    await one.page.keyboard.type(text)
    await press(one, key)


def note(one: Device, text: str) -> Locator:
    return one.page.locator("article").filter(has_text=text)


async def choose(one: Device, text: str, act: str) -> None:
    """From everything one may do with a card."""
    await push(one, one.button("board-more-of", text=text))
    await push(one, row(one, f"board-do-{act}"))


def field(one: Device, message: str) -> Locator:
    return one.page.get_by_role("dialog").get_by_label(one.words(message))


def column_of(there: Table, one: Device, title: str) -> Locator:
    """The words in a column."""
    return one.page.get_by_role("region", name=title).locator(".text")


# ---- the board -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["board", "list"])
async def test_a_board_from_its_start_to_its_end_with_keys_alone(tmp_path: Path, look: str) -> None:
    async with table(tmp_path, look) as there:
        await begins(there)
        await columns(there)
        await alone(there)
        await revealed(there)
        await together(there)
        await votes(there)
        await agreed(there)
        await finished(there)
        assert [each.complaints for each in there.both] == [[], []]


async def begins(there: Table) -> None:
    lead, one = there.both
    await push(lead, lead.button("board-add"))
    await expect(field(lead, "board-title-label")).to_be_focused()
    await lead.page.keyboard.type(TITLE)
    await press(lead, "Tab", "ArrowDown", "Enter")
    await push(one, to_board(one))
    for each in there.both:
        await expect(each.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        looks = each.page.get_by_role("group", name=each.words("board-look"))
        await push(each, looks.get_by_role("button", name=each.words(f"board-look-{there.look}"), exact=True))
        await expect(each.page.get_by_role("heading", level=3)).to_have_text(["Start", "Stop", "Continue"])


async def columns(there: Table) -> None:
    lead, one = there.both
    await push(lead, lead.button("board-settings"))
    await push(lead, row(lead, "board-columns-title"))
    await push(lead, lead.button("board-column-rename", title="Continue"))
    await enter(lead, "Keep")
    await push(lead, lead.button("board-column-back", title="Keep"))
    await push(lead, lead.button("board-column-add"))
    await enter(lead, "Later")
    await expect(lead.button("board-column-remove", title="Later")).to_be_visible()
    await push(lead, lead.button("board-column-remove", title="Later"))
    await press(lead, "Escape")
    await kept(lead)
    await expect(one.page.get_by_role("heading", level=3)).to_have_text(["Start", "Keep", "Stop"])


async def alone(there: Table) -> None:
    """Notes are written, bettered, and one is taken away and put back."""
    lead, one = there.both
    for each, column, texts in ((one, "Keep", [WEEKLY, TABLE]), (lead, "Stop", [LATE]), (one, "Start", ["Seeds out"])):
        await push(each, add_in(each, column))
        for text in texts:
            await enter(each, text)
            await expect(note(each, text)).to_contain_text(each.words("board-only-you"))
        await press(each, "Escape")
        await expect(add_in(each, column)).to_be_focused()
    await push(one, one.button("board-edit-of", text="Seeds out"))
    await press(one, "ControlOrMeta+a")
    await enter(one, SEEDS)
    await expect(note(one, SEEDS)).to_be_visible()
    await kept(one)
    await choose(one, TABLE, "delete")
    await expect(note(one, TABLE)).to_have_count(0)
    await push(one, one.button("undo"))
    await expect(note(one, TABLE)).to_be_visible()
    await push(lead, lead.button("board-timer"))
    await push(lead, lead.button("board-minutes", minutes=3))
    await push(lead, lead.button("board-timer-more"))
    await push(lead, lead.button("board-timer-stop"))
    await push(one, one.button("board-ready"), "Space")
    await expect(lead.page.get_by_text(lead.words("board-ready-count", ready=1, here=2))).to_be_visible()


async def goes_on(there: Table, phase: str) -> None:
    await push(there.lead, there.lead.button(f"board-next-{phase}"))
    for each in there.both:
        await expect(each.page.get_by_role("heading", name=each.words(f"board-title-{phase}"))).to_be_visible()


async def revealed(there: Table) -> None:
    lead, one = there.both
    await push(lead, lead.button("board-next-reveal"))
    await push(lead, lead.button("board-reveal-do"))
    for each in there.both:
        for text in (WEEKLY, TABLE, SEEDS, LATE):
            await expect(note(each, text)).to_be_visible()
    await goes_on(there, "group")
    await push(
        lead, lead.page.get_by_role("button", name=lead.words("board-back-to", phase=lead.words("board-step-reveal")))
    )
    await expect(one.page.get_by_role("heading", name=one.words("board-title-reveal"))).to_be_visible()
    await goes_on(there, "group")


async def together(there: Table) -> None:
    lead, one = there.both
    await choose(one, LATE, "group")
    await push(one, one.page.get_by_role("dialog").get_by_role("button").filter(has_text=SEEDS))
    await expect(column_of(there, lead, "Start")).to_have_text([SEEDS, LATE])
    await choose(lead, lead.words("board-group-unnamed"), "name")
    await enter(lead, GROUP)
    await expect(one.page.get_by_role("heading", name=GROUP)).to_be_visible()
    await choose(one, GROUP, "ungroup")
    await expect(lead.page.get_by_role("heading", name=GROUP)).to_have_count(0)
    await push(one, one.button("undo"))
    await expect(lead.page.get_by_role("heading", name=GROUP)).to_be_visible()
    await choose(one, TABLE, "move")  # the first other column is chosen: "Start"
    await to(one, one.page.get_by_role("combobox"))
    await one.page.keyboard.type(one.words("board-move-first"))
    await push(one, one.page.get_by_role("dialog").get_by_role("button", name=one.words("board-move"), exact=True))
    for each in there.both:
        await expect(column_of(there, each, "Start")).to_have_text([TABLE, SEEDS, LATE])


async def votes(there: Table) -> None:
    lead, one = there.both
    await goes_on(there, "vote")
    await push(one, one.button("board-dot-more", of=GROUP, dots=0))
    await press(one, "Enter", "Space")
    await expect(one.page.get_by_text(one.words("board-votes-left", left=2, budget=5))).to_be_visible()
    await push(one, one.button("board-dot-less", of=GROUP, dots=3))
    await expect(one.page.get_by_text(one.words("board-votes-left", left=3, budget=5))).to_be_visible()
    await push(lead, lead.button("board-dot-more", of=WEEKLY, dots=0))


async def agreed(there: Table) -> None:
    lead, one = there.both
    await goes_on(there, "discuss")
    await expect(column_of(there, one, "Start")).to_have_text([SEEDS, LATE, TABLE])
    await push(one, one.button("board-action-add"))
    await one.page.keyboard.type(ACTION)
    await press(one, "Tab")
    await one.page.keyboard.type("Noor")
    await press(one, "Tab")
    await one.page.keyboard.type("01022027")
    await push(one, one.button("board-save"))
    await choose(lead, WEEKLY, "decide")
    await press(lead, "ControlOrMeta+a")
    await lead.page.keyboard.type(DECISION)
    await push(lead, lead.button("board-save"))
    results = one.page.locator("section.results li")
    await expect(results).to_contain_text([ACTION, DECISION])
    await expect(results.first).to_contain_text("Noor")
    await expect(results.last).to_contain_text(WEEKLY)
    await push(one, one.button("board-drop-of", text=ACTION))
    await expect(results).to_have_count(1)
    await push(one, one.button("undo"))
    await expect(results).to_have_count(2)
    await push(one, one.button("board-edit-of", text=ACTION))
    await press(one, "End")
    await one.page.keyboard.type(", all of them")
    await push(one, one.button("board-save"))
    await expect(lead.page.locator("section.results")).to_contain_text(f"{ACTION}, all of them")


async def finished(there: Table) -> None:
    lead, one = there.both
    await goes_on(there, "done")
    await push(lead, lead.button("board-settings"))
    await push(lead, row(lead, "board-lock"))
    await expect(one.status("board-locked")).to_be_visible()
    await push(lead, lead.button("board-settings"))
    await push(lead, row(lead, "board-unlock"))
    await expect(one.status("board-locked")).to_have_count(0)
    assert board_id(lead) == board_id(one)


# ---- where one is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["board", "list"])
async def test_every_stop_of_the_tab_key_on_a_board_is_seen(tmp_path: Path, look: str) -> None:
    """WCAG 2.4.7 and 2.4.11; and one can get out again (2.1.2)."""
    async with table(tmp_path, look) as there:
        await begins(there)
        lead, one = there.both
        await push(one, add_in(one, "Start"))
        for text in (WEEKLY, TABLE, SEEDS):
            await enter(one, text)
        await press(one, "Escape")
        await push(lead, lead.button("board-next-reveal"))
        await push(lead, lead.button("board-reveal-do"))
        await goes_on(there, "group")
        for each in there.both:
            assert await unseen_stops(each) == []
        # the control: without its ring a stop is not seen
        await one.page.evaluate(
            "() => document.styleSheets[0].insertRule('button:focus-visible { outline: none !important }', 0)"
        )
        assert await unseen_stops(one) != []


def note_of(found: Place, text: str) -> str:
    """Its id."""
    return next(id for id, record in found.staff.of("board.note").items() if record["text"] == text)


FOCUSED_CARD = "() => document.activeElement?.closest('[data-card]')?.dataset.card ?? document.activeElement?.tagName"


@pytest.mark.parametrize("look", ["board", "list"])
async def test_what_others_do_takes_the_focus_from_nobody(tmp_path: Path, look: str) -> None:
    """It goes with the card to another column and into a group; when the card is gone it stays in its column."""
    async with place(tmp_path) as found:
        await found.write([(0, WEEKLY), (0, TABLE), (1, SEEDS)])
        await found.to("group")
        one = await found.enter("Noor")
        await look_at(one, look)
        weekly, table, seeds = (note_of(found, text) for text in (WEEKLY, TABLE, SEEDS))
        await to(one, one.button("board-more-of", text=WEEKLY))
        assert await one.page.evaluate(FOCUSED_CARD) == weekly
        await found.give("board.move", card=weekly, within=found.column(2), after=None)
        await expect(one.page.get_by_role("region", name="Proberen").locator(".text")).to_have_text([WEEKLY])
        assert await one.page.evaluate(FOCUSED_CARD) == weekly
        await found.give("board.group_with", note=weekly, other=seeds)
        await expect(one.page.locator("section.group .text")).to_have_text([SEEDS, WEEKLY])
        assert await one.page.evaluate(FOCUSED_CARD) == weekly
        await to(one, one.button("board-more-of", text=TABLE))
        await found.give("board.delete", note=table, rev=0)
        await expect(note(one, TABLE)).to_have_count(0)
        inside = one.page.locator("section[data-column]").first.locator(":focus")
        await expect(inside).to_have_count(1)
        assert one.complaints == []
