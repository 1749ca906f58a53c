"""What a session came to is taken down once, however closing is stopped, repeated or done by two at once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from persistence import library, outcomes, records
from persistence.database import Read
from persistence.search import Hit, Narrowed, Reader, search
from persistence.worker import NotClosing
from rooms.kind import kinds
from rooms.model import RecordId, Role
from tests.web.gathering import board_of, inside, seated, started
from tests.web.outcomes import drafts_of, lines_of, rows, wrong_with
from tests.web.short_session import LEVELS, Short, short_session
from tests.web.site import Site, site
from tests.web.test_closing import begun, closing

STEPS = (
    *("qna closed", "chat closed", "board closed"),
    *("qna drained", "chat drained", "board drained"),
    "outcome",
    *("qna unlinked", "qna begun_anew", "qna scrubbed", "qna forgotten"),
    "chat forgotten",
    *("board unlinked", "board begun_anew", "board scrubbed", "board forgotten"),
)
"""Between which a worker may be stopped; after the last comes `closed`."""
SEED = 6
BATCHES, IN_BATCH = 10, 20


def plan() -> list[list[int]]:
    """For 200 sessions in ten batches: after how many steps the worker is stopped."""
    dice = random.Random(SEED)
    stops = [nth % (len(STEPS) + 1) for nth in range(BATCHES * IN_BATCH)]
    dice.shuffle(stops)
    return [stops[start : start + IN_BATCH] for start in range(0, len(stops), IN_BATCH)]


def test_every_boundary_is_stopped_at_ten_times_or_more() -> None:
    counted = Counter(stop for batch in plan() for stop in batch)
    assert sum(counted.values()) == 200
    assert set(counted) == set(range(len(STEPS) + 1))
    assert min(counted.values()) >= 10


@pytest.mark.fault
@pytest.mark.timeout(300)
@pytest.mark.parametrize("batch", range(BATCHES))
async def test_stopped_at_any_boundary_every_outcome_is_there_exactly_once(tmp_path: Path, batch: int) -> None:
    """Twenty sessions: each is stopped at its boundary; the next server goes on, for some two at once do."""
    dice = random.Random(f"{SEED} {batch}")
    made: list[Short] = []
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        for stop in plan()[batch]:
            made.append(await short_session(kring, staff, dice))
            await begun(kring, made[-1].id)
            done = await closing(kring, made[-1].id, stop) if stop else []
            assert done == list(STEPS[:stop]), "it was stopped where it should be"
    async with site(tmp_path) as kring:
        twice = [closing(kring, short.id) for short in made if dice.random() < 0.3]
        for ended in await asyncio.gather(*twice, return_exceptions=True):
            assert isinstance(ended, NotClosing) or ended == [*STEPS, "closed"], ended
        for short in made:
            await kring.house.worker.closed(short.id)
        assert [wrong for short in made for wrong in await not_opening(kring, short)] == []
    assert {short.id: wrong for short in made if (wrong := wrong_with(tmp_path, short))} == {}


async def not_opening(kring: Site, short: Short) -> list[str]:
    """Lines of its outcome that are not found, hits that lead nowhere, and what was removed and is found."""
    reader, wrong = Reader(kring.house.beginning.community.id, drafts=True), list[str]()
    async with kring.house.database.read() as tx:
        for line in short.lines:
            found = await search(tx, reader, line.text, Narrowed(sessions=[short.id]))
            if not any(line.text in _words(hit) for hit in found.hits):
                wrong.append(f"not found: {line.text}")
            wrong += [f"leads nowhere: {_words(hit)}" for hit in found.hits if not await _leads(tx, hit, short)]
        for text in short.hushed:
            found = await search(tx, reader, text, Narrowed(sessions=[short.id]))
            wrong += [f"found: {text}" for hit in found.hits if text in _words(hit) and text.startswith("Weggehaald")]
    return wrong


def _words(hit: Hit) -> str:
    return "".join(text for text, _ in (*hit.title, *hit.text))


async def _leads(tx: Read, hit: Hit, short: Short) -> bool:
    """To a record of its room, or to an item that knows where it comes from."""
    if hit.kind == "item":
        item = await library.item(tx, hit.record)
        return item is not None and item.source is not None and item.source.session == short.id
    assert hit.room is not None
    return RecordId(hit.record) in (await records.recall(tx, hit.room, [RecordId(hit.record)])).records


async def test_control_a_hit_whose_record_is_gone_is_noticed(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(6), level="named")
        await _closed(kring, short)
        assert await not_opening(kring, short) == []
        async with kring.house.database.write() as tx:
            await tx.exec_driver_sql(f"delete from records where room = '{short.rooms[2]}'")
            await tx.exec_driver_sql("delete from passages where about = 'question'")
        wrong = await not_opening(kring, short)
        assert {each.partition(":")[0] for each in wrong} == {"not found", "leads nowhere"}


@pytest.mark.parametrize("level", LEVELS)
async def test_closed_at_once_by_two_and_again_it_is_there_once(tmp_path: Path, level: str) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(1), level=level)
        await begun(kring, short.id)
        ended = await asyncio.gather(closing(kring, short.id), closing(kring, short.id))
        assert list(ended) == [[*STEPS, "closed"]] * 2
        with pytest.raises(NotClosing):
            await closing(kring, short.id)
        database = kring.house.database
        assert not await outcomes.conclude(database, short.id, lambda *_: "", now=1), "it was done before"
    assert wrong_with(tmp_path, short) == []
    assert {row["kind"] for row in _with_kinds(tmp_path, short)} == {"qna", "chat", "board"}


async def test_control_without_the_guard_it_would_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then only the table's own law stands in the way, and closing never ends."""

    async def never(*_: object) -> bool:
        return False

    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(2), level="named")
        await begun(kring, short.id)
        await closing(kring, short.id, STEPS.index("outcome") + 1)
        assert wrong_with(tmp_path, short) == ["state: [{'state': 'closing'}]"]
        monkeypatch.setattr(outcomes, "is_concluded", never)
        with pytest.raises(Exception, match="UNIQUE"):
            await closing(kring, short.id)


