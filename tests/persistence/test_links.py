"""Sign-in links: once, within thirty minutes, for the role they say."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from persistence import communities, links, people
from persistence.communities import Community, Room
from persistence.database import Database
from persistence.links import LIFE_MS, LinkSpent, Redeemed
from rooms.model import Role
from tests.persistence.talk import NOW, files


async def _link(database: Database, community: Community, role: Role, room: str | None = None) -> str:
    async with database.write() as tx:
        return await links.create(tx, community.id, role, now=NOW, room=room)


async def _redeem(database: Database, token: str, *, now: int = NOW, person: str | None = None) -> Redeemed:
    async with database.write() as tx:
        return await links.redeem(tx, token, name="Eigenaar", now=now, person=person)


async def _role(database: Database, person: str, community: Community) -> Role | None:
    async with database.read() as tx:
        member = await people.member(tx, person, community.id)
    return member.role if member else None


@pytest.mark.parametrize("role", [Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER])
async def test_a_link_makes_somebody_with_its_role(
    database: Database, community: Community, chat: Room, role: Role
) -> None:
    found = await _redeem(database, await _link(database, community, role))
    assert found.room == chat.id
    assert found.person.name == "Eigenaar"
    assert await _role(database, found.person.id, community) is role
    async with database.read() as tx:
        member = await people.member(tx, found.person.id, community.id)
        assert member is not None
        assert await people.may_enter(tx, member, chat)


async def test_a_link_works_once(database: Database, community: Community) -> None:
    token = await _link(database, community, Role.OWNER)
    await _redeem(database, token)
    with pytest.raises(LinkSpent):
        await _redeem(database, token)


async def test_of_many_at_once_one_gets_in(database: Database, community: Community) -> None:
    token = await _link(database, community, Role.OWNER)
    results = await asyncio.gather(*(_redeem(database, token) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(result, Redeemed) for result in results) == 1
    assert sum(isinstance(result, LinkSpent) for result in results) == 7
    async with database.read() as tx:
        assert len(await people.with_role(tx, community.id, Role.OWNER)) == 1


async def test_a_link_runs_out(database: Database, community: Community) -> None:
    late, in_time = await _link(database, community, Role.OWNER), await _link(database, community, Role.OWNER)
    with pytest.raises(LinkSpent):
        await _redeem(database, late, now=NOW + LIFE_MS)
    await _redeem(database, in_time, now=NOW + LIFE_MS - 1)


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "\ud800"])
async def test_a_wrong_link_is_like_a_used_one(database: Database, token: str) -> None:
    with pytest.raises(LinkSpent):
        await _redeem(database, token)


async def test_who_is_signed_in_gets_the_role_and_stays_who_they_are(
    database: Database, community: Community, chat: Room
) -> None:
    async with database.write() as tx:
        noor = await people.join(tx, chat, now=NOW, name="Noor")
    found = await _redeem(database, await _link(database, community, Role.MODERATOR), person=noor.id)
    assert found.person == noor
    assert await _role(database, noor.id, community) is Role.MODERATOR
    await _redeem(database, await _link(database, community, Role.MEMBER), person=noor.id)
    assert await _role(database, noor.id, community) is Role.MODERATOR, "a link never takes a role away"


async def test_a_link_of_a_person_signs_in_their_second_device(database: Database, community: Community) -> None:
    owner = (await _redeem(database, await _link(database, community, Role.OWNER))).person
    async with database.write() as tx:
        token = await links.create(tx, community.id, Role.OWNER, now=NOW, person=owner.id)
    assert (await _redeem(database, token)).person == owner
    async with database.read() as tx:
        assert len(await people.with_role(tx, community.id, Role.OWNER)) == 1


async def test_a_second_owner_has_a_name_of_their_own(database: Database, community: Community) -> None:
    names = [(await _redeem(database, await _link(database, community, Role.OWNER))).person.name for _ in range(3)]
    assert names == ["Eigenaar", "Eigenaar 2", "Eigenaar 3"]


async def test_a_screen_is_for_one_room_and_is_nobody_else(
    database: Database, community: Community, chat: Room
) -> None:
    owner = (await _redeem(database, await _link(database, community, Role.OWNER))).person
    async with database.write() as tx:
        other = await communities.add_room(tx, community.id, kind="chat", title="Elders")
    screen = await _redeem(database, await _link(database, community, Role.SCREEN, chat.id), person=owner.id)
    assert screen.person.id != owner.id
    assert await _role(database, owner.id, community) is Role.OWNER
    async with database.read() as tx:
        member = await people.member(tx, screen.person.id, community.id)
        assert member is not None
        assert member.role is Role.SCREEN
        assert await people.may_enter(tx, member, chat)
        assert not await people.may_enter(tx, member, other)
    for role, room, person in ((Role.SCREEN, None, None), (Role.SCREEN, chat.id, owner.id), (Role.SYSTEM, None, None)):
        with pytest.raises(ValueError):
            async with database.write() as tx:
                await links.create(tx, community.id, role, now=NOW, room=room, person=person)


async def test_files_hold_no_link(database: Database, community: Community, directory: Path) -> None:
    token = await _link(database, community, Role.OWNER)
    await database.truncate_log()
    assert token.encode() not in files(directory)


async def test_looking_at_a_link_does_not_use_it_up(database: Database, community: Community) -> None:
    token = await _link(database, community, Role.MODERATOR)
    async with database.read() as tx:
        assert [await links.role_of(tx, token, now=NOW) for _ in range(2)] == [Role.MODERATOR] * 2
        with pytest.raises(LinkSpent):
            await links.role_of(tx, token, now=NOW + LIFE_MS)
    await _redeem(database, token)
    async with database.read() as tx:
        with pytest.raises(LinkSpent):
            await links.role_of(tx, token, now=NOW)
