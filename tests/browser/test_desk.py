"""The moderators' desk: two moderators and who asks, by mouse, by keys alone, by thumb; and a killed server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import expect

from realtime.client import Room
from realtime.client.values import Record
from rooms.model import Role
from tests.browser.desk_tour import DeskTour, act, at_desk, card_of, choose_lane, lane_of, take
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.test_access import in_every_way, in_other_words
from tests.browser.test_keys import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Drukplekken voorkomen"
HEEL, PAIN, NIGHT, BED = (
    "Mag je een rode hiel nog masseren?",
    "Wat als de bewoner pijn zegt te hebben?",
    "Wie draait er ’s nachts mee?",
    "Welk matras kies je wanneer?",
)


SMALL = """(all) => all.filter((button) => button.checkVisibility() && button.getBoundingClientRect().height < 43.5)
  .map((button) => button.outerHTML)"""


async def told(who: Room, holds: Callable[[Record], bool]) -> None:
    """Wait until somebody without a page has such a record."""
    changes = who.changes()
    while not any(holds(record) for record in who.records.values()):
        await anext(changes)


def is_question(text: str, status: str) -> Callable[[Record], bool]:
    return lambda record: record["t"] == "qna.question" and record["text"] == text and record["status"] == status


async def stands(one: Device, lane: str, *texts: str) -> None:
    """These questions stand in that list, in that order."""
    await choose_lane(one, lane)
    await expect(lane_of(one, lane).get_by_role("article").locator("h3")).to_have_text(list(texts))


async def test_two_moderators_bring_a_question_from_review_to_its_answer(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        ivo = await at_desk(browser, kring, gathering, "Ivo", "en")
        noor = await at_desk(browser, kring, gathering, "Noor", "nl")
        asker, other = await gathering.guest("Teun"), await gathering.guest("Samira")
        for text in (HEEL, PAIN):
            await gathering.ask(asker, text)
        for one in (ivo, noor):
            await stands(one, "review", HEEL, PAIN)
            await expect(one.page).to_have_title(f"(2) {TITLE} · {one.words('desk-name')} · Kring")

        await act(ivo, HEEL, "approve")
        await expect(ivo.page.get_by_text(ivo.words("did-approve", order=1))).to_be_visible()
        await expect(card_of(ivo, PAIN)).to_be_focused()
        await told(other, is_question(HEEL, "open"))
        assert not any(record.get("text") == PAIN for record in other.records.values())
        # what shows under the mouse is done in one press, also while another question is at hand
        await noor.press(lane_of(noor, "review").get_by_role("heading", level=2))
        await card_of(noor, PAIN).hover()
        await noor.press(card_of(noor, PAIN).get_by_role("button", name=noor.words("do-approve"), exact=True))
        await gathering.vote(other, PAIN)
        for one in (ivo, noor):
            await stands(one, "review")
            await stands(one, "live", PAIN, HEEL)
            await expect(card_of(one, PAIN).locator(".tally")).to_contain_text("1")

        await take(noor, HEEL)
        await card_of(noor, PAIN).hover()
        await noor.press(
            card_of(noor, PAIN).get_by_role("button", name=noor.words("more-acts-of", order=2), exact=True)
        )
        await noor.press(noor.page.get_by_role("dialog").get_by_role("button", name=noor.words("do-next"), exact=True))
        await expect(ivo.page.get_by_role("region", name=ivo.words("next"))).to_contain_text(PAIN)
        await ivo.press(ivo.button("advance"))
        for one in (ivo, noor):
            await expect(lane_of(one, "now").get_by_role("article")).to_contain_text(PAIN)
        await told(other, is_question(PAIN, "stage"))
        await act(noor, PAIN, "note")
        await noor.page.keyboard.type("Altijd eerst kijken, dan draaien.")
        await noor.press(noor.button("mark-answered"))
        await told(other, lambda record: record.get("answer") == "Altijd eerst kijken, dan draaien.")
        for one in (ivo, noor):
            await stands(one, "done", PAIN)
            await expect(one.page.get_by_text(one.words("now-none"))).to_be_visible()

        # advancing answers what was on stage, and both go back together
        await act(ivo, HEEL, "stage")
        await gathering.ask(asker, NIGHT)
        await act(ivo, NIGHT, "approve")
        await act(ivo, NIGHT, "next")
        await ivo.page.keyboard.press("n")
        await told(other, is_question(HEEL, "answered"))
        await told(other, is_question(NIGHT, "stage"))
        await ivo.page.keyboard.press("u")
        await told(other, is_question(HEEL, "stage"))
        await told(other, is_question(NIGHT, "open"))
        await expect(noor.page.get_by_role("region", name=noor.words("next"))).to_contain_text(NIGHT)
        assert ivo.complaints == noor.complaints == []


async def test_the_asker_of_a_declined_question_is_told_why(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        one = await at_desk(browser, kring, gathering, "Ivo", "nl")
        asker, other = await gathering.guest("Teun"), await gathering.guest("Samira")
        await gathering.ask(asker, HEEL, "anonymous")
        await expect(card_of(one, HEEL)).to_contain_text(one.words("level-anonymous"))
        await expect(card_of(one, HEEL)).not_to_contain_text("Teun")
        await act(one, HEEL, "decline")
        dialog = one.page.get_by_role("dialog")
        await one.press(dialog.get_by_role("button", name=one.words("do-decline"), exact=True))
        await expect(dialog.get_by_role("alert")).to_have_text(one.words("decline-lacking"))
        await one.press(dialog.get_by_text(one.words("because-asked_before")))
        await one.write(dialog.get_by_role("textbox"), "Zie de vorige keer.")
        await one.press(dialog.get_by_role("button", name=one.words("do-decline"), exact=True))
        receipt = {"because": "asked_before", "note": "Zie de vorige keer.", "status": "declined"}
        await told(asker, lambda record: record["t"] == "qna.receipt" and receipt.items() <= record.items())
        assert not any(record.get("text") == HEEL for record in other.records.values())
        await stands(one, "done", HEEL)
        await expect(card_of(one, HEEL)).to_contain_text(one.words("because-asked_before"))
        await one.press(one.button("undo"))
        await stands(one, "review", HEEL)
        await told(asker, lambda record: record["t"] == "qna.receipt" and record["status"] == "review")


async def test_C4_nothing_of_another_moderator_is_overwritten_unseen(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        one = await at_desk(browser, kring, gathering, "Ivo", "en")
        asker = await gathering.guest("Teun")
        await gathering.ask(asker, HEEL)
        # the control: where nobody came between, nothing is asked
        await edit(one, HEEL, f"{HEEL} Ja?")
        await stands(one, "review", f"{HEEL} Ja?")
        await expect(one.page.get_by_role("dialog")).to_be_hidden()
        await expect(card_of(one, f"{HEEL} Ja?")).to_contain_text(HEEL)  # the original is kept

        async def other_is_first(text: str) -> None:
            await act(one, text, "edit")
            await one.page.get_by_role("dialog").get_by_role("textbox").fill("Hiel?")
            await gathering.act("qna.edit", text, text=BED)
            await one.press(one.button("save-change"))
            await expect(one.page.get_by_role("dialog", name=one.words("stale-staff", order=1))).to_be_visible()

        await other_is_first(f"{HEEL} Ja?")
        dialog = one.page.get_by_role("dialog")
        await expect(dialog.locator("del")).not_to_have_count(0)
        await expect(dialog.locator("ins").first).to_contain_text("Welk")
        await one.press(one.button("keep-theirs"))
        await expect(card_of(one, BED)).to_be_focused()
        await gathering.act("qna.edit", BED, text=NIGHT)
        await expect(card_of(one, NIGHT)).to_be_visible()
        await other_is_first(NIGHT)
        await one.press(one.button("anyway-edit"))
        await stands(one, "review", "Hiel?")
        await gathering.question("Hiel?")

        # what cannot be done any more is not offered
        await act(one, "Hiel?", "decline")
        await gathering.act("qna.approve", "Hiel?")
        await gathering.act("qna.answer", "Hiel?", how="live")
        await one.press(one.page.get_by_text(one.words("because-unclear")))
        await one.page.keyboard.press("Enter")
        await expect(dialog).to_contain_text(one.words("stale-not-any-more"))
        await expect(dialog).to_contain_text(one.words("status-answered"))
        await expect(one.button("anyway-decline")).to_have_count(0)
        await one.page.keyboard.press("Escape")

        # nor is an act undone that somebody went on from
        await gathering.ask(asker, PAIN)
        await act(one, PAIN, "approve")
        await told(gathering.moderator, is_question(PAIN, "open"))
        await gathering.act("qna.decline", PAIN, because="not_now")
        await one.press(one.button("undo"))
        await expect(one.page.get_by_text(one.words("desk-undo-late", order=2))).to_be_visible()
        await told(gathering.moderator, is_question(PAIN, "declined"))


async def edit(one: Device, before: str, after: str) -> None:
    await act(one, before, "edit")
    await one.page.get_by_role("dialog").get_by_role("textbox").fill(after)
    await one.press(one.button("save-change"))


async def test_the_lists_stand_still_while_a_moderator_is_in_them(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE, review=False) as gathering:
        one = await at_desk(browser, kring, gathering, "Ivo", "en")
        asker, other = await gathering.guest("Teun"), await gathering.guest("Samira")
        for text in (HEEL, PAIN):
            await gathering.ask(asker, text)
        await stands(one, "live", HEEL, PAIN)
        await gathering.vote(other, PAIN)
        await stands(one, "live", PAIN, HEEL)  # the control: nobody is in it, so it moves
        await one.page.keyboard.press("2")
        await expect(card_of(one, PAIN)).to_be_focused()
        await gathering.vote(other, HEEL)
        await gathering.vote(asker, HEEL)
        await gathering.ask(asker, NIGHT)
        await expect(one.button("moved-show", count=2)).to_be_visible()
        await stands(one, "live", PAIN, HEEL)
        await one.press(one.button("moved-show", count=2))
        await stands(one, "live", HEEL, PAIN, NIGHT)
        # on stage there is room for one: it says so, and what to do
        await act(one, HEEL, "stage")
        await act(one, PAIN, "stage")
        await expect(one.page.get_by_text(one.words("desk-occupied"))).to_be_visible()
        # and taking away waits for who thinks better of it
        await act(one, NIGHT, "remove")
        await expect(card_of(one, NIGHT)).to_have_count(0)
        assert await gathering.question(NIGHT)
        await one.page.keyboard.press("u")
        await stands(one, "live", PAIN, NIGHT)
        await act(one, NIGHT, "remove")
        await act(one, PAIN, "park")  # another act, and the one before is done
        await stands(one, "done", PAIN)
        while any(record.get("text") == NIGHT for record in gathering.moderator.records.values()):
            await anext(gathering.moderator.changes())


async def test_a_whole_desk_by_keys_alone(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        one = await device(browser, kring.base, "en")
        await one.go(await kring.link(Role.MODERATOR))
        await tab_to(one, one.page.get_by_label(one.words("name-label")))
        await one.page.keyboard.type("Ivo")
        await press(one, "Enter")
        await one.arrived()
        await one.go(f"/s/{gathering.id}/desk")
        await expect(one.page.get_by_role("heading", name=one.words("now"), exact=True)).to_be_visible()
        await review_by_keys(one, gathering)
        await run_by_keys(one, gathering)
        await end_by_keys(one)
        assert one.complaints == []


async def press(one: Device, *keys: str) -> None:
    """One after the other; the focus is never lost on the way."""
    for key in keys:
        await one.page.keyboard.press(key)
    await one.page.wait_for_function("() => document.activeElement !== document.body")


async def at(one: Device, text: str) -> None:
    await expect(card_of(one, text)).to_be_focused()


async def review_by_keys(one: Device, gathering: Gathering) -> None:
    asker = await gathering.guest("Teun")
    for text in (HEEL, PAIN, NIGHT, BED):
        await gathering.ask(asker, text)
    await stands(one, "review", HEEL, PAIN, NIGHT, BED)
    await press(one, "j")
    await at(one, HEEL)
    await press(one, "ArrowDown", "k", "j")
    await at(one, PAIN)
    await press(one, "d", "5", "Tab")
    await one.page.keyboard.type("Volgende keer")
    await press(one, "Control+Enter")
    await stands(one, "done", PAIN)
    await at(one, NIGHT)
    await press(one, "u")
    await stands(one, "review", HEEL, PAIN, NIGHT, BED)
    await at(one, PAIN)

    await press(one, "k", "a")
    await stands(one, "live", HEEL)
    await at(one, PAIN)
    await press(one, "e", "End")
    await one.page.keyboard.type(" Nu?")
    await press(one, "Control+Enter")
    await at(one, f"{PAIN} Nu?")
    await press(one, "p")
    await stands(one, "done", f"{PAIN} Nu?")
    await at(one, NIGHT)
    await press(one, "a")
    await at(one, BED)
    await press(one, "Enter")  # all acts, by Enter; and one of them by its own key
    await expect(one.page.get_by_role("dialog", name=one.words("acts-of", order=4))).to_be_visible()
    await press(one, "a")
    await stands(one, "live", HEEL, NIGHT, BED)
    # the list is empty: one is at its head, not nowhere
    await expect(lane_of(one, "review").get_by_role("heading")).to_be_focused()


async def run_by_keys(one: Device, gathering: Gathering) -> None:
    await press(one, "2")
    await at(one, HEEL)
    await press(one, "l")
    await one.page.keyboard.type("hiel")
    await press(one, "Enter")
    await expect(card_of(one, HEEL)).to_contain_text("hiel")
    await press(one, "x", "n")
    await expect(lane_of(one, "now").get_by_role("article")).to_contain_text(HEEL)
    await at(one, NIGHT)
    await press(one, "s")
    await expect(one.page.get_by_text(one.words("desk-occupied"))).to_be_visible()
    await press(one, "0")
    await at(one, HEEL)
    await press(one, "y")
    await stands(one, "done", f"{PAIN} Nu?", HEEL)
    await expect(lane_of(one, "now").get_by_role("heading")).to_be_focused()
    await press(one, "u")
    await expect(lane_of(one, "now").get_by_role("article")).to_contain_text(HEEL)
    await press(one, "0", "t")
    await one.page.keyboard.type("Nee, drukvrij leggen: j k a d")
    await press(one, "Control+Enter")
    await expect(card_of(one, HEEL)).to_contain_text("Nee, drukvrij leggen: j k a d")
    await press(one, "3")
    await at(one, f"{PAIN} Nu?")
    await press(one, "p", "1")
    await at(one, f"{PAIN} Nu?")
    await press(one, "a", "2", "End")
    await at(one, BED)
    await press(one, "m")
    await expect(card_of(one, BED)).to_contain_text(one.words("asker-muted"))
    await press(one, "Delete")
    await expect(card_of(one, BED)).to_have_count(0)
    await press(one, "u")
    await at(one, BED)
    await press(one, "f", "ArrowRight")
    await press(one, "Home", "o")
    await told(gathering.moderator, is_question(BED, "open"))
    await press(one, "?")
    await expect(one.page.get_by_role("dialog", name=one.words("keys-title"))).to_be_visible()
    await tab_to(one, one.page.get_by_role("switch", name=one.words("keys-switch")))
    await press(one, "Space", "Escape", "2", "a", "?")  # letters and digits are off now (WCAG 2.1.4)
    await expect(one.page.get_by_role("dialog")).to_be_hidden()
    await tab_to(one, one.page.get_by_role("switch", name=one.words("asking-open")), most=60)
    await press(one, "Space")
    await expect(one.page.get_by_text(one.words("did-close-asking"))).to_be_visible()
    await told(gathering.moderator, lambda record: record["t"] == "qna.desk" and record.get("asking") is False)


async def end_by_keys(one: Device) -> None:
    await tab_to(one, one.button("end-session"), most=60)
    await press(one, "Enter")
    await expect(one.button("end-not")).to_be_focused()
    await press(one, "Tab", "Enter")
    await expect(one.status("desk-closed")).to_be_visible()
    await expect(one.page.get_by_role("switch", name=one.words("asking-open"))).to_have_count(0)
    await expect(one.page.get_by_role("article")).to_have_count(4)


async def test_the_server_is_killed_under_the_desk(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        one = await at_desk(browser, kring, gathering, "Ivo", "nl")
        noor = await at_desk(browser, kring, gathering, "Noor", "en", phone=True)
        asker = await gathering.guest("Teun")
        for text in (HEEL, PAIN, NIGHT):
            await gathering.ask(asker, text)
        await stands(one, "review", HEEL, PAIN, NIGHT)
        await kring.kill()
        await expect(one.status("reconnecting", waiting=0)).to_be_visible()
        await one.page.keyboard.press("j")
        await one.page.keyboard.press("a")
        await one.page.keyboard.press("a")
        await one.page.keyboard.press("2")
        for key in ("s", "y"):  # on top of what is not done yet
            await one.page.keyboard.press(key)
            await one.page.keyboard.press("0")
        await expect(one.status("reconnecting", waiting=4)).to_be_visible()
        await expect(one.page.get_by_text(one.words("waiting-to-send")).first).to_be_visible()
        await kring.start()
        await expect(one.page.get_by_text(one.words("waiting-to-send"))).to_have_count(0)
        await expect(one.page.locator(".banner")).to_have_count(0)
        for here in (one, noor):
            await stands(here, "review", NIGHT)
            await stands(here, "live", PAIN)
            await stands(here, "done", HEEL)
        await one.page.reload()
        await stands(one, "done", HEEL)
        assert one.complaints == noor.complaints == []


async def test_a_desk_on_a_phone(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        one = await at_desk(browser, kring, gathering, "Ivo", "nl", phone=True)
        asker = await gathering.guest("Teun")
        for text in (HEEL, PAIN):
            await gathering.ask(asker, text)
        await take(one, HEEL)
        small = await one.page.get_by_role("button").evaluate_all(SMALL)
        assert small == []
        await act(one, HEEL, "approve")
        await act(one, PAIN, "decline")
        await one.press(one.page.get_by_text(one.words("because-unclear")))
        await one.press(one.page.get_by_role("dialog").get_by_role("button", name=one.words("do-decline"), exact=True))
        await choose_lane(one, "live")
        await act(one, HEEL, "next")
        await one.press(one.button("advance"))
        await expect(lane_of(one, "now").get_by_role("article")).to_contain_text(HEEL)
        await act(one, HEEL, "answer")
        await choose_lane(one, "done")
        await stands(one, "done", HEEL, PAIN)
        # on a small screen everything else is in the menu
        await one.press(one.button("menu"))
        async with one.context.expect_page() as opening:
            await one.press(one.button("present"))
        screen = await opening.value
        await screen.wait_for_url(f"**/present/{gathering.id}*")
        await one.press(one.button("menu"))
        await one.press(one.page.get_by_role("dialog").get_by_role("link", name=one.words("to-questions")))
        await one.page.wait_for_url(f"**/s/{gathering.id}")
        assert one.complaints == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("lang", "phone"), [("nl", True), ("en", False)], ids=["nl", "en"])
async def test_axe_finds_nothing_at_the_desk(tmp_path: Path, lang: str, phone: bool) -> None:
    """The controls of `violations` and `sideways` stand where they are defined."""
    wrong: dict[str, list[str]] = {}
    async with hall(tmp_path) as kring, chromium() as browser:
        async for state, one in DeskTour(kring, browser, lang, phone).walk():
            wrong |= await (in_every_way if lang == "nl" else in_other_words)(state, one)
            assert one.complaints == []
    assert {state: found for state, found in wrong.items() if found} == {}
    assert len(wrong) >= (3 if lang == "nl" else 2) * 24
