"""A SQLite connection with a thread of its own that runs each statement, result and all, in one visit.

As it comes, aiosqlite visits its thread four times per statement: letting somebody in took 37 visits and 20 ms.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

import aiosqlite
from msgspec import Struct

T = TypeVar("T")
Parameters = Sequence[str | bytes | int | float | None]


class Answer(Struct, frozen=True, gc=False):
    """What a statement came to; `description` is None when it brings no rows."""

    description: tuple[object, ...] | None = None
    rows: Sequence[tuple[object, ...]] = ()
    rowcount: int = -1
    lastrowid: int | None = None


class Connection(aiosqlite.Connection):
    """What SQLAlchemy takes for an aiosqlite connection."""

    @classmethod
    async def open(cls, path: Path) -> Self:
        connection = cls(partial(sqlite3.connect, path, isolation_level=None), iter_chunk_size=64)
        connection._thread.daemon = True  # a forgotten one must not keep the process from ending
        await connection
        return connection

    async def ended(self) -> None:
        """Returns when its thread is no more: one that is closed, or was thrown away with a statement under way."""
        if self._running:
            self.stop()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    async def rollback(self) -> None:
        """Nothing to do after a commit, which is when the pool asks for it as well."""
        if self.in_transaction:
            await super().rollback()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        answer: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]
        return answer


class Cursor:
    """The last answer of a connection. Making and closing it costs no visit."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._answer = Answer()

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> tuple[object, ...] | None:
        return self._answer.description

    @property
    def rowcount(self) -> int:
        return self._answer.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._answer.lastrowid

    async def execute(self, statement: str, parameters: Parameters = ()) -> Self:
        self._answer = await self._connection.run(lambda db: _answer(db.execute(statement, parameters)))
        return self

    async def executemany(self, statement: str, parameters: Iterable[Parameters]) -> Self:
        self._answer = await self._connection.run(lambda db: _answer(db.executemany(statement, parameters)))
        return self

    async def fetchall(self) -> Sequence[tuple[object, ...]]:
        return self._answer.rows

    async def close(self) -> None:
        """Closed it was in its visit; SQLAlchemy reads the answer even after."""


def _answer(cursor: sqlite3.Cursor) -> Answer:
    """Everything at once: a result half read would hold up the end of its transaction."""
    rows = cursor.fetchall() if cursor.description else ()
    answer = Answer(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return answer
