"""J2, J3, C2, C5, C6: every wish gets one answer, and only after it is known; or `retry`, and a resend counts once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from realtime.batch import Counted, Declined
from realtime.journal import Position
from realtime.projection import Bounds
from rooms.model import Role
from tests.journal.adverse import Faults, World
from tests.kinds import small
from tests.realtime.browser import ROOM, Browser
from tests.realtime.faults import adverse, hearing, texts
from tests.realtime.gatekeeper import KEY
from tests.realtime.house import House, eventually, house, steps, turns

# --- busy -----------------------------------------------------------------------------------------------


async def test_c6_a_full_inbox_says_busy(tmp_path: Path) -> None:
    async with house(tmp_path, inbox=5) as built:
        anne = await built.seated("anne")
        ids = [anne.post(f"{n}") for n in range(12)]
        answers = [await anne.answer(id) for id in ids]
        busy = [a for a in answers if a["t"] == "refused"]
        assert {(a["reason"], a["retry"]) for a in busy} == {("busy", True)}
        assert all(a["facts"]["retry_ms"] > 0 for a in busy)
        assert len(busy) == 7
        for id, answer in zip(ids, answers, strict=True):
            if answer in busy:
                await anne.answer(anne.do({"t": "chat.post", "text": "opnieuw"}, id=id))
        await anne.until(lambda: len(anne.mirror.texts()) >= 10)


# --- fault ------------------------------------------------------------------------------------------------


async def test_c5_a_kind_that_raises_refuses_that_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide = small.decide

    def faulty(records: Any, command: Any, stamp: Any) -> Any:
        if isinstance(command, small.Ask) and "fout" in command.text:
            raise ZeroDivisionError("by somebody's words")
        return decide(records, command, stamp)

    monkeypatch.setattr(small, "decide", faulty)
    async with house(tmp_path, kind="small") as built:
        with capture_logs() as logs:
            anne, bram = await built.seated("anne"), await built.seated("bram")
            good = [anne.do({"t": "small.ask", "text": "goed"}), bram.do({"t": "small.ask", "text": "ook"})]
            bad = anne.do({"t": "small.ask", "text": "fout"})
            last = anne.do({"t": "small.ask", "text": "weer goed"})
            refused = await anne.refused(bad)
            assert (refused["reason"], refused.get("retry", False)) == ("fault", False)
            for browser, id in ((anne, good[0]), (bram, good[1]), (anne, last)):
                await browser.ok(id)
        assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["kind.fault"]
        assert built.live()


async def test_c5_a_kind_whose_evolve_raises_refuses_that_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evolve = small.evolve

    def faulty(records: Any, event: Any) -> Any:
        if isinstance(event, small.Asked) and "fout" in event.text:
            raise KeyError("half done")
        return evolve(records, event)

    monkeypatch.setattr(small, "evolve", faulty)
    async with house(tmp_path, kind="small") as built:
        anne = await built.seated("anne")
        bad, good = anne.do({"t": "small.ask", "text": "fout"}), anne.do({"t": "small.ask", "text": "goed"})
        assert (await anne.refused(bad))["reason"] == "fault"
        await anne.ok(good)
        assert len([r for r in anne.mirror.records.values() if r["t"] == "small.receipt"]) == 1


# --- full ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bounds", "fact"), [(Bounds(written=6), "most"), (Bounds(bytes=1_200), "most_bytes")], ids=["records", "bytes"]
)
async def test_c6_a_room_that_is_full_says_so_and_goes_on(tmp_path: Path, bounds: Bounds, fact: str) -> None:
    async with house(tmp_path, bounds=bounds) as built:
        anne = await built.seated("anne")
        answers = [await anne.answer(anne.post("x" * 100)) for _ in range(12)]
        refused = [a for a in answers if a["t"] == "refused"]
        assert refused
        assert {a["reason"] for a in refused} == {"full"}
        assert all(fact in a["facts"] for a in refused)
        assert not any(a.get("retry") for a in refused)
        record = next(id for id, r in anne.mirror.records.items() if r["t"] == "chat.message")
        await anne.ok(anne.do({"t": "chat.delete", "message": record}))
        await anne.ok(anne.post("x" * 50))


# --- stale, once ----------------------------------------------------------------------------------------------


async def test_c2_what_was_made_below_the_floor_is_stale(tmp_path: Path) -> None:
    async with house(tmp_path, bounds=Bounds(keys=5)) as built:
        anne = await built.seated("anne")
        old = anne.mirror.seq
        first = anne.post("Eerste.")
        await anne.ok(first)
        for n in range(8):
            await anne.ok(anne.post(f"{n}"))
        again = await built.seated("anne")
        resent = again.do({"t": "chat.post", "text": "Eerste."}, id=first, seq=old)
        refused = await again.refused(resent)
        assert (refused["reason"], refused.get("retry", False)) == ("stale", False)
        assert again.mirror.texts().count("Eerste.") == 1


async def test_c2_control_with_room_for_its_key_it_is_known(tmp_path: Path) -> None:
    async with house(tmp_path, bounds=Bounds(keys=50)) as built:
        anne = await built.seated("anne")
        old = anne.mirror.seq
        first = anne.post("Eerste.")
        seq = (await anne.ok(first))["seq"]
        for n in range(8):
            await anne.ok(anne.post(f"{n}"))
        again = await built.seated("anne")
        assert (await again.ok(again.do({"t": "chat.post", "text": "Eerste."}, id=first, seq=old)))["seq"] >= seq
        assert again.mirror.texts().count("Eerste.") == 1


async def test_c2_sent_many_times_at_once_it_counts_once(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, other = await built.seated("anne"), await built.seated("anne")
        for _ in range(5):
            anne.do({"t": "chat.post", "text": "Eens."}, id="the-one")
            other.do({"t": "chat.post", "text": "Eens."}, id="the-one")
        await anne.until(lambda: sum(m["ids"].count("the-one") for m in anne.heard("done")) == 5)
        await other.ok("the-one")
        assert anne.mirror.texts() == ["Eens."]


async def test_c2_a_wish_that_is_true_already_is_remembered_too(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        els = await built.seated("els", Role.MODERATOR)
        await els.ok(els.post("Vast."))
        record = next(id for id, r in els.mirror.records.items() if r["t"] == "chat.message")
        made = els.mirror.seq
        await els.ok(els.do({"t": "chat.pin", "message": record, "on": True}))
        await els.ok(els.do({"t": "chat.pin", "message": record, "on": True}, id="again"))
        await els.ok(els.do({"t": "chat.pin", "message": record, "on": False}))
        await els.ok(els.do({"t": "chat.pin", "message": record, "on": True}, id="again", seq=made))
        await eventually(lambda: els.mirror.seq == built.room().projection.seq)
        assert not els.mirror.records[record].get("pinned")


async def test_c2_a_process_behind_catches_up_before_it_decides() -> None:
    """A command made at a position that this process hasn't reached is decided on that position or a later one."""
    world = World(seed=3)
    async with adverse(world, processes=2) as built:
        hears = hearing(built.journals[1])
        anne, there = await built.seated("anne"), await built.seated("anne", hub=1)
        hears.clear()
        first = anne.post("Bij de een.")
        await anne.ok(first)
        assert anne.mirror.seq > built.room(hub=1).projection.seq, "the other process is behind"
        append, tried = built.journals[1].append, []

        async def counted(*args: Any) -> Position:
            tried.append(args)
            return await append(*args)

        built.journals[1].append = counted  # type: ignore[assignment, method-assign]
        await there.answer(there.do({"t": "chat.post", "text": "Bij de een."}, id=first, seq=anne.mirror.seq))
        assert texts(world, built) == ["Bij de een."]
        assert not tried, "it knew"


