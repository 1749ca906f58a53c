"""Every scenario at its smallest; and that each of them sees the loss it is there to see."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.bench import crooked
from tests.bench.contestants import Contestant
from tests.bench.floods import Shape, measure
from tests.bench.kring import hall
from tests.bench.loading import ANSWER, ComeBack, Idle, Invalid, Latency, Load, Storm, run
from tests.bench.scenarios import Bench, all_of_them, comeback, idle, rooms, slow, smoke_of
from tests.bench.scenarios.storm import VOTES, VOTING, check_ballots

NOTHING = Latency(0, 0, 0)
STILL = Idle(
    wall_s=1.0,
    user_s=0.5,
    system_s=0.5,
    load_s=0.1,
    rss_before_kib=0,
    rss_joined_kib=0,
    rss_after_kib=0,
    bytes=0,
    frames=0,
    reads=0,
    pongs=40,
    others=0,
)
BACK = ComeBack(
    returns=NOTHING,
    lost=10,
    back=10,
    dark_s=1.0,
    all_back_s=1.0,
    tries=20,
    most_tries=3,
    wholes=0,
    sent=5,
    said_again=0,
    refused=0,
    unanswered=0,
    missing=0,
    strays=0,
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["comeback", "history", "idle", "rooms", "storm"])
def test_a_scenario_measures_kring(name: str) -> None:
    """Small and short, without peers; whatever a run promises of deliveries and files is checked in it.

    Not the slow readers: whether twenty people leave one of them behind depends on what else the machine does.
    """
    bench = replace(smoke_of(Bench()), members=20, alone=True)
    for section in all_of_them()[name].run(bench):
        assert section.rows
        assert all(len(row) == len(section.columns) for row in section.rows)
        assert all("" not in row for row in section.rows), "everything in it was measured"
        assert section.bars


# ---- votes -----------------------------------------------------------------------------------------------------------


def voted(contestant: Contestant) -> Storm:
    load = Load(scenario="storm", clients=20, texts=[ANSWER], numbers={"each_says": 10, "patience_s": 1})
    with contestant.start(20) as server:
        result = run(load, server.speech, server.port, server.pid, Storm)
    result.check()
    return result


@pytest.mark.slow
def test_every_vote_has_one_answer() -> None:
    assert voted(crooked.contestant("answers")).answered == 200
    with pytest.raises(Invalid, match="answers are missing"):
        voted(crooked.contestant("forgets"))
    with pytest.raises(Invalid, match="1 belong to nobody"):
        voted(crooked.contestant("repeats"))


@pytest.mark.slow
def test_everybody_sees_every_tally() -> None:
    """The control: somebody has not voted for one question, so that what all of them see is one short."""
    members = 10
    load = Load(
        scenario="storm",
        clients=members,
        texts=[f"{n}" for n in range(VOTES)],
        numbers={"each_says": VOTES, "follows": 1, "tally": members},
    )
    with VOTING.start(members) as server:
        run(load, server.speech, server.port, server.pid, Storm).check()
    with VOTING.start(members) as server:
        less = replace(load, numbers={**load.numbers, "each_says": VOTES - 1})
        with pytest.raises(Invalid, match="100 tallies are wrong"):
            run(less, server.speech, server.port, server.pid, Storm).check()


@pytest.mark.parametrize(("ballots", "votes", "kept"), [(3, 3, True), (2, 3, False), (3, 2, False), (2, 2, False)])
def test_everybody_has_a_ballot_for_each_question(tmp_path: Path, ballots: int, votes: int, kept: bool) -> None:
    encode = msgspec.msgpack.encode
    stored = [(f"q{n}", encode({"t": "qna.question", "votes": votes})) for n in range(2)]
    stored += [
        (f"b{n}-{k}", encode({"t": "qna.ballot", "question": f"q{n}"})) for n in range(2) for k in range(ballots)
    ]
    with sqlite3.connect(tmp_path / "library.db") as db:
        db.execute("create table records (id text, body blob)")
        db.executemany("insert into records values (?, ?)", stored)
    db.close()
    if kept:
        check_ballots(tmp_path / "library.db", 3, 2, patience_s=0)
    else:
        with pytest.raises(Invalid, match="ballots"):
            check_ballots(tmp_path / "library.db", 3, 2, patience_s=0)


# ---- who is there, and who comes back --------------------------------------------------------------------------------


def test_heartbeats_are_answered() -> None:
    idle.check(STILL, 1_000, 25.0)
    with pytest.raises(Invalid, match="10 of 40 heartbeats"):
        idle.check(replace(STILL, pongs=10), 1_000, 25.0)


@pytest.mark.slow
def test_a_server_that_comes_back_without_what_was_said_is_seen() -> None:
    """The control of all that is said around a restart being kept: here the files are as they were before."""

    def forget(home: Path) -> None:
        shutil.rmtree(home)
        shutil.copytree(hall(20).home, home)

    comeback.measure(20)
    with pytest.raises(Invalid, match="messages were sent; the database has"):
        comeback.measure(20, forget, patience_s=3)


@pytest.mark.parametrize("change", [{"missing": 1}, {"back": 9}, {"lost": 9}, {"unanswered": 1}, {"strays": 1}])
def test_whoever_misses_anything_makes_it_invalid(change: dict[str, int]) -> None:
    BACK.check(10)
    with pytest.raises(Invalid):
        replace(BACK, **change).check(10)


# ---- who does not read, and who is in another room ------------------------------------------------------------------


@pytest.mark.slow
def test_whoever_is_never_behind_is_no_slow_reader() -> None:
    shape = Shape(members=20, seconds=0.5, warm_up_s=0.1, numbers={"rate": 20})
    with pytest.raises(Invalid, match="was never behind"):
        slow.beside(shape, 1)


@pytest.mark.slow
def test_what_is_said_in_a_room_stays_there() -> None:
    """The control: two rooms of ten at one address, which hear each other."""
    shape = Shape(members=20, seconds=0.5, warm_up_s=0.1, numbers={"in_flight": 1, "group": 10, "patience_s": 2})
    measure(rooms.MANY, shape)
    with pytest.raises(Invalid, match=r"[1-9]\d* were never sent"):
        measure(crooked.contestant("honest"), shape)
