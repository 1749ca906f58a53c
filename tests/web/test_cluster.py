"""J6, J8, J9: servers that share a Redis and a database are one Kring: nobody notices which of them they are at."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
from redis.asyncio import Redis

from persistence.gate import DatabaseGate
from persistence.secrets import FOLDER
from realtime.client import Client, Closed, Done, Room, connect
from realtime.journal import Position
from tests.web.site import Site, said, site

SOON_S = 10.0


@asynccontextmanager
async def cluster(directory: Path, url: str, servers: int = 2) -> AsyncIterator[list[Site]]:
    """So many servers, with an empty Redis to themselves."""
    async with Redis.from_url(url) as client:
        await client.flushall()
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(site(directory, redis_url=url)) for _ in range(servers)]


async def client_of(stack: AsyncExitStack, kring: Site, browser: httpx2.AsyncClient) -> Client:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url = kring.base.replace("http", "ws", 1) + "/ws"
    return await stack.enter_async_context(connect(url, cookie=cookie, origin=kring.base))


async def guest_of(stack: AsyncExitStack, kring: Site, name: str) -> Room:
    browser = await stack.enter_async_context(kring.guest(name))
    return await (await client_of(stack, kring, browser)).join(kring.room)


async def until(room: Room, seen: Callable[[Room], bool]) -> None:
    changes = room.changes()
    async with asyncio.timeout(SOON_S):
        while not seen(room):
            await anext(changes)


def texts(room: Room) -> list[str]:
    messages = [record for record in room.records.values() if record["t"] == "chat.message"]
    return [str(record["text"]) for record in sorted(messages, key=lambda record: int(str(record["n"])))]


async def post(room: Room, text: str) -> None:
    assert isinstance(await room.do({"t": "chat.post", "text": text}), Done)


async def test_two_servers_are_one_room(tmp_path: Path, redis_url: str) -> None:
    async with cluster(tmp_path, redis_url) as (one, other), AsyncExitStack() as stack:
        anne = await guest_of(stack, one, "Anne")
        bram = await guest_of(stack, other, "Bram")
        for nth in range(5):
            await post(anne, f"anne {nth}")
            await post(bram, f"bram {nth}")
        said = [f"{name} {nth}" for nth in range(5) for name in ("anne", "bram")]
        for room in (anne, bram):
            await until(room, lambda room: texts(room) == said)
        assert dict(anne.records) == dict(bram.records)


async def test_f7_who_is_here_is_known_at_every_server(tmp_path: Path, redis_url: str) -> None:
    async with cluster(tmp_path, redis_url) as (one, other), AsyncExitStack() as stack:
        browser = await stack.enter_async_context(one.guest("Anne"))
        anne = await stack.enter_async_context(one.socket(browser))
        await said(anne, t="hello")
        joined = await said(anne, t="join", id="1", room=one.room)
        assert joined["presence"]["count"] == 1  # type: ignore[index]
        await guest_of(stack, other, "Bram")
        async with asyncio.timeout(SOON_S):
            while True:
                told = msgspec.json.decode(await anne.recv(), type=dict[str, Any])
                if told["t"] == "presence" and told["count"] == 2:
                    break
        assert "Bram" in [who["name"] for who in told["put"].values()]


async def test_j8_a_redis_that_forgets_everything_is_told_again(tmp_path: Path, redis_url: str) -> None:
    """What the database has by then comes from there, the rest from the servers; nobody sees anything go."""
    assert await _lost_when_forgotten(tmp_path, redis_url) == 0


async def test_control_when_the_database_does_not_help_words_are_gone(
    tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def restores_nothing(gate: DatabaseGate, room: str, head: Position) -> bool:
        return False

    monkeypatch.setattr(DatabaseGate, "restore", restores_nothing)
    assert await _lost_when_forgotten(tmp_path, redis_url) > 0


async def _lost_when_forgotten(directory: Path, url: str) -> int:
    """How many of the words at two servers are gone for somebody, when their Redis forgets everything."""
    async with cluster(directory, url) as (one, other), AsyncExitStack() as stack:
        anne = await guest_of(stack, one, "Anne")
        bram = await guest_of(stack, other, "Bram")
        words = [f"{nth}" for nth in range(12)]
        for nth, text in enumerate(words):
            await post(anne if nth % 2 else bram, text)
            if nth == 6:
                await drained([one, other])
        for room in (anne, bram):
            await until(room, lambda room: texts(room) == words)
        async with Redis.from_url(url) as client:
            await client.flushall()
        for nth, room in enumerate((bram, anne)):
            words.append(f"after {nth}")
            if not isinstance(await room.do({"t": "chat.post", "text": words[-1]}), Done):
                return len(words)  # the room is not even open any more
        for room in (anne, bram):
            await until(room, lambda room: texts(room)[-1:] == words[-1:])
        found = [texts(room) for room in (anne, bram, await guest_of(stack, other, "Cees"))]
        counted = sum(each.house.hub.stats().lost_entries for each in (one, other))
        return max(len(set(words) - set(texts)) for texts in found) or counted


async def drained(servers: list[Site]) -> None:
    """What was said is in the database, and in no server's memory only for that it might not be."""
    for each in servers:
        await each.house.drain.finish()
    for each in servers:
        await each.house.hub._lit[each.room].room.tend_once()


async def test_j9_what_somebody_may_changes_at_every_server(tmp_path: Path, redis_url: str) -> None:
    async with cluster(tmp_path, redis_url) as (one, other), AsyncExitStack() as stack:
        browser = await stack.enter_async_context(other.guest("Bram"))
        client = await client_of(stack, other, browser)
        bram = await client.join(other.room)
        async with one.browser() as elsewhere:
            elsewhere.cookies = browser.cookies
            answer = await elsewhere.post("/api/sign-out")
            assert answer.status_code < 300, answer.text
        async with asyncio.timeout(SOON_S):
            with pytest.raises(Closed):
                await _never(bram)


async def _never(room: Room) -> None:
    """Until it ends."""
    async for _ in room.changes():
        pass


async def test_a_server_that_does_not_hear_the_others_is_not_ready(tmp_path: Path, redis_url: str) -> None:
    async with cluster(tmp_path, redis_url, 1) as (kring,), kring.browser() as browser:
        assert (await browser.get("/readyz")).status_code == 200
        kring.house.journal._subscription.hearing = False  # type: ignore[attr-defined]
        answer = await browser.get("/readyz")
        assert (answer.status_code, answer.json()["journal"]) == (503, False)


async def test_a_young_secret_may_be_of_a_room_that_another_server_is_about_to_make(
    tmp_path: Path, redis_url: str
) -> None:
    async with cluster(tmp_path, redis_url, 1) as (one,):
        one.house.secrets.make("room-to-be")
        async with site(tmp_path, redis_url=redis_url) as other:
            assert other.house.secrets.has("room-to-be")
        os.utime(tmp_path / FOLDER / "room-to-be", (0, 0))
        async with site(tmp_path, redis_url=redis_url) as other:
            assert not other.house.secrets.has("room-to-be")
