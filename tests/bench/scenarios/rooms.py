"""A whole evening of small groups: hundreds of chats at once, everybody talking, every message stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from msgspec.structs import replace

from persistence.database import FILE
from realtime.wire import MSGPACK
from tests.bench.contestants import Contestant, Running
from tests.bench.floods import COLUMNS, Shape, here, in_short, measure, per_cpu_s, rows
from tests.bench.kring import KRING, Hall, check_kept, fresh, serving, speech
from tests.bench.loading import Flood
from tests.bench.peers.everybody import NODE_WS_ROOMS
from tests.bench.report import Section, spread
from tests.bench.rounds import Bar, Place, alternate
from tests.bench.scenarios import Bench
from tests.bench.sessions import village

TITLE = "Many rooms"
EACH = 10
IN_FLIGHT = EACH
"""In each room: everybody there has said something and not heard it yet."""
ROOMS_PER_MEMBER = 0.5
"""Of the other scenarios' members."""
MOST = 1 << 18
LEAST = 0.6
HOLE = "@" * 16
"""As long as a room's id."""
AGAIN = "Kring again"


def run(bench: Bench) -> Sequence[Section]:
    count = int(bench.members * ROOMS_PER_MEMBER)
    shape = Shape(
        members=count * EACH,
        seconds=bench.seconds,
        warm_up_s=bench.warm_up_s,
        numbers={"in_flight": IN_FLIGHT, "group": EACH, "most": MOST},
    )
    peers = [] if bench.alone else [Place(NODE, bench.pairs)]
    places = [Place(MANY, bench.pairs), *peers, Place(MANY, bench.noise, AGAIN)]
    places = [place for place in places if place.rounds]
    present, absent = here(places)
    bench.say(f"{TITLE}: {count} rooms of {EACH}, everybody with a message in flight")

    def one(contestant: Contestant) -> Flood:
        return measure(contestant, shape)

    runs = alternate(present, one, lambda name, result: bench.say(in_short(name, result)))
    ratios = runs.ratios(MANY.name, NODE.name, per_cpu_s)
    noise = runs.ratios(AGAIN, MANY.name, per_cpu_s)
    return [
        Section(
            title=f"{TITLE}: {count:,} chats with {EACH} people each, everybody with a message in flight",
            columns=COLUMNS,
            rows=rows(runs, places, shape.members),
            bars=[Bar(says="deliveries / cpu-s, Kring to Node ws", ratios=ratios, bound=LEAST, at_least=True)],
            notes=[
                *(f"{place.name}: {place.contestant.how()}" for place in present if place.name != AGAIN),
                *absent,
                "Node ws stores nothing; Kring has stored each message before anybody is told",
                *([f"Kring against itself (A/A): {spread(noise)}×, {len(noise)} pairs"] if noise else []),
            ],
        )
    ]


@contextmanager
def many(members: int) -> Iterator[Running]:
    """Kring, on a fresh copy of a village with so many people."""
    made = village(members // EACH, EACH)
    said = speech(MSGPACK, Hall(made.home, list(made.cookies), HOLE))
    with fresh(made.home) as home, serving(home) as (pid, port, _):
        kept = partial(check_kept, home / "data" / FILE)
        everybody = replace(said, hole=HOLE, fills=made.rooms)
        yield Running(pid=pid, port=port, speech=everybody, check=kept, home=home)


@contextmanager
def by_address(members: int) -> Iterator[Running]:
    with NODE_WS_ROOMS.start(members) as server:
        addresses = [f"room/{number // EACH}" for number in range(members)]
        yield replace(server, speech=replace(server.speech, path="/{each}", each=addresses))


MANY = Contestant(name="Kring", how=KRING.how, start=many, repeats=True)
NODE = replace(NODE_WS_ROOMS, start=by_address)
