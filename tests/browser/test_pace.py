"""Slow mode on the page: staff set it, everybody is told, and nobody's words are lost while they wait."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.session_tour import field_of
from tests.browser.test_access import in_every_way
from tests.browser.test_session import ask, enter

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = 5


def dialog_of(one: Device) -> Locator:
    return one.page.get_by_role("dialog", name=one.words("pace-title"))


async def choose(one: Device, seconds: int) -> None:
    await one.press(dialog_of(one).get_by_role("radio", name=one.words("pace-choice", seconds=seconds), exact=True))
    await one.press(dialog_of(one).get_by_role("button", name=one.words("pace-save"), exact=True))
    await expect(dialog_of(one)).to_be_hidden()


async def waits(one: Device) -> None:
    """The page says how long one still waits: 5:00, 4:59."""
    await expect(one.page.get_by_role("timer")).to_have_text(re.compile(r" (5:00|4:\d\d)$"))


async def test_in_the_chat_who_wrote_waits_and_keeps_what_they_write_meanwhile(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff, ana = await device(browser, kring.base, "nl"), await device(browser, kring.base, "en", phone=True)
        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        await ana.join(kring.code, "Ana")
        await ana.say("Een eerste bericht")
        await staff.press(staff.button("pace-title"))
        wrong = await in_every_way("choosing", staff)
        await choose(staff, 60 * MINUTES)
        await staff.say("Staff need not wait")
        await staff.say("for anything")

        await waits(ana)
        await ana.write(ana.composer, "Een tweede")
        await expect(ana.button("send")).to_have_attribute("aria-disabled", "true")
        await ana.page.keyboard.press("Control+Enter")
        await ana.page.keyboard.press("Enter")
        await expect(ana.composer).to_have_value("Een tweede")
        wrong |= await in_every_way("waiting", ana)
        await ana.page.reload()
        await waits(ana)  # by what the server has
        await expect(ana.composer).to_have_value("Een tweede")

        await staff.press(staff.button("pace-title"))
        await choose(staff, 0)
        await expect(ana.page.get_by_role("timer")).to_have_count(0)
        await ana.press(ana.button("send"))
        await expect(staff.message("Een tweede")).to_be_visible()
        assert [staff.complaints, ana.complaints] == [[], []]
        assert {state: found for state, found in wrong.items() if found} == {}


async def test_the_server_decides_and_says_how_long_and_the_text_can_be_sent_again(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff, ana = await device(browser, kring.base, "nl"), await device(browser, kring.base, "en")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        await ana.page.clock.install()
        await ana.join(kring.code, "Ana")
        await staff.press(staff.button("pace-title"))
        await choose(staff, 60 * MINUTES)
        await expect(ana.page.get_by_text(ana.words("pace-goes-message", seconds=60 * MINUTES))).to_be_visible()
        await ana.say("Een eerste bericht")
        await expect(ana.page.get_by_text(ana.words("stored"))).to_be_visible()
        await waits(ana)
        await ana.page.clock.fast_forward(f"{MINUTES:02}:00")  # a device whose clock is wrong
        await expect(ana.page.get_by_role("timer")).to_have_count(0)
        await ana.say("Te vroeg")
        row = ana.log.locator("article").filter(has_text="Te vroeg")
        await expect(row.get_by_text("Slow mode is on here")).to_be_visible()
        await waits(ana)  # as the server said: a refusal that says nothing of it would have ended the wait
        await expect(staff.message("Te vroeg")).to_have_count(0)
        await staff.press(staff.button("pace-title"))
        await choose(staff, 0)
        await ana.press(row.get_by_role("button", name=ana.words("send-again")))
        await expect(staff.message("Te vroeg")).to_be_visible()


async def test_at_the_desk_and_where_one_asks(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, "Met rust") as gathering:
        phone = await enter(browser, kring.base, gathering.code, "Teun", phone=True)
        staff = await device(browser, kring.base, "nl")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        await staff.go(f"/s/{gathering.id}/desk")
        await staff.press(staff.button("pace-now", seconds=0))
        wrong = await in_every_way("choosing at the desk", staff)
        await choose(staff, 60 * MINUTES)
        await expect(staff.button("pace-now", seconds=60 * MINUTES)).to_be_visible()
        await ask(phone, "Mag dat?")
        await phone.press(phone.page.get_by_role("button", name=phone.words("ask-placeholder")))
        await waits(phone)
        await phone.write(field_of(phone), "En dit?")
        await expect(phone.button("ask")).to_have_attribute("aria-disabled", "true")
        wrong |= await in_every_way("waiting to ask", phone)
        await phone.page.keyboard.press("Escape")
        await staff.press(staff.button("pace-now", seconds=60 * MINUTES))
        await choose(staff, 0)
        await phone.press(phone.page.get_by_role("button", name=phone.words("ask-placeholder")))
        await expect(field_of(phone)).to_have_value("En dit?")
        await phone.press(phone.button("ask"))
        await expect(phone.page.get_by_role("heading", name="En dit?", exact=True)).to_be_visible()
        assert [staff.complaints, phone.complaints] == [[], []]
        assert {state: found for state, found in wrong.items() if found} == {}
