"""How a room's commands become entries: one batch at a time, planned, appended, proved, answered (J2, J3, F2)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence

import structlog
from msgspec import Struct

from realtime.batch import Counted, Declined, Plan, Request, Verdict
from realtime.journal import Conflict, Entry, Forked, Lost, Unreachable, Wait
from realtime.journal.loop import StillUndecided, Unsettled, new_attempt, pauses, prove, resume, settle
from realtime.projection import BATCH
from realtime.room import LiveRoom
from realtime.seat import Seat
from realtime.stamp import timer_key
from rooms.model import ActorId, PersonName, Reason, Record, RecordId, Refused, Role

INBOX = 4_096
BUSY_MS = 500
RETRY_MS = 1_000
PATIENCE_S = 3.0
"""How long people wait for an answer while the journal doesn't give one; then they get `retry`."""

log = structlog.get_logger()


class Wish(Struct, gc=False):
    """A command on its way. `seat`: whom to answer; None: the server itself, by `told`."""

    id: str
    request: Request
    seat: Seat | None = None
    told: asyncio.Future[Verdict] | None = None


class _Planned(Struct, gc=False):
    """The batch whose entry is being appended."""

    attempt: bytes
    batch: Sequence[Wish]
    plan: Plan


class Work:
    """The inbox of one room and the loop that empties it. Nothing else appends to the room in this process."""

    def __init__(
        self,
        room: LiveRoom,
        *,
        inbox: int = INBOX,
        patience: Callable[[], AsyncIterator[None]] = lambda: pauses(PATIENCE_S),
    ) -> None:
        self._room = room
        self._bound = inbox
        self._patience = patience
        self._inbox: deque[Wish] = deque()
        self._wake = asyncio.Event()
        self._planned: _Planned | None = None
        self._last: Sequence[Wish] | None = None
        room.watch(self._stored)
        room.by_the_clock(self._due)

    def submit(self, wish: Wish) -> None:
        """Raises Refused(busy) when the inbox is full."""
        if len(self._inbox) >= self._bound:
            raise Refused(Reason.BUSY, retry_ms=BUSY_MS)
        if wish.seat is not None:
            wish.seat.in_flight += 1
        self._inbox.append(wish)
        self._wake.set()

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox:
                self._last = None
                await self._batch([self._inbox.popleft() for _ in range(min(BATCH, len(self._inbox)))])

    async def _batch(self, batch: Sequence[Wish]) -> None:
        """Decide one batch, however often somebody else comes first; every wish in it gets one answer."""
        try:
            while not await self._tried(batch):
                pass
        except StillUndecided as undecided:
            await self._undecided(batch, undecided.unsettled)
        except Unreachable as unreachable:
            log.error("journal.unreachable", detail=str(unreachable)[:200])
            self._decline(batch, Reason.RETRY)

    async def _tried(self, batch: Sequence[Wish]) -> bool:
        """One plan; False: the room was elsewhere, plan again."""
        room = self._room
        self._planned = None
        try:
            if max(wish.request.made for wish in batch) > room.projection.seq:
                room.take(await prove(room.journal, room.id, room.projection.position))
            fetched = await self._fetched(batch)
            plan = room.projection.plan([wish.request for wish in batch], room.now(), fetched)
            if plan.body is not None:
                return await self._appended(batch, plan, plan.body)
            missing = await prove(room.journal, room.id, plan.on)
            if not missing:
                self._answer(batch, plan)
                return True
            room.take(missing)
        except Conflict as conflict:
            room.take(conflict.missing)
        except Wait as wait:
            await asyncio.sleep(wait.retry_ms / 1_000)
        except Lost as lost:
            await room.lost(lost.head)
        except Forked as forked:
            await room.reload(forked.head)
        return self._last is batch

    async def _appended(self, batch: Sequence[Wish], plan: Plan, body: bytes) -> bool:
        """Append, and wait until the room has followed up to there: only then does it count for anybody (J3)."""
        room, attempt = self._room, new_attempt()
        self._planned = _Planned(attempt, batch, plan)
        reloads = room.reloads
        at = await settle(room.journal, room.id, body, plan.on, attempt=attempt, patience=self._patience())
        while room.projection.seq < at.seq and room.reloads == reloads:
            room.applied.clear()
            await room.applied.wait()
        return self._last is batch

    def _stored(self, entry: Entry) -> None:
        """An entry is applied; if it is the one of our plan, its commands count, and that is told with the change."""
        if self._planned is not None and entry.attempt == self._planned.attempt:
            planned, self._planned = self._planned, None
            self._last = planned.batch
            self._answer(planned.batch, planned.plan)

    def _due(self, now: int) -> None:
        """A timer that has run out is a command of the system's; its key makes it count once (C8)."""
        timer = self._room.projection.due(now)
        if timer is not None and not self._inbox:
            key = timer_key(self._room.key, timer)
            made = self._room.projection.seq
            request = Request(key, timer.command, ActorId(""), Role.SYSTEM, PersonName(""), made)
            self._inbox.append(Wish(key, request))
            self._wake.set()

    async def _undecided(self, batch: Sequence[Wish], unsettled: Unsettled) -> None:
        """Nobody knows whether it was stored: say so, and plan nothing else until it is known (J2)."""
        self._planned = None
        self._decline(batch, Reason.RETRY)
        while True:
            while self._inbox:
                self._decline([self._inbox.popleft()], Reason.RETRY)
            try:
                await resume(self._room.journal, unsettled, patience=self._patience())
                return
            except StillUndecided as still:
                log.error("journal.undecided", seq=still.unsettled.on.seq + 1)
            except Conflict as conflict:
                self._room.take(conflict.missing)
                return
            except Lost as lost:
                await self._room.lost(lost.head)
                return
            except Forked as forked:
                await self._room.reload(forked.head)
                return

    async def _fetched(self, batch: Sequence[Wish]) -> dict[RecordId, Record]:
        """Let-go records that the commands name, as the database has them, if that is as the room has them (C6)."""
        room = self._room
        fetched: dict[RecordId, Record] = {}
        missing = room.projection.missing(wish.request.command for wish in batch)
        if not missing:
            return fetched
        async for _ in self._tries():
            recalled = await room.gate.recall(room.id, sorted(missing))
            if room.projection.accepts(recalled.cursor):
                return {id: room.kind.record_from_msgpack(raw) for id, raw in recalled.records.items()}
        raise Unreachable("the database is behind what memory let go of")

    async def _tries(self) -> AsyncIterator[None]:
        yield
        async for _ in self._patience():
            yield

    # ---- answering -----------------------------------------------------------------------------------------------

    def _answer(self, batch: Sequence[Wish], plan: Plan) -> None:
        for wish, verdict in zip(batch, plan.verdicts, strict=True):
            self._tell(wish, verdict)
        self._room.touch()

    def _decline(self, batch: Sequence[Wish], reason: Reason) -> None:
        for wish in batch:
            self._tell(wish, Declined(reason, {"retry_ms": RETRY_MS}))
        self._room.touch()

    def _tell(self, wish: Wish, verdict: Verdict) -> None:
        if isinstance(verdict, Declined) and verdict.error is not None:
            log.error("kind.fault", kind=self._room.kind.name, exc_info=verdict.error)
        if wish.told is not None and not wish.told.done():
            wish.told.set_result(verdict)
        seat = wish.seat
        if seat is None:
            return
        seat.in_flight -= 1
        if isinstance(verdict, Counted):
            seat.done.append(wish.id)
        else:
            refusal = seat.connection.refusal(verdict.reason, verdict.facts, id=wish.id, room=self._room.id)
            seat.owed.append(refusal)
