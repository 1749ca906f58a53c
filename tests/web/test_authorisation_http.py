"""Who may ask what over HTTP: every route × method × person × state of the session, on a real server.

The table is complete by force: an address without a row fails. What it says of a cell is what the person is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from msgspec import Struct
from msgspec.structs import replace
from starlette.routing import Route

from rooms.model import Role
from tests.web.cells import Ways, everybody, screen_token
from tests.web.gathering import inside
from tests.web.site import Site, site
from web.app import build
from web.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

LADDER = ("nobody", "outside", "guest", "member", "moderator", "owner")
NOBODY, OUTSIDE = LADDER[:2]
"""`outside`: a guest of the community's chat, of no session; `guest`: of the session as well."""
STATES = ("planned", "open", "locked", "closing", "closed")
FOR_ALL = "everybody"

PROBES = ("/healthz", "/readyz", "/metrics")

TABLE = """
GET  /api/me                                  everybody
POST /api/codes                               everybody
POST /api/join                                everybody
POST /api/sign-in                             everybody
POST /api/sign-out                            everybody
GET  /api/community                           outside
POST /api/begin                               owner
POST /api/communities                         owner
GET  /api/community/settings                  owner
PUT  /api/community/settings                  owner
POST /api/community/agreements                outside
POST /api/community/remove                    owner
GET  /api/rooms/{room}/search                 guest
GET  /api/rooms/{room}/qr.svg                 member
POST /api/sessions                            moderator
GET  /api/sessions/{session}                  guest
PUT  /api/sessions/{session}                  moderator  closing:closed closed:closed
POST /api/sessions/{session}/open             moderator  locked:locked closing:closed closed:closed
POST /api/sessions/{session}/lock             moderator  planned:planned closing:closed closed:closed
POST /api/sessions/{session}/unlock           moderator  planned:planned closing:closed closed:closed
POST /api/sessions/{session}/close            moderator
POST /api/sessions/{session}/take-back        moderator  closed:closed
POST /api/sessions/{session}/screen           moderator  closing:closed closed:closed
GET  /api/sessions/{session}/qr.svg           member     closing:closed closed:closed
POST /api/sessions/{session}/boards           moderator  locked:locked closing:closed closed:closed
GET  /api/sessions/{session}/outcome          member     before:not_closed
PUT  /api/sessions/{session}/outcome/{line}   moderator  before:not_closed closed:not_found
GET  /api/sessions/{session}/export           member     before:not_closed
GET  /api/library                             outside
POST /api/library                             moderator
GET  /api/library/tags                        member
POST /api/library/preview                     moderator
GET  /api/library/{item}                      member
PUT  /api/library/{item}                      moderator
GET  /api/library/{item}/versions/{version}  member
GET  /api/members                             member
PUT  /api/members/{member}                    owner      open:not_found
DELETE /api/members/{member}                  owner      open:not_found
GET  /api/me/own                              outside
PUT  /api/me/own                              outside
DELETE /api/me/sign-ins                       outside
DELETE /api/me/sign-ins/{sign_in}             outside    open:not_found
GET  /api/ways-in                             everybody
GET  /api/privacy                             everybody
GET  /api/invitations                         moderator
POST /api/invitations                         moderator
POST /api/invitations/{invitation}/revoke     moderator  open:not_found
POST /api/invitation                          everybody
POST /api/invitation/redeem                   everybody
GET  /api/me/mail                             outside
POST /api/me/mail                             outside
POST /api/me/mail/forget                      outside
POST /api/mail                                everybody
POST /api/mail/link                           everybody
POST /api/mail/redeem                         everybody
GET  /api/me/passkeys                         outside
POST /api/me/passkeys                         outside
POST /api/me/passkeys/ask                     outside
POST /api/me/passkeys/{passkey}/remove        outside    open:not_found
POST /api/passkeys/ask                        everybody
POST /api/passkeys/sign-in                    everybody
GET  /api/programs                            owner
GET  /api/log                                 owner
POST /api/programs                            owner
POST /api/programs/{program}/revoke           owner      open:not_found
GET  /api/openapi.json                        everybody
GET  /healthz                                 everybody
GET  /readyz                                  everybody
GET  /metrics                                 everybody
DELETE /api/me/membership                     outside
"""
"""The least that somebody must be, and in which states even they are told something else; `before` it is closed."""

