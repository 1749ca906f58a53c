"""Who a request is from, and what they may: for every endpoint alike."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import Request

from persistence import communities, people, sign_ins
from persistence.communities import Community
from persistence.database import Read
from persistence.people import Member, Person
from persistence.sign_ins import SignedIn
from rooms.model import Reason
from web.auth import bearer_of, is_secure
from web.house import House, house_of
from web.problems import Answer, Problem

B = TypeVar("B", bound=Struct)


async def who_asks(tx: Read, request: Request) -> SignedIn | None:
    """By the browser's cookie; a screen has a token instead, so that its browser may be somebody's own."""
    token = bearer_of(request) or house_of(request).cookies.token(request)
    return await sign_ins.identify(tx, token) if token else None


async def signed_in_person(tx: Read, request: Request) -> SignedIn:
    """Raises Problem."""
    who = await who_asks(tx, request)
    if who is None:
        raise Problem(401, "sign_in_needed")
    return who


async def home_of(tx: Read, house: House, who: SignedIn | None) -> Community:
    """The community a person belongs to; for somebody unknown, the one this server began with."""
    theirs = await communities.of_person(tx, who.person.id) if who else ()
    return theirs[0] if theirs else house.beginning.community


async def known_there(tx: Read, who: SignedIn, community: str) -> Member:
    """Raises Problem for somebody who has no role there."""
    member = await people.member(tx, who.person.id, community)
    if member is None:
        raise Problem(403, Reason.FORBIDDEN)
    return member


async def member_in(tx: Read, person: Person, room: str) -> Member:
    """Raises Problem for a room that isn't there, or not theirs."""
    found = await communities.room(tx, room)
    member = await people.member(tx, person.id, found.community) if found else None
    if member is None:
        raise Problem(404, Reason.NOT_FOUND)
    return member


def signed_in(request: Request, content: object, token: str | None) -> Answer:
    """The answer, with a new sign-in for this browser where there is one."""
    house, answer = house_of(request), Answer(content)
    if token is not None:
        house.cookies.give(answer, token, secure=is_secure(request, house.settings))
    return answer


async def body_of(request: Request, shape: type[B]) -> B:
    """Raises Problem."""
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "bad_request") from None
