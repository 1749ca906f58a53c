"""When each act happened: times that only name the minute or second, made into a pace that never runs back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

DAY = 24 * 60
"""Minutes."""


def next_minute(latest: int | None, minute_of_day: int) -> int:
    """The running minute (days times 1,440 plus minute of the day) of a line that names only the minute of the day.

    More than half a day back means past midnight; any less means that the clock ran back, and the line belongs to the
    `latest` minute.
    """
    if latest is None:
        return minute_of_day
    day, now = divmod(latest, DAY)
    if minute_of_day >= now:
        return day * DAY + minute_of_day
    return (day + 1) * DAY + minute_of_day if now - minute_of_day > DAY // 2 else latest


def spread(slots: Sequence[int], slot_ms: int) -> list[int]:
    """Milliseconds since the first slot, for acts of which only the slot (that minute, that second) is known.

    Those of one slot share it evenly, in order. `slots` never go down; neither does the result.
    """
    after: list[int] = []
    for slot, acts in groupby(slots):
        count = sum(1 for _ in acts)
        start = (slot - slots[0]) * slot_ms
        after += (start + nth * slot_ms // count for nth in range(count))
    return after
