"""Where somebody is: which communities are theirs, which one this is, and what it asks of them."""

from __future__ import annotations

from msgspec import Struct

from persistence import agreements, communities, people
from persistence.agreements import Agreements
from persistence.communities import Community
from persistence.database import Read
from persistence.people import Member
from rooms.model import Role


class CommunityInList(Struct, frozen=True):
    id: str
    name: str


class Place(Struct, frozen=True):
    """`to_begin`: an owner has yet to say what this community is. `to_accept`: agreements they have not accepted.

    `founds`: they may make another community on this server.
    """

    community: str
    communities: list[CommunityInList]
    to_begin: bool
    to_accept: Agreements | None
    founds: bool


async def place_of(tx: Read, home: Community, member: Member) -> Place:
    """The place of a member."""
    theirs = await communities.of_person(tx, member.person)
    asked = await agreements.to_accept(tx, member.person, home.id) if member.role is not Role.SCREEN else None
    return Place(
        home.id,
        [CommunityInList(each.id, each.name) for each in theirs],
        not home.begun and member.role is Role.OWNER,
        asked,
        await may_found(tx, member.person),
    )


async def may_found(tx: Read, person: str) -> bool:
    """Owners of the community that the server began with may."""
    first = await communities.first(tx)
    member = await people.member(tx, person, first.id) if first else None
    return member is not None and member.role is Role.OWNER
