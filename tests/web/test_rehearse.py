"""Rehearsing on a whole server: every message acknowledged and seen once, and whatever is not so told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.client import Done, Room, connect
from rooms.model import Role
from tests.realtime.proxy import Proxy
from tests.web.site import Site, site
from web.conversations import parse
from web.conversations.synthetic import synthetic_day
from web.rehearsal import Door, DoorClosed, Progress, Rehearsal, Seen, Talk, rehearse
from web.rehearsal.observer import Observer
from web.rehearsal.report import compare, spread

TALK = """[09:00] <noor> een
[09:00] <sam> twee
[09:00] <noor> drie
[09:01] <sam> vier
=== noor is now known as noor|weg
[09:02] <noor|weg> vijf
[09:02] <leeg>
"""


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as built:
        yield built


def door(circle: Site, *, code: str | None = None) -> Door:
    return Door(circle.base, code or circle.code, "nl")


def talk(text: str = TALK, limit: int | None = None) -> Talk:
    return Talk(parse(text), limit)


async def said(circle: Site) -> list[tuple[str, str]]:
    """Name and text of every message, as somebody new is shown them."""
    async with entered(circle, "Later") as room:
        messages = [record for record in room.records.values() if record["t"] == "chat.message"]
    return [(str(m["name"]), str(m["text"])) for m in sorted(messages, key=lambda m: int(str(m["n"])))]


# ---- what is said --------------------------------------------------------------------------------------------------


async def test_a_conversation_is_said_once_by_a_client_per_speaker(circle: Site) -> None:
    heard: list[int] = []
    report = await rehearse(talk(), door(circle), watch=lambda progress: heard.append(progress.acknowledged))
    assert report.complete
    assert (report.speakers, report.nicks) == (2, 3), "a rename keeps its client"
    assert (report.acts, report.sent, report.acknowledged, report.observed.seen) == (5, 5, 5, 5)
    assert report.unknown == report.resent == report.reconnects == report.status_lines - 1 == 0
    assert [(dropped.reason, dropped.count) for dropped in report.dropped] == [("empty", 1)]
    assert heard[-1] == 5
    assert heard == sorted(heard)
    everything = await said(circle)
    assert [text for name, text in everything if name == "noor"] == ["een", "drie", "vijf"]
    assert [text for name, text in everything if name == "sam"] == ["twee", "vier"]


async def test_a_synthetic_day_as_fast_as_acknowledged(circle: Site) -> None:
    report = await rehearse(talk(synthetic_day(150, 12)), door(circle))
    assert report.complete
    assert report.speakers == 12
    assert report.until_acknowledged is not None
    assert report.until_seen is not None
    assert 0 < report.until_acknowledged.p50 <= report.until_acknowledged.p95 <= report.until_acknowledged.p99
    assert report.rate == 150 / report.seconds


async def test_the_recorded_pace_and_its_multiple(circle: Site) -> None:
    """Two minutes at 600 times the pace are a fifth of a second; as fast as acknowledged is the negative control."""
    script = talk()
    assert script.recording.length_ms == 120_000
    paced = await rehearse(script, door(circle), speed=600.0)
    assert paced.complete
    assert paced.seconds >= 0.2
    assert [text for _, text in await said(circle)] == ["een", "twee", "drie", "vier", "vijf"]
    assert (await rehearse(script, door(circle))).seconds < 0.2


async def test_only_so_many(circle: Site) -> None:
    report = await rehearse(talk(limit=2), door(circle))
    assert report.complete
    assert (report.acts, report.speakers) == (2, 2)


async def test_a_second_rehearsal_goes_by_other_names_and_sees_only_itself(circle: Site) -> None:
    assert (await rehearse(talk(), door(circle))).complete
    assert (await rehearse(talk(), door(circle))).complete
    assert {name for name, _ in await said(circle)} == {"noor", "sam", "noor 2", "sam 2"}


# ---- when it is not so ---------------------------------------------------------------------------------------------


async def test_refusals_are_told_with_their_reason(circle: Site) -> None:
    async with circle.signed_in(Role.MODERATOR) as browser:
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    async with connect(door(circle).socket_url, cookie=cookie, origin=circle.base) as client:
        room = await client.join(circle.room)
        assert isinstance(await room.do({"t": "room.lock"}), Done)
        report = await rehearse(talk(), door(circle))
    assert not report.complete
    assert report.refused == {"locked": 5}
    assert (report.sent, report.acknowledged, report.unknown) == (5, 0, 0)


async def test_a_server_that_says_nothing_more_is_given_up(circle: Site) -> None:
    async with Proxy.open(int(circle.base.rpartition(":")[2])) as proxy:

        def stop_after_two(progress: Progress) -> None:
            if progress.acknowledged == 2:
                for pair in proxy.pairs:
                    pair.up.clear()

        far = Door(f"http://127.0.0.1:{proxy.port}", circle.code, "nl")
        report = await rehearse(talk(), far, watch=stop_after_two, patience_s=0.3)
    assert not report.complete
    assert report.acknowledged == 2
    assert report.unknown == report.sent - 2 > 0


async def test_what_the_observer_missed_it_looks_up(circle: Site) -> None:
    async with entered(circle, "Watcher") as room, entered(circle, "Speaker") as mine:
        observer = Observer(room, {mine.you[0]}, asyncio.get_running_loop().time)
        for nth in range(8):
            await mine.do({"t": "chat.post", "text": str(nth)})
        while room.seq < mine.seq:
            await anext(room.changes())
        observer._changes = room.changes()
        async with asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(observer.watch())
            await mine.do({"t": "chat.post", "text": "8"})
            await observer.until(1, 5.0)
            assert observer.count == 1, "negative control: without looking it up most of it is missing"
            await observer.look_up()
            watch.cancel()
    (sights,) = observer.by_speaker().values()
    assert [sight.text for sight in sights] == [str(nth) for nth in range(9)]
    assert [sight.at is None for sight in sights] == [True] * 8 + [False]


@asynccontextmanager
async def entered(circle: Site, name: str) -> AsyncIterator[Room]:
    entrance = await door(circle).enter(name)
    async with connect(door(circle).socket_url, cookie=entrance.cookie, origin=circle.base) as client:
        yield await client.join(entrance.room)


def test_the_comparison_notices_what_is_missing_doubled_and_moved() -> None:
    assert compare(["a", "b", "a"], ["a", "b", "a"]) == Seen(3, 0, 0, 0)
    assert compare(["a", "b", "a"], ["a", "b"]) == Seen(2, 1, 0, 0)
    assert compare(["a", "b"], ["a", "b", "b"]) == Seen(2, 0, 1, 0)
    assert compare(["a", "b"], ["b", "a"]) == Seen(2, 0, 0, 2)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_only_the_same_in_the_same_order_is_without_remark(one: list[str], other: list[str]) -> None:
    found = compare(one, other)
    assert (found == Seen(len(one), 0, 0, 0)) == (one == other)
    assert found.seen + found.missing == len(one)
    assert found.seen + found.extra == len(other)


def test_percentiles_are_of_what_was_measured() -> None:
    found = spread([nth / 1_000 for nth in range(100, 0, -1)])
    assert found is not None
    assert (round(found.p50), round(found.p95), round(found.p99)) == (50, 95, 99)
    assert spread([]) is None


# ---- the door ------------------------------------------------------------------------------------------------------


async def test_a_wrong_code_is_told_in_ones_language(circle: Site) -> None:
    with pytest.raises(DoorClosed) as closed:
        await rehearse(talk(), door(circle, code="AAAAAA"))
    assert closed.value.reason == "wrong_code"
    assert closed.value.text.startswith("Deze code")


async def test_nobody_there(circle: Site) -> None:
    async with Proxy.open(1) as proxy:
        with pytest.raises(DoorClosed) as closed:
            await rehearse(talk(), Door(f"http://127.0.0.1:{proxy.port}", "AAAAAA", "nl"))
    assert closed.value.reason == "unreachable"


@pytest.mark.parametrize("url", ["ftp://x", "http://", "mailto:somebody"])
def test_no_address(url: str) -> None:
    with pytest.raises(DoorClosed) as closed:
        Door(url, "AAAAAA", "nl")
    assert closed.value.reason == "not_kring"


async def test_something_else_answers() -> None:
    for answer in (b"HTTP/1.1 200 OK", b"HTTP/1.1 404 Not Found"):
        async with answering(answer + b"\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello") as port:
            with pytest.raises(DoorClosed) as closed:
                await Door(f"http://127.0.0.1:{port}", "AAAAAA", "nl").enter("noor")
        assert closed.value.reason == "not_kring"


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[int]:
    """The port of a server that says one thing to everybody."""

    async def say_it(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(say_it, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_one_who_cannot_come_in_ends_it_for_all(circle: Site) -> None:
    """Nothing is left running, and what is raised is the reason, not a group of them."""
    script, before = talk(synthetic_day(60, 30)), asyncio.all_tasks()
    entering = Rehearsal(script, door(circle), lambda progress: None, 5.0)
    for actor in list(entering.cast.values())[-3:]:
        actor.speaker = type(actor.speaker)(actor.speaker.id, "\u200b", ("nobody",))
    with pytest.raises(DoorClosed) as closed:
        await entering.run(None, "Observer")
    assert closed.value.reason == "name_empty"
    assert not {task for task in asyncio.all_tasks() - before if "ehears" in str(task.get_coro())}
