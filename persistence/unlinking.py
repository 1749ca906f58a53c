"""Taking a closed room's record of who did what out of the database (C7): each act gets an alias of its own.

What happened stays, in order, to the minute; the commands' keys go, the marks are made anew. The aliases are made with
a key that is never written down, so nobody can tell two acts of one person from two of two.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, select, update

from persistence import records, schema
from persistence.copies import PAGE, Copy, Hole, unbroken, where
from persistence.database import Database, Write
from persistence.dates import day_of
from persistence.records import Drained
from realtime.batch import Batch, encode
from realtime.journal import MARK_BYTES, UNBORN, Entry, Position, next_mark
from rooms.kind import Kind
from rooms.lifecycle import State
from rooms.model import ActorId, Event, Record, RecordId, minute_of

KEY_BYTES = 32
ALIAS_LENGTH = 16


class NotClosed(Exception):
    """Somebody may still act in the room, or the database doesn't have all of it."""


class Unlinked(Struct, frozen=True):
    """A room as it will be kept: its entries, and what they come to."""

    before: Position
    entries: Sequence[Entry]
    drained: Drained


async def unlink(database: Database, room: str, *, now: int) -> bool:
    """Once, however often and by how many at a time it is asked. False: it was done before.

    Raises NotClosed, Hole, UnknownRoom.
    """
    if await is_unlinked(database, room):
        return False
    kind, cursor = await where(database, room)
    unlinked = await _unlinked(database, room, kind, cursor)
    async with database.write() as tx:
        return await _write(tx, room, unlinked, now)


async def is_unlinked(database: Database, room: str) -> bool:
    """Whether the database has nothing any more that tells who did what in the room."""
    async with database.read() as tx:
        return (await tx.execute(_done.where(schema.rooms.c.id == room))).scalar_one() is not None


async def _unlinked(database: Database, room: str, kind: Kind, cursor: Position) -> Unlinked:
    """Worked out beside the database: nothing changes in a closed room meanwhile."""
    aliases, copy, entries = Aliases(kind), Copy(room, kind), list[Entry]()
    mark = secrets.token_bytes(MARK_BYTES)
    while len(entries) < cursor.seq:
        async with database.read() as tx:
            some = await records.transcript(tx, room, len(entries), PAGE)
        if not unbroken(some, len(entries)):
            raise Hole(f"after entry {len(entries)}")
        fresh = []
        for entry in some:
            body = aliases.without(entry.body)
            mark = next_mark(mark, body)
            fresh.append(Entry(entry.seq, mark, b"", body))
        await copy.apply(fresh)
        entries += fresh
        await asyncio.sleep(0)
    if copy.projection.state is not State.CLOSED:
        raise NotClosed
    live: dict[RecordId, Record | None] = dict(copy.projection.records)
    drained = Drained(room, UNBORN, copy.position, entries, live, copy.projection.changed_at)
    return Unlinked(cursor, entries, drained)


async def _write(tx: Write, room: str, unlinked: Unlinked, now: int) -> bool:
    """All of it, or nothing. False: somebody else was first."""
    if (await tx.execute(_done.where(schema.rooms.c.id == room))).scalar_one() is not None:
        return False
    if await records.cursor(tx, room) != unlinked.before:
        raise NotClosed
    rows = [{"at_seq": e.seq, "new_mark": e.mark, "new_body": e.body} for e in unlinked.entries]
    await tx.execute(_rewritten.where(schema.entries.c.room == room), rows)
    await tx.execute(delete(schema.records).where(schema.records.c.room == room))
    await records.put_records(tx, unlinked.drained)
    last = unlinked.entries[-1].position
    await tx.execute(update(schema.cursors).where(schema.cursors.c.room == room).values(mark=last.mark))
    await tx.execute(update(schema.rooms).where(schema.rooms.c.id == room).values(unlinked_on=day_of(now)))
    return True


_done = select(schema.rooms.c.unlinked_on)
_rewritten = (
    update(schema.entries)
    .where(schema.entries.c.seq == bindparam("at_seq"))
    .values(mark=bindparam("new_mark"), body=bindparam("new_body"))
)


class Aliases:
    """For the entries of one room, with a key of their own that goes with this object."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._key = secrets.token_bytes(KEY_BYTES)
        self._decode = msgspec.msgpack.Decoder(Batch[kind.event_union, kind.record_union]).decode  # type: ignore[name-defined]

    def without(self, body: bytes) -> bytes:
        """The entry without who did it, with which command, and at which moment of the minute."""
        batch: Batch[Event, Record] = self._decode(body)
        events = [kept for event in batch.events if (kept := self._kind.unlink(event, self.alias)) is not None]
        return encode(replace(batch, at=minute_of(batch.at), keys=[], events=events))

    def alias(self, actor: ActorId, record: RecordId) -> ActorId:
        digest = hmac.digest(self._key, f"{actor}\x00{record}".encode(), hashlib.sha256)
        return ActorId(base64.b32encode(digest).decode().lower()[:ALIAS_LENGTH])
