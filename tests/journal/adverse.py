"""A journal in memory for several processes, that loses, delays, answers late, forks and forgets, by a seed.

A real implementation of the interface: with its faults off it obeys every law of `conformance`. Time is the turns of
the event loop, so a run with one seed is always the same run.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager

from msgspec import Struct

from realtime.journal import (
    TAIL,
    UNBORN,
    Checkpoint,
    Conflict,
    Entry,
    Forked,
    Journal,
    Lost,
    News,
    Past,
    Position,
    Undecided,
    Unreachable,
    Wait,
    Whisper,
    mark_on,
)


class Faults(Struct, frozen=True, kw_only=True):
    """What goes wrong, each as a probability per call."""

    unstored: float = 0
    """An append is lost on its way: nothing is stored, Undecided."""
    unanswered: float = 0
    """An append is stored and its answer lost: Undecided."""
    late: float = 0
    """An append's sender gives up (Undecided) before it arrives; it is stored then, if it still fits."""
    wait: float = 0
    """An append is told that another process has the turn."""
    unreachable: float = 0
    """Everything else cannot be done right now."""
    whispers: float = 0
    """A whisper is dropped, per follower."""
    turns: int = 0
    """Every call takes up to so many turns of the event loop, before and after its act."""


class Log:
    """One room: what is on the disk."""

    def __init__(self, rng: random.Random) -> None:
        self.entries: list[Entry] = []
        self.first = 1
        self.kept: Checkpoint | None = None
        self.drained = 0
        self._rng = rng

    @property
    def head(self) -> Position:
        return self.entries[-1].position if self.entries else UNBORN

    def after(self, on: Position) -> list[Entry] | None:
        """Entries after `on`; None when it was trimmed away. Raises Lost, Forked."""
        if on.seq > self.head.seq:
            raise Lost(self.head)
        if 0 < on.seq < self.first:
            return None
        if on.mark != (self.entries[on.seq - self.first].mark if on.seq else b""):
            raise Forked(self.head)
        return self.entries[on.seq + 1 - self.first :] if on.seq + 1 >= self.first else None

    def add(self, body: bytes, attempt: bytes) -> Position:
        self.entries.append(Entry(self.head.seq + 1, mark_on(self.head, body, attempt), attempt, body))
        return self.head

    def append(self, body: bytes, on: Position, attempt: bytes) -> Position:
        if on == self.head:
            return self.add(body, attempt)
        missing = self.after(on)
        if missing is None:
            raise Forked(self.head)
        if missing[0].attempt == attempt:
            return missing[0].position
        raise Conflict(missing)

    def trim(self, tail: int) -> None:
        """Entries may go that are well behind the checkpoint and before the position the database stands at."""
        spare = min((self.kept.position.seq if self.kept else 0) - tail, self.drained - 1)
        if spare >= self.first:
            del self.entries[: spare + 1 - self.first]
            self.first = spare + 1


