"""Group commit: appends of all rooms that arrive while a commit is under way share the next (J4).

Everything that changes the file goes through here, so one task knows every room's head and no room needs a lock.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import structlog
from msgspec import Struct

from realtime.journal import (
    UNBORN,
    Checkpoint,
    Entry,
    Forked,
    Position,
    Undecided,
    Unreachable,
    mark_on,
    tables,
)
from realtime.journal.tables import Batch, Room, Trim
from realtime.journal.thread import Thread

log = structlog.get_logger()

CLOSED = "the journal is closed"

T = TypeVar("T")


class Append(Struct, gc=False):
    """One wish to append. The answer is the entry's position, or None when `on` was not the head."""

    room: str
    body: bytes
    on: Position
    attempt: bytes
    answer: asyncio.Future[Position | None]


class Keep(Struct, gc=False):
    """One checkpoint to keep. `life` of the room it was made of."""

    room: str
    checkpoint: Checkpoint
    life: int
    answer: asyncio.Future[None]


class Restart(Struct, gc=False):
    """One wish that a room goes on from `head`, with this checkpoint; `was`: only if it stands there (None: always)."""

    room: str
    head: Entry
    checkpoint: Checkpoint
    was: Position | None
    answer: asyncio.Future[None]


class Bounds(Struct, frozen=True, kw_only=True):
    """How much one commit takes, and how much may wait for it."""

    entries: int = 1_024
    bytes: int = 4 << 20
    waiting: int = 4_096
    trimmed: int = 512
    linger_s: float = 0.25
    """How long a drained mark may wait for a commit to share."""


