"""The endpoints of invitations, on a real server: right, wrong, forbidden, used up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
import pytest
import pytest_asyncio

from persistence import sign_ins
from persistence.dates import DAY_MS
from persistence.gate import now_ms
from rooms.model import Role
from tests.web.site import Site, said, site
from web import invitations
from web.limits import BURST


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as found:
        yield found


async def invite(staff: httpx2.AsyncClient, role: str = "member", **wish: object) -> str:
    """The token of a new invitation."""
    answer = await staff.post("/api/invitations", json={"role": role, **wish})
    assert answer.status_code == 201, answer.text
    return urlsplit(str(answer.json()["url"])).fragment


async def come_in(browser: httpx2.AsyncClient, token: str, name: str | None = None) -> httpx2.Response:
    return await browser.post("/api/invitation/redeem", json={"token": token, "name": name})


async def listed(staff: httpx2.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await staff.get("/api/invitations")).json()["invitations"]
    return found


async def test_an_owner_invites_and_somebody_new_comes_in(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser("nl") as new:
        made = await owner.post(
            "/api/invitations", json={"role": "member", "note": " voor \u202e Utrecht\n", "uses": 2}
        )
        link = urlsplit(made.json()["url"])
        assert (link.path, link.query, f"{link.scheme}://{link.netloc}") == ("/i", "", kring.base)
        assert made.json()["qr"].startswith("<?xml")
        looked = await new.post("/api/invitation", json={"token": link.fragment})
        assert looked.json() == {
            "community": {
                "name": "Our circle",
                "purpose": "A place to ask each other, think along and keep what comes out of it.",
            },
            "role": "member",
            "made_by": "Owner",
            "expires_at": looked.json()["expires_at"],
            "you": None,
        }
        came = await come_in(new, link.fragment, "Noor")
        assert came.json() == {"name": "Noor", "role": "member"}
        assert "HttpOnly" in came.headers["set-cookie"]
        assert (await new.get("/api/me")).json()["person"] == {"name": "Noor", "role": "member"}
        (one,) = await listed(owner)
        assert (one["note"], one["used"], one["left"], one["standing"]) == ("voor Utrecht", 1, 1, "open")
        assert link.fragment not in (await owner.get("/api/invitations")).text


async def test_previews_and_looks_use_nothing_up(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as preview:
        token = await invite(owner, uses=1)
        for _ in range(3):
            assert (await preview.get("/i")).status_code in (200, 503), "what a preview fetches: no token gets there"
            assert (await preview.post("/api/invitation", json={"token": token})).status_code == 200
        assert [one["left"] for one in await listed(owner)] == [1]
        assert (await come_in(preview, token, "Noor")).status_code == 200


async def test_a_guest_gets_the_role_at_once_on_an_open_socket(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.guest("Noor") as guest, kring.socket(guest) as socket:
        await said(socket, t="hello")
        assert (await said(socket, t="join", id="1", room=kring.room))["role"] == "guest"
        token = await invite(owner)
        looked = await guest.post("/api/invitation", json={"token": token})
        assert looked.json()["you"] == {"name": "Noor", "role": "guest"}
        came = await come_in(guest, token)
        assert came.json() == {"name": "Noor", "role": "member"}
        assert "set-cookie" not in came.headers
        async with asyncio.timeout(1):
            while True:
                heard = msgspec.json.decode((await socket.recv()), type=dict[str, Any])
                if heard["t"] == "joined":
                    break
        assert heard["role"] == "member"


async def test_whoever_has_the_role_may_open_it_again(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as new:
        token = await invite(owner, uses=1)
        assert (await come_in(new, token, "Noor")).status_code == 200
        assert (await come_in(new, token)).json() == {"name": "Noor", "role": "member"}
        assert (await come_in(owner, token)).json()["role"] == "owner", "never lowered"
        assert (await new.post("/api/invitation", json={"token": token})).status_code == 200


@pytest.mark.parametrize("lang", ["nl", "en"])
async def test_a_link_that_lets_nobody_in_says_why(kring: Site, lang: str) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser(lang) as late, kring.browser() as new:
        used_up, revoked = await invite(owner, uses=1), await invite(owner, "moderator")
        await come_in(new, used_up, "Noor")
        id = next(one["id"] for one in await listed(owner) if one["role"] == "moderator")
        assert (await owner.post(f"/api/invitations/{id}/revoke")).status_code == 200
        for token, reason, status in (
            (used_up, "invitation_used_up", 410),
            (revoked, "invitation_revoked", 410),
            ("wrong", "invitation_unknown", 404),
        ):
            for answer in (
                await late.post("/api/invitation", json={"token": token}),
                await come_in(late, token, "Late"),
            ):
                assert (answer.status_code, answer.json()["reason"]) == (status, reason)
                assert ("uitnodig" if lang == "nl" else "invit") in answer.json()["text"]
                assert "set-cookie" not in answer.headers


async def test_the_last_place_is_taken_once(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        token = await invite(owner, uses=1)

        async def try_it(n: int) -> int:
            async with kring.browser() as browser:
                return (await come_in(browser, token, f"Nr {n}")).status_code

        got = await asyncio.gather(*(try_it(n) for n in range(16)))
    assert sorted(got) == [200] + [410] * 15


async def test_who_may_invite_whom(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MODERATOR) as moderator:
        assert (await owner.get("/api/invitations")).json()["may"] == ["member", "moderator", "owner"]
        assert (await moderator.get("/api/invitations")).json()["may"] == ["member"]
        await invite(owner, "owner")
        await invite(moderator, "member")
        for role in ("moderator", "owner"):
            assert (await moderator.post("/api/invitations", json={"role": role})).status_code == 403
        for role in ("guest", "screen", "system"):
            assert (await owner.post("/api/invitations", json={"role": role})).status_code == 403
        assert [one["role"] for one in await listed(moderator)] == ["member"]
        hidden = next(one["id"] for one in await listed(owner) if one["role"] == "owner")
        assert (await moderator.post(f"/api/invitations/{hidden}/revoke")).status_code == 404
        assert (await owner.post("/api/invitations/nowhere/revoke")).status_code == 404
    async with kring.guest() as guest, kring.signed_in(Role.MEMBER) as member, kring.browser() as nobody:
        for browser, status in ((guest, 403), (member, 403), (nobody, 401)):
            assert (await browser.get("/api/invitations")).status_code == status
            assert (await browser.post("/api/invitations", json={"role": "member"})).status_code == status
            assert (await browser.post(f"/api/invitations/{hidden}/revoke")).status_code == status


@pytest.mark.parametrize(
    "wish",
    [{"days": 0}, {"days": 91}, {"uses": 0}, {"uses": 1_001}, {"role": "queen"}, {"more": 1}, {"note": "x" * 401}],
)
async def test_what_cannot_be_meant_is_refused(kring: Site, wish: dict[str, object]) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        answer = await owner.post("/api/invitations", json={"role": "member", **wish})
        assert (answer.status_code, answer.json()["reason"]) == (400, "bad_request")
        assert await listed(owner) == []


async def test_a_name_is_asked_for_and_checked(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as new:
        token = await invite(owner, uses=1)
        assert (await come_in(new, token)).json()["reason"] == "name_empty"
        assert (await come_in(new, token, " ")).json()["reason"] == "name_empty"
        taken = await come_in(new, token, "Owner")
        assert (taken.json()["reason"], taken.json()["facts"]) == ("name_taken", {"suggestion": "Owner 2"})
        assert (await come_in(new, token, "Noor")).status_code == 200, "the refusals took no place"


async def test_guessing_is_limited(kring: Site) -> None:
    kring.house.monotonic = lambda: 0.0
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as guesser:
        token = await invite(owner)
        for _ in range(BURST // 2):
            await guesser.post("/api/invitation", json={"token": "guess"})
            await come_in(guesser, "guess", "Noor")
        for answer in (
            await guesser.post("/api/invitation", json={"token": token}),
            await come_in(guesser, token, "N"),
        ):
            assert (answer.status_code, answer.json()["reason"]) == (429, "limited")
            assert answer.headers["retry-after"] == str(answer.json()["facts"]["retry_s"])
        kring.house.monotonic = lambda: 3_600.0
        assert (await come_in(guesser, token, "Noor")).status_code == 200, "the control: later they may"


async def test_a_screen_is_nobody_to_be_invited(kring: Site) -> None:
    """Its token is no browser's sign-in: it cannot be raised to a role by a link."""
    async with kring.signed_in(Role.OWNER) as owner, as_screen(kring) as screen:
        token = await invite(owner)
        looked = await screen.post("/api/invitation", json={"token": token})
        assert looked.json()["you"] is None
        assert (await come_in(screen, token)).json()["reason"] == "name_empty"


@asynccontextmanager
async def as_screen(kring: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with kring.browser() as browser:
        answer = await browser.post("/api/sign-in", json={"token": await kring.token(Role.SCREEN)})
    async with kring.browser(Authorization=f"Bearer {answer.json()['token']}") as screen:
        async with kring.house.database.read() as tx:
            assert await sign_ins.identify(tx, answer.json()["token"], now=now_ms()) is not None
        yield screen


async def test_an_expired_one_says_so(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as late:
        token = await invite(owner, days=1)
        monkeypatch.setattr(invitations, "now_ms", lambda: now_ms() + DAY_MS)
        assert (await come_in(late, token, "Late")).json()["reason"] == "invitation_expired"
        assert [one["standing"] for one in await listed(owner)] == ["expired"]
