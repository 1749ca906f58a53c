"""The measured board, small: `python -m tests.web.board_size` measures the full one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.board_size import TEXT, Plan, board_size, lines


@pytest.mark.slow
async def test_what_is_measured_is_there(tmp_path: Path) -> None:
    plan = Plan(notes=40, writers=2, joins=3, moves=5)
    found = await board_size(tmp_path, plan)
    words = plan.notes * len(TEXT.format(0))
    assert found.hidden.bytes < words < found.open.bytes, "hidden notes don't leave the server"
    assert words < found.reveal_bytes
    assert (len(found.bytes), len(found.ms), len(found.open.ms)) == (5, 5, 3)
    assert len(TEXT.format(0)) < min(found.bytes) <= max(found.bytes) < 2_000
    assert len(lines(found)) == 4
