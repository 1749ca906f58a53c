"""Making communities by clicks, taps and keys: from the printed link to a planned session; between several; gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import chromium, device
from tests.browser.hall import hall
from tests.browser.making_tour import AGREED, NAME, OTHER, MakingTour, describe, dialog, field, redeem, settings
from tests.browser.test_access import in_every_way, in_other_words
from tests.browser.test_keys import press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

STATES = 14


@pytest.mark.parametrize(("lang", "phone"), [("nl", True), ("en", False)], ids=["nl", "en"])
async def test_axe_finds_nothing(tmp_path: Path, lang: str, phone: bool) -> None:
    wrong: dict[str, list[str]] = {}
    complaints: list[str] = []
    async with hall(tmp_path, begun=False) as kring, chromium() as browser:
        async for state, one in MakingTour(kring, browser, lang, phone).walk():
            wrong |= await (in_every_way if lang == "nl" else in_other_words)(state, one)
            complaints += one.complaints
    assert {state: found for state, found in wrong.items() if found} == {}
    assert complaints == []
    assert len(wrong) >= (3 if lang == "nl" else 2) * STATES


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
async def test_from_the_printed_link_to_a_planned_session(tmp_path: Path, phone: bool) -> None:
    async with hall(tmp_path, begun=False) as kring, chromium() as browser:
        owner = await device(browser, kring.base, "nl", phone=phone)
        await redeem(owner, kring.owner_link, "Marit Smit")
        await owner.go("/c")
        await expect(owner.button("begin-act")).to_be_visible()  # there is no way past it
        await describe(owner, "Wondzorg Noord", "Samen beter in wondzorg.", "best_practice")
        await owner.press(owner.button("begin-act"))
        await expect(dialog(owner)).to_contain_text(owner.words("next-title", community="Wondzorg Noord"))
        await owner.press(owner.button("next-session"))
        await owner.write(field(owner, "start-title-label"), "Eerste avond")
        await owner.press(owner.button("start-plan"))
        await expect(owner.page.get_by_role("heading", name="Eerste avond").first).to_be_visible()
        assert "/desk" in owner.page.url
        await owner.go("/begin")
        await owner.arrived()  # done once
        await expect(dialog(owner)).to_have_count(0)
        guest = await device(browser, kring.base, "nl", phone=phone)
        await guest.go(f"/j/{kring.code}")
        await expect(guest.page.get_by_role("heading", name="Wondzorg Noord", level=1)).to_be_visible()
        assert owner.complaints == guest.complaints == []


async def test_the_first_run_by_keyboard_alone(tmp_path: Path) -> None:
    async with hall(tmp_path, begun=False) as kring, chromium() as browser:
        one = await device(browser, kring.base, "en")
        await redeem(one, kring.owner_link, "Marit Smit")
        await tab_to(one, field(one, "community-name-label"))
        await one.page.keyboard.type("Wound care")
        await one.page.keyboard.press("Tab")
        await one.page.keyboard.type("Better together.")
        await one.page.keyboard.press("Tab")
        await press(one, "ArrowDown", "ArrowDown", "ArrowDown")
        await tab_to(one, one.button("begin-act"))
        await one.page.keyboard.press("Enter")
        await expect(dialog(one)).to_be_visible()
        await tab_to(one, one.button("next-session"))
        await one.page.keyboard.press("Enter")
        await expect(one.page.get_by_role("radio", name=one.words("level-anonymous"))).to_be_checked()


async def test_between_two_communities_and_one_of_them_gone(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        owner = await device(browser, kring.base, "nl")
        await owner.sign_in(await kring.link(Role.OWNER), "Marit Smit")
        await expect(owner.button("communities-switch")).to_have_count(0)  # there is nothing to choose from
        await settings(owner)
        await owner.press(owner.button("community-another"))
        await dialog(owner).get_by_role("textbox").first.fill(OTHER)
        await owner.press(owner.button("community-another-act"))
        await owner.press(owner.button("next-later"))
        await owner.say("Alleen hier")
        title = owner.page.get_by_role("heading", level=1)
        await expect(title.first).to_have_text(OTHER)
        await owner.page.reload()
        await expect(title.first).to_have_text(OTHER)
        await owner.press(owner.page.get_by_role("link", name=owner.words("place-library")).first)
        assert "community=" in owner.page.url
        await owner.go("/c")
        await expect(title.first).to_have_text(OTHER)  # the last one
        await owner.press(owner.button("communities-switch"))
        await owner.press(dialog(owner).get_by_role("link").first)
        await expect(title.first).not_to_have_text(OTHER)
        await expect(owner.message("Alleen hier")).to_have_count(0)

        await owner.press(owner.button("communities-switch"))
        await owner.press(dialog(owner).get_by_role("link", name=OTHER))
        await expect(title.first).to_have_text(OTHER)
        await settings(owner)
        await owner.press(owner.button("community-remove"))
        await owner.write(dialog(owner).get_by_role("textbox"), "iets anders")
        await owner.press(owner.button("community-remove-act"))
        await expect(dialog(owner).get_by_role("alert")).to_be_visible()
        await dialog(owner).get_by_role("textbox").fill(OTHER)
        await owner.press(owner.button("community-remove-act"))
        await owner.arrived()
        await expect(title.first).not_to_have_text(OTHER)
        await expect(owner.button("communities-switch")).to_have_count(0)
        assert owner.complaints == []


async def test_changed_agreements_are_shown_again(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        owner, guest = [await device(browser, kring.base, "nl") for _ in range(2)]
        await owner.sign_in(await kring.link(Role.OWNER), "Marit Smit")
        await guest.join(kring.code, "Teun")
        for words in (AGREED, NAME):
            await settings(owner)
            await field(owner, "agreements-label").fill(words)
            await owner.press(owner.button("community-save"))
            await owner.press(owner.button("agreements-accept"))
            await guest.page.reload()
            await expect(dialog(guest)).to_contain_text(words.splitlines()[-1])
            await guest.page.keyboard.press("Escape")
            await guest.page.reload()
            await owner.press(guest.button("agreements-accept"))
            await expect(dialog(guest)).to_have_count(0)
            await guest.page.reload()
            await guest.arrived()
            await expect(dialog(guest)).to_have_count(0)
            await owner.go("/c")
            await owner.arrived()
        assert owner.complaints == guest.complaints == []
