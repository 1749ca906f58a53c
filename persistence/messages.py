"""Searching what was said. The rows follow the records; the full-text index follows the rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import delete, text

from persistence import schema
from persistence.database import Read, Write
from persistence.upsert import put
from persistence.words import is_silent
from rooms.kinds.chat import Message
from rooms.model import PersonName, Record, RecordId

PAGE = 20
MOST_TERMS = 12
QUERY_LENGTH = 200
CHUNK = 500

_START, _END = "\x02", "\x03"
"""Around a match. No message holds control characters (rooms.text)."""


class Hit(Struct, frozen=True):
    """A message found. `parts`: its text, in pieces, each with whether it is what was asked for."""

    id: RecordId
    n: int
    at: int
    name: PersonName
    staff: bool
    parts: list[tuple[str, bool]]


class Found(Struct, frozen=True):
    """One page of hits, best first; `more`: there is a next."""

    hits: list[Hit]
    more: bool


async def search(tx: Read, room: str, query: str, *, offset: int = 0, limit: int = PAGE) -> Found:
    """Messages of a room with all the words of `query`, the last of which may be a beginning. Any text is a query.

    Good matches first; of two alike the newer, and new ones a little before old ones.
    """
    match = as_match(query)
    if not match:
        return Found([], False)
    values = {"room": room, "match": match, "offset": max(0, offset), "limit": limit + 1}
    rows = (await tx.execute(_SEARCH, values | {"start": _START, "end": _END})).all()
    hits = [Hit(id, n, at, name, bool(staff), _parts(marked)) for id, n, at, name, staff, marked in rows]
    return Found(hits[:limit], len(hits) > limit)


def as_match(query: str) -> str:
    """What FTS5 is asked: each word between quotes, so that nothing in it is syntax. Empty: nothing to look for."""
    normal = unicodedata.normalize("NFC", query[:QUERY_LENGTH])
    words = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in normal).split()
    terms = [f'"{word}"' for word in words[:MOST_TERMS] if any(unicodedata.category(c)[0] in "LN" for c in word)]
    return " ".join(terms) + "*" if terms else ""


async def follow(tx: Write, room: str, changes: Mapping[RecordId, Record | None]) -> None:
    """Take in changed records (None: gone). Words that are gone are gone from the index's bytes as well."""
    said = [_row(room, id, record) for id, record in changes.items() if isinstance(record, Message) and record.text]
    if said:
        await tx.execute(put(schema.messages, "room", "record"), said)
    await _forget(tx, room, [id for id, record in changes.items() if is_silent(record)])


async def _forget(tx: Write, room: str, ids: Sequence[RecordId]) -> None:
    table = schema.messages.c
    gone = 0
    for some in chunks(ids):
        gone += (await tx.execute(delete(schema.messages).where(table.room == room, table.record.in_(some)))).rowcount
    if gone:
        await _drop_deleted_words(tx)


async def _drop_deleted_words(tx: Write) -> None:
    """FTS5 only marks a deleted row, and keeps its words until the index is written anew (0.1 s per 100,000)."""
    await tx.execute(text("INSERT INTO search(search) VALUES ('optimize')"))


def chunks(ids: Collection[RecordId]) -> list[list[RecordId]]:
    """Lists short enough for one statement."""
    every = list(ids)
    return [every[start : start + CHUNK] for start in range(0, len(every), CHUNK)]


def _row(room: str, id: RecordId, message: Message) -> dict[str, object]:
    return {
        "room": room,
        "record": id,
        "n": message.n,
        "at": message.at,
        "name": message.name,
        "staff": message.staff,
        "text": message.text,
    }


def _parts(marked: str) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    for piece in marked.split(_START):
        matched, end, rest = piece.partition(_END)
        parts += [(matched, True), (rest, False)] if end else [(piece, False)]
    return [part for part in parts if part[0]]


_SEARCH = text("""
    SELECT m.record, m.n, m.at, m.name, m.staff, highlight(search, 0, :start, :end)
    FROM search JOIN messages m ON m.number = search.rowid
    WHERE search MATCH :match AND m.room = :room
    ORDER BY bm25(search) * (1.0 + m.n * 1.0 / (SELECT max(n) FROM messages WHERE room = :room)), m.n DESC
    LIMIT :limit OFFSET :offset
""")
"""bm25 is lower for a better match; the newest message counts twice what the oldest does."""