# --- the server's own --------------------------------------------------------------------


async def test_c8_a_command_of_the_server_s_own_counts_once(tmp_path: Path) -> None:
    from rooms.lifecycle import Close

    async with house(tmp_path) as built:
        verdicts = [await built.hub.command(ROOM, "chat", KEY, Close(), "close") for _ in range(2)]
        assert all(isinstance(v, Counted) for v in verdicts)
        anne = await built.seated("anne")
        assert anne.mirror.records["room"]["state"] == "closed"
        assert (await anne.refused(anne.post()))["reason"] == "closed"
        late = await built.hub.command(ROOM, "chat", KEY, Close(), "close again")
        assert isinstance(late, Declined)


async def ring(built: House, *, busy: bool) -> tuple[Browser, int]:
    """A round of a second, in a room where somebody always talks; how often it ended."""
    els = await built.seated("els", Role.MODERATOR)
    await els.ok(els.do({"t": "small.start", "ms": 1_000}))
    await els.until(lambda: "clock" in els.mirror.records)
    await built.room().tend_once()
    await turns()
    assert "clock" in els.mirror.records, "not before its time"
    built.clock.advance(1_000)
    for _ in range(5):
        if busy:
            els.do({"t": "small.ask", "text": "En nu?"})
        await built.room().tend_once()
    await els.until(lambda: "clock" not in els.mirror.records)
    await turns()
    box = built.room().projection.records[small.BOX]
    assert isinstance(box, small.Box)
    return els, box.rounds


