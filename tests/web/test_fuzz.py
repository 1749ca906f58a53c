"""Whatever is asked or said, in any number: no fault of the server's, and nothing has changed."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path

import httpx2
import msgspec
import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from persistence import communities, news
from persistence.database import FILE
from rooms.model import Role
from tests.web import fuzz
from tests.web.fuzz import Ask, Known
from tests.web.gathering import board_of, seated, started
from tests.web.site import Site, site
from tests.web.test_authorisation_http import BODIES, ROWS
from web.journals import JOURNAL

MANY = 100_000
"""Of requests, and as many messages."""
FEW = 3_000
LINES = 8
GUESTS, SOCKETS, EACH = 6, 6, 300
"""Browsers; sockets of each; and how much is said over one, which is less than makes anybody wait."""


def state_of(directory: Path) -> frozenset[str]:
    """Everything that is kept, as SQL; but for checkpoints, which say again what the entries said."""
    found: set[str] = set()
    for name in (FILE, JOURNAL):
        with closing(sqlite3.connect(f"file:{directory / name}?mode=ro", uri=True)) as database:
            found.update(line for line in database.iterdump() if not line.startswith(AGAIN))
    return frozenset(found)


AGAIN = ('INSERT INTO "checkpoint"', 'INSERT INTO "room"')


class Fuzzed(msgspec.Struct, frozen=True):
    """A server in which there is something of everything, and an owner in a browser."""

    kring: Site
    owner: httpx2.AsyncClient
    rooms: list[tuple[str, str]]
    ids: list[str]
    code: str


@asynccontextmanager
async def lived_in(directory: Path) -> AsyncIterator[Fuzzed]:
    async with site(directory, lang="en") as kring, kring.signed_in(Role.OWNER) as owner:
        session = await started(owner, "pseudonymous")
        board = await board_of(owner, session["id"])
        item = (await owner.post("/api/library", json=BODIES["POST /api/library"])).json()["id"]
        rooms = [(room["kind"], room["id"]) for room in session["rooms"]]
        rooms = [*rooms, ("board", board), ("chat", kring.room)]
        ids = [session["id"], item, *(id for _, id in rooms), "1", session["code"]]
        found = Fuzzed(kring, owner, rooms, ids, session["code"])
        await one_socket(found, owner, iter(()), Counter())  # that somebody was there is noted once
        yield found


async def answered(reader: asyncio.StreamReader, ask: Ask) -> tuple[int, bool]:
    """The status, and whether more can be asked over this connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    length = next((int(each[15:]) for each in head.split(b"\r\n") if each.startswith(b"content-length:")), 0)
    if length and not ask.head.startswith(b"HEAD") and status not in (204, 304):
        await reader.readexactly(length)
    return status, b"connection: close" not in head


async def ask_all(found: Fuzzed, cases: Iterator[Ask], most: int) -> Counter[int]:
    """So many requests over a few connections: how often which status came; 0: the server hung up."""
    statuses: Counter[int] = Counter()
    host, port = found.kring.base.removeprefix("http://").split(":")

    async def one_line() -> None:
        while statuses.total() < most:
            reader, writer = await asyncio.open_connection(host, int(port))
            with suppress(ConnectionError, asyncio.IncompleteReadError), closing(writer):
                while statuses.total() < most:
                    await counted(reader, writer, next(cases))

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ask: Ask) -> None:
        writer.write(ask.head + ask.body)
        try:
            status, goes_on = await asyncio.wait_for(answered(reader, ask), 20)
        except (ConnectionError, asyncio.IncompleteReadError):
            status, goes_on = 0, False
        assert status < 500, (status, ask)
        statuses[status] += 1
        if not goes_on:
            raise ConnectionResetError

    async with asyncio.TaskGroup() as tasks:
        for _ in range(LINES):
            tasks.create_task(one_line())
    return statuses


async def fuzz_requests(directory: Path, seed: int, most: int) -> Counter[int]:
    """How often which status came."""
    async with lived_in(directory) as found:
        cookie = "; ".join(f"{name}={value}" for name, value in found.owner.cookies.items())
        routes = [(row.method, row.path) for row in ROWS]
        routes += [("GET", address) for address in ("/", "/s/{session}", "/j/{code}", "/assets/{item}")]
        known = Known(routes, found.ids, cookie, found.kring.base, found.kring.base.removeprefix("http://"))
        cases = fuzz.requests(random.Random(seed), known, bodies)
        async with unchanged(found, directory):
            return await ask_all(found, cases, most)


