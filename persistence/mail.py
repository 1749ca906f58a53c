"""Mail addresses that people come in by, and the links that go there. Only a token's hash is kept."""

from __future__ import annotations

import re

from msgspec import Struct
from sqlalchemy import RowMapping, delete, insert, select

from persistence import people, schema
from persistence.database import Read, Write
from persistence.dates import day_of
from persistence.ids import new_token, token_hash
from persistence.people import Person

LIFE_MS = 30 * 60 * 1000
ADDRESS_LENGTH = 254
_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class MailLinkSpent(Exception):
    """The link was used, has run out, or never was."""


class AddressTaken(Exception):
    """Somebody else comes in by this address."""


class MailLink(Struct, frozen=True):
    """Whose link it is, and the address that it confirms; none: it signs them in."""

    person: Person
    address: str | None


def read_address(typed: str) -> str | None:
    """The address somebody typed; None: it cannot be one that mail is sent to."""
    text = typed.strip()
    return text if len(text) <= ADDRESS_LENGTH and _PLAIN.fullmatch(text) and ".." not in text else None


def address_key(address: str) -> str:
    """The same for all ways to write one address: no server in use tells capitals apart."""
    return address.lower()


async def address_of(tx: Read, person: str) -> str | None:
    """The address that the person showed to be theirs."""
    table = schema.mail_addresses.c
    return (await tx.execute(select(table.address).where(table.person == person))).scalar_one_or_none()


async def whose(tx: Read, address: str) -> tuple[Person, str] | None:
    """Who comes in by an address, however it is written, and the address as they gave it."""
    table = schema.mail_addresses.c
    row = (
        await tx.execute(select(table.person, table.address).where(table.address_key == address_key(address)))
    ).one_or_none()
    who = await people.of_id(tx, row.person) if row else None
    return (who, row.address) if row and who else None


async def create_link(tx: Write, person: str, *, now: int, confirms: str | None = None) -> str:
    """The token of a link that signs the person in, or that shows the address `confirms` to be theirs."""
    table = schema.mail_links
    await tx.execute(delete(table).where(table.c.expires_at <= now))
    token = new_token()
    row = {"token_hash": token_hash(token), "person": person, "address": confirms, "expires_at": now + LIFE_MS}
    await tx.execute(insert(table), row)
    return token


async def look(tx: Read, token: str, *, now: int) -> MailLink:
    """What a link is; it is not used up by looking. Raises MailLinkSpent."""
    table = schema.mail_links.c
    found = select(schema.mail_links).where(table.token_hash == token_hash(token), table.expires_at > now)
    return await _link(tx, (await tx.execute(found)).mappings().one_or_none())


async def take(tx: Write, token: str, *, now: int) -> MailLink:
    """Use a link up: whoever deletes it has it. Raises MailLinkSpent."""
    table = schema.mail_links
    used = delete(table).where(table.c.token_hash == token_hash(token), table.c.expires_at > now).returning(table)
    return await _link(tx, (await tx.execute(used)).mappings().one_or_none())


async def confirm(tx: Write, person: str, address: str, *, now: int) -> None:
    """From now on they come in by this address, and by no other. Raises AddressTaken."""
    other = await whose(tx, address)
    if other is not None and other[0].id != person:
        raise AddressTaken
    await forget(tx, person)
    row = {"person": person, "address": address, "address_key": address_key(address), "confirmed_on": day_of(now)}
    await tx.execute(insert(schema.mail_addresses), row)


async def forget(tx: Write, person: str) -> None:
    """Their address, and every link that is under way to them."""
    await tx.execute(delete(schema.mail_addresses).where(schema.mail_addresses.c.person == person))
    await tx.execute(delete(schema.mail_links).where(schema.mail_links.c.person == person))


async def _link(tx: Read, row: RowMapping | None) -> MailLink:
    who = await people.of_id(tx, row["person"]) if row else None
    if row is None or who is None:
        raise MailLinkSpent
    return MailLink(who, row["address"])
