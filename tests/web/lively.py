"""A session in which everything happens that may tell who somebody is, and what its files tell afterwards (C7)."""

from __future__ import annotations

import hashlib
import hmac
import shutil
import sqlite3
from base64 import b32decode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import sqlalchemy
from msgspec import Struct

from rooms.model import Role
from tests.web.gathering import Seat, inside, seated, started
from tests.web.site import Site

NAME, OTHER = "Wilhelmina Plantsoen", "Bartholomeus Struikgewas"
ADDRESS = "203.0.113.77"
PEOPLE = ("people", "memberships", "entrances", "sign_ins", "links")
"""The people and sign-in tables: who belongs, and who was there at all."""
ASKERS = 25


class Lively(Struct, frozen=True):
    """What happened, and what nobody may find afterwards: of two known people their person id, named and second id."""

    session: str
    room: str
    persons: tuple[str, str]
    named: tuple[str, str]
    second: tuple[str, str]
    questions: int


@asynccontextmanager
async def planted(kring: Site, code: str, name: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A guest whose name and address are looked for afterwards."""
    async with kring.browser(**{"X-Forwarded-For": ADDRESS}) as browser:
        assert (await browser.post("/api/join", json={"code": code, "name": name})).status_code == 200
        yield browser


async def lively(kring: Site, level: str = "anonymous", crowd: int = ASKERS) -> Lively:
    """Asking, voting, taking back, every act of staff; the session is still open after it."""
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, level)
        room = session["rooms"][0]["id"]
        async with (
            planted(kring, session["code"], NAME) as one,
            planted(kring, session["code"], OTHER) as two,
            seated(kring, room, staff) as desk,
            seated(kring, room, one) as anne,
            seated(kring, room, two) as bram,
        ):
            for n in range(4):
                await anne.do("qna.ask", text=f"Vraag {n} van de een", level=level)
                await bram.do("qna.ask", text=f"Vraag {n} van de ander", level=level)
            ids = await _approved(desk, [f"Vraag {n} van de {who}" for n in range(4) for who in ("een", "ander")])
            await _handled(desk, anne, bram, ids)
            for n in range(crowd):
                async with inside(kring, session["code"], f"Kiezer {n}") as voter, seated(kring, room, voter) as seat:
                    for id in ids[:5]:
                        await seat.do("qna.vote", question=id, on=True)
            told = [(await person_of(kring, name)) for name in (NAME, OTHER)]
            return Lively(
                session["id"],
                room,
                (told[0]["id"], told[1]["id"]),
                (anne.joined["you"][0], bram.joined["you"][0]),
                (anne.joined["you"][1], bram.joined["you"][1]),
                9,
            )


async def _approved(desk: Seat, texts: Iterable[str]) -> list[str]:
    ids = [await desk.see(text) for text in texts]
    for id in ids:
        assert (await desk.do("qna.approve", question=id, rev=0))["t"] == "done"
    return ids


async def _handled(desk: Seat, anne: Seat, bram: Seat, ids: list[str]) -> None:
    """Both vote for everything and take one vote back; the first question of each is muted, and one is not any more."""
    for seat in (anne, bram):
        for id in ids:
            assert (await seat.do("qna.vote", question=id, on=True))["t"] == "done"
        await seat.do("qna.vote", question=ids[4], on=False)
    await anne.do("qna.withdraw", question=ids[6])
    await anne.do("qna.ask", text="Nog in beoordeling", level=desk.records["qna"].get("level", "named"))
    for t, id, more in (
        ("qna.mute", ids[0], {"on": True}),
        ("qna.mute", ids[2], {"on": True}),
        ("qna.mute", ids[0], {"on": False}),
        ("qna.stage", ids[0], {"rev": 1}),
        ("qna.answer", ids[0], {"rev": 2, "how": "live", "text": "Zo."}),
        ("qna.decline", ids[1], {"rev": 1, "because": "unclear", "note": "Hoe bedoel je?"}),
        ("qna.remove", ids[7], {"rev": 1}),
    ):
        assert (await desk.do(t, question=id, **more))["t"] == "done", t


async def person_of(kring: Site, name: str) -> dict[str, Any]:
    async with kring.house.database.read() as tx:
        query = sqlalchemy.text("SELECT id, actor FROM people WHERE name = :name ORDER BY rowid DESC")
        row = (await tx.execute(query, {"name": name})).mappings().first()
    assert row is not None
    return dict(row)


# ---- what the files tell ---------------------------------------------------------------------------------------------


def files(directory: Path) -> dict[str, bytes]:
    """All of a data directory."""
    found = {path for path in directory.rglob("*") if path.is_file()}
    return {str(path.relative_to(directory)): path.read_bytes() for path in sorted(found)}


def traces(found: dict[str, bytes], planted: Iterable[str]) -> list[tuple[str, str]]:
    """(file, what) wherever one of the planted texts is."""
    return [(name, text) for name, held in found.items() for text in planted if text.encode() in held]


def without_people(directory: Path, to: Path) -> dict[str, bytes]:
    """All of a data directory, but for what the people and sign-in tables hold."""
    shutil.copytree(directory, to)
    database = sqlite3.connect(to / "library.db", isolation_level=None)
    database.execute("pragma foreign_keys = off")
    for table in PEOPLE:
        database.execute(f"delete from {table}")
    database.execute("vacuum")
    database.execute("pragma wal_checkpoint(truncate)")
    database.close()
    return files(to)


def told_of_people(directory: Path) -> set[bytes]:
    """Every value of the people and sign-in tables that could be followed to somewhere else."""
    database = sqlite3.connect(f"file:{directory / 'library.db'}?mode=ro", uri=True)
    values = {value for table in PEOPLE for row in database.execute(f"select * from {table}") for value in row}
    rooms = {id for (id,) in database.execute("select id from rooms union select id from communities")}
    database.close()
    raw = {value.encode() if isinstance(value, str) else value for value in values - rooms if value is not None}
    return {value for value in raw if isinstance(value, bytes) and len(value) >= 11}


def kept(directory: Path, room: str) -> list[dict[str, Any]]:
    """The entries of a room in the archive, then its records."""
    database = sqlite3.connect(f"file:{directory / 'library.db'}?mode=ro", uri=True)
    entries = database.execute("select body from entries where room = ? order by seq", (room,)).fetchall()
    records = database.execute("select body from records where room = ?", (room,)).fetchall()
    database.close()
    return [msgspec.msgpack.decode(body) for (body,) in entries + records]


def acts(archive: list[dict[str, Any]]) -> dict[str, set[str]]:
    """id of an actor → what it did, in the archive's entries: asked this, voted for that."""
    found: dict[str, set[str]] = {}
    for event in (event for entry in archive for event in entry.get("events", ())):
        if event["t"] in ("qna.asked", "qna.voted"):
            found.setdefault(event["by"], set()).add(f"{event['t']} {event['id']}")
        if event["t"] == "qna.muted":
            found.setdefault(event["mute"], set()).add(f"{event['t']} {event['id']}")
    return found


def linked(archive: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Ids that more than one act have in common."""
    return {id: did for id, did in acts(archive).items() if len(did) > 1}


def actors(archive: list[dict[str, Any]]) -> set[str]:
    """Every id of somebody, in entries and records."""
    events = [event for entry in archive for event in entry.get("events", ())]
    return {each[field] for each in archive + events for field in ("by", "only", "who") if each.get(field)}


def secrets_that_fit(found: dict[str, bytes], persons: Iterable[str], known: set[str]) -> dict[str, set[str]]:
    """person → files with 32 bytes somewhere that, as the secret, give an id that is in the archive."""
    fits: dict[str, set[str]] = {}
    wanted = {b32decode(id.upper()) for id in known if len(id) == 16}
    people = [(person, person.encode()) for person in persons]
    for name, held in found.items():
        windows = {held[at : at + 32] for at in range(len(held) - 31)}
        for window in windows:
            for person, encoded in people:
                if hmac.digest(window, encoded, hashlib.sha256)[:10] in wanted:
                    fits.setdefault(person, set()).add(name)
    return fits
