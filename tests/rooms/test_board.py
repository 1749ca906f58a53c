"""A board, specified: writing, what is hidden, and what is revealed."""

from __future__ import annotations

import pytest

from rooms.kinds.board import commands
from rooms.kinds.board.commands import (
    Delete,
    Edit,
    Go,
    Move,
    Phase,
    Ready,
    Set,
    Vote,
    Write,
)
from rooms.kinds.board.events import (
    Arranged,
    Removed,
    Revealed,
    Reworded,
    Turned,
    Written,
)
from rooms.kinds.board.placing import GAP
from rooms.kinds.board.records import own_id
from rooms.model import ActorId, Level, PersonName, Reason, RecordId, Role, Signs, Viewer, Words
from tests.rooms.boards import (
    AUDIENCE,
    CHANGE,
    EVERYBODY,
    KEEP,
    MINUTE,
    STAFF,
    UNKNOWN_ANNE,
    UNKNOWN_BRAM,
    A,
    B,
    C,
    D,
    Named,
    column,
    given,
    hidden,
    in_order,
    note,
    own,
    revealed,
    seen,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, NOW

NEW = RecordId("new")

# ---- writing ---------------------------------------------------------------------------------------------------------


def test_a_note_is_written_with_clean_words_at_the_end_of_its_column() -> None:
    room = given(written(A), written(B, within=CHANGE), phase=Phase.GROUP)
    room.when(BRAM, Write(KEEP, "  Cafe\u0301\u202e "), "new").then(
        Written(NEW, NOW, BRAM.actor, Level.NAMED, BRAM.name, Words("Café"), KEEP, GAP)
    )
    assert in_order(room) == ["a", "new"]


def test_what_cannot_be_written() -> None:
    room = given()
    room.when(ANNE, Write(KEEP, "\u200b")).then_refused(Reason.EMPTY)
    room.when(ANNE, Write(RecordId("nergens"), "x")).then_refused(Reason.NOT_FOUND)


def test_a_board_holds_so_many_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.kinds.board.deciding.NOTES", 2)
    room = given(written(A), written(B), phase=Phase.GROUP)
    room.when(ANNE, Write(KEEP, "x")).then_refused(Reason.FULL, most=2)
    room.when(ANNE, Delete(A, 0))
    assert room.when(ANNE, Write(KEEP, "x")).reason is None


def test_one_changes_and_takes_back_ones_own_note_and_nobody_elses() -> None:
    room = given(written(A), phase=Phase.REVEAL)
    room.when(ANNE, Edit(A, 0, "anders")).then(Reworded(A, Words("anders")))
    room.when(ANNE, Edit(A, 1, "anders")).then_nothing()
    room.when(BRAM, Edit(A, 1, "van Bram")).then_refused(Reason.FORBIDDEN)
    room.when(BRAM, Delete(A, 1)).then_refused(Reason.FORBIDDEN)
    room.when(ANNE, Delete(A, 1)).then(Removed(A))
    assert {A, own_id(A)} & room.records.keys() == set()
    room.when(ANNE, Delete(A, 1)).then_refused(Reason.NOT_FOUND)


# ---- who wrote it (C7) -----------------------------------------------------------------------------------------------


def test_c7_an_anonymous_note_keeps_no_name_and_no_moment() -> None:
    room = given(phase=Phase.GROUP)
    room.when(UNKNOWN_ANNE, Write(KEEP, "x", Level.ANONYMOUS), "a").then(
        Written(A, MINUTE, UNKNOWN_ANNE.actor, Level.ANONYMOUS, PersonName(""), Words("x"), KEEP, 0)
    )
    assert MINUTE != NOW


def test_c7_nobody_is_shown_whose_a_note_without_a_name_is() -> None:
    for level in (Level.PSEUDONYMOUS, Level.ANONYMOUS):
        room = given(written(A, UNKNOWN_ANNE, level=level), phase=Phase.GROUP)
        for viewer in EVERYBODY:
            shown = seen(room, A, viewer)
            assert shown is not None
            assert (shown.by, shown.name) == (ActorId(""), "" if level is Level.ANONYMOUS else UNKNOWN_ANNE.name)
    shown = seen(given(written(A), phase=Phase.GROUP), A, AUDIENCE)
    assert shown is not None
    assert (shown.by, shown.name) == (ANNE.actor, ANNE.name)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("floor", Level)
def test_c7_the_rooms_level_is_a_floor(floor: Level, level: Level) -> None:
    came_to = given(Arranged(floor, 5, 3)).when(ANNE, Write(KEEP, "x", level))
    assert came_to.reason is (None if level.covers(floor) else Reason.TOO_OPEN)


def test_c7_the_level_is_fixed_once_it_was_set_or_somebody_wrote() -> None:
    room = given(written(A, hidden=True))
    room.when(ANNE, Delete(A, 0))
    room.when(DIRK, Set(level=Level.ANONYMOUS)).then_refused(Reason.TOO_OPEN, level=Level.NAMED)
    new = given()
    new.when(DIRK, Set(level=Level.PSEUDONYMOUS)).then(Arranged(Level.PSEUDONYMOUS, 5, 3))
    for level in (Level.NAMED, Level.ANONYMOUS):
        new.when(DIRK, Set(level=level)).then_refused(Reason.TOO_OPEN, level=Level.PSEUDONYMOUS)
    new.when(DIRK, Set(level=Level.PSEUDONYMOUS, budget=4)).then(Arranged(Level.PSEUDONYMOUS, 4, 3))


def test_c7_either_of_ones_ids_will_do_for_ones_own() -> None:
    room = hidden(written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS, hidden=True))
    room.when(Named(ANNE), Edit(A, 0, "anders")).then(Reworded(A, Words("anders")))
    room.when(UNKNOWN_ANNE, Edit(A, 1, "nog anders")).then(Reworded(A, Words("nog anders")))
    room.when(Named(BRAM), Edit(A, 2, "van Bram")).then_refused(Reason.NOT_FOUND)


