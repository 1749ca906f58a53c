"""Where a room lies in Redis, and what goes over its channel (J6).

Rooms lie under 64 fixed tags, spread over the slots of a cluster: so one script reaches all that an append needs.
"""

from __future__ import annotations

import zlib

import msgspec
from msgspec import Struct

from realtime.journal import Entry

TAGS = 64


class Keys(Struct, frozen=True, gc=False):
    """Of one room; `pending` and `channel` it shares with the other rooms of its tag.

    `head`: a hash of seq, mark, drained, kept (the checkpoint's seq) and first (the lowest seq that is there).
    `entries`: a stream whose ids are `seq-0`. `turn`: which process has it (J7).
    """

    head: str
    entries: str
    checkpoint: str
    turn: str
    pending: str
    channel: str


def keys_of(prefix: str, room: str) -> Keys:
    """`prefix`: what the keys of this Kring begin with; it has no braces."""
    tag = _tag(prefix, zlib.crc32(room.encode()) % TAGS)
    return Keys(
        head=f"{tag}head:{room}",
        entries=f"{tag}entries:{room}",
        checkpoint=f"{tag}checkpoint:{room}",
        turn=f"{tag}turn:{room}",
        pending=f"{tag}pending",
        channel=f"{tag}news",
    )


def all_pending(prefix: str) -> list[str]:
    """Of every tag."""
    return [f"{_tag(prefix, nth)}pending" for nth in range(TAGS)]


def _tag(prefix: str, nth: int) -> str:
    return f"{prefix}{{k{nth:02}}}:"


class Stored(Struct, frozen=True, gc=False, array_like=True, tag="entry"):
    """An entry of a room: the same bytes go over the channel and lie in the stream."""

    room: str
    seq: int
    mark: bytes
    attempt: bytes
    body: bytes

    @property
    def entry(self) -> Entry:
        return Entry(self.seq, self.mark, self.attempt, self.body)


class Whispered(Struct, frozen=True, gc=False, array_like=True, tag="whisper"):
    room: str
    body: bytes


class Anew(Struct, frozen=True, gc=False, array_like=True, tag="anew"):
    """The room goes on from elsewhere, or is gone: whoever follows it has to look."""

    room: str


Told = Stored | Whispered | Anew

encode = msgspec.msgpack.Encoder().encode
told = msgspec.msgpack.Decoder(Told).decode
stored = msgspec.msgpack.Decoder(Stored).decode
