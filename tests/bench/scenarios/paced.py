"""A room full of people at the pace of a conversation: what a delivery costs, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.contestants import Contestant
from tests.bench.floods import COLUMNS, Shape, cpu_each, here, in_short, measure, p99, rows
from tests.bench.kring import KRING
from tests.bench.loading import Flood
from tests.bench.peers.everybody import NODE_WS
from tests.bench.report import Section, spread
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench

TITLE = "Paced"
PACES = ((20, 1.1, 1.3), (100, 0.65, 1.0))
"""Messages per second; bars for processor time per delivery, and for p99, as ratios to Node ws."""
AGAIN = "Kring again"


def run(bench: Bench) -> Sequence[Section]:
    return [_at(bench, *pace) for pace in PACES]


def _at(bench: Bench, rate: int, most_cpu: float, most_p99: float) -> Section:
    shape = Shape(members=bench.members, seconds=bench.seconds * 2, warm_up_s=bench.warm_up_s, numbers={"rate": rate})
    places = [Place(KRING, bench.pairs), Place(NODE_WS, bench.pairs), Place(KRING, bench.noise, AGAIN)]
    places = [place for place in places if place.rounds]
    present, absent = here(places)
    bench.say(f"{TITLE}: {bench.members} members, {rate} messages per second")

    def one(contestant: Contestant) -> Flood:
        return measure(contestant, shape)

    runs = alternate(present, one, lambda name, result: bench.say(in_short(name, result)))
    cpu, late = (runs.ratios("Kring", NODE_WS.name, figure) for figure in (cpu_each, p99))
    noise = [runs.ratios(AGAIN, "Kring", figure) for figure in (cpu_each, p99)]
    return Section(
        title=f"{TITLE}: {rate} messages per second to {bench.members:,} members",
        columns=COLUMNS,
        rows=rows(runs, places, bench.members),
        bars=[
            Bar(says="processor time per delivery, Kring to Node ws", ratios=cpu, bound=most_cpu, at_least=False),
            Bar(says="p99, Kring to Node ws", ratios=late, bound=most_p99, at_least=False, noise=noise[1]),
        ],
        notes=[
            *absent,
            *([f"Kring against itself (A/A): cpu {spread(noise[0])}×, p99 {spread(noise[1])}×"] if noise[0] else []),
        ],
    )
