"""The HTTP API of the page: getting in, and what a list or a search needs. What is live goes over the socket."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import agreements, communities, links, news, people, sessions, sign_ins
from persistence.communities import Community, Room
from persistence.database import Read, Write
from persistence.gate import now_ms
from persistence.people import NameMissing, NameTaken
from persistence.search import Reader
from persistence.search import search as find
from persistence.sessions import LIVE, Session
from persistence.snippets import Parts
from rooms.lifecycle import State
from rooms.model import Level, Reason, Refused, Role
from web.addresses import join_url, qr_svg, url_for_others
from web.catalogue import say
from web.devices import device_of
from web.guessing import count_wrong, hold_back
from web.house import house_of
from web.places import Place, place_of
from web.presets import DEFAULTS, SessionDefaults
from web.problems import Answer, Problem, language_of
from web.sessions import AtDoor, InList, at_door, listed
from web.visitors import (
    body_of,
    browsing,
    home_of,
    known_there,
    member_in,
    offset_of,
    signed_in,
    signed_in_person,
    who_asks,
)


class CodeBody(Struct, frozen=True, forbid_unknown_fields=True):
    code: Annotated[str, Meta(max_length=80)]


class JoinBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`agreed`: the edition of the agreements that stood at the door."""

    code: Annotated[str, Meta(max_length=80)]
    name: Annotated[str, Meta(max_length=400)] | None = None
    agreed: Annotated[int, Meta(ge=0, lt=2**31)] = 0


class SignInBody(Struct, frozen=True, forbid_unknown_fields=True):
    token: Annotated[str, Meta(max_length=200)]
    name: Annotated[str, Meta(max_length=400)] | None = None


class About(Struct, frozen=True):
    """What anybody may know of a community. `agreements`: what people there are asked to keep to, of that `edition`."""

    name: str
    purpose: str
    lang: str
    agreements: str
    edition: int


class Named(Struct, frozen=True):
    name: str
    role: Role


class Me(Struct, frozen=True):
    """`place`: where the person is, for somebody who is known."""

    person: Named | None
    lang: str
    community: About
    place: Place | None


class Door(Struct, frozen=True):
    """What is behind a code. `here`: how many people there are inside; `anonymity`: how they ask, at least (C7).

    The code of a session leads to its Q&A.
    """

    community: About
    room: RoomAtDoor
    anonymity: Level
    here: int
    session: AtDoor | None


class RoomAtDoor(Struct, frozen=True):
    id: str
    kind: str
    title: str
    state: State


class Inside(Struct, frozen=True, omit_defaults=True):
    """Where somebody came in; `session`: whose room it is, if it is one's."""

    room: str
    session: AtDoor | None = None


class CameByLink(Struct, frozen=True, omit_defaults=True):
    """Who a link signed in, and where it leads. `token`: of a screen, which has no cookie."""

    person: Named
    room: str
    session: AtDoor | None = None
    token: str | None = None


class RoomInList(Struct, frozen=True):
    id: str
    kind: str
    title: str
    state: State
    code: str | None


class Home(Struct, frozen=True):
    """The community as somebody inside knows it; codes only for who may invite. `defaults`: of a new session."""

    name: str
    purpose: str
    role: Role
    rooms: list[RoomInList]
    sessions: list[InList]
    join_url: str | None
    defaults: SessionDefaults


