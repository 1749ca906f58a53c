"""What was said in rooms of all kinds and may be read by every member: for the transcript, and to be searched for.

The rows follow the records; the full-text index follows the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import delete, select, text

from persistence import schema
from persistence.database import Write
from persistence.terms import folded, stemmed
from persistence.upsert import put
from rooms.kind import Kind
from rooms.kinds.board.records import Note, Result
from rooms.kinds.chat import Message
from rooms.kinds.qna.model import Question
from rooms.model import Level, Record, RecordId, Role, Viewer, minute_of

CHUNK = 500
AUDIENCE = Viewer((), Role.GUEST)
SPEAKING = (Question, Message, Note, Result)
"""Records that may hold what is to be found."""


class Said(Struct, frozen=True):
    """A passage. `name`: whose it is, only where it was said under a name (C7); `order`: among those of its room.

    `about`: question, message, note, decision or action; `at`: ms, to the minute where people may go without a name.
    """

    room: str
    record: RecordId
    about: str
    order: int
    at: int
    text: str
    name: str = ""
    votes: int = 0
    heading: str = ""
    answer: str = ""
    staff: bool = False


def said_in(room: str, kind: Kind, live: Mapping[RecordId, Record]) -> Sequence[Said]:
    """What everybody in a room could see, in the order it came. Pure."""
    found = [said for id, record in live.items() if (said := passage(room, kind, id, record)) is not None]
    return sorted(found, key=lambda said: (said.order, said.record))


def passage(room: str, kind: Kind, id: RecordId, record: Record) -> Said | None:
    """None: it says nothing, or not everybody may know it. Pure."""
    shown = kind.show(record, AUDIENCE) if isinstance(record, SPEAKING) else None
    said = _told(room, id, shown) if shown is not None else None
    if said is None or not kind.unlinkable:
        return said
    return replace(said, at=minute_of(said.at))  # lest the moment tell whose it is (C7)


def _told(room: str, id: RecordId, shown: Record) -> Said | None:
    match shown:
        case Question(level=level, name=name) as q:
            named = name if level is Level.NAMED else ""
            return Said(room, id, "question", q.order, q.at, q.text, named, q.votes, q.label, q.answer)
        case Message(removed=False, text=words) as m if words:
            return Said(room, id, "message", m.n, m.at, words, m.name, staff=m.staff)
        case Note(hidden=False, level=level, name=name) as note:
            named = name if level is Level.NAMED else ""
            return Said(room, id, "note", note.at, note.at, note.text, named, note.votes)
        case Result() as result:
            return Said(room, id, result.sort, result.at, result.at, result.text)
    return None


async def follow(tx: Write, room: str, kind: Kind, changes: Mapping[RecordId, Record | None]) -> None:
    """Take in changed records (None: gone). Words that are gone are gone from the index's bytes as well."""
    found: list[Said] = []
    gone: list[RecordId] = []
    for id, record in changes.items():
        said = passage(room, kind, id, record) if record is not None else None
        if said is not None:
            found.append(said)
        elif record is None or isinstance(record, SPEAKING):
            gone.append(id)
    if found:
        await _put(tx, room, kind, found)
    await _forget(tx, room, gone)


async def _put(tx: Write, room: str, kind: Kind, found: Sequence[Said]) -> None:
    where = (await tx.execute(_WHERE, {"id": room})).one()
    await tx.execute(_PUT, [_row(said, kind, where.community, where.session) for said in found])


async def _forget(tx: Write, room: str, ids: Sequence[RecordId]) -> None:
    table = schema.passages.c
    gone = 0
    for some in chunks(ids):
        gone += (await tx.execute(delete(schema.passages).where(table.room == room, table.record.in_(some)))).rowcount
    if gone:
        await drop_deleted_words(tx)


async def drop_deleted_words(tx: Write) -> None:
    """FTS5 only marks a deleted row, and keeps its words until the index is written anew (0.2 s per 100,000)."""
    await tx.execute(text("INSERT INTO search(search) VALUES ('optimize')"))


def chunks(ids: Collection[RecordId]) -> list[list[RecordId]]:
    """Lists short enough for one statement."""
    every = list(ids)
    return [every[start : start + CHUNK] for start in range(0, len(every), CHUNK)]


def _row(said: Said, kind: Kind, community: str, session: str | None) -> dict[str, object]:
    heading, below = (said.text, said.answer) if said.about == "question" else ("", said.text)
    return {
        "community": community,
        "room": said.room,
        "item": None,
        "session": session,
        "record": said.record,
        "kind": kind.name,
        "about": said.about,
        "n": said.order if said.about == "message" else None,
        "at": said.at,
        "name": said.name,
        "staff": said.staff,
        "type": None,
        "status": None,
        "tags": "[]",
        "heading": heading,
        "text": below,
        "title": folded(heading),
        "said": folded(below),
        "stems": stemmed(heading, below),
        "scope": scope(community, room=said.room, session=session),
    }


def scope(
    community: str,
    *,
    room: str | None = None,
    session: str | None = None,
    type: str | None = None,
    status: str | None = None,
    tags: Sequence[str] = (),
) -> str:
    """What a search may be narrowed to, as words of the index: who may read it first (drafts: staff only)."""
    found = [f"c{community}", f"k{'said' if room else 'item'}"]
    if status != "draft":
        found.append(f"m{community}")
    found += [f"{sign}{value}" for sign, value in (("r", room), ("s", session), ("t", type), ("u", status)) if value]
    return " ".join([*found, *map(tag_word, tags)])


def tag_word(tag: str) -> str:
    """Whatever a tag is written like, and however big its letters are."""
    return "g" + "".join(folded(tag).split()).encode().hex()


_PUT = put(schema.passages, "room", "record")
_WHERE = select(schema.rooms.c.community, schema.rooms.c.session).where(schema.rooms.c.id == text(":id"))
