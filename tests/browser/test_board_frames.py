"""What counts as a frame's cost; and that a page that is slow is found slow."""

from __future__ import annotations

import pytest

from tests.browser.board_frames import Event, frames_ms, measure, percentile, tasks_ms

BURDEN_MS = 25
BURDEN = f"""() => {{
  const again = () => {{
    const until = performance.now() + {BURDEN_MS};
    while (performance.now() < until);
    requestAnimationFrame(again);
  }};
  requestAnimationFrame(again);
}}"""


def event(name: str, begin_ms: float, took_ms: float, thread: int = 1) -> Event:
    return {"ph": "X", "name": name, "ts": begin_ms * 1_000, "dur": took_ms * 1_000, "pid": 1, "tid": thread}


def test_work_within_work_and_on_other_threads_counts_once_or_not_at_all() -> None:
    events = [
        event("RunTask", 0, 9),
        event("FireAnimationFrame", 0, 4),
        event("FunctionCall", 1, 2),  # within it
        event("Layout", 3.5, 1.5),  # begins in it, ends later
        event("Paint", 6, 1),
        event("Commit", 8, 1),
        event("Paint", 0, 50, thread=2),
        event("Idle", 20, 9),
        event("FunctionCall", 30, 3),
        event("Paint", 33, 1),
        event("Commit", 34, 1),
    ]
    assert frames_ms(events) == [7, 5]
    assert tasks_ms(events) == 9


@pytest.mark.browser
@pytest.mark.slow
async def test_a_burdened_page_costs_what_burdens_it_more() -> None:
    usual, _ = await measure(60, 2, 2)
    burdened, _ = await measure(60, 2, 2, BURDEN)
    assert sum(frames_ms(usual)) <= tasks_ms(usual)
    assert percentile(frames_ms(burdened), 0.5) >= BURDEN_MS
    assert percentile(frames_ms(burdened), 0.5) > percentile(frames_ms(usual), 0.5) + BURDEN_MS / 2
