"""The page about bots: its command and its program run as they stand there, against a real server."""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from rooms.model import Role
from tests.web.gathering import Seat, seated
from tests.web.process import CHECKOUT, environment, said
from tests.web.site import Site, site

pytestmark = pytest.mark.slow

PAGE = (CHECKOUT / "docs/how-to/bot.md").read_text()
LONGEST = 30
ANSWER = "Look in the library first: /l"


def blocks(language: str = "") -> list[str]:
    every = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [text for named, text in every if named == language]


async def token(folder: Path) -> str:
    """Of a new program, by the command that the page gives."""
    (typed,) = (line for block in blocks() for line in block.splitlines() if "kring token" in line)
    _, *arguments = shlex.split(typed)
    code, output, errors = await said(folder, *arguments)
    assert code == 0, errors
    return output.strip()


async def curled(kring: Site, token: str) -> list[httpx2.Response]:
    """What the server says to the page's commands for curl."""
    answers = []
    for typed in (line for block in blocks() for line in block.splitlines() if line.startswith("curl ")):
        parts = shlex.split(typed.replace("$KRING_TOKEN", token).replace("$KRING", kring.base))
        headers = dict(parts[at + 1].split(": ") for at, part in enumerate(parts) if part == "-H")
        body = next((parts[at + 1] for at, part in enumerate(parts) if part == "--json"), None)
        async with httpx2.AsyncClient(headers=headers) as curl:
            answers.append(await curl.request("POST" if body else "GET", parts[-1], content=body))
    return answers


async def test_what_is_not_live_is_asked_as_the_page_says(tmp_path: Path) -> None:
    async with site(tmp_path / "data") as kring:
        home, joined = await curled(kring, await token(tmp_path))
        assert (home.status_code, home.json()["role"]) == (200, "member")
        assert (joined.status_code, joined.json()["reason"]) == (404, "wrong_code"), "the page's code is an example"
        refused, _ = await curled(kring, "nothing")
        assert refused.json()["reason"] == "sign_in_needed", "the control"


@asynccontextmanager
async def bot(program: str, kring: Site, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    given = environment(folder, KRING=kring.base, KRING_TOKEN=await token(folder))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), env=given, cwd=folder, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def comes(seat: Seat, name: str) -> None:
    """Returns when somebody of that name is there."""
    while True:
        told = await seat.until("presence")
        if name in {person["name"] for person in told["put"].values()}:
            return


async def answered(seat: Seat) -> dict[str, str]:
    """What was said in answer to what, once there is an answer to the last thing that was said."""
    await seat.see(ANSWER, "chat.message")
    words = {id: str(record["text"]) for id, record in seat.of("chat.message").items()}
    replies = [record for record in seat.of("chat.message").values() if record.get("reply_to")]
    assert {record["name"] for record in replies} == {"Helper (program)"}
    return {words[record["reply_to"]["id"]]: str(record["text"]) for record in replies}


async def asked(program: str, folder: Path) -> dict[str, str]:
    async with (
        site(folder / "data") as kring,
        kring.signed_in(Role.OWNER) as owner,
        seated(kring, kring.room, owner) as seat,
        bot(program, kring, folder) as process,
    ):
        await comes(seat, "Helper (program)")
        for text in ("Good morning", "!help"):
            await seat.do("chat.post", text=text)
        found = await answered(seat)
        (one,) = (await owner.get("/api/programs")).json()["programs"]
        assert (await owner.post(f"/api/programs/{one['id']}/revoke")).status_code == 200
        async with asyncio.timeout(20):
            _, errors = await process.communicate()
        assert "Closed" in errors.decode().splitlines()[-1], "revoked, it ends"
        return found


def test_the_program_is_short() -> None:
    (program,) = blocks("python")
    assert len(program.splitlines()) <= LONGEST


async def test_the_bot_of_the_page_answers_what_it_is_asked(tmp_path: Path) -> None:
    (program,) = blocks("python")
    assert await asked(program, tmp_path) == {"!help": ANSWER}


async def test_the_control_a_bot_that_answers_everything_is_noticed(tmp_path: Path) -> None:
    (program,) = blocks("python")
    spoilt = program.replace('record["text"].strip() == "!help"', 'record["text"] != "Look in the library first: /l"')
    assert spoilt != program
    assert await asked(spoilt, tmp_path) != {"!help": ANSWER}
