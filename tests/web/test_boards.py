"""Staff add boards to a session: right, wrong, forbidden; who comes into them; and wherever the server is killed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from persistence import sessions
from persistence.nicknames import nickname
from persistence.sessions import BOARDS
from rooms.model import Command, Role
from tests.web.gathering import Seat, board_of, inside, seated, started
from tests.web.site import Site, site
from web import gatherings
from web.catalogue import say
from web.gatherings import open_rooms


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as found:
        yield found


def columns(seat: Seat) -> list[tuple[str, str]]:
    """(title, hint) of each, in their order."""
    found = sorted(seat.of("board.column").values(), key=lambda column: int(column["place"]))
    return [(column["title"], column.get("hint", "")) for column in found]


# ---- adding one ------------------------------------------------------------------------------------------------------


async def test_staff_add_a_board_that_is_open_with_its_columns_and_the_sessions_level(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "pseudonymous")
        body = {"title": "  Terug \n blik ", "template": "what"}
        room = (await staff.post(f"/api/sessions/{session['id']}/boards", json=body)).json()["id"]
        after = (await staff.get(f"/api/sessions/{session['id']}")).json()
        assert [each["kind"] for each in after["rooms"]] == ["qna", "chat", "board"]
        assert (after["rooms"][2]["id"], after["rooms"][2]["title"]) == (room, "Terug blik")
        async with seated(kring, room, staff) as seat:
            assert seat.records["room"]["state"] == "open"
            assert seat.records["board"]["level"] == "pseudonymous"
            assert [title for title, _ in columns(seat)] == ["What", "So what", "Now what"]
            assert after["rooms"][2]["nickname"] == nickname(seat.joined["you"][1], "en") != after["nickname"]


@pytest.mark.parametrize(("template", "many"), [("keep_change_try", 3), ("start_stop_continue", 3), ("empty", 0)])
@pytest.mark.parametrize("lang", ["nl", "en"])
async def test_columns_are_in_the_communitys_language(tmp_path: Path, template: str, many: int, lang: str) -> None:
    async with site(tmp_path, lang=lang) as kring, kring.signed_in(Role.OWNER) as staff:
        room = await board_of(staff, (await started(staff))["id"], template)
        async with seated(kring, room, staff) as seat:
            names = template.split("_")[:many]
            assert columns(seat) == [
                (say(lang, f"board-column-{name}"), say(lang, f"board-column-{name}-hint")) for name in names
            ]


async def test_boards_stand_in_the_order_they_came_and_no_more_than_fit(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session, other = await started(staff), await started(staff)
        made = [await board_of(staff, session["id"], "empty") for _ in range(BOARDS)]
        listed = (await staff.get(f"/api/sessions/{session['id']}")).json()["rooms"]
        assert [room["id"] for room in listed[2:]] == made
        answer = await staff.post(f"/api/sessions/{session['id']}/boards", json={"title": "Nog een"})
        assert (answer.status_code, answer.json()["reason"]) == (409, "boards_full")
        assert str(BOARDS) in answer.json()["text"]
        assert await board_of(staff, other["id"])


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"title": "\u200b "}, 422, "board_title_empty"),
        ({"title": "x", "template": "canvas"}, 400, "bad_request"),
        ({}, 400, "bad_request"),
        ({"title": "x", "more": 1}, 400, "bad_request"),
    ],
)
async def test_what_is_no_board_is_not_added(kring: Site, body: object, status: int, reason: str) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
        answer = await staff.post(f"/api/sessions/{session['id']}/boards", json=body)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason)
        assert len((await staff.get(f"/api/sessions/{session['id']}")).json()["rooms"]) == 2


async def test_only_staff_add_one_and_only_to_an_open_session(kring: Site) -> None:
    async with (
        kring.signed_in(Role.OWNER) as staff,
        kring.signed_in(Role.MEMBER) as member,
        kring.browser() as nobody,
        kring.guest() as stranger,
    ):
        session = await started(staff)
        path, body = f"/api/sessions/{session['id']}/boards", {"title": "x"}
        async with inside(kring, session["code"]) as guest:
            for browser, status in ((member, 403), (guest, 403), (stranger, 403), (nobody, 401)):
                assert (await browser.post(path, json=body)).status_code == status
        assert (await staff.post("/api/sessions/nothing/boards", json=body)).status_code == 404
        await staff.post(f"/api/sessions/{session['id']}/close")
        answer = await staff.post(path, json=body)
        assert (answer.status_code, answer.json()["reason"]) == (409, "closed")
        await kring.house.worker.closed(session["id"])
        assert len(list((kring.house.settings.data / "secrets").iterdir())) == 0


@pytest.mark.parametrize("level", ["named", "pseudonymous", "anonymous"])
async def test_c7_a_boards_level_is_its_sessions(kring: Site, level: str) -> None:
    """Nobody raises or lowers it by way of the room, also before anybody writes; dots they may give more."""
    async with kring.signed_in(Role.OWNER) as staff:
        room = await board_of(staff, (await started(staff, level))["id"])
        async with seated(kring, room, staff) as seat:
            for other in {"named", "pseudonymous", "anonymous"} - {level}:
                assert (await seat.do("board.set", level=other))["reason"] == "too_open"
            assert (await seat.do("board.set", level=level, budget=7))["t"] == "done", "the control"
            assert seat.records["board"].get("level", "named") == level


async def test_c7_a_boards_secret_that_is_gone_is_never_made_anew(kring: Site, tmp_path: Path) -> None:
    """What isn't named is refused, and so is changing one's own that wasn't: nobody can say any more whose it is."""
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "named")
        room = await board_of(staff, session["id"])
        async with inside(kring, session["code"]) as guest:
            async with seated(kring, room, guest) as seat:
                column = min(seat.of("board.column"))
                await seat.do("board.write", column=column, text="Zonder naam", level="anonymous")
                note = seat.of("board.own")[await seat.see("Zonder naam", "board.own")]["note"]
                assert (await seat.do("board.edit", note=note, rev=0, text="Anders"))["t"] == "done", "the control"
            (tmp_path / "secrets" / room).unlink()
            assert (await staff.get(f"/api/sessions/{session['id']}")).json()["secret_gone"] is True
            async with seated(kring, room, guest) as seat:
                for t, fields in (
                    ("board.edit", {"note": note, "rev": 1, "text": "x"}),
                    ("board.write", {"column": column, "text": "x", "level": "anonymous"}),
                    ("board.ready", {"on": True}),
                ):
                    assert (await seat.do(t, **fields))["reason"] == "secret_gone", t
                assert (await seat.do("board.write", column=column, text="Onder mijn naam"))["t"] == "done"


