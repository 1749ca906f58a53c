"""A board, specified: where notes lie, groups, and two people on one note."""

from __future__ import annotations

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from rooms.kind import Kind
from rooms.kinds import board as board_kind
from rooms.kinds.board.commands import (
    AddColumn,
    Delete,
    Edit,
    GroupWith,
    Move,
    MoveColumn,
    NameGroup,
    Phase,
    Ungroup,
    Write,
)
from rooms.kinds.board.events import Event, Grouped, Moved, Removed, Reworded, Spread, Tallied, Turned, Voted
from rooms.kinds.board.law import places_hold
from rooms.kinds.board.placing import FARTHEST, GAP
from rooms.kinds.board.records import BOARD, ballot_id
from rooms.model import Changes, Level, Reason, RecordId, Records, Words
from tests.rooms.boards import (
    CHANGE,
    KEEP,
    UNKNOWN_ANNE,
    UNKNOWN_DIRK,
    A,
    B,
    C,
    D,
    G,
    Named,
    columns,
    given,
    group,
    grouped,
    hidden,
    in_order,
    note,
    own,
    written,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, Given

NEW = RecordId("new")


def grouping(*events: Event) -> Given:
    return given(*events, phase=Phase.GROUP)


# ---- moving ----------------------------------------------------------------------------------------------------------


def test_a_note_is_put_right_after_another_or_first() -> None:
    room = grouping(written(A), written(B), written(C))
    room.when(BRAM, Move(C, KEEP, A)).then(Moved(C, KEEP, GAP // 2))
    assert in_order(room) == ["a", "c", "b"]
    room.when(BRAM, Move(B, KEEP, None)).then(Moved(B, KEEP, -GAP))
    assert in_order(room) == ["b", "a", "c"]
    room.when(BRAM, Move(B, CHANGE, None)).then(Moved(B, CHANGE, 0))
    assert (in_order(room), in_order(room, CHANGE)) == (["a", "c"], ["b"])


def test_where_it_is_already_it_stays() -> None:
    room = grouping(written(A), written(B), written(C))
    for command in (Move(A, KEEP, None), Move(B, KEEP, A), Move(C, KEEP, B), Move(C, KEEP, RecordId("weg"))):
        room.when(BRAM, command).then_nothing()


def test_two_moves_at_once_both_hold_in_the_servers_order() -> None:
    room = grouping(written(A), written(B), written(C), written(D))
    room.when(ANNE, Move(C, KEEP, A))
    room.when(BRAM, Move(D, KEEP, A))
    assert in_order(room) == ["a", "d", "c", "b"]


def test_after_a_card_that_is_gone_means_last() -> None:
    room = grouping(written(A), written(B), written(C))
    room.when(ANNE, Delete(B, 0))
    room.when(BRAM, Move(A, KEEP, B))
    assert in_order(room) == ["c", "a"]


def test_what_cannot_be_moved_and_where_nothing_can_be_put() -> None:
    room = grouping(written(A), written(B), *grouped(B))
    room.when(BRAM, Move(NEW, KEEP, None)).then_refused(Reason.NOT_FOUND)
    room.when(BRAM, Move(A, NEW, None)).then_refused(Reason.NOT_FOUND)
    room.when(BRAM, Move(A, B, None)).then_refused(Reason.NOT_FOUND)
    room.when(BRAM, Move(G, G, None)).then_refused(Reason.INVALID)
    room.when(BRAM, Move(KEEP, CHANGE, None)).then_refused(Reason.NOT_FOUND)


def test_a_hidden_note_joins_no_group() -> None:
    room = hidden(written(A, hidden=True), written(B), *grouped(B))
    room.when(ANNE, Move(A, G, None)).then_refused(Reason.INVALID)


def test_while_writing_one_moves_ones_own_notes_only() -> None:
    room = hidden(written(A, hidden=True), written(B, BRAM))
    room.when(ANNE, Move(A, KEEP, B)).then(Moved(A, KEEP, 2 * GAP))
    assert own(room).place == 2 * GAP
    room.when(ANNE, Move(B, KEEP, A)).then_refused(Reason.PHASE, phase=Phase.WRITE)


def test_without_room_between_two_all_get_new_places() -> None:
    room = grouping(written(A, place=4), written(B, place=5), written(C, place=FARTHEST - 1))
    room.when(BRAM, Move(C, KEEP, A)).then(Spread(KEEP), Moved(C, KEEP, GAP // 2))
    assert in_order(room) == ["a", "c", "b"]
    assert (note(room).place, note(room, B).place) == (0, GAP)


def test_numbers_stay_what_every_client_knows() -> None:
    room = grouping(written(A, place=FARTHEST - 2), written(B, place=2 - FARTHEST))
    came_to = room.when(BRAM, Write(KEEP, "achteraan"), "c")
    assert came_to.events[0] == Spread(KEEP)
    room = grouping(written(A, place=2 - FARTHEST), written(B))
    assert room.when(BRAM, Move(B, KEEP, None)).events[0] == Spread(KEEP)
    assert all(abs(note(room, id).place) < FARTHEST for id in (A, B))


def test_hidden_notes_are_spread_for_their_writer_as_well() -> None:
    room = hidden(written(A, place=4, hidden=True), written(B, place=5), written(C, place=6))
    room.when(ANNE, Move(A, KEEP, B)).then(Spread(KEEP), Moved(A, KEEP, GAP + GAP // 2))
    assert own(room).place == GAP + GAP // 2


@pytest.mark.parametrize("gap", [2, 5, GAP])
@settings(max_examples=60, deadline=None, derandomize=True)
@given_any(
    moves=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([KEEP, CHANGE]), st.integers(-1, 6)), max_size=40)
)
def test_whatever_is_moved_lies_where_a_list_would_have_it(gap: int, moves: list[tuple[int, RecordId, int]]) -> None:
    """Against a model, also where there is hardly any room."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rooms.kinds.board.placing.GAP", gap)
        ids = [RecordId(letter) for letter in "abcdef"]
        model: dict[RecordId, list[RecordId]] = {KEEP: [*ids], CHANGE: []}
        room = grouping(*(written(id, place=n) for n, id in enumerate(ids)))
        for which, within, after in moves:
            card, anchor = ids[which], ids[after] if 0 <= after < len(ids) else None
            room.when(BRAM, Move(card, within, anchor))
            for lying in model.values():
                if card in lying:
                    lying.remove(card)
            there = model[within]
            index = 0 if anchor is None else there.index(anchor) + 1 if anchor in there else len(there)
            there.insert(index, card)
            assert {home: in_order(room, home) for home in model} == model


def test_columns_are_spread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.kinds.board.placing.GAP", 1)
    room = Given(Kind(board_kind))
    for name in "abc":
        room.when(DIRK, AddColumn(name), name)
    monkeypatch.setattr("rooms.kinds.board.placing.GAP", 2)
    room.when(DIRK, MoveColumn(C, A)).then(Spread(BOARD), Moved(C, BOARD, 1))
    assert in_order(room, BOARD) == ["a", "c", "b"]


# ---- groups ----------------------------------------------------------------------------------------------------------


def test_two_notes_make_a_group_where_the_other_one_lay() -> None:
    room = grouping(written(A), written(B), written(C))
    room.when(BRAM, GroupWith(C, A), "g").then(Grouped(G, KEEP, 0), Moved(A, G, 0), Moved(C, G, GAP))
    assert (in_order(room), in_order(room, G)) == (["g", "b"], ["a", "c"])


def test_a_note_joins_a_group_by_way_of_it_or_of_any_note_in_it() -> None:
    room = grouping(written(A), written(B), written(C), written(D), *grouped(A, B))
    room.when(BRAM, GroupWith(C, G)).then(Moved(C, G, 2 * GAP))
    room.when(BRAM, GroupWith(D, A)).then(Moved(D, G, 3 * GAP))
    for other in (G, A):
        room.when(BRAM, GroupWith(D, other)).then_nothing()
    assert in_order(room, G) == ["a", "b", "c", "d"]


def test_what_cannot_be_grouped() -> None:
    room = grouping(written(A), written(B), *grouped(B))
    room.when(BRAM, GroupWith(A, A)).then_refused(Reason.INVALID)
    room.when(BRAM, GroupWith(A, NEW)).then_refused(Reason.NOT_FOUND)
    room.when(BRAM, GroupWith(G, A)).then_refused(Reason.NOT_FOUND)


@pytest.mark.parametrize(
    "leave", [Move(B, CHANGE, None), GroupWith(B, A), Delete(B, 0)], ids=lambda c: type(c).__name__
)
def test_a_group_goes_with_the_last_note_in_it(leave: Move | GroupWith | Delete) -> None:
    room = grouping(written(A), written(B), *grouped(B))
    came_to = room.when(DIRK, leave)
    assert came_to.events[-1] == Removed(G)
    assert G not in room.records
    more = grouping(written(A), written(B), written(C), *grouped(B, C))
    assert Removed(G) not in more.when(DIRK, leave).events


def test_a_note_is_moved_within_its_group_and_the_group_as_one() -> None:
    room = grouping(written(A), written(B), written(C), *grouped(B, C))
    room.when(BRAM, Move(C, G, None)).then(Moved(C, G, -GAP))
    room.when(BRAM, Move(G, CHANGE, None)).then(Moved(G, CHANGE, 0))
    assert (in_order(room), in_order(room, CHANGE), in_order(room, G)) == (["a"], ["g"], ["c", "b"])


def test_a_group_has_a_name_or_none() -> None:
    room = grouping(written(A), written(B), *grouped(A, B))
    room.when(BRAM, NameGroup(G, 0, " Samen\nwerken ")).then(Reworded(G, Words("Samen werken")))
    room.when(ANNE, NameGroup(G, 0, "Delen")).then_refused(Reason.STALE, rev=1, text="Samen werken")
    room.when(ANNE, NameGroup(G, 1, "Samen werken")).then_nothing()
    room.when(ANNE, NameGroup(G, 1, "")).then(Reworded(G, Words("")))
    assert (group(room).text, group(room).rev) == ("", 2)


def test_ungrouped_notes_lie_where_the_group_lay_in_their_order() -> None:
    room = grouping(written(A), written(B), written(C), written(D), *grouped(C, B))
    room.when(BRAM, Move(G, KEEP, A))
    came_to = room.when(BRAM, Ungroup(G))
    assert came_to.events[-1] == Removed(G)
    assert in_order(room) == ["a", "c", "b", "d"]
    room.when(BRAM, Ungroup(G)).then_refused(Reason.NOT_FOUND)


def test_votes_for_a_group_are_given_back_with_it_and_those_for_its_notes_stay() -> None:
    votes: list[Event] = [Turned(Phase.VOTE), Tallied(told=False), Voted(ANNE.actor, A, 1)]
    back: list[Event] = [Turned(Phase.GROUP), Tallied(told=True)]
    again: list[Event] = [Turned(Phase.VOTE), Tallied(told=False), Voted(ANNE.actor, G, 2)]
    room = grouping(written(A), written(B), *votes, *back, *grouped(A, B), *again, *back)
    assert (group(room).votes, note(room).votes) == (2, 1)
    room.when(BRAM, Ungroup(G))
    assert note(room).votes == 1
    room.when(BRAM, Delete(A, 0)).then_refused(Reason.FORBIDDEN)
    room.when(ANNE, Delete(A, 0))
    assert ballot_id(ANNE.actor) not in room.records


# ---- two people on one note (decision 10) ----------------------------------------------------------------------------


def test_c4_nobody_writes_over_words_they_have_not_seen_and_both_wordings_are_there() -> None:
    room = grouping(written(A, text="eerst"))
    room.when(ANNE, Edit(A, 0, "van Anne"))
    room.when(DIRK, Edit(A, 0, "van Dirk")).then_refused(Reason.STALE, rev=1, text="van Anne")
    room.when(DIRK, Delete(A, 0)).then_refused(Reason.STALE, rev=1, text="van Anne")
    assert note(room).text == "van Anne"
    room.when(DIRK, Edit(A, 1, "van Anne en Dirk")).then(Reworded(A, Words("van Anne en Dirk")))


def test_c4_one_person_on_two_devices_is_two_on_one_note() -> None:
    room = hidden(written(A, UNKNOWN_ANNE, level=Level.ANONYMOUS, hidden=True))
    room.when(Named(ANNE), Edit(A, 0, "op de laptop"))
    room.when(Named(ANNE), Edit(A, 0, "op de telefoon")).then_refused(Reason.STALE, rev=1, text="op de laptop")


def test_c4_moves_groups_and_votes_are_in_nobodys_way() -> None:
    room = grouping(written(A), written(B), written(C))
    room.when(BRAM, Move(A, CHANGE, None))
    room.when(BRAM, GroupWith(A, B))
    room.when(UNKNOWN_DIRK, Edit(A, 0, "anders")).then(Reworded(A, Words("anders")))


# ---- controls --------------------------------------------------------------------------------------------------------


class Lawless(Kind):
    """Lets anything happen, to see that the law notices."""

    def invariant(self, records: Records) -> bool:
        return True


class NeverSpread(Lawless):
    def evolve(self, records: Records, event: Event) -> Changes:  # type: ignore[override]
        return {} if isinstance(event, Spread) else super().evolve(records, event)


def test_without_spreading_a_note_does_not_lie_where_it_was_put() -> None:
    close = (written(A, place=4), written(B, place=5), written(C, place=6))
    room = Given(NeverSpread(board_kind), *columns(), Turned(Phase.GROUP), *close)
    room.when(BRAM, Move(C, KEEP, A))
    assert in_order(room) != ["a", "c", "b"]


@pytest.mark.parametrize(
    "broken",
    [
        Moved(A, KEEP, GAP),
        Moved(A, RecordId("nergens"), 0),
        Moved(A, B, 0),
        Grouped(G, CHANGE, 0),
        Removed(KEEP),
        Moved(CHANGE, BOARD, 0),
    ],
    ids=["one place", "no column", "in a note", "empty group", "column gone", "columns in one place"],
)
def test_what_lies_nowhere_or_twice_breaks_the_law(broken: Event) -> None:
    kind = Lawless(board_kind)
    whole = grouping(written(A), written(B))
    assert places_hold(whole.records)
    room = Given(kind)
    room.records.update(whole.records)
    changes = kind.evolve(room.records, broken)
    after = {id: r for id, r in {**room.records, **changes}.items() if r is not None}
    assert not places_hold(after)
