"""The wire protocol `kring.v1`: every message as a Struct, and nothing else (rules W).

One map per WebSocket message from the client; one or more maps per message from the server (msgpack objects one after
the other, or JSON lines). Field `t` names the map. docs/protocol is generated from these Structs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, cast

import msgspec
from msgspec import Meta, Raw, Struct

from rooms.lifecycle import State
from rooms.model import ActorId, Fact, Reason, RecordId, Role, type_tag

MSGPACK = "kring.v1.msgpack"
JSON = "kring.v1.json"
SUBPROTOCOLS = (MSGPACK, JSON)

MESSAGE_BYTES = 64 * 1024
DEPTH = 32
IN_FLIGHT = 64
PAGE = 100

RoomId = Annotated[str, Meta(min_length=1, max_length=32)]
MessageId = Annotated[str, Meta(min_length=1, max_length=64)]
"""An id the client chose: of a command (unique per person and room for ever) or of a join, leave or page."""
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Mark = Annotated[str, Meta(max_length=128)]
Number = Annotated[int, Meta(ge=-(2**53 - 1), le=2**53 - 1)]
"""What both codecs and a browser can hold."""
Scalar = bool | Number | float | Annotated[str, Meta(max_length=200)] | None


class ToServer(Struct, frozen=True, gc=False, tag_field=type_tag, forbid_unknown_fields=True):
    """What a client may send."""


class Hello(ToServer, frozen=True, gc=False, tag="hello"):
    """The first message. A sign-in cookie needs no token; `lang` is the language of sentences (nl or en)."""

    token: Annotated[str, Meta(max_length=2048)] | None = None
    lang: Annotated[str, Meta(max_length=35)] | None = None
    client: Annotated[str, Meta(max_length=80)] | None = None


class Join(ToServer, frozen=True, gc=False, tag="join"):
    """Follow a room; with the position last seen, and `eyes` as last joined, only what was missed comes back."""

    id: MessageId
    room: RoomId
    seq: Seq | None = None
    mark: Mark | None = None
    eyes: Mark | None = None


class Do(ToServer, frozen=True, gc=False, tag="do"):
    """A command, with the position at which it was first made. Resend freely, unchanged (C2)."""

    id: MessageId
    room: RoomId
    cmd: Raw
    seq: Seq
    mark: Mark


class Page(ToServer, frozen=True, gc=False, tag="page"):
    """Records older than number `before`, the latest first hundred of them (C6)."""

    id: MessageId
    room: RoomId
    before: Seq


class Whisper(ToServer, frozen=True, gc=False, tag="whisper"):
    """Awareness: typing, cursors. Delivered to who is there, never kept."""

    room: RoomId
    name: Annotated[str, Meta(min_length=1, max_length=20)]
    data: Annotated[dict[Annotated[str, Meta(max_length=20)], Scalar], Meta(max_length=8)]


class Leave(ToServer, frozen=True, gc=False, tag="leave"):
    id: MessageId
    room: RoomId


class Ping(ToServer, frozen=True, gc=False, tag="ping"):
    """Sent at least every `welcome.ping` seconds."""


ClientMessage = Hello | Join | Do | Page | Whisper | Leave | Ping


class ToClient(Struct, frozen=True, gc=False, tag_field=type_tag, omit_defaults=True):
    """What a server may send."""


class Limits(Struct, frozen=True, gc=False):
    message_bytes: int = MESSAGE_BYTES
    in_flight: int = IN_FLIGHT
    page: int = PAGE


class Welcome(ToClient, frozen=True, gc=False, tag="welcome", omit_defaults=False):
    """Answer to `hello`. `ping`: seconds between pings; `server`: name and version."""

    name: str
    lang: str
    ping: int
    limits: Limits
    server: str


class Person(Struct, frozen=True, gc=False, omit_defaults=True):
    """Somebody present: their name here, and whether they are staff."""

    name: str
    staff: bool = False


class Presence(ToClient, frozen=True, gc=False, tag="presence"):
    """Who is here: `count` people; names as a difference (`whole`: instead of what was known), up to 200 of them."""

    room: str
    count: int
    put: dict[ActorId, Person] = {}
    gone: list[ActorId] = []
    whole: bool = False


class Joined(ToClient, frozen=True, gc=False, tag="joined", omit_defaults=False):
    """The room: whole (`full`), or what changed since the client's position. `may`: state → command tags.

    `oldest`: the least record number still in memory; older ones come by `page`. `eyes`: opaque, stands for `you` and
    `role`; sent back in the next `join`, for a difference holds only for the same eyes (F5).
    """

    id: str
    room: str
    kind: str
    seq: int
    mark: str
    eyes: str
    oldest: int
    full: bool
    you: list[ActorId]
    role: Role
    may: dict[State, list[str]]
    put: dict[RecordId, Raw]
    gone: list[RecordId]
    presence: Presence


class Paged(ToClient, frozen=True, gc=False, tag="paged", omit_defaults=False):
    """Answer to `page`: records as they are now; `more`: older ones exist."""

    id: str
    room: str
    put: dict[RecordId, Raw]
    more: bool


class Change(ToClient, frozen=True, gc=False, tag="change"):
    """Changed records since the last position.

    Without `seq` it is a part (private, or of a long change) that moves nobody.
    """

    room: str
    put: dict[RecordId, Raw] = {}
    gone: list[RecordId] = []
    seq: int | None = None
    mark: str | None = None
    oldest: int | None = None


class Done(ToClient, frozen=True, gc=False, tag="done"):
    """These commands count, once; they are in the journal at or before `seq` (J4)."""

    room: str
    ids: list[str]
    seq: int


class RefusedMessage(ToClient, frozen=True, gc=False, tag="refused"):
    """The command, join or page is refused: a stable `reason`, `facts`, and a sentence.

    `retry`: the outcome is unknown, send it again, unchanged. `retry_ms` (a fact): not before so many milliseconds.
    Without an `id` it answers a message that had none.
    """

    reason: Reason
    text: str
    id: str | None = None
    room: str | None = None
    facts: dict[str, Fact] = {}
    retry: bool = False


class Whispered(ToClient, frozen=True, gc=False, tag="whisper"):
    """Somebody's awareness; `data` empty: no longer. Typing above five people comes as `by` "" and data {count}."""

    room: str
    by: ActorId
    name: str
    data: dict[str, Scalar]


