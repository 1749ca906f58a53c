"""A whole retrospective as three people have it: only clicks, drags, a finger and keys, and a server killed in the
middle; at the end the same stands on every page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.board_place import Finger, box, card, drag
from tests.browser.board_tour import add_in, begin_board, more_of, row, see_agreed, see_column, settings, to_board
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall
from tests.browser.session_tour import tab_of
from tests.browser.test_door import about, start

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

SESSION, TITLE = "Kwartaal drie", "Wat houden we"
KEEP, CHANGE, TRY = range(3)
LETTER, SEEDS, WATER, SHED, TOGETHER, TABLE = (
    "Iedere week een brief",
    "Zaad was te vroeg op",
    "Meer regentonnen",
    "De schuur bleef open",
    "In maart samen zaaien",
    "Een lange tafel",
)
GROUP, ACTION, DECISION = "Het voorjaar", "Zaad bestellen voor het op is", "De brief blijft"


@dataclass
class Retrospective:
    """`lead` runs it; `desk` and `phone` take part."""

    kring: Hall
    lead: Device
    desk: Device
    phone: Device

    @property
    def all(self) -> list[Device]:
        return [self.lead, self.desk, self.phone]

    def column(self, nth: int) -> str:
        """Its title: in the community's language, which is the one `desk` has."""
        return self.desk.words(f"board-column-{('keep', 'change', 'try')[nth]}")


async def gathered(kring: Hall, browser: Browser) -> Retrospective:
    """The owner starts a session, and goes from the desk to its page; two people come in by its code."""
    lead = await device(browser, kring.base, "nl")
    await lead.sign_in(kring.owner_link, "Marit Bos")
    await start(lead, SESSION, "named")
    code = (await about(lead))["code"]
    await lead.press(lead.page.get_by_role("link", name=lead.words("to-questions")))
    await expect(tab_of(lead, "top")).to_be_visible()
    phone, desk = await device(browser, kring.base, "nl", phone=True), await device(browser, kring.base, "en")
    for one, name in ((phone, "Teun"), (desk, "Noor")):
        await one.knock(code, name)
        await expect(tab_of(one, "top")).to_be_visible()
    return Retrospective(kring, lead, desk, phone)


