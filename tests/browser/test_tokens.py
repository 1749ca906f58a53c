"""Tokens, cookies, codes that were guessed and names go to the server, and from there nowhere else."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall
from tests.browser.tap import Tap, tapped

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWNER, GUEST = "Wilhelmina Zegerveld", "Bartholomeus Quispel"
SAID = "Onze geheime kruising heet Vlammende Dageraad"
GUESSED = "QXZ234"
SPENT = "a-token-that-nobody-made-or-has-used-up"
STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, location.href, document.cookie])"


async def test_nothing_secret_leaves_the_server_or_stands_in_an_address(tmp_path: Path) -> None:
    async with hall(tmp_path, KRING_LOG="debug") as kring, tapped(kring.base) as tap, chromium() as browser:
        owner_token = kring.owner_link.partition("#")[2]
        member_token = (await kring.link(Role.MEMBER)).partition("#")[2]
        owner = await device(browser, tap.base, "nl")
        guest = await device(browser, tap.base, "en", phone=True)
        await take_part(kring, owner, guest, owner_token)
        await owner.go(f"/in#{SPENT}")
        await owner.press(owner.button("sign-in"))
        await expect(owner.page.get_by_role("alert")).to_be_visible()
        await guest.go(f"/in#{member_token}")
        await guest.press(guest.button("sign-in"))
        await guest.arrived()

        secret = {owner_token, member_token, SPENT, *await cookies(owner, guest)}
        private = {OWNER, GUEST, *OWNER.split(), *GUEST.split(), SAID, "Dageraad", GUESSED}
        assert leaks(kring.said, secret | private) == set()
        assert leaks(await metrics(kring), secret | private | {kring.code}) == set()
        assert len(tap.addresses) > 20
        assert leaks("\n".join(tap.addresses), secret) == set()
        for one in (owner, guest):
            assert leaks(await one.page.evaluate(STORED), secret) == set()
        # the control: it did all pass here
        assert leaks(everything(tap), secret | {GUEST, GUESSED}) == secret | {GUEST, GUESSED}


async def take_part(kring: Hall, owner: Device, guest: Device, token: str) -> None:
    await owner.sign_in(f"/in#{token}", OWNER)
    await guest.go(f"/j/{GUESSED}")
    await expect(guest.page.get_by_role("alert")).to_be_visible()
    await guest.join(kring.code, GUEST)
    await guest.say(SAID)
    await expect(owner.message(SAID)).to_be_visible()
    await owner.press(owner.button("search-title"))
    await owner.write(owner.page.get_by_role("searchbox"), "dageraad")
    await expect(owner.page.get_by_role("search").locator("mark")).to_be_visible()
    await kring.kill()
    await kring.start()
    await guest.say("Daar zijn we weer")
    await expect(owner.message("Daar zijn we weer")).to_be_visible()


async def test_an_address_with_a_token_would_be_noticed(tmp_path: Path) -> None:
    """The control: the tap sees what stands before the #."""
    async with hall(tmp_path) as kring, tapped(kring.base) as tap, chromium() as browser:
        one = await device(browser, tap.base)
        await one.go(f"/in?token={SPENT}#{SPENT}")
        assert leaks("\n".join(tap.addresses), {SPENT}) == {SPENT}


async def cookies(*devices: Device) -> set[str]:
    """The sign-ins of those devices, whole and without their signature; a page cannot read them."""
    found = set()
    for one in devices:
        for cookie in await one.context.cookies():
            assert cookie["httpOnly"]
            found |= {cookie["value"], cookie["value"].rpartition(".")[0]}
    assert len(found) == 2 * len(devices)
    return found


async def metrics(kring: Hall) -> str:
    def ask() -> str:
        with urllib.request.urlopen(f"{kring.base}/metrics") as answer:
            text: str = answer.read().decode()
            return text

    found = await asyncio.to_thread(ask)
    assert "kring_connections" in found
    return found


def everything(tap: Tap) -> str:
    """All that browsers sent, WebSockets included, which disguise what they send."""
    return json.dumps([bytes(stream).decode("utf-8", "replace") for stream in tap.heard], ensure_ascii=False)


def leaks(text: str, secrets: Iterable[str]) -> set[str]:
    """Those of the secrets that stand in the text, in whatever case."""
    lower = text.lower()
    return {secret for secret in secrets if secret.lower() in lower}
