"""`kring export`: a closed session as a file, whether or not the server runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from persistence import archive, communities, sessions
from persistence.database import FILE, Database
from persistence.export import As, exported
from persistence.sessions import SessionState
from web import settings
from web.catalogue import say
from web.complaint import Complaint
from web.settings import Settings


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_export(session: str, form: str, to: str | None) -> None:
        content = asyncio.run(read(settings.read(environ), session, As(form)))
        if to is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            write(content, Path(to))

    params: list[click.Parameter] = [
        click.Argument(["session"]),
        click.Option(
            ["--as", "form"],
            type=click.Choice([each.value for each in As]),
            default=As.MD.value,
            help=say(lang, "help-export-as"),
        ),
        click.Option(["--to"], metavar="FILE", help=say(lang, "help-export-to")),
    ]
    return click.Command("export", callback=on_export, params=params, help=say(lang, "help-export"))


async def read(found: Settings, named: str, form: As) -> bytes:
    """The session with this code or id, in its community's language. Raises Complaint."""
    if not (found.data / FILE).is_file():
        raise Complaint("link-no-database", path=str(found.data))
    async with Database.open(found.data) as database, database.read() as tx:
        session = await sessions.session(tx, named) or await sessions.of_code(tx, named)
        if session is None:
            raise Complaint("export-no-session", session=named)
        if session.state is not SessionState.CLOSED:
            raise Complaint("export-not-closed", title=session.title)
        home = await communities.community(tx, session.community)
        assert home is not None  # a foreign key
        return exported(await archive.archived(tx, session), form, partial(say, home.lang))


def write(content: bytes, to: Path) -> None:
    """A new file: what is there already is kept. Raises Complaint."""
    try:
        with to.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Complaint("export-exists", path=str(to)) from None
    except OSError:
        raise Complaint("export-forbidden", path=str(to)) from None
