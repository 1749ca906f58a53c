"""Sessions: gatherings with a join code, each holding a Q&A and a chat, and boards if staff add them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, RowMapping, Text, bindparam, insert, literal, select, update

from persistence import communities, schema
from persistence.communities import CHAT, Room
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_id, read_code
from persistence.secrets import Secrets
from persistence.upsert import put_new
from rooms.model import Level

QNA, BOARD = "qna", "board"
BOARDS = 8
"""The most in one session."""
ORDER = (QNA, CHAT, BOARD)


class SessionState(StrEnum):
    """Closing can be taken back until `closes_at`; then it is on its way to closed, and nowhere else: whoever is
    killed meanwhile goes on with it."""

    OPEN = "open"
    LOCKED = "locked"
    PLANNED = "planned"
    CLOSING = "closing"
    CLOSED = "closed"


LIVE = frozenset({SessionState.PLANNED, SessionState.OPEN, SessionState.LOCKED})
"""Nobody is closing it, so people may come in."""


class Session(Struct, frozen=True):
    """A gathering. `level`: how people ask in it, at least (C7); `review`: whether staff read questions first.

    `closes_at`: ms, until when closing can be taken back, to the state `before`; None while it is closing: no more.
    `turn`: how often it was locked or unlocked; `swept_on`: since when its transcript is kept no longer.
    """

    id: str
    community: str
    title: str
    level: Level
    review: bool
    code: str
    state: SessionState
    created_on: date
    closed_on: date | None = None
    purpose: str = ""
    closes_at: int | None = None
    before: SessionState | None = None
    turn: int = 0
    swept_on: date | None = None


async def create(
    tx: Write,
    secrets: Secrets,
    community: str,
    *,
    title: str,
    chat: str,
    level: Level,
    review: bool,
    now: int,
    purpose: str = "",
    state: SessionState = SessionState.OPEN,
) -> Session:
    """An open or planned session, its rooms planned: a Q&A with its title and a chat titled `chat`.

    The rooms' secrets are on the disk before this returns, so before anything of it is committed (C7).
    """
    code = await communities.free_code(tx)
    made = Session(new_id(), community, title, level, review, code, state, day_of(now), purpose=purpose)
    await tx.execute(insert(schema.sessions), msgspec.structs.asdict(made))
    for kind, name in ((QNA, title), (CHAT, chat)):
        room = await communities.add_room(tx, community, kind=kind, title=name, session=made.id)
        await asyncio.to_thread(secrets.make, room.id)
    return made


class NoSuchSession(LookupError):
    """It isn't there, or went with its community."""


class NotOpen(Exception):
    """The session takes nothing any more."""


class BoardsFull(Exception):
    """There are as many boards as a session may have."""


async def add_board(tx: Write, secrets: Secrets, session: Session, *, title: str, template: str) -> Room:
    """One more board, planned, for everybody who may enter the session's chat: so for no screens.

    Its secret is on the disk before this returns, as of `create`. Raises NotOpen, BoardsFull.
    """
    if await _one(tx, _in_state(session.id, SessionState.PLANNED, SessionState.OPEN)) is None:
        raise NotOpen
    rooms = await rooms_of(tx, session.id)
    boards = sum(room.kind == BOARD for room in rooms)
    if boards >= BOARDS:
        raise BoardsFull
    made = await communities.add_room(
        tx, session.community, kind=BOARD, title=title, session=session.id, template=template, nth=boards + 1
    )
    await asyncio.to_thread(secrets.make, made.id)
    (chat,) = (room.id for room in rooms if room.kind == CHAT)
    theirs = select(schema.entrances.c.person, literal(made.id)).where(schema.entrances.c.room == chat)
    await tx.execute(insert(schema.entrances).from_select(["person", "room"], theirs))
    return made


async def enter(tx: Write, person: str, session: str) -> None:
    """Let a guest into all rooms there are in the session now; into later ones they come by its chat."""
    await tx.execute(_entered, {"who": person, "where": session})


async def session(tx: Read, id: str) -> Session | None:
    return await _one(tx, schema.sessions.c.id == id)


async def of_code(tx: Read, typed: str) -> Session | None:
    """The session a code lets into, however it was typed (case, spaces, hyphens)."""
    code = read_code(typed)
    return await _one(tx, schema.sessions.c.code == code) if code else None


async def of_room(tx: Read, room: str) -> Session | None:
    """The session a room is in."""
    inside = select(schema.rooms.c.session).where(schema.rooms.c.id == room).scalar_subquery()
    return await _one(tx, schema.sessions.c.id == inside)


async def of_community(tx: Read, community: str) -> Sequence[Session]:
    """Open ones first, then those that are closing and closed; the newest of each first."""
    rows = await tx.execute(select(schema.sessions).where(schema.sessions.c.community == community))
    found = [_session(row) for row in rows.mappings()]
    order = list(SessionState)
    found.sort(key=lambda each: (each.created_on, each.id), reverse=True)
    return sorted(found, key=lambda each: order.index(each.state))


async def with_state(tx: Read, state: SessionState) -> Sequence[Session]:
    rows = await tx.execute(select(schema.sessions).where(schema.sessions.c.state == state).order_by("id"))
    return [_session(row) for row in rows.mappings()]


