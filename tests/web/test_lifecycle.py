"""The life of a session: planned, open, locked, closing with a grace in which it is taken back, closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence import sessions
from persistence.gate import now_ms
from persistence.sessions import Session, SessionState
from rooms.model import Role
from tests.web.gathering import inside, seated, started
from tests.web.site import Site, site

LONG_S = 600


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    """In which nobody waits for the end of a grace."""
    async with site(tmp_path, grace_s=LONG_S) as found:
        yield found


async def of(kring: Site, id: str) -> Session:
    async with kring.house.database.read() as tx:
        found = await sessions.session(tx, id)
    assert found is not None
    return found


async def test_a_planned_session_opens_and_its_rooms_with_it(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        body = {"title": "Later", "level": "named", "review": False, "purpose": "Samen leren", "planned": True}
        path = f"/api/sessions/{(await staff.post('/api/sessions', json=body)).json()['id']}"
        about = (await staff.get(path)).json()
        assert (about["state"], about["purpose"], about["closes_at"]) == ("planned", "Samen leren", None)
        assert (await staff.post(f"{path}/lock")).json()["reason"] == "planned"
        async with inside(kring, about["code"]) as guest, seated(kring, about["rooms"][0]["id"], guest) as seat:
            assert (await seat.do("qna.ask", text="Nu al?"))["reason"] == "planned"
            assert (await staff.post(f"{path}/open")).json() == {"state": "open"}
            assert (await staff.post(f"{path}/open")).json() == {"state": "open"}, "what is true already is done"
            assert (await seat.do("qna.ask", text="Nu dan?"))["t"] == "done"


async def test_a_planned_session_can_be_prepared_its_boards_open_with_it(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        made = await staff.post("/api/sessions", json={"title": "Later", "planned": True})
        path = f"/api/sessions/{made.json()['id']}"
        body = {"title": "Terugblik", "template": "keep_change_try"}
        board = (await staff.post(f"{path}/boards", json=body)).json()["id"]
        about = (await staff.get(path)).json()
        assert {room["state"] for room in about["rooms"]} == {"planned"}
        async with inside(kring, about["code"]) as guest, seated(kring, board, guest) as seat:
            assert seat.of("board.column") == {}
            assert (await staff.post(f"{path}/open")).json() == {"state": "open"}
            await seat.catch_up()
            assert len(seat.of("board.column")) == 3
            column = min(seat.of("board.column"))
            assert (await seat.do("board.write", column=column, text="Nu", level="named"))["t"] == "done"


async def test_a_locked_session_is_read_only_and_unlocked_again_as_often_as_one_likes(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
        path, qna = f"/api/sessions/{session['id']}", session["rooms"][0]["id"]
        async with inside(kring, session["code"]) as guest, seated(kring, qna, guest) as seat:
            for nth in range(2):
                assert (await staff.post(f"{path}/lock")).json() == {"state": "locked"}
                assert (await seat.do("qna.ask", text=f"Op slot {nth}"))["reason"] == "locked"
                assert (await staff.post(f"{path}/unlock")).json() == {"state": "open"}
                assert (await seat.do("qna.ask", text=f"Open {nth}"))["t"] == "done"


async def test_c2_a_server_that_was_killed_before_the_rooms_were_locked_locks_them_when_it_starts(
    tmp_path: Path,
) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
        async with kring.house.database.write() as tx:
            await sessions.move(tx, session["id"], SessionState.LOCKED, SessionState.OPEN)
        async with inside(kring, session["code"]) as guest, seated(kring, session["rooms"][0]["id"], guest) as seat:
            assert (await seat.do("qna.ask", text="Nog open"))["t"] == "done", "a control"
    async with (
        site(tmp_path) as kring,
        inside(kring, session["code"]) as guest,
        seated(kring, session["rooms"][0]["id"], guest) as seat,
    ):
        assert (await seat.do("qna.ask", text="Op slot"))["reason"] == "locked"


@pytest.mark.parametrize("before", ["planned", "open", "locked"])
async def test_closing_can_be_taken_back_to_what_it_was(kring: Site, before: str) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        body = {"title": "Avond", "planned": before == "planned"}
        path = f"/api/sessions/{(await staff.post('/api/sessions', json=body)).json()['id']}"
        if before == "locked":
            await staff.post(f"{path}/lock")
        closing = (await staff.post(f"{path}/close")).json()
        assert closing["state"] == "closing"
        assert 0 < closing["closes_at"] - now_ms() <= LONG_S * 1_000
        assert (await staff.post(f"{path}/close")).json() == closing, "closing again gives no other grace"
        assert (await staff.get(path)).json()["closes_at"] == closing["closes_at"]
        assert (await staff.post(f"{path}/take-back")).json() == {"state": before}
        about = (await staff.get(path)).json()
        assert (about["state"], about["closes_at"]) == (before, None)


async def test_once_the_grace_is_over_closing_is_final(tmp_path: Path) -> None:
    async with site(tmp_path, grace_s=1) as kring, kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
        path = f"/api/sessions/{session['id']}"
        await staff.post(f"{path}/close")
        await staff.post(f"{path}/take-back")
        await kring.house.worker.closed(session["id"])
        assert (await of(kring, session["id"])).state is SessionState.OPEN, "a control: who waited found it taken back"
        await staff.post(f"{path}/close")
        await kring.house.worker.closed(session["id"])
        assert (await of(kring, session["id"])).state is SessionState.CLOSED
        for wish in ("take-back", "open", "lock", "unlock"):
            assert (await staff.post(f"{path}/{wish}")).json()["reason"] == "closed"
        assert (await staff.put(path, json={"title": "Anders"})).json()["reason"] == "closed"


async def test_taking_back_and_the_end_of_the_grace_exclude_each_other(kring: Site) -> None:
    """Whichever is first in the row wins; at one moment exactly one of them may be."""
    async with kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
    end = now_ms() + 10_000
    async with kring.house.database.write() as tx:
        await sessions.close(tx, session["id"], until=end)
        assert (await sessions.finalise(tx, session["id"], now=end - 1)).closes_at == end
        assert (await sessions.take_back(tx, session["id"], now=end)).state is SessionState.CLOSING
        assert (await sessions.finalise(tx, session["id"], now=end)).closes_at is None
        assert (await sessions.take_back(tx, session["id"], now=end - 1)).state is SessionState.CLOSING, "final"
        await sessions.closed(tx, session["id"], now=end)


async def test_closed_again_while_taking_back_is_still_being_noticed_it_is_closed(tmp_path: Path) -> None:
    async with site(tmp_path, grace_s=1) as kring, kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
        path = f"/api/sessions/{session['id']}"
        for wish in ("close", "take-back", "close"):
            assert (await staff.post(f"{path}/{wish}")).status_code == 200
        while (await of(kring, session["id"])).state is SessionState.CLOSING:
            await kring.house.worker.closed(session["id"])
        assert (await of(kring, session["id"])).state is SessionState.CLOSED


async def test_a_server_that_was_stopped_within_the_grace_closes_it_after_its_next_start(tmp_path: Path) -> None:
    async with site(tmp_path, grace_s=1) as kring, kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "named", review=False)
        await staff.post(f"/api/sessions/{session['id']}/close")
    async with site(tmp_path, grace_s=LONG_S) as kring:
        await kring.house.worker.closed(session["id"])
        assert (await of(kring, session["id"])).state is SessionState.CLOSED


async def test_staff_change_title_and_purpose_and_nobody_else_runs_a_session(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff, kring.signed_in(Role.MEMBER) as member:
        session = await started(staff, "named", review=False)
        path, body = f"/api/sessions/{session['id']}", {"title": " Nieuwe  naam ", "purpose": "Waarom"}
        assert (await staff.put(path, json=body)).json() == {"title": "Nieuwe naam", "purpose": "Waarom"}
        about = (await staff.get(path)).json()
        assert (about["title"], about["purpose"], about["rooms"][0]["title"]) == (
            "Nieuwe naam",
            "Waarom",
            "Nieuwe naam",
        )
        assert (await staff.put(path, json={"title": " "})).status_code == 422
        assert (await member.put(path, json=body)).status_code == 403
        for wish in ("open", "lock", "unlock", "close", "take-back"):
            assert (await member.post(f"{path}/{wish}")).status_code == 403
