"""A hall with plain http: browsers call that insecure and withhold things, and everything works all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.device import Device, chromium, device
from tests.browser.hall import hall

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "kring.hal"
"""No name of any machine: the browsers are told where it is."""
WITHHELD = """() => ({
  secure: isSecureContext,
  uuid: "randomUUID" in crypto,
  clipboard: "clipboard" in navigator,
  worker: "serviceWorker" in navigator,
})"""

SELECTED = "() => { const at = document.activeElement; return at.value.slice(at.selectionStart, at.selectionEnd) }"


async def test_people_take_part_at_an_address_of_the_hall(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as browser:
        base = kring.base.replace("127.0.0.1", NAME)
        owner = await device(browser, base, "nl")
        phone = await device(browser, base, "nl", phone=True)
        await owner.sign_in(kring.owner_link.replace("127.0.0.1", NAME), "Ineke")
        await phone.join(kring.code, "Teun")
        for one in (owner, phone):
            assert await one.page.evaluate(WITHHELD) == dict.fromkeys(("secure", "uuid", "clipboard", "worker"), False)

        await phone.say("Ik zit in de zaal")
        await owner.act("Ik zit in de zaal", "act-reply")
        await owner.say("Welkom")
        await phone.act("Welkom", "react-thanks")
        await expect(owner.reaction("Welkom", "thanks")).to_have_text("1")
        await kring.kill()
        await phone.say("Ook als het even hapert")
        await kring.start()
        await expect(owner.message("Ook als het even hapert")).to_be_visible()

        assert await copy_the_address(owner) == owner.words("link-selected")
        assert await owner.page.evaluate(SELECTED) == f"{base}/j/{kring.code}"
        async with owner.page.expect_download() as download:
            await owner.press(owner.button("save-png"))
        assert (await download.value).suggested_filename == f"kring-{kring.code}.png"
        assert owner.complaints == phone.complaints == []


async def test_where_the_browser_trusts_the_address_it_copies(tmp_path: Path) -> None:
    """The control: at this machine's own address nothing is withheld."""
    async with hall(tmp_path) as kring, chromium() as browser:
        owner = await device(browser, kring.base, "nl")
        await owner.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await owner.sign_in(kring.owner_link, "Ineke")
        assert await owner.page.evaluate(WITHHELD) == dict.fromkeys(("secure", "uuid", "clipboard", "worker"), True)
        assert await copy_the_address(owner) == owner.words("link-copied")
        assert await owner.page.evaluate("() => navigator.clipboard.readText()") == f"{kring.base}/j/{kring.code}"


async def copy_the_address(owner: Device) -> str:
    """What the page says of it."""
    await owner.press(owner.button("show-qr"))
    dialog = owner.page.get_by_role("dialog")
    await owner.press(dialog.get_by_role("button", name=owner.words("copy"), exact=True))
    told = dialog.get_by_role("status")
    await expect(told).not_to_be_empty()
    return await told.inner_text()
