"""Sessions are closed while the server is killed ten times: each outcome is there exactly once.

Afterwards another server finishes, or `kring worker` where there is none, and that may be killed too.
"""

from __future__ import annotations

import asyncio
import random
import signal
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from tests.web.outcomes import wrong_with
from tests.web.process import KRING, command, environment, served
from tests.web.short_session import Short, short_session

KILLS = (
    "qna closed",
    "board closed",
    "qna drained",
    "board drained",
    "outcome",
    "qna unlinked",
    "qna scrubbed",
    "chat forgotten",
    "board unlinked",
    "board forgotten",
)
"""After which step the server is killed: as soon as it says that it has done it."""

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]


async def test_killed_anywhere_on_the_way_every_outcome_is_there_exactly_once(tmp_path: Path) -> None:
    dice, made = random.Random(66), list[Short]()
    for nth, step in enumerate(KILLS):
        made.append(await _killed_while_closing(tmp_path, dice, step))
        if nth % 2:
            assert (await command(tmp_path, "worker"))[0] == 0
        else:
            async with served(tmp_path) as kring:
                await kring.logged(said("closed"))
    assert {short.id: wrong for short in made if (wrong := wrong_with(tmp_path / "data", short))} == {}


async def test_a_worker_that_is_killed_as_well_is_gone_on_with_by_the_next(tmp_path: Path) -> None:
    short = await _killed_while_closing(tmp_path, random.Random(67), "chat closed")
    for step in ("qna drained", "outcome", "qna begun_anew"):
        await _kill_worker(tmp_path, step)
        assert wrong_with(tmp_path / "data", short), "the control: not all is done yet"
    code, output, errors = await command(tmp_path, "worker")
    assert code == 0, errors
    assert "closed" in output
    assert wrong_with(tmp_path / "data", short) == []


async def _killed_while_closing(directory: Path, dice: random.Random, step: str) -> Short:
    """A session whose server is killed as soon as it says that it has done this step."""
    async with served(directory) as kring, kring.browser() as staff:
        link = (await command(directory, "link", "owner"))[1]
        name = f"Leider {dice.randrange(10**6)}"
        await staff.post("/api/sign-in", json={"token": link.strip().rpartition("#")[2], "name": name})
        short = await short_session(kring, staff, dice, staff_name=name)
        assert (await staff.post(f"/api/sessions/{short.id}/close")).status_code == 200
        await kring.logged(said(step))
        assert await kring.stop(signal.SIGKILL) == -signal.SIGKILL
    return short


async def _kill_worker(directory: Path, step: str) -> None:
    worker = await asyncio.create_subprocess_exec(
        *KRING, "worker", cwd=directory, env=environment(directory), stdout=DEVNULL, stderr=PIPE
    )
    assert worker.stderr is not None
    async with asyncio.timeout(60):
        while said(step) not in (line := (await worker.stderr.readline()).decode()):
            assert line, "it ended before"
        worker.kill()
        assert await worker.wait() == -signal.SIGKILL


def said(step: str) -> str:
    """As it is in the log."""
    return f'"step": "{step}"'
