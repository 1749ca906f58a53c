"""Transcripts are kept as long as the setting says: then they are gone from every byte, and what they came to stays."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import aclosing, closing
from pathlib import Path

import pytest

from persistence import retention
from persistence.gate import now_ms
from persistence.retention import Step
from rooms.model import Role
from tests.web.gathering import seated, started
from tests.web.lively import files, traces
from tests.web.outcomes import drafts_of, lines_of, rows, wrong_with
from tests.web.process import command
from tests.web.short_session import Short, short_session
from tests.web.site import Site, site
from tests.web.test_closing import begun
from tests.web.test_closing import closing as closed
from web.catalogue import say
from web.settings import Settings
from web.worker import finish

DAY_MS = 24 * 3_600_000
KEEP_DAYS = 30
ROOMS = 3
STEPS = [Step.DELETED, *[Step.BEGUN_ANEW] * ROOMS, Step.SCRUBBED, Step.DONE]
"""For one session."""


def later(days: int) -> int:
    return now_ms() + days * DAY_MS


async def over(kring: Site, seed: int = 1, level: str = "anonymous") -> Short:
    """A session that is closed."""
    async with kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(seed), level=level)
    await begun(kring, short.id)
    await closed(kring, short.id)
    return short


def only_said(directory: Path, short: Short) -> list[str]:
    """Words that are in the transcript, and not in what the session came to."""
    kept = str([lines_of(directory, short.id), drafts_of(directory, short.id)])
    said = rows(directory, "select heading, text from passages where session = ?", short.id)
    words = {row["heading"] or row["text"] for row in said} | {
        text for text in short.hushed if text.startswith("Gesmoord")
    }
    return sorted(text for text in words if text not in kept)


async def swept(kring: Site, keep_days: int | None, now: int, stop_after: int | None = None) -> list[Step]:
    """Sweep step by step, at most so many steps; what was done."""
    done: list[Step] = []
    house = kring.house
    found = retention.steps(house.database, house.journal, house.drain, keep_days, now=now)
    async with aclosing(found) as steps:  # type: ignore[type-var]
        async for step in steps:
            done.append(step)
            if stop_after is not None and len(done) >= stop_after:
                break
    return done


async def still_closed(kring: Site, short: Short) -> None:
    """Whoever comes finds an empty, closed room, and can't begin it anew."""
    async with kring.signed_in(Role.OWNER) as staff:
        about = (await staff.get(f"/api/sessions/{short.id}")).json()
        assert (about["state"], {room["state"] for room in about["rooms"]}) == ("closed", {"closed"})
        assert about["swept_on"]
        for room in short.rooms:
            async with seated(kring, room, staff) as seat:
                assert set(seat.records) == {"room"}
                assert seat.records["room"]["state"] == "closed"
        async with seated(kring, short.rooms[1], staff) as seat:
            refused = await seat.do("chat.post", text="Nog iets")
            assert (refused["t"], refused["reason"]) == ("refused", "closed")


def gone(directory: Path, short: Short, words: list[str]) -> None:
    """No byte of what was only said is left, and all of what it came to is."""
    assert traces(files(directory), words) == []
    assert wrong_with(directory, short) == []
    for table in ("passages", "written"):
        assert rows(directory, f"select * from {table} where room in ({','.join('?' * ROOMS)})", *short.rooms) == []
    for room in short.rooms:
        assert rows(directory, "select count(*) as n from entries where room = ?", room) == [{"n": 1}]
    assert rows(directory, "select * from sweeps") == []
    with closing(sqlite3.connect(f"file:{directory / 'library.db'}?mode=ro", uri=True)) as database:
        assert database.execute("pragma foreign_key_check").fetchall() == []
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("level", ["named", "anonymous"])
async def test_what_was_kept_for_long_enough_is_gone_from_every_byte(tmp_path: Path, level: str) -> None:
    async with site(tmp_path) as kring:
        short = await over(kring, level=level)
        words = only_said(tmp_path, short)
        assert len(words) >= 3
        lines, drafts = lines_of(tmp_path, short.id), drafts_of(tmp_path, short.id)
        assert {text for _, text in traces(files(tmp_path), words)} == set(words), (
            "a control: until then they are there"
        )
        assert await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1)) == STEPS
        assert traces(files(tmp_path), words) == [], "while the server runs"
        await still_closed(kring, short)
        assert await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1)) == [], "once is enough"
    gone(tmp_path, short, words)
    assert (lines_of(tmp_path, short.id), drafts_of(tmp_path, short.id)) == (lines, drafts)
    async with site(tmp_path) as kring:
        await still_closed(kring, short)
        await kring.house.drain.heal()
        assert kring.house.drain.counts.restarts == 0
        await still_closed(kring, short)


