"""C10: one table, state × role × command. Here it stands once more, by hand; every cell is tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rooms import lifecycle
from rooms.kind import Kind, kinds
from rooms.lifecycle import Close, Lock, Open, Rights, State, Unlock
from rooms.model import Command, Reason, Refused, Role, Viewer
from tests.kinds import small
from tests.rooms.specification import Given, Somebody, some

TABLE = """
room.open       moderator  moderator  system     -
room.lock       system     moderator  moderator  -
room.unlock     system     moderator  moderator  -
room.close      system     system     system     -
room.set_pace   moderator  moderator  moderator  -
room.report     system     guest      guest      -
room.dismiss    moderator  moderator  moderator  -

chat.post       system     guest      moderator  -
chat.edit       system     guest      moderator  -
chat.react      system     guest      moderator  -
chat.delete     system     guest      guest      -
chat.remove     moderator  moderator  moderator  -
chat.pin        moderator  moderator  moderator  -
chat.save       moderator  moderator  moderator  -

qna.ask         system     guest      moderator  -
qna.vote        system     guest      moderator  -
qna.reword      system     guest      moderator  -
qna.withdraw    system     guest      guest      -
qna.set         moderator  moderator  moderator  -
qna.approve     moderator  moderator  moderator  -
qna.decline     moderator  moderator  moderator  -
qna.edit        moderator  moderator  moderator  -
qna.label       moderator  moderator  moderator  -
qna.park        moderator  moderator  moderator  -
qna.next        moderator  moderator  moderator  -
qna.stage       moderator  moderator  moderator  -
qna.answer      moderator  moderator  moderator  -
qna.follow_up   moderator  moderator  moderator  -
qna.reopen      moderator  moderator  moderator  -
qna.mute        moderator  moderator  moderator  -
qna.remove      moderator  moderator  moderator  -

board.write          system     guest      moderator  -
board.edit           system     guest      moderator  -
board.delete         system     guest      guest      -
board.move           system     guest      moderator  -
board.group_with          system     guest      moderator  -
board.name_group     system     guest      moderator  -
board.ungroup        system     guest      moderator  -
board.vote           system     guest      moderator  -
board.ready          system     guest      moderator  -
board.plan           system     guest      moderator  -
board.decide         system     guest      moderator  -
board.revise         system     guest      moderator  -
board.drop           system     guest      moderator  -
board.set            moderator  moderator  moderator  -
board.go             moderator  moderator  moderator  -
board.mute           moderator  moderator  moderator  -
board.add_column     moderator  moderator  moderator  -
board.name_column    moderator  moderator  moderator  -
board.move_column    moderator  moderator  moderator  -
board.remove_column  moderator  moderator  moderator  -
board.start          moderator  moderator  moderator  -
board.extend         moderator  moderator  moderator  -
board.stop           moderator  moderator  moderator  -
board.ring           system     system     system     -

people.reconsider    system     system     system     -
people.end_sign_in   system     system     system     -

small.ask       system     guest      moderator  -
small.vote      system     guest      moderator  -
small.withdraw  system     guest      guest      -
small.reveal    moderator  moderator  moderator  -
small.hold      moderator  moderator  moderator  -
small.reword    moderator  moderator  moderator  -
small.mark      moderator  moderator  moderator  -
small.start     moderator  moderator  moderator  -
small.ring      system     system     system     -
"""
"""command: the least role that may give it in a planned, open, locked and closed room; the system always may"""

LADDER = ("guest", "member", "moderator", "owner")
ROWS = {line.split()[0]: dict(zip(State, line.split()[1:], strict=True)) for line in TABLE.splitlines() if line}
EVERY_KIND = {**kinds(), "small": Kind(small)}


def allowed(least: str, role: Role) -> bool:
    if least == "-" or role is Role.SCREEN:
        return False
    if role is Role.SYSTEM:
        return True
    return least != "system" and LADDER.index(role) >= LADDER.index(least)


def cells() -> Iterator[tuple[Kind, type[Command], State, Role]]:
    for kind in EVERY_KIND.values():
        for command in kind.command_types:
            for state in State:
                for role in Role:
                    yield kind, command, state, role


def refusal(kind: Kind, command: type[Command], state: State, role: Role) -> Reason | None:
    given = Given(kind, state=state)
    try:
        lifecycle.check(kind.table, some(command), given.records, role)
    except Refused as refused:
        return refused.reason
    return None


def expected_refusal(row: dict[State, str], state: State, role: Role) -> Reason | None:
    """The state that stands in the way, if in another one it were allowed; else it is nobody's to allow."""
    if allowed(row[state], role):
        return None
    elsewhere = any(allowed(row[other], role) for other in State)
    if state is State.CLOSED:
        return Reason.CLOSED
    if elsewhere and state is not State.OPEN:
        return Reason(state.value)
    return Reason.FORBIDDEN


