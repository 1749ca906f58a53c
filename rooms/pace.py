"""Slow mode: how long whoever said something waits before they say the next thing. Staff need not wait.

For kinds that say what is paced (`PACED`) and since when somebody waits (`said`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from rooms.lifecycle import RUN, Table
from rooms.model import Changes, Command, Event, Reason, Record, RecordId, Records, Refused, Stamp

PACE = RecordId("pace")
SECOND_MS = 1_000


class Seconds(IntEnum):
    """The paces that one can choose from."""

    NONE = 0
    TEN = 10
    HALF_MINUTE = 30
    MINUTE = 60
    FIVE_MINUTES = 300


class Pace(Record, frozen=True, gc=False, tag="room.pace", omit_defaults=True, kw_only=True):
    """How many seconds one waits here; everybody is shown it."""

    seconds: Seconds = Seconds.NONE


class SetPace(Command, frozen=True, gc=False, tag="room.set_pace"):
    """Staff: slow the room down to this, or let it go its own way: 0."""

    seconds: Seconds


class PaceSet(Event, frozen=True, gc=False, tag="room.pace_set"):
    seconds: Seconds


RIGHTS: Table = {SetPace: RUN}
REASONS = frozenset({Reason.SLOW})
EVENTS, RECORD = (PaceSet,), Pace

Said = Callable[[Records, Stamp], int | None]
"""Since when (ms UTC) this person waits, by the latest they said; None: they said nothing that anybody remembers."""


def pace_of(records: Records) -> Seconds:
    found = records.get(PACE)
    return found.seconds if isinstance(found, Pace) else Seconds.NONE


def check(records: Records, stamp: Stamp, said: Said) -> None:
    """Raises Refused: `slow`, with how many whole seconds are left."""
    seconds = pace_of(records)
    if not seconds or stamp.role.staff:
        return
    since = said(records, stamp)
    left_ms = 0 if since is None else since + seconds * SECOND_MS - stamp.at
    if left_ms > 0:
        raise Refused(Reason.SLOW, seconds=-(-left_ms // SECOND_MS))


def decide(records: Records, command: SetPace) -> list[Event]:
    return [] if command.seconds is pace_of(records) else [PaceSet(command.seconds)]


def evolve(event: PaceSet) -> Changes:
    return {PACE: Pace(seconds=event.seconds) if event.seconds else None}
