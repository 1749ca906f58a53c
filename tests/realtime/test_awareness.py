"""F7: awareness is latest-wins, bounded per person and per receiver, and many typists are a number."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from realtime import awareness
from realtime.awareness import BYTES_PER_SECOND, FADE_MS, PER_SECOND, PUBLISH_MS, TYPING, TYPISTS, Awareness, Data, Said
from realtime.wire import Whispered
from rooms.model import ActorId

NOW = 1_700_000_000_000
ANNE = ActorId("anne")
ON: Data = {"on": True}


def said(*items: tuple[str, str, Data]) -> Said:
    return Said("q", [(ActorId(actor), name, data) for actor, name, data in items])


def test_f7_the_latest_of_each_person_and_name_wins() -> None:
    room = Awareness("p")
    room.say(ANNE, "cursor", {"x": 1}, NOW)
    room.say(ANNE, TYPING, ON, NOW)
    room.say(ANNE, "cursor", {"x": 2}, NOW)
    room.say(ActorId("bram"), "cursor", {"x": 3}, NOW)
    published = room.publish(NOW)
    assert published is not None
    assert sorted(published.said, key=str) == sorted(
        [(ANNE, TYPING, ON), (ANNE, "cursor", {"x": 2}), (ActorId("bram"), "cursor", {"x": 3})], key=str
    )
    assert room.publish(NOW + PUBLISH_MS) is None, "nothing waits any more"


def test_f7_one_publication_per_50_ms() -> None:
    room = Awareness("p")
    times = []
    for now in range(NOW, NOW + 1_000):
        room.say(ActorId(f"a{now % 7}"), "cursor", {"x": now}, now)
        if room.publish(now) is not None:
            times.append(now)
    assert min(b - a for a, b in itertools.pairwise(times)) >= PUBLISH_MS
    assert len(times) >= 18
    assert room.publish_at() is None or room.publish_at() == times[-1] + PUBLISH_MS


def accepted(seconds: int, *, data: Data) -> int:
    """How much of a flood of 200 a second is taken in."""
    room, count = Awareness("p"), 0
    for tick in range(seconds * 200):
        now = NOW + tick * 5
        room._waiting.clear()
        room.say(ANNE, "cursor", data, now)
        count += bool(room._waiting)
    return count


def test_f7_a_person_says_15_things_a_second() -> None:
    assert accepted(20, data={"x": 1}) <= 20 * PER_SECOND + PER_SECOND + 1
    assert accepted(20, data={"x": 1}) >= 20 * PER_SECOND
    assert accepted(20, data={}) <= 20 * PER_SECOND + 2 * PER_SECOND + 1, "that something is over is bounded too"


def test_control_without_the_bound_everything_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awareness, "PER_SECOND", 10_000)
    assert accepted(1, data={"x": 1}) == 200


def test_f7_that_something_is_over_still_gets_through() -> None:
    room = Awareness("p")
    for _ in range(50):
        room.say(ANNE, TYPING, ON, NOW)
    room.say(ANNE, TYPING, {}, NOW)
    published = room.publish(NOW)
    assert published is not None
    assert published.said == [(ANNE, TYPING, {})]


def received_per_second(processes: int, data: Data) -> float:
    """Bytes on the wire for a receiver, as JSON, while 50 people in each of so many processes never stop."""
    rooms = [Awareness(f"p{n}") for n in range(processes)]
    seconds, total = 10, 0
    for tick in range(seconds * 200):
        now = NOW + tick * 5
        for number, room in enumerate(rooms):
            for person in range(50):
                room.say(ActorId(f"actor-of-{number:02}-{person:013}"), "cursor", data, now)
            published = room.publish(now, processes)
            for actor, name, what in published.said if published else ():
                message = Whispered("a-room-with-a-name-of-26-cs", actor, name, what)
                total += len(msgspec.json.encode(message)) + 2
    return total / seconds


CURSOR: Data = {"x": 0.123456789, "y": 0.987654321}
WORDS: Data = {f"key-{n}": "w" * 200 for n in range(8)}


@pytest.mark.parametrize("data", [CURSOR, WORDS], ids=["cursors", "the most that fits"])
@pytest.mark.parametrize("processes", [1, 3])
def test_f7_no_receiver_gets_over_20_kb_a_second(data: Data, processes: int) -> None:
    """The first publication of each process is free; a 50th of ten seconds' worth at most."""
    first = 50 * len(msgspec.json.encode(data)) / 10 * processes
    assert BYTES_PER_SECOND / 4 <= received_per_second(processes, data) <= BYTES_PER_SECOND + first + 2_000


def test_control_without_slowing_down_a_receiver_drowns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awareness, "BYTES_PER_SECOND", 10**9)
    assert received_per_second(1, CURSOR) > 2 * BYTES_PER_SECOND


def test_f7_up_to_five_typists_have_names_and_six_are_a_number() -> None:
    room = Awareness("p")
    five = said(*((f"a{n}", TYPING, ON) for n in range(TYPISTS)))
    assert room.heard(five, NOW) == five.said
    assert room.heard(said(("a5", TYPING, ON)), NOW) == [(ActorId(""), TYPING, {"count": 6})]


def test_f7_a_number_of_typists_becomes_names_again() -> None:
    room = Awareness("p")
    room.heard(said(*((f"a{n}", TYPING, ON) for n in range(6))), NOW)
    told = room.heard(said(("a0", TYPING, {})), NOW)
    assert told[0] == (ActorId(""), TYPING, {})
    assert {actor for actor, _, _ in told[1:]} == {f"a{n}" for n in range(1, 6)}


def test_f7_what_is_not_said_again_fades() -> None:
    room = Awareness("p")
    room.heard(said(*((f"a{n}", TYPING, ON) for n in range(6))), NOW)
    later = NOW + FADE_MS + 1
    assert room.heard(said(("b", TYPING, ON)), later) == [(ActorId("b"), TYPING, ON)]
    assert len(room._typing) == 1


def test_a_cursor_does_not_repeat_how_many_type() -> None:
    room = Awareness("p")
    room.heard(said(*((f"a{n}", TYPING, ON) for n in range(6))), NOW)
    assert room.heard(said(("b", "cursor", {"x": 1})), NOW) == [(ActorId("b"), "cursor", {"x": 1})]


def test_nothing_of_whoever_stopped_is_kept() -> None:
    room = Awareness("p")
    for n in range(1_000):
        room.say(ActorId(f"a{n}"), TYPING, ON, NOW)
    room.publish(NOW)
    room.say(ANNE, TYPING, {}, NOW + 60_000)
    room.publish(NOW + 60_000)
    room.heard(said((ANNE, TYPING, {})), NOW + 60_000)
    assert len(room._allowed_at) <= 1
    assert not room._waiting
    assert not room._typing
