"""`kring token`: a token for a program, whether or not the server runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping

import click

from persistence import communities, programs
from persistence.communities import Community
from persistence.database import FILE, Database, Read
from persistence.gate import now_ms
from persistence.people import NameTaken
from persistence.programs import MOST, ROLES, TooMany, called
from rooms.model import Refused, Role
from web import settings
from web.catalogue import say
from web.complaint import Complaint
from web.settings import Settings


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_token(role: str, name: str, community: str | None) -> None:
        made, token = asyncio.run(make_token(settings.read(environ), role, name, community))
        print(say(lang, "token-made", {"name": made, "role": say(lang, f"role-{role}")}), file=sys.stderr)
        print(token)

    options = [
        click.Option(["--name"], required=True, help=say(lang, "help-token-name")),
        click.Option(["--community"], help=say(lang, "help-token-community")),
    ]
    help = say(lang, "help-token", {"roles": ", ".join(ROLES)})
    return click.Command("token", callback=on_token, params=[click.Argument(["role"]), *options], help=help)


async def make_token(found: Settings, role: str, name: str, community: str | None = None) -> tuple[str, str]:
    """What the new program is called, and its token. Raises Complaint."""
    if role not in ROLES:
        raise Complaint("link-no-role", role=role, known=", ".join(ROLES))
    if not (found.data / FILE).is_file():
        raise Complaint("link-no-database", path=str(found.data))
    async with Database.open(found.data) as database, database.write() as tx:
        home = await _home(tx, found, community)
        try:
            full = called(name, say(home.lang, "program-mark"))
        except Refused:
            raise Complaint("http-name-empty") from None
        try:
            _, token = await programs.create(tx, home.id, Role(role), full, now=now_ms())
        except NameTaken:
            raise Complaint("http-program-name-taken", name=full) from None
        except TooMany:
            raise Complaint("http-programs-full", most=MOST) from None
        return full, token


async def _home(tx: Read, found: Settings, named: str | None) -> Community:
    """The community with this name or id; the first, where none is named. Raises Complaint."""
    known = await communities.everyone(tx)
    if not known:
        raise Complaint("link-no-database", path=str(found.data))
    if named is None:
        return known[0]
    home = next((each for each in known if named in (each.id, each.name)), None)
    if home is None:
        raise Complaint("token-no-community", community=named, known=", ".join(each.name for each in known))
    return home
