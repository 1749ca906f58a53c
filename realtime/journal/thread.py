"""A SQLite connection with a thread of its own, that runs a whole piece of work in one visit."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

import aiosqlite

from realtime.journal import tables

T = TypeVar("T")


class Thread(aiosqlite.Connection):
    """An aiosqlite connection whose transactions are one function each.

    Statement by statement, aiosqlite visits its thread three times for a commit (half the speed for a room alone), and
    a cancelled task could leave a transaction open in between.
    """

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, busy_s: float) -> AsyncIterator[Self]:
        """Always closed in the end: an open connection's thread keeps the process from ending."""
        thread = cls(partial(tables.connect, path, busy_s), iter_chunk_size=64)
        try:
            async with thread:
                yield thread
        finally:
            await thread._ended()

    async def _ended(self) -> None:
        """Closing may have been cancelled: the thread goes on for a moment, and would answer a loop that is closed."""
        if self._running:
            self.stop()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` answers. Cancelled meanwhile, the work is still done."""
        answer: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]
        return answer
