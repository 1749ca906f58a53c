"""Invitations by clicks, taps and keys: made, handed out, opened, used up, revoked; axe finds nothing in any of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from playwright.async_api import Browser, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall
from tests.browser.test_access import in_every_way, violations
from tests.browser.test_keys import press, tab_to
from tests.browser.tour import failing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


class Place(Struct):
    """A Kring and its browser."""

    kring: Hall
    browser: Browser

    async def device(self, lang: str = "nl", *, phone: bool = True) -> Device:
        return await device(self.browser, self.kring.base, lang, phone=phone)

    async def staff(self, role: Role, name: str, lang: str = "nl", *, phone: bool = True) -> Device:
        one = await self.device(lang, phone=phone)
        await one.sign_in(await self.kring.link(role), name)
        return one


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    async with hall(folder) as kring, chromium() as browser:
        yield Place(kring, browser)


def heading(one: Device, message: str, **facts: str | int) -> Locator:
    return one.page.get_by_role("heading", name=one.words(message, **facts), exact=True)


def row(one: Device, note: str) -> Locator:
    return one.page.get_by_role("article", name=note, exact=True)


async def invite(one: Device, note: str, *, uses: int = 25) -> str:
    """The link, made on the page."""
    await one.press(one.button("invitations-new").first)
    await one.page.get_by_label(one.words("invitation-note"), exact=True).fill(note)
    await one.page.get_by_label(one.words("invitation-uses"), exact=True).fill(str(uses))
    await one.press(one.button("invitation-make"))
    link = await one.page.get_by_role("textbox", name=one.words("invitation-link"), exact=True).input_value()
    await one.press(one.button("close"))
    await expect(row(one, note)).to_be_visible()
    return link


async def test_from_an_empty_page_to_a_new_member_and_axe_finds_nothing(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga")
        await owner.menu()
        await owner.press(owner.page.get_by_role("link", name=owner.words("invitations-link"), exact=True).last)
        await expect(heading(owner, "invitations-empty-title")).to_be_visible()
        wrong |= await in_every_way("empty", owner)
        await owner.press(owner.button("invitations-new"))
        uses = owner.page.get_by_label(owner.words("invitation-uses"), exact=True)
        await uses.fill("veel")
        await owner.press(owner.button("invitation-make"))
        await expect(uses).to_be_focused()
        wrong |= await in_every_way("new, refused", owner)
        await owner.page.get_by_label(owner.words("invitation-note"), exact=True).fill("Utrecht")
        await uses.fill("1")
        await owner.press(owner.button("invitation-make"))
        await expect(owner.page.get_by_role("img", name=owner.words("invitation-qr"))).to_be_visible()
        wrong |= await in_every_way("made", owner)
        link = await owner.page.get_by_role("textbox", name=owner.words("invitation-link")).input_value()
        assert link.startswith(f"{there.kring.base}/i#")
        await owner.press(owner.button("close"))
        wrong |= await in_every_way("list", owner)

        new = await there.device()
        await new.go(link)
        await expect(heading(new, "invited-by-member", name="Olga")).to_be_visible()
        assert "#" not in new.page.url, "the token has left the address"
        wrong |= await in_every_way("invited", new)
        await new.press(new.button("invited-become-member"))
        await expect(new.page.get_by_role("alert")).to_have_text(new.words("name-missing"))
        await new.write(new.page.get_by_label(new.words("name-label")), "olga")
        await new.press(new.button("invited-become-member"))
        await new.press(new.button("take-name", name="olga 2"))
        wrong |= await in_every_way("invited, with a name", new)
        await new.press(new.button("invited-become-member"))
        await new.arrived()

        late = await there.device()
        await late.go(link)
        await expect(late.page.get_by_role("alert")).to_contain_text("Alle plekken")
        wrong |= await in_every_way("used up", late)
        await owner.page.reload()
        await expect(row(owner, "Utrecht")).to_contain_text(owner.words("invitation-used_up"))
        await expect(row(owner, "Utrecht").get_by_role("button")).to_have_count(0)
        wrong |= await in_every_way("over", owner)
        await new.go("/c/invitations")
        await expect(heading(new, "invitations-not-yours")).to_be_visible()
        wrong |= await in_every_way("not theirs", new)
        assert [owner.complaints, new.complaints, late.complaints] == [[], [], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_revoked_it_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        moderator = await there.staff(Role.MODERATOR, "Joris", "en", phone=False)
        await moderator.go("/c/invitations")
        link = await invite(moderator, "Delft")
        await expect(moderator.page.get_by_role("radio")).to_have_count(0)  # a moderator invites members only
        open_before = await there.device("en")
        await open_before.go(link)
        await expect(open_before.button("invited-become-member")).to_be_visible()
        await moderator.press(moderator.button("invitation-revoke-of", what="Delft"))
        await expect(moderator.button("cancel")).to_be_focused()
        assert await violations(moderator) == []
        await moderator.press(moderator.button("invitation-revoke"))
        await expect(row(moderator, "Delft")).to_contain_text(moderator.words("invitation-revoked"))
        await open_before.write(open_before.page.get_by_label(open_before.words("name-label")), "Noor")
        await open_before.press(open_before.button("invited-become-member"))
        await expect(open_before.page.get_by_role("alert")).to_contain_text("withdrawn")
        await expect(open_before.button("invited-become-member")).to_have_count(0)
        assert [moderator.complaints, open_before.complaints] == [[], []]


async def test_a_guest_keeps_name_and_words_and_becomes_a_member(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga", phone=False)
        await owner.go("/c/invitations")
        link = await invite(owner, "Gasten")
        guest = await there.device()
        await guest.join(there.kring.code, "Noor")
        await guest.say("Dit zei ik als gast.")
        await guest.go(link)
        await expect(guest.page.get_by_text(guest.words("invited-keep"))).to_be_visible()
        await expect(guest.page.get_by_label(guest.words("name-label"))).to_have_count(0)
        assert await violations(guest) == []
        await guest.press(guest.button("invited-become-member"))
        await guest.arrived()
        await expect(guest.message("Dit zei ik als gast.")).to_contain_text("Dit zei ik")
        await guest.act("Dit zei ik als gast.", "act-edit")  # it is still theirs to change
        await guest.go(link)
        await expect(guest.page.get_by_text(guest.words("invited-already", name="Noor"))).to_be_visible()
        await owner.page.reload()
        await expect(row(owner, "Gasten")).to_contain_text(owner.words("invitation-used", used=1, most=25))
        assert [owner.complaints, guest.complaints] == [[], []]


async def test_by_keys_alone_and_without_a_connection(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        owner = await there.staff(Role.OWNER, "Olga", "en", phone=False)
        async with failing(owner, "**/api/invitations"):
            await owner.go("/c/invitations")
            await expect(owner.button("try-again")).to_be_visible()
            assert await violations(owner) == []
        await tab_to(owner, owner.button("try-again"))
        await press(owner, "Enter")
        await tab_to(owner, owner.button("invitations-new"))
        await press(owner, "Enter")
        moderator = owner.page.get_by_role("radio", name="Moderator")
        await tab_to(owner, owner.page.get_by_role("radio", name="Member"))
        await press(owner, "ArrowDown")
        await expect(moderator).to_be_checked()
        await tab_to(owner, owner.page.get_by_label(owner.words("invitation-note"), exact=True))
        await owner.page.keyboard.type("For Ana")
        await tab_to(owner, owner.button("invitation-days-of", days=7))
        await press(owner, "Enter")
        await tab_to(owner, owner.button("invitation-make"))
        await press(owner, "Enter")
        await tab_to(owner, owner.page.get_by_role("textbox", name=owner.words("invitation-link")))
        await press(owner, "Escape")
        await expect(row(owner, "For Ana")).to_contain_text("Moderator")
        await tab_to(owner, owner.button("invitation-revoke-of", what="For Ana"))
        await press(owner, "Enter")
        await tab_to(owner, owner.button("invitation-revoke"))
        await press(owner, "Enter")
        await expect(heading(owner, "invitations-over")).to_be_visible()
        assert owner.complaints == []
