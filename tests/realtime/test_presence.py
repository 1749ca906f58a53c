"""F7: who is here. Each process tells its own part; leaving waits; many people are a number and the staff."""

from __future__ import annotations

import itertools
import secrets

import pytest

from realtime import presence
from realtime.batch import encode
from realtime.presence import (
    CHANGE_MS,
    DIGEST_BYTES,
    EXPIRE_MS,
    LEAVE_MS,
    NAMES,
    TELL_MS,
    Here,
    Presence,
    Seen,
    difference,
)
from realtime.wire import Person
from rooms.model import ActorId

NOW = 1_700_000_000_000
ANNE, BRAM = ActorId("anne"), ActorId("bram")


def person(name: str = "Anne", *, staff: bool = False) -> Person:
    return Person(name, staff)


def here(presence: Presence, now: int) -> set[str]:
    return set(presence.seen(now).people)


def test_f7_leaving_waits_five_seconds() -> None:
    room = Presence("p")
    room.arrive(ANNE, person())
    room.depart(ANNE, NOW)
    room.tell(NOW + LEAVE_MS - 1)
    assert here(room, NOW + LEAVE_MS - 1) == {ANNE}
    room.tell(NOW + LEAVE_MS)
    assert here(room, NOW + LEAVE_MS) == set()


def test_f7_a_reload_is_no_news() -> None:
    room = Presence("p")
    room.arrive(ANNE, person())
    assert room.tell(NOW) == Here("p", {ANNE: person()})
    room.depart(ANNE, NOW + 2_000)
    room.arrive(ANNE, person())
    assert room.tell(NOW + 2_000 + LEAVE_MS) is None
    assert here(room, NOW + 2_000 + LEAVE_MS) == {ANNE}


def test_control_without_waiting_a_reload_is_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "LEAVE_MS", 0)
    room = Presence("p")
    room.arrive(ANNE, person())
    room.tell(NOW)
    room.depart(ANNE, NOW + 2_000)
    assert room.tell(NOW + 2_000) == Here("p", {})


def test_f7_two_browsers_are_one_person() -> None:
    room = Presence("p")
    room.arrive(ANNE, person())
    room.arrive(ANNE, person())
    room.depart(ANNE, NOW)
    room.tell(NOW + LEAVE_MS)
    assert room.seen(NOW + LEAVE_MS).count == 1
    room.depart(ANNE, NOW + LEAVE_MS)
    room.tell(NOW + 2 * LEAVE_MS)
    assert room.seen(NOW + 2 * LEAVE_MS).count == 0


def test_f7_a_process_tells_changes_at_most_once_a_second_and_the_whole_every_ten() -> None:
    room = Presence("p")
    told = []
    for tick in range(300):
        now = NOW + tick * 100
        if tick < 100:
            room.arrive(ActorId(f"guest-{tick}"), person(f"Guest {tick}"))
        if (part := room.tell(now)) is not None:
            told.append((now, part))
    gaps = [after - before for (before, _), (after, _) in itertools.pairwise(told)]
    assert min(gaps) >= CHANGE_MS
    assert max(gaps) <= TELL_MS
    assert len(told[-1][1].people) == 100


def test_f7_a_process_of_which_nothing_is_heard_expires() -> None:
    room = Presence("p")
    room.heard(Here("q", {BRAM: person("Bram")}), NOW)
    assert here(room, NOW + EXPIRE_MS - 1) == {BRAM}
    assert room.processes == 2
    assert here(room, NOW + EXPIRE_MS) == set()
    assert room.processes == 1


def test_f7_parts_are_merged_and_an_empty_part_ends_one() -> None:
    room = Presence("p")
    room.arrive(ANNE, person())
    room.heard(Here("p", {BRAM: person("our own echo")}), NOW)
    room.heard(Here("q", {ANNE: person(), BRAM: person("Bram")}), NOW)
    assert room.seen(NOW).count == 2
    room.heard(Here("q", {}), NOW)
    assert here(room, NOW) == {ANNE}


@pytest.mark.parametrize(("count", "named"), [(NAMES, NAMES), (NAMES + 1, 2)])
def test_f7_above_200_people_only_staff_have_names(count: int, named: int) -> None:
    room = Presence("p")
    for n in range(count):
        room.arrive(ActorId(f"a{n}"), person(f"Person {n}", staff=n < 2))
    seen = room.seen(NOW)
    assert (seen.count, len(seen.people)) == (count, named)
    assert all(p.staff for p in seen.people.values()) or count == NAMES


