"""Questions to the database that are put together: one look for a hall, and nobody gets an old answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from persistence.together import Together


class Oracle:
    """Answers a number with what `shift` adds to it at that moment, as soon as it may; even numbers only."""

    def __init__(self) -> None:
        self.looks: list[list[int]] = []
        self.may = asyncio.Event()
        self.shift = 0

    async def ask(self, keys: Sequence[int]) -> Mapping[int, int]:
        self.looks.append(sorted(keys))
        shift = self.shift
        await self.may.wait()
        if 13 in keys:
            raise ValueError("thirteen")
        return {key: key + shift for key in keys if key % 2 == 0}


async def all_under_way() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_those_who_ask_during_a_look_share_the_next() -> None:
    oracle = Oracle()
    together = Together(oracle.ask)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(together(0))
        await all_under_way()
        others = [tasks.create_task(together(n)) for n in range(1, 9)]
        await all_under_way()
        oracle.shift = 100
        oracle.may.set()
    assert oracle.looks == [[0], list(range(1, 9))]
    assert first.result() == 0
    assert [task.result() for task in others] == [None, 102, None, 104, None, 106, None, 108]


async def test_the_same_question_again_gets_an_answer_of_its_own() -> None:
    """Whoever asks after something changed hears of it, also while an older look is under way."""
    oracle = Oracle()
    together = Together(oracle.ask)
    async with asyncio.TaskGroup() as tasks:
        before = tasks.create_task(together(2))
        await all_under_way()
        oracle.shift = 100
        after = tasks.create_task(together(2))
        await all_under_way()
        oracle.may.set()
    assert (before.result(), after.result()) == (2, 102)


async def test_more_than_go_into_one_look_take_several() -> None:
    oracle = Oracle()
    oracle.may.set()
    together = Together(oracle.ask, most=3)
    answers = await asyncio.gather(*(together(2 * n) for n in range(8)))
    assert answers == [2 * n for n in range(8)]
    assert all(len(look) <= 3 for look in oracle.looks)


async def test_what_goes_wrong_is_heard_by_all_of_that_look_and_nobody_else() -> None:
    oracle = Oracle()
    together = Together(oracle.ask)
    first = asyncio.create_task(together(0))
    await all_under_way()
    wrong = [asyncio.create_task(together(n)) for n in (13, 14)]
    await all_under_way()
    oracle.may.set()
    for task in wrong:
        with pytest.raises(ValueError, match="thirteen"):
            await task
    assert (await first, await together(16)) == (0, 16)


@pytest.mark.parametrize("leaving", ["who looks", "who waits"])
async def test_whoever_leaves_takes_nobody_along(leaving: str) -> None:
    oracle = Oracle()
    together = Together(oracle.ask)
    first = asyncio.create_task(together(0))
    await all_under_way()
    second = asyncio.create_task(together(2))
    third = asyncio.create_task(together(4))
    await all_under_way()
    gone, stays = (first, second) if leaving == "who looks" else (second, first)
    gone.cancel()
    await all_under_way()
    oracle.may.set()
    assert await stays in (0, 2)
    assert await third == 4
    with pytest.raises(asyncio.CancelledError):
        await gone
