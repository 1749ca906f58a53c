"""The server is restarted under everybody at once: they come back as browsers do, and nobody has missed a thing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec
from msgspec.structs import replace

from persistence.database import FILE
from realtime.wire import MSGPACK
from tests.bench import loading
from tests.bench.contestants import free_port
from tests.bench.floods import text
from tests.bench.kring import KEPT_S, KRING, Hall, fresh, hall, serving, speech, wait_until_kept
from tests.bench.loading import ANSWER, ComeBack, Hear, Load, Say, Speech
from tests.bench.report import Section, milliseconds
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench

TITLE = "Come back"
TIMES = 2
"""So many times the members of the other scenarios."""
RATE = 20
BEFORE_S = 1.0
AFTER_S = 1.0
MOST_S = 5.0
PATIENCE_S = 40
COLUMNS = (
    "server",
    "dark s",
    "back p50 ms",
    "p99 ms",
    "all current after s",
    "attempts each",
    "most",
    "given the whole",
    "said again",
    "runs",
)


def run(bench: Bench) -> Sequence[Section]:
    count = TIMES * bench.members
    bench.say(f"{TITLE}: {count} clients, {RATE} messages/s")
    runs = alternate(
        [Place(KRING, bench.runs)], lambda _: measure(count), lambda name, run: bench.say(_in_short(name, run, count))
    )
    ours, name = runs.results(KRING.name), KRING.name
    row = [
        name,
        f"{runs.median(name, lambda run: run.dark_s):.2f}",
        milliseconds(runs.median(name, lambda run: run.returns.p50_us)),
        milliseconds(runs.median(name, lambda run: run.returns.p99_us)),
        f"{runs.median(name, lambda run: run.all_back_s):.2f}",
        f"{runs.median(name, lambda run: run.tries / count):.1f}",
        f"{runs.median(name, lambda run: run.most_tries):.0f}",
        f"{runs.median(name, lambda run: run.wholes):.0f}",
        f"{runs.median(name, lambda run: run.said_again):.0f}",
        str(len(ours)),
    ]
    return [
        Section(
            title=f"{TITLE}: {count:,} clients lose a server that is restarted, {RATE} messages/s go on",
            columns=COLUMNS,
            rows=[row],
            bars=[
                Bar(
                    says="all of them current, from when the new server listens",
                    ratios=[run.all_back_s for run in ours],
                    bound=MOST_S,
                    at_least=False,
                    unit=" s",
                )
            ],
            notes=[
                "as the browser does: full jitter from 250 ms, at most 4 s in the first minute, not before the server's"
                " own `retry_ms`; every client has every message in the end, and so has the database, once",
            ],
        )
    ]


def measure(clients: int, between: Callable[[Path], None] = lambda _: None, *, patience_s: float = KEPT_S) -> ComeBack:
    """One run, in which the server is stopped and started again; `between` the two, something may happen to its files.

    Raises Invalid, also when anybody misses anything.
    """
    people = hall(clients)
    numbers = {"rate": RATE, "seconds": AFTER_S, "patience_s": PATIENCE_S}
    load = Load(scenario="comeback", clients=clients, texts=[text()], numbers=numbers)
    with fresh(people.home) as home, ExitStack() as second, ExitStack() as first:
        pid, port, _ = first.enter_context(serving(home, free_port()))

        def restart() -> None:
            time.sleep(BEFORE_S)  # not for a state: people talk for so long before
            first.close()
            between(home)
            second.enter_context(serving(home, port))

        result = loading.run(load, returning(people), port, pid, ComeBack, meanwhile=restart)
        result.check(clients)
        wait_until_kept(home / "data" / FILE, result.sent, patience_s=patience_s)
    return result


def returning(people: Hall) -> Speech:
    """As always, but a join says where one was."""
    said = speech(MSGPACK, people, id=ANSWER)
    hello, welcome, join, joined = said.opening
    assert isinstance(join, Say)
    assert isinstance(joined, Hear)
    position = {"seq": int.from_bytes(b"SSSSSSSS"), "mark": "M" * 11, "eyes": "E" * 12}
    again = msgspec.msgpack.encode({"t": "join", "id": "j", "room": people.room, **position})
    return replace(said, opening=(hello, welcome, Say(join.what, again), joined))


def _in_short(name: str, run: ComeBack, count: int) -> str:
    return (
        f"  {name}: dark for {run.dark_s:.2f} s, all current {run.all_back_s:.2f} s after it listened, "
        f"{run.tries / count:.1f} attempts each, {run.wholes} were given the whole, {run.said_again} said again"
    )
