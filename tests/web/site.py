"""A whole Kring on a free port, in the test's own event loop, with its files in a temporary directory."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path

import httpx2
import msgspec
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from persistence import links
from persistence.gate import now_ms
from realtime.farewell import farewell
from realtime.wire import JSON
from rooms.model import Role
from tests.web.serving import serving
from web.app import build, house
from web.house import House
from web.settings import Settings

PROXY = ip_network("127.0.0.0/8")


class Site:
    """A server, and the ways to it."""

    def __init__(self, base: str, house: House) -> None:
        self.base, self.house = base, house

    @property
    def code(self) -> str:
        assert self.house.beginning.chat.code is not None
        return self.house.beginning.chat.code

    @property
    def room(self) -> str:
        return self.house.beginning.chat.id

    def browser(self, lang: str = "en", **headers: str) -> httpx2.AsyncClient:
        """What a page of ours sends."""
        ours = {"X-Kring": "1", "Origin": self.base, "Accept-Language": lang}
        return httpx2.AsyncClient(base_url=self.base, headers=ours | headers, timeout=20)

    async def token(self, role: Role) -> str:
        """Of a new sign-in link."""
        async with self.house.database.write() as tx:
            return await links.create(tx, self.house.beginning.community.id, role, now=now_ms(), room=self.room)

    @asynccontextmanager
    async def guest(self, name: str | None = None) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser of somebody who joined by code."""
        async with self.browser() as browser:
            body = {"code": self.code, "name": name or f"Guest {secrets.token_hex(3)}"}
            answer = await browser.post("/api/join", json=body)
            assert answer.status_code == 200, answer.text
            yield browser

    @asynccontextmanager
    async def signed_in(self, role: Role) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser of somebody who came by a link."""
        async with self.browser() as browser:
            answer = await browser.post("/api/sign-in", json={"token": await self.token(role)})
            assert answer.status_code == 200, answer.text
            yield browser

    def socket(
        self, browser: httpx2.AsyncClient | None = None, *, origin: str | None = "", subprotocol: str = JSON
    ) -> connect:
        """A WebSocket, with a browser's cookies; `origin` "" is the server's own."""
        headers = {}
        if origin is not None:
            headers["Origin"] = origin or self.base
        if browser is not None:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        address = self.base.replace("http", "ws", 1) + "/ws"
        return connect(address, subprotocols=[Subprotocol(subprotocol)], additional_headers=headers)


@asynccontextmanager
async def site(
    directory: Path, change: Callable[[uvicorn.Config], None] = lambda config: None, **changes: object
) -> AsyncIterator[Site]:
    """`change`: as of `serving`. `changes`: settings that differ from what a test wants usually."""
    settings = Settings(**{"data": directory, "lang": "en", "grace_s": 0, **changes})  # type: ignore[arg-type]
    async with house(settings) as standing:

        async def drain() -> None:
            standing.leaving = True
            if settings.redis_url is not None:
                await farewell(standing.hub)
            standing.hub.drain()

        async with serving(build(settings, standing), drain=drain, change=change) as port:
            yield Site(f"http://127.0.0.1:{port}", standing)


async def said(socket: ClientConnection, **message: object) -> dict[str, object]:
    """Send one message, and the first answer."""
    await socket.send(msgspec.json.encode(message).decode())
    return msgspec.json.decode(await socket.recv(), type=dict[str, object])
