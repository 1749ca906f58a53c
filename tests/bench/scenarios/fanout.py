"""A room full of people, as fast as it goes: deliveries per processor second, of Kring and everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.contestants import Contestant
from tests.bench.floods import COLUMNS, Shape, here, in_short, measure, p99, per_cpu_s, rows
from tests.bench.kring import KRING, KRING_JSON
from tests.bench.loading import Flood
from tests.bench.peers.everybody import BLASTER, NODE_WS, PEERS, PYTHON_SOCKET_IO
from tests.bench.report import Section, spread
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench

TITLE = "Fan-out"
IN_FLIGHT = 4
AGAIN = "Kring again"
IN_BAR = (NODE_WS, PYTHON_SOCKET_IO)


def run(bench: Bench) -> Sequence[Section]:
    shape = Shape(
        members=bench.members,
        seconds=bench.seconds,
        warm_up_s=bench.warm_up_s,
        numbers={"in_flight": IN_FLIGHT},
    )
    places = [
        Place(KRING, bench.pairs),
        *(Place(peer, bench.pairs) for peer in IN_BAR),
        Place(KRING, bench.noise, AGAIN),
        *(Place(other, bench.runs) for other in (KRING_JSON, *PEERS, BLASTER) if other not in IN_BAR),
    ]
    places = [place for place in places if place.rounds]
    present, absent = here(places)
    bench.say(f"{TITLE}: {bench.members} members, {IN_FLIGHT} messages in flight")

    def one(contestant: Contestant) -> Flood:
        return measure(contestant, shape)

    runs = alternate(present, one, lambda name, result: bench.say(in_short(name, result)))
    bars = [
        Bar(
            says=f"deliveries / cpu-s, Kring to {peer}",
            ratios=runs.ratios("Kring", peer, per_cpu_s),
            bound=bound,
            at_least=True,
        )
        for peer, bound in ((NODE_WS.name, 3.5), (PYTHON_SOCKET_IO.name, 22.0))
    ]
    bars.append(
        Bar(says="p99, Kring to Node ws", ratios=runs.ratios("Kring", NODE_WS.name, p99), bound=1.0, at_least=False)
    )
    noise = runs.ratios(AGAIN, "Kring", per_cpu_s)
    return [
        Section(
            title=f"{TITLE}: {bench.members:,} members, messages of 150 bytes, {IN_FLIGHT} in flight",
            columns=COLUMNS,
            rows=rows(runs, places, bench.members),
            bars=bars,
            notes=[
                *(f"{place.name}: {place.contestant.how()}" for place in present if place.name != AGAIN),
                *absent,
                *([f"Kring against itself (A/A): {spread(noise)}×, {len(noise)} pairs"] if noise else []),
            ],
        )
    ]
