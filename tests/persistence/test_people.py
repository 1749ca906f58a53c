"""People: names in a community, guests in the rooms they came into, roles."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from persistence import communities, people
from persistence.communities import Community, Room
from persistence.database import Database, Read
from persistence.people import Member, NameMissing, NameTaken, Person
from rooms.model import PersonName, Refused, Role
from rooms.text import name_key
from tests.persistence.talk import NOW


async def _join(database: Database, room: Room, name: str | None, person: str | None = None) -> Person:
    async with database.write() as tx:
        return await people.join(tx, room, now=NOW, name=name, person=person)


async def _member(tx: Read, person: Person, community: str) -> Member:
    found = await people.member(tx, person.id, community)
    assert found is not None
    return found


async def test_a_guest_comes_in_by_name(database: Database, community: Community, chat: Room) -> None:
    noor = await _join(database, chat, "  Noor\u202e ")
    async with database.read() as tx:
        member = await _member(tx, noor, community.id)
        assert (member.name, member.role, member.actor) == ("Noor", Role.GUEST, noor.actor)
        assert await people.of_id(tx, noor.id) == noor
        assert await people.may_enter(tx, member, chat)
    assert noor.actor != noor.id
    assert len(noor.id) == len(noor.actor) == 16


@pytest.mark.parametrize("name", ["noor", "NOÓR", "Ｎｏｏｒ", "n o o r"])
async def test_a_variant_of_a_taken_name_is_taken(database: Database, chat: Room, name: str) -> None:
    await _join(database, chat, "Noor")
    with pytest.raises(NameTaken) as taken:
        await _join(database, chat, name)
    again = await _join(database, chat, taken.value.suggestion)
    assert again.name == taken.value.suggestion
    assert again.name.endswith(" 2")


async def test_nobody_is_made_when_the_name_is_taken(database: Database, chat: Room) -> None:
    await _join(database, chat, "Noor")
    with pytest.raises(NameTaken):
        await _join(database, chat, "Noor")
    async with database.read() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM people"))).scalar_one() == 1


async def test_only_a_staff_name_cannot_be_imitated(database: Database, community: Community, chat: Room) -> None:
    noor = await _join(database, chat, "Noor")
    await _join(database, chat, "Sam")
    async with database.write() as tx:
        await people.set_role(tx, noor.id, community.id, Role.MODERATOR)
    with pytest.raises(NameTaken) as taken:
        await _join(database, chat, "N00r (moderator)")
    assert (await _join(database, chat, taken.value.suggestion)).name == "N00r (moderator) 2"
    assert (await _join(database, chat, "5am")).name == "5am", "Sam is a guest"


async def test_the_suggestion_imitates_nobody(database: Database, community: Community, chat: Room) -> None:
    owner = await _join(database, chat, "Noor")
    async with database.write() as tx:
        await people.set_role(tx, owner.id, community.id, Role.OWNER)
    for _ in range(3):
        with pytest.raises(NameTaken) as taken:
            await _join(database, chat, "Nooʀ")
        await _join(database, chat, taken.value.suggestion)


async def test_the_same_name_is_free_elsewhere(database: Database, chat: Room) -> None:
    async with database.write() as tx:
        other = await communities.create(tx, name="Twee", purpose="", lang="nl", chat="Chat", now=NOW)
        there = await communities.chat_of(tx, other.id)
    one, two = await _join(database, chat, "Noor"), await _join(database, there, "Noor")
    assert one.id != two.id
    with pytest.raises(NameTaken):
        await _join(database, there, None, one.id)
    assert (await _join(database, there, "Noor K.", one.id)).id == one.id
    async with database.read() as tx:
        assert (await _member(tx, one, other.id)).name == "Noor K."
        assert [found.id for found in await communities.of_person(tx, one.id)] != []


async def test_who_is_known_keeps_name_and_role(database: Database, community: Community, chat: Room) -> None:
    noor = await _join(database, chat, "Noor")
    async with database.write() as tx:
        await people.set_role(tx, noor.id, community.id, Role.OWNER)
    assert await _join(database, chat, "Iets anders", noor.id) == noor
    async with database.read() as tx:
        member = await _member(tx, noor, community.id)
    assert (member.name, member.role) == ("Noor", Role.OWNER)


async def test_a_name_is_asked_of_who_is_unknown(database: Database, chat: Room) -> None:
    with pytest.raises(NameMissing):
        await _join(database, chat, None)
    with pytest.raises(NameMissing):
        await _join(database, chat, None, "gone")
    with pytest.raises(Refused):
        await _join(database, chat, "\u202e \t")


async def test_a_guest_knows_only_the_rooms_they_came_into(
    database: Database, community: Community, chat: Room
) -> None:
    noor = await _join(database, chat, "Noor")
    async with database.write() as tx:
        other = await communities.add_room(tx, community.id, kind="chat", title="Elders")
    async with database.read() as tx:
        assert not await people.may_enter(tx, await _member(tx, noor, community.id), other)
    await _join(database, other, None, noor.id)
    async with database.read() as tx:
        assert await people.may_enter(tx, await _member(tx, noor, community.id), other)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR, Role.OWNER])
async def test_members_know_all_rooms_of_their_community_and_no_other(
    database: Database, community: Community, chat: Room, role: Role
) -> None:
    noor = await _join(database, chat, "Noor")
    async with database.write() as tx:
        await people.set_role(tx, noor.id, community.id, role)
        room = await communities.add_room(tx, community.id, kind="chat", title="Elders")
        other = await communities.create(tx, name="Twee", purpose="", lang="nl", chat="Chat", now=NOW)
        foreign = await communities.chat_of(tx, other.id)
    async with database.read() as tx:
        member = await _member(tx, noor, community.id)
        assert await people.may_enter(tx, member, room)
        assert not await people.may_enter(tx, member, foreign)


async def test_a_hundred_people_of_one_name(database: Database, chat: Room) -> None:
    async def one() -> str:
        async with database.write() as tx:
            name = await people.free_name(tx, chat.community, "Anna")
            return (await people.join(tx, chat, now=NOW, name=name)).name

    names = await asyncio.gather(*(one() for _ in range(100)))
    assert set(names) == {"Anna", *(f"Anna {n}" for n in range(2, 101))}


async def test_forgetting_a_person_frees_the_name(database: Database, community: Community, chat: Room) -> None:
    noor = await _join(database, chat, "Noor")
    async with database.write() as tx:
        await people.remove(tx, noor.id)
    async with database.read() as tx:
        assert await people.of_id(tx, noor.id) is None
        assert await people.member(tx, noor.id, community.id) is None
        assert not await people.entered(tx, noor.id, chat.id)
    assert (await _join(database, chat, "Noor")).id != noor.id


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    names=st.lists(st.sampled_from(["Noor", "noor", "Noor 2", "N%r", "N_r", "x" * 40, "X" * 39, "É", "e"]), max_size=12)
)
async def test_names_stay_unique_whoever_comes(database: Database, names: list[str]) -> None:
    async with database.write() as tx:
        made = await communities.create(tx, name="K", purpose="", lang="nl", chat="Chat", now=NOW)
        room = await communities.chat_of(tx, made.id)
        for name in names:
            free = await people.free_name(tx, made.id, name)
            await people.join(tx, room, now=NOW, name=free)
        found = await people.with_role(tx, made.id, Role.GUEST)
    keys = [name_key(PersonName(member.name)) for member in found]
    assert len(set(keys)) == len(keys) == len(names)
