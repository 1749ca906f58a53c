"""People of a community: the directory, roles and sign-ins that change under open sockets (J9), leaving."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from persistence import links, news, people, sign_ins
from persistence.gate import now_ms
from realtime.hub import Hub
from rooms.model import Role
from tests.web.gathering import Seat, seated
from tests.web.site import Site, site

SOON_S = 1.0
"""J9: in this time a change is there on open sockets."""


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


async def who(browser: httpx2.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get("/api/me/own")).json()
    return found


async def listed(browser: httpx2.AsyncClient) -> dict[str, dict[str, Any]]:
    answer = await browser.get("/api/members")
    assert answer.status_code == 200, answer.text
    return {each["name"]: each for each in answer.json()["members"]}


async def own_id(browser: httpx2.AsyncClient) -> str:
    return next(str(each["id"]) for each in (await listed(browser)).values() if each["you"])


async def is_told(seat: Seat, t: str, **fields: object) -> dict[str, Any]:
    async with asyncio.timeout(SOON_S):
        return await seat.until(t, **fields)


async def is_closed(seat: Seat, code: int) -> None:
    async with asyncio.timeout(SOON_S):
        with suppress(ConnectionClosed):
            async for _ in seat.socket:
                pass
    assert seat.socket.close_code == code


# ---- the directory ---------------------------------------------------------------------------------------------------


async def test_members_see_each_other_and_what_they_may_ask_about(kring: Site) -> None:
    async with (
        kring.signed_in(Role.OWNER) as owner,
        kring.signed_in(Role.MEMBER) as member,
        kring.guest("Gast") as guest,
    ):
        told = {"name": "Noor", "about": "Brei\u200bën, en wol verven"}
        assert (await member.put("/api/me/own", json=told)).json() == {"name": "Noor", "about": "Breiën, en wol verven"}
        found = await listed(owner)
        assert (found["Noor"]["about"], found["Noor"]["role"], found["Noor"]["you"]) == (
            "Breiën, en wol verven",
            "member",
            False,
        )
        assert "Gast" not in found
        assert (await listed(member))["Noor"]["you"]
        assert len(found["Noor"]["since"]) == len("2026-11")
        assert (await guest.get("/api/members")).json()["reason"] == "forbidden"
        assert (await member.get("/api/members")).json()["may_change"] is False
        assert (await owner.get("/api/members")).json()["may_change"] is True


async def test_a_name_is_changed_at_once_and_nobody_takes_anothers(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MEMBER) as member:
        name = (await who(owner))["name"]
        async with seated(kring, kring.room, member) as seat:
            assert (await member.put("/api/me/own", json={"name": name})).json()["reason"] == "name_taken"
            assert (await member.put("/api/me/own", json={"name": "\u200b"})).json()["reason"] == "name_empty"
            assert (await member.put("/api/me/own", json={"name": "Noor"})).status_code == 200
            await is_told(seat, "joined", full=True)
            await seat.do("chat.post", text="Ik heet anders")
            await seat.catch_up()
            (said,) = seat.of("chat.message").values()
            assert said["name"] == "Noor"
        assert (await member.put("/api/me/own", json={"name": "NOOR"})).status_code == 200, "one's own in other letters"


# ---- roles -----------------------------------------------------------------------------------------------------------


async def test_j9_a_changed_role_is_there_within_a_second(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MEMBER) as member:
        id = next(each["id"] for each in (await listed(owner)).values() if each["role"] == "member")
        async with seated(kring, kring.room, member) as seat:
            assert "room.lock" not in seat.joined["may"]["open"]
            assert (await owner.put(f"/api/members/{id}", json={"role": "moderator"})).json() == {"role": "moderator"}
            again = await is_told(seat, "joined", full=True)
            assert again["role"] == "moderator"
            assert "room.lock" in again["may"]["open"]
            assert (await owner.put(f"/api/members/{id}", json={"role": "guest"})).status_code == 200
            assert (await is_told(seat, "joined", full=True))["role"] == "guest"
            assert (await member.get("/api/members")).json()["reason"] == "forbidden"


async def test_the_control_where_nobody_follows_the_news_the_role_stays(
    kring: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(self: Hub, person: str) -> None:
        heard.append(person)

    heard: list[str] = []
    monkeypatch.setattr(Hub, "readmit", deaf)
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MEMBER) as member:
        id = next(each["id"] for each in (await listed(owner)).values() if each["role"] == "member")
        async with seated(kring, kring.room, member) as seat:
            await owner.put(f"/api/members/{id}", json={"role": "moderator"})
            with pytest.raises(TimeoutError):
                await is_told(seat, "joined", full=True)
    assert heard


async def test_the_last_owner_stays_one(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as first, kring.signed_in(Role.OWNER) as second:
        mine, other = [
            next(each["id"] for each in (await listed(one)).values() if each["you"]) for one in (first, second)
        ]
        answers = await asyncio.gather(
            first.put(f"/api/members/{other}", json={"role": "member"}),
            second.put(f"/api/members/{mine}", json={"role": "member"}),
        )
        assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
        (owner,) = [one for one in (first, second) if (await who(one))["role"] == "owner"]
        left = await own_id(owner)
        for answer in (
            await owner.put(f"/api/members/{left}", json={"role": "member"}),
            await owner.delete(f"/api/members/{left}"),
            await owner.delete("/api/me/membership"),
        ):
            assert (answer.status_code, answer.json()["reason"]) == (409, "last_owner")
            assert answer.json()["text"].startswith("There must remain an owner")


# ---- leaving ---------------------------------------------------------------------------------------------------------


async def test_j9_who_is_removed_is_out_within_a_second_and_what_they_said_stays(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MEMBER) as member:
        id = next(each["id"] for each in (await listed(owner)).values() if each["role"] == "member")
        async with seated(kring, kring.room, member) as seat, seated(kring, kring.room, owner) as other:
            await seat.do("chat.post", text="Dit blijft")
            assert (await owner.delete(f"/api/members/{id}")).json() == {}
            await is_closed(seat, 4502)
            assert await other.see("Dit blijft", "chat.message")
        assert (await member.get("/api/community")).status_code == 401
        assert id not in {each["id"] for each in (await listed(owner)).values()}
        assert (await owner.delete(f"/api/members/{id}")).status_code == 404


async def test_who_leaves_is_forgotten_and_their_browser_too(kring: Site) -> None:
    async with kring.signed_in(Role.MEMBER) as member:
        person = await person_of(kring, member)
        answer = await member.delete("/api/me/membership")
        assert answer.status_code == 200
        assert "Max-Age=0" in answer.headers["set-cookie"]
        async with kring.house.database.read() as tx:
            assert await people.of_id(tx, person) is None
            assert await sign_ins.of_person(tx, person) == []


# ---- sign-ins --------------------------------------------------------------------------------------------------------


async def person_of(kring: Site, browser: httpx2.AsyncClient) -> str:
    (cookie,) = browser.cookies.values()
    async with kring.house.database.read() as tx:
        found = await sign_ins.identify(tx, cookie.rpartition(".")[0], now=now_ms())
    assert found is not None
    return found.person.id


@pytest.fixture
async def twice(kring: Site) -> AsyncIterator[tuple[httpx2.AsyncClient, httpx2.AsyncClient]]:
    """One person in two browsers."""
    agents = (
        "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    )
    phone, desk = [kring.browser(**{"User-Agent": agent}) for agent in agents]
    async with phone, desk:
        await phone.post("/api/sign-in", json={"token": await kring.token(Role.MEMBER)})
        person = await person_of(kring, phone)
        async with kring.house.database.write() as tx:
            home = kring.house.beginning.community.id
            token = await links.create(tx, home, Role.MEMBER, now=now_ms(), person=person)
        await desk.post("/api/sign-in", json={"token": token})
        assert await person_of(kring, desk) == person
        yield phone, desk


async def test_j9_one_of_ones_browsers_is_signed_out_and_the_other_stays(
    kring: Site, twice: tuple[httpx2.AsyncClient, httpx2.AsyncClient]
) -> None:
    phone, desk = twice
    theirs = (await who(desk))["sign_ins"]
    assert {(each["device"], each["here"]) for each in theirs} == {
        ("Firefox, Android", False),
        ("Chrome, Windows", True),
    }
    other = next(each["id"] for each in theirs if not each["here"])
    async with seated(kring, kring.room, phone) as away, seated(kring, kring.room, desk) as here:
        assert (await desk.delete(f"/api/me/sign-ins/{other}")).json() == {}
        await is_closed(away, 4502)
        assert (await here.do("chat.post", text="Nog hier"))["t"] == "done"
    assert (await phone.get("/api/me/own")).status_code == 401
    assert (await desk.delete(f"/api/me/sign-ins/{other}")).status_code == 404
    assert [each["here"] for each in (await who(desk))["sign_ins"]] == [True]


async def test_j9_signing_out_everywhere_leaves_this_browser(
    kring: Site, twice: tuple[httpx2.AsyncClient, httpx2.AsyncClient]
) -> None:
    phone, desk = twice
    async with seated(kring, kring.room, phone) as away:
        assert (await desk.delete("/api/me/sign-ins")).json() == {}
        await is_closed(away, 4502)
    assert len((await who(desk))["sign_ins"]) == 1


async def test_nobody_ends_anothers_sign_in(kring: Site, twice: tuple[httpx2.AsyncClient, httpx2.AsyncClient]) -> None:
    phone, _ = twice
    theirs = (await who(phone))["sign_ins"]
    async with kring.signed_in(Role.OWNER) as owner:
        for each in theirs:
            assert (await owner.delete(f"/api/me/sign-ins/{each['id']}")).status_code == 404
    assert len((await who(phone))["sign_ins"]) == 2


# ---- the news itself -------------------------------------------------------------------------------------------------


async def test_j9_what_a_killed_server_did_not_tell_the_next_one_does(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.MEMBER) as member:
        person = await person_of(kring, member)
        async with kring.house.database.write() as tx:
            await news.reconsider(tx, kring.house.beginning.community.id, person)
    async with site(tmp_path) as kring, kring.house.database.read() as tx:
        assert await news.untold(tx) == []


async def test_nobody_enters_the_room_of_the_news(kring: Site) -> None:
    async with kring.house.database.write() as tx:
        room = await news.room_of(tx, kring.house.beginning.community.id)
    assert room.code is None
    async with kring.signed_in(Role.OWNER) as owner:
        assert room.id not in {each["id"] for each in (await owner.get("/api/community")).json()["rooms"]}
        async with seated(kring, kring.room, owner) as seat:
            await seat.say(t="join", id="news", room=room.id)
            assert (await seat.until("refused", id="news"))["reason"] == "not_found"
