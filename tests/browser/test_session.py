"""A participant's evening in a session: asking, voting, what becomes of one's question, a killed server, the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.session_tour import card_of, field_of, tab_of, vote_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Drukplekken voorkomen"
MINE, OTHERS = "Mag je een rode hiel nog masseren?", "Wanneer leg je de hiel alleen vrij?"
WITHOUT_NAME = "Hoe zeg je een collega dat het anders moet?"


async def enter(browser: Browser, base: str, code: str, name: str, *, phone: bool = False) -> Device:
    """A new device in the session, by its code."""
    one = await device(browser, base, "nl", phone=phone)
    await one.knock(code, name)
    await expect(tab_of(one, "top")).to_be_visible()
    return one


async def ask(one: Device, text: str, level: str | None = None) -> None:
    bar = one.page.get_by_role("button", name=one.words("ask-placeholder"))
    await one.press(bar if one.phone else field_of(one))
    if level:
        await one.press(one.page.get_by_role("button", name=one.words(f"level-{level}-short"), exact=True))
    await one.page.keyboard.type(text)
    await one.press(one.button("ask"))
    await expect(card_of(one, text)).to_be_visible()


async def shows(one: Device, text: str, status: str) -> None:
    await expect(card_of(one, text).get_by_text(one.words(f"status-{status}"), exact=True)).to_be_visible()


async def test_a_question_from_review_to_answered_on_a_phone_and_on_a_desk(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        phone = await enter(browser, kring.base, gathering.code, "Teun", phone=True)
        desk = await enter(browser, kring.base, gathering.code, "Noor")
        await ask(phone, MINE)
        await shows(phone, MINE, "review")
        await expect(card_of(desk, MINE)).to_have_count(0)

        await gathering.act("qna.approve", MINE)
        await shows(phone, MINE, "open")
        await shows(desk, MINE, "open")
        await desk.press(vote_of(desk, MINE))
        await expect(vote_of(phone, MINE)).to_have_text("1")
        await desk.press(vote_of(desk, MINE))
        await expect(vote_of(phone, MINE)).to_have_text("0")
        await desk.page.keyboard.press("v")
        await expect(vote_of(phone, MINE)).to_have_text("1")

        await gathering.act("qna.stage", MINE)
        for one in (phone, desk):
            stage = one.page.get_by_role("region", name=one.words("now-answering"))
            await expect(stage).to_contain_text(MINE)
            await expect(stage).to_contain_text(one.words("votes-count", count=1))
        await gathering.act("qna.answer", MINE, how="live", text="Nee: drukvrij leggen.")
        await shows(phone, MINE, "answered")
        await one.press(tab_of(one, "answered"))
        await expect(card_of(one, MINE)).to_contain_text("Nee: drukvrij leggen.")
        assert phone.complaints == desk.complaints == []


async def test_a_declined_question_is_read_by_its_asker_with_the_reason_and_by_nobody_else(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        asker = await enter(browser, kring.base, gathering.code, "Teun")
        other = await enter(browser, kring.base, gathering.code, "Noor")
        await ask(asker, MINE)
        await gathering.act("qna.decline", MINE, because="asked_before", note="Zie de vorige sessie.")
        await shows(asker, MINE, "declined")
        await expect(card_of(asker, MINE)).to_contain_text(asker.words("because-asked_before"))
        await expect(card_of(asker, MINE)).to_contain_text("Zie de vorige sessie.")
        for tab in ("top", "new", "answered"):
            await other.press(tab_of(other, tab))
            await expect(card_of(other, MINE)).to_have_count(0)


async def test_asking_without_a_name_shows_nobody_and_a_reload_forgets_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE, review=False) as gathering:
        asker = await enter(browser, kring.base, gathering.code, "Teun")
        other = await enter(browser, kring.base, gathering.code, "Noor")
        await ask(asker, WITHOUT_NAME, "anonymous")
        await expect(card_of(other, WITHOUT_NAME)).to_contain_text(other.words("level-anonymous"))
        await expect(card_of(other, WITHOUT_NAME)).not_to_contain_text("Teun")
        await ask(asker, MINE, "named")
        await expect(card_of(other, MINE)).to_contain_text("Teun")  # the control: with a name it says whose

        await asker.write(field_of(asker), "Nog niet af")
        await asker.page.reload()
        await expect(field_of(asker)).to_have_value("Nog niet af")
        await asker.press(tab_of(asker, "mine"))
        for text in (MINE, WITHOUT_NAME):
            await expect(card_of(asker, text)).to_contain_text(asker.words("you-asked"))


async def test_a_killed_server_loses_no_question_and_counts_no_vote_twice(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE, review=False) as gathering:
        asker = await enter(browser, kring.base, gathering.code, "Teun")
        await gathering.ask(gathering.moderator, OTHERS)
        await expect(card_of(asker, OTHERS)).to_be_visible()
        await kring.kill()
        await expect(asker.status("reconnecting", waiting=0)).to_be_visible()
        await asker.press(vote_of(asker, OTHERS))
        await expect(vote_of(asker, OTHERS)).to_have_text("1")
        await ask(asker, MINE)
        await expect(card_of(asker, MINE)).to_contain_text(asker.words("waiting-to-send"))
        await kring.start()
        await shows(asker, MINE, "open")
        await asker.press(tab_of(asker, "top"))
        await expect(vote_of(asker, OTHERS)).to_have_text("1")
        await asker.page.reload()
        await expect(vote_of(asker, OTHERS)).to_have_text("1")
        await expect(vote_of(asker, OTHERS)).to_have_attribute("aria-pressed", "true")
        await expect(card_of(asker, MINE)).to_have_count(1)


async def test_c7_after_the_end_only_the_browser_knows_which_questions_are_ones_own(tmp_path: Path) -> None:
    async with (
        hall(tmp_path) as kring,
        chromium() as browser,
        Gathering.of(kring, TITLE, level="anonymous", review=False) as gathering,
    ):
        asker = await enter(browser, kring.base, gathering.code, "Teun")
        await ask(asker, WITHOUT_NAME)
        await gathering.act("qna.answer", WITHOUT_NAME, how="written", text="Vraag of je iets mag zeggen.")
        await gathering.close()
        await expect(asker.status("session-is-closed")).to_be_visible()
        await asker.page.reload()
        await asker.press(tab_of(asker, "mine"))
        await expect(card_of(asker, WITHOUT_NAME)).to_contain_text("Vraag of je iets mag zeggen.")
        await expect(card_of(asker, WITHOUT_NAME)).to_contain_text(asker.words("you-asked"))
        # the control: a browser that forgot is told by nobody, though the same person is signed in
        kept = await asker.page.evaluate(
            "() => Object.keys(localStorage).filter((key) => key.startsWith('kring.asked.'))"
        )
        assert len(kept) == 1, json.dumps(kept)
        await asker.page.evaluate("(key) => localStorage.removeItem(key)", kept[0])
        await asker.page.reload()
        await asker.press(tab_of(asker, "mine"))
        await expect(asker.page.get_by_text(asker.words("none-mine-title"))).to_be_visible()
        await asker.press(tab_of(asker, "answered"))
        await expect(card_of(asker, WITHOUT_NAME)).to_be_visible()


async def test_nothing_moves_under_the_reader(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE, review=False) as gathering:
        one = await enter(browser, kring.base, gathering.code, "Teun")
        people = [await gathering.guest(f"Gast {nth}") for nth in range(3)]
        texts = [f"Vraag nummer {nth}?" for nth in range(4)]
        for text in texts[:3]:
            await gathering.ask(people[0], text)
            await expect(card_of(one, text)).to_be_visible()
        await one.page.keyboard.press("j")
        await expect(card_of(one, texts[0])).to_be_focused()
        for who in people:
            await gathering.vote(who, texts[2])
        await gathering.ask(people[1], texts[3])
        await expect(vote_of(one, texts[2])).to_have_text("3")
        await expect(one.button("new-show", count=1)).to_be_visible()
        headings = one.page.locator("#tab-panel article h3")
        assert await headings.all_inner_texts() == texts[:3]
        await one.page.keyboard.press("n")
        await expect(headings).to_have_text([texts[2], texts[0], texts[1], texts[3]])
        # the control: in a list that nobody is in, the order follows the votes by itself
        await one.page.evaluate("() => document.activeElement.blur()")
        await one.page.mouse.move(2, 2)
        for who in people[:2]:
            await gathering.vote(who, texts[3])
        await expect(headings).to_have_text([texts[2], texts[3], texts[0], texts[1]])
