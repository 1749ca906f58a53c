"""The commands of the how-tos, as they stand there, run by a shell on a Kring that serves."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest

from tests.web.process import CHECKOUT, environment, served

HOW_TO = CHECKOUT / "docs" / "how-to"
SERVED = ("backup", "proxy", "retention", "upgrade")
"""Pages whose reader has a server that runs."""
FRESH = ("community", "install", "mail")
"""Pages whose reader has none yet."""
SHARED = ("cluster",)
"""Pages whose reader has a Redis, at the address that stands there."""
REDIS = "redis://127.0.0.1:6379/0"
BLOCK = re.compile(r"^( *)```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def script_of(text: str) -> str:
    """Its blocks of shell, one after the other; the other blocks are for reading."""
    return "".join(re.sub(f"^{indent}", "", block, flags=re.MULTILINE) for indent, block in BLOCK.findall(text))


async def followed(directory: Path, script: str) -> tuple[int, str]:
    """What somebody sees who types all of it, up to the first command that fails."""
    bin = directory / "bin"
    await asyncio.to_thread(bin.mkdir)
    await asyncio.to_thread(_write, bin / "kring", f'#!/bin/sh\nexec {sys.executable} -m web.cli "$@"\n')
    env = environment(directory)
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-eux",
        "-c",
        script,
        cwd=directory,
        env=env | {"PATH": f"{bin}:{env['PATH']}"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o700)


@pytest.mark.parametrize("page", SERVED)
async def test_beside_a_server_the_commands_do_what_the_page_says(tmp_path: Path, page: str) -> None:
    async with served(tmp_path):
        code, output = await followed(tmp_path, script_of((HOW_TO / f"{page}.md").read_text()))
    assert code == 0, output
    assert "wrong" not in output


@pytest.mark.parametrize("page", FRESH)
async def test_on_a_new_machine_the_commands_do_what_the_page_says(tmp_path: Path, page: str) -> None:
    code, output = await followed(tmp_path, script_of((HOW_TO / f"{page}.md").read_text()))
    assert code == 0, output


@pytest.mark.parametrize("page", SHARED)
async def test_with_a_redis_the_commands_do_what_the_page_says(tmp_path: Path, page: str, redis_url: str) -> None:
    script = script_of((HOW_TO / f"{page}.md").read_text())
    assert REDIS in script
    code, output = await followed(tmp_path, script.replace(REDIS, redis_url))
    assert code == 0, output


def test_every_page_with_commands_is_followed() -> None:
    with_commands = {page.stem for page in HOW_TO.glob("*.md") if BLOCK.search(page.read_text())}
    assert with_commands == {*SERVED, *FRESH, *SHARED}


async def test_the_control_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    code, output = await followed(tmp_path, script_of("```sh\nkring restore nowhere.kring\n```\n"))
    assert (code, "nowhere.kring" in output) == (1, True)
