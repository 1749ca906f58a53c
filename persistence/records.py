"""What rooms came to: their records, their transcript, and up to where the journal has been taken in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Select, bindparam, delete, insert, select, update

from persistence import passages, schema, staff_log
from persistence.database import Read, Write
from persistence.passages import chunks
from persistence.upsert import put, put_new
from persistence.words import Wording, is_silent
from realtime.batch import encode
from realtime.gate import Recalled
from realtime.journal import UNBORN, Entry, Position
from rooms.model import Numbered, Record, RecordId


class Drained(Struct, frozen=True):
    """What some entries of a room came to: the records as they are now (None: gone), and the entries that changed them.

    `before`, `after`: where the database was, and is after this. `changed_at`: the entry that last changed a record.
    """

    room: str
    before: Position
    after: Position
    entries: Sequence[Entry]
    changes: Mapping[RecordId, Record | None]
    changed_at: Mapping[RecordId, int]


class Written(Struct, frozen=True):
    """It is in the database. `silenced`: entries out of which words of removed records were taken."""

    silenced: int


async def write_drained(tx: Write, drained: Drained, wording: Wording) -> Written | None:
    """Take it in, whole. None, and nothing done: somebody else was first."""
    if not await _advance(tx, drained):
        return None
    await _add_entries(tx, drained, wording)
    await put_records(tx, drained)
    await staff_log.follow(tx, drained.room, drained.entries)
    await passages.follow(tx, drained.room, wording.kind, drained.changes)
    return Written(await _forget(tx, drained, wording))


async def cursor(tx: Read, room: str) -> Position:
    """Up to where the database has the room."""
    row = (await tx.execute(select(_cursors.seq, _cursors.mark).where(_cursors.room == room))).first()
    return Position(*row) if row else UNBORN


async def cursors(tx: Read) -> dict[str, Position]:
    """That of every room that has begun."""
    found = await tx.execute(select(_cursors.room, _cursors.seq, _cursors.mark))
    return {room: Position(seq, mark) for room, seq, mark in found}


async def recall(tx: Read, room: str, ids: Collection[RecordId]) -> Recalled:
    """Records by id; unknown ones are left out."""
    found: dict[RecordId, bytes] = {}
    for some in chunks(ids):
        found |= await _bodies(tx, _records_of(room).where(_records.id.in_(some)))
    return Recalled(found, (await cursor(tx, room)).seq)


async def page(tx: Read, room: str, before: int, limit: int) -> Recalled:
    """The latest `limit` numbered records with n < `before`, newest first; `more`: older ones exist."""
    latest = _records_of(room).where(_records.n < before).order_by(_records.n.desc()).limit(limit + 1)
    found = await _bodies(tx, latest)
    return Recalled(dict(list(found.items())[:limit]), (await cursor(tx, room)).seq, len(found) > limit)


async def recent(tx: Read, room: str, oldest: int) -> dict[RecordId, bytes]:
    """All records of a room but those numbered below `oldest`."""
    return await _bodies(tx, _records_of(room).where(_records.n.is_(None) | (_records.n >= oldest)))


async def everything(tx: Read, room: str) -> dict[RecordId, bytes]:
    """All records of a room."""
    return await _bodies(tx, _records_of(room))


async def transcript(tx: Read, room: str, after: int, limit: int) -> Sequence[Entry]:
    """The room's entries after seq `after`, at most `limit`; without the words of what was removed."""
    found = select(_entries.seq, _entries.mark, _entries.body).where(_entries.room == room, _entries.seq > after)
    rows = await tx.execute(found.order_by(_entries.seq).limit(limit))
    return [Entry(seq, mark, b"", body) for seq, mark, body in rows]


_cursors, _entries, _records, _written = schema.cursors.c, schema.entries.c, schema.records.c, schema.written.c

# Made once: SQLAlchemy takes longer to make a statement than SQLite to carry it out.
_ADD_ENTRIES, _ADD_SPOKEN = insert(schema.entries), insert(schema.written)
_ADVANCE = (
    update(schema.cursors)
    .where(
        _cursors.room == bindparam("of"),
        _cursors.seq == bindparam("from_seq"),
        _cursors.mark == bindparam("from_mark"),
    )
    .values(room=bindparam("room"), seq=bindparam("seq"), mark=bindparam("mark"))
)


def _records_of(room: str) -> Select[tuple[str, bytes]]:
    return select(_records.id, _records.body).where(_records.room == room)


async def _bodies(tx: Read, query: Select[tuple[str, bytes]]) -> dict[RecordId, bytes]:
    rows = (await tx.execute(query)).all()
    return {RecordId(row.id): row.body for row in rows}


async def _advance(tx: Write, drained: Drained) -> bool:
    """Compare and set: only whoever finds the cursor where they thought it was may go on."""
    place = {"room": drained.room, "seq": drained.after.seq, "mark": drained.after.mark}
    if drained.before == UNBORN:
        return (await tx.execute(put_new(schema.cursors), place)).rowcount == 1
    there = {"of": drained.room, "from_seq": drained.before.seq, "from_mark": drained.before.mark}
    return (await tx.execute(_ADVANCE, place | there)).rowcount == 1


async def _add_entries(tx: Write, drained: Drained, wording: Wording) -> None:
    rows = [{"room": drained.room, "seq": e.seq, "mark": e.mark, "body": e.body} for e in drained.entries]
    if rows:
        await tx.execute(_ADD_ENTRIES, rows)
    spoken = [
        {"room": drained.room, "record": id, "seq": entry.seq}
        for entry in drained.entries
        for id in wording.spoken(entry.body)
    ]
    if spoken:
        await tx.execute(_ADD_SPOKEN, spoken)


async def put_records(tx: Write, drained: Drained) -> None:
    """The records as they are after it."""
    gone = [id for id, record in drained.changes.items() if record is None]
    for some in chunks(gone):
        await tx.execute(delete(schema.records).where(_records.room == drained.room, _records.id.in_(some)))
    rows = [
        {
            "room": drained.room,
            "id": id,
            "n": record.n if isinstance(record, Numbered) else None,
            "seq": drained.changed_at[id],
            "body": encode(record),
        }
        for id, record in drained.changes.items()
        if record is not None
    ]
    if rows:
        await tx.execute(put(schema.records, "room", "id"), rows)


async def _forget(tx: Write, drained: Drained, wording: Wording) -> int:
    """Take the words of records that hold none any more out of the transcript; that they were there stays."""
    silenced = 0
    for some in chunks([id for id, record in drained.changes.items() if is_silent(record)]):
        said = (_written.room == drained.room, _written.record.in_(some))
        seqs = set((await tx.execute(select(_written.seq).where(*said))).scalars())
        for seq in sorted(seqs):
            place = (_entries.room == drained.room, _entries.seq == seq)
            body = (await tx.execute(select(_entries.body).where(*place))).scalar_one()
            await tx.execute(update(schema.entries).where(*place).values(body=wording.without(body, some)))
        await tx.execute(delete(schema.written).where(*said))
        silenced += len(seqs)
    return silenced
