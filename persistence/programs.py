"""Programs that take part in a community: they are there like people, by a token that an owner made, and are none.

A program is a person with a row of its own here, a role up to moderator, and one sign-in that never is a browser's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import func, insert, select, update

from persistence import communities, news, people, schema, sign_ins
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.people import NameTaken
from rooms.model import ActorId, PersonName, Role
from rooms.text import NAME_LENGTH, clean_name, name_key

MOST = 50
"""Programs of one community."""
ROLES = (Role.GUEST, Role.MEMBER, Role.MODERATOR)
"""What a program can be; only people decide about people."""
NEVER = date(1970, 1, 1)
"""The day that a program was here which never was."""


class Program(Struct, frozen=True):
    """`id`: what others know it by. `made_by`: "" when they are gone; `used_on`: None, when it never was here."""

    id: ActorId
    name: PersonName
    role: Role
    made_by: str
    created_on: date
    used_on: date | None


class TooMany(Exception):
    """The community has as many programs as it can have."""


def called(name: str, mark: str) -> PersonName:
    """The name with the mark of a program behind it, whole, wherever names show. Raises Refused(empty)."""
    clean = clean_name(name)
    if clean.endswith(f" {mark}"):
        return clean
    return PersonName(f"{clean[: NAME_LENGTH - len(mark) - 1].rstrip()} {mark}")


async def create(
    tx: Write, community: str, role: Role, name: PersonName, *, now: int, made_by: str | None = None
) -> tuple[ActorId, str]:
    """The id of a new program, and its token, of which only the hash is kept.

    `name`: as `called` makes it. Raises NameTaken, TooMany; ValueError for a role that only people have.
    """
    if role not in ROLES:
        raise ValueError(f"a program is no {role}")
    if await _how_many(tx, community) >= MOST:
        raise TooMany
    if await _is_taken(tx, community, name):
        raise NameTaken(name)
    made = await people.create(tx, name=name, now=now)
    await tx.execute(update(schema.people).where(schema.people.c.id == made.id).values(seen_on=NEVER))
    await people.add(tx, made.id, community, role, name, now=now)
    await people.enter(tx, made.id, (await communities.chat_of(tx, community)).id)
    row = {"person": made.id, "community": community, "made_by": made_by, "created_on": day_of(now)}
    await tx.execute(insert(schema.programs), row)
    return made.actor, await sign_ins.sign_in(tx, made.id, now=now)


async def of_community(tx: Read, community: str) -> Sequence[Program]:
    """By name."""
    rows = await tx.execute(_listed.where(_programs.community == community).order_by(_members.name_key))
    return [
        Program(
            ActorId(row.actor),
            PersonName(row.name),
            Role(row.role),
            row.maker or row.maker_was or "",
            row.created_on,
            row.seen_on if row.seen_on != NEVER else None,
        )
        for row in rows
    ]


async def revoke(tx: Write, community: str, id: str) -> bool:
    """Its token counts no more, and it is forgotten; what it said stays. False: there is no such."""
    found = select(_programs.person).join(schema.people, schema.people.c.id == _programs.person)
    found = found.where(_programs.community == community, schema.people.c.actor == id)
    person = (await tx.execute(found)).scalar_one_or_none()
    if person is None:
        return False
    ended = [each.id for each in await sign_ins.of_person(tx, person)]
    await news.end_sign_ins(tx, person, ended)
    await people.remove(tx, person)
    return True


async def _how_many(tx: Read, community: str) -> int:
    there = select(func.count()).select_from(schema.programs).where(_programs.community == community)
    return int((await tx.execute(there)).scalar_one())


async def _is_taken(tx: Read, community: str, name: PersonName) -> bool:
    same = (_members.community == community) & (_members.name_key == name_key(name))
    return (await tx.execute(select(_members.person).where(same))).first() is not None


_programs, _members = schema.programs.c, schema.memberships.c
_makers, _makers_there = schema.people.alias("makers"), schema.memberships.alias("makers_there")
_listed = (
    select(
        schema.people.c.actor,
        _members.name,
        _members.role,
        _programs.created_on,
        schema.people.c.seen_on,
        _makers_there.c.name.label("maker"),
        _makers.c.name.label("maker_was"),
    )
    .select_from(schema.programs)
    .join(schema.people, schema.people.c.id == _programs.person)
    .join(
        schema.memberships,
        (_members.person == _programs.person) & (_members.community == _programs.community),
    )
    .outerjoin(_makers, _makers.c.id == _programs.made_by)
    .outerjoin(
        _makers_there,
        (_makers_there.c.person == _programs.made_by) & (_makers_there.c.community == _programs.community),
    )
)
