"""The gate: whom a token stands for, what they are in a room, and what memory let go of."""

from __future__ import annotations

from datetime import date

import pytest

from persistence import communities, people, sign_ins
from persistence.communities import Community, Room
from persistence.database import Database
from persistence.drain import Drain
from persistence.gate import DatabaseGate
from realtime.gate import Gate, Identity
from realtime.journal.local import LocalJournal
from rooms.model import Facts, Reason, RecordId, Refused, Role
from tests.persistence.talk import NOW, Talk

DAY = 24 * 3600 * 1000


def _sentence(lang: str, code: Reason | str, facts: Facts) -> str:
    return f"{lang} {code} {dict(facts)}"


@pytest.fixture
def gate(database: Database) -> Gate:
    return DatabaseGate(database, _sentence, clock=lambda: NOW + DAY)


async def _joined(database: Database, room: Room, name: str) -> tuple[people.Person, str]:
    async with database.write() as tx:
        person = await people.join(tx, room, now=NOW, name=name, lang="nl")
        return person, await sign_ins.sign_in(tx, person.id, now=NOW)


async def test_a_token_says_who(database: Database, chat: Room, gate: Gate) -> None:
    person, token = await _joined(database, chat, "Noor")
    async with database.read() as tx:
        (only,) = await sign_ins.of_person(tx, person.id)
    assert await gate.identify(token) == Identity(person.id, person.name, "nl", only.id)
    assert await gate.identify("wrong") is None


async def test_the_day_somebody_was_here_is_noted_once(database: Database, chat: Room, gate: Gate) -> None:
    _, token = await _joined(database, chat, "Noor")
    for _ in range(2):
        await gate.identify(token)
        async with database.read() as tx:
            found = await sign_ins.identify(tx, token, now=NOW)
        assert found is not None
        assert found.seen_on == date(2026, 9, 22)


async def test_c7_a_room_admits_by_actor_never_by_person(database: Database, chat: Room, gate: Gate) -> None:
    person, _ = await _joined(database, chat, "Noor")
    admission = await gate.admit(person.id, chat.id)
    assert (admission.kind, admission.role, admission.name) == ("chat", Role.GUEST, "Noor")
    assert admission.actors == (person.actor,)
    assert len(admission.key) == 32
    assert person.id not in admission.actors


async def test_a_role_counts_from_the_next_admission(
    database: Database, community: Community, chat: Room, gate: Gate
) -> None:
    person, _ = await _joined(database, chat, "Noor")
    async with database.write() as tx:
        await people.set_role(tx, person.id, community.id, Role.MODERATOR)
    assert (await gate.admit(person.id, chat.id)).role is Role.MODERATOR


async def test_nobody_else_comes_in(database: Database, community: Community, chat: Room, gate: Gate) -> None:
    person, _ = await _joined(database, chat, "Noor")
    async with database.write() as tx:
        elsewhere = await communities.add_room(tx, community.id, kind="chat", title="Elders")
    for who, room, reason in (
        (person.id, "nothing", Reason.NOT_FOUND),
        ("nobody", chat.id, Reason.FORBIDDEN),
        (person.id, elsewhere.id, Reason.FORBIDDEN),
    ):
        with pytest.raises(Refused) as refused:
            await gate.admit(who, room)
        assert refused.value.reason is reason


async def test_c6_what_memory_let_go_of_is_recalled_and_paged(
    database: Database, journal: LocalJournal, chat: Room, gate: Gate, talk: Talk
) -> None:
    ids = await talk.say("een", "twee", "drie")
    await Drain(database, journal).drain(chat.id)
    recalled = await gate.recall(chat.id, [ids[0], RecordId("unknown")])
    assert (set(recalled.records), recalled.cursor) == ({ids[0]}, talk.projection.seq)
    page = await gate.page(chat.id, 3, 1)
    assert (set(page.records), page.more) == ({ids[1]}, True)
    nothing = await gate.page("nothing", 3, 1)
    assert (dict(nothing.records), nothing.cursor, nothing.more) == ({}, 0, False)


def test_sentences_are_the_catalogues(gate: Gate) -> None:
    assert gate.sentence("nl", Reason.FULL, {"most": 3}) == "nl full {'most': 3}"
