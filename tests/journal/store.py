"""A store of entries, whichever journal keeps it, and what the laws do with one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from realtime.journal import UNBORN, Entry, Journal, News, Position, next_mark
from realtime.journal.local import LocalJournal
from realtime.journal.loop import new_attempt
from realtime.journal.redis import RedisJournal
from tests.journal.adverse import World

ROOM = "community"
TAIL = 5
"""Every store keeps this many entries behind a checkpoint, so that trimming shows early."""


class Store(Protocol):
    """Somewhere durable. Opening it again is a restart; `processes` journals see the same rooms."""

    def open(self, processes: int = 1) -> AbstractAsyncContextManager[Sequence[Journal]]: ...


class LocalStore(Struct):
    """One file. Processes of the local journal are several users of one object."""

    path: Path
    news_bytes: int = 4 << 20

    @asynccontextmanager
    async def open(self, processes: int = 1) -> AsyncIterator[Sequence[Journal]]:
        async with LocalJournal.open(self.path, tail=TAIL, news_bytes=self.news_bytes) as journal:
            yield [journal] * processes


class RedisStore(Struct):
    """A Redis that many processes share; each store has keys of its own."""

    url: str
    prefix: str

    @asynccontextmanager
    async def open(self, processes: int = 1) -> AsyncIterator[Sequence[Journal]]:
        async with AsyncExitStack() as stack:
            journals = [
                RedisJournal.open(self.url, prefix=self.prefix, tail=TAIL, poll_s=0.02, healing_s=0)
                for _ in range(processes)
            ]
            yield [await stack.enter_async_context(journal) for journal in journals]


class WorldStore(Struct):
    world: World

    def open(self, processes: int = 1) -> AbstractAsyncContextManager[Sequence[Journal]]:
        return self.world.open(processes)


def chained(after: Position, entries: Sequence[Entry]) -> None:
    """The entries follow `after` one by one, and each mark is the hash of all before (J1)."""
    for entry in entries:
        assert entry.seq == after.seq + 1
        assert after == UNBORN or entry.mark == next_mark(after.mark, entry.body)
        after = entry.position


async def fill(
    journal: Journal, count: int, *, room: str = ROOM, on: Position = UNBORN, size: int = 8
) -> list[Position]:
    """Append so many entries, one after another; their positions."""
    positions = []
    for _ in range(count):
        on = await journal.append(room, b"%0*d" % (size, on.seq + 1), on, new_attempt())
        positions.append(on)
    return positions


async def whole(journal: Journal, room: str = ROOM) -> Sequence[Entry]:
    """Every entry of a room of which nothing was trimmed."""
    past = await journal.read(room, UNBORN)
    assert past.checkpoint is None
    assert past.head == (past.entries[-1].position if past.entries else UNBORN)
    return past.entries


async def turns(count: int = 20) -> None:
    """Let everybody else go on for a while."""
    for _ in range(count):
        await asyncio.sleep(0)


async def collect(journal: Journal, after: Position, upto: int, room: str = ROOM, pause: int = 0) -> list[Entry]:
    """What a follower sees until it has seen `upto`, pausing so many turns after each piece."""
    async with aclosing(journal.follow(room, after)) as news:
        return await until(news, upto, pause)


async def until(news: AsyncIterator[Sequence[News]], upto: int, pause: int = 0) -> list[Entry]:
    seen: list[Entry] = []
    async for pieces in news:
        seen.extend(piece for piece in pieces if isinstance(piece, Entry))
        if seen and seen[-1].seq >= upto:
            break
        await turns(pause)
    return seen
