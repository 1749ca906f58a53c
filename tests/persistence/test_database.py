"""Transactions: one writer who waits its turn, consistent looks, nothing half done, no bytes left behind."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from persistence import communities, schema
from persistence import database as database_module
from persistence.database import PRAGMAS, WRITER, Database, Write, _engine
from persistence.migrations import migrate
from tests.persistence.talk import NOW, files


async def _count(database: Database) -> int:
    async with database.read() as tx:
        return len(await communities.everyone(tx))


async def _add(tx: Write, name: str = "Een") -> None:
    await communities.create(tx, name=name, purpose="", lang="nl", chat="Chat", now=NOW)


async def test_a_change_is_kept_whole_or_undone(database: Database) -> None:
    async with database.write() as tx:
        await _add(tx)
    with pytest.raises(ZeroDivisionError):
        await _fail(database)
    assert await _count(database) == 1


async def _fail(database: Database) -> None:
    async with database.write() as tx:
        await _add(tx, "Twee")
        raise ZeroDivisionError


@pytest.mark.parametrize("cancelled", [True, False])
async def test_closed_no_thread_of_it_is_left_though_somebody_was_cancelled_in_a_statement(
    tmp_path: Path, cancelled: bool
) -> None:
    """It would answer a loop that may be closed by then."""
    before, begun = set(threading.enumerate()), asyncio.Event()
    migrate(tmp_path)
    async with Database.open(tmp_path) as database:

        async def look() -> None:
            async with database.read() as tx:
                begun.set()
                await tx.execute(text(SLOW))

        task = asyncio.create_task(look())
        await begun.wait()
        await asyncio.sleep(0)
        if cancelled:
            task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() is cancelled
    assert [each.name for each in set(threading.enumerate()) - before if "_connection_worker" in each.name] == []


SLOW = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000000) SELECT max(n) FROM n"


async def test_a_cancelled_change_is_undone_and_the_next_writer_works(database: Database) -> None:
    begun = asyncio.Event()

    async def change() -> None:
        async with database.write() as tx:
            await _add(tx)
            begun.set()
            await asyncio.get_running_loop().create_future()

    task = asyncio.create_task(change())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as tx:
        await _add(tx, "Twee")
    assert await _count(database) == 1


async def test_a_change_cancelled_at_any_statement_is_undone(database: Database) -> None:
    for steps in range(12):
        task = asyncio.create_task(_write(database))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        async with database.read() as tx:
            made = await communities.everyone(tx)
            rooms = [await communities.rooms_of(tx, one.id) for one in made]
        assert all(len(found) == 1 for found in rooms), "a community without its chat is half a change"
    before = await _count(database)
    await _write(database)
    assert await _count(database) == before + 1


async def _write(database: Database) -> None:
    async with database.write() as tx:
        await _add(tx)


async def test_a_look_sees_one_state(database: Database) -> None:
    async with database.read() as looking:
        assert not await communities.everyone(looking)
        async with database.write() as tx:
            await _add(tx)
        assert not await communities.everyone(looking)
    assert await _count(database) == 1


async def test_a_look_changes_nothing(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as tx:
            await _add(Write(tx))


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as tx:
            await communities.add_room(tx, "nobody", kind="chat", title="x")


@asynccontextmanager
async def _two(directory: Path, begin: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes' databases, as far as SQLite can tell, whose writers begin like that."""
    async with Database.open(directory) as one, Database.open(directory) as two:
        for database in (one, two):
            await database._writing.dispose()
            database._writing = _engine(
                partial(database._open, directory / database_module.FILE), begin, PRAGMAS | WRITER, connections=1
            )
        yield one, two


async def _read_then_write(database: Database, times: int) -> None:
    for _ in range(times):
        async with database.write() as tx:
            found = len(await communities.everyone(tx))
            await asyncio.sleep(0)
            await _add(tx, str(found))


async def test_writers_of_two_processes_wait_for_each_other(directory: Path) -> None:
    async with _two(directory, "BEGIN IMMEDIATE") as (one, two):
        await asyncio.gather(_read_then_write(one, 10), _read_then_write(two, 10))
        async with one.read() as tx:
            names = (await tx.execute(select(schema.communities.c.name))).scalars().all()
    assert sorted(map(int, names)) == list(range(20))


async def test_control_writers_that_begin_deferred_fail_at_once(directory: Path) -> None:
    async with _two(directory, "BEGIN") as (one, two):
        results = await asyncio.gather(_read_then_write(one, 10), _read_then_write(two, 10), return_exceptions=True)
    assert any(isinstance(result, OperationalError) and "locked" in str(result) for result in results)


async def _planted(directory: Path, pragmas: dict[str, str]) -> bytes:
    """What the files hold after a planted word was deleted."""
    async with Database.open(directory) as database:
        await database._writing.dispose()
        database._writing = _engine(
            partial(database._open, directory / database_module.FILE), "BEGIN IMMEDIATE", pragmas, connections=1
        )
        async with database.write() as tx:
            await _add(tx, "planted-quokka")
        async with database.write() as tx:
            await tx.execute(text("DELETE FROM communities"))
        assert await database.truncate_log()
    return files(directory)


async def test_what_is_deleted_leaves_no_bytes(directory: Path) -> None:
    assert b"planted-quokka" not in await _planted(directory, PRAGMAS | WRITER)


async def test_control_without_secure_delete_the_bytes_stay(directory: Path) -> None:
    assert b"planted-quokka" in await _planted(directory, PRAGMAS | WRITER | {"secure_delete": "off"})


async def test_the_log_waits_for_readers(database: Database) -> None:
    async with database.write() as tx:
        await _add(tx)
    async with database.read() as looking:
        await communities.everyone(looking)
        async with database.write() as tx:
            await _add(tx)
        assert not await database.truncate_log()
    assert await database.truncate_log()


async def test_giving_up_emptying_the_log_is_a_cancellation_and_the_database_goes_on(database: Database) -> None:
    """As when a server stops: anything else than a cancellation would be taken for a fault of the drain."""
    waiting = asyncio.Event()

    def about_to(connection: object, cursor: object, statement: str, *more: object) -> None:
        if "wal_checkpoint" in statement:
            waiting.set()

    event.listen(database._writing.sync_engine, "before_cursor_execute", about_to)
    async with database.write() as tx:
        await _add(tx)
    async with database.read() as looking:
        await communities.everyone(looking)  # in the way, so that it waits
        async with database.write() as more:
            await _add(more, "Twee")
        emptying = asyncio.create_task(database.truncate_log())
        await waiting.wait()
        emptying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await emptying
    async with database.write() as tx:
        await _add(tx, "Drie")
        busy = (await tx.execute(text("PRAGMA busy_timeout"))).scalar_one()
    assert busy == int(PRAGMAS["busy_timeout"])
    assert await database.truncate_log()
    assert await _count(database) == 3


def test_others_on_the_machine_cannot_read_it(directory: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    fresh = tmp_path_factory.mktemp("data") / "new"
    migrate(fresh)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700
    assert stat.S_IMODE((fresh / "library.db").stat().st_mode) == 0o600
