"""What time it is: of this machine, or as all processes agree that it is (C1)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from realtime.journal import Unreachable

AGAIN_S = 10.0
TRIES = 3
SOON_S = 0.5

log = structlog.get_logger()


def wall_clock() -> int:
    """Milliseconds UTC."""
    return time.time_ns() // 1_000_000


class SharedClock:
    """Milliseconds UTC: this process's steady clock, plus how far a server's that all ask is from it.

    Until it has been asked it is this machine's. A machine whose clock is set meanwhile changes nothing.
    """

    def __init__(self, steady_ns: Callable[[], int] = time.monotonic_ns, wall_ns: Callable[[], int] = time.time_ns):
        self._steady_ns = steady_ns
        self._offset_ns = wall_ns() - steady_ns()

    def __call__(self) -> int:
        return (self._steady_ns() + self._offset_ns) // 1_000_000

    async def ask(self, server_us: Callable[[], Awaitable[int]]) -> None:
        """Set it by a server's time (microseconds UTC): of some answers, the one that took the least. Raises what
        `server_us` raises."""
        answers = [await self._asked(server_us) for _ in range(TRIES)]
        _, self._offset_ns = min(answers)

    async def _asked(self, server_us: Callable[[], Awaitable[int]]) -> tuple[int, int]:
        """How long it took, and the offset by it: the answer was made halfway."""
        before = self._steady_ns()
        told_ns = await server_us() * 1_000
        after = self._steady_ns()
        return after - before, told_ns - (before + after) // 2

    async def keep(self, server_us: Callable[[], Awaitable[int]]) -> None:
        """Ask again and again, until cancelled."""
        while True:
            try:
                await self.ask(server_us)
                pause_s = AGAIN_S
            except Unreachable as error:
                log.warning("clock.not_set", error=str(error)[:200])
                pause_s = SOON_S
            await asyncio.sleep(pause_s)
