"""The forms around a projection: what an entry and a checkpoint hold, what goes into a plan and comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from realtime.journal import Position
from rooms.model import (
    ActorId,
    Command,
    CommandKey,
    Facts,
    PersonName,
    Reason,
    Record,
    RecordId,
    Role,
)
from rooms.staff import Act

E = TypeVar("E")
R = TypeVar("R")

encode = msgspec.msgpack.Encoder(order="deterministic").encode
"""The one encoding of entries, checkpoints and stored records: equal values give equal bytes in every process."""


class Versioned(Struct, frozen=True, gc=False):
    """The one field that every version of a kind can read. `v`: the version that wrote it (C9)."""

    v: int


class Batch(Versioned, Generic[E, R], frozen=True, gc=False, omit_defaults=True):
    """The body of an entry: what a batch of commands came to.

    `keys`: of every command decided, wishes already true included (C2);
    `recall`: let-go records that the events change, put back first (C6); `staff`: what owners read of it.
    """

    at: int
    keys: list[CommandKey]
    events: list[E]
    recall: dict[RecordId, R] = {}
    staff: list[Act] = []


class Kept(Struct, Generic[R], frozen=True, gc=False, array_like=True):
    """A record in a checkpoint, with the entry that last changed it."""

    seq: int
    record: R


class Whole(Versioned, Generic[R], frozen=True, gc=False):
    """The body of a checkpoint."""

    at: int
    oldest: int
    floor: int
    keys: list[tuple[CommandKey, int]]
    records: dict[RecordId, Kept[R]]


class Request(Struct, frozen=True, gc=False):
    """A command with whom it is from; `made` is the seq at which it was first made (C2), `also` their other ids."""

    key: CommandKey
    command: Command
    by: ActorId
    role: Role
    name: PersonName
    made: int
    also: tuple[ActorId, ...] = ()


class Counted(Struct, frozen=True, gc=False):
    """The command counts. `seq`: the entry that decided it; None: the one this plan appends."""

    seq: int | None


class Declined(Struct, frozen=True, gc=False):
    """The command is refused, and why; `error`: what a kind raised unexpectedly (C5)."""

    reason: Reason
    facts: Facts
    error: Exception | None = None


Verdict = Counted | Declined


class Plan(Struct, frozen=True):
    """What to append on top of `on` (nothing: None), and the verdict on each request, in order."""

    on: Position
    body: bytes | None
    verdicts: list[Verdict]


class Applied(Struct, frozen=True):
    """What one entry changed, in the order of the ids: id → the record before and after; and what memory let go of
    afterwards."""

    position: Position
    changed: Mapping[RecordId, tuple[Record | None, Record | None]]
    recalled: frozenset[RecordId]
    let_go: Mapping[RecordId, Record]


class Echo(Struct, frozen=True, gc=False):
    """A record memory let go of, as entry `seq` left it; None: deleted since."""

    seq: int
    record: Record | None
