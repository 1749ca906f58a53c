"""What the hub asks of the database: `realtime.gate.Gate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import and_, bindparam, select

from persistence import records, schema, sign_ins
from persistence.database import Database
from persistence.dates import day_of
from realtime.gate import Admission, Identity, Recalled
from rooms.model import ActorId, Facts, PersonName, Reason, RecordId, Refused, Role

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
            found = (await tx.execute(_PLACE, {"room": room, "person": person})).one_or_none()
        if found is None:
            raise Refused(Reason.NOT_FOUND)
        if found.role is None or not (Role(found.role).includes(Role.MEMBER) or found.entered):
            raise Refused(Reason.FORBIDDEN)
        actors = (ActorId(found.actor),)
        return Admission(found.kind, found.key, actors, Role(found.role), PersonName(found.name))

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


_rooms, _members, _entrances = schema.rooms.c, schema.memberships.c, schema.entrances.c
_PLACE = (
    select(
        _rooms.kind,
        _rooms.key,
        _members.role,
        _members.name,
        schema.people.c.actor,
        _entrances.room.is_not(None).label("entered"),
    )
    .select_from(schema.rooms)
    .outerjoin(schema.memberships, and_(_members.community == _rooms.community, _members.person == bindparam("person")))
    .outerjoin(schema.people, schema.people.c.id == _members.person)
    .outerjoin(schema.entrances, and_(_entrances.room == _rooms.id, _entrances.person == bindparam("person")))
    .where(_rooms.id == bindparam("room"))
)
"""A room, and what one person is there, in one look: a thousand sockets may ask at once."""
