"""What only the local journal promises: one file, one process, faults of the disk, and an orderly end (J4, J5)."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from realtime.journal import UNBORN, Position, Undecided, Unreachable, tables
from realtime.journal.commits import Bounds
from realtime.journal.local import MOST_BODY_BYTES, AlreadyOpen, LocalJournal
from realtime.journal.loop import new_attempt, pauses, settle
from realtime.journal.tables import OtherFormat
from tests.journal.store import ROOM, chained, collect, fill, turns, whole


@asynccontextmanager
async def commits_counted(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[int]]:
    """How many entries each commit had."""
    sizes: list[int] = []
    write = tables.write

    def counted(db: sqlite3.Connection, batch: tables.Batch) -> None:
        write(db, batch)
        sizes.append(len(batch.entries))

    with monkeypatch.context() as patch:
        patch.setattr(tables, "write", counted)
        yield sizes


async def test_j4_appends_that_come_together_share_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with commits_counted(monkeypatch) as sizes, LocalJournal.open(tmp_path / "journal.db") as journal:
        await asyncio.gather(*(fill(journal, 10, room=f"room {n}") for n in range(100)))
        assert sum(sizes) == 1_000
        assert len(sizes) < 50
        assert max(sizes) > 50


async def test_j4_a_commit_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = Bounds(entries=8, waiting=16)
    async with (
        commits_counted(monkeypatch) as sizes,
        LocalJournal.open(tmp_path / "journal.db", bounds=bounds) as journal,
    ):
        await asyncio.gather(*(fill(journal, 2, room=f"room {n}") for n in range(100)))
        assert sum(sizes) == 200
        assert max(sizes) == 8


async def test_j4_commits_are_on_the_disk(tmp_path: Path) -> None:
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        assert await journal._commits._thread.run(pragmas) == ["wal", 2, 1]


def pragmas(db: sqlite3.Connection) -> list[str | int]:
    return [db.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")]


async def test_trimming_goes_in_steps_and_appends_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deleted: list[int] = []
    write = tables.write

    def watched(db: sqlite3.Connection, batch: tables.Batch) -> None:
        before = db.total_changes
        write(db, batch)
        if batch.trims:
            deleted.append(db.total_changes - before - len(batch.entries))

    monkeypatch.setattr(tables, "write", watched)
    bounds = Bounds(trimmed=10)
    async with LocalJournal.open(tmp_path / "journal.db", tail=5, bounds=bounds) as journal:
        positions = await fill(journal, 105)
        await journal.drained(ROOM, positions[-1])
        await journal.checkpoint(ROOM, positions[-1], b"state")
        on = positions[-1]
        while sum(deleted) < 100:
            (on,) = await fill(journal, 1, on=on)
        assert len(deleted) >= 10
        assert max(deleted) <= 12, "ten entries, and perhaps a drained mark and a checkpoint"
        assert (await journal.read(ROOM, positions[101])).checkpoint is None


async def trim_a_secret(path: Path) -> None:
    async with LocalJournal.open(path, tail=1) as journal:
        first = await journal.append(ROOM, b"a secret word" * 2_000, UNBORN, new_attempt())
        positions = await fill(journal, 10, on=first)
        await journal.drained(ROOM, positions[-1])
        await journal.checkpoint(ROOM, positions[-1], b"state")
        on = positions[-1]
        while (await journal.read(ROOM, positions[1])).checkpoint is None:
            (on,) = await fill(journal, 1, on=on)


async def test_deleted_words_are_gone_from_the_files(tmp_path: Path) -> None:
    await trim_a_secret(tmp_path / "journal.db")
    assert found_in(tmp_path, b"state")
    assert not found_in(tmp_path, b"a secret word")


async def test_without_secure_delete_they_would_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    connect = tables.connect

    def careless(path: Path, busy_s: float) -> sqlite3.Connection:
        db = connect(path, busy_s)
        db.execute("pragma secure_delete = off")
        return db

    monkeypatch.setattr(tables, "connect", careless)
    await trim_a_secret(tmp_path / "journal.db")
    assert found_in(tmp_path, b"a secret word")


def found_in(folder: Path, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in folder.iterdir())


# --- one process ---------------------------------------------------------------------------------------


async def test_j5_only_one_may_have_it_open(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with LocalJournal.open(path) as journal:
        await fill(journal, 1)
        with pytest.raises(AlreadyOpen, match=r"journal\.db"):
            await LocalJournal.open(path).__aenter__()
        script = f"{OPENING}\nasyncio.run(main({str(path)!r}))"
        other = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
        )
        assert "AlreadyOpen" in other.stderr
    async with LocalJournal.open(path) as journal:
        assert len(await whole(journal)) == 1


async def test_a_file_of_another_format_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with sqlite3.connect(path) as db:
        db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(OtherFormat):
        await LocalJournal.open(path).__aenter__()


async def test_what_can_never_be_stored_harms_nobody(tmp_path: Path) -> None:
    """An entry that SQLite would refuse for ever must not fail the commits it shares."""
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        for room, body in (("bad \ud800 name", b""), (ROOM, b"x" * (MOST_BODY_BYTES + 1))):
            with pytest.raises(ValueError, match="16 MiB"):
                await journal.append(room, body, UNBORN, new_attempt())
        await fill(journal, 1)


# --- faults --------------------------------------------------------------------------------------------


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else writes, and doesn't stop."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("begin immediate")
    try:
        yield
    finally:
        db.close()


@contextmanager
def disk_full(path: Path) -> Iterator[None]:
    """No file of this process may grow: a real write that really fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name(path.name + "-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


FAULTS = {"locked": locked, "disk full": disk_full}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_leaves_everyone_undecided_and_works_again(
    fault: Callable[[Path], AbstractContextManager[None]], tmp_path: Path
) -> None:
    path = tmp_path / "journal.db"
    async with LocalJournal.open(path, busy_s=0.05) as journal:
        heads = {f"room {n}": (await fill(journal, 2, room=f"room {n}"))[-1] for n in range(20)}
        attempts = {room: new_attempt() for room in [*heads, "unborn"]}

        def tries() -> list[asyncio.Task[Position]]:
            return [
                asyncio.ensure_future(journal.append(room, b"x" * 3_000, heads.get(room, UNBORN), attempt))
                for room, attempt in attempts.items()
            ]

        with fault(path):
            for _ in range(3):
                answers = await asyncio.gather(*tries(), return_exceptions=True)
                assert {type(answer) for answer in answers} == {Undecided}
            await journal.drained("room 0", heads["room 0"])
            with pytest.raises(Unreachable):
                await journal.checkpoint("room 0", heads["room 0"], b"y" * 10_000)
        positions = await asyncio.gather(*tries())
        assert [position.seq for position in positions] == [*[3] * 20, 1]
        assert await asyncio.gather(*tries()) == positions
        await journal.checkpoint("room 0", heads["room 0"], b"state")
    async with LocalJournal.open(path) as again:
        for room, attempt in attempts.items():
            entries = await whole(again, room)
            chained(UNBORN, entries)
            assert [entry.attempt for entry in entries].count(attempt) == 1
        assert await again.drained_upto("room 0") == 2


async def test_a_commit_that_was_stored_but_said_to_have_failed_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst of the undecided: followers see the entry, and its attempt is answered, once the file is read again."""
    write = tables.write

    def lies(db: sqlite3.Connection, batch: tables.Batch) -> None:
        write(db, batch)
        raise sqlite3.OperationalError("disk I/O error, it says")

    async with LocalJournal.open(tmp_path / "journal.db") as journal, asyncio.TaskGroup() as tasks:
        (on,) = await fill(journal, 1)
        following = tasks.create_task(collect(journal, on, 3))
        await turns()
        with monkeypatch.context() as patch:
            patch.setattr(tables, "write", lies)
            for room, head in ((ROOM, on), ("unborn", UNBORN)):
                with pytest.raises(Undecided):
                    await journal.append(room, b"words", head, b"once")
        assert (await journal.append("unborn", b"words", UNBORN, b"once")).seq == 1
        stored = await journal.append(ROOM, b"words", on, b"once")
        await fill(journal, 1, on=stored)
        assert [entry.seq for entry in await following] == [2, 3]
        assert sorted(await journal.pending()) == [ROOM, "unborn"]


async def test_settling_outlasts_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with LocalJournal.open(path, busy_s=0.01) as journal:
        (on,) = await fill(journal, 1)
        lock = locked(path)
        lock.__enter__()
        tries = 0

        async def sleep(_: float) -> None:
            nonlocal tries
            tries += 1
            if tries == 3:
                lock.__exit__(None, None, None)

        position = await settle(journal, ROOM, b"words", on, attempt=b"once", patience=pauses(1.0, sleep=sleep))
        assert tries == 3
        assert position == (await whole(journal))[-1].position


async def test_an_append_that_takes_too_long_is_undecided(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with LocalJournal.open(path, busy_s=1.0, answer_s=0.05) as journal:
        (on,) = await fill(journal, 1)
        with locked(path), pytest.raises(Undecided):
            await journal.append(ROOM, b"words", on, b"once")
        async with asyncio.TaskGroup() as tasks:
            repeats = [tasks.create_task(journal.append(ROOM, b"words", on, b"once")) for _ in range(3)]
        assert {repeat.result().seq for repeat in repeats} == {2}
        assert len(await whole(journal)) == 2


async def test_a_cancelled_append_can_be_repeated(tmp_path: Path) -> None:
    """Whether it was cancelled while it waited, within the commit, or after."""
    async with LocalJournal.open(tmp_path / "journal.db") as journal:
        on = UNBORN
        for count in range(40):
            attempt = new_attempt()
            appending = asyncio.ensure_future(journal.append(ROOM, attempt, on, attempt))
            await turns(count)
            appending.cancel()
            await asyncio.wait([appending])
            on = await journal.append(ROOM, attempt, on, attempt)
            assert on.seq == count + 1
        chained(UNBORN, await whole(journal))


# --- the end -------------------------------------------------------------------------------------------


async def test_closing_ends_every_wait(tmp_path: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        async with LocalJournal.open(tmp_path / "journal.db") as journal:
            last = (await fill(journal, 3))[-1]
            await journal.drained(ROOM, last)
            waits = [
                tasks.create_task(ends(Unreachable, collect(journal, last, 99))),
                tasks.create_task(ends(Unreachable, journal.pending())),
            ]
            appends = [asyncio.ensure_future(journal.append(f"room {n}", b"", UNBORN, b"a")) for n in range(20)]
            await turns(1)
        await asyncio.wait(waits)
        for append in appends:
            assert (await append).seq == 1, "what was asked before the end is committed"
        await ends(Undecided, journal.append(ROOM, b"", last, b"b"))
        for act in (journal.read(ROOM, last), journal.read(ROOM, None), journal.drained(ROOM, last), journal.pending()):
            await ends(Unreachable, act)
        await ends(Unreachable, journal.checkpoint(ROOM, last, b""))
        await ends(Unreachable, collect(journal, last, 99))
    async with LocalJournal.open(tmp_path / "journal.db") as again:
        assert await again.drained_upto(ROOM) == 3
        assert len(await again.pending()) == 20


async def ends(why: type[Exception], act: Awaitable[object]) -> None:
    with pytest.raises(why):
        await act


async def test_an_exception_comes_out_as_it_was_raised(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="out"):
        async with LocalJournal.open(tmp_path / "journal.db") as journal:
            raise KeyError("out", await fill(journal, 1))
    async with LocalJournal.open(tmp_path / "journal.db") as again:
        assert len(await whole(again)) == 1


OPENING = """
import asyncio, pathlib, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal, whatever whoever starts the tests ignores
from realtime.journal import UNBORN
from realtime.journal.local import LocalJournal

async def forever(journal, room):
    on = UNBORN
    while True:
        on = await journal.append(room, b"x", on, b"a%d" % on.seq)

async def main(path):
    async with LocalJournal.open(pathlib.Path(path)) as journal, asyncio.TaskGroup() as tasks:
        for n in range(10):
            tasks.create_task(forever(journal, f"room {n}"))
        await journal.append("under way", b"", UNBORN, b"")
        print("under way", flush=True)
        {ending}
"""


@pytest.mark.parametrize(
    ("ending", "code"),
    [("raise SystemExit(7)", 7), ("await asyncio.Event().wait()", -signal.SIGINT), ("raise KeyError", 1)],
)
async def test_a_process_that_stops_in_the_middle_does_not_hang(ending: str, code: int, tmp_path: Path) -> None:
    """An aiosqlite connection that is left open keeps its process from ending."""
    script = f"{OPENING.replace('{ending}', ending)}\nasyncio.run(main({str(tmp_path / 'journal.db')!r}))"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"under way\n"
    if code < 0:
        child.send_signal(-code)
    async with asyncio.timeout(20):
        await child.communicate()
    assert child.returncode == code
