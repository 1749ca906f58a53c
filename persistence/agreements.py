"""What people of a community are asked to keep to, and who accepted it."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select, update

from persistence import schema
from persistence.database import Read, Write


class Agreements(Struct, frozen=True):
    """`edition`: which of them; each change makes another."""

    edition: int
    text: str


async def to_accept(tx: Read, person: str, community: str) -> Agreements | None:
    """What somebody there has not yet accepted; None: nothing is asked of them."""
    home, theirs = schema.communities.c, schema.memberships.c
    asked = (
        select(home.edition, home.agreements)
        .join(schema.memberships, theirs.community == home.id)
        .where(home.id == community, theirs.person == person, theirs.agreed < home.edition, home.agreements != "")
    )
    row = (await tx.execute(asked)).one_or_none()
    return Agreements(*row) if row else None


async def accept(tx: Write, person: str, community: str, edition: int) -> None:
    """Somebody accepts this edition, which they read, and with it the ones before; none that is still to come."""
    home, theirs = schema.communities.c, schema.memberships.c
    newest = select(home.edition).where(home.id == community).scalar_subquery()
    agreed = func.max(theirs.agreed, func.min(edition, newest))  # SQLite's, of two values
    who = (theirs.person == person) & (theirs.community == community)
    await tx.execute(update(schema.memberships).where(who).values(agreed=agreed))