def crowd(process: str, people: range, staff: int = 0) -> Presence:
    room = Presence(process)
    for n in people:
        room.arrive(ActorId(f"a{n}"), person(f"Person {n}", staff=n < staff))
    return room


def test_f7_a_crowd_is_counted_right_and_its_names_are_not_told_among_processes() -> None:
    one, other = crowd("p", range(10_000), staff=2), crowd("q", range(9_000, 15_000))
    parts = [room.tell(NOW) for room in (one, other)]
    assert all(part is not None for part in parts)
    told = [part for part in parts if part is not None]
    assert sum(len(encode(part)) for part in told) < 16_000 * (DIGEST_BYTES + 1)
    assert not any(b"Person 5" in encode(part) for part in told)
    one.heard(told[1], NOW)
    other.heard(told[0], NOW)
    for room in (one, other):
        seen = room.seen(NOW)
        assert (seen.count, set(seen.people)) == (15_000, {"a0", "a1"})


def test_f7_somebody_of_a_crowd_who_comes_in_elsewhere_too_is_counted_once() -> None:
    one, other = crowd("p", range(300)), crowd("q", range(1_000, 1_400))
    part = other.tell(NOW)
    assert part is not None
    one.heard(part, NOW)
    assert one.seen(NOW).count == 700
    one.arrive(ActorId("a1000"), person("Person 1000"))
    assert one.seen(NOW).count == 700
    one.arrive(ActorId("a5000"), person("Person 5000"))
    assert one.seen(NOW).count == 701


def test_control_without_knowing_who_is_who_they_are_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def count() -> int:
        one, part = crowd("p", range(300)), crowd("q", range(100, 400)).tell(NOW)
        assert part is not None
        one.heard(part, NOW)
        return one.seen(NOW).count

    assert count() == 400
    monkeypatch.setattr(presence, "digest", lambda actor: secrets.token_bytes(DIGEST_BYTES))
    assert count() == 600


def test_f7_a_crowd_that_comes_and_goes_is_told_less_often_the_larger_it_is() -> None:
    room = crowd("p", range(5_000))
    told = []
    for tick in range(200):
        now = NOW + tick * 100
        room.arrive(ActorId(f"b{tick}"), person("Somebody"))
        if room.tell(now) is not None:
            told.append(now)
    gaps = [after - before for before, after in itertools.pairwise(told)]
    assert min(gaps) >= 5_000
    assert max(gaps) <= TELL_MS


class Looking(Presence):
    """Counts how often it goes through everybody."""

    looks = 0

    def _look(self) -> Seen:
        self.looks += 1
        return super()._look()


class Forgetful(Looking):
    def _one_more(self, actor: ActorId, person: Person) -> Seen | None:
        return None


@pytest.mark.parametrize("kind", [Looking, Forgetful])
def test_f7_whoever_comes_into_a_crowd_is_counted_without_counting_all_again(kind: type[Looking]) -> None:
    room, fresh = kind("p"), Presence("q")
    for n in range(3 * NAMES):
        for each in (room, fresh):
            each.arrive(ActorId(f"a{n}"), person(f"Person {n}", staff=n % 100 == 7))
        fresh._seen = None
        assert room.seen(NOW) == fresh.seen(NOW)
    assert (room.looks <= NAMES + 2 + 2 * 3) == (kind is Looking)


def test_a_difference_brings_one_look_to_the_next() -> None:
    before = Seen(3, {ANNE: person(), BRAM: person("Bram"), ActorId("c"): person("Chris")})
    after = Seen(3, {ANNE: person(), BRAM: person("Bram B."), ActorId("d"): person("Dirk")})
    put, gone = difference(before, after)
    assert put == {BRAM: person("Bram B."), ActorId("d"): person("Dirk")}
    assert gone == ["c"]
    assert {k: v for k, v in (dict(before.people) | put).items() if k not in gone} == after.people


def test_nobody_who_left_is_kept() -> None:
    room = Presence("p")
    for n in range(1_000):
        room.arrive(ActorId(f"a{n}"), person())
        room.depart(ActorId(f"a{n}"), NOW)
        room.heard(Here(f"process-{n}", {ActorId(f"b{n}"): person()}), NOW)
    room.tell(NOW + LEAVE_MS)
    room.seen(NOW + EXPIRE_MS)
    assert not (room._sockets)
    assert not (room._own)
    assert not (room._leaving)
    assert not (room._others)
