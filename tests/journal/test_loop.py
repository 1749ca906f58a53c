"""The one way to append, on a journal that loses, delays, answers late and forks (J1, J2, J3)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import pytest

from realtime.journal import UNBORN, Conflict, Entry, Forked, Journal, Lost, Position, Undecided, Unreachable, Wait
from realtime.journal.loop import Patience, StillUndecided, Unsettled, new_attempt, pauses, prove, resume, settle
from tests.journal.adverse import Faults, Log, World
from tests.journal.broken import NumbersOnly
from tests.journal.store import ROOM, fill, turns

SEEDS = range(40)
FAULTY = Faults(unstored=0.15, unanswered=0.15, late=0.2, wait=0.15, turns=3)


async def steps(count: int) -> Patience:
    """Patience for so many more tries; a pause is a turn of the loop."""
    for _ in range(count):
        await asyncio.sleep(0)
        yield


# --- every acknowledged command is stored once -----------------------------------------------------


class Process:
    """A process with an inbox that fills while it appends. A plan is everything in the inbox."""

    def __init__(self, journal: Journal, name: str, commands: int) -> None:
        self.journal = journal
        self.name = name
        self.on = UNBORN
        self.inbox: list[str] = []
        self.acknowledged: list[str] = []
        self.coming = [f"{name}{n}" for n in range(commands)]

    async def receive(self) -> None:
        while self.coming:
            self.inbox.append(self.coming.pop(0))
            await turns(2)

    async def run(self, rule: Rule) -> None:
        while self.coming or self.inbox:
            batch = tuple(self.inbox)
            if not batch:
                await turns(1)
            elif await rule(self, batch):
                self.acknowledged.extend(batch)
                del self.inbox[: len(batch)]

    def body(self, batch: Sequence[str]) -> bytes:
        return " ".join([self.name, *batch]).encode()

    def apply(self, entries: Sequence[Entry]) -> None:
        self.on = entries[-1].position if entries else self.on


Rule = Callable[[Process, Sequence[str]], Awaitable[bool]]
"""Append one plan; True when it may be acknowledged, False to plan anew."""


async def by_settling(process: Process, batch: Sequence[str]) -> bool:
    """Kring's rule, with little patience, so that it is resumed often."""
    try:
        process.on = await settle(
            process.journal, ROOM, process.body(batch), process.on, attempt=new_attempt(), patience=steps(2)
        )
    except StillUndecided as still:
        return await by_resuming(process, still.unsettled)
    except Conflict as conflict:
        process.apply(conflict.missing)
        return False
    except Wait:
        return False
    return True


async def by_resuming(process: Process, unsettled: Unsettled) -> bool:
    while True:
        try:
            process.on = await resume(process.journal, unsettled, patience=steps(1))
        except StillUndecided:
            continue
        except Conflict as conflict:
            process.apply(conflict.missing)
            return False
        return True


async def a_timeout_means_not_stored(process: Process, batch: Sequence[str]) -> bool:
    """Naive: plan anew, with a new attempt."""
    try:
        process.on = await process.journal.append(ROOM, process.body(batch), process.on, new_attempt())
    except Conflict as conflict:
        process.apply(conflict.missing)
    except (Undecided, Wait):
        pass
    else:
        return True
    return False


async def my_origin_means_stored(process: Process, batch: Sequence[str]) -> bool:
    """Naive: after a timeout look for an entry of one's own."""
    missing: Sequence[Entry] = ()
    try:
        process.on = await process.journal.append(ROOM, process.body(batch), process.on, new_attempt())
    except Conflict as conflict:
        missing = conflict.missing
    except (Undecided, Wait):
        missing = (await process.journal.read(ROOM, process.on)).entries
    else:
        return True
    process.apply(missing)
    return any(entry.body.split()[0] == process.name.encode() for entry in missing)


