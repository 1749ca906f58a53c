"""The journal that many processes share: a Redis (or Valkey) server (J6). Nobody has a lease, and nobody leads (J7).

What is appended is told to everybody in the same act; what is told may get lost without harm, for a follower that sees
a hole reads the range. Times are those of the callers; Redis is asked for nothing but how long a turn has lasted.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Self, TypeVar

from redis.asyncio import Redis
from redis.commands.core import AsyncScript
from redis.exceptions import RedisError

from realtime.clock import SharedClock
from realtime.journal import (
    TAIL,
    UNBORN,
    Checkpoint,
    Conflict,
    Entry,
    Forked,
    News,
    Past,
    Position,
    Undecided,
    Unreachable,
    Wait,
    Whisper,
    files,
    mark_on,
    scripts,
)
from realtime.journal.chain import following
from realtime.journal.clients import clients
from realtime.journal.eras import Arg, Eras
from realtime.journal.following import Followers, follow
from realtime.journal.keys import Anew, Keys, Stored, Whispered, all_tags, encode, keys_of, of_room, stored, told
from realtime.journal.subscription import Subscription

CHUNK = 512
"""A follower reads the past in pieces of so many entries."""
CONFLICTS = 3
"""After so many in a row a process wants the turn (J7)."""
TURN_MS = 500
RETRY_MS = 10
"""Whoever has the turn needs it for one append, mostly."""

T = TypeVar("T")
FAILED = (RedisError, OSError, TimeoutError)


class RedisJournal:
    """The journal in Redis. Made by `open`; satisfies `Journal`."""

    def __init__(
        self,
        client: Redis,
        listening: Redis,
        prefix: str,
        *,
        tail: int,
        answer_s: float,
        news_bytes: int,
        probe_s: float,
        poll_s: float,
        patience_s: float,
        healing_s: float,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._tail = tail
        self._answer_s = answer_s
        self._poll_s = poll_s
        self._patience_s = patience_s
        self._eras = Eras(client, prefix, healing_s)
        self._me = secrets.token_hex(8)
        self._conflicts: dict[str, int] = {}
        self.now = SharedClock()
        """What time it is for every process at this Redis."""
        self.followers = Followers(news_bytes)
        self._of_channel: dict[str, Counter[str]] = {}
        """Whose news come by it, and how many here follow each."""
        self._subscription = Subscription(listening, self, prefix, probe_s)
        self._closed = asyncio.Event()
        self._read, self._drain, self._keep, self._mend, self._restart = (
            client.register_script(script)
            for script in (scripts.READ, scripts.DRAINED, scripts.CHECKPOINT, scripts.MEND, scripts.RESTART)
        )

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        *,
        prefix: str = "kring:",
        tail: int = TAIL,
        answer_s: float = 5.0,
        news_bytes: int = 4 << 20,
        probe_s: float = 5.0,
        poll_s: float = 0.25,
        patience_s: float = 0.0,
        healing_s: float = 1.0,
    ) -> AsyncIterator[Self]:
        """The journal at `url`. Nothing is asked of it yet.

        `prefix`: what its keys begin with. `tail`, `news_bytes`: as for the local journal. `answer_s`: an append not
        answered by then is undecided. `probe_s`: after so long a silence the subscription is tried. `poll_s`: how often
        one looks what the database lacks. `patience_s`: how long others have for it before it is pending here.
        `healing_s`: how long nothing new is appended after the server started, or was emptied (J8).
        """
        failure: Exception | None = None
        async with clients(url, answer_s) as (client, listening), asyncio.TaskGroup() as tasks:
            journal = cls(
                client,
                listening,
                prefix,
                tail=max(1, tail),
                answer_s=answer_s,
                news_bytes=news_bytes,
                probe_s=probe_s,
                poll_s=poll_s,
                patience_s=patience_s,
                healing_s=healing_s,
            )
            running = [
                tasks.create_task(each) for each in (journal._subscription.run(), journal.now.keep(journal._time))
            ]
            try:
                yield journal
            except Exception as raised:  # leave in good order, then let it out as it came
                failure = raised
            finally:
                journal._closed.set()
                journal._subscription.close()
                journal.followers.close()
                for task in running:
                    task.cancel()
        if failure is not None:
            raise failure

    async def _time(self) -> int:
        """Microseconds UTC, as the server has it."""
        seconds, more_us = await self._answer(self._client.time())
        return seconds * 1_000_000 + more_us

    @property
    def hearing(self) -> bool:
        """Whether this process hears the others; if not for long, it is of no use."""
        return self._subscription.hearing

    # ---- appending -----------------------------------------------------------------------------------------------

    async def append(self, room: str, body: bytes, on: Position, attempt: bytes) -> Position:
        """See Journal.append."""
        keys = self._keys(room)
        entry = Stored(room, on.seq + 1, mark_on(on, body, attempt), attempt, body)
        claim = self._conflicts.get(room, 0) >= CONFLICTS
        try:
            args: list[Arg] = [
                room,
                on.seq,
                on.mark,
                entry.seq,
                entry.mark,
                encode(entry),
                self._me,
                int(claim),
                TURN_MS,
            ]
            answer, wait_ms = await self._answer(self._eras.append(keys, args))
            if answer == b"wait":
                raise Wait(min(wait_ms, RETRY_MS))
            if answer == b"elsewhere":
                return await self._place_of(room, on, attempt)
        except Conflict:
            self._conflicts[room] = self._conflicts.get(room, 0) + 1
            raise
        except Unreachable as error:
            raise Undecided(str(error)) from error
        self._conflicts.pop(room, None)
        return Position(entry.seq, entry.mark)

    async def mend(self, room: str, on: Position, entries: Sequence[Entry]) -> None:
        """See Journal.mend. Raises Unreachable."""
        keys = self._keys(room)
        names = [keys.head, keys.entries, keys.pending, keys.channel]
        for first in range(0, len(entries), CHUNK):
            some = entries[first : first + CHUNK]
            stored = [arg for each in some for arg in (each.seq, each.mark, encode(of_room(room, each)))]
            asked = self._mend(keys=names, args=[room, on.seq, on.mark, encode(Anew(room)), *stored])
            if await self._answer(asked) != b"mended":
                return
            on = some[-1].position

    async def _place_of(self, room: str, on: Position, attempt: bytes) -> Position:
        """An append that did not stand on the head: an earlier try of it was stored, or others came first."""
        missing, head = await self._after(room, on)
        if missing is None:
            raise Forked(head)
        if not missing:
            raise Undecided("the head moved meanwhile")
        if missing[0].attempt == attempt:
            self._conflicts.pop(room, None)
            return missing[0].position
        raise Conflict(missing)

    # ---- reading -------------------------------------------------------------------------------------------------

    async def read(self, room: str, after: Position | None) -> Past:
        """See Journal.read."""
        if after is not None:
            found, head = await self._after(room, after)
            if found is not None:
                return Past(found[-1].position if found else head, None, found)
        some, head, kept = await self._look(room, None)
        start = kept.position if kept else UNBORN
        entries = following(start, some, head) or ()
        return Past(entries[-1].position if entries else start, kept, entries)

    def follow(self, room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        """See Journal.follow. Raises Unreachable when the journal is closed."""
        return self._follow(room, after)

    async def _follow(self, room: str, after: Position) -> AsyncGenerator[Sequence[News], None]:
        channel = self._keys(room).channel
        followed = self._of_channel.setdefault(channel, Counter())
        followed[room] += 1
        try:
            await self._hear(channel)
            async for news in follow(self.followers, room, after, self._chunk):
                yield news
        finally:
            followed[room] -= 1
            if not followed[room]:
                del followed[room]

    async def _hear(self, channel: str) -> None:
        """Raises Unreachable."""
        try:
            async with asyncio.timeout(self._answer_s):
                await self._subscription.hear(channel)
        except TimeoutError:
            raise Unreachable("the journal does not answer") from None
        self._check_open()

    async def _chunk(self, room: str, after: Position) -> Sequence[Entry]:
        found, head = await self._after(room, after, CHUNK)
        if found is None:
            raise Forked(head)
        return found

    async def whisper(self, room: str, body: bytes) -> None:
        """See Journal.whisper."""
        said = encode(Whispered(room, body))
        await self._answer(self._client.spublish(self._keys(room).channel, said))

    # ---- what the database has -----------------------------------------------------------------------------------

    async def pending(self, *, wait: bool = True) -> Sequence[str]:
        """See Journal.pending; if waited for, only those that have for `patience_s`, the longest waiting first."""
        while not (rooms := await self._answer(self._lacking(self._patience_s if wait else 0))) and wait:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_s):
                    await self._closed.wait()
        return rooms

    async def _lacking(self, patience_s: float) -> Sequence[str]:
        """Since when each waits is the server's time, to the second."""
        now_s, _ = await self._client.time()
        async with self._client.pipeline(transaction=False) as pipeline:
            for tag in all_tags(self._prefix):
                pipeline.zrangebyscore(tag.pending, "-inf", now_s - patience_s, withscores=True)
            found = [(since, room.decode()) for some in await pipeline.execute() for room, since in some]
        return [room for _, room in sorted(found)]

    async def drained(self, room: str, upto: Position) -> None:
        """See Journal.drained."""
        if upto == UNBORN:
            return
        keys = self._keys(room)
        args: list[Arg] = [room, upto.seq, upto.mark, self._tail]
        await self._on_chain(room, upto, self._drain, [keys.head, keys.entries, keys.pending], args)

    async def drained_upto(self, room: str) -> int:
        """See Journal.drained_upto."""
        found = await self._answer(self._client.hget(self._keys(room).head, "drained"))
        return int(found or 0)

    async def checkpoint(self, room: str, upto: Position, body: bytes) -> None:
        """See Journal.checkpoint. An older one than is kept changes nothing."""
        keys = self._keys(room)
        args: list[Arg] = [upto.seq, upto.mark, body, self._tail]
        await self._on_chain(room, upto, self._keep, [keys.head, keys.entries, keys.checkpoint], args)

    async def _on_chain(self, room: str, upto: Position, script: AsyncScript, keys: list[str], args: list[Arg]) -> None:
        """Raises Lost, Forked for a position that isn't; Unreachable."""
        where = await self._answer(script(keys=keys, args=args))
        if where == b"elsewhere":
            await self._after(room, upto, 1)
            raise Forked(upto)  # it was there again just now: the room has begun anew meanwhile

    # ---- beginning anew ------------------------------------------------------------------------------------------

    async def restart(self, room: str, head: Entry, checkpoint: bytes, was: Position | None = None) -> None:
        """Let the room go on from `head`, if it stands at `was` (None: wherever): drained up to it (J5).

        `checkpoint`: the state there. Followers and appenders that stand elsewhere get Lost or Forked. Raises
        Unreachable.
        """
        only: list[Arg] = ["0", 0, b""] if was is None else ["1", was.seq, was.mark]
        body = encode(of_room(room, head))
        await self._begin(room, [room, head.seq, head.mark, body, checkpoint, encode(Anew(room)), *only])

    async def forget(self, room: str) -> None:
        """Let nothing be left of a room that nobody is in any more. Followers get Lost. Raises Unreachable."""
        await self._begin(room, [room, 0, b"", b"", b"", encode(Anew(room)), "0", 0, b""])

    async def _begin(self, room: str, args: list[Arg]) -> None:
        keys = self._keys(room)
        names = [keys.head, keys.entries, keys.checkpoint, keys.turn, keys.pending, keys.channel]
        await self._answer(self._restart(keys=names, args=args))

    async def scrub(self) -> bool:
        """Have the server write its files anew, without what was deleted (C7). False: it is writing them already.

        Raises Unreachable, also when the server does not let its files be written.
        """
        return await self._answer(files.scrub(self._client))

    # ---- what is heard -------------------------------------------------------------------------------------------

    def heard(self, channel: str, message: bytes) -> None:
        """See Listener.heard."""
        match told(message):
            case Stored(room=room) as found:
                for follower in self.followers.of(room):
                    follower.tell([found.entry])
            case Whispered(room=room, body=body):
                for follower in self.followers.of(room):
                    follower.whisper(Whisper(body))
            case Anew(room=room):
                self._look_again(self._of_channel.get(channel, ()) if room is None else [room])

    def hears_again(self, channel: str) -> None:
        """See Listener.hears_again."""
        self._look_again(self._of_channel.get(channel, ()))

    def _look_again(self, rooms: Iterable[str]) -> None:
        for room in rooms:
            for follower in self.followers.of(room):
                follower.fall_behind()

    # ---- asking --------------------------------------------------------------------------------------------------

    async def _after(self, room: str, on: Position, most: int = 0) -> tuple[Sequence[Entry] | None, Position]:
        """Entries after `on` (None: it was trimmed away), and the head. Raises Lost, Forked, Unreachable."""
        found, head, _ = await self._look(room, on.seq, most and most + 1)
        return following(on, found, head), head

    async def _look(
        self, room: str, seq: int | None, most: int = 0
    ) -> tuple[Sequence[Entry], Position, Checkpoint | None]:
        """What there is from a seq on (None: from that of the checkpoint), in one look. Raises Unreachable."""
        keys = self._keys(room)
        args = ["" if seq is None else seq, most, int(seq is None)]
        asked = self._read(keys=[keys.head, keys.entries, keys.checkpoint], args=args)
        at, mark, found, *kept = await self._answer(asked)
        checkpoint = Checkpoint(Position(int(kept[0]), kept[1]), kept[2]) if kept[0] else None
        return [stored(each).entry for each in found], Position(int(at), mark), checkpoint

    async def _answer(self, asked: Awaitable[T]) -> T:
        """Raises Unreachable. (Python 3.11's `wait_for`, in the library, may swallow that one is cancelled.)"""
        if self._closed.is_set() and isinstance(asked, Coroutine):
            asked.close()
        self._check_open()
        task = asyncio.current_task()
        cancelled = task.cancelling() if task is not None else 0
        try:
            answer = await asked
        except FAILED as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        if task is not None and task.cancelling() > cancelled:
            raise asyncio.CancelledError
        return answer

    def _keys(self, room: str) -> Keys:
        return keys_of(self._prefix, room)

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise Unreachable("the journal is closed")
