"""The HTTP API of communities: say what a new one is, make another, change one, accept what it asks, remove it."""

from __future__ import annotations

from typing import Annotated, Literal

import structlog
from msgspec import Meta, Struct, structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import agreements, communities, founding, people, staff_log
from persistence.closing import InUse
from persistence.communities import Community, Preset
from persistence.database import Read
from persistence.dissolving import dissolve
from persistence.founding import AlreadyBegun, Description, Removed
from persistence.gate import now_ms
from persistence.people import Member, NameTaken
from persistence.sessions import LIVE, SessionState
from persistence.sessions import of_community as sessions_of
from persistence.staff_log import What
from realtime.journal import Unreachable
from rooms.model import Reason, Refused, Role
from rooms.text import clean_words
from web.beginning import begin, made_up, open_chat
from web.catalogue import say
from web.house import House, house_of
from web.places import may_found
from web.problems import Answer, Problem
from web.sessions import Made
from web.settings import LANGUAGES
from web.visitors import body_of, home_of, known_there, signed_in_person

NAME_LENGTH, PURPOSE_LENGTH, AGREEMENTS_LENGTH = 80, 500, 2_000

log = structlog.get_logger()


class NewCommunity(Struct, frozen=True, forbid_unknown_fields=True):
    """`lang`: of what Kring itself says there."""

    name: Annotated[str, Meta(max_length=400)]
    lang: Literal["nl", "en"]
    preset: Preset
    purpose: Annotated[str, Meta(max_length=2_000)] = ""


class FirstRun(NewCommunity, frozen=True, forbid_unknown_fields=True):
    """`owner`: what who says this is called there."""

    owner: Annotated[str, Meta(max_length=400)] = ""


class Edited(NewCommunity, frozen=True, forbid_unknown_fields=True):
    agreements: Annotated[str, Meta(max_length=8_000)] = ""


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    edition: Annotated[int, Meta(ge=0, lt=2**31)]


