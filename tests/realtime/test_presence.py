"""F7: who is here. Each process tells its own part; leaving waits; many people are a number and the staff."""

from __future__ import annotations

import itertools

import pytest

from realtime import presence
from realtime.presence import CHANGE_MS, EXPIRE_MS, LEAVE_MS, NAMES, TELL_MS, Here, Presence, Seen, difference
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


class Looking(Presence):
    """Counts how often it goes through everybody."""

    looks = 0

    def _look(self) -> Seen:
        self.looks += 1
        return super()._look()


class Forgetful(Looking):
    def _one_more(self, person: Person) -> Seen | None:
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
