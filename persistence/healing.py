"""When the journal and the database no longer agree (J5, J8): never silent, and what was counted is counted."""

from __future__ import annotations

import secrets
from typing import Protocol

import structlog

from persistence import records
from persistence.copies import Copy, Hole, copy_of_transcript, where
from persistence.database import Database
from persistence.records import Drained, write_drained
from realtime.journal import Checkpoint, Entry, Journal, Position
from rooms.model import Record, RecordId

ATTEMPT_BYTES = 16

log = structlog.get_logger()


class Restartable(Journal, Protocol):
    """A journal whose rooms can be begun anew."""

    async def restart(self, room: str, head: Entry, checkpoint: bytes, was: Position | None = None) -> None:
        """Let the room go on from `head`, if it stands at `was` (None: wherever). Drained up to there.

        Followers and appenders that stand elsewhere get Lost or Forked.
        """


async def restart(database: Database, journal: Restartable, room: str, head: Position) -> int:
    """Begin the room's journal anew where the database is; `head`: where the journal was. How many entries are gone.

    Where it is elsewhere by now, somebody else mended it. Raises Hole when the database alone can't tell.
    """
    cursor = await begin_anew(database, journal, room, was=head)
    gone = max(0, head.seq - cursor.seq)
    log.error("drain.restarted", room=room, journal=head.seq, database=cursor.seq, entries_gone=gone)
    return gone


async def begin_anew(database: Database, journal: Restartable, room: str, *, was: Position | None = None) -> Position:
    """Let the room's journal be its last entry and what it came to, as the database has them. Raises Hole.

    `was`: only if it stands there.
    """
    kind, cursor = await where(database, room)
    copy = await copy_of_transcript(database, room, kind, cursor)
    async with database.read() as tx:
        last = await records.transcript(tx, room, cursor.seq - 1, 1)
    if not last:
        raise Hole(f"no entry {cursor.seq}")
    entry = Entry(cursor.seq, cursor.mark, secrets.token_bytes(ATTEMPT_BYTES), last[0].body)
    await journal.restart(room, entry, copy.projection.checkpoint(), was)
    return cursor


async def skip_ahead(database: Database, copy: Copy, checkpoint: Checkpoint) -> int:
    """The journal no longer has the entries that the database lacks: take the checkpoint. How many entries are gone.

    Their effects are there, but for records that memory had let go of; the transcript has a hole.
    """
    before = copy.position
    copy.projection.restore(checkpoint)
    live: dict[RecordId, Record | None] = dict(copy.projection.records)
    async with database.read() as tx:
        known = await records.recent(tx, copy.room, copy.projection.oldest)
    gone = dict.fromkeys(id for id in known if id not in live)
    changed_at = copy.projection.changed_at | dict.fromkeys(gone, checkpoint.position.seq)
    drained = Drained(copy.room, before, copy.position, (), {**live, **gone}, changed_at)
    async with database.write() as tx:
        stored = await write_drained(tx, drained, copy.wording)
    if not stored:
        return 0
    missing = copy.position.seq - before.seq
    log.error("drain.skipped", room=copy.room, entries_gone=missing, database=before.seq, journal=copy.position.seq)
    return missing
