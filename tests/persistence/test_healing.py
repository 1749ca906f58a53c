"""When journal and database disagree (J5): the database's room goes on, nothing counted twice, never silent."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from persistence import records
from persistence.communities import Room
from persistence.database import Database
from persistence.drain import Bounds, Drain
from realtime.journal import UNBORN
from realtime.journal.local import LocalJournal
from realtime.projection import Projection
from rooms.kinds import chat as chat_kind
from rooms.model import Record, RecordId
from tests.persistence.talk import CHAT, Talk, decode


async def _kept(database: Database, room: str) -> dict[RecordId, Record]:
    async with database.read() as tx:
        return {id: decode(body) for id, body in (await records.recent(tx, room, 0)).items()}


async def _rebuilt(journal: LocalJournal, room: str) -> Projection:
    past = await journal.read(room, None)
    found = Projection(CHAT)
    if past.checkpoint is not None:
        found.restore(past.checkpoint)
    for entry in past.entries:
        found.apply(entry)
    return found


@asynccontextmanager
async def _talking(database: Database, path: Path, room: Room, *, tail: int = 1_000) -> AsyncIterator[Talk]:
    """A process with the journal in that file, and somebody who talks as soon as they know the room."""
    async with LocalJournal.open(path, tail=tail) as journal:
        talk = Talk(database, journal, room.id)
        talk.projection = await _rebuilt(journal, room.id)
        yield talk


async def _heal(database: Database, journal: LocalJournal) -> tuple[Drain, list[str]]:
    drain = Drain(database, journal)
    with capture_logs() as logs:
        await drain.heal()
    return drain, [entry["event"] for entry in logs]


async def _same_again(database: Database, journal: LocalJournal, talk: Talk, was: Projection) -> None:
    """The room has all it had, knows the commands it knew (C2), and goes on."""
    talk.projection = await _rebuilt(journal, talk.room)
    assert talk.projection.records == was.records == await _kept(database, talk.room)
    assert talk.projection.position == was.position
    assert talk.projection._keys == was._keys
    assert talk.projection.at == was.at
    talk._count = 1_000
    await talk.say("verder")
    await Drain(database, journal).drain(talk.room)
    assert await _kept(database, talk.room) == talk.projection.records


async def test_a_healthy_room_is_left_alone(database: Database, directory: Path, chat: Room) -> None:
    async with _talking(database, directory / "journal.db", chat) as talk:
        await talk.open()
        await talk.say("een")
        await Drain(database, talk.journal).drain(chat.id)
        await talk.say("twee")
        drain, logs = await _heal(database, talk.journal)
        assert (drain.counts.restarts, logs) == (0, [])
        assert await _kept(database, chat.id) == talk.projection.records, "and what was missing was taken in"


@pytest.mark.parametrize("removed", [False, True])
async def test_a_lost_journal_goes_on_from_the_database(
    database: Database, directory: Path, chat: Room, removed: bool
) -> None:
    async with _talking(database, directory / "one.db", chat) as talk:
        await talk.open()
        (id, _) = await talk.say("een", "twee")
        if removed:
            await talk.do(chat_kind.Remove(id))
        await Drain(database, talk.journal).drain(chat.id)
    async with LocalJournal.open(directory / "two.db") as journal:
        drain, logs = await _heal(database, journal)
        assert logs == ["drain.restarted"]
        assert (drain.counts.restarts, drain.counts.entries_gone, drain.counts.failures) == (1, 0, 0)
        talk.journal = journal
        await _same_again(database, journal, talk, talk.projection)


async def test_an_older_journal_goes_on_from_the_database(database: Database, directory: Path, chat: Room) -> None:
    async with _talking(database, directory / "journal.db", chat) as talk:
        await talk.open()
        await talk.say("een")
        await Drain(database, talk.journal, bounds=Bounds(entries=1)).drain(chat.id)
    shutil.copy(directory / "journal.db", directory / "older.db")
    async with _talking(database, directory / "journal.db", chat) as talk:
        talk._count = 100
        await talk.say("twee")
        await Drain(database, talk.journal).drain(chat.id)
    async with LocalJournal.open(directory / "older.db") as journal:
        drain, _ = await _heal(database, journal)
        assert drain.counts.restarts == 1
        talk.journal = journal
        await _same_again(database, journal, talk, talk.projection)


async def test_a_forked_journal_gives_way_and_its_entries_are_counted(
    database: Database, directory: Path, chat: Room
) -> None:
    async with _talking(database, directory / "one.db", chat) as talk:
        await talk.open()
        await talk.say("een")
        await Drain(database, talk.journal).drain(chat.id)
    async with _talking(database, directory / "two.db", chat) as other:
        await other.open()
        for number in range(4):
            await other.say(f"anders {number}")
        drain, logs = await _heal(database, other.journal)
        assert logs == ["drain.restarted"]
        assert drain.counts.entries_gone == other.projection.seq - talk.projection.seq > 0
        talk.journal = other.journal
        await _same_again(database, other.journal, talk, talk.projection)


async def test_the_same_while_running(database: Database, directory: Path, chat: Room) -> None:
    """What `run` does with a pending room is what `heal` does."""
    async with _talking(database, directory / "one.db", chat) as talk:
        await talk.open()
        await Drain(database, talk.journal).drain(chat.id)
    async with _talking(database, directory / "two.db", chat) as other:
        await other.open()
        await other.say("anders")
        drain = Drain(database, other.journal)
        await drain._attempt(chat.id)
        assert drain.counts.restarts == 1
        assert (await _rebuilt(other.journal, chat.id)).position == talk.projection.position


async def test_a_library_behind_the_checkpoint_takes_in_the_entries(
    database: Database, directory: Path, chat: Room, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As after a backup: the library was copied first, then the journal, whose trimming was held."""
    restored = tmp_path_factory.mktemp("restored")
    async with _talking(database, directory / "journal.db", chat) as talk:
        await talk.open()
        await talk.say("een")
        drain = Drain(database, talk.journal, bounds=Bounds(entries=1))
        await drain.drain(chat.id)
        await database.truncate_log()
        shutil.copy(directory / "library.db", restored)
        for number in range(5):
            await talk.say(f"bericht {number}")
            await drain.drain(chat.id)
        async with Database.open(restored) as older:
            healed, logs = await _heal(older, talk.journal)
            assert (healed.counts.restarts, healed.counts.failures, logs) == (0, 0, [])
            assert await _kept(older, chat.id) == talk.projection.records
            async with older.read() as tx:
                assert await records.cursor(tx, chat.id) == talk.projection.position
                assert (await tx.execute(text("SELECT count(*) FROM entries"))).scalar_one() == talk.projection.seq


