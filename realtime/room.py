"""A live room in one process: its projection, its seats, and the few tasks that own it (F8).

follow   entries from the journal → projection → audiences; whispers → company
work     inbox → plan → append, with proof (J2, J3): realtime/work.py
flush    what changed → every seat, at most once per 16 ms (F2)
tend     who is here (realtime/company.py), timers, what the database has
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing

import structlog

from realtime.audience import Audiences
from realtime.company import Company
from realtime.fanout import Flush, joined_frame
from realtime.gate import Gate
from realtime.journal import Entry, Forked, Journal, Lost, News, Position, Unreachable, mark_on
from realtime.journal import Whisper as JournalWhisper
from realtime.journal.loop import prove
from realtime.projection import Bounds, Projection
from realtime.rows import Rows
from realtime.seat import Seat, eyes_of, position_of
from realtime.stats import Timings
from realtime.wire import Join
from rooms.kind import Kind
from rooms.model import Role, Viewer

FLUSH_S = 0.016
REST_S = 0.008
"""After a flush it rests as long as that took, at most this: in a large room answers gather meanwhile."""
GATHER_S = 0.05
"""A flush waits for commands that are being decided, at most this: in a vote of all, all of a round share it."""
AGAIN_S = 0.25
"""Between two tries to read a journal that is out of order."""
SKIPPED_S = 0.25
"""Who was skipped is looked at again after this."""
SEATED = (Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)

log = structlog.get_logger()


class LiveRoom:
    """Owned by its tasks; everything else about it happens between awaits, on the event loop."""

    def __init__(
        self,
        id: str,
        kind: Kind,
        key: bytes,
        *,
        journal: Journal,
        gate: Gate,
        now: Callable[[], int],
        process: str,
        bounds: Bounds = Bounds(),  # noqa: B008 - a frozen value
        timings: Timings | None = None,
    ) -> None:
        self.id = id
        self.kind = kind
        self.key = key
        self.journal = journal
        self.gate = gate
        self.now = now
        self.seats: dict[Seat, None] = {}
        self.rows = Rows()
        self.company = Company(id, process, self.seats, now)
        self.empty_since = now()
        self.timings = timings or Timings()
        self.lost_entries = 0
        self.reloads = 0
        self.heals = 0
        """How often the journal disagreed; whoever waits for an entry has to look again."""
        self.skipped = 0
        self.flushes = 0
        self.entries = 0
        self.applied = asyncio.Event()
        """Set at every entry applied and every answer given; whoever waits clears it."""
        self._bounds = bounds
        self.quiet = asyncio.Event()
        """Unset while a flush goes round: what is decided meanwhile would be told by the next one anyway."""
        self.quiet.set()
        self.settled = asyncio.Event()
        """Unset while commands wait to be decided and stored."""
        self.settled.set()
        self._dirty = asyncio.Event()
        self._healing = False
        self._healed = asyncio.Event()
        self._viewers: Counter[Viewer] = Counter()
        self._tail: deque[Entry] = deque()
        self._watchers: list[Callable[[Entry], None]] = []
        self._clocked: list[Callable[[int], None]] = []
        self.projection = Projection(kind, bounds)
        self.audiences = Audiences(self.projection)

    # ---- loading and following -----------------------------------------------------------------------------------

    async def load(self) -> Sequence[Position]:
        """Read the room from the journal; whoever has a seat will get the whole state. The positions that were read.

        Raises Unreachable, and Newer when a newer process wrote it.
        """
        past = await self.journal.read(self.id, None)
        if await self._restored(past.head):
            past = await self.journal.read(self.id, None)
        self.projection = projection = Projection(self.kind, self._bounds)
        if past.checkpoint is not None:
            projection.restore(past.checkpoint)
        self.audiences = Audiences(projection)
        for role in SEATED:
            self.audiences.of_role(role)
        self._tail.clear()
        for entry in past.entries:
            self._apply(entry)
        for seat in self.seats:
            seat.begin_anew(self.audiences.of_role(seat.viewer.role), self.audiences.of_viewer(seat.viewer))
        self.touch()
        start = [past.checkpoint.position] if past.checkpoint is not None else []
        return [*start, *(entry.position for entry in past.entries)]

    async def follow(self) -> None:
        """Take what the journal brings, for ever; another past or a lost tail is healed (J1, J8)."""
        while True:
            try:
                async with aclosing(self.journal.follow(self.id, self.projection.position)) as journal:
                    async for news in journal:
                        self.take(news)
            except (Lost, Forked):
                await self._heal_at_last()
            except Unreachable as unreachable:
                log.error("room.not_followed", detail=str(unreachable)[:200])
                await asyncio.sleep(AGAIN_S)

    async def _heal_at_last(self) -> None:
        while True:
            try:
                return await self.heal()
            except Unreachable as unreachable:
                log.error("room.not_healed", detail=str(unreachable)[:200])
                await asyncio.sleep(AGAIN_S)

    async def heal(self) -> None:
        """The journal said Lost or Forked: see how it stands, and agree with it again. Raises Unreachable.

        Asked by several at once, it is done once.
        """
        if self._healing:
            self._healed.clear()
            await self._healed.wait()
            return
        self._healing = True
        try:
            await self._agree()
        finally:
            self._healing = False
            self.heals += 1
            self._healed.set()
            self.touch()

    async def _agree(self) -> None:
        while True:
            try:
                self.take(await prove(self.journal, self.id, self.projection.position))
                return
            except Lost as lost:
                if not await self._mended(lost.head) and not await self._restored(lost.head):
                    await self._reload()
            except Forked:
                await self._reload()

    async def _mended(self, head: Position) -> bool:
        """Whether this process's own tail fits on what the journal has, which was then offered it again (J8)."""
        tail = [entry for entry in self._tail if entry.seq > head.seq]
        if not self.projection.knows(head) or len(tail) != self.projection.seq - head.seq:
            return False
        await self.journal.mend(self.id, head, tail)
        log.error("room.mended", entries=len(tail))
        return True

    async def _restored(self, head: Position) -> bool:
        """Whether the database had more than the journal, which then goes on from there. Raises Unreachable."""
        try:
            return await self.gate.restore(self.id, head)
        except Exception as error:
            log.exception("room.not_restored")
            raise Unreachable("the database cannot be asked") from error

    async def _reload(self) -> None:
        """The journal has another past: take it, and count what is gone. Never silent."""
        before = self.projection
        common = max((at.seq for at in await self.load() if before.knows(at)), default=0)
        gone = max(0, before.seq - common)
        if not self.projection.is_unlinked(before):  # else nothing is gone but who did what (C7)
            self.lost_entries += gone
            self.reloads += 1
            log.error("room.reloaded", had=before.seq, journal=self.projection.seq, entries_gone=gone)

    def take(self, news: Iterable[News]) -> None:
        """Apply entries that are next, pass whispers on; what is known already is passed over.

        Raises Forked for an entry that does not stand on what was applied before.
        """
        before = self.projection.seq
        try:
            for item in news:
                if isinstance(item, JournalWhisper):
                    self.company.hear(item.body)
                elif item.seq > self.projection.seq:
                    self._check_next(item)
                    self._apply(item)
        finally:
            if self.projection.seq > before:
                self.touch()

    def _check_next(self, entry: Entry) -> None:
        """The mark is the hash of everything before (J1)."""
        at = self.projection.position
        if entry.seq != at.seq + 1 or entry.mark != mark_on(at, entry.body, entry.attempt):
            raise Forked(entry.position)

    def _apply(self, entry: Entry) -> None:
        applied = self.projection.apply(entry)
        self.audiences.update(applied)
        self._tail.append(entry)
        self.entries += 1
        for watcher in self._watchers:
            watcher(entry)

    def watch(self, watcher: Callable[[Entry], None]) -> None:
        """Call `watcher` with every entry, right after it is applied and before anybody is told."""
        self._watchers.append(watcher)

    def by_the_clock(self, act: Callable[[int], None]) -> None:
        """Call `act` with the time, about once a second."""
        self._clocked.append(act)

    def touch(self) -> None:
        """Something is to be told."""
        self._dirty.set()
        self.applied.set()

    # ---- telling -------------------------------------------------------------------------------------------------

    async def flush(self) -> None:
        """An idle room tells at once; a busy one at most every 16 ms (F2)."""
        loop = asyncio.get_running_loop()
        last = ended = 0.0
        again: asyncio.TimerHandle | None = None
        while True:
            await self._dirty.wait()
            since = loop.time()
            pause = max(last + FLUSH_S, ended + min(REST_S, ended - last)) - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            await self._gather()
            self._dirty.clear()
            last = loop.time()
            round = Flush(self)
            self.quiet.clear()
            try:
                await round.run()
            finally:
                self.quiet.set()
            ended = loop.time()
            self.timings.told.add(ended - since)
            self.flushes += 1
            self.skipped += round.skipped
            if again is not None:
                again.cancel()
            again = loop.call_later(SKIPPED_S, self._dirty.set) if round.skipped else None

    async def _gather(self) -> None:
        try:
            async with asyncio.timeout(GATHER_S):
                await self.settled.wait()
        except TimeoutError:
            pass  # they come faster than they are decided

    def sit(self, seat: Seat, join: Join) -> None:
        """A connection enters: from now on it is told; first the difference since its position, or the whole."""
        self.seats[seat] = self.rows.apart[seat] = None
        self._viewers[seat.viewer] += 1
        self.company.arrive(seat)
        known = None
        if join.seq is not None and join.mark is not None and join.eyes == eyes_of(seat.viewer):
            position = position_of(join.seq, join.mark)
            known = position if position and self.projection.knows(position) else None
        seat.connection.transport.write(joined_frame(seat, join.id, known))
        if seat.done or seat.owed:
            self.touch()

    def stand(self, seat: Seat) -> None:
        """A connection leaves."""
        if self.seats.pop(seat, self) is self:
            return
        seat.step_out()
        del self.rows.apart[seat]
        self.company.depart(seat)
        self._viewers[seat.viewer] -= 1
        if not self._viewers[seat.viewer]:
            del self._viewers[seat.viewer]
            self.audiences.forget(seat.viewer)
        self.empty_since = self.now()

    # ---- by the clock --------------------------------------------------------------------------------------------

    async def tend(self) -> None:
        """Whatever happens by the clock."""
        while True:
            await self.company.stirring()
            await self.tend_once()

    async def tend_once(self) -> None:
        now = self.now()
        for body in self.company.whispers(now):
            await self.journal.whisper(self.id, body)
        self.company.tell_presence(now)
        for act in self._clocked:
            act(now)
        await self._let_go()

    async def _let_go(self) -> None:
        """Of what the database has."""
        try:
            drained = await self.journal.drained_upto(self.id)
        except Unreachable:
            return  # the next time, then
        self.projection.drained(drained)
        while self._tail and self._tail[0].seq <= drained:
            self._tail.popleft()