async def wait_always_means_not_stored(process: Process, batch: Sequence[str]) -> bool:
    """Nearly Kring's rule: asks again, but believes a Wait that follows an undecided try."""
    attempt = new_attempt()
    while True:
        try:
            process.on = await process.journal.append(ROOM, process.body(batch), process.on, attempt)
        except Undecided:
            continue
        except Wait:
            return False
        except Conflict as conflict:
            process.apply(conflict.missing)
            return any(entry.attempt == attempt for entry in conflict.missing)
        return True


async def unstored_and_doubled(rule: Rule) -> tuple[int, int]:
    """Over all seeds: commands acknowledged and not stored; commands stored more than once."""
    unstored = doubled = 0
    for seed in SEEDS:
        world = World(seed, faults=FAULTY)
        async with world.open(3) as journals:
            processes = [Process(journal, "abc"[n], commands=15) for n, journal in enumerate(journals)]
            async with asyncio.TaskGroup() as tasks:
                for process in processes:
                    tasks.create_task(process.receive())
                    tasks.create_task(process.run(rule))
        stored = Counter(name for entry in world.entries(ROOM) for name in entry.body.decode().split()[1:])
        acknowledged = [name for process in processes for name in process.acknowledged]
        assert len(acknowledged) == 45, "everybody was answered"
        unstored += sum(name not in stored for name in acknowledged)
        doubled += sum(count > 1 for count in stored.values())
    return unstored, doubled


async def test_j2_what_is_acknowledged_is_stored_exactly_once() -> None:
    assert await unstored_and_doubled(by_settling) == (0, 0)


@pytest.mark.parametrize("rule", [a_timeout_means_not_stored, my_origin_means_stored, wait_always_means_not_stored])
async def test_j2_naive_rules_lose_or_double(rule: Rule) -> None:
    """The negative controls: the same faults, the same seeds, another rule."""
    assert sum(await unstored_and_doubled(rule)) > 0


# --- patience ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Faults(unanswered=1), Faults(unstored=1)])
async def test_j2_past_the_bound_the_attempt_can_be_resumed(fault: Faults) -> None:
    world = World(faults=fault)
    async with world.open() as (journal,):
        with pytest.raises(StillUndecided) as caught:
            await settle(journal, ROOM, b"words", UNBORN, attempt=b"once", patience=steps(5))
        assert caught.value.unsettled == Unsettled(ROOM, b"words", UNBORN, b"once")
        world.faults = Faults(wait=0.5)
        position = await resume(journal, caught.value.unsettled, patience=steps(100))
        assert [(entry.position, entry.attempt) for entry in world.entries(ROOM)] == [(position, b"once")]


async def test_j2_resuming_tells_that_others_came_first() -> None:
    world = World(faults=Faults(unstored=1))
    async with world.open() as (journal,):
        with pytest.raises(StillUndecided) as caught:
            await settle(journal, ROOM, b"words", UNBORN, attempt=b"once", patience=steps(1))
        world.faults = Faults()
        await fill(journal, 3)
        with pytest.raises(Conflict) as conflict:
            await resume(journal, caught.value.unsettled, patience=steps(1))
        assert tuple(conflict.value.missing) == world.entries(ROOM)


async def test_j2_a_conflict_with_ones_own_attempt_is_stored() -> None:
    """A journal may answer a repeat as a Conflict that holds it."""

    class AlwaysConflicts(Log):
        def append(self, body: bytes, on: Position, attempt: bytes) -> Position:
            if on != self.head:
                raise Conflict(self.after(on) or [])
            return super().append(body, on, attempt)

    world = World(log=AlwaysConflicts)
    async with world.open() as (journal,):
        first = await settle(journal, ROOM, b"words", UNBORN, attempt=b"once", patience=steps(1))
        await fill(journal, 3, on=first)
        assert await settle(journal, ROOM, b"words", UNBORN, attempt=b"once", patience=steps(1)) == first
        with pytest.raises(Conflict):
            await settle(journal, ROOM, b"words", UNBORN, attempt=b"other", patience=steps(1))


