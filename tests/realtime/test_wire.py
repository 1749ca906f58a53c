"""W: exactly one well-formed map per message from a client, bounded in every direction, in both codecs."""

from __future__ import annotations

import contextlib
import json
import math
import time
from typing import Any, cast

import msgpack
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.wire import CLOSE_CODES, CODECS, JSON, MSGPACK, BadMessage, ClientMessage, CloseCode, Codec, Done, Pong
from rooms.kind import kinds

Message = dict[str, Any]
GOOD: list[Message] = [
    {"t": "hello"},
    {"t": "hello", "token": "secret", "lang": "nl", "client": "test"},
    {"t": "join", "id": "1", "room": "r"},
    {"t": "join", "id": "1", "room": "r", "seq": 7, "mark": "abc", "eyes": "def"},
    {"t": "do", "id": "2", "room": "r", "cmd": {"t": "chat.post", "text": "Dag"}, "seq": 0, "mark": ""},
    {"t": "page", "id": "3", "room": "r", "before": 2**53 - 1},
    {"t": "whisper", "room": "r", "name": "typing", "data": {"on": True, "x": 1, "y": 0.5, "z": "a", "n": None}},
    {"t": "leave", "id": "4", "room": "r"},
    {"t": "ping"},
]
DO = GOOD[4]
WHISPER = GOOD[6]


def written(message: object, codec: Codec) -> bytes:
    """By other codecs than the server's own."""
    return cast(bytes, msgpack.packb(message)) if codec.binary else json.dumps(message).encode()


def refuses(codec: Codec, message: bytes) -> str:
    with pytest.raises(BadMessage) as caught:
        codec.decode(message)
    assert caught.value.detail
    return caught.value.detail


@pytest.fixture(params=[MSGPACK, JSON])
def codec(request: pytest.FixtureRequest) -> Codec:
    return CODECS[request.param]


@pytest.mark.parametrize("message", GOOD, ids=lambda m: m["t"])
def test_every_message_means_the_same_in_both_codecs(message: Message) -> None:
    decoded: list[ClientMessage] = []
    for codec in CODECS.values():
        found = codec.decode(written(message, codec))
        decoded.append(msgspec.structs.replace(found, cmd=msgspec.Raw(b"")) if message is DO else found)
    assert decoded[0] == decoded[1]


