"""Tokens, names and addresses are planted wherever a server may meet them, and looked for wherever it may tell."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx2
import msgspec
import pytest
from sqlalchemy.exc import IntegrityError
from websockets.asyncio.client import connect

from persistence import people
from rooms.model import PersonName, Role
from tests.web.process import Serving, said, served
from tests.web.site import site
from web.directory import OWNER_LINK

SECRET = "planted-secret-" + "s" * 32
METRICS = "planted-metrics-token"
NAME = "Planted Person"
WORDS = "planted words"
ADDRESS = "198.51.100.77"
GUESSES = ("planted-link-guess", "planted-hello-guess", "planted-query-guess")


async def plant(serving: Serving, directory: Path) -> set[str]:
    """Use everything that takes a secret, rightly and wrongly; the secrets that came up on the way."""
    owner = (directory / "data" / OWNER_LINK).read_text().strip().rpartition("#")[2]
    member = (await said(directory, "link", "member"))[1].strip().rpartition("#")[2]
    headers = {"X-Kring": "1", "Origin": serving.base, "X-Forwarded-For": ADDRESS}
    async with httpx2.AsyncClient(base_url=serving.base, headers=headers, timeout=20) as browser:
        for token in (owner, owner, member, GUESSES[0]):
            await browser.post("/api/sign-in", json={"token": token})
        code = (await browser.get("/api/community")).json()["rooms"][0]["code"]
        cookies = {"; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
        browser.cookies.clear()
        await browser.post("/api/join", json={"code": code, "name": NAME})
        cookies.add("; ".join(f"{name}={value}" for name, value in browser.cookies.items()))
        await browser.get(f"/api/me?token={GUESSES[2]}")
        await browser.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"})
        await browser.get("/metrics", headers={"Authorization": f"Bearer {GUESSES[0]}"})
        await browser.post("/api/join", content=b"\xff" + NAME.encode())
        room = (await browser.get("/api/community")).json()["rooms"][0]["id"]
        await browser.get(f"/api/rooms/{room}/search", params={"q": WORDS})
    for cookie in cookies:
        await talk(serving, room, cookie)
    async with connect(f"{serving.base.replace('http', 'ws')}/ws?token={GUESSES[2]}") as socket:
        await socket.send(msgspec.json.encode({"t": "hello", "token": GUESSES[1]}).decode())
        await socket.wait_closed()
    tokens = {cookie.partition("=")[2] for cookie in cookies}
    return {owner, member, *tokens, *(token.partition(".")[0] for token in tokens)}


async def talk(serving: Serving, room: str, cookie: str) -> None:
    """Say something, then something that is no message."""
    headers = {"Origin": serving.base, "Cookie": cookie, "X-Forwarded-For": ADDRESS}
    async with connect(serving.base.replace("http", "ws") + "/ws", additional_headers=headers) as socket:

        async def send(**message: object) -> None:
            await socket.send(msgspec.json.encode(message).decode())

        await send(t="hello")
        await send(t="join", id="1", room=room)
        joined: dict[str, object] = {}
        while joined.get("t") != "joined":
            joined = msgspec.json.decode(await socket.recv())
        command = {"t": "chat.post", "text": WORDS}
        await send(t="do", id="c", room=room, cmd=command, seq=joined["seq"], mark=joined["mark"])
        while '"done"' not in str(await socket.recv()):
            pass
        await socket.send(WORDS)
        await socket.wait_closed()


def found_in(text: str, secrets: set[str]) -> set[str]:
    return {secret for secret in secrets if secret in text}


@pytest.mark.parametrize("terminal", [False, True])
async def test_nothing_planted_comes_up_in_output_log_or_metrics(tmp_path: Path, terminal: bool) -> None:
    settings = {
        "KRING_SECRET": SECRET,
        "KRING_METRICS_TOKEN": METRICS,
        "KRING_LOG": "debug",
        "KRING_TRUSTED_PROXIES": "127.0.0.1",
    }
    async with served(tmp_path, terminal=False, **settings) as serving:
        if terminal:
            await serving.stop()
    async with served(tmp_path, terminal=terminal, TERM="dumb", **settings) as serving:
        secrets = await plant(serving, tmp_path)
        planted = secrets | {SECRET, METRICS, NAME, WORDS, ADDRESS, *GUESSES}
        assert len(secrets) >= 5
        async with httpx2.AsyncClient(base_url=serving.base) as client:
            metrics = (await client.get("/metrics")).text
        await asyncio.sleep(0.3)  # the reader that drains has its say too
        assert await serving.stop() == 0
        assert found_in(metrics, planted) == set()
        assert found_in(serving.output, planted) == set()
        assert found_in(serving.errors, planted) == set()
        assert not re.search(r"127\.0\.0\.1", serving.errors)
        assert "kring_connections" in metrics
        assert "Kring runs at" in serving.output


def test_the_search_would_find_them() -> None:
    """Negative control."""
    assert found_in(f"INFO token={GUESSES[0]}", set(GUESSES)) == {GUESSES[0]}


async def test_an_error_of_the_database_does_not_quote_what_people_wrote(tmp_path: Path) -> None:
    async with site(tmp_path) as kring:
        with pytest.raises(IntegrityError) as raised:
            async with kring.house.database.write() as tx:
                await people.add(tx, "nobody", "nowhere", Role.GUEST, PersonName(NAME), now=0)
        assert NAME not in str(raised.value) + repr(raised.value)
