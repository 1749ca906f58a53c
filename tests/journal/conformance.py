"""What every journal owes, written for several processes. Each law takes a Store, and a journal supplies one.

A law is a plain function, so that a negative control can hold it against a journal with a mechanism switched off.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import pytest

from realtime.journal import (
    UNBORN,
    Conflict,
    Entry,
    Forked,
    Journal,
    Lost,
    Position,
    Wait,
    Whisper,
)
from realtime.journal.loop import new_attempt
from tests.journal.store import ROOM, TAIL, Store, chained, collect, fill, turns, until, whole

Law = Callable[[Store], Awaitable[None]]


# --- appending -------------------------------------------------------------------------------------


async def j1_entries_are_numbered_and_chained(store: Store) -> None:
    async with store.open(2) as (one, other):
        positions = await fill(one, 30)
        assert [position.seq for position in positions] == list(range(1, 31))
        entries = await whole(other)
        chained(UNBORN, entries)
        assert [entry.position for entry in entries] == positions
        assert [entry.body for entry in entries] == [b"%08d" % seq for seq in range(1, 31)]


async def j1_births_differ(store: Store) -> None:
    """Two rooms with the same entries have other marks: the first mark is random."""
    async with store.open() as (journal,):
        here, there = [(await fill(journal, 1, room=room))[0] for room in ("here", "there")]
        assert here.seq == there.seq == 1
        assert here.mark != there.mark


async def conflict_tells_everything_missing(store: Store) -> None:
    async with store.open(2) as (one, other):
        positions = await fill(one, 25)
        for on in (UNBORN, positions[0], positions[11], positions[23]):
            with pytest.raises(Conflict) as caught:
                await other.append(ROOM, b"too late", on, new_attempt())
            assert [entry.seq for entry in caught.value.missing] == list(range(on.seq + 1, 26))
            chained(on, caught.value.missing)
        assert len(await whole(one)) == 25


async def one_wins_of_those_that_come_together(store: Store) -> None:
    """Also within one commit: everybody else is told the winner, and every later entry of the same commit."""
    async with store.open(3) as journals:
        (on,) = await fill(journals[0], 1)
        attempts = {new_attempt(): journals[n % 3] for n in range(40)}
        answers = await asyncio.gather(
            *(journal.append(ROOM, attempt, on, attempt) for attempt, journal in attempts.items()),
            return_exceptions=True,
        )
        winners = [answer for answer in answers if isinstance(answer, Position)]
        assert [position.seq for position in winners] == [2]
        for answer in answers:
            if not isinstance(answer, Position):
                assert isinstance(answer, Conflict), answer
                assert [entry.position for entry in answer.missing] == winners


async def j2_a_repeated_attempt_is_one_entry(store: Store) -> None:
    async with store.open(2) as (one, other):
        (on,) = await fill(one, 1)
        first = await one.append(ROOM, b"mine", on, b"attempt")
        assert await one.append(ROOM, b"mine", on, b"attempt") == first
        await fill(other, 3, on=first)
        assert await other.append(ROOM, b"mine", on, b"attempt") == first
        together = await asyncio.gather(*(one.append("new", b"born", UNBORN, b"birth") for _ in range(5)))
        assert len(set(together)) == 1
        assert len(await whole(one)) == 5
        assert len(await whole(one, "new")) == 1
    async with store.open() as (again,):
        assert await again.append(ROOM, b"mine", on, b"attempt") == first
        assert len(await whole(again)) == 5


async def j1_lost_and_forked_are_told_apart(store: Store) -> None:
    async with store.open() as (journal,):
        positions = await fill(journal, 10)
        ahead = [Position(11, positions[9].mark), Position(99, b"elsewhere")]
        aside = [Position(10, b"other !!"), Position(4, positions[4].mark), Position(0, b"no birth")]
        for position in ahead:
            await refuses_everywhere(journal, position, Lost)
        for position in aside:
            await refuses_everywhere(journal, position, Forked)
        await refuses_everywhere(journal, Position(1, b"no such room"), Lost, room="unborn")
        assert len(await whole(journal)) == 10


async def refuses_everywhere(journal: Journal, on: Position, why: type[Lost | Forked], room: str = ROOM) -> None:
    """Whatever one does with the position, the journal says the same, and where it ends."""
    head = (await journal.read(room, None)).head
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "append": lambda: journal.append(room, b"never", on, new_attempt()),
        "read": lambda: journal.read(room, on),
        "follow": lambda: collect(journal, on, upto=1, room=room),
        "drained": lambda: journal.drained(room, on),
        "checkpoint": lambda: journal.checkpoint(room, on, b"never"),
    }
    for name, act in acts.items():
        with pytest.raises(why) as caught:
            await act()
        assert isinstance(caught.value, Lost | Forked)
        assert caught.value.head == head, name
    assert await journal.drained_upto(room) == 0
    assert (await journal.read(room, None)).checkpoint is None


async def racing_appenders_lose_and_double_nothing(store: Store) -> None:
    """Hundreds at once over several rooms and processes: one winner per seq, and every acknowledged entry is there."""
    rooms = [f"room {n}" for n in range(4)]
    acknowledged: dict[str, dict[bytes, Position]] = {room: {} for room in rooms}

    async def appender(journal: Journal, room: str, on: Position) -> None:
        for _ in range(2):
            while True:
                attempt = new_attempt()
                try:
                    on = await journal.append(room, attempt, on, attempt)
                except Wait as wait:
                    await asyncio.sleep(wait.retry_ms / 1_000)
                    continue
                except Conflict as conflict:
                    missing = conflict.missing
                else:
                    acknowledged[room][attempt] = on
                    break
                assert missing
                chained(on, missing)
                on = missing[-1].position

    async with store.open(3) as journals:
        async with asyncio.TaskGroup() as tasks:
            for n in range(200):
                tasks.create_task(appender(journals[n % 3], rooms[n % len(rooms)], UNBORN))
        for room in rooms:
            entries = await whole(journals[0], room)
            chained(UNBORN, entries)
            assert len(entries) == 100
            assert {entry.attempt: entry.position for entry in entries} == acknowledged[room]


# --- reading and following -------------------------------------------------------------------------


async def following_has_no_gap_and_no_repeat(store: Store) -> None:
    """From the start, from the middle, ahead of the writer, slow, stuck for long, and while others write."""
    written = asyncio.Event()

    async def stuck(journal: Journal, after: Position) -> list[Entry]:
        async with aclosing(journal.follow(ROOM, after)) as news:
            seen = [piece for piece in await anext(news) if isinstance(piece, Entry)]
            await written.wait()
            return seen + await until(news, 300)

    async with store.open(3) as (writer, one, other):
        before = await fill(writer, 40, size=200)
        async with asyncio.TaskGroup() as tasks:
            late = tasks.create_task(stuck(other, before[-1]))
            start = tasks.create_task(collect(one, UNBORN, 300))
            middle = tasks.create_task(collect(other, before[20], 300))
            live = tasks.create_task(collect(one, before[-1], 300))
            slow = [tasks.create_task(collect(other, UNBORN, 300, pause=pause)) for pause in (3, 30, 200)]
            await turns()
            await fill(writer, 260, on=before[-1], size=200)
            written.set()
        entries = await whole(writer)
        chained(UNBORN, entries)
        assert start.result() == list(entries)
        assert middle.result() == list(entries[21:])
        assert live.result() == list(entries[40:])
        assert late.result() == list(entries[40:])
        for task in slow:
            assert task.result() == list(entries)


async def following_goes_on_where_it_was_cancelled(store: Store) -> None:
    rng = random.Random(7)
    async with store.open(2) as (writer, reader):
        seen: list[Entry] = []

        async def follow() -> None:
            after = seen[-1].position if seen else UNBORN
            async with aclosing(reader.follow(ROOM, after)) as news:
                async for pieces in news:
                    seen.extend(piece for piece in pieces if isinstance(piece, Entry))

        async with asyncio.TaskGroup() as tasks:
            filled = tasks.create_task(fill(writer, 300, size=100))
            while not filled.done():
                following = tasks.create_task(follow())
                await turns(rng.randint(0, 60))
                following.cancel()
                await asyncio.wait([following])
        after = seen[-1].position if seen else UNBORN
        seen.extend(await collect(reader, after, 300) if len(seen) < 300 else [])
        assert seen == list(await whole(writer))


async def following_an_unborn_room_waits(store: Store) -> None:
    async with store.open(2) as (one, other), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(collect(other, UNBORN, 1))
        await turns()
        assert not first.done()
        (born,) = await fill(one, 1)
        assert [entry.position for entry in await first] == [born]


async def f7_whispers_reach_everybody_and_are_not_kept(store: Store) -> None:
    async with store.open(2) as (one, other):
        (born,) = await fill(one, 1)
        async with aclosing(one.follow(ROOM, UNBORN)) as here, aclosing(other.follow(ROOM, UNBORN)) as there:
            for followed in (here, there):  # both are there once they have seen the past
                assert [piece.body for piece in await anext(followed)] == [b"00000001"]
            await one.whisper("elsewhere", b"not here")
            await other.whisper(ROOM, b"typing")
            for followed in (here, there):
                assert list(await anext(followed)) == [Whisper(b"typing")]
        assert (await one.read(ROOM, None)).head == born


# --- what the database has -------------------------------------------------------------------------


async def pending_until_drained(store: Store) -> None:
    async with store.open(2) as (one, other):
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(one.pending())
            await turns()
            assert not waiting.done()
            positions = await fill(other, 3)
            assert list(await waiting) == [ROOM]
        assert list(await other.pending()) == [ROOM]
        await other.drained(ROOM, positions[1])
        assert await one.drained_upto(ROOM) == 2
        assert list(await one.pending()) == [ROOM]
        await other.drained(ROOM, positions[0])
        assert await one.drained_upto(ROOM) == 2, "a drained mark never goes back"
        await fill(one, 1, room="second")
    async with store.open() as (again,):
        assert sorted(await again.pending()) == [ROOM, "second"]
        await again.drained(ROOM, positions[2])
        assert list(await again.pending()) == ["second"]
    async with store.open() as (once_more,):
        assert await once_more.drained_upto(ROOM) == 3
        assert list(await once_more.pending()) == ["second"]
        assert await once_more.drained_upto("unborn") == 0


async def a_restart_keeps_everything(store: Store) -> None:
    async with store.open() as (journal,):
        positions = await fill(journal, 12)
        await journal.checkpoint(ROOM, positions[7], b"state at 8")
        before = await journal.read(ROOM, None)
    async with store.open() as (again,):
        assert await again.read(ROOM, None) == before
        assert before.checkpoint is not None
        assert (before.checkpoint.position, before.checkpoint.body) == (positions[7], b"state at 8")
        assert [entry.position for entry in before.entries] == positions[8:]
        await again.checkpoint(ROOM, positions[3], b"older")
        assert await again.read(ROOM, None) == before, "an older checkpoint changes nothing"
        await fill(again, 3, on=positions[-1])
        chained(UNBORN, await whole(again))


async def trim(journal: Journal, on: Position) -> Position:
    """Append until the first entries are gone; the head."""
    for _ in range(20):
        if (await journal.read(ROOM, UNBORN)).checkpoint is not None:
            return on
        (on,) = await fill(journal, 1, on=on)
    raise AssertionError("nothing was trimmed")


async def nothing_undrained_is_trimmed(store: Store) -> None:
    async with store.open() as (journal,):
        positions = await fill(journal, 40)
        await journal.checkpoint(ROOM, positions[35], b"state at 36")
        await fill(journal, 10, on=positions[-1])
        chained(UNBORN, await whole(journal))
        await journal.drained(ROOM, positions[9])
        await trim(journal, (await journal.read(ROOM, None)).head)
        past = await journal.read(ROOM, positions[9])
        assert past.checkpoint is None, "the database's own position stays known"
        chained(positions[9], past.entries)


async def trimmed_positions_are_told(store: Store) -> None:
    async with store.open(2) as (one, other):
        positions = await fill(one, 40)
        await one.drained(ROOM, positions[38])
        await one.checkpoint(ROOM, positions[29], b"state at 30")
        head = await trim(one, positions[-1])
        for after in (None, UNBORN, positions[0], positions[10]):
            past = await other.read(ROOM, after)
            assert past.checkpoint is not None
            assert past.checkpoint.position == positions[29]
            chained(positions[29], past.entries)
            assert past.head == past.entries[-1].position == head
        kept = positions[30 - TAIL]  # TAIL entries stay readable behind the checkpoint
        past = await other.read(ROOM, kept)
        assert past.checkpoint is None
        chained(kept, past.entries)
        assert await collect(other, kept, head.seq) == list(past.entries)
        for gone in (UNBORN, positions[10]):
            with pytest.raises(Forked):
                await collect(other, gone, head.seq)
            with pytest.raises(Forked):
                await other.append(ROOM, b"no", gone, new_attempt())
        await other.drained(ROOM, positions[3])  # long gone, so drained long ago
        await other.checkpoint(ROOM, positions[3], b"older")
    async with store.open() as (again,):
        assert (await again.read(ROOM, UNBORN)).checkpoint == (await again.read(ROOM, None)).checkpoint
        assert await again.drained_upto(ROOM) == 39


LAWS: tuple[Law, ...] = (
    j1_entries_are_numbered_and_chained,
    j1_births_differ,
    conflict_tells_everything_missing,
    one_wins_of_those_that_come_together,
    j2_a_repeated_attempt_is_one_entry,
    j1_lost_and_forked_are_told_apart,
    racing_appenders_lose_and_double_nothing,
    following_has_no_gap_and_no_repeat,
    following_goes_on_where_it_was_cancelled,
    following_an_unborn_room_waits,
    f7_whispers_reach_everybody_and_are_not_kept,
    pending_until_drained,
    a_restart_keeps_everything,
    nothing_undrained_is_trimmed,
    trimmed_positions_are_told,
)
