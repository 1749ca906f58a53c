"""Programs by clicks, taps and keys: made, the token copied (on plain http too), used, revoked; axe finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from realtime.client import connect
from rooms.model import Role
from tests.browser.device import Device
from tests.browser.hall import Hall
from tests.browser.test_access import in_every_way, violations
from tests.browser.test_invitations import Place, heading, place
from tests.browser.test_keys import press, tab_to
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
"""As on plain http at any other address than this machine's own."""


def row(one: Device, name: str) -> Locator:
    return one.page.get_by_role("article", name=name, exact=True)


def token_of(one: Device) -> Locator:
    return one.page.get_by_role("textbox", name=one.words("program-token"), exact=True)


async def owner(there: Place, lang: str = "nl", *, phone: bool = True) -> Device:
    one = await there.staff(Role.OWNER, "Olga", lang, phone=phone)
    await one.go("/c/programs")
    return one


async def shows_up(kring: Hall, token: str) -> str:
    """What the program with this token is called."""
    async with connect(kring.base.replace("http", "ws", 1) + "/ws", token=token) as client:
        return client.name


async def test_from_an_empty_page_to_a_revoked_program_and_axe_finds_nothing(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with place(tmp_path) as there:
        one = await there.staff(Role.OWNER, "Olga")
        await one.go("/c/settings")
        await one.press(one.page.get_by_role("link", name=one.words("programs-link"), exact=True))
        await expect(heading(one, "programs-empty-title")).to_be_visible()
        wrong |= await in_every_way("empty", one)
        await one.press(one.button("programs-new"))
        await one.press(one.button("program-make"))
        name = one.page.get_by_label(one.words("program-name"), exact=True)
        await expect(name).to_be_focused()
        await expect(one.page.get_by_text(one.words("program-name-missing"))).to_be_visible()
        wrong |= await in_every_way("new, refused", one)
        await name.fill("Weerbericht")
        await one.press(one.button("program-make"))
        await expect(heading(one, "program-made-title", name="Weerbericht (program)")).to_be_visible()
        wrong |= await in_every_way("made", one)
        token = await token_of(one).input_value()
        await one.press(one.button("close"))
        await expect(row(one, "Weerbericht (program)")).to_contain_text(one.words("program-unused"))
        assert await shows_up(there.kring, token) == "Weerbericht (program)"
        await one.page.reload()
        await expect(row(one, "Weerbericht (program)")).not_to_contain_text(one.words("program-unused"))
        assert token not in await one.page.content()
        wrong |= await in_every_way("list", one)
        await one.press(one.button("program-revoke-of", name="Weerbericht (program)"))
        await expect(one.button("cancel")).to_be_focused()
        wrong |= await in_every_way("revoke", one)
        await one.press(one.button("program-revoke"))
        await expect(heading(one, "programs-empty-title")).to_be_visible()
        member = await there.staff(Role.MEMBER, "Mo")
        await member.go("/c/programs")
        await expect(heading(member, "programs-not-yours")).to_be_visible()
        wrong |= await in_every_way("not theirs", member)
        assert [one.complaints, member.complaints] == [[], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_the_token_is_copied_where_a_page_has_no_clipboard(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        one = await there.staff(Role.OWNER, "Olga", "en", phone=False)
        await one.page.add_init_script(WITHOUT_CLIPBOARD)
        await one.go("/c/programs")
        await one.press(one.button("programs-new"))
        name = one.page.get_by_label(one.words("program-name"), exact=True)
        await name.fill("Weather")
        await one.press(one.button("program-make"))
        token = await token_of(one).input_value()
        await one.press(one.button("copy"))
        await expect(one.page.get_by_role("status").get_by_text(one.words("program-copied"))).to_be_visible()
        await one.press(one.button("close"))
        await one.press(one.button("programs-new"))
        await expect(name).to_have_value("")
        await name.focus()
        await one.page.keyboard.press("ControlOrMeta+V")
        await expect(name).to_have_value(token[:28])  # as much as a name can have


async def test_by_keys_alone_and_without_a_connection(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        one = await owner(there, "en", phone=False)
        async with failing(one, "**/api/programs"):
            await one.go("/c/programs")
            await expect(one.button("try-again")).to_be_visible()
            assert await violations(one) == []
        await tab_to(one, one.button("try-again"))
        await press(one, "Enter")
        await tab_to(one, one.button("programs-new"))
        await press(one, "Enter")
        await tab_to(one, one.page.get_by_label(one.words("program-name"), exact=True))
        await one.page.keyboard.type("Weather")
        await tab_to(one, one.page.get_by_role("radio", name="Member"))
        await press(one, "ArrowDown")
        await tab_to(one, one.button("program-make"))
        await press(one, "Enter")
        await tab_to(one, token_of(one))
        await press(one, "Escape")
        await expect(row(one, "Weather (program)")).to_contain_text("Moderator")
        await tab_to(one, one.button("programs-new"))
        await press(one, "Enter")
        await tab_to(one, one.page.get_by_label(one.words("program-name"), exact=True))
        await one.page.keyboard.type("weather")
        await press(one, "Enter")
        await expect(one.page.get_by_text("is somebody or something called")).to_be_visible()
        await press(one, "Escape")
        await tab_to(one, one.button("program-revoke-of", name="Weather (program)"))
        await press(one, "Enter")
        await tab_to(one, one.button("program-revoke"))
        await press(one, "Enter")
        await expect(heading(one, "programs-empty-title")).to_be_visible()
        assert one.complaints == []
