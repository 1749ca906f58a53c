"""The words every room speaks: who acts, what is recorded, why a command is refused.

Everything here is a value. Instants are integer milliseconds UTC and called `at`; ids are opaque text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NewType

from msgspec import Struct

RecordId = NewType("RecordId", str)
ActorId = NewType("ActorId", str)
CommandKey = NewType("CommandKey", str)

Words = NewType("Words", str)
"""Text a person wrote. A type of its own so that encryption per person can be put in at the journal's edge (C9)."""

PersonName = NewType("PersonName", str)
"""The name a person goes by in a room; a type of its own for the same reason."""

type_tag = "t"
"""The field that names a command, an event, a record and a wire message."""


MINUTE_MS = 60_000


def minute_of(at: int) -> int:
    """When (ms) the minute of an instant begins: all that is told where a moment could tell who (C7)."""
    return at // MINUTE_MS * MINUTE_MS


class Role(StrEnum):
    """What a person may do in a community. A ladder, with SCREEN and SYSTEM beside it."""

    SCREEN = "screen"
    GUEST = "guest"
    MEMBER = "member"
    MODERATOR = "moderator"
    OWNER = "owner"
    SYSTEM = "system"

    def includes(self, least: Role) -> bool:
        """True when this role may do whatever `least` may. A screen may nothing; the system everything."""
        return _RANK[self] >= _RANK[least]

    @property
    def staff(self) -> bool:
        return self in (Role.MODERATOR, Role.OWNER)


_RANK = {role: rank for rank, role in enumerate(Role)}


class Viewer(Struct, frozen=True, gc=False):
    """Someone who looks at a room: the one or two actor ids they have in it (C7), and their role."""

    actors: tuple[ActorId, ...]
    role: Role


class Level(StrEnum):
    """How much of a person is shown with what they say (C7). Higher hides more."""

    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"

    def covers(self, floor: Level) -> bool:
        """True when this level hides at least as much as `floor`."""
        return _HIDES[self] >= _HIDES[floor]


_HIDES = {level: rank for rank, level in enumerate(Level)}


class Stamp(Struct, frozen=True, gc=False):
    """Everything a decision may not invent (C1).

    `id` is the command key and the id of the first record the command makes; `nth(n)` names further ones.
    `at` is never before the room's last `at`. `name` is what the person is called here ("" where nobody has a name).
    """

    id: RecordId
    at: int
    by: ActorId
    role: Role
    name: PersonName = PersonName("")
    also: tuple[ActorId, ...] = ()
    """The person's other ids here: to be looked at, never to be written into an event (C7)."""

    def nth(self, n: int) -> RecordId:
        """The id of the n-th record (1, 2, ...) that one command makes."""
        return RecordId(f"{self.id}~{n}")


class Command(Struct, frozen=True, gc=False, tag_field=type_tag, forbid_unknown_fields=True):
    """What somebody wishes. Imperative; states the wish (`on=True`), never a toggle (C2)."""


class Event(Struct, frozen=True, gc=False, tag_field=type_tag, omit_defaults=True):
    """What happened. Past tense; only ever gains fields that have defaults (C9)."""


class Record(Struct, frozen=True, gc=False, tag_field=type_tag, omit_defaults=True, kw_only=True):
    """One thing in a room. `only` names the single actor who may know of it; None: the room's audiences (C3)."""

    only: ActorId | None = None


class Numbered(Record, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A record that memory may let go of (C6): `n` counts 1, 2, 3 … in the room and orders its pages."""

    n: int


Records = Mapping[RecordId, Record]
Changes = Mapping[RecordId, Record | None]
"""Records after a change; None: the record is gone."""

Fact = str | int | bool | None
Facts = Mapping[str, Fact]


class Reason(StrEnum):
    """Stable codes: programs read them, the catalogue in web/locales turns them into sentences (C5)."""

    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    REMOVED = "removed"
    EMPTY = "empty"
    INVALID = "invalid"
    FULL = "full"
    PLANNED = "planned"
    LOCKED = "locked"
    CLOSED = "closed"
    STALE = "stale"
    HELD = "held"
    SPENT = "spent"
    NOT_ASKING = "not_asking"
    MUTED = "muted"
    SLOW = "slow"
    TOO_OPEN = "too_open"
    STATUS = "status"
    OCCUPIED = "occupied"
    PHASE = "phase"
    SECRET_GONE = "secret_gone"
    # Raised around a kind, never by one:
    BUSY = "busy"
    RETRY = "retry"
    FAULT = "fault"
    UNKNOWN = "unknown"
    LIMITED = "limited"
    NOT_JOINED = "not_joined"


class Refused(Exception):
    """The room says no. Nothing changed, and only the sender is told."""

    def __init__(self, reason: Reason, **facts: Fact) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts: Facts = facts


class Signs(StrEnum):
    """Which of a person's actor ids a command is stamped with (C7)."""

    NAMED = "named"
    UNLINKABLE = "unlinkable"


Alias = Callable[[ActorId, RecordId], ActorId]
"""Who stands for an actor where one record is concerned; nobody can tell back (C7)."""


class Timer(Struct, frozen=True, gc=False):
    """A command that the room itself gives at `at` (C8); `record` is the record that keeps the time."""

    at: int
    record: RecordId
    command: Command


class Line(Struct, frozen=True, gc=False):
    """One thing a closed room leaves behind: a pinned message, an answered question, an action.

    `by`: who said it, only where it was said under one's name (C7). `about`: which sort of thing it is; `heading`:
    what it stood under, a column or a label; `answer`: of a question; `part_of`: the line it belongs to; `owner`: who
    will do it, in words that people wrote; `due`: the day it will be done by, 2026-11-30.
    """

    record: RecordId
    at: int
    text: Words
    by: PersonName
    about: str
    votes: int = 0
    heading: Words = Words("")
    answer: Words = Words("")
    part_of: RecordId | None = None
    owner: Words = Words("")
    due: str = ""


class Outcome(Struct, frozen=True):
    """What the library keeps of a closed room: nothing its audience might not know, nothing of whoever was muted.

    To be taken before a room is unlinked, for that forgets mutes (C7).
    """

    lines: tuple[Line, ...] = ()
