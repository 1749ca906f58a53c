"""What words may be on a board, beyond what holds for all rooms."""

from __future__ import annotations

import re

from rooms import text
from rooms.kinds.board.commands import Day
from rooms.model import Reason, Refused, Words

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def title(raw: str) -> Words:
    """On one line. Raises Refused(empty)."""
    return Words(" ".join(text.clean_words(raw).split()))


def one_line(raw: str) -> Words:
    """The same, but it may be empty."""
    return title(raw) if raw.strip() else Words("")


def day(raw: str) -> Day:
    """A day that the calendar has, as 2026-11-30, or none. Raises Refused(invalid)."""
    if not raw:
        return Day("")
    found = _DAY.fullmatch(raw)
    if found is None:
        raise Refused(Reason.INVALID)
    year, month, nth = (int(part) for part in found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not (1 <= month <= 12 and 1 <= nth <= _LENGTHS[month - 1]) or (month == 2 and nth == 29 and not leap):
        raise Refused(Reason.INVALID)
    return Day(raw)
