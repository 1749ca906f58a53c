"""`kring worker`: what no server is there to finish, finished; beside a server it has nothing to do, and says so."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from rooms.model import Role
from tests.web.outcomes import wrong_with
from tests.web.process import KRING, command, environment, said, served
from tests.web.short_session import short_session
from tests.web.site import site
from tests.web.test_closing import begun


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en_GB", "One session is closed now."), ("nl_NL", "Eén sessie is nu gesloten.")]
)
async def test_it_closes_what_a_server_left(tmp_path: Path, lang: str, sentence: str) -> None:
    async with site(tmp_path / "data") as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(5))
        await begun(kring, short.id)
    assert wrong_with(tmp_path / "data", short)
    code, output, _ = await command(tmp_path, "worker", LANG=f"{lang}.UTF-8")
    assert code == 0
    assert sentence in output
    assert wrong_with(tmp_path / "data", short) == []
    code, again, _ = await command(tmp_path, "worker", LANG=f"{lang}.UTF-8")
    assert code == 0
    assert sentence not in again, "there was nothing left"


async def test_it_waits_for_what_can_still_be_taken_back(tmp_path: Path) -> None:
    """Grace that is under way when the server stops is waited for: nobody loses it."""
    async with site(tmp_path / "data", grace_s=2) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(5))
        closing = (await staff.post(f"/api/sessions/{short.id}/close")).json()
        assert closing["state"] == "closing"
    code, _, errors = await command(tmp_path, "worker")
    assert code == 0, errors
    assert wrong_with(tmp_path / "data", short) == []


async def test_beside_a_server_it_says_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    async with served(tmp_path):
        code, output, _ = await command(tmp_path, "worker")
    assert (code, output) == (
        0,
        "A Kring is running with these files already. It archives by itself, so this worker has nothing to do.\n",
    )


async def test_without_files_it_makes_none(tmp_path: Path) -> None:
    code, output, errors = await said(tmp_path, "worker")
    assert (code, output) == (1, "")
    assert str(tmp_path / "data") in errors
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_in_a_procfile_it_stays_until_it_is_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    worker = await asyncio.create_subprocess_exec(
        *KRING, "worker", "--stay", cwd=tmp_path, env=environment(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    async with asyncio.timeout(30):
        assert b"waits until it is stopped" in await worker.stdout.readline()
        assert worker.returncode is None
        worker.send_signal(stop)
        assert await worker.wait() == 0
