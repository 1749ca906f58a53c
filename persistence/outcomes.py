"""What a session came to, taken down once: while it is closing, before its rooms forget who was muted (C7).

Everything in one transaction: the lines, a draft for the library of those that ask for one, and how many were there.
Who was there is deleted in it, so that it can't be done twice even if somebody tried.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Text, bindparam, delete, exists, insert, select

from persistence import communities, harvest, records, schema, sessions
from persistence.communities import Room
from persistence.database import Database, Read, Write
from persistence.drafts import DRAFTED
from persistence.harvest import Choice, Found
from persistence.sessions import Session
from persistence.unlinking import NotClosed
from persistence.upsert import put_new
from rooms.kind import kinds
from rooms.lifecycle import State, state_of
from rooms.model import Facts, Level, Line, PersonName, Words, minute_of

Say = Callable[[str, str, Facts], str]
"""lang, message, facts → words of Kring's own"""


class Attendance(Struct, frozen=True):
    """How many came; who, only where everything was said under one's name (C7)."""

    count: int = 0
    names: list[str] = []


async def came(tx: Write, session: str, persons: Sequence[str]) -> None:
    """They are in it: once for each, and not any more once it is known what it came to."""
    await tx.execute(_CAME, [{"who": person, "where": session} for person in persons])


async def conclude(database: Database, session: str, say: Say, *, now: int) -> bool:
    """Take down what it came to, once, however often and by how many at a time it is asked. False: it was done before.

    To be asked when its rooms are closed and all of them is in the database. Raises NotClosed, LookupError.
    """
    async with database.read() as tx:
        if await is_concluded(tx, session):
            return False
        found = await sessions.session(tx, session)
        if found is None:
            raise LookupError("no such session")
        lines = [line for room in await sessions.rooms_of(tx, session) for line in await _left_by(tx, found, room)]
        home = await communities.community(tx, found.community)
    assert home is not None  # a foreign key
    async with database.write() as tx:
        if await is_concluded(tx, session):
            return False
        await _write(tx, found, lines)
        wanted = [line for line in lines if line.line.about in DRAFTED]
        phrases = partial(say, home.lang)
        await harvest.add_drafts(
            tx, found.community, [(line, harvest.notes_in(lines, line)) for line in wanted], phrases, now
        )
    return True


async def is_concluded(tx: Read, session: str) -> bool:
    asked = select(schema.outcomes.c.session).where(schema.outcomes.c.session == session)
    return (await tx.execute(asked)).first() is not None


async def attendance(tx: Read, session: str) -> Attendance:
    """Of a session that is closed; nobody, before."""
    found = (await tx.execute(select(schema.outcomes).where(schema.outcomes.c.session == session))).mappings().first()
    return Attendance(found["attendance"], msgspec.json.decode(found["names"])) if found else Attendance()


async def _left_by(tx: Read, session: Session, room: Room) -> Sequence[Found]:
    """What a room leaves, without what its level hides. Raises NotClosed when not all of it is in the database.

    Nothing, of a room that forgot who was muted before anybody asked: an older Kring closed it.
    """
    kind = kinds()[room.kind]
    live = {id: kind.record_from_msgpack(body) for id, body in (await records.everything(tx, room.id)).items()}
    if state_of(live) is not State.CLOSED:
        raise NotClosed
    if await _is_unlinked(tx, room.id):
        return []
    level = session.level if kind.unlinkable else Level.NAMED
    lines = [_discreet(line, level, to_the_minute=kind.unlinkable) for line in kind.outcome(live).lines]
    return [Found(line_id(room.id, line.record), room.id, room.kind, line) for line in lines]


def _discreet(line: Line, level: Level, *, to_the_minute: bool) -> Line:
    at = minute_of(line.at) if to_the_minute else line.at
    if level is Level.NAMED:
        return replace(line, at=at)
    return replace(line, at=at, by=PersonName(""), owner=Words(""))


def line_id(room: str, record: str) -> str:
    """The same whenever it is asked for; 80 bits."""
    return base64.b32encode(hashlib.blake2b(f"{room}\x00{record}".encode(), digest_size=10).digest()).decode().lower()


async def _write(tx: Write, session: Session, lines: Sequence[Found]) -> None:
    names = list((await tx.execute(_NAMES, {"where": session.id, "home": session.community})).scalars())
    told = sorted(names, key=str.casefold) if session.level is Level.NAMED else []
    row = {"session": session.id, "attendance": len(names), "names": msgspec.json.encode(told).decode()}
    await tx.execute(insert(schema.outcomes), row)
    await tx.execute(delete(schema.attended).where(schema.attended.c.session == session.id))
    if lines:
        await tx.execute(insert(schema.outcome_lines), [_row(session.id, nth, line) for nth, line in enumerate(lines)])


def _row(session: str, nth: int, found: Found) -> dict[str, object]:
    line = found.line
    return {
        "id": found.id,
        "session": session,
        "nth": nth,
        "room": found.room,
        "record": line.record,
        "about": line.about,
        "at": line.at,
        "text": line.text,
        "name": line.by,
        "votes": line.votes,
        "heading": line.heading,
        "answer": line.answer,
        "part_of": line.part_of,
        "owner": line.owner,
        "due": line.due,
        "choice": Choice.OPEN,
        "version": None,
    }


async def _is_unlinked(tx: Read, room: str) -> bool:
    asked = select(schema.rooms.c.unlinked_on).where(schema.rooms.c.id == room)
    return (await tx.execute(asked)).scalar_one() is not None


_CAME = put_new(schema.attended).from_select(
    ["session", "person"],
    select(schema.sessions.c.id, bindparam("who", type_=Text)).where(
        schema.sessions.c.id == bindparam("where"),
        ~exists().where(schema.outcomes.c.session == schema.sessions.c.id),
    ),
)
_NAMES = (
    select(schema.memberships.c.name)
    .select_from(schema.attended)
    .join(schema.memberships, schema.memberships.c.person == schema.attended.c.person)
    .where(schema.attended.c.session == bindparam("where"), schema.memberships.c.community == bindparam("home"))
)
