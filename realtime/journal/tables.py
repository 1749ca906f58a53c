"""What the local journal keeps in SQLite, and the few statements over it. Synchronous: `thread` runs these."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from realtime.journal import UNBORN, Checkpoint, Entry, Past, Position
from realtime.journal.chain import following

FORMAT = 1
# `entry` keeps its rowid: new entries of many rooms then share the last pages, and only small index pages are scattered
# (2.4 times the entries per second of `without rowid` with 500 rooms).
SCHEMA = """
    create table if not exists room (
        name text primary key, drained integer not null
    ) without rowid;
    create table if not exists entry (
        room text, seq integer, mark blob not null, attempt blob not null, body blob not null, primary key (room, seq)
    );
    create table if not exists checkpoint (
        room text primary key, seq integer not null, mark blob not null, body blob not null
    );
"""
EVERYTHING = 1 << 62
"""As a bound in bytes: no bound."""
ENTRY_BYTES = 64
"""What an entry weighs beside its body, roughly."""


class OtherFormat(Exception):
    """The file was written by another Kring than this one can read."""


class Room(Struct, gc=False):
    """What memory knows of a room: its head, and how far it is drained, checkpointed and trimmed."""

    head: Position = UNBORN
    drained: int = 0
    kept: int = 0
    """The seq of the checkpoint."""
    first: int = 1
    """The lowest seq that is still there."""
    life: int = 0
    """How often this process saw the room begun anew."""

    def spare(self, tail: int) -> int:
        """The highest seq that may go: well behind the checkpoint, and before the position the database stands at."""
        return min(self.kept - tail, self.drained - 1)


class Trim(Struct, frozen=True, gc=False):
    """Entries to delete: those of the room up to and including `upto`."""

    room: str
    upto: int


class Batch(Struct, frozen=True):
    """What one commit writes."""

    restarts: Sequence[tuple[str, Entry]] = ()
    """Rooms that lose all their entries and go on from this one; their checkpoint and drained mark come with it."""
    entries: Sequence[tuple[str, Entry]] = ()
    drained: Sequence[tuple[str, int]] = ()
    checkpoints: Sequence[tuple[str, Checkpoint]] = ()
    trims: Sequence[Trim] = ()


def connect(path: Path, busy_s: float) -> sqlite3.Connection:
    """A connection whose commits are on the disk (J4), and whose deleted bytes are gone (C7). Raises OtherFormat."""
    db = sqlite3.connect(path, timeout=busy_s, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "secure_delete = on", "journal_size_limit = 67108864"):
        db.execute(f"pragma {pragma}")
    found: int = db.execute("pragma user_version").fetchone()[0]
    if found not in (0, FORMAT):
        db.close()
        raise OtherFormat(f"{path.name} has format {found}; this Kring reads {FORMAT}")
    if found == 0:
        db.executescript(f"begin immediate; {SCHEMA} pragma user_version = {FORMAT}; commit;")
    return db


def write(db: sqlite3.Connection, batch: Batch) -> None:
    """All of it, or nothing."""
    if db.in_transaction:  # an earlier rollback failed as well
        db.execute("rollback")
    db.execute("begin immediate")
    try:
        _insert(db, batch)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _insert(db: sqlite3.Connection, batch: Batch) -> None:
    for table, column in (("entry", "room"), ("checkpoint", "room"), ("room", "name")):
        db.executemany(f"delete from {table} where {column} = ?", [(room,) for room, _ in batch.restarts])
    db.executemany(
        "insert into entry (room, seq, mark, attempt, body) values (?, ?, ?, ?, ?)",
        [(room, entry.seq, entry.mark, entry.attempt, entry.body) for room, entry in (*batch.restarts, *batch.entries)],
    )
    db.executemany(
        "insert into room (name, drained) values (?, ?) on conflict do update set drained = excluded.drained",
        batch.drained,
    )
    db.executemany(
        "insert into checkpoint (room, seq, mark, body) values (?, ?, ?, ?)"
        " on conflict do update set seq = excluded.seq, mark = excluded.mark, body = excluded.body"
        " where excluded.seq > checkpoint.seq",
        [(room, kept.position.seq, kept.position.mark, kept.body) for room, kept in batch.checkpoints],
    )
    db.executemany(
        "delete from entry where room = ? and seq <= ?",
        [(trim.room, trim.upto) for trim in batch.trims],
    )


def forget(db: sqlite3.Connection, room: str) -> None:
    """Nothing of the room is left, or all of it."""
    db.execute("begin immediate")
    try:
        for table, column in (("entry", "room"), ("checkpoint", "room"), ("room", "name")):
            db.execute(f"delete from {table} where {column} = ?", (room,))
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def scrub(db: sqlite3.Connection) -> bool:
    """Write the file anew and empty its log: no byte of what was deleted is left in either.

    `secure_delete` alone leaves copies where rows were moved from one page to another. False: a reader is in the way.
    """
    db.execute("vacuum")
    busy: int = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy


ROOMS = """
    select r.name, e.seq, e.mark, r.drained, coalesce(c.seq, 0), (select min(seq) from entry where room = r.name)
    from room r join entry e on e.room = r.name and e.seq = (select max(seq) from entry where room = r.name)
    left join checkpoint c on c.room = r.name
