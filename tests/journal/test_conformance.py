"""Every journal obeys the laws of `conformance`; with a mechanism switched off, the law that rests on it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from realtime.journal.commits import Append, Draft
from realtime.journal.following import Follower
from realtime.journal.tables import Room
from tests.journal import conformance
from tests.journal.adverse import Faults, Log, World
from tests.journal.broken import (
    AppendsAnywhere,
    ForgetsAttempts,
    NumbersOnly,
    TellsTheLastOnly,
    TrimsUndrained,
    fails,
)
from tests.journal.conformance import Law
from tests.journal.store import TAIL, LocalStore, RedisStore, Store, WorldStore

STORES: dict[str, Callable[[Path], Store]] = {
    "local": lambda folder: LocalStore(folder / "journal.db"),
    "local, followers that keep little": lambda folder: LocalStore(folder / "journal.db", news_bytes=2_000),
    "adverse, without faults": lambda folder: WorldStore(World(tail=TAIL)),
    "adverse, slow": lambda folder: WorldStore(World(seed=1, tail=TAIL, faults=Faults(turns=5))),
}


@pytest.mark.parametrize("law", conformance.LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("store", STORES.values(), ids=STORES.keys())
async def test_every_journal_obeys(law: Law, store: Callable[[Path], Store], tmp_path: Path) -> None:
    await law(store(tmp_path))


@pytest.mark.parametrize("law", conformance.LAWS, ids=lambda law: law.__name__)
async def test_the_redis_journal_obeys(law: Law, shared: RedisStore) -> None:
    await law(shared)


# --- negative controls: a journal with one mechanism off -------------------------------------------


@pytest.mark.parametrize(
    ("log", "law"),
    [
        (AppendsAnywhere, conformance.one_wins_of_those_that_come_together),
        (AppendsAnywhere, conformance.conflict_tells_everything_missing),
        (ForgetsAttempts, conformance.j2_a_repeated_attempt_is_one_entry),
        (NumbersOnly, conformance.j1_lost_and_forked_are_told_apart),
        (TellsTheLastOnly, conformance.conflict_tells_everything_missing),
        (TellsTheLastOnly, conformance.following_has_no_gap_and_no_repeat),
        (TrimsUndrained, conformance.nothing_undrained_is_trimmed),
    ],
)
async def test_a_journal_without_the_mechanism_fails(log: type[Log], law: Law) -> None:
    assert await fails(law(WorldStore(World(tail=TAIL, log=log))))


def forgets_that_it_dropped(follower: Follower) -> None:
    """A follower that throws away what it has no room for, and does not read it again."""
    follower._news, follower._bytes = [], 0


def stands_anywhere(draft: Draft, request: Append) -> None:
    """Group commit that looks at the head before the commit, not at what the same commit placed on it."""
    head = draft._rooms.get(request.room, Room()).head
    if request.on == head:
        draft._place(request)
    else:
        draft.late.append(request)


@pytest.mark.parametrize(
    ("owner", "name", "broken", "law"),
    [
        (Follower, "fall_behind", forgets_that_it_dropped, conformance.following_has_no_gap_and_no_repeat),
        (Draft, "_append", stands_anywhere, conformance.one_wins_of_those_that_come_together),
    ],
)
async def test_the_local_journal_without_the_mechanism_fails(
    owner: type, name: str, broken: object, law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, broken)
    assert await fails(law(LocalStore(tmp_path / "journal.db", news_bytes=2_000)))
