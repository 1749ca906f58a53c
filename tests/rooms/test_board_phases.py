"""A board, specified: phases, columns and the timer."""

from __future__ import annotations

import pytest

from rooms import lifecycle
from rooms.kinds.board import commands, phases
from rooms.kinds.board.commands import (
    AddColumn,
    Command,
    Delete,
    Edit,
    Extend,
    Go,
    Move,
    MoveColumn,
    NameColumn,
    Phase,
    Ready,
    RemoveColumn,
    Ring,
    Set,
    Start,
    Stop,
    Vote,
    Write,
)
from rooms.kinds.board.events import (
    Arranged,
    ColumnAdded,
    ColumnNamed,
    Concluded,
    Moved,
    Rang,
    Readied,
    Removed,
    ResultSort,
    Revealed,
    Stopped,
    Tallied,
    Timed,
    Turned,
    Voted,
)
from rooms.kinds.board.placing import GAP
from rooms.kinds.board.records import BOARD, CLOCK, HEAD, Board, Clock, Who, readiness_id
from rooms.lifecycle import Lock
from rooms.model import Command as BaseCommand
from rooms.model import Level, Reason, Role, Timer, Viewer, Words
from tests.rooms.boards import (
    CHANGE,
    EVERYBODY,
    KEEP,
    MINUTE,
    UNKNOWN_ANNE,
    UNKNOWN_BRAM,
    A,
    B,
    C,
    D,
    G,
    desk,
    given,
    grouped,
    hidden,
    in_order,
    told,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, GUEST, NOW, SCREEN, SYSTEM, Given, Somebody

# ---- phases ----------------------------------------------------------------------------------------------------------

TABLE = """
               write      reveal     group      vote       discuss    done
write          everybody  everybody  everybody  -          staff      -
edit           writer     writer     writer     staff      writer     -
delete         writer     writer     writer     writer     writer     writer
move           writer     writer     everybody  -          -          -
group_with     -          -          everybody  -          -          -
name_group     -          -          everybody  staff      staff      -
ungroup        -          -          everybody  -          -          -
vote           -          -          -          everybody  -          -
ready          everybody  everybody  everybody  everybody  everybody  -
plan           staff      staff      staff      staff      everybody  staff
decide         staff      staff      staff      staff      everybody  staff
revise         staff      staff      staff      staff      everybody  staff
drop           staff      staff      staff      staff      everybody  staff
"""
"""Once more, by hand. `writer`: of the note, and staff."""
ROWS = {line.split()[0]: dict(zip(Phase, line.split()[1:], strict=True)) for line in TABLE.splitlines()[2:]}
DECIDED = Concluded(D, NOW, ResultSort.DECISION, Words("Zo doen we het"))
GIVEN: dict[str, Command] = {
    "write": Write(KEEP, "nieuw"),
    "edit": Edit(A, 0, "anders"),
    "delete": Delete(A, 0),
    "move": Move(A, CHANGE, None),
    "group_with": commands.GroupWith(A, B),
    "name_group": commands.NameGroup(G, 0, "Samen"),
    "ungroup": commands.Ungroup(G),
    "vote": Vote(A, 1),
    "ready": Ready(True),
    "plan": commands.Plan("Doen", "Bram"),
    "decide": commands.Decide("Afgesproken"),
    "revise": commands.Revise(D, 0, "Toch anders"),
    "drop": commands.Drop(D, 0),
}


def expected(least: str, who: Somebody) -> bool:
    return least != "-" and (who is DIRK or least == "everybody" or (least == "writer" and who is ANNE))


@pytest.mark.parametrize("phase", Phase)
def test_every_cell_of_the_phases(phase: Phase) -> None:
    for name, command in GIVEN.items():
        for who in (ANNE, BRAM, DIRK):
            room = given(written(A), written(B), written(C), *grouped(C), DECIDED, phase=phase)
            came_to = room.when(who, command)
            anywhere = any(expected(ROWS[name][other], who) for other in Phase)
            otherwise = Reason.PHASE if anywhere else Reason.FORBIDDEN
            assert came_to.reason is (None if expected(ROWS[name][phase], who) else otherwise), (name, who.name)
            if came_to.reason is Reason.PHASE:
                assert came_to.facts == {"phase": phase}


def test_the_tables_have_the_same_rows() -> None:
    assert {f"board.{name}" for name in ROWS} == {lifecycle.tag(command) for command in phases.TABLE}
    assert set(GIVEN) == set(ROWS)
    assert {type(command) for command in GIVEN.values()} == set(phases.TABLE)


@pytest.mark.parametrize("phase", Phase)
def test_the_page_is_told_the_same_table(phase: Phase) -> None:
    room = given(Arranged(Level.NAMED, 5, 3), phase=phase)
    for role in Role:
        shown = room.kind.show(room.records[BOARD], Viewer((), role))
        assert isinstance(shown, Board)
        staff, screen = role.includes(Role.MODERATOR), role is Role.SCREEN
        least = {f"board.{name}": row[phase] for name, row in ROWS.items() if row[phase] != "-" and not screen}
        for_all = {name: "everybody" if staff else who for name, who in least.items() if staff or who != "staff"}
        assert {name: who.value for name, who in shown.may.items()} == for_all


def test_a_changed_cell_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: everybody moves what anybody wrote, in all phases."""
    loose: dict[type[BaseCommand], tuple[Who | None, ...]] = {**phases.TABLE}
    loose[Move] = (phases.ALL,) * len(Phase)
    monkeypatch.setattr(phases, "TABLE", loose)
    with pytest.raises(AssertionError):
        test_every_cell_of_the_phases(Phase.VOTE)
    with pytest.raises(AssertionError):
        test_the_page_is_told_the_same_table(Phase.VOTE)


def test_two_facilitators_at_once_go_one_phase_further_not_two() -> None:
    room = given(phase=Phase.REVEAL)
    room.when(DIRK, Go(Phase.REVEAL, Phase.GROUP)).then(Turned(Phase.GROUP))
    room.when(DIRK, Go(Phase.REVEAL, Phase.GROUP)).then_nothing()
    room.when(DIRK, Go(Phase.REVEAL, Phase.WRITE)).then_refused(Reason.STALE, phase=Phase.GROUP)
    assert desk(room).phase is Phase.GROUP


def test_one_goes_back_to_any_phase() -> None:
    room = given(phase=Phase.DONE)
    for was, to in zip(list(Phase)[:0:-1], list(Phase)[-2::-1], strict=True):
        assert room.when(DIRK, Go(was, to)).reason is None
    assert desk(room).phase is Phase.WRITE


def test_readiness_is_counted_and_is_over_with_the_phase() -> None:
    room = given()
    room.when(UNKNOWN_ANNE, Ready(True)).then(Readied(UNKNOWN_ANNE.actor, True))
    room.when(UNKNOWN_ANNE, Ready(True)).then_nothing()
    room.when(UNKNOWN_BRAM, Ready(True))
    room.when(UNKNOWN_BRAM, Ready(False)).then(Readied(UNKNOWN_BRAM.actor, False))
    assert desk(room).ready == 1
    mine = room.records[readiness_id(UNKNOWN_ANNE.actor)]
    assert room.kind.show(mine, Viewer((UNKNOWN_BRAM.actor,), Role.OWNER)) is None
    room.when(DIRK, Go(Phase.WRITE, Phase.GROUP))
    assert desk(room).ready == 0
    assert readiness_id(UNKNOWN_ANNE.actor) not in room.records


def test_c10_running_the_board_is_for_staff() -> None:
    room = given(Timed(NOW, NOW + 5))
    running: list[Command] = [
        Set(budget=3),
        Go(Phase.WRITE, Phase.VOTE),
        AddColumn("x"),
        NameColumn(KEEP, 0, "x"),
        MoveColumn(KEEP, CHANGE),
        RemoveColumn(KEEP),
        Start(5),
        Extend(5),
        Stop(),
    ]
    for command in running:
        for who in (ANNE, GUEST, SCREEN):
            room.when(who, command).then_refused(Reason.FORBIDDEN)
    for who in (ANNE, DIRK):
        room.when(who, Ring()).then_refused(Reason.FORBIDDEN)


def test_c10_in_a_locked_room_only_staff_write_and_one_may_still_take_back() -> None:
    room = given(written(A), phase=Phase.GROUP)
    room.when(DIRK, Lock())
    room.when(ANNE, Write(KEEP, "x")).then_refused(Reason.LOCKED)
    room.when(ANNE, Edit(A, 0, "x")).then_refused(Reason.LOCKED)
    assert room.when(DIRK, Write(KEEP, "x")).reason is None
    room.when(ANNE, Delete(A, 0)).then(Removed(A))


# ---- setting up ------------------------------------------------------------------------------------------------------


def test_the_first_set_is_written_down_whatever_it_says() -> None:
    room = given()
    room.when(DIRK, Set()).then(Arranged(Level.NAMED, 5, 3))
    room.when(DIRK, Set()).then_nothing()
    room.when(DIRK, Set(budget=6)).then(Arranged(Level.NAMED, 6, 3))


def test_dots_are_only_raised_once_somebody_voted() -> None:
    room = given(written(A), *told(Voted(ANNE.actor, A, 2)))
    room.when(DIRK, Set(budget=4)).then_refused(Reason.INVALID, budget=5, most=3)
    room.when(DIRK, Set(most=2)).then_refused(Reason.INVALID, budget=5, most=3)
    room.when(DIRK, Set(budget=6, most=4)).then(Arranged(Level.NAMED, 6, 4))
    given(written(A)).when(DIRK, Set(budget=1)).then(Arranged(Level.NAMED, 1, 3))


def test_columns_are_added_named_moved_and_removed() -> None:
    room = Given(given().kind)
    room.when(DIRK, AddColumn(" Stop\nmee ", "Wat kost\nte veel?"), "keep").then(
        ColumnAdded(KEEP, Words("Stop mee"), Words("Wat kost te veel?"), 0)
    )
    room.when(DIRK, AddColumn("Ga door"), "change")
    room.when(DIRK, AddColumn(" ")).then_refused(Reason.EMPTY)
    room.when(DIRK, NameColumn(KEEP, 0, "Stop")).then(ColumnNamed(KEEP, Words("Stop"), Words("")))
    room.when(DIRK, NameColumn(KEEP, 1, "Stop")).then_nothing()
    room.when(DIRK, NameColumn(KEEP, 0, "Weg")).then_refused(Reason.STALE, rev=1, text="Stop")
    assert in_order(room, BOARD) == ["keep", "change"]
    room.when(DIRK, MoveColumn(CHANGE, None)).then(Moved(CHANGE, BOARD, -GAP))
    room.when(DIRK, MoveColumn(CHANGE, None)).then_nothing()
    assert in_order(room, BOARD) == ["change", "keep"]
    room.when(DIRK, RemoveColumn(KEEP)).then(Removed(KEEP))
    room.when(DIRK, RemoveColumn(KEEP)).then_refused(Reason.NOT_FOUND)


def test_a_column_with_something_in_it_stays() -> None:
    for room in (given(written(A), phase=Phase.GROUP), hidden(written(A, hidden=True))):
        room.when(DIRK, RemoveColumn(KEEP)).then_refused(Reason.OCCUPIED)


def test_there_are_so_many_columns() -> None:
    room = given()
    for n in range(10):
        assert room.when(DIRK, AddColumn(f"{n}"), f"column{n}").reason is None
    room.when(DIRK, AddColumn("meer")).then_refused(Reason.FULL, most=12)


# ---- the timer -------------------------------------------------------------------------------------------------------


def test_c8_the_timer_rings_once_and_cuts_nobody_off() -> None:
    room = given()
    room.when(DIRK, Start(1_000)).then(Timed(NOW, NOW + 1_000))
    room.when(DIRK, Start(1_000)).then_nothing()
    assert room.kind.due(room.records) == Timer(NOW + 1_000, CLOCK, Ring())
    room.when(SYSTEM, Ring(), at=NOW + 999).then_nothing()
    room.when(SYSTEM, Ring(), at=NOW + 1_000).then(Rang())
    room.when(SYSTEM, Ring(), at=NOW + 1_000).then_nothing()
    assert room.kind.due(room.records) is None
    assert room.records[CLOCK] == Clock(since=NOW, until=NOW + 1_000, rang=True)
    assert desk(room).phase is Phase.WRITE
    assert room.when(ANNE, Write(KEEP, "nog net"), at=NOW + 5_000).reason is None


def test_more_time_is_from_the_end_or_from_now() -> None:
    room = given()
    room.when(DIRK, Extend(5)).then_refused(Reason.NOT_FOUND)
    room.when(DIRK, Start(1_000))
    room.when(DIRK, Extend(60_000), at=NOW + 500).then(Timed(NOW, NOW + 61_000))
    room.when(SYSTEM, Ring(), at=NOW + 61_000)
    room.when(DIRK, Extend(60_000), at=NOW + 70_000).then(Timed(NOW, NOW + 130_000))
    assert room.kind.due(room.records) is not None
    room.when(DIRK, Stop()).then(Stopped())
    room.when(DIRK, Stop()).then_nothing()


def test_the_timer_is_of_one_phase() -> None:
    room = given(Timed(NOW, NOW + 1_000))
    room.when(DIRK, Go(Phase.WRITE, Phase.VOTE)).then(Turned(Phase.VOTE), Revealed(MINUTE), Tallied(told=False))
    assert room.kind.due(room.records) is None


def test_nobody_is_shown_the_head() -> None:
    room = given(written(A), phase=Phase.GROUP)
    assert all(room.kind.show(room.records[HEAD], viewer) is None for viewer in EVERYBODY)
