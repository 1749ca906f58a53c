"""Somebody's screen, handled as a person does: by what stands on it, with clicks, taps and keys."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    async_playwright,
    expect,
)

from tests.browser.chromium import launch
from tests.browser.words import PSEUDO, Words

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1440, height=900)
ZONE = "Europe/Amsterdam"

expect.set_options(timeout=15_000)

EXPECTED = re.compile(r"net::ERR_|WebSocket connection to|status of (4\d\d|503)|Opener-Policy header has been ignored")
"""What a browser writes in its console when a server is away or says no, and of a header that only https can have;
anything else is a fault of the page."""


@asynccontextmanager
async def chromium(*arguments: str) -> AsyncIterator[Browser]:
    """A browser; `arguments` are for its command line."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, *arguments)
        try:
            yield browser
        finally:
            await browser.close()


async def device(
    browser: Browser, base: str, tongue: str = "en", *, phone: bool = False, dark: bool = False, density: float = 1
) -> Device:
    """A new device with nothing on it yet, for the Kring at `base` (perhaps below a path).

    `tongue`: as in Words; `density`: its pixels per pixel of a page.
    """
    context = await browser.new_context(
        base_url=base,
        locale="nl-NL" if tongue == "nl" else "en-GB",
        timezone_id=ZONE,
        viewport=PHONE if phone else DESK,
        is_mobile=phone,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        device_scale_factor=density,
    )
    return Device(context, await context.new_page(), Words(tongue), phone=phone, below=urlsplit(base).path)


class Device:
    """A page and what one does with it. `complaints`: what went wrong in it that nobody is to see."""

    def __init__(self, context: BrowserContext, page: Page, words: Words, *, phone: bool, below: str = "") -> None:
        self.context, self.page, self.words, self.phone = context, page, words, phone
        self._below = below
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        """A page of Kring asks nobody but Kring."""
        asked, here = urlsplit(request.url), urlsplit(self.page.url)
        if asked.scheme.startswith("http") and asked.netloc != here.netloc and not request.is_navigation_request():
            self.complaints.append(f"it asked {request.url}")

    # ---- what stands on it ---------------------------------------------------------------------------------------

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def composer(self) -> Locator:
        return self.page.locator("form").get_by_role("textbox")

    def button(self, message: str, **facts: str | int) -> Locator:
        """By its name in the catalogue."""
        return self.page.get_by_role("button", name=self.words(message, **facts), exact=True)

    def status(self, message: str, **facts: str | int) -> Locator:
        """A banner with this sentence."""
        return self.page.get_by_role("status").filter(has_text=self.words(message, **facts))

    def message(self, text: str) -> Locator:
        """The message with exactly these words."""
        exactly = re.compile(f"^\\s*{re.escape(text)}\\s*$")
        return self.log.locator("article").filter(has=self.page.locator(".text", has_text=exactly))

    async def texts(self) -> list[str]:
        """What the messages on the page say, oldest first."""
        return [text.strip() for text in await self.log.locator("article .text").all_inner_texts()]

    # ---- coming in -----------------------------------------------------------------------------------------------

    async def go(self, address: str) -> None:
        """`address`: whole, or a path of Kring's."""
        if address.startswith("/"):
            address = self._below + address
        if self.words.tongue == PSEUDO:
            path, mark, fragment = address.partition("#")
            address = f"{path}?lang={PSEUDO}{mark}{fragment}"
        await self.page.goto(address)

    async def press(self, what: Locator) -> None:
        """With a finger on a phone, else with the mouse."""
        await (what.tap() if self.phone else what.click())

    async def write(self, field: Locator, text: str) -> None:
        """Key by key."""
        await self.press(field)
        await self.page.keyboard.type(text)

    async def join(self, code: str, name: str) -> None:
        """By typing the code and a name at the front door."""
        await self.go("/")
        await self.write(self.page.get_by_label(self.words("code-label")), code)
        await self.press(self.button("go-on"))
        await self.write(self.page.get_by_label(self.words("name-label")), name)
        await self.press(self.button("join"))
        await self.arrived()

    async def knock(self, code: str, name: str) -> None:
        """At the address with the code: give a name, whatever comes of it."""
        await self.go(f"/j/{code}")
        await self.write(self.page.get_by_label(self.words("name-label")), name)
        await self.press(self.button("join"))

    async def sign_in(self, link: str, name: str | None = None) -> None:
        await self.go(link)
        if name is not None:
            await self.write(self.page.get_by_label(self.words("name-label")), name)
        await self.press(self.button("sign-in"))
        await self.arrived()

    async def arrived(self) -> None:
        """The chat is there, and live."""
        await expect(self.log).to_be_visible()

    # ---- talking -------------------------------------------------------------------------------------------------

    async def say(self, text: str) -> None:
        await self.write(self.composer, text)
        await (self.button("send").tap() if self.phone else self.page.keyboard.press("Enter"))
        await expect(self.composer).to_have_value("")

    async def act(self, text: str, action: str) -> None:
        """Do something with a message: by the bar that comes with the mouse, on a phone by the sheet."""
        message = self.message(text)
        if self.phone:
            await message.locator(".text").tap()
            where = self.page.get_by_role("dialog")
        else:
            await message.hover()
            where = message.get_by_role("group", name=self.words("message-actions"))
        await self.press(where.get_by_role("button", name=self.words(action), exact=True))

    def reaction(self, text: str, reaction: str) -> Locator:
        """The reaction under a message."""
        word = self.words(f"react-{reaction}")
        return self.message(text).locator(".reactions").get_by_role("button", name=re.compile(f"^{re.escape(word)}, "))

    async def menu(self) -> None:
        """On a phone: open what a desk has at the side."""
        if self.phone:
            await self.press(self.button("menu"))
