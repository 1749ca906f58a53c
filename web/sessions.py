"""The HTTP API of sessions: start one, look at it, show it on a screen, close it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import communities, links, people, sessions, staff_log
from persistence.communities import Room
from persistence.database import Read
from persistence.gate import now_ms
from persistence.nicknames import nickname
from persistence.people import Member
from persistence.sessions import LIVE, Session, SessionState
from persistence.staff_log import What
from rooms.kind import kinds
from rooms.lifecycle import State
from rooms.model import Level, Reason, Refused, Role
from rooms.text import clean_words
from web.addresses import join_url, present_url, qr_svg, url_for_others
from web.catalogue import say
from web.columns import Template
from web.house import House, house_of
from web.problems import Answer, Problem
from web.visitors import body_of, home_of, known_there, signed_in_person

TITLE_LENGTH = 80


class NewSession(Struct, frozen=True, forbid_unknown_fields=True):
    """`board`: the columns of one that it begins with."""

    title: Annotated[str, Meta(max_length=400)]
    level: Level = Level.NAMED
    review: bool = True
    purpose: Annotated[str, Meta(max_length=2_000)] = ""
    planned: bool = False
    board: Template | None = None


class Description(Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, Meta(max_length=400)]
    purpose: Annotated[str, Meta(max_length=2_000)] = ""


class Made(Struct, frozen=True):
    id: str


class RoomOfSession(Struct, frozen=True):
    """`nickname`: what who asks is called there, where they don't go by name; another one in each room (C7)."""

    id: str
    kind: str
    title: str
    state: State
    nickname: str


class CommunityOfSession(Struct, frozen=True):
    id: str
    name: str


class About(Struct, frozen=True):
    """A session as somebody in it knows it. `code`, `join_url`: for who may invite, and for its screens.

    `closes_at`: while it is closing, until when (ms) that can be taken back. `nickname`: what they are called where
    they don't go by name. `secret_gone`: for staff: votes and what isn't named
    are refused, for Kring can't keep them apart from names. `swept_on`: since when what was said is kept no longer.
    """

    id: str
    title: str
    level: Level
    review: bool
    state: SessionState
    role: Role
    nickname: str
    community: CommunityOfSession
    rooms: list[RoomOfSession]
    code: str | None
    join_url: str | None
    secret_gone: bool
    purpose: str
    closes_at: int | None
    closed_on: date | None
    swept_on: date | None


class InList(Struct, frozen=True):
    """A session on the community's page."""

    id: str
    title: str
    level: Level
    state: SessionState
    code: str | None


class AtDoor(Struct, frozen=True):
    """A session as whoever has its code knows it."""

    id: str
    title: str
    level: Level
    state: SessionState


class Screen(Struct, frozen=True):
    url: str


class Closing(Struct, frozen=True, omit_defaults=True):
    """`closes_at`: until when (ms) it can be taken back; none: it can't."""

    state: SessionState
    closes_at: int | None = None


class Moved(Struct, frozen=True):
    state: SessionState


async def start(request: Request) -> Response:
    """Staff start a session: it is open at once, or planned."""
    house, body = house_of(request), await body_of(request, NewSession)
    title = _title(body.title)
    async with house.database.read() as tx:
        who = await signed_in_person(tx, request)
        home = await home_of(tx, request, who)
        member = await known_there(tx, who, home.id)
    check_staff(member)
    async with house.database.write() as tx:
        made = await sessions.create(
            tx,
            house.secrets,
            home.id,
            title=title,
            chat=say(home.lang, "community-chat"),
            level=body.level,
            review=body.review,
            now=now_ms(),
            purpose=_purpose(body.purpose),
            state=SessionState.PLANNED if body.planned else SessionState.OPEN,
        )
        await staff_log.note(tx, member, What.STARTED, now=now_ms(), about=made.title)
        if body.board is not None:
            title = say(home.lang, "board-of-session")
            await sessions.add_board(tx, house.secrets, made, title=title, template=body.board)
    await house.gatherings.settle(made.id)
    return Answer(Made(made.id), 201)


