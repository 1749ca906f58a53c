"""A live room in one process: its projection, its seats, and the few tasks that own it (F8).

follow   entries from the journal → projection → audiences; whispers → presence and awareness
work     inbox → plan → append, with proof (J2, J3): realtime/work.py
flush    what changed → every seat, at most once per 16 ms (F2)
tend     presence, awareness, timers, what the database has
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

import msgspec
import structlog

from realtime.audience import Audiences
from realtime.awareness import Awareness, Data, Said
from realtime.fanout import Flush, joined_frame
from realtime.frames import framed
from realtime.gate import Gate
from realtime.journal import Conflict, Entry, Forked, Journal, Lost, News, Position, Undecided, Wait
from realtime.journal import Whisper as JournalWhisper
from realtime.presence import Here, Presence, Seen, difference
from realtime.projection import Bounds, Projection
from realtime.seat import Seat, eyes_of, position_of
from realtime.wire import Join, Person, ToClient, Whispered
from realtime.wire import Presence as PresenceMessage
from rooms.kind import Kind
from rooms.model import ActorId, Role

FLUSH_S = 0.016
TEND_S = 1.0
PRESENCE_MS = 1_000
SEATED = (Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)

log = structlog.get_logger()
_whispers = msgspec.msgpack.Decoder(Here | Said)
_pack = msgspec.msgpack.Encoder().encode


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
    ) -> None:
        self.id = id
        self.kind = kind
        self.key = key
        self.journal = journal
        self.gate = gate
        self.now = now
        self.seats: dict[Seat, None] = {}
        self.empty_since = now()
        self.lost_entries = 0
        self.reloads = 0
        self.skipped = 0
        self.flushes = 0
        self.entries = 0
        self.applied = asyncio.Event()
        """Set at every entry applied and every answer given; whoever waits clears it."""
        self._bounds = bounds
        self._process = process
        self._presence = Presence(process)
        self._awareness = Awareness(process)
        self._seen = Seen(0, {})
        self._seen_at = 0
        self._dirty = asyncio.Event()
        self._stirred = asyncio.Event()
        self._tail: deque[Entry] = deque()
        self._watchers: list[Callable[[Entry], None]] = []
        self._clocked: list[Callable[[int], None]] = []
        self.projection = Projection(kind, bounds)
        self.audiences = Audiences(self.projection)

    # ---- loading and following -----------------------------------------------------------------------------------

    async def load(self) -> None:
        """Read the room from the journal; whoever has a seat will get the whole state."""
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
            seat.audience = self.audiences.of_role(seat.viewer.role)
            seat.mine = self.audiences.of_viewer(seat.viewer)
            seat.whole = True
        self.touch()

    async def follow(self) -> None:
        """Take what the journal brings, for ever; another past or a lost tail means reload (J1, J8)."""
        while True:
            try:
                async for news in self.journal.follow(self.id, self.projection.position):
                    self.take(news)
            except Lost as lost:
                await self.lost(lost.head)
            except Forked as forked:
                await self.reload(forked.head)

    async def lost(self, head: Position) -> None:
        """The journal is shorter than what was read of it: lengthen it again, or else take it as it is."""
        if not await self._mended(head):
            await self.reload(head)

    async def _mended(self, head: Position) -> bool:
        """Append this process's own tail again, when that fits (J8)."""
        tail = [entry for entry in self._tail if entry.seq > head.seq]
        if not self.projection.knows(head) or len(tail) != self.projection.seq - head.seq:
            return False
        on = head
        try:
            for entry in tail:
                on = await self.journal.append(self.id, entry.body, on, entry.attempt)
        except (Conflict, Lost, Forked, Undecided, Wait) as error:
            log.error("room.mending_failed", error=type(error).__name__)
            return False
        log.error("room.mended", entries=len(tail))
        return on == self.projection.position

    async def reload(self, head: Position) -> None:
        """The journal has another past: take it, and count what is gone. Never silent."""
        gone = max(0, self.projection.seq - head.seq)
        self.lost_entries += gone
        self.reloads += 1
        log.error("room.reloaded", had=self.projection.seq, journal=head.seq, entries_gone=gone)
        await self.load()

    def take(self, news: Iterable[News]) -> None:
        """Apply entries that are next, pass whispers on; what is known already is passed over."""
        for item in news:
            if isinstance(item, JournalWhisper):
                self._hear(item.body)
            elif item.seq > self.projection.seq:
                self._apply(item)
        self.touch()

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
        last = 0.0
        while True:
            await self._dirty.wait()
            pause = last + FLUSH_S - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            self._dirty.clear()
            last = loop.time()
            round = Flush(self.id, self.projection, self._presence_message(), self.now())
            await round.run(list(self.seats))
            self.flushes += 1
            if round.skipped:
                self.skipped += round.skipped
                loop.call_later(TEND_S / 4, self._dirty.set)

    def sit(self, seat: Seat, join: Join) -> None:
        """A connection enters: from now on it is told; first the difference since its position, or the whole."""
        self.seats[seat] = None
        if seat.viewer.role is not Role.SCREEN:
            self._presence.arrive(seat.viewer.actors[0], Person(seat.admission.name, seat.viewer.role.staff))
            self._stirred.set()
        known = None
        if join.seq is not None and join.mark is not None and join.eyes == eyes_of(seat.viewer):
            position = position_of(join.seq, join.mark)
            known = position if position and self.projection.knows(position) else None
        frame = joined_frame(seat, join.id, known, self.projection, self._presence_message())
        seat.connection.transport.write(frame)

    def stand(self, seat: Seat) -> None:
        """A connection leaves."""
        if self.seats.pop(seat, self) is self:
            return
        if seat.viewer.role is not Role.SCREEN:
            self._presence.depart(seat.viewer.actors[0], self.now())
        if not any(other.viewer == seat.viewer for other in self.seats):
            self.audiences.forget(seat.viewer)
        self.empty_since = self.now()

    # ---- presence, awareness, what the database has ----------------------------------------------------------------

    def whisper(self, seat: Seat, name: str, data: Data) -> None:
        """Somebody is typing, or moves their cursor."""
        if seat.viewer.role is not Role.SCREEN:
            self._awareness.say(seat.viewer.actors[0], name, data, self.now())
            self._stirred.set()

    async def tend(self) -> None:
        """Whatever happens by the clock."""
        while True:
            await self._pause()
            now = self.now()
            said, here = self._awareness.publish(now), self._presence.tell(now)
            for body in (said, here):
                if body is not None:
                    await self.journal.whisper(self.id, _pack(body))
            self._tell_presence(now)
            for act in self._clocked:
                act(now)
            drained = await self.journal.drained_upto(self.id)
            self.projection.drained(drained)
            while self._tail and self._tail[0].seq <= drained:
                self._tail.popleft()

    async def _pause(self) -> None:
        at = self._awareness.publish_at()
        wait = TEND_S if at is None else max(0, at - self.now()) / 1_000
        try:
            async with asyncio.timeout(min(wait, TEND_S)):
                await self._stirred.wait()
        except TimeoutError:
            pass
        self._stirred.clear()

    def _tell_presence(self, now: int) -> None:
        if now - self._seen_at < PRESENCE_MS:
            return
        seen = self._presence.seen(now)
        put, gone = difference(self._seen, seen)
        if put or gone or seen.count != self._seen.count:
            self._seen, self._seen_at = seen, now
            self.tell(PresenceMessage(self.id, seen.count, put, gone))

    def here(self) -> int:
        """How many people are in the room."""
        return self._presence.seen(self.now()).count

    def _presence_message(self) -> PresenceMessage:
        seen = self._presence.seen(self.now())
        return PresenceMessage(self.id, seen.count, dict(seen.people), whole=True)

    def _hear(self, body: bytes) -> None:
        whisper = _whispers.decode(body)
        if isinstance(whisper, Here):
            self._presence.heard(whisper, self.now())
            return
        for actor, name, data in self._awareness.heard(whisper, self.now()):
            self.tell(Whispered(self.id, actor, name, data), but=actor)

    def tell(self, message: ToClient, *, but: ActorId | None = None) -> None:
        """Say something that isn't kept to everybody here, encoded once per codec."""
        encoded: dict[bool, bytes] = {}
        for seat in self.seats:
            transport, codec = seat.connection.transport, seat.connection.codec
            if but in seat.viewer.actors or transport.buffered() > PART_SKIPPED:
                continue
            if codec.binary not in encoded:
                encoded[codec.binary] = framed(codec, [message])
            transport.write(encoded[codec.binary])


PART_SKIPPED = 64 * 1024
"""Somebody this far behind isn't told what isn't kept."""
