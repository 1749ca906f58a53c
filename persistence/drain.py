"""The reader that drains: journal → database, for every room, for ever.

A crash anywhere repeats harmlessly: the database's cursor moves with what it stands for (compare and set), the journal
is told afterwards, and checkpoints are only of what the database has.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import structlog
from msgspec import Struct

from persistence import records
from persistence.copies import Copy, copy_at, where
from persistence.database import Database
from persistence.healing import Restartable, restart, skip_ahead
from persistence.records import Drained, write_drained
from realtime.journal import Entry, Forked, Lost, Position

FINISH_S = 10.0

log = structlog.get_logger()


class Bounds(Struct, frozen=True, kw_only=True):
    """How much at once, how often a checkpoint, how long a wait."""

    copies: int = 32
    """Rooms kept in memory."""
    batch_bytes: int = 128 * 1024
    """Entries that go into one transaction."""
    entries: int = 1_000
    bytes: int = 1024 * 1024
    idle_s: float = 60.0
    """A checkpoint is due after so many entries or bytes, or when nothing came for so long."""
    pause_s: float = 0.5
    """Between rounds, so that rooms gather: each round costs a few milliseconds, however little there is."""
    backoff_s: float = 0.5
    most_backoff_s: float = 30.0
    """A room that fails is tried again after this, doubling up to that."""


class Counts(Struct):
    """What happened since the start; for metrics."""

    entries: int = 0
    checkpoints: int = 0
    failures: int = 0
    restarts: int = 0
    """Rooms whose journal was made anew from the database (J5)."""
    entries_gone: int = 0
    """Entries that some of the two lost for good."""


class Drain:
    """Any number of these may work on one database and journal at once."""

    def __init__(
        self,
        database: Database,
        journal: Restartable,
        *,
        bounds: Bounds = Bounds(),  # noqa: B008 - a frozen value
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counts = Counts()
        self.worked = asyncio.Event()
        """Set after every round of `run`; whoever waits clears it."""
        self._database = database
        self._journal = journal
        self._bounds = bounds
        self._clock = clock
        self._copies: dict[str, Copy] = {}
        self._failed: dict[str, tuple[float, float]] = {}
        """Rooms that failed: when to try again, and the pause after that."""
        self._bytes_left_behind = False
        self._noticed: dict[str, float] = {}
        """Since when rooms are known to have something to drain."""

    def pending_s(self, rooms: Sequence[str]) -> float:
        """For how long at least one of these rooms has had something to drain."""
        return max((self._clock() - self._noticed[room] for room in rooms if room in self._noticed), default=0.0)

    async def heal(self) -> None:
        """Before serving: see that journal and database agree on every room, and take in what is missing (J5)."""
        async with self._database.read() as tx:
            rooms = await records.cursors(tx)
        for room in rooms:
            await self._attempt(room)

    async def run(self) -> None:
        """Drain for ever."""
        while True:
            pending = await self._pending()
            self._noticed = {room: self._noticed.get(room, self._clock()) for room in pending}
            rooms = [room for room in pending if self._may_try(room)]
            for room in rooms:
                await self._attempt(room)
            await self._checkpoint_quiet_rooms()
            if self._bytes_left_behind:
                self._bytes_left_behind = not await self._database.truncate_log()
            self.worked.set()
            if pending:
                await asyncio.sleep(self._bounds.pause_s if rooms else self._bounds.backoff_s)

    async def finish(self) -> None:
        """Before the server ends: take in what there is. What fails now is taken in at the next start."""
        try:
            async with asyncio.timeout(FINISH_S):
                while rooms := [room for room in await self._journal.pending(wait=False) if self._may_try(room)]:
                    for room in rooms:
                        await self._attempt(room)
        except TimeoutError:
            log.warning("drain.not_finished", within_s=FINISH_S)

    async def drain(self, room: str) -> None:
        """Everything the journal has of this room. Raises Lost, Forked, Newer, UnknownRoom, Hole, Unreachable."""
        copy = await self._copy(room)
        while entries := await self._next(copy):
            drained = await copy.apply(entries)
            if not await self._store(copy, drained):
                copy = await self._copy(room)  # somebody else was first
        await self._journal.drained(room, copy.position)
        copy.quiet_since = self._clock()
        if copy.forgot or copy.entries >= self._bounds.entries or copy.bytes >= self._bounds.bytes:
            await self._checkpoint(copy)
        await self._keep(copy)

    def let_go(self, room: str) -> None:
        """Forget what memory has of a room: the database has it otherwise by now."""
        self._copies.pop(room, None)

    # ---- one room ------------------------------------------------------------------------------------------------

    async def _copy(self, room: str) -> Copy:
        """The room as of the cursor, or as of where it was when memory last had it: then storing it will tell.

        While it is worked on nobody else has it.
        """
        kept = self._copies.pop(room, None)
        if kept is not None:
            return kept
        kind, cursor = await where(self._database, room)
        return await copy_at(self._database, self._journal, room, kind, cursor)

    async def _next(self, copy: Copy) -> Sequence[Entry]:
        past = await self._journal.read(copy.room, copy.position)
        if past.checkpoint is not None:
            ahead = await skip_ahead(self._database, copy, past.checkpoint)
            self.counts.entries_gone += ahead
            return await self._next(copy)
        return _first(past.entries, self._bounds.batch_bytes)

    async def _store(self, copy: Copy, drained: Drained) -> bool:
        async with self._database.write() as tx:
            written = await write_drained(tx, drained, copy.wording)
        if written is None:
            return False
        copy.stored(drained, forgot=written.silenced > 0)
        self.counts.entries += len(drained.entries)
        self._bytes_left_behind |= copy.forgot
        await self._journal.drained(copy.room, copy.position)
        return True

    async def _keep(self, copy: Copy) -> None:
        """Remember it, as the last used; of too many the first used goes, with a checkpoint."""
        self._copies[copy.room] = copy
        while len(self._copies) > self._bounds.copies:
            oldest = self._copies.pop(next(iter(self._copies)))
            if oldest.entries:
                await self._checkpoint(oldest)

    async def _checkpoint(self, copy: Copy) -> None:
        await self._journal.checkpoint(copy.room, copy.position, copy.projection.checkpoint())
        copy.checkpointed()
        self.counts.checkpoints += 1

    # ---- all rooms -----------------------------------------------------------------------------------------------

    async def _pending(self) -> Sequence[str]:
        """Rooms with something to drain; none when it is time to look after quiet ones."""
        try:
            async with asyncio.timeout(self._until_quiet()):
                return await self._journal.pending()
        except TimeoutError:
            return ()

    def _until_quiet(self) -> float | None:
        """Seconds until a room has been quiet for long enough."""
        if self._bytes_left_behind:
            return self._bounds.backoff_s
        since = [copy.quiet_since for copy in self._copies.values() if copy.entries]
        return max(0.0, min(since) + self._bounds.idle_s - self._clock()) if since else None

    async def _checkpoint_quiet_rooms(self) -> None:
        long_ago = self._clock() - self._bounds.idle_s
        for copy in list(self._copies.values()):
            if copy.entries and copy.quiet_since <= long_ago and self._may_try(copy.room):
                try:
                    await self._checkpoint(copy)
                except Exception as error:
                    self._copies.pop(copy.room)
                    self._note_failure(copy.room, error)

    def _may_try(self, room: str) -> bool:
        return room not in self._failed or self._failed[room][0] <= self._clock()

    async def _attempt(self, room: str) -> None:
        """Drain it; what goes wrong with one room is logged and counted, and holds up no other."""
        try:
            try:
                await self.drain(room)
            except (Lost, Forked) as error:
                await self._restart(room, error.head)
        except Exception as error:
            self._note_failure(room, error)
        else:
            self._failed.pop(room, None)

    async def _restart(self, room: str, head: Position) -> None:
        """The journal lacks what the database has, or has another past: the database is right (J5)."""
        gone = await restart(self._database, self._journal, room, head)
        self.counts.restarts += 1
        self.counts.entries_gone += gone

    def _note_failure(self, room: str, error: Exception) -> None:
        pause_s = min(self._failed.get(room, (0, self._bounds.backoff_s))[1], self._bounds.most_backoff_s)
        self._failed[room] = (self._clock() + pause_s, 2 * pause_s)
        self.counts.failures += 1
        log.error("drain.failed", room=room, error=repr(error), retry_s=pause_s)


def _first(entries: Sequence[Entry], most_bytes: int) -> Sequence[Entry]:
    """As many of the first entries as go into one transaction; one at least."""
    size = 0
    for count, entry in enumerate(entries):
        size += len(entry.body)
        if size > most_bytes and count:
            return entries[:count]
    return entries
