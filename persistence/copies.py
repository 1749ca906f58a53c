"""A room rebuilt as the database has it: from the journal, or from the transcript where the journal can't."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from persistence import communities, records, sessions
from persistence.database import Database
from persistence.dates import ms_of
from persistence.records import Drained
from persistence.words import Wording
from realtime.batch import Kept, Whole, encode
from realtime.journal import Checkpoint, Entry, Forked, Journal, Lost, Position
from realtime.projection import Projection
from rooms.kind import Kind, kinds
from rooms.model import Record, RecordId

PAGE = 200
YIELD_BYTES = 32 * 1024
"""Others on the event loop have a turn after so much has been applied."""


class UnknownRoom(Exception):
    """The journal has a room that the database doesn't."""


class Hole(Exception):
    """The transcript lacks entries, so the room can't be rebuilt from it."""


class Copy:
    """A projection at the position where the database is, and what has come since its last checkpoint."""

    def __init__(self, room: str, kind: Kind) -> None:
        self.room = room
        self.wording = Wording(kind)
        self.projection = Projection(kind)
        self.entries = 0
        self.bytes = 0
        self.forgot = False
        """Words were removed that the last checkpoint may still hold."""
        self.quiet_since = 0.0

    @property
    def position(self) -> Position:
        return self.projection.position

    async def apply(self, entries: Sequence[Entry]) -> Drained:
        """Take the next entries; what the database has to write."""
        before = self.position
        changes: dict[RecordId, Record | None] = {}
        changed_at: dict[RecordId, int] = {}
        size = 0
        for entry in entries:
            for id, (_, after) in self.projection.apply(entry).changed.items():
                changes[id], changed_at[id] = after, entry.seq
            size += len(entry.body)
            if size >= YIELD_BYTES:
                size = 0
                await asyncio.sleep(0)
        return Drained(self.room, before, self.position, entries, changes, changed_at)

    def stored(self, drained: Drained, *, forgot: bool) -> None:
        """The database has it."""
        self.projection.drained(drained.after.seq)
        self.entries += len(drained.entries)
        self.bytes += sum(len(entry.body) for entry in drained.entries)
        self.forgot |= forgot

    def checkpointed(self) -> None:
        self.entries = self.bytes = 0
        self.forgot = False


async def where(database: Database, room: str) -> tuple[Kind, Position]:
    """A room's kind, and up to where the database has it. Raises UnknownRoom."""
    async with database.read() as tx:
        found = await communities.room(tx, room)
        cursor = await records.cursor(tx, room)
    if found is None or found.kind not in kinds():
        raise UnknownRoom(found.kind if found else room)
    return kinds()[found.kind], cursor


async def copy_at(database: Database, journal: Journal, room: str, kind: Kind, cursor: Position) -> Copy:
    """The room as of the cursor. Raises Lost or Forked when the journal has not been there; Newer, Hole."""
    past = await journal.read(room, None)
    copy = Copy(room, kind)
    if past.checkpoint is not None and past.checkpoint.position.seq > cursor.seq:
        return await copy_of_transcript(database, room, kind, cursor)
    if past.checkpoint is not None:
        copy.projection.restore(past.checkpoint)
    await copy.apply([entry for entry in past.entries if entry.seq <= cursor.seq])
    if copy.position.seq < cursor.seq:
        raise Lost(past.head)
    if copy.position != cursor:
        raise Forked(past.head)
    return copy


async def copy_of_transcript(database: Database, room: str, kind: Kind, cursor: Position) -> Copy:
    """The room as of the cursor, from the database alone. Raises Newer, Hole."""
    if (remains := await _remains(database, room, kind, cursor)) is not None:
        return remains
    copy = Copy(room, kind)
    while copy.position.seq < cursor.seq:
        async with database.read() as tx:
            entries = await records.transcript(tx, room, copy.position.seq, PAGE)
        if not unbroken(entries, copy.position.seq):
            raise Hole(f"after entry {copy.position.seq}")
        await copy.apply([entry for entry in entries if entry.seq <= cursor.seq])
    return copy


async def _remains(database: Database, room: str, kind: Kind, cursor: Position) -> Copy | None:
    """A room whose transcript is kept no longer, of the records that are left: that it is closed. None: it is kept."""
    async with database.read() as tx:
        session = await sessions.of_room(tx, room)
        if session is None or session.swept_on is None:
            return None
        found = {id: kind.record_from_msgpack(body) for id, body in (await records.everything(tx, room)).items()}
    kept = {id: Kept(cursor.seq, record) for id, record in found.items()}
    copy = Copy(room, kind)
    whole = Whole(kind.version, ms_of(session.swept_on), 0, cursor.seq, [], kept)
    copy.projection.restore(Checkpoint(cursor, encode(whole)))
    return copy


def unbroken(entries: Sequence[Entry], after: int) -> bool:
    """Whether these are the entries right after seq `after`, without a hole, and at least one."""
    return bool(entries) and [entry.seq for entry in entries] == list(range(after + 1, after + 1 + len(entries)))
