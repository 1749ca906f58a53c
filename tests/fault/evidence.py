"""What the files of a server say: dead, of the moment of its death; stopped, of everything that was ever stored."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgpack

from realtime.batch import encode
from realtime.client import Record
from realtime.journal import Entry, next_mark
from realtime.projection import Projection
from rooms.kind import kinds
from rooms.model import ActorId, Role, Viewer
from tests.fault.killer import FRAME_HEADER, INDEX, WAL_HEADER

POSTED = "chat.posted"
BUSIEST = "select room from entry group by room order by max(seq) desc limit 1"
"""The chat: beside it there is only the room of the server's own news."""


class Posted(NamedTuple):
    """An event of the journal's."""

    id: str
    by: str
    text: str


class Death(NamedTuple):
    """As a killed server left its journal, which ends at entry `head`.

    `keys`: of the commands in its entries, but for trimmed ones. `unfinished`: frames of a commit that had begun, and
    that the file's readers were not told of yet.
    """

    moment: str
    head: int
    keys: frozenset[str]
    unfinished: int


class Stored(NamedTuple):
    """A room, whole: its entries from the first on, and what the database has of its messages (record id, text)."""

    room: str
    key: bytes
    entries: Sequence[Entry]
    posted: Sequence[Posted]
    keys: Sequence[str]
    messages: Sequence[tuple[str, str]]


def examine(moment: str, journal: Path, scratch: Path) -> Death:
    """Look at copies: the server that starts again must find its files as they were left."""
    scratch.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{journal}{ending}", scratch / f"journal.db{ending}")
    copy = scratch / "journal.db"
    unfinished = _unfinished(Path(f"{copy}-wal"), Path(f"{copy}-shm"))
    Path(f"{copy}-shm").unlink()
    with closing(sqlite3.connect(copy)) as db:
        rows = list(db.execute(f"select seq, body from entry where room = ({BUSIEST}) order by seq"))
    shutil.rmtree(scratch)
    return Death(moment, rows[-1][0], frozenset(key for _, body in rows for key in _keys(body)), unfinished)


def _unfinished(wal: Path, index: Path) -> int:
    """Frames of this round of the file, beyond those that its index calls committed."""
    header = INDEX.unpack_from(index.read_bytes())
    page, committed, salts = int(header[5]), int(header[6]), header[9]
    data, begun = wal.read_bytes(), 0
    for start in range(WAL_HEADER, len(data) - FRAME_HEADER + 1, FRAME_HEADER + page):
        if data[start + 8 : start + 16] != salts:
            break
        begun += 1
    return begun - committed


def read_stored(journal: Path, library: Path) -> Stored:
    """Of a server that stopped. Holds the chain of marks to be whole (J1)."""
    with closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as db:
        ((room, key),) = db.execute("select id, key from rooms where kind = 'chat'")
        old = list(db.execute("select seq, mark, body from entries where room = ? order by seq", (room,)))
        messages = list(db.execute("select record, text from passages where room = ? order by n", (room,)))
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as db:
        last = old[-1][0] if old else 0
        rows = db.execute("select seq, mark, body from entry where room = ? and seq > ? order by seq", (room, last))
        entries = [Entry(seq, mark, b"", body) for seq, mark, body in [*old, *rows]]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    for before, entry in pairwise(entries):
        assert entry.mark == next_mark(before.mark, entry.body)
    posted = [event for entry in entries for event in _posted(entry.body)]
    keys = [key for entry in entries for key in _keys(entry.body)]
    return Stored(room, key, entries, posted, keys, messages)


def rebuilt(stored: Stored, actor: str, role: str) -> tuple[dict[str, Record], int]:
    """The records that events come to, as this viewer is shown them; and the room's `oldest`."""
    kind = kinds()["chat"]
    projection = Projection(kind)
    for entry in stored.entries:
        projection.apply(entry)
    viewer = Viewer((ActorId(actor),), Role(role))
    shown = {id: kind.show(record, viewer) for id, record in projection.records.items()}
    assert kind.invariant(projection.records)
    return {id: msgpack.unpackb(encode(record)) for id, record in shown.items() if record}, projection.oldest


def digest(records: Mapping[str, Record], oldest: int) -> str:
    """Of the records that are not older than `oldest`, whatever order they came in."""
    live = {id: record for id, record in records.items() if not isinstance(n := record.get("n"), int) or n >= oldest}
    return hashlib.blake2b(json.dumps(live, sort_keys=True).encode(), digest_size=16).hexdigest()


def _keys(body: bytes) -> list[str]:
    return [str(key) for key in msgpack.unpackb(body)["keys"]]


def _posted(body: bytes) -> list[Posted]:
    events = msgpack.unpackb(body)["events"]
    return [Posted(event["id"], event["by"], event["text"]) for event in events if event["t"] == POSTED]
