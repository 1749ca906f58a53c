"""Hearing what other processes tell over Redis: a subscription that begins anew by itself, and notices that it is deaf.

What is told while it is down is not heard. So whoever listens is told when a channel is heard again, and reads.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import RedisError

PAUSE_S = 0.1
MOST_PAUSE_S = 1.0

log = structlog.get_logger()


class Listener(Protocol):
    def heard(self, channel: str, message: bytes) -> None:
        """Something was told."""

    def hears_again(self, channel: str) -> None:
        """From now on everything on this channel is heard; before, something may have been missed."""


class Subscription:
    """The sharded channels one process hears, by one connection. `run` does the work.

    `hearing`: it is not deaf: something was heard, of others or of oneself, within the time for a probe.
    """

    def __init__(self, client: Redis, listener: Listener, prefix: str, probe_s: float) -> None:
        self.hearing = False
        self.began = 0
        """How often it began, for whoever counts."""
        self._client = client
        self._listener = listener
        self._probe = f"{prefix}{{k00}}:probe:{secrets.token_hex(8)}"
        self._probe_s = probe_s
        self._wanted: dict[str, asyncio.Event] = {self._probe: asyncio.Event()}
        self._pubsub: PubSub | None = None
        self._asked: set[str] = set()

    async def hear(self, channel: str) -> None:
        """From when this returns everything told on the channel is heard, until `hears_again` says otherwise."""
        heard = self._wanted.setdefault(channel, asyncio.Event())
        with suppress(RedisError, OSError):  # then it begins anew, with this one
            await self._ask()
        await heard.wait()

    async def _ask(self) -> None:
        """Subscribe to what is wanted and not asked for yet. Raises RedisError, OSError.

        Straight to the connection: by itself the library would connect again, while whoever reads does so as well.
        """
        more = [channel for channel in self._wanted if channel not in self._asked]
        connection: AbstractConnection | None = self._pubsub.connection if self._pubsub else None
        if connection is not None and more:
            await connection.send_command("SSUBSCRIBE", *more)
            self._asked.update(more)  # not before: whoever asks may be cancelled, and asking twice does no harm

    def close(self) -> None:
        """Nobody waits any more."""
        for heard in self._wanted.values():
            heard.set()

    async def run(self) -> None:
        """Hear until cancelled."""
        pause_s = PAUSE_S
        while True:
            try:
                async with self._client.pubsub() as pubsub:
                    pause_s = PAUSE_S
                    await self._listen(pubsub)
            except (RedisError, OSError) as error:
                log.warning("journal.subscription_ended", error=str(error) or type(error).__name__)
            finally:
                self._pubsub, self.hearing = None, False
                for heard in self._wanted.values():
                    heard.clear()
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, MOST_PAUSE_S)

    async def _listen(self, pubsub: PubSub) -> None:
        """Until the connection ends, or is deaf. Raises RedisError, OSError."""
        self.began += 1
        await pubsub.ssubscribe(self._probe)  # connects; by one alone, or each would have a connection of its own
        self._pubsub, self._asked = pubsub, {self._probe}
        await self._ask()
        probed = subscribed = False
        while True:
            message = await pubsub.get_message(timeout=self._probe_s)
            if message is not None:
                sort, channel = message["type"], message["channel"].decode()
                again = (sort, channel) == ("ssubscribe", self._probe)
                if again and subscribed:
                    return  # the library has another connection, which hears of nothing else
                self.hearing, probed, subscribed = True, False, subscribed or again
                self._take(sort, channel, message["data"])
            elif probed:
                log.error("journal.deaf", channels=len(self._wanted))
                return
            else:
                probed = True
                await self._client.spublish(self._probe, b"")

    def _take(self, sort: str, channel: str, data: object) -> None:
        if sort == "ssubscribe":
            self._wanted[channel].set()
            self._listener.hears_again(channel)
        elif sort == "smessage" and channel != self._probe and isinstance(data, bytes):
            self._listener.heard(channel, data)
