"""Invitations: as many as they say, until the day they say, for the role they say, by whoever may still invite."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from persistence import invitations, people
from persistence.communities import Community, Room
from persistence.database import Database, Write
from persistence.ids import new_id
from persistence.invitations import FORGOTTEN_MS, MOST_OPEN, Invitation, NoSuchInvitation, NotOpen, Standing, TooMany
from persistence.people import NameMissing, NameTaken, Person
from rooms.model import PersonName, Role
from tests.persistence.talk import NOW, files

DAY = 24 * 3600 * 1000


@pytest.fixture
async def owner(database: Database, community: Community) -> Person:
    return await _somebody(database, community, "Olga", Role.OWNER)


async def _somebody(database: Database, community: Community, name: str, role: Role) -> Person:
    async with database.write() as tx:
        made = await people.create(tx, name=name, now=NOW)
        await people.add(tx, made.id, community.id, role, PersonName(name), now=NOW)
    return made


async def _made(
    database: Database, community: Community, by: Person, role: Role = Role.MEMBER, most: int = 2
) -> tuple[str, str]:
    async with database.write() as tx:
        return await invitations.create(
            tx, community.id, role, made_by=by.id, note="Utrecht", most=most, expires_at=NOW + DAY, now=NOW
        )


async def _redeem(
    database: Database, token: str, name: str | None = None, person: Person | None = None, now: int = NOW
) -> Person:
    async with database.write() as tx:
        who, _ = await invitations.redeem(tx, token, now=now, name=name, person=person.id if person else None)
    return who


async def _seen(database: Database, token: str, now: int = NOW) -> Invitation:
    async with database.read() as tx:
        return await invitations.of_token(tx, token, now=now)


async def _role(database: Database, person: Person, community: Community) -> Role | None:
    async with database.read() as tx:
        member = await people.member(tx, person.id, community.id)
    return member.role if member else None


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR, Role.OWNER])
async def test_it_makes_new_people_with_its_role_until_its_places_are_taken(
    database: Database, community: Community, owner: Person, role: Role
) -> None:
    _, token = await _made(database, community, owner, role)
    for name in ("Noor", "Sam"):
        assert await _role(database, await _redeem(database, token, name), community) is role
    assert (await _seen(database, token)).standing is Standing.USED_UP
    with pytest.raises(NotOpen) as shut:
        await _redeem(database, token, "Late")
    assert shut.value.standing is Standing.USED_UP


async def test_looking_takes_no_place(database: Database, community: Community, owner: Person) -> None:
    _, token = await _made(database, community, owner)
    for seen in [await _seen(database, token) for _ in range(5)]:
        assert (seen.used, seen.most, seen.made_by, seen.note) == (0, 2, "Olga", "Utrecht")


async def test_a_guest_becomes_a_member_and_stays_who_they_are(
    database: Database, community: Community, chat: Room, owner: Person
) -> None:
    async with database.write() as tx:
        noor = await people.join(tx, chat, now=NOW, name="Noor")
    _, token = await _made(database, community, owner)
    assert await _redeem(database, token, person=noor) == noor
    assert await _role(database, noor, community) is Role.MEMBER


async def test_it_never_lowers_anybody_and_takes_no_place_for_nothing(
    database: Database, community: Community, owner: Person
) -> None:
    _, token = await _made(database, community, owner)
    await _redeem(database, token, person=owner)
    assert await _role(database, owner, community) is Role.OWNER
    member = await _redeem(database, token, "Noor")
    assert await _redeem(database, token, person=member) == member
    assert (await _seen(database, token)).used == 1


async def test_it_runs_out_and_is_forgotten_much_later(database: Database, community: Community, owner: Person) -> None:
    _, token = await _made(database, community, owner)
    assert (await _seen(database, token, NOW + DAY - 1)).standing is Standing.OPEN
    assert (await _seen(database, token, NOW + DAY)).standing is Standing.EXPIRED
    with pytest.raises(NotOpen):
        await _redeem(database, token, "Noor", now=NOW + DAY)
    later = NOW + DAY + FORGOTTEN_MS
    async with database.write() as tx:
        await invitations.create(
            tx, community.id, Role.MEMBER, made_by=owner.id, note="", most=1, expires_at=later + DAY, now=later
        )
    with pytest.raises(NoSuchInvitation):
        await _seen(database, token, later)


async def test_revoked_it_lets_nobody_in(database: Database, community: Community, owner: Person) -> None:
    id, token = await _made(database, community, owner, Role.MODERATOR)
    async with database.write() as tx:
        assert not await invitations.revoke(tx, id, community.id, (Role.MEMBER,)), "not theirs to revoke"
    assert (await _seen(database, token)).standing is Standing.OPEN
    async with database.write() as tx:
        assert await invitations.revoke(tx, id, community.id, (Role.MEMBER, Role.MODERATOR))
    with pytest.raises(NotOpen) as shut:
        await _redeem(database, token, "Noor")
    assert shut.value.standing is Standing.REVOKED


async def test_who_may_invite_no_more_has_invited_nobody(database: Database, community: Community) -> None:
    joris = await _somebody(database, community, "Joris", Role.MODERATOR)
    _, token = await _made(database, community, joris)
    assert (await _seen(database, token)).standing is Standing.OPEN, "the control: while they may"
    async with database.write() as tx:
        await people.set_role(tx, joris.id, community.id, Role.MEMBER)
    assert (await _seen(database, token)).standing is Standing.REVOKED
    async with database.write() as tx:
        await people.set_role(tx, joris.id, community.id, Role.OWNER)
        await people.remove(tx, joris.id)
    assert (await _seen(database, token)).standing is Standing.REVOKED


async def test_a_name_is_asked_of_who_is_new_and_a_refusal_takes_no_place(
    database: Database, community: Community, owner: Person
) -> None:
    _, token = await _made(database, community, owner)
    with pytest.raises(NameMissing):
        await _redeem(database, token)
    with pytest.raises(NameTaken):
        await _redeem(database, token, "Olga")
    assert (await _seen(database, token)).used == 0


async def _in_a_rush(database: Database, token: str, many: int) -> int:
    """How many got in of those who came at once."""
    got = await asyncio.gather(*(_redeem(database, token, f"Nr {n}") for n in range(many)), return_exceptions=True)
    assert all(isinstance(each, Person | NotOpen) for each in got), got
    return sum(isinstance(each, Person) for each in got)


async def test_of_many_at_once_no_more_get_in_than_there_are_places(
    database: Database, community: Community, owner: Person
) -> None:
    _, token = await _made(database, community, owner, most=3)
    assert await _in_a_rush(database, token, 24) == 3
    async with database.read() as tx:
        assert len(await people.with_role(tx, community.id, Role.MEMBER)) == 3


async def test_control_without_the_count_more_get_in(
    database: Database, community: Community, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anybody(tx: Write, id: str, now: int) -> bool:
        return True

    monkeypatch.setattr(invitations, "_take_a_place", anybody)
    _, token = await _made(database, community, owner, most=3)
    assert await _in_a_rush(database, token, 24) == 24


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "\ud800"])
async def test_a_wrong_link_is_none(database: Database, community: Community, token: str) -> None:
    with pytest.raises(NoSuchInvitation):
        await _redeem(database, token, "Noor")


async def test_there_is_an_end_to_open_invitations(database: Database, community: Community, owner: Person) -> None:
    ids = [await _made(database, community, owner) for _ in range(MOST_OPEN)]
    with pytest.raises(TooMany):
        await _made(database, community, owner)
    async with database.write() as tx:
        await invitations.revoke(tx, ids[0][0], community.id, (Role.MEMBER,))
    await _made(database, community, owner)


async def test_the_list_has_all_for_the_roles_asked_for(
    database: Database, community: Community, owner: Person
) -> None:
    for role in (Role.MEMBER, Role.OWNER):
        await _made(database, community, owner, role)
    async with database.read() as tx:
        some = await invitations.of_community(tx, community.id, (Role.MEMBER,), now=NOW)
        every = await invitations.of_community(tx, community.id, (Role.MEMBER, Role.OWNER), now=NOW)
        assert await invitations.of_community(tx, new_id(), (Role.MEMBER,), now=NOW) == []
    assert [each.role for each in some] == [Role.MEMBER]
    assert {each.role for each in every} == {Role.MEMBER, Role.OWNER}


async def test_files_hold_no_link(database: Database, community: Community, owner: Person, directory: Path) -> None:
    _, token = await _made(database, community, owner)
    await database.truncate_log()
    assert token.encode() not in files(directory)
