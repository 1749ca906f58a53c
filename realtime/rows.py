"""Seats that are at one place sit in rows: a flush tells a row in one loop, and looks at none of its seats (F1, F3).

Whoever has more to hear than the others (an answer, something private, the whole room), or has something unsent, steps
out, and sits down again when it is as far as a row. In a full room nearly everybody is in a row, and beside the write
itself a delivery costs a tenth of a microsecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from realtime.audience import Audience
from realtime.wire import Codec

if TYPE_CHECKING:
    from realtime.seat import Seat

ROW = 128
"""Seats in a row, at most: it is told without a pause, in about a millisecond."""

Place = tuple[int, bool]


class Row:
    """Seats of one audience and codec, all up to date with `seq`, that have no more to hear than each other."""

    __slots__ = ("audience", "codec", "seq", "writes")

    def __init__(self, audience: Audience, codec: Codec, seq: int) -> None:
        self.audience = audience
        self.codec = codec
        self.seq = seq
        self.writes: dict[Seat, Callable[[bytes], None]] = {}

    def write(self, data: bytes) -> None:
        """To each of them. A socket that can't send it all has its seat step out meanwhile."""
        for write in list(self.writes.values()):
            write(data)


class Rows:
    """Of one room: every seat is in a row or apart."""

    def __init__(self) -> None:
        self.apart: dict[Seat, None] = {}
        self._rows: dict[Place, list[Row]] = {}

    def __iter__(self) -> Iterator[Row]:
        """Those with anybody in it."""
        for place in list(self._rows):
            rows = [row for row in self._rows[place] if row.writes]
            if rows:
                self._rows[place] = rows
            else:
                del self._rows[place]
        return chain.from_iterable(list(self._rows.values()))

    def sit_down(self, seat: Seat) -> None:
        """Into a row that is as far as the seat is."""
        row = self._free(seat)
        row.writes[seat] = seat.write
        seat.row = row
        del self.apart[seat]

    def step_out(self, seat: Seat, row: Row) -> None:
        del row.writes[seat]
        self.apart[seat] = None

    def _free(self, seat: Seat) -> Row:
        rows = self._rows.setdefault((id(seat.audience), seat.codec.binary), [])
        for row in reversed(rows):
            if row.seq == seat.seq and len(row.writes) < ROW:
                return row
        row = Row(seat.audience, seat.codec, seat.seq)
        rows.append(row)
        return row
