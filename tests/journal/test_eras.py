"""J8: a server that forgot, or that came back older, first hears those who know more; nothing new before that."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack, aclosing, asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from realtime.journal import UNBORN, Conflict, Entry, Lost, Position, Undecided, Wait
from realtime.journal.loop import new_attempt, pauses, settle
from realtime.journal.redis import RedisJournal
from tests.journal.store import ROOM, fill, whole
from tests.journal.valkey import valkey

SOON_S = 10.0
HEALING_S = 0.5


@asynccontextmanager
async def processes(url: str, count: int, healing_s: float = HEALING_S) -> AsyncIterator[Sequence[RedisJournal]]:
    async with AsyncExitStack() as stack, asyncio.timeout(SOON_S):
        yield [
            await stack.enter_async_context(RedisJournal.open(url, healing_s=healing_s, answer_s=1.0))
            for _ in range(count)
        ]


async def appended(journal: RedisJournal, body: bytes, on: Position) -> Position:
    """However long those who may know more have to say so."""
    attempt = new_attempt()
    while True:
        try:
            return await settle(journal, ROOM, body, on, attempt=attempt, patience=pauses(SOON_S))
        except Wait as wait:
            await asyncio.sleep(wait.retry_ms / 1_000)


async def told_to_wait(journal: RedisJournal, body: bytes, on: Position) -> None:
    async for _ in pauses(SOON_S):
        try:
            await journal.append(ROOM, body, on, new_attempt())
        except Undecided:  # it had a connection to the server that is no more
            continue
        except Wait:
            return
        break
    raise AssertionError("nobody said so")


async def told_that_it_is_lost(journal: RedisJournal, on: Position, follows: asyncio.Event) -> Position:
    """Where the server stands, as whoever follows the room from `on` is told."""
    try:
        async with aclosing(journal.follow(ROOM, on)) as news:
            follows.set()
            async for _ in news:
                pass
    except Lost as lost:
        return lost.head
    raise AssertionError("it ended")


async def _chain_after_all_is_forgotten(url: str, healing_s: float) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Somebody who knows nothing of the room is the first to append to it; others know it: it before, it after."""
    async with processes(url, 2, healing_s) as (knowing, ignorant), Redis.from_url(url) as client:
        first = await appended(knowing, b"first", UNBORN)
        rest = await fill(knowing, 3, on=first)
        before = await whole(knowing)
        follows = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(told_that_it_is_lost(knowing, rest[-1], follows))
            await follows.wait()
            await client.flushall()
            try:
                await ignorant.append(ROOM, b"out of nothing", UNBORN, new_attempt())
            except Wait:
                head = await following
                await knowing.mend(ROOM, head, before)
            else:
                following.cancel()
                await knowing.mend(ROOM, UNBORN, before)
        return before, await whole(ignorant)


async def test_who_knows_nothing_waits_for_those_who_know_more(tmp_path: Path) -> None:
    with valkey(tmp_path) as url:
        before, after = await _chain_after_all_is_forgotten(url, HEALING_S)
        assert after == before
        async with processes(url, 1) as (late,):  # and then it is like ever
            with pytest.raises(Conflict):
                await appended(late, b"out of nothing", UNBORN)
            await fill(late, 1, on=after[-1].position)


async def test_control_without_that_second_the_first_comer_wins(tmp_path: Path) -> None:
    with valkey(tmp_path) as url:
        before, after = await _chain_after_all_is_forgotten(url, 0)
        assert [entry.body for entry in after] == [b"out of nothing"] != [entry.body for entry in before]


async def test_a_server_that_comes_back_older_first_hears_those_who_know_more(tmp_path: Path) -> None:
    """Its files have an era, and the one who appends believes in that same one: the script that is missing tells."""
    folder, older = tmp_path / "redis", tmp_path / "older"
    folder.mkdir()
    with ExitStack() as again:
        async with AsyncExitStack() as stack:
            with valkey(folder) as url:
                knowing, behind = await stack.enter_async_context(processes(url, 2))
                first = await appended(knowing, b"first", UNBORN)
                middle = (await fill(behind, 2, on=first))[-1]
                await asyncio.to_thread(shutil.copytree, folder, older, ignore=shutil.ignore_patterns("*.sock"))
                last = (await fill(knowing, 2, on=middle))[-1]
                before = await whole(knowing)
            shutil.rmtree(folder)
            older.rename(folder)
            again.enter_context(valkey(folder))
            async with asyncio.TaskGroup() as tasks:
                following = tasks.create_task(told_that_it_is_lost(knowing, last, asyncio.Event()))
                await told_to_wait(behind, b"another past", middle)
                assert await following == middle
            await knowing.mend(ROOM, middle, before[3:])
            assert await whole(behind) == before


async def test_mending_a_room_that_somebody_mended_changes_nothing(tmp_path: Path) -> None:
    with valkey(tmp_path) as url:
        async with processes(url, 2) as (one, other), Redis.from_url(url) as client:
            await fill(one, 4, on=await appended(one, b"first", UNBORN))
            before = await whole(one)
            await client.flushall()
            await asyncio.gather(one.mend(ROOM, UNBORN, before[:3]), other.mend(ROOM, UNBORN, before))
            await one.mend(ROOM, before[2].position, before[3:])
            assert await whole(other) == before
            assert ROOM in await other.pending()
