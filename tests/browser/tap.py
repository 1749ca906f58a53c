"""A tap on the line between browser and server: everything goes through unchanged, and what the browser sent is kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

REQUEST = re.compile(rb"(?:^|\r\n|\x00)(?:GET|HEAD|POST|PUT|DELETE|OPTIONS) (\S+) HTTP/1\.1\r\n")
CHUNK = 65_536


class Tap:
    """`base`: where the browser goes instead."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.heard: list[bytearray] = []

    @property
    def addresses(self) -> list[str]:
        """What stood in the request lines, as the server got them."""
        return [found.decode() for stream in self.heard for found in REQUEST.findall(bytes(stream))]


@asynccontextmanager
async def tapped(base: str) -> AsyncIterator[Tap]:
    """A tap on the server at `base`."""
    host, _, port = base.removeprefix("http://").partition(":")
    passing: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        passing.add(task)
        stream = bytearray()
        tap.heard.append(stream)
        try:
            with suppress(OSError):  # nobody is there
                theirs, ours = await asyncio.open_connection(host, int(port))
                await _both_ways(reader, writer, theirs, ours, stream)
        finally:
            writer.close()
            passing.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    tap = Tap(server.sockets[0].getsockname()[1])
    async with server:
        try:
            yield tap
        finally:
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    theirs: asyncio.StreamReader,
    ours: asyncio.StreamWriter,
    copy: bytearray,
) -> None:
    """Until both have ended."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_pass(reader, ours, copy))
            tasks.create_task(_pass(theirs, writer, None))
    finally:
        ours.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, copy: bytearray | None) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            if copy is not None:
                copy += data
            writer.write(data)
            await writer.drain()
        writer.write_eof()
