"""A walk past every state of the pages on which communities are made; like `tour`, with people's words in Cyrillic."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from tests.browser.device import Device, device
from tests.browser.hall import Hall
from tests.browser.tour import NOTHING_READABLE, State, failing
from tests.browser.words import PSEUDO

NAME, PURPOSE, OWNER = "Коло пасічників", "Місце, де ми дбаємо про бджіл.", "Оксана Мельник"
OTHER, GUEST, AGREED = "Коло пекарів", "Тарас", "Ми не називаємо клієнтів.\nМи питаємо, перш ніж радити."
SESSION = "Перший вечір"


def dialog(one: Device) -> Locator:
    return one.page.get_by_role("dialog")


def choice(one: Device, message: str) -> Locator:
    """One of the cards, by what stands in bold on it."""
    return one.page.get_by_role("radio", name=re.compile(f"^{re.escape(one.words(message))}"))


def field(one: Device, message: str, **facts: str | int) -> Locator:
    return one.page.get_by_role("textbox", name=one.words(message, **facts), exact=True)


async def redeem(one: Device, link: str, name: str) -> None:
    """With the link that the first start printed."""
    await one.go(link)
    await one.write(field(one, "name-label"), name)
    await one.press(one.button("sign-in"))
    await expect(one.page.get_by_role("heading", name=one.words("begin-title"), level=1)).to_be_visible()


async def describe(one: Device, name: str, purpose: str, preset: str) -> None:
    await field(one, "community-name-label").fill(name)
    await field(one, "community-purpose-label").fill(purpose)
    await one.press(one.page.locator("label.card").filter(has_text=one.words(f"preset-{preset}-means")))
    await expect(choice(one, f"preset-{preset}")).to_be_checked()


async def settings(one: Device) -> None:
    """From the community's page."""
    await one.menu()
    await one.press(one.page.get_by_role("link", name=one.words("community-settings"), exact=True).last)
    await expect(one.page.get_by_role("heading", level=1)).to_contain_text(
        one.words("community-settings-of", community="")
    )


@dataclass
class MakingTour:
    """`kring`: not begun; `tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        owner = await self._device()
        parts = [self._beginning, self._changing, self._several, self._removing]
        # Another community is another page load, and the server has no page in disguised letters.
        for first in parts[:2] if self.tongue == PSEUDO else parts:
            async for state in first(owner):
                yield state

    async def _device(self) -> Device:
        return await device(self.browser, self.kring.base, self.tongue, phone=self.phone)

    async def _beginning(self, one: Device) -> AsyncIterator[State]:
        await redeem(one, self.kring.owner_link, OWNER)
        await expect(field(one, "begin-owner")).to_have_value(OWNER)
        yield "begin", one
        await one.press(one.button("begin-act"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "begin without a name", one
        await describe(one, NAME, PURPOSE, "innovation")
        await field(one, "begin-owner").fill(NOTHING_READABLE + "x")
        await field(one, "begin-owner").fill(OWNER)
        await one.press(one.button("begin-act"))
        await expect(dialog(one)).to_contain_text(one.words("next-lead"))
        yield "what now", one
        await one.press(one.button("next-session"))
        await expect(one.page.get_by_role("switch", name=one.words("start-board"))).to_be_checked()
        yield "plan as the preset has it", one
        await one.page.keyboard.press("Escape")

    async def _changing(self, one: Device) -> AsyncIterator[State]:
        await settings(one)
        yield "settings", one
        await field(one, "agreements-label").fill(AGREED)
        await one.press(one.button("community-save"))
        await expect(one.page.get_by_text(one.words("community-saved"))).to_be_visible()
        await expect(dialog(one)).to_contain_text(one.words("agreements-lead"))
        yield "agreements", one
        await one.press(one.button("agreements-accept"))
        await expect(dialog(one)).to_have_count(0)
        await field(one, "community-name-label").fill("")
        await one.press(one.button("community-save"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "settings without a name", one
        guest = await self._device()
        await guest.go(f"/j/{self.kring.code}")
        await expect(guest.page.get_by_text(guest.words("agreements-door"))).to_be_visible()
        yield "agreements at the door", guest
        await guest.knock(self.kring.code, GUEST)
        await guest.arrived()
        await expect(dialog(guest)).to_have_count(0)
        await guest.go("/c/settings")
        await expect(guest.page.get_by_text(guest.words("settings-owners"))).to_be_visible()
        yield "settings for owners only", guest
        await guest.context.close()
        async with failing(one, "**/api/community/settings*"):
            await one.page.reload()
            await expect(one.button("try-again")).to_be_visible()
            yield "settings out of reach", one
        await one.press(one.button("try-again"))

    async def _several(self, one: Device) -> AsyncIterator[State]:
        await one.press(one.button("community-another"))
        await expect(dialog(one)).to_be_visible()
        yield "another", one
        inside = dialog(one)
        await inside.get_by_role("textbox").first.fill(OTHER)
        await one.press(inside.get_by_role("button", name=one.words("community-another-act")))
        await expect(dialog(one)).to_contain_text(one.words("next-lead"))
        await one.press(one.button("next-later"))
        await one.menu()
        await one.press(one.button("communities-switch").last)
        await expect(one.page.get_by_role("link", name=NAME)).to_be_visible()
        yield "switching", one
        await one.page.keyboard.press("Escape")

    async def _removing(self, one: Device) -> AsyncIterator[State]:
        await one.go("/c")
        await one.arrived()
        await settings(one)
        await one.press(one.button("community-remove"))
        await expect(dialog(one)).to_contain_text(one.words("community-remove-library"))
        yield "removing", one
        await one.press(one.button("community-remove-act"))
        await expect(dialog(one).get_by_role("alert")).to_be_visible()
        yield "removing by another name", one
