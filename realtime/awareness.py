"""What people are doing right now: typing, cursors (F7). Delivered, never kept. Pure: time is an argument, in ms.

Latest wins per person and name; a person says at most 15 things a second; a process publishes once per 50 ms and room,
and less often when that would be more than 20 KB/s for each receiver.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from realtime.wire import Scalar
from rooms.model import ActorId

PER_SECOND = 15
BURST_MS = 1_000
"""How far ahead of that somebody may get at once."""
PUBLISH_MS = 50
BYTES_PER_SECOND = 20_000
TYPING = "typing"
TYPISTS = 5
"""People typing up to which they are named; above, a number."""
FADE_MS = 8_000
"""What isn't said again is over."""

AROUND_BYTES = 64
"""What a whisper on the wire weighs beside actor, name and data, at most."""

Data = dict[str, Scalar]

_encode = msgspec.json.Encoder().encode


class Said(Struct, frozen=True, gc=False, tag="said"):
    """What one process publishes: the latest of each person and name."""

    process: str
    said: list[tuple[ActorId, str, Data]]


class Awareness:
    """One room as one process knows it."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._allowed_at: dict[ActorId, float] = {}
        self._waiting: dict[tuple[ActorId, str], Data] = {}
        self._publish_at = 0
        self._typing: dict[ActorId, int] = {}

    def say(self, actor: ActorId, name: str, data: Data, now: int) -> None:
        """Take in what somebody says; faster than 15 a second is dropped, that something is over a little later."""
        allowed = self._allowed_at.get(actor, 0.0)
        if now < allowed - (BURST_MS if data else 2 * BURST_MS):
            return
        self._allowed_at[actor] = max(allowed, now) + 1_000 / PER_SECOND
        self._waiting.pop((actor, name), None)
        self._waiting[actor, name] = data

    def publish_at(self) -> int | None:
        """When the next publication is due; None: nothing waits."""
        return self._publish_at if self._waiting else None

    def publish(self, now: int, processes: int = 1) -> Said | None:
        """What to publish now, if anything waits and it is time; so many processes share what a receiver may get."""
        if not self._waiting or now < self._publish_at:
            return None
        said = [(actor, name, data) for (actor, name), data in self._waiting.items()]
        self._waiting = {}
        about_bytes = len(_encode(said)) + AROUND_BYTES * len(said)
        self._publish_at = now + max(PUBLISH_MS, about_bytes * 1_000 * processes // BYTES_PER_SECOND)
        self._allowed_at = {actor: at for actor, at in self._allowed_at.items() if at > now}
        return Said(self._process, said)

    def heard(self, said: Said, now: int) -> list[tuple[ActorId, str, Data]]:
        """What to tell the people here; many typists become one number, told as by nobody."""
        were_many = self._many(now)
        told: list[tuple[ActorId, str, Data]] = []
        for actor, name, data in said.said:
            if name != TYPING:
                told.append((actor, name, data))
            elif data:
                self._typing[actor] = now + FADE_MS
            else:
                self._typing.pop(actor, None)
        typing = [(actor, name, data) for actor, name, data in said.said if name == TYPING]
        if self._many(now):
            return [*told, (ActorId(""), TYPING, {"count": len(self._typing)})] if typing else told
        if were_many:
            over: tuple[ActorId, str, Data] = (ActorId(""), TYPING, {})
            typing = [over, *((actor, TYPING, Data(on=True)) for actor in self._typing)]
        return told + typing

    def _many(self, now: int) -> bool:
        self._typing = {actor: until for actor, until in self._typing.items() if until > now}
        return len(self._typing) > TYPISTS
