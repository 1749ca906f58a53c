"""A person's own commands in one room, from their making until it is known what became of them (C2, J4)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping

from msgspec import Struct

from realtime.client.values import Value, pack

MOST = 1_024
"""Commands that may wait in one room."""


class Done(Struct, frozen=True):
    """The command counts, once; it is in the journal at or before entry `seq`."""

    seq: int


class Refusal(Struct, frozen=True):
    """The command never will count: a stable `reason`, facts, and a sentence in the language of the connection."""

    reason: str
    text: str
    facts: Mapping[str, Value]


Outcome = Done | Refusal


class Full(Exception):
    """Too many commands wait already."""


class Pending:
    """A command on its way. What goes over the wire is made once and sent unchanged, as often as it takes.

    `outcome` is for awaiting; cancelling it takes nothing back. `sends`: how often it was sent.
    """

    __slots__ = ("command", "id", "message", "not_before", "outcome", "sends", "sent")

    def __init__(self, room: str, command: Mapping[str, Value], seq: int, mark: str) -> None:
        self.id = secrets.token_hex(10)
        self.command = command
        self.message = pack({"t": "do", "id": self.id, "room": room, "cmd": command, "seq": seq, "mark": mark})
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.sends = 0
        self.sent = False
        """It is on the way over the present connection."""
        self.not_before = 0.0


class Outbox:
    """In the order they were made; sent again, in that order, over every new connection."""

    def __init__(self) -> None:
        self.in_flight = 0
        self._pending: dict[str, Pending] = {}

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        return iter(self._pending.values())

    def add(self, pending: Pending) -> None:
        """Raises Full."""
        if len(self._pending) >= MOST:
            raise Full(f"{MOST} commands wait already")
        self._pending[pending.id] = pending

    def waiting(self) -> Pending | None:
        """The first that is not on its way; the others wait for it, so that they stay in order."""
        return next((pending for pending in self._pending.values() if not pending.sent), None)

    def send(self, pending: Pending) -> bytes:
        """It goes out now."""
        pending.sent = True
        pending.sends += 1
        self.in_flight += 1
        return pending.message

    def settle(self, id: str, outcome: Outcome) -> None:
        """It is known what became of a command; of one that isn't ours nothing is."""
        pending = self._pending.pop(id, None)
        if pending is None:
            return
        self.in_flight -= pending.sent
        if not pending.outcome.done():
            pending.outcome.set_result(outcome)

    def again(self, id: str, not_before: float) -> None:
        """What became of it is unknown: the same goes out again at that time."""
        pending = self._pending.get(id)
        if pending is not None and pending.sent:
            pending.sent = False
            pending.not_before = not_before
            self.in_flight -= 1

    def disconnected(self) -> None:
        """What became of those on their way is unknown."""
        for id in self._pending:
            self.again(id, 0.0)

    def end(self, error: Exception | None) -> None:
        """Nobody will ever say: raise `error` from each, or (None) cancel them."""
        for pending in self._pending.values():
            if not pending.outcome.done():
                pending.outcome.set_exception(error) if error is not None else pending.outcome.cancel()
            if error is not None and not pending.outcome.cancelled():
                pending.outcome.exception()  # nobody has to look
        self._pending.clear()
        self.in_flight = 0
