"""Where things lie: each column, group and note has a whole number as its place among those beside it.

Something put between two others gets a place halfway, so that nothing else changes; when after many halvings there is
no room left, all of them get new places with room between. `decide` chooses places, so the server's order counts, and
two that are put after the same card at once both lie after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

from rooms.kinds.board.records import BOARD, Card, Column
from rooms.model import Record as BaseRecord
from rooms.model import RecordId, Records

GAP = 2**32
"""Between two places at first. Never to be changed: `Spread` means places this far apart (C9)."""
FARTHEST = 2**53
"""Clients may know no larger numbers."""
LAST = RecordId("")
"""As an `after`: behind everything, as is any id that isn't there."""


class Room(NamedTuple):
    """Places for what comes; `spread`: all others must get new places first."""

    places: list[int]
    spread: bool


def ordered(records: Records, within: RecordId) -> list[tuple[int, RecordId]]:
    """(place, id) of all that lies in a column, a group or the board."""
    return sorted((record.place, id) for id, record in records.items() if _lies(record, within))


def apart(ids: Sequence[RecordId]) -> list[tuple[int, RecordId]]:
    """New places for all of them."""
    return [(step * GAP, id) for step, id in enumerate(ids)]


def room_after(
    records: Records, within: RecordId, after: RecordId | None, *, moving: RecordId = LAST, count: int = 1
) -> Room | None:
    """Places right behind `after`, or first (None); None: `moving` lies there already."""
    lie = ordered(records, within)
    others = [id for _, id in lie if id != moving]
    index = 0 if after is None else others.index(after) + 1 if after in others else len(others)
    if moving != LAST and [*others[:index], moving, *others[index:]] == [id for _, id in lie]:
        return None
    places = _between(*_neighbours(lie, moving, index), count)
    if places is not None:
        return Room(places, spread=False)
    places = _between(*_neighbours(apart([id for _, id in lie]), moving, index), count)
    assert places is not None, "there is room when all are spread"
    return Room(places, spread=True)


def _lies(record: BaseRecord, within: RecordId) -> TypeGuard[Card | Column]:
    return record.within == within if isinstance(record, Card) else within == BOARD and isinstance(record, Column)


def _neighbours(lie: Sequence[tuple[int, RecordId]], moving: RecordId, index: int) -> tuple[int | None, int | None]:
    """The places just before and behind the `index`-th of the others."""
    places = [place for place, id in lie if id != moving]
    return places[index - 1] if index else None, places[index] if index < len(places) else None


def _between(low: int | None, high: int | None, count: int) -> list[int] | None:
    """`count` places between two; None: there is no room."""
    if low is None:
        low = -GAP if high is None else high - (count + 1) * GAP
    if high is None:
        high = low + (count + 1) * GAP
    step = (high - low) // (count + 1)
    places = [low + step * n for n in range(1, count + 1)]
    return places if step > 0 and all(-FARTHEST < place < FARTHEST for place in places) else None
