"""The `websockets` library with its own `broadcast`, on uvloop, without compression or keepalive."""

from __future__ import annotations

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def room(socket: ServerConnection) -> None:
    everybody.add(socket)
    try:
        await socket.send("hi")
        async for message in socket:
            broadcast(everybody, message)
    finally:
        everybody.discard(socket)


async def main(port: int) -> None:
    async with serve(room, "127.0.0.1", port, compression=None, ping_interval=None, backlog=4_096):
        print("listening", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
