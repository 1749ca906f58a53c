"""Sign-ins: a browser that knows who it is by a random token, of which only the hash is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import bindparam, delete, insert, or_, select, update

from persistence import schema
from persistence.database import Read, Write
from persistence.dates import DAY_MS, day_of
from persistence.ids import new_id, new_token, token_hash
from persistence.people import Person
from rooms.model import ActorId, PersonName

DEVICE_LENGTH = 80
LASTS_DAYS = 180
"""Then one signs in again. A program's token lasts until it is revoked."""


class SignIn(Struct, frozen=True):
    """One browser of a person, for their list. `id` names it, and is no secret."""

    id: str
    created_on: date
    device: str | None


class SignedIn(Struct, frozen=True):
    """Who a token stands for, and which of their sign-ins it is; `seen_on`: the last day they were here."""

    person: Person
    sign_in: str
    seen_on: date


async def sign_in(tx: Write, person: str, *, now: int, device: str | None = None) -> str:
    """The token of a new sign-in: give it to the browser, it is not kept here."""
    token = new_token()
    row = {"token_hash": token_hash(token), "id": new_id(), "person": person, "created_on": day_of(now)}
    await tx.execute(insert(schema.sign_ins), row | {"device": device[:DEVICE_LENGTH] if device else None})
    return token


async def identify(tx: Read, token: str, *, now: int) -> SignedIn | None:
    """None: nobody, signed out, or too long ago."""
    return (await identify_all(tx, [token], now=now)).get(token)


async def identify_all(tx: Read, tokens: Sequence[str], *, now: int) -> dict[str, SignedIn]:
    """Whom each of these tokens stands for; without those that are nobody's, signed out, or too long ago."""
    of_hash = {token_hash(token): token for token in tokens}
    rows = await tx.execute(_WHO, {"hashes": list(of_hash), "since": day_of(now - LASTS_DAYS * DAY_MS)})
    return {
        of_hash[row.token_hash]: SignedIn(
            Person(row.id, ActorId(row.actor), PersonName(row.name), row.lang), row.sign_in, row.seen_on
        )
        for row in rows
    }


async def seen(tx: Write, persons: Collection[str], *, now: int) -> None:
    """Note the day; never a time (C7)."""
    await tx.execute(update(schema.people).where(schema.people.c.id.in_(persons)).values(seen_on=day_of(now)))


async def of_person(tx: Read, person: str) -> Sequence[SignIn]:
    """All of a person's sign-ins, oldest first."""
    table = schema.sign_ins.c
    found = select(table.id, table.created_on, table.device).where(table.person == person)
    return [SignIn(*row) for row in await tx.execute(found.order_by(table.created_on, table.id))]


async def sign_out(tx: Write, token: str) -> None:
    """End the sign-in that this token is of."""
    await tx.execute(delete(schema.sign_ins).where(schema.sign_ins.c.token_hash == token_hash(token)))


async def revoke(tx: Write, person: str, id: str) -> bool:
    """End one of the person's sign-ins; False when they have no such."""
    theirs = (schema.sign_ins.c.person == person) & (schema.sign_ins.c.id == id)
    return (await tx.execute(delete(schema.sign_ins).where(theirs))).rowcount == 1


async def revoke_all(tx: Write, person: str) -> int:
    """End all of the person's sign-ins: how many there were."""
    return (await tx.execute(delete(schema.sign_ins).where(schema.sign_ins.c.person == person))).rowcount


_WHO = (
    select(schema.people, schema.sign_ins.c.id.label("sign_in"), schema.sign_ins.c.token_hash)
    .join(schema.sign_ins)
    .where(schema.sign_ins.c.token_hash.in_(bindparam("hashes", expanding=True)))
    .where(
        or_(
            schema.sign_ins.c.created_on > bindparam("since"),
            schema.sign_ins.c.person.in_(select(schema.programs.c.person)),
        )
    )
)
