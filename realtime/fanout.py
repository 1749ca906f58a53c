"""Telling everybody what changed: encoded once per (from seq, audience, codec), written to each (F1–F5)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from realtime.audience import Audience, Missed
from realtime.connection import BUFFERED
from realtime.frames import change_frames, framed, raw
from realtime.journal import Position
from realtime.seat import Seat, eyes_of, mark_of
from realtime.wire import Codec, Done, Joined
from rooms.model import RecordId

if TYPE_CHECKING:
    from realtime.room import LiveRoom

SLICE_S = 0.008
"""A flush yields to everybody else this often (F2)."""
GLANCE = 16
"""Seats between two looks at the clock."""


class Flush:
    """One round over a room's seats. Made anew for each round; what it encoded is shared within it.

    `_pass` goes over every seat at every flush: beside the write itself it is what a delivery costs. It touches little
    more than the seat: in a full room nearly everybody is at one place, and is told the same bytes.
    """

    def __init__(self, room: LiveRoom) -> None:
        self._room = room
        self.skipped = 0
        self._refresh()

    async def run(self, seats: Sequence[Seat]) -> None:
        """Bring every seat up to date; a seat that left meanwhile is passed over."""
        began = time.perf_counter()
        for first in range(0, len(seats), GLANCE):
            self._pass(seats[first : first + GLANCE])
            if time.perf_counter() - began > SLICE_S:
                await asyncio.sleep(0)
                began = time.perf_counter()
                if self._room.projection is not self._projection or self._projection.position != self._head:
                    self._refresh()

    def _refresh(self) -> None:
        """Look at the room as it is: it may have gone on since, or begun again with another past."""
        self._projection = self._room.projection
        self._head = self._projection.position
        self._private_at = self._room.audiences.private_at
        self._encoded: dict[tuple[int, int, bool], bytes] = {}
        self._plain: dict[tuple[int, Audience, Codec], bytes] = {}
        """What whoever has nothing of their own to hear is told, by where they are."""
        self._from = -1
        self._audience: Audience | None = None
        self._codec: Codec | None = None
        self._same = b""
        """The last of these places, and what is told there."""

    def _pass(self, seats: Sequence[Seat]) -> None:
        """Whoever is where the one before was is told the same."""
        head, private_at = self._head.seq, self._private_at
        start, audience, codec, same = self._from, self._audience, self._codec, self._same
        for seat in seats:
            if (
                seat.plain
                and seat.seq == start
                and seat.audience is audience
                and seat.codec is codec
                and (private_at <= start or seat.mine.changed_at <= start)
                and seat.buffered() <= BUFFERED
            ):
                seat.seq = head
                if same:
                    seat.write(same)
            else:
                self.serve(seat)
                start, audience, codec, same = self._from, self._audience, self._codec, self._same

    def serve(self, seat: Seat) -> None:
        """Private puts, the shared change, then what became of the person's own commands (F4), as one write."""
        if seat.left:
            return
        if seat.connection.behind():  # it keeps its number, and gets the merged difference later
            seat.plain = False
            self.skipped += 1
            return
        if seat.owes or seat.mine.changed_at > seat.seq or not self._placed(seat):
            news = self._news(seat) + self._answers(seat)
        else:
            news, seat.seq = self._same, self._head.seq
        seat.plain = True
        if news:
            seat.write(news)

    def _placed(self, seat: Seat) -> bool:
        """Have at hand what is told to whoever is where this seat is; False: that differs from one to the other."""
        place = (seat.seq, seat.audience, seat.codec)
        found = self._plain.get(place)
        if found is None:
            found = self._shared(seat) if seat.audience.changed_at > seat.seq else b""
            if found is None:
                return False  # the whole room, with what is theirs alone
            self._plain[place] = found
        self._from, self._audience, self._codec = place
        self._same = found
        return True

    def _news(self, seat: Seat) -> bytes:
        if seat.whole:
            return joined_frame(seat, "", None)
        private = b""
        if seat.mine.changed_at > seat.seq:
            missed = seat.mine.since(seat.seq)
            if missed is None:
                return joined_frame(seat, "", None)
            private = change_frames(seat.codec, self._room.id, missed, None, "", 0)
        shared = self._shared(seat) if seat.audience.changed_at > seat.seq else b""
        if shared is None:
            return joined_frame(seat, "", None)
        seat.seq = self._head.seq
        return private + shared

    def _shared(self, seat: Seat) -> bytes | None:
        """The change since the seat's seq, rounded down so that the lag is a power of two (F3)."""
        codec, audience = seat.codec, seat.audience
        start = _rounded(seat.seq, self._head.seq, audience.floor)
        key = (start, id(audience), codec.binary)
        found = self._encoded.get(key)
        if found is None:
            missed = audience.since(start)
            if missed is None:
                return None
            mark = mark_of(self._head)
            found = change_frames(codec, self._room.id, missed, self._head, mark, self._projection.oldest)
            self._encoded[key] = found
        return found

    def _answers(self, seat: Seat) -> bytes:
        if not seat.done and not seat.owed:
            return b""
        messages = [Done(self._room.id, list(seat.done), seat.seq)] if seat.done else []
        answers = framed(seat.codec, [*messages, *seat.owed])
        seat.done = seat.owed = ()
        return answers


def joined_frame(seat: Seat, id: str, position: Position | None) -> bytes:
    """The answer to a join: the difference since a known position, else the whole; the seat is up to date after it."""
    codec, projection = seat.codec, seat.room.projection
    kind = projection.kind
    shared = seat.audience.since(position.seq) if position else None
    private = seat.mine.since(position.seq) if position else None
    full = shared is None or private is None
    if shared is None or private is None:
        shared, private = Missed(seat.audience.whole(), []), Missed(seat.mine.whole(), [])
    put = {**raw(codec, shared.put), **raw(codec, private.put)}
    gone: list[RecordId] = shared.gone + private.gone
    seat.seq, seat.whole = projection.seq, False
    message = Joined(
        id,
        seat.room.id,
        kind.name,
        projection.seq,
        mark_of(projection.position),
        eyes_of(seat.viewer),
        projection.oldest,
        full,
        list(seat.viewer.actors),
        seat.viewer.role,
        kind.may(seat.viewer),
        put,
        gone,
        seat.room.company.presence(),
    )
    return framed(codec, [message])


def _rounded(seq: int, head: int, floor: int) -> int:
    """Where a difference starts for whoever is at `seq`: never after it, nor before `floor` unless they are."""
    lag = head - seq
    start = head - (1 << (lag - 1).bit_length()) if lag > 0 else seq
    return min(seq, max(start, floor))