async def look(request: Request) -> Response:
    """The session, as who asks may know it."""
    house = house_of(request)
    async with house.database.read() as tx:
        found, member = await known_session(tx, request)
        home = await communities.community(tx, found.community)
        rooms = [room for room in await sessions.rooms_of(tx, found.id) if await people.may_enter(tx, member, room)]
    assert home is not None  # a foreign key
    invites = found.state in LIVE and may_invite(member)
    link = join_url(url_for_others(request, house.settings), found.code) if invites else None
    lacking = found.state in LIVE and not all(house.secrets.has(room.id) for room in rooms)
    called = {room.id: _nickname(house, member, room, home.lang) for room in rooms}
    return Answer(
        About(
            found.id,
            found.title,
            found.level,
            found.review,
            found.state,
            member.role,
            next((called[room.id] for room in rooms if room.kind == sessions.QNA), ""),
            CommunityOfSession(home.id, home.name),
            [RoomOfSession(room.id, room.kind, room.title, room.state, called[room.id]) for room in rooms],
            found.code if invites else None,
            link,
            lacking and member.role.staff,
            found.purpose,
            found.closes_at,
            found.closed_on,
            found.swept_on,
        )
    )


async def close(request: Request) -> Response:
    """Staff close a session: for good, once the grace is over. What is left to do goes on by itself (C7)."""
    house = house_of(request)
    async with house.database.read() as tx:
        found, member = await known_session(tx, request)
    check_staff(member)
    async with house.database.write() as tx:
        grace_s = house.settings.grace_s
        after = await sessions.close(tx, found.id, until=now_ms() + 1_000 * grace_s if grace_s else None)
        if found.state in LIVE:
            await staff_log.note(tx, member, What.ENDED, now=now_ms(), about=found.title)
    if after.state is SessionState.CLOSING:
        house.worker.close(found.id)
    return Answer(Closing(after.state, after.closes_at))


async def take_back(request: Request) -> Response:
    """Staff don't close it after all: it is as it was."""
    house = house_of(request)
    found, member = await _run(request)
    async with house.database.write() as tx:
        after = await sessions.take_back(tx, found.id, now=now_ms())
        if after.state in LIVE and found.state not in LIVE:
            await staff_log.note(tx, member, What.TAKEN_BACK, now=now_ms(), about=found.title)
    if after.state not in LIVE:
        raise Problem(409, Reason.CLOSED)
    return Answer(Moved(after.state))


async def describe(request: Request) -> Response:
    """Staff give it another title and purpose."""
    house, body = house_of(request), await body_of(request, Description)
    found, _ = await _run(request)
    title, purpose = _title(body.title), _purpose(body.purpose)
    async with house.database.write() as tx:
        if not await sessions.describe(tx, found.id, title=title, purpose=purpose):
            raise Problem(409, Reason.CLOSED)
    return Answer(Description(title, purpose))


async def open_it(request: Request) -> Response:
    """Staff open a planned session."""
    return await _move(request, SessionState.OPEN, SessionState.PLANNED, What.OPENED)


async def lock(request: Request) -> Response:
    """Staff lock it: everybody reads, only they write."""
    return await _move(request, SessionState.LOCKED, SessionState.OPEN, What.LOCKED)


async def unlock(request: Request) -> Response:
    """Staff unlock it: everybody writes again."""
    return await _move(request, SessionState.OPEN, SessionState.LOCKED, What.UNLOCKED)


async def _move(request: Request, to: SessionState, leaves: SessionState, what: What) -> Response:
    """What is true already is done; rooms that lag behind are brought along."""
    house = house_of(request)
    found, member = await _run(request)
    async with house.database.write() as tx:
        state = await sessions.move(tx, found.id, to, leaves)
        if state is to and found.state is leaves:
            await staff_log.note(tx, member, what, now=now_ms(), about=found.title)
    if state is not to:
        raise Problem(409, STANDS_IN_THE_WAY.get(state, Reason.CLOSED))
    await house.gatherings.settle(found.id)
    return Answer(Moved(state))


async def _run(request: Request) -> tuple[Session, Member]:
    """The session, and who of the staff asks."""
    async with house_of(request).database.read() as tx:
        found, member = await known_session(tx, request)
    check_staff(member)
    return found, member