class Left(ToClient, frozen=True, gc=False, tag="left"):
    """Answer to `leave`."""

    id: str
    room: str


class Pong(ToClient, frozen=True, gc=False, tag="pong"):
    pass


class Bye(ToClient, frozen=True, gc=False, tag="bye"):
    """The server closes: a stable code (also the close code), a sentence, and when to come back."""

    code: int
    text: str
    retry_ms: int | None = None


ServerMessage = Welcome | Joined | Paged | Change | Done | RefusedMessage | Whispered | Left | Presence | Pong | Bye


class CloseCode(StrEnum):
    """Names of the close codes; 4000–4499: come back, 4500–4999: stay away."""

    RESTARTING = "restarting"
    TOO_SLOW = "too_slow"
    SILENT = "silent"
    NEWER = "newer"
    BAD_MESSAGE = "bad_message"
    NO_HELLO = "no_hello"
    SIGNED_OUT = "signed_out"
    TOO_MANY = "too_many"
    FORBIDDEN_ORIGIN = "forbidden_origin"


CLOSE_CODES: dict[CloseCode, int] = {
    CloseCode.RESTARTING: 4000,
    CloseCode.TOO_SLOW: 4001,
    CloseCode.SILENT: 4002,
    CloseCode.NEWER: 4003,
    CloseCode.BAD_MESSAGE: 4500,
    CloseCode.NO_HELLO: 4501,
    CloseCode.SIGNED_OUT: 4502,
    CloseCode.TOO_MANY: 4503,
    CloseCode.FORBIDDEN_ORIGIN: 4504,
}


class BadMessage(Exception):
    """Not a message of this protocol. `detail` is for programs, in English."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Codec:
    """One of the two encodings. Encoding is deterministic; decoding refuses whatever is not exactly a message."""

    def __init__(self, subprotocol: str) -> None:
        self.binary = subprotocol == MSGPACK
        self.subprotocol = subprotocol
        if self.binary:
            self._decode = msgspec.msgpack.Decoder(ClientMessage).decode
            self.encode = msgspec.msgpack.Encoder(order="deterministic").encode
        else:
            self._decode = msgspec.json.Decoder(ClientMessage).decode
            self.encode = msgspec.json.Encoder(order="deterministic").encode

    def decode(self, message: bytes) -> ClientMessage:
        """Raises BadMessage."""
        try:
            return cast(ClientMessage, self._decode(message))
        except RecursionError:
            raise BadMessage(f"nested deeper than {DEPTH} levels") from None
        except msgspec.MsgspecError as error:
            raise BadMessage(str(error)) from None
        except UnicodeDecodeError:
            raise BadMessage("text is not UTF-8") from None

    def join(self, maps: list[bytes]) -> bytes:
        """Several encoded maps as the body of one WebSocket message."""
        return (b"" if self.binary else b"\n").join(maps)


CODECS = {name: Codec(name) for name in SUBPROTOCOLS}
