"""What the hub asks of the database: `realtime.gate.Gate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import and_, bindparam, select

from persistence import outcomes, records, schema, sign_ins
from persistence.database import Database
from persistence.dates import day_of
from persistence.healing import Restartable, restart
from persistence.nicknames import nickname
from persistence.secrets import Secrets
from persistence.sessions import SessionState
from persistence.sign_ins import SignedIn
from persistence.together import Together
from realtime.gate import Admission, Identity, Recalled
from realtime.journal import Position
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
        journal: Restartable | None = None,
    ) -> None:
        """`journal`: what the database may mend; None: nothing."""
        self._database = database
        self._journal = journal
        self._secrets = secrets
        self._clock = clock
        self._sentence = sentence
        self._identified = Together(self._identify)
        self._placed = Together(self._place)

    async def identify(self, token: str) -> Identity | None:
        """See Gate.identify. Notes the day the person was here."""
        return await self._identified(token)

    async def _identify(self, tokens: Sequence[str]) -> dict[str, Identity]:
        now = self._clock()
        async with self._database.read() as tx:
            found = await sign_ins.identify_all(tx, tokens, now=now)
        today = day_of(now)
        if new := {each.person.id for each in found.values() if each.seen_on != today}:
            async with self._database.write() as tx:
                await sign_ins.seen(tx, new, now=now)
        return {token: _identity(each) for token, each in found.items()}

    async def admit(self, person: str, room: str) -> Admission:
        """See Gate.admit."""
        found = await self._placed((room, person))
        if found is None:
            raise Refused(Reason.NOT_FOUND)
        if found.role is None or found.actor is None or not found.admits:
            raise Refused(Reason.FORBIDDEN)
        named, name, role = ActorId(found.actor), PersonName(found.name or ""), Role(found.role)
        plain = Admission(found.kind, found.key, (named,), role, name)
        return self._in_session(plain, person, room, found.level, found.lang) if found.level else plain

    async def _place(self, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], _Place]:
        """What each person is in each room; `role` None: nobody there. Without the rooms there are none of."""
        of_room: dict[str, list[str]] = {}
        for room, person in asked:
            of_room.setdefault(room, []).append(person)
        places: dict[tuple[str, str], _Place] = {}
        async with self._database.read() as tx:
            for room, persons in of_room.items():
                rows = (await tx.execute(_PLACES, {"room": room, "persons": persons})).all()
                there = {row.person: _Place(*row[1:]) for row in rows}
                if rows:
                    nobody = replace(_Place(*rows[0][1:]), role=None)
                    places |= {(room, person): there.get(person, nobody) for person in persons}
        await self._note_who_came(places)
        return places

    async def _note_who_came(self, places: Mapping[tuple[str, str], _Place]) -> None:
        """Once for each person and session: that they were there, and not when or how often (C7)."""
        new: dict[str, set[str]] = {}
        for (_, person), place in places.items():
            if place.session is not None and place.admits and not place.came and place.role != Role.SCREEN:
                new.setdefault(place.session, set()).add(person)
        if new:
            async with self._database.write() as tx:
                for session, persons in new.items():
                    await outcomes.came(tx, session, sorted(persons))

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

    async def restore(self, room: str, head: Position) -> bool:
        """See Gate.restore."""
        async with self._database.read() as tx:
            cursor = await records.cursor(tx, room)
        if self._journal is None or cursor.seq <= head.seq:
            return False
        await restart(self._database, self._journal, room, head)
        return True

    async def page(self, room: str, before: int, limit: int) -> Recalled:
        """See Gate.page."""
        async with self._database.read() as tx:
            return await records.page(tx, room, before, limit)

    def sentence(self, lang: str, code: Reason | str, facts: Facts) -> str:
        """See Gate.sentence."""
        return self._sentence(lang, code, facts)


def _identity(found: SignedIn) -> Identity:
    return Identity(found.person.id, found.person.name, found.person.lang, found.sign_in)


class _Place(Struct, frozen=True):
    """A row of `_PLACES`, but for who it is about."""

    kind: str
    key: bytes
    level: str | None
    lang: str
    role: str | None
    name: str | None
    actor: str | None
    entered: bool
    session: str | None
    came: bool
    """Nobody needs to note that they were there: it is known, or the session is over."""

    @property
    def admits(self) -> bool:
        return self.role is not None and (Role(self.role).includes(Role.MEMBER) or self.entered)


_rooms, _members, _entrances = schema.rooms.c, schema.memberships.c, schema.entrances.c
_attended = schema.attended.c
_PLACES = (
    select(
        _members.person,
        _rooms.kind,
        _rooms.key,
        schema.sessions.c.level,
        schema.communities.c.lang,
        _members.role,
        _members.name,
        schema.people.c.actor,
        _entrances.room.is_not(None).label("entered"),
        schema.sessions.c.id.label("session"),
        (_attended.person.is_not(None) | (schema.sessions.c.state == SessionState.CLOSED)).label("came"),
    )
    .select_from(schema.rooms)
    .join(schema.communities, schema.communities.c.id == _rooms.community)
    .outerjoin(schema.sessions, schema.sessions.c.id == _rooms.session)
    .outerjoin(
        schema.memberships,
        and_(_members.community == _rooms.community, _members.person.in_(bindparam("persons", expanding=True))),
    )
    .outerjoin(schema.people, schema.people.c.id == _members.person)
    .outerjoin(schema.entrances, and_(_entrances.room == _rooms.id, _entrances.person == _members.person))
    .outerjoin(schema.attended, and_(_attended.session == _rooms.session, _attended.person == _members.person))
    .where(
        _rooms.id == bindparam("room"), _rooms.kind.not_in([kind.name for kind in kinds().values() if kind.internal])
    )
)
"""A room that may be entered, and what some people are there; one row without a person when none is anything."""
