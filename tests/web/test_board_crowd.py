"""F3, F5: forty people and two facilitators on a board, drops and reconnects: in the end all have the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from realtime.audience import Audience, Missed
from tests.web.board_crowd import Plan, crowded

FEW = Plan(people=8, drop_every=1_000)


@pytest.mark.slow
async def test_forty_on_a_board_all_have_in_the_end_what_its_journal_comes_to(tmp_path: Path) -> None:
    came = await crowded(tmp_path, Plan())
    assert came.holds
    assert came.reconnects > 40
    assert came.outcomes["done"] > 500
    assert {"phase", "stale", "not_found"} <= set(came.outcomes)
    assert [nth for nth, (told, due) in enumerate(zip(came.told, came.expected, strict=True)) if told != due] == []
    kinds = {str(record["t"]) for record in came.told[-1].values()}
    assert {"board.note", "board.group", "board.result"} <= kinds
    assert not any(record["t"] == "board.head" for told in came.told for record in told.values())


async def test_control_a_server_that_leaves_something_out_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Audience.since

    def since(self: Audience, seq: int) -> Missed | None:
        missed = own(self, seq)
        return replace(missed, put=dict(list(missed.put.items())[:-1])) if missed and len(missed.put) > 1 else missed

    monkeypatch.setattr(Audience, "since", since)
    came = await crowded(tmp_path, FEW)
    assert came.told != came.expected
    assert came.told[-1] == came.expected[-1], "who came last got the whole"
