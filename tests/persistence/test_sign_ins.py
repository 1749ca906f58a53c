"""Sign-ins: the token is nowhere in the files, each can be ended, and no time of anybody is kept (C7)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from persistence import communities, people, programs, sign_ins
from persistence.database import Database
from persistence.people import Person
from persistence.sign_ins import LASTS_DAYS
from rooms.model import PersonName, Role
from tests.persistence.talk import NOW, files

DAY = 24 * 3600 * 1000


async def _person(database: Database) -> Person:
    async with database.write() as tx:
        return await people.create(tx, name="Noor", now=NOW, lang="nl")


async def test_a_token_stands_for_its_person_until_signed_out(database: Database) -> None:
    noor = await _person(database)
    async with database.write() as tx:
        token = await sign_ins.sign_in(tx, noor.id, now=NOW, device="Telefoon")
        other = await sign_ins.sign_in(tx, noor.id, now=NOW + DAY)
    async with database.read() as tx:
        found = await sign_ins.identify(tx, token, now=NOW)
        assert found is not None
        assert found.person == noor
        assert [s.device for s in await sign_ins.of_person(tx, noor.id)] == ["Telefoon", None]
    async with database.write() as tx:
        await sign_ins.sign_out(tx, token)
        await sign_ins.sign_out(tx, "never was")
    async with database.read() as tx:
        assert await sign_ins.identify(tx, token, now=NOW) is None
        assert await sign_ins.identify(tx, other, now=NOW) is not None


async def test_it_ends_by_itself_after_so_many_days(database: Database) -> None:
    noor = await _person(database)
    async with database.write() as tx:
        token = await sign_ins.sign_in(tx, noor.id, now=NOW)
    last = NOW + (LASTS_DAYS - 1) * DAY
    async with database.read() as tx:
        assert await sign_ins.identify(tx, token, now=last) is not None
        assert await sign_ins.identify(tx, token, now=last + DAY) is None


async def test_a_programs_token_lasts(database: Database) -> None:
    async with database.write() as tx:
        home = await communities.create(tx, name="Kring", purpose="", lang="en", chat="Chat", now=NOW)
        _, token = await programs.create(tx, home.id, Role.MEMBER, PersonName("bot Klok"), now=NOW)
        assert await sign_ins.identify(tx, token, now=NOW + 10 * LASTS_DAYS * DAY) is not None


async def test_one_of_many_can_be_ended_and_all(database: Database) -> None:
    noor, sam = await _person(database), await _person(database)
    async with database.write() as tx:
        tokens = [await sign_ins.sign_in(tx, noor.id, now=NOW) for _ in range(3)]
        theirs = await sign_ins.sign_in(tx, sam.id, now=NOW)
        first = await sign_ins.identify(tx, tokens[0], now=NOW)
        assert first is not None
        assert not await sign_ins.revoke(tx, sam.id, first.sign_in), "not theirs to end"
        assert await sign_ins.revoke(tx, noor.id, first.sign_in)
        assert not await sign_ins.revoke(tx, noor.id, first.sign_in)
        assert [await sign_ins.identify(tx, token, now=NOW) is None for token in tokens] == [True, False, False]
        assert await sign_ins.revoke_all(tx, noor.id) == 2
        assert [await sign_ins.identify(tx, token, now=NOW) for token in tokens] == [None] * 3
        assert await sign_ins.identify(tx, theirs, now=NOW) is not None


async def test_nobody_has_an_odd_token(database: Database) -> None:
    async with database.read() as tx:
        for token in ("", "\x00", "\ud800", "x" * 5000):
            assert await sign_ins.identify(tx, token, now=NOW) is None


async def test_files_hold_neither_token_nor_time(database: Database, directory: Path) -> None:
    noor = await _person(database)
    async with database.write() as tx:
        token = await sign_ins.sign_in(tx, noor.id, now=NOW)
        await sign_ins.seen(tx, [noor.id], now=NOW + 3 * DAY)
        found = await sign_ins.identify(tx, token, now=NOW)
    assert found is not None
    assert found.seen_on == date(2026, 9, 24)
    assert await database.truncate_log()
    held = files(directory)
    assert b"Noor" in held, "control: what is kept is found"
    assert token.encode() not in held
    assert b"2026-09-24" in held
    assert not re.search(rb"2026-09-2\d[T ]\d\d:", held)
