"""Older records, let go of by memory, as the room has them at the moment they are sent (C6)."""

from __future__ import annotations

import heapq

from realtime.gate import Recalled
from realtime.projection import Projection
from realtime.room import LiveRoom
from rooms.model import Numbered, Reason, Record, RecordId, Refused, Viewer

TRIES = 5


async def stored_page(room: LiveRoom, before: int, limit: int) -> Recalled:
    """What the database has of the latest `limit` numbered records with n < `before`; give it to `page_from` at once.

    Raises Refused(retry) while it is too far behind for memory to correct it.
    """
    for _ in range(TRIES):
        stored = await room.gate.page(room.id, before, limit)
        if room.projection.accepts(stored.cursor):
            return stored
    raise Refused(Reason.RETRY, retry_ms=1_000)


def page_from(
    projection: Projection, stored: Recalled, viewer: Viewer, before: int, limit: int
) -> tuple[dict[RecordId, Record], bool]:
    """What the database has, corrected by memory: the page as this viewer is shown it, and whether older ones exist."""
    kind = projection.kind
    found: dict[RecordId, Record] = {id: kind.record_from_msgpack(r) for id, r in stored.records.items()}
    least = min((r.n for r in found.values() if isinstance(r, Numbered)), default=0) if stored.more else 0
    for id, record in _fresher(projection):
        found.pop(id, None)
        if isinstance(record, Numbered) and least <= record.n < before:
            found[id] = record
    latest = heapq.nlargest(limit, ((r.n, id) for id, r in found.items() if isinstance(r, Numbered)))
    shown = {id: kind.show(found[id], viewer) for _, id in latest}
    put = {id: record for id, record in shown.items() if record is not None}
    return put, stored.more or len(found) > len(latest)


def _fresher(projection: Projection) -> list[tuple[RecordId, Record | None]]:
    """What memory knows better than the database: live records, and echoes of those let go of."""
    live: list[tuple[RecordId, Record | None]] = list(projection.records.items())
    return [(id, echo.record) for id, echo in projection.echoes.items()] + live
