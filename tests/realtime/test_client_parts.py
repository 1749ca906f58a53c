"""The parts of the Python client that need no server: reading the wire, waiting, merging."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.client import Change, Changes, Done, NotKring, Record, Refusal
from realtime.client.backoff import Backoff
from realtime.client.outbox import Outbox, Pending
from realtime.client.told import SPARE, Told
from realtime.client.values import Fields, pack, unpack
from realtime.wire import CODECS, MSGPACK, Do
from realtime.wire import Change as WireChange

CODEC = CODECS[MSGPACK]


class Now:
    """A clock, as told."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


# ---- waiting -------------------------------------------------------------------------------------------------------


def test_waits_double_up_to_4_s_and_after_a_minute_up_to_30() -> None:
    now = Now()
    backoff = Backoff(lambda: 1.0, now)
    assert [backoff.wait_s() for _ in range(6)] == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0]
    now.at = 59.9
    assert backoff.wait_s() == 4.0
    now.at = 60.0
    assert [backoff.wait_s() for _ in range(3)] == [30.0, 30.0, 30.0]
    backoff.reset()
    assert backoff.wait_s() == 0.25


def test_jitter_is_full() -> None:
    drawn = iter([0.0, 0.5, 0.999])
    backoff = Backoff(lambda: next(drawn), Now())
    assert [backoff.wait_s() for _ in range(3)] == [0.0, 0.25, 0.999]


# ---- reading the wire ----------------------------------------------------------------------------------------------


def test_several_maps_in_one_message_are_read_in_order() -> None:
    message = b"".join(CODEC.encode(WireChange("r", seq=seq, mark="m")) for seq in (1, 2, 3))
    assert [fields.number("seq") for fields in unpack(message)] == [1, 2, 3]


def test_the_server_reads_what_is_packed_here() -> None:
    """Two codecs that know nothing of each other agree."""
    command = {"t": "chat.post", "text": "é", "reply_to": None}
    packed = pack({"t": "do", "id": "i", "room": "r", "cmd": command, "seq": 3, "mark": "m", "more": None})
    read = CODEC.decode(packed)
    assert isinstance(read, Do)
    assert (read.id, read.room, read.seq, read.mark) == ("i", "r", 3, "m")
    assert msgpack.unpackb(bytes(read.cmd)) == command


@given(st.binary(max_size=200))
def test_bytes_of_all_sorts_are_no_kring_at_worst(message: bytes) -> None:
    try:
        for fields in unpack(message):
            fields.text("t")
    except NotKring:
        pass


@pytest.mark.parametrize("message", [b"\x81\xa1t", b"\xc1", b"\x01", msgpack.packb([1]), msgpack.packb({1: 2})])
def test_what_is_no_map_or_half_a_map_is_no_kring(message: bytes) -> None:
    with pytest.raises(NotKring):
        list(unpack(message))


@pytest.mark.parametrize(
    "read",
    [
        lambda f: f.number("flag"),
        lambda f: f.number("text"),
        lambda f: f.number("absent"),
        lambda f: f.maybe_number("text"),
        lambda f: f.text("number"),
        lambda f: f.texts("numbers"),
        lambda f: f.table("text"),
        lambda f: f.records("table"),
        lambda f: f.flag("number"),
    ],
)
def test_a_field_of_another_type_is_no_kring(read: object) -> None:
    fields = Fields({"flag": True, "number": 1, "text": "x", "numbers": [1], "table": {"a": 1}})
    with pytest.raises(NotKring):
        read(fields)  # type: ignore[operator]


# ---- the outbox ----------------------------------------------------------------------------------------------------


async def test_c2_what_is_sent_again_is_the_same_in_the_same_order() -> None:
    outbox = Outbox()
    for text in ("a", "b"):
        outbox.add(Pending("r", {"t": "chat.post", "text": text}, 7, "m"))
    first = send_all(outbox)
    assert outbox.in_flight == 2
    outbox.disconnected()
    assert outbox.in_flight == 0
    again = send_all(outbox)
    assert again == first
    assert all(b"m" in message for message in again)


def send_all(outbox: Outbox) -> list[bytes]:
    sent = []
    while (pending := outbox.waiting()) is not None:
        sent.append(outbox.send(pending))
    return sent


async def test_an_answer_is_given_once_and_strangers_change_nothing() -> None:
    outbox = Outbox()
    pending = Pending("r", {"t": "x"}, 0, "")
    outbox.add(pending)
    outbox.settle("of another device", Done(1))
    outbox.send(pending)
    outbox.settle(pending.id, Done(5))
    outbox.settle(pending.id, Refusal("empty", "", {}))
    assert await pending.outcome == Done(5)
    assert outbox.in_flight == len(outbox) == 0


