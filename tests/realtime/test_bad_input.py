"""W, C5: bad input is refused or closes, with a stable code and a sentence, and costs nobody else anything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from realtime.wire import MESSAGE_BYTES, CloseCode
from tests.realtime.browser import ROOM
from tests.realtime.house import all_is_well, closed_as, house, turns

POST = {"t": "chat.post", "text": "Dag."}
DEEP = 60_000
BAD = {
    "malformed": b"\xc1{",
    "not UTF-8": b"\xff\xfe\xfd",
    "nothing": b"",
    "nested arrays, json": b"[" * DEEP + b"]" * DEEP,
    "nested arrays, msgpack": b"\x91" * DEEP + b"\xc0",
    "nested in a command, json": b'{"t":"do","id":"1","room":"circle","seq":0,"mark":"","cmd":' + b"[" * DEEP,
    "an unknown type": b'{"t":"shutdown"}',
    "an unknown field": b'{"t":"ping","role":"owner"}',
    "a wrong type": b'{"t":"join","id":1,"room":"circle"}',
    "too much": b'{"t":"ping","x":"' + b"x" * MESSAGE_BYTES + b'"}',
}


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("name", BAD)
async def test_a_bad_message_closes_with_a_code_and_a_sentence(tmp_path: Path, name: str, binary: bool) -> None:
    async with house(tmp_path) as built:
        witness, mallory = await built.seated("anne"), await built.seated("mallory", binary=binary)
        mallory.raw(BAD[name])
        assert closed_as(mallory, CloseCode.BAD_MESSAGE)
        mallory.connection.received(BAD[name])
        await all_is_well(built, witness)


async def test_a_message_of_64_kib_is_read(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne", binary=False)
        frame = b'{"t":"ping"}'
        anne.raw(frame + b" " * (MESSAGE_BYTES - len(frame)))
        await anne.hear("pong")
        anne.raw(frame + b" " * (MESSAGE_BYTES - len(frame) + 1))
        assert closed_as(anne, CloseCode.BAD_MESSAGE)


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "no command": ({"t": "chat.shout", "text": "Dag."}, "invalid"),
    "not even a map": ([], "invalid"),  # type: ignore[dict-item]
    "an unknown field": ({**POST, "at": 1}, "invalid"),
    "a wrong type": ({"t": "chat.post", "text": 5}, "invalid"),
    "too long": ({"t": "chat.post", "text": "x" * 2_001}, "invalid"),
    "nothing to read": ({"t": "chat.post", "text": "\u200b \u202e"}, "empty"),
    "an unknown message": ({"t": "chat.delete", "message": "nowhere"}, "not_found"),
    "without the right": ({"t": "chat.remove", "message": "nowhere"}, "forbidden"),
    "the system's own": ({"t": "room.close"}, "forbidden"),
    "staff's own": ({"t": "room.lock"}, "forbidden"),
    "an event": ({"t": "chat.posted", "id": "x", "at": 1, "by": "y", "name": "z", "text": "Dag."}, "invalid"),
}


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("name", REFUSED)
async def test_a_bad_command_is_refused_with_a_reason_and_a_sentence(tmp_path: Path, name: str, binary: bool) -> None:
    command, reason = REFUSED[name]
    async with house(tmp_path) as built:
        witness, mallory = await built.seated("anne"), await built.seated("mallory", binary=binary)
        position = witness.mirror.seq
        id = mallory.id()
        mallory.send("do", id=id, room=ROOM, cmd=command, seq=0, mark="")
        refused = await mallory.refused(id)
        assert (refused["reason"], refused["text"], refused.get("retry", False)) == (
            reason,
            f"nl: {reason}",
            False,
        )
        assert built.room().projection.seq == position
        assert mallory.code is None
        await all_is_well(built, witness)


async def test_deep_nesting_in_a_command_is_refused_or_closes(tmp_path: Path) -> None:
    """Deeper than 32 levels but not deep enough to end the reader: the command itself says no."""
    async with house(tmp_path) as built:
        mallory = await built.seated("mallory", binary=False)
        mallory.raw(b'{"t":"do","id":"9","room":"circle","seq":0,"mark":"","cmd":' + b"[" * 200 + b"]" * 200 + b"}")
        assert (await mallory.refused("9"))["reason"] == "invalid"


@pytest.mark.parametrize(
    ("t", "fields"),
    [
        ("do", {"cmd": POST, "seq": 0, "mark": ""}),
        ("page", {"before": 5}),
        ("leave", {}),
        ("whisper", {"name": "typing", "data": {}}),
    ],
)
async def test_a_room_that_was_not_joined_is_refused(tmp_path: Path, t: str, fields: dict[str, object]) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        anne.send(t, room=ROOM, **({} if t == "whisper" else {"id": "7"}), **fields)
        refused = await anne.hear("refused", reason="not_joined", room=ROOM)
        assert refused.get("id") == (None if t == "whisper" else "7")


async def test_a_room_that_is_not_there_or_not_theirs_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        assert (await anne.join("nowhere"))["reason"] == "not_found"
        built.gate.rooms["odd"] = "no-such-kind"
        assert (await anne.join("odd"))["reason"] == "not_found"
        built.gate.roles["anne"] = None
        assert (await anne.join())["reason"] == "forbidden"
        assert not anne.connection.seats


async def test_an_id_of_somebody_else_is_ones_own_command(tmp_path: Path) -> None:
    """C1: the key is made of who acts; nobody's answer can be taken, and nobody's record be overwritten."""
    async with house(tmp_path) as built:
        anne, mallory = await built.seated("anne"), await built.seated("mallory")
        await anne.ok(anne.do({"t": "chat.post", "text": "Van Anne."}, id="same"))
        record = next(id for id, r in anne.mirror.records.items() if r["t"] == "chat.message")
        await mallory.ok(mallory.do({"t": "chat.post", "text": "Van Mallory."}, id="same"))
        await mallory.ok(mallory.do({"t": "chat.post", "text": "Nog eens."}, id=record))
        await anne.until(lambda: len(anne.mirror.texts()) == 3)
        assert anne.mirror.records[record]["text"] == "Van Anne."


# --- what goes wrong on our side ---------------------------------------------------------------------


@pytest.mark.parametrize("what", ["page", "admit"])
async def test_a_database_that_is_away_costs_one_answer(tmp_path: Path, what: str) -> None:
    async with house(tmp_path) as built:
        witness, anne = await built.seated("vera"), await built.seated("anne")
        built.gate.broken.add(what)
        if what == "page":
            anne.send("page", id="8", room=ROOM, before=10)
        else:
            anne.send("join", id="8", room=ROOM)
        refused = await anne.hear("refused", id="8")
        assert (refused["reason"], refused["retry"]) == ("retry", True)
        assert refused["facts"]["retry_ms"] > 0
        built.gate.broken.clear()
        await anne.ok(anne.post())
        await all_is_well(built, witness)


async def test_a_fault_in_one_message_costs_one_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(tmp_path) as built:
        witness, anne = await built.seated("vera"), await built.seated("anne")

        def fault(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patch, capture_logs() as logs:
            patch.setattr(built.hub, "submit", fault)
            anne.post()
        assert closed_as(anne, CloseCode.RESTARTING)
        assert [entry["event"] for entry in logs] == ["connection.message_failed"]
        await all_is_well(built, witness)


@pytest.mark.parametrize("t", ["page", "join", "hello"])
async def test_hanging_up_during_a_step_ends_nothing_else(tmp_path: Path, t: str) -> None:
    async with house(tmp_path) as built:
        witness = await built.seated("vera")
        anne = built.browser("anne")
        if t != "hello":
            await anne.hello()
        if t == "page":
            await anne.join()
        what = {"page": "page", "join": "admit", "hello": "identify"}[t]
        built.gate.slow[what] = asyncio.Event()
        sent: dict[str, dict[str, object]] = {
            "page": {"before": 10, "id": "1", "room": ROOM},
            "join": {"id": "1", "room": ROOM},
            "hello": {"token": "anne"},
        }
        anne.send(t, **sent[t])
        await turns()
        anne.hang_up()
        built.gate.slow.pop(what).set()
        await turns()
        assert built.hub.stats().connections == 1
        await all_is_well(built, witness)