async def me(request: Request) -> Response:
    """Who am I, and where? Nobody is a good answer too."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await who_asks(tx, request)
        community = await home_of(tx, request, who)
        member = await people.member(tx, who.person.id, community.id) if who else None
        place = await place_of(tx, community, member) if member else None
    person = Named(member.name, member.role) if member else None
    return Answer(Me(person, language_of(request, community.lang), _about(community), place))


async def look_up_code(request: Request) -> Response:
    """What is behind a code, before going in."""
    house, body = house_of(request), await body_of(request, CodeBody)
    async with house.database.read() as tx:
        behind = await _behind(tx, request, body.code)
        community = await _community_of(tx, behind.room)
    room, session = behind.room, behind.session
    seen = RoomAtDoor(room.id, room.kind, room.title, room.state)
    level = session.level if session else Level.NAMED
    told = at_door(session) if session else None
    return Answer(Door(_about(community), seen, level, house.hub.here(room.id), told))


async def join(request: Request) -> Response:
    """Go in by a code: as who is signed in, or as a new guest with a name."""
    house, body = house_of(request), await body_of(request, JoinBody)
    lang = language_of(request)
    async with house.database.read() as tx:  # guessing must not keep the one writer busy
        behind = await _behind(tx, request, body.code)

    async def enter(tx: Write) -> str | None:
        who = await who_asks(tx, request)
        known = who.person.id if who else None
        person = await people.join(tx, behind.room, now=now_ms(), name=body.name, person=known, lang=lang)
        await agreements.accept(tx, person.id, behind.room.community, body.agreed)
        if behind.session is not None:
            await sessions.enter(tx, person.id, behind.session.id)
        return None if who else await sign_ins.sign_in(tx, person.id, now=now_ms(), device=device_of(request))

    try:
        token = await house.doorway.write(enter)
    except NameTaken as taken:
        raise Problem(409, "name_taken", suggestion=taken.suggestion) from None
    except NameMissing:
        raise Problem(422, "name_empty") from None
    except Refused as refused:
        if refused.reason is Reason.FORBIDDEN:
            raise
        raise Problem(422, "name_empty" if refused.reason is Reason.EMPTY else refused.reason) from None
    return signed_in(request, Inside(behind.room.id, at_door(behind.session) if behind.session else None), token)


async def sign_in(request: Request) -> Response:
    """Redeem a sign-in link."""
    house, body = house_of(request), await body_of(request, SignInBody)
    hold_back(house.spent_links, request)
    async with house.database.write() as tx:
        who = await browsing(tx, request)  # a link is for people: no screen or program becomes more by one
        known = who.person.id if who else None
        try:
            role = await links.role_of(tx, body.token, now=now_ms())
            name = body.name or say(house.beginning.community.lang, f"name-of-{role}")
            done = await links.redeem(tx, body.token, name=name, now=now_ms(), person=known)
        except links.LinkSpent:
            count_wrong(house.spent_links, request)
            raise Problem(404, "link_spent") from None
        except Refused:
            raise Problem(422, "name_empty") from None
        same = who is not None and who.person.id == done.person.id
        token = None if same else await sign_ins.sign_in(tx, done.person.id, now=now_ms(), device=device_of(request))
        member = await member_in(tx, done.person, done.room)
        session = await sessions.of_room(tx, done.room)
    await house.news.tell()
    person, told = Named(member.name, member.role), at_door(session) if session else None
    if role is Role.SCREEN:  # its browser stays whose it was, or nobody's
        return Answer(CameByLink(person, done.room, told, token))
    return signed_in(request, CameByLink(person, done.room, told), token)


async def sign_out(request: Request) -> Response:
    """End this browser's sign-in, and its connections."""
    house = house_of(request)
    token = house.cookies.token(request)
    async with house.database.write() as tx:
        who = await who_asks(tx, request)
        if token is not None and who is not None:
            await sign_ins.sign_out(tx, token)
            await news.end_sign_ins(tx, who.person.id, [who.sign_in])
    await house.news.tell()
    answer = Answer({})
    house.cookies.take_back(request, answer)
    return answer


