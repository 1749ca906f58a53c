"""Opening the rooms of a session, and closing it for good: what is begun is finished, by whichever server runs next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import structlog

from persistence import communities, sessions
from persistence.closing import Scrubbable, Step, seal
from persistence.communities import Room
from persistence.database import Database
from persistence.drain import Drain
from persistence.gate import now_ms
from persistence.secrets import Secrets
from persistence.sessions import BOARD, QNA, Session, SessionState
from realtime.batch import Counted
from realtime.hub import Hub
from rooms.kinds.board import commands as board
from rooms.kinds.qna import model as qna
from rooms.lifecycle import Close, Open, State
from rooms.model import Command, Reason, Refused
from web.columns import columns

OPENING, SETTING, CLOSING = "session.open", "session.set", "session.close"
ADDING = "session.column."
"""Ids of the commands: however often a server is killed on the way, each counts once (C2)."""
AGAIN_S = 1.0
MOST_AGAIN_S = 60.0

log = structlog.get_logger()


class NotNow(Exception):
    """The room doesn't answer, or not yet for certain."""


class Gatherings:
    """The sessions of a server that are on their way to closed."""

    def __init__(
        self,
        database: Database,
        journal: Scrubbable,
        hub: Hub,
        drain: Drain,
        secrets: Secrets,
        tasks: asyncio.TaskGroup,
    ) -> None:
        self._database, self._journal, self._hub = database, journal, hub
        self._drain, self._secrets, self._tasks = drain, secrets, tasks
        self._closing: dict[str, asyncio.Task[None]] = {}

    async def resume(self) -> None:
        """What an earlier server left half done: rooms not yet open, sessions not yet closed."""
        async with self._database.read() as tx:
            self._secrets.sweep(await sessions.room_ids(tx))
            opened = await sessions.with_state(tx, SessionState.OPEN)
            closing = await sessions.with_state(tx, SessionState.CLOSING)
        for session in opened:
            await open_rooms(self._database, self._hub, session)
        for session in closing:
            self.close(session.id)

    def close(self, session: str) -> None:
        """Go on closing it, in the background, until it is closed."""
        if session not in self._closing:
            self._closing[session] = task = self._tasks.create_task(self._close_at_last(session))
            task.add_done_callback(lambda _: self._closing.pop(session))

    async def closed(self, session: str) -> None:
        """Wait until nothing is being closed any more there."""
        if session in self._closing:
            await asyncio.shield(self._closing[session])

    def stop(self) -> None:
        for task in self._closing.values():
            task.cancel()

    async def _close_at_last(self, session: str) -> None:
        pause_s = AGAIN_S
        while True:
            try:
                async for step in self.steps(session):
                    log.info("session.closing", step=step)
                return
            except Exception:
                log.exception("session.not_closed", retry_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, MOST_AGAIN_S)

    async def steps(self, session: str) -> AsyncIterator[str]:
        """Closing, told step by step; stopped after any of them, it is begun again and ends the same (C7).

        Raises NotNow, and what `seal` does.
        """
        async with self._database.read() as tx:
            rooms = await sessions.rooms_of(tx, session)
        for room in rooms:
            await give(self._database, self._hub, room, Close(), CLOSING)
            yield f"{room.kind} closed"
        for room in rooms:
            step: Step
            async for step in seal(self._database, self._journal, self._drain, self._secrets, room.id, now=now_ms()):
                yield f"{room.kind} {step}"
        async with self._database.write() as tx:
            await sessions.closed(tx, session, now=now_ms())
        yield "closed"


async def open_rooms(database: Database, hub: Hub, session: Session) -> None:
    """Let people into its rooms, each as the session says. Nothing, for those that are open. Raises NotNow."""
    async with database.read() as tx:
        home = await communities.community(tx, session.community)
        rooms = [room for room in await sessions.rooms_of(tx, session.id) if room.state is State.PLANNED]
    assert home is not None  # a foreign key
    for room in rooms:
        for id, command in _setting_up(room, session, home.lang):
            await give(database, hub, room, command, id)
        await give(database, hub, room, Open(), OPENING)


def _setting_up(room: Room, session: Session, lang: str) -> Iterator[tuple[str, Command]]:
    """id → command: how people do things there, before anybody comes in; a board's columns in this language."""
    if room.kind == QNA:
        yield SETTING, qna.Set(level=session.level, review=session.review)
    if room.kind == BOARD:
        yield SETTING, board.Set(level=session.level)
        for nth, (title, hint) in enumerate(columns(room.template, lang)):
            yield f"{ADDING}{nth}", board.AddColumn(title, hint)


async def give(database: Database, hub: Hub, room: Room, command: Command, id: str) -> None:
    """A command of the server's own. One that a closed room refuses has counted before. Raises NotNow."""
    async with database.read() as tx:
        key = await communities.key_of(tx, room.id)
    try:
        verdict = await hub.command(room.id, room.kind, key, command, id)
    except Refused as refused:
        raise NotNow(refused.reason) from None
    if not isinstance(verdict, Counted) and verdict.reason is not Reason.CLOSED:
        raise NotNow(verdict.reason)
