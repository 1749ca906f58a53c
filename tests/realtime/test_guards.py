"""F1–F6 without a clock: what a flush, a connection, a command may cost, counted. Each count has its negative control.

How fast Kring is, `make bench` says, on a machine of its own. These say that it does no work it need not do, wherever
they run: a count that grows with the number of people fails here.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from realtime import connection, room, rows, work
from realtime.audience import Audience, Audiences, Missed
from realtime.batch import Applied, Plan
from realtime.connection import Connection
from realtime.fanout import Flush
from realtime.hub import Hub
from realtime.projection import Projection
from realtime.rows import Row
from realtime.seat import Seat
from realtime.wire import CODECS, Change, Codec
from rooms.model import Record, Role
from tests.realtime.browser import Browser, Line, unframed
from tests.realtime.house import House, eventually, house, turns

POSTS = 6


class Counts:
    """How often something was done, by what it is called."""

    def __init__(self) -> None:
        self.of: Counter[str] = Counter()

    def counting(self, name: str, act: Callable[..., Any], only: Callable[..., bool] = lambda *_: True) -> Any:
        def counted(*args: Any, **more: Any) -> Any:
            self.of[name] += only(*args)
            return act(*args, **more)

        return counted


async def talk(built: House, anne: Browser, others: Iterable[Browser]) -> None:
    """One message after the other, each heard by everybody before the next."""
    for nth in range(POSTS):
        await anne.ok(anne.post(f"{nth}"))
        for other in others:
            await other.until(lambda b=other, n=nth: f"{n}" in b.mirror.texts())  # type: ignore[misc]


async def crowd(built: House, people: int, *, both_codecs: bool = False) -> list[Browser]:
    return [await built.seated(f"person-{n}", binary=not (both_codecs and n % 2)) for n in range(people)]


# ---- encodes per flush (F1) ------------------------------------------------------------------------------------------


async def encodes_per_flush(folder: Path, people: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """Changes and records encoded for everybody, in a room of people of one role and two codecs."""
    async with house(folder) as built:
        anne, others = await built.seated("anne"), await crowd(built, people, both_codecs=True)
        counts, flushes = Counts(), built.room().flushes
        for codec in CODECS.values():
            encoded = counts.counting("encode", codec.encode, lambda what: isinstance(what, Change | Record))
            monkeypatch.setattr(codec, "encode", encoded)
        await talk(built, anne, others)
        return counts.of["encode"] / (built.room().flushes - flushes)


MOST_ENCODES = 2 * 3
"""For each codec the change, the message, and the head of the room."""


@pytest.mark.parametrize("people", [4, 60])
async def test_f1_a_flush_encodes_as_little_for_sixty_as_for_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    assert await encodes_per_flush(tmp_path, people, monkeypatch) <= MOST_ENCODES


async def test_control_encoding_for_each_seat_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Flush._shared

    def each_anew(flush: Flush, to: Seat | Row) -> bytes | None:
        flush._encoded.clear()
        return shared(flush, to)

    monkeypatch.setattr(Flush, "_shared", each_anew)
    monkeypatch.setattr(rows, "ROW", 1)
    assert await encodes_per_flush(tmp_path, 60, monkeypatch) > MOST_ENCODES


# ---- looks per flush (F1): nobody is looked at who has no more to hear than everybody else --------------------------


async def looks_per_flush(folder: Path, people: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """Seats that a flush looks at by themselves, in a room where one speaks."""
    counts = Counts()
    async with house(folder) as built:
        anne, others = await built.seated("anne"), await crowd(built, people)
        await anne.ok(anne.post("everybody is up to date after this"))
        await eventually(lambda: len(built.room().rows.apart) <= 1)
        monkeypatch.setattr(Flush, "serve", counts.counting("looks", Flush.serve))
        before = built.room().flushes
        for nth in range(POSTS):
            await anne.ok(anne.post(f"{nth}"))
        head = built.room().projection.seq
        assert all(browser.mirror.seq == head for browser in (anne, *others))
        return counts.of["looks"] / (built.room().flushes + 1 - before)


async def test_f1_a_flush_looks_at_those_who_wait_for_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await looks_per_flush(tmp_path, 60, monkeypatch) <= 2


async def test_control_nobody_in_a_row_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = Flush._part

    def all_apart(flush: Flush) -> None:
        everybody(flush)
        for row in flush._room.rows:
            for seat in list(row.writes):
                seat.step_out()

    monkeypatch.setattr(Flush, "_part", all_apart)
    assert await looks_per_flush(tmp_path, 60, monkeypatch) > 40


# ---- writes per connection per flush (F4) ----------------------------------------------------------------------------


async def writes_and_flushes(folder: Path) -> tuple[int, int]:
    """The most writes of news to one connection, whose person asks all the time; and how many flushes there were."""
    async with house(folder, kind="small") as built:
        anne, others = await built.seated("anne"), await crowd(built, 5)
        flushes = built.room().flushes
        for nth in range(POSTS):
            asked = anne.do({"t": "small.ask", "text": f"Vraag {nth}?"})
            refused = anne.do({"t": "small.reveal", "card": "x", "on": True})
            await anne.ok(asked)
            await anne.refused(refused)
        most = max(sum(map(is_news, browser.writes)) for browser in (anne, *others))
        return most, built.room().flushes - flushes


def is_news(written: list[dict[str, Any]]) -> bool:
    return any(message["t"] in ("change", "done", "refused") for message in written)


async def test_f4_a_flush_is_at_most_one_write_to_a_connection(tmp_path: Path) -> None:
    writes, flushes = await writes_and_flushes(tmp_path)
    assert 0 < writes <= flushes


async def test_control_a_write_per_frame_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Line.write

    def frame_by_frame(line: Line, data: bytes) -> None:
        at = 0
        for _, payload in unframed(data):
            head = 2 + (len(payload) >= 126) * 2 + (len(payload) >= 65_536) * 6
            write(line, data[at : at + head + len(payload)])
            at += head + len(payload)

    monkeypatch.setattr(Line, "write", frame_by_frame)
    writes, flushes = await writes_and_flushes(tmp_path)
    assert writes > flushes


# ---- tasks and timers per idle connection (F1, F8) -------------------------------------------------------------------


def parked() -> int:
    """Tasks that are not over, and timers that are not cancelled."""
    timers: list[asyncio.TimerHandle] = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    return len(asyncio.all_tasks()) + sum(not timer.cancelled() for timer in timers)


async def parked_by(folder: Path, people: int) -> int:
    """More of them with so many in the room than with one, once they are all idle."""
    async with house(folder) as built:
        anne = await built.seated("anne")
        await anne.ok(anne.post())
        await eventually(lambda: not built.hub._short)
        before = parked()
        others = await crowd(built, people)
        await talk(built, anne, others)
        await eventually(lambda: not built.hub._short)
        await turns()
        return parked() - before


ROOMS_OWN = 4
"""The room itself waits now for this, now for that."""


async def test_f8_idle_connections_have_no_tasks_and_no_timers(tmp_path: Path) -> None:
    assert await parked_by(tmp_path, 40) <= ROOMS_OWN


@pytest.mark.parametrize("what", ["task", "timer"])
async def test_control_one_parked_per_connection_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    attach, parks = Hub.attach, list[asyncio.Task[None]]()

    def parking(hub: Hub, *args: Any) -> Connection:
        if what == "timer":
            hub.later(3_600, lambda: None)
        else:
            parks.append(asyncio.create_task(asyncio.sleep(3_600)))
        return attach(hub, *args)

    monkeypatch.setattr(Hub, "attach", parking)
    assert await parked_by(tmp_path, 40) > ROOMS_OWN


# ---- bytes per delta (F6) --------------------------------------------------------------------------------------------

QUESTIONS = 20
MOST_BYTES = 400
"""Of a change with one tally: a question of 80 characters, ids, a position."""


async def bytes_per_vote(folder: Path) -> float:
    """What somebody who only looks on is sent for one vote more."""
    async with house(folder, kind="qna") as built:
        built.gate.second_actor = True
        els, vera = await built.seated("els", Role.MODERATOR), await built.seated("vera")
        for nth in range(QUESTIONS):
            await els.ok(els.do({"t": "qna.ask", "text": f"{nth:02}" + "w" * 78, "level": "named"}))
        questions = [id for id, r in els.mirror.records.items() if r["t"] == "qna.question"]
        await vera.until(lambda: vera.mirror.seq == els.mirror.seq)
        vera.line.writes.clear()
        voters = await crowd(built, POSTS)
        for voter in voters:
            await voter.ok(voter.do({"t": "qna.vote", "question": questions[0], "on": True}))
        await vera.until(lambda: vera.mirror.records[questions[0]].get("votes") == POSTS)
        return sum(map(len, vera.line.writes)) / POSTS


async def test_f6_a_vote_is_told_in_the_bytes_of_one_tally(tmp_path: Path) -> None:
    assert await bytes_per_vote(tmp_path) < MOST_BYTES


async def test_control_telling_the_whole_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Audience, "since", lambda audience, seq: Missed(audience.whole(), []))
    assert await bytes_per_vote(tmp_path) > MOST_BYTES


# ---- evolve calls per command ----------------------------------------------------------------------------------------


async def evolves_per_command(folder: Path, monkeypatch: pytest.MonkeyPatch, processes: int = 1) -> float:
    """Every command here becomes one event."""
    async with house(folder, processes=processes) as built:
        browsers = [await built.seated(f"person-{n}", hub=n % processes) for n in range(4)]
        kind, counts = built.kinds["chat"], Counts()
        monkeypatch.setattr(kind, "evolve", counts.counting("evolve", kind.evolve))
        ids = [(browser, browser.post(f"{nth}")) for nth in range(POSTS) for browser in browsers]
        for browser, id in ids:
            await browser.ok(id)
        seq = built.room().projection.seq
        await eventually(lambda: all(built.room(hub=n).projection.seq == seq for n in range(processes)))
        return counts.of["evolve"] / len(ids)


async def test_a_command_is_evolved_once_to_decide_and_once_to_apply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await evolves_per_command(tmp_path, monkeypatch) == 2


async def test_control_planning_again_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Projection.plan

    def twice(projection: Projection, *args: Any) -> Plan:
        plan(projection, *args)
        return plan(projection, *args)

    monkeypatch.setattr(Projection, "plan", twice)
    assert await evolves_per_command(tmp_path, monkeypatch) == 3


# ---- audiences per entry (F5) ----------------------------------------------------------------------------------------


async def updates_per_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> float:
    """How many audiences take in an entry, in a room of many people: the roles, and whoever it is private to."""
    async with house(folder, kind="small") as built:
        anne, others = await built.seated("anne"), await crowd(built, 50)
        counts = Counts()
        monkeypatch.setattr(Audience, "update", counts.counting("update", Audience.update))
        seq = built.room().projection.seq
        for nth in range(POSTS):
            await anne.ok(anne.do({"t": "small.ask", "text": f"Vraag {nth}?"}))
        assert all(browser.connection.opened for browser in others)
        return counts.of["update"] / (built.room().projection.seq - seq)


MOST_AUDIENCES = len(Role) + 1


async def test_f5_an_entry_is_taken_in_per_audience_not_per_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 < await updates_per_entry(tmp_path, monkeypatch) <= MOST_AUDIENCES


async def test_control_taking_it_in_for_everybody_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update = Audiences.update

    def for_everybody(audiences: Audiences, applied: Applied) -> None:
        update(audiences, applied)
        for theirs in audiences._of_actors.values():
            theirs.update(applied)

    monkeypatch.setattr(Audiences, "update", for_everybody)
    assert await updates_per_entry(tmp_path, monkeypatch) > MOST_AUDIENCES


# ---- flushes and entries in a rush (F2) ------------------------------------------------------------------------------


async def flushes_per_rush(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Everybody says something at the same moment, in many more batches than one."""
    monkeypatch.setattr(work, "BATCH", 2)
    monkeypatch.setattr(room, "FLUSH_S", 0.0)
    monkeypatch.setattr(room, "REST_S", 0.0)
    async with house(folder) as built:
        browsers = await crowd(built, 24)
        flushes = built.room().flushes
        ids = [browser.post(f"{nth}") for nth, browser in enumerate(browsers)]
        for browser, id in zip(browsers, ids, strict=True):
            await browser.ok(id)
        return built.room().flushes - flushes


