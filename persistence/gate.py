"""What the hub asks of the database: `realtime.gate.Gate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from persistence import communities, people, records, sign_ins
from persistence.database import Database
from persistence.dates import day_of
from realtime.gate import Admission, Identity, Recalled
from rooms.model import Facts, Reason, RecordId, Refused

Sentence = Callable[[str, Reason | str, Facts], str]
"""lang, code, facts → what people are told"""


def now_ms() -> int:
    """The machine's clock, UTC."""
    return time.time_ns() // 1_000_000


class DatabaseGate:
    """The gate of a server with this database; `sentence` is the catalogue's."""

    def __init__(self, database: Database, sentence: Sentence, clock: Callable[[], int] = now_ms) -> None:
        self._database = database
        self._clock = clock
        self._sentence = sentence

    async def identify(self, token: str) -> Identity | None:
        """See Gate.identify. Notes the day the person was here."""
        async with self._database.read() as tx:
            found = await sign_ins.identify(tx, token)
        if found is None:
            return None
        now = self._clock()
        if found.seen_on != day_of(now):
            async with self._database.write() as tx:
                await sign_ins.seen(tx, found.person.id, now=now)
        return Identity(found.person.id, found.person.name, found.person.lang)

    async def admit(self, person: str, room: str) -> Admission:
        """See Gate.admit."""
        async with self._database.read() as tx:
            found = await communities.room(tx, room)
            if found is None:
                raise Refused(Reason.NOT_FOUND)
            member = await people.member(tx, person, found.community)
            if member is None or not await people.may_enter(tx, member, found):
                raise Refused(Reason.FORBIDDEN)
            key = await communities.key_of(tx, room)
        return Admission(found.kind, key, (member.actor,), member.role, member.name)

    async def recall(self, room: str, ids: Sequence[RecordId]) -> Recalled:
        """See Gate.recall."""
        async with self._database.read() as tx:
            return await records.recall(tx, room, ids)

    async def page(self, room: str, before: int, limit: int) -> Recalled:
        """See Gate.page."""
        async with self._database.read() as tx:
            return await records.page(tx, room, before, limit)

    def sentence(self, lang: str, code: Reason | str, facts: Facts) -> str:
        """See Gate.sentence."""
        return self._sentence(lang, code, facts)
