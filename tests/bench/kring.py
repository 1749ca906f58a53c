"""Kring itself as a contestant: the finished product, `kring serve` with its default settings.

A data directory with the people in it is made once, by a server and its own HTTP API: each of them goes in by the
chat's code, as a guest, and has a cookie of their own. (Right codes are not limited: a hall goes in behind one
address.) Every run starts a server on a fresh copy of that directory.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache, partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import msgspec

from persistence.database import FILE
from realtime.connection import PING_S
from realtime.journal import tables
from realtime.wire import JSON, MSGPACK
from tests.bench.contestants import Contestant, Running, process
from tests.bench.loading import NUMBER, Flood, Hear, Invalid, Say, Speech
from tests.bench.machine import versions
from tests.web.process import CODE, LISTENING, STARTED, environment
from tests.web.process import KRING as COMMAND
from web.version import SERVER

AT_ONCE = 16
KEPT_S = 30.0


@contextmanager
def serving(home: Path, port: int = 0) -> Iterator[tuple[int, int, str]]:
    """`kring serve` on the data directory in `home`, at a free port or this one: its pid, port, and the join code."""
    with process([*COMMAND, "serve"], STARTED, cwd=home, environment=environment(home, PORT=str(port))) as (pid, said):
        address, code = LISTENING.search(said), CODE.search(said)
        assert address is not None, said
        assert code is not None, said
        yield pid, int(address[0].rpartition(":")[2]), code[1] + code[2]


class Hall(msgspec.Struct, frozen=True):
    """A data directory with people in it, and how they come in."""

    home: Path
    cookies: list[str]
    room: str


@cache
def hall(members: int) -> Hall:
    """Made once per number of people; gone with the process."""
    home = temporary()
    with serving(home) as (_, port, code):
        entered = let_in(port, code, members)
    return Hall(home, [cookie for cookie, _ in entered], entered[0][1])


def let_in(port: int, code: str, members: int) -> list[tuple[str, str]]:
    """So many guests, by a code: (cookie, room) of each."""
    share = [range(first, members, AT_ONCE) for first in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as hands:
        return [one for some in hands.map(partial(go_in, port, code), share) for one in some]


_homes: list[tempfile.TemporaryDirectory[str]] = []


def temporary() -> Path:
    """A directory that is gone with the process."""
    _homes.append(tempfile.TemporaryDirectory(prefix="kring-bench-"))
    return Path(_homes[-1].name)


def go_in(port: int, code: str, numbers: range) -> list[tuple[str, str]]:
    """(cookie, room) of each."""
    found = []
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as browser:
        for number in numbers:
            body = json.dumps({"code": code, "name": f"Guest {number}"})
            headers = {"Origin": f"http://127.0.0.1:{port}", "X-Kring": "1", "Content-Type": "application/json"}
            browser.request("POST", "/api/join", body, headers)
            answer = browser.getresponse()
            told = json.loads(answer.read())
            if answer.status != 200:
                raise Invalid(f"a guest could not go in: {answer.status} {told}")
            found.append((cookie_of(answer), told["room"]))
    return found


def cookie_of(answer: HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


def post(text: str) -> dict[str, object]:
    return {"t": "chat.post", "text": text}


def speech(
    subprotocol: str,
    people: Hall,
    wish: Callable[[str], dict[str, object]] = post,
    id: str = f"c{NUMBER}",
    seq: int = 0,
) -> Speech:
    """Hello, join, and a command for each text: `wish` makes it (posts in the community's chat).

    `seq`: the position at which the commands say they were made; in an old room 0 is too long ago (C2).
    """
    binary = subprotocol == MSGPACK
    encode: Callable[[object], bytes] = msgspec.msgpack.encode if binary else msgspec.json.encode

    def say(text: str) -> bytes:
        return encode({"t": "do", "id": id, "room": people.room, "cmd": wish(text), "seq": seq, "mark": ""})

    return Speech(
        say=say,
        subprotocol=subprotocol,
        binary=binary,
        headers={"Cookie": "{each}"},
        each=people.cookies,
        opening=(
            Say(encode({"t": "hello", "lang": "en", "client": "bench"})),
            Hear(b"welcome"),
            Say(encode({"t": "join", "id": "j", "room": people.room})),
            Hear(b"joined"),
        ),
        heartbeat=encode({"t": "ping"}),
        heartbeat_s=PING_S,
    )


@contextmanager
def fresh(made: Path) -> Iterator[Path]:
    """A copy of a data directory."""
    with tempfile.TemporaryDirectory(prefix="kring-bench-") as directory:
        home = Path(directory, "home")
        shutil.copytree(made, home)
        yield home


@contextmanager
def running(subprotocol: str, members: int) -> Iterator[Running]:
    """A server on a fresh copy of the hall."""
    people = hall(members)
    with fresh(people.home) as home, serving(home) as (pid, port, _):
        kept = partial(check_kept, home / "data" / FILE)
        yield Running(pid=pid, port=port, speech=speech(subprotocol, people), check=kept, home=home)


def check_kept(database: Path, result: Flood, *, patience_s: float = KEPT_S) -> None:
    """Every message that was sent is in the database, once, in the end. Raises Invalid."""
    wait_until_kept(database, result.all_sent, patience_s=patience_s)


def wait_until_kept(database: Path, sent: int, *, patience_s: float = KEPT_S) -> None:
    """Raises Invalid when the messages in the database aren't, in the end, so many different ones."""
    deadline = time.monotonic() + patience_s
    while True:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            rows, different = db.execute(
                "select count(*), count(distinct substr(body, instr(body, x'7e69643a'), 12))"
                " from records where instr(body, x'7e69643a') > 0"
            ).fetchone()
        if rows == different == sent:
            return
        if time.monotonic() > deadline or rows > sent:
            raise Invalid(f"{sent} messages were sent; the database has {rows}, {different} different ones")
        time.sleep(0.1)


def synchronous() -> str:
    """Of the journal, as Kring opens it."""
    names = ("off", "normal", "full", "extra")
    with tempfile.TemporaryDirectory() as directory, closing(tables.connect(Path(directory, "j"), 1)) as db:
        return names[db.execute("pragma synchronous").fetchone()[0]]


def _how(subprotocol: str) -> str:
    return f"{SERVER}, {', '.join(versions('uvicorn', 'uvloop'))}; {subprotocol}; journal synchronous={synchronous()}"


def _started(subprotocol: str) -> Callable[[int], AbstractContextManager[Running]]:
    return partial(running, subprotocol)


# A change may hold a record again (F3: lags are rounded up); it is the same record, and the client knows it by its id.
KRING = Contestant(name="Kring", how=partial(_how, MSGPACK), start=_started(MSGPACK), repeats=True)
KRING_JSON = Contestant(name="Kring, JSON", how=partial(_how, JSON), start=_started(JSON), repeats=True)
