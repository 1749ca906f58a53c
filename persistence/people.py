"""People, what they are called in a community, and what they may do there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import RowMapping, delete, insert, select, update

from persistence import schema
from persistence.communities import Room
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_id
from persistence.names import imitates, stem_key, suggest
from persistence.upsert import put_new
from rooms.model import ActorId, PersonName, Reason, Refused, Role
from rooms.text import clean_name, name_key

STAFF = (Role.MODERATOR, Role.OWNER)


class Person(Struct, frozen=True):
    """Somebody. `id` never leaves the server; `actor` is who they are to others where they go by name (C7)."""

    id: str
    actor: ActorId
    name: PersonName
    lang: str | None


class Member(Struct, frozen=True):
    """A person in a community, by the name they have there. Guests and screens know only rooms they came into."""

    person: str
    actor: ActorId
    community: str
    role: Role
    name: PersonName


class NameTaken(Exception):
    """Somebody there has that name, or it pretends to be one of the staff. `suggestion` is free."""

    def __init__(self, suggestion: PersonName) -> None:
        super().__init__("that name is taken")
        self.suggestion = suggestion


class NameMissing(Exception):
    """Somebody unknown wants in without saying a name."""


async def create(tx: Write, *, name: str, now: int, lang: str | None = None) -> Person:
    """Raises Refused(empty) for a name in which nothing can be read."""
    made = Person(new_id(), ActorId(new_id()), clean_name(name), lang)
    row = {"id": made.id, "actor": made.actor, "name": made.name, "lang": lang}
    await tx.execute(insert(schema.people), row | {"created_on": day_of(now), "seen_on": day_of(now)})
    return made


async def join(
    tx: Write, room: Room, *, now: int, name: str | None = None, person: str | None = None, lang: str | None = None
) -> Person:
    """Let somebody who has the room's code in: a new person as a guest by `name`, or one known already.

    A known person keeps role and name; `name` counts where they are new in the community. A program stays in its own.
    Raises NameTaken, NameMissing, Refused: `empty`, `forbidden`.
    """
    known = await of_id(tx, person) if person else None
    if known is None or await member(tx, known.id, room.community) is None:
        if known is not None and await is_program(tx, known.id):
            raise Refused(Reason.FORBIDDEN)
        wanted = name if name is not None or known is None else known.name
        if wanted is None:
            raise NameMissing
        await check_name(tx, room.community, wanted)
        known = known or await create(tx, name=wanted, now=now, lang=lang)
        await add(tx, known.id, room.community, Role.GUEST, clean_name(wanted), now=now)
    await enter(tx, known.id, room.id)
    return known


async def add(tx: Write, person: str, community: str, role: Role, name: PersonName, *, now: int) -> None:
    """Make somebody new to a community part of it. The name must be free there."""
    row = {"person": person, "community": community, "role": role.value, "name": name, "name_key": name_key(name)}
    await tx.execute(insert(schema.memberships), row | {"since": day_of(now), "about": ""})


async def enter(tx: Write, person: str, room: str) -> None:
    """Let a guest or screen into one more room."""
    await tx.execute(put_new(schema.entrances), {"person": person, "room": room})


async def set_role(tx: Write, person: str, community: str, role: Role) -> None:
    theirs = (schema.memberships.c.person == person) & (schema.memberships.c.community == community)
    await tx.execute(update(schema.memberships).where(theirs).values(role=role.value))


async def remove(tx: Write, person: str) -> None:
    """Forget a person, their sign-ins and their places; what they wrote stays."""
    await tx.execute(delete(schema.people).where(schema.people.c.id == person))


async def of_id(tx: Read, id: str) -> Person | None:
    row = (await tx.execute(select(schema.people).where(schema.people.c.id == id))).mappings().one_or_none()
    return _person(row) if row else None


async def member(tx: Read, person: str, community: str) -> Member | None:
    found = _members.where(schema.memberships.c.person == person, schema.memberships.c.community == community)
    row = (await tx.execute(found)).mappings().one_or_none()
    return _member(row) if row else None


async def of_name(tx: Read, community: str, name: str) -> Member | None:
    """Who is called so there, however it is written: "ANN" is Ann."""
    found = _members.where(schema.memberships.c.community == community, schema.memberships.c.name_key == name_key(name))
    row = (await tx.execute(found)).mappings().one_or_none()
    return _member(row) if row else None


async def with_role(tx: Read, community: str, *roles: Role) -> Sequence[Member]:
    """Everybody who has one of these roles there."""
    wanted = [role.value for role in roles]
    found = _members.where(schema.memberships.c.community == community, schema.memberships.c.role.in_(wanted))
    return [_member(row) for row in (await tx.execute(found)).mappings()]


async def entered(tx: Read, person: str, room: str) -> bool:
    """Whether somebody came into this room by its code or a link."""
    theirs = (schema.entrances.c.person == person) & (schema.entrances.c.room == room)
    return (await tx.execute(select(schema.entrances).where(theirs))).first() is not None


async def may_enter(tx: Read, person: Member, room: Room) -> bool:
    """Members know all rooms of their community; guests and screens those they came into."""
    if person.community != room.community:
        return False
    return person.role.includes(Role.MEMBER) or await entered(tx, person.person, room.id)


async def is_program(tx: Read, person: str) -> bool:
    """Whether this is somebody's program, and nobody."""
    theirs = select(schema.programs.c.person).where(schema.programs.c.person == person)
    return (await tx.execute(theirs)).first() is not None


async def check_name(tx: Read, community: str, name: str) -> None:
    """Raises NameTaken, Refused(empty)."""
    free = await free_name(tx, community, name)
    if free != clean_name(name):
        raise NameTaken(free)


async def free_name(tx: Read, community: str, name: str) -> PersonName:
    """The name as it will be, or with the first number behind it that makes it free. Raises Refused(empty)."""
    clean = clean_name(name)
    table = schema.memberships.c
    there = select(table.name, table.name_key).where(table.community == community)
    watched = (table.name_key == name_key(clean)) | table.role.in_([role.value for role in STAFF])
    rivals = (await tx.execute(there.where(watched))).all()
    same = any(rival.name_key == name_key(clean) for rival in rivals)
    if not same and not imitates(clean, [rival.name for rival in rivals]):
        return clean
    near = await tx.execute(there.where(table.name_key.startswith(stem_key(clean), autoescape=True)))
    return suggest(clean, {row.name_key for row in near})


_members = select(schema.memberships, schema.people.c.actor).join(schema.people)


def _person(row: RowMapping) -> Person:
    return Person(row["id"], ActorId(row["actor"]), PersonName(row["name"]), row["lang"])


def _member(row: RowMapping) -> Member:
    name, role = PersonName(row["name"]), Role(row["role"])
    return Member(row["person"], ActorId(row["actor"]), row["community"], role, name)
