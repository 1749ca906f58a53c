"""Boards in which something happened, for their specification."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.kind import kinds
from rooms.kinds.board.commands import Phase
from rooms.kinds.board.events import ColumnAdded, Event, Grouped, Moved, Revealed, Tallied, Turned, Written
from rooms.kinds.board.placing import GAP, ordered
from rooms.kinds.board.records import Board, Column, Group, Note, Own, Result, board, own_id
from rooms.model import ActorId, Level, PersonName, RecordId, Role, Stamp, Viewer, Words
from tests.rooms.specification import ANNE, BRAM, DIRK, NOW, Given, Somebody

KEEP, CHANGE = RecordId("keep"), RecordId("change")
A, B, C, D, G = (RecordId(letter) for letter in "abcdg")
MINUTE = NOW // 60_000 * 60_000


class Unlinked(Somebody):
    """Somebody with their second id and their nickname, who are known to be both (C7)."""

    def __init__(self, who: Somebody) -> None:
        super().__init__(f"other-{who.name}", who.role)
        self.name = PersonName(f"Merel {len(who.name)}")
        self._named = who.actor

    def stamp(self, id: str, at: int = NOW) -> Stamp:
        return Stamp(RecordId(id), at, self.actor, self.role, self.name, (self._named,))


class Named(Somebody):
    """Somebody by name, whose second id is known as well."""

    def __init__(self, who: Somebody) -> None:
        super().__init__(who.name, who.role)
        self._other = Unlinked(who).actor

    def stamp(self, id: str, at: int = NOW) -> Stamp:
        return Stamp(RecordId(id), at, self.actor, self.role, self.name, (self._other,))


UNKNOWN_ANNE, UNKNOWN_BRAM, UNKNOWN_DIRK = Unlinked(ANNE), Unlinked(BRAM), Unlinked(DIRK)
AUDIENCE, STAFF = Viewer((), Role.GUEST), Viewer((), Role.MODERATOR)
EVERYBODY = [Viewer((ANNE.actor, UNKNOWN_ANNE.actor), role) for role in Role]


def columns() -> list[Event]:
    return [
        ColumnAdded(KEEP, Words("Houden"), Words(""), 0),
        ColumnAdded(CHANGE, Words("Veranderen"), Words(""), GAP),
    ]


def written(
    id: RecordId,
    by: Somebody = ANNE,
    *,
    within: RecordId = KEEP,
    place: int | None = None,
    level: Level = Level.NAMED,
    text: str = "",
    hidden: bool = False,
) -> Written:
    """Notes called a, b, c … lie in that order."""
    name = PersonName("") if level is Level.ANONYMOUS else by.name
    at = NOW if level is Level.NAMED else MINUTE
    place = (ord(id[0]) - ord("a")) * GAP if place is None else place
    return Written(id, at, by.actor, level, name, Words(text or f"briefje {id}"), within, place, hidden=hidden)


def grouped(*notes: RecordId) -> list[Event]:
    """Group g in the column `keep`, behind everything, with these notes."""
    return [Grouped(G, KEEP, 100 * GAP), *(Moved(note, G, n * GAP) for n, note in enumerate(notes))]


def given(*events: Event, phase: Phase = Phase.WRITE) -> Given:
    """A board with two columns, in a phase; what happened is told as if it had always been there."""
    to: list[Event] = [] if phase is Phase.WRITE else [Turned(phase)]
    return Given(kinds()["board"], *columns(), *to, *events)


def hidden(*events: Event) -> Given:
    return Given(kinds()["board"], *columns(), *events)


def revealed(*events: Event, phase: Phase = Phase.REVEAL) -> Given:
    return Given(kinds()["board"], *columns(), *events, Turned(phase), Revealed(MINUTE))


def told(*votes: Event) -> list[Event]:
    """Votes that were given, and are told."""
    return [Turned(Phase.VOTE), Tallied(told=False), *votes, Turned(Phase.DISCUSS), Tallied(told=True)]


def in_order(room: Given, within: RecordId = KEEP) -> Sequence[str]:
    return [id for _, id in ordered(room.records, within)]


def note(room: Given, id: RecordId = A) -> Note:
    found = room.records[id]
    assert isinstance(found, Note)
    return found


def group(room: Given, id: RecordId = G) -> Group:
    found = room.records[id]
    assert isinstance(found, Group)
    return found


def own(room: Given, id: RecordId = A) -> Own:
    found = room.records[own_id(id)]
    assert isinstance(found, Own)
    return found


def column(room: Given, id: RecordId = KEEP) -> Column:
    found = room.records[id]
    assert isinstance(found, Column)
    return found


def result(room: Given, id: RecordId) -> Result:
    found = room.records[id]
    assert isinstance(found, Result)
    return found


def desk(room: Given) -> Board:
    return board(room.records)


def seen(room: Given, id: RecordId, viewer: Viewer) -> Note | None:
    shown = room.kind.show(room.records[id], viewer)
    assert shown is None or isinstance(shown, Note)
    return shown


def by_actor(actor: ActorId, role: Role = Role.GUEST) -> Viewer:
    return Viewer((actor,), role)