def test_c7_what_signs_depends_on_the_command_alone_so_that_a_resend_is_signed_the_same() -> None:
    kind = given().kind
    unlinkable = [Vote(A, 1), Ready(True), Write(KEEP, "x", Level.PSEUDONYMOUS), Write(KEEP, "x", Level.ANONYMOUS)]
    named: list[commands.Command] = [
        Write(KEEP, "x"),
        Edit(A, 0, "x"),
        Delete(A, 0),
        Move(A, KEEP, None),
        Go(*list(Phase)[:2]),
    ]
    for room in (given(), given(written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS))):
        assert {kind.signs(room.records, command) for command in unlinkable} == {Signs.UNLINKABLE}
        assert {kind.signs(room.records, command) for command in named} == {Signs.NAMED}


# ---- hidden until it is revealed -------------------------------------------------------------------------------------


def test_c3_what_is_written_alone_nobody_else_is_shown() -> None:
    room = hidden()
    room.when(ANNE, Write(KEEP, "van mij"), "a")
    assert all(seen(room, A, viewer) is None for viewer in (*EVERYBODY, AUDIENCE, STAFF))
    mine = own(room)
    assert (mine.only, mine.text, mine.within, mine.place) == (ANNE.actor, "van mij", KEEP, 0)
    for role in Role:
        assert room.kind.show(mine, Viewer((ANNE.actor,), role)) == mine
        assert room.kind.show(mine, Viewer((DIRK.actor,), role)) is None, "staff neither"
    assert column(room).hidden == 1, "but everybody knows how many there are"
    room.when(ANNE, Edit(A, 0, "anders gezegd"))
    assert (own(room).text, own(room).rev) == ("anders gezegd", 1)
    room.when(ANNE, Move(A, CHANGE, None))
    assert (own(room).within, column(room).hidden, column(room, CHANGE).hidden) == (CHANGE, 0, 1)
    room.when(ANNE, Delete(A, 1))
    assert column(room, CHANGE).hidden == 0


def test_c3_a_hidden_note_is_not_there_for_anybody_else() -> None:
    room = hidden(written(A, hidden=True))
    for who in (BRAM, DIRK):
        for command in (Edit(A, 0, "x"), Delete(A, 0), Move(A, CHANGE, None)):
            room.when(who, command).then_refused(Reason.NOT_FOUND)
    room.when(DIRK, commands.Decide("x", A)).then_refused(Reason.NOT_FOUND)


def test_revealing_shows_all_at_once() -> None:
    room = hidden(written(A, hidden=True), written(B, BRAM, within=CHANGE, hidden=True))
    room.when(DIRK, Go(Phase.WRITE, Phase.REVEAL)).then(Turned(Phase.REVEAL), Revealed(MINUTE))
    for id in (A, B):
        assert seen(room, id, AUDIENCE) == note(room, id)
        assert (own(room, id).text, own(room, id).note) == ("", id)
    assert (column(room).hidden, column(room, CHANGE).hidden) == (0, 0)
    room.when(BRAM, Write(KEEP, "Ook dit"), "c")
    assert seen(room, C, AUDIENCE) is not None


@pytest.mark.parametrize("to", list(Phase)[1:])
def test_any_way_out_of_writing_reveals(to: Phase) -> None:
    room = hidden(written(A, hidden=True))
    room.when(DIRK, Go(Phase.WRITE, to))
    assert seen(room, A, AUDIENCE) is not None


def test_back_to_writing_what_was_revealed_stays_so_and_the_rest_is_hidden() -> None:
    room = given(written(A), phase=Phase.GROUP)
    room.when(DIRK, Go(Phase.GROUP, Phase.WRITE)).then(Turned(Phase.WRITE))
    room.when(BRAM, Write(KEEP, "later"), "b")
    assert seen(room, A, AUDIENCE) is not None
    assert seen(room, B, AUDIENCE) is None


def test_c7_who_saw_notes_being_counted_cannot_tell_which_is_whose() -> None:
    """Those without a name get one moment, and change places; named ones stay where they are."""
    room = revealed(
        written(D, UNKNOWN_ANNE, level=Level.ANONYMOUS, place=0, hidden=True),
        written(C, ANNE, place=GAP, hidden=True),
        written(B, UNKNOWN_BRAM, level=Level.ANONYMOUS, place=2 * GAP, hidden=True),
        written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS, place=3 * GAP, hidden=True),
    )
    assert in_order(room) == ["a", "c", "b", "d"]
    late = hidden(written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS, hidden=True), written(B, hidden=True))
    late.when(DIRK, Go(Phase.WRITE, Phase.REVEAL), at=NOW + 600_000)
    assert (note(late).at, note(late, B).at) == ((NOW + 600_000) // 60_000 * 60_000, NOW)
