"""Days: what is kept of a time where the time itself is nobody's business (C7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

DAY_MS = 24 * 3600 * 1000


def day_of(at: int) -> date:
    """The day (UTC) of an instant in ms."""
    return datetime.fromtimestamp(at / 1000, UTC).date()


def ms_of(day: date) -> int:
    """The instant (ms) at which a day (UTC) begins."""
    return int(datetime.combine(day, time.min, UTC).timestamp()) * 1_000
