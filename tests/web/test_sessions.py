"""Every endpoint of sessions: right, wrong, forbidden; and what their rooms ask of the hub (C7)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from persistence import links
from persistence.gate import now_ms
from persistence.nicknames import BIRDS, nickname
from rooms.model import Role
from tests.web.gathering import Seat, inside, seated, started
from tests.web.site import Site, site


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as found:
        yield found


# ---- starting one ----------------------------------------------------------------------------------------------------


async def test_staff_start_a_session_with_a_question_room_and_a_chat_both_open(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as staff:
        session = await started(staff, "pseudonymous", review=False, title="  Open \n avond ")
        assert (session["title"], session["level"], session["review"]) == ("Open avond", "pseudonymous", False)
        assert (session["state"], session["role"], session["secret_gone"]) == ("open", "moderator", False)
        assert session["community"]["name"] == "Our circle"
        assert session["join_url"] == f"{kring.base}/j/{session['code']}"
        assert [room["kind"] for room in session["rooms"]] == ["qna", "chat"]
        async with seated(kring, session["rooms"][0]["id"], staff) as seat:
            assert seat.records["qna"] == {"t": "qna.desk", "review": False, "level": "pseudonymous"}
            assert seat.records["room"] == {"t": "room", "state": "open"}


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"title": "\u200b "}, 422, "title_empty"),
        ({"title": "x", "level": "secret"}, 400, "bad_request"),
        ({}, 400, "bad_request"),
        ({"title": "x", "more": 1}, 400, "bad_request"),
    ],
)
async def test_what_is_no_session_is_not_started(kring: Site, body: object, status: int, reason: str) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        answer = await staff.post("/api/sessions", json=body)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason)
        assert (await staff.get("/api/community")).json()["sessions"] == []


async def test_only_staff_start_close_and_show_one(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
    paths = ["/api/sessions", f"/api/sessions/{session['id']}/close", f"/api/sessions/{session['id']}/screen"]
    async with inside(kring, session["code"]) as guest, kring.signed_in(Role.MEMBER) as member, kring.browser() as out:
        for path in paths:
            for browser, status in ((guest, 403), (member, 403), (out, 401)):
                assert (await browser.post(path, json={"title": "x"})).status_code == status
    async with kring.browser(**{"X-Kring": "0"}) as forged:
        assert (await forged.post(paths[1])).status_code == 403


# ---- who knows of it -------------------------------------------------------------------------------------------------


async def test_members_know_every_session_and_guests_the_one_they_came_into(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff, kring.signed_in(Role.MEMBER) as member:
        one, other = await started(staff), await started(staff, "named")
        async with inside(kring, one["code"]) as guest, kring.guest() as stranger:
            for browser, ids, codes in (
                (staff, {one["id"], other["id"]}, True),
                (member, {one["id"], other["id"]}, True),
                (guest, {one["id"]}, False),
                (stranger, set(), False),
            ):
                listed = (await browser.get("/api/community")).json()["sessions"]
                assert {each["id"] for each in listed} == ids
                assert all(bool(each["code"]) == codes for each in listed)
            known = (await guest.get(f"/api/sessions/{one['id']}")).json()
            assert (known["role"], known["code"], known["join_url"]) == ("guest", None, None)
            assert (await member.get(f"/api/sessions/{one['id']}")).json()["code"] == one["code"]
            assert (await guest.get(f"/api/sessions/{other['id']}")).status_code == 403
            assert (await stranger.get(f"/api/sessions/{one['id']}")).status_code == 403
            assert (await staff.get("/api/sessions/nothing")).status_code == 404


async def test_a_guest_of_one_session_comes_into_no_other_room(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        one, other = await started(staff), await started(staff)
        async with inside(kring, one["code"]) as guest, kring.socket(guest) as socket:
            seat = Seat(socket, "")
            await seat.say(t="hello")
            for room, t in (
                (one["rooms"][0]["id"], "joined"),
                (one["rooms"][1]["id"], "joined"),
                (other["rooms"][0]["id"], "refused"),
                (kring.room, "refused"),
            ):
                await seat.say(t="join", id=room, room=room)
                assert (await seat.until(t, id=room))["t"] == t


async def test_somebody_is_told_what_they_are_called_there_before_they_ask(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "pseudonymous", review=False)
        path, room = f"/api/sessions/{session['id']}", session["rooms"][0]["id"]
        async with inside(kring, session["code"]) as guest, seated(kring, room, guest) as seat:
            told = (await guest.get(path)).json()["nickname"]
            assert (await seat.do("qna.ask", text="Waar?", level="pseudonymous"))["t"] == "done"
            (question,) = seat.of("qna.question").values()
            assert question["name"] == told != (await staff.get(path)).json()["nickname"]


async def test_the_communitys_own_rooms_are_not_those_of_its_sessions(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        await started(staff)
        home = (await staff.get("/api/community")).json()
        assert [room["id"] for room in home["rooms"]] == [kring.room]
        assert home["join_url"].endswith(kring.code)


# ---- the code --------------------------------------------------------------------------------------------------------


async def test_its_code_shows_the_session_and_how_people_ask_there(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff, kring.browser() as browser:
        session = await started(staff)
        found = (await browser.post("/api/codes", json={"code": session["code"].lower()})).json()
        about = {"id": session["id"], "title": "Open avond", "level": "anonymous", "state": "open"}
        assert (found["session"], found["anonymity"], found["here"]) == (about, "anonymous", 0)
        known = {name: value for name, value in session["rooms"][0].items() if name != "nickname"}
        assert found["room"] == {**known, "state": found["room"]["state"]}
        joined = await browser.post("/api/join", json={"code": session["code"], "name": "Noor"})
        assert joined.json() == {"room": session["rooms"][0]["id"], "session": about}
        plain = (await browser.post("/api/codes", json={"code": kring.code})).json()
        assert (plain["session"], plain["anonymity"]) == (None, "named")


async def test_the_code_of_a_closed_session_lets_nobody_in(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
        await staff.post(f"/api/sessions/{session['id']}/close")
        for body in ({"code": session["code"]}, {"code": session["code"], "name": "Noor"}):
            for _ in range(30):  # more often than one may guess: who comes late doesn't guess
                answer = await staff.post("/api/join" if "name" in body else "/api/codes", json=body)
                assert (answer.status_code, answer.json()["reason"]) == (410, "session_over")
                assert answer.json()["text"].startswith("This session is over")
        after = (await staff.get(f"/api/sessions/{session['id']}")).json()
        assert (after["code"], after["join_url"]) == (None, None)
        assert (await staff.get(f"/api/sessions/{session['id']}/qr.svg")).status_code == 409
        assert (await staff.post(f"/api/sessions/{session['id']}/screen")).status_code == 409


async def test_who_was_in_a_session_can_read_it_after_it_closed_and_nobody_else_comes_in(kring: Site) -> None:
    async with (
        kring.signed_in(Role.OWNER) as staff,
        kring.guest() as stranger,
    ):
        session = await started(staff, "named", review=False)
        path, qna = f"/api/sessions/{session['id']}", session["rooms"][0]["id"]
        async with inside(kring, session["code"]) as guest:
            async with seated(kring, qna, guest) as seat:
                assert (await seat.do("qna.ask", text="Waar?"))["t"] == "done"
            await staff.post(f"{path}/close")
            await kring.house.worker.closed(session["id"])
            about = (await guest.get(path)).json()
            assert (about["state"], about["role"], about["code"]) == ("closed", "guest", None)
            assert [each["id"] for each in (await guest.get("/api/community")).json()["sessions"]] == [session["id"]]
            async with seated(kring, qna, guest) as seat:
                assert [each["text"] for each in seat.of("qna.question").values()] == ["Waar?"]
                assert (await seat.do("qna.ask", text="En nu?"))["reason"] == "closed"
        assert (await stranger.get(path)).status_code == 403
        assert (await stranger.post("/api/join", json={"code": session["code"]})).status_code == 410


@pytest.mark.parametrize("role", [Role.GUEST, Role.MODERATOR])
async def test_a_link_into_a_session_leads_to_both_of_its_rooms(kring: Site, role: Role) -> None:
    async with kring.signed_in(Role.OWNER) as staff, kring.browser() as browser:
        session = await started(staff)
        qna, chat = (room["id"] for room in session["rooms"])
        async with kring.house.database.write() as tx:
            token = await links.create(tx, kring.house.beginning.community.id, role, now=now_ms(), room=qna)
        answer = (await browser.post("/api/sign-in", json={"token": token})).json()
        assert (answer["room"], answer["session"]["id"]) == (qna, session["id"])
        for room in (qna, chat):
            async with seated(kring, room, browser) as seat:
                assert seat.joined["role"] == role
        async with kring.socket(browser) as socket:
            seat = Seat(socket, kring.room)
            await seat.say(t="hello")
            await seat.say(t="join", id="home", room=kring.room)
            answer = "refused" if role is Role.GUEST else "joined"
            assert (await seat.until(answer, id="home"))["t"] == answer, "the control: a guest is only in the session"


async def test_the_qr_is_for_who_may_invite(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
        path = f"/api/sessions/{session['id']}/qr.svg"
        drawn = await staff.get(path)
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
        async with inside(kring, session["code"]) as guest:
            assert (await guest.get(path)).status_code == 403


# ---- the screen ------------------------------------------------------------------------------------------------------


async def test_a_screen_reads_the_question_room_and_nothing_else(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, review=False)
        url = (await staff.post(f"/api/sessions/{session['id']}/screen")).json()["url"]
        page, _, link = url.partition("#")
        assert page == f"{kring.base}/present/{session['id']}"
        redeemed = (await staff.post("/api/sign-in", json={"token": link})).json()
        assert redeemed["person"]["role"] == "screen"
        assert (await staff.get("/api/me")).json()["person"]["role"] == "owner", "the browser stays its owner's"
        assert (await staff.post("/api/sign-in", json={"token": link})).status_code == 404
        token = redeemed["token"]
    async with kring.browser(Authorization=f"Bearer {token}") as screen:
        known = (await screen.get(f"/api/sessions/{session['id']}")).json()
        assert (known["role"], known["code"]) == ("screen", session["code"])
        assert [room["kind"] for room in known["rooms"]] == ["qna"]
        assert (await screen.get(f"/api/sessions/{session['id']}/qr.svg")).status_code == 200
        assert (await screen.post(f"/api/sessions/{session['id']}/close")).status_code == 403
    async with seated(kring, session["rooms"][0]["id"], token=token) as seat:
        assert (await seat.do("qna.ask", text="?", level="anonymous"))["reason"] == "forbidden"
        assert seat.joined["presence"].get("count", 0) == 0
        await seat.say(t="join", id="2", room=session["rooms"][1]["id"])
        assert (await seat.until("refused", id="2"))["reason"] == "forbidden"


async def test_a_screen_signs_nobody_in_on_its_browser(kring: Site) -> None:
    """It has a token of its own: whoever opens another page of Kring there later is nobody yet."""
    async with kring.signed_in(Role.OWNER) as staff, kring.browser() as beamer:
        session = await started(staff)
        url = (await staff.post(f"/api/sessions/{session['id']}/screen")).json()["url"]
        answer = await beamer.post("/api/sign-in", json={"token": url.partition("#")[2]})
        assert not beamer.cookies
        assert (await beamer.get("/api/me")).json()["person"] is None
        own = {"Authorization": f"Bearer {answer.json()['token']}"}
        assert (await beamer.get("/api/me", headers=own)).json()["person"]["role"] == "screen"


# ---- two ids (C7) ----------------------------------------------------------------------------------------------------


async def test_c7_votes_and_questions_without_a_name_come_from_the_second_id(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "pseudonymous", review=False)
        room = session["rooms"][0]["id"]
        async with inside(kring, session["code"], "Noor de Vries") as guest, seated(kring, room, guest) as seat:
            named, second = seat.joined["you"]
            assert named != second
            await seat.do("qna.ask", text="Waar?", level="pseudonymous")
            (id, question), *_ = seat.of("qna.question").items()
            assert "by" not in question
            assert question["name"] == nickname(second, "en")
            assert question["name"].rpartition(" ")[0].replace(" ", "-") in BIRDS["en"]
            await seat.do("qna.vote", question=id, on=True)
            (ballot,) = seat.of("qna.ballot").values()
            (receipt,) = seat.of("qna.receipt").values()
            assert ballot["only"] == receipt["only"] == second
            assert seat.of("qna.question")[id]["votes"] == 1
            assert (await seat.do("qna.ask", text="Waar?", level="named"))["reason"] == "too_open"
            async with seated(kring, session["rooms"][1]["id"], guest) as chat:
                assert chat.joined["you"][0] == named
                assert chat.joined["you"][1] != second, "another room, another id"


@pytest.mark.parametrize("level", ["named", "pseudonymous", "anonymous"])
async def test_c7_a_sessions_level_is_what_it_was_started_with(kring: Site, level: str) -> None:
    """Nobody raises or lowers it by way of the room, also before anybody asks; whether staff read first they may."""
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, level)
        async with seated(kring, session["rooms"][0]["id"], staff) as seat:
            for other in {"named", "pseudonymous", "anonymous"} - {level}:
                assert (await seat.do("qna.set", level=other))["reason"] == "too_open"
            assert (await seat.do("qna.set", level=level, review=False))["t"] == "done", "the control"
            assert seat.records["qna"].get("level", "named") == level == session["level"]


async def test_c7_a_secret_that_is_gone_is_never_made_anew(kring: Site, tmp_path: Path) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, "named", review=False)
        room = session["rooms"][0]["id"]
        (tmp_path / "secrets" / room).unlink()
        assert (await staff.get(f"/api/sessions/{session['id']}")).json()["secret_gone"] is True
        async with inside(kring, session["code"]) as guest, seated(kring, room, guest) as seat:
            assert (await guest.get(f"/api/sessions/{session['id']}")).json()["secret_gone"] is False, "staff are told"
            assert len(seat.joined["you"]) == 1
            assert (await seat.do("qna.ask", text="Onder mijn naam"))["t"] == "done"
            (id,) = seat.of("qna.question")
            for refused in (
                await seat.do("qna.ask", text="Zonder naam", level="anonymous"),
                await seat.do("qna.vote", question=id, on=True),
            ):
                assert refused["reason"] == "secret_gone"
        assert not (tmp_path / "secrets" / room).exists()
        assert (await staff.post(f"/api/sessions/{session['id']}/close")).json() == {"state": "closing"}
        await kring.house.worker.closed(session["id"])
        assert (await staff.get(f"/api/sessions/{session['id']}")).json()["state"] == "closed"


@pytest.mark.parametrize(("level", "named"), [("named", True), ("pseudonymous", False), ("anonymous", False)])
async def test_c7_where_people_have_no_name_presence_counts_and_nobody_types(
    kring: Site, level: str, named: bool
) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff, level)
        qna, chat = (room["id"] for room in session["rooms"])
        async with (
            inside(kring, session["code"], "Noor") as noor,
            inside(kring, session["code"], "Sam") as sam,
            seated(kring, qna, staff),
            seated(kring, qna, sam) as other,
            seated(kring, qna, noor) as seat,
        ):
            presence = seat.joined["presence"]
            assert presence["count"] == 3
            names = sorted(person["name"] for person in presence["put"].values())
            assert names == (["Noor", "Owner", "Sam"] if named else ["Owner"])
            await other.say(t="whisper", room=qna, name="typing", data={"on": True})
            await other.say(t="join", id="2", room=chat)
            await other.until("joined", id="2")
            await seat.say(t="join", id="2", room=chat)
            assert "Noor" in str((await seat.until("joined", id="2"))["presence"]), "a chat shows who is there"
            await other.say(t="whisper", room=chat, name="typing", data={"on": True})
            await seat.until("whisper", room=chat)
            assert any(m["t"] == "whisper" and m["room"] == qna for m in seat.heard) == named
