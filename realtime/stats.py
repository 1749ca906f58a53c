"""What metrics show of a process: no names, no ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from realtime.room import LiveRoom


class Stats(Struct, frozen=True):
    """The first three are of this moment, the others of all rooms since the process began."""

    connections: int = 0
    rooms: int = 0
    seats: int = 0
    entries: int = 0
    flushes: int = 0
    skipped: int = 0
    reloads: int = 0
    lost_entries: int = 0

    def plus(self, *rooms: LiveRoom) -> Stats:
        """With what these rooms did."""
        return replace(
            self,
            entries=self.entries + sum(room.entries for room in rooms),
            flushes=self.flushes + sum(room.flushes for room in rooms),
            skipped=self.skipped + sum(room.skipped for room in rooms),
            reloads=self.reloads + sum(room.reloads for room in rooms),
            lost_entries=self.lost_entries + sum(room.lost_entries for room in rooms),
        )

    def now(self, *, connections: int, rooms: int, seats: int) -> Stats:
        return replace(self, connections=connections, rooms=rooms, seats=seats)
