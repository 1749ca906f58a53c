"""Reports: whoever sees something that should not be there tells the room's staff. Who told stays unknown to everybody.

For kinds that say what can be reported (`REPORTABLE`). A report stands until staff dismiss it, or until what it is
about is no longer there for everybody to see: removed, taken back, declined.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, assert_never

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.lifecycle import RUN, TAKE_BACK, Table
from rooms.model import (
    ActorId,
    Changes,
    Command,
    Event,
    Reason,
    Record,
    RecordId,
    Records,
    Refused,
    Role,
    Stamp,
    Viewer,
    minute_of,
)
from rooms.staff import Logged, Told

REPORTS = RecordId("reports")
MOST = 50
"""Things reported at a time in one room."""
MOST_OF_ONE = 10
"""Of them, by one person."""
MOST_REPORTERS = 20
"""Of one thing; then it is clear enough."""
STRANGER = Viewer((), Role.GUEST)

Id = Annotated[RecordId, Meta(min_length=1, max_length=24)]


class Why(StrEnum):
    """What is wrong with it, as people choose."""

    UNKIND = "unkind"
    PRIVATE = "private"
    SPAM = "spam"
    OTHER = "other"


class Report(Command, frozen=True, gc=False, tag="room.report"):
    """Tell staff of something that should not be there."""

    record: Id
    why: Why


class Dismiss(Command, frozen=True, gc=False, tag="room.dismiss"):
    """Staff: it may stay; the reports of it are gone."""

    record: Id


class Reported(Event, frozen=True, gc=False, tag="room.reported"):
    """`at`: the minute."""

    record: RecordId
    at: int
    by: ActorId
    why: Why


class Dismissed(Event, frozen=True, gc=False, tag="room.dismissed"):
    record: RecordId


class Thing(Struct, frozen=True, gc=False, omit_defaults=True):
    """What is reported of one record. `at`: the minute of the latest; `by`: shown to nobody."""

    at: int
    why: dict[Why, int]
    by: tuple[ActorId, ...] = ()


class Reports(Record, frozen=True, gc=False, tag="room.reports", omit_defaults=True, kw_only=True):
    """Staff are shown what is reported, how often and why, and never by whom; others nothing."""

    things: dict[RecordId, Thing]


RIGHTS: Table = {Report: TAKE_BACK, Dismiss: RUN}
REASONS = frozenset({Reason.NOT_FOUND, Reason.FULL})
EVENTS, RECORD = (Reported, Dismissed), Reports
LOGGED: Logged = {Dismiss: Told("record", own=True)}

Show = Callable[[Record, Viewer], Record | None]


class Reporting:
    """Reports in rooms of one kind. `reportable`: its records that can be; `show`: who is shown which of them."""

    def __init__(self, reportable: tuple[type[Record], ...], show: Show) -> None:
        self._reportable, self._show = reportable, show

    def decide(self, records: Records, command: Report | Dismiss, stamp: Stamp) -> list[Event]:
        """Reporting the same again is a wish already true. Raises Refused: `not_found`, `full`."""
        things = things_of(records)
        match command:
            case Dismiss(record=record):
                return [Dismissed(record)] if record in things else []
            case Report(record=record):
                if not self._stands(records.get(record)):
                    raise Refused(Reason.NOT_FOUND)
                return _decide(things, record, command.why, stamp)
        assert_never(command)

    def settle(self, records: Records, changes: Changes) -> Changes:
        """The changes, and that reports of what is no longer there for everybody are gone."""
        things = things_of(records)
        gone = [id for id, after in changes.items() if id in things and not self._stands(after)]
        return {**changes, **_without(things, gone)} if gone else changes

    def invariant(self, records: Records) -> bool:
        """Within bounds, each reporter counted once, and only of what stands; memory may have let go of that (C6)."""
        if REPORTS not in records:
            return True
        things = things_of(records)
        return (
            0 < len(things) <= MOST
            and all(len(set(t.by)) == len(t.by) == sum(t.why.values()) <= MOST_REPORTERS for t in things.values())
            and all(self._stands(records[id]) for id in things if id in records)
        )

    def _stands(self, record: Record | None) -> bool:
        """Whether everybody may see it, and something is there to see."""
        there = isinstance(record, self._reportable) and not getattr(record, "removed", False)
        return record is not None and there and self._show(record, STRANGER) is not None


def things_of(records: Records) -> dict[RecordId, Thing]:
    """record → what is reported of it"""
    found = records.get(REPORTS)
    return found.things if isinstance(found, Reports) else {}


def evolve(records: Records, event: Reported | Dismissed) -> Changes:
    things = things_of(records)
    match event:
        case Dismissed(record=record):
            return _without(things, [record])
        case Reported(record=record, at=at, by=by, why=why):
            before = things.get(record, Thing(at, {}))
            after = Thing(at, {**before.why, why: before.why.get(why, 0) + 1}, (*before.by, by))
            return {REPORTS: Reports(things={**things, record: after})}
    assert_never(event)


def show(record: Reports, viewer: Viewer) -> Reports | None:
    if not viewer.role.staff:
        return None
    return Reports(things={id: replace(thing, by=()) for id, thing in record.things.items()})


def _decide(things: dict[RecordId, Thing], record: RecordId, why: Why, stamp: Stamp) -> list[Event]:
    theirs = {id for id, thing in things.items() if {stamp.by, *stamp.also} & {*thing.by}}
    if record in theirs or (record in things and len(things[record].by) >= MOST_REPORTERS):
        return []
    if len(theirs) >= MOST_OF_ONE:
        raise Refused(Reason.FULL, most=MOST_OF_ONE)
    if record not in things and len(things) >= MOST:
        raise Refused(Reason.FULL, most=MOST)
    return [Reported(record, minute_of(stamp.at), stamp.by, why)]


def _without(things: dict[RecordId, Thing], gone: list[RecordId]) -> Changes:
    left = {id: thing for id, thing in things.items() if id not in gone}
    return {REPORTS: Reports(things=left) if left else None}
