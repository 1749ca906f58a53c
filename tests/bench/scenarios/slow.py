"""Some never read, as phones do in a pocket: it must cost the others nothing, and the server little."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tests.bench.contestants import Contestant
from tests.bench.floods import COLUMNS, Shape, in_short, measure, p99, rows
from tests.bench.kring import KRING
from tests.bench.loading import Flood, Invalid
from tests.bench.report import Section, spread
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench

TITLE = "Slow readers"
OF = 50
"""One in so many doesn't read."""
RATE = 100
BYTES = 1_900
LEAST_S = 4.0
"""Until then the kernel and the connection's own buffer may hold all of it."""
MOST_P99 = 1.2
MOST_MIB = 20
HELD_BACK = 0.9
"""Whoever was behind is told fewer changes than this part of the others': the difference, not the queue."""
DEAF = replace(KRING, name="Kring, some never read")
AGAIN = "Kring again"


def run(bench: Bench) -> Sequence[Section]:
    deaf = bench.members // OF or 1
    shape = Shape(
        members=bench.members,
        seconds=max(LEAST_S, bench.seconds * 2),
        warm_up_s=bench.warm_up_s,
        numbers={"rate": RATE},
        bytes=BYTES,
    )
    bench.say(f"{TITLE}: {deaf} of {bench.members} members read nothing, {RATE} messages/s of {BYTES} bytes")

    def one(contestant: Contestant) -> Flood:
        return beside(shape, deaf) if contestant is DEAF else measure(contestant, shape)

    places = [Place(DEAF, bench.pairs), Place(KRING, bench.pairs), Place(KRING, bench.noise, AGAIN)]
    places = [place for place in places if place.rounds]
    runs = alternate(places, one, lambda name, run: bench.say(in_short(name, run)))
    found = runs.results(DEAF.name)
    more = [mib(a) - mib(b) for a, b in zip(found, runs.results(KRING.name), strict=True)]
    noise = runs.ratios(AGAIN, KRING.name, p99)
    part = [share(run, bench.members, deaf) for run in found]
    late = max(run.caught_up_s for run in found)
    return [
        Section(
            title=f"{TITLE}: {deaf} of {bench.members:,} members never read; {RATE} messages/s of {BYTES:,} bytes",
            columns=COLUMNS,
            rows=rows(runs, places, bench.members),
            bars=[
                Bar(
                    says="the others' p99, to that without them",
                    ratios=runs.ratios(DEAF.name, KRING.name, p99),
                    bound=MOST_P99,
                    noise=noise,
                    at_least=False,
                ),
                Bar(says="more memory than without them", ratios=more, bound=MOST_MIB, at_least=False, unit=" MiB"),
            ],
            notes=[
                f"once they read, they were current after {late:.2f} s at most; they were told {max(part):.0%} of the"
                " others' changes at most: what they missed came merged",
                *([f"Kring against itself (A/A): p99 {spread(noise)}×, {len(noise)} pairs"] if noise else []),
            ],
        )
    ]


def beside(shape: Shape, deaf: int) -> Flood:
    """A run in which so many do not read. Raises Invalid, also when they were never behind, or are so in the end."""
    run = measure(DEAF, replace(shape, numbers={**shape.numbers, "deaf": deaf}))
    check(run, shape.members, deaf)
    return run


def check(run: Flood, members: int, deaf: int) -> None:
    """Raises Invalid."""
    if run.still_behind:
        raise Invalid(f"{run.still_behind} of {deaf} who read again never became current: the run is invalid")
    if share(run, members, deaf) > HELD_BACK:
        raise Invalid("whoever did not read was never behind: the run is invalid")


def share(run: Flood, members: int, deaf: int) -> float:
    """Changes told to one who didn't read, for each told to one who did."""
    return run.told_deaf / deaf / (run.told_hearing / (members - deaf))


def mib(run: Flood) -> float:
    """How much memory the flood brought, with nothing read yet by who doesn't."""
    return (run.rss_flood_kib - run.rss_joined_kib) / 1024