async def test_control_after_unlinking_the_outcome_would_tell_of_who_was_muted(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(3), level="anonymous")
        await begun(kring, short.id)
        await closing(kring, short.id)
        late = []
        async with kring.house.database.read() as tx:
            for id, name in zip(short.rooms, ("qna", "chat", "board"), strict=True):
                kind, bodies = kinds()[name], await records.everything(tx, id)
                live = {record: kind.record_from_msgpack(body) for record, body in bodies.items()}
                late += [line.text for line in kind.outcome(live).lines]
    hushed = [text for text in short.hushed if text.startswith("Gesmoord")]
    assert len(hushed) == 2
    assert set(hushed) <= set(late)
    assert not set(hushed) & {row["text"] for row in lines_of(tmp_path, short.id)}


async def test_killed_inside_the_transaction_nothing_of_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(4))
        await begun(kring, short.id)
        with monkeypatch.context() as patched:
            patched.setattr("persistence.harvest._insert", dies)
            with pytest.raises(RuntimeError, match="killed"):
                await closing(kring, short.id)
        assert lines_of(tmp_path, short.id) == drafts_of(tmp_path, short.id) == []
        assert rows(tmp_path, "select * from outcomes") == []
        assert len(rows(tmp_path, "select * from attended where session = ?", short.id)) == 2
        await closing(kring, short.id)
    assert wrong_with(tmp_path, short) == []


async def test_while_it_can_be_taken_back_nothing_is_closed(tmp_path: Path) -> None:
    async with site(tmp_path, grace_s=600) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "named")
        with pytest.raises(NotClosing):
            await closing(kring, session["id"])
        await staff.post(f"/api/sessions/{session['id']}/close")
        with pytest.raises(NotClosing):
            await closing(kring, session["id"])
        assert (await staff.post(f"/api/sessions/{session['id']}/take-back")).json() == {"state": "open"}


# ---- who was there ---------------------------------------------------------------------------------------------------


async def test_who_came_counts_once_and_a_screen_not_at_all(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "named")
        rooms = [room["id"] for room in session["rooms"]]
        url = (await staff.post(f"/api/sessions/{session['id']}/screen")).json()["url"]
        async with kring.browser() as screen:
            signed = await screen.post("/api/sign-in", json={"token": url.partition("#")[2]})
        async with (
            inside(kring, session["code"], "Noor") as noor,
            inside(kring, session["code"], "Nergens"),
            seated(kring, rooms[0], token=signed.json()["token"]),
        ):
            for _ in range(2):
                async with seated(kring, rooms[0], noor), seated(kring, rooms[1], noor):
                    pass
            found = rows(tmp_path, "select name from attended join people on people.id = person")
            assert [row["name"] for row in found] == ["Noor"], "who never took a seat wasn't there"
            await begun(kring, session["id"])
            await closing(kring, session["id"])
            async with seated(kring, rooms[0], staff), seated(kring, rooms[0], noor):
                assert rows(tmp_path, "select * from attended") == [], "later readers weren't there"
        assert rows(tmp_path, "select attendance, names from outcomes") == [{"attendance": 1, "names": '["Noor"]'}]


@pytest.mark.parametrize("level", ["pseudonymous", "anonymous"])
async def test_c7_without_names_attendance_is_a_number(tmp_path: Path, level: str) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, level)
        async with inside(kring, session["code"]) as guest, seated(kring, session["rooms"][0]["id"], guest):
            await begun(kring, session["id"])
            await closing(kring, session["id"])
        assert rows(tmp_path, "select attendance, names from outcomes") == [{"attendance": 1, "names": "[]"}]


async def test_a_session_in_which_nothing_happened_leaves_nothing(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        planned = (await staff.post("/api/sessions", json={"title": "Nooit", "planned": True})).json()["id"]
        empty = (await started(staff, "named"))["id"]
        await board_of(staff, empty)
        for session in (planned, empty):
            await begun(kring, session)
            await closing(kring, session)
            told = (await staff.get(f"/api/sessions/{session}/outcome")).json()
            assert (told["attendance"], told["names"], told["lines"]) == (0, [], [])


def _with_kinds(directory: Path, short: Short) -> list[dict[str, object]]:
    query = "select r.kind from outcome_lines l join rooms r on r.id = l.room where l.session = ?"
    return rows(directory, query, short.id)


async def test_moments_of_rooms_without_names_are_to_the_minute(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(5), level="anonymous")
        await _closed(kring, short)
    chat, *_ = [row["at"] for row in lines_of(tmp_path, short.id) if row["room"] == short.rooms[1]]
    others = [row["at"] for row in lines_of(tmp_path, short.id) if row["room"] != short.rooms[1]]
    assert all(at % 60_000 == 0 for at in others)
    assert chat % 60_000, "a control: the chat is under names"


async def _closed(kring: Site, short: Short) -> None:
    await begun(kring, short.id)
    await closing(kring, short.id)
