"""Slow mode, specified: who said something waits before the next thing; staff don't."""

from __future__ import annotations

import pytest

from rooms.kind import kinds
from rooms.kinds import chat
from rooms.kinds.chat import Delete, Post, Posted
from rooms.kinds.qna.model import Ask, Asked, Set, Status
from rooms.model import MINUTE_MS, Event, Level, PersonName, Reason, RecordId, Role, Viewer, Words
from rooms.pace import PACE, Pace, PaceSet, Seconds, SetPace
from tests.rooms.specification import ANNE, BRAM, DIRK, NOW, Given, Somebody
from tests.rooms.test_qna import UNKNOWN_ANNE, Known

HALF = Seconds.HALF_MINUTE


def room(name: str, *events: Event) -> Given:
    return Given(kinds()[name], *events)


def posted(nth: int, at: int = NOW) -> Posted:
    return Posted(RecordId(f"m{nth}"), at, ANNE.actor, ANNE.name, Words("Hallo"))


def asked(level: Level, at: int) -> Asked:
    by = ANNE if level is Level.NAMED else UNKNOWN_ANNE
    return Asked(RecordId("q"), RecordId("q~1"), at, by.actor, level, PersonName(by.name), Words("Waar?"), Status.OPEN)


def test_staff_set_the_pace_and_everybody_is_told() -> None:
    there = room("chat")
    there.when(DIRK, SetPace(HALF)).then(PaceSet(HALF))
    there.when(DIRK, SetPace(HALF)).then_nothing()
    assert there.kind.show(there.records[PACE], Viewer((), Role.SCREEN)) == Pace(seconds=HALF)
    there.when(ANNE, SetPace(Seconds.NONE)).then_refused(Reason.FORBIDDEN)
    there.when(DIRK, SetPace(Seconds.NONE)).then(PaceSet(Seconds.NONE))
    assert PACE not in there.records


@pytest.mark.parametrize(("later_ms", "left"), [(0, 30), (1, 30), (1_000, 29), (29_001, 1)])
def test_who_said_something_waits_and_is_told_how_long(later_ms: int, left: int) -> None:
    there = room("chat", posted(1), PaceSet(HALF))
    there.when(ANNE, Post("Nog iets"), at=NOW + later_ms).then_refused(Reason.SLOW, seconds=left)


def test_then_one_may_again_and_others_may_all_the_time() -> None:
    there = room("chat", posted(1), PaceSet(HALF))
    assert there.when(BRAM, Post("Ik ook")).reason is None
    assert there.when(ANNE, Post("Nog iets"), "k1", at=NOW + 30_000).reason is None
    there.when(ANNE, Post("En nog iets"), "k2", at=NOW + 30_001).then_refused(Reason.SLOW, seconds=30)


def test_the_control_without_a_pace_nobody_waits() -> None:
    assert room("chat", posted(1)).when(ANNE, Post("Nog iets")).reason is None
    assert room("chat", posted(1), PaceSet(HALF), PaceSet(Seconds.NONE)).when(ANNE, Post("Nog")).reason is None


def test_staff_do_not_wait() -> None:
    there = room("chat", PaceSet(HALF))
    for nth in range(2):
        assert there.when(DIRK, Post("Hallo"), f"k{nth}").reason is None


def test_what_is_no_message_is_not_slowed() -> None:
    there = room("chat", posted(1), PaceSet(HALF))
    assert there.when(ANNE, Delete(RecordId("m1"))).reason is None


def test_c6_the_wait_goes_by_what_memory_always_has() -> None:
    """A pinned message stays in memory for ever; whether it counts can't hang on that."""
    others = [Posted(RecordId(f"o{n}"), NOW, BRAM.actor, BRAM.name, Words("x")) for n in range(chat.WINDOW)]
    there = room("chat", posted(1), chat.Pinned(RecordId("m1"), True), PaceSet(Seconds.FIVE_MINUTES), *others)
    assert there.when(ANNE, Post("Nog iets"), at=NOW + 1_000).reason is None


def test_a_question_under_ones_name_counts_to_the_second() -> None:
    there = room("qna", asked(Level.NAMED, NOW), PaceSet(HALF))
    there.when(ANNE, Ask("Nog iets?"), at=NOW + 29_000).then_refused(Reason.SLOW, seconds=1)
    assert there.when(ANNE, Ask("Nog iets?"), at=NOW + 30_000).reason is None


@pytest.mark.parametrize("who", [UNKNOWN_ANNE, Known(ANNE)], ids=["unnamed", "named"])
def test_c7_a_question_without_a_name_counts_from_the_end_of_its_minute_by_either_id(who: Somebody) -> None:
    minute = NOW // MINUTE_MS * MINUTE_MS
    there = room("qna", asked(Level.ANONYMOUS, minute), PaceSet(HALF))
    ask = Ask("Nog iets?", Level.ANONYMOUS)
    there.when(who, ask, at=minute + MINUTE_MS + 29_000).then_refused(Reason.SLOW, seconds=1)
    assert there.when(who, ask, at=minute + MINUTE_MS + 30_000).reason is None


def test_who_has_waited_may_still_be_refused_for_something_else() -> None:
    there = room("qna", asked(Level.NAMED, NOW), PaceSet(HALF))
    there.when(DIRK, Set(asking=False))
    there.when(ANNE, Ask("Nog iets?"), at=NOW + 30_000).then_refused(Reason.NOT_ASKING)


def test_kinds_without_a_pace_have_no_such_command() -> None:
    assert {name for name, kind in kinds().items() if SetPace in kind.command_types} == {"chat", "qna"}
