"""Every endpoint of the HTTP API: right, wrong, forbidden."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection

from persistence import communities, people
from persistence.database import Database
from rooms.model import Role
from tests.web.process import served
from tests.web.site import PROXY, Site, said, site
from web.limits import BURST


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as found:
        yield found


# ---- /api/me ---------------------------------------------------------------------------------------------------------


async def test_nobody_learns_where_they_are(kring: Site) -> None:
    async with kring.browser("nl") as browser:
        answer = (await browser.get("/api/me")).json()
    assert answer["person"] is None
    assert answer["lang"] == "nl"
    assert answer["community"] == {
        "name": "Our circle",
        "purpose": "A place to ask each other, think along and keep what comes out of it.",
        "lang": "en",
        "agreements": "",
        "edition": 0,
    }


async def test_a_guest_learns_who_they_are(kring: Site) -> None:
    async with kring.guest("Noor") as browser:
        assert (await browser.get("/api/me")).json()["person"] == {"name": "Noor", "role": "guest"}


# ---- /api/codes ------------------------------------------------------------------------------------------------------


async def test_a_code_shows_what_is_behind_it_however_it_is_typed(kring: Site) -> None:
    typed = f" {kring.code[:3].lower()}-{kring.code[3:]} "
    async with kring.browser() as browser:
        answer = await browser.post("/api/codes", json={"code": typed})
    assert answer.status_code == 200
    found = answer.json()
    assert found["room"] == {"id": kring.room, "kind": "chat", "title": "Chat", "state": found["room"]["state"]}
    assert (found["anonymity"], found["here"]) == ("named", 0)
    assert found["community"]["name"] == "Our circle"


async def test_how_many_are_inside_is_told_at_the_door(kring: Site) -> None:
    async with kring.guest() as guest, kring.socket(guest) as socket:
        await said(socket, t="hello")
        await said(socket, t="join", id="1", room=kring.room)
        assert (await guest.post("/api/codes", json={"code": kring.code})).json()["here"] == 1


@pytest.mark.parametrize("code", ["ZZZZZZ", "", "0OI1L1", "ABC", "A" * 80, "🙂" * 6])
async def test_a_wrong_code_is_answered_with_a_sentence(kring: Site, code: str) -> None:
    async with kring.browser("nl") as browser:
        answer = await browser.post("/api/codes", json={"code": code})
    assert answer.status_code == 404
    assert answer.json()["reason"] == "wrong_code"
    assert answer.json()["text"].startswith("Deze code hoort niet bij een open ruimte. Kijk de code na")
    assert answer.json()["facts"] == {}


async def test_only_wrong_codes_are_limited(kring: Site) -> None:
    kring.house.monotonic = lambda: 0.0
    async with kring.browser() as browser:
        for _ in range(BURST):
            assert (await browser.post("/api/codes", json={"code": kring.code})).status_code == 200
            assert (await browser.post("/api/codes", json={"code": "ZZZZZZ"})).status_code == 404
        limited = await browser.post("/api/codes", json={"code": kring.code})
        assert limited.status_code == 429
        assert limited.json()["reason"] == "limited"
        wait_s = limited.json()["facts"]["retry_s"]
        assert 1 <= wait_s <= 3
        assert limited.headers["retry-after"] == str(wait_s)
        assert (await browser.post("/api/join", json={"code": kring.code, "name": "x"})).status_code == 429
        link = await kring.token(Role.MEMBER)
        assert (await browser.post("/api/sign-in", json={"token": link})).status_code == 200


async def test_behind_a_trusted_proxy_each_client_has_their_own_tries(tmp_path: Path) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        kring.house.monotonic = lambda: 0.0
        async with kring.browser(**{"X-Forwarded-For": "198.51.100.1"}) as guesser:
            for _ in range(BURST):
                await guesser.post("/api/codes", json={"code": "ZZZZZZ"})
            assert (await guesser.post("/api/codes", json={"code": kring.code})).status_code == 429
        async with kring.browser(**{"X-Forwarded-For": "198.51.100.2"}) as other:
            assert (await other.post("/api/codes", json={"code": kring.code})).status_code == 200


async def test_who_is_no_trusted_proxy_is_not_believed(kring: Site) -> None:
    kring.house.monotonic = lambda: 0.0
    for n in range(BURST):
        async with kring.browser(**{"X-Forwarded-For": f"198.51.100.{n}"}) as guesser:
            await guesser.post("/api/codes", json={"code": "ZZZZZZ"})
    async with kring.browser() as other:
        assert (await other.post("/api/codes", json={"code": kring.code})).status_code == 429


# ---- /api/join -------------------------------------------------------------------------------------------------------


async def test_joining_gives_a_cookie_that_only_this_server_reads(kring: Site) -> None:
    async with kring.browser() as browser:
        answer = await browser.post("/api/join", json={"code": kring.code, "name": "  Noor\u202e  de Vries "})
        assert answer.json() == {"room": kring.room}
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Secure" not in cookie
        assert (await browser.get("/api/me")).json()["person"] == {"name": "Noor de Vries", "role": "guest"}
        again = await browser.post("/api/join", json={"code": kring.code})
        assert again.status_code == 200
        assert "set-cookie" not in again.headers


async def test_under_https_the_cookie_is_secure(tmp_path: Path) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        body = {"code": kring.code, "name": "Noor"}
        async with kring.browser(**{"X-Forwarded-Proto": "https"}) as browser:
            assert "; Secure" in (await browser.post("/api/join", json=body)).headers["set-cookie"]


async def test_a_name_in_use_is_refused_with_one_that_is_free(kring: Site) -> None:
    async with kring.guest("Noor"), kring.browser("nl") as browser:
        answer = await browser.post("/api/join", json={"code": kring.code, "name": "NOÓR"})
        assert answer.status_code == 409
        assert answer.json()["reason"] == "name_taken"
        assert answer.json()["facts"] == {"suggestion": "NOÓR 2"}
        assert "NOÓR 2" in answer.json()["text"]
        assert "set-cookie" not in answer.headers


async def test_no_name_can_imitate_staff(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER), kring.browser() as browser:
        answer = await browser.post("/api/join", json={"code": kring.code, "name": "0wner"})
        assert (answer.status_code, answer.json()["reason"]) == (409, "name_taken")


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "...", None])
async def test_without_a_name_a_guest_is_asked_for_one(kring: Site, name: str | None) -> None:
    async with kring.browser() as browser:
        answer = await browser.post("/api/join", json={"code": kring.code, "name": name})
        assert (answer.status_code, answer.json()["reason"]) == (422, "name_empty")
        assert (await browser.get("/api/me")).json()["person"] is None


async def test_a_wrong_code_lets_nobody_in(kring: Site) -> None:
    async with kring.browser() as browser:
        answer = await browser.post("/api/join", json={"code": "ZZZZZZ", "name": "Noor"})
        assert (answer.status_code, answer.json()["reason"]) == (404, "wrong_code")
        assert (await browser.get("/api/me")).json()["person"] is None


@pytest.mark.slow
async def test_a_thousand_right_joins_from_one_address_in_ten_seconds(tmp_path: Path) -> None:
    async with served(tmp_path) as serving:
        body = '{{"code": "{code}", "name": "Guest {n}"}}'

        async def join_some(first: int) -> None:
            async with lean(serving.base) as post:
                for n in range(first, first + 20):
                    head = await post("/api/join", body.format(code=serving.code, n=n).encode())
                    assert head.startswith(b"HTTP/1.1 200 "), head

        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            for some in range(50):
                tasks.create_task(join_some(20 * some))
        await serving.stop()
    async with Database.open(tmp_path / "data") as database, database.read() as tx:
        home = (await communities.everyone(tx))[0]
        assert len(await people.with_role(tx, home.id, Role.GUEST)) == 1_000


@asynccontextmanager
async def lean(base: str) -> AsyncIterator[Callable[[str, bytes], Awaitable[bytes]]]:
    """A client that takes less of the machine than the server it asks: it posts, and returns the answer's head."""
    host = base.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    head = f"Host: {host}\r\nOrigin: {base}\r\nX-Kring: 1\r\n"

    async def post(path: str, body: bytes) -> bytes:
        writer.write(f"POST {path} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(answer.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))
        return answer

    try:
        yield post
    finally:
        writer.transport.abort()


# ---- /api/sign-in, /api/sign-out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.MODERATOR, Role.MEMBER, Role.GUEST, Role.SCREEN])
async def test_a_link_signs_in_once(kring: Site, role: Role) -> None:
    token = await kring.token(role)
    async with kring.browser() as browser, kring.browser("nl") as late:
        answer = await browser.post("/api/sign-in", json={"token": token})
        assert answer.status_code == 200
        assert answer.json()["person"]["role"] == role
        assert answer.json()["room"] == kring.room
        me = (await browser.get("/api/me")).json()["person"]
        assert me == (None if role is Role.SCREEN else answer.json()["person"]), "a screen's browser is nobody's"
        spent = await late.post("/api/sign-in", json={"token": token})
        assert (spent.status_code, spent.json()["reason"]) == (404, "link_spent")
        assert spent.json()["text"].startswith("Deze link is gebruikt")
        assert "set-cookie" not in spent.headers


async def test_the_first_start_makes_an_owner_link(kring: Site) -> None:
    async with kring.browser() as browser:
        answer = await browser.post("/api/sign-in", json={"token": kring.house.beginning.owner_token})
        assert answer.json()["person"] == {"name": "Owner", "role": "owner"}


async def test_a_link_raises_whoever_is_signed_in_already(kring: Site) -> None:
    async with kring.guest("Noor") as browser:
        answer = await browser.post("/api/sign-in", json={"token": await kring.token(Role.MODERATOR)})
        assert answer.json()["person"] == {"name": "Noor", "role": "moderator"}
        assert "set-cookie" not in answer.headers


async def test_wrong_links_are_limited_apart_from_codes(kring: Site) -> None:
    kring.house.monotonic = lambda: 0.0
    async with kring.browser() as browser:
        for _ in range(BURST):
            assert (await browser.post("/api/sign-in", json={"token": "guess"})).status_code == 404
        assert (await browser.post("/api/sign-in", json={"token": await kring.token(Role.OWNER)})).status_code == 429
        assert (await browser.post("/api/codes", json={"code": kring.code})).status_code == 200


async def test_signing_out_ends_the_sign_in_and_its_connections(kring: Site) -> None:
    async with kring.guest() as browser:
        kept = dict(browser.cookies.items())
        async with kring.socket(browser) as socket:
            await said(socket, t="hello")
            answer = await browser.post("/api/sign-out")
            assert answer.status_code == 200
            await socket.wait_closed()
            assert socket.close_code == 4502
        assert not browser.cookies
        browser.cookies.update(kept)
        assert (await browser.get("/api/me")).json()["person"] is None


async def test_nobody_may_sign_out_too(kring: Site) -> None:
    async with kring.browser() as browser:
        assert (await browser.post("/api/sign-out")).status_code == 200


# ---- /api/community, search, qr --------------------------------------------------------------------------------------


async def test_members_and_staff_see_the_code_and_the_way_in_and_guests_do_not(kring: Site) -> None:
    async with kring.signed_in(Role.MEMBER) as member:
        home = (await member.get("/api/community")).json()
    assert (home["name"], home["role"]) == ("Our circle", "member")
    assert [(room["id"], room["kind"], room["code"]) for room in home["rooms"]] == [(kring.room, "chat", kring.code)]
    assert home["join_url"] == f"{kring.base}/j/{kring.code}"
    async with kring.guest() as guest:
        home = (await guest.get("/api/community")).json()
    assert [(room["id"], room["code"]) for room in home["rooms"]] == [(kring.room, None)]
    assert home["join_url"] is None


async def test_the_community_is_for_who_is_inside(kring: Site) -> None:
    async with kring.browser() as browser:
        for path in ("/api/community", f"/api/rooms/{kring.room}/search?q=x", f"/api/rooms/{kring.room}/qr.svg"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.json()["reason"]) == (401, "sign_in_needed")


async def test_a_forged_cookie_is_nobody(kring: Site) -> None:
    async with kring.guest() as browser:
        name, value = next(iter(browser.cookies.items()))
        token, _, signature = value.rpartition(".")  # its last character has bits that mean nothing; the first hasn't
        other = f"{token}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
        for forged in (other, value.partition(".")[0], "", "x.y.z", "é"):
            answer = await browser.get("/api/community", headers={b"Cookie": f"{name}={forged}".encode()})
            assert answer.status_code == 401, forged


async def test_what_was_said_is_found(kring: Site) -> None:
    async with kring.guest("Noor") as browser, kring.socket(browser) as socket:
        await said(socket, t="hello")
        joined = await said(socket, t="join", id="1", room=kring.room)
        text = "a needle in <b>hay</b>"
        await post(socket, kring, joined, text)
        await drained(kring, 2)
        answer = await browser.get(f"/api/rooms/{kring.room}/search", params={"q": "needle"})
        found = answer.json()
        assert [(hit["name"], hit["n"], hit["staff"]) for hit in found["hits"]] == [("Noor", 1, False)]
        assert found["hits"][0]["parts"] == [["a ", False], ["needle", True], [" in <b>hay</b>", False]]
        assert found["more"] is False
        nothing = await browser.get(f"/api/rooms/{kring.room}/search", params={"q": 'AND OR "*', "offset": "20"})
        assert nothing.json() == {"hits": [], "more": False}
        for wrong in ("-1", "x", "9999999", "²"):
            answer = await browser.get(f"/api/rooms/{kring.room}/search", params={"q": "x", "offset": wrong})
            assert (answer.status_code, answer.json()["reason"]) == (400, "bad_request")


async def post(socket: ClientConnection, kring: Site, joined: dict[str, object], text: str) -> None:
    command = {"t": "chat.post", "text": text}
    await socket.send(
        msgspec.json.encode(
            {"t": "do", "id": "c1", "room": kring.room, "cmd": command, "seq": joined["seq"], "mark": joined["mark"]}
        ).decode()
    )
    while '"done"' not in str(await socket.recv()):
        pass


async def drained(kring: Site, seq: int) -> None:
    """The database has the room up to `seq`. Asking again is the only way: nobody announces it."""
    async with asyncio.timeout(10):
        while await kring.house.journal.drained_upto(kring.room) < seq:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_room_nobody_knows_and_a_room_one_may_not_enter(kring: Site) -> None:
    async with kring.guest() as browser:
        assert (await browser.get("/api/rooms/nowhere/search?q=x")).status_code == 404
        assert (await browser.get("/api/rooms/nowhere/qr.svg")).status_code == 404
        answer = await browser.get(f"/api/rooms/{kring.room}/qr.svg")
        assert (answer.status_code, answer.json()["reason"]) == (403, "forbidden")


async def test_the_qr_is_black_on_white_with_a_quiet_zone(kring: Site) -> None:
    async with kring.signed_in(Role.MODERATOR) as browser:
        answer = await browser.get(f"/api/rooms/{kring.room}/qr.svg")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert 'fill="#fff"' in answer.text
    assert 'stroke="#000"' in answer.text
    assert "M4 4.5" in answer.text
    assert "style=" not in answer.text


async def test_in_a_hall_the_way_in_is_no_loopback_address(tmp_path: Path) -> None:
    async with site(tmp_path, host="0.0.0.0") as kring, kring.signed_in(Role.OWNER) as browser:
        link = (await browser.get("/api/community")).json()["join_url"]
        assert link.endswith(f"/j/{kring.code}")
        assert "//127." not in link


# ---- what is no request of ours --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/codes", "/api/join", "/api/sign-in"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"code": 1, "token": 1}',
        b'{"code": "x", "token": "x", "more": 1}',
        b"\xff",
        b"[" * 60_000,
    ],
)
async def test_a_body_that_is_none_is_refused(kring: Site, path: str, body: bytes) -> None:
    async with kring.browser() as browser:
        answer = await browser.post(path, content=body)
        assert (answer.status_code, answer.json()["reason"]) == (400, "bad_request")


async def test_who_speaks_another_language_is_answered_in_the_communitys(tmp_path: Path) -> None:
    async with site(tmp_path, lang="nl") as kring, kring.browser("de-DE") as browser:
        assert (await browser.get("/api/me")).json()["community"]["name"] == "Onze kring"
        assert (await browser.post("/api/codes", json={"code": "x"})).json()["text"].startswith("Deze code hoort")
