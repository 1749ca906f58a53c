"""Drained entries: all or nothing, once whoever tries, and consistent for whoever looks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from persistence import passages, records
from persistence.communities import Room
from persistence.copies import Copy
from persistence.database import Database, Write
from persistence.records import Drained, Written, write_drained
from realtime.journal import UNBORN, Entry, Position
from realtime.journal.local import LocalJournal
from rooms.kinds import chat as chat_kind
from rooms.kinds.chat import Message
from rooms.model import RecordId
from tests.persistence.talk import CHAT, Talk, decode, files


async def _entries(journal: LocalJournal, room: Room) -> Sequence[Entry]:
    return (await journal.read(room.id, UNBORN)).entries


async def _drained(journal: LocalJournal, room: Room) -> tuple[Copy, Drained]:
    copy = Copy(room.id, CHAT)
    return copy, await copy.apply(await _entries(journal, room))


async def _write(database: Database, copy: Copy, drained: Drained) -> Written | None:
    async with database.write() as tx:
        return await write_drained(tx, drained, copy.wording)


async def test_everything_comes_in_at_once(database: Database, journal: LocalJournal, chat: Room, talk: Talk) -> None:
    (first, second) = await talk.say("een", "twee")
    copy, drained = await _drained(journal, chat)
    assert await _write(database, copy, drained) == Written(0)
    async with database.read() as tx:
        assert await records.cursor(tx, chat.id) == talk.projection.position
        assert await records.cursors(tx) == {chat.id: talk.projection.position}
        found = await records.recall(tx, chat.id, [second, RecordId("unknown"), first])
        assert found.cursor == talk.projection.seq
        assert {id: decode(body) for id, body in found.records.items()} == {
            id: talk.projection.records[id] for id in (first, second)
        }
        transcript = await records.transcript(tx, chat.id, 0, 100)
    entries = await _entries(journal, chat)
    assert [(e.seq, e.mark, e.body) for e in transcript] == [(e.seq, e.mark, e.body) for e in entries]


async def test_c2_the_second_to_write_the_same_does_nothing(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    await talk.say("een")
    copy, drained = await _drained(journal, chat)
    assert await _write(database, copy, drained) is not None
    assert await _write(database, copy, drained) is None
    async with database.read() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM passages"))).scalar_one() == 1


@pytest.mark.parametrize("before", [Position(1, b"othermrk"), Position(9, b"othermrk")])
async def test_j1_another_mark_or_seq_is_another_past(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk, before: Position
) -> None:
    copy, drained = await _drained(journal, chat)
    await _write(database, copy, drained)
    wrong = Drained(chat.id, before, Position(10, b"x" * 8), (), {}, {})
    assert await _write(database, copy, wrong) is None
    async with database.read() as tx:
        assert await records.cursor(tx, chat.id) == drained.after


async def test_of_many_writers_one_wins(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    await talk.say("een")
    copy, drained = await _drained(journal, chat)
    async with Database.open(directory) as other:
        tries = [_write(which, copy, drained) for which in (database, other) * 3]
        assert sum(result is not None for result in await asyncio.gather(*tries)) == 1


async def test_control_without_compare_and_set_both_write(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anyway(tx: Write, drained: Drained) -> bool:
        return True

    copy, _ = await _drained(journal, chat)
    entryless = Drained(chat.id, UNBORN, Position(1, b"x" * 8), (), {}, {})
    monkeypatch.setattr(records, "_advance", anyway)
    assert [await _write(database, copy, entryless) for _ in range(2)] == [Written(0)] * 2


async def test_pages_go_back_to_the_first(database: Database, journal: LocalJournal, chat: Room, talk: Talk) -> None:
    ids = await talk.say(*(str(number) for number in range(25)))
    await talk.do(chat_kind.Delete(ids[3]))
    await _write(database, *await _drained(journal, chat))
    seen: list[int] = []
    before, more = 26, True
    while more:
        async with database.read() as tx:
            found = await records.page(tx, chat.id, before, 10)
        messages = [decode(body) for body in found.records.values()]
        assert found.cursor == talk.projection.seq
        numbers = [message.n for message in messages if isinstance(message, Message)]
        seen += numbers
        before, more = min(numbers), found.more
    assert seen == [n for n in range(25, 0, -1) if n != 4]


async def test_a_page_and_its_cursor_are_of_one_moment(
    database: Database, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    await talk.say("een")
    copy, first = await _drained(journal, chat)
    await _write(database, copy, first)
    await talk.say("twee")
    second = await copy.apply((await journal.read(chat.id, first.after)).entries)
    async with database.read() as tx:
        before = await records.page(tx, chat.id, 100, 10)
        await _write(database, copy, second)
        again = await records.page(tx, chat.id, 100, 10)
    assert again == before
    async with database.read() as tx:
        assert (await records.page(tx, chat.id, 100, 10)).cursor == before.cursor + 1


# --- removed words ----------------------------------------------------------------------------------------------------

PLANTED = "zebrapad"


async def _planted_and_gone(talk: Talk, by_staff: bool) -> None:
    """Said, edited, answered, reacted to, and taken back: in entries of its own and in shared ones."""
    (id, _) = await talk.say(f"{PLANTED}een hier", "iets anders")
    await talk.do(chat_kind.Edit(id, f"{PLANTED}twee nu"))
    await talk.do(chat_kind.Post("een antwoord", reply_to=id), chat_kind.Pin(id, True))
    await talk.do(chat_kind.Remove(id) if by_staff else chat_kind.Delete(id))


@pytest.mark.parametrize("by_staff", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
async def test_removed_words_are_in_no_file_and_a_trace_stays(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk, by_staff: bool, at_once: bool
) -> None:
    await _planted_and_gone(talk, by_staff)
    copy = Copy(chat.id, CHAT)
    entries = await _entries(journal, chat)
    parts = [entries] if at_once else [[entry] for entry in entries]
    written = [await _write(database, copy, await copy.apply(some)) for some in parts]
    assert written[-1] == Written(2)
    assert await database.truncate_log()
    held = files(directory)
    assert b"iets anders" in held
    assert b"een antwoord" in held
    assert PLANTED.encode() not in held
    async with database.read() as tx:
        transcript = await records.transcript(tx, chat.id, 0, 100)
    assert [(e.seq, e.mark) for e in transcript] == [(e.seq, e.mark) for e in entries], "the trace"
    again = Copy(chat.id, CHAT)
    await again.apply(transcript)
    assert again.projection.records == talk.projection.records, "the transcript still rebuilds the room"


@pytest.mark.parametrize("mechanism", ["transcript", "search", "index"])
async def test_control_each_mechanism_is_needed(
    database: Database,
    directory: Path,
    journal: LocalJournal,
    chat: Room,
    talk: Talk,
    mechanism: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def nothing(*_: object) -> int:
        return 0

    where = {
        "transcript": (records, "_forget"),
        "search": (passages, "_forget"),
        "index": (passages, "drop_deleted_words"),
    }
    monkeypatch.setattr(*where[mechanism], nothing)
    await _planted_and_gone(talk, True)
    copy = Copy(chat.id, CHAT)
    for entry in await _entries(journal, chat):
        await _write(database, copy, await copy.apply([entry]))
    assert await database.truncate_log()
    assert PLANTED.encode() in files(directory)


async def test_words_recalled_for_an_act_go_too(
    database: Database, directory: Path, journal: LocalJournal, chat: Room, talk: Talk
) -> None:
    """C6: memory had let go of the message, so the entry of the act on it carries it whole."""
    (id,) = await talk.say(f"{PLANTED} lang geleden")
    for start in range(0, chat_kind.WINDOW, 100):
        await talk.say(*(f"later {number}" for number in range(start, start + 100)))
    copy = Copy(chat.id, CHAT)
    drained = await copy.apply(await _entries(journal, chat))
    await _write(database, copy, drained)
    talk.projection.drained(talk.projection.seq)
    talk.projection.echoes.clear()
    assert id not in talk.projection.records
    await talk.do(chat_kind.React(id, chat_kind.Reaction.AGREE, True))
    await talk.do(chat_kind.Edit(id, f"{PLANTED} anders"))
    await talk.do(chat_kind.Remove(id))
    more = (await journal.read(chat.id, drained.after)).entries
    assert sum(PLANTED.encode() in entry.body for entry in more) == 3
    written = [await _write(database, copy, await copy.apply([entry])) for entry in more]
    assert written == [Written(0), Written(0), Written(4)]
    await database.truncate_log()
    assert PLANTED.encode() not in files(directory)
    async with database.read() as tx:
        found = decode((await records.recall(tx, chat.id, [id])).records[id])
    assert isinstance(found, Message)
    assert found.removed
    assert found.n == 1