async def test_control_what_is_not_old_enough_or_not_closed_stays(tmp_path: Path) -> None:
    async with site(tmp_path) as kring:
        short = await over(kring)
        async with kring.signed_in(Role.OWNER) as staff:
            running = await short_session(kring, staff, random.Random(2), level="named")
        await kring.house.drain.finish()  # or what was said last comes in between the two counts
        before = _counts(tmp_path)
        assert await swept(kring, KEEP_DAYS, later(KEEP_DAYS)) == [], "all of the last day is kept"
        assert await swept(kring, None, later(36_000)) == [], "for ever is for ever"
        assert await swept(kring, 36_500, now_ms()) == []
        assert await swept(kring, 10_000_000, now_ms()) == [], "longer than there are calendars"
        assert _counts(tmp_path) == before
        words = only_said(tmp_path, short)
        assert {text for _, text in traces(files(tmp_path), words)} == set(words)
        assert len(await swept(kring, 1, later(2))) == len(STEPS), "the one that is closed"
        said = rows(tmp_path, "select * from passages where session = ?", running.id)
        assert len(said) > ROOMS
        async with kring.guest() as guest, seated(kring, kring.room, guest) as seat:
            assert seat.records["room"]["state"] == "open", "the chat of the community stays"


def _counts(directory: Path) -> list[object]:
    tables = ("entries", "records", "written", "passages", "sweeps")
    return [rows(directory, f"select count(*) as n from {table}")[0]["n"] for table in tables]


async def test_control_without_scrubbing_the_bytes_would_still_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*files: object) -> None:
        """Leave the files as they are."""

    monkeypatch.setattr("persistence.retention.scrub", nothing)
    async with site(tmp_path) as kring:
        short = await over(kring, level="named")
        words = only_said(tmp_path, short)
        await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1))
        assert traces(files(tmp_path), words)


@pytest.mark.fault
@pytest.mark.timeout(240)
async def test_stopped_at_any_boundary_it_ends_the_same(tmp_path: Path) -> None:
    """For each boundary a session of its own; the next server goes on, for some two at once do."""
    dice = random.Random(14)
    stops = list(range(1, len(STEPS)))
    dice.shuffle(stops)
    for stop in stops:
        directory = tmp_path / str(stop)
        async with site(directory) as kring:
            short = await over(kring, seed=stop, level=dice.choice(["named", "anonymous"]))
            words = only_said(directory, short)
            assert await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1), stop) == STEPS[:stop], "it stopped there"
            async with kring.signed_in(Role.OWNER) as staff, seated(kring, short.rooms[0], staff) as seat:
                assert seat.records["room"]["state"] == "closed", "whoever comes in between is told so"
            assert rows(directory, "select * from sweeps"), "it is known that it isn't done"
        async with site(directory) as kring:
            twice = [swept(kring, None, now_ms()) for _ in range(dice.choice([1, 2]))]
            for done in await asyncio.gather(*twice):
                assert Step.DONE in done or done == []
            await still_closed(kring, short)
        gone(directory, short, words)


async def test_killed_inside_the_transaction_nothing_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    async with site(tmp_path) as kring:
        short = await over(kring)
        before = _counts(tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr("persistence.retention.drop_deleted_words", dies)
            with pytest.raises(RuntimeError, match="killed"):
                await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1))
        assert _counts(tmp_path) == before
        assert rows(tmp_path, "select swept_on from sessions") == [{"swept_on": None}]
        assert await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1)) == STEPS
    assert wrong_with(tmp_path, short) == []


async def test_a_journal_that_was_lost_leaves_the_rooms_closed(tmp_path: Path) -> None:
    """As after a backup is put back: the room is begun anew from what the database has left of it (J5)."""
    async with site(tmp_path) as kring:
        short = await over(kring)
        words = only_said(tmp_path, short)
        await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1))
    _lose_journal(tmp_path)
    async with site(tmp_path) as kring:
        assert kring.house.drain.counts.failures == 0
        assert kring.house.drain.counts.restarts >= ROOMS
        await still_closed(kring, short)
    gone(tmp_path, short, words)


def _lose_journal(directory: Path) -> None:
    for path in list(directory.glob("journal.db*")):
        path.unlink()