# ---- who comes in ----------------------------------------------------------------------------------------------------


async def test_who_may_enter_the_sessions_chat_may_enter_its_boards(kring: Site) -> None:
    """Guests who came before the board did, and those who come after it; nobody of another session."""
    async with kring.signed_in(Role.OWNER) as staff, kring.signed_in(Role.MEMBER) as member:
        session, other = await started(staff), await started(staff)
        async with inside(kring, session["code"]) as early, inside(kring, other["code"]) as stranger:
            room = await board_of(staff, session["id"])
            async with inside(kring, session["code"]) as late:
                for browser in (staff, member, early, late):
                    async with seated(kring, room, browser) as seat:
                        assert len(columns(seat)) == 3
                    listed = (await browser.get(f"/api/sessions/{session['id']}")).json()["rooms"]
                    assert [each["kind"] for each in listed] == ["qna", "chat", "board"]
            assert await refused(kring, room, stranger) == "forbidden"
            assert (await stranger.get(f"/api/sessions/{session['id']}")).status_code == 403


async def test_a_screen_doesnt_enter_a_board(kring: Site) -> None:
    """It shows the question room, for which it was made: what is revealed on a board is for those at work on it."""
    async with kring.signed_in(Role.OWNER) as staff, kring.browser() as beamer:
        session = await started(staff)
        url = (await staff.post(f"/api/sessions/{session['id']}/screen")).json()["url"]
        token = (await beamer.post("/api/sign-in", json={"token": url.partition("#")[2]})).json()["token"]
        room = await board_of(staff, session["id"])
        assert await refused(kring, room, token=token) == "forbidden"
        async with seated(kring, session["rooms"][0]["id"], token=token) as seat:
            assert seat.joined["role"] == "screen", "the control"


