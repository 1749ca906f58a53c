"""What metrics show of a process: no names, no ids."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
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


BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
LAG_S = 0.5
"""How often the loop's lag is measured."""


class Durations:
    """How often something took how long: counts per bound, and one more for what took longer than all of them."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS_S) + 1)
        self.sum_s = 0.0

    def add(self, took_s: float) -> None:
        self.counts[bisect_left(BOUNDS_S, took_s)] += 1
        self.sum_s += took_s

    @property
    def below(self) -> list[tuple[float, int]]:
        """Each bound, and how many took at most that; the last is infinite, and all."""
        found, sum = [], 0
        for bound, count in zip((*BOUNDS_S, float("inf")), self.counts, strict=True):
            sum += count
            found.append((bound, sum))
        return found


class Timings:
    """Of one process: how long an append took, how long what is known waited to be told, how late its loop was."""

    def __init__(self) -> None:
        self.append, self.told, self.loop = Durations(), Durations(), Durations()

    async def watch_loop(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_S
            await asyncio.sleep(LAG_S)
            self.loop.add(max(0.0, loop.time() - due))
