"""Opening, locking and closing the rooms of a session: what is begun is finished, by whichever server runs next."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Iterator, Mapping

from persistence import communities, sessions
from persistence.communities import Room
from persistence.database import Database
from persistence.secrets import Secrets
from persistence.sessions import BOARD, QNA, Session, SessionState
from realtime.batch import Counted
from realtime.hub import Hub
from rooms.kinds.board import commands as board
from rooms.kinds.qna import model as qna
from rooms.lifecycle import Close, Lock, Open, State, Unlock
from rooms.model import Command, Reason, Refused
from web.columns import columns

OPENING, SETTING, CLOSING = "session.open", "session.set", "session.close"
ADDING = "session.column."
"""Ids of the commands: however often a server is killed on the way, each counts once (C2)."""
MAKING_S = 600.0
"""However slow a server is, it makes a room in less."""
TO_SETTLE: Mapping[SessionState, tuple[Command, str]] = {
    SessionState.OPEN: (Unlock(), "session.unlock"),
    SessionState.LOCKED: (Lock(), "session.lock"),
}
"""state of a session → what brings its rooms there, and its id but for the turn"""


class NotNow(Exception):
    """The room doesn't answer, or not yet for certain."""


class Gatherings:
    """Sees that the rooms of a server's sessions are as the sessions are."""

    def __init__(self, database: Database, hub: Hub, secrets: Secrets, *, alone: bool = True) -> None:
        """`alone`: no other server makes rooms."""
        self._database, self._hub, self._secrets = database, hub, secrets
        self._settling = asyncio.Lock()
        self._alone = alone

    async def resume(self) -> None:
        """What an earlier server left half done: rooms not yet open or locked, secrets of rooms that never were."""
        async with self._database.read() as tx:
            self._secrets.sweep(await sessions.room_ids(tx), made_before_s=self._orphaned_before_s())
            opened = [each for state in TO_SETTLE for each in await sessions.with_state(tx, state)]
        for session in opened:
            await self.settle(session.id)

    def _orphaned_before_s(self) -> float:
        """Since the epoch: a secret that was made earlier, and has no room, gets none any more."""
        return math.inf if self._alone else time.time() - MAKING_S

    async def settle(self, session: str) -> None:
        """See that its rooms are as the session is: open or locked. One turn after the other, each once (C2).

        Raises NotNow; the next start does it again.
        """
        async with self._settling:
            async with self._database.read() as tx:
                found = await sessions.session(tx, session)
                rooms = await sessions.rooms_of(tx, session)
            if found is None or found.state not in TO_SETTLE:
                return
            await open_rooms(self._database, self._hub, found)
            if found.turn:
                command, id = TO_SETTLE[found.state]
                for room in rooms:
                    await give(self._database, self._hub, room, command, f"{id}.{found.turn}")

    async def close(self, room: Room) -> None:
        """End a room for ever. Raises NotNow."""
        await give(self._database, self._hub, room, Close(), CLOSING)


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
