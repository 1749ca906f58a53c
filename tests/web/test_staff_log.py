"""What owners read of what staff did, on a real server: in rooms and elsewhere, once, and never whose words it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from persistence.gate import now_ms
from persistence.staff_log import KEPT_DAYS
from rooms.model import Role
from tests.web.gathering import inside, seated, started
from tests.web.site import Site, site

ASKER = "Xanthippe"
WORDS = "Waarom luistert niemand?"


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


async def log(kring: Site, owner: httpx2.AsyncClient, *rooms: str) -> list[dict[str, Any]]:
    """What owners read once these rooms have been taken in."""
    for room in rooms:
        await kring.house.drain.drain(room)
    answer = await owner.get("/api/log")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["acts"]
    return found


async def test_what_staff_do_in_the_chat_and_elsewhere_stands_there_once(kring: Site) -> None:
    async with (
        kring.signed_in(Role.OWNER) as owner,
        kring.signed_in(Role.MODERATOR) as moderator,
        kring.guest(ASKER) as guest,
        seated(kring, kring.room, moderator) as staff,
        seated(kring, kring.room, guest) as anne,
    ):
        await anne.do("chat.post", text=WORDS)
        message = await staff.see(WORDS, "chat.message")
        await staff.do("chat.remove", message=message)
        await staff.do("chat.remove", message=message)  # it is so already
        await staff.do("room.set_pace", seconds=30)
        await staff.do("chat.post", text="Van mij")
        mine = await staff.see("Van mij", "chat.message")
        await staff.do("chat.remove", message=mine)
        made = await owner.post("/api/invitations", json={"role": "member"})
        assert made.status_code == 201
        found = await log(kring, owner, kring.room, kring.room)
    did = [(act["what"], act["detail"], act["record"]) for act in found]
    in_room = [("chat.remove", "", message), ("room.set_pace", "30", "")]
    assert sorted(did) == sorted([("invitation.make", "member", ""), *in_room])
    assert {act["name"] for act in found if act["room"]} == {"Moderator"}
    assert ASKER not in str(found)
    assert WORDS not in str(found)


async def test_a_session_from_its_start_to_its_end_tells_of_nobody_who_asked(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        about = await started(owner)
        (qna, *_) = about["rooms"]
        async with (
            inside(kring, about["code"], ASKER) as guest,
            seated(kring, qna["id"], guest) as anne,
            seated(kring, qna["id"], owner) as staff,
        ):
            await anne.do("qna.ask", text=WORDS, level="anonymous")
            question = await staff.see(WORDS)
            await staff.do("qna.mute", question=question, on=True)
            await staff.do("qna.decline", question=question, rev=0, because="unclear", note=WORDS)
        for step in ("lock", "lock", "unlock", "close"):
            assert (await owner.post(f"/api/sessions/{about['id']}/{step}")).status_code == 200
        await kring.house.worker.closed(about["id"])
        found = await log(kring, owner)
        with_room = {act["what"]: act for act in found if act["room"]}
    assert [act["what"] for act in found if not act["room"]].count("session.lock") == 1
    wanted = {"session.start", "session.lock", "session.unlock", "session.close", "qna.mute", "qna.decline"}
    assert {act["what"] for act in found} == wanted
    assert (with_room["qna.mute"]["record"], with_room["qna.decline"]["record"]) == ("", question)
    assert with_room["qna.decline"]["session"] == about["id"]
    assert ASKER not in str(found)
    assert WORDS not in str(found)


async def test_a_change_of_role_tells_of_whom_and_what(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MEMBER) as member:
        assert (await member.put("/api/me/own", json={"name": "Sam", "about": ""})).status_code == 200
        sam = next(each for each in (await owner.get("/api/members")).json()["members"] if each["name"] == "Sam")
        for role in ("moderator", "moderator"):
            assert (await owner.put(f"/api/members/{sam['id']}", json={"role": role})).status_code == 200
        assert (await owner.delete(f"/api/members/{sam['id']}")).status_code == 200
        found = await log(kring, owner)
    assert [(act["what"], act["about"], act["detail"]) for act in found if act["what"].startswith("member.")] in (
        [("member.remove", "Sam", ""), ("member.role", "Sam", "moderator")],
        [("member.role", "Sam", "moderator"), ("member.remove", "Sam", "")],  # in one minute they have no order
    )


async def test_after_a_year_the_worker_forgets_it(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        await owner.post("/api/invitations", json={"role": "member"})
        day_ms = 24 * 3600 * 1000
        await kring.house.worker.sweep(now_ms() + (KEPT_DAYS - 1) * day_ms)
        assert len(await log(kring, owner)) == 1
        await kring.house.worker.sweep(now_ms() + (KEPT_DAYS + 1) * day_ms)
        assert await log(kring, owner) == []
