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
    `entries`: a stream whose ids are `seq-0`. `turn`: which process has it (J7). `era`: since which start of the server
    the tag's rooms were looked after; `healing`: there while they are (J8).
    """

    head: str
    entries: str
    checkpoint: str
    turn: str
    pending: str
    channel: str
    era: str
    healing: str


class Tag(Struct, frozen=True, gc=False):
    """What the rooms of a tag share."""

    pending: str
    channel: str
    era: str
    healing: str


def keys_of(prefix: str, room: str) -> Keys:
    """`prefix`: what the keys of this Kring begin with; it has no braces."""
    tag = _tag(prefix, zlib.crc32(room.encode()) % TAGS)
    shared = _shared(tag)
    return Keys(
        head=f"{tag}head:{room}",
        entries=f"{tag}entries:{room}",
        checkpoint=f"{tag}checkpoint:{room}",
        turn=f"{tag}turn:{room}",
        pending=shared.pending,
        channel=shared.channel,
        era=shared.era,
        healing=shared.healing,
    )


def all_tags(prefix: str) -> list[Tag]:
    """What each tag's rooms share."""
    return [_shared(_tag(prefix, nth)) for nth in range(TAGS)]


def _shared(tag: str) -> Tag:
    return Tag(f"{tag}pending", f"{tag}news", f"{tag}era", f"{tag}healing")


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


def of_room(room: str, entry: Entry) -> Stored:
    """An entry as it lies in the stream."""
    return Stored(room, entry.seq, entry.mark, entry.attempt, entry.body)


class Whispered(Struct, frozen=True, gc=False, array_like=True, tag="whisper"):
    room: str
    body: bytes


class Anew(Struct, frozen=True, gc=False, array_like=True, tag="anew"):
    """The room goes on from elsewhere, or is gone: whoever follows it has to look. None: so for all of the tag."""

    room: str | None


Told = Stored | Whispered | Anew

encode = msgspec.msgpack.Encoder().encode
told = msgspec.msgpack.Decoder(Told).decode
stored = msgspec.msgpack.Decoder(Stored).decode
