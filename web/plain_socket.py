"""The slow way to a browser, on any ASGI server: a task that reads and a task that writes for each connection.

Used by itself wherever the server is not our uvicorn (see `web.socket`). It keeps the same promises as
`web.direct_socket`: whole messages in order, nothing received during a pause, nothing sent after a close.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator

from starlette.websockets import WebSocket, WebSocketDisconnect

from realtime.connection import Transport
from realtime.wire import MESSAGE_BYTES, CloseCode
from web.direct_socket import Attached

_TEXT, _CLOSE = 0x1, 0x8


class PlainSocket:
    """A Transport over an accepted ASGI WebSocket."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._outgoing: deque[bytes] = deque()
        self._connection: Attached | None = None
        self._buffered = 0
        self._closing: tuple[int, str] | None = None
        self._woken = asyncio.Event()
        self._readable = asyncio.Event()
        self._readable.set()

    async def serve(self, attach: Callable[[Transport], Attached]) -> None:
        """Until either side closes."""
        connection = self._connection = attach(self)
        try:
            async with asyncio.TaskGroup() as tasks:
                writer = tasks.create_task(self._write_all())
                await self._read_all(connection)
                writer.cancel()
        finally:
            connection.closed()

    # ---- realtime.connection.Transport ---------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        if self._closing is None:
            self._outgoing.append(data)
            self._buffered += len(data)
            self._woken.set()
            if self._connection is not None:
                self._connection.unsent()

    def buffered(self) -> int:
        return self._buffered

    def close(self, code: int, reason: str) -> None:
        if self._closing is None:
            self._closing = code, reason
            self._woken.set()
            self._readable.set()

    def pause(self) -> None:
        self._readable.clear()

    def resume(self) -> None:
        self._readable.set()

    # ---- inside --------------------------------------------------------------------------------------------------

    async def _read_all(self, connection: Attached) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("bytes") or (message.get("text") or "").encode()
            await self._readable.wait()
            if self._closing is not None:
                continue
            if len(data) > MESSAGE_BYTES:
                connection.close(CloseCode.BAD_MESSAGE, detail=f"{len(data)} bytes, over the limit of {MESSAGE_BYTES}")
            else:
                connection.received(data)

    async def _write_all(self) -> None:
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                while self._outgoing:
                    data = self._outgoing.popleft()
                    for opcode, payload in unframed(data):
                        await self._send(opcode, payload)
                    self._buffered -= len(data)
                if self._closing is not None:
                    await self._websocket.close(*self._closing)
                    return
        except (WebSocketDisconnect, RuntimeError):
            return  # the client is gone: the reading side is told so too

    async def _send(self, opcode: int, payload: bytes) -> None:
        if opcode == _TEXT:
            await self._websocket.send_text(payload.decode())
        elif opcode != _CLOSE:
            await self._websocket.send_bytes(payload)


def unframed(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(opcode, payload) of each of the server's own frames: whole, unmasked, final."""
    at = 0
    while at < len(data):
        opcode, size = data[at] & 0x0F, data[at + 1]
        at += 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size = int.from_bytes(data[at : at + wide], "big")
            at += wide
        yield opcode, data[at : at + size]
        at += size
