"""How the ASGI peers are served: uvicorn with uvloop and httptools, without compression, access log or pings."""

from __future__ import annotations

import socket
from typing import Literal

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override


class Speaking(uvicorn.Server):
    """Says so once it listens."""

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print("listening", flush=True)


def serve(app: ASGIApp, port: int, *, lifespan: Literal["auto", "off"] = "auto") -> None:
    """Until the process is ended."""
    config = uvicorn.Config(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan=lifespan,
        backlog=4_096,
        access_log=False,
        log_level="warning",
        server_header=False,
    )
    Speaking(config).run()