class Draft:
    """What the next commit will write, worked out against the heads in memory."""

    def __init__(self, rooms: dict[str, Room]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self.stored: list[tuple[Append, Position]] = []
        self.late: list[Append] = []
        self.keeps: list[Keep] = []
        self.restarts: dict[str, Restart] = {}
        self.overtaken: list[Restart] = []
        """Those that another wish for the same room came after, or that found it elsewhere: it goes on from there."""
        self._rooms = rooms

    def add(self, request: Append | Keep | Restart) -> None:
        if request.answer.done():
            return  # whoever asked has left
        if isinstance(request, Restart):
            self._restart(request)
        elif isinstance(request, Keep):
            self._keep(request)
        else:
            self._append(request)

    def _restart(self, request: Restart) -> None:
        """What was placed for the room in this commit stood on a head that goes."""
        room = request.room
        if request.was not in (None, self._head(room)):
            return self.overtaken.append(request)
        self.late += [append for append, _ in self.stored if append.room == room]
        self.stored = [(append, position) for append, position in self.stored if append.room != room]
        self.entries.pop(room, None)
        if (before := self.restarts.get(room)) is not None:
            self.overtaken.append(before)
        self.restarts[room] = request
        keeps, self.keeps = self.keeps, []
        for keep in keeps:
            self._keep(keep)

    def _keep(self, request: Keep) -> None:
        """A checkpoint of what the room was before it began anew is none of this one."""
        if request.room in self.restarts or request.life != self._rooms.get(request.room, _UNKNOWN).life:
            request.answer.set_exception(Forked(self._head(request.room)))
        else:
            self.keeps.append(request)

    @property
    def kept(self) -> list[Keep | Restart]:
        """Whatever brings a checkpoint."""
        return [*self.restarts.values(), *self.keeps]

    def _append(self, request: Append) -> None:
        if request.on == self._head(request.room):
            self._place(request)
        else:
            self.late.append(request)

    def _place(self, request: Append) -> None:
        entry = _entry(request)
        self.entries.setdefault(request.room, []).append(entry)
        self.stored.append((request, entry.position))

    def _head(self, room: str) -> Position:
        placed = self.entries.get(room)
        if placed:
            return placed[-1].position
        restart = self.restarts.get(room)
        return restart.head.position if restart else self._rooms.get(room, _UNKNOWN).head

    @property
    def born(self) -> list[str]:
        unborn = (room for room in self.entries if self._rooms.get(room, _UNKNOWN).head == UNBORN)
        return [room for room in unborn if room not in self.restarts]

    def answer(self) -> None:
        for request, position in self.stored:
            if not request.answer.done():
                request.answer.set_result(position)
        for late in self.late:
            if not late.answer.done():
                late.answer.set_result(None)
        for keep in [*self.kept, *self.overtaken]:
            if not keep.answer.done():
                keep.answer.set_result(None)

    def fail(self, why: str) -> None:
        for append in [*self.late, *(request for request, _ in self.stored)]:
            if not append.answer.done():
                append.answer.set_exception(Undecided(why))
        for keep in [*self.kept, *self.overtaken]:
            if not keep.answer.done():
                keep.answer.set_exception(Unreachable(why))


_UNKNOWN = Room()


def _entry(request: Append) -> Entry:
    on, body, attempt = request.on, request.body, request.attempt
    return Entry(on.seq + 1, mark_on(on, body, attempt), attempt, body)


class Commits:
    """The one writer. `run` does the work; `announce(room, entries)` hears what was stored, in order.

    `announce(room, None)` says that something may have been stored unannounced.
    """

    def __init__(
        self,
        thread: Thread,
        rooms: dict[str, Room],
        announce: Callable[[str, Sequence[Entry] | None], None],
        *,
        tail: int,
        bounds: Bounds,
    ) -> None:
        self._thread = thread
        self._rooms = rooms
        self._announce = announce
        self._tail = tail
        self._bounds = bounds
        self._queue: asyncio.Queue[Append | Keep | Restart | None] = asyncio.Queue(bounds.waiting)
        self._drained: dict[str, int] = {}
        self._linger: asyncio.TimerHandle | None = None
        self._trims = {room: None for room, known in rooms.items() if self._trimmable(known)}
        self._unsure: set[str] = set()
        self._failing = False
        self._closing = False
        self._over = False
        if self._trims:
            self._nudge()

    async def append(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position | None:
        """The stored entry's position; None when `on` is not the head. Raises Undecided."""
        if self._over or self._closing:
            raise Undecided(CLOSED)
        request = Append(room, body, on, attempt, asyncio.get_running_loop().create_future())
        await self._queue.put(request)
        if self._over:
            raise Undecided(CLOSED)
        return await request.answer

    async def keep(self, room: str, checkpoint: Checkpoint, life: int) -> None:
        """Store a checkpoint of the room as it was in that life. Raises Unreachable, Forked."""
        await self._ask(Keep(room, checkpoint, life, asyncio.get_running_loop().create_future()))

    async def restart(self, room: str, head: Entry, checkpoint: Checkpoint, was: Position | None) -> None:
        """Let a room go on from there. Raises Unreachable."""
        await self._ask(Restart(room, head, checkpoint, was, asyncio.get_running_loop().create_future()))

    async def _ask(self, request: Keep | Restart) -> None:
        if self._over or self._closing:
            raise Unreachable(CLOSED)
        await self._queue.put(request)
        if self._over:
            raise Unreachable(CLOSED)
        await request.answer

    async def alone(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Something else that changes the file, between two commits. Raises sqlite3.Error."""
        return await self._thread.run(work)

    async def forget(self, room: str) -> None:
        """Nothing is left of it, as if it had never been. Raises sqlite3.Error."""
        self._let_go(room)
        await self.alone(partial(tables.forget, room=room))
        self._let_go(room)
        self._rooms[room] = Room(life=self._rooms.get(room, _UNKNOWN).life + 1)
        self._announce(room, None)

    def _let_go(self, room: str) -> None:
        self._drained.pop(room, None)
        self._trims.pop(room, None)

    def drain(self, room: str, seq: int) -> None:
        """Write with the next commit, or a little later, how far the database has the room."""
        self._drained[room] = seq
        if self._linger is None:
            self._linger = asyncio.get_running_loop().call_later(self._bounds.linger_s, self._nudge)

    def close(self) -> None:
        """Commit what waits, then end `run`."""
        self._closing = True
        self._nudge()

    def _nudge(self) -> None:
        if self._queue.empty():  # else a commit comes anyway
            self._queue.put_nowait(None)

    async def run(self) -> None:
        """Commit until closed."""
        try:
            while not (self._closing and self._queue.empty()):
                first = await self._queue.get()
                try:
                    await self._recover()  # before anything is placed on a head that may be wrong
                except sqlite3.Error as error:
                    self._failed(self._gather(first), {}, error)
                except BaseException:
                    self._gather(first).fail(CLOSED)
                    raise
                else:
                    await self._commit(self._gather(first))
        finally:
            self._over = True
            if self._linger is not None:
                self._linger.cancel()
            while not self._queue.empty():
                self._gather(None).fail(CLOSED)

    def _gather(self, first: Append | Keep | Restart | None) -> Draft:
        """The first request (None: a nudge) and whatever else waits, within bounds."""
        draft = Draft(self._rooms)
        size = count = 0
        request = first
        while True:
            if request is not None:
                draft.add(request)
                size += len(request.body if isinstance(request, Append) else request.checkpoint.body)
            count += 1
            if self._queue.empty() or count >= self._bounds.entries or size >= self._bounds.bytes:
                return draft
            request = self._queue.get_nowait()

    async def _commit(self, draft: Draft) -> None:
        drained, self._drained = self._drained, {}
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
        batch = self._batch(draft, drained)
        try:
            if batch != Batch():
                await self._thread.run(partial(tables.write, batch=batch))
        except sqlite3.Error as error:
            self._failed(draft, drained, error)
        except BaseException:
            draft.fail(CLOSED)
            raise
        else:
            self._succeeded(draft, batch)

    def _batch(self, draft: Draft, drained: dict[str, int]) -> Batch:
        anew = draft.restarts
        for room in anew:
            drained.pop(room, None)
            self._trims.pop(room, None)
        return Batch(
            restarts=tuple((room, restart.head) for room, restart in anew.items()),
            entries=tuple((room, entry) for room, entries in draft.entries.items() for entry in entries),
            drained=(
                *((room, 0) for room in draft.born),
                *((room, restart.head.seq) for room, restart in anew.items()),
                *drained.items(),
            ),
            checkpoints=tuple((keep.room, keep.checkpoint) for keep in draft.kept),
            trims=tuple(self._next_trim()),
        )

    def _next_trim(self) -> Sequence[Trim]:
        """One step of bounded size, so that appends never wait long for it."""
        for room in self._trims:
            known = self._rooms[room]
            if self._trimmable(known):
                return (Trim(room, min(known.spare(self._tail), known.first + self._bounds.trimmed - 1)),)
        return ()

    def _trimmable(self, room: Room) -> bool:
        return room.spare(self._tail) >= room.first

    def _succeeded(self, draft: Draft, batch: Batch) -> None:
        if self._failing:
            self._failing = False
            log.warning("journal.works_again")
        for room, restart in draft.restarts.items():
            seq = restart.head.seq
            self._drained.pop(room, None)  # told while the commit was under way, of the life that ended
            life = self._rooms.get(room, _UNKNOWN).life + 1
            self._rooms[room] = Room(head=restart.head.position, drained=seq, kept=seq, first=seq, life=life)
            self._announce(room, None)
        for room, entries in draft.entries.items():
            self._rooms.setdefault(room, Room()).head = entries[-1].position
            self._announce(room, entries)
        for keep in draft.keeps:
            known = self._rooms[keep.room]
            known.kept = max(known.kept, keep.checkpoint.position.seq)
        for trim in batch.trims:
            self._rooms[trim.room].first = trim.upto + 1
        self._plan_trims(batch)
        draft.answer()

    def _plan_trims(self, batch: Batch) -> None:
        touched = [*(room for room, _ in batch.drained), *(room for room, _ in batch.checkpoints)]
        for room in [*touched, *(trim.room for trim in batch.trims)]:
            if self._trimmable(self._rooms[room]):
                self._trims[room] = None
            else:
                self._trims.pop(room, None)
        if self._trims:
            self._nudge()

    def _failed(self, draft: Draft, drained: dict[str, int], error: sqlite3.Error) -> None:
        """Nothing of this commit counts; what it was to do besides appending is done with a later one."""
        if not self._failing:
            self._failing = True
            log.error("journal.commit_failed", error=str(error), entries=len(draft.stored))
        self._unsure.update(draft.entries, draft.restarts)
        for room in draft.restarts:  # begun anew or not: what is known of its past may be of another life
            known = self._rooms.get(room, _UNKNOWN)
            self._rooms[room] = Room(head=known.head, life=known.life + 1)
        for room, seq in drained.items():
            self.drain(room, max(seq, self._drained.get(room, 0)))
        draft.fail(f"the commit failed: {error}")

    async def _recover(self) -> None:
        """After a failure: what does the file say of the rooms concerned?"""
        for room in sorted(self._unsure):
            found = await self._thread.run(partial(tables.room, name=room))
            known = self._rooms.get(room, _UNKNOWN)
            found.life = known.life
            found.drained = max(found.drained, known.drained)
            self._rooms[room] = found
            self._announce(room, None)
            self._unsure.discard(room)
