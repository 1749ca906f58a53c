"""uvicorn as Kring runs it: our own socket class and log, and a farewell before it closes."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.config import LoopFactoryType
from uvicorn.server import HANDLED_SIGNALS

from realtime.wire import MESSAGE_BYTES
from web.direct_socket import DirectSocket

BACKLOG = 4_096
GRACE_S = 5
"""How long requests under way may take once everybody has been told to come back."""
FAREWELL_S = 2.0
"""How long the farewell itself may take."""
POLL_S = 0.02


def configuration(app: ASGIApp, *, loop: LoopFactoryType = "auto") -> uvicorn.Config:
    """`loop` auto: uvloop where it is installed."""
    return uvicorn.Config(
        app,
        loop=loop,
        ws=DirectSocket,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan="on",
        backlog=BACKLOG,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
    )


class Server(uvicorn.Server):
    """Calls `listening` once it accepts connections, and `drain` before it closes them; uvicorn itself is abrupt."""

    def __init__(
        self, config: uvicorn.Config, *, listening: Callable[[], None], drain: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._listening, self._drain = listening, drain

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._listening()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await self._drain()
        await self._see_off()
        await super().shutdown(sockets)

    async def _see_off(self) -> None:
        """Let closing handshakes finish: a socket closed at once may lose its goodbye on the way."""
        deadline = asyncio.get_running_loop().time() + FAREWELL_S
        while asyncio.get_running_loop().time() < deadline:
            if not any(isinstance(connection, DirectSocket) for connection in self.server_state.connections):
                return
            await asyncio.sleep(POLL_S)

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but a signal is not raised again afterwards: the house has yet to be closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
