"""Following a room: past, then live, without a gap or a repeat, however slow the reader (J1).

A follower's queue is bounded. One that falls behind loses its queue, never an entry: it reads the range it lacks.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from realtime.journal import Entry, News, Position, Unreachable, Whisper

NEWS_BYTES = 64
"""What a piece of news weighs beside its body, roughly."""

Read = Callable[[str, Position], Awaitable[Sequence[Entry]]]
"""The next entries after a position, some or all of them; none at the head. Raises Lost, Forked, Unreachable."""


class Follower:
    """What one reader has still to take: at most `most_bytes`, of which whispers half."""

    def __init__(self, most_bytes: int) -> None:
        self.behind = True
        """There are entries that only the journal has."""
        self._most_bytes = most_bytes
        self._news: list[News] = []
        self._bytes = 0
        self._closed = False
        self._wake = asyncio.Event()

    def tell(self, entries: Sequence[Entry]) -> None:
        self._bytes += sum(NEWS_BYTES + len(entry.body) for entry in entries)
        if self._bytes > self._most_bytes:
            self.fall_behind()
        else:
            self._news.extend(entries)
            self._wake.set()

    def whisper(self, whisper: Whisper) -> None:
        size = NEWS_BYTES + len(whisper.body)
        if self._bytes + size <= self._most_bytes // 2:
            self._bytes += size
            self._news.append(whisper)
            self._wake.set()

    def fall_behind(self) -> None:
        """Forget the queue: the reader has to ask the journal."""
        self.behind = True
        self._news, self._bytes = [], 0
        self._wake.set()

    def close(self) -> None:
        self._closed = True
        self._wake.set()

    async def take(self) -> list[News]:
        """Everything that waits; empty when the reader has fallen behind. Raises Unreachable once closed."""
        await self._wake.wait()
        if self._closed:
            raise Unreachable("the journal is closed")
        self._wake.clear()
        news, self._news, self._bytes = self._news, [], 0
        return news


class Followers:
    """All the followers of one journal object."""

    def __init__(self, most_bytes: int) -> None:
        self.holes = 0
        """How often something told had not arrived, and was read instead."""
        self._most_bytes = most_bytes
        self._rooms: dict[str, list[Follower]] = {}

    @contextmanager
    def join(self, room: str) -> Iterator[Follower]:
        follower = Follower(self._most_bytes)
        self._rooms.setdefault(room, []).append(follower)
        try:
            yield follower
        finally:
            self._rooms[room].remove(follower)
            if not self._rooms[room]:
                del self._rooms[room]

    def of(self, room: str) -> Sequence[Follower]:
        return self._rooms.get(room, ())

    def close(self) -> None:
        """Every follower raises Unreachable."""
        for followers in self._rooms.values():
            for follower in followers:
                follower.close()


async def follow(followers: Followers, room: str, after: Position, read: Read) -> AsyncGenerator[Sequence[News], None]:
    """What `Journal.follow` promises, from news that may be missed and reads that are complete."""
    with followers.join(room) as follower:  # before the first read, so that nothing falls in between
        while True:
            while follower.behind:
                follower.behind = False
                while entries := await read(room, after):
                    after = entries[-1].position
                    yield entries
            news = _fresh(await follower.take(), after)
            if news is None:
                followers.holes += 1
                follower.fall_behind()
            elif news:
                after = next((piece.position for piece in reversed(news) if isinstance(piece, Entry)), after)
                yield news


def _fresh(news: Sequence[News], after: Position) -> list[News] | None:
    """Without what was read meanwhile; None when there is a hole."""
    fresh: list[News] = []
    seq = after.seq
    for piece in news:
        if isinstance(piece, Entry):
            if piece.seq <= seq:
                continue
            if piece.seq > seq + 1:
                return None
            seq = piece.seq
        fresh.append(piece)
    return fresh
