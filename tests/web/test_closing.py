"""C7: closing a session leaves nothing that tells who did what, wherever it is stopped on the way."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
import structlog

from persistence import records, sessions
from persistence.unlinking import Aliases
from rooms.model import Level, RecordId, Role
from tests.web.gathering import inside, seated, started
from tests.web.lively import (
    ADDRESS,
    NAME,
    OTHER,
    Lively,
    actors,
    files,
    kept,
    linked,
    lively,
    secrets_that_fit,
    told_of_people,
    traces,
    without_people,
)
from tests.web.site import PROXY, Site, site
from web import log

STEPS = [
    "qna closed",
    "chat closed",
    "qna drained",
    "chat drained",
    "outcome",
    "qna unlinked",
    "qna begun_anew",
    "qna scrubbed",
    "qna forgotten",
    "chat forgotten",
    "closed",
]


async def closing(kring: Site, session: str, stop_after: int | None = None) -> list[str]:
    """Close it step by step, at most so many steps; what was done."""
    done: list[str] = []
    async with aclosing(kring.house.worker.steps(session)) as steps:  # type: ignore[type-var]
        async for step in steps:
            done.append(step)
            if stop_after is not None and len(done) >= stop_after:
                break
    return done


async def begun(kring: Site, session: str) -> None:
    """The session is closing, and nobody has done anything about it yet."""
    async with kring.house.database.write() as tx:
        await sessions.close(tx, session)


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What a server logs, as it does where nobody looks at a terminal."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    log.start("info", stream)
    try:
        yield stream
    finally:
        root.handlers[:], level = before
        root.setLevel(level)
        structlog.reset_defaults()


# ---- the three hunts -------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_identity_hunt(tmp_path: Path, told: io.StringIO) -> None:
    """Outside the people and sign-in tables no file, log line or figure has a trace of the planted people."""
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring)
        await begun(kring, found.session)
        kring.house.worker.close(found.session)
        await kring.house.worker.closed(found.session)
        figures = await _figures(kring)
    planted = [NAME, OTHER, "Wilhelmina", "Bartholomeus", ADDRESS, *found.persons, *found.named, *found.second]
    assert traces(without_people(data, tmp_path / "copy"), planted) == []
    assert traces({"log": told.getvalue().encode(), "metrics": figures}, planted) == []
    assert traces(files(data), found.second) == []
    assert "session.closing" in told.getvalue(), "the log is looked at"
    acts = str(kept(data, found.room)).encode() + files(data)["journal.db"]
    assert [value for value in told_of_people(data) if value in acts or repr(value)[2:-1].encode() in acts] == []


@pytest.mark.slow
async def test_control_in_a_named_room_the_hunt_finds_them(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, "named", crowd=1)
        await closing(kring, await _closing(kring, found))
    where = traces(without_people(data, tmp_path / "copy"), [NAME, *found.named])
    assert {text for _, text in where} == {NAME, *found.named}
    assert {name for name, _ in where} == {"library.db", "journal.db"}
    assert any(value in files(data)["journal.db"] for value in told_of_people(data))
    assert traces(files(data), found.second) == [], "votes are unlinked in a named room too"


@pytest.mark.slow
async def test_linkage_hunt(tmp_path: Path) -> None:
    """Before: the secret is found among all windows of all files, and links both. After: nothing does."""
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=6)
        await begun(kring, found.session)
        await closing(kring, found.session, stop_after=3)  # all of it is in the database
        before = kept(data, found.room)
        fits = secrets_that_fit(_of_size(files(data), 200_000), found.persons, actors(before))
        assert fits == {person: {f"secrets/{found.room}"} for person in found.persons}
        assert linked(before), "one id for all that a person does"
        assert set(found.second) <= actors(before)
        await closing(kring, found.session)
    after = kept(data, found.room)
    known = actors(after)
    assert known
    assert known.isdisjoint(actors(before))
    assert linked(after) == {}
    assert secrets_that_fit(files(data), found.persons, known | set(found.second) | actors(before)) == {}
    assert not any("who" in record for record in after)


async def test_control_one_alias_per_person_would_link_their_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Aliases.alias
    monkeypatch.setattr(Aliases, "alias", lambda self, actor, record: own(self, actor, RecordId("")))
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=0)
        await closing(kring, await _closing(kring, found))
    assert linked(kept(tmp_path, found.room))


async def test_control_without_scrubbing_the_old_bytes_are_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*files: object) -> None:
        """Leave the files as they are."""

    monkeypatch.setattr("persistence.closing.scrub", nothing)
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=1)
        await closing(kring, await _closing(kring, found))
        assert traces(files(tmp_path), found.second)


def _of_size(found: dict[str, bytes], most: int) -> dict[str, bytes]:
    """A hunt before closing needn't look at all of a log that grew: the secret lies elsewhere."""
    return {name: held[:most] for name, held in found.items()}


async def _closing(kring: Site, found: Lively) -> str:
    await begun(kring, found.session)
    return found.session


