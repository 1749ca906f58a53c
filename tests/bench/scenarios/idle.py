"""A community that listens: everybody is in the chat, heartbeats go on, and nobody says a thing."""

from __future__ import annotations

from collections.abc import Sequence

from realtime.connection import PING_S
from tests.bench import loading
from tests.bench.kring import KRING
from tests.bench.loading import Idle, Invalid, Load
from tests.bench.report import Section
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench

TITLE = "Idle"
TIMES = 5
"""So many times the members of the other scenarios."""
SETTLED_S = 3.0
"""Until the last of who is there has been told to everybody."""
MOST_KIB = 20
MOST_CORE = 2.0
LEAST_PONGS = 0.95
"""Of the heartbeats that were due; the last ones are answered after the end."""
COLUMNS = ("server", "KiB / connection", "of a core", "heartbeats/s", "runs")


def run(bench: Bench) -> Sequence[Section]:
    connections = TIMES * bench.members
    bench.say(f"{TITLE}: {connections} connections")
    runs = alternate(
        [Place(KRING, bench.runs)],
        lambda _: measure(connections, bench.seconds * 2),
        lambda name, run: bench.say(
            f"  {name}: {kib_each(run, connections):.1f} KiB each, {core(run):.2f} % of a core"
        ),
    )
    ours = runs.results(KRING.name)
    each = [kib_each(run, connections) for run in ours]
    row = [
        KRING.name,
        f"{runs.median(KRING.name, lambda run: kib_each(run, connections)):.1f}",
        f"{runs.median(KRING.name, core):.2f} %",
        f"{runs.median(KRING.name, lambda run: run.pongs / run.wall_s):.0f}",
        str(len(ours)),
    ]
    return [
        Section(
            title=f"{TITLE}: {connections:,} people in one chat, a heartbeat of each every {PING_S} s",
            columns=COLUMNS,
            rows=[row],
            bars=[
                Bar(says="memory per connection", ratios=each, bound=MOST_KIB, at_least=False, unit=" KiB"),
                Bar(says="of a core", ratios=list(map(core, ours)), bound=MOST_CORE, at_least=False, unit=" %"),
            ],
            notes=["memory: RSS with all of them joined, less that of the server that nobody had connected to"],
        )
    ]


def measure(connections: int, seconds: float) -> Idle:
    """One run. Raises Invalid, also when a heartbeat went unanswered; Missing."""
    load = Load(scenario="idle", clients=connections, numbers={"seconds": seconds, "warm_up_s": SETTLED_S})
    with KRING.start(connections) as server:
        result = loading.run(load, server.speech, server.port, server.pid, Idle)
    check(result, connections, server.speech.heartbeat_s)
    return result


def check(result: Idle, connections: int, heartbeat_s: float) -> None:
    """Raises Invalid."""
    due = int(connections * result.wall_s / heartbeat_s)
    if result.pongs < due * LEAST_PONGS:
        raise Invalid(f"{result.pongs} of {due} heartbeats were answered: the run is invalid")


def kib_each(run: Idle, connections: int) -> float:
    return (run.rss_joined_kib - run.rss_before_kib) / connections


def core(run: Idle) -> float:
    """Per cent of one that the server used."""
    return 100 * run.cpu_s / run.wall_s
