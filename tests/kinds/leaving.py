"""What an outcome may hold: only what an audience of strangers may know, told without who did it unless by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from realtime.batch import encode
from rooms.kind import Kind
from rooms.kinds.board.records import muted
from rooms.model import Level, Line, Record, RecordId, Role, Viewer
from tests.kinds.laws import Law

STRANGER = Viewer((), Role.GUEST)
ACTORS = (b"named-", b"other-")


def check_outcome(kind: Kind, state: Mapping[RecordId, Record], hold: Callable[..., None]) -> int:
    """How many lines there are."""
    outcome = kind.outcome(state)
    again = kind.outcome(dict(reversed(list(state.items()))))
    hold(Law.OUTCOME, outcome == again, "depends on the order of records", outcome, again)
    hold(Law.OUTCOME, not any(actor in encode(outcome) for actor in ACTORS), "tells an actor", outcome)
    told = {line.record for line in outcome.lines}
    hold(Law.OUTCOME, len(told) == len(outcome.lines), "twice", outcome)
    for line in outcome.lines:
        hold(Law.OUTCOME, line.part_of is None or line.part_of in told, "part of what isn't told", line)
        _check_line(kind, state, line, hold)
    return len(told)


def _check_line(kind: Kind, state: Mapping[RecordId, Record], line: Line, hold: Callable[..., None]) -> None:
    record = state.get(line.record)
    shown = kind.show(record, STRANGER) if record is not None else None
    hold(Law.OUTCOME, shown is not None and getattr(shown, "text", None) == line.text, "hidden", line, record)
    silenced = getattr(record, "muted", False) or line.record in muted(state)
    hold(Law.OUTCOME, not silenced and not getattr(record, "removed", False), "muted or removed", line, record)
    named = getattr(record, "level", Level.NAMED) is Level.NAMED
    hold(Law.OUTCOME, line.by in (getattr(shown, "name", "") if named else "", ""), "tells a name", line, record)
