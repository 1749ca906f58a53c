"""What the hub asks of the layers above it, in memory: who is who, and a database that is as far as it was drained."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from realtime.batch import encode
from realtime.gate import Admission, Gate, Identity, Recalled
from realtime.journal import UNBORN, Journal, Position
from realtime.projection import Projection
from rooms.kind import Kind
from rooms.model import ActorId, Facts, Numbered, PersonName, Reason, Record, RecordId, Refused, Role
from tests.realtime.browser import ROOM

KEY = b"k" * 32
T = TypeVar("T")


class Archive:
    """What a database would have of every room: each record as of a cursor. `drain` brings it up to date."""

    def __init__(self, journal: Journal, kind_of: Callable[[str], Kind]) -> None:
        self.drains = True
        self._journal = journal
        self._kind_of = kind_of
        self._copies: dict[str, tuple[Projection, dict[RecordId, Record]]] = {}

    def copy(self, room: str) -> tuple[Projection, dict[RecordId, Record]]:
        return self._copies.setdefault(room, (Projection(self._kind_of(room)), {}))

    async def drain(self, room: str = ROOM, *, checkpoint: bool = False) -> int:
        """Take in what the journal has, and tell it so; the seq up to which it is here."""
        projection, records = self.copy(room)
        past = await self._journal.read(room, projection.position)
        for entry in past.entries:
            for id, (_, after) in projection.apply(entry).changed.items():
                if after is None:
                    records.pop(id, None)
                else:
                    records[id] = after
        projection.drained(projection.seq)
        await self._journal.drained(room, projection.position)
        if checkpoint and projection.position != UNBORN:
            await self._journal.checkpoint(room, projection.position, projection.checkpoint())
        return projection.seq


class Gatekeeper:
    """A gate in memory. Who is not named in `roles` is a member; `answers` may be held up, and things may be broken."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.rooms: dict[str, str] = {ROOM: "chat"}
        self.people: dict[str, Identity] = {}
        self.roles: dict[str, Role | None] = {}
        self.second_actor = False
        self.broken: set[str] = set()
        self.slow: dict[str, asyncio.Event] = {}
        """Answers of this name are ready, and wait for the event before they are heard."""
        self.asked: dict[str, int] = {}

    async def _say(self, what: str, answer: T) -> T:
        self.asked[what] = self.asked.get(what, 0) + 1
        if what in self.slow:
            await self.slow[what].wait()
        if what in self.broken:
            raise OSError(f"{what}: the database is out of order")
        return answer

    async def identify(self, token: str) -> Identity | None:
        return await self._say("identify", self.people.get(token))

    async def admit(self, person: str, room: str) -> Admission:
        if room not in self.rooms:
            raise Refused(Reason.NOT_FOUND)
        role = self.roles.get(person, Role.MEMBER)
        actors = [ActorId(f"actor-{person}")]
        if self.second_actor:
            actors.append(ActorId(f"other-{person}"))
        admission = Admission(self.rooms[room], KEY, tuple(actors), role or Role.GUEST, PersonName(person.title()))
        await self._say("admit", None)
        if role is None:
            raise Refused(Reason.FORBIDDEN)
        return admission

    async def recall(self, room: str, ids: Sequence[RecordId]) -> Recalled:
        projection, records = self.archive.copy(room)
        found = {id: encode(records[id]) for id in ids if id in records}
        return await self._say("recall", Recalled(found, projection.seq))

    async def page(self, room: str, before: int, limit: int) -> Recalled:
        projection, records = self.archive.copy(room)
        older = sorted(
            ((r.n, id) for id, r in records.items() if isinstance(r, Numbered) and r.n < before), reverse=True
        )
        found = {id: encode(records[id]) for _, id in older[:limit]}
        return await self._say("page", Recalled(found, projection.seq, len(older) > limit))

    async def restore(self, room: str, head: Position) -> bool:
        return False

    def sentence(self, lang: str, code: Reason | str, facts: Facts) -> str:
        return f"{lang}: {code}"


_: type[Gate] = Gatekeeper
