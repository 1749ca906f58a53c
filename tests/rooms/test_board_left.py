"""A board, specified: what is left when it is closed, and the law that holds whatever happens."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from rooms.kind import kinds
from rooms.kinds.board.commands import (
    Day,
    Decide,
    Go,
    Phase,
)
from rooms.kinds.board.events import (
    Arranged,
    Concluded,
    Event,
    Muted,
    Readied,
    ResultSort,
    Tallied,
    Timed,
    Turned,
    Voted,
    Written,
)
from rooms.kinds.board.law import counts_hold, everybody_has_their_own, hidden_is_hidden, votes_hold
from rooms.kinds.board.placing import GAP
from rooms.kinds.board.records import BOARD, Ballot, Board, Column, Own, ballot_id, own_id
from rooms.model import (
    ActorId,
    Level,
    Line,
    Outcome,
    PersonName,
    Record,
    RecordId,
    Words,
)
from tests.rooms.boards import (
    CHANGE,
    EVERYBODY,
    MINUTE,
    UNKNOWN_ANNE,
    UNKNOWN_BRAM,
    A,
    B,
    C,
    D,
    G,
    given,
    grouped,
    hidden,
    note,
    result,
    told,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, NOW, Given

NEW, X = RecordId("new"), RecordId("x")


def voting(*events: Event) -> Given:
    return given(*events, Tallied(told=False), phase=Phase.VOTE)


# ---- what is left ----------------------------------------------------------------------------------------------------


def comes_to() -> list[Event]:
    return [
        written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS, text="Weinig"),
        written(B, text="Een van twee"),
        written(C, BRAM, text="Twee van twee"),
        written(D, text="Niets", within=CHANGE),
        Turned(Phase.GROUP),
        *grouped(C, B),
        Turned(Phase.VOTE),
        Tallied(told=False),
        Readied(UNKNOWN_BRAM.actor, True),
        Voted(UNKNOWN_ANNE.actor, A, 1),
        Voted(UNKNOWN_ANNE.actor, G, 3),
        Voted(UNKNOWN_BRAM.actor, A, 1),
        Timed(NOW, NOW + 5),
        Concluded(X, NOW, ResultSort.ACTION, Words("Doen"), Words("Bram"), Day("2026-11-30"), G),
        Concluded(NEW, NOW, ResultSort.DECISION, Words("Zo")),
    ]


def test_the_outcome_has_decisions_actions_and_cards_by_votes_also_when_people_still_vote() -> None:
    room = given(*comes_to())
    nobody, keep = PersonName(""), Words("Houden")
    expected = Outcome(
        (
            Line(NEW, NOW, Words("Zo"), nobody, "decision"),
            Line(X, NOW, Words("Doen"), nobody, "action", part_of=G, owner=Words("Bram"), due="2026-11-30"),
            Line(G, NOW, Words(""), nobody, "group", votes=3, heading=keep),
            Line(C, NOW, Words("Twee van twee"), BRAM.name, "note", heading=keep, part_of=G),
            Line(B, NOW, Words("Een van twee"), ANNE.name, "note", heading=keep, part_of=G),
            Line(A, MINUTE, Words("Weinig"), nobody, "note", votes=2, heading=keep),
            Line(D, NOW, Words("Niets"), ANNE.name, "note", heading=Words("Veranderen")),
        )
    )
    assert room.kind.outcome(room.records) == expected
    room.when(DIRK, Go(Phase.VOTE, Phase.DONE))
    assert room.kind.outcome(room.records) == expected


def test_votes_that_a_note_had_before_it_was_grouped_count_for_the_group() -> None:
    votes = told(Voted(ANNE.actor, A, 1), Voted(ANNE.actor, C, 2))
    room = given(written(A), written(B), written(C), *votes, *grouped(A, B))
    lines = {line.record: line.votes for line in room.kind.outcome(room.records).lines}
    assert lines == {C: 2, G: 1, A: 1, B: 0}


def test_the_outcome_has_nothing_that_was_never_revealed() -> None:
    room = hidden(written(A, hidden=True), written(B))
    assert [line.record for line in room.kind.outcome(room.records).lines] == [B]


def test_the_outcome_has_no_note_that_muted_its_writer_nor_what_hangs_on_it() -> None:
    about = Concluded(X, NOW, ResultSort.DECISION, Words("Zo"), about=A)
    happened = [written(A), written(B), written(C), *grouped(A, B), about]
    room = given(*happened, Muted(A, ANNE.actor, True))
    assert [(line.record, line.part_of) for line in room.kind.outcome(room.records).lines] == [
        (X, None),
        (C, None),
        (G, None),
        (B, G),
    ]
    room = given(*happened, Muted(A, ANNE.actor, True), Muted(B, ANNE.actor, True))
    assert [line.record for line in room.kind.outcome(room.records).lines] == [X, C], "an empty group isn't told"


@pytest.mark.parametrize("level", [Level.PSEUDONYMOUS, Level.ANONYMOUS])
def test_c7_the_outcome_names_nobody_who_did_not_go_by_name(level: Level) -> None:
    room = given(written(A), written(B, UNKNOWN_ANNE, level=level))
    assert [line.by for line in room.kind.outcome(room.records).lines] == [ANNE.name, ""]
    assert not any(actor in repr(room.kind.outcome(room.records)) for actor in (ANNE.actor, UNKNOWN_ANNE.actor))


def test_c7_unlinked_every_act_has_an_alias_of_its_own_and_the_board_comes_to_the_same() -> None:
    kind = kinds()["board"]
    happened: list[Event] = [
        *comes_to(),
        written(RecordId("e"), UNKNOWN_ANNE, level=Level.PSEUDONYMOUS, text="Nog een"),
    ]
    made: dict[tuple[ActorId, RecordId], ActorId] = {}

    def alias(actor: ActorId, record: RecordId) -> ActorId:
        return made.setdefault((actor, record), ActorId(f"alias-{len(made)}"))

    kept = [event for event in (kind.unlink(event, alias) for event in happened) if isinstance(event, Event)]
    by = [event.by for event in kept if isinstance(event, Written | Voted)]
    named = {ANNE.actor, BRAM.actor}
    assert len([who for who in by if who not in named]) == len({who for who in by if who not in named}) == 5
    assert [(t.since, t.until) for t in kept if isinstance(t, Timed)] == [(MINUTE, MINUTE)]
    assert not [event for event in kept if isinstance(event, Readied)]
    room, before = given(*kept), given(*happened)
    assert kind.outcome(room.records) == kind.outcome(before.records)
    for unknown in (UNKNOWN_ANNE, UNKNOWN_BRAM):
        assert unknown.actor not in repr(room.records)
        assert unknown.actor in repr(before.records)


# ---- controls: the kind's own law sees what is wrong -----------------------------------------------------------------


def changed(room: Given, **records: Record) -> dict[RecordId, Record]:
    return {**room.records, **{RecordId(id): record for id, record in records.items()}}


def test_votes_beyond_the_budget_or_told_too_early_break_the_law() -> None:
    room = voting(written(A), written(B), Voted(ANNE.actor, A, 2))
    paper = ballot_id(ANNE.actor)
    assert votes_hold(room.records)
    for wrong in ({A: 4}, {A: 3, B: 3}, {A: 0}, {X: 1}, {}):
        assert not votes_hold(changed(room, **{paper: Ballot(only=ANNE.actor, dots=wrong)})), wrong
    assert not votes_hold(changed(room, a=replace(note(room), votes=2)))
    over = given(written(A), *told(Voted(ANNE.actor, A, 2)))
    assert votes_hold(over.records)
    assert not votes_hold(changed(over, a=replace(note(over), votes=1)))


def test_a_hidden_note_that_somebody_is_shown_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    room = hidden(written(A, hidden=True))
    assert hidden_is_hidden(room.records)
    to_staff = lambda record, viewer: record if viewer.role.staff else None  # noqa: E731
    monkeypatch.setattr("rooms.kinds.board.law.show", to_staff)
    assert not hidden_is_hidden(room.records)


def test_hidden_notes_miscounted_or_in_a_later_phase_break_the_law() -> None:
    room = hidden(written(A, hidden=True))
    assert not hidden_is_hidden(changed(room, keep=Column(title=Words("x"), place=0)))
    assert not hidden_is_hidden(changed(room, board=Board(phase=Phase.VOTE)))


def test_a_private_copy_that_differs_or_is_lacking_breaks_the_law() -> None:
    room = hidden(written(A, hidden=True))
    assert everybody_has_their_own(room.records)
    assert not everybody_has_their_own(changed(room, **{own_id(A): Own(only=BRAM.actor, note=A)}))
    assert not everybody_has_their_own(changed(room, stray=Own(only=BRAM.actor, note=B)))
    lacking = {id: r for id, r in room.records.items() if id != own_id(A)}
    assert not everybody_has_their_own(lacking)


def test_what_is_miscounted_breaks_the_law() -> None:
    room = given(Arranged(Level.NAMED, 5, 3), written(A), phase=Phase.DISCUSS)
    room.when(ANNE, Decide("Zo", A), "x")
    assert counts_hold(room.records)
    gone = {id: r for id, r in room.records.items() if id not in (A, own_id(A))}
    for wrong in (
        gone,
        {id: r for id, r in room.records.items() if id != X},
        changed(room, board=Board(phase=Phase.DISCUSS, ready=1)),
        changed(room, x=replace(result(room, X), about=B)),
    ):
        assert not counts_hold(wrong)


def test_what_anybody_may_is_told_and_never_kept() -> None:
    room = given(Arranged(Level.NAMED, 5, 3))
    shown = room.kind.show(room.records[BOARD], EVERYBODY[0])
    shown_to_guest = room.kind.show(room.records[BOARD], EVERYBODY[1])
    assert isinstance(shown_to_guest, Board)
    assert shown_to_guest.may
    assert shown == room.records[BOARD], "a screen may nothing"
    assert not counts_hold(changed(room, board=shown_to_guest))


def test_places_are_wide_apart() -> None:
    """C9: `Spread` means places this far apart, in journals that were written long ago."""
    assert GAP == 2**32
