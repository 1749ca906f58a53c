"""The database `library.db`: everything that is kept but for the journal.

Functions of this package take a transaction as their first argument: `Read` for a consistent look, `Write` for a
change. A `Write` reads as well. There is one writer at a time, in this process and among processes.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NewType

from sqlalchemy import Connection as AnyConnection
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from persistence.visits import Connection

FILE = "library.db"
READERS = 4
BUSY_MS = 5_000
TRUNCATE_MS = 200

Read = NewType("Read", AsyncConnection)
"""A transaction that sees one state of the database and changes nothing."""
Write = NewType("Write", Read)
"""The transaction that may change it; all or nothing."""

PRAGMAS = {
    "busy_timeout": str(BUSY_MS),
    "foreign_keys": "on",
    "temp_store": "memory",  # people's words don't go into temporary files
}
WRITER = {
    "journal_mode": "wal",
    "synchronous": "full",
    "secure_delete": "on",  # what is deleted leaves no bytes behind in the file
    "cache_size": "-16384",  # KiB, used as needed: ids are random, so a long past is written to all over
}
READER = {"query_only": "on"}


class Database:
    """Transactions on one database; close it when done."""

    def __init__(self, directory: Path) -> None:
        """`directory`: the data directory, whose database `migrate` has brought up to date."""
        path = directory / FILE
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._opened = weakref.WeakSet[Connection]()
        opened = partial(self._open, path)
        self._writing = _engine(opened, "BEGIN IMMEDIATE", PRAGMAS | WRITER, connections=1)
        self._reading = _engine(opened, "BEGIN", PRAGMAS | READER, connections=READERS)

    @classmethod
    @asynccontextmanager
    async def open(cls, directory: Path) -> AsyncIterator[Database]:
        """The database for the length of a block."""
        database = cls(directory)
        try:
            await database.truncate_log()
            yield database
        finally:
            await database.close()

    async def close(self) -> None:
        """Returns when no thread of it is left, even where somebody was cancelled in the middle of a statement."""
        await self._reading.dispose()
        await self._writing.dispose()
        for connection in [*self._opened]:
            await connection.ended()

    async def _open(self, path: Path) -> Connection:
        connection = await Connection.open(path)
        self._opened.add(connection)
        return connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Read]:
        """One state of the database, as it was at the first look."""
        async with self._reading.begin() as connection:
            yield Read(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Write]:
        """A change: kept when the block ends, undone when it raises or is cancelled. Don't nest."""
        async with self._writing.begin() as connection:
            yield Write(Read(connection))

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log, so that bytes of what was deleted are in no file any more.

        False: a reader is in the way; try again later. Opening does it too.
        """
        async with self._writing.connect() as connection:
            await connection.execution_options(**{_BARE: True})
            await connection.exec_driver_sql(f"PRAGMA busy_timeout={TRUNCATE_MS}")
            try:
                found = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                busy: int = found.one()[0]
            finally:
                if not connection.invalidated:  # as after a cancellation: then the pool throws it away
                    await connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")
            return not busy

    async def scrub(self) -> bool:
        """Write the file anew and empty its log: no byte of what was deleted is left, wherever rows were moved (C7).

        False: a reader is in the way; try again later.
        """
        async with self._writing.connect() as connection:
            await connection.execution_options(**{_BARE: True})
            await connection.exec_driver_sql("VACUUM")
        return await self.truncate_log()


_BARE = "kring_bare"
"""Execution option: statements outside any transaction."""


def _engine(
    opened: Callable[[], Awaitable[Connection]], begin: str, pragmas: dict[str, str], connections: int
) -> AsyncEngine:
    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=opened,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # errors are logged; names and words are not
    )
    own_transactions(engine.sync_engine, begin, pragmas)
    return engine


def own_transactions(engine: object, begin: str, pragmas: dict[str, str]) -> None:
    """Begin transactions ourselves, as `begin` says: the driver begins late and deferred, which ends in BUSY."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    def on_begin(connection: AnyConnection) -> None:
        if not connection.get_execution_options().get(_BARE):
            connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
