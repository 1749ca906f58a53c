"""What is told of acts of staff: of what they do with what others said, and never of what is theirs."""

from __future__ import annotations

import pytest

from rooms.kind import kinds
from rooms.kinds.chat import Posted, Remove
from rooms.kinds.qna.model import Because, Decline, Mute
from rooms.lifecycle import Close, Lock
from rooms.model import Command, RecordId, Words
from rooms.pace import Seconds, SetPace
from rooms.staff import Act
from tests.rooms.specification import ANNE, DIRK, NOW, SYSTEM, Given, Somebody
from tests.rooms.test_qna import Q, asked

M = RecordId("m")


def room(by: Somebody) -> Given:
    return Given(kinds()["chat"], Posted(M, NOW, by.actor, by.name, Words("Hallo"), by.role.staff))


def told(there: Given, who: Somebody, command: Command) -> Act | None:
    return there.kind.act(there.records, command, who.stamp("new"))


def test_of_what_somebody_else_said() -> None:
    assert told(room(ANNE), DIRK, Remove(M)) == Act("chat.remove", DIRK.name, M, "")


def test_not_of_what_is_theirs() -> None:
    assert told(room(DIRK), DIRK, Remove(M)) is None


@pytest.mark.parametrize("who", [ANNE, SYSTEM])
def test_not_of_what_others_do(who: Somebody) -> None:
    assert told(room(ANNE), who, Lock()) is None
    assert told(room(ANNE), SYSTEM, Close()) is None


def test_how_it_was_meant() -> None:
    assert told(room(ANNE), DIRK, SetPace(Seconds.MINUTE)) == Act("room.set_pace", DIRK.name, RecordId(""), "60")


def test_c7_who_is_muted_is_not_told_nor_by_way_of_what() -> None:
    there = Given(kinds()["qna"], asked())
    assert told(there, DIRK, Mute(Q, True)) == Act("qna.mute", DIRK.name, RecordId(""), "1")
    assert told(there, DIRK, Decline(Q, 0, Because.UNCLEAR, "een notitie")) == Act("qna.decline", DIRK.name, Q, "")
