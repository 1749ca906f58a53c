"""Pure models of what processes share: the journal with its compare-and-set, and a database that lags behind."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from realtime.batch import Applied, encode
from realtime.gate import Recalled
from realtime.journal import UNBORN, Conflict, Entry, Position, next_mark
from rooms.model import Numbered, RecordId

BIRTH = b"at birth"


class Chain:
    """The journal of one room."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    @property
    def head(self) -> Position:
        return self.entries[-1].position if self.entries else UNBORN

    def after(self, seq: int) -> Sequence[Entry]:
        return self.entries[seq:]

    def append(self, body: bytes, on: Position) -> Entry:
        """Raises Conflict when somebody came first."""
        if on != self.head:
            raise Conflict(self.after(on.seq))
        return self.add(body)

    def add(self, body: bytes) -> Entry:
        seq = len(self.entries) + 1
        entry = Entry(seq, next_mark(self.head.mark or BIRTH, body), b"%d" % seq, body)
        self.entries.append(entry)
        return entry


class _Row(msgspec.Struct, frozen=True):
    n: int | None
    record: bytes


class Database:
    """Drained records, complete up to `cursor`."""

    def __init__(self) -> None:
        self.rows: dict[RecordId, _Row] = {}
        self.cursor = 0

    def take(self, applied: Applied) -> None:
        """Upsert what an entry changed."""
        for id, (_, after) in applied.changed.items():
            if after is None:
                self.rows.pop(id, None)
            else:
                self.rows[id] = _Row(after.n if isinstance(after, Numbered) else None, encode(after))
        self.cursor = applied.position.seq

    def everything(self) -> Recalled:
        """What a query made now sees, to be used later."""
        return Recalled({id: row.record for id, row in self.rows.items()}, self.cursor)

    def page(self, before: int, limit: int) -> Recalled:
        """The latest `limit` numbered records with n < `before`."""
        older = sorted(((row.n, id) for id, row in self.rows.items() if row.n is not None and row.n < before))
        latest = older[-limit:]
        return Recalled({id: self.rows[id].record for _, id in latest}, self.cursor, len(latest) < len(older))