def test_every_command_of_every_kind_has_its_row() -> None:
    known = {lifecycle.tag(command) for kind in EVERY_KIND.values() for command in kind.command_types}
    assert known == set(ROWS)


def test_every_cell() -> None:
    tried = 0
    for kind, command, state, role in cells():
        expected = expected_refusal(ROWS[lifecycle.tag(command)], state, role)
        assert refusal(kind, command, state, role) == expected, (lifecycle.tag(command), state, role)
        tried += 1
    assert tried == sum(len(kind.command_types) for kind in EVERY_KIND.values()) * len(State) * len(Role)


def test_the_page_is_told_the_same_table() -> None:
    for kind in EVERY_KIND.values():
        for role in Role:
            may = kind.may(Viewer((), role))
            for state in State:
                tags = [lifecycle.tag(command) for command in kind.command_types]
                assert may[state] == sorted(tag for tag in tags if allowed(ROWS[tag][state], role))


def test_a_changed_cell_is_found() -> None:
    """Negative control: one right more, and the table by hand differs."""
    chat = kinds()["chat"]
    post = next(command for command in chat.command_types if lifecycle.tag(command) == "chat.post")
    loose = {**chat.table, post: Rights(planned=Role.MEMBER, open=Role.GUEST, locked=Role.MODERATOR)}
    assert "chat.post" in lifecycle.may(loose, Role.MEMBER)[State.PLANNED]
    assert not allowed(ROWS["chat.post"][State.PLANNED], Role.MEMBER)


@pytest.mark.parametrize("kind", EVERY_KIND.values(), ids=list(EVERY_KIND))
def test_nobody_does_anything_in_a_closed_room(kind: Kind) -> None:
    assert [role for role in Role if kind.may(Viewer((), role))[State.CLOSED]] == []


# ---- moves -----------------------------------------------------------------------------------------------------------

MOVES: dict[type[Command], tuple[State | Reason, ...]] = {
    #         planned              open           locked                 closed
    Open: (State.OPEN, State.OPEN, Reason.LOCKED, Reason.CLOSED),
    Lock: (Reason.PLANNED, State.LOCKED, State.LOCKED, Reason.CLOSED),
    Unlock: (Reason.PLANNED, State.OPEN, State.OPEN, Reason.CLOSED),
    Close: (State.CLOSED, State.CLOSED, State.CLOSED, Reason.CLOSED),
}
"""move: where it leads from each state, or why it is refused"""


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", State)
def test_moves(move: type[Command], state: State) -> None:
    leads = MOVES[move][list(State).index(state)]
    room = Given(kinds()["chat"], state=state)
    came = room.when(Somebody("Kring", Role.SYSTEM), move())
    if isinstance(leads, Reason):
        came.then_refused(leads)
    else:
        came.then(*([lifecycle.Moved(leads)] if leads is not state else []))
        assert lifecycle.state_of(room.records) is leads


def test_a_room_nobody_opened_is_planned() -> None:
    assert lifecycle.state_of({}) is State.PLANNED


def test_everybody_is_shown_the_room() -> None:
    room = Given(kinds()["chat"])
    for role in Role:
        assert room.kind.show(room.records[lifecycle.ROOM], Viewer((), role)) == lifecycle.Room(state=State.OPEN)
