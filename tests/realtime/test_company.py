"""F7 in a live room: who is here and what they are doing reaches everybody, in every process, and in measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime import room
from realtime.awareness import FADE_MS
from realtime.company import MOMENTARY_BYTES
from realtime.presence import LEAVE_MS, NAMES, TELL_MS
from rooms.model import Role
from tests.realtime.browser import ROOM
from tests.realtime.house import House, house, turns


async def tended(built: House, hub: int = 0, times: int = 1) -> None:
    """What the room does by the clock, now; and what its whispers come to."""
    for _ in range(times):
        await built.room(hub=hub).tend_once()
        await turns()
        await built.room(hub=hub).tend_once()


async def test_f7_everybody_is_told_who_comes_and_after_five_seconds_who_went(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, els = await built.seated("anne"), await built.seated("els", Role.MODERATOR)
        await tended(built)
        built.clock.advance(1_000)
        await tended(built)
        assert anne.mirror.people == {"actor-anne": {"name": "Anne"}, "actor-els": {"name": "Els", "staff": True}}
        els.hang_up()
        built.clock.advance(LEAVE_MS - 1)
        await tended(built)
        assert anne.mirror.count == 2
        built.clock.advance(1)
        await tended(built)
        assert (anne.mirror.count, set(anne.mirror.people)) == (1, {"actor-anne"})


async def test_f7_differences_come_at_most_once_a_second(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        told = len(anne.heard("presence"))
        for n in range(20):
            await built.seated(f"person-{n}")
            built.clock.advance(100)
            await tended(built)
        built.clock.advance(1_000)
        await tended(built)
        assert len(anne.heard("presence")) - told <= 4
        assert anne.mirror.count == len(anne.mirror.people) == 21


async def test_f7_above_200_people_are_a_number_and_the_staff(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        els = await built.seated("els", Role.MODERATOR)
        crowd = [await built.seated(f"person-{n}") for n in range(NAMES)]
        built.clock.advance(1_000)
        await tended(built)
        assert (els.mirror.count, set(els.mirror.people)) == (NAMES + 1, {"actor-els"})
        assert set(crowd[-1].mirror.people) == {"actor-els"}
        for browser in crowd[:5]:
            browser.hang_up()
        built.clock.advance(LEAVE_MS)
        await tended(built)
        built.clock.advance(1_000)
        await tended(built)
        assert els.mirror.count == len(els.mirror.people) == NAMES - 4


async def test_f7_who_could_not_be_told_is_told_the_whole_later(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, slow = await built.seated("anne"), await built.seated("slow")
        await tended(built)
        slow.line.unsent = MOMENTARY_BYTES + 1
        await built.seated("bram")
        built.clock.advance(1_000)
        await tended(built)
        assert anne.mirror.count == 3
        slow.line.drain()
        assert slow.mirror.count == 2
        built.clock.advance(1_000)
        await tended(built)
        assert slow.mirror.people == anne.mirror.people
        assert slow.mirror.count == 3
        assert not built.room().company._uninformed


async def test_f7_two_processes_are_one_room(tmp_path: Path) -> None:
    async with house(tmp_path, processes=2) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram", hub=1)
        also = await built.seated("anne", hub=1)
        for _ in range(2):
            built.clock.advance(1_000)
            for hub in (0, 1):
                await tended(built, hub)
        assert anne.mirror.people == bram.mirror.people == also.mirror.people
        assert set(anne.mirror.people) == {"actor-anne", "actor-bram"}
        assert anne.mirror.count == bram.mirror.count == 2
        assert built.room().company.here() == 2
        also.hang_up()
        bram.hang_up()
        built.clock.advance(LEAVE_MS)
        for _ in range(2):
            for hub in (1, 0):
                await tended(built, hub)
            built.clock.advance(1_000)
        assert (anne.mirror.count, set(anne.mirror.people)) == (1, {"actor-anne"})


async def test_f7_a_process_that_died_is_forgotten(tmp_path: Path) -> None:
    async with house(tmp_path, processes=2) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram", hub=1)
        await tended(built, 1)
        built.clock.advance(1_000)
        await tended(built)
        assert anne.mirror.count == 2
        built.hubs[1]._lit[ROOM].task.cancel()
        await bram.until(lambda: bram.code)
        built.clock.advance(25_000)
        await tended(built, times=2)
        assert anne.mirror.count == 1


async def test_f7_typing_reaches_the_others_and_not_oneself(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, other, bram = await built.seated("anne"), await built.seated("anne"), await built.seated("bram")
        anne.send("whisper", room=ROOM, name="typing", data={"on": True})
        told = await bram.hear("whisper")
        assert (told["by"], told["name"], told["data"]) == ("actor-anne", "typing", {"on": True})
        assert not anne.heard("whisper")
        assert not other.heard("whisper")


async def test_f7_what_many_say_at_once_is_one_write_for_each(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        people = [await built.seated(f"person-{n}", binary=n % 2 == 0) for n in range(10)]
        await tended(built)
        built.clock.advance(1_000)
        writes = [len(browser.writes) for browser in people]
        for n, browser in enumerate(people):
            browser.send("whisper", room=ROOM, name="cursor", data={"x": n})
        for n, browser in enumerate(people):
            await browser.until(lambda b=browser: len(b.heard("whisper", name="cursor")) == 9)  # type: ignore[misc]
            assert {m["data"]["x"] for m in browser.heard("whisper")} == set(range(10)) - {n}
        assert max(len(b.writes) - w for b, w in zip(people, writes, strict=True)) <= 3


async def test_f7_more_than_five_typists_are_a_number_for_everybody(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        people = [await built.seated(f"person-{n}") for n in range(7)]
        witness = await built.seated("anne")
        for browser in people:
            browser.send("whisper", room=ROOM, name="typing", data={"on": True})
        told = await witness.until(lambda: witness.heard("whisper", by=""))
        assert told[-1]["data"] == {"count": 7}
        built.clock.advance(FADE_MS + 1)
        people[0].send("whisper", room=ROOM, name="typing", data={"on": True})
        await witness.hear("whisper", by="actor-person-0")


async def test_f7_somebody_far_behind_is_not_told_what_somebody_is_just_doing(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, slow, bram = await built.seated("anne"), await built.seated("slow"), await built.seated("bram")
        slow.line.unsent = MOMENTARY_BYTES + 1
        anne.send("whisper", room=ROOM, name="typing", data={"on": True})
        await bram.hear("whisper")
        assert not slow.heard("whisper")


async def test_f7_a_flood_of_whispers_wakes_no_flush(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "FLUSH_S", 0.0)
    async with house(tmp_path) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        await tended(built)
        flushes = built.room().flushes
        for n in range(10):
            anne.send("whisper", room=ROOM, name="cursor", data={"x": n})
            await bram.until(lambda n=n: bram.heard("whisper", data={"x": n}))  # type: ignore[misc]
            built.clock.advance(100)
        assert built.room().flushes - flushes <= 1


async def test_c9_a_whisper_of_another_version_is_passed_over(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for body in (b"", b"\xc1", b"\x81\xa1t\xa5later"):
            await built.hub.journal.whisper(ROOM, body)
        await anne.ok(anne.post())


async def test_f7_the_whole_part_is_told_every_ten_seconds(tmp_path: Path) -> None:
    async with house(tmp_path, processes=2) as built:
        anne = await built.seated("anne")
        await tended(built)
        late = await built.seated("bram", hub=1)
        assert set(late.mirror.people) == {"actor-bram"}
        built.clock.advance(TELL_MS)
        await tended(built)
        await tended(built, 1)
        assert set(late.mirror.people) == {"actor-anne", "actor-bram"}
        assert anne.code is None
