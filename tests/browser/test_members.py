"""The directory and one's own page by clicks, taps and keys; axe finds nothing in any state of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from rooms.model import Role
from tests.browser.device import Device
from tests.browser.test_access import in_every_way, violations
from tests.browser.test_invitations import heading, place
from tests.browser.test_keys import press, tab_to
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

OTHERS = ("Ana", "Bert", "Cleo", "Dirk", "Esra", "Femke", "Gijs")


def row(one: Device, name: str) -> Locator:
    return one.page.get_by_role("article", name=name, exact=True)


def dialog(one: Device) -> Locator:
    return one.page.get_by_role("dialog")


async def to_members(one: Device) -> None:
    """From the community's page."""
    await one.press(one.page.get_by_role("link", name=one.words("members-link"), exact=True))
    await expect(heading(one, "members-title")).to_be_visible()


async def to_own(one: Device) -> None:
    await one.menu()
    await one.press(one.page.get_by_title(one.words("own-link")).last)
    await expect(heading(one, "own-title")).to_be_visible()


async def test_from_the_only_one_to_a_directory_and_axe_finds_nothing(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga")
        await to_members(owner)
        await expect(owner.page.get_by_text(owner.words("members-alone"))).to_be_visible()
        wrong |= await in_every_way("alone", owner)
        bert = await there.staff(Role.MEMBER, "Bert")
        await to_own(bert)
        await bert.page.get_by_label(bert.words("own-about"), exact=True).fill("Roosters en nachtdiensten")
        await bert.press(bert.button("community-save"))
        await expect(bert.page.get_by_text(bert.words("own-saved"))).to_be_visible()
        wrong |= await in_every_way("own", bert)
        for name in OTHERS:
            if name != "Bert":
                await (await there.staff(Role.MEMBER, name)).context.close()
        await owner.page.reload()
        await expect(row(owner, "Bert")).to_contain_text("Roosters en nachtdiensten")
        await expect(row(owner, "Olga").get_by_role("button")).to_have_count(0)  # oneself is changed elsewhere
        wrong |= await in_every_way("members", owner)
        find = owner.page.get_by_role("searchbox")
        assert await find.count() == 0, "eight can be looked through"
        await (await there.staff(Role.MEMBER, "Hanna")).context.close()
        await owner.page.reload()
        await find.fill("nacht")
        await expect(owner.page.get_by_role("article")).to_have_count(1)
        await expect(owner.page.get_by_role("status").first).to_have_text(owner.words("members-found", count=1))
        await find.fill("zzz")
        await expect(owner.page.get_by_role("article")).to_have_count(0)
        wrong |= await in_every_way("nobody found", owner)
        guest = await there.device()
        await guest.join(there.kring.code, "Noor")
        await guest.go("/c/members")
        await expect(heading(guest, "members-not-yours")).to_be_visible()
        wrong |= await in_every_way("not theirs", guest)
        assert [owner.complaints, bert.complaints, guest.complaints] == [[], [], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_an_owner_makes_somebody_a_moderator_and_takes_somebody_out(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga", "en", phone=False)
        bert = await there.staff(Role.MEMBER, "Bert", "en", phone=False)
        await expect(bert.button("start-session")).to_have_count(0)
        await owner.go("/c/members")
        await owner.press(owner.button("member-change-of", name="Bert"))
        assert await violations(owner) == []
        await owner.press(dialog(owner).get_by_role("radio", name="Moderator"))
        await owner.press(owner.button("community-save"))
        await expect(
            owner.page.get_by_text(owner.words("member-changed", name="Bert", role="moderator"))
        ).to_be_visible()
        await expect(row(owner, "Bert")).to_contain_text("Moderator")
        await bert.say("I am still here.")  # in the room he was in
        await bert.page.reload()
        await expect(bert.button("start-session").first).to_be_visible()
        await owner.press(owner.button("member-change-of", name="Bert"))
        await owner.press(owner.button("member-remove"))
        await expect(dialog(owner).get_by_role("button", name=owner.words("cancel"))).to_be_focused()
        assert await violations(owner) == []
        await owner.press(owner.button("member-remove-act"))
        await expect(row(owner, "Bert")).to_have_count(0)
        await bert.page.reload()
        await bert.page.wait_for_url(f"{there.kring.base}/")
        await owner.go("/c")
        await expect(owner.message("I am still here.")).to_be_visible()
        assert owner.complaints == []


async def test_the_last_owner_stays_and_is_told_why(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga")
        await to_own(owner)
        await owner.page.get_by_label(owner.words("name-label"), exact=True).fill("")
        await owner.press(owner.button("community-save"))
        await expect(owner.page.get_by_role("alert")).to_have_text(owner.words("name-missing"))
        found = await in_every_way("without a name", owner)
        await owner.press(owner.page.get_by_role("button", name=owner.words("own-leave", community=await home(owner))))
        found |= await in_every_way("leaving", owner)
        await owner.press(owner.button("leave-act"))
        await expect(dialog(owner).get_by_role("alert")).to_contain_text("eigenaar")
        found |= await in_every_way("the last owner", owner)
        assert {state: wrong for state, wrong in found.items() if wrong} == {}


async def home(one: Device) -> str:
    """What the community is called."""
    answer = await one.page.evaluate("async () => (await (await fetch('/api/me')).json()).community.name")
    assert isinstance(answer, str)
    return answer


async def test_by_keys_alone_another_browser_is_signed_out_and_one_leaves(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga", "en", phone=False)
        bert = await there.staff(Role.MEMBER, "Bert", "en", phone=False)
        other = await there.device("en")
        await other.sign_in(await there.kring.link(Role.MEMBER, same="Bert"))
        async with failing(bert, "**/api/me/own"):
            await bert.go("/me")
            await expect(bert.button("try-again")).to_be_visible()
            assert await violations(bert) == []
        await tab_to(bert, bert.button("try-again"))
        await press(bert, "Enter")
        end = bert.page.get_by_role("button", name="Sign out: ", exact=False)
        await tab_to(bert, end)
        await press(bert, "Enter")
        await expect(end).to_have_count(0)
        await other.page.reload()
        await other.page.wait_for_url(f"{there.kring.base}/")
        await tab_to(bert, bert.page.get_by_role("button", name="Leave ", exact=False))
        await press(bert, "Enter")
        await tab_to(bert, bert.button("leave-act"))
        await press(bert, "Enter")
        await bert.page.wait_for_url(f"{there.kring.base}/")
        await owner.go("/c/members")
        await expect(row(owner, "Olga")).to_be_visible()
        await expect(row(owner, "Bert")).to_have_count(0)
