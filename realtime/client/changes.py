"""What changes in a room, for whoever iterates over it: bounded, by merging what was not taken yet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from msgspec import Struct

from realtime.client.values import Record


class Change(Struct, frozen=True):
    """Records as they are now, and ids that are no longer shown. `whole`: `put` is all there is, not a difference."""

    put: Mapping[str, Record]
    gone: tuple[str, ...] = ()
    whole: bool = False


class Changes:
    """`async for change in changes`. A reader that falls behind gets the merged difference, never a longer queue;
    beyond `most` changed records it gets the whole. Ends when the client does; raises what ended the room."""

    def __init__(self, records: Mapping[str, Record], most: int) -> None:
        self._records = records
        self._most = most
        self._put: dict[str, Record] = {}
        self._gone: dict[str, None] = {}
        self._whole = False
        self._ended = False
        self._error: Exception | None = None
        self._wake = asyncio.Event()

    def __aiter__(self) -> Changes:
        return self

    async def __anext__(self) -> Change:
        while not (self._put or self._gone or self._whole):
            if self._error is not None:
                raise self._error
            if self._ended:
                raise StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        change = Change(dict(self._records) if self._whole else self._put, tuple(self._gone), self._whole)
        self._put, self._gone, self._whole = {}, {}, False
        return change

    def tell(self, put: Mapping[str, Record], gone: Iterable[str]) -> None:
        """This changed."""
        if not self._whole:
            for id, record in put.items():
                self._put[id] = record
                self._gone.pop(id, None)
            for id in gone:
                self._gone[id] = None
                self._put.pop(id, None)
            if len(self._put) + len(self._gone) > self._most:
                self.tell_whole()
        self._wake.set()

    def tell_whole(self) -> None:
        """Everything may have changed."""
        self._put, self._gone, self._whole = {}, {}, True
        self._wake.set()

    def end(self, error: Exception | None) -> None:
        self._ended, self._error = True, error
        self._wake.set()