async def rooms_of(tx: Read, session: str) -> Sequence[Room]:
    """Its Q&A, then its chat, then its boards in the order they came."""
    found = await communities.rooms_in_session(tx, session)
    return sorted(found, key=lambda room: ORDER.index(room.kind))


async def qna_of(tx: Read, session: str) -> Room:
    return (await rooms_of(tx, session))[0]


async def describe(tx: Write, id: str, *, title: str, purpose: str) -> bool:
    """Call it so, and its Q&A as well. False: it is closing or closed."""
    live = _in_state(id, *LIVE)
    if await _one(tx, live) is None:
        return False
    await tx.execute(update(schema.sessions).where(live).values(title=title, purpose=purpose))
    theirs = (schema.rooms.c.session == id) & (schema.rooms.c.kind == QNA)
    await tx.execute(update(schema.rooms).where(theirs).values(title=title))
    return True


async def move(tx: Write, id: str, to: SessionState, leaves: SessionState) -> SessionState:
    """Open, lock or unlock it: from `leaves` to `to`; its state after that. Raises NoSuchSession."""
    turned = update(schema.sessions).where(_in_state(id, leaves))
    await tx.execute(turned.values(state=to, turn=schema.sessions.c.turn + 1))
    return (await _known(tx, id)).state


async def close(tx: Write, id: str, *, until: int | None = None) -> Session:
    """Begin closing a session; `until` (ms) it can be taken back, None: it can't. The session after that.

    Once it is closing, this changes nothing. Raises NoSuchSession.
    """
    begun = update(schema.sessions).where(_in_state(id, *LIVE))
    before = schema.sessions.c.state if until is not None else None
    await tx.execute(begun.values(state=SessionState.CLOSING, closes_at=until, before=before))
    return await _known(tx, id)


async def take_back(tx: Write, id: str, *, now: int) -> Session:
    """No longer close it, if its grace isn't over; the session after that. Raises NoSuchSession."""
    gracious = _in_state(id, SessionState.CLOSING) & (schema.sessions.c.closes_at > now)
    back = update(schema.sessions).where(gracious)
    await tx.execute(back.values(state=schema.sessions.c.before, closes_at=None, before=None))
    return await _known(tx, id)


async def finalise(tx: Write, id: str, *, now: int) -> Session:
    """If its grace is over nobody takes it back any more; the session after that. Raises NoSuchSession."""
    over = _in_state(id, SessionState.CLOSING) & (schema.sessions.c.closes_at <= now)
    await tx.execute(update(schema.sessions).where(over).values(closes_at=None, before=None))
    return await _known(tx, id)


async def closed(tx: Write, id: str, *, now: int) -> None:
    """It is closed for good."""
    closing = (schema.sessions.c.id == id) & (schema.sessions.c.state == SessionState.CLOSING)
    done = update(schema.sessions).where(closing).values(state=SessionState.CLOSED, closed_on=day_of(now))
    await tx.execute(done)


async def live_rooms_of(tx: Read, person: str) -> Sequence[str]:
    """The rooms somebody came into by code, as long as their session is open; a guest reads no others."""
    entered, inside = schema.entrances.c, schema.rooms.c
    asked = (
        select(entered.room)
        .join(schema.rooms, inside.id == entered.room)
        .outerjoin(schema.sessions, schema.sessions.c.id == inside.session)
        .where(entered.person == person, inside.session.is_(None) | schema.sessions.c.state.in_(LIVE))
    )
    return (await tx.execute(asked)).scalars().all()


async def titles(tx: Read, ids: Collection[str]) -> dict[str, str]:
    """What sessions are called."""
    rows = await tx.execute(select(schema.sessions.c.id, schema.sessions.c.title).where(schema.sessions.c.id.in_(ids)))
    return {row.id: row.title for row in rows}


async def room_ids(tx: Read) -> set[str]:
    """Every room that has, or had, a secret."""
    return set((await tx.execute(select(schema.rooms.c.id).where(schema.rooms.c.session.is_not(None)))).scalars())


_inside = select(bindparam("who", type_=Text), schema.rooms.c.id).where(schema.rooms.c.session == bindparam("where"))
_entered = put_new(schema.entrances).from_select(["person", "room"], _inside)


async def _known(tx: Read, id: str) -> Session:
    found = await session(tx, id)
    if found is None:
        raise NoSuchSession
    return found


def _in_state(id: str, *states: SessionState) -> ColumnElement[bool]:
    return (schema.sessions.c.id == id) & schema.sessions.c.state.in_(states)


async def _one(tx: Read, condition: object) -> Session | None:
    row = (await tx.execute(select(schema.sessions).where(condition))).mappings().one_or_none()  # type: ignore[arg-type]
    return _session(row) if row else None


def _session(row: RowMapping) -> Session:
    return Session(
        row["id"],
        row["community"],
        row["title"],
        Level(row["level"]),
        row["review"],
        row["code"],
        SessionState(row["state"]),
        row["created_on"],
        row["closed_on"],
        row["purpose"],
        row["closes_at"],
        SessionState(row["before"]) if row["before"] else None,
        row["turn"],
        row["swept_on"],
    )