async def _figures(kring: Site) -> bytes:
    async with kring.browser() as browser:
        answer = await browser.get("/metrics")
        assert answer.status_code == 200
        return answer.content


# ---- stopped anywhere ------------------------------------------------------------------------------------------------


async def expected(kring: Site, found: Lively) -> None:
    """Closed for good, with everything that was asked, and none of who asked it."""
    data = kring.house.settings.data
    async with kring.signed_in(Role.OWNER) as staff:
        session = (await staff.get(f"/api/sessions/{found.session}")).json()
        assert (session["state"], session["secret_gone"]) == ("closed", False)
        assert {room["state"] for room in session["rooms"]} == {"closed"}
        async with seated(kring, found.room, staff) as desk:
            questions = desk.of("qna.question")
            assert len(questions) == found.questions - 1, "one was removed"
            assert sum(question.get("votes", 0) for question in questions.values()) == 14 - 2
            assert "muted" not in str(questions)
            assert desk.records["room"]["state"] == "closed"
    assert list((data / "secrets").iterdir()) == []
    assert linked(kept(data, found.room)) == {}
    assert traces(files(data), found.second) == []


@pytest.mark.parametrize("after", range(len(STEPS)), ids=["nothing", *STEPS[:-1]])
async def test_stopped_after_any_step_the_next_server_goes_on_and_it_ends_the_same(tmp_path: Path, after: int) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=0)
        await begun(kring, found.session)
        if after:
            assert await closing(kring, found.session, after) == STEPS[:after]
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        await kring.house.worker.closed(found.session)
        await expected(kring, found)


async def test_closing_twice_at_once_ends_the_same(tmp_path: Path) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=0)
        await begun(kring, found.session)
        done = await asyncio.gather(closing(kring, found.session), closing(kring, found.session))
        assert list(done) == [STEPS, STEPS]
        await expected(kring, found)


async def test_what_was_written_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed inside the database's transaction: everything is as it was, and the next try begins anew."""

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively(kring, crowd=0)
        await begun(kring, found.session)
        before = (await closing(kring, found.session, 5), kept(tmp_path, found.room))
        with monkeypatch.context() as patched:
            patched.setattr(records, "put_records", dies)
            with pytest.raises(RuntimeError, match="killed"):
                await closing(kring, found.session)
        assert kept(tmp_path, found.room) == before[1]
        assert (tmp_path / "secrets" / found.room).exists()
        await closing(kring, found.session)
        await expected(kring, found)


# ---- for whoever is there --------------------------------------------------------------------------------------------


async def test_who_is_in_the_room_sees_it_close_and_nothing_is_called_lost(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, review=False)
        room = session["rooms"][0]["id"]
        async with inside(kring, session["code"], "Noor") as guest, seated(kring, room, guest) as seat:
            await seat.do("qna.ask", text="Waar?", level="anonymous")
            assert seat.of("qna.receipt")
            answer = await staff.post(f"/api/sessions/{session['id']}/close")
            assert answer.json() == {"state": "closing"}
            await seat.until("joined", id="")
            assert seat.records["room"]["state"] == "closed"
            assert [question["text"] for question in seat.of("qna.question").values()] == ["Waar?"]
            assert seat.of("qna.receipt") == {}, "receipts are the browser's now"
            await kring.house.worker.closed(session["id"])
            await seat.catch_up()
            assert len(seat.joined["you"]) == 1
            refused = await seat.do("qna.ask", text="Nog iets?")
            assert refused["reason"] == "closed"
            late = {"t": "qna.ask", "text": "Waar?", "level": "named"}
            await seat.say(t="do", id="old", room=room, cmd=late, seq=1, mark="")
            assert (await seat.until("refused", id="old"))["reason"] == "stale", "it may have counted"
        again = await staff.post(f"/api/sessions/{session['id']}/close")
        assert again.json() == {"state": "closed"}
        stats, counts = kring.house.hub.stats(), kring.house.drain.counts
        assert (stats.lost_entries, stats.reloads, counts.restarts, counts.failures) == (0, 0, 0, 0)


async def test_a_killed_start_leaves_no_secret_and_no_closed_door(tmp_path: Path) -> None:
    """Secrets of rooms that never came to be are swept; rooms that were not opened yet are."""
    async with site(tmp_path) as kring:
        kring.house.secrets.make("neverwas")
        async with kring.house.database.write() as tx:
            made = await sessions.create(
                tx,
                kring.house.secrets,
                kring.house.beginning.community.id,
                title="Half",
                chat="Chat",
                level=Level.ANONYMOUS,
                review=True,
                now=1,
            )
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = (await staff.get(f"/api/sessions/{made.id}")).json()
        assert not (tmp_path / "secrets" / "neverwas").exists()
        for room in session["rooms"]:
            async with seated(kring, room["id"], staff) as seat:
                assert seat.records["room"]["state"] == "open"
