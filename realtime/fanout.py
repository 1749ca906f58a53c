"""Telling everybody what changed: encoded once per (from seq, audience, codec), written to each (F1–F5)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from realtime.audience import Missed
from realtime.frames import change_frames, framed, raw
from realtime.journal import Position
from realtime.rows import Row
from realtime.seat import Seat, eyes_of, mark_of
from realtime.wire import Done, Joined
from rooms.model import RecordId

if TYPE_CHECKING:
    from realtime.room import LiveRoom

T = TypeVar("T")

SLICE_S = 0.008
"""A flush yields to everybody else this often (F2)."""
GLANCE = 16
"""Seats that are apart, between two looks at the clock."""


class Flush:
    """One round over a room's seats. Made anew for each round; what it encoded is shared within it."""

    def __init__(self, room: LiveRoom) -> None:
        self._room = room
        self.skipped = 0
        self._refresh()

    async def run(self) -> None:
        """Bring every seat up to date; a seat that left meanwhile is passed over."""
        self._part()
        apart = list(self._room.rows.apart)  # first: who waits for an answer is here
        await self._in_slices(self._serve_all, [apart[at : at + GLANCE] for at in range(0, len(apart), GLANCE)])
        await self._in_slices(self._tell, list(self._room.rows))
        self._seat()

    async def _in_slices(self, act: Callable[[T], None], parts: Iterable[T]) -> None:
        began = time.perf_counter()
        for part in parts:
            act(part)
            if time.perf_counter() - began > SLICE_S:
                await asyncio.sleep(0)
                began = time.perf_counter()
                if self._room.projection is not self._projection or self._projection.position != self._head:
                    self._refresh()
                    self._part()

    def _refresh(self) -> None:
        """Look at the room as it is: it may have gone on since, or begun again with another past."""
        self._projection = self._room.projection
        self._head = self._projection.position
        self._encoded: dict[tuple[int, int, bool], bytes] = {}

    def _part(self) -> None:
        """Whoever has private news steps out of their row."""
        private_at = self._room.audiences.private_at
        for row in self._room.rows:
            if private_at > row.seq:
                for seat in [seat for seat in row.writes if seat.mine.changed_at > row.seq]:
                    seat.step_out()

    def _tell(self, row: Row) -> None:
        """The shared change, to all of a row alike."""
        shared = self._shared(row) if row.audience.changed_at > row.seq else b""
        if shared is None:
            self._serve_all(list(row.writes))  # the whole room, with what is theirs alone
            return
        row.seq = self._head.seq
        if shared:
            row.write(shared)

    def _serve_all(self, seats: Iterable[Seat]) -> None:
        for seat in seats:
            self.serve(seat)

    def serve(self, seat: Seat) -> None:
        """Private puts, the shared change, then what became of the person's own commands (F4), as one write."""
        if seat.left:
            return
        if seat.connection.behind():  # it keeps its number, and gets the merged difference later
            self.skipped += 1
            return
        parts = self._news(seat) + self._answers(seat)
        if parts:
            seat.write(parts)

    def _seat(self) -> None:
        """Whoever is as far as everybody else, and has all that was sent, sits down among them."""
        rows = self._room.rows
        for seat in list(rows.apart):
            if seat.seq == self._head.seq and not seat.owes and not seat.buffered():
                rows.sit_down(seat)

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

    def _shared(self, to: Seat | Row) -> bytes | None:
        """The change since their seq, rounded down so that the lag is a power of two (F3); None: the whole is due."""
        codec, audience = to.codec, to.audience
        start = _rounded(to.seq, self._head.seq, audience.floor)
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
