"""What people may wish on a board."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta

from rooms.model import Command as BaseCommand
from rooms.model import Level, RecordId

HOUR_MS = 3_600_000

Day = NewType("Day", str)
"""A day of the calendar, 2026-11-30; "": none."""

Text = Annotated[str, Meta(min_length=1, max_length=500)]
Title = Annotated[str, Meta(min_length=1, max_length=80)]
Name = Annotated[str, Meta(max_length=80)]
DueDay = Annotated[Day, Meta(max_length=10)]
Id = Annotated[RecordId, Meta(min_length=1, max_length=24)]
Rev = Annotated[int, Meta(ge=0, le=2**31)]
Dots = Annotated[int, Meta(ge=0, le=20)]
Budget = Annotated[int, Meta(ge=1, le=20)]
Milliseconds = Annotated[int, Meta(ge=1, le=HOUR_MS)]


class Phase(StrEnum):
    """The steps of a board, in their order; one may go back."""

    WRITE = "write"
    REVEAL = "reveal"
    GROUP = "group"
    VOTE = "vote"
    DISCUSS = "discuss"
    DONE = "done"


# ---- notes -----------------------------------------------------------------------------------------------------------


class Write(BaseCommand, frozen=True, gc=False, tag="board.write"):
    """A note at the end of a column, at the room's level of anonymity or a higher one; hidden in the phase `write`."""

    column: Id
    text: Text
    level: Level = Level.NAMED


class Edit(BaseCommand, frozen=True, gc=False, tag="board.edit"):
    """Change the words of a note as they were at `rev`."""

    note: Id
    rev: Rev
    text: Text


class Delete(BaseCommand, frozen=True, gc=False, tag="board.delete"):
    """Take a note away, with its words as they were at `rev`; votes for it are given back."""

    note: Id
    rev: Rev


class Move(BaseCommand, frozen=True, gc=False, tag="board.move"):
    """Put a note or a group in a column, or a note in a group: right after another card there; None: first.

    Is that one gone from there meanwhile, then last.
    """

    card: Id
    within: Id
    after: Id | None


# ---- groups ----------------------------------------------------------------------------------------------------------


class GroupWith(BaseCommand, frozen=True, gc=False, tag="board.group_with"):
    """Put a note with another one, in a new group if need be; or in a group."""

    note: Id
    other: Id


class NameGroup(BaseCommand, frozen=True, gc=False, tag="board.name_group"):
    """Give a group another name than it had at `rev`; "": none."""

    group: Id
    rev: Rev
    text: Name


class Ungroup(BaseCommand, frozen=True, gc=False, tag="board.ungroup"):
    """Put the notes of a group back in its column; votes for the group itself are given back."""

    group: Id


# ---- taking part -----------------------------------------------------------------------------------------------------


class Vote(BaseCommand, frozen=True, gc=False, tag="board.vote"):
    """How many dots one gives a card in all; 0: none (any more)."""

    card: Id
    dots: Dots


class Ready(BaseCommand, frozen=True, gc=False, tag="board.ready"):
    """One is done with this phase, or not yet."""

    on: bool


# ---- what it comes to ------------------------------------------------------------------------------------------------


class Plan(BaseCommand, frozen=True, gc=False, tag="board.plan"):
    """An action: what will be done, by whom (in words), by which day (2026-11-30; "": open); about a card or not."""

    text: Text
    owner: Name = ""
    due: DueDay = Day("")
    about: Id | None = None


class Decide(BaseCommand, frozen=True, gc=False, tag="board.decide"):
    """A decision, about a card or not."""

    text: Text
    about: Id | None = None


class Revise(BaseCommand, frozen=True, gc=False, tag="board.revise"):
    """Change an action or a decision as it was at `rev`; a decision has no owner and no day."""

    result: Id
    rev: Rev
    text: Text
    owner: Name = ""
    due: DueDay = Day("")


class Drop(BaseCommand, frozen=True, gc=False, tag="board.drop"):
    """Take away an action or a decision as it was at `rev`."""

    result: Id
    rev: Rev


# ---- running the board -----------------------------------------------------------------------------------------------


class Set(BaseCommand, frozen=True, gc=False, tag="board.set"):
    """How the board works. None: as it was. `level` can only be set the first time, before people come in; dots per
    person and the most for one card can only be raised once somebody voted."""

    level: Level | None = None
    budget: Budget | None = None
    most: Budget | None = None


class Go(BaseCommand, frozen=True, gc=False, tag="board.go"):
    """From one phase to another, forth or back. Leaving `write` reveals; leaving `vote` tells how many votes."""

    was: Phase
    phase: Phase


class Mute(BaseCommand, frozen=True, gc=False, tag="board.mute"):
    """Whoever wrote this note may only read here and take back what is theirs, or may take part again.

    Goes by note, and so does taking it back, also when the note is gone: nobody learns who it is, nor which notes are
    of one person.
    """

    note: Id
    on: bool


class AddColumn(BaseCommand, frozen=True, gc=False, tag="board.add_column"):
    """One more column, the last one."""

    title: Title
    hint: Name = ""


class NameColumn(BaseCommand, frozen=True, gc=False, tag="board.name_column"):
    """Change the title and the hint of a column as they were at `rev`."""

    column: Id
    rev: Rev
    title: Title
    hint: Name = ""


class MoveColumn(BaseCommand, frozen=True, gc=False, tag="board.move_column"):
    """Put a column right after another; None: first."""

    column: Id
    after: Id | None


class RemoveColumn(BaseCommand, frozen=True, gc=False, tag="board.remove_column"):
    """Take away a column in which nothing is."""

    column: Id


class Start(BaseCommand, frozen=True, gc=False, tag="board.start"):
    """Begin the timer, anew if it ran. When it ends nothing else does: nobody is cut off."""

    ms: Milliseconds


class Extend(BaseCommand, frozen=True, gc=False, tag="board.extend"):
    """So much more time, from the end of the timer or from now if that has passed."""

    ms: Milliseconds


class Stop(BaseCommand, frozen=True, gc=False, tag="board.stop"):
    """Take the timer away."""


class Ring(BaseCommand, frozen=True, gc=False, tag="board.ring"):
    """The system: the time is up."""


OfNotes = Write | Edit | Delete | Move
OfGroups = GroupWith | NameGroup | Ungroup
OfPeople = Vote | Ready | Mute
OfResults = Plan | Decide | Revise | Drop
OfColumns = AddColumn | NameColumn | MoveColumn | RemoveColumn
OfCourse = Set | Go | Start | Extend | Stop | Ring
Command = OfNotes | OfGroups | OfPeople | OfResults | OfColumns | OfCourse
