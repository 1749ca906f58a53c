"""Passkeys: public keys by which people's devices sign them in, and the challenges that were answered already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import RowMapping, delete, func, insert, or_, select, update

from persistence import schema
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_id
from persistence.upsert import put_new

MOST = 20


class Passkey(Struct, frozen=True):
    """`credential`: what the device calls it; `handle`: what it calls the person. `uses`: as the device counts them."""

    id: str
    person: str
    credential: bytes
    handle: bytes
    public_key: bytes
    uses: int
    name: str
    created_on: date


class PasskeyTaken(Exception):
    """That credential is somebody's already."""


class TooManyPasskeys(Exception):
    """The person has as many as they can have."""


async def of_person(tx: Read, person: str) -> Sequence[Passkey]:
    """Oldest first."""
    table = schema.passkeys.c
    found = select(schema.passkeys).where(table.person == person).order_by(table.created_on, table.id)
    return [_passkey(row) for row in (await tx.execute(found)).mappings()]


async def of_credential(tx: Read, credential: bytes) -> Passkey | None:
    found = select(schema.passkeys).where(schema.passkeys.c.credential == credential)
    row = (await tx.execute(found)).mappings().one_or_none()
    return _passkey(row) if row else None


async def add(
    tx: Write, person: str, *, credential: bytes, handle: bytes, public_key: bytes, uses: int, name: str, now: int
) -> str:
    """Its id. Raises PasskeyTaken, TooManyPasskeys."""
    theirs = select(func.count()).where(schema.passkeys.c.person == person)
    if (await tx.execute(theirs)).scalar_one() >= MOST:
        raise TooManyPasskeys
    if await of_credential(tx, credential) is not None:
        raise PasskeyTaken
    made = Passkey(new_id(), person, credential, handle, public_key, uses, name, day_of(now))
    await tx.execute(insert(schema.passkeys), {field: getattr(made, field) for field in Passkey.__struct_fields__})
    return made.id


async def remove(tx: Write, person: str, id: str) -> bool:
    """False: they have no such passkey."""
    theirs = (schema.passkeys.c.person == person) & (schema.passkeys.c.id == id)
    return (await tx.execute(delete(schema.passkeys).where(theirs))).rowcount == 1


async def used(tx: Write, id: str, uses: int) -> bool:
    """Note how often the device says it was used. False: it is gone, or counted as far already, as a copy would."""
    table = schema.passkeys
    counts = or_(table.c.uses < uses, (table.c.uses == 0) & (uses == 0))
    return (await tx.execute(update(table).where(table.c.id == id, counts).values(uses=uses))).rowcount == 1


async def spend(tx: Write, challenge: bytes, *, expires_at: int, now: int) -> bool:
    """Whoever spends it first has it. False: it was answered before."""
    table = schema.spent_challenges
    await tx.execute(delete(table).where(table.c.expires_at <= now))
    row = {"challenge": challenge, "expires_at": expires_at}
    return (await tx.execute(put_new(table), row)).rowcount == 1


def _passkey(row: RowMapping) -> Passkey:
    return Passkey(**{field: row[field] for field in Passkey.__struct_fields__})
