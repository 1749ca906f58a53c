"""Which journal the rooms have: the server's own file, or a Redis that many servers share (`REDIS_URL`)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from persistence.dissolving import Forgetful
from realtime.journal.following import Followers
from realtime.journal.local import LocalJournal
from realtime.journal.redis import RedisJournal
from web.settings import Settings

JOURNAL = "journal.db"


class Shareable(Forgetful, Protocol):
    """A journal that others may write to as well."""

    followers: Followers

    @property
    def now(self) -> Callable[[], int]:
        """What time it is for every process that has it: milliseconds UTC."""

    @property
    def hearing(self) -> bool:
        """Whether this process hears what others append."""


PATIENCE_S = 3.0
"""A server leaves it to the workers to drain; what has waited for so long it drains itself."""


@asynccontextmanager
async def open_journal(settings: Settings, *, serving: bool = True) -> AsyncIterator[Shareable]:
    """For the length of a block. `serving`: for a server; else for a worker.

    Raises AlreadyOpen, OtherFormat, for the server's own file.
    """
    if settings.redis_url is None:
        async with LocalJournal.open(settings.data / JOURNAL) as own:
            yield own
    else:
        async with RedisJournal.open(settings.redis_url, patience_s=PATIENCE_S if serving else 0.0) as shared:
            yield shared
