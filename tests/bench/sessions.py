"""Sessions in a data directory, made as people make them: staff start one, ask what stands in it, and let guests in."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from realtime.frames import frame
from realtime.wire import CODECS, MSGPACK
from tests.bench.kring import AT_ONCE, Hall, cookie_of, go_in, let_in, serving, temporary
from tests.bench.loading import Invalid
from tests.web.process import KRING, environment

T = TypeVar("T")

PATIENCE_S = 30.0
TEXT = "Question {}: does anybody know why the pump hums after rain, and what to do about it?"


class RoomOf(Struct, frozen=True):
    id: str
    kind: str


class Started(Struct, frozen=True):
    """A session, as its staff are told of it."""

    id: str
    code: str
    rooms: list[RoomOf]

    def room(self, kind: str) -> str:
        return next(room.id for room in self.rooms if room.kind == kind)


class Evening(Struct, frozen=True):
    """A Q&A with questions, and guests in it. `change_bytes`: of the frame that tells one of them one tally."""

    hall: Hall
    questions: Sequence[str]
    change_bytes: int


class _Made(Struct, frozen=True):
    id: str


class Staff:
    """A moderator of a running server."""

    def __init__(self, home: Path, port: int) -> None:
        command = [*KRING, "link", "moderator"]
        link = subprocess.run(command, cwd=home, env=environment(home), capture_output=True, text=True, check=True)
        self.port, self.cookie = port, ""
        self._ask("POST", "/api/sign-in", {"token": link.stdout.strip().rpartition("#")[2]}, object)

    def start(self, title: str) -> Started:
        """A session in which people ask by name, and nobody reviews."""
        wanted = {"title": title, "level": "named", "review": False}
        made = self._ask("POST", "/api/sessions", wanted, _Made)
        return self._ask("GET", f"/api/sessions/{made.id}", None, Started)

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None, shape: type[T]) -> T:
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "X-Kring": "1", "Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)) as browser:
            browser.request(method, path, msgspec.json.encode(body) if body is not None else None, headers)
            answer = browser.getresponse()
            told = answer.read()
        if answer.status >= 300:
            raise Invalid(f"{method} {path}: {answer.status} {told.decode()[:300]}")
        self.cookie = cookie_of(answer) or self.cookie
        return msgspec.json.decode(told, type=shape)


class Seat:
    """Somebody in a room over a socket of their own, one thing at a time."""

    def __init__(self, socket: ClientConnection, room: str) -> None:
        self._socket, self._room, self._said = socket, room, 0
        self.tell({"t": "hello"}, "welcome")
        self.tell({"t": "join", "id": "j", "room": room}, "joined")

    def do(self, command: Mapping[str, object]) -> list[dict[str, Any]]:
        """The changes that came before it was done. Raises Invalid when it is refused."""
        self._said += 1
        wish = {"id": f"seat-{self._said}", "room": self._room, "cmd": command, "seq": 0, "mark": ""}
        return self.tell({"t": "do", **wish}, "done")

    def tell(self, message: Mapping[str, object], answer: str) -> list[dict[str, Any]]:
        self._socket.send(msgspec.msgpack.encode(message))
        changes: list[dict[str, Any]] = []
        self.hear(answer, changes)
        return changes

    def hear(self, type: str, changes: list[dict[str, Any]] | None = None) -> tuple[dict[str, Any], int]:
        """The next message of this type, and its size; changes that come before it are added to `changes`."""
        while True:
            payload = self._socket.recv(PATIENCE_S)
            assert isinstance(payload, bytes)
            message = msgspec.msgpack.decode(payload)
            if message["t"] == type:
                return message, len(payload)
            if message["t"] == "change" and changes is not None:
                changes.append(message)
            if message["t"] in ("refused", "bye"):
                raise Invalid(str(message))


class Village(Struct, frozen=True):
    """Many chats, and guests in each: `rooms` has the room of each cookie."""

    home: Path
    cookies: Sequence[str]
    rooms: Sequence[str]


@cache
def village(rooms: int, each: int) -> Village:
    """So many sessions with so many guests; made once for these numbers; gone with the process."""
    home = temporary()
    with serving(home) as (_, port, _code), ThreadPoolExecutor(AT_ONCE) as hands:
        staff = Staff(home, port)
        started = list(hands.map(staff.start, [f"Evening {number}" for number in range(rooms)]))

        def let_in_at(number: int) -> list[str]:
            numbers = range(number * each, (number + 1) * each)
            return [cookie for cookie, _ in go_in(port, started[number].code, numbers)]

        cookies = [cookie for some in hands.map(let_in_at, range(rooms)) for cookie in some]
    return Village(home, cookies, [evening.room("chat") for evening in started for _ in range(each)])


@contextmanager
def seated(port: int, cookie: str, room: str) -> Iterator[Seat]:
    host = f"127.0.0.1:{port}"
    with connect(
        f"ws://{host}/ws",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol(MSGPACK)],
        additional_headers={"Cookie": cookie},
        compression=None,
    ) as socket:
        yield Seat(socket, room)


@cache
def evening(members: int, questions: int) -> Evening:
    """Made once for these numbers; gone with the process."""
    home = temporary()
    with serving(home) as (_, port, _code):
        staff = Staff(home, port)
        started = staff.start("An open evening")
        room = started.room("qna")
        cookies = [cookie for cookie, _ in let_in(port, started.code, members + 1)]
        with seated(port, staff.cookie, room) as desk:
            ids = [_asked(desk, TEXT.format(number)) for number in range(questions)]
            with seated(port, cookies.pop(), room) as witness:
                size = _one_tally(desk, witness, ids[0])
    return Evening(Hall(home, cookies, room), ids, size)


def _asked(desk: Seat, text: str) -> str:
    """The id of a new question."""
    changes = desk.do({"t": "qna.ask", "text": text})
    put = [item for change in changes for item in change.get("put", {}).items()]
    return next(str(id) for id, record in put if record["t"] == "qna.question" and record["text"] == text)


def _one_tally(desk: Seat, witness: Seat, question: str) -> int:
    """Bytes of the frame by which somebody else learns of one vote; then it is taken back."""
    desk.do({"t": "qna.vote", "question": question, "on": True})
    change, size = witness.hear("change")
    assert list(change["put"]) == [question], change
    desk.do({"t": "qna.vote", "question": question, "on": False})
    return len(frame(CODECS[MSGPACK], bytes(size)))
