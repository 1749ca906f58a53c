"""Passkeys, with a device of the tests' own: right, and wrong in every way that the standard warns of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from msgspec import Struct

from persistence.gate import now_ms
from persistence.passkeys import MOST
from rooms.model import Role
from tests.web.authenticator import Authenticator, b64, raw
from tests.web.site import PROXY, Site, site
from web import challenges, passkeys
from web.limits import BURST


class Local(Struct):
    """A Kring as its own machine reaches it by name: there browsers have passkeys on plain http."""

    kring: Site

    @property
    def origin(self) -> str:
        return self.kring.base.replace("127.0.0.1", "localhost")

    def browser(self) -> httpx2.AsyncClient:
        return self.kring.browser("en", Host=self.origin.removeprefix("http://"), Origin=self.origin)

    @asynccontextmanager
    async def somebody(self, name: str) -> AsyncIterator[httpx2.AsyncClient]:
        async with self.browser() as browser:
            token = await self.kring.token(Role.MEMBER)
            assert (await browser.post("/api/sign-in", json={"token": token, "name": name})).status_code == 200
            yield browser

    async def add(self, browser: httpx2.AsyncClient, key: Authenticator, **changes: object) -> httpx2.Response:
        told = (await browser.post("/api/me/passkeys/ask")).json()
        body = {"name": "Phone", **key.made(told, self.origin, **changes)}
        return await browser.post("/api/me/passkeys", json=body)

    async def sign_in(self, browser: httpx2.AsyncClient, key: Authenticator, **changes: object) -> httpx2.Response:
        told = (await browser.post("/api/passkeys/ask")).json()
        body = key.signed(told, self.origin, **changes)
        return await browser.post("/api/passkeys/sign-in", json=body)


@pytest_asyncio.fixture
async def there(tmp_path: Path) -> AsyncIterator[Local]:
    async with site(tmp_path) as kring:
        yield Local(kring)


def refused(answer: httpx2.Response, reason: str) -> bool:
    assert "kring-" not in answer.headers.get("set-cookie", "").replace("Max-Age=0", "")
    return bool(answer.status_code >= 400 and answer.json()["reason"] == reason)


async def name_at(browser: httpx2.AsyncClient) -> str | None:
    person = (await browser.get("/api/me")).json()["person"]
    return person["name"] if person else None


@pytest.mark.parametrize("counts", [True, False], ids=["counts", "does not count"])
async def test_a_passkey_signs_another_browser_in(there: Local, counts: bool) -> None:
    key = Authenticator(counts=counts)
    async with there.somebody("Ana") as laptop, there.browser() as other:
        assert (await other.get("/api/ways-in")).json()["passkeys"] is True
        assert (await there.add(laptop, key)).status_code == 201
        (one,) = (await laptop.get("/api/me/passkeys")).json()["passkeys"]
        assert one["name"] == "Phone"
        for _ in range(2):
            came = await there.sign_in(other, key)
            assert (came.status_code, came.json()) == (200, {"name": "Ana"})
            assert await name_at(other) == "Ana"
            await other.post("/api/sign-out")
        assert await name_at(laptop) == "Ana"


async def test_what_a_device_is_told_names_nobody_but_to_themselves(there: Local) -> None:
    async with there.somebody("Ana") as ana, there.somebody("Bo") as bo, there.browser() as nobody:
        told = (await ana.post("/api/me/passkeys/ask")).json()
        assert (told["site"], told["person"], told["known"]) == ("localhost", "Ana", [])
        assert (await ana.post("/api/me/passkeys/ask")).json()["handle"] == told["handle"], "one account on a device"
        assert (await bo.post("/api/me/passkeys/ask")).json()["handle"] != told["handle"]
        assert set((await nobody.post("/api/passkeys/ask")).json()) == {"challenge", "site"}
        cookie = (await nobody.post("/api/passkeys/ask")).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "changes", [{"origin": "https://evil.example"}, {"site": "evil.example"}, {"verified": False}], ids=str
)
async def test_an_answer_for_another_place_or_by_nobody_counts_nowhere(there: Local, changes: dict[str, Any]) -> None:
    """A page that pretends to be us gets nothing that works here, nor does who found a device on a table."""
    key = Authenticator()
    async with there.somebody("Ana") as ana, there.browser() as other:
        assert refused(await there.add(ana, key, **changes), "passkey_wrong")
        assert (await there.add(ana, key)).status_code == 201, "the control: without the change"
        assert refused(await there.sign_in(other, key, **changes), "passkey_wrong")
        assert await name_at(other) is None
        assert (await there.sign_in(other, key)).status_code == 200, "the control"


async def test_an_answer_counts_once(there: Local) -> None:
    key = Authenticator(counts=False)  # so that it isn't the count that stops it
    async with there.somebody("Ana") as ana, there.browser() as other:
        await there.add(ana, key)
        told = (await other.post("/api/passkeys/ask")).json()
        body = key.signed(told, there.origin)
        kept = dict(other.cookies.items())

        async def replay() -> int:
            async with there.browser() as thief:
                thief.cookies.update(kept)  # even with the browser's own cookie
                return (await thief.post("/api/passkeys/sign-in", json=body)).status_code

        assert sorted(await asyncio.gather(*(replay() for _ in range(6)))) == [200] + [409] * 5
        assert await replay() == 409


async def test_control_without_the_memory_of_what_was_answered_it_counts_again(
    there: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def anyone(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr("persistence.passkeys.spend", anyone)
    key = Authenticator(counts=False)
    async with there.somebody("Ana") as ana, there.browser() as other:
        await there.add(ana, key)
        body = key.signed((await other.post("/api/passkeys/ask")).json(), there.origin)
        kept = dict(other.cookies.items())
        for _ in range(2):
            other.cookies.update(kept)
            assert (await other.post("/api/passkeys/sign-in", json=body)).status_code == 200


async def test_a_challenge_is_one_browsers_for_one_purpose_and_five_minutes(
    there: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Authenticator()
    async with there.somebody("Ana") as ana, there.somebody("Bo") as bo, there.browser() as other:
        await there.add(ana, key)
        told = (await other.post("/api/passkeys/ask")).json()
        async with there.browser() as elsewhere:
            assert refused(await elsewhere.post("/api/passkeys/sign-in", json=key.signed(told, there.origin)), LATE)
            await elsewhere.post("/api/passkeys/ask")  # with a challenge of its own it doesn't fit
            answer = await elsewhere.post("/api/passkeys/sign-in", json=key.signed(told, there.origin))
            assert refused(answer, "passkey_wrong")

        for_signing_in = (await bo.post("/api/passkeys/ask")).json()
        for_adding = {**for_signing_in, "handle": b64(bytes(32))}
        made = {"name": "Phone", **Authenticator().made(for_adding, there.origin)}
        assert refused(await bo.post("/api/me/passkeys", json=made), LATE)

        anas = (await ana.post("/api/me/passkeys/ask")).json()  # another's challenge, cookie and all
        made = {"name": "Phone", **Authenticator().made(anas, there.origin)}
        bo.cookies.update({name: value for name, value in ana.cookies.items() if name == cookie_of(there)})
        assert refused(await bo.post("/api/me/passkeys", json=made), LATE)

        told = (await other.post("/api/passkeys/ask")).json()
        later = now_ms() + challenges.LIFE_MS
        monkeypatch.setattr(passkeys, "now_ms", lambda: later)
        assert refused(await other.post("/api/passkeys/sign-in", json=key.signed(told, there.origin)), LATE)


LATE = "passkey_late"


def cookie_of(there: Local) -> str:
    return there.kring.house.challenges.name


async def test_nobody_signs_with_anothers_credential(there: Local) -> None:
    mallorys, anas = Authenticator(), Authenticator()
    async with there.somebody("Ana") as ana, there.somebody("Mallory") as mallory, there.browser() as other:
        await there.add(ana, anas)
        await there.add(mallory, mallorys)
        pretending, told = Authenticator(), (await other.post("/api/passkeys/ask")).json()
        body = mallorys.signed(told, there.origin) | {"credential": b64(anas.id), "handle": b64(anas.handle)}
        assert refused(await other.post("/api/passkeys/sign-in", json=body), "passkey_wrong")
        told = (await other.post("/api/passkeys/ask")).json()
        body = mallorys.signed(told, there.origin) | {"handle": b64(anas.handle)}
        assert refused(await other.post("/api/passkeys/sign-in", json=body), "passkey_wrong")
        assert refused(await there.sign_in(other, pretending), "passkey_unknown")
        told = (await mallory.post("/api/me/passkeys/ask")).json()
        pretending.id = anas.id
        answer = await mallory.post("/api/me/passkeys", json={"name": "x", **pretending.made(told, there.origin)})
        assert refused(answer, "passkey_taken")
        assert await name_at(other) is None
        assert (await there.sign_in(other, anas)).json() == {"name": "Ana"}, "the control"


async def test_a_copy_that_counts_behind_is_refused(there: Local) -> None:
    key = Authenticator()
    async with there.somebody("Ana") as ana, there.browser() as other:
        await there.add(ana, key)
        key.uses = 10
        assert (await there.sign_in(other, key)).status_code == 200
        key.uses = 3
        assert refused(await there.sign_in(other, key), "passkey_wrong")


async def test_removed_it_signs_nobody_in_and_only_its_own_person_removes_it(there: Local) -> None:
    key = Authenticator()
    async with there.somebody("Ana") as ana, there.somebody("Bo") as bo, there.browser() as other:
        id = (await there.add(ana, key)).json()["id"]
        assert refused(await bo.post(f"/api/me/passkeys/{id}/remove"), "not_found")
        assert (await there.sign_in(other, key)).status_code == 200
        await other.post("/api/sign-out")
        assert (await ana.post(f"/api/me/passkeys/{id}/remove")).status_code == 200
        assert refused(await there.sign_in(other, key), "passkey_unknown")
        assert (await ana.get("/api/me/passkeys")).json() == {"passkeys": []}


MALFORMED: list[dict[str, object]] = [
    {"client_data": ""},
    {"authenticator_data": ""},
    {"signature": ""},
    {"client_data": b64(b"{}")},
    {"client_data": b64(b"[" * 4_000)},
    {"client_data": b64(b"\xff")},
    {"authenticator_data": b64(bytes(37))},
    {"authenticator_data": b64(b"\xff" * 400)},
    {"signature": b64(b"\x30" * 70)},
]


@pytest.mark.parametrize("changes", MALFORMED, ids=range(len(MALFORMED)))
async def test_a_malformed_answer_is_a_wrong_one(there: Local, changes: dict[str, object]) -> None:
    key = Authenticator()
    async with there.somebody("Ana") as ana, there.browser() as other:
        await there.add(ana, key)
        body = key.signed((await other.post("/api/passkeys/ask")).json(), there.origin) | changes
        assert refused(await other.post("/api/passkeys/sign-in", json=body), "passkey_wrong")


@pytest.mark.parametrize("attestation", [b"", b"\x00", b"\xff" * 40, b"\x9f" * 5_000, b"\xa1" * 5_000, bytes(300)])
async def test_a_malformed_new_one_is_a_wrong_one(there: Local, attestation: bytes) -> None:
    async with there.somebody("Ana") as ana:
        made = Authenticator().made((await ana.post("/api/me/passkeys/ask")).json(), there.origin)
        body = {"name": "Phone", **made, "attestation": b64(attestation)}
        assert refused(await ana.post("/api/me/passkeys", json=body), "passkey_wrong")


async def test_bounds(there: Local) -> None:
    async with there.somebody("Ana") as ana, there.browser() as nobody:
        for _ in range(MOST):
            assert (await there.add(ana, Authenticator())).status_code == 201
        assert refused(await there.add(ana, Authenticator()), "passkeys_full")
        told = (await ana.post("/api/me/passkeys/ask")).json()
        assert len(told["known"]) == MOST
        assert all(len(raw(each)) == 16 for each in told["known"])
        body = Authenticator().made(told, there.origin)
        assert refused(await ana.post("/api/me/passkeys", json={"name": " ", **body}), "passkey_nameless")
        too_long = {"name": "x", **body, "client_data": b64(bytes(4_097))}
        assert refused(await ana.post("/api/me/passkeys", json=too_long), "bad_request")
        for path in ("/api/me/passkeys/ask", "/api/me/passkeys", "/api/me/passkeys/x/remove"):
            answer = await nobody.post(path, json={"name": "x", **body})
            assert refused(answer, "sign_in_needed"), path
        assert (await nobody.get("/api/me/passkeys")).status_code == 401


async def test_wrong_ones_are_limited(there: Local) -> None:
    there.kring.house.monotonic = lambda: 0.0
    async with there.browser() as guesser:
        for _ in range(BURST):
            assert refused(await there.sign_in(guesser, Authenticator()), "passkey_unknown")
        assert refused(await there.sign_in(guesser, Authenticator()), "limited")


@pytest.mark.parametrize(
    ("host", "https", "possible"),
    [
        ("localhost", False, True),
        ("kring.localhost", False, True),
        ("127.0.0.1", False, False),
        ("[::1]", False, False),
        ("kring.example.org", False, False),
        ("kring.example.org", True, True),
        ("192.0.2.7", True, False),
    ],
)
async def test_they_are_offered_only_where_browsers_have_them(
    tmp_path: Path, host: str, https: bool, possible: bool
) -> None:
    forwarded = {"X-Forwarded-Proto": "https"} if https else {}
    origin = f"{'https' if https else 'http'}://{host}"
    async with (
        site(tmp_path, trusted_proxies=(PROXY,)) as kring,
        kring.browser(Host=host, Origin=origin, **forwarded) as browser,
    ):
        assert (await browser.get("/api/ways-in")).json()["passkeys"] is possible
        answer = await browser.post("/api/passkeys/ask")
        assert answer.status_code == (200 if possible else 409)
        if possible:
            assert ("; Secure" in answer.headers["set-cookie"]) is https
            assert answer.json()["site"] == host
        else:
            assert answer.json()["reason"] == "passkey_not_possible"