"""


def rooms(db: sqlite3.Connection, where: str = "", *names: str) -> dict[str, Room]:
    """Every room there is. A few look-ups for each, however long it is."""
    return {
        name: Room(head=Position(seq, mark), drained=drained, kept=kept, first=first)
        for name, seq, mark, drained, kept, first in db.execute(ROOMS + where, names)
    }


def room(db: sqlite3.Connection, name: str) -> Room:
    """What there is of one room."""
    return rooms(db, "where r.name = ?", name).get(name) or Room()


def head(db: sqlite3.Connection, room: str) -> Position:
    """Where the room ends."""
    row = db.execute("select seq, mark from entry where room = ? order by seq desc limit 1", (room,)).fetchone()
    return Position(*row) if row else UNBORN


def after(db: sqlite3.Connection, room: str, on: Position, most_bytes: int = EVERYTHING) -> list[Entry] | None:
    """Entries after `on`, at least one if there is one; None when `on` was trimmed away. Raises Lost, Forked."""
    with snapshot(db):
        rows = db.execute(
            "select seq, mark, attempt, body from entry where room = ? and seq >= ? order by seq", (room, on.seq)
        )
        found = _take(rows, most_bytes)
        followed = following(on, found, head(db, room))
        return None if followed is None else list(followed)


def _take(rows: sqlite3.Cursor, most_bytes: int) -> list[Entry]:
    """Two rows at least: the first may be the position itself."""
    found: list[Entry] = []
    size = 0
    for row in rows:
        found.append(Entry(*row))
        size += ENTRY_BYTES + len(found[-1].body)
        if size >= most_bytes and len(found) > 1:
            break
    rows.close()
    return found


def read(db: sqlite3.Connection, room: str, on: Position | None) -> Past:
    """Entries after `on`, or the checkpoint and what follows it, as one consistent look. Raises Lost, Forked."""
    with snapshot(db):
        found = after(db, room, on) if on is not None else None
        if on is not None and found is not None:
            return Past(found[-1].position if found else on, None, found)
        row = db.execute("select seq, mark, body from checkpoint where room = ?", (room,)).fetchone()
        kept = Checkpoint(Position(row[0], row[1]), row[2]) if row else None
        start = kept.position if kept else UNBORN
        entries = after(db, room, start) or []
        return Past(entries[-1].position if entries else start, kept, entries)


def knows(db: sqlite3.Connection, room: str, position: Position) -> bool:
    """True when the position is on the chain; False when it was trimmed away. Raises Lost, Forked."""
    return after(db, room, position, most_bytes=0) is not None


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Reads inside see one state of the file. May be nested."""
    if db.in_transaction:
        yield
        return
    db.execute("begin")
    try:
        yield
    finally:
        db.execute("rollback")
