"""Programs: tokens by role, over HTTP and on sockets, shown for what they are, and revoked at once (J9)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from persistence import programs
from realtime.client import Closed, Done, Room, connect
from rooms.model import Role
from tests.web.process import said
from tests.web.site import Site, site
from web.news import Newsroom

SOON_S = 1.0
STAY_AWAY = range(4500, 5000)


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path / "data", lang="en") as found:
        yield found


async def make(owner: httpx2.AsyncClient, role: str = "member", name: str = "Weather") -> dict[str, str]:
    answer = await owner.post("/api/programs", json={"name": name, "role": role})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def listed(owner: httpx2.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await owner.get("/api/programs")).json()["programs"]
    return found


def program(kring: Site, token: str) -> httpx2.AsyncClient:
    """What a program sends: no Origin, no cookie."""
    headers = {"X-Kring": "1", "Authorization": f"Bearer {token}"}
    return httpx2.AsyncClient(base_url=kring.base, headers=headers, timeout=20)


def address(kring: Site) -> str:
    return kring.base.replace("http", "ws", 1) + "/ws"


async def ends_soon(room: Room) -> None:
    """Raises why it ended; TimeoutError, when it didn't."""
    async with asyncio.timeout(SOON_S):
        async for _ in room:
            pass


# ---- making, listing, revoking ---------------------------------------------------------------------------------------


async def test_a_program_is_listed_with_the_day_it_was_used_and_its_token_is_told_once(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner)
        assert made["name"] == "Weather (program)"
        (one,) = await listed(owner)
        assert (one["name"], one["role"], one["made_by"], one["used_on"]) == (made["name"], "member", "Owner", None)
        assert made["token"] not in (await owner.get("/api/programs")).text
        async with program(kring, made["token"]) as bot:
            assert (await bot.get("/api/me")).json()["person"] == {"name": made["name"], "role": "member"}
        (one,) = await listed(owner)
        assert one["used_on"] == one["created_on"]


async def test_the_database_has_no_token(kring: Site, tmp_path: Path) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert made["token"].encode() not in kept
    assert made["id"].encode() in kept, "the control: the search finds what is there"


@pytest.mark.parametrize("role", ["owner", "screen", "system", ""])
async def test_a_program_has_no_role_that_only_people_have(kring: Site, role: str) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        assert (await owner.post("/api/programs", json={"name": "X", "role": role})).json()["reason"] == "bad_request"


async def test_names_are_taken_once_and_there_is_an_end_to_how_many(
    kring: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        await make(owner)
        again = await owner.post("/api/programs", json={"name": "WEATHER", "role": "guest"})
        assert (again.status_code, again.json()["reason"]) == (409, "program_name_taken")
        assert "“WEATHER (program)”" in again.json()["text"]
        empty = await owner.post("/api/programs", json={"name": "\u200b", "role": "guest"})
        assert (empty.status_code, empty.json()["reason"]) == (422, "name_empty")
        long = await make(owner, name="x" * 60)
        assert (len(long["name"]), long["name"].endswith(" (program)")) == (40, True)
        monkeypatch.setattr(programs, "MOST", 2)
        full = await owner.post("/api/programs", json={"name": "Third", "role": "guest"})
        assert (full.status_code, full.json()["reason"], full.json()["facts"]) == (409, "programs_full", {"most": 2})


# ---- what it may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "may"), [("guest", 403), ("member", 403), ("moderator", 201)])
async def test_it_may_over_http_what_its_role_may(kring: Site, role: str, may: int) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner, role)
    async with program(kring, made["token"]) as bot:
        assert (await bot.post("/api/sessions", json={"title": "Morning"})).status_code == may
        for path in ("/api/programs", "/api/community/settings"):
            assert (await bot.get(path)).json()["reason"] == "forbidden"


async def test_a_write_without_origin_needs_a_token_and_the_header(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner, "moderator")
        body = {"title": "Morning"}
        async with program(kring, made["token"]) as bot:
            foreign = await bot.post("/api/sessions", json=body, headers={"Origin": "https://evil.example"})
            assert foreign.json()["reason"] == "cross_site"
            assert (await bot.post("/api/sessions", json=body, headers={"X-Kring": "0"})).status_code == 403
            assert (await bot.post("/api/sessions", json=body)).status_code == 201
        del owner.headers["Origin"]
        assert (await owner.post("/api/sessions", json=body)).json()["reason"] == "cross_site", "the control: a cookie"
        owner.headers["Authorization"] = "Bearer nothing"
        assert (await owner.post("/api/sessions", json=body)).json()["reason"] == "sign_in_needed", "nor beside a token"


