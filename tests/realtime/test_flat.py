"""C6, F5, F6: memory stays flat however long people talk, and joining costs what is there, not what was."""

from __future__ import annotations

import gc
import time
import tracemalloc
from pathlib import Path

import pytest

from realtime.journal import UNBORN
from realtime.projection import Projection
from rooms.kinds.chat import WINDOW
from rooms.model import Role
from tests.realtime.browser import ROOM, Browser
from tests.realtime.house import House, house, turns

TEXT = "Tien duizend berichten van ongeveer een kilobyte. " * 20
FLAT_BYTES = 5 * 1024 * 1024


async def say(built: House, browser: Browser, count: int, *, drain: bool) -> None:
    for done in range(0, count, 50):
        ids = [browser.post(TEXT) for _ in range(50)]
        for id in ids:
            await browser.ok(id)
        browser.messages.clear()
        browser.writes.clear()
        browser.line.writes.clear()
        browser.mirror.records.clear()
        built.clock.advance(1_000)
        if drain:
            await built.archive.drain(checkpoint=done % 1_000 == 0)
            built.archive.copy(ROOM)[1].clear()  # a database keeps them elsewhere
        await built.room().tend_once()


def held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def grown(built: House, count: int, *, drain: bool = True) -> int:
    """Bytes more in memory after so many messages, once the window and what goes with it are full."""
    anne = await built.seated("anne")
    await say(built, anne, 2_000, drain=drain)
    tracemalloc.start()
    try:
        before = held()
        await say(built, anne, count, drain=drain)
        return held() - before
    finally:
        tracemalloc.stop()


@pytest.mark.slow
async def test_c6_memory_stays_flat_over_ten_thousand_messages(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        assert abs(await grown(built, 8_000)) < FLAT_BYTES
        assert len(built.room().projection.records) <= WINDOW + 2


@pytest.mark.slow
async def test_control_without_draining_memory_grows(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        assert await grown(built, 4_000, drain=False) > FLAT_BYTES


async def join_ms(built: House, room: str) -> tuple[float, int]:
    """The fastest of some joins by somebody new, and how many records it brought."""
    best, brought = 1e9, 0
    for n in range(15):
        browser = await built.welcomed(f"new-{room}-{n}")
        began = time.perf_counter()
        brought = len((await browser.join(room))["put"])
        best = min(best, (time.perf_counter() - began) * 1_000)
        browser.hang_up()
    return best, brought


async def fill(built: House, room: str, count: int) -> None:
    projection = Projection(built.kinds["chat"])
    await built.opened(room)
    journal = built.hub.journal
    for entry in (await journal.read(room, UNBORN)).entries:
        projection.apply(entry)
    browser = await built.seated("anne", room=room)
    for start in range(0, count, 60):
        ids = [browser.do({"t": "chat.post", "text": f"{n}"}, room=room) for n in range(start, min(start + 60, count))]
        for id in ids:
            await browser.ok(id)
        built.clock.advance(1_000)
        await built.archive.drain(room)
        await built.room(room).tend_once()
    browser.hang_up()


async def test_c6_joining_is_as_fast_as_in_a_room_that_holds_just_one_window(tmp_path: Path) -> None:
    async with house(tmp_path, open=False) as built:
        built.gate.rooms |= {"young": "chat", "old": "chat"}
        await fill(built, "young", WINDOW)
        await fill(built, "old", 6 * WINDOW)
        young, few = await join_ms(built, "young")
        old, many = await join_ms(built, "old")
        assert (few, many) == (WINDOW + 1, WINDOW + 1)
        assert old < 2 * young + 2


async def test_control_with_all_of_its_history_joining_takes_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, open=False) as built:
        built.gate.rooms |= {"young": "chat", "old": "chat"}
        await fill(built, "young", WINDOW)
        monkeypatch.setattr("rooms.kinds.chat.WINDOW", 10**6)
        await fill(built, "old", 6 * WINDOW)
        young, _ = await join_ms(built, "young")
        old, many = await join_ms(built, "old")
        assert many == 6 * WINDOW + 1
        assert old > 2 * young + 2


async def test_people_who_come_and_go_leave_nothing_behind(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        witness = await built.seated("vera")
        for n in range(60):
            browser = await built.seated(f"guest-{n}", Role.GUEST)
            browser.post()
            browser.send("whisper", room=ROOM, name="typing", data={"on": True})
            await turns(3)
            browser.hang_up()
        built.clock.advance(30_000)
        await witness.ok(witness.post())
        await built.room().tend_once()
        live = built.room()
        assert built.hub.stats().connections == built.hub.stats().seats == 1
        assert len(built.hub._of_person) == len(live._viewers) == 1
        assert len(live.audiences._of_actors) == 1
        assert not live.company._uninformed
        assert len(live.company._presence._own) == 1
        assert not built.hub._short


async def test_a_thousand_who_leave_at_once_cost_what_they_are(tmp_path: Path) -> None:
    """Leaving looks at nobody else: no cost that grows with the square of who is there."""
    async with house(tmp_path) as built:
        people = [await built.seated(f"person-{n}") for n in range(600)]
        began = time.perf_counter()
        built.hub.drain()
        assert time.perf_counter() - began < 1.0
        assert all(browser.code for browser in people)
        assert built.hub.stats().seats == 0
