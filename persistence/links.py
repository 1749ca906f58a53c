"""Sign-in links: single use, 30 minutes, for any role. Only the token's hash is kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import delete, insert, select

from persistence import communities, news, people, schema
from persistence.database import Read, Write
from persistence.ids import new_token, token_hash
from persistence.people import Person
from rooms.model import Role

LIFE_MS = 30 * 60 * 1000


class LinkSpent(Exception):
    """The link was used, has run out, or never was."""


class Redeemed(Struct, frozen=True):
    """Who a link signed in, and the room it leads to."""

    person: Person
    room: str


class _Link(Struct, frozen=True):
    community: str
    role: str
    room: str | None
    person: str | None
    expires_at: int


async def create(
    tx: Write, community: str, role: Role, *, now: int, room: str | None = None, person: str | None = None
) -> str:
    """The token of a link that makes whoever uses it a `role`, or signs `person` in on another device.

    `room`: where it leads; a screen needs one. Raises ValueError.
    """
    if role is Role.SYSTEM:
        raise ValueError("the system is nobody")
    if role is Role.SCREEN and (room is None or person is not None):
        raise ValueError("a screen is for one room and is no person's")
    await tx.execute(delete(schema.links).where(schema.links.c.expires_at <= now))
    token = new_token()
    row = {"token_hash": token_hash(token), "community": community, "role": role.value, "room": room, "person": person}
    await tx.execute(insert(schema.links), row | {"expires_at": now + LIFE_MS})
    return token


async def redeem(tx: Write, token: str, *, name: str, now: int, person: str | None = None) -> Redeemed:
    """Use a link up. `person`: who is signed in already; they get the role, and keep a higher one.

    A new person is called `name`, with a number behind it if need be. Raises LinkSpent.
    """
    link = await _take(tx, token, now)
    role = Role(link.role)
    who = await _who(tx, link, role, person)
    if who is None:
        who = await people.create(tx, name=await people.free_name(tx, link.community, name), now=now)
    member = await people.member(tx, who.id, link.community)
    if member is None:
        called = await people.free_name(tx, link.community, who.name)
        await people.add(tx, who.id, link.community, role, called, now=now)
    elif role.includes(member.role) and role is not member.role:
        await people.set_role(tx, who.id, link.community, role)
        await news.reconsider(tx, link.community, who.id)
    room = link.room or (await communities.chat_of(tx, link.community)).id
    for entered in await _entered(tx, room, role):
        await people.enter(tx, who.id, entered)
    return Redeemed(who, room)


async def role_of(tx: Read, token: str, *, now: int) -> Role:
    """What the link would make of somebody. Raises LinkSpent."""
    table = schema.links.c
    found = select(table.role).where(table.token_hash == token_hash(token), table.expires_at > now)
    role = (await tx.execute(found)).scalar_one_or_none()
    if role is None:
        raise LinkSpent
    return Role(role)


async def _take(tx: Write, token: str, now: int) -> _Link:
    """Delete it: whoever deletes it has it."""
    table = schema.links
    used = delete(table).where(table.c.token_hash == token_hash(token), table.c.expires_at > now)
    row = (await tx.execute(used.returning(*(table.c[name] for name in _Link.__struct_fields__)))).first()
    if row is None:
        raise LinkSpent
    return _Link(*row)


async def _entered(tx: Read, room: str, role: Role) -> Sequence[str]:
    """The rooms that the link lets a guest or screen into: a guest of a session's Q&A into its chat too."""
    if role.includes(Role.MEMBER):
        return ()
    found = await communities.room(tx, room)
    if role is Role.SCREEN or found is None or found.session is None:
        return (room,)
    return [other.id for other in await communities.rooms_in_session(tx, found.session)]


async def _who(tx: Write, link: _Link, role: Role, person: str | None) -> Person | None:
    if link.person is not None:
        return await people.of_id(tx, link.person)
    if person is None or role is Role.SCREEN:
        return None
    return await people.of_id(tx, person)