async def community(request: Request) -> Response:
    """The community as the person who asks knows it."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await signed_in_person(tx, request)
        home = await home_of(tx, request, who)
        member = await known_there(tx, who, home.id)
        rooms = [room for room in await communities.rooms_of(tx, home.id) if await people.may_enter(tx, member, room)]
        gatherings = await listed(tx, member)
    invites = member.role.includes(Role.MEMBER)
    own = [RoomInList(r.id, r.kind, r.title, r.state, r.code if invites else None) for r in rooms]
    code = next((room.code for room in own if room.code), None)
    link = join_url(url_for_others(request, house.settings), code) if code else None
    begin_with = DEFAULTS[home.preset]
    return Answer(Home(home.name, home.purpose, member.role, own, gatherings, link, begin_with))


class MessageFound(Struct, frozen=True):
    """`parts`: its text, in pieces, each with whether it is what was asked for; `n`: where it stands in the chat."""

    id: str
    n: int
    at: int
    name: str
    staff: bool
    parts: Parts


class MessagesFound(Struct, frozen=True):
    hits: list[MessageFound]
    more: bool


async def search(request: Request) -> Response:
    """Messages of a room that hold the words asked for."""
    house, room = house_of(request), request.path_params["room"]
    async with house.database.read() as tx:
        who = await signed_in_person(tx, request)
    await house.gate.admit(who.person.id, room)
    query = request.query_params.get("q", "")
    async with house.database.read() as tx:
        known = await communities.room(tx, room)
        assert known is not None  # the gate knows it
        reader = Reader(community=known.community, rooms=[room])
        found = await find(tx, reader, query, offset=offset_of(request), strictly=True)
    hits = [MessageFound(hit.record, hit.n or 0, hit.at, hit.name, hit.staff, hit.text) for hit in found.hits]
    return Answer(MessagesFound(hits, found.more))


async def qr(request: Request) -> Response:
    """The QR of the room's join address, for who may invite."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await signed_in_person(tx, request)
        room = await communities.room(tx, request.path_params["room"])
        member = await people.member(tx, who.person.id, room.community) if room else None
    if room is None or room.code is None:
        raise Problem(404, Reason.NOT_FOUND)
    if member is None or not member.role.includes(Role.MEMBER):
        raise Problem(403, Reason.FORBIDDEN)
    drawn = qr_svg(join_url(url_for_others(request, house.settings), room.code))
    return Response(drawn, media_type="image/svg+xml")


ROUTES = [
    Route("/api/me", me),
    Route("/api/codes", look_up_code, methods=["POST"]),
    Route("/api/join", join, methods=["POST"]),
    Route("/api/sign-in", sign_in, methods=["POST"]),
    Route("/api/sign-out", sign_out, methods=["POST"]),
    Route("/api/community", community),
    Route("/api/rooms/{room}/search", search),
    Route("/api/rooms/{room}/qr.svg", qr),
]


# ---- codes -----------------------------------------------------------------------------------------------------------


class Behind(Struct, frozen=True):
    """Where a code leads: into a room, and when that is a session's, into its others as well."""

    room: Room
    session: Session | None = None


async def _behind(tx: Read, request: Request, code: str) -> Behind:
    """Raises Problem: `limited` for who guesses, `session_over` for who is late, else `wrong_code`."""
    guesses = house_of(request).guesses
    hold_back(guesses, request)
    found = await _led_to(tx, code)
    if found is None:
        count_wrong(guesses, request)
        raise Problem(404, "wrong_code")
    return found


async def _led_to(tx: Read, code: str) -> Behind | None:
    room = await communities.room_of_code(tx, code)
    if room is not None:
        return Behind(room) if room.state is not State.CLOSED else None
    session = await sessions.of_code(tx, code)
    if session is None:
        return None
    if session.state not in LIVE:
        raise Problem(410, "session_over")
    return Behind(await sessions.qna_of(tx, session.id), session)


# ---- bits of requests ------------------------------------------------------------------------------------------------


def _about(community: Community) -> About:
    return About(community.name, community.purpose, community.lang, community.agreements, community.edition)


async def _community_of(tx: Read, room: Room) -> Community:
    found = await communities.community(tx, room.community)
    assert found is not None  # a foreign key
    return found
