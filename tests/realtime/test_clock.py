"""C1: processes agree what time it is, whatever their machines think."""

from __future__ import annotations

import asyncio
import time

import pytest
from redis.asyncio import Redis

from realtime.clock import SharedClock
from realtime.journal import Unreachable
from realtime.journal.redis import RedisJournal
from tests.realtime.house import eventually

DAY_NS = 86_400 * 10**9


class Steady:
    """A clock that goes on as it is told."""

    def __init__(self) -> None:
        self.ns = 5 * DAY_NS

    def __call__(self) -> int:
        return self.ns


async def test_c1_a_machine_that_is_a_day_off_agrees_after_asking() -> None:
    steady = Steady()
    clock = SharedClock(steady, lambda: 30 * DAY_NS)
    assert clock() == 30 * DAY_NS // 10**6  # nothing else is known yet

    async def server_us() -> int:
        steady.ns += 4_000_000  # there and back
        return (31 * DAY_NS + steady.ns) // 1_000

    await clock.ask(server_us)
    assert clock() == (31 * DAY_NS + steady.ns) // 10**6 + 2  # the answer was made halfway
    steady.ns += 7 * 10**9
    assert clock() == (31 * DAY_NS + steady.ns) // 10**6 + 2


async def test_c1_of_some_answers_the_quickest_is_believed() -> None:
    steady = Steady()
    clock = SharedClock(steady, lambda: 0)
    delays = iter([500_000_000, 2_000_000, 900_000_000])

    async def server_us() -> int:
        told = steady.ns // 1_000
        steady.ns += next(delays)  # all of it on the way back
        return told

    await clock.ask(server_us)
    assert abs(clock() - steady.ns // 10**6) <= 1


async def test_c1_every_process_at_one_redis_has_its_time(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    async with Redis.from_url(redis_url) as client, RedisJournal.open(redis_url) as journal:
        await eventually(lambda: journal.now() > 10**12)
        seconds, more_us = await client.time()
        assert abs(journal.now() - seconds * 1_000 - more_us // 1_000) < 250


async def test_a_server_that_does_not_answer_leaves_the_clock_as_it_is() -> None:
    steady = Steady()
    clock = SharedClock(steady, lambda: 30 * DAY_NS)

    async def server_us() -> int:
        raise Unreachable("out of order")

    asked = asyncio.create_task(clock.keep(server_us))
    await asyncio.sleep(0)
    assert clock() == 30 * DAY_NS // 10**6
    asked.cancel()