BODIES: Mapping[str, object] = {
    "POST /api/codes": {"code": "AAAAAA"},
    "POST /api/join": {"code": "AAAAAA"},
    "POST /api/sign-in": {"token": "nothing"},
    "POST /api/begin": {"name": "Wol", "lang": "nl", "preset": "helping"},
    "POST /api/communities": {"name": "Hout", "lang": "nl", "preset": "helping"},
    "PUT /api/community/settings": {"name": "Wol", "lang": "nl", "preset": "helping"},
    "POST /api/community/agreements": {"edition": 0},
    "POST /api/community/remove": {"name": "Iets anders"},
    "POST /api/invitations": {"role": "member"},
    "POST /api/invitation": {"token": "nothing"},
    "POST /api/invitation/redeem": {"token": "nothing"},
    "POST /api/me/mail": {"address": "noor@example.org"},
    "POST /api/mail": {"address": "noor@example.org"},
    "POST /api/mail/link": {"token": "nothing"},
    "POST /api/mail/redeem": {"token": "nothing"},
    "POST /api/me/passkeys": {"name": "x", "credential": "eHg=", "client_data": "eHg=", "attestation": "eHg="},
    "POST /api/passkeys/sign-in": {
        "credential": "eHg=", "handle": "", "client_data": "", "authenticator_data": "", "signature": ""
    },
    "POST /api/programs": {"name": "Bot", "role": "guest"},
    "POST /api/sessions": {"title": "Nog een"},
    "PUT /api/sessions/{session}": {"title": "Anders"},
    "POST /api/sessions/{session}/boards": {"title": "Bord", "template": "keep_change_try"},
    "PUT /api/sessions/{session}/outcome/{line}": {"choice": "dropped"},
    "POST /api/library": {
        "title": "Weten", "summary": "", "body": "", "type": "idea", "tags": [], "status": "published"
    },
    "POST /api/library/preview": {"body": "*Zo*"},
    "PUT /api/members/{member}": {"role": "guest"},
    "PUT /api/me/own": {"name": " ", "about": ""},
    "PUT /api/library/{item}": {
        "title": "Weten", "summary": "", "body": "", "type": "idea", "tags": [], "version": 1, "status": "published"
    },
}  # fmt: skip


class Row(Struct, frozen=True):
    method: str
    path: str
    least: str
    refused: Mapping[str, str]
    """state → why even those who may are refused"""

    @property
    def of_session(self) -> bool:
        return "{session}" in self.path


def rows() -> Iterator[Row]:
    for line in TABLE.strip().splitlines():
        method, path, least, *more = line.split()
        refused = dict(each.split(":") for each in more)
        if (early := refused.pop("before", None)) is not None:
            refused |= dict.fromkeys(STATES[:-1], early)
        yield Row(method, path, least, refused)


ROWS = list(rows())


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


def test_every_address_has_its_row(tmp_path: Path) -> None:
    routes = [route for route in build(Settings(data=tmp_path)).routes if isinstance(route, Route)]
    ours = [
        route for route in routes if route.path.startswith("/api/") or route.path in ("/healthz", "/readyz", "/metrics")
    ]
    known = {(method, route.path) for route in ours for method in (route.methods or ()) if method != "HEAD"}
    assert known == {(row.method, row.path) for row in ROWS}


def why(answer: httpx2.Response) -> str | None:
    """What stands in the way of this person; None: they may."""
    if answer.status_code in (401, 403) or (answer.status_code == 409 and answer.json()["reason"] in REFUSALS):
        return str(answer.json()["reason"])
    if answer.status_code == 404 and answer.json()["reason"] in ("not_found", "no_such_page"):
        return str(answer.json()["reason"])
    assert answer.status_code < 500, answer.text
    assert answer.status_code not in (400, 405, 421), "the example is no good"
    return None


REFUSALS = ("planned", "locked", "closed", "not_closed")


def expected(row: Row, person: str, state: str) -> str | None:
    if row.least == FOR_ALL:
        return None
    if person == NOBODY:
        return "sign_in_needed"
    if LADDER.index(person) < LADDER.index(row.least):
        return "forbidden"
    return row.refused.get(state)


class Evening(Struct, frozen=True):
    """A session in a state, its Q&A, the community's chat, which has a code, and the token of its screen."""

    id: str
    room: str
    chat: str
    screen: str


async def asked(browser: httpx2.AsyncClient, row: Row, evening: Evening, item: str) -> str | None:
    path = row.path.format(
        room=evening.chat if row.path.startswith("/api/rooms/") and row.path.endswith("/qr.svg") else evening.room,
        session=evening.id,
        item=item,
        line="nothing",
        member="nobody",
        sign_in="none",
        invitation="none",
        passkey="none",
        program="none",
        version=1,
    )
    body = BODIES.get(f"{row.method} {row.path}")
    given = {"json": body} if body is not None else {}
    return why(await browser.request(row.method, path, **given))  # type: ignore[arg-type]


