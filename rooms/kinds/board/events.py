"""What happened on a board."""

from __future__ import annotations

from enum import StrEnum

from rooms.kinds.board.commands import Day, Phase
from rooms.model import ActorId, Level, PersonName, RecordId, Words
from rooms.model import Event as BaseEvent


class ResultSort(StrEnum):
    """What a board comes to."""

    ACTION = "action"
    DECISION = "decision"


class Arranged(BaseEvent, frozen=True, gc=False, tag="board.arranged"):
    level: Level
    budget: int
    most: int


class Turned(BaseEvent, frozen=True, gc=False, tag="board.turned"):
    """Another phase; with it the timer goes, and nobody is ready any more."""

    phase: Phase


class Revealed(BaseEvent, frozen=True, gc=False, tag="board.revealed"):
    """Hidden notes are everybody's from now on.

    Those without a named writer get `at` as their moment, and change places among each other: who saw them being
    counted can't tell which one came when.
    """

    at: int


class Tallied(BaseEvent, frozen=True, gc=False, tag="board.tallied"):
    """Everybody is told how many votes there are, or no longer is."""

    told: bool


class ColumnAdded(BaseEvent, frozen=True, gc=False, tag="board.column_added"):
    id: RecordId
    title: Words
    hint: Words
    place: int


class ColumnNamed(BaseEvent, frozen=True, gc=False, tag="board.column_named"):
    id: RecordId
    title: Words
    hint: Words


class Written(BaseEvent, frozen=True, gc=False, tag="board.written"):
    id: RecordId
    at: int
    by: ActorId
    level: Level
    name: PersonName
    text: Words
    within: RecordId
    place: int
    hidden: bool = False


class Reworded(BaseEvent, frozen=True, gc=False, tag="board.reworded"):
    """A note has other words, or a group another name."""

    id: RecordId
    text: Words


class Moved(BaseEvent, frozen=True, gc=False, tag="board.moved"):
    """A note, a group or a column has another place."""

    id: RecordId
    within: RecordId
    place: int


class Spread(BaseEvent, frozen=True, gc=False, tag="board.spread"):
    """All that lies within a column, a group or the board got places with room between them, in the order it had."""

    within: RecordId


class Grouped(BaseEvent, frozen=True, gc=False, tag="board.grouped"):
    """There is a new group; its notes move into it next."""

    id: RecordId
    within: RecordId
    place: int


class Removed(BaseEvent, frozen=True, gc=False, tag="board.removed"):
    """A note, a group, a column or a result is gone."""

    id: RecordId


class Voted(BaseEvent, frozen=True, gc=False, tag="board.voted"):
    by: ActorId
    card: RecordId
    dots: int


class Readied(BaseEvent, frozen=True, gc=False, tag="board.readied"):
    by: ActorId
    on: bool


class Muted(BaseEvent, frozen=True, gc=False, tag="board.muted"):
    """Somebody is muted by way of this note, which is theirs, or is not any more."""

    note: RecordId
    by: ActorId
    on: bool


class Concluded(BaseEvent, frozen=True, gc=False, tag="board.concluded"):
    id: RecordId
    at: int
    sort: ResultSort
    text: Words
    owner: Words = Words("")
    due: Day = Day("")
    about: RecordId | None = None


class Revised(BaseEvent, frozen=True, gc=False, tag="board.revised"):
    id: RecordId
    text: Words
    owner: Words = Words("")
    due: Day = Day("")


class Timed(BaseEvent, frozen=True, gc=False, tag="board.timed"):
    """The timer runs, since then and until then."""

    since: int
    until: int


class Stopped(BaseEvent, frozen=True, gc=False, tag="board.stopped"):
    """There is no timer any more."""


class Rang(BaseEvent, frozen=True, gc=False, tag="board.rang"):
    """The time is up, and everybody is told."""


OfCourse = Arranged | Turned | Revealed | Tallied | Timed | Stopped | Rang
OfCards = Written | Reworded | Moved | Spread | Grouped | Removed | ColumnAdded | ColumnNamed
OfPeople = Voted | Readied | Muted
OfResults = Concluded | Revised
Event = OfCourse | OfCards | OfPeople | OfResults
