"""How much an idle connection costs (F1): `python -m tests.web.idle` prints KiB of memory per connection."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import msgspec

from realtime.frames import frame
from realtime.wire import CODECS, JSON
from tests.web.process import Serving, served
from web.serve import raise_open_files

HANDSHAKE = (
    "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://{host}\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n"
)
PER_PERSON = 40


async def measure(count: int) -> tuple[float, float]:
    """KiB per connection that only said hello, and more of it when it is in a room too."""
    raise_open_files()
    with tempfile.TemporaryDirectory() as directory:
        async with served(Path(directory)) as serving, AsyncExitStack() as stack:
            people = [await stack.enter_async_context(somebody(serving)) for _ in range(count // PER_PERSON)]
            room = await room_of(serving, people[0])
            for cookie in people[:2]:
                await stack.enter_async_context(connections(serving, cookie, PER_PERSON, room))  # warm
            before = serving.memory_kib
            opened = [
                await stack.enter_async_context(connections(serving, cookie, PER_PERSON, None)) for cookie in people[2:]
            ]
            greeted = serving.memory_kib
            for some in opened:
                await tell_all(some, {"t": "join", "id": "1", "room": room}, b'"joined"')
            seated = serving.memory_kib
    number = sum(map(len, opened))
    return (greeted - before) / number, (seated - before) / number


@asynccontextmanager
async def somebody(serving: Serving) -> AsyncIterator[str]:
    """A guest's cookie."""
    headers = {"X-Kring": "1", "Origin": serving.base}
    async with httpx2.AsyncClient(base_url=serving.base, headers=headers) as browser:
        answer = await browser.post("/api/join", json={"code": serving.code, "name": f"G {id(browser)}"})
        assert answer.status_code == 200, answer.text
        yield "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def room_of(serving: Serving, cookie: str) -> str:
    async with httpx2.AsyncClient(base_url=serving.base, headers={"Cookie": cookie}) as browser:
        found: str = (await browser.get("/api/community")).json()["rooms"][0]["id"]
        return found


Streams = list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]


@asynccontextmanager
async def connections(serving: Serving, cookie: str, count: int, room: str | None) -> AsyncIterator[Streams]:
    """Sockets that said hello, and are in a room if one is given."""
    host = serving.base.removeprefix("http://")
    address, _, port = host.partition(":")
    opened: Streams = []
    try:
        for _ in range(count):
            reader, writer = await asyncio.open_connection(address, int(port))
            opened.append((reader, writer))
            writer.write(HANDSHAKE.format(host=host, cookie=cookie).encode())
            await reader.readuntil(b"\r\n\r\n")
        await tell_all(opened, {"t": "hello"}, b'"welcome"')
        if room is not None:
            await tell_all(opened, {"t": "join", "id": "1", "room": room}, b'"joined"')
        yield opened
    finally:
        for _, writer in opened:
            writer.transport.abort()


async def tell_all(streams: Streams, message: dict[str, str], answer: bytes) -> None:
    body = frame(CODECS[JSON], msgspec.json.encode(message))
    masked = bytes((body[0], body[1] | 0x80)) + bytes(4) + body[2:]  # a mask of zeros
    for reader, writer in streams:
        writer.write(masked)
        await reader.readuntil(answer)


if __name__ == "__main__":
    greeted, seated = asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
    print(f"{greeted:.1f} KiB per idle connection, {seated:.1f} KiB when it is in a room")
