"""What remains to be done once a community is removed from the database: the same as nothing of it is left.

Killed anywhere, it is begun again and ends the same; until then the rooms are noted.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from persistence import founding
from persistence.closing import Scrubbable, scrub
from persistence.database import Database
from persistence.drain import Drain
from persistence.secrets import Secrets


class Forgetful(Scrubbable, Protocol):
    """A journal that can let go of a room for good."""

    async def forget(self, room: str) -> None:
        """Let nothing be left of a room that nobody is in any more. Raises Unreachable."""


async def dissolve(database: Database, journal: Forgetful, drain: Drain, secrets: Secrets) -> None:
    """Forget the rooms of removed communities, and leave no byte of them. Raises Unreachable, InUse."""
    async with database.read() as tx:
        rooms = await founding.to_forget(tx)
    if not rooms:
        return
    for room in rooms:
        drain.let_go(room)
        await journal.forget(room)
        await asyncio.to_thread(secrets.destroy, room)
    async with database.write() as tx:
        await founding.forgotten(tx, rooms)
    await scrub(journal, database)
