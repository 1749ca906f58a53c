"""What remains of a room once it is closed, step by step (C7). Killed anywhere, it is begun again and ends the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Protocol

from persistence import healing
from persistence.copies import where
from persistence.database import Database
from persistence.drain import Drain
from persistence.healing import Restartable
from persistence.secrets import Secrets
from persistence.unlinking import is_unlinked, unlink
from realtime.journal.loop import pauses

PATIENCE_S = 30.0


class Scrubs(Protocol):
    """What can be rid of every byte that was deleted."""

    async def scrub(self) -> bool:
        """False: somebody reads just now; ask again later."""


class Scrubbable(Restartable, Scrubs, Protocol):
    """A journal of which that is so."""


class InUse(Exception):
    """Somebody has been reading all the time, so that deleted bytes may still be in a file."""


class Step(StrEnum):
    """What has been done, in this order."""

    UNLINKED = "unlinked"
    BEGUN_ANEW = "begun_anew"
    SCRUBBED = "scrubbed"
    FORGOTTEN = "forgotten"


async def drained(database: Database, drain: Drain, room: str) -> None:
    """All of a closed room is in the database. Raises what `Drain.drain` does."""
    if not await is_unlinked(database, room):  # else the journal may still have the room as it was
        await drain.drain(room)


async def seal(
    database: Database, journal: Scrubbable, drain: Drain, secrets: Secrets, room: str, *, now: int
) -> AsyncIterator[Step]:
    """Everything after a closed room was drained, and what it came to taken down; told step by step.

    Any number may do it at once. Raises NotClosed, Hole, UnknownRoom, Lost, Forked, Unreachable, InUse: nothing that is
    done is undone; do it again.
    """
    kind, _ = await where(database, room)
    if kind.unlinkable:
        await unlink(database, room, now=now)
        drain.let_go(room)
        yield Step.UNLINKED
        await healing.begin_anew(database, journal, room)
        yield Step.BEGUN_ANEW
        await scrub(journal, database)
        yield Step.SCRUBBED
    await asyncio.to_thread(secrets.destroy, room)
    yield Step.FORGOTTEN


async def scrub(*files: Scrubs) -> None:
    """No byte of what was deleted is left in them. Readers come and go; between two of them it is done.

    Raises InUse, Unreachable.
    """
    for each in files:
        async for _ in pauses(PATIENCE_S):
            if await each.scrub():
                break
        else:
            raise InUse
