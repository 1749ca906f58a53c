"""The log of staff acts: each act once, however often its entry is taken in; nobody's but staff's names; for a year."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from persistence import communities, people, schema, staff_log
from persistence.database import Database
from persistence.people import Member
from persistence.staff_log import KEPT_DAYS, Told, What
from realtime.batch import Batch, encode
from realtime.journal import Entry
from rooms.model import Event, PersonName, Record, RecordId, Role
from rooms.staff import Act
from tests.persistence.talk import NOW

DAY = 24 * 3600 * 1000
MINUTE = 60_000


class Place:
    """A community with a chat, and its owner."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def begun(self) -> Place:
        async with self.database.write() as tx:
            home = await communities.create(tx, name="Kring", purpose="", lang="en", chat="Chat", now=NOW)
            noor = await people.create(tx, name="Noor", now=NOW)
            await people.add(tx, noor.id, home.id, Role.OWNER, noor.name, now=NOW)
            found = await people.member(tx, noor.id, home.id)
            self.chat = (await communities.chat_of(tx, home.id)).id
        assert found is not None
        self.owner: Member = found
        return self

    async def told(self, offset: int = 0, limit: int = 50) -> Told:
        async with self.database.read() as tx:
            return await staff_log.latest(tx, self.owner.community, offset=offset, limit=limit)


@pytest.fixture
async def place(database: Database) -> Place:
    return await Place(database).begun()


def entry(seq: int, *acts: Act, at: int = NOW) -> Entry:
    return Entry(seq, b"m" * 16, b"", encode(Batch[Event, Record](1, at, [], [], {}, list(acts))))


def removal(name: str = "Dirk", record: str = "r1") -> Act:
    return Act("chat.remove", PersonName(name), RecordId(record), "")


async def test_an_act_in_a_room_is_told_once_however_often_its_entry_comes(place: Place) -> None:
    entries = [entry(7, removal(), removal(record="r2")), entry(8), entry(9, removal(record="r3"), at=NOW + DAY)]
    for _ in range(3):
        async with place.database.write() as tx:
            await staff_log.follow(tx, place.chat, entries)
    found = await place.told()
    assert [(act.record, act.at, act.name, act.room) for act in found.acts] == [
        ("r3", (NOW + DAY) // MINUTE * MINUTE, "Dirk", "Chat"),
        ("r2", NOW // MINUTE * MINUTE, "Dirk", "Chat"),
        ("r1", NOW // MINUTE * MINUTE, "Dirk", "Chat"),
    ]


async def test_the_control_the_same_act_in_another_entry_is_another(place: Place) -> None:
    async with place.database.write() as tx:
        await staff_log.follow(tx, place.chat, [entry(7, removal()), entry(8, removal())])
    assert len((await place.told()).acts) == 2


async def test_an_act_elsewhere_is_told_with_the_change_or_not_at_all(place: Place) -> None:
    async with place.database.write() as tx:
        await staff_log.note(tx, place.owner, What.ROLE, now=NOW, about="Sam", detail="moderator")
    with pytest.raises(RuntimeError):
        await half_done(place)
    (act,) = (await place.told()).acts
    assert (act.what, act.about, act.detail, act.name) == ("member.role", "Sam", "moderator", "Noor")


async def half_done(place: Place) -> None:
    async with place.database.write() as tx:
        await staff_log.note(tx, place.owner, What.REMOVED, now=NOW, about="Sam")
        raise RuntimeError


async def test_it_comes_in_pages_newest_first(place: Place) -> None:
    async with place.database.write() as tx:
        for nth in range(5):
            await staff_log.note(tx, place.owner, What.STARTED, now=NOW + nth * MINUTE, about=f"{nth}")
    first, last = await place.told(0, 3), await place.told(3, 3)
    assert ([act.about for act in first.acts], first.more) == (["4", "3", "2"], True)
    assert ([act.about for act in last.acts], last.more) == (["1", "0"], False)


async def test_after_a_year_it_is_gone(place: Place) -> None:
    async with place.database.write() as tx:
        await staff_log.note(tx, place.owner, What.SETTINGS, now=NOW)
        assert await staff_log.forget(tx, now=NOW + KEPT_DAYS * DAY - DAY) == 0
        assert await staff_log.forget(tx, now=NOW + KEPT_DAYS * DAY + DAY) == 1
    assert (await place.told()).acts == []


async def test_it_goes_with_its_community(place: Place, directory: Path) -> None:
    async with place.database.write() as tx:
        await staff_log.follow(tx, place.chat, [entry(7, removal())])
        await tx.execute(schema.communities.delete().where(schema.communities.c.id == place.owner.community))
        assert (await tx.execute(select(schema.staff_log.c.id))).all() == []
