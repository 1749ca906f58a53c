"""Communities and their rooms."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import RowMapping, and_, func, insert, select, union_all

from persistence import schema
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_code, new_id, read_code
from rooms import lifecycle
from rooms.kind import kinds
from rooms.lifecycle import State

KEY_BYTES = 32
CHAT = "chat"


class Preset(StrEnum):
    """What a community is mostly for: what its sessions begin with."""

    HELPING = "helping"
    BEST_PRACTICE = "best_practice"
    STEWARDING = "stewarding"
    INNOVATION = "innovation"


class Community(Struct, frozen=True):
    """People with a shared practice. `lang`: the language of what Kring itself says there (nl or en).

    `begun`: its owner said what it is; until then it has a made-up name. `agreements`: what people are asked to keep
    to; `edition`: how often these changed.
    """

    id: str
    name: str
    purpose: str
    lang: str
    created_on: date
    begun: bool = True
    preset: Preset = Preset.HELPING
    agreements: str = ""
    edition: int = 0


class Room(Struct, frozen=True):
    """A room as the lists know it. `state` is as of what has been drained; `code`: what people type to get in.

    A session's rooms have none: its own code lets into all of them. `template`: the columns a board begins with.
    """

    id: str
    community: str
    kind: str
    title: str
    code: str | None
    state: State
    session: str | None = None
    template: str | None = None


_AGE = ("nth", "created_on", "id")
_state = msgspec.msgpack.Decoder(lifecycle.Room)
_rooms = select(schema.rooms, schema.records.c.body.label("room_record")).join(
    schema.records,
    and_(schema.records.c.room == schema.rooms.c.id, schema.records.c.id == lifecycle.ROOM),
    isouter=True,
)


async def create(
    tx: Write,
    *,
    name: str,
    purpose: str,
    lang: str,
    chat: str,
    now: int,
    preset: Preset = Preset.HELPING,
    begun: bool = True,
) -> Community:
    """A community with its permanent chat, titled `chat`, to which the join code belongs."""
    made = Community(new_id(), name, purpose, lang, day_of(now), begun, preset)
    last = (await tx.execute(select(func.max(schema.communities.c.nth)))).scalar()
    await tx.execute(insert(schema.communities), msgspec.structs.asdict(made) | {"nth": (last or 0) + 1})
    await add_room(tx, made.id, kind=CHAT, title=chat)
    return made


async def add_room(
    tx: Write,
    community: str,
    *,
    kind: str,
    title: str,
    session: str | None = None,
    template: str | None = None,
    nth: int | None = None,
) -> Room:
    """A planned room with a random durable key (C1), and with a join code unless it is a session's."""
    if kind not in kinds():
        raise ValueError(f"there is no kind {kind!r}")
    code = await free_code(tx) if session is None and not kinds()[kind].internal else None
    made = Room(new_id(), community, kind, title, code, State.PLANNED, session, template)
    row = msgspec.structs.asdict(made) | {"key": secrets.token_bytes(KEY_BYTES), "nth": nth}
    del row["state"]
    await tx.execute(insert(schema.rooms), row)
    return made


async def everyone(tx: Read) -> Sequence[Community]:
    """All communities of this server, oldest first."""
    rows = await tx.execute(select(schema.communities).order_by(*_AGE))
    return [_community(row) for row in rows.mappings()]


async def first(tx: Read) -> Community | None:
    """The one this server began with, or the oldest that is left."""
    row = (await tx.execute(select(schema.communities).order_by(*_AGE).limit(1))).mappings().one_or_none()
    return _community(row) if row else None


async def of_person(tx: Read, person: str) -> Sequence[Community]:
    """Those that the person has a role in, oldest first."""
    theirs = select(schema.memberships.c.community).where(schema.memberships.c.person == person)
    found = select(schema.communities).where(schema.communities.c.id.in_(theirs)).order_by(*_AGE)
    return [_community(row) for row in (await tx.execute(found)).mappings()]


async def community(tx: Read, id: str) -> Community | None:
    row = (await tx.execute(select(schema.communities).where(schema.communities.c.id == id))).mappings().one_or_none()
    return _community(row) if row else None


async def room(tx: Read, id: str) -> Room | None:
    row = (await tx.execute(_rooms.where(schema.rooms.c.id == id))).mappings().one_or_none()
    return _room(row) if row else None


async def key_of(tx: Read, room: str) -> bytes:
    """The room's key: no command key can be made without it (C1)."""
    key: bytes = (await tx.execute(select(schema.rooms.c.key).where(schema.rooms.c.id == room))).scalar_one()
    return key


async def room_of_code(tx: Read, typed: str) -> Room | None:
    """The room a code lets into, however it was typed (case, spaces, hyphens)."""
    code = read_code(typed)
    row = (await tx.execute(_rooms.where(schema.rooms.c.code == code))).mappings().one_or_none() if code else None
    return _room(row) if row else None


async def rooms_of(tx: Read, community: str) -> Sequence[Room]:
    """The community's own rooms, its chat first; not those of its sessions, nor where nobody may enter."""
    own = (schema.rooms.c.community == community) & schema.rooms.c.session.is_(None)
    found = _rooms.where(own, schema.rooms.c.kind.not_in([each.name for each in kinds().values() if each.internal]))
    found = found.order_by(schema.rooms.c.kind != CHAT, schema.rooms.c.id)
    return [_room(row) for row in (await tx.execute(found)).mappings()]


async def internal_room(tx: Read, community: str, kind: str) -> Room | None:
    """The community's one room of an internal kind."""
    found = _rooms.where(schema.rooms.c.community == community, schema.rooms.c.kind == kind)
    row = (await tx.execute(found)).mappings().one_or_none()
    return _room(row) if row else None


async def rooms_in_session(tx: Read, session: str) -> Sequence[Room]:
    """In the order they came, as far as they have one."""
    found = _rooms.where(schema.rooms.c.session == session).order_by(schema.rooms.c.nth, schema.rooms.c.id)
    return [_room(row) for row in (await tx.execute(found)).mappings()]


async def chat_of(tx: Read, community: str) -> Room:
    """The permanent chat. Raises LookupError for a community that isn't there."""
    for found in await rooms_of(tx, community):
        if found.kind == CHAT:
            return found
    raise LookupError("no such community")


async def free_code(tx: Read) -> str:
    """A code that lets in nowhere yet."""
    while True:
        code = new_code()
        taken = [select(table.c.id).where(table.c.code == code) for table in (schema.rooms, schema.sessions)]
        if (await tx.execute(union_all(*taken))).first() is None:
            return code


def _community(row: RowMapping) -> Community:
    return Community(
        row["id"],
        row["name"],
        row["purpose"],
        row["lang"],
        row["created_on"],
        row["begun"],
        Preset(row["preset"]),
        row["agreements"],
        row["edition"],
    )


def _room(row: RowMapping) -> Room:
    record = row["room_record"]
    state = _state.decode(record).state if record is not None else State.PLANNED
    return Room(
        row["id"], row["community"], row["kind"], row["title"], row["code"], state, row["session"], row["template"]
    )
