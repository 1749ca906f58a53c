"""A stand-in for the hub that answers each message with itself, so that the socket alone is tested."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from realtime.connection import Transport
from realtime.frames import frame
from realtime.gate import Identity
from realtime.wire import CLOSE_CODES, CODECS, CloseCode, Codec
from web.direct_socket import Attached
from web.socket import ForbiddenOrigin, Sockets


class Echo:
    """A connection that writes down what happens to it."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self.transport, self.codec = transport, codec
        self.messages: asyncio.Queue[bytes] = asyncio.Queue()
        self.closes = 0
        self.unsents = 0
        self.gone = asyncio.Event()
        self.ended: CloseCode | None = None
        self.react: Callable[[bytes], object] = self.echo

    def received(self, message: bytes) -> None:
        self.messages.put_nowait(message)
        self.react(message)

    def echo(self, message: bytes) -> None:
        self.transport.write(frame(self.codec, message))

    def closed(self) -> None:
        self.closes += 1
        self.gone.set()

    def unsent(self) -> None:
        self.unsents += 1

    def close(self, why: CloseCode, *, retry_ms: int | None = None, detail: str | None = None) -> None:
        self.ended = why
        self.transport.close(CLOSE_CODES[why], why)


class EchoHub:
    def __init__(self) -> None:
        self.attached: asyncio.Queue[Echo] = asyncio.Queue()
        self.connections: list[Echo] = []
        self.languages: list[str] = []

    def attach(self, transport: Transport, identity: Identity | None, lang: str, subprotocol: str) -> Attached:
        connection = Echo(transport, CODECS[subprotocol])
        self.connections.append(connection)
        self.languages.append(lang)
        self.attached.put_nowait(connection)
        return connection


async def anybody(websocket: WebSocket) -> Identity | None:
    return None


async def nobody(websocket: WebSocket) -> Identity | None:
    raise ForbiddenOrigin


def echo_app(hub: EchoHub, recognise: Callable[..., object] = anybody) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield

    sockets = Sockets(lambda websocket: hub, recognise, "en")  # type: ignore[arg-type]
    return Starlette(routes=[WebSocketRoute("/ws", sockets.open)], lifespan=lifespan)