async def test_f2_a_rush_of_commands_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await flushes_per_rush(tmp_path, monkeypatch) <= 2


async def test_control_telling_each_batch_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "GATHER_S", 0.0)
    assert await flushes_per_rush(tmp_path, monkeypatch) > 2


async def entries_during_a_flush(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """One after the other says something while the room is being told of something else."""
    go_on = asyncio.Event()
    run = Flush.run

    async def long(flush: Flush) -> None:
        await run(flush)
        await go_on.wait()

    async with house(folder) as built:
        browsers = await crowd(built, POSTS)
        monkeypatch.setattr(Flush, "run", long)
        await browsers[0].ok(browsers[0].post("first"))
        seq = built.room().projection.seq
        ids = []
        for browser in browsers:
            ids.append(browser.post("meanwhile"))
            await turns(200)
        go_on.set()
        for browser, id in zip(browsers, ids, strict=True):
            await browser.ok(id)
        return built.room().projection.seq - seq


async def test_f2_what_is_said_during_a_flush_shares_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await entries_during_a_flush(tmp_path, monkeypatch) == 1


async def test_control_an_entry_each_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.Work, "_may_begin", _at_any_time)
    assert await entries_during_a_flush(tmp_path, monkeypatch) > 1


async def _at_any_time(_: work.Work) -> None:
    pass


# ---- heartbeats (F1): a server where everybody is silent does little else --------------------------------------------


async def decoded_heartbeats(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Of twenty."""
    counts = Counts()
    async with house(folder) as built:
        anne = await built.seated("anne")
        monkeypatch.setattr(Codec, "decode", counts.counting("decodes", Codec.decode))
        for _ in range(20):
            anne.send("ping")
        assert sum(written[0]["t"] == "pong" for written in anne.writes) == 20
        return counts.of["decodes"]


async def test_f1_a_heartbeat_is_known_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await decoded_heartbeats(tmp_path, monkeypatch) == 0


async def test_control_decoding_each_heartbeat_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PINGS", dict.fromkeys(CODECS.values(), b""))
    assert await decoded_heartbeats(tmp_path, monkeypatch) == 20
