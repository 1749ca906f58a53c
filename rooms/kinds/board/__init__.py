"""Board: people write notes in columns, first each for themselves; then all are revealed, grouped, voted on, discussed.

What may be done in which phase is one table (`phases`). Hidden notes leave the server for nobody but their writer, in a
private copy; everybody knows how many there are. Votes are private ballots, one for each person, and counted for all
when voting is over. They stay when the board goes back to an earlier phase; with a note or a group that is taken away
they are given back. Votes are for what lies in a column: a group counts those for itself, and those that its notes got
before they were grouped.

Every act is undone by another one: `write` and `delete`, `group` and `move` or `ungroup`, `plan` or `decide` and
`drop`, `add_column` and `remove_column`, `start` and `stop`; the others by themselves, with what was before.
Only what is revealed stays so.
"""

from __future__ import annotations

from rooms import lifecycle
from rooms.kinds.board.commands import (
    AddColumn,
    Command,
    Decide,
    Delete,
    Drop,
    Edit,
    Extend,
    Go,
    GroupWith,
    Move,
    MoveColumn,
    Mute,
    NameColumn,
    NameGroup,
    Plan,
    Ready,
    RemoveColumn,
    Revise,
    Ring,
    Set,
    Start,
    Stop,
    Ungroup,
    Vote,
    Write,
)
from rooms.kinds.board.deciding import decide
from rooms.kinds.board.events import Event
from rooms.kinds.board.evolving import evolve
from rooms.kinds.board.law import invariant
from rooms.kinds.board.leaving import outcome
from rooms.kinds.board.records import Note, Record
from rooms.kinds.board.showing import due, show, signs
from rooms.kinds.board.unlinking import unlink
from rooms.lifecycle import RUN, TAKE_BACK, TAKE_PART, Rights
from rooms.model import Reason
from rooms.staff import Logged, Told

__all__ = [
    "LOGGED",
    "REASONS",
    "REPORTABLE",
    "RIGHTS",
    "VERSION",
    "Command",
    "Event",
    "Record",
    "decide",
    "due",
    "evolve",
    "invariant",
    "outcome",
    "show",
    "signs",
    "unlink",
]

VERSION = 2

RIGHTS: lifecycle.Table = {
    **dict.fromkeys(
        (Write, Edit, Move, GroupWith, NameGroup, Ungroup, Vote, Ready, Plan, Decide, Revise, Drop),
        TAKE_PART,
    ),
    Delete: TAKE_BACK,
    **dict.fromkeys(
        (Set, Go, Mute, AddColumn, NameColumn, MoveColumn, RemoveColumn, Start, Extend, Stop),
        RUN,
    ),
    Ring: Rights(),
}

REASONS = frozenset(
    {
        Reason.FORBIDDEN,
        Reason.NOT_FOUND,
        Reason.EMPTY,
        Reason.INVALID,
        Reason.FULL,
        Reason.STALE,
        Reason.SPENT,
        Reason.MUTED,
        Reason.SECRET_GONE,
        Reason.TOO_OPEN,
        Reason.OCCUPIED,
        Reason.PHASE,
    }
)

REPORTABLE = (Note,)

LOGGED: Logged = {
    Delete: Told("note"),
    RemoveColumn: Told(),
    Mute: Told(detail="on"),  # not by way of which note: closing forgets that (C7)
}
