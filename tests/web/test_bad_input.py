"""Whatever is sent to the real socket gets a refusal or a close with a stable code and a sentence, and changes nothing.

Everything goes through the real server, in both codecs. A bystander in the same room must not notice, and the room's
journal must not move.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import msgpack
import msgspec
import pytest
import pytest_asyncio
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from realtime.wire import CLOSE_CODES, DEPTH, JSON, MESSAGE_BYTES, MSGPACK, CloseCode
from rooms.model import Reason, Role
from tests.web.site import Site, site
from web.catalogue import sentence

Message = dict[str, Any]
CODECS = [JSON, MSGPACK]
in_both_codecs = pytest.mark.parametrize("codec", CODECS)
NESTED = 60_000


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kring(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """One for all: nothing here may change anything."""
    async with site(tmp_path_factory.mktemp("kring")) as found:
        yield found


class Talker:
    """A client that says anything at all, exactly as told."""

    def __init__(self, socket: ClientConnection, codec: str) -> None:
        self.socket, self.binary = socket, codec == MSGPACK
        self.heard: list[Message] = []

    async def send(self, message: object) -> None:
        await self.raw(msgpack.packb(message) if self.binary else msgspec.json.encode(message))

    async def raw(self, data: bytes) -> None:
        """A text message that is none of Unicode, too."""
        await self.socket.send(data, text=not self.binary)

    async def hear(self, *wanted: str) -> Message:
        """The next message of one of these types."""
        while True:
            for at, message in enumerate(self.heard):
                if message["t"] in wanted:
                    del self.heard[: at + 1]
                    return message
            self.heard += self._decoded(await self.socket.recv())

    def _decoded(self, data: bytes | str) -> list[Message]:
        if isinstance(data, str):
            return [msgspec.json.decode(line) for line in data.split("\n")]
        unpacker = msgpack.Unpacker(strict_map_key=False)
        unpacker.feed(data)
        return list(unpacker)

    async def answer(self) -> Message:
        """The refusal or goodbye that what was sent last is answered with. A ping shows that nothing else comes."""
        with suppress(ConnectionClosed):
            await self.send({"t": "ping"})
        found = await self.hear("refused", "bye", "pong")
        if found["t"] == "bye":
            await self.socket.wait_closed()
            assert self.socket.close_code == found["code"]
        elif found["t"] == "refused":
            await self.hear("pong")
        return found


@asynccontextmanager
async def talker(kring: Site, browser: httpx2.AsyncClient, codec: str, *, joined: bool = True) -> AsyncIterator[Talker]:
    async with kring.socket(browser, subprotocol=codec) as socket:
        found = Talker(socket, codec)
        if joined:
            await found.send({"t": "hello"})
            await found.send({"t": "join", "id": "j", "room": kring.room})
            await found.hear("joined")
        yield found


@asynccontextmanager
async def nothing_happens(kring: Site) -> AsyncIterator[None]:
    """A bystander keeps their connection, and the room stands where it stood."""
    async with kring.guest() as browser, talker(kring, browser, JSON) as bystander:
        before = (await kring.house.journal.read(kring.room, None)).head
        yield
        await bystander.send({"t": "ping"})
        await bystander.hear("pong")
        assert (await kring.house.journal.read(kring.room, None)).head == before


def is_goodbye(found: Message, why: CloseCode, lang: str = "en") -> bool:
    return (found["t"], found["code"], found["text"]) == ("bye", CLOSE_CODES[why], sentence(lang, why, {}))


def is_refusal(found: Message, *reasons: Reason) -> bool:
    assert found["t"] == "refused", found
    return found["reason"] in reasons and found["text"] == sentence("en", found["reason"], {})


def do(kring: Site, command: object, id: str = "c", **more: object) -> Message:
    return {"t": "do", "id": id, "room": kring.room, "cmd": command, "seq": 1, "mark": ""} | more


def post(text: object = "hello") -> Message:
    return {"t": "chat.post", "text": text}


# ---- what is no message ----------------------------------------------------------------------------------------------

GARBLED: dict[str, tuple[bytes, bytes]] = {
    "empty": (b"", b""),
    "half": (b'{"t":"pi', b"\x81\xa1t"),
    "text": (b"hello", b"hello"),
    "a list": (b"[]", b"\x90"),
    "null": (b"null", b"\xc0"),
    "no type": (b"{}", b"\x80"),
    "unknown type": (b'{"t":"dance"}', b"\x81\xa1t\xa5dance"),
    "two at once": (b'{"t":"ping"}{"t":"ping"}', b"\x81\xa1t\xa4ping" * 2),
    "nested": (b"[" * NESTED, b"\x91" * NESTED),
    "nested maps": (b'{"t":' * 12_000, b"\x81\xa1t" * 20_000),
    "nested in a field": (b'{"t":"hello","lang":' + b"[" * NESTED, b"\x82\xa1t\xa5hello\xa4lang" + b"\x91" * NESTED),
    "no utf-8": (b'{"t":"hello","lang":"\xff"}', b"\x82\xa1t\xa5hello\xa4lang\xa1\xff"),
    "an extension": (b"\x00", b"\xd4\x01\x00"),
}


@in_both_codecs
@pytest.mark.parametrize("what", GARBLED)
async def test_what_is_no_message_ends_the_connection(kring: Site, codec: str, what: str) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        await found.raw(GARBLED[what][CODECS.index(codec)])
        assert is_goodbye(await found.answer(), CloseCode.BAD_MESSAGE)


@in_both_codecs
@pytest.mark.parametrize(
    "message",
    [
        {"t": "hello", "extra": 1},
        {"t": "hello", "lang": 7},
        {"t": "hello", "token": "x" * 2_049},
        {"t": "join", "id": "1"},
        {"t": "join", "id": "", "room": "x"},
        {"t": "join", "id": "1", "room": "r" * 33},
        {"t": "join", "id": "1", "room": "x", "seq": -1},
        {"t": "join", "id": "1", "room": "x", "seq": 2**60},
        {"t": "join", "id": "1", "room": "x", "seq": 1.5},
        {"t": "page", "id": "1", "room": "x", "before": "1"},
        {"t": "whisper", "room": "x", "name": "n" * 21, "data": {}},
        {"t": "whisper", "room": "x", "name": "n", "data": {"a": []}},
        {"t": "whisper", "room": "x", "name": "n", "data": {str(n): n for n in range(9)}},
        {"t": "done", "room": "x", "ids": [], "seq": 1},
    ],
)
async def test_wrong_types_and_unknown_fields_end_the_connection(kring: Site, codec: str, message: Message) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        await found.send(message)
        assert is_goodbye(await found.answer(), CloseCode.BAD_MESSAGE)


@in_both_codecs
async def test_one_byte_too_many(kring: Site, codec: str) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        await found.raw(b" " * (MESSAGE_BYTES + 1))
        assert is_goodbye(await found.hear("bye"), CloseCode.BAD_MESSAGE)
        await found.socket.wait_closed()
        assert found.socket.close_code == CLOSE_CODES[CloseCode.BAD_MESSAGE]


@in_both_codecs
async def test_goodbye_is_said_in_the_language_of_hello(kring: Site, codec: str) -> None:
    async with kring.guest() as browser, talker(kring, browser, codec, joined=False) as found:
        await found.send({"t": "hello", "lang": "nl-BE"})
        await found.hear("welcome")
        await found.send({"t": "dance"})
        assert is_goodbye(await found.answer(), CloseCode.BAD_MESSAGE, "nl")


# ---- out of turn -----------------------------------------------------------------------------------------------------


@in_both_codecs
async def test_hello_comes_first_and_once(kring: Site, codec: str) -> None:
    async with nothing_happens(kring), kring.guest() as browser:
        async with talker(kring, browser, codec, joined=False) as found:
            await found.send({"t": "join", "id": "1", "room": kring.room})
            assert is_goodbye(await found.answer(), CloseCode.NO_HELLO)
        async with talker(kring, browser, codec) as found:
            await found.send({"t": "hello"})
            assert is_goodbye(await found.answer(), CloseCode.BAD_MESSAGE)


@in_both_codecs
async def test_rooms_one_is_not_in(kring: Site, codec: str) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        for message in (
            do(kring, post(), room="elsewhere"),
            {"t": "page", "id": "1", "room": "elsewhere", "before": 5},
            {"t": "leave", "id": "1", "room": "elsewhere"},
            {"t": "whisper", "room": "elsewhere", "name": "typing", "data": {}},
        ):
            await found.send(message)
            assert is_refusal(await found.answer(), Reason.NOT_JOINED)
        await found.send({"t": "join", "id": "1", "room": "elsewhere"})
        assert is_refusal(await found.answer(), Reason.NOT_FOUND)


# ---- commands --------------------------------------------------------------------------------------------------------


@in_both_codecs
@pytest.mark.parametrize(
    ("command", "reasons"),
    [
        (None, (Reason.INVALID,)),
        ([], (Reason.INVALID,)),
        ({}, (Reason.INVALID,)),
        ({"t": "chat.dance"}, (Reason.INVALID, Reason.UNKNOWN)),
        (post(7), (Reason.INVALID,)),
        (post(""), (Reason.INVALID, Reason.EMPTY)),
        (post(" \u202e "), (Reason.EMPTY,)),
        (post("x" * 2_001), (Reason.INVALID,)),
        (post() | {"by": "somebody"}, (Reason.INVALID,)),
        (post() | {"reply_to": "forged"}, (Reason.NOT_FOUND,)),
        ({"t": "chat.edit", "message": "forged", "text": "x"}, (Reason.NOT_FOUND,)),
        ({"t": "chat.edit", "message": "chat", "text": "x"}, (Reason.NOT_FOUND,)),
        ({"t": "chat.delete", "message": "room"}, (Reason.NOT_FOUND,)),
        ({"t": "chat.react", "message": "x", "reaction": "hate", "on": True}, (Reason.INVALID,)),
        ({"t": "chat.pin", "message": "x", "on": True}, (Reason.FORBIDDEN,)),
        ({"t": "chat.save", "message": "x", "on": True}, (Reason.FORBIDDEN,)),
        ({"t": "chat.remove", "message": "x"}, (Reason.FORBIDDEN,)),
        ({"t": "room.lock"}, (Reason.FORBIDDEN,)),
        ({"t": "room.close"}, (Reason.FORBIDDEN,)),
    ],
)
async def test_a_guests_command_that_may_not_be(
    kring: Site, codec: str, command: object, reasons: tuple[Reason, ...]
) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        await found.send(do(kring, command))
        refusal = await found.hear("refused", "bye", "done")
        assert is_refusal(refusal, *reasons)
        assert refusal["id"] == "c"
        assert not refusal.get("retry", False)


@in_both_codecs
async def test_a_command_nested_too_deep_is_refused_or_ends_the_connection(kring: Site, codec: str) -> None:
    async with nothing_happens(kring), kring.guest() as browser, talker(kring, browser, codec) as found:
        deep: object = "x"
        for _ in range(DEPTH * 4):
            deep = [deep]
        await found.send(do(kring, post(deep)))
        answer = await found.hear("refused", "bye", "done")
        assert answer["t"] == "bye" or is_refusal(answer, Reason.INVALID)


@in_both_codecs
async def test_a_screen_may_do_nothing(kring: Site, codec: str) -> None:
    async with nothing_happens(kring), kring.browser() as browser:
        answer = await browser.post("/api/sign-in", json={"token": await kring.token(Role.SCREEN)})
        async with kring.socket(browser, subprotocol=codec) as socket:
            found = Talker(socket, codec)
            await found.send({"t": "hello", "token": answer.json()["token"]})
            await found.send({"t": "join", "id": "j", "room": kring.room})
            assert (await found.hear("joined"))["role"] == "screen"
            await found.send(do(kring, post()))
            assert is_refusal(await found.hear("refused", "done"), Reason.FORBIDDEN)


# ---- anything at all -------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(["hello", "join", "do", "page", "whisper", "leave", "ping", "bye", "change"]) | st.text(
    max_size=6
)
FIELDS = st.sampled_from(
    ["id", "room", "seq", "mark", "cmd", "before", "name", "data", "token", "lang", "eyes", "client"]
)
ALMOST = st.builds(lambda t, rest: {**rest, "t": t}, TYPES, st.dictionaries(FIELDS, VALUES, max_size=6))
CLOSES = set(CLOSE_CODES.values())


@pytest.mark.slow
@pytest.mark.parametrize("way", ["direct", "plain"])
async def test_anything_at_all_gets_an_answer_and_changes_nothing(tmp_path: Path, way: str) -> None:
    """Hundreds of connections, each with a few messages that are nearly right, wholly wrong, or cut in odd places."""

    def plain(config: uvicorn.Config) -> None:
        config.ws = "websockets-sansio"

    change = plain if way == "plain" else lambda config: None
    async with site(tmp_path, change) as kring, nothing_happens(kring), kring.guest() as browser:
        loop = asyncio.get_running_loop()

        @settings(
            max_examples=150,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            codec=st.sampled_from(CODECS),
            joined=st.booleans(),
            messages=st.lists(ALMOST | VALUES | st.binary(max_size=40), min_size=1, max_size=5),
        )
        def fuzz(codec: str, joined: bool, messages: list[object]) -> None:
            asyncio.run_coroutine_threadsafe(say(codec, joined, messages), loop).result(20)

        async def say(codec: str, joined: bool, messages: list[object]) -> None:
            async with talker(kring, browser, codec, joined=joined) as found:
                with suppress(ConnectionClosed):
                    for message in messages:
                        if not isinstance(message, bytes):
                            await found.send(message)
                        elif way == "direct" or found.binary:
                            await found.raw(message)
                    await found.send({"t": "dance"})
                bye = await found.hear("bye")
                assert bye["code"] in CLOSES
                assert bye["text"].endswith(".")

        await asyncio.to_thread(fuzz)
