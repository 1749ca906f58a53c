"""Everything that lives as long as the server does, for whoever answers a request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from msgspec import Struct
from starlette.requests import HTTPConnection

from persistence.communities import Community, Room
from persistence.database import Database
from persistence.drain import Drain
from persistence.gate import DatabaseGate
from persistence.secrets import Secrets
from persistence.worker import Worker
from realtime.hub import Hub
from web.auth import Cookies
from web.challenges import Challenges
from web.doorway import Doorway
from web.gatherings import Gatherings
from web.journals import Shareable
from web.limits import WrongGuesses
from web.news import Newsroom
from web.post import Post
from web.settings import Settings


class Beginning(Struct, frozen=True):
    """What the server found or made when it started. `owner_token` only where this start made the community."""

    community: Community
    chat: Room
    owner_token: str | None


class House(Struct):
    """The parts, put together in `web.app`."""

    settings: Settings
    database: Database
    journal: Shareable
    gate: DatabaseGate
    hub: Hub
    drain: Drain
    secrets: Secrets
    gatherings: Gatherings
    worker: Worker
    news: Newsroom
    doorway: Doorway
    cookies: Cookies
    challenges: Challenges
    beginning: Beginning
    guesses: WrongGuesses
    """Wrong codes."""
    spent_links: WrongGuesses
    """Wrong links, apart: neither uses up the other's tries."""
    post: Post | None = None
    """None: Kring sends no mail."""
    leaving: bool = False
    """Whether everybody has been asked to come back later."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds, by which guesses are held back."""


def house_of(connection: HTTPConnection) -> House:
    """The house a request or socket came to."""
    return cast(House, connection.state.house)
