"""The measured hall, small: whatever the figures, every act reaches everybody, and votes are ballots.

`python -m tests.web.hall` measures the full one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.hall import Figures, Plan, hall, lines
from tests.web.hall_client import Fields, LightClient, _frame

PLAN = Plan(participants=40, moderators=3, crowds=2, questions=6, rounds=1, rest_s=0.0, pause_s=0.0)


@pytest.mark.slow
async def test_every_act_of_three_moderators_reaches_everybody_while_all_vote(tmp_path: Path) -> None:
    found = await hall(tmp_path, PLAN)
    assert found.acts == PLAN.moderators * PLAN.rounds * 5
    arrivals = PLAN.moderators * PLAN.rounds * (PLAN.participants + PLAN.moderators)
    kinds = ("approve", "label", "next", "stage", "answer")
    assert {kind: len(delays) for kind, delays in found.delays_ms.items()} == dict.fromkeys(kinds, arrivals)
    assert all(delay > 0 for delays in found.delays_ms.values() for delay in delays), "none came before it was sent"
    assert list(found.digests.values()) == [PLAN.participants + 1], "everybody has what somebody new is told"
    assert found.statuses == {"open": PLAN.questions, "answered": PLAN.moderators * PLAN.rounds}
    assert found.votes > PLAN.participants * PLAN.questions, "all of them voted, and again"
    assert found.refused == {}
    assert found.tallies == found.ballots
    assert "everybody has the same: True; votes are ballots: True" in lines(found)[-1]


async def client(*messages: Fields) -> LightClient:
    """One that was told this; its line leads nowhere."""
    made = LightClient("nowhere:0", "", "room")
    for at, message in enumerate(messages):
        made._take(message, float(at))
    return made


JOINED: Fields = {
    "t": "joined",
    "seq": 3,
    "mark": "m",
    "you": ["anne"],
    "put": {"q": {"t": "qna.question", "votes": 1}},
}


async def test_control_who_missed_a_change_has_something_else(tmp_path: Path) -> None:
    change: Fields = {"t": "change", "seq": 4, "mark": "n", "put": {"q": {"t": "qna.question", "votes": 2}}}
    mine: Fields = {"t": "change", "put": {"b": {"t": "qna.ballot", "only": "anne", "question": "q"}}}
    one, other, late = await client(JOINED, mine, change), await client(JOINED, change), await client(JOINED)
    assert one.digest() == other.digest() != late.digest()
    assert (one.ballots(), other.ballots()) == ({"q": 1}, {})
    assert (one.arrival(3), one.arrival(4)) == (0.0, 2.0)
    with pytest.raises(IndexError):
        late.arrival(4)


def test_control_a_hall_in_which_somebody_has_something_else_says_so() -> None:
    found = Figures(
        acts=1,
        delays_ms={"stage": [1.0, 2.0]},
        slowest=[(0.1, 2.0)],
        votes=1,
        refused={},
        seconds=1.0,
        server_cpu_s=0.1,
        changes=2,
        crowds_cpu_s=0.1,
        digests={"a": 2, "b": 1},
        tallies={"q": 2},
        ballots={"q": 1},
        statuses={},
    )
    assert "everybody has the same: False; votes are ballots: False" in lines(found)[-1]


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_frames_of_every_length_are_read_whole_or_not_at_all(size: int) -> None:
    wide = 2 if size < 65_536 else 8
    head = bytes((0x82, size)) if size < 126 else bytes((0x82, 126 if wide == 2 else 127)) + size.to_bytes(wide, "big")
    data = head + bytes(size)
    assert _frame(data + b"\x89", 0) == (2, len(data) - size, len(data))
    for cut in range(1, min(12, len(data))):
        assert _frame(data[:-cut], 0) is None
