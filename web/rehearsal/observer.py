"""Somebody who only watches: sees every message, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Mapping
from itertools import pairwise
from typing import NamedTuple

from realtime.client import Record, Room

MESSAGE = "chat.message"


class Sight(NamedTuple):
    """A message as the room has it. `at` (seconds): when it came; None: it was looked up afterwards."""

    n: int
    by: str
    text: str
    at: float | None


class Observer:
    """Watches a room from where it is now; `by` tells whose messages count."""

    def __init__(self, room: Room, by: Container[str], clock: Callable[[], float]) -> None:
        self.count = 0
        """Messages seen of those that count."""
        self._room = room
        self._by = by
        self._clock = clock
        self._changes = room.changes()
        self._sights: dict[int, Sight] = {}
        self._before = max((_number(record) for record in room.records.values()), default=0)
        self._news = asyncio.Event()

    async def watch(self) -> None:
        """For ever. Raises what ends the room."""
        async for change in self._changes:
            self._take(change.put, self._clock())
            self._news.set()

    async def until(self, count: int, patience_s: float) -> None:
        """Until that many were seen, or for so long nothing came."""
        while self.count < count:
            self._news.clear()
            try:
                async with asyncio.timeout(patience_s):
                    await self._news.wait()
            except TimeoutError:
                return

    async def look_up(self) -> None:
        """Page for what was missed: numbers are without gaps in a room (a deleted message leaves one)."""
        known = sorted(n for n in self._sights if n > self._before)
        for low, high in pairwise([self._before, *known]):
            before = high
            while before - low > 1:
                page = await self._room.page(before)
                self._take(page.put, None)
                before = min((_number(record) for record in page.put.values()), default=0)

    def by_speaker(self) -> dict[str, list[Sight]]:
        """actor → what they said, in the room's order."""
        found: dict[str, list[Sight]] = {}
        for n in sorted(self._sights):
            found.setdefault(self._sights[n].by, []).append(self._sights[n])
        return {by: sights for by, sights in found.items() if by in self._by}

    def _take(self, put: Mapping[str, Record], at: float | None) -> None:
        for record in put.values():
            n, by, text = _number(record), record.get("by"), record.get("text")
            if record.get("t") != MESSAGE or n <= self._before or n in self._sights:
                continue
            self._sights[n] = Sight(n, str(by), str(text), at)
            self.count += by in self._by


def _number(record: Record) -> int:
    n = record.get("n")
    return n if isinstance(n, int) else 0
