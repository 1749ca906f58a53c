"""A small TCP proxy that cuts, holds up and swallows: where connections break in the tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pair:
    """One connection through the proxy. `up` and `down`: cleared, nothing passes to the server, or to the client."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.up, self.down = asyncio.Event(), asyncio.Event()
        self.up.set()
        self.down.set()
        self._writers = (client, server)

    def cut(self) -> None:
        """At once, as when a network goes away."""
        for writer in self._writers:
            writer.transport.abort()


class Proxy:
    """Listens on `port`, and leads to `target`. `answering` cleared: new connections wait.

    `away_s`: how much longer than without it everything is on its way, in each direction.
    """

    def __init__(self, target: int, away_s: float = 0.0) -> None:
        self.target = target
        self.away_s = away_s
        self.port = 0
        self.pairs: list[Pair] = []
        self.accepted = 0
        self.answering = asyncio.Event()
        self.answering.set()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, target: int, away_s: float = 0.0) -> AsyncIterator[Proxy]:
        proxy = cls(target, away_s)
        server = await asyncio.start_server(proxy._accept, "127.0.0.1", 0)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            proxy.answering.set()
            proxy.cut()
            for task in proxy._tasks:
                task.cancel()
            await asyncio.gather(*proxy._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Every connection."""
        for pair in self.pairs:
            pair.cut()
        self.pairs.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.accepted += 1
        await self.answering.wait()
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        pair = Pair(writer, to_server)
        self.pairs.append(pair)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_pump(reader, to_server, pair.up, self.away_s))
                tasks.create_task(_pump(from_server, writer, pair.down, self.away_s))
        finally:
            pair.cut()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event, away_s: float) -> None:
    try:
        while data := await reader.read(65_536):
            await gate.wait()
            if away_s:
                await asyncio.sleep(away_s)
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()
