"""Many people come in at once: their changes to the database share one transaction, and so one wait for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from msgspec import Struct

from persistence.database import Database, Write

T = TypeVar("T")

AT_ONCE = 64
WAITING = 2_000


class _Turn(Struct):
    act: Callable[[Write], Awaitable[Any]]
    told: asyncio.Future[Any]
    found: Any = None
    error: Exception | None = None


class Doorway:
    """What arrives while one transaction is written goes together into the next; each succeeds or fails by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns: asyncio.Queue[_Turn] = asyncio.Queue(WAITING)

    async def write(self, act: Callable[[Write], Awaitable[T]]) -> T:
        """What `act` returns, once it is kept. Raises what it raises, and then nothing of it is kept."""
        turn = _Turn(act, asyncio.get_running_loop().create_future())
        await self._turns.put(turn)
        found: T = await turn.told
        return found

    async def run(self) -> None:
        """For ever, in a task of the house's."""
        while True:
            turns = [await self._turns.get()]
            while len(turns) < AT_ONCE and not self._turns.empty():
                turns.append(self._turns.get_nowait())
            await self._take(turns)

    async def _take(self, turns: list[_Turn]) -> None:
        wanted = [turn for turn in turns if not turn.told.done()]  # some have gone away while they waited
        try:
            async with self._database.write() as tx:
                for turn in wanted:
                    await self._try(turn, tx)
        except Exception as error:
            for turn in wanted:
                turn.error = error
        for turn in wanted:
            if turn.told.done():
                continue
            if turn.error is not None:
                turn.told.set_exception(turn.error)
            else:
                turn.told.set_result(turn.found)

    async def _try(self, turn: _Turn, tx: Write) -> None:
        try:
            async with tx.begin_nested():
                turn.found = await turn.act(tx)
        except Exception as error:
            turn.error = error