async def refused(kring: Site, room: str, browser: httpx2.AsyncClient | None = None, **token: str) -> str:
    async with kring.socket(browser) as socket:
        seat = Seat(socket, room)
        await seat.say(t="hello", **token)
        await seat.say(t="join", id="1", room=room)
        return str((await seat.until("refused", id="1"))["reason"])


# ---- killed on the way -----------------------------------------------------------------------------------------------

STEPS = ["session.set", "session.column.0", "session.column.1", "session.column.2", "session.open"]


class Killed(Exception):
    """What a server that is killed no longer does."""


@pytest.mark.parametrize("after", range(len(STEPS)), ids=["nothing", *STEPS[:-1]])
async def test_killed_after_any_step_the_next_server_finishes_and_each_column_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "anonymous")
        done = await killed(kring, session["id"], monkeypatch, after)
        assert done == STEPS[:after]
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        await complete(kring, staff, session["id"])


async def test_opening_one_twice_adds_nothing(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the database doesn't know yet that it is open."""
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "anonymous")
        assert await killed(kring, session["id"], monkeypatch, 3) == STEPS[:3]
        async with kring.house.database.read() as tx:
            found = await sessions.session(tx, session["id"])
        assert found is not None
        for _ in range(2):
            await open_rooms(kring.house.database, kring.house.hub, found)
        await complete(kring, staff, session["id"])


async def test_control_with_ids_of_their_own_columns_would_double(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "anonymous")
        await killed(kring, session["id"], monkeypatch, 3)
        async with kring.house.database.read() as tx:
            found = await sessions.session(tx, session["id"])
        assert found is not None
        monkeypatch.setattr(gatherings, "ADDING", "another.column.")
        await open_rooms(kring.house.database, kring.house.hub, found)
        with pytest.raises(AssertionError):
            await complete(kring, staff, session["id"])


async def killed(kring: Site, session: str, monkeypatch: pytest.MonkeyPatch, after: int) -> list[str]:
    """Add a board, with a server that gives only so many of its commands; their ids."""
    given: list[str] = []
    own = gatherings.give

    async def some(database: object, hub: object, room: Any, command: Command, id: str) -> None:
        if room.kind == sessions.BOARD:
            if len(given) == after:
                raise Killed
            given.append(id)
        await own(database, hub, room, command, id)  # type: ignore[arg-type]

    async with kring.house.database.read() as tx:
        found = await sessions.session(tx, session)
    assert found is not None
    async with kring.house.database.write() as tx:
        await sessions.add_board(tx, kring.house.secrets, found, title="Half", template="keep_change_try")
    with monkeypatch.context() as patched:
        patched.setattr(gatherings, "give", some)
        with pytest.raises(Killed):
            await open_rooms(kring.house.database, kring.house.hub, found)
    return given


async def complete(kring: Site, staff: httpx2.AsyncClient, session: str) -> None:
    room = (await staff.get(f"/api/sessions/{session}")).json()["rooms"][2]["id"]
    async with seated(kring, room, staff) as seat:
        assert [title for title, _ in columns(seat)] == ["Keep", "Change", "Try"]
        assert seat.records["board"]["level"] == "anonymous"
        assert seat.records["room"]["state"] == "open"
