"""Starlette as its users write it: a set of sockets, and `await send_text` in a loop."""

from __future__ import annotations

import sys

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.bench.peers.serving import serve

everybody: set[WebSocket] = set()


async def room(socket: WebSocket) -> None:
    await socket.accept()
    everybody.add(socket)
    try:
        await socket.send_text("hi")
        while True:
            text = await socket.receive_text()
            for other in list(everybody):
                await other.send_text(text)
    except WebSocketDisconnect:
        pass
    finally:
        everybody.discard(socket)


if __name__ == "__main__":
    serve(Starlette(routes=[WebSocketRoute("/ws", room)]), int(sys.argv[1]))
