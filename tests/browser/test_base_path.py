"""Kring below a path of an address that others use too: from the link to an answered question, nothing beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Request, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.session_tour import card_of, tab_of
from tests.browser.test_session import ask, shows
from tests.web.process import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

BASE = "/groups/kring"
TITLE, MINE, SAID = "Drukplekken voorkomen", "Mag je een rode hiel nog masseren?", "Goedemorgen, kring"


@asynccontextmanager
async def in_front_of(port: int) -> AsyncIterator[int]:
    """A proxy that passes everything on as it comes, sockets too; the port that it listens on."""

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass  # whoever went away needs nothing any more
        finally:
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside, out = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pour(reader, out), pour(inside, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def below(folder: Path) -> AsyncIterator[Hall]:
    """A Kring below BASE, reached through a proxy."""
    port = free_port()
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(in_front_of(port))
        base = f"http://127.0.0.1:{front}{BASE}"
        kring = await stack.enter_async_context(hall(folder, PORT=str(port), KRING_BASE_URL=base))
        kring.base = base
        yield kring


def watched(one: Device) -> list[str]:
    """Every path that its page asks for from now on, sockets too."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            asked.append(urlsplit(request.url).path)

    one.page.on("request", note)
    one.page.on("websocket", lambda opened: asked.append(urlsplit(opened.url).path))
    return asked


async def test_from_the_link_to_an_answered_question_all_is_below_the_path(tmp_path: Path) -> None:
    async with below(tmp_path) as kring, chromium() as browser:
        staff = await device(browser, kring.base, "nl")
        asked = watched(staff)
        assert kring.owner_link.startswith(f"{kring.base}/in#")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Ineke Vos")
        assert urlsplit(staff.page.url).path == f"{BASE}/c"
        await staff.say(SAID)
        guest = await device(browser, kring.base, "nl", phone=True)
        of_guest = watched(guest)
        await guest.join(kring.code, "Noor")
        await expect(guest.message(SAID)).to_be_visible()
        async with Gathering.of(kring, TITLE) as gathering:
            guest = await device(browser, kring.base, "nl", phone=True)
            asked_there = watched(guest)
            await guest.knock(gathering.code, "Teun")
            await guest.page.wait_for_url(f"**{BASE}/s/*")
            await ask(guest, MINE)
            await shows(guest, MINE, "review")
            await staff.go(f"/s/{gathering.id}/desk")
            await gathering.act("qna.approve", MINE)
            await gathering.act("qna.answer", MINE, how="live", text="Nee: drukvrij leggen.")
            await shows(guest, MINE, "answered")
            await guest.page.reload()
            await guest.press(tab_of(guest, "answered"))
            await expect(card_of(guest, MINE)).to_be_visible()
            await staff.page.reload()
            await expect(staff.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        asked += of_guest + asked_there
        assert {path.removeprefix(BASE).split("/")[1] for path in asked} >= {"assets", "api", "ws", "in"}
        assert [path for path in asked if not path.startswith(f"{BASE}/")] == []
        for one in (staff, guest):
            cookies = await one.context.cookies()
            assert {each["path"] for each in cookies if each["name"].startswith("kring-")} == {BASE}
            assert one.complaints == []


async def test_an_address_without_its_last_slash_is_the_front_door(tmp_path: Path) -> None:
    async with below(tmp_path) as kring, chromium() as browser:
        one = await device(browser, kring.base, "en")
        await one.go(kring.base)
        await expect(one.page.get_by_label(one.words("code-label"))).to_be_visible()
        await one.go("/nowhere/at/all")
        await expect(one.page.get_by_label(one.words("code-label"))).to_have_count(0)  # a control
        assert one.complaints == []
