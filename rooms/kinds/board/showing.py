"""Who sees what of a board."""

from __future__ import annotations

from msgspec.structs import replace

from rooms.kinds.board import phases
from rooms.kinds.board.commands import Command, Ready, Ring, Vote, Write
from rooms.kinds.board.records import CLOCK, Board, Head, Mutes, Note, clock
from rooms.model import ActorId, Level, Records, Signs, Timer, Viewer
from rooms.model import Record as BaseRecord


def show(record: BaseRecord, viewer: Viewer) -> BaseRecord | None:
    """A hidden note nobody, staff neither: its writer has a private copy. Of a note that isn't named nobody learns
    whose it is, nor who is muted: staff are told by way of which notes. The board says what the viewer may do now."""
    match record:
        case Mutes(notes=notes):
            return Mutes(notes=dict.fromkeys(notes, ActorId(""))) if viewer.role.staff else None
        case Head():
            return None
        case Note(hidden=True):
            return None
        case Note(level=level) if level is not Level.NAMED:
            return replace(record, by=ActorId(""))
        case Board(phase=phase):
            return replace(record, may=phases.may(phase, viewer.role))
    return record


def signs(records: Records, command: Command) -> Signs:
    """Votes, readiness and notes without a name are signed with the id that cannot be linked (C7).

    It depends on the command alone, so a resend is signed the same (C2); whoever changes their own note is known by
    either id, and neither is written down.
    """
    match command:
        case Vote() | Ready():
            return Signs.UNLINKABLE
        case Write(level=level) if level is not Level.NAMED:
            return Signs.UNLINKABLE
    return Signs.NAMED


def due(records: Records) -> Timer | None:
    timer = clock(records)
    return Timer(timer.until, CLOCK, Ring()) if timer is not None and not timer.rang else None
