"""A walk past every state of the screen in the hall, and of starting a session; like `tour`, with words in Cyrillic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Browser, expect

from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.tour import State

TITLE, MODERATOR = "Вечір запитань", "Марія"
OPEN = ("Коли сіяти горох?", "Чим підживити томати?")
LONG = "Чому " + "дуже " * 40 + "довго?"


@dataclass
class ScreenTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async for state in self._starting():
            yield state
        async with Gathering.of(self.kring, TITLE, moderator=MODERATOR, review=False) as gathering:
            async for state in self._hall(gathering):
                yield state

    async def _starting(self) -> AsyncIterator[State]:
        one = await device(self.browser, self.kring.base, self.tongue, phone=self.phone)
        await one.sign_in(await self.kring.link(Role.MODERATOR), MODERATOR + " 2")
        await one.menu()
        yield "no sessions", one
        await one.press(one.button("start-session").last)
        start = one.page.get_by_role("dialog").get_by_role("button", name=one.words("start-now"), exact=True)
        await expect(start).to_be_visible()
        yield "starting a session", one
        await one.press(start)
        await expect(one.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
        yield "a session without a title", one
        await one.context.close()

    async def _hall(self, gathering: Gathering) -> AsyncIterator[State]:
        one = await device(self.browser, self.kring.base, self.tongue, phone=self.phone)
        link = await gathering.screen()
        await one.go(link)
        await self._live(one)
        yield "inviting", one
        who = await gathering.guest("Тарас")
        for text in (*OPEN, LONG):
            await gathering.ask(who, text)
        await expect(one.page.get_by_text(OPEN[0]).first).to_be_visible()
        yield "open questions in the hall", one
        for text in (OPEN[0], LONG):
            await gathering.act("qna.stage", text)
            await expect(one.page.get_by_role("heading", name=text)).to_be_visible()
            yield f"on stage, {len(text)} letters", one
            await gathering.act("qna.answer", text, how="live")
        await one.page.keyboard.press("z")
        yield "frozen", one
        await one.page.keyboard.press("z")
        await one.page.keyboard.press("b")
        yield "blank", one
        await one.page.keyboard.press("b")
        await gathering.close()
        await expect(one.page.get_by_role("heading", name=one.words("screen-over"))).to_be_visible()
        yield "over", one
        other = await device(self.browser, self.kring.base, self.tongue, phone=self.phone)
        for state, address in (("spent screen link", link), ("incomplete screen link", link.partition("#")[0])):
            await other.go(address)
            await expect(other.page.get_by_role("heading", level=1)).to_be_visible()
            yield state, other

    async def _live(self, one: Device) -> None:
        await expect(one.page.locator("header .conn")).to_have_text(one.words("screen-live"))
