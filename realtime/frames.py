"""WebSocket frames and encoded messages, made once and written to many (F1)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Raw, Struct

from realtime.audience import Missed
from realtime.journal import Position
from realtime.wire import Change, Codec
from rooms.model import Record, RecordId

PART_BYTES = 64 * 1024
"""A change above this leaves in several frames (F2)."""

_TEXT, _BINARY = 0x81, 0x82


def frame(codec: Codec, body: bytes) -> bytes:
    """`body` as one unmasked, final WebSocket frame: text for JSON, binary for msgpack."""
    opcode, size = _BINARY if codec.binary else _TEXT, len(body)
    if size < 126:
        return bytes((opcode, size)) + body
    if size < 65_536:
        return struct.pack("!BBH", opcode, 126, size) + body
    return struct.pack("!BBQ", opcode, 127, size) + body


def framed(codec: Codec, messages: Iterable[Struct]) -> bytes:
    """Each message in a frame of its own."""
    return b"".join([frame(codec, codec.encode(message)) for message in messages])


class Encoded:
    """Messages for many, framed at most once per codec (F1)."""

    def __init__(self, messages: Sequence[Struct]) -> None:
        self._messages = messages
        self._each: dict[bool, list[bytes]] = {}
        self._all: dict[bool, bytes] = {}

    def all(self, codec: Codec) -> bytes:
        if codec.binary not in self._all:
            self._all[codec.binary] = b"".join(self._frames(codec))
        return self._all[codec.binary]

    def some(self, codec: Codec, wanted: Sequence[bool]) -> bytes:
        """Those of which `wanted`, in the same order, says so."""
        return b"".join(frame for frame, want in zip(self._frames(codec), wanted, strict=True) if want)

    def _frames(self, codec: Codec) -> list[bytes]:
        if codec.binary not in self._each:
            self._each[codec.binary] = [framed(codec, [message]) for message in self._messages]
        return self._each[codec.binary]


def raw(codec: Codec, records: Mapping[RecordId, Record]) -> dict[RecordId, Raw]:
    """Records encoded, ready to stand in any message."""
    return {id: Raw(codec.encode(record)) for id, record in records.items()}


def change_frames(codec: Codec, room: str, missed: Missed, position: Position | None, mark: str, oldest: int) -> bytes:
    """A change as frames of bounded size; only the last one holds the position (F2, F4).

    Without a position (a private part) none does.
    """
    frames: list[bytes] = []
    part: dict[RecordId, Raw] = {}
    size = 0
    for id, record in raw(codec, missed.put).items():
        grown = len(memoryview(record)) + len(id) + 8
        if part and size + grown > PART_BYTES:
            frames.append(frame(codec, codec.encode(Change(room, part))))
            part, size = {}, 0
        part[id] = record
        size += grown
    if position is None:
        last = Change(room, part, missed.gone)
    else:
        last = Change(room, part, missed.gone, position.seq, mark, oldest)
    frames.append(frame(codec, codec.encode(last)))
    return b"".join(frames)
