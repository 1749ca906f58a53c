"""Questions to the database that come while one is under way, put together into the next: a hall comes back at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 256
"""Questions in one."""


class Together(Generic[K, V]):
    """`ask` answers many at once; a key that it has no answer for gets None.

    Whoever asks is answered by a look that began after they asked, and gets what that raised.
    """

    def __init__(self, ask: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]], *, most: int = MOST) -> None:
        self._ask = ask
        self._most = most
        self._waiting: list[tuple[K, asyncio.Future[V | None]]] = []
        self._turn = asyncio.Lock()

    async def __call__(self, key: K) -> V | None:
        answer: asyncio.Future[V | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((key, answer))
        async with self._turn:
            while not answer.done():
                await self._look()
        return answer.result()

    async def _look(self) -> None:
        """For the first of those who wait."""
        taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            found = await self._ask([key for key, _ in taken])
        except asyncio.CancelledError:
            self._waiting = taken + self._waiting  # the next in turn asks for them
            raise
        except Exception as error:
            for _, answer in taken:
                answer.set_exception(error)
                answer.exception()  # seen, also when nobody waits for it any more
        else:
            for key, answer in taken:
                answer.set_result(found.get(key))