async def test_it_is_no_person(kring: Site) -> None:
    """It can't be found among members, made something else, called something else, or become more by a link."""
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner, "member")
        names = [each["name"] for each in (await owner.get("/api/members")).json()["members"]]
        assert made["name"] not in names
        raised = await owner.put(f"/api/members/{made['id']}", json={"role": "owner"})
        assert raised.json()["reason"] == "not_found"
        async with program(kring, made["token"]) as bot:
            renamed = await bot.put("/api/me/own", json={"name": "Owner of it all", "about": ""})
            assert renamed.json()["reason"] == "forbidden"
            await bot.post("/api/sign-in", json={"token": await kring.token(Role.OWNER)})
            bot.cookies.clear()
            assert (await bot.get("/api/me")).json()["person"] == {"name": made["name"], "role": "member"}
            other = await owner.post("/api/communities", json={"name": "Hout", "lang": "nl", "preset": "helping"})
            home = (await owner.get("/api/community", params={"community": other.json()["id"]})).json()
            (code,) = (room["code"] for room in home["rooms"] if room["code"])
            entered = await bot.post("/api/join", json={"code": code, "name": "A person"})
            assert (entered.status_code, entered.json()["reason"]) == (403, "forbidden")
            assert (await bot.post("/api/join", json={"code": kring.code})).status_code == 200, "the control: its own"


# ---- on a socket -----------------------------------------------------------------------------------------------------


async def test_it_says_hello_with_its_token_and_is_shown_as_a_program(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner, "guest")
        async with connect(address(kring), token=made["token"]) as client:
            assert client.name == "Weather (program)"
            room = await client.join(kring.room)
            assert isinstance(await room.do({"t": "chat.post", "text": "Rain."}), Done)
            assert [each["name"] for each in room.records.values() if each.get("text") == "Rain."] == [made["name"]]


async def test_j9_revoked_it_is_out_within_a_second_and_what_it_said_stays(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        made, other = await make(owner), await make(owner, name="Other")
        async with connect(address(kring), token=other["token"]) as stays:
            room = await stays.join(kring.room)
            async with connect(address(kring), token=made["token"]) as client:
                mine = await client.join(kring.room)
                await mine.do({"t": "chat.post", "text": "Rain."})
                assert (await owner.post(f"/api/programs/{made['id']}/revoke")).status_code == 200
                with pytest.raises(Closed) as away:
                    await ends_soon(mine)
                assert away.value.code in STAY_AWAY
            assert isinstance(await room.do({"t": "chat.post", "text": "Still here."}), Done), "only its own socket"
            assert {each.get("text") for each in room.records.values()} >= {"Rain.", "Still here."}
        async with program(kring, made["token"]) as bot:
            assert (await bot.get("/api/community")).json()["reason"] == "sign_in_needed"
        assert [each["name"] for each in await listed(owner)] == [other["name"]]
        assert (await owner.post(f"/api/programs/{made['id']}/revoke")).json()["reason"] == "not_found"


async def test_the_control_where_the_news_is_not_told_its_socket_stays(
    kring: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(self: Newsroom) -> None:
        """Nobody hears of it."""

    async with kring.signed_in(Role.OWNER) as owner:
        made = await make(owner)
        async with connect(address(kring), token=made["token"]) as client:
            room = await client.join(kring.room)
            monkeypatch.setattr(Newsroom, "tell", silent)
            assert (await owner.post(f"/api/programs/{made['id']}/revoke")).status_code == 200
            with pytest.raises(TimeoutError):
                await ends_soon(room)
            assert client.online


# ---- kring token -----------------------------------------------------------------------------------------------------


async def test_kring_token_prints_one_that_works_while_the_server_runs(kring: Site, tmp_path: Path) -> None:
    code, output, told = await said(tmp_path, "token", "member", "--name", "Weather")
    assert (code, len(output.split())) == (0, 1)
    assert "“Weather (program)”, member" in told
    async with connect(address(kring), token=output.strip()) as client:
        assert client.name == "Weather (program)"
    async with kring.signed_in(Role.OWNER) as owner:
        (one,) = await listed(owner)
        assert (one["name"], one["made_by"]) == ("Weather (program)", "")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("owner", "--name", "X"), "There is no role “owner”. Choose one of: guest, member, moderator."),
        (("member", "--name", "X", "--community", "Elsewhere"), "There is no community “Elsewhere”"),
        (("member", "--name", " "), "Fill in a name"),
    ],
)
async def test_a_token_that_cannot_be_is_a_sentence(
    kring: Site, tmp_path: Path, asked: tuple[str, ...], told: str
) -> None:
    code, output, errors = await said(tmp_path, "token", *asked)
    assert (code, output) == (1, "")
    assert told in errors
