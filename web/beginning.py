"""The first start: a community with an open chat, and a link for its owner."""

from __future__ import annotations

from persistence import communities, links
from persistence.communities import Community
from persistence.database import Database
from persistence.gate import now_ms
from realtime.batch import Counted
from realtime.hub import Hub
from rooms.lifecycle import Open, State
from rooms.model import Role
from web.catalogue import say
from web.house import Beginning
from web.settings import Settings

OPENING = "beginning.open"
"""The command's id: however often the server is killed while it starts, the chat is opened once (C2)."""


async def begin(database: Database, hub: Hub, settings: Settings) -> Beginning:
    """Find the community this server is for, or make it; see to it that its chat is open.

    A chat that staff locked or closed since stays so.
    """
    found, token = await _find_or_make(database, settings)
    async with database.read() as tx:
        chat = await communities.chat_of(tx, found.id)
        key = await communities.key_of(tx, chat.id)
    if chat.state is State.PLANNED:
        verdict = await hub.command(chat.id, chat.kind, key, Open(), OPENING)
        if not isinstance(verdict, Counted):
            raise RuntimeError(f"the chat could not be opened: {verdict.reason}")
    return Beginning(found, chat, token)


async def _find_or_make(database: Database, settings: Settings) -> tuple[Community, str | None]:
    async with database.write() as tx:
        known = await communities.everyone(tx)
        if known:
            return known[0], None
        lang, now = settings.lang, now_ms()
        made = await communities.create(
            tx,
            name=say(lang, "community-name"),
            purpose=say(lang, "community-purpose"),
            lang=lang,
            chat=say(lang, "community-chat"),
            now=now,
        )
        return made, await links.create(tx, made.id, Role.OWNER, now=now)
