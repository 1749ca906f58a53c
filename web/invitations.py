"""The HTTP API of invitations: staff make, list and revoke them; whoever has the link comes in by it."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import communities, invitations, people, sign_ins, staff_log
from persistence.database import Read, Write
from persistence.dates import DAY_MS
from persistence.gate import now_ms
from persistence.invitations import MAY_INVITE, Invitation, NoSuchInvitation, NotOpen, Standing, TooMany, may_invite
from persistence.people import Member, NameMissing, NameTaken
from persistence.staff_log import What
from rooms.model import Reason, Refused, Role
from web.addresses import invitation_url, qr_svg, url_for_others
from web.devices import device_of
from web.guessing import count_wrong, hold_back
from web.house import house_of
from web.problems import Answer, Problem, language_of
from web.visitors import body_of, browsing, home_of, known_there, signed_in, signed_in_person

LONGEST_DAYS = 90
MOST_USES = 1_000
NOTE_LENGTH = 80


class NewInvitation(Struct, frozen=True, forbid_unknown_fields=True):
    role: Role
    note: Annotated[str, Meta(max_length=400)] = ""
    days: Annotated[int, Meta(ge=1, le=LONGEST_DAYS)] = 14
    uses: Annotated[int, Meta(ge=1, le=MOST_USES)] = 25


class MadeInvitation(Struct, frozen=True):
    """The link is told this once: the server keeps only its hash. `qr`: its drawing, as SVG."""

    id: str
    url: str
    qr: str


class InvitationInList(Struct, frozen=True):
    """`made_by`: "" when they are gone. `left`: how many may still come in by it."""

    id: str
    role: Role
    note: str
    made_by: str
    created_on: date
    expires_at: int
    most: int
    used: int
    left: int
    standing: Standing


class Invitations(Struct, frozen=True):
    """`may`: the roles that who asks may invite for."""

    invitations: list[InvitationInList]
    may: list[Role]


class LinkBody(Struct, frozen=True, forbid_unknown_fields=True):
    token: Annotated[str, Meta(max_length=200)]


class RedeemBody(Struct, frozen=True, forbid_unknown_fields=True):
    token: Annotated[str, Meta(max_length=200)]
    name: Annotated[str, Meta(max_length=400)] | None = None


class InvitingCommunity(Struct, frozen=True):
    name: str
    purpose: str


class YouThere(Struct, frozen=True):
    """What whoever looks at the link is there; `role` none: nothing yet."""

    name: str
    role: Role | None


class InvitationSeen(Struct, frozen=True):
    """What a link is, to whoever has it. `you`: who this browser is signed in as, if it is."""

    community: InvitingCommunity
    role: Role
    made_by: str
    expires_at: int
    you: YouThere | None


class CameIn(Struct, frozen=True):
    """`role`: what they are there now."""

    name: str
    role: Role


class Revoked(Struct, frozen=True):
    id: str


async def list_them(request: Request) -> Response:
    """Invitations of the community, for who may make such."""
    house = house_of(request)
    async with house.database.read() as tx:
        member = await _inviter(tx, request)
        roles = MAY_INVITE[member.role]
        found = await invitations.of_community(tx, member.community, roles, now=now_ms())
    return Answer(Invitations([_in_list(each) for each in found], list(roles)))


async def make(request: Request) -> Response:
    """Make an invitation; the answer holds its link, which nothing tells again."""
    house, body = house_of(request), await body_of(request, NewInvitation)
    now = now_ms()
    async with house.database.write() as tx:
        member = await _inviter(tx, request)
        if not may_invite(member.role, body.role):
            raise Problem(403, Reason.FORBIDDEN)
        try:
            id, token = await invitations.create(
                tx,
                member.community,
                body.role,
                made_by=member.person,
                note=_note(body.note),
                most=body.uses,
                expires_at=now + body.days * DAY_MS,
                now=now,
            )
        except TooMany:
            raise Problem(409, "invitations_full", most=invitations.MOST_OPEN) from None
        await staff_log.note(tx, member, What.INVITED, now=now, detail=body.role)
    link = invitation_url(url_for_others(request, house.settings), token)
    return Answer(MadeInvitation(id, link, qr_svg(link).decode()), 201)


async def revoke(request: Request) -> Response:
    """Revoke an invitation: from now on it lets nobody in; who came in by it stays."""
    house, id = house_of(request), request.path_params["invitation"]
    async with house.database.write() as tx:
        member = await _inviter(tx, request)
        if not await invitations.revoke(tx, id, member.community, MAY_INVITE[member.role]):
            raise Problem(404, Reason.NOT_FOUND)
        await staff_log.note(tx, member, What.REVOKED, now=now_ms())
    return Answer(Revoked(id))


async def look(request: Request) -> Response:
    """What a link is. Looking doesn't use it up; neither does a preview of the address, which holds no token at all."""
    house, body = house_of(request), await body_of(request, LinkBody)
    hold_back(house.spent_links, request)
    async with house.database.read() as tx:
        try:
            found = await invitations.of_token(tx, body.token, now=now_ms())
        except NoSuchInvitation:
            count_wrong(house.spent_links, request)
            raise Problem(404, "invitation_unknown") from None
        you = await _you(tx, request, found)
        home = await communities.community(tx, found.community)
    assert home is not None  # a foreign key
    if found.standing is not Standing.OPEN and not (you and you.role and you.role.includes(found.role)):
        raise _why_not(found.standing)
    told = InvitingCommunity(home.name, home.purpose)
    return Answer(InvitationSeen(told, found.role, found.made_by, found.expires_at, you))


