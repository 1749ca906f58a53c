"""What staff did, as owners read it: nothing yet, all of it with the way to the place, not for others, and offline."""

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


async def test_from_nothing_to_a_full_log_and_axe_finds_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        owner, staff = await device(browser, kring.base, "nl", phone=True), await device(browser, kring.base, "en")
        await owner.sign_in(kring.owner_link, "Ineke")
        await owner.go("/c/settings")
        await owner.press(owner.page.get_by_role("link", name=owner.words("log-link")))
        await expect(owner.page.get_by_role("heading", name=owner.words("log-empty-title"))).to_be_visible()
        wrong = await in_every_way("empty", owner)

        await staff.sign_in(await kring.link(Role.MODERATOR), "Marit")
        async with kring.guest("Teun") as guest:
            said = guest.start({"t": "chat.post", "text": "Iets lelijks"})
            await said.outcome
        await staff.act("Iets lelijks", "act-remove")
        await staff.page.keyboard.press("u")  # taken back
        await staff.act("Iets lelijks", "act-remove")
        await staff.go("/c/log")  # leaving the page settles what can be undone
        await expect(staff.page.get_by_role("heading", name=staff.words("log-not-yours"))).to_be_visible()
        wrong |= await in_every_way("not for who isn't an owner", staff)

        async with failing(owner, "**/api/log*"):
            await owner.page.reload()
            await expect(owner.button("try-again")).to_be_visible()
            wrong |= await in_every_way("offline", owner)
        place = owner.page.get_by_role("link", name=owner.words("log-did-chat-remove", room="Chat"))
        for _ in range(20):  # the drain takes it in within a second, and the page shows what there was when it asked
            await owner.page.reload()
            await expect(owner.page.get_by_role("heading", name=owner.words("log-title"))).to_be_visible()
            await expect(owner.page.locator(".skel")).to_have_count(0)
            if await place.count():
                break
        await expect(place).to_have_count(1)
        wrong |= await in_every_way("full", owner)
        await owner.press(place)
        await owner.arrived()
        assert [owner.complaints, staff.complaints] == [[], []]
    assert {state: found for state, found in wrong.items() if found} == {}
