"""What becomes of a wish about how the board is run: phases, columns, the timer."""

from __future__ import annotations

from typing import assert_never

from rooms.kinds.board.commands import (
    AddColumn,
    Extend,
    Go,
    MoveColumn,
    NameColumn,
    OfColumns,
    OfCourse,
    Phase,
    RemoveColumn,
    Ring,
    Set,
    Start,
    Stop,
)
from rooms.kinds.board.events import (
    Arranged,
    ColumnAdded,
    ColumnNamed,
    Event,
    Moved,
    Rang,
    Removed,
    Revealed,
    Spread,
    Stopped,
    Tallied,
    Timed,
    Turned,
)
from rooms.kinds.board.placing import LAST, ordered, room_after
from rooms.kinds.board.records import BOARD, ballots, board, clock, column_of, head
from rooms.kinds.board.wording import one_line, title
from rooms.model import Reason, RecordId, Records, Refused, Stamp, minute_of

COLUMNS = 12


# ---- phases and the timer --------------------------------------------------------------------------------------------


def decide_course(records: Records, command: OfCourse, stamp: Stamp) -> list[Event]:
    timer = clock(records)
    match command:
        case Set():
            return _decide_set(records, command)
        case Go():
            return _decide_go(records, command, stamp)
        case Start(ms=ms):
            same = timer is not None and (timer.since, timer.until) == (stamp.at, stamp.at + ms)
            return [] if same else [Timed(stamp.at, stamp.at + ms)]
        case Extend(ms=ms):
            if timer is None:
                raise Refused(Reason.NOT_FOUND)
            return [Timed(timer.since, max(timer.until, stamp.at) + ms)]
        case Stop():
            return [Stopped()] if timer is not None else []
        case Ring():
            return [Rang()] if timer is not None and not timer.rang and timer.until <= stamp.at else []
    assert_never(command)


def _decide_set(records: Records, command: Set) -> list[Event]:
    """The first time it is written down, whatever it says: the page needn't know what goes without saying."""
    now = board(records)
    after = Arranged(
        now.level if command.level is None else command.level,
        now.budget if command.budget is None else command.budget,
        now.most if command.most is None else command.most,
    )
    if after.level is not now.level and (BOARD in records or head(records).written):  # people came in knowing it (C7)
        raise Refused(Reason.TOO_OPEN, level=now.level)
    if (after.budget < now.budget or after.most < now.most) and any(ballots(records)):
        raise Refused(Reason.INVALID, budget=now.budget, most=now.most)
    as_it_was = (after.level, after.budget, after.most) == (now.level, now.budget, now.most)
    return [] if BOARD in records and as_it_was else [after]


def _decide_go(records: Records, command: Go, stamp: Stamp) -> list[Event]:
    """Two who wish the next phase at once wish the same one; who wishes it from a phase that is over is told."""
    now, to = board(records).phase, command.phase
    if now is to:
        return []
    if now is not command.was:
        raise Refused(Reason.STALE, phase=now)
    events: list[Event] = [Turned(to)]
    if now is Phase.WRITE:
        events.append(Revealed(minute_of(stamp.at)))
    if Phase.VOTE in (now, to):
        events.append(Tallied(told=now is Phase.VOTE))
    return events


# ---- columns ---------------------------------------------------------------------------------------------------------


def decide_columns(records: Records, command: OfColumns, stamp: Stamp) -> list[Event]:
    match command:
        case AddColumn():
            return _decide_add(records, command, stamp)
        case NameColumn(column=id, rev=rev):
            column = column_of(records, id)
            if column.rev != rev:
                raise Refused(Reason.STALE, rev=column.rev, text=column.title)
            called, hint = title(command.title), one_line(command.hint)
            return [] if (called, hint) == (column.title, column.hint) else [ColumnNamed(id, called, hint)]
        case MoveColumn(column=id, after=after):
            return _decide_move(records, id, after)
        case RemoveColumn(column=id):
            column_of(records, id)
            if ordered(records, id):
                raise Refused(Reason.OCCUPIED)
            return [Removed(id)]
    assert_never(command)


def _decide_add(records: Records, command: AddColumn, stamp: Stamp) -> list[Event]:
    if len(ordered(records, BOARD)) >= COLUMNS:
        raise Refused(Reason.FULL, most=COLUMNS)
    room = room_after(records, BOARD, LAST)
    assert room is not None, "what is new lies nowhere yet"
    added = ColumnAdded(stamp.id, title(command.title), one_line(command.hint), room.places[0])
    return [Spread(BOARD), added] if room.spread else [added]


def _decide_move(records: Records, id: RecordId, after: RecordId | None) -> list[Event]:
    column_of(records, id)
    room = room_after(records, BOARD, after, moving=id)
    if room is None:
        return []
    moved = Moved(id, BOARD, room.places[0])
    return [Spread(BOARD), moved] if room.spread else [moved]