def bodies(row: str) -> dict[str, object]:
    found = BODIES.get(row, {})
    assert isinstance(found, dict)
    return found


async def fuzz_messages(directory: Path, seed: int, most: int) -> Counter[str]:
    """What was answered, and how often."""
    told: Counter[str] = Counter()
    async with lived_in(directory) as found, AsyncExitStack() as stack:
        guests = [await stack.enter_async_context(found.kring.guest()) for _ in range(GUESTS)]
        for guest in guests:
            assert (await guest.post("/api/join", json={"code": found.code})).status_code == 200
        everybody = [*guests, found.owner]
        for browser in guests:
            await one_socket(found, browser, iter(()), Counter())
        cases = fuzz.messages(random.Random(seed), found.rooms)
        async with unchanged(found, directory):
            while told.total() < most:
                async with asyncio.TaskGroup() as tasks:
                    for browser in everybody * SOCKETS:
                        tasks.create_task(one_socket(found, browser, itertools.islice(cases, EACH), told))
    return told


@asynccontextmanager
async def unchanged(found: Fuzzed, directory: Path) -> AsyncIterator[None]:
    """Nothing is other than it was, nothing went wrong inside, and people are let in as before."""
    before = await settled(found, directory)
    with capture_logs() as logs:
        yield
    assert [line for line in logs if line["log_level"] in ("error", "critical")] == []
    assert await settled(found, directory) ^ before == frozenset()
    assert (await found.owner.get("/api/community")).status_code == 200
    async with seated(found.kring, found.kring.room, found.owner) as seat:
        assert (await seat.do("chat.post", text="Nog hier"))["t"] == "done"
    assert await settled(found, directory) != before, "the control: what does change something is seen"


async def settled(found: Fuzzed, directory: Path) -> frozenset[str]:
    """Once the database has all that the journal has."""
    house = found.kring.house
    async with house.database.read() as tx:
        told = await communities.internal_room(tx, house.beginning.community.id, news.KIND)
    for room in [room for _, room in found.rooms] + ([told.id] if told else []):
        await house.drain.drain(room)
    return state_of(directory)


async def one_socket(found: Fuzzed, browser: httpx2.AsyncClient, cases: Iterator[object], told: Counter[str]) -> None:
    """Says bad things one after the other, until all is said or it is shown the door; and hears what comes of it."""
    with suppress(ConnectionClosed):
        async with found.kring.socket(browser) as socket, asyncio.TaskGroup() as tasks:
            hearing = tasks.create_task(hear(socket, told))
            await socket.send('{"t":"hello"}')
            for _, room in found.rooms:
                await socket.send(msgspec.json.encode({"t": "join", "id": "j", "room": room}).decode())
            for case in cases:
                await socket.send(msgspec.json.encode(case).decode())
            await socket.send('{"t":"leave","id":"last","room":"nowhere"}')
            await hearing


async def hear(socket: ClientConnection, told: Counter[str]) -> None:
    """Count refusals and goodbyes, until the last has been answered."""
    while True:
        for line in str(await socket.recv()).split("\n"):
            message = msgspec.json.decode(line, type=dict[str, object])
            if message["t"] in ("refused", "bye"):
                told[str(message.get("reason") or message["code"])] += 1
            assert message["t"] != "done", message
            if message.get("id") == "last" or message["t"] == "bye":
                return


@pytest.mark.slow
async def test_a_few_thousand_requests(tmp_path: Path) -> None:
    statuses = await fuzz_requests(tmp_path, 7, FEW)
    assert statuses.total() >= FEW
    assert {200, 400, 403, 404, 405} <= statuses.keys()


@pytest.mark.slow
async def test_a_few_thousand_messages(tmp_path: Path) -> None:
    told = await fuzz_messages(tmp_path, 7, FEW)
    assert told.total() >= FEW
    assert {"invalid", "not_found", "forbidden", "not_joined"} & told.keys() >= {"invalid"}


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_hundred_thousand_requests(tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}: {dict(await fuzz_requests(tmp_path, seed, MANY))}")


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_hundred_thousand_messages(tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}: {dict(await fuzz_messages(tmp_path, seed, MANY))}")