BAD: dict[str, Message | list[object] | str | int | None] = {
    "no map": [],
    "a text": "hello",
    "a number": 3,
    "nothing": None,
    "no type": {"id": "1", "room": "r"},
    "unknown type": {"t": "shutdown"},
    "a type that is no text": {"t": 1},
    "a server's own message": {"t": "done", "room": "r", "ids": ["1"], "seq": 1},
    "an unknown field": {"t": "ping", "role": "owner"},
    "a field lacks": {"t": "join", "room": "r"},
    "an empty id": {**DO, "id": ""},
    "a long id": {**DO, "id": "x" * 65},
    "a long room": {**DO, "room": "x" * 33},
    "a wrong type": {**DO, "id": 4},
    "a negative seq": {**DO, "seq": -1},
    "a seq beyond what a browser counts": {**DO, "seq": 2**53},
    "a seq that is a text": {**DO, "seq": "1"},
    "a seq that is true": {**DO, "seq": True},
    "a long mark": {**DO, "mark": "x" * 129},
    "a long token": {"t": "hello", "token": "x" * 2049},
    "data that nests": {**WHISPER, "data": {"x": [1]}},
    "data with too much": {**WHISPER, "data": {str(i): i for i in range(9)}},
    "data with a long text": {**WHISPER, "data": {"x": "x" * 201}},
    "data with a long key": {**WHISPER, "data": {"x" * 21: 1}},
    "a number that a browser cannot hold": {**WHISPER, "data": {"x": 2**53}},
    "a number below that": {**WHISPER, "data": {"x": -(2**53)}},
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_message_is_refused(name: str, codec: Codec) -> None:
    refuses(codec, written(BAD[name], codec))


def test_a_number_no_codec_can_hold_is_refused_before_anybody_packs_it() -> None:
    """JSON has numbers of any length; one of them once ended a room, when it was passed on as msgpack."""
    huge = json.dumps({**WHISPER, "data": {"x": 10**30}}).encode()
    refuses(CODECS[JSON], huge)
    control = msgspec.json.decode(huge)
    with pytest.raises(OverflowError):
        msgspec.msgpack.encode(control)


@pytest.mark.parametrize(
    "message", [b"", b"{", b"\xff\xfe", b'{"t":"ping"}{"t":"ping"}', b'{"t":"ping"} x', b'{"t":"\\ud800"}', b"NaN"]
)
def test_malformed_json_is_refused(message: bytes) -> None:
    refuses(CODECS[JSON], message)


PING = written({"t": "ping"}, CODECS[MSGPACK])


@pytest.mark.parametrize(
    "message",
    [b"", PING[:-1], PING + PING, PING + b"\x00", b"\x81\xa1t\xa4\xff\xff\xff\xff", b"\xc1", b"\xdf\xff\xff\xff\xff"],
)
def test_malformed_msgpack_is_refused(message: bytes) -> None:
    refuses(CODECS[MSGPACK], message)


DEEP = 60_000


def nested(codec: Codec, *, closed: bool) -> list[bytes]:
    """60,000 arrays in each other: alone, as a command, and as a field nobody knows."""
    if codec.binary:
        deep = b"\x91" * DEEP + (b"\xc0" if closed else b"")
        command = written({**DO, "cmd": None}, codec).replace(b"\xa3cmd\xc0", b"\xa3cmd" + deep)
        return [deep, command, b"\x82\xa1t\xa4ping\xa1x" + deep]
    deep = b"[" * DEEP + (b"]" * DEEP if closed else b"")
    command = json.dumps({**DO, "cmd": 0}).encode().replace(b'"cmd": 0', b'"cmd": ' + deep)
    return [deep, command, b'{"t":"ping","x":' + deep + b"}"]


@pytest.mark.parametrize("closed", [True, False])
def test_60000_nested_arrays_are_refused_in_no_time(codec: Codec, closed: bool) -> None:
    for message in nested(codec, closed=closed):
        began = time.perf_counter()
        refuses(codec, message)
        assert time.perf_counter() - began < 0.5


def test_control_nesting_does_raise_something_else_below_us() -> None:
    """msgspec gives up with an exception of Python's own, which nothing in the house would expect."""
    with pytest.raises(RecursionError):
        msgspec.msgpack.Decoder(msgspec.Raw | list[Any]).decode(b"\x91" * DEEP + b"\xc0")


@given(st.binary(max_size=200), st.sampled_from(sorted(CODECS)))
def test_any_bytes_are_a_message_or_refused(message: bytes, name: str) -> None:
    with contextlib.suppress(BadMessage):
        CODECS[name].decode(message)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(GOOD), st.data(), st.sampled_from(sorted(CODECS)))
def test_a_message_with_any_field_replaced_is_a_message_or_refused(
    message: Message, data: st.DataObject, name: str
) -> None:
    codec = CODECS[name]
    field = data.draw(st.sampled_from([*message, "other"]))
    raw = written({**message, field: data.draw(VALUES)}, codec)
    try:
        decoded = codec.decode(raw)
    except BadMessage:
        return
    assert codec.encode(decoded)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_command_or_refused(raw: bytes) -> None:
    chat = kinds()["chat"]
    for decode in (chat.command_from_json, chat.command_from_msgpack):
        with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
            decode(raw)


def test_several_messages_in_one_are_read_by_any_reader(codec: Codec) -> None:
    maps = [codec.encode(Done("r", ["1", "2"], 7)), codec.encode(Pong())]
    joined = codec.join(maps)
    if codec.binary:
        unpacker = msgpack.Unpacker()
        unpacker.feed(joined)
        read = list(unpacker)
    else:
        read = [json.loads(line) for line in joined.split(b"\n")]
    assert read == [{"t": "done", "room": "r", "ids": ["1", "2"], "seq": 7}, {"t": "pong"}]


def test_close_codes_say_come_back_or_stay_away() -> None:
    come_back = {CloseCode.RESTARTING, CloseCode.TOO_SLOW, CloseCode.SILENT, CloseCode.NEWER}
    assert set(CLOSE_CODES) == set(CloseCode)
    assert len(set(CLOSE_CODES.values())) == len(CLOSE_CODES)
    for why, code in CLOSE_CODES.items():
        assert (4000 <= code < 4500) if why in come_back else (4500 <= code < 5000)


def test_what_is_not_a_number_is_passed_on_as_nothing() -> None:
    """A cursor at NaN comes out of msgpack; JSON has no word for it, and the encoder says null."""
    decoded = CODECS[MSGPACK].decode(written({**WHISPER, "data": {"x": math.nan}}, CODECS[MSGPACK]))
    assert b'"x":null' in CODECS[JSON].encode(decoded)
