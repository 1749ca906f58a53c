"""`kring link`: a sign-in link, whether or not the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click
from msgspec import Struct

from persistence import communities, links, people, sessions
from persistence.communities import Community, Room
from persistence.database import FILE, Database, Read
from persistence.gate import now_ms
from persistence.people import Member
from persistence.sessions import LIVE, Session
from rooms.lifecycle import State
from rooms.model import Role
from web import directory, settings
from web.addresses import outside_url, present_url, sign_in_url
from web.catalogue import say
from web.complaint import Complaint
from web.settings import Settings

ROLES = (Role.OWNER, Role.MODERATOR, Role.MEMBER, Role.GUEST, Role.SCREEN)


class Link(Struct, frozen=True):
    """A new link. `token` is a secret; `session`: where it leads; `name`: whom it signs in, if one is meant."""

    token: str
    session: str | None
    name: str | None


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_link(role: str, room: str | None, person: str | None) -> None:
        print_link(settings.read(environ), lang, role, room, person)

    options = [click.Option([f"--{name}"], help=say(lang, f"help-link-{name}")) for name in ("room", "person")]
    help = say(lang, "help-link", {"roles": ", ".join(ROLES)})
    return click.Command("link", callback=on_link, params=[click.Argument(["role"]), *options], help=help)


def print_link(found: Settings, lang: str, role: str, room: str | None, person: str | None) -> None:
    """Raises Complaint."""
    if role not in ROLES:
        raise Complaint("link-no-role", role=role, known=", ".join(ROLES))
    made = asyncio.run(make_link(found, Role(role), room, person))
    base = found.base_url or directory.address_in(found.data) or outside_url(found, found.port)
    facts = {"role": say(lang, f"role-{role}")}
    print(say(lang, "link-made-for", {**facts, "name": made.name}) if made.name else say(lang, "link-made", facts))
    on_screen = role == Role.SCREEN and made.session is not None
    print(present_url(base, made.session or "", made.token) if on_screen else sign_in_url(base, made.token))


async def make_link(found: Settings, role: Role, room: str | None, person: str | None) -> Link:
    """Into the community's chat, or the room or session with this code or id. Raises Complaint."""
    if not (found.data / FILE).is_file():
        raise Complaint("link-no-database", path=str(found.data))
    async with Database.open(found.data) as database, database.write() as tx:
        known = await communities.everyone(tx)
        if not known:
            raise Complaint("link-no-database", path=str(found.data))
        there, session = await _led_to(tx, known[0], room)
        who = await _named(tx, there.community, person, role) if person is not None else None
        token = await links.create(
            tx, there.community, role, now=now_ms(), room=there.id, person=who.person if who else None
        )
        return Link(token, session.id if session else None, who.name if who else None)


async def _led_to(tx: Read, home: Community, named: str | None) -> tuple[Room, Session | None]:
    """The room; with its session, when it is one's Q&A. Raises Complaint."""
    if named is None:
        return await communities.chat_of(tx, home.id), None
    session = await sessions.session(tx, named) or await sessions.of_code(tx, named)
    if session is not None:
        if session.state not in LIVE:
            raise Complaint("link-over", room=named)
        return await sessions.qna_of(tx, session.id), session
    room = await communities.room(tx, named) or await communities.room_of_code(tx, named)
    if room is None:
        raise Complaint("link-no-room", room=named)
    if room.state is State.CLOSED:
        raise Complaint("link-over", room=named)
    return room, None


async def _named(tx: Read, community: str, name: str, role: Role) -> Member:
    """Raises Complaint."""
    if role is Role.SCREEN:
        raise Complaint("link-screen-nobody")
    found = await people.of_name(tx, community, name)
    if found is None or found.role is Role.SCREEN:
        raise Complaint("link-no-person", name=name)
    return found
