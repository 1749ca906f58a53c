"""Telling every process of what changed about people, and hearing of it (J9)."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import structlog
from sqlalchemy.exc import SQLAlchemyError

from persistence import communities, news
from persistence.database import Database
from persistence.news import Untold
from realtime.hub import Hub
from realtime.journal import UNBORN, Journal, Position
from realtime.journal.loop import pauses
from realtime.news import keep_up
from rooms.kinds.people import EndSignIn, PersonId, Reconsider, SignInId
from web.gatherings import NotNow, give

PATIENCE_S = 3600.0
LOOK_S = 0.5
"""How soon the news of a community that another server made are heard; those of its first moments too."""

log = structlog.get_logger()


class Newsroom:
    """The internal rooms of a server's communities. `tasks`: for as long as the server runs."""

    def __init__(
        self, database: Database, hub: Hub, journal: Journal, tasks: asyncio.TaskGroup, *, alone: bool = True
    ) -> None:
        """`alone`: no other server makes communities."""
        self._database, self._hub, self._journal, self._tasks = database, hub, journal, tasks
        self._alone = alone
        self._following: dict[str, asyncio.Task[None]] = {}
        self._left = asyncio.Event()
        self._telling = asyncio.Lock()

    async def open(self) -> None:
        """Before anybody is let in: hear from now on, and tell what an earlier server did not get to."""
        async with self._database.read() as tx:
            known = await communities.everyone(tx)
        for community in known:
            await self.follow(community.id)
        self._retelling = self._tasks.create_task(self._tell_what_is_left())
        self._looking = self._tasks.create_task(self._look_for_others())
        await self.tell()

    async def follow(self, community: str) -> None:
        """Hear the news of one more community, from now on."""
        room = await self._room_of(community)
        head = (await self._journal.read(room, None)).head
        self._begin(room, head)

    async def _room_of(self, community: str) -> str:
        async with self._database.write() as tx:
            return (await news.room_of(tx, community)).id

    def _begin(self, room: str, after: Position) -> None:
        if room not in self._following:
            self._following[room] = self._tasks.create_task(self._keep_up(room, after))

    async def _look_for_others(self) -> None:
        """Communities that other servers make. Their news are few: hear all of them, so that none is missed."""
        while not self._alone:
            await asyncio.sleep(LOOK_S)
            try:
                async with self._database.read() as tx:
                    rooms = await news.rooms(tx)
            except SQLAlchemyError:
                log.exception("news.not_looked_for")
                continue
            for room in rooms:
                self._begin(room, UNBORN)

    async def _keep_up(self, room: str, head: Position) -> None:
        await keep_up(self._journal, room, head, self._hub)

    def leave(self, rooms: Collection[str]) -> None:
        """Those that are no more."""
        for room in rooms:
            if (task := self._following.pop(room, None)) is not None:
                task.cancel()

    def stop(self) -> None:
        for task in (self._retelling, self._looking, *self._following.values()):
            task.cancel()

    async def tell(self) -> None:
        """Everything noted and not told yet. What can't be told now is told as soon as it can."""
        try:
            await self._tell_all()
        except NotNow as reason:
            log.warning("news.not_told_yet", reason=str(reason))
            self._left.set()

    async def _tell_what_is_left(self) -> None:
        while True:
            await self._left.wait()
            self._left.clear()
            async for _ in pauses(PATIENCE_S):
                try:
                    await self._tell_all()
                    break
                except NotNow:
                    continue

    async def _tell_all(self) -> None:
        """Raises NotNow."""
        async with self._telling:
            async with self._database.read() as tx:
                found = await news.untold(tx)
            for each in found:
                await self._tell(each)

    async def _tell(self, each: Untold) -> None:
        """Once, however often it is tried (C2)."""
        async with self._database.write() as tx:
            room = await news.room_of(tx, each.community)
        if each.person is not None:
            await give(self._database, self._hub, room, Reconsider(PersonId(each.person)), each.id)
        if each.sign_in is not None:
            await give(self._database, self._hub, room, EndSignIn(SignInId(each.sign_in)), each.id)
        async with self._database.write() as tx:
            await news.told(tx, [each.id])
