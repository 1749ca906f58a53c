"""A board in a session of a running Kring: its staff over the real protocol, people on the page."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
from playwright.async_api import Browser, CDPSession, FloatRect, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.web.gathering import Seat, board_of, seated, started
from tests.web.site import Site, site

STEPS = ("write", "reveal", "group", "vote", "discuss", "done")


class Place:
    """A board, `staff` who runs it without a page, and a browser."""

    def __init__(
        self, kring: Site, browser: Browser, session: dict[str, Any], staff: Seat, owner: httpx2.AsyncClient
    ) -> None:
        self.kring, self.browser, self.staff, self.session, self._owner = kring, browser, staff, session["id"], owner
        self.code: str = session["code"]
        self.address = f"/s/{session['id']}/board/{staff.room}"

    def column(self, nth: int) -> str:
        columns = self.staff.of("board.column").items()
        return sorted(columns, key=lambda each: each[1]["place"])[nth][0]

    async def give(self, t: str, **fields: object) -> None:
        answer = await self.staff.do(t, **fields)
        assert answer["t"] == "done", answer

    async def write(self, notes: Sequence[tuple[int, str]]) -> None:
        for column, text in notes:
            await self.give("board.write", column=self.column(column), text=text)

    async def to(self, phase: str) -> None:
        """Step by step to a later phase."""
        now = self.staff.records["board"].get("phase", STEPS[0])
        for was, then in itertools.pairwise(STEPS):
            if STEPS.index(now) <= STEPS.index(was) < STEPS.index(phase):
                await self.give("board.go", was=was, phase=then)
        await self.staff.catch_up()

    async def close(self) -> None:
        """The session, and so the board."""
        answer = await self._owner.post(f"/api/sessions/{self.session}/close")
        assert answer.status_code < 300, answer.text

    async def enter(self, name: str, tongue: str = "nl", *, phone: bool = False, dark: bool = False) -> Device:
        """Somebody new, on the board."""
        one = await device(self.browser, self.kring.base, tongue, phone=phone, dark=dark)
        await one.knock(self.code, name)
        await one.page.wait_for_url("**/s/*")
        await one.go(self.address)
        await expect(one.page.locator("[data-column]").first).to_be_visible()
        return one


@asynccontextmanager
async def place(folder: Path, *, level: str = "named", lang: str = "nl") -> AsyncIterator[Place]:
    async with site(folder, lang=lang) as kring, chromium() as browser, kring.signed_in(Role.OWNER) as owner:
        session = await started(owner, level)
        board = await board_of(owner, session["id"])
        async with seated(kring, board, owner) as staff:
            yield Place(kring, browser, session, staff, owner)


# ---- what stands on the page -----------------------------------------------------------------------------------------


def card(one: Device, text: str) -> Locator:
    """The note with these words."""
    return one.page.locator("article.note").filter(has_text=text)


def columns(one: Device) -> Locator:
    return one.page.locator("section.column")


async def texts(one: Device, column: int) -> list[str]:
    """The notes of a column that is shown, from above."""
    return await columns(one).nth(column).locator("article.note .text").all_inner_texts()


async def box(what: Locator) -> FloatRect:
    found = await what.bounding_box()
    assert found is not None
    return found


# ---- dragging --------------------------------------------------------------------------------------------------------

PART = {"before": 0.1, "into": 0.5, "after": 0.9}


async def hold(one: Device, what: Locator, to: Locator, part: str = "into") -> None:
    """Take a card with the mouse and bring it there, without letting go."""
    at, there = await box(what), await box(to)
    mouse = one.page.mouse
    await mouse.move(at["x"] + 30, at["y"] + 16)
    await mouse.down()
    await mouse.move(at["x"] + 44, at["y"] + 24, steps=3)
    await mouse.move(there["x"] + 40, there["y"] + there["height"] * PART[part], steps=6)
    await expect(one.page.locator(".ghost .note, .ghost .group").first).to_be_visible()


async def drag(one: Device, what: Locator, to: Locator, part: str = "into") -> None:
    await hold(one, what, to, part)
    await expect(one.page.locator(".line")).to_be_visible()
    await one.page.mouse.up()


class Finger:
    """One finger on a touch screen."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._at = (0.0, 0.0)

    @classmethod
    async def on(cls, one: Device) -> Finger:
        return cls(await one.context.new_cdp_session(one.page))

    async def _send(self, kind: str) -> None:
        points = [] if kind == "touchEnd" else [{"x": self._at[0], "y": self._at[1]}]
        await self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    async def down(self, what: Locator) -> None:
        at = await box(what)
        self._at = (at["x"] + 40, at["y"] + 16)
        await self._send("touchStart")

    async def to(self, x: float, y: float, steps: int = 5) -> None:
        from_x, from_y = self._at
        for step in range(1, steps + 1):
            self._at = (from_x + (x - from_x) * step / steps, from_y + (y - from_y) * step / steps)
            await self._send("touchMove")

    async def by(self, x: float, y: float) -> None:
        await self.to(self._at[0] + x, self._at[1] + y)

    async def up(self) -> None:
        await self._send("touchEnd")
