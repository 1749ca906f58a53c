"""The start: a community with an open chat, and the first time a link for its owner."""

from __future__ import annotations

from persistence import communities, links
from persistence.communities import Community, Room
from persistence.database import Database, Write
from persistence.gate import now_ms
from realtime.batch import Counted
from realtime.hub import Hub
from rooms.lifecycle import Open, State
from rooms.model import Role
from web.catalogue import say
from web.house import Beginning
from web.settings import Settings

OPENING = "beginning.open"
"""The command's id: however often the server is killed while it starts, a chat is opened once (C2)."""


async def begin(database: Database, hub: Hub, settings: Settings) -> Beginning:
    """Find the community this server began with, or make it; see to it that the chat of each is open.

    A chat that staff locked or closed since stays so.
    """
    found, token = await _find_or_make(database, settings)
    async with database.read() as tx:
        others = [each for each in await communities.everyone(tx) if each.id != found.id]
    for other in others:
        await open_chat(database, hub, other)
    return Beginning(found, await open_chat(database, hub, found), token)


async def open_chat(database: Database, hub: Hub, community: Community) -> Room:
    """See to it that it is open, or was."""
    async with database.read() as tx:
        chat = await communities.chat_of(tx, community.id)
        key = await communities.key_of(tx, chat.id)
    if chat.state is State.PLANNED:
        verdict = await hub.command(chat.id, chat.kind, key, Open(), OPENING)
        if not isinstance(verdict, Counted):
            raise RuntimeError(f"the chat could not be opened: {verdict.reason}")
    return chat


async def made_up(tx: Write, settings: Settings) -> Community:
    """A community that waits for its owner to say what it is."""
    lang = settings.lang
    return await communities.create(
        tx,
        name=say(lang, "community-name"),
        purpose=say(lang, "community-purpose"),
        lang=lang,
        chat=say(lang, "community-chat"),
        now=now_ms(),
        begun=False,
    )


async def _find_or_make(database: Database, settings: Settings) -> tuple[Community, str | None]:
    async with database.write() as tx:
        known = await communities.first(tx)
        if known is not None:
            return known, None
        made = await made_up(tx, settings)
        return made, await links.create(tx, made.id, Role.OWNER, now=now_ms())
