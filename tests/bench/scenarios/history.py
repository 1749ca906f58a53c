"""What was said long ago must cost nothing now: old rooms beside young ones that show the same."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from persistence.database import FILE
from realtime.wire import MSGPACK
from rooms.kinds.chat import WINDOW
from tests.bench import loading
from tests.bench.contestants import Contestant, Running
from tests.bench.floods import text
from tests.bench.kring import KEPT_S, KRING, Hall, fresh, hall, post, serving, speech, temporary
from tests.bench.loading import ANSWER, Flood, Invalid, Load, Speech, Storm
from tests.bench.report import Section, thousands
from tests.bench.rounds import Bar, Place, Runs, alternate
from tests.bench.scenarios import Bench
from tests.bench.scenarios.storm import check_ballots, vote
from tests.bench.sessions import evening

TITLE = "History"
PAST_PER_MEMBER = 100
WRITERS_PER_MEMBER = 0.5
QUESTIONS = 20
VISITORS_PER_MEMBER = 0.2
"""Who the room is measured with; in the Q&A they are others than those who voted, and hold no ballots."""
JOINS = 10
COMMANDS = 50
WARMING = 3
"""Commands of each that are not measured: the archive looks up where the room was, once."""
RATE = 200
IN_ONE_GO = 50
"""Messages by one connection; then it says anew where the room is, for only so much of the past is known (C2)."""
MOST = 1.15
COLUMNS = ("room", "joins / cpu-s", "commands / cpu-s", "deliveries / cpu-s", "KiB / join", "runs")
ASKED = "Does anybody know why the second pump hums after rain? "


class Room(Struct, frozen=True):
    """A room with a past, and how to speak in it. `wish`: a command for each of `texts`; `says`: one for everybody.

    `seq`: where the room is.
    """

    people: Hall
    texts: Sequence[str]
    wish: Callable[[str], dict[str, object]]
    says: Callable[[str], dict[str, object]]
    seq: int = 0


class Cost(Struct, frozen=True):
    """Three runs on one server: everybody joins again and again, gives commands, and hears what others say."""

    joins: Storm
    commands: Storm
    fan_out: Flood


def run(bench: Bench) -> Sequence[Section]:
    past = PAST_PER_MEMBER * bench.members
    voters = bench.members
    visitors = int(bench.members * VISITORS_PER_MEMBER)
    chats = [
        (f"a chat with {WINDOW} messages", partial(chat, bench.members, WINDOW, visitors)),
        (f"a chat with {past:,} messages", partial(chat, bench.members, past, visitors)),
    ]
    evenings = [
        (f"{QUESTIONS} questions", partial(questions, voters, visitors, voted=False)),
        (f"{QUESTIONS} questions, {voters * QUESTIONS:,} ballots", partial(questions, voters, visitors, voted=True)),
    ]
    return [_compared(bench, "chat", chats, visitors), _compared(bench, "Q&A", evenings, visitors)]


Named = Sequence[tuple[str, Callable[[], Room]]]


def _compared(bench: Bench, kind: str, made: Named, visitors: int) -> Section:
    bench.say(f"{TITLE}: a {kind}, {visitors} people in it")
    rooms = {name: make() for name, make in made}
    places = [
        Place(replace(KRING, name=name, start=partial(_running, room)), bench.runs) for name, room in rooms.items()
    ]
    young, old = (place.name for place in places)

    def one(contestant: Contestant) -> Cost:
        return measure(contestant, rooms[contestant.name], bench.seconds / 2)

    runs = alternate(places, one, lambda name, cost: bench.say(_in_short(name, cost)))
    figures: dict[str, Callable[[Cost], float]] = {"a join": _join, "a command": _command, "a delivery": _delivery}
    bars = [
        Bar(
            says=f"processor time of {what}, with the history to without",
            ratios=runs.ratios(old, young, cost),
            bound=MOST,
            at_least=False,
        )
        for what, cost in figures.items()
    ]
    return Section(
        title=f"{TITLE}: {old} beside {young}, {visitors} people in it",
        columns=COLUMNS,
        rows=[_row(runs, place.name) for place in places],
        bars=bars,
        notes=["a pair is the same three runs on either, one after the other"],
    )


def measure(contestant: Contestant, room: Room, seconds: float) -> Cost:
    """Three runs on one server. Raises Invalid, Missing."""
    count = len(room.people.cookies)
    again = Load(scenario="storm", clients=count, texts=[ASKED], numbers={"each_says": JOINS})
    warm_up = Load(scenario="storm", clients=count, texts=room.texts, numbers={"each_says": WARMING})
    wishes = Load(scenario="storm", clients=count, texts=room.texts, numbers={"each_says": COMMANDS})
    pace = {"rate": RATE, "seconds": seconds, "warm_up_s": 0.2}
    talk = Load(scenario="flood", clients=count, texts=[text()], numbers=pace)
    with contestant.start(count) as server:
        run = partial(loading.run, port=server.port, pid=server.pid)
        run(warm_up, speech(MSGPACK, room.people, room.wish, f"warm-{ANSWER}", room.seq), shape=Storm).check()
        joins = run(again, _joining(room.people), shape=Storm)
        commands = run(wishes, speech(MSGPACK, room.people, room.wish, ANSWER, room.seq), shape=Storm)
        fan_out = run(talk, speech(MSGPACK, room.people, room.says, seq=room.seq), shape=Flood)
    joins.check()
    commands.check()
    fan_out.check(repeats=True)
    return Cost(joins, commands, fan_out)


def _joining(people: Hall) -> Speech:
    """Whatever is said is a join, and answered with the whole room."""
    join = msgspec.msgpack.encode({"t": "join", "id": ANSWER, "room": people.room})
    return replace(speech(MSGPACK, people), say=lambda _: join)


@contextmanager
def _running(room: Room, _: int) -> Iterator[Running]:
    with fresh(room.people.home) as home, serving(home) as (pid, port, _code):
        yield Running(pid=pid, port=port, speech=speech(MSGPACK, room.people), home=home)


# ---- rooms with a past -----------------------------------------------------------------------------------------------


def chat(members: int, past: int, visitors: int) -> Room:
    made, seq = _old_chat(members, past)
    return Room(replace(made, cookies=made.cookies[-visitors:]), [ASKED], post, post, seq)


@cache
def _old_chat(members: int, past: int) -> tuple[Hall, int]:
    """Half of the people said all of it, and the database has it; where the room is then."""
    people, writers = hall(members), int(members * WRITERS_PER_MEMBER)
    home = _copied(people.home)
    each = min(past // writers, IN_ONE_GO)
    load = Load(scenario="storm", clients=writers, texts=[text()], numbers={"each_says": each})
    with serving(home) as (pid, port, _):
        seq = 0
        for nth in range(past // writers // each):
            said = speech(MSGPACK, people, post, f"past-{nth}-{ANSWER}", seq)
            loading.run(load, said, port, pid, Storm).check()
            seq = archived(home / "data" / FILE, people.room, (nth + 1) * writers * each)
    return replace(people, home=home), seq


def archived(database: Path, room: str, messages: int, *, patience_s: float = KEPT_S) -> int:
    """The position at which the database has so many messages of the room. Raises Invalid."""
    deadline = time.monotonic() + patience_s
    while True:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            query = "select count(*), (select seq from cursors where room = :room) from passages where room = :room"
            kept, seq = db.execute(query, {"room": room}).fetchone()
        if kept == messages:
            return int(seq)
        if time.monotonic() > deadline:
            raise Invalid(f"{messages} messages were sent; the database has {kept}")
        time.sleep(0.1)


def questions(voters: int, visitors: int, *, voted: bool) -> Room:
    made = evening(voters + visitors, QUESTIONS)
    people = _voted(voters, visitors) if voted else made.hall
    own = replace(people, cookies=people.cookies[-visitors:])
    return Room(own, [f"{number}" for number in range(QUESTIONS)], partial(vote, made), ask)


@cache
def _voted(voters: int, visitors: int) -> Hall:
    """Each of the voters has voted for each question, and the database has it."""
    made = evening(voters + visitors, QUESTIONS)
    home = _copied(made.hall.home)
    texts = [f"{number}" for number in range(QUESTIONS)]
    load = Load(scenario="storm", clients=voters, texts=texts, numbers={"each_says": QUESTIONS})
    with serving(home) as (pid, port, _):
        loading.run(load, speech(MSGPACK, made.hall, partial(vote, made), ANSWER), port, pid, Storm).check()
        check_ballots(home / "data" / FILE, voters, QUESTIONS)
    return replace(made.hall, home=home)


def ask(words: str) -> dict[str, object]:
    return {"t": "qna.ask", "text": words, "level": "named"}


def _copied(made: Path) -> Path:
    home = temporary() / "home"
    shutil.copytree(made, home)
    return home


# ---- figures ---------------------------------------------------------------------------------------------------------


def _join(cost: Cost) -> float:
    return 1 / cost.joins.per_cpu_s


def _command(cost: Cost) -> float:
    return 1 / cost.commands.per_cpu_s


def _delivery(cost: Cost) -> float:
    return 1 / cost.fan_out.per_cpu_s


def _row(runs: Runs[Cost], name: str) -> list[str]:
    middle = partial(runs.median, name)
    return [
        name,
        f"{middle(lambda cost: cost.joins.per_cpu_s):,.0f}",
        f"{middle(lambda cost: cost.commands.per_cpu_s):,.0f}",
        thousands(middle(lambda cost: cost.fan_out.per_cpu_s)),
        f"{middle(lambda cost: cost.joins.storm_bytes / cost.joins.answered / 1024):.1f}",
        str(len(runs.results(name))),
    ]


def _in_short(name: str, cost: Cost) -> str:
    return (
        f"  {name}: {cost.joins.per_cpu_s:,.0f} joins/cpu-s, {cost.commands.per_cpu_s:,.0f} commands/cpu-s, "
        f"{thousands(cost.fan_out.per_cpu_s)} deliveries/cpu-s"
    )