async def evening(kring: Site, ways: Ways, guest: httpx2.AsyncClient, state: str) -> Evening:
    owner = ways.of(Role.OWNER)
    made = await owner.post("/api/sessions", json={"title": state, "planned": state == "planned"})
    path = f"/api/sessions/{made.json()['id']}"
    about = (await owner.get(path)).json()
    assert (await guest.post("/api/join", json={"code": about["code"]})).status_code == 200
    screen = await screen_token(kring, owner, about["id"])
    if state == "locked":
        assert (await owner.post(f"{path}/lock")).status_code == 200
    if state in ("closing", "closed"):
        kring.house.settings = replace(kring.house.settings, grace_s=600 if state == "closing" else 0)
        assert (await owner.post(f"{path}/close")).json()["state"] == "closing"
    if state == "closed":
        await kring.house.worker.closed(about["id"])
    assert (await owner.get(path)).json()["state"] == state
    (qna,) = (room["id"] for room in about["rooms"] if room["kind"] == "qna")
    return Evening(about["id"], qna, kring.room, screen)


@asynccontextmanager
async def people(kring: Site) -> AsyncIterator[tuple[Ways, dict[str, httpx2.AsyncClient]]]:
    async with AsyncExitStack() as stack:
        ways = await stack.enter_async_context(everybody(kring))
        outside = await stack.enter_async_context(inside(kring, kring.code, "Van buiten"))
        nobody = await stack.enter_async_context(kring.browser())
        named = {role.value: ways.of(role) for role in (Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)}
        yield ways, {NOBODY: nobody, OUTSIDE: outside, **named}


@pytest.mark.parametrize("state", STATES)
async def test_every_person_and_address(kring: Site, state: str) -> None:
    """What changes a session is asked of a new one by each who may."""
    wanted: dict[tuple[str, str, str], str | None] = {}
    found: dict[tuple[str, str, str], str | None] = {}
    async with people(kring) as (ways, browsers):
        item = (await ways.of(Role.OWNER).post("/api/library", json=BODIES["POST /api/library"])).json()["id"]
        shared = await evening(kring, ways, ways.of(Role.GUEST), state)
        for row in ROWS if state == "open" else [row for row in ROWS if row.of_session]:
            for person, browser in browsers.items():
                if row.least == FOR_ALL and person != NOBODY:  # who may least of all; signing others out is no use
                    continue
                key = (row.method, row.path, person)
                wanted[key] = expected(row, person, state)
                changes = row.of_session and row.method != "GET" and wanted[key] is None
                of = await evening(kring, ways, ways.of(Role.GUEST), state) if changes else shared
                found[key] = await asked(browser, row, of, item)
    assert found == wanted


async def test_a_screen_reads_its_own_session_and_does_nothing(kring: Site) -> None:
    reads = {
        "/api/me",
        "/api/community",
        "/api/rooms/{room}/search",
        "/api/sessions/{session}",
        "/api/sessions/{session}/qr.svg",
        "/api/library",
    }
    async with people(kring) as (ways, _), kring.browser() as venue:
        item = (await ways.of(Role.OWNER).post("/api/library", json=BODIES["POST /api/library"])).json()["id"]
        shown, other = [await evening(kring, ways, ways.of(Role.GUEST), "open") for _ in range(2)]
        venue.headers["Authorization"] = f"Bearer {shown.screen}"
        for row in ROWS:
            if row.least == FOR_ALL:
                continue
            told = await asked(venue, row, shown, item)
            if row.path in reads and row.method == "GET":
                assert told is None, row
            else:
                assert told in ("forbidden", "sign_in_needed"), row
            if row.of_session:
                assert await asked(venue, row, other, item) == "forbidden", row


async def test_a_check_that_is_forgotten_would_be_noticed(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    (row,) = (row for row in ROWS if row.path.endswith("/lock"))
    async with people(kring) as (ways, browsers):
        open_one = await evening(kring, ways, ways.of(Role.GUEST), "open")
        assert await asked(browsers["member"], row, open_one, "") == expected(row, "member", "open") == "forbidden"
        monkeypatch.setattr("web.sessions.check_staff", lambda member: None)
        assert await asked(browsers["member"], row, open_one, "") is None
