"""Measuring a flood, and its table: for every scenario in which all receive what one says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from tests.bench import loading
from tests.bench.contestants import Contestant
from tests.bench.loading import DELIVERY, Flood, Load
from tests.bench.report import NOT_MEASURED, milliseconds, thousands
from tests.bench.rounds import Place, Runs

BYTES = 150
COLUMNS = (
    "server",
    "deliveries / cpu-s",
    "p50 ms",
    "p99 ms",
    "max ms",
    "KiB / connection",
    "messages/s",
    "load busy",
    "runs",
)


def text(size: int = BYTES) -> str:
    """A message of so many bytes that carries its number, once."""
    words = "Does anybody know why the second pump hums after rain, and what you did about it? "
    return (f"{DELIVERY} " + words * (size // len(words) + 1))[:size]


class Shape(Struct, frozen=True, kw_only=True):
    """How much of it: `numbers` as the load client has them (`in_flight` or `rate`)."""

    members: int
    seconds: float
    warm_up_s: float
    numbers: Mapping[str, float]
    bytes: int = BYTES


def measure(contestant: Contestant, shape: Shape) -> Flood:
    """One run on a server of its own. Raises Invalid, also when the server lost or doubled anything; Missing."""
    numbers = {"seconds": shape.seconds, "warm_up_s": shape.warm_up_s, **shape.numbers}
    load = Load(scenario="flood", clients=shape.members, texts=[text(shape.bytes)], numbers=numbers)
    with contestant.start(shape.members) as server:
        result = loading.run(load, server.speech, server.port, server.pid, Flood)
        result.check(repeats=contestant.repeats)
        server.check(result)
    return result


def here(places: Sequence[Place]) -> tuple[list[Place], list[str]]:
    """Who can be measured on this machine, and a sentence for each who can't."""
    absent = [f"{place.name}: missing, {place.contestant.missing}" for place in places if place.contestant.missing]
    return [place for place in places if not place.contestant.missing], absent


def rows(runs: Runs[Flood], places: Sequence[Place], members: int) -> list[list[str]]:
    """A line for each, medians of their runs; who is missing has a line too."""
    return [_row(runs, place.name, members) for place in places]


def _row(runs: Runs[Flood], name: str, members: int) -> list[str]:
    results = runs.results(name)
    if not results:
        return [name, NOT_MEASURED, *[""] * (len(COLUMNS) - 2)]

    def middle(figure: Callable[[Flood], float]) -> float:
        return runs.median(name, figure)

    return [
        name,
        thousands(middle(per_cpu_s)),
        milliseconds(middle(lambda run: run.latency.p50_us)),
        milliseconds(middle(p99)),
        milliseconds(middle(lambda run: run.latency.max_us)),
        f"{middle(lambda run: (run.rss_joined_kib - run.rss_before_kib) / members):.1f}",
        f"{middle(lambda run: run.sent / run.wall_s):.0f}",
        f"{middle(lambda run: run.load_busy):.0%}",
        str(len(results)),
    ]


def per_cpu_s(run: Flood) -> float:
    return run.per_cpu_s


def cpu_each(run: Flood) -> float:
    """Processor seconds per delivery."""
    return 1 / run.per_cpu_s


def p99(run: Flood) -> float:
    return run.latency.p99_us


def in_short(name: str, run: Flood) -> str:
    """One run as a line of progress."""
    repeats = f", {run.repeats} came again" if run.repeats else ""
    return (
        f"  {name}: {thousands(run.per_cpu_s)} deliveries/cpu-s, p50 {milliseconds(run.latency.p50_us)} ms, "
        f"p99 {milliseconds(run.latency.p99_us)} ms, {run.sent} messages{repeats}, load client {run.load_busy:.0%} busy"
    )
