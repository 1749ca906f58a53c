"""Bringing sessions that are closing to their end, and what they were kept for: in the server and in `kring worker`.

Whoever is stopped on the way, whoever else does the same meanwhile: each step is repeated without harm, and what a
session came to is taken down once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from persistence import retention, sessions, staff_log
from persistence.closing import Scrubbable, drained, seal
from persistence.communities import Room
from persistence.database import Database
from persistence.drain import Drain
from persistence.gate import now_ms
from persistence.outcomes import Say, conclude
from persistence.secrets import Secrets
from persistence.sessions import SessionState

AGAIN_S = 1.0
MOST_AGAIN_S = 60.0
LOOK_S = 2.0
"""How often it is looked for sessions that somebody else began to close."""
SWEEP_S = 3_600.0
"""How often it is looked whether a transcript has been kept for long enough."""

log = structlog.get_logger()


class NotClosing(Exception):
    """Closing can still be taken back, or was, or nobody asked for it."""


class Worker:
    """Drives the sessions of a database that are on their way to closed."""

    def __init__(
        self,
        database: Database,
        journal: Scrubbable,
        drain: Drain,
        secrets: Secrets,
        tasks: asyncio.TaskGroup,
        *,
        close_room: Callable[[Room], Awaitable[None]],
        say: Say,
        keep_days: int | None = None,
        alone: bool = True,
    ) -> None:
        """`alone`: nobody else begins to close sessions, or stops in the middle of it.

        `close_room`: ends a room for ever, once, however often asked; it raises when that isn't certain yet.
        `keep_days`: how long transcripts of closed sessions are kept; None: for ever.
        """
        self._database, self._journal, self._drain, self._secrets = database, journal, drain, secrets
        self._tasks, self._close_room, self._say = tasks, close_room, say
        self._keep_days = keep_days
        self._alone = alone
        self._by_itself: list[asyncio.Task[None]] = []
        self._closing: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        """Sessions that are to be closed after all, while a task is about to find that they are not."""

    async def resume(self) -> None:
        """Go on with what another worker left half done, in the background; and look after transcripts."""
        for session in await self._left():
            self.close(session)
        self._by_itself = [self._tasks.create_task(each) for each in (self._sweep_again(), self._look_again())]

    def close(self, session: str) -> None:
        """Go on closing it, in the background, until it is closed, or that was taken back."""
        if session in self._closing:
            self._again.add(session)
            return
        self._closing[session] = task = self._tasks.create_task(self._close_at_last(session))
        task.add_done_callback(lambda _: self._ended(session))

    def _ended(self, session: str) -> None:
        self._closing.pop(session)
        if session in self._again:
            self._again.discard(session)
            self.close(session)

    async def closed(self, session: str) -> None:
        """Wait until nothing is being closed any more there."""
        if session in self._closing:
            await asyncio.shield(self._closing[session])

    def stop(self) -> None:
        self._again.clear()
        for task in self._closing.values():
            task.cancel()
        for task in self._by_itself:
            task.cancel()

    async def finish(self) -> tuple[int, int]:
        """Close all that is closing, trying each once: how many are closed now, and how many could not be."""
        done = failed = 0
        for session in await self._left():
            try:
                done += await self._close_once(session)
            except Exception:
                log.exception("session.not_closed", session=session)
                failed += 1
        return done, failed

    async def sweep(self, now: int) -> int:
        """Delete what at `now` (ms) was kept for long enough: lines of the staff log, and transcripts of so many rooms.

        Raises Hole, Unreachable, InUse: what is done stays done; do it again.
        """
        async with self._database.write() as tx:
            await staff_log.forget(tx, now=now)
        swept = 0
        async for step in retention.steps(self._database, self._journal, self._drain, self._keep_days, now=now):
            swept += step is retention.Step.BEGUN_ANEW
        if swept:
            log.info("transcripts.swept", rooms=swept)
        return swept

    async def _look_again(self) -> None:
        """What another began to close is closed by whoever is alive."""
        while not self._alone:
            await asyncio.sleep(LOOK_S)
            try:
                for session in await self._left():
                    self.close(session)
            except SQLAlchemyError:
                log.exception("session.not_looked_for")

    async def _sweep_again(self) -> None:
        while True:
            pause_s = SWEEP_S
            try:
                await self.sweep(now_ms())
            except Exception:
                log.exception("transcripts.not_swept", retry_s=MOST_AGAIN_S)
                pause_s = MOST_AGAIN_S
            await asyncio.sleep(pause_s)

    async def _left(self) -> Sequence[str]:
        async with self._database.read() as tx:
            return [session.id for session in await sessions.with_state(tx, SessionState.CLOSING)]

    async def _close_at_last(self, session: str) -> None:
        pause_s = AGAIN_S
        while True:
            try:
                await self._close_once(session)
                return
            except sessions.NoSuchSession:  # its community was removed
                return
            except Exception:
                log.exception("session.not_closed", retry_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, MOST_AGAIN_S)

    async def _close_once(self, session: str) -> bool:
        """Wait as long as it can be taken back, then close it. False: it was taken back, or is closed."""
        if not await self._grace_over(session):
            return False
        async for step in self.steps(session):
            log.info("session.closing", step=step)
        return True

    async def _grace_over(self, session: str) -> bool:
        """Wait as long as closing can be taken back. False: it was, or it is closed."""
        while True:
            async with self._database.write() as tx:
                found = await sessions.finalise(tx, session, now=now_ms())
            if found.closes_at is None:
                return found.state is SessionState.CLOSING
            await asyncio.sleep(max(0, found.closes_at - now_ms()) / 1_000)

    async def steps(self, session: str) -> AsyncIterator[str]:
        """Closing, told step by step; stopped after any of them, it is begun again and ends the same (C7).

        What it came to is taken down when all of it is in the database, and before anything is forgotten. Raises
        NotClosing, and what `close_room`, `drained`, `conclude` and `seal` do.
        """
        async with self._database.write() as tx:
            found = await sessions.finalise(tx, session, now=now_ms())
            rooms = await sessions.rooms_of(tx, session)
        if found.state is not SessionState.CLOSING or found.closes_at is not None:
            raise NotClosing(found.state)
        for room in rooms:
            await self._close_room(room)
            yield f"{room.kind} closed"
        for room in rooms:
            await drained(self._database, self._drain, room.id)
            yield f"{room.kind} drained"
        await conclude(self._database, session, self._say, now=now_ms())
        yield "outcome"
        for room in rooms:
            async for step in seal(self._database, self._journal, self._drain, self._secrets, room.id, now=now_ms()):
                yield f"{room.kind} {step}"
        async with self._database.write() as tx:
            await sessions.closed(tx, session, now=now_ms())
        yield "closed"
