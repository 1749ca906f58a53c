"""Invitations: links that let some people into a community, with a role, until a day. Only the token's hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import RowMapping, and_, delete, func, insert, select, update

from persistence import news, people, schema
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_id, new_token, token_hash
from persistence.people import NameMissing, Person
from rooms.model import Role
from rooms.text import clean_name

FORGOTTEN_MS = 90 * 24 * 3600 * 1000
"""How long after its last day an invitation is still known, and can say that it has run out."""
MOST_OPEN = 200

MAY_INVITE = {Role.MODERATOR: (Role.MEMBER,), Role.OWNER: (Role.MEMBER, Role.MODERATOR, Role.OWNER)}


class Standing(StrEnum):
    """Whether an invitation lets in, and why not."""

    OPEN = "open"
    USED_UP = "used_up"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Invitation(Struct, frozen=True):
    """`made_by`: what they are called there, "" when they are gone. `most`: how many people it lets in."""

    id: str
    community: str
    role: Role
    note: str
    made_by: str
    created_on: date
    expires_at: int
    most: int
    used: int
    standing: Standing


class NoSuchInvitation(Exception):
    """There never was one, or it is long gone."""


class NotOpen(Exception):
    """It lets nobody in any more; `standing` says why."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(str(standing))
        self.standing = standing


class TooMany(Exception):
    """The community has as many invitations open as it can have."""


def may_invite(inviter: Role, role: Role) -> bool:
    """Guests come by code, and screens by a link of their own."""
    return role in MAY_INVITE.get(inviter, ())


async def create(
    tx: Write, community: str, role: Role, *, made_by: str, note: str, most: int, expires_at: int, now: int
) -> tuple[str, str]:
    """Its id and its token: give the token away, it is not kept here. Raises TooMany."""
    table = schema.invitations
    await tx.execute(delete(table).where(table.c.expires_at <= now - FORGOTTEN_MS))
    is_open = and_(table.c.community == community, table.c.expires_at > now, ~table.c.revoked)
    if (await tx.execute(select(func.count()).where(is_open, table.c.used < table.c.most))).scalar_one() >= MOST_OPEN:
        raise TooMany
    id, token = new_id(), new_token()
    row = {"id": id, "token_hash": token_hash(token), "community": community, "role": role.value, "note": note}
    about = {"made_by": made_by, "created_on": day_of(now), "expires_at": expires_at, "most": most}
    await tx.execute(insert(table), {**row, **about, "used": 0, "revoked": False})
    return id, token


async def of_community(tx: Read, community: str, roles: Sequence[Role], *, now: int) -> Sequence[Invitation]:
    """Those for one of these roles, newest first."""
    table = schema.invitations.c
    found = _invitations.where(table.community == community, table.role.in_([role.value for role in roles]))
    rows = await tx.execute(found.order_by(table.created_on.desc(), table.expires_at.desc(), table.id))
    return [_invitation(row, now) for row in rows.mappings()]


async def revoke(tx: Write, id: str, community: str, roles: Sequence[Role]) -> bool:
    """For good; who came in by it stays. False: there is none of that id for one of these roles."""
    table = schema.invitations
    theirs = and_(table.c.id == id, table.c.community == community, table.c.role.in_([role.value for role in roles]))
    return (await tx.execute(update(table).where(theirs).values(revoked=True))).rowcount == 1


async def of_token(tx: Read, token: str, *, now: int) -> Invitation:
    """What a link is; it is not used up by looking. Raises NoSuchInvitation."""
    wanted = _invitations.where(schema.invitations.c.token_hash == token_hash(token))
    row = (await tx.execute(wanted)).mappings().one_or_none()
    if row is None:
        raise NoSuchInvitation
    return _invitation(row, now)


async def redeem(
    tx: Write, token: str, *, now: int, name: str | None = None, person: str | None = None, lang: str | None = None
) -> tuple[Person, Invitation]:
    """Let somebody in: who is known already (`person`) gets the role and keeps a higher one, or a new one by `name`.

    A known person keeps their name where it is free. Whoever has the role already doesn't use up a place.
    Raises NoSuchInvitation, NotOpen, NameTaken, NameMissing, Refused(empty).
    """
    found = await of_token(tx, token, now=now)
    who = await people.of_id(tx, person) if person else None
    member = await people.member(tx, who.id, found.community) if who else None
    if who is not None and member is not None and member.role.includes(found.role):
        return who, found
    if found.standing is not Standing.OPEN or not await _take_a_place(tx, found.id, now):
        raise NotOpen(found.standing if found.standing is not Standing.OPEN else Standing.USED_UP)
    if who is None:
        if name is None:
            raise NameMissing
        await people.check_name(tx, found.community, name)
        who = await people.create(tx, name=name, now=now, lang=lang)
        await people.add(tx, who.id, found.community, found.role, clean_name(name), now=now)
    elif member is None:
        called = await people.free_name(tx, found.community, who.name)
        await people.add(tx, who.id, found.community, found.role, called, now=now)
    elif found.role is not member.role:
        await people.set_role(tx, who.id, found.community, found.role)
        await news.reconsider(tx, found.community, who.id)
    return who, found


async def _take_a_place(tx: Write, id: str, now: int) -> bool:
    """Of several who take the last one, one has it: the count and the check are one statement."""
    table = schema.invitations
    free = and_(table.c.id == id, table.c.used < table.c.most, table.c.expires_at > now, ~table.c.revoked)
    return (await tx.execute(update(table).where(free).values(used=table.c.used + 1))).rowcount == 1


_invitations = (
    select(
        schema.invitations,
        schema.memberships.c.name.label("maker"),
        schema.memberships.c.role.label("maker_role"),
    )
    .select_from(schema.invitations)
    .outerjoin(
        schema.memberships,
        and_(
            schema.memberships.c.community == schema.invitations.c.community,
            schema.memberships.c.person == schema.invitations.c.made_by,
        ),
    )
)


def _invitation(row: RowMapping, now: int) -> Invitation:
    return Invitation(
        row["id"],
        row["community"],
        Role(row["role"]),
        row["note"],
        row["maker"] or "",
        row["created_on"],
        row["expires_at"],
        row["most"],
        row["used"],
        _standing(row, now),
    )


def _standing(row: RowMapping, now: int) -> Standing:
    """Nobody comes in by the word of somebody who may not invite any more."""
    maker = Role(row["maker_role"]) if row["maker_role"] else Role.GUEST
    if row["revoked"] or not may_invite(maker, Role(row["role"])):
        return Standing.REVOKED
    if row["expires_at"] <= now:
        return Standing.EXPIRED
    return Standing.USED_UP if row["used"] >= row["most"] else Standing.OPEN
