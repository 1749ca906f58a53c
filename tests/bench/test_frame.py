"""What the benchmarks stand on: a run counts only when every connection received exactly what was sent."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.bench import crooked
from tests.bench.__main__ import MEASURED, write
from tests.bench.contestants import Contestant
from tests.bench.floods import Shape, here, measure, rows, text
from tests.bench.kring import KRING, KRING_JSON, check_kept
from tests.bench.loading import NUMBER, Flood, Invalid, Latency, Load, Speech, run
from tests.bench.machine import Missing
from tests.bench.peers.everybody import BLASTER, BROADCAST, ECHO, STARLETTE
from tests.bench.report import Section
from tests.bench.rounds import Bar, Place, Runs, alternate
from tests.bench.scenarios import all_of_them

MEMBERS = 30
SHAPE = Shape(members=MEMBERS, seconds=0.4, warm_up_s=0.2, numbers={"in_flight": 4, "patience_s": 2})

FLOOD = Flood(
    wall_s=2.0,
    user_s=0.5,
    system_s=0.5,
    load_s=0.2,
    rss_before_kib=0,
    rss_joined_kib=MEMBERS,
    rss_after_kib=0,
    bytes=0,
    frames=0,
    reads=0,
    latency=Latency(1, 2, 3),
    sent=10,
    deliveries=300,
    missing=0,
    repeats=0,
    strays=0,
    all_sent=12,
    rss_flood_kib=0,
    told_hearing=0,
    told_deaf=0,
    still_behind=0,
    caught_up_s=0.0,
)


# ---- whole runs ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("contestant", [KRING, KRING_JSON, BROADCAST, STARLETTE, BLASTER], ids=lambda each: each.name)
def test_a_run_measures_what_it_sent(contestant: Contestant) -> None:
    result = measure(contestant, SHAPE)
    assert result.deliveries == result.sent * MEMBERS > 0
    assert result.all_sent > result.sent, "warming up is not measured"
    assert 0 < result.latency.p50_us <= result.latency.p99_us <= result.latency.max_us
    assert result.cpu_s > 0
    assert result.bytes > result.deliveries * 150


@pytest.mark.slow
def test_paced_messages_leave_on_time() -> None:
    result = measure(BROADCAST, Shape(members=5, seconds=1.0, warm_up_s=0.1, numbers={"rate": 50}))
    assert result.sent == 50
    assert 0.9 < result.wall_s < 1.5


@pytest.mark.slow
def test_the_load_client_reads_fragments_and_answers_pings() -> None:
    """A message that comes in pieces is one delivery; a server that waits for its pong goes on."""
    assert measure(crooked.contestant("fragments"), SHAPE).sent > 0


@pytest.mark.slow
def test_a_thousand_connections_come_to_be() -> None:
    assert measure(BLASTER, replace(SHAPE, members=1_000)).deliveries >= 1_000


# ---- negative controls -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "complaint"),
    [("loses", "1 deliveries are missing"), ("doubles", "came twice"), ("invents", "1 were never")],
)
def test_one_wrong_delivery_makes_a_run_invalid(how: str, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        measure(crooked.contestant(how), replace(SHAPE, warm_up_s=0))


@pytest.mark.slow
def test_what_is_lost_while_warming_up_is_noticed_too() -> None:
    with pytest.raises(Invalid, match="some arrived nowhere"):
        measure(crooked.contestant("loses"), replace(SHAPE, warm_up_s=1))


@pytest.mark.slow
def test_the_same_server_without_its_fault_is_valid() -> None:
    assert measure(crooked.contestant("honest"), replace(SHAPE, warm_up_s=0)).sent > 20, (
        "the faults above come with the twentieth message"
    )


@pytest.mark.slow
def test_a_server_that_refuses_is_no_measurement() -> None:
    elsewhere = Speech(say=str.encode, path="/nowhere")
    with STARLETTE.start(1) as server, pytest.raises(Invalid, match="was not upgraded"):
        run(Load(scenario="flood", clients=1, texts=[text()]), elsewhere, server.port, server.pid, Flood)


@pytest.mark.slow
def test_an_opening_that_is_not_answered_is_no_measurement() -> None:
    deaf = replace(ECHO, opening=(*ECHO.opening, *ECHO.opening))
    load = Load(scenario="flood", clients=1, texts=[text()], numbers={"patience_s": 0.5})
    with STARLETTE.start(1) as server, pytest.raises(Invalid, match="0 of 1 connections"):
        run(load, deaf, server.port, server.pid, Flood)


def test_a_repeat_counts_only_where_the_protocol_has_none() -> None:
    again = replace(FLOOD, repeats=1)
    again.check(repeats=True)
    with pytest.raises(Invalid, match="came twice"):
        again.check(repeats=False)


def test_a_run_without_deliveries_is_invalid() -> None:
    with pytest.raises(Invalid):
        replace(FLOOD, deliveries=0).check(repeats=True)


@pytest.mark.parametrize(("stored", "kept"), [(range(12), True), ([*range(11), 10], False), (range(13), False)])
def test_each_message_is_in_the_database_once(tmp_path: Path, stored: list[int], kept: bool) -> None:
    database = tmp_path / "library.db"
    with sqlite3.connect(database) as db:
        db.execute("create table records (body blob)")
        bodies = [(b"\x81\xa4text" + text().replace(NUMBER, f"{number:08}").encode(),) for number in stored]
        db.executemany("insert into records values (?)", [*bodies, (b"the head of the room",)])
    db.close()
    if kept:
        check_kept(database, FLOOD, patience_s=0)
    else:
        with pytest.raises(Invalid, match="12 messages were sent"):
            check_kept(database, FLOOD, patience_s=0)


# ---- rounds, bars, tables ------------------------------------------------------------------------------------------


def test_a_message_carries_its_number_once() -> None:
    assert len(text()) == 150
    assert text().count(NUMBER) == 1


def test_everybody_runs_in_turn_and_neighbours_make_a_pair() -> None:
    order: list[str] = []
    costs = iter([1.0, 2.0, 4.0, 1.0])

    def one(contestant: Contestant) -> Flood:
        order.append(contestant.name)
        return replace(FLOOD, user_s=next(costs), system_s=0.0)

    runs = alternate([Place(KRING, 2), Place(BROADCAST, 1), Place(STARLETTE, 1)], one, lambda name, result: None)
    assert order == ["Kring", "websockets.broadcast", "Starlette, send loop", "Kring"]
    assert runs.ratios("Kring", "websockets.broadcast", lambda run: run.per_cpu_s) == [2.0]
    assert len(runs.results("Kring")) == 2


@pytest.mark.parametrize(
    ("ratios", "cleared"),
    [([4, 4, 4], True), ([4, 4, 3], True), ([4, 3, 3], False), ([9, 9, 9, 3, 3], False), ([], False)],
)
def test_a_bar_is_cleared_by_the_median_and_all_pairs_but_one(ratios: list[float], cleared: bool) -> None:
    assert Bar(says="", ratios=ratios, bound=3.5, at_least=True).cleared is cleared


@pytest.mark.parametrize(
    ("ratios", "noise", "verdict"),
    [
        ([1.0, 1.1], [0.5, 2.0], "cleared"),
        ([1.4, 1.5], [0.9, 1.3], "not resolvable here"),
        ([1.4, 1.5], [0.95, 1.05], "not cleared"),
        ([1.4, 1.5], [], "not cleared"),
        ([], [0.5], "not cleared"),
    ],
)
def test_where_the_server_is_as_far_from_itself_as_from_the_bar_it_says_so(
    ratios: list[float], noise: list[float], verdict: str
) -> None:
    assert Bar(says="", ratios=ratios, bound=1.2, at_least=False, noise=noise).verdict == verdict


def test_the_page_keeps_what_was_written_by_hand(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Performance\n\nBecause.\n\n{MEASURED}\n\nold figures\n")
    write(page, "python -m tests.bench", [Section(title="Fan-out", columns=["server"], rows=[["Kring"]])])
    written = page.read_text()
    assert written.startswith(f"# Performance\n\nBecause.\n\n{MEASURED}\n")
    assert "old figures" not in written
    assert "## Fan-out" in written


def test_who_cannot_be_measured_is_named() -> None:
    def absent() -> str:
        raise Missing("the Python package none-such")

    place = Place(replace(BROADCAST, name="Somebody", how=absent), 1)
    present, sentences = here([place, Place(STARLETTE, 1)])
    assert [each.name for each in present] == ["Starlette, send loop"]
    assert sentences == ["Somebody: missing, the Python package none-such"]
    assert rows(Runs({}), [place], 1)[0][:2] == ["Somebody", "not measured"]


def test_every_file_is_a_scenario() -> None:
    assert {"fanout", "paced"} <= set(all_of_them())
    assert all(scenario.TITLE for scenario in all_of_them().values())
