"""The journal: the ordered record of every live room, and the only thing processes share (rules J).

This module is the interface; `local` (SQLite) implements it, `loop` is the one way to append with proof (J2, J3).
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from msgspec import Struct

MARK_BYTES = 8
TAIL = 1_000
"""Entries that stay readable behind a checkpoint."""


class Position(Struct, frozen=True, gc=False, order=True):
    """Where a room is: the number of its last entry, and the hash of everything before (J1)."""

    seq: int
    mark: bytes


UNBORN = Position(0, b"")
"""The position of a room without entries."""


class Entry(Struct, frozen=True, gc=False):
    """One stored entry. `attempt` is the id its appender gave it (J2); `body` is opaque here."""

    seq: int
    mark: bytes
    attempt: bytes
    body: bytes

    @property
    def position(self) -> Position:
        return Position(self.seq, self.mark)


class Whisper(Struct, frozen=True, gc=False):
    """Something delivered to every follower and never kept (F7)."""

    body: bytes


class Checkpoint(Struct, frozen=True, gc=False):
    """A room's whole state as of a position; opaque here."""

    position: Position
    body: bytes


class Past(Struct, frozen=True, gc=False):
    """What `read` found, as one consistent look. Without a checkpoint the entries follow the asked position."""

    head: Position
    checkpoint: Checkpoint | None
    entries: Sequence[Entry]


News = Entry | Whisper


class Conflict(Exception):
    """Somebody appended first; `missing` are the entries after the position asked for, complete and in order."""

    def __init__(self, missing: Sequence[Entry]) -> None:
        super().__init__(f"{len(missing)} entries came first")
        self.missing = missing


class Lost(Exception):
    """The journal's head is missing, or lower than the position asked for."""

    def __init__(self, head: Position) -> None:
        super().__init__(f"the journal ends at {head.seq}")
        self.head = head


class Forked(Exception):
    """The journal has another past than the position asked for, or no longer knows it: reload the room."""

    def __init__(self, head: Position) -> None:
        super().__init__(f"the journal has another past, ending at {head.seq}")
        self.head = head


class Wait(Exception):
    """Another process has the turn (J7); try again after `retry_ms`."""

    def __init__(self, retry_ms: int) -> None:
        super().__init__(f"another process has the turn for {retry_ms} ms")
        self.retry_ms = retry_ms


class Undecided(Exception):
    """It is unknown whether the entry was stored: ask again with the same attempt and bytes (J2)."""


class Unreachable(Exception):
    """The journal cannot be read or told anything right now, or is closed; nothing is known to have changed."""


class Journal(Protocol):
    """At least one process; every method may be called for many rooms at once.

    Every method but `append` and `whisper` raises Unreachable while the journal is out of order.
    """

    async def append(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position:
        """Store and announce one entry on top of `on`, as one act; the entry's position.

        Answers in bounded time. Repeating a stored attempt (same bytes, same `on`) answers its position.
        Raises Conflict, Lost, Forked, Wait, Undecided; a cancelled call is undecided too.
        """

    async def read(self, room: str, after: Position | None) -> Past:
        """Entries after a known position, or (None, or trimmed meanwhile) the checkpoint and what follows it.

        Raises Lost or Forked for a position that is not on the journal's chain.
        """

    def follow(self, room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        """Entries after `after`, past then live, without gap or repeat; whispers pass by in between.

        Raises Lost or Forked when the position is not, or no longer, on the chain or was trimmed away.
        """

    async def mend(self, room: str, on: Position, entries: Sequence[Entry]) -> None:
        """Append again, as they were, entries that came after `on` and that the journal lost (J8).

        Does nothing where the journal stands elsewhere by now: look again.
        """

    async def whisper(self, room: str, body: bytes) -> None:
        """Deliver to every follower of the room, in every process. May be dropped under load."""

    async def pending(self, *, wait: bool = True) -> Sequence[str]:
        """Rooms with entries the database lacks; waits until there is at least one, unless told not to."""

    async def drained(self, room: str, upto: Position) -> None:
        """The database has every entry up to and including `upto`."""

    async def drained_upto(self, room: str) -> int:
        """The seq up to which the database is known to have the room."""

    async def checkpoint(self, room: str, upto: Position, body: bytes) -> None:
        """Keep a state; entries older than it by more than TAIL may go, once they are drained."""


def next_mark(before: bytes, body: bytes) -> bytes:
    """The mark of an entry: hash(previous mark ‖ entry bytes)."""
    return hashlib.blake2b(before + body, digest_size=MARK_BYTES).digest()


def mark_on(on: Position, body: bytes, attempt: bytes) -> bytes:
    """The mark of an entry on top of `on`; at birth the attempt's random bytes are what came before (J1)."""
    return next_mark(on.mark or attempt, body)
