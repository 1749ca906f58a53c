"""News of people that is still to be told (J9): noted with the change itself, gone once every process can hear it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import delete, insert, select

from persistence import communities, schema
from persistence.communities import Room
from persistence.database import Read, Write
from persistence.ids import new_id

KIND = "people"


class Untold(Struct, frozen=True):
    """One of the two is so. `community`: whose room tells it."""

    id: str
    community: str
    person: str | None
    sign_in: str | None


async def room_of(tx: Write, community: str) -> Room:
    """The internal room of a community, made where there is none yet."""
    found = await communities.internal_room(tx, community, KIND)
    return found or await communities.add_room(tx, community, kind=KIND, title="")


async def rooms(tx: Read) -> Sequence[str]:
    """The internal room of each community that has one."""
    return (await tx.execute(select(schema.rooms.c.id).where(schema.rooms.c.kind == KIND))).scalars().all()


async def reconsider(tx: Write, community: str, person: str) -> None:
    """What somebody may there has changed."""
    await _note(tx, community, person, None)


async def end_sign_ins(tx: Write, person: str, sign_ins: Collection[str]) -> None:
    """These sign-ins of a person are gone."""
    homes = await communities.of_person(tx, person) or await communities.everyone(tx)
    for sign_in in sign_ins:
        await _note(tx, homes[0].id, None, sign_in)


async def untold(tx: Read) -> Sequence[Untold]:
    """Oldest first."""
    rows = await tx.execute(select(schema.news).order_by(schema.news.c.nth))
    return [Untold(row.id, row.community, row.person, row.sign_in) for row in rows]


async def told(tx: Write, ids: Collection[str]) -> None:
    await tx.execute(delete(schema.news).where(schema.news.c.id.in_(ids)))


async def _note(tx: Write, community: str, person: str | None, sign_in: str | None) -> None:
    row = {"id": new_id(), "community": community, "person": person, "sign_in": sign_in}
    await tx.execute(insert(schema.news), row)
