"""What is recorded of a board, and how it is found."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from rooms.kinds.board.commands import Day, Phase
from rooms.kinds.board.events import ResultSort
from rooms.model import ActorId, Level, PersonName, Reason, RecordId, Records, Refused, Words
from rooms.model import Record as BaseRecord

BOARD = RecordId("board")
CLOCK = RecordId("clock")
HEAD = RecordId("head")
MUTES = RecordId("mutes")


class Who(StrEnum):
    """Who may give a command in a phase."""

    EVERYBODY = "everybody"
    WRITER = "writer"
    STAFF = "staff"


class Board(BaseRecord, frozen=True, gc=False, tag="board", omit_defaults=True, kw_only=True):
    """The phase, and how the board works: dots per person, the most for one card, how many are ready with this phase.

    `may`: tags of what the viewer may do in this phase, and to whose notes: everybody's, or as their writer.
    """

    phase: Phase = Phase.WRITE
    level: Level = Level.NAMED
    budget: int = 5
    most: int = 3
    ready: int = 0
    may: dict[str, Who] = {}


class Column(BaseRecord, frozen=True, gc=False, tag="board.column", omit_defaults=True, kw_only=True):
    """A column; those with a higher `place` come later. `hidden`: how many notes in it are not revealed yet."""

    title: Words
    hint: Words = Words("")
    place: int
    rev: int = 0
    hidden: int = 0


class Note(BaseRecord, frozen=True, gc=False, tag="board.note", omit_defaults=True, kw_only=True):
    """A note within a column or a group, before those with a higher `place`. `by`, `name`: shown as its level allows.

    `votes`: for the note itself, told once voting is over. `rev` counts its wordings.
    """

    at: int
    within: RecordId
    place: int
    text: Words
    level: Level
    by: ActorId = ActorId("")
    name: PersonName = PersonName("")
    hidden: bool = False
    votes: int = 0
    rev: int = 0


class Group(BaseRecord, frozen=True, gc=False, tag="board.group", omit_defaults=True, kw_only=True):
    """Notes that belong together, within a column; `text` is their name, if they have one.

    `votes`: for the group itself; those that its notes had before they were grouped count for it as well.
    """

    within: RecordId
    place: int
    text: Words = Words("")
    votes: int = 0
    rev: int = 0


class Own(BaseRecord, frozen=True, gc=False, tag="board.own", omit_defaults=True, kw_only=True):
    """That a note is one's own; as long as it is hidden, all of it. Private."""

    note: RecordId
    within: RecordId = RecordId("")
    place: int = 0
    text: Words = Words("")
    rev: int = 0


class Ballot(BaseRecord, frozen=True, gc=False, tag="board.ballot", omit_defaults=True, kw_only=True):
    """One person's votes: card → dots. Private."""

    dots: dict[RecordId, int]


class Readiness(BaseRecord, frozen=True, gc=False, tag="board.readiness", omit_defaults=True, kw_only=True):
    """That one is done with this phase. Private."""


class Mutes(BaseRecord, frozen=True, gc=False, tag="board.mutes", omit_defaults=True, kw_only=True):
    """note → whom it muted, also when the note is gone. Staff are told which notes; nobody is told who."""

    notes: dict[RecordId, ActorId]


class Result(BaseRecord, frozen=True, gc=False, tag="board.result", omit_defaults=True, kw_only=True):
    """An action or a decision; of nobody in particular, so everybody may better it."""

    at: int
    sort: ResultSort
    text: Words
    owner: Words = Words("")
    due: Day = Day("")
    about: RecordId | None = None
    rev: int = 0


class Clock(BaseRecord, frozen=True, gc=False, tag="board.clock", omit_defaults=True, kw_only=True):
    """The timer, and whether it rang."""

    since: int
    until: int
    rang: bool = False


class Head(BaseRecord, frozen=True, gc=False, tag="board.head", omit_defaults=True, kw_only=True):
    """Notes ever written; notes and results there are now. Nobody is shown it."""

    written: int = 0
    notes: int = 0
    results: int = 0


Record = Board | Column | Note | Group | Own | Ballot | Readiness | Mutes | Result | Clock | Head
Card = Note | Group


def board(records: Records) -> Board:
    found = records.get(BOARD)
    return found if isinstance(found, Board) else Board()


def head(records: Records) -> Head:
    found = records.get(HEAD)
    return found if isinstance(found, Head) else Head()


def clock(records: Records) -> Clock | None:
    found = records.get(CLOCK)
    return found if isinstance(found, Clock) else None


def muted(records: Records) -> dict[RecordId, ActorId]:
    """note → whom it muted."""
    found = records.get(MUTES)
    return found.notes if isinstance(found, Mutes) else {}


def column_of(records: Records, id: RecordId) -> Column:
    """Raises Refused(not_found), as do those below."""
    found = records.get(id)
    if not isinstance(found, Column):
        raise Refused(Reason.NOT_FOUND)
    return found


def card_of(records: Records, id: RecordId) -> Card:
    found = records.get(id)
    if not isinstance(found, Card):
        raise Refused(Reason.NOT_FOUND)
    return found


def note_of(records: Records, id: RecordId) -> Note:
    found = records.get(id)
    if not isinstance(found, Note):
        raise Refused(Reason.NOT_FOUND)
    return found


def group_of(records: Records, id: RecordId) -> Group:
    found = records.get(id)
    if not isinstance(found, Group):
        raise Refused(Reason.NOT_FOUND)
    return found


def result_of(records: Records, id: RecordId) -> Result:
    found = records.get(id)
    if not isinstance(found, Result):
        raise Refused(Reason.NOT_FOUND)
    return found


def own_id(note: RecordId) -> RecordId:
    """Writing makes two records: the note, and as its first further one what its writer knows of it."""
    return RecordId(f"{note}~1")


def ballot_id(actor: ActorId) -> RecordId:
    """Where one person's votes are kept; says nothing of the person (C3)."""
    return _place_of("ballot", actor)


def readiness_id(actor: ActorId) -> RecordId:
    """Where it is kept that somebody is ready; says nothing of the person (C3)."""
    return _place_of("ready", actor)


def vote_id(card: RecordId, actor: ActorId) -> RecordId:
    """What an alias of one person's votes for one card is made for (C7): none else has it."""
    return _place_of(f"vote\x00{card}", actor)


def _place_of(what: str, actor: ActorId) -> RecordId:
    return RecordId(hashlib.blake2b(f"{what}\x00{actor}".encode(), digest_size=10).hexdigest())


def dots_of(records: Records, actor: ActorId) -> dict[RecordId, int]:
    """card → how many dots somebody gave it."""
    found = records.get(ballot_id(actor))
    return found.dots if isinstance(found, Ballot) else {}


def ballots(records: Records) -> Iterator[tuple[RecordId, Ballot]]:
    return ((id, r) for id, r in records.items() if isinstance(r, Ballot))


def tally(records: Records) -> Counter[RecordId]:
    """card → dots for it, of everybody."""
    count: Counter[RecordId] = Counter()
    for _, ballot in ballots(records):
        count.update(ballot.dots)
    return count
