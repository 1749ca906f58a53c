"""Who a request is from, and what they may: for every endpoint alike."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import Request

from persistence import communities, people, sign_ins
from persistence.communities import Community
from persistence.database import Read
from persistence.gate import now_ms
from persistence.people import Member, Person
from persistence.sign_ins import SignedIn
from rooms.model import Reason
from web.auth import bearer_of
from web.house import house_of
from web.problems import Answer, Problem

B = TypeVar("B", bound=Struct)

COMMUNITY = "community"
"""In the query of an address: which one is meant, by whoever is in more than one."""


async def who_asks(tx: Read, request: Request) -> SignedIn | None:
    """By the browser's cookie; a screen has a token instead, so that its browser may be somebody's own."""
    token = bearer_of(request) or house_of(request).cookies.token(request)
    return await sign_ins.identify(tx, token, now=now_ms()) if token else None


async def signed_in_person(tx: Read, request: Request) -> SignedIn:
    """Raises Problem."""
    who = await who_asks(tx, request)
    if who is None:
        raise Problem(401, "sign_in_needed")
    return who


async def browsing(tx: Read, request: Request) -> SignedIn | None:
    """Who the browser is signed in as, by its cookie alone: where a screen's or a program's token must not count."""
    token = house_of(request).cookies.token(request)
    return await sign_ins.identify(tx, token, now=now_ms()) if token else None


async def browsing_person(tx: Read, request: Request) -> SignedIn:
    """The same, for what only somebody may ask. Raises Problem."""
    who = await browsing(tx, request)
    if who is None:
        raise Problem(401, "sign_in_needed")
    return who


async def home_of(tx: Read, request: Request, who: SignedIn | None) -> Community:
    """The community a request is about: of those that the person belongs to the one that `?community=` names, or else
    the first; for somebody unknown, the one this server began with. Raises Problem for one that isn't theirs.
    """
    theirs = await communities.of_person(tx, who.person.id) if who else ()
    if not theirs:
        return await communities.first(tx) or house_of(request).beginning.community
    named = request.query_params.get(COMMUNITY)
    found = next((each for each in theirs if each.id == named), None) if named else theirs[0]
    if found is None:
        raise Problem(404, Reason.NOT_FOUND)
    return found


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
        house.cookies.give(request, answer, token)
    return answer


async def body_of(request: Request, shape: type[B]) -> B:
    """Raises Problem."""
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "bad_request") from None


def offset_of(request: Request) -> int:
    """How many of a list to leave out. Raises Problem."""
    told = request.query_params.get("offset", "0")
    if not told.isascii() or not told.isdigit() or len(told) > 6:
        raise Problem(400, "bad_request")
    return int(told)
