"""A walk past the pages around a community's rooms: its people, its ways in, its programs, what is kept and reported.

Like `tour`, with people's names and words in Cyrillic.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Browser, expect

from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.hall import Hall
from tests.browser.tour import GUEST, OWNER, State

NOTE, PROGRAM, SAID = "Для нових людей", "Погода", "Це тут зайве"


@dataclass
class InsideTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        owner, member = await self._device(), await self._device()
        await owner.sign_in(await self.kring.link(Role.OWNER), OWNER)
        await member.sign_in(await self.kring.link(Role.MEMBER), GUEST)
        for part in (self._reports, self._people, self._oneself, self._ways_in, self._kept):
            async for state in part(owner, member):
                yield state

    async def _device(self) -> Device:
        return await device(self.browser, self.kring.base, self.tongue, phone=self.phone)

    async def _reports(self, owner: Device, member: Device) -> AsyncIterator[State]:
        await owner.say(SAID)
        await member.act(SAID, "act-report")
        await expect(member.page.get_by_role("dialog", name=member.words("report-title"))).to_be_visible()
        yield "reporting", member
        await member.press(member.button("report-send"))
        await expect(member.page.get_by_text(member.words("report-done"))).to_be_visible()
        yield "reported", member
        await expect(owner.status("reports-some", count=1)).to_be_visible()
        yield "something is reported", owner
        await owner.press(owner.button("reports-look"))
        yield "what is reported", owner
        await owner.press(owner.button("reports-keep-of", text=SAID))
        await expect(owner.page.get_by_text(owner.words("reports-none"))).to_be_visible()
        yield "nothing is reported any more", owner
        await owner.page.keyboard.press("Escape")
        await owner.menu()
        await owner.press(owner.button("pace-title").last)
        yield "how slowly it goes", owner
        await owner.page.keyboard.press("Escape")

    async def _people(self, owner: Device, member: Device) -> AsyncIterator[State]:
        await self._at(owner, "/c/members", "members-title")
        yield "members", owner
        await owner.press(owner.button("member-change-of", name=GUEST))
        await expect(owner.page.get_by_role("dialog")).to_be_visible()
        yield "changing a role", owner
        await owner.page.keyboard.press("Escape")
        await self._at(member, "/c/settings", "settings-owners-title")
        await self._at(owner, "/c/log", "log-title")
        yield "what staff did", owner
        await self._at(member, "/c/log", "log-title")
        await expect(member.page.get_by_role("alert")).to_be_visible()
        yield "what staff did, for owners only", member

    async def _oneself(self, owner: Device, member: Device) -> AsyncIterator[State]:
        await self._at(member, "/me", "own-title")
        yield "oneself", member
        await member.press(member.page.get_by_role("button", name=member.words("own-leave", community="")).last)
        await expect(member.page.get_by_role("dialog")).to_be_visible()
        yield "leaving", member
        await member.page.keyboard.press("Escape")
        await self._at(member, "/me/ways-in", "ways-title")
        yield "ways in", member

    async def _ways_in(self, owner: Device, member: Device) -> AsyncIterator[State]:
        await self._at(owner, "/c/invitations", "invitations-title")
        yield "no invitations", owner
        await owner.press(owner.button("invitations-new").first)
        await owner.page.get_by_label(owner.words("invitation-note"), exact=True).fill(NOTE)
        yield "inviting", owner
        await owner.press(owner.button("invitation-make"))
        await expect(owner.page.get_by_role("textbox", name=owner.words("invitation-link"))).to_be_visible()
        await owner.press(owner.button("close"))
        await expect(owner.page.get_by_role("article", name=NOTE)).to_be_visible()
        yield "invitations", owner
        await self._at(owner, "/c/programs", "programs-title")
        yield "no programs", owner
        await owner.press(owner.button("programs-new").first)
        await owner.page.get_by_label(owner.words("program-name"), exact=True).fill(PROGRAM)
        yield "a new program", owner

    async def _kept(self, owner: Device, member: Device) -> AsyncIterator[State]:
        await self._at(member, "/privacy", "privacy-title")
        await expect(member.page.get_by_role("heading", name=member.words("privacy-levels"))).to_be_visible()
        yield "what Kring keeps", member

    async def _at(self, one: Device, address: str, title: str) -> None:
        await one.go(address)
        await expect(one.page.get_by_role("heading", name=one.words(title)).first).to_be_visible()
        await expect(one.page.locator(".skel")).to_have_count(0)