async def test_settling_lets_lost_and_forked_through() -> None:
    world = World()
    async with world.open() as (journal,):
        *_, on = await fill(journal, 5)
        world.lose(ROOM, 3)
        with pytest.raises(Lost):
            await settle(journal, ROOM, b"words", on, attempt=b"once", patience=steps(1))
        world.fork(ROOM, 3, [b"other 4", b"other 5"])
        with pytest.raises(Forked):
            await settle(journal, ROOM, b"words", on, attempt=b"once", patience=steps(1))
        world.faults = Faults(wait=1)
        with pytest.raises(Wait):
            await settle(journal, ROOM, b"words", on, attempt=b"once", patience=steps(1))


async def test_pauses_double_and_end_at_the_bound() -> None:
    slept: list[float] = []

    async def sleep(pause_s: float) -> None:
        slept.append(pause_s)

    assert len([None async for _ in pauses(1.0, first_s=0.125, most_s=0.25, sleep=sleep)]) == 5
    assert slept == [0.125, 0.25, 0.25, 0.25, 0.125]


# --- proof ---------------------------------------------------------------------------------------------


async def test_j3_proof_tells_what_is_missing() -> None:
    world = World(seed=3, faults=Faults(turns=4))
    async with world.open(2) as (one, other):
        assert not await prove(other, ROOM, UNBORN)
        positions = await fill(one, 5)
        assert [entry.position for entry in await prove(other, ROOM, positions[1])] == positions[2:]
        assert not await prove(other, ROOM, positions[4])
        world.lose(ROOM, 3)
        with pytest.raises(Lost):
            await prove(other, ROOM, positions[4])
        world.faults = Faults(unreachable=1)
        with pytest.raises(Unreachable):
            await prove(other, ROOM, positions[2])


async def test_j3_a_trimmed_position_proves_nothing() -> None:
    world = World(tail=2)
    async with world.open() as (journal,):
        positions = await fill(journal, 9)
        await journal.drained(ROOM, positions[8])
        await journal.checkpoint(ROOM, positions[7], b"state at 8")
        with pytest.raises(Forked):
            await prove(journal, ROOM, positions[0])


# --- a lost tail is never mistaken for the old one -----------------------------------------------------


async def follow_and_reload(journal: Journal, seen: list[Entry]) -> None:
    """A projection that is the list of its entries."""
    while True:
        try:
            async for news in journal.follow(ROOM, seen[-1].position if seen else UNBORN):
                seen.extend(piece for piece in news if isinstance(piece, Entry))
        except (Lost, Forked):
            seen[:] = (await journal.read(ROOM, None)).entries


async def projections_that_differ(log: type[Log]) -> int:
    differing = 0
    for seed in SEEDS:
        world = World(seed, faults=Faults(turns=2), log=log)
        projections: list[list[Entry]] = [[], [], []]
        async with world.open(4) as (writer, *readers), asyncio.TaskGroup() as tasks:
            following = [
                tasks.create_task(follow_and_reload(reader, seen))
                for reader, seen in zip(readers, projections, strict=True)
            ]
            for _ in range(5):
                await fill(writer, world.rng.randint(1, 8), on=world.log(ROOM).head)
                await turns(world.rng.randint(0, 30))
                upto = world.rng.randint(0, world.log(ROOM).head.seq)
                if world.rng.random() < 0.5:
                    world.lose(ROOM, upto)
                else:
                    world.fork(ROOM, upto, [world.rng.randbytes(8) for _ in range(world.rng.randint(0, 8))])
            world.fork(ROOM, upto := world.log(ROOM).head.seq // 2, [b"the end"] * (upto + 2))
            await turns(2_000)
            for task in following:
                task.cancel()
        differing += sum(tuple(seen) != world.entries(ROOM) for seen in projections)
    return differing


async def test_j1_projections_end_as_the_journal_does_whatever_was_lost_or_forked() -> None:
    assert await projections_that_differ(Log) == 0


async def test_j1_numbers_alone_would_not_do() -> None:
    """The negative control: the trial of design J1, a restored journal whose numbers fit."""
    assert await projections_that_differ(NumbersOnly) > 0
