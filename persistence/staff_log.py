"""What staff did, for the owners of a community to read: each act once, for a year.

What happened in a room is taken from its entries, in the transaction that takes those in; what happened elsewhere is
noted with the change itself. Whose words an act was about is never in it, and its time is a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import delete, func, insert, select

from persistence import schema
from persistence.database import Read, Write
from persistence.dates import DAY_MS
from persistence.ids import new_id
from persistence.people import Member
from persistence.upsert import put_new
from realtime.journal import Entry
from rooms.model import minute_of
from rooms.staff import Act

KEPT_DAYS = 365
ABOUT_LENGTH = 120


class What(StrEnum):
    """What staff do outside rooms; in them it is the command's tag."""

    ROLE = "member.role"
    REMOVED = "member.remove"
    INVITED = "invitation.make"
    REVOKED = "invitation.revoke"
    PROGRAM = "program.make"
    PROGRAM_ENDED = "program.revoke"
    SETTINGS = "community.edit"
    STARTED = "session.start"
    OPENED = "session.open"
    LOCKED = "session.lock"
    UNLOCKED = "session.unlock"
    ENDED = "session.close"
    TAKEN_BACK = "session.take_back"


class Done(Struct, frozen=True):
    """One act. `at`: ms, to the minute. `room`: its title, or that of its session; `about`: a name or a title."""

    at: int
    name: str
    what: str
    about: str
    detail: str
    record: str
    room: str | None
    kind: str | None
    session: str | None


class Told(Struct, frozen=True):
    """The latest first; `more`: there are older ones."""

    acts: list[Done]
    more: bool


async def follow(tx: Write, room: str, entries: Sequence[Entry]) -> None:
    """Take in what staff did in these entries of a room. Again, it changes nothing."""
    read = [(entry.seq, found) for entry in entries if (found := _read(entry.body)).staff]
    if not read:
        return
    community = (await tx.execute(select(_rooms.community).where(_rooms.id == room))).scalar_one()
    rows = [
        _row(f"{room}.{seq}.{nth}", community, found.at, act.name, act.what, detail=act.detail)
        | {"room": room, "record": act.record}
        for seq, found in read
        for nth, act in enumerate(found.staff)
    ]
    await tx.execute(put_new(schema.staff_log), rows)


async def note(tx: Write, who: Member, what: What, *, now: int, about: str = "", detail: str = "") -> None:
    """Somebody of the staff did this, as part of doing it."""
    await tx.execute(insert(schema.staff_log), _row(new_id(), who.community, now, who.name, what, about, detail))


async def latest(tx: Read, community: str, *, offset: int, limit: int) -> Told:
    found = (
        select(*(_log[name] for name in ("at", "name", "what", "about", "detail", "record")))
        .add_columns(func.coalesce(_sessions.title, _rooms.title).label("room"), _rooms.kind, _rooms.session)
        .outerjoin(schema.rooms, _rooms.id == _log.room)
        .outerjoin(schema.sessions, _sessions.id == _rooms.session)
        .where(_log.community == community)
        .order_by(_log.at.desc(), _log.id.desc())
        .offset(offset)
        .limit(limit + 1)
    )
    rows = [Done(**row) for row in (await tx.execute(found)).mappings()]
    return Told(rows[:limit], len(rows) > limit)


async def forget(tx: Write, *, now: int) -> int:
    """Of what is long ago: how many there were."""
    return (await tx.execute(delete(schema.staff_log).where(_log.at < now - KEPT_DAYS * DAY_MS))).rowcount


class _Acts(Struct):
    """All that is looked for in an entry, of whatever kind and version."""

    at: int
    staff: list[Act] = []


def _row(
    id: str, community: str, at: int, name: str, what: str, about: str = "", detail: str = ""
) -> dict[str, str | int | None]:
    told = {"name": name, "what": str(what), "about": about[:ABOUT_LENGTH], "detail": detail}
    return {"id": id, "community": community, "at": minute_of(at), "room": None, "record": "", **told}


_read = msgspec.msgpack.Decoder(_Acts).decode
_log, _rooms, _sessions = schema.staff_log.c, schema.rooms.c, schema.sessions.c
