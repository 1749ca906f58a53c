"""How a community begins, changes, and ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import Select, bindparam, case, delete, insert, select, update

from persistence import communities, news, people, schema, sign_ins
from persistence.communities import CHAT, Community, Preset
from persistence.database import Read, Write
from persistence.ids import new_id
from persistence.passages import drop_deleted_words
from rooms.model import PersonName
from rooms.text import clean_name, name_key


class AlreadyBegun(Exception):
    """Its owner said before what it is."""


class NoSuchCommunity(LookupError):
    """It isn't there, or not any more."""


class Description(Struct, frozen=True):
    """What an owner says of a community."""

    name: str
    purpose: str
    lang: str
    preset: Preset
    agreements: str = ""


class Removed(Struct, frozen=True):
    """What went with a community: its rooms; `people`: who was in it; `strangers`: those who are nowhere else."""

    rooms: Sequence[str]
    people: Sequence[str]
    strangers: Sequence[str]


async def begin(tx: Write, id: str, said: Description, *, chat: str) -> None:
    """What a community that has a made-up name is, with its chat called `chat`. Once. Raises AlreadyBegun."""
    waiting = (schema.communities.c.id == id) & ~schema.communities.c.begun
    values = {"name": said.name, "purpose": said.purpose, "lang": said.lang, "preset": said.preset, "begun": True}
    if (await tx.execute(update(schema.communities).where(waiting).values(values))).rowcount == 0:
        raise AlreadyBegun
    await call_chat(tx, id, chat)


async def describe(tx: Write, id: str, said: Description) -> Community:
    """Other words for it. Changed agreements are a new edition, asked of everybody anew. Raises NoSuchCommunity."""
    table = schema.communities.c
    edition = case((table.agreements == said.agreements, table.edition), else_=table.edition + 1)
    values = {
        "name": said.name,
        "purpose": said.purpose,
        "lang": said.lang,
        "preset": said.preset,
        "agreements": said.agreements,
        "edition": edition,
        "begun": True,
    }
    await tx.execute(update(schema.communities).where(table.id == id).values(values))
    return await _known(tx, id)


async def call_chat(tx: Write, community: str, title: str) -> None:
    theirs = (schema.rooms.c.community == community) & (schema.rooms.c.kind == CHAT) & schema.rooms.c.session.is_(None)
    await tx.execute(update(schema.rooms).where(theirs).values(title=title))


async def call_person(tx: Write, person: str, community: str, name: str) -> PersonName:
    """Give somebody another name, there and where they go next. Raises NameTaken, Refused(empty)."""
    called = clean_name(name)
    theirs = (schema.memberships.c.person == person) & (schema.memberships.c.community == community)
    nameless = new_id()  # so that the old name is not in the way of one that resembles it
    await tx.execute(update(schema.memberships).where(theirs).values(name=nameless, name_key=nameless))
    await people.check_name(tx, community, called)
    await tx.execute(update(schema.memberships).where(theirs).values(name=called, name_key=name_key(called)))
    await tx.execute(update(schema.people).where(schema.people.c.id == person).values(name=called))
    return called


async def remove(tx: Write, id: str) -> Removed:
    """A community with all that is in it, and those people who are nowhere else.

    Its rooms stay noted until `forgotten`: the journal and the disk have something of them. Raises NoSuchCommunity.
    """
    await _known(tx, id)
    inside = schema.memberships.c
    rooms = await _all(tx, select(schema.rooms.c.id).where(schema.rooms.c.community == id))
    everybody = await _all(tx, select(inside.person).where(inside.community == id))
    elsewhere = set(await _all(tx, select(inside.person).where(inside.community != id)))
    strangers = [person for person in everybody if person not in elsewhere]
    ended = {person: [each.id for each in await sign_ins.of_person(tx, person)] for person in strangers}
    if rooms:
        await tx.execute(insert(schema.removals), [{"room": room} for room in rooms])
    await tx.execute(delete(schema.communities).where(schema.communities.c.id == id))
    if strangers:
        await tx.execute(_PERSON_GONE, [{"gone": person} for person in strangers])
    for person, theirs in ended.items():
        await news.end_sign_ins(tx, person, theirs)
    await drop_deleted_words(tx)
    return Removed(rooms, everybody, strangers)


async def to_forget(tx: Read) -> Sequence[str]:
    """The rooms of removed communities of which something may be left elsewhere."""
    return await _all(tx, select(schema.removals.c.room))


async def forgotten(tx: Write, rooms: Collection[str]) -> None:
    """Nothing is left of them anywhere."""
    if rooms:
        await tx.execute(_ROOM_GONE, [{"gone": room} for room in rooms])


_PERSON_GONE = delete(schema.people).where(schema.people.c.id == bindparam("gone"))
_ROOM_GONE = delete(schema.removals).where(schema.removals.c.room == bindparam("gone"))


async def _known(tx: Read, id: str) -> Community:
    found = await communities.community(tx, id)
    if found is None:
        raise NoSuchCommunity
    return found


async def _all(tx: Read, wanted: Select[str]) -> Sequence[str]:
    return [row[0] for row in await tx.execute(wanted)]