async def redeem(request: Request) -> Response:
    """Come in: as who this browser is signed in as, or as somebody new with a name."""
    house, body = house_of(request), await body_of(request, RedeemBody)
    lang = language_of(request)
    hold_back(house.spent_links, request)

    async def enter(tx: Write) -> tuple[Member, str | None]:
        known = await browsing(tx, request)
        person = known.person.id if known else None
        who, found = await invitations.redeem(tx, body.token, now=now_ms(), name=body.name, person=person, lang=lang)
        member = await people.member(tx, who.id, found.community)
        assert member is not None  # it was just made, or was there
        token = None if known else await sign_ins.sign_in(tx, who.id, now=now_ms(), device=device_of(request))
        return member, token

    try:
        member, token = await house.doorway.write(enter)
    except NoSuchInvitation:
        count_wrong(house.spent_links, request)
        raise Problem(404, "invitation_unknown") from None
    except NotOpen as shut:
        raise _why_not(shut.standing) from None
    except NameTaken as taken:
        raise Problem(409, "name_taken", suggestion=taken.suggestion) from None
    except NameMissing:
        raise Problem(422, "name_empty") from None
    except Refused as refused:
        raise Problem(422, "name_empty" if refused.reason is Reason.EMPTY else refused.reason) from None
    await house.news.tell()
    return signed_in(request, CameIn(member.name, member.role), token)


ROUTES = [
    Route("/api/invitations", list_them),
    Route("/api/invitations", make, methods=["POST"]),
    Route("/api/invitations/{invitation}/revoke", revoke, methods=["POST"]),
    Route("/api/invitation", look, methods=["POST"]),
    Route("/api/invitation/redeem", redeem, methods=["POST"]),
]


async def _inviter(tx: Read, request: Request) -> Member:
    """Raises Problem for who may invite nobody."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    member = await known_there(tx, who, home.id)
    if member.role not in MAY_INVITE:
        raise Problem(403, Reason.FORBIDDEN)
    return member


async def _you(tx: Read, request: Request, found: Invitation) -> YouThere | None:
    who = await browsing(tx, request)
    if who is None:
        return None
    member = await people.member(tx, who.person.id, found.community)
    return YouThere(member.name, member.role) if member else YouThere(who.person.name, None)


def _why_not(standing: Standing) -> Problem:
    """Of an invitation that isn't open."""
    if standing is Standing.USED_UP:
        return Problem(410, "invitation_used_up")
    if standing is Standing.EXPIRED:
        return Problem(410, "invitation_expired")
    return Problem(410, "invitation_revoked")


def _in_list(each: Invitation) -> InvitationInList:
    return InvitationInList(
        each.id,
        each.role,
        each.note,
        each.made_by,
        each.created_on,
        each.expires_at,
        each.most,
        each.used,
        each.most - each.used,
        each.standing,
    )


def _note(raw: str) -> str:
    """On one line, without what cannot be seen; or none."""
    seen = "".join(" " if c.isspace() else c for c in raw if c.isspace() or not unicodedata.category(c).startswith("C"))
    return " ".join(seen.split())[:NOTE_LENGTH].rstrip()
