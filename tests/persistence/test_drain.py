"""Draining: everything, once, whatever is killed and whoever else drains; checkpoints only of what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from persistence import communities, records
from persistence.communities import Community, Room
from persistence.database import Database, Write
from persistence.drain import Bounds, Drain
from persistence.records import Drained
from realtime.journal import UNBORN, Position
from realtime.journal.local import LocalJournal
from realtime.projection import Projection
from rooms.kinds import chat as chat_kind
from rooms.model import Record, RecordId
from tests.persistence.talk import CHAT, Talk, decode, files

QUICK = Bounds(pause_s=0.0, backoff_s=0.01)


async def _count(database: Database, table: str) -> int:
    async with database.read() as tx:
        found: int = (await tx.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
    return found


async def _cursor(database: Database, room: str) -> Position:
    async with database.read() as tx:
        return await records.cursor(tx, room)


async def _kept(database: Database, room: str) -> dict[RecordId, Record]:
    async with database.read() as tx:
        return {id: decode(body) for id, body in (await records.recent(tx, room, 0)).items()}


@asynccontextmanager
async def _running(drain: Drain) -> AsyncIterator[None]:
    running = asyncio.create_task(drain.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


async def _until(drain: Drain, true: Callable[[], Awaitable[bool]]) -> None:
    """Look after every round."""
    while True:
        drain.worked.clear()
        if await true():
            return
        await drain.worked.wait()


async def _until_drained(drain: Drain, talk: Talk) -> None:
    async def drained() -> bool:
        return await talk.journal.drained_upto(talk.room) == talk.projection.seq

    await _until(drain, drained)


async def test_the_database_has_what_the_room_has(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    ids = await talk.say("een", "twee", "drie")
    await talk.do(chat_kind.Edit(ids[0], "één"), chat_kind.React(ids[1], chat_kind.Reaction.HELPS, True))
    await talk.do(chat_kind.Delete(ids[2]), chat_kind.Pin(ids[0], True))
    drain = Drain(database, journal)
    await drain.drain(chat.id)
    assert await _kept(database, chat.id) == talk.projection.records
    assert await _cursor(database, chat.id) == talk.projection.position
    assert await journal.drained_upto(chat.id) == talk.projection.seq
    assert drain.counts.entries == talk.projection.seq
    await drain.drain(chat.id)
    assert drain.counts.entries == talk.projection.seq


async def test_let_go_messages_stay_in_the_database(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    drain = Drain(database, journal)
    first = (await talk.say("de eerste"))[0]
    for start in range(0, chat_kind.WINDOW, 250):
        await talk.say(*(f"later {number}" for number in range(start, start + 250)))
        await drain.drain(chat.id)
    assert first not in talk.projection.records
    assert set(await _kept(database, chat.id)) == {*talk.projection.records, first}
    talk.projection.drained(talk.projection.seq)
    await talk.do(chat_kind.Edit(first, "de allereerste"))
    await drain.drain(chat.id)
    found = (await _kept(database, chat.id))[first]
    assert isinstance(found, chat_kind.Message)
    assert (found.text, found.n) == ("de allereerste", 1)


async def test_run_takes_in_what_comes(database: Database, journal: LocalJournal, chat: Room, talk: Talk) -> None:
    drain = Drain(database, journal, bounds=QUICK)
    async with _running(drain):
        for number in range(3):
            await talk.say(f"bericht {number}")
            await _until_drained(drain, talk)
            assert await _cursor(database, chat.id) == talk.projection.position
            assert await _kept(database, chat.id) == talk.projection.records


async def test_a_stopping_server_takes_in_what_there_is(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    drain = Drain(database, journal)
    await asyncio.wait_for(drain.finish(), 1)  # nothing, at once
    await talk.say("nog net")
    assert await _cursor(database, chat.id) != talk.projection.position, "the control"
    await drain.finish()
    assert await _cursor(database, chat.id) == talk.projection.position


async def test_a_stopping_server_does_not_wait_for_a_room_in_trouble(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    await talk.say("nog net")
    async with database.write() as tx:
        await tx.execute(text("DELETE FROM rooms"))
    drain = Drain(database, journal)
    await asyncio.wait_for(drain.finish(), 5)
    assert drain.counts.failures == 1


async def test_a_big_backlog_goes_in_parts(database: Database, journal: LocalJournal, chat: Room, talk: Talk) -> None:
    for number in range(20):
        await talk.say(*(f"bericht {number} {other}" for other in range(10)))
    drain = Drain(database, journal, bounds=Bounds(batch_bytes=1_000))
    await drain.drain(chat.id)
    assert await _kept(database, chat.id) == talk.projection.records
    assert await _count(database, "entries") == talk.projection.seq


# --- more than one ----------------------------------------------------------------------------------------------------


async def test_two_at_once_take_everything_in_once(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    async with Database.open(directory) as other:
        drains = [Drain(which, journal, bounds=Bounds(batch_bytes=200)) for which in (database, other)]
        for number in range(30):
            await talk.say(f"bericht {number}")
            if number % 3 == 0:
                await asyncio.gather(*(drain.drain(chat.id) for drain in drains))
        await asyncio.gather(*(drain.drain(chat.id) for drain in drains))
    assert await _kept(database, chat.id) == talk.projection.records
    assert await _count(database, "entries") == talk.projection.seq
    assert sum(drain.counts.entries for drain in drains) == talk.projection.seq


async def test_control_without_compare_and_set_two_collide(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = records._advance

    async def set_only(tx: Write, drained: Drained) -> bool:
        await compared(tx, drained)
        return True

    monkeypatch.setattr(records, "_advance", set_only)
    for number in range(30):
        await talk.say(f"bericht {number}")
    async with Database.open(directory) as other:
        drains = [Drain(which, journal, bounds=Bounds(batch_bytes=200)) for which in (database, other)]
        results = await asyncio.gather(*(drain.drain(chat.id) for drain in drains), return_exceptions=True)
    assert any(isinstance(result, Exception) for result in results)


# --- crashes ----------------------------------------------------------------------------------------------------------


class Stop(Exception):
    """The process dies here."""


@pytest.mark.parametrize("step", ["before the write", "inside the write", "before drained", "before the checkpoint"])
async def test_a_crash_anywhere_repeats_harmlessly(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stop(*_: object, **__: object) -> None:
        raise Stop

    places: dict[str, tuple[object, str]] = {
        "before the write": (records, "_advance"),
        "inside the write": (records, "put_records"),
        "before drained": (journal, "drained"),
        "before the checkpoint": (journal, "checkpoint"),
    }
    (id, _) = await talk.say("een", "twee")
    await talk.do(chat_kind.Remove(id))
    with monkeypatch.context() as patched:
        patched.setattr(*places[step], stop)
        with pytest.raises(Stop):
            await Drain(database, journal).drain(chat.id)
    written = step in ("before drained", "before the checkpoint")
    assert (await _cursor(database, chat.id) == talk.projection.position) is written
    await talk.say("drie")
    await Drain(database, journal).drain(chat.id)
    assert await _kept(database, chat.id) == talk.projection.records
    assert await _count(database, "entries") == talk.projection.seq
    assert await journal.drained_upto(chat.id) == talk.projection.seq


async def test_a_crash_keeps_the_room_pending(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.say("een")
    with monkeypatch.context() as patched:
        patched.setattr(journal, "drained", _never)
        with pytest.raises(Stop):
            await Drain(database, journal).drain(chat.id)
    assert await journal.pending() == (chat.id,)


async def _never(*_: object) -> None:
    raise Stop


async def test_one_room_in_trouble_holds_up_no_other(
    database: Database, journal: LocalJournal, community: Community, chat: Room, talk: Talk
) -> None:
    await journal.append("unknown", b"not an entry", UNBORN, b"attempt")
    async with database.write() as tx:
        other = await communities.add_room(tx, community.id, kind="chat", title="Elders")
    await journal.append(other.id, b"not an entry", UNBORN, b"attempt")
    drain = Drain(database, journal, bounds=QUICK)
    async with _running(drain):
        for number in range(3):
            await talk.say(f"bericht {number}")
            await _until_drained(drain, talk)
    assert drain.counts.failures >= 2
    assert set(await journal.pending()) == {"unknown", other.id}


# --- checkpoints ------------------------------------------------------------------------------------------------------


async def _checkpoint(journal: LocalJournal, room: str) -> Position | None:
    past = await journal.read(room, None)
    return past.checkpoint.position if past.checkpoint else None


async def test_a_checkpoint_after_so_many_entries_or_bytes(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    for bounds in (Bounds(entries=5), Bounds(bytes=500)):
        drain = Drain(database, journal, bounds=bounds)
        await talk.say("een")
        await drain.drain(chat.id)
        before = drain.counts.checkpoints
        for _ in range(5):
            await talk.say("nog een bericht van enige lengte, om de bytes te halen" * 3)
            await drain.drain(chat.id)
        assert drain.counts.checkpoints > before
        kept = await _checkpoint(journal, chat.id)
        assert kept is not None
        assert kept.seq <= (await _cursor(database, chat.id)).seq


async def test_a_quiet_room_gets_its_checkpoint(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    clock = [100.0]
    drain = Drain(database, journal, bounds=Bounds(idle_s=60.0), clock=lambda: clock[0])
    await talk.say("een")
    await drain.drain(chat.id)
    await drain._checkpoint_quiet_rooms()
    assert await _checkpoint(journal, chat.id) is None
    assert drain._until_quiet() == 60.0
    clock[0] += 60.0
    await drain._checkpoint_quiet_rooms()
    assert await _checkpoint(journal, chat.id) == talk.projection.position
    assert drain._until_quiet() is None


async def test_run_looks_after_quiet_rooms(database: Database, journal: LocalJournal, chat: Room, talk: Talk) -> None:
    drain = Drain(database, journal, bounds=Bounds(idle_s=0.01, pause_s=0.0))

    async def kept() -> bool:
        return await _checkpoint(journal, chat.id) == talk.projection.position

    async with _running(drain):
        await _until(drain, kept)


async def test_of_too_many_rooms_the_first_used_goes_with_a_checkpoint(
    database: Database, journal: LocalJournal, community: Community, chat: Room, talk: Talk
) -> None:
    drain = Drain(database, journal, bounds=Bounds(copies=2))
    await drain.drain(chat.id)
    for number in range(2):
        async with database.write() as tx:
            room = await communities.add_room(tx, community.id, kind="chat", title=str(number))
        other = Talk(database, journal, room.id)
        await other.open()
        await drain.drain(room.id)
    assert len(drain._copies) == 2
    assert await _checkpoint(journal, chat.id) == talk.projection.position
    await talk.say("weer hier")
    await drain.drain(chat.id)
    assert await _kept(database, chat.id) == talk.projection.records


async def test_a_checkpoint_rebuilds_the_room(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    await talk.say(*(f"bericht {number}" for number in range(100)))
    drain = Drain(database, journal, bounds=Bounds(entries=1))
    await drain.drain(chat.id)
    await talk.say("na het ijkpunt")
    past = await journal.read(chat.id, None)
    assert past.checkpoint is not None
    again = Projection(CHAT)
    again.restore(past.checkpoint)
    for entry in past.entries:
        again.apply(entry)
    assert (again.records, again.position) == (talk.projection.records, talk.projection.position)
    await Drain(database, journal).drain(chat.id)
    assert await _kept(database, chat.id) == talk.projection.records


# --- removed words ----------------------------------------------------------------------------------------------------


async def _held_after_removal(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk
) -> tuple[bytes, bytes]:
    """What the library's files hold, and the room's checkpoint, after a word was planted, kept and removed."""
    drain = Drain(database, journal, bounds=Bounds(entries=1, pause_s=0.0))
    (id, _) = await talk.say("zebrapad hier", "iets anders")
    await drain.drain(chat.id)
    first = (await journal.read(chat.id, None)).checkpoint
    assert first is not None
    assert b"zebrapad" in first.body
    drain._bounds = QUICK

    async def gone() -> bool:
        return await journal.drained_upto(chat.id) == talk.projection.seq and not drain._bytes_left_behind

    async with _running(drain):
        await talk.do(chat_kind.Remove(id))
        await _until(drain, gone)
    past = await journal.read(chat.id, None)
    assert past.checkpoint is not None
    return files(directory), past.checkpoint.body


async def test_removed_words_leave_files_and_checkpoint(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    held, checkpoint = await _held_after_removal(database, directory, journal, chat, talk)
    assert b"zebrapad" not in held
    assert b"zebrapad" not in checkpoint
    assert b"iets anders" in held


async def test_control_without_emptying_the_log_they_stay(
    database: Database,
    directory: Path,
    journal: LocalJournal,
    chat: Room,
    talk: Talk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def pretend() -> bool:
        return True

    monkeypatch.setattr(database, "truncate_log", pretend)
    held, _ = await _held_after_removal(database, directory, journal, chat, talk)
    assert b"zebrapad" in held


async def test_other_changes_bring_no_checkpoint(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    drain = Drain(database, journal)
    (id,) = await talk.say("een")
    await talk.do(chat_kind.Pin(id, True))
    await drain.drain(chat.id)
    assert drain.counts.checkpoints == 0
