"""A walk past every state of every page: each is yielded by name, with the device that shows it.

People's names and words are given in Cyrillic, which no sentence of the catalogue has: so it shows which is which.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Route, WebSocketRoute, expect

from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.hall import Hall, Line, found_community, hall
from web.limits import BURST

State = tuple[str, Device]

COMMUNITY, PURPOSE, CHAT = "Круг садовників", "Місце, де ми питаємо одне одного.", "Розмова"
OWNER, GUEST, OTHER = "Олена Кравець", "Тарас", "Ніна"
WRONG_CODE = "WRQ999"
NOTHING_READABLE = "\u200b"
DAY: Sequence[Line] = tuple((f"Гість {nth % 7 + 1}", f"Це рядок {nth} про насіння") for nth in range(160))


@asynccontextmanager
async def garden(folder: Path, **settings: str) -> AsyncIterator[Hall]:
    """A Kring whose community has a name, a purpose and a chat with a title in Cyrillic."""
    await found_community(folder, name=COMMUNITY, purpose=PURPOSE, chat=CHAT, lang="en")
    async with hall(folder, begun=True, **settings) as kring:
        yield kring


@dataclass
class Tour:
    """`day`: what is said before the chat is shown full; `tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool
    day: Sequence[Line] = DAY

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async for state in self._door():
            yield state
        owner, guest = await self._device(), await self._device()
        async for state in self._empty(owner, guest):
            yield state
        async for state in self._writing(guest, owner):
            yield state
        await self.kring.fill(self.day)
        async for state in self._full(owner, guest):
            yield state
        async for state in self._search(guest):
            yield state
        async for state in self._dialogs(owner):
            yield state
        async for state in self._order(owner, guest):
            yield state
        async for state in self._again(guest):
            yield state
        async for state in self._trouble(owner, guest):
            yield state

    async def _device(self) -> Device:
        return await device(self.browser, self.kring.base, self.tongue, phone=self.phone)

    # ---- before one is in ----------------------------------------------------------------------------------------

    async def _door(self) -> AsyncIterator[State]:
        one = await self._device()
        code = one.page.get_by_label(one.words("code-label"))
        await one.go("/")
        await expect(one.button("go-on")).to_be_visible()
        yield "join", one
        await one.write(code, "012")
        yield "impossible code", one
        await one.press(one.button("go-on"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "incomplete code", one
        async with held(one, "**/api/codes") as asked:
            await one.go(f"/j/{self.kring.code}")
            await asked.wait()
            await expect(one.status("looking-up")).to_be_visible()
            yield "looking up", one
        await one.go(f"/j/{WRONG_CODE}")
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "wrong code", one
        await one.go(f"/j/{self.kring.code}")
        await expect(one.button("join")).to_be_visible()
        yield "invited", one
        await one.press(one.button("join"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "no name", one
        await one.go("/in#spent")
        await expect(one.button("sign-in")).to_be_visible()
        yield "sign-in link", one
        await one.press(one.button("sign-in"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "spent link", one
        await one.go("/in")
        await expect(one.page.get_by_text(one.words("sign-in-incomplete"))).to_be_visible()
        yield "incomplete link", one
        await one.go("/nowhere/at/all")
        await expect(one.button("to-start")).to_be_visible()
        yield "not found", one
        async with failing(one, "**/api/me"):
            await one.go("/")
            await expect(one.button("try-again")).to_be_visible()
            yield "unreachable", one
        await one.context.close()

    # ---- a chat that begins --------------------------------------------------------------------------------------

    async def _empty(self, owner: Device, guest: Device) -> AsyncIterator[State]:
        await owner.sign_in(await self.kring.link(Role.OWNER), OWNER)
        await expect(owner.button("empty-act")).to_be_visible()
        yield "empty", owner
        await guest.knock(self.kring.code, OWNER)
        await expect(guest.page.get_by_role("alert")).to_be_visible()
        yield "name taken", guest
        async with silent(guest):
            await guest.knock(self.kring.code, GUEST)
            await expect(guest.page.locator(".skel").first).to_be_visible()
            yield "entering", guest
        await guest.page.reload()
        await guest.arrived()

    async def _writing(self, guest: Device, owner: Device) -> AsyncIterator[State]:
        await guest.say("Перше слово")
        await expect(guest.page.get_by_text(guest.words("stored"))).to_be_visible()
        yield "stored", guest
        await guest.press(guest.composer)
        await guest.page.keyboard.insert_text("о" * 1_900)
        yield "nearly too long", guest
        await guest.page.keyboard.insert_text("о" * 1_200)
        yield "too long", guest
        await guest.composer.clear()
        await guest.page.keyboard.insert_text(NOTHING_READABLE)
        await guest.press(guest.button("send"))
        await expect(guest.button("send-again")).to_be_visible()
        yield "refused", guest
        await guest.press(guest.button("drop-message"))
        await guest.act("Перше слово", "act-edit")
        yield "editing", guest
        await guest.press(guest.button("stop-editing"))
        await guest.act("Перше слово", "act-reply")
        yield "replying", guest
        await guest.press(guest.button("stop-replying"))
        await owner.press(owner.composer)
        await owner.page.keyboard.type("Я думаю")
        await expect(guest.page.get_by_text(guest.words("typing", count=1, names=OWNER))).to_be_visible()
        yield "typing", guest
        await owner.composer.clear()

    # ---- a chat that is full -------------------------------------------------------------------------------------

    async def _full(self, owner: Device, guest: Device) -> AsyncIterator[State]:
        await owner.say("Хто прийде в суботу?")
        await guest.act("Хто прийде в суботу?", "act-reply")
        await guest.say("Я прийду")
        await guest.act("Я прийду", "act-edit")
        await guest.page.keyboard.type(" о десятій")
        await guest.press(guest.button("save-change"))
        await guest.say("Оце зайве")
        await owner.act("Оце зайве", "act-remove")
        await owner.act("Я прийду о десятій", "react-thanks")
        yield "undo", owner
        await guest.act("Хто прийде в суботу?", "react-agree")
        for text in ("Хто прийде в суботу?", "Я прийду о десятій"):
            await owner.act(text, "act-pin")
            await owner.act(text, "act-save")
        await expect(guest.reaction("Я прийду о десятій", "thanks")).to_be_visible()
        await expect(owner.button("pinned-count", count=2)).to_be_visible()
        await owner.button("undo").wait_for(state="hidden")
        yield "full", owner
        yield "full for a guest", guest
        if not self.phone:
            await owner.message("Хто прийде в суботу?").hover()
            yield "pointed at", owner
        await owner.press(owner.button("pinned-count", count=2))
        yield "pinned list", owner
        await owner.page.keyboard.press("Escape")
        await owner.log.focus()
        await owner.page.keyboard.press("Home")
        await expect(owner.button("to-newest")).to_be_visible()
        yield "older", owner
        await guest.say("Новина")
        await expect(owner.button("new-show", count=1)).to_be_visible()
        yield "new below", owner
        await owner.press(owner.button("new-show", count=1))
        await expect(owner.message("Новина")).to_be_visible()

    async def _search(self, one: Device) -> AsyncIterator[State]:
        pane = one.page.get_by_role("search")
        words = pane.get_by_role("searchbox")
        await one.press(one.button("search-title").first)
        yield "search", one
        async with held(one, "**/search?*") as asked:
            await one.write(words, "насіння")
            await asked.wait()
            await expect(pane.get_by_text(one.words("searching"))).to_be_attached()
            yield "searching", one
        await expect(one.button("search-more")).to_be_visible()
        yield "search with hits", one
        await words.fill("жирафа")
        await expect(pane.get_by_text(one.words("search-none", words="жирафа"))).to_be_visible()
        yield "search without hits", one
        async with failing(one, "**/search?*"):
            await words.fill("садовник")
            await expect(pane.get_by_role("alert")).to_be_visible()
            yield "search fails", one
        await one.press(one.button("close-search"))

    async def _dialogs(self, owner: Device) -> AsyncIterator[State]:
        dialog = owner.page.get_by_role("dialog")
        await owner.page.keyboard.press("Escape")
        await owner.page.keyboard.press("?")
        await expect(dialog.get_by_role("heading", name=owner.words("keys-title"))).to_be_visible()
        yield "keys", owner
        await owner.page.keyboard.press("Escape")
        await (
            owner.message("Новина")
            .get_by_role("button", name=owner.words("message-actions-of", name=GUEST))
            .dispatch_event("click")
        )
        await expect(dialog).to_be_visible()
        yield "what to do with a message", owner
        await owner.page.keyboard.press("Escape")
        if self.phone:
            await owner.menu()
            yield "menu", owner
        await owner.press(owner.button("settings"))
        await expect(dialog.get_by_role("switch").first).to_be_visible()
        yield "settings", owner
        await owner.page.keyboard.press("Escape")
        await owner.menu()
        await owner.press(owner.button("show-qr"))
        await expect(dialog.get_by_role("img")).to_be_visible()
        await owner.press(owner.button("save-png"))
        await expect(dialog.get_by_text(owner.words("qr-saved"))).to_be_visible()
        yield "QR code", owner
        await owner.page.keyboard.press("Escape")

    async def _order(self, owner: Device, guest: Device) -> AsyncIterator[State]:
        await owner.menu()
        await owner.press(owner.button("lock"))
        await expect(guest.page.get_by_text(guest.words("read-only-locked"))).to_be_visible()
        yield "locked", guest
        await expect(owner.page.get_by_text(owner.words("locked"), exact=True)).to_be_visible()
        yield "locked for staff", owner
        await owner.menu()
        await owner.press(owner.button("unlock"))
        await expect(guest.composer).to_be_visible()

    # ---- coming back ---------------------------------------------------------------------------------------------

    async def _again(self, guest: Device) -> AsyncIterator[State]:
        await guest.go("/nowhere")
        await self.kring.fill([(OTHER, f"Поки тебе не було {nth}") for nth in range(3)])
        await guest.go(f"/j/{self.kring.code}")
        await expect(guest.page.get_by_text(guest.words("joining-as", name=GUEST))).to_be_visible()
        yield "invited again", guest
        await guest.go("/in#other")
        await expect(guest.page.get_by_text(guest.words("sign-in-instead", name=GUEST))).to_be_visible()
        yield "another link", guest
        await guest.go("/c")
        await expect(guest.log.get_by_text(guest.words("new-from-here"))).to_be_visible()
        yield "unread", guest

    # ---- trouble -------------------------------------------------------------------------------------------------

    async def _trouble(self, owner: Device, guest: Device) -> AsyncIterator[State]:
        async with failing(guest, "**/api/community"):
            await guest.page.reload()
            await expect(guest.button("try-again")).to_be_visible()
            yield "community unreachable", guest
        await guest.press(guest.button("try-again"))
        await guest.arrived()
        await guest.context.set_offline(True)
        await expect(guest.status("offline", waiting=0)).to_be_visible()
        yield "offline", guest
        await guest.context.set_offline(False)
        await self.kring.kill()
        await expect(owner.status("reconnecting", waiting=0)).to_be_visible()
        yield "reconnecting", owner
        for nth in (1, 2):
            await owner.say(f"Ще чекає {nth}")
            await expect(owner.status("reconnecting", waiting=nth)).to_be_visible()
        yield "reconnecting with words that wait", owner
        await self.kring.start()
        await expect(owner.page.get_by_text(owner.words("waiting-to-send"))).to_have_count(0)
        async for state in self._out(owner):
            yield state

    async def _out(self, owner: Device) -> AsyncIterator[State]:
        """Signed out in another window: this one's connection is closed for good."""
        other = Device(owner.context, await owner.context.new_page(), owner.words, phone=owner.phone)
        await other.go("/c")
        await other.arrived()
        await other.menu()
        await other.press(other.button("sign-out"))
        await expect(other.button("go-on")).to_be_visible()
        await expect(owner.button("load-again")).to_be_visible()
        yield "signed out elsewhere", owner
        one = await self._device()
        await one.join(self.kring.code, OTHER + " 3")
        await one.menu()
        await one.press(one.button("sign-out"))
        await expect(one.page.get_by_text(one.words("recent-title"))).to_be_visible()
        yield "codes used before", one
        await asyncio.gather(*(self._guess(one) for _ in range(BURST + 5)))
        await one.go(f"/j/{self.kring.code}")
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "guessed too often", one

    async def _guess(self, one: Device) -> None:
        ours = {"X-Kring": "1", "Origin": self.kring.base}
        await one.context.request.post("/api/codes", data={"code": WRONG_CODE}, headers=ours)


# ---- what a network does --------------------------------------------------------------------------------------------


@asynccontextmanager
async def held(one: Device, address: str) -> AsyncIterator[asyncio.Event]:
    """A request there gets no answer until the block ends; the event says that there was one."""
    asked, go_on, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await go_on.wait()
        await route.continue_()
        gone.set()

    await one.page.route(address, hold)
    try:
        yield asked
    finally:
        go_on.set()
        await gone.wait()
        await one.page.unroute(address, hold)


@asynccontextmanager
async def failing(one: Device, address: str) -> AsyncIterator[None]:
    """Requests there find nobody until the block ends."""
    await one.page.route(address, _abort)
    try:
        yield
    finally:
        await one.page.unroute(address, _abort)


async def _abort(route: Route) -> None:
    await route.abort()


@asynccontextmanager
async def silent(one: Device) -> AsyncIterator[None]:
    """The page's WebSocket opens, and nothing ever comes; until the page is loaded again after the block."""
    quiet = True

    def handle(socket: WebSocketRoute) -> None:
        if not quiet:
            socket.connect_to_server()

    await one.page.route_web_socket("**/ws", handle)
    try:
        yield
    finally:
        quiet = False
