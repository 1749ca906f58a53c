"""Kring below a path of an address that it shares: the same house, with longer addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.typing import Subprotocol

from realtime.client import connect as join
from realtime.wire import JSON
from rooms.model import Role
from tests.web.process import free_port, served
from tests.web.site import Site, said, site
from web import addresses
from web.base_path import below, placed
from web.pages import STATIC
from web.rehearsal.door import Door
from web.rehearsal.server import Server
from web.settings import read

BASE = "/groups/kring"
HTTPS = f"https://example.org{BASE}"


@asynccontextmanager
async def placed_at(directory: Path, base_url: str) -> AsyncIterator[Site]:
    """`base_url`: what people use; the proxy in front keeps Host and path."""
    async with site(directory, base_url=base_url) as found:
        yield found


def through_proxy(kring: Site, base_url: str, **more: str) -> httpx2.AsyncClient:
    """As a page of ours sends it, and nginx passes it on: the Host that people use, and the whole path."""
    origin = "/".join(base_url.split("/", 3)[:3])
    headers = {"X-Kring": "1", "Origin": origin, "Host": origin.partition("//")[2]} | more
    return httpx2.AsyncClient(base_url=kring.base + BASE, headers=headers, timeout=20)


@pytest.mark.parametrize(
    ("asked", "base_url", "origin", "base_path"),
    [
        ("https://example.org/kring", "https://example.org/kring", "https://example.org", "/kring"),
        ("https://example.org:8443/a/b.c/", "https://example.org:8443/a/b.c", "https://example.org:8443", "/a/b.c"),
        ("http://[::1]:8000/k", "http://[::1]:8000/k", "http://[::1]:8000", "/k"),
        ("https://example.org:443/", "https://example.org", "https://example.org", ""),
    ],
)
def test_a_base_url_may_have_a_path(asked: str, base_url: str, origin: str, base_path: str) -> None:
    found = read({"KRING_BASE_URL": asked})
    assert (found.base_url, found.origin, found.base_path) == (base_url, origin, base_path)


def test_the_path_comes_off_whole_or_not_at_all() -> None:
    def inside(path: str) -> str | None:
        found = below({"type": "http", "path": path, "raw_path": path.encode()}, "/kring", ("/healthz",))
        assert found is None or found["raw_path"] == found["path"].encode()
        return found["path"] if found else None

    assert [inside(f"/kring{rest}") for rest in ("", "/", "/api/me", "/kring")] == ["/", "/", "/api/me", "/kring"]
    assert [inside(path) for path in ("/", "/api/me", "/kringen", "/kringen/api", "/Kring/")] == [None] * 5
    assert inside("/healthz") == "/healthz"


def test_a_page_that_is_built_otherwise_is_not_served_wrongly() -> None:
    with pytest.raises(ValueError, match="built page"):
        placed("<html></html>", "/kring")


async def test_everything_is_below_the_path_and_nothing_beside_it(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        for path in ("", "/", "/in", "/c", "/s/abc/desk", "/sync.js", "/api/me", "/api/openapi.json", "/healthz"):
            answer = await browser.get(kring.base + BASE + path)
            assert answer.status_code == 200, path
            assert "content-security-policy" in answer.headers
        for path in ("/", "/in", "/api/me", "/sync.js", f"{BASE}en/api/me"):
            answer = await browser.get(kring.base + path)
            assert (answer.status_code, answer.json()["reason"]) == (404, "no_such_page"), path
            assert "content-security-policy" in answer.headers
        async with kring.browser() as machine:  # that knows of no proxy
            del machine.headers["Origin"]
            for path in ("/healthz", "/readyz", "/metrics"):
                assert (await machine.get(path)).status_code == 200, path


async def test_the_page_knows_where_it_is_and_all_its_files_are_there(tmp_path: Path) -> None:
    built = (STATIC / "index.html").read_text()
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        for path, status in (("/s/abc/desk", 200), ("/nowhere/at/all", 404)):
            answer = await browser.get(kring.base + BASE + path)
            assert answer.status_code == status
            assert f'<meta name="kring-base" content="{BASE}" />' in answer.text
            files = [
                part.partition('"')[0] for part in answer.text.split(' src="/')[1:] + answer.text.split(' href="/')[1:]
            ]
            assert len(files) == built.count('="/assets/') > 3
            for file in files:
                assert f"/{file}".startswith(f"{BASE}/assets/")
                got = await browser.get(f"{kring.base}/{file}")
                assert got.status_code == 200
                assert "immutable" in got.headers["cache-control"]
    async with site(tmp_path) as kring, kring.browser() as browser:
        assert (await browser.get("/c")).text == built, "a control: at the root it is as it was built"


async def test_signing_in_gives_a_cookie_for_below_the_path_only(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        token = await kring.token(Role.OWNER)
        answer = await browser.post("/api/sign-in", json={"token": token})
        assert "strict-transport-security" not in answer.headers, "the name is others' as well"
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Secure-kring-")
        assert f"; Path={BASE};" in cookie
        assert {"Secure", "HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
        own = {"Cookie": cookie.partition(";")[0]}
        assert (await browser.get("/api/me", headers=own)).json()["person"]["name"]
        gone = (await browser.post("/api/sign-out", json={}, headers=own)).headers["set-cookie"]
        assert f"; Path={BASE};" in gone
        assert gone.partition("=")[0] == cookie.partition("=")[0]
        asked = (await browser.post("/api/passkeys/ask", json={})).headers["set-cookie"]
        assert f"; Path={BASE}/api;" in asked
        host = {"Cookie": f"__Host-{cookie.partition(';')[0].removeprefix('__Secure-')}"}
        assert (await browser.get("/api/me", headers=host)).json()["person"] is None, "another name doesn't count"


async def test_at_the_root_the_cookie_is_as_it_was(tmp_path: Path) -> None:
    root = "https://example.org"
    async with placed_at(tmp_path, root) as kring, through_proxy(kring, root) as browser:
        body = {"token": await kring.token(Role.OWNER)}
        answer = await browser.post(f"{kring.base}/api/sign-in", json=body)
        assert answer.headers["set-cookie"].startswith("__Host-kring-")
        assert "; Path=/;" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers


async def test_addresses_for_others_begin_with_the_path(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        signed = await browser.post("/api/sign-in", json={"token": await kring.token(Role.OWNER)})
        own = {"Cookie": signed.headers["set-cookie"].partition(";")[0]}
        made = (await browser.post("/api/sessions", json={"title": "Open avond"}, headers=own)).json()["id"]
        about = (await browser.get(f"/api/sessions/{made}", headers=own)).json()
        assert about["join_url"] == f"{HTTPS}/j/{about['code']}"
        screen = (await browser.post(f"/api/sessions/{made}/screen", json={}, headers=own)).json()["url"]
        assert screen.startswith(f"{HTTPS}/present/{made}#")
        wish = {"role": "member"}
        invited = (await browser.post("/api/invitations", json=wish, headers=own)).json()
        assert HTTPS in str(invited)
        drawn = (await browser.get(f"/api/sessions/{made}/qr.svg", headers=own)).content
        assert drawn == addresses.qr_svg(f"{HTTPS}/j/{about['code']}")
        assert drawn != addresses.qr_svg(f"https://example.org/j/{about['code']}"), "a control"
    assert addresses.mailed_url(HTTPS, "t") == f"{HTTPS}/in#mail.t"


async def test_the_socket_is_below_the_path_and_counts_pages_of_the_same_address_only(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring:
        token = await kring.token(Role.OWNER)
        async with through_proxy(kring, HTTPS) as browser:
            signed = await browser.post("/api/sign-in", json={"token": token})
        cookie = signed.headers["set-cookie"].partition(";")[0]
        port = int(kring.base.rpartition(":")[2])

        def socket(path: str, origin: str) -> connect:
            address, headers = f"ws://example.org{path}", {"Origin": origin, "Cookie": cookie}
            spoken = [Subprotocol(JSON)]
            return connect(address, host="127.0.0.1", port=port, subprotocols=spoken, additional_headers=headers)

        async with socket(f"{BASE}/ws", "https://example.org") as mine:
            welcome = await said(mine, t="hello")
            assert welcome["t"] == "welcome"
        async with socket(f"{BASE}/ws", "https://other.example") as foreign:
            assert "forbidden_origin" not in str(await foreign.recv()), "a sentence, and no code"
            with pytest.raises(ConnectionClosedError, match="forbidden_origin"):
                await foreign.recv()
        for elsewhere in ("/ws", f"{BASE}x/ws"):
            with pytest.raises(InvalidStatus):
                async with socket(elsewhere, "https://example.org"):
                    pass


async def test_the_door_stays_shut_for_pages_of_others(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        body = {"token": await kring.token(Role.OWNER)}
        for wrong in ({"Origin": "https://other.example"}, {"Origin": HTTPS}, {"Host": "other.example"}):
            assert (await browser.post("/api/sign-in", json=body, headers=wrong)).status_code in (403, 421), wrong
        assert (await browser.post("/api/sign-in", json=body)).status_code == 200, "a control"


async def test_a_rehearsal_gets_in_below_the_path(tmp_path: Path) -> None:
    assert Server("https://example.org/kring/", "en").socket_url == "wss://example.org/kring/ws"
    assert Server("example.org:8000", "en").socket_url == "ws://example.org:8000/ws", "a control"
    port = free_port()
    base = f"http://127.0.0.1:{port}{BASE}"
    async with served(tmp_path, PORT=str(port), KRING_BASE_URL=base) as serving:
        door = Door(base, serving.code, "en")
        entrance = await door.enter("Noor")
        async with join(door.socket_url, cookie=entrance.cookie, origin=door.origin) as client:
            assert (await client.join(entrance.room)).records


async def test_the_description_for_programs_says_where_they_find_it(tmp_path: Path) -> None:
    async with placed_at(tmp_path, HTTPS) as kring, through_proxy(kring, HTTPS) as browser:
        told = (await browser.get("/api/openapi.json")).json()
        assert told["servers"] == [{"url": BASE}]
        assert "/api/me" in told["paths"]
    async with site(tmp_path) as kring, kring.browser() as browser:
        assert "servers" not in (await browser.get("/api/openapi.json")).json(), "a control"
