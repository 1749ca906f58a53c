"""Beginning a room anew where the database is (J5): the local journal's own act, for one that lost or forked a room."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from realtime.journal import UNBORN, Conflict, Entry, Forked, Lost, Position
from realtime.journal.local import LocalJournal
from realtime.journal.loop import new_attempt

ROOM = "room"


async def _fill(journal: LocalJournal, count: int, room: str = ROOM) -> Position:
    on = (await journal.read(room, None)).head
    for _ in range(count):
        on = await journal.append(room, b"body", on, new_attempt())
    return on


def _head(seq: int) -> Entry:
    return Entry(seq, b"%08d" % seq, new_attempt(), b"as the database has it")


@pytest.mark.parametrize("seq", [2, 5, 9])
async def test_a_room_goes_on_from_there(tmp_path: Path, seq: int) -> None:
    head = _head(seq)
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        await _fill(journal, 5)
        other = await _fill(journal, 3, "other")
        await journal.restart(ROOM, head, b"state")
        for _ in range(2):  # reading changes nothing
            past = await journal.read(ROOM, None)
            assert past.checkpoint is not None
            assert (past.head, past.checkpoint.position, past.checkpoint.body) == (
                head.position,
                head.position,
                b"state",
            )
            assert (await journal.read("other", None)).head == other
        assert await journal.drained_upto(ROOM) == seq
    async with LocalJournal.open(tmp_path / "journal.db", tail=1) as journal:
        assert (await journal.read(ROOM, None)).head == head.position
        assert await journal.drained_upto(ROOM) == seq
        after = await _fill(journal, 3)
        assert [entry.seq for entry in (await journal.read(ROOM, head.position)).entries] == [seq + 1, seq + 2, seq + 3]
        assert await journal.pending() == ("other", ROOM)
        await journal.drained(ROOM, after)
        await journal.checkpoint(ROOM, after, b"later")
        assert (await journal.read(ROOM, None)).head == after


async def test_a_room_that_was_not_there_begins(tmp_path: Path) -> None:
    head = _head(7)
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        await journal.restart(ROOM, head, b"state")
        assert (await journal.append(ROOM, b"next", head.position, new_attempt())).seq == 8


async def test_whoever_stands_elsewhere_is_told(tmp_path: Path) -> None:
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        old = await _fill(journal, 5)
        arrived = asyncio.Event()

        async def follow() -> None:
            async with aclosing(journal.follow(ROOM, UNBORN)) as news:
                async for _ in news:
                    arrived.set()

        follower = asyncio.create_task(follow())
        await arrived.wait()
        await journal.restart(ROOM, _head(5), b"state")
        with pytest.raises(Forked):
            await follower
        with pytest.raises(Forked):
            await journal.append(ROOM, b"late", old, new_attempt())
        await journal.restart(ROOM, _head(3), b"state")
        with pytest.raises(Lost):
            await journal.read(ROOM, old)


async def test_appends_under_way_go_before_or_are_told(tmp_path: Path) -> None:
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        on = await _fill(journal, 5)
        head = _head(5)
        late, _, lucky = await asyncio.gather(
            journal.append(ROOM, b"late", on, new_attempt()),
            journal.restart(ROOM, head, b"state"),
            journal.append(ROOM, b"next", head.position, new_attempt()),
            return_exceptions=True,
        )
        assert isinstance(late, Forked | Conflict | Position)
        assert isinstance(lucky, Position)
        past = await journal.read(ROOM, None)
        assert [entry.body for entry in past.entries] == [b"next"]
        assert past.head == lucky


@pytest.mark.parametrize("many", [2, 5])
async def test_many_wishes_at_once_are_all_answered_and_the_last_holds(tmp_path: Path, many: int) -> None:
    """Two workers that close the same session: whoever was overtaken in one commit must not wait for ever."""
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        await _fill(journal, 5)
        heads = [_head(3 + nth) for nth in range(many)]
        async with asyncio.timeout(10):
            await asyncio.gather(*(journal.restart(ROOM, head, b"state") for head in heads))
        past = await journal.read(ROOM, None)
        assert past.head in {head.position for head in heads}
        assert past.checkpoint is not None
        assert past.checkpoint.position == past.head


@pytest.mark.parametrize("lead", range(0, 60, 3))
async def test_what_was_told_of_the_life_before_does_not_count(tmp_path: Path, lead: int) -> None:
    """A drained mark or a checkpoint that comes before, within or after the commit that begins the room anew."""
    head = _head(3)
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        last = await _fill(journal, 5)
        before_last = (await journal.read(ROOM, None)).entries[3].position
        drained = asyncio.ensure_future(journal.drained(ROOM, before_last))
        kept = [asyncio.ensure_future(journal.checkpoint(ROOM, position, b"old")) for position in (before_last, last)]
        for _ in range(lead):
            await asyncio.sleep(0)
        await journal.restart(ROOM, head, b"state")
        for answer in await asyncio.gather(drained, *kept, return_exceptions=True):
            assert answer is None or isinstance(answer, Forked | Lost)
        for old in (before_last, last):
            with pytest.raises(Lost):
                await journal.drained(ROOM, old)
            with pytest.raises(Lost):
                await journal.checkpoint(ROOM, old, b"old")
        assert await journal.drained_upto(ROOM) == 3
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        assert await journal.drained_upto(ROOM) == 3
        past = await journal.read(ROOM, None)
        assert past.checkpoint is not None
        assert (past.head, past.checkpoint.body) == (head.position, b"state")
