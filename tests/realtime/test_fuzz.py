"""W: whatever comes in at a socket is answered or closed, and costs nobody else anything."""

from __future__ import annotations

import asyncio
from typing import Any

import msgpack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from realtime.wire import CLOSE_CODES
from tests.journal.adverse import World
from tests.realtime.browser import ROOM
from tests.realtime.house import eventually, living, turns

FIELDS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.text(max_size=40),
    st.just(ROOM),
    st.just("mallory-1"),
    st.dictionaries(st.text(max_size=5), st.integers(0, 9), max_size=3),
    st.lists(st.integers(0, 9), max_size=3),
)
COMMANDS = st.one_of(
    st.fixed_dictionaries({"t": st.just("chat.post"), "text": st.text(max_size=50)}),
    st.fixed_dictionaries(
        {
            "t": st.sampled_from(["chat.edit", "chat.delete", "chat.remove", "chat.pin", "chat.react", "room.lock"]),
            "message": st.text(max_size=30),
        },
        optional={"text": FIELDS, "on": FIELDS, "reaction": FIELDS},
    ),
    st.dictionaries(st.text(max_size=6), FIELDS, max_size=4),
)
MESSAGES = st.one_of(
    st.fixed_dictionaries(
        {
            "t": st.just("do"),
            "id": st.text(min_size=1, max_size=20),
            "room": st.just(ROOM),
            "cmd": COMMANDS,
            "seq": st.integers(0, 2**53 - 1),
            "mark": st.text(max_size=20),
        }
    ),
    st.fixed_dictionaries(
        {"t": st.sampled_from(["join", "leave"]), "id": st.text(min_size=1, max_size=20), "room": st.just(ROOM)},
        optional={"seq": st.integers(0, 99), "mark": st.text(max_size=20), "eyes": st.text(max_size=20)},
    ),
    st.fixed_dictionaries(
        {
            "t": st.just("page"),
            "id": st.text(min_size=1, max_size=9),
            "room": st.just(ROOM),
            "before": st.integers(0, 99),
        }
    ),
    st.fixed_dictionaries(
        {
            "t": st.just("whisper"),
            "room": st.just(ROOM),
            "name": st.text(min_size=1, max_size=20),
            "data": st.dictionaries(st.text(max_size=20), FIELDS, max_size=9),
        }
    ),
    st.dictionaries(st.sampled_from(["t", "id", "room", "cmd", "seq"]), FIELDS, max_size=5),
)
SOLID = ["ping", "hello", "join", "do"]


def packed(message: Any, binary: bool) -> bytes:
    """As a client of ill will would write it: what one codec cannot say, the other may."""
    if binary:
        return bytes(msgpack.packb(message, unicode_errors="surrogatepass"))
    import json

    return json.dumps(message).encode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    binary=st.booleans(),
    hello=st.booleans(),
    inputs=st.lists(st.one_of(MESSAGES, MESSAGES, MESSAGES, st.binary(max_size=60)), max_size=25),
)
async def test_w_whatever_comes_in_is_answered_or_closed_and_costs_nobody_else_anything(
    binary: bool, hello: bool, inputs: list[Any]
) -> None:
    async with asyncio.timeout(20), World(seed=1).open() as journals, living(journals) as built:
        await built.opened()
        witness = await built.seated("anne")
        with capture_logs() as logs:
            mallory = await (built.seated if hello else built.welcomed)("mallory", binary=binary)
            expected = set()
            for piece in inputs:
                open_before = mallory.code is None
                mallory.raw(piece if isinstance(piece, bytes) else packed(piece, binary))
                if open_before and mallory.code is None and isinstance(piece, dict) and piece.get("t") == "do":
                    expected.add(piece["id"])
            await turns(60)
            if mallory.code is None:
                mallory.send("ping")
                await mallory.hear("pong")
                for id in expected:
                    await mallory.answer(id)
                    assert all(a["t"] == "done" or a["text"] for a in mallory.answers(id))
                await eventually(lambda: mallory.connection.in_flight == 0)
            else:
                assert mallory.code in CLOSE_CODES.values()
                assert mallory.heard("bye")[0]["text"]
            await witness.ok(witness.post("Nog hier."))
        assert not [entry for entry in logs if entry["log_level"] == "error"]
        fresh = await built.seated("vera")
        await witness.until(lambda: witness.mirror.seq == fresh.mirror.seq)
        assert fresh.mirror.records == witness.mirror.records
        strangers = [
            r for r in fresh.mirror.records.values() if r.get("by") not in (None, "actor-anne", "actor-mallory")
        ]
        assert not strangers
