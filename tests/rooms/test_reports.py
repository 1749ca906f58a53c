"""Reports, specified: people tell staff what should not be there; nobody learns who told."""

from __future__ import annotations

from typing import cast

import pytest

from realtime.batch import encode
from rooms import lifecycle, reports
from rooms.kind import kinds
from rooms.kinds.chat import Delete, Deleted, Posted, Remove
from rooms.kinds.qna.model import Asked, Because, Decline, Status
from rooms.model import ActorId, Event, Level, Reason, RecordId, Role, Signs, Viewer, Words, minute_of
from rooms.reports import REPORTS, Dismiss, Dismissed, Report, Reported, Reports, Thing, Why
from tests.rooms.boards import UNKNOWN_BRAM, A, columns, written
from tests.rooms.specification import ANNE, BRAM, DIRK, GUEST, NOW, Given, Somebody

M1, M2 = RecordId("m1"), RecordId("m2")
MINUTE = minute_of(NOW)
STAFF = Viewer((), Role.MODERATOR)


def posted(id: str = "m1") -> Posted:
    return Posted(RecordId(id), NOW, ANNE.actor, ANNE.name, Words("Onaardig"))


def asked(status: Status = Status.OPEN) -> Asked:
    name = ANNE.name
    return Asked(RecordId("q"), RecordId("q~1"), NOW, ANNE.actor, Level.NAMED, name, Words("Waar?"), status)


def room(*events: Event, name: str = "chat") -> Given:
    return Given(kinds()[name], *events)


def seen(there: Given, viewer: Viewer = STAFF) -> dict[RecordId, Thing] | None:
    """What this viewer is shown of the reports."""
    record = there.records.get(REPORTS)
    shown = there.kind.show(record, viewer) if record is not None else None
    return cast(Reports, shown).things if shown is not None else None


@pytest.mark.parametrize("who", [BRAM, GUEST, DIRK], ids=["member", "guest", "staff"])
def test_whoever_sees_something_may_report_it(who: Somebody) -> None:
    there = room(posted())
    there.when(who, Report(M1, Why.UNKIND)).then(Reported(M1, MINUTE, who.actor, Why.UNKIND))
    assert seen(there) == {M1: Thing(MINUTE, {Why.UNKIND: 1})}


def test_also_in_a_locked_room_and_in_no_other_one() -> None:
    there = room(posted())
    there.when(DIRK, lifecycle.Lock())
    assert there.when(BRAM, Report(M1, Why.SPAM)).reason is None
    Given(kinds()["chat"], state=lifecycle.State.PLANNED).when(BRAM, Report(M1, Why.SPAM)).then_refused(Reason.PLANNED)
    Given(kinds()["chat"], state=lifecycle.State.CLOSED).when(BRAM, Report(M1, Why.SPAM)).then_refused(Reason.CLOSED)


def test_staff_learn_how_often_and_why_and_never_who() -> None:
    there = room(posted())
    there.when(BRAM, Report(M1, Why.UNKIND))
    there.when(GUEST, Report(M1, Why.PRIVATE))
    assert seen(there) == {M1: Thing(MINUTE, {Why.UNKIND: 1, Why.PRIVATE: 1})}
    shown = there.kind.show(there.records[REPORTS], Viewer((BRAM.actor,), Role.OWNER))
    assert b"actor-" not in encode(shown)
    assert b"actor-bram" in encode(there.records[REPORTS])  # the control: it is there to be hidden


@pytest.mark.parametrize("role", [Role.SCREEN, Role.GUEST, Role.MEMBER])
def test_nobody_else_is_shown_anything_of_it(role: Role) -> None:
    there = room(posted())
    there.when(BRAM, Report(M1, Why.UNKIND))
    assert seen(there, Viewer((BRAM.actor, ANNE.actor), role)) is None


def test_the_same_again_is_a_wish_already_true_by_either_id() -> None:
    there = room(posted())
    there.when(BRAM, Report(M1, Why.UNKIND))
    there.when(BRAM, Report(M1, Why.SPAM)).then_nothing()
    there.when(UNKNOWN_BRAM, Report(M1, Why.SPAM)).then_nothing()


def test_what_nobody_else_may_see_cannot_be_reported() -> None:
    """Nor whether it is there be found out."""
    there = room(asked(Status.REVIEW), name="qna")
    there.when(BRAM, Report(RecordId("q"), Why.SPAM)).then_refused(Reason.NOT_FOUND)
    there.when(BRAM, Report(RecordId("nothing"), Why.SPAM)).then_refused(Reason.NOT_FOUND)
    there.when(BRAM, Report(RecordId("q~1"), Why.SPAM)).then_refused(Reason.NOT_FOUND)
    there.when(BRAM, Report(RecordId("qna"), Why.SPAM)).then_refused(Reason.NOT_FOUND)
    assert room(asked(), name="qna").when(BRAM, Report(RecordId("q"), Why.SPAM)).reason is None