@pytest.mark.parametrize("busy", [False, True])
async def test_c8_a_timer_s_command_comes_once_and_not_before_its_time(
    tmp_path: Path, busy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.company.STIR_S", 600.0)
    async with house(tmp_path, kind="small") as built:
        _, rounds = await ring(built, busy=busy)
        assert rounds == 1


async def test_c8_two_processes_ring_once(tmp_path: Path) -> None:
    async with house(tmp_path, kind="small", processes=2) as built:
        els, there = await built.seated("els", Role.MODERATOR), await built.seated("bram", hub=1)
        await els.ok(els.do({"t": "small.start", "ms": 1_000}))
        await there.until(lambda: "clock" in there.mirror.records)
        built.clock.advance(1_000)
        await asyncio.gather(*(built.room(hub=n).tend_once() for n in range(2)))
        await els.until(lambda: "clock" not in els.mirror.records)
        await turns(100)
        box = built.room().projection.records[small.BOX]
        assert isinstance(box, small.Box)
        assert box.rounds == 1


async def test_nobody_waits_for_a_room_that_goes_dark(tmp_path: Path) -> None:
    """Whatever is under way when a room ends is told `retry`."""
    world = World(seed=1)
    async with adverse(world, patience=lambda: steps(10**9)) as built:
        from rooms.lifecycle import Lock

        world.faults = Faults(unstored=1)
        waiting = [asyncio.create_task(built.hub.command(ROOM, "chat", KEY, Lock(), f"lock-{n}")) for n in range(3)]
        await turns()
        built.clock.advance(3_600_000)
        built.hub.sweep()
        async with asyncio.timeout(2):
            verdicts = await asyncio.gather(*waiting)
        assert all(isinstance(v, Declined) and v.reason == "retry" for v in verdicts)


async def test_a_fault_in_the_work_itself_ends_the_room_not_the_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as built:
        built.gate.rooms["other"] = "chat"
        await built.opened("other")
        anne, bram = await built.seated("anne"), await built.seated("bram", room="other")

        def fault(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(built.room().projection, "plan", fault)
        with capture_logs() as logs:
            anne.post()
            await anne.until(lambda: anne.code)
        assert anne.heard("bye")[0]["code"] == 4000
        assert [entry["event"] for entry in logs] == ["room.failed"]
        await bram.ok(bram.do({"t": "chat.post", "text": "Hier niets."}, room="other"))
        back = await built.seated("anne")
        await back.ok(back.post())