class World:
    """What all processes share. `faults` may be changed at any moment; `open` again is a restart."""

    def __init__(
        self,
        seed: int = 0,
        *,
        faults: Faults | None = None,
        tail: int = TAIL,
        log: Callable[[random.Random], Log] = Log,
    ) -> None:
        self.faults = faults or Faults()
        self.tail = tail
        self.rng = random.Random(seed)
        self.logs: dict[str, Log] = {}
        self.followers: list[tuple[str, list[News]]] = []
        self._log = log
        self._changed = asyncio.Event()

    def log(self, room: str) -> Log:
        if room not in self.logs:
            self.logs[room] = self._log(self.rng)
        return self.logs[room]

    def entries(self, room: str) -> Sequence[Entry]:
        return tuple(self.log(room).entries)

    def change(self) -> None:
        """Wake whoever waits for news."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def changed(self) -> None:
        await self._changed.wait()

    def lose(self, room: str, upto: int) -> None:
        """Power is cut: the entries after `upto` never were."""
        log = self.log(room)
        del log.entries[max(0, upto + 1 - log.first) :]
        log.drained = min(log.drained, upto)
        if log.kept is not None and log.kept.position.seq > upto:
            log.kept = None
        self.change()

    def fork(self, room: str, upto: int, bodies: Sequence[bytes]) -> None:
        """Another process lengthened another past: after `upto` come `bodies`."""
        self.lose(room, upto)
        for body in bodies:
            self.log(room).add(body, self.rng.randbytes(16))
        self.change()

    @asynccontextmanager
    async def open(self, processes: int = 1) -> AsyncIterator[Sequence[AdverseJournal]]:
        """A journal for each process. Leaving drops whatever is still on its way."""
        failure: Exception | None = None
        async with asyncio.TaskGroup() as tasks:
            under_way: set[asyncio.Task[None]] = set()

            def send(later: Coroutine[None, None, None]) -> None:
                task = tasks.create_task(later)
                under_way.add(task)
                task.add_done_callback(under_way.discard)

            try:
                yield [AdverseJournal(self, send) for _ in range(processes)]
            except Exception as raised:  # let it out as it came, not in a group
                failure = raised
            for task in under_way:
                task.cancel()
        if failure is not None:
            raise failure


class AdverseJournal:
    """One process's way to the world."""

    def __init__(self, world: World, send: Callable[[Coroutine[None, None, None]], None]) -> None:
        self._world = world
        self._send = send

    def _happens(self, probability: float) -> bool:
        return probability > 0 and self._world.rng.random() < probability

    async def _travel(self) -> None:
        for _ in range(self._world.rng.randint(0, self._world.faults.turns)):
            await asyncio.sleep(0)

    async def _reach(self) -> None:
        await self._travel()
        if self._happens(self._world.faults.unreachable):
            raise Unreachable("out of order, as told")

    async def append(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position:
        faults = self._world.faults
        await self._travel()
        if self._happens(faults.wait):
            raise Wait(1)
        if self._happens(faults.unstored):
            raise Undecided("lost on its way")
        if self._happens(faults.late):
            self._send(self._arrive_late(room, body, on, attempt))
            raise Undecided("nobody waited for the answer")
        position = self._store(room, body, on, attempt)
        await self._travel()
        if self._happens(faults.unanswered):
            raise Undecided("the answer was lost")
        return position

    async def _arrive_late(self, room: str, body: bytes, on: Position, attempt: bytes) -> None:
        for _ in range(self._world.rng.randint(1, 12)):
            await asyncio.sleep(0)
        if self._world.log(room).head == on:
            self._store(room, body, on, attempt)

    def _store(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position:
        position = self._world.log(room).append(body, on, attempt)
        self._world.change()
        return position

    async def mend(self, room: str, on: Position, entries: Sequence[Entry]) -> None:
        await self._reach()
        for entry in entries:
            if self._world.log(room).head != on:
                return
            on = self._store(room, entry.body, on, entry.attempt)

    async def read(self, room: str, after: Position | None) -> Past:
        await self._reach()
        log = self._world.log(room)
        entries = log.after(after) if after is not None else None
        if entries is not None:
            return Past(log.head, None, entries)
        start = log.kept.position if log.kept else UNBORN
        return Past(log.head, log.kept, log.after(start) or [])

    async def follow(self, room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        """A follower keeps its whispers in a list of its own, and reads its entries where they are."""
        whispers: list[News] = []
        follower = (room, whispers)
        self._world.followers.append(follower)
        try:
            while True:
                entries = self._world.log(room).after(after)
                if entries is None:
                    raise Forked(self._world.log(room).head)
                news, whispers[:] = [*entries[: self._world.rng.randint(1, 100)], *whispers], []
                if not news:
                    await self._world.changed()
                    continue
                await self._travel()
                after = next((piece.position for piece in reversed(news) if isinstance(piece, Entry)), after)
                yield news
        finally:
            self._world.followers = [known for known in self._world.followers if known is not follower]

    async def whisper(self, room: str, body: bytes) -> None:
        await self._travel()
        for followed, whispers in self._world.followers:
            if followed == room and len(whispers) < 100 and not self._happens(self._world.faults.whispers):
                whispers.append(Whisper(body))
        self._world.change()

    async def pending(self, *, wait: bool = True) -> Sequence[str]:
        await self._reach()
        while not (rooms := [room for room, log in self._world.logs.items() if log.head.seq > log.drained]) and wait:
            await self._world.changed()
        return rooms

    async def drained(self, room: str, upto: Position) -> None:
        await self._reach()
        log = self._world.log(room)
        if log.after(upto) is not None:
            log.drained = max(log.drained, upto.seq)
            log.trim(self._world.tail)

    async def drained_upto(self, room: str) -> int:
        await self._reach()
        return self._world.log(room).drained

    async def checkpoint(self, room: str, upto: Position, body: bytes) -> None:
        await self._reach()
        log = self._world.log(room)
        if log.after(upto) is not None and (log.kept is None or log.kept.position.seq < upto.seq):
            log.kept = Checkpoint(upto, body)
            log.trim(self._world.tail)


_: type[Journal] = AdverseJournal
