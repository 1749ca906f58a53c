"""People in a session, each over a socket of their own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from realtime.wire import JSON


async def started(browser: httpx2.AsyncClient, level: str = "anonymous", **more: object) -> dict[str, Any]:
    """A new session, as its staff know it."""
    made = await browser.post("/api/sessions", json={"title": "Open avond", "level": level, **more})
    assert made.status_code == 201, made.text
    found = await browser.get(f"/api/sessions/{made.json()['id']}")
    assert found.status_code == 200
    answer: dict[str, Any] = found.json()
    return answer


async def board_of(browser: httpx2.AsyncClient, session: str, template: str = "keep_change_try") -> str:
    """The id of a new board in a session."""
    body = {"title": "Terugblik", "template": template}
    made = await browser.post(f"/api/sessions/{session}/boards", json=body)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


class Reachable(Protocol):
    """A server."""

    @property
    def base(self) -> str: ...

    def browser(self) -> httpx2.AsyncClient: ...


@asynccontextmanager
async def inside(kring: Reachable, code: str, name: str | None = None) -> AsyncIterator[httpx2.AsyncClient]:
    """A guest of a session."""
    async with kring.browser() as browser:
        body = {"code": code, "name": name or f"Gast {secrets.token_hex(3)}"}
        assert (await browser.post("/api/join", json=body)).status_code == 200
        yield browser


class Seat:
    """A person in a room, over a socket of their own."""

    def __init__(self, socket: ClientConnection, room: str) -> None:
        self.socket, self.room = socket, room
        self.heard: list[dict[str, Any]] = []
        self.records: dict[str, dict[str, Any]] = {}
        self.joined: dict[str, Any] = {}
        self.frames: list[str] = []
        """Everything that ever came over the socket."""

    async def until(self, t: str, **fields: object) -> dict[str, Any]:
        """The next message of this type in which these fields are so."""
        while True:
            message = await self._next()
            if message["t"] == t and all(message.get(name) == value for name, value in fields.items()):
                return message

    async def _next(self) -> dict[str, Any]:
        frame = str(await asyncio.wait_for(self.socket.recv(), 20))
        self.frames.append(frame)
        message: dict[str, Any] = msgspec.json.decode(frame)
        self._take(message)
        return message

    def _take(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        if message.get("room") != self.room:
            return
        if message["t"] == "joined" and message["full"]:
            self.records.clear()
        if message["t"] in ("joined", "change"):
            self.records.update(message.get("put") or {})
            for id in message.get("gone") or ():
                self.records.pop(id, None)

    async def say(self, **message: object) -> None:
        await self.socket.send(msgspec.json.encode(message).decode())

    async def do(self, t: str, **fields: object) -> dict[str, Any]:
        """Give a command, and wait for what became of it."""
        id = secrets.token_hex(8)
        await self.say(t="do", id=id, room=self.room, cmd={"t": t, **fields}, seq=self.joined["seq"], mark="")
        while True:
            message = await self._next()
            if message.get("id") == id or id in message.get("ids", ()):
                return message

    async def see(self, text: str, t: str = "qna.question") -> str:
        """The id of the question with these words, as soon as it is shown; or of another record."""
        while True:
            for id, record in self.of(t).items():
                if record.get("text") == text:
                    return id
            await self._next()

    async def catch_up(self) -> None:
        """Everything said so far."""
        await self.say(t="join", id="again", room=self.room)
        self.joined = await self.until("joined", id="again")

    def of(self, t: str) -> dict[str, dict[str, Any]]:
        return {id: record for id, record in self.records.items() if record["t"] == t}


@asynccontextmanager
async def seated(
    kring: Reachable, room: str, browser: httpx2.AsyncClient | None = None, *, token: str | None = None
) -> AsyncIterator[Seat]:
    headers = {"Origin": kring.base}
    if browser is not None:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = kring.base.replace("http", "ws", 1) + "/ws"
    # No bound on what waits: somebody who doesn't read for a while would take ten seconds to say goodbye.
    async with connect(address, subprotocols=[Subprotocol(JSON)], additional_headers=headers, max_queue=None) as socket:
        seat = Seat(socket, room)
        await seat.say(t="hello", **({"token": token} if token else {}))
        await seat.until("welcome")
        await seat.say(t="join", id="1", room=room)
        seat.joined = await seat.until("joined")
        yield seat
