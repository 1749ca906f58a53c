"""The journal of a server that stands alone: one SQLite file, and this process its only user (J5)."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from realtime.clock import wall_clock
from realtime.journal import (
    TAIL,
    UNBORN,
    Checkpoint,
    Conflict,
    Entry,
    Forked,
    Lost,
    News,
    Past,
    Position,
    Undecided,
    Unreachable,
    Whisper,
    tables,
)
from realtime.journal.commits import Bounds, Commits
from realtime.journal.following import Followers, follow
from realtime.journal.tables import Room
from realtime.journal.thread import Thread

MOST_BODY_BYTES = 16 << 20
CHUNK_BYTES = 1 << 20
"""A follower reads the past in pieces of about this size."""

T = TypeVar("T")


class AlreadyOpen(Exception):
    """Another process (or this one) has the journal open; only one may."""


class LocalJournal:
    """The journal in one file. Made by `open`; satisfies `Journal`."""

    def __init__(
        self,
        writer: Thread,
        reader: Thread,
        rooms: dict[str, Room],
        *,
        tail: int,
        answer_s: float,
        news_bytes: int,
        bounds: Bounds,
    ) -> None:
        self._reader = reader
        self._rooms = rooms
        self._answer_s = answer_s
        self.followers = Followers(news_bytes)
        self._commits = Commits(writer, rooms, self._announce, tail=tail, bounds=bounds)
        self._closed = False
        self._lacking = {name: None for name, room in rooms.items() if room.head.seq > room.drained}
        self._news_for_database = asyncio.Event()
        if self._lacking:
            self._news_for_database.set()

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: Path,
        *,
        tail: int = TAIL,
        answer_s: float = 5.0,
        busy_s: float = 1.0,
        news_bytes: int = 4 << 20,
        bounds: Bounds | None = None,
    ) -> AsyncIterator[Self]:
        """The journal in the file at `path`, made if there is none. Leaving commits what was asked for.

        `tail`: entries that stay behind a checkpoint, at least 1. `answer_s`: an append not stored by then is
        undecided. `busy_s`: how long to wait for somebody else's lock on the file (a backup's). `news_bytes`: what may
        wait for one follower before it has to read again. Raises AlreadyOpen, OtherFormat, sqlite3.Error.
        """
        failure: Exception | None = None
        with _exclusively(path):
            async with Thread.open(path, busy_s) as writer, Thread.open(path, busy_s) as reader:
                _sync_directory(path.parent)
                rooms = await writer.run(tables.rooms)
                journal = cls(
                    writer,
                    reader,
                    rooms,
                    tail=max(1, tail),
                    answer_s=answer_s,
                    news_bytes=news_bytes,
                    bounds=bounds or Bounds(),
                )
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(journal._commits.run())
                    try:
                        yield journal
                    except Exception as raised:  # leave in good order, then let it out as it came
                        failure = raised
                    finally:
                        journal._close()
        if failure is not None:
            raise failure

    def _close(self) -> None:
        self._closed = True
        self.followers.close()
        self._news_for_database.set()
        self._commits.close()

    async def append(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position:
        """See Journal.append. Raises ValueError for a body or a room's name that can never be stored."""
        if len(body) > MOST_BODY_BYTES or not room.isprintable():
            raise ValueError("an entry is at most 16 MiB, and a room's name printable")
        try:
            async with asyncio.timeout(self._answer_s):
                stored = await self._commits.append(room, body, on, attempt)
                return stored if stored is not None else await self._place_of(room, on, attempt)
        except TimeoutError:
            raise Undecided(f"not stored within {self._answer_s} s") from None
        except Unreachable as error:
            raise Undecided(str(error)) from error

    async def _place_of(self, room: str, on: Position, attempt: bytes) -> Position:
        """An append that did not stand on the head: an earlier try of it was stored, or others came first."""
        missing = await self._ask(partial(tables.after, room=room, on=on))
        if missing is None:
            raise Forked(self._head(room))
        if not missing:
            raise Undecided("the head moved meanwhile")
        if missing[0].attempt == attempt:
            return missing[0].position
        raise Conflict(missing)

    async def read(self, room: str, after: Position | None) -> Past:
        """See Journal.read."""
        if after is not None and after == self._head(room):
            self._check_open()
            return Past(after, None, ())
        return await self._ask(partial(tables.read, room=room, on=after))

    def follow(self, room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        """See Journal.follow. Raises Unreachable when the journal is closed."""
        return follow(self.followers, room, after, self._chunk)

    async def _chunk(self, room: str, after: Position) -> Sequence[Entry]:
        if after == self._head(room):
            self._check_open()
            return ()
        entries = await self._ask(partial(tables.after, room=room, on=after, most_bytes=CHUNK_BYTES))
        if entries is None:
            raise Forked(self._head(room))
        return entries

    async def whisper(self, room: str, body: bytes) -> None:
        """See Journal.whisper."""
        whisper = Whisper(body)
        for follower in self.followers.of(room):
            follower.whisper(whisper)

    async def pending(self, *, wait: bool = True) -> Sequence[str]:
        """See Journal.pending."""
        if wait:
            await self._news_for_database.wait()
        self._check_open()
        return tuple(self._lacking)

    async def drained(self, room: str, upto: Position) -> None:
        """See Journal.drained. Written with a later commit; forgotten by a crash before it, so told again."""
        life = self._life(room)
        if upto == UNBORN or not await self._knows(room, upto):
            return  # trimmed away, so drained before
        if life != self._life(room):
            raise Forked(self._head(room))
        known = self._rooms.setdefault(room, Room())
        if upto.seq > known.drained:
            known.drained = upto.seq
            self._commits.drain(room, upto.seq)
            self._note_lacking(room, known)

    async def drained_upto(self, room: str) -> int:
        """See Journal.drained_upto."""
        self._check_open()
        return self._rooms[room].drained if room in self._rooms else 0

    async def checkpoint(self, room: str, upto: Position, body: bytes) -> None:
        """See Journal.checkpoint. An older one than is kept changes nothing."""
        life = self._life(room)
        if await self._knows(room, upto):
            await self._commits.keep(room, Checkpoint(upto, body), life)

    async def mend(self, room: str, on: Position, entries: Sequence[Entry]) -> None:
        """See Journal.mend. Raises Unreachable."""
        try:
            for entry in entries:
                on = await self.append(room, entry.body, on, entry.attempt)
        except (Conflict, Lost, Forked):
            return
        except Undecided as error:
            raise Unreachable(str(error)) from error

    async def restart(self, room: str, head: Entry, checkpoint: bytes, was: Position | None = None) -> None:
        """Let the room go on from `head`, if it stands at `was` (None: wherever): drained up to it (J5).

        `checkpoint`: the state there. Followers and appenders that stand elsewhere get Lost or Forked. Raises
        Unreachable.
        """
        await self._commits.restart(room, head, Checkpoint(head.position, checkpoint), was)

    async def forget(self, room: str) -> None:
        """Let nothing be left of a room that nobody is in any more. Followers get Lost. Raises Unreachable."""
        self._check_open()
        try:
            await self._commits.forget(room)
        except sqlite3.Error as error:
            raise Unreachable(f"the room cannot be forgotten: {error}") from error

    async def scrub(self) -> bool:
        """Leave no byte of what was deleted in any file (C7). False: somebody reads just now; ask again later.

        Raises Unreachable.
        """
        self._check_open()
        try:
            return await self._commits.alone(tables.scrub)
        except sqlite3.Error as error:
            raise Unreachable(f"the journal cannot be scrubbed: {error}") from error

    @property
    def now(self) -> Callable[[], int]:
        """What time it is: this machine's."""
        return wall_clock

    @property
    def hearing(self) -> bool:
        """Whether this process hears what is appended: always, for nobody else does."""
        return True

    async def _knows(self, room: str, position: Position) -> bool:
        """False when the position was trimmed away. Raises Lost, Forked, Unreachable."""
        if position == self._head(room):
            self._check_open()
            return True
        return await self._ask(partial(tables.knows, room=room, position=position))

    def _head(self, room: str) -> Position:
        known = self._rooms.get(room)
        return known.head if known else UNBORN

    def _life(self, room: str) -> int:
        known = self._rooms.get(room)
        return known.life if known else 0

    def _announce(self, room: str, entries: Sequence[Entry] | None) -> None:
        for follower in self.followers.of(room):
            follower.fall_behind() if entries is None else follower.tell(entries)
        if room in self._rooms:
            self._note_lacking(room, self._rooms[room])

    def _note_lacking(self, name: str, room: Room) -> None:
        if room.head.seq > room.drained:
            self._lacking[name] = None
            self._news_for_database.set()
        else:
            self._lacking.pop(name, None)
            if not self._lacking and not self._closed:
                self._news_for_database.clear()

    async def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        self._check_open()
        try:
            return await self._reader.run(question)
        except sqlite3.Error as error:
            raise Unreachable(f"the journal cannot be read: {error}") from error

    def _check_open(self) -> None:
        if self._closed:
            raise Unreachable("the journal is closed")


def _sync_directory(path: Path) -> None:
    """A new file is not on the disk before its name is."""
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextmanager
def _exclusively(path: Path) -> Iterator[None]:
    """Hold the lock file beside the journal. A lock of the system's: it goes with its process, however that ends."""
    lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyOpen(f"{path.name} is in use by another process") from None
        yield
    finally:
        os.close(lock)
