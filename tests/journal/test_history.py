"""Any history of one room, checked against a list: what was appended, and what may have been trimmed of it (J1, J2)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from realtime.journal import UNBORN, Conflict, Entry, Forked, Journal, Lost, Position
from realtime.journal.loop import new_attempt
from tests.journal.adverse import Log, World
from tests.journal.broken import AppendsAnywhere, ForgetsAttempts, NumbersOnly, TrimsUndrained, fails
from tests.journal.store import ROOM, TAIL, LocalStore, Store, WorldStore, collect, fill

ACTS = ("extend", "race", "repeat", "aside", "ahead", "read", "reload", "follow", "drain", "checkpoint", "restart")
Steps = list[tuple[str, int]]
histories: st.SearchStrategy[Steps] = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(min_value=0, max_value=40)), min_size=1, max_size=30
)


class Model:
    """What the journal ought to hold."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.entries: list[Entry] = []
        self.kept = 0
        self.drained = 0

    @property
    def spare(self) -> int:
        """Up to here entries may be gone, sooner or later."""
        return min(self.kept - TAIL, self.drained - 1)

    def position(self, seq: int) -> Position:
        return self.entries[seq - 1].position if seq else UNBORN

    async def step(self, act: str, number: int) -> None:
        await getattr(self, act)(number % (len(self.entries) + 1))

    async def extend(self, number: int) -> None:
        before = self.position(len(self.entries))
        await fill(self.journal, 1 + number % 7, on=before)
        self.entries.extend((await self.journal.read(ROOM, before)).entries)

    async def race(self, seq: int) -> None:
        """An append on any position of the past."""
        if seq == len(self.entries):
            return await self.extend(1)
        with pytest.raises(Conflict if seq > self.spare else (Conflict, Forked)) as caught:
            await self.journal.append(ROOM, b"too late", self.position(seq), new_attempt())
        if isinstance(caught.value, Conflict):
            assert list(caught.value.missing) == self.entries[seq:]

    async def repeat(self, seq: int) -> None:
        if seq > max(0, self.spare + 1):
            known = self.entries[seq - 1]
            stored = await self.journal.append(ROOM, known.body, self.position(seq - 1), known.attempt)
            assert stored == known.position

    async def aside(self, seq: int) -> None:
        position = Position(seq, b"another!")
        with pytest.raises((Forked, Lost) if seq else Forked):
            await self.journal.append(ROOM, b"never", position, new_attempt())
        if seq > self.spare and seq:
            with pytest.raises(Forked):
                await self.journal.read(ROOM, position)

    async def ahead(self, number: int) -> None:
        with pytest.raises(Lost) as caught:
            await self.journal.append(
                ROOM, b"never", Position(len(self.entries) + 1 + number, b"unheard "), new_attempt()
            )
        assert caught.value.head == self.position(len(self.entries))

    async def read(self, seq: int) -> None:
        past = await self.journal.read(ROOM, self.position(seq))
        assert past.head == self.position(len(self.entries))
        start = past.checkpoint.position.seq if past.checkpoint else seq
        assert start == seq or (seq <= self.spare and start == self.kept)
        assert list(past.entries) == self.entries[start:]

    async def reload(self, _: int) -> None:
        past = await self.journal.read(ROOM, None)
        assert (past.checkpoint.position.seq if past.checkpoint else 0) == self.kept
        assert past.checkpoint is None or past.checkpoint.body == b"state at %d" % self.kept
        assert list(past.entries) == self.entries[self.kept :]

    async def follow(self, seq: int) -> None:
        if self.spare < seq < len(self.entries):
            assert await collect(self.journal, self.position(seq), len(self.entries)) == self.entries[seq:]

    async def drain(self, seq: int) -> None:
        await self.journal.drained(ROOM, self.position(seq))
        self.drained = max(self.drained, seq)
        assert await self.journal.drained_upto(ROOM) == self.drained
        if self.drained < len(self.entries):
            assert list(await self.journal.pending()) == [ROOM]

    async def checkpoint(self, seq: int) -> None:
        if seq:
            await self.journal.checkpoint(ROOM, self.position(seq), b"state at %d" % seq)
            self.kept = max(self.kept, seq)


async def walk(store: Store, steps: Steps) -> None:
    """A restart ends one walk over the journal and begins the next."""
    todo = list(steps)
    model: Model | None = None
    while todo or model is None:
        async with store.open() as (journal,):
            model = model or Model(journal)
            model.journal = journal
            while todo and (step := todo.pop(0))[0] != "restart":
                await model.step(*step)
            await model.reload(0)
            await model.read(max(0, model.spare + 1))


@given(steps=histories)
@settings(deadline=None, max_examples=60)
async def test_any_history_of_the_local_journal(steps: Steps) -> None:
    with TemporaryDirectory() as folder:
        await walk(LocalStore(Path(folder) / "journal.db"), steps)


@given(steps=histories)
@settings(deadline=None, max_examples=100)
async def test_any_history_of_the_adverse_journal(steps: Steps) -> None:
    await walk(WorldStore(World(tail=TAIL)), steps)


@pytest.mark.parametrize("log", [AppendsAnywhere, ForgetsAttempts, NumbersOnly, TrimsUndrained])
def test_a_history_shows_what_is_switched_off(log: type[Log]) -> None:
    """The negative controls: some history fails."""
    find(
        histories,
        lambda steps: asyncio.run(fails(walk(WorldStore(World(tail=TAIL, log=log)), steps))),
        settings=settings(deadline=None, max_examples=500, database=None, derandomize=True, phases=[Phase.generate]),
    )