def test_a_hidden_note_cannot_be_reported_and_a_revealed_one_can() -> None:
    there = room(*columns(), written(A, hidden=True), name="board")
    there.when(BRAM, Report(A, Why.SPAM)).then_refused(Reason.NOT_FOUND)
    assert room(*columns(), written(A), name="board").when(BRAM, Report(A, Why.SPAM)).reason is None


@pytest.mark.parametrize("gone", ["removed", "taken back"])
def test_with_what_it_is_about_the_report_goes(gone: str) -> None:
    there = room(posted(), posted("m2"))
    for id in (M1, M2):
        there.when(BRAM, Report(id, Why.UNKIND))
    assert there.when(DIRK if gone == "removed" else ANNE, Remove(M1) if gone == "removed" else Delete(M1)).events
    assert list(seen(there) or ()) == [M2]
    there.when(ANNE, Delete(M2)).then(Deleted(M2))
    assert REPORTS not in there.records


def test_a_declined_question_is_no_longer_there_for_everybody() -> None:
    there = room(asked(), name="qna")
    there.when(BRAM, Report(RecordId("q"), Why.SPAM))
    there.when(DIRK, Decline(RecordId("q"), 0, Because.OFF_TOPIC))
    assert REPORTS not in there.records


def test_staff_dismiss_and_nothing_is_left_of_it() -> None:
    there = room(posted())
    there.when(BRAM, Report(M1, Why.UNKIND))
    there.when(BRAM, Dismiss(M1)).then_refused(Reason.FORBIDDEN)
    there.when(DIRK, Dismiss(M1)).then(Dismissed(M1))
    assert REPORTS not in there.records
    there.when(DIRK, Dismiss(M1)).then_nothing()


def test_nobody_can_fill_the_list_and_it_is_bounded() -> None:
    there = room(*(posted(f"m{n}") for n in range(reports.MOST + 1)))
    for n in range(reports.MOST_OF_ONE):
        assert there.when(BRAM, Report(RecordId(f"m{n}"), Why.SPAM), f"k{n}").reason is None
    last = Report(RecordId(f"m{reports.MOST_OF_ONE}"), Why.SPAM)
    there.when(BRAM, last).then_refused(Reason.FULL, most=reports.MOST_OF_ONE)
    for n in range(reports.MOST):
        assert there.when(Somebody(f"p{n // 9}"), Report(RecordId(f"m{n}"), Why.SPAM), f"l{n}").reason is None
    last = Report(RecordId(f"m{reports.MOST}"), Why.SPAM)
    there.when(ANNE, last).then_refused(Reason.FULL, most=reports.MOST)


def test_so_many_reporters_are_enough() -> None:
    there = room(posted())
    for n in range(reports.MOST_REPORTERS):
        assert there.when(Somebody(f"p{n}"), Report(M1, Why.SPAM), f"k{n}").events
    there.when(BRAM, Report(M1, Why.SPAM)).then_nothing()


def test_owners_read_who_dismissed_a_report_also_of_their_own_words() -> None:
    mine = Posted(M1, NOW, DIRK.actor, DIRK.name, Words("Onaardig"))
    there = room(mine)
    there.when(BRAM, Report(M1, Why.UNKIND))
    act = there.kind.act(there.records, Dismiss(M1), DIRK.stamp("k"))
    assert act is not None
    assert (act.what, act.name, act.record) == ("room.dismiss", "Dirk", "m1")
    assert there.kind.act(there.records, Remove(M1), DIRK.stamp("k")) is None


def test_c7_where_there_is_an_unlinkable_id_a_report_is_signed_with_it_and_forgotten_with_the_room() -> None:
    for name, kind in kinds().items():
        if not kind.reportable:
            continue
        signs = kind.signs({}, Report(M1, Why.SPAM))
        assert signs is (Signs.NAMED if name == "chat" else Signs.UNLINKABLE)
        assert kind.unlink(Reported(M1, NOW, ActorId("a"), Why.SPAM), lambda actor, record: actor) is None
        assert kind.unlink(Dismissed(M1), lambda actor, record: actor) is None


def test_every_kind_that_people_enter_can_be_reported_in() -> None:
    assert {name for name, kind in kinds().items() if kind.reportable} == {"chat", "qna", "board"}
