"""A restart of everything, one process after the other, is noticed by nobody who talks through it."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from realtime.client import Client, Done, Room, connect
from tests.fault.cluster import Cluster
from web.serve import raise_open_files

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]

PEOPLE, SOCKETS = 20, 25
EACH_S = 25.0
"""Everybody says something once in so long, on average."""
NOTICED_S = 5.0
SEED = 8


class Talker:
    """Somebody who says something from time to time, and minds how long it takes."""

    def __init__(self, name: str, client: Client, room: Room, dice: random.Random) -> None:
        self.name, self.client, self.room, self._dice = name, client, room, dice
        self.said: list[str] = []
        self.took_s: list[float] = []

    async def talk(self, over: asyncio.Event) -> None:
        while not over.is_set():
            try:
                async with asyncio.timeout(self._dice.uniform(0, 2 * EACH_S)):
                    await over.wait()
            except TimeoutError:
                await self.say(f"{self.name} says {len(self.said)}")

    async def say(self, text: str) -> None:
        began = time.perf_counter()
        outcome = await self.room.do({"t": "chat.post", "text": text})
        assert isinstance(outcome, Done), outcome
        self.took_s.append(time.perf_counter() - began)
        self.said.append(text)


@asynccontextmanager
async def talkers(cluster: Cluster) -> AsyncIterator[list[Talker]]:
    dice = random.Random(SEED)
    async with AsyncExitStack() as stack:
        everybody = []
        for nth in range(PEOPLE):
            cookie, room = await cluster.guest(f"Guest {nth}")
            url = cluster.url.replace("http", "ws", 1) + "/ws"
            for socket in range(SOCKETS):
                client = await stack.enter_async_context(connect(url, cookie=cookie, origin=cluster.url))
                everybody.append(Talker(f"{nth}.{socket}", client, await client.join(room), dice))
        yield everybody


async def test_a_rolling_restart_is_noticed_by_nobody(tmp_path: Path, redis_url: str) -> None:
    async def restart(cluster: Cluster, worker: Process, servers: Sequence[Process]) -> None:
        for old in servers:
            await cluster.serve()
            await cluster.stop(old)
        await cluster.work()
        await cluster.stop(worker)

    assert await _slowest_s(tmp_path, redis_url, restart, moved=PEOPLE * SOCKETS) < NOTICED_S


async def test_kill_nine_of_a_server_and_of_the_worker_loses_nothing(tmp_path: Path, redis_url: str) -> None:
    """Half of the people move to the other one; what is archived does not wait for another worker."""

    async def kill(cluster: Cluster, worker: Process, servers: Sequence[Process]) -> None:
        await cluster.kill(servers[0])
        await cluster.kill(worker)
        await cluster.serve()

    await _slowest_s(tmp_path, redis_url, kill, moved=PEOPLE * SOCKETS // 4)


Trouble = Callable[[Cluster, Process, Sequence[Process]], Awaitable[None]]


async def _slowest_s(tmp_path: Path, redis_url: str, trouble: Trouble, *, moved: int) -> float:
    """What is said through it, by everybody, is heard by all and archived once; how long the slowest answer took.

    `moved`: so many had to connect again, at least: else nothing was tried.
    """
    raise_open_files()
    cluster = Cluster(tmp_path, redis_url)
    try:
        worker, *servers = await cluster.work(), await cluster.serve(), await cluster.serve()
        async with talkers(cluster) as everybody:
            over = asyncio.Event()
            async with asyncio.TaskGroup() as tasks:
                for each in everybody:
                    tasks.create_task(each.talk(over))
                await trouble(cluster, worker, servers)
                over.set()
            for each in everybody[::50]:  # and everybody still hears
                await each.say(f"{each.name} was here all the time")
            said = {text for each in everybody for text in each.said}
            (room,) = {each.room.id for each in everybody}
            newest = max(each.room.seq for each in everybody)
            for each in everybody:
                await until_at(each.room, newest)
            assert all(dict(each.room.records) == dict(everybody[0].room.records) for each in everybody)
            assert sum(each.client.reconnects for each in everybody) >= moved
            took = sorted(took for each in everybody for took in each.took_s)
        await cluster.stop_all()
        assert cluster.archived(room) == dict.fromkeys(said, 1)
    finally:
        await cluster.end()
    print(f"{len(said)} said; each took {statistics.median(took):.3f} s at the median, {took[-1]:.1f} s at most")
    return took[-1]


async def until_at(room: Room, seq: int) -> None:
    changes = room.changes()
    async with asyncio.timeout(20):
        while room.seq < seq:
            await anext(changes)
