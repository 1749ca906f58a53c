"""A protocol client that costs next to nothing, so that five hundred of them don't hold up the server they measure.

It speaks `kring.v1.msgpack` over a plain TCP connection of its own, keeps what it is told of one room, and notes when
each position came. It never connects again: in a hall that is measured, a lost connection is a failure.
"""

from __future__ import annotations

import asyncio
import functools
import secrets
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, cast

import msgpack
from msgspec import Struct

HANDSHAKE = (
    "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://{host}\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: kring.v1.msgpack\r\nCookie: {cookie}\r\n\r\n"
)
MASK = b"\x00\x00\x00\x00"
"""A mask that changes nothing: what is measured is not how fast Python can XOR."""

Fields = dict[str, Any]


class Answer(Struct, frozen=True):
    """What became of a command: `seq` of a `done`, else the `reason` it was refused for."""

    seq: int = 0
    reason: str = ""


class LightClient(asyncio.Protocol):
    """`records` of the room; `seqs` and `times` (seconds, the machine's monotonic clock): when each position came."""

    def __init__(self, host: str, cookie: str, room: str) -> None:
        self.room = room
        self.records: dict[str, Fields] = {}
        self.seq, self.mark = 0, ""
        self.seqs: list[int] = []
        self.times: list[float] = []
        self.you: list[str] = []
        self.seated: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost: str = ""
        self.moved = asyncio.Event()
        self._handshake = HANDSHAKE.format(host=host, cookie=cookie).encode()
        self._told: dict[str, Callable[[Answer], None]] = {}
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def connect(cls, host: str, cookie: str, room: str) -> LightClient:
        """Seated in the room. `host`: host:port."""
        name, _, port = host.partition(":")
        made = cls(host, cookie, room)
        await asyncio.get_running_loop().create_connection(lambda: made, name, int(port))
        async with asyncio.timeout(60):
            await made.seated
        return made

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    # ---- out -----------------------------------------------------------------------------------------------------

    def give(self, command: Mapping[str, object], told: Callable[[Answer], None]) -> None:
        """A command, made where the client is now; `told` hears once what became of it."""
        id = secrets.token_hex(10)
        self._told[id] = told
        self.send({"t": "do", "id": id, "room": self.room, "cmd": command, "seq": self.seq, "mark": self.mark})

    async def do(self, command: Mapping[str, object]) -> Answer:
        told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.give(command, told.set_result)
        async with asyncio.timeout(60):
            return await told

    def send(self, message: Mapping[str, object]) -> None:
        assert self._transport is not None
        payload = msgpack.packb(message)
        size = len(payload)
        head = bytes((0x82, 0x80 | size)) if size < 126 else b"\x82\xfe" + size.to_bytes(2, "big")
        self._transport.write(head + MASK + payload)

    def _ping(self, every_s: float) -> None:
        if not self.lost:
            self.send({"t": "ping"})
            asyncio.get_running_loop().call_later(every_s, self._ping, every_s)

    # ---- in ------------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by all but its class
        self._transport.write(self._handshake)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = self.lost or "the connection was lost"
        self.moved.set()

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._upgraded, self._buffer = True, b""
            self.send({"t": "hello", "lang": "nl"})
        now, at = time.monotonic(), 0
        while (frame := _frame(data, at)) is not None:
            opcode, start, at = frame
            if opcode == 2:
                for message in _messages(data[start:at]):
                    self._take(message, now)
            elif opcode == 8:
                self.lost = f"closed: {data[start + 2 : at].decode(errors='replace')}"
        self._buffer = data[at:]

    def _take(self, message: Fields, now: float) -> None:
        match message["t"]:
            case "change":
                self._take_records(message)
                if "seq" in message:
                    self._take_position(message, now)
            case "done":
                for id in message["ids"]:
                    self._tell(id, Answer(seq=message["seq"]))
            case "refused":
                self._tell(message.get("id", ""), Answer(reason=message["reason"]))
            case "joined":
                self._take_records(message)
                self._take_position(message, now)
                self.you = message["you"]
                self.seated.set_result(None)
            case "welcome":
                self._ping(float(message["ping"]))
                self.send({"t": "join", "id": "1", "room": self.room})
            case "bye":
                self.lost = str(message["text"])

    def _take_records(self, message: Fields) -> None:
        self.records.update(message.get("put") or {})
        for id in message.get("gone") or ():
            self.records.pop(id, None)

    def _take_position(self, message: Fields, now: float) -> None:
        self.seq, self.mark = message["seq"], message["mark"]
        self.seqs.append(self.seq)
        self.times.append(now)
        self.moved.set()

    def _tell(self, id: str, answer: Answer) -> None:
        told = self._told.pop(id, None)
        if told is not None:
            told(answer)

    # ---- what it has ---------------------------------------------------------------------------------------------

    async def reach(self, seq: int) -> None:
        """Wait until it was told of that entry. Raises ConnectionError."""
        async with asyncio.timeout(60):
            while self.seq < seq:
                if self.lost:
                    raise ConnectionError(self.lost)
                self.moved.clear()
                await self.moved.wait()

    def arrival(self, seq: int) -> float:
        """When it was first told a position that has this entry."""
        return self.times[bisect_left(self.seqs, seq)]

    def digest(self) -> str:
        """Of everything that it has in common with everybody of its role."""
        common = {id: record for id, record in self.records.items() if "only" not in record}
        said = msgpack.packb([(id, sorted(common[id].items())) for id in sorted(common)])
        return blake2b(said, digest_size=8).hexdigest()

    def ballots(self) -> Counter[str]:
        """Its own votes, as the server has them: 1 for each question."""
        return Counter(record["question"] for record in self.records.values() if record["t"] == "qna.ballot")


@functools.lru_cache(256)
def _messages(payload: bytes) -> Sequence[Fields]:
    """The maps in a frame. What goes to everybody is the same bytes for everybody (F1), so it is read once."""
    unpacker = msgpack.Unpacker(raw=False, strict_map_key=False)
    unpacker.feed(payload)
    return tuple(unpacker)


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Opcode, start and end of the payload of the frame at `at`; None: it isn't whole yet."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1] & 0x7F, at + 2
    if size >= 126:
        start += 2 if size == 126 else 8
        size = int.from_bytes(data[at + 2 : start], "big")
    if len(data) < start + size:
        return None
    return data[at] & 0x0F, start, start + size