class Farewell(Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: of the community, typed by who removes it."""

    name: Annotated[str, Meta(max_length=400)]


class AsItIs(Struct, frozen=True):
    """A community as its owner may change it. What there is in it: `people`, `sessions`, of which `live` go on."""

    id: str
    name: str
    purpose: str
    lang: str
    preset: Preset
    agreements: str
    people: int
    sessions: int
    live: int


async def first_run(request: Request) -> Response:
    """The owner of a community that has a made-up name says what it is. Once."""
    house, body = house_of(request), await body_of(request, FirstRun)
    said = _description(body)
    async with house.database.write() as tx:
        member, home = await _owned(tx, request)
        try:
            await founding.begin(tx, home.id, said, chat=say(said.lang, "community-chat"))
            if body.owner.strip():
                await founding.call_person(tx, member.person, home.id, body.owner)
        except AlreadyBegun:
            raise Problem(409, "already_begun") from None
        except NameTaken as taken:
            raise Problem(409, "name_taken", suggestion=taken.suggestion) from None
        except Refused:
            raise Problem(422, "name_empty") from None
    await _look_again(house)
    return Answer(Made(home.id))


async def create(request: Request) -> Response:
    """An owner of the community that the server began with makes another, and owns it."""
    house, body = house_of(request), await body_of(request, NewCommunity)
    said = _description(body)
    async with house.database.write() as tx:
        who = await signed_in_person(tx, request)
        if not await may_found(tx, who.person.id):
            raise Problem(403, Reason.FORBIDDEN)
        made = await communities.create(
            tx,
            name=said.name,
            purpose=said.purpose,
            lang=said.lang,
            chat=say(said.lang, "community-chat"),
            now=now_ms(),
            preset=said.preset,
        )
        await people.add(tx, who.person.id, made.id, Role.OWNER, who.person.name, now=now_ms())
    await open_chat(house.database, house.hub, made)
    await house.news.follow(made.id)
    return Answer(Made(made.id), 201)


async def look(request: Request) -> Response:
    """The community, for its owner."""
    async with house_of(request).database.read() as tx:
        _, home = await _owned(tx, request)
        return Answer(await _as_it_is(tx, home))


async def edit(request: Request) -> Response:
    """Its owner says it in other words. Whoever is in it accepts changed agreements anew."""
    house, body = house_of(request), await body_of(request, Edited)
    said = _description(body, _words(body.agreements, AGREEMENTS_LENGTH))
    async with house.database.write() as tx:
        owner, home = await _owned(tx, request)
        changed = await founding.describe(tx, home.id, said)
        await staff_log.note(tx, owner, What.SETTINGS, now=now_ms())
        answer = await _as_it_is(tx, changed)
    await _look_again(house)
    return Answer(answer)


async def accept(request: Request) -> Response:
    """Somebody in the community accepts the agreements they read."""
    body = await body_of(request, Accepted)
    async with house_of(request).database.write() as tx:
        who = await signed_in_person(tx, request)
        member = await known_there(tx, who, (await home_of(tx, request, who)).id)
        if member.role is Role.SCREEN:
            raise Problem(403, Reason.FORBIDDEN)
        await agreements.accept(tx, member.person, member.community, body.edition)
    return Answer({})


async def remove(request: Request) -> Response:
    """Its owner removes it for good, and everything in it. A server's last one makes room for a new beginning."""
    house, body = house_of(request), await body_of(request, Farewell)
    async with house.database.write() as tx:
        member, home = await _owned(tx, request)
        if " ".join(body.name.split()).casefold() != " ".join(home.name.split()).casefold():
            raise Problem(422, "other_name")
        if len(await communities.everyone(tx)) == 1:
            new = await made_up(tx, house.settings)
            await people.add(tx, member.person, new.id, Role.OWNER, member.name, now=now_ms())
        gone = await founding.remove(tx, home.id)
    await _look_again(house)
    await _say_goodbye(house, gone)
    return Answer({})


async def _say_goodbye(house: House, gone: Removed) -> None:
    """Open sockets leave, and nothing is left in any file; what cannot be done now is done at the next start."""
    await house.news.tell()
    house.news.leave(gone.rooms)
    for room in gone.rooms:
        await house.hub.forget(room)
    try:
        await dissolve(house.database, house.journal, house.drain, house.secrets)
    except (InUse, Unreachable) as error:
        log.error("community.not_dissolved", error=type(error).__name__)


async def _look_again(house: House) -> None:
    """What the house knows of its first community may have changed."""
    token = house.beginning.owner_token
    house.beginning = structs.replace(await begin(house.database, house.hub, house.settings), owner_token=token)
    await house.news.follow(house.beginning.community.id)


async def _owned(tx: Read, request: Request) -> tuple[Member, Community]:
    """The community asked for, and its owner, who asks. Raises Problem."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    member = await known_there(tx, who, home.id)
    if member.role is not Role.OWNER:
        raise Problem(403, Reason.FORBIDDEN)
    return member, home


async def _as_it_is(tx: Read, home: Community) -> AsItIs:
    everybody = await people.with_role(tx, home.id, Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)
    gatherings = await sessions_of(tx, home.id)
    return AsItIs(
        home.id,
        home.name,
        home.purpose,
        home.lang,
        home.preset,
        home.agreements,
        len(everybody),
        len(gatherings),
        sum(each.state in LIVE and each.state is not SessionState.PLANNED for each in gatherings),
    )


def _description(body: NewCommunity, agreements: str = "") -> Description:
    """Raises Problem."""
    name = " ".join(_words(body.name, NAME_LENGTH).split())
    if not name:
        raise Problem(422, "community_name_empty")
    if body.lang not in LANGUAGES:
        raise Problem(400, "bad_request")
    return Description(name, _words(body.purpose, PURPOSE_LENGTH), body.lang, body.preset, agreements)


def _words(raw: str, most: int) -> str:
    """In its own lines, as far as it fits, or none."""
    try:
        return clean_words(raw)[:most].rstrip()
    except Refused:
        return ""


ROUTES = [
    Route("/api/begin", first_run, methods=["POST"]),
    Route("/api/communities", create, methods=["POST"]),
    Route("/api/community/settings", look),
    Route("/api/community/settings", edit, methods=["PUT"]),
    Route("/api/community/agreements", accept, methods=["POST"]),
    Route("/api/community/remove", remove, methods=["POST"]),
]
