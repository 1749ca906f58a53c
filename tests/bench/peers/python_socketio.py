"""python-socketio as its documentation recommends for speed: ASGI under uvicorn with uvloop, WebSocket only."""

from __future__ import annotations

import sys

import socketio

from tests.bench.peers.serving import serve

server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], cors_allowed_origins="*")


@server.on("message")  # type: ignore[untyped-decorator]
async def message(_: str, text: str) -> None:
    await server.emit("message", text)


@server.on("vote")  # type: ignore[untyped-decorator]
async def vote(_: str, text: str) -> str:
    """A bare acknowledgement: nothing is stored, and nobody is told."""
    return text


if __name__ == "__main__":
    serve(socketio.ASGIApp(server), int(sys.argv[1]))
