"""The HTTP API of programs: owners make tokens for them, list and revoke them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import communities, programs, staff_log
from persistence.database import Read
from persistence.gate import now_ms
from persistence.people import Member, NameTaken
from persistence.programs import TooMany, called
from persistence.staff_log import What
from rooms.model import ActorId, PersonName, Reason, Refused, Role
from web.catalogue import say
from web.house import house_of
from web.problems import Answer, Problem
from web.visitors import body_of, home_of, known_there, signed_in_person


class NewProgram(Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=400)]
    role: Literal["guest", "member", "moderator"]


class MadeProgram(Struct, frozen=True):
    """The token is told this once: the server keeps only its hash."""

    id: ActorId
    name: PersonName
    token: str


class ProgramInList(Struct, frozen=True):
    """`made_by`: "" when they are gone, or it was made on the server. `used_on`: the last day it was here, or null."""

    id: ActorId
    name: PersonName
    role: Role
    made_by: str
    created_on: date
    used_on: date | None


class Programs(Struct, frozen=True):
    programs: list[ProgramInList]


class Ended(Struct, frozen=True):
    id: str


async def list_them(request: Request) -> Response:
    """Programs of the community, for its owners."""
    async with house_of(request).database.read() as tx:
        owner = await _owner(tx, request)
        found = await programs.of_community(tx, owner.community)
    listed = [
        ProgramInList(each.id, each.name, each.role, each.made_by, each.created_on, each.used_on) for each in found
    ]
    return Answer(Programs(listed))


async def make(request: Request) -> Response:
    """Make a program; the answer holds its token, which nothing tells again."""
    house, body = house_of(request), await body_of(request, NewProgram)
    async with house.database.write() as tx:
        owner = await _owner(tx, request)
        home = await communities.community(tx, owner.community)
        assert home is not None  # a foreign key
        try:
            name = called(body.name, say(home.lang, "program-mark"))
        except Refused:
            raise Problem(422, "name_empty") from None
        try:
            id, token = await programs.create(
                tx, owner.community, Role(body.role), name, now=now_ms(), made_by=owner.person
            )
        except NameTaken:
            raise Problem(409, "program_name_taken", name=name) from None
        except TooMany:
            raise Problem(409, "programs_full", most=programs.MOST) from None
        await staff_log.note(tx, owner, What.PROGRAM, now=now_ms(), about=name, detail=body.role)
    return Answer(MadeProgram(id, name, token), 201)


async def revoke(request: Request) -> Response:
    """Revoke a program: its token counts no more, and its sockets are closed; what it said stays."""
    house, id = house_of(request), request.path_params["program"]
    async with house.database.write() as tx:
        owner = await _owner(tx, request)
        if not await programs.revoke(tx, owner.community, id):
            raise Problem(404, Reason.NOT_FOUND)
        await staff_log.note(tx, owner, What.PROGRAM_ENDED, now=now_ms())
    await house.news.tell()
    return Answer(Ended(id))


ROUTES = [
    Route("/api/programs", list_them),
    Route("/api/programs", make, methods=["POST"]),
    Route("/api/programs/{program}/revoke", revoke, methods=["POST"]),
]


async def _owner(tx: Read, request: Request) -> Member:
    """Raises Problem."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    member = await known_there(tx, who, home.id)
    if member.role is not Role.OWNER:
        raise Problem(403, Reason.FORBIDDEN)
    return member
