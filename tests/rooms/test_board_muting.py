"""Muting on a board: by way of a note, so that nobody learns whose it is; and notes of which nobody can say that."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from rooms.kinds.board.commands import (
    Command,
    Delete,
    Edit,
    Go,
    GroupWith,
    Move,
    Mute,
    Phase,
    Plan,
    Ready,
    Vote,
    Write,
)
from rooms.kinds.board.events import Muted, Removed, Reworded
from rooms.kinds.board.law import muting_tells_nothing
from rooms.kinds.board.records import MUTES, Mutes
from rooms.model import ActorId, Level, Reason, Role, Viewer, Words
from tests.rooms.boards import (
    KEEP,
    UNKNOWN_ANNE,
    UNKNOWN_BRAM,
    A,
    B,
    C,
    D,
    Named,
    given,
    hidden,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, Given

ANONYMOUS = Level.ANONYMOUS


def talking(phase: Phase = Phase.GROUP) -> Given:
    """Anne wrote two notes without a name, Bram one, and one with his."""
    return given(
        written(A, UNKNOWN_ANNE, level=ANONYMOUS),
        written(B, UNKNOWN_ANNE, level=ANONYMOUS),
        written(C, UNKNOWN_BRAM, level=ANONYMOUS),
        written(D, BRAM),
        phase=phase,
    )


def test_who_is_muted_by_a_note_may_add_nothing_by_either_id_until_that_is_taken_back() -> None:
    room = talking()
    adds: list[Command] = [Write(KEEP, "x", ANONYMOUS), Edit(B, 0, "x"), Move(D, KEEP, None), GroupWith(C, D)]
    room.when(DIRK, Mute(A, True)).then(Muted(A, UNKNOWN_ANNE.actor, on=True))
    for who in (UNKNOWN_ANNE, Named(ANNE)):
        for command in adds:
            room.when(who, command).then_refused(Reason.MUTED)
    room.when(UNKNOWN_ANNE, Ready(True))
    room.when(Named(ANNE), Delete(B, 0)).then(Removed(B))
    room.when(Named(BRAM), Edit(C, 0, "de anderen wel")).then(Reworded(C, Words("de anderen wel")))
    room.when(DIRK, Mute(A, False)).then(Muted(A, UNKNOWN_ANNE.actor, on=False))
    assert MUTES not in room.records
    assert not room.when(UNKNOWN_ANNE, Write(KEEP, "weer", ANONYMOUS), "z").reason


def test_who_is_muted_may_not_vote_or_plan() -> None:
    for phase, command in ((Phase.VOTE, Vote(C, 1)), (Phase.DISCUSS, Plan("x"))):
        room = talking(phase)
        room.when(DIRK, Mute(A, True))
        room.when(UNKNOWN_ANNE, command).then_refused(Reason.MUTED)
        assert room.when(UNKNOWN_BRAM, command).reason is None, "the control"


def test_it_goes_by_note_so_that_nobody_learns_which_are_of_one_person() -> None:
    room = talking()
    room.when(DIRK, Mute(A, True)).then(Muted(A, UNKNOWN_ANNE.actor, on=True))
    room.when(DIRK, Mute(A, True)).then()
    room.when(DIRK, Mute(B, True)).then(Muted(B, UNKNOWN_ANNE.actor, on=True))
    room.when(DIRK, Mute(A, False))
    room.when(UNKNOWN_ANNE, Write(KEEP, "x", ANONYMOUS)).then_refused(Reason.MUTED)
    room.when(DIRK, Mute(B, False))
    assert not room.when(UNKNOWN_ANNE, Write(KEEP, "x", ANONYMOUS), "z").reason


def test_a_note_that_goes_takes_its_muting_with_it_for_nobody() -> None:
    room = talking()
    room.when(DIRK, Mute(A, True))
    room.when(Named(ANNE), Delete(A, 0)).then(Removed(A))
    room.when(UNKNOWN_ANNE, Write(KEEP, "x", ANONYMOUS)).then_refused(Reason.MUTED)
    room.when(DIRK, Mute(A, False)).then(Muted(A, UNKNOWN_ANNE.actor, on=False))
    room.when(DIRK, Mute(A, True)).then_refused(Reason.NOT_FOUND)


def test_only_staff_mute_and_by_what_they_can_see() -> None:
    talking().when(BRAM, Mute(A, True)).then_refused(Reason.FORBIDDEN)
    room = hidden(written(A, UNKNOWN_ANNE, level=ANONYMOUS, hidden=True))
    room.when(DIRK, Mute(A, True)).then_refused(Reason.NOT_FOUND)
    room.when(DIRK, Mute(A, False)).then()
    room.when(DIRK, Go(Phase.WRITE, Phase.REVEAL))
    room.when(DIRK, Mute(A, True)).then(Muted(A, UNKNOWN_ANNE.actor, on=True))


def test_c3_staff_are_told_by_way_of_which_notes_and_nobody_is_told_who() -> None:
    room = talking()
    room.when(DIRK, Mute(A, True))
    record = room.records[MUTES]
    for role in Role:
        shown = room.kind.show(record, Viewer((UNKNOWN_ANNE.actor,), role))
        assert shown == (Mutes(notes={A: ActorId("")}) if role.staff else None)


def test_c7_who_was_muted_is_forgotten() -> None:
    kind = given().kind
    assert kind.unlink(Muted(A, UNKNOWN_ANNE.actor, on=True), lambda actor, record: actor) is None


def test_control_telling_who_or_muting_another_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    room = talking()
    room.when(DIRK, Mute(A, True))
    assert muting_tells_nothing(room.records)
    other = Mutes(notes={A: UNKNOWN_BRAM.actor})
    assert not muting_tells_nothing({**room.records, MUTES: other})
    assert not muting_tells_nothing({**room.records, MUTES: replace(other, notes={})})
    monkeypatch.setattr("rooms.kinds.board.law.show", lambda record, viewer: record)
    assert not muting_tells_nothing(room.records)


# ---- where the secret is gone ----------------------------------------------------------------------------------------


def test_c7_where_the_secret_is_gone_nobody_can_say_whose_a_note_without_a_name_is() -> None:
    """As in a Q&A: somebody has one id then, and that isn't the note's. Staff need not know whose it is."""
    room = talking()
    for command in (Edit(A, 0, "x"), Delete(A, 0)):
        room.when(ANNE, command).then_refused(Reason.SECRET_GONE)
        room.when(Named(BRAM), command).then_refused(Reason.FORBIDDEN)
    room.when(ANNE, Edit(D, 0, "x")).then_refused(Reason.FORBIDDEN)
    assert room.when(ANNE, Move(A, KEEP, C)).reason is None, "that is everybody's in this phase"
    assert room.when(DIRK, Edit(A, 0, "x")).reason is None
    alone = hidden(written(A, UNKNOWN_ANNE, level=ANONYMOUS, hidden=True))
    for who, reason in ((ANNE, Reason.SECRET_GONE), (DIRK, Reason.SECRET_GONE), (Named(BRAM), Reason.NOT_FOUND)):
        alone.when(who, Edit(A, 0, "x")).then_refused(reason)
