"""Keeping up with the news of people (J9): rights are looked at anew, and ended sign-ins lose their sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import msgspec
import structlog

from realtime.batch import Batch
from realtime.journal import Entry, Forked, Journal, Lost, Position, Unreachable
from realtime.journal.loop import pauses
from rooms import lifecycle
from rooms.kinds import people

PATIENCE_S = 3600.0

log = structlog.get_logger()

_body = msgspec.msgpack.Decoder(Batch[people.Event | lifecycle.Moved, people.Record | lifecycle.Room])


class Listener(Protocol):
    """Who acts on the news: the hub."""

    async def readmit(self, person: str) -> None:
        """What this person may has changed."""

    def sign_out(self, sign_in: str) -> None:
        """This sign-in ended."""

    def send_back(self) -> None:
        """Some news was missed: everybody comes in anew."""


async def keep_up(
    journal: Journal,
    room: str,
    after: Position,
    listener: Listener,
    *,
    patience: Callable[[], AsyncIterator[None]] = lambda: pauses(PATIENCE_S),
) -> None:
    """Follow a community's internal room for ever, from a position on at which nobody was connected yet."""
    while True:
        try:
            async for some in journal.follow(room, after):
                for news in some:
                    if isinstance(news, Entry):
                        await _act(news, listener)
                        after = news.position
        except (Lost, Forked) as elsewhere:
            log.error("news.missed", error=type(elsewhere).__name__)
            after = elsewhere.head
            listener.send_back()
        except Unreachable:
            after = await _reachable(journal, room, after, patience)


async def _reachable(
    journal: Journal, room: str, after: Position, patience: Callable[[], AsyncIterator[None]]
) -> Position:
    """Wait until the journal answers again."""
    async for _ in patience():
        try:
            await journal.read(room, after)
        except Unreachable:
            continue
        except (Lost, Forked):
            pass  # following it says so
        return after
    return after


async def _act(news: Entry, listener: Listener) -> None:
    for event in _body.decode(news.body).events:
        match event:
            case people.Reconsidered(person=person):
                await listener.readmit(person)
            case people.SignInEnded(sign_in=sign_in):
                listener.sign_out(sign_in)
        await asyncio.sleep(0)
