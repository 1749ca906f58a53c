"""Many come in at once: one transaction, yet each is kept or refused by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from persistence import migrations
from persistence.database import Database, Write
from web.doorway import Doorway


class Counted(Database):
    """Counts its transactions; the first ones wait for `go`."""

    transactions = 0
    go: asyncio.Event

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Write]:
        self.transactions += 1
        await self.go.wait()
        async with super().write() as tx:
            yield tx


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Counted]:
    await asyncio.to_thread(migrations.migrate, tmp_path)
    async with Counted.open(tmp_path) as found:
        assert isinstance(found, Counted)
        found.go = asyncio.Event()
        found.go.set()
        async with found.write() as tx:
            await tx.execute(text("CREATE TABLE seen (number INTEGER UNIQUE)"))
        yield found


@asynccontextmanager
async def open_doorway(database: Database) -> AsyncIterator[Doorway]:
    doorway = Doorway(database)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(doorway.run())
        yield doorway
        running.cancel()


async def see(doorway: Doorway, number: int) -> int:
    async def act(tx: Write) -> int:
        await tx.execute(text("INSERT INTO seen VALUES (:number)"), {"number": number})
        if number < 0:
            raise ValueError(number)
        return number

    return await doorway.write(act)


async def seen(database: Database) -> list[int]:
    async with database.read() as tx:
        return list((await tx.execute(text("SELECT number FROM seen ORDER BY number"))).scalars())


async def test_a_crowd_shares_a_few_transactions(database: Counted) -> None:
    before = database.transactions
    async with open_doorway(database) as doorway:
        assert await asyncio.gather(*(see(doorway, n) for n in range(100))) == list(range(100))
    assert await seen(database) == list(range(100))
    assert database.transactions - before <= 3


async def test_one_that_fails_leaves_nothing_and_fails_nobody_else(database: Counted) -> None:
    async with open_doorway(database) as doorway:
        found = await asyncio.gather(*(see(doorway, n) for n in (1, -1, 2, 1, 3)), return_exceptions=True)
    assert [type(outcome).__name__ for outcome in found] == ["int", "ValueError", "int", "IntegrityError", "int"]
    assert await seen(database) == [1, 2, 3]


async def test_when_nothing_is_kept_everybody_is_told(database: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def full() -> AsyncIterator[Write]:
        async with Database.write(database) as tx:
            yield tx
            raise OSError("the disk is full")

    async with open_doorway(database) as doorway:
        with monkeypatch.context() as patch:
            patch.setattr(database, "write", full)
            found = await asyncio.gather(see(doorway, 1), see(doorway, 2), return_exceptions=True)
        assert [str(outcome) for outcome in found] == ["the disk is full"] * 2
        assert await seen(database) == []
        assert await see(doorway, 3) == 3


async def test_who_went_away_while_waiting_is_not_let_in(database: Counted) -> None:
    async with open_doorway(database) as doorway:
        database.go.clear()
        first = asyncio.ensure_future(see(doorway, 1))
        await asyncio.sleep(0)
        late = asyncio.ensure_future(see(doorway, 2))
        await asyncio.sleep(0)
        late.cancel()
        database.go.set()
        assert await first == 1
        assert await see(doorway, 3) == 3
    assert await seen(database) == [1, 3]
