"""`kring init`: say what the community is without a page, before the first start or instead of its first run."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click

from persistence import communities, founding, links, migrations, people
from persistence.communities import Community, Preset
from persistence.database import Database, Write
from persistence.founding import Description
from persistence.gate import now_ms
from rooms.model import Refused, Role
from rooms.text import clean_name, clean_words
from web import directory, settings
from web.addresses import outside_url, sign_in_url
from web.catalogue import say
from web.complaint import Complaint
from web.making import NAME_LENGTH, PURPOSE_LENGTH
from web.settings import LANGUAGES, Settings


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_init(name: str, purpose: str | None, spoken: str | None, preset: str, owner: str) -> None:
        found = settings.read(environ)
        chosen = spoken or found.lang
        about = purpose if purpose is not None else say(chosen, "community-purpose")
        link = init(found, name, about, chosen, Preset(preset), owner)
        print(say(lang, "init-done", {"name": name, "owner": owner}))
        print(link)

    def option(name: str, *more: str, **rules: object) -> click.Option:
        return click.Option([f"--{name}", *more], help=say(lang, f"help-init-{name}"), **rules)  # type: ignore[arg-type]

    return click.Command(
        "init",
        callback=on_init,
        help=say(lang, "help-init"),
        params=[
            option("name", required=True),
            option("owner", required=True),
            option("purpose"),
            option("lang", "spoken", type=click.Choice(LANGUAGES)),
            option("preset", type=click.Choice([each.value for each in Preset]), default=Preset.HELPING.value),
        ],
    )


def init(found: Settings, name: str, purpose: str, lang: str, preset: Preset, owner: str) -> str:
    """The link that signs the owner in. Raises Complaint."""
    try:
        called, title = clean_name(owner), " ".join(clean_words(name).split())[:NAME_LENGTH]
    except Refused:
        raise Complaint("init-nameless") from None
    about = clean_words(purpose)[:PURPOSE_LENGTH] if purpose.strip() else ""
    directory.prepare(found.data)
    migrations.migrate(found.data)
    token = asyncio.run(_found(found, Description(title, about, lang, preset), called))
    base = found.base_url or directory.address_in(found.data) or outside_url(found, found.port)
    return sign_in_url(base, token)


async def _found(found: Settings, said: Description, owner: str) -> str:
    """The token of the owner's link. Raises Complaint."""
    async with Database.open(found.data) as database, database.write() as tx:
        home = await _begun(tx, said)
        called = await people.free_name(tx, home.id, owner)
        person = await people.create(tx, name=called, now=now_ms(), lang=said.lang)
        await people.add(tx, person.id, home.id, Role.OWNER, called, now=now_ms())
        return await links.create(tx, home.id, Role.OWNER, now=now_ms(), person=person.id)


async def _begun(tx: Write, said: Description) -> Community:
    """The first community, that nobody had said anything of. Raises Complaint."""
    known, chat = await communities.first(tx), say(said.lang, "community-chat")
    if known is None:
        return await communities.create(
            tx,
            name=said.name,
            purpose=said.purpose,
            lang=said.lang,
            chat=chat,
            now=now_ms(),
            preset=said.preset,
        )
    try:
        await founding.begin(tx, known.id, said, chat=chat)
    except founding.AlreadyBegun:
        raise Complaint("init-begun", name=known.name) from None
    return known
