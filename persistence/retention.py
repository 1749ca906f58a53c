"""Transcripts that were kept for long enough, deleted. What sessions came to, and the library, stay.

Of a room there stays that it is closed: its record, and its last entry without anything in it, at the same place. So
whoever comes is told so, and nothing is begun anew. Killed anywhere, it is begun again and ends the same.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from persistence import healing, records, schema, sessions
from persistence.closing import Scrubbable, scrub
from persistence.communities import Room
from persistence.database import Database, Read, Write
from persistence.dates import day_of, ms_of
from persistence.drain import Drain
from persistence.passages import drop_deleted_words
from persistence.sessions import SessionState
from realtime.batch import Batch, encode
from realtime.journal import MARK_BYTES, Position, next_mark
from rooms.kind import kinds
from rooms.lifecycle import ROOM
from rooms.model import Event, Record


class Step(StrEnum):
    """What has been done, in this order: the first for each session, the second for each room."""

    DELETED = "deleted"
    BEGUN_ANEW = "begun_anew"
    SCRUBBED = "scrubbed"
    DONE = "done"


async def steps(
    database: Database, journal: Scrubbable, drain: Drain, keep_days: int | None, *, now: int
) -> AsyncIterator[Step]:
    """Delete what at `now` (ms) was kept for `keep_days` after its session closed; None: nothing more than was begun.

    Raises Hole, Unreachable, InUse: nothing that is done is undone; do it again.
    """
    async with database.read() as tx:
        due = await _due(tx, keep_days, now)
    for session in due:
        async with database.write() as tx:
            await _delete(tx, session, now)
        yield Step.DELETED
    async with database.read() as tx:
        rooms = (await tx.execute(select(schema.sweeps.c.room))).scalars().all()
    if not rooms:
        return
    for room in rooms:
        drain.let_go(room)
        await healing.begin_anew(database, journal, room)
        yield Step.BEGUN_ANEW
    await scrub(journal, database)
    yield Step.SCRUBBED
    async with database.write() as tx:
        await tx.execute(delete(schema.sweeps).where(schema.sweeps.c.room.in_(rooms)))
    yield Step.DONE


def last_day(keep_days: int, now: int) -> date | None:
    """What closed before this day was kept for long enough. None: that was before there were calendars."""
    try:
        return day_of(now) - timedelta(days=keep_days)
    except OverflowError:
        return None


async def _due(tx: Read, keep_days: int | None, now: int) -> Sequence[str]:
    last = last_day(keep_days, now) if keep_days is not None else None
    if last is None:
        return ()
    table = schema.sessions.c
    old = (table.state == SessionState.CLOSED) & (table.closed_on < last) & table.swept_on.is_(None)
    return (await tx.execute(select(table.id).where(old).order_by(table.id))).scalars().all()


async def _delete(tx: Write, session: str, now: int) -> None:
    """Out of the database, all of it or nothing; once, by whoever is first."""
    fresh = (schema.sessions.c.id == session) & schema.sessions.c.swept_on.is_(None)
    if (await tx.execute(update(schema.sessions).where(fresh).values(swept_on=day_of(now)))).rowcount == 0:
        return
    for room in await sessions.rooms_of(tx, session):
        cursor = await records.cursor(tx, room.id)
        for table in (schema.written, schema.entries, schema.passages):
            await tx.execute(delete(table).where(table.c.room == room.id))
        theirs = schema.records.c.room == room.id
        await tx.execute(delete(schema.records).where(theirs, schema.records.c.id != ROOM))
        if cursor.seq:  # an older Kring may have closed a session whose room nobody ever opened
            await _end(tx, room, cursor.seq, ms_of(day_of(now)))
    await drop_deleted_words(tx)


async def _end(tx: Write, room: Room, seq: int, at: int) -> None:
    """Let the transcript be one entry in which nothing happens, at the place where the last one was."""
    body = encode(Batch[Event, Record](kinds()[room.kind].version, at, [], []))
    last = Position(seq, next_mark(secrets.token_bytes(MARK_BYTES), body))
    row = {"room": room.id, "seq": last.seq, "mark": last.mark, "body": body}
    await tx.execute(insert(schema.entries), row)
    await tx.execute(update(schema.cursors).where(schema.cursors.c.room == room.id).values(mark=last.mark))
    await tx.execute(insert(schema.sweeps), {"room": room.id})
