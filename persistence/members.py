"""Who is part of a community: the directory, roles, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import delete, func, select, update

from persistence import communities, news, people, schema, sign_ins
from persistence.database import Read, Write
from persistence.people import Member
from rooms.model import ActorId, PersonName, Role
from rooms.text import name_key

ABOUT_LENGTH = 200
_ROLES = (Role.OWNER, Role.MODERATOR, Role.MEMBER)


class InDirectory(Struct, frozen=True):
    """Somebody as other members know them. `about`: what one may ask them about."""

    actor: ActorId
    name: PersonName
    role: Role
    since: date
    about: str


class LastOwner(Exception):
    """Somebody must remain who can do what owners do."""


async def directory(tx: Read, community: str) -> Sequence[InDirectory]:
    """Members and staff, by name; guests come and go, and programs are nobody."""
    found = (
        select(_members.name, _members.role, _members.since, _members.about, schema.people.c.actor)
        .join(schema.people, schema.people.c.id == _members.person)
        .where(_members.community == community, _members.role.in_([role.value for role in _ROLES]))
        .where(_members.person.not_in(select(schema.programs.c.person)))
        .order_by(_members.name_key)
    )
    return [
        InDirectory(ActorId(row.actor), PersonName(row.name), Role(row.role), row.since, row.about)
        for row in await tx.execute(found)
    ]


async def of_actor(tx: Read, community: str, actor: str) -> Member | None:
    """By the id that others know them by; programs are nobody."""
    found = select(schema.people.c.id).where(schema.people.c.actor == actor)
    found = found.where(schema.people.c.id.not_in(select(schema.programs.c.person)))
    person = (await tx.execute(found)).scalar_one_or_none()
    return await people.member(tx, person, community) if person else None


async def about(tx: Read, member: Member) -> str:
    """What others may ask them about."""
    theirs = (_members.person == member.person) & (_members.community == member.community)
    return str((await tx.execute(select(_members.about).where(theirs))).scalar_one())


async def change_role(tx: Write, member: Member, role: Role) -> None:
    """Raises LastOwner."""
    if role is not Role.OWNER:
        await _check_not_last(tx, member)
    await people.set_role(tx, member.person, member.community, role)
    if not role.includes(Role.MEMBER):  # guests know rooms they came into: this one they keep
        await people.enter(tx, member.person, (await communities.chat_of(tx, member.community)).id)
    await news.reconsider(tx, member.community, member.person)


async def describe(tx: Write, member: Member, *, name: PersonName, about: str) -> None:
    """What somebody is called there from now on, and may be asked about. Raises NameTaken, Refused(empty)."""
    if name != member.name:
        if name_key(name) != name_key(member.name):
            await people.check_name(tx, member.community, name)
        await news.reconsider(tx, member.community, member.person)
    theirs = (_members.person == member.person) & (_members.community == member.community)
    changed = {"name": name, "name_key": name_key(name), "about": about[:ABOUT_LENGTH]}
    await tx.execute(update(schema.memberships).where(theirs).values(**changed))


async def remove(tx: Write, member: Member) -> None:
    """They are no longer part of it; what they wrote stays. Who is part of nothing any more is forgotten.

    Raises LastOwner.
    """
    await _check_not_last(tx, member)
    theirs = (_members.person == member.person) & (_members.community == member.community)
    await tx.execute(delete(schema.memberships).where(theirs))
    rooms = select(schema.rooms.c.id).where(schema.rooms.c.community == member.community)
    entered = (schema.entrances.c.person == member.person) & schema.entrances.c.room.in_(rooms)
    await tx.execute(delete(schema.entrances).where(entered))
    await news.reconsider(tx, member.community, member.person)
    if not await communities.of_person(tx, member.person):
        ended = [each.id for each in await sign_ins.of_person(tx, member.person)]
        await news.end_sign_ins(tx, member.person, ended)
        await people.remove(tx, member.person)


async def _check_not_last(tx: Read, member: Member) -> None:
    """As part of the change itself: there is one writer at a time."""
    if member.role is not Role.OWNER:
        return
    others = (_members.role == Role.OWNER.value, _members.person != member.person)
    there = select(func.count()).select_from(schema.memberships).where(_members.community == member.community, *others)
    if (await tx.execute(there)).scalar_one() == 0:
        raise LastOwner


_members = schema.memberships.c
