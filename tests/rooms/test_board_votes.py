"""A board, specified: votes, actions and decisions, and what undoes what."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from rooms.kinds.board.commands import (
    AddColumn,
    Command,
    Day,
    Decide,
    Delete,
    Drop,
    Edit,
    Extend,
    Go,
    GroupWith,
    Move,
    MoveColumn,
    NameColumn,
    NameGroup,
    Phase,
    Plan,
    Ready,
    RemoveColumn,
    Revise,
    Set,
    Start,
    Stop,
    Ungroup,
    Vote,
    Write,
)
from rooms.kinds.board.events import (
    Arranged,
    Concluded,
    Event,
    Removed,
    ResultSort,
    Revised,
    Tallied,
    Timed,
    Turned,
    Voted,
)
from rooms.kinds.board.records import BOARD, HEAD, Ballot, Board, ballot_id
from rooms.model import (
    Level,
    Reason,
    Record,
    RecordId,
    Role,
    Viewer,
    Words,
)
from tests.rooms.boards import (
    CHANGE,
    KEEP,
    MINUTE,
    UNKNOWN_ANNE,
    UNKNOWN_BRAM,
    A,
    B,
    C,
    G,
    given,
    group,
    grouped,
    in_order,
    note,
    result,
    told,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, NOW, Given, Somebody

NEW, X = RecordId("new"), RecordId("x")


def voting(*events: Event) -> Given:
    return given(*events, Tallied(told=False), phase=Phase.VOTE)


def dots(room: Given, who: Somebody) -> dict[RecordId, int]:
    found = room.records.get(ballot_id(who.actor))
    return found.dots if isinstance(found, Ballot) else {}


# ---- voting ----------------------------------------------------------------------------------------------------------


def test_a_vote_says_how_many_dots_a_card_has_of_me() -> None:
    room = voting(written(A), written(B))
    room.when(UNKNOWN_ANNE, Vote(A, 2)).then(Voted(UNKNOWN_ANNE.actor, A, 2))
    room.when(UNKNOWN_ANNE, Vote(A, 2)).then_nothing()
    room.when(UNKNOWN_ANNE, Vote(A, 1)).then(Voted(UNKNOWN_ANNE.actor, A, 1))
    room.when(UNKNOWN_ANNE, Vote(B, 3))
    assert dots(room, UNKNOWN_ANNE) == {A: 1, B: 3}
    room.when(UNKNOWN_ANNE, Vote(A, 0))
    room.when(UNKNOWN_ANNE, Vote(B, 0)).then(Voted(UNKNOWN_ANNE.actor, B, 0))
    room.when(UNKNOWN_ANNE, Vote(B, 0)).then_nothing()
    assert ballot_id(UNKNOWN_ANNE.actor) not in room.records


def test_one_has_so_many_dots_and_so_many_for_one_card() -> None:
    room = voting(written(A), written(B), written(C))
    room.when(UNKNOWN_ANNE, Vote(A, 4)).then_refused(Reason.FULL, most=3)
    room.when(UNKNOWN_ANNE, Vote(A, 3))
    room.when(UNKNOWN_ANNE, Vote(B, 3)).then_refused(Reason.SPENT, budget=5)
    room.when(UNKNOWN_ANNE, Vote(B, 2))
    room.when(UNKNOWN_ANNE, Vote(C, 1)).then_refused(Reason.SPENT, budget=5)
    room.when(UNKNOWN_ANNE, Vote(A, 2))
    room.when(UNKNOWN_ANNE, Vote(A, 3)).then(Voted(UNKNOWN_ANNE.actor, A, 3))
    room.when(UNKNOWN_ANNE, Vote(A, 2))
    assert room.when(UNKNOWN_ANNE, Vote(C, 1)).reason is None
    assert room.when(UNKNOWN_BRAM, Vote(C, 3)).reason is None, "everybody has their own"


def test_votes_are_for_a_group_or_a_note_on_its_own() -> None:
    room = voting(written(A), written(B), *grouped(A))
    assert room.when(UNKNOWN_ANNE, Vote(G, 1)).reason is None
    assert room.when(UNKNOWN_ANNE, Vote(B, 1)).reason is None
    room.when(UNKNOWN_ANNE, Vote(A, 1)).then_refused(Reason.INVALID)
    for nothing in (KEEP, X):
        room.when(UNKNOWN_ANNE, Vote(nothing, 1)).then_refused(Reason.NOT_FOUND)


def test_a_vote_for_a_note_that_was_grouped_since_can_be_taken_back() -> None:
    room = given(written(A), written(B), *told(Voted(UNKNOWN_ANNE.actor, A, 2)), *grouped(A, B))
    room.when(DIRK, Go(Phase.DISCUSS, Phase.VOTE))
    room.when(UNKNOWN_ANNE, Vote(A, 3)).then_refused(Reason.INVALID)
    room.when(UNKNOWN_ANNE, Vote(A, 1)).then(Voted(UNKNOWN_ANNE.actor, A, 1))


def test_c3_nobody_knows_how_others_vote_and_how_many_only_when_it_is_over() -> None:
    room = voting(written(A), written(B), *grouped(B))
    room.when(UNKNOWN_ANNE, Vote(A, 2))
    room.when(UNKNOWN_BRAM, Vote(G, 1))
    assert (note(room).votes, group(room).votes) == (0, 0)
    for id in (ballot_id(UNKNOWN_ANNE.actor), ballot_id(UNKNOWN_BRAM.actor)):
        assert all(room.kind.show(room.records[id], Viewer((DIRK.actor,), role)) is None for role in Role)
    room.when(DIRK, Go(Phase.VOTE, Phase.DISCUSS)).then(Turned(Phase.DISCUSS), Tallied(told=True))
    assert (note(room).votes, group(room).votes) == (2, 1)


def test_back_to_voting_votes_are_as_they_were_and_not_told() -> None:
    room = given(written(A), *told(Voted(UNKNOWN_ANNE.actor, A, 2)))
    room.when(DIRK, Go(Phase.DISCUSS, Phase.VOTE)).then(Turned(Phase.VOTE), Tallied(told=False))
    assert (note(room).votes, dots(room, UNKNOWN_ANNE)) == (0, {A: 2})
    room.when(UNKNOWN_ANNE, Vote(A, 1))
    room.when(DIRK, Go(Phase.VOTE, Phase.GROUP))
    assert note(room).votes == 1


def test_votes_for_a_note_that_goes_are_given_back() -> None:
    room = voting(written(A), written(B), Voted(UNKNOWN_ANNE.actor, A, 3), Voted(UNKNOWN_ANNE.actor, B, 2))
    room.when(ANNE, Delete(A, 0))
    assert dots(room, UNKNOWN_ANNE) == {B: 2}
    assert room.when(UNKNOWN_ANNE, Vote(B, 3)).reason is None


# ---- actions and decisions -------------------------------------------------------------------------------------------


def test_an_action_has_words_an_owner_a_day_and_what_it_is_about() -> None:
    room = given(written(A), *grouped(A), phase=Phase.DISCUSS)
    room.when(ANNE, Plan(" Bellen ", "Bram en\nAnne", Day("2026-11-30"), G), "x").then(
        Concluded(X, NOW, ResultSort.ACTION, Words("Bellen"), Words("Bram en Anne"), Day("2026-11-30"), G)
    )
    room.when(ANNE, Decide("Elke maandag")).then(Concluded(NEW, NOW, ResultSort.DECISION, Words("Elke maandag")))
    room.when(ANNE, Plan("x", about=KEEP)).then_refused(Reason.NOT_FOUND)
    room.when(ANNE, Plan(" ")).then_refused(Reason.EMPTY)


def test_c7_where_people_are_not_named_a_result_has_no_exact_moment() -> None:
    room = given(Arranged(Level.ANONYMOUS, 5, 3), phase=Phase.DISCUSS)
    room.when(ANNE, Decide("x")).then(Concluded(NEW, MINUTE, ResultSort.DECISION, Words("x")))


@pytest.mark.parametrize("day", ["2026-11-30", "2028-02-29", "2000-02-29", ""])
def test_a_day_of_the_calendar(day: str) -> None:
    assert given(phase=Phase.DISCUSS).when(ANNE, Plan("x", due=Day(day))).reason is None


@pytest.mark.parametrize(
    "day",
    ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-11-31", "2026-11-00", "30-11-2026", "morgen"],
)
def test_no_day_of_the_calendar(day: str) -> None:
    given(phase=Phase.DISCUSS).when(ANNE, Plan("x", due=Day(day))).then_refused(Reason.INVALID)


def test_everybody_betters_what_was_agreed_but_not_over_each_other() -> None:
    room = given(phase=Phase.DISCUSS)
    room.when(ANNE, Plan("Bellen"), "x")
    room.when(BRAM, Revise(X, 0, "Mailen", "Bram", Day("2026-12-01"))).then(
        Revised(X, Words("Mailen"), Words("Bram"), Day("2026-12-01"))
    )
    room.when(ANNE, Revise(X, 0, "Schrijven")).then_refused(Reason.STALE, rev=1, text="Mailen")
    room.when(ANNE, Drop(X, 0)).then_refused(Reason.STALE, rev=1, text="Mailen")
    room.when(ANNE, Revise(X, 1, "Mailen", "Bram", Day("2026-12-01"))).then_nothing()
    room.when(ANNE, Drop(X, 1)).then(Removed(X))
    room.when(ANNE, Drop(X, 1)).then_refused(Reason.NOT_FOUND)


def test_a_decision_has_no_owner_and_no_day() -> None:
    room = given(phase=Phase.DISCUSS)
    room.when(ANNE, Decide("Zo"), "x")
    room.when(ANNE, Revise(X, 0, "Zo", owner="Bram")).then_refused(Reason.INVALID)
    room.when(ANNE, Revise(X, 0, "Zo", due=Day("2026-12-01"))).then_refused(Reason.INVALID)
    room.when(ANNE, Revise(X, 0, "Anders")).then(Revised(X, Words("Anders")))


def test_a_result_outlives_the_note_it_is_about() -> None:
    room = given(written(A), phase=Phase.DISCUSS)
    room.when(ANNE, Decide("Zo", A), "x")
    room.when(ANNE, Delete(A, 0))
    assert result(room, X).about is None


def test_a_board_comes_to_so_many_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.kinds.board.concluding.RESULTS", 1)
    room = given(phase=Phase.DISCUSS)
    room.when(ANNE, Decide("Zo"), "x")
    room.when(ANNE, Plan("Nog iets")).then_refused(Reason.FULL, most=1)
    room.when(ANNE, Drop(X, 0))
    assert room.when(ANNE, Plan("Nog iets")).reason is None


# ---- undoing ---------------------------------------------------------------------------------------------------------

GATHERED = (written(A), written(B), written(C), *grouped(B, C))
UNDONE: list[tuple[Phase, Sequence[Event], Command, Sequence[Command]]] = [
    (Phase.WRITE, (), Write(KEEP, "x"), [Delete(NEW, 0)]),
    (Phase.GROUP, GATHERED, Edit(A, 0, "anders"), [Edit(A, 1, "briefje a")]),
    (Phase.GROUP, GATHERED, Move(A, CHANGE, None), [Move(A, KEEP, None)]),
    (Phase.GROUP, GATHERED, Move(B, CHANGE, None), [Move(B, G, None)]),
    (Phase.GROUP, GATHERED, GroupWith(A, G), [Move(A, KEEP, None)]),
    (Phase.GROUP, (written(A), written(B)), GroupWith(A, B), [Ungroup(NEW), Move(A, KEEP, None)]),
    (Phase.GROUP, GATHERED, NameGroup(G, 0, "Samen"), [NameGroup(G, 1, "")]),
    (Phase.VOTE, (*GATHERED, Voted(ANNE.actor, A, 1)), Vote(A, 3), [Vote(A, 1)]),
    (Phase.WRITE, (), Ready(True), [Ready(False)]),
    (Phase.DISCUSS, (), Plan("Doen"), [Drop(NEW, 0)]),
    (Phase.DISCUSS, (), Decide("Zo"), [Drop(NEW, 0)]),
    (
        Phase.DISCUSS,
        (Concluded(X, NOW, ResultSort.ACTION, Words("Doen"), Words("Bram")),),
        Revise(X, 0, "Laten"),
        [Revise(X, 1, "Doen", "Bram")],
    ),
    (Phase.VOTE, (written(A), Voted(ANNE.actor, A, 1)), Go(Phase.VOTE, Phase.GROUP), [Go(Phase.GROUP, Phase.VOTE)]),
    (Phase.GROUP, (), AddColumn("x"), [RemoveColumn(NEW)]),
    (Phase.GROUP, (), NameColumn(KEEP, 0, "x", "y"), [NameColumn(KEEP, 1, "Houden")]),
    (Phase.GROUP, (), MoveColumn(KEEP, CHANGE), [MoveColumn(KEEP, None)]),
    (Phase.GROUP, (), Set(budget=3), [Set(budget=5)]),
    (Phase.GROUP, (), Start(5_000), [Stop()]),
    (Phase.GROUP, (Timed(NOW, NOW + 5),), Stop(), [Start(5)]),
]
"""Phase, what happened, an act, and the acts that undo it."""


def bare(room: Given) -> dict[RecordId, Record]:
    """Without what only counts: revisions, notes ever written, numbers of places."""
    kept = {id: r for id, r in room.records.items() if id != HEAD}
    kept = {id: replace(r, rev=0) if hasattr(r, "rev") else r for id, r in kept.items()}
    kept = {id: replace(r, place=0) if hasattr(r, "place") else r for id, r in kept.items()}
    return {BOARD: Board(), **{id: replace(r, level=Level.NAMED) if id == BOARD else r for id, r in kept.items()}}


def order(room: Given) -> list[Sequence[str]]:
    return [in_order(room, within) for within in (BOARD, KEEP, CHANGE, G)]


@pytest.mark.parametrize(("phase", "before", "act", "undo"), UNDONE, ids=[type(each[2]).__name__ for each in UNDONE])
def test_an_act_is_undone(phase: Phase, before: Sequence[Event], act: Command, undo: Sequence[Command]) -> None:
    room = given(*before, phase=phase)
    was = bare(room), order(room)
    by = DIRK if isinstance(act, Go | AddColumn | NameColumn | MoveColumn | Set | Start | Stop) else ANNE
    assert room.when(by, act).events
    assert (bare(room), order(room)) != was
    for command in undo:
        assert room.when(by, command).reason is None
    assert (bare(room), order(room)) == was


def test_what_is_deleted_is_written_again_and_moved_back() -> None:
    """Its id and its votes are not what they were."""
    room = given(written(A), written(B), written(C), phase=Phase.GROUP)
    room.when(ANNE, Delete(B, 0))
    room.when(ANNE, Write(KEEP, "briefje b"), "new")
    room.when(ANNE, Move(NEW, KEEP, A))
    assert in_order(room) == ["a", "new", "c"]


def test_an_extended_timer_is_started_anew_to_undo_it() -> None:
    room = given(Timed(NOW, NOW + 5))
    room.when(DIRK, Extend(60_000))
    room.when(DIRK, Start(5))
    assert room.records == given(Timed(NOW, NOW + 5)).records