async def test_a_library_too_far_behind_takes_the_checkpoint_and_says_what_is_gone(
    database: Database, directory: Path, chat: Room, tmp_path_factory: pytest.TempPathFactory
) -> None:
    restored = tmp_path_factory.mktemp("restored")
    async with _talking(database, directory / "journal.db", chat, tail=1) as talk:
        await talk.open()
        ids = await talk.say("een", "twee", "drie")
        drain = Drain(database, talk.journal, bounds=Bounds(entries=1))
        await drain.drain(chat.id)
        await database.truncate_log()
        shutil.copy(directory / "library.db", restored)
        await talk.do(chat_kind.Delete(ids[1]))
        for number in range(6):
            await talk.say(f"bericht {number}")
            await drain.drain(chat.id)
        while (await talk.journal.read(chat.id, UNBORN)).checkpoint is None:
            await talk.say("tot er gesnoeid is")
            await drain.drain(chat.id)
        async with Database.open(restored) as older:
            healed, logs = await _heal(older, talk.journal)
            assert logs == ["drain.skipped"]
            assert healed.counts.entries_gone > 0
            assert await _kept(older, chat.id) == talk.projection.records
            await talk.say("verder")
            await Drain(older, talk.journal).drain(chat.id)
            assert await _kept(older, chat.id) == talk.projection.records
    async with LocalJournal.open(directory / "new.db") as journal, Database.open(restored) as older:
        healed, logs = await _heal(older, journal)
        assert logs == ["drain.failed"], "a transcript with a hole rebuilds nothing, and says so"
        assert healed.counts.failures == 1
