"""People talking in a room: real commands, decided by a real projection, appended to a real journal."""

from __future__ import annotations

from pathlib import Path

import msgspec

from persistence import records
from persistence.database import Database
from realtime.batch import Counted, Request
from realtime.journal.local import LocalJournal
from realtime.journal.loop import new_attempt
from realtime.projection import Projection
from rooms import lifecycle
from rooms.kind import kinds
from rooms.kinds import chat
from rooms.model import ActorId, Command, CommandKey, PersonName, Record, RecordId, Role

NOW = 1_790_000_000_000
NOOR, SAM = ActorId("noor"), ActorId("sam")
CHAT = kinds()["chat"]


class Talk:
    """One process that has the room. Ids of records are k1, k2, …: the how-many-eth command made them."""

    def __init__(self, database: Database, journal: LocalJournal, room: str) -> None:
        self.room = room
        self.projection = Projection(CHAT)
        self._database = database
        self.journal = journal
        self._count = 0

    async def open(self) -> None:
        await self.do(lifecycle.Open(), role=Role.OWNER)

    async def say(self, *texts: str, by: ActorId = NOOR) -> list[RecordId]:
        """Messages, all in one entry."""
        return await self.do(*(chat.Post(text) for text in texts), by=by)

    async def do(self, *commands: Command, by: ActorId = NOOR, role: Role = Role.MODERATOR) -> list[RecordId]:
        """The ids of the records these commands make, when they make any."""
        requests = [self._request(command, by, role) for command in commands]
        plan = self.projection.plan(requests, NOW + self._count, await self._fetched(commands))
        assert plan.body is not None
        assert all(isinstance(verdict, Counted) for verdict in plan.verdicts), plan.verdicts
        on = self.projection.position
        await self.journal.append(self.room, plan.body, on, new_attempt())
        for entry in (await self.journal.read(self.room, on)).entries:
            self.projection.apply(entry)
        return [RecordId(request.key) for request in requests]

    def _request(self, command: Command, by: ActorId, role: Role) -> Request:
        self._count += 1
        return Request(CommandKey(f"k{self._count}"), command, by, role, PersonName(by.title()), self.projection.seq)

    async def _fetched(self, commands: tuple[Command, ...]) -> dict[RecordId, Record]:
        async with self._database.read() as tx:
            found = await records.recall(tx, self.room, self.projection.missing(commands))
        return {id: decode(body) for id, body in found.records.items()}


def decode(body: bytes) -> Record:
    record: Record = msgspec.msgpack.decode(body, type=CHAT.record_union)
    return record


def files(directory: Path) -> bytes:
    """Whatever the database's files hold."""
    return b"".join(path.read_bytes() for path in directory.glob("library.db*"))
