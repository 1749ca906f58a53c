"""What the hub asks of the database: `realtime.gate.Gate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, select

from persistence import records, schema, sign_ins
from persistence.database import Database
from persistence.dates import day_of
from persistence.nicknames import nickname
from persistence.secrets import Secrets
from realtime.gate import Admission, Identity, Recalled
from rooms.kind import kinds
from rooms.model import ActorId, Facts, Level, PersonName, Reason, RecordId, Refused, Role

Sentence = Callable[[str, Reason | str, Facts], str]
"""lang, code, facts → what people are told"""


def now_ms() -> int:
    """The machine's clock, UTC."""
    return time.time_ns() // 1_000_000


class DatabaseGate:
    """The gate of a server with this database; `sentence` is the catalogue's, `secrets` those of its rooms."""

    def __init__(
        self,
        database: Database,
        sentence: Sentence,
        clock: Callable[[], int] = now_ms,
        *,
        secrets: Secrets | None = None,
    ) -> None:
        self._database = database
        self._secrets = secrets
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
        named, name, role = ActorId(found.actor), PersonName(found.name), Role(found.role)
        plain = Admission(found.kind, found.key, (named,), role, name)
        return self._in_session(plain, person, room, found.level, found.lang) if found.level else plain

    def _in_session(self, plain: Admission, person: str, room: str, level: str, lang: str) -> Admission:
        """Somebody has a second id in a session's rooms, as long as there is a secret to make it with (C7)."""
        second = self._secrets.second(room, person) if self._secrets else None
        if second is not None:
            plain = replace(plain, actors=(*plain.actors, second), nickname=nickname(second, lang))
        kind = kinds().get(plain.kind)
        return replace(plain, level=Level(level)) if kind is not None and kind.unlinkable else plain

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
        schema.sessions.c.level,
        schema.communities.c.lang,
    )
    .select_from(schema.rooms)
    .join(schema.communities, schema.communities.c.id == _rooms.community)
    .outerjoin(schema.sessions, schema.sessions.c.id == _rooms.session)
    .outerjoin(schema.memberships, and_(_members.community == _rooms.community, _members.person == bindparam("person")))
    .outerjoin(schema.people, schema.people.c.id == _members.person)
    .outerjoin(schema.entrances, and_(_entrances.room == _rooms.id, _entrances.person == bindparam("person")))
    .where(_rooms.id == bindparam("room"))
)
"""A room, and what one person is there, in one look: a thousand sockets may ask at once."""
