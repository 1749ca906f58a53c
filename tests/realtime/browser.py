"""A browser at the end of a recording line, with codecs of its own, so that both ends don't share a mistake."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import msgpack
from msgspec import Struct

from realtime.connection import Connection, Transport
from realtime.hub import Hub
from realtime.wire import JSON, MSGPACK

ROOM = "circle"
Message = dict[str, Any]
T = TypeVar("T")
_ids = itertools.count(1)


class Line:
    """The socket between hub and browser: what is written is parsed at once; `stuck`: nothing leaves any more."""

    def __init__(self, told: Callable[[list[tuple[int, bytes]]], None]) -> None:
        self.writes: list[bytes] = []
        self.paused = False
        self.stuck = False
        self.code: int | None = None
        self._unsent = 0
        self.left_over: Callable[[], None] = lambda: None
        self.largest = 0
        self.receive: Callable[[bytes], None] = lambda _: None
        self._told = told
        self._incoming: deque[bytes] = deque()

    def write(self, data: bytes) -> None:
        assert self.code is None, "nothing is written after a close frame"
        self.writes.append(data)
        if self.stuck:
            self.unsent += len(data)
            self.largest = max(self.largest, self.unsent)
        self._told(unframed(data))

    @property
    def unsent(self) -> int:
        return self._unsent

    @unsent.setter
    def unsent(self, size: int) -> None:
        self._unsent = size
        if size:
            self.left_over()

    def buffered(self) -> int:
        return self.unsent

    def drain(self) -> None:
        """All of it leaves after all."""
        self.stuck, self.unsent = False, 0

    def close(self, code: int, reason: str) -> None:
        self.code = code
        self._incoming.clear()
        self._told([])

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False
        self._deliver()

    def arrive(self, message: bytes) -> None:
        self._incoming.append(message)
        self._deliver()

    def _deliver(self) -> None:
        while self._incoming and not self.paused and self.code is None:
            self.receive(self._incoming.popleft())


_line: type[Transport] = Line


def unframed(data: bytes) -> list[tuple[int, bytes]]:
    """(opcode, payload) of each frame, by the book: RFC 6455, unmasked and final."""
    found, at = [], 0
    while at < len(data):
        first, size = data[at], data[at + 1]
        assert first & 0x80, "every frame is final"
        assert not size & 0x80, "a server masks nothing"
        at += 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(data[at : at + wide], "big"), at + wide
            assert size >= (126 if wide == 2 else 65_536), "the shortest form"
        assert at + size <= len(data), "frames are whole"
        found.append((first & 0x0F, data[at : at + size]))
        at += size
    return found


class Mirror(Struct):
    """What a browser holds of one room, by the rules of the wire and nothing else."""

    seq: int = 0
    mark: str = ""
    eyes: str = ""
    oldest: int = 0
    records: dict[str, Message] = {}
    people: dict[str, Message] = {}
    count: int = 0
    wholes: int = 0
    differences: int = 0

    def take(self, message: Message) -> None:
        if message["t"] == "joined":
            self._joined(message)
        elif message["t"] == "presence":
            self._presence(message)
        elif message["t"] == "paged":
            self.records.update(message["put"])
        else:
            self.records.update(message.get("put", {}))
            for id in message.get("gone", ()):
                self.records.pop(id, None)
            if "seq" in message:
                self.seq, self.mark, self.oldest = message["seq"], message["mark"], message["oldest"]

    def _joined(self, message: Message) -> None:
        if message["full"]:
            self.records = {}
            self.wholes += 1
        else:
            self.differences += 1
        self.records.update(message["put"])
        for id in message["gone"]:
            self.records.pop(id, None)
        self.seq, self.mark, self.eyes = message["seq"], message["mark"], message["eyes"]
        self.oldest = message["oldest"]
        self._presence(message["presence"])

    def _presence(self, message: Message) -> None:
        if message.get("whole"):
            self.people = {}
        self.people.update(message.get("put", {}))
        for actor in message.get("gone", ()):
            self.people.pop(actor, None)
        self.count = message["count"]

    def texts(self) -> list[str]:
        """Of the messages it holds, oldest first."""
        held = [r for r in self.records.values() if r["t"] == "chat.message"]
        return [str(r["text"]) for r in sorted(held, key=lambda r: int(r["n"]))]


class Browser:
    """One client. Speaks with codecs of its own, so that both ends don't share a mistake."""

    def __init__(self, hub: Hub, person: str, *, binary: bool = True) -> None:
        self.hub = hub
        self.person = person
        self.binary = binary
        self.messages: list[Message] = []
        self.writes: list[list[Message]] = []
        """As they left: the messages of each write."""
        self.rooms: dict[str, Mirror] = {}
        self._news = asyncio.Event()
        self.line = Line(self._told)
        self.connection: Connection = hub.attach(self.line, None, "nl", MSGPACK if binary else JSON)
        self.line.receive, self.line.left_over = self.connection.received, self.connection.unsent

    # ---- in ------------------------------------------------------------------------------------------------------

    def _told(self, frames: list[tuple[int, bytes]]) -> None:
        written: list[Message] = []
        for opcode, payload in frames:
            assert opcode == (2 if self.binary else 1)
            written += self._maps(payload)
        self.messages += written
        self.writes.append(written)
        for message in written:
            room = message.get("room")
            if message["t"] in ("joined", "change", "presence", "paged"):
                self.rooms.setdefault(str(room), Mirror()).take(message)
        self._news.set()

    def _maps(self, payload: bytes) -> list[Message]:
        if not self.binary:
            return [json.loads(line) for line in payload.decode().split("\n")]
        unpacker = msgpack.Unpacker(raw=False, strict_map_key=False)
        unpacker.feed(payload)
        return list(unpacker)

    async def until(self, condition: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait for something to be so after what this browser is told."""
        async with asyncio.timeout(seconds):
            while not (found := condition()):
                self._news.clear()
                await self._news.wait()
        return found

    def heard(self, t: str, **fields: object) -> list[Message]:
        """Messages of a type with these fields."""
        return [m for m in self.messages if m["t"] == t and all(m.get(k) == v for k, v in fields.items())]

    async def hear(self, t: str, **fields: object) -> Message:
        """The first message of a type with these fields, now or later."""
        return (await self.until(lambda: self.heard(t, **fields)))[0]

    @property
    def mirror(self) -> Mirror:
        return self.rooms.setdefault(ROOM, Mirror())

    @property
    def code(self) -> int | None:
        return self.line.code

    # ---- out -----------------------------------------------------------------------------------------------------

    def id(self) -> str:
        """A new one, also in another browser of the same person."""
        return f"{self.person}-{next(_ids)}"

    def raw(self, message: bytes) -> None:
        self.line.arrive(message)

    def send(self, t: str, **fields: object) -> None:
        message = {"t": t, **fields}
        self.raw(cast(bytes, msgpack.packb(message)) if self.binary else json.dumps(message).encode())

    async def hello(self) -> None:
        self.send("hello", token=self.person)
        await self.hear("welcome")

    async def join(self, room: str = ROOM, **position: object) -> Message:
        id = self.id()
        self.send("join", id=id, room=room, **position)
        return (await self.until(lambda: self.heard("joined", id=id) or self.heard("refused", id=id)))[0]

    async def rejoin(self, before: Browser, room: str = ROOM) -> Message:
        """Join with what another one of this person's browsers holds, as after a reload of the page."""
        held = before.rooms[room]
        self.rooms[room] = Mirror(held.seq, held.mark, held.eyes, held.oldest, dict(held.records))
        return await self.join(room, seq=held.seq, mark=held.mark, eyes=held.eyes)

    def do(self, cmd: Mapping[str, object], *, room: str = ROOM, id: str | None = None, seq: int | None = None) -> str:
        """Give a command; its id."""
        id = id or self.id()
        held = self.rooms.get(room, Mirror())
        self.send("do", id=id, room=room, cmd=dict(cmd), seq=held.seq if seq is None else seq, mark=held.mark)
        return id

    def post(self, text: str = "Dag.", **more: object) -> str:
        return self.do({"t": "chat.post", "text": text, **more})

    def answers(self, id: str) -> list[Message]:
        """Everything that was ever answered to a command."""
        done = [m for m in self.messages if m["t"] == "done" and id in m["ids"]]
        return done + self.heard("refused", id=id)

    async def answer(self, id: str, seconds: float = 5.0) -> Message:
        return (await self.until(lambda: self.answers(id), seconds))[0]

    async def ok(self, id: str) -> Message:
        answer = await self.answer(id)
        assert answer["t"] == "done", answer
        return answer

    async def refused(self, id: str) -> Message:
        answer = await self.answer(id)
        assert answer["t"] == "refused", answer
        return answer

    def hang_up(self) -> None:
        self.line.code = 1006
        self.connection.closed()
