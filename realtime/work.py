"""How a room's commands become entries: one batch at a time, planned, appended, proved, answered (J2, J3, F2)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
import structlog
from msgspec import Struct

from realtime.batch import Counted, Declined, Plan, Request, Verdict
from realtime.gate import Recalled
from realtime.journal import Conflict, Entry, Forked, Lost, Unreachable, Wait
from realtime.journal.loop import StillUndecided, Unsettled, new_attempt, pauses, prove, resume, settle
from realtime.projection import BATCH
from realtime.room import LiveRoom
from realtime.stamp import timer_key
from rooms.model import ActorId, PersonName, Reason, Record, RecordId, Refused, Role

if TYPE_CHECKING:
    from realtime.connection import Connection

INBOX = 4_096
BUSY_MS = 500
RETRY_MS = 1_000
PATIENCE_S = 3.0
"""How long people wait for an answer while the journal doesn't give one; then they get `retry`."""
TOLD_S = 1.0
"""Following brings an entry long before this, once it is stored."""

log = structlog.get_logger()


class Wish(Struct, gc=False):
    """A command on its way. `connection`: whom to answer; None: the server itself, by `told`."""

    id: str
    request: Request
    connection: Connection | None = None
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
        self._answered: Sequence[Wish] = ()
        """The last batch that was answered."""
        self._ringing = False
        self._over = False
        room.watch(self._applied)
        room.by_the_clock(self._due)

    def submit(self, wish: Wish) -> None:
        """Raises Refused: `busy` when the inbox is full, `retry` when the room is going dark."""
        if self._over:
            raise Refused(Reason.RETRY, retry_ms=RETRY_MS)
        if len(self._inbox) >= self._bound:
            raise Refused(Reason.BUSY, retry_ms=BUSY_MS)
        if wish.connection is not None:
            wish.connection.in_flight += 1
        self._inbox.append(wish)
        self._room.settled.clear()
        self._wake.set()

    async def run(self) -> None:
        """Until the room goes dark; whoever has no answer by then gets `retry`."""
        batch: Sequence[Wish] = ()
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._inbox:
                    await self._may_begin()
                    batch = [self._inbox.popleft() for _ in range(min(BATCH, len(self._inbox)))]
                    await self._batch(batch)
                self._room.settled.set()
        finally:
            self._over = True
            self._room.settled.set()
            if self._answered is not batch:
                self._decline(batch, Reason.RETRY)
            self._decline(self._inbox, Reason.RETRY)

    async def _may_begin(self) -> None:
        """During a flush they gather, and share an entry: the next flush would tell them anyway."""
        await self._room.quiet.wait()

    async def _batch(self, batch: Sequence[Wish]) -> None:
        """Decide one batch, however often somebody else comes first; every wish in it gets one answer."""
        try:
            while not await self._tried(batch):
                pass
        except StillUndecided as undecided:
            await self._undecided(batch, undecided.unsettled)
        except Unreachable as unreachable:
            log.error("journal.unreachable", detail=str(unreachable)[:200])
            self._give_up(batch)
        self._planned = None

    async def _tried(self, batch: Sequence[Wish]) -> bool:
        """Plan and store; False: the room was elsewhere, plan again. Raises StillUndecided, Unreachable."""
        try:
            try:
                return await self._stored(batch)
            except Conflict as conflict:
                self._room.take(conflict.missing)
            except Wait as wait:
                await asyncio.sleep(wait.retry_ms / 1_000)
        except (Lost, Forked):
            await self._room.heal()
        return self._answered is batch

    async def _stored(self, batch: Sequence[Wish]) -> bool:
        """Raises Conflict, Wait, Lost, Forked, StillUndecided, Unreachable."""
        room = self._room
        self._planned = None
        if max(wish.request.made for wish in batch) > room.projection.seq:
            room.take(await prove(room.journal, room.id, room.projection.position))
        fetched = await self._fetched(batch)
        plan = room.projection.plan([wish.request for wish in batch], room.now(), fetched)
        if plan.body is not None:
            return await self._appended(batch, plan, plan.body)
        missing = await prove(room.journal, room.id, plan.on)
        if missing:
            room.take(missing)
            return False
        self._answer(batch, plan)
        return True

    async def _appended(self, batch: Sequence[Wish], plan: Plan, body: bytes) -> bool:
        """Append, and wait until the room has followed up to there: only then does it count for anybody (J3)."""
        room, attempt = self._room, new_attempt()
        self._planned = _Planned(attempt, batch, plan)
        heals = room.heals
        began = time.perf_counter()
        at = await settle(room.journal, room.id, body, plan.on, attempt=attempt, patience=self._patience())
        room.timings.append.add(time.perf_counter() - began)
        while room.projection.seq < at.seq and room.heals == heals:
            room.applied.clear()
            if not await self._told_soon():  # lost before anybody heard of it, or we hear nothing: look
                room.take(await prove(room.journal, room.id, room.projection.position))
                break
        return self._answered is batch

    async def _told_soon(self) -> bool:
        try:
            async with asyncio.timeout(TOLD_S):
                await self._room.applied.wait()
        except TimeoutError:
            return False
        return True

    def _applied(self, entry: Entry) -> None:
        """An entry is applied; if it is the one of our plan, its commands count, and that is told with the change."""
        if self._planned is not None and entry.attempt == self._planned.attempt:
            planned, self._planned = self._planned, None
            self._answer(planned.batch, planned.plan)

    def _due(self, now: int) -> None:
        """A timer that has run out is a command of the system's; its key makes it count once (C8)."""
        timer = self._room.projection.due(now)
        if timer is None or self._ringing or self._over:
            return
        key = timer_key(self._room.key, timer)
        made = self._room.projection.seq
        request = Request(key, timer.command, ActorId(""), Role.SYSTEM, PersonName(""), made)
        self._ringing = True  # however full the inbox is
        self._inbox.append(Wish(key, request, told=self._rung()))
        self._wake.set()

    def _rung(self) -> asyncio.Future[Verdict]:
        def over(_: asyncio.Future[Verdict]) -> None:
            self._ringing = False

        told: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        told.add_done_callback(over)
        return told

    async def _undecided(self, batch: Sequence[Wish], unsettled: Unsettled) -> None:
        """Nobody knows whether it was stored: say so, and plan nothing else until it is known (J2)."""
        self._give_up(batch)
        while True:
            while self._inbox:
                self._decline([self._inbox.popleft()], Reason.RETRY)
            try:
                await resume(self._room.journal, unsettled, patience=self._patience())
                return
            except StillUndecided as still:
                log.error("journal.undecided", seq=still.unsettled.on.seq + 1)
            except (Conflict, Lost, Forked):
                return  # it is not there; the next plan, or following, sees what is

    async def _fetched(self, batch: Sequence[Wish]) -> dict[RecordId, Record]:
        """Let-go records that the commands name, as the database has them, if that is as the room has them (C6).

        Raises Unreachable.
        """
        room = self._room
        commands = [wish.request.command for wish in batch]
        if not (missing := room.projection.missing(commands)):
            return {}
        async for _ in self._tries():
            recalled = await self._recalled(missing)
            if room.projection.accepts(recalled.cursor) and room.projection.missing(commands) <= missing:
                return self._readable(recalled)
            missing = room.projection.missing(commands)
        raise Unreachable("the database is behind what memory let go of")

    async def _recalled(self, ids: Collection[RecordId]) -> Recalled:
        try:
            return await self._room.gate.recall(self._room.id, sorted(ids))
        except Exception as error:
            log.exception("database.recall_failed")
            raise Unreachable("the database cannot be asked") from error

    def _readable(self, recalled: Recalled) -> dict[RecordId, Record]:
        found: dict[RecordId, Record] = {}
        for id, raw in recalled.records.items():
            try:
                found[id] = self._room.kind.record_from_msgpack(raw)
            except msgspec.MsgspecError:
                log.exception("database.record_not_readable", record=id)
        return found

    async def _tries(self) -> AsyncIterator[None]:
        yield
        async for _ in self._patience():
            yield

    # ---- answering -----------------------------------------------------------------------------------------------

    def _answer(self, batch: Sequence[Wish], plan: Plan) -> None:
        self._answered = batch
        for wish, verdict in zip(batch, plan.verdicts, strict=True):
            self._tell(wish, verdict)
        self._room.touch()

    def _give_up(self, batch: Sequence[Wish]) -> None:
        """Unless its entry came by after all."""
        self._planned = None
        if self._answered is not batch:
            self._answered = batch
            self._decline(batch, Reason.RETRY)

    def _decline(self, wishes: Iterable[Wish], reason: Reason) -> None:
        for wish in wishes:
            self._tell(wish, Declined(reason, {"retry_ms": RETRY_MS}))
        self._room.touch()

    def _tell(self, wish: Wish, verdict: Verdict) -> None:
        """To the seat that the connection has now: it may have left and come back, or come in with another role."""
        if isinstance(verdict, Declined) and verdict.error is not None:
            log.error("kind.fault", kind=self._room.kind.name, exc_info=verdict.error)
        if wish.told is not None and not wish.told.done():
            wish.told.set_result(verdict)
        connection = wish.connection
        if connection is None:
            return
        connection.in_flight -= 1
        seat = connection.seats.get(self._room.id)
        if seat is None or seat.room is not self._room:
            return  # gone: whoever comes back sends it again
        if isinstance(verdict, Counted):
            seat.count(wish.id)
        else:
            seat.owe(connection.refusal(verdict.reason, verdict.facts, id=wish.id, room=self._room.id))