async def test_a_retrospective_from_an_empty_session_to_what_was_agreed(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        there = await gathered(kring, browser)
        await a_board_is_added(there)
        await everybody_writes_alone(there)
        await all_is_revealed(there)
        await it_is_put_together(there)
        await the_server_is_killed(there)
        await votes_are_given(there)
        await it_is_agreed(there)
        await every_page_shows_the_same(there)
        assert [one.complaints for one in there.all] == [[], [], []]


async def a_board_is_added(there: Retrospective) -> None:
    await begin_board(there.lead)
    await there.lead.write(there.lead.page.get_by_label(there.lead.words("board-title-label")), TITLE)
    await there.lead.press(there.lead.button("board-add-now"))
    for one in (there.desk, there.phone):
        await one.press(to_board(one))
    for one in there.all:
        await expect(one.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        await expect(add_in(one, there.column(KEEP))).to_be_visible()


async def write(there: Retrospective, one: Device, column: int, *texts: str) -> None:
    """One after the other: the field stays open."""
    await see_column(one, column)
    await one.press(add_in(one, there.column(column)))
    for text in texts:
        await one.page.keyboard.type(text)
        await one.page.keyboard.press("Enter")
        await expect(card(one, text)).to_contain_text(one.words("board-only-you"))
    await one.page.keyboard.press("Escape")


async def everybody_writes_alone(there: Retrospective) -> None:
    await write(there, there.phone, KEEP, LETTER)
    await write(there, there.phone, CHANGE, SEEDS, SHED)
    await write(there, there.desk, KEEP, TABLE)
    await write(there, there.desk, TRY, WATER)
    await write(there, there.lead, TRY, TOGETHER)
    for one, others in (
        (there.lead, (LETTER, SEEDS, TABLE)),
        (there.desk, (LETTER, SHED)),
        (there.phone, (TABLE, WATER)),
    ):
        for text in others:
            await expect(one.page.get_by_text(text)).to_have_count(0)
    await expect(hidden(there, there.lead, CHANGE)).to_have_text(there.lead.words("board-hidden", count=2))
    await expect(hidden(there, there.desk, KEEP)).to_have_text(there.desk.words("board-hidden", count=1))
    await there.lead.press(there.lead.button("board-timer"))
    await there.lead.press(there.lead.button("board-minutes", minutes=5))
    await expect(there.phone.page.get_by_text(there.phone.words("board-time-left"), exact=True)).to_be_visible()
    for one in (there.desk, there.phone):
        await one.press(one.button("board-ready"))
    await expect(there.lead.page.get_by_text(there.lead.words("board-ready-count", ready=2, here=3))).to_be_visible()


def hidden(there: Retrospective, one: Device, column: int) -> Locator:
    """How many notes of others there are in a column."""
    return one.page.get_by_role("region", name=there.column(column)).locator("p.hidden")


async def on_to(there: Retrospective, phase: str) -> None:
    await there.lead.press(there.lead.button(f"board-next-{phase}"))
    if phase == "reveal":
        await there.lead.press(there.lead.button("board-reveal-do"))
    for one in there.all:
        await expect(one.page.get_by_role("heading", name=one.words(f"board-title-{phase}"))).to_be_visible()


async def all_is_revealed(there: Retrospective) -> None:
    await on_to(there, "reveal")
    for one in (there.lead, there.desk):
        for text in (LETTER, SEEDS, SHED, TABLE, WATER, TOGETHER):
            await expect(card(one, text)).to_be_visible()
    await expect(card(there.desk, LETTER)).to_contain_text("Teun")
    await see_column(there.phone, TRY)
    await expect(card(there.phone, TOGETHER)).to_contain_text("Marit Bos")


async def it_is_put_together(there: Retrospective) -> None:
    """With a mouse one note is put with another, with a finger one is brought to another column; once by mistake."""
    await on_to(there, "group")
    await drag(there.desk, card(there.desk, SEEDS), card(there.desk, TOGETHER), "into")
    for one in (there.desk, there.lead):
        await expect(group_of(one).locator(".text")).to_have_text([TOGETHER, SEEDS])
    await there.lead.press(
        there.lead.page.get_by_role("button", name=there.lead.words("board-group-unnamed"), exact=True)
    )
    await there.lead.page.keyboard.type(GROUP)
    await there.lead.page.keyboard.press("Enter")
    await expect(group_of(there.desk)).to_contain_text(GROUP)
    await see_column(there.phone, CHANGE)
    await carry(there.phone, card(there.phone, SHED), KEEP)
    await expect(card(there.phone, SHED)).to_have_count(0)
    await there.phone.press(there.phone.button("undo"))
    await expect(card(there.phone, SHED)).to_be_visible()
    await drag(there.lead, card(there.lead, LETTER), card(there.lead, TABLE), "after")
    await expect(texts_in(there, there.desk, KEEP)).to_have_text([TABLE, LETTER])


async def carry(one: Device, what: Locator, column: int) -> None:
    """With a finger, to another column of a phone."""
    finger = await Finger.on(one)
    await finger.down(what)
    await expect(one.page.locator(".ghost .note")).to_be_visible()
    there = await box(one.page.locator("[data-switch]").nth(column))
    await finger.to(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2)
    await finger.up()


def group_of(one: Device) -> Locator:
    """The only group."""
    return one.page.locator("section.group")


def texts_in(there: Retrospective, one: Device, column: int) -> Locator:
    return one.page.get_by_role("region", name=there.column(column)).locator(".text")


async def the_server_is_killed(there: Retrospective) -> None:
    """What people did before is kept, and what they do meanwhile is done once when it is back."""
    await there.kring.kill()
    for one in there.all:
        await expect(one.status("reconnecting", waiting=0)).to_be_visible()
    await see_column(there.phone, CHANGE)
    await carry(there.phone, card(there.phone, SHED), TRY)
    await drag(there.desk, card(there.desk, WATER), card(there.desk, TABLE), "before")
    await expect(texts_in(there, there.desk, KEEP)).to_have_text([WATER, TABLE, LETTER])
    await expect(texts_in(there, there.lead, TRY)).to_have_text([WATER, TOGETHER, SEEDS])
    await there.kring.start()
    for one in (there.lead, there.desk):
        await expect(texts_in(there, one, KEEP)).to_have_text([WATER, TABLE, LETTER])
        await expect(texts_in(there, one, CHANGE)).to_have_count(0)
        await expect(texts_in(there, one, TRY)).to_have_text([TOGETHER, SEEDS, SHED])
        await expect(group_of(one)).to_contain_text(GROUP)


async def votes_are_given(there: Retrospective) -> None:
    await on_to(there, "vote")
    await see_column(there.phone, TRY)
    await give(there.phone, group_of(there.phone), 3)
    await give(there.phone, card(there.phone, SHED), 1)
    await give(there.desk, group_of(there.desk), 2)
    await give(there.desk, card(there.desk, LETTER), 3)
    await expect(there.desk.page.get_by_text(there.desk.words("board-votes-left", left=0, budget=5))).to_be_visible()
    await expect(group_of(there.lead).locator(".dots .num")).to_have_count(0)  # C8: ballots are secret


async def give(one: Device, what: Locator, dots: int) -> None:
    more = what.locator("button.more").first
    for nth in range(dots):
        await one.press(more)
        await expect(more).to_have_text(str(nth + 1))


async def it_is_agreed(there: Retrospective) -> None:
    await on_to(there, "discuss")
    await expect(group_of(there.phone).locator("header .total b")).to_have_text("5")
    await expect(texts_in(there, there.lead, KEEP)).to_have_text([LETTER, WATER, TABLE])
    await more_of(there.lead, SEEDS)
    await there.lead.press(row(there.lead, "board-do-plan"))
    await there.lead.page.get_by_label(there.lead.words("board-action-text")).wait_for()
    await there.lead.page.keyboard.type(ACTION)
    await there.lead.write(there.lead.page.get_by_label(there.lead.words("board-owner")), "Noor")
    await there.lead.page.get_by_label(there.lead.words("board-due")).fill("2027-02-01")
    await there.lead.press(there.lead.button("board-save"))
    await see_agreed(there.phone)
    await there.phone.press(there.phone.button("board-decision-add"))
    await there.phone.page.get_by_label(there.phone.words("board-decision-text")).wait_for()
    await there.phone.page.keyboard.type(DECISION)
    await there.phone.press(there.phone.button("board-save"))
    for one in there.all:
        await expect(results(one)).to_contain_text([ACTION, DECISION])
        await expect(results(one).filter(has_text=ACTION)).to_contain_text(SEEDS)
    await on_to(there, "done")


def results(one: Device) -> Locator:
    return one.page.locator("section.results li")


# Every column with its cards: words, votes, and what lies in a group.
SHOWN = """() => [...document.querySelectorAll("section.column")].map((column) => [
  column.querySelector("h3").textContent,
  [...column.querySelectorAll("ul:first-of-type > li[data-card]")].filter((li) => !li.parentElement.closest("li"))
    .map((li) => [
      li.querySelector("h4")?.textContent ?? "",
      [...li.querySelectorAll(".text")].map((words) => words.textContent),
      li.querySelector(".total b")?.textContent ?? "",
    ]),
])"""
Shown = list[tuple[str, list[list[object]]]]


async def shown(one: Device) -> tuple[Shown, list[str]]:
    """The board as it stands on a page, and what was agreed; a phone is walked through."""
    columns: Shown = []
    if not one.phone:
        columns = await one.page.evaluate(SHOWN)
    else:
        await one.press(one.page.get_by_role("group", name=one.words("board-look")).get_by_role("button").first)
        for nth in range(await one.page.locator("[data-switch]").count()):
            await see_column(one, nth)
            await expect(one.page.locator("[data-switch]").nth(nth)).to_have_attribute("aria-pressed", "true")
            columns += await one.page.evaluate(SHOWN)
        await see_agreed(one)
    return columns, await results(one).locator(".text, bdi").all_text_contents()


async def every_page_shows_the_same(there: Retrospective) -> None:
    """Now, and when each is opened anew; the control: a page that is cut off falls behind, and shows so."""
    of_lead = await shown(there.lead)
    (_, keep), (_, change), (_, tries) = of_lead[0]
    assert keep == [["", [LETTER], "3"], ["", [WATER], "0"], ["", [TABLE], "0"]]
    assert change == []
    assert tries == [[GROUP, [TOGETHER, SEEDS], "5"], ["", [SHED], "1"]]
    assert [of_lead[0]] * 2 == [(await shown(one))[0] for one in (there.desk, there.phone)]
    for one in there.all:
        await one.page.reload()
        await expect(one.page.get_by_role("heading", name=one.words("board-title-done"))).to_be_visible()
    assert [of_lead] * 3 == [await shown(one) for one in there.all]

    await there.desk.context.set_offline(True)
    await expect(there.desk.status("offline", waiting=0)).to_be_visible()
    await there.lead.press(there.lead.button("board-drop-of", text=DECISION))
    await expect(results(there.phone)).to_have_count(1)
    assert await shown(there.desk) != await shown(there.lead)
    await there.desk.context.set_offline(False)
    await expect(results(there.desk)).to_have_count(1)
    assert await shown(there.desk) == await shown(there.lead)


async def test_who_is_muted_is_found_again_and_let_take_part(tmp_path: Path) -> None:
    """By way of the note, also when the note is gone."""
    async with hall(tmp_path) as kring, chromium() as browser:
        there = await gathered(kring, browser)
        await a_board_is_added(there)
        await on_to(there, "reveal")
        await there.desk.press(add_in(there.desk, there.column(KEEP)))
        await there.desk.page.keyboard.type(TABLE)
        await there.desk.page.keyboard.press("Enter")
        await there.desk.page.keyboard.press("Escape")
        await more_of(there.lead, TABLE)
        await there.lead.press(row(there.lead, "board-do-mute"))
        await expect(there.lead.button("undo")).to_be_visible()
        await more_of(there.lead, TABLE)
        await there.lead.press(row(there.lead, "board-do-delete"))
        await settings(there.lead)
        await there.lead.press(row(there.lead, "board-muted-title"))
        gone = there.lead.page.get_by_role("dialog").get_by_text(there.lead.words("board-muted-gone"), exact=True)
        await expect(gone).to_be_visible()
        await there.desk.press(add_in(there.desk, there.column(KEEP)))
        await there.desk.page.keyboard.type(WATER)
        await there.desk.page.keyboard.press("Enter")
        await expect(there.desk.button("send-again")).to_be_visible()
        await there.lead.press(there.lead.button("board-unmute-of", text=there.lead.words("board-muted-gone")))
        await expect(gone).to_have_count(0)
        await there.desk.press(there.desk.button("send-again"))
        await expect(card(there.lead, WATER)).to_be_visible()
        assert [one.complaints for one in there.all] == [[], [], []]
