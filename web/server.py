"""uvicorn as Kring runs it: our own socket class and log, and a farewell before it closes."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.config import LoopFactoryType

from realtime.wire import MESSAGE_BYTES
from web.direct_socket import DirectSocket

BACKLOG = 4_096
GRACE_S = 5
"""How long requests under way may take once everybody has been told to come back."""


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
        await super().shutdown(sockets)