# ---- what changed --------------------------------------------------------------------------------------------------


def records(*ids: str) -> dict[str, Record]:
    return {id: {"t": "x", "id": id} for id in ids}


async def test_what_was_not_taken_yet_is_merged() -> None:
    changes = Changes({}, most=10)
    changes.tell(records("a", "b"), [])
    changes.tell(records("c"), ["a"])
    changes.tell({"b": {"t": "y"}}, [])
    assert await anext(changes) == Change({"b": {"t": "y"}, **records("c")}, ("a",))


async def test_beyond_the_bound_it_is_the_whole() -> None:
    live: dict[str, Record] = {}
    changes = Changes(live, most=3)
    for nth in range(100):
        changes.tell(records(str(nth)), [])
    live |= records("all", "there", "is")
    assert await anext(changes) == Change(records("all", "there", "is"), (), whole=True)
    changes.tell(records("next"), [])
    assert await anext(changes) == Change(records("next"))


async def test_iterating_ends_with_the_room_or_raises_why() -> None:
    ended, broken = Changes({}, 3), Changes({}, 3)
    ended.tell(records("last"), [])
    ended.end(None)
    assert [change.put async for change in ended] == [records("last")]
    broken.end(LookupError())
    with pytest.raises(LookupError):
        await anext(broken)


async def test_whoever_stops_looking_is_forgotten() -> None:
    told = Told("r", 10)
    changes = Changes(told.records, 10)
    told.watchers.add(changes)
    told.take_change(Fields({"t": "change", "room": "r", "put": records("a")}))
    assert (await anext(changes)).put == records("a")
    del changes
    await asyncio.sleep(0)
    assert not told.watchers


# ---- what the server tells -------------------------------------------------------------------------------------------


def joined(seq: int, put: Mapping[str, Record], *, full: bool, gone: tuple[str, ...] = ()) -> Fields:
    place = {"seq": seq, "mark": f"m{seq}", "eyes": "e", "oldest": 0, "kind": "chat", "role": "guest"}
    rest = {"you": ["me"], "may": {}, "presence": {"count": 1}, "put": dict(put), "gone": list(gone)}
    return Fields({"full": full, **place, **rest})


def change(put: Mapping[str, Record], *, seq: int | None = None, oldest: int = 0, gone: tuple[str, ...] = ()) -> Fields:
    place = {} if seq is None else {"seq": seq, "mark": f"m{seq}", "oldest": oldest}
    return Fields({"put": dict(put), "gone": list(gone), **place})


def test_the_whole_replaces_and_a_difference_merges() -> None:
    told = Told("r", 10)
    told.take_joined(joined(1, records("a", "b"), full=True))
    told.take_joined(joined(3, records("c"), full=False, gone=("a",)))
    assert set(told.records) == {"b", "c"}
    told.take_joined(joined(5, records("d"), full=True))
    assert set(told.records) == {"d"}


def test_f4_only_a_change_with_a_seq_moves_the_position() -> None:
    told = Told("r", 10)
    told.take_joined(joined(1, {}, full=True))
    told.take_change(change(records("a")))
    assert (told.seq, told.mark) == (1, "m1")
    told.take_change(change(records("b"), seq=4))
    assert (told.seq, told.mark, set(told.records)) == (4, "m4", {"a", "b"})


def test_c6_memory_is_bounded_by_what_is_live_and_a_few_older_ones() -> None:
    """Negative control inside: with `older` endless everything stays."""
    for older, most in ((10, 100 + 10 + SPARE), (10**9, 5_001)):
        told = Told("r", older)
        told.take_joined(joined(0, {"room": {"t": "room"}}, full=True))
        for n in range(1, 5_001):
            told.take_change(change({str(n): {"t": "x", "n": n}}, seq=n, oldest=max(0, n - 99)))
        assert len(told.records) <= most
        assert (len(told.records) == 5_001) == (older > 10)
        assert {"room", *(str(n) for n in range(4_901, 5_001))} <= set(told.records)


def test_presence_is_a_difference_or_whole() -> None:
    told = Told("r", 10)
    told.take_presence(Fields({"count": 2, "put": {"a": {"name": "A"}, "b": {"name": "B", "staff": True}}}))
    told.take_presence(Fields({"count": 2, "put": {"c": {"name": "C"}}, "gone": ["a"]}))
    assert {who: (person.name, person.staff) for who, person in told.presence.people.items()} == {
        "b": ("B", True),
        "c": ("C", False),
    }
    told.take_presence(Fields({"count": 900, "whole": True}))
    assert told.presence.count == 900
    assert not told.presence.people
