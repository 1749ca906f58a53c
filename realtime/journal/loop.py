"""The one way to append (J2) and to know that a projection is current (J3), for the hub and the worker alike."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from msgspec import Struct

from realtime.journal import Conflict, Entry, Forked, Journal, Position, Undecided, Wait

ATTEMPT_BYTES = 16

Patience = AsyncIterator[None]
"""Each step is the moment to ask once more; where it ends, so does the asking. It waits by itself: it has the time."""


class Unsettled(Struct, frozen=True, gc=False):
    """An append of which nobody knows whether it was stored: its bytes, its place, and its attempt id."""

    room: str
    body: bytes
    on: Position
    attempt: bytes


class StillUndecided(Exception):
    """Patience ended first. Answer `retry`, plan nothing else for the room, and `resume(unsettled)` (J2)."""

    def __init__(self, unsettled: Unsettled) -> None:
        super().__init__(f"it is unknown whether {unsettled.room} has an entry {unsettled.on.seq + 1} of ours")
        self.unsettled = unsettled


def new_attempt() -> bytes:
    """An attempt id. Every plan gets a new one; asking again about the same plan never does (J2)."""
    return secrets.token_bytes(ATTEMPT_BYTES)


async def pauses(
    bound_s: float,
    *,
    first_s: float = 0.02,
    most_s: float = 0.5,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Patience:
    """Patience of `bound_s` in all, in pauses that double."""
    pause_s = first_s
    while bound_s > 0:
        await sleep(min(pause_s, bound_s))
        yield
        bound_s -= pause_s
        pause_s = min(2 * pause_s, most_s)


async def settle(
    journal: Journal, room: str, body: bytes, on: Position, *, attempt: bytes, patience: Patience
) -> Position:
    """Append, asking again with the same bytes and attempt for as long as it is undecided; the entry's position.

    Raises Conflict, Lost, Forked; Wait (nothing was stored); StillUndecided when patience ends first. A cancelled call
    leaves the attempt undecided: `resume` it before planning anything else.
    """
    return await _settle(journal, Unsettled(room, body, on, attempt), patience, in_doubt=False)


async def resume(journal: Journal, unsettled: Unsettled, *, patience: Patience) -> Position:
    """Go on asking about an attempt that is undecided. Raises as `settle` does, but never Wait."""
    return await _settle(journal, unsettled, patience, in_doubt=True)


async def _settle(journal: Journal, unsettled: Unsettled, patience: Patience, *, in_doubt: bool) -> Position:
    while True:
        try:
            return await journal.append(unsettled.room, unsettled.body, unsettled.on, unsettled.attempt)
        except Undecided:
            in_doubt = True
        except Wait:  # a refusal of this try only: an earlier one may be stored
            if not in_doubt:
                raise
        except Conflict as conflict:
            for entry in conflict.missing:
                if entry.attempt == unsettled.attempt:
                    return entry.position
            raise
        if await anext(patience, _ENDED) is _ENDED:
            raise StillUndecided(unsettled)


_ENDED = object()


async def prove(journal: Journal, room: str, on: Position) -> Sequence[Entry]:
    """Is a projection at `on` current? The entries it lacks; none: it was, at a moment after this was asked (J3).

    Raises Lost, Forked (also when `on` was trimmed away), Unreachable.
    """
    past = await journal.read(room, on)
    if past.checkpoint is not None:
        raise Forked(past.head)
    return past.entries