async def test_who_reads_it_meanwhile_sees_it_go(tmp_path: Path) -> None:
    async with site(tmp_path) as kring:
        short = await over(kring)
        async with kring.signed_in(Role.OWNER) as staff, seated(kring, short.rooms[0], staff) as seat:
            assert seat.of("qna.question")
            await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1))
            while seat.of("qna.question"):
                await seat._next()
            assert seat.records["room"]["state"] == "closed"


async def test_the_export_says_that_it_is_kept_no_longer(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await over(kring, level="named")
        words = only_said(tmp_path, short)
        address = f"/api/sessions/{short.id}/export"
        before = (await staff.get(address, params={"as": "md"})).text
        assert "Gewoon" in before
        assert "deleted on" not in before, "a control"
        await swept(kring, KEEP_DAYS, later(KEEP_DAYS + 1))
        told = {form: (await staff.get(address, params={"as": form})).text for form in ("md", "json", "csv")}
        for text in told.values():
            assert [word for word in words if word in text] == []
            assert all(line.text in text for line in short.lines if line.about == "decision")
        assert "What was said there is kept no longer: it was deleted on" in told["md"]
        assert '"about": "deleted"' in told["json"]
        assert '"deleted"' in told["csv"]


async def test_search_leads_nowhere_into_it(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        await over(kring, level="named")
        for found, now in ((True, now_ms()), (False, later(KEEP_DAYS + 1))):
            await swept(kring, KEEP_DAYS, now)
            hits = (await staff.get("/api/library", params={"q": "Gewoon"})).json()["hits"]
            assert bool(hits) is found


# ---- whoever does it -------------------------------------------------------------------------------------------------


async def _aged(kring: Site, short: Short) -> None:
    async with kring.house.database.write() as tx:
        await tx.exec_driver_sql(f"update sessions set closed_on = '2020-01-01' where id = '{short.id}'")


async def test_a_server_does_it_by_itself_when_it_starts(tmp_path: Path) -> None:
    async with site(tmp_path) as kring:
        short = await over(kring)
        words = only_said(tmp_path, short)
        await _aged(kring, short)
    async with site(tmp_path) as kring:
        assert await kring.house.worker.sweep(now_ms()) == 0, "a control: nobody asked for it"
    async with site(tmp_path, keep_transcripts_days=KEEP_DAYS) as kring:
        await kring.house.worker.sweep(now_ms())  # with what the start began, or after it
        await still_closed(kring, short)
    gone(tmp_path, short, words)


async def test_a_worker_alone_does_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with site(data) as kring:
        short = await over(kring)
        words = only_said(data, short)
        await _aged(kring, short)
    assert (await command(tmp_path, "worker"))[0] == 0
    assert traces(files(data), words), "a control: nobody asked for it"
    code, _, errors = await command(tmp_path, "worker", KRING_KEEP_TRANSCRIPTS_DAYS="30")
    assert code == 0, errors
    gone(data, short, words)


async def test_a_worker_that_could_not_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*files: object) -> None:
        raise OSError("no room on the disk")

    async with site(tmp_path) as kring:
        await _aged(kring, await over(kring))
    settings = Settings(data=tmp_path, keep_transcripts_days=KEEP_DAYS)
    with monkeypatch.context() as patched:
        patched.setattr("persistence.retention.scrub", fails)
        assert await finish(settings) == (0, 0, False)
    assert await finish(settings) == (0, 0, True)
    assert "could not be deleted" in say("en", "worker-not-swept")
    assert "niet helemaal verwijderd" in say("nl", "worker-not-swept")


async def test_what_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = asyncio.Event()

    async def fails(*files: object) -> None:
        tried.set()
        raise OSError("no room on the disk")

    async with site(tmp_path) as kring:
        short = await over(kring)
        words = only_said(tmp_path, short)
        await _aged(kring, short)
    with monkeypatch.context() as patched:
        patched.setattr("persistence.retention.scrub", fails)
        async with site(tmp_path, keep_transcripts_days=KEEP_DAYS) as kring:
            async with asyncio.timeout(20):
                await tried.wait()
            async with kring.signed_in(Role.OWNER) as staff:
                await started(staff, "named")  # nothing of it stands in anybody's way
    async with site(tmp_path, keep_transcripts_days=KEEP_DAYS) as kring:
        await kring.house.worker.sweep(now_ms())
    gone(tmp_path, short, words)
