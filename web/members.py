"""The HTTP API of people: the directory, who is what in a community, and what one may do about oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import communities, members, news, people, sign_ins, staff_log
from persistence.database import Read, Write
from persistence.gate import now_ms
from persistence.members import ABOUT_LENGTH, LastOwner
from persistence.people import Member, NameTaken
from persistence.staff_log import What
from rooms.model import ActorId, PersonName, Reason, Refused, Role
from rooms.text import clean_name, clean_words
from web.house import house_of
from web.problems import Answer, Problem
from web.visitors import body_of, home_of, known_there, signed_in_person


class MemberInList(Struct, frozen=True):
    """`since`: the month. `you`: it is who asks."""

    id: ActorId
    name: PersonName
    role: Role
    since: str
    about: str
    you: bool


class Directory(Struct, frozen=True):
    """`may_change`: who asks may change roles and remove people."""

    members: list[MemberInList]
    may_change: bool


class NewRole(Struct, frozen=True, forbid_unknown_fields=True):
    role: Literal["guest", "member", "moderator", "owner"]


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody is called in the community, and may be asked about there."""

    name: Annotated[str, Meta(max_length=400)]
    about: Annotated[str, Meta(max_length=1_000)] = ""


class SignInInList(Struct, frozen=True):
    """`device`: Firefox, Android; null: unknown. `here`: it is the one that asks."""

    id: str
    device: str | None
    created_on: date
    here: bool


class Own(Struct, frozen=True):
    """What somebody may see and change of themselves. `communities`: by name, those they are part of."""

    name: PersonName
    about: str
    role: Role
    sign_ins: list[SignInInList]
    communities: Sequence[str]


async def directory(request: Request) -> Response:
    """Members and staff of the community, for its members."""
    async with house_of(request).database.read() as tx:
        who = await _somebody(tx, request)
        if not who.role.includes(Role.MEMBER):
            raise Problem(403, Reason.FORBIDDEN)
        found = await members.directory(tx, who.community)
    listed = [
        MemberInList(each.actor, each.name, each.role, f"{each.since:%Y-%m}", each.about, each.actor == who.actor)
        for each in found
    ]
    return Answer(Directory(listed, who.role is Role.OWNER))


async def change_role(request: Request) -> Response:
    """An owner makes somebody something else; it counts at once, also where they are just now."""
    house, body = house_of(request), await body_of(request, NewRole)
    async with house.database.write() as tx:
        owner, other = await _other(tx, request)
        try:
            await members.change_role(tx, other, Role(body.role))
        except LastOwner:
            raise Problem(409, "last_owner") from None
        if other.role != body.role:
            await staff_log.note(tx, owner, What.ROLE, now=now_ms(), about=other.name, detail=body.role)
    await house.news.tell()
    return Answer(body)


async def remove(request: Request) -> Response:
    """An owner takes somebody out of the community; what they wrote stays."""
    house = house_of(request)
    async with house.database.write() as tx:
        owner, other = await _other(tx, request)
        await _removed(tx, other)
        await staff_log.note(tx, owner, What.REMOVED, now=now_ms(), about=other.name)
    await house.news.tell()
    return Answer({})


async def own(request: Request) -> Response:
    """What is known of who asks."""
    async with house_of(request).database.read() as tx:
        signed = await signed_in_person(tx, request)
        who = await _somebody(tx, request)
        _not_a_screen(who)
        about = await members.about(tx, who)
        homes = [each.name for each in await communities.of_person(tx, who.person)]
        theirs = await sign_ins.of_person(tx, who.person)
    listed = [SignInInList(each.id, each.device, each.created_on, each.id == signed.sign_in) for each in theirs]
    return Answer(Own(who.name, about, who.role, listed, homes))


async def describe(request: Request) -> Response:
    """Another name, or something else to be asked about."""
    house, body = house_of(request), await body_of(request, Profile)
    about = clean_words(body.about)[:ABOUT_LENGTH].rstrip() if body.about.strip() else ""
    async with house.database.write() as tx:
        who = await _somebody(tx, request)
        _not_a_screen(who)
        if await people.is_program(tx, who.person):  # what it is called says what it is
            raise Problem(403, Reason.FORBIDDEN)
        try:
            name = clean_name(body.name)
            await members.describe(tx, who, name=name, about=about)
        except NameTaken as taken:
            raise Problem(409, "name_taken", suggestion=taken.suggestion) from None
        except Refused:
            raise Problem(422, "name_empty") from None
    await house.news.tell()
    return Answer(Profile(name, about))


async def leave(request: Request) -> Response:
    """Somebody leaves the community; what they wrote stays."""
    house = house_of(request)
    async with house.database.write() as tx:
        who = await _somebody(tx, request)
        _not_a_screen(who)
        await _removed(tx, who)
        gone = await people.of_id(tx, who.person) is None
    await house.news.tell()
    answer = Answer({})
    if gone:
        house.cookies.take_back(request, answer)
    return answer


async def end_sign_in(request: Request) -> Response:
    """One of one's own browsers is nobody any more."""
    house, id = house_of(request), request.path_params["sign_in"]
    async with house.database.write() as tx:
        who = await signed_in_person(tx, request)
        _not_a_screen(await _somebody(tx, request))
        if not await sign_ins.revoke(tx, who.person.id, id):
            raise Problem(404, Reason.NOT_FOUND)
        await news.end_sign_ins(tx, who.person.id, [id])
    await house.news.tell()
    return Answer({})


async def end_other_sign_ins(request: Request) -> Response:
    """Sign out everywhere but here."""
    house = house_of(request)
    async with house.database.write() as tx:
        who = await signed_in_person(tx, request)
        _not_a_screen(await _somebody(tx, request))
        others = [each.id for each in await sign_ins.of_person(tx, who.person.id) if each.id != who.sign_in]
        for id in others:
            await sign_ins.revoke(tx, who.person.id, id)
        await news.end_sign_ins(tx, who.person.id, others)
    await house.news.tell()
    return Answer({})


ROUTES = [
    Route("/api/members", directory),
    Route("/api/members/{member}", change_role, methods=["PUT"]),
    Route("/api/members/{member}", remove, methods=["DELETE"]),
    Route("/api/me/own", own),
    Route("/api/me/own", describe, methods=["PUT"]),
    Route("/api/me/membership", leave, methods=["DELETE"]),
    Route("/api/me/sign-ins", end_other_sign_ins, methods=["DELETE"]),
    Route("/api/me/sign-ins/{sign_in}", end_sign_in, methods=["DELETE"]),
]


async def _somebody(tx: Read, request: Request) -> Member:
    """Who asks, in the community. Raises Problem."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    return await known_there(tx, who, home.id)


async def _other(tx: Read, request: Request) -> tuple[Member, Member]:
    """The owner who asks, and the member asked for. Raises Problem."""
    who = await _somebody(tx, request)
    if who.role is not Role.OWNER:
        raise Problem(403, Reason.FORBIDDEN)
    other = await members.of_actor(tx, who.community, request.path_params["member"])
    if other is None or other.role is Role.SCREEN:
        raise Problem(404, Reason.NOT_FOUND)
    return who, other


async def _removed(tx: Write, who: Member) -> None:
    try:
        await members.remove(tx, who)
    except LastOwner:
        raise Problem(409, "last_owner") from None


def _not_a_screen(who: Member) -> None:
    if who.role is Role.SCREEN:
        raise Problem(403, Reason.FORBIDDEN)
