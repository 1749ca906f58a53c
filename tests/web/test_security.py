"""What holds for every request: the headers, the door for pages of ours only, and the bound on bodies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from rooms.model import Role
from tests.web.site import Site, said, site
from tests.web.test_authorisation_http import ROWS
from web.pages import STATIC
from web.security import BODY_BYTES

WRITES = [(row.method, row.path) for row in ROWS if row.method != "GET"]


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as found:
        yield found


async def test_every_answer_carries_the_headers(kring: Site) -> None:
    async with kring.browser() as browser:
        for path in ("/", "/api/me", "/nowhere", "/api/nowhere", "/healthz", "/assets/none.js"):
            headers = (await browser.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert "camera=()" in headers["permissions-policy"]
            assert "server" not in headers


@pytest.mark.parametrize(("method", "path"), WRITES)
async def test_what_changes_something_needs_our_origin_and_our_header(kring: Site, method: str, path: str) -> None:
    right = {"Origin": kring.base, "X-Kring": "1"}
    port = kring.base.rpartition(":")[2]
    wrong: list[dict[str, str]] = [
        {},
        {"Origin": kring.base},
        {"X-Kring": "1"},
        {"Origin": kring.base, "X-Kring": "0"},
        {"Origin": "null", "X-Kring": "1"},
        {"Origin": "https://evil.example", "X-Kring": "1"},
        {"Origin": kring.base.replace(port, "1"), "X-Kring": "1"},
        {"Origin": f"{kring.base}.evil.example", "X-Kring": "1"},
        {"Origin": f"file://127.0.0.1:{port}", "X-Kring": "1"},
    ]
    async with httpx2.AsyncClient(base_url=kring.base) as browser:
        for headers in wrong:
            answer = await browser.request(method, path, headers=headers, content=b"{}")
            assert (answer.status_code, answer.json()["reason"]) == (403, "cross_site"), headers
        answer = await browser.request(method, path, headers=right, content=b"{}")
        assert answer.status_code in (200, 400, 401, 409), "a control"


async def test_a_page_of_somebody_else_reads_nothing(kring: Site) -> None:
    async with kring.guest() as browser:
        answer = await browser.get("/api/community", headers={"Origin": "https://evil.example"})
        assert (answer.status_code, answer.json()["reason"]) == (403, "cross_site")
        assert "access-control-allow-origin" not in answer.headers


async def test_with_a_base_url_only_that_host_and_that_origin_count(tmp_path: Path) -> None:
    async with site(tmp_path, base_url="https://kring.example.org") as kring:
        async with httpx2.AsyncClient(base_url=kring.base) as browser:
            right = {"Host": "kring.example.org", "Origin": "https://kring.example.org", "X-Kring": "1"}
            body = {"code": kring.code, "name": "Noor"}
            answer = await browser.post("/api/join", headers=right, json=body)
            assert answer.status_code == 200
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-kring-")
            assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=lax"))
            assert "Domain" not in cookie
            assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
            named, _, value = cookie.partition(";")[0].partition("=")
            for name, known in ((named, "Noor"), (named.removeprefix("__Host-"), None)):
                me = await browser.get("/api/me", headers={**right, "Cookie": f"{name}={value}"})
                assert (me.json()["person"] or {}).get("name") == known, (
                    "what another site on the host can set is nobody"
                )
            other = await browser.post("/api/join", headers=right | {"Origin": "http://kring.example.org"}, json=body)
            assert (other.status_code, other.json()["reason"]) == (403, "cross_site")
            for host in ("127.0.0.1", "kring.example.org.evil.example", ""):
                answer = await browser.get("/api/me", headers={"Host": host})
                assert (answer.status_code, answer.json()["reason"]) == (421, "wrong_host")
            assert (await browser.get("/healthz")).status_code == 200
        async with kring.socket(origin="https://evil.example") as socket:
            assert '"code":4504' in str(await socket.recv())


async def test_a_body_has_a_bound_told_or_not(kring: Site) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(BODY_BYTES // 1_000 + 2):
            yield b"x" * 1_000

    async with kring.browser("nl") as browser:
        for content in (b"x" * (BODY_BYTES + 1), pieces()):
            answer = await browser.post("/api/codes", content=content)
            assert (answer.status_code, answer.json()["reason"]) == (413, "too_large")
            assert answer.json()["text"].startswith("Dit is te groot")
        assert (await browser.post("/api/codes", content=b"x" * BODY_BYTES)).status_code == 400


async def test_a_cookie_counts_on_a_socket_only_with_our_origin(kring: Site) -> None:
    async with kring.guest("Noor") as browser:
        async with kring.socket(browser) as socket:
            assert (await said(socket, t="hello"))["name"] == "Noor"
        async with kring.socket(browser, origin=None) as socket:
            assert (await said(socket, t="hello"))["code"] == 4502
        async with kring.socket(browser, origin="https://evil.example") as socket:
            assert '"code":4504' in str(await socket.recv())
            await socket.wait_closed()
            assert socket.close_code == 4504


async def test_a_token_needs_no_origin(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as browser:
        token = next(iter(browser.cookies.values())).partition(".")[0]
    async with kring.socket(origin=None) as socket:
        assert (await said(socket, t="hello", token=token))["name"] == "Owner"
    async with kring.socket(origin=None) as socket:
        assert (await said(socket, t="hello", token="guess"))["code"] == 4502


# ---- pages -----------------------------------------------------------------------------------------------------------


async def test_every_address_of_the_page_is_the_page(kring: Site) -> None:
    async with kring.browser() as browser:
        first = await browser.get("/")
        assert first.status_code == 200
        assert first.headers["content-type"].startswith("text/html")
        assert first.headers["cache-control"] == "no-cache"
        for path in ("/c", "/in", "/j/ABC234"):
            assert (await browser.get(path)).content == first.content
        assert (await browser.head("/")).status_code == 200


async def test_an_address_nobody_knows_is_the_page_too_but_says_so(kring: Site) -> None:
    async with kring.browser("nl") as browser:
        page = await browser.get("/geen/idee")
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        for answer in (
            await browser.get("/api/geen"),
            await browser.post("/geen"),
            await browser.get("/assets/geen.js"),
        ):
            assert (answer.status_code, answer.json()["reason"]) == (404, "no_such_page")
            assert answer.json()["text"].startswith("Deze pagina is er niet")
        wrong = await browser.post("/api/me")
        assert (wrong.status_code, wrong.json()["reason"]) == (405, "wrong_method")


async def test_files_with_a_hash_in_their_name_are_kept_for_ever(kring: Site) -> None:
    script = next(path.name for path in (STATIC / "assets").iterdir() if path.suffix == ".js")
    async with kring.browser() as browser:
        found = await browser.get(f"/assets/{script}")
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]
        again = await browser.get(f"/assets/{script}", headers={"If-None-Match": found.headers["etag"]})
        assert again.status_code == 304
        for outside in ("/assets/../index.html", "/assets/%2e%2e/index.html", "/assets/..%2f..%2fapp.py"):
            answer = await browser.get(outside)
            assert b"def build" not in answer.content
            assert "immutable" not in answer.headers["cache-control"]
        assert (await browser.get("/api/me")).headers["cache-control"] == "no-store"


async def test_nothing_hidden_is_served(kring: Site) -> None:
    async with kring.browser() as browser:
        for path in ("/.built-from", "/assets/.built-from", "/static/index.html"):
            assert (await browser.get(path)).status_code == 404


async def test_a_page_that_was_not_made_says_how_to_make_it(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.STATIC", Path("/nowhere"))
    async with kring.browser("nl") as browser:
        answer = await browser.get("/")
        assert (answer.status_code, answer.json()["reason"]) == (503, "not_built")
        assert "make build-client" in answer.json()["text"]


async def test_a_fault_of_ours_is_a_sentence_and_tells_nothing(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the secret is 12345")

    monkeypatch.setattr("persistence.communities.of_person", broken)
    monkeypatch.setattr("persistence.sign_ins.identify", broken)
    async with kring.guest() as browser:
        answer = await browser.get("/api/me")
        assert answer.status_code == 500
        assert answer.json()["reason"] == "fault"
        assert "12345" not in answer.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/%2f..", "/c/", "/api/me/", "/\\evil.example/"])
async def test_nobody_is_sent_elsewhere(kring: Site, path: str) -> None:
    async with kring.browser() as browser:
        answer = await browser.send(
            browser.build_request("GET", httpx2.URL(kring.base).copy_with(raw_path=path.encode()))
        )
        assert answer.status_code in (400, 404)
        assert "location" not in answer.headers
