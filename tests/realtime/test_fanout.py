"""F1–F6: everybody is told what they missed, once encoded, in order, however slow they are."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime import fanout, frames, room
from realtime.connection import BUFFERED, HOPELESS_MS
from realtime.fanout import Flush, _rounded
from realtime.frames import PART_BYTES
from realtime.seat import Seat
from realtime.wire import CLOSE_CODES, CloseCode
from rooms.model import Role
from tests.realtime.browser import ROOM, Browser, Message, Mirror
from tests.realtime.house import House, eventually, house, turns

# --- F2: batches and the frame clock -----------------------------------------------------------------


async def talk(built: House, people: int, each: int) -> tuple[int, int]:
    """Everybody says so much at once: how many commands, how many entries they became."""
    browsers = [await built.seated(f"person-{n}") for n in range(people)]
    before = built.room().projection.seq
    ids = [(browser, browser.post(f"{n}")) for n in range(each) for browser in browsers]
    for browser, id in ids:
        await browser.ok(id)
    return len(ids), built.room().projection.seq - before


async def test_f2_while_a_commit_is_under_way_the_next_batch_gathers(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        commands, entries = await talk(built, 10, 30)
        assert commands == 300
        assert entries <= 12


async def test_control_without_gathering_each_command_is_an_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.work.BATCH", 1)
    async with house(tmp_path) as built:
        commands, entries = await talk(built, 10, 5)
        assert entries == commands


async def flushes_per_entry(built: House) -> float:
    """One command after the other, as fast as they are stored."""
    anne = await built.seated("anne")
    live = built.room()
    flushes, seq = live.flushes, live.projection.seq
    while live.projection.seq < seq + 100:
        anne.post()
        await eventually(lambda: anne.connection.in_flight == 0)
        built.clock.advance(20)
    return (live.flushes - flushes) / 100


async def test_f2_a_busy_room_flushes_at_most_every_16_ms(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        began = asyncio.get_running_loop().time()
        flushes = 100 * await flushes_per_entry(built)
        took = asyncio.get_running_loop().time() - began
        assert flushes <= took / room.FLUSH_S + 3


async def test_control_without_the_clock_every_entry_is_a_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FLUSH_S", 0.0)
    monkeypatch.setattr(room, "GATHER_S", 0.0)
    async with house(tmp_path) as built:
        assert await flushes_per_entry(built) > 0.8


async def test_f2_an_idle_room_flushes_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "FLUSH_S", 0.4)
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        await asyncio.sleep(1.0)  # not for a state: the room has to have been idle for so long
        await anne.answer(anne.post(), seconds=0.2)
        with pytest.raises(TimeoutError):  # the control: a moment after a flush it waits
            await anne.answer(anne.post(), seconds=0.2)


# --- F2, F4: parts ------------------------------------------------------------------------------------


async def a_long_change(built: House) -> list[int]:
    """Somebody missed 200 KB; the sizes of the frames that bring it."""
    anne, bram = await built.seated("anne"), await built.seated("bram")
    bram.line.stuck, bram.line.unsent = True, BUFFERED + 1
    for n in range(60):
        await anne.ok(anne.post(f"{n:02}" + "x" * 1_990))
        if n % 10 == 9:
            anne.send("ping")
    assert not bram.heard("change")
    bram.line.drain()
    await bram.until(lambda: len(bram.mirror.texts()) == 60)
    parts = [m for m in bram.messages if m["t"] == "change" and len(m.get("put", {})) > 1]
    assert ["seq" in part for part in parts] == [False] * (len(parts) - 1) + [True], "the position is in the last"
    assert len({id for part in parts for id, r in part["put"].items() if r["t"] == "chat.message"}) == 60
    return [len(str(part)) for part in parts]


async def test_f2_a_change_above_64_kib_leaves_in_parts(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        sizes = await a_long_change(built)
        assert len(sizes) >= 2
        assert max(sizes) < PART_BYTES * 1.3


async def test_control_without_parts_it_is_one_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PART_BYTES", 10**9)
    async with house(tmp_path) as built:
        assert len(await a_long_change(built)) == 1


# --- F3: a number instead of a queue -------------------------------------------------------------------


@given(st.integers(0, 2**40), st.integers(0, 2**20), st.integers(0, 2**40))
def test_f3_rounding_goes_back_never_forward_and_stays_above_the_floor(head: int, lag: int, floor: int) -> None:
    seq = max(0, head - lag)
    start = _rounded(seq, head, floor)
    assert start <= seq
    assert start >= floor or start == seq
    if seq < head and start not in (seq, floor):
        assert (head - start) & (head - start - 1) == 0, "the lag is a power of two"
        assert head - start < 2 * (head - seq)


@pytest.mark.parametrize("floor", [0, 600, 9_000])
def test_f3_however_many_lags_there_are_at_most_about_log2_starts(floor: int) -> None:
    starts = {_rounded(seq, 10_000, floor) for seq in range(floor, 10_000)}
    assert len(starts) <= 15


def unrounded(seq: int, head: int, floor: int) -> int:
    return seq


async def encodes_of_one_flush(built: House) -> tuple[int, list[Browser]]:
    """60 people who are each at another place: how many changes are encoded to bring all of them up to date."""
    anne = await built.seated("anne")
    people = [await built.seated(f"person-{n}") for n in range(60)]
    for browser in people:
        browser.line.unsent = BUFFERED + 1
    before = built.room().projection.seq
    for n in range(150):
        await anne.ok(anne.post(f"{n}"))
        built.clock.advance(20)
    seats = [browser.connection.seats[ROOM] for browser in people]
    rng = random.Random(1)
    for seat in seats:
        seat.seq = rng.randint(before, built.room().projection.seq - 1)
    for browser in people:
        browser.line.drain()
    flush = Flush(built.room())
    await flush.run()
    return len(flush._encoded), people


async def test_f3_hundreds_of_lags_are_a_few_encodes(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        encodes, people = await encodes_of_one_flush(built)
        assert encodes <= 9
        head = built.room().projection.seq
        assert all(browser.mirror.seq == head for browser in people)


async def test_control_without_rounding_each_lag_is_an_encode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "_rounded", unrounded)
    async with house(tmp_path) as built:
        encodes, _ = await encodes_of_one_flush(built)
        assert encodes > 30


async def test_f1_a_change_is_encoded_once_per_audience_and_codec(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for n in range(20):
            await built.seated(f"member-{n}", binary=n % 2 == 0)
            await built.seated(f"staff-{n}", Role.MODERATOR, binary=n % 2 == 0)
        live = built.room()
        await anne.ok(anne.post())
        head = live.projection.seq
        await eventually(lambda: all(seat.seq == head for seat in live.seats))
        for seat in live.seats:
            seat.seq = head - 1
        flush = Flush(live)
        await flush.run()
        assert len(flush._encoded) == 4


async def test_f3_a_slow_reader_is_skipped_and_then_told_the_sum(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, slow = await built.seated("anne"), await built.seated("slow")
        await anne.ok(anne.post("Eerste."))
        await slow.until(lambda: slow.mirror.texts() == ["Eerste."])
        record = next(id for id, r in anne.mirror.records.items() if r["t"] == "chat.message")
        slow.line.unsent = BUFFERED + 1
        written = len(slow.writes)
        for n in range(30):
            await anne.ok(anne.do({"t": "chat.edit", "message": record, "text": f"Versie {n}."}))
        assert len(slow.writes) == written, "nothing is written to somebody who does not read"
        assert built.room().skipped > 0
        slow.line.drain()
        await slow.until(lambda: slow.mirror.texts() == ["Versie 29."])
        assert len([m for m in slow.heard("change") if "seq" in m]) == 2, "one change for all thirty"
        assert slow.mirror.seq == anne.mirror.seq


async def test_f3_skipping_does_not_keep_a_quiet_room_busy(tmp_path: Path) -> None:
    """One timer looks again, however many flushes skipped somebody."""
    async with house(tmp_path) as built:
        anne, slow = await built.seated("anne"), await built.seated("slow")
        slow.line.unsent = BUFFERED + 1
        for _ in range(20):
            await anne.ok(anne.post())
        flushes = built.room().flushes
        await asyncio.sleep(0.6)  # not for a state: this is how long nothing happens
        assert built.room().flushes - flushes <= 3


async def test_f3_hopeless_for_long_is_asked_to_come_back(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, slow = await built.seated("anne"), await built.seated("slow")
        slow.line.unsent = BUFFERED + 1
        await anne.ok(anne.post())
        built.clock.advance(HOPELESS_MS)
        await anne.ok(anne.post())
        assert not slow.heard("bye")
        built.clock.advance(1)
        await anne.ok(anne.post())
        assert slow.code == CLOSE_CODES[CloseCode.TOO_SLOW]
        assert slow.heard("bye")[0]["retry_ms"] > 0
        back = await built.seated("slow")
        assert len(back.mirror.texts()) == 3


# --- F4: order ------------------------------------------------------------------------------------------


RANK = {"private": 0, "shared": 1, "done": 2, "refused": 2}


def in_order(browser: Browser) -> bool:
    """Private puts before the shared change before answers; and whatever is done is shown by then."""
    for written in browser.writes:
        ranks = [RANK[kind_of(m)] for m in written if m["t"] in ("change", "done", "refused")]
        if ranks != sorted(ranks):
            return False
    held, done = Mirror(), 0
    for message in browser.messages:
        if message["t"] in ("joined", "change"):
            held.take(message)
        elif message["t"] == "done":
            done += len(message["ids"])
            if sum(r["t"] in ("small.receipt", "small.ballot") for r in held.records.values()) < done:
                return False
    return True


def kind_of(message: Message) -> str:
    if message["t"] != "change":
        return str(message["t"])
    return "shared" if "seq" in message else "private"


async def ask_and_vote(built: House) -> Browser:
    """Commands with private and shared effects, and refusals, from one browser; each that counts is one more record."""
    anne, staff = await built.seated("anne"), await built.seated("els", Role.MODERATOR)
    for n in range(5):
        asked = anne.do({"t": "small.ask", "text": f"Vraag {n}?"})
        refused = anne.do({"t": "small.reveal", "card": "x", "on": True})
        await anne.ok(asked)
        await anne.refused(refused)
        await staff.until(lambda n=n: len(cards(staff)) == n + 1)  # type: ignore[misc]
        newest = max(cards(staff), key=lambda id: int(staff.mirror.records[id]["n"]))
        await staff.ok(staff.do({"t": "small.reveal", "card": newest, "on": True}))
        voted = anne.do({"t": "small.vote", "card": newest, "up": True})
        await anne.answer(voted)
    return anne


def cards(browser: Browser) -> list[str]:
    return [id for id, r in browser.mirror.records.items() if r["t"] == "small.card"]


async def test_f4_private_then_shared_then_answers(tmp_path: Path) -> None:
    async with house(tmp_path, kind="small") as built:
        anne = await ask_and_vote(built)
        assert in_order(anne)
        assert any({"private", "shared", "done"} <= {kind_of(m) for m in w} for w in anne.writes), "all in one write"


async def test_control_answers_first_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve = Flush.serve

    def answers_first(flush: Flush, seat: Seat) -> None:
        if flush._room.projection.seq > seat.seq and (answers := flush._answers(seat)):
            seat.connection.transport.write(answers)
        serve(flush, seat)

    monkeypatch.setattr(Flush, "serve", answers_first)
    async with house(tmp_path, kind="small") as built:
        assert not in_order(await ask_and_vote(built))


async def test_f4_a_write_that_is_cut_loses_nothing(tmp_path: Path) -> None:
    """Only the shared change moves a client: cut at any message, what it holds and its position still fit together."""
    async with house(tmp_path, kind="small") as built:
        anne = await ask_and_vote(built)
        for cut in range(1, len(anne.messages)):
            came = Browser(built.hub, "anne")
            for message in anne.messages[:cut]:
                if message["t"] in ("joined", "change"):
                    came.mirror.take(message)
            await came.hello()
            held = came.mirror
            if not held.eyes:
                continue
            await came.join(seq=held.seq, mark=held.mark, eyes=held.eyes)
            assert came.mirror.records == anne.mirror.records, f"cut after {cut}"
            came.hang_up()


# --- F5, C3: who is told what -----------------------------------------------------------------------------


async def test_c3_private_records_reach_their_actor_and_nobody_else(tmp_path: Path) -> None:
    async with house(tmp_path, kind="small") as built:
        bram = await built.seated("bram")
        anne = await ask_and_vote(built)
        second = await built.seated("anne")
        await bram.ok(bram.do({"t": "small.ask", "text": "En ik?"}))
        receipts = [r for r in anne.mirror.records.values() if r["t"] == "small.receipt"]
        assert receipts
        assert second.mirror.records.items() <= anne.mirror.records.items(), "older ones it has to page"
        assert "small.ballot" in {r["t"] for r in second.mirror.records.values()}
        foreign = [m for m in bram.messages if "actor-anne" in str(m.get("put", {}))]
        assert not foreign


async def test_f5_two_browsers_of_one_person_are_both_told(tmp_path: Path) -> None:
    async with house(tmp_path, kind="small") as built:
        one, two = await built.seated("anne"), await built.seated("anne", binary=False)
        await one.ok(one.do({"t": "small.ask", "text": "Waarom?"}))
        await two.until(lambda: two.mirror.records == one.mirror.records)
        assert len([r for r in two.mirror.records.values() if r["t"] == "small.receipt"]) == 1
        one.hang_up()
        await two.ok(two.do({"t": "small.ask", "text": "Waarom nog?"}))
        await two.until(lambda: len([r for r in two.mirror.records.values() if r["t"] == "small.receipt"]) == 2)


async def test_f6_a_storm_of_reactions_costs_one_record_per_flush(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        crowd = [await built.seated(f"person-{n}") for n in range(40)]
        await anne.ok(anne.post())
        record = next(id for id, r in anne.mirror.records.items() if r["t"] == "chat.message")
        before = len(anne.heard("change"))
        ids = [(b, b.do({"t": "chat.react", "message": record, "reaction": "thanks", "on": True})) for b in crowd]
        for browser, id in ids:
            await browser.ok(id)
        await anne.until(lambda: len(anne.mirror.records[record].get("reactions", {}).get("thanks", ())) == 40)
        changes = anne.heard("change")[before:]
        assert all(list(change["put"]) == [record] for change in changes)
        assert len(changes) <= 10


async def test_a_seat_that_left_during_a_flush_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "SLICE_S", 0.0)
    async with house(tmp_path) as built:
        people = [await built.seated(f"person-{n}") for n in range(30)]
        await people[0].ok(people[0].post())
        live = built.room()
        for seat in live.seats:
            seat.seq -= 1
        flush = asyncio.create_task(Flush(live).run())
        await turns(3)
        for browser in people[20:]:
            browser.hang_up()
        written = [len(browser.writes) for browser in people[20:]]
        await flush
        assert [len(browser.writes) for browser in people[20:]] == written
