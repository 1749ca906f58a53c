"""`kill -9` at any moment loses nothing that was acknowledged, and doubles nothing (J4)."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from realtime.journal import UNBORN
from realtime.journal.local import LocalJournal
from tests.journal.appender import ROOMS
from tests.journal.store import chained, whole

KILLS = 12


async def append_until_killed(path: Path, answers: int, *options: str) -> tuple[int, list[str]]:
    """Entries at the start, and the answers that came out until the process was killed at about `answers`."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.journal.appender", str(path), *options, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    start = (await child.stdout.readline()).split()
    lines = [await child.stdout.readline() for _ in range(answers)]
    child.kill()
    lines += (await child.stdout.read()).splitlines(keepends=True)  # said before it died
    await child.wait()
    assert start[0] == b"start"
    return int(start[1]), [line.decode().strip() for line in lines if line.endswith(b"\n")]


async def stored(path: Path) -> Counter[str]:
    """Every entry as its answer would have read. The chains are whole."""
    found: Counter[str] = Counter()
    async with LocalJournal.open(path) as journal:
        for room in (f"room{n}" for n in range(ROOMS)):
            entries = await whole(journal, room)
            chained(UNBORN, entries)
            found.update(f"{room} {entry.attempt.hex()}" for entry in entries)
    return found


@pytest.mark.fault
async def test_j4_kill_9_loses_nothing_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    rng = random.Random(2)
    acknowledged: list[str] = []
    before = 0
    for kill in range(KILLS):
        start, answers = await append_until_killed(path, rng.randint(20, 2_000))
        assert start >= before
        before = start + len(answers)
        acknowledged += answers
        found = await stored(path)
        assert found.total() >= before > 0, f"entries before and after kill {kill}"
        assert set(found.values()) == {1}
        assert not set(acknowledged) - set(found), f"acknowledged and lost at kill {kill}"


@pytest.mark.fault
async def test_answering_before_the_commit_would_lose(tmp_path: Path) -> None:
    """The negative control."""
    rng = random.Random(2)
    lost = 0
    for kill in range(5):
        path = tmp_path / f"{kill}.db"
        _, answers = await append_until_killed(path, rng.randint(20, 2_000), "early")
        lost += len(set(answers) - set(await stored(path)))
    assert lost > 0
