"""Everybody votes on everything at once: durable, private votes told to all, beside bare acknowledgements."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from persistence.database import FILE
from realtime.wire import MSGPACK
from tests.bench import loading
from tests.bench.contestants import Contestant, Running
from tests.bench.floods import here
from tests.bench.kring import KEPT_S, KRING, fresh, serving, speech
from tests.bench.loading import ANSWER, Invalid, Load, Storm
from tests.bench.peers.everybody import NODE_SOCKET_IO_ACKS, PYTHON_SOCKET_IO_ACKS
from tests.bench.report import NOT_MEASURED, Section, milliseconds, spread, thousands
from tests.bench.rounds import Bar, Place, Runs, alternate
from tests.bench.scenarios import Bench
from tests.bench.sessions import Evening, evening

TITLE = "Vote storm"
VOTES = 20
MOST_AGE_MS = 100
MOST_BYTES = 5.0
AGAIN = "Kring again"
COLUMNS = (
    "server",
    "answers / cpu-s",
    "answer p50 ms",
    "p99 ms",
    "vote seen by all p50 ms",
    "p99 ms",
    "max ms",
    "KiB / member",
    "load busy",
    "runs",
)


def run(bench: Bench) -> Sequence[Section]:
    peers = () if bench.alone else (PYTHON_SOCKET_IO_ACKS, NODE_SOCKET_IO_ACKS)
    places = [
        Place(VOTING, bench.pairs),
        *(Place(peer, bench.pairs) for peer in peers),
        Place(VOTING, bench.noise, AGAIN),
    ]
    places = [place for place in places if place.rounds]
    present, absent = here(places)
    bench.say(f"{TITLE}: {bench.members} members, {VOTES} votes each")
    one = partial(measure, members=bench.members)
    runs = alternate(present, one, lambda name, result: bench.say(_in_short(name, result)))
    change = evening(bench.members, VOTES).change_bytes
    noise = runs.ratios(AGAIN, VOTING.name, _per_cpu_s)
    return [
        Section(
            title=f"{TITLE}: {bench.members:,} members, {VOTES} votes each, one after the other is answered",
            columns=COLUMNS,
            rows=[_row(runs, place.name, bench.members) for place in places],
            bars=_bars(runs, bench.members, change),
            notes=[
                *(f"{place.name}: {place.contestant.how()}" for place in present if place.name != AGAIN),
                *absent,
                f"a change that tells one tally has {change} bytes; bytes are of everything that members are sent",
                "seen by all: from saying a vote until a member has a tally with it; each vote, each member",
                *([f"Kring against itself (A/A): {spread(noise)}×, {len(noise)} pairs"] if noise else []),
            ],
        )
    ]


def _bars(runs: Runs[Storm], members: int, change: int) -> list[Bar]:
    ours = runs.results(VOTING.name)
    everything = members * VOTES * change
    return [
        Bar(
            says="answers / cpu-s, Kring to python-socketio's bare acknowledgements",
            ratios=runs.ratios(VOTING.name, PYTHON_SOCKET_IO_ACKS.name, _per_cpu_s),
            bound=1.6,
            at_least=True,
        ),
        Bar(
            says="age of the tallies that members see, p99",
            ratios=[run.seen.p99_us / 1_000 for run in ours],
            bound=MOST_AGE_MS,
            at_least=False,
            unit=" ms",
        ),
        Bar(
            says=f"bytes per member, of {members * VOTES:,} changes with one tally each",
            ratios=[100 * run.storm_bytes / members / everything for run in ours],
            bound=MOST_BYTES,
            at_least=False,
            unit=" %",
        ),
    ]


def measure(contestant: Contestant, members: int) -> Storm:
    """One run on a server of its own. Raises Invalid, also when an answer, tally or ballot is wrong; Missing."""
    kring = contestant is VOTING
    numbers = {"each_says": VOTES, **({"follows": 1, "tally": members} if kring else {})}
    load = Load(scenario="storm", clients=members, texts=[f"{ANSWER} {n}" for n in range(VOTES)], numbers=numbers)
    with contestant.start(members) as server:
        result = loading.run(load, server.speech, server.port, server.pid, Storm)
        result.check()
        if kring:
            check_ballots(server.home / "data" / FILE, members, VOTES)
    return result


@contextmanager
def voting(members: int) -> Iterator[Running]:
    """Kring, on a fresh copy of an evening with as many questions as everybody has votes."""
    made = evening(members, VOTES)
    say = partial(vote, made)
    with fresh(made.hall.home) as home, serving(home) as (pid, port, _):
        yield Running(pid=pid, port=port, speech=speech(MSGPACK, made.hall, say, ANSWER), home=home)


def vote(made: Evening, text: str) -> dict[str, object]:
    return {"t": "qna.vote", "question": made.questions[int(text.rpartition(" ")[2])], "on": True}


def check_ballots(database: Path, members: int, questions: int, *, patience_s: float = KEPT_S) -> None:
    """Everybody's ballots are in the database in the end, one for each question, and its votes say so."""
    deadline = time.monotonic() + patience_s
    while True:
        ballots, votes = _kept(database)
        if len(ballots) == questions and set(ballots.values()) == {members} and votes == ballots:
            return
        if time.monotonic() > deadline:
            raise Invalid(f"the database has {ballots.total()} ballots and {votes.total()} votes: the run is invalid")
        time.sleep(0.1)


def _kept(database: Path) -> tuple[Counter[str], Counter[str]]:
    """Question → ballots that people hold, and votes that it shows."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        rows = [(id, msgspec.msgpack.decode(body)) for id, body in db.execute("select id, body from records")]
    ballots = Counter(str(record["question"]) for _, record in rows if record["t"] == "qna.ballot")
    votes = Counter({id: int(record["votes"]) for id, record in rows if record.get("votes")})
    return ballots, votes


def _per_cpu_s(run: Storm) -> float:
    return run.per_cpu_s


def _row(runs: Runs[Storm], name: str, members: int) -> list[str]:
    if not runs.results(name):
        return [name, NOT_MEASURED, *[""] * (len(COLUMNS) - 2)]
    middle = partial(runs.median, name)
    seen = [
        middle(lambda run: run.seen.p50_us),
        middle(lambda run: run.seen.p99_us),
        middle(lambda run: run.seen.max_us),
    ]
    return [
        name,
        thousands(middle(_per_cpu_s)),
        milliseconds(middle(lambda run: run.latency.p50_us)),
        milliseconds(middle(lambda run: run.latency.p99_us)),
        *([milliseconds(each) for each in seen] if seen[-1] else ["–"] * 3),
        f"{middle(lambda run: run.storm_bytes / members / 1024):.1f}",
        f"{middle(lambda run: run.load_busy):.0%}",
        str(len(runs.results(name))),
    ]


def _in_short(name: str, run: Storm) -> str:
    seen = f", seen by all p50 {milliseconds(run.seen.p50_us)} p99 {milliseconds(run.seen.p99_us)} ms"
    return (
        f"  {name}: {thousands(run.per_cpu_s)} answers/cpu-s in {run.wall_s:.1f} s, answer p99 "
        f"{milliseconds(run.latency.p99_us)} ms{seen if run.seen.max_us else ''}, load client {run.load_busy:.0%} busy"
    )


VOTING = Contestant(name="Kring", how=KRING.how, start=voting, repeats=True)
