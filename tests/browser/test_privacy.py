"""What Kring keeps of people, read before one comes in and from one's own page, by click and by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import chromium, device
from tests.browser.hall import hall
from tests.browser.test_access import in_every_way
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_it_says_what_goes_here_and_axe_finds_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path, KRING_KEEP_TRANSCRIPTS_DAYS="30") as kring, chromium() as browser:
        guest, ana = await device(browser, kring.base, "nl", phone=True), await device(browser, kring.base, "en")
        await guest.go("/")
        await guest.press(guest.page.get_by_role("link", name=guest.words("privacy-link")))
        await expect(guest.page.get_by_role("heading", name=guest.words("privacy-title"), level=1)).to_be_visible()
        await expect(guest.page.get_by_text(guest.words("privacy-cookie", days=180))).to_be_visible()
        await expect(guest.page.get_by_text(guest.words("privacy-you-mail"))).to_have_count(0)  # it sends none
        await expect(guest.page.get_by_text(guest.words("privacy-said-goes", days=30))).to_be_visible()
        wrong = await in_every_way("before one is in", guest)
        await guest.press(guest.page.get_by_role("link", name=guest.words("to-start")))
        await expect(guest.page.get_by_label(guest.words("code-label"))).to_be_visible()

        await ana.sign_in(await kring.link(Role.MEMBER), "Ana")
        await ana.go("/me")
        link = ana.page.get_by_role("link", name=ana.words("privacy-link"))
        await expect(link).to_be_visible()
        async with failing(ana, "**/api/privacy"):
            await link.focus()
            await ana.page.keyboard.press("Enter")
            await expect(ana.page.get_by_role("alert")).to_be_visible()
            await expect(ana.page.get_by_text(ana.words("privacy-not-votes"))).to_be_visible()
            wrong |= await in_every_way("refused", ana)
        await ana.press(ana.button("try-again"))
        await expect(ana.page.get_by_text(ana.words("privacy-out-copies", days=7))).to_be_visible()
        wrong |= await in_every_way("for who is in", ana)
        assert [guest.complaints, ana.complaints] == [[], []]
    assert {state: found for state, found in wrong.items() if found} == {}