async def screen(request: Request) -> Response:
    """A link for staff to put the Q&A on a screen; for one use, within half an hour."""
    house = house_of(request)
    async with house.database.read() as tx:
        found, member = await known_session(tx, request)
        qna = await sessions.qna_of(tx, found.id)
    check_staff(member)
    if found.state not in LIVE:
        raise Problem(409, Reason.CLOSED)
    async with house.database.write() as tx:
        token = await links.create(tx, found.community, Role.SCREEN, now=now_ms(), room=qna.id)
    return Answer(Screen(present_url(url_for_others(request, house.settings), found.id, token)))


async def qr(request: Request) -> Response:
    """The QR of the session's join address, for who may invite and for its screens."""
    house = house_of(request)
    async with house.database.read() as tx:
        found, member = await known_session(tx, request)
    if not may_invite(member):
        raise Problem(403, Reason.FORBIDDEN)
    if found.state not in LIVE:
        raise Problem(409, Reason.CLOSED)
    drawn = qr_svg(join_url(url_for_others(request, house.settings), found.code))
    return Response(drawn, media_type="image/svg+xml")


STANDS_IN_THE_WAY = {SessionState.PLANNED: Reason.PLANNED, SessionState.LOCKED: Reason.LOCKED}

ROUTES = [
    Route("/api/sessions", start, methods=["POST"]),
    Route("/api/sessions/{session}", look),
    Route("/api/sessions/{session}/close", close, methods=["POST"]),
    Route("/api/sessions/{session}", describe, methods=["PUT"]),
    Route("/api/sessions/{session}/open", open_it, methods=["POST"]),
    Route("/api/sessions/{session}/lock", lock, methods=["POST"]),
    Route("/api/sessions/{session}/unlock", unlock, methods=["POST"]),
    Route("/api/sessions/{session}/take-back", take_back, methods=["POST"]),
    Route("/api/sessions/{session}/screen", screen, methods=["POST"]),
    Route("/api/sessions/{session}/qr.svg", qr),
]


async def listed(tx: Read, member: Member) -> list[InList]:
    """The sessions of a community, for its page: members know all, guests those they came into."""
    found = await sessions.of_community(tx, member.community)
    if not member.role.includes(Role.MEMBER):
        found = [each for each in found if await _entered(tx, member, each)]
    return [
        InList(
            each.id,
            each.title,
            each.level,
            each.state,
            each.code if may_invite(member) and each.state in LIVE else None,
        )
        for each in found
    ]


def at_door(session: Session) -> AtDoor:
    return AtDoor(session.id, session.title, session.level, session.state)


def may_invite(member: Member) -> bool:
    """Screens show everybody the code."""
    return member.role is Role.SCREEN or member.role.includes(Role.MEMBER)


async def known_session(tx: Read, request: Request) -> tuple[Session, Member]:
    """The session asked for, and what who asks is there. Raises Problem."""
    who = await signed_in_person(tx, request)
    found = await sessions.session(tx, request.path_params["session"])
    if found is None:
        raise Problem(404, Reason.NOT_FOUND)
    member = await known_there(tx, who, found.community)
    if not member.role.includes(Role.MEMBER) and not await _entered(tx, member, found):
        raise Problem(403, Reason.FORBIDDEN)
    return found, member


def check_staff(member: Member) -> None:
    if not member.role.staff:
        raise Problem(403, Reason.FORBIDDEN)


def title_of(raw: str) -> str:
    """On one line, and no longer than fits. Raises Refused(empty)."""
    return " ".join(clean_words(raw).split())[:TITLE_LENGTH].rstrip()


async def _entered(tx: Read, member: Member, session: Session) -> bool:
    rooms = await sessions.rooms_of(tx, session.id)
    return any([await people.entered(tx, member.person, room.id) for room in rooms])


def _nickname(house: House, member: Member, room: Room, lang: str) -> str:
    """As the gate makes it: of the second id. Nothing where the secret is gone, or people always go by name."""
    second = house.secrets.second(room.id, member.person) if kinds()[room.kind].unlinkable else None
    return nickname(second, lang) if second else ""


def _purpose(raw: str) -> str:
    """In its own lines, or none."""
    return clean_words(raw) if raw.strip() else ""


def _title(raw: str) -> str:
    try:
        return title_of(raw)
    except Refused:
        raise Problem(422, "title_empty") from None
