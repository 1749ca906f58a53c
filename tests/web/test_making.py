"""Communities over HTTP: begun once, made by owners, apart from each other, changed, and gone when removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
from websockets.asyncio.client import ClientConnection

from persistence.communities import Preset
from rooms.model import Role
from tests.web.gathering import started
from tests.web.process import said as command_said
from tests.web.process import served
from tests.web.site import Site, said, site
from web.app import house
from web.presets import DEFAULTS
from web.settings import Settings

FIRST_RUN = {
    "name": "Wondzorg Noord",
    "purpose": "Samen beter in wondzorg.",
    "lang": "nl",
    "preset": "best_practice",
    "owner": "Marit Smit",
}
OTHER = {"name": "Bijenkring", "purpose": "", "lang": "nl", "preset": "innovation"}
WORDS = "een-zinnetje-dat-nergens-anders-staat"


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path / "data") as built:
        yield built


async def answer(response: httpx2.Response, status: int = 200) -> dict[str, Any]:
    assert response.status_code == status, response.text
    found: dict[str, Any] = response.json()
    return found


async def me(browser: httpx2.AsyncClient, community: str | None = None) -> dict[str, Any]:
    return await answer(await browser.get("/api/me", params={"community": community} if community else {}))


async def another(owner: httpx2.AsyncClient) -> str:
    """The id of a second community."""
    return str((await answer(await owner.post("/api/communities", json=OTHER), 201))["id"])


async def joined(socket: ClientConnection, room: str) -> dict[str, object]:
    assert (await said(socket, t="hello"))["t"] == "welcome"
    return await said(socket, t="join", id="1", room=room)


# ---- the first run ---------------------------------------------------------------------------------------------------


async def test_the_owner_says_once_what_the_community_is(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MODERATOR) as other, kring.guest() as guest:
        assert (await me(owner))["place"]["to_begin"]
        assert not (await me(other))["place"]["to_begin"]
        for person in (other, guest):
            assert (await answer(await person.post("/api/begin", json=FIRST_RUN), 403))["reason"] == "forbidden"
        assert (await me(owner))["community"]["name"] == "Our circle", "the control: nothing has changed"
        await answer(await owner.post("/api/begin", json=FIRST_RUN))
        now = await me(owner)
        assert (now["community"]["name"], now["community"]["lang"]) == ("Wondzorg Noord", "nl")
        assert now["person"]["name"] == "Marit Smit"
        assert not now["place"]["to_begin"]
        home = await answer(await owner.get("/api/community"))
        assert home["defaults"] == {"level": "named", "review": False, "board": "keep_change_try"}
        refused = await answer(await owner.post("/api/begin", json={**FIRST_RUN, "name": "Een ander"}), 409)
        assert refused["reason"] == "already_begun"
        assert (await me(owner))["community"]["name"] == "Wondzorg Noord"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " \u200b "}, "community_name_empty"),
        ({"lang": "de"}, "bad_request"),
        ({"preset": "ruling"}, "bad_request"),
        ({"owner": "\u200b\u200b!\u200b", "name": "x", "more": 1}, "bad_request"),
        ({"owner": "GUEST 1"}, "name_taken"),
    ],
)
async def test_a_first_run_that_cannot_be_meant_changes_nothing(
    kring: Site, change: dict[str, str], reason: str
) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.guest("Guest 1"):
        refused = await owner.post("/api/begin", json={**FIRST_RUN, **change})
        assert refused.json()["reason"] == reason
        now = await me(owner)
        assert (now["community"]["name"], now["person"]["name"]) == ("Our circle", "Owner")
        assert now["place"]["to_begin"]


async def test_kring_init_does_the_same_without_a_page(tmp_path: Path) -> None:
    asked = ("init", "--name", "Wondzorg Noord", "--owner", "Marit Smit", "--lang", "nl", "--preset", "innovation")
    code, output, errors = await command_said(tmp_path, *asked)
    assert (code, errors) == (0, "")
    link = output.strip().splitlines()[-1]
    code, output, errors = await command_said(tmp_path, *asked)
    assert (code, output) == (1, "")
    assert errors.startswith("This Kring already belongs to a community: Wondzorg Noord")
    async with served(tmp_path) as serving, serving.browser() as owner:
        assert "owner's sign-in link" not in serving.output
        await answer(await owner.post("/api/sign-in", json={"token": link.rpartition("#")[2]}))
        now = await me(owner)
        assert now["person"] == {"name": "Marit Smit", "role": "owner"}
        assert (now["community"]["name"], now["place"]["to_begin"]) == ("Wondzorg Noord", False)
        home = await answer(await owner.get("/api/community"))
        assert home["rooms"][0]["state"] == "open", "its chat is"
        assert home["defaults"]["level"] == "anonymous"


async def test_kring_init_sets_up_what_an_earlier_start_made(tmp_path: Path) -> None:
    async with served(tmp_path):
        code, output, _ = await command_said(tmp_path, "init", "--name", "Wondzorg", "--owner", "Marit")
        assert code == 0
        code, _, errors = await command_said(tmp_path, "init", "--name", "\u200b", "--owner", "Marit")
        assert (code, errors.startswith("The community and its owner both need a name")) == (1, True)
    async with served(tmp_path) as serving, serving.browser() as owner:
        await answer(await owner.post("/api/sign-in", json={"token": output.strip().rpartition("#")[2]}))
        assert (await me(owner))["community"]["name"] == "Wondzorg"


# ---- more than one ---------------------------------------------------------------------------------------------------


async def test_only_owners_of_the_first_community_make_another(kring: Site) -> None:
    async with (
        kring.signed_in(Role.OWNER) as owner,
        kring.signed_in(Role.MODERATOR) as other,
        kring.browser() as nobody,
    ):
        await answer(await other.post("/api/communities", json=OTHER), 403)
        await answer(await nobody.post("/api/communities", json=OTHER), 401)
        assert (await me(owner))["place"]["founds"]
        assert not (await me(other))["place"]["founds"]
        made = await another(owner)
        now = await me(owner, made)
        assert now["community"]["name"] == "Bijenkring"
        assert now["person"]["role"] == "owner"
        assert [each["name"] for each in now["place"]["communities"]] == ["Our circle", "Bijenkring"]
        assert (await me(owner))["community"]["name"] == "Our circle", "where nothing is named it is the first"


async def test_nothing_of_one_is_found_or_entered_from_the_other(kring: Site) -> None:
    """The control of each: who is in both finds and enters it."""
    item = {"title": "Zwermen vangen", "summary": "", "body": "Met een korf.", "type": "answer", "tags": []}
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MODERATOR) as member:
        there = {"community": await another(owner)}
        made = await owner.post("/api/library", json={**item, "status": "published"}, params=there)
        kept = (await answer(made, 201))["id"]
        session = (await answer(await owner.post("/api/sessions", json={"title": "Zwermen"}, params=there), 201))["id"]
        home = await answer(await owner.get("/api/community", params=there))
        chat = home["rooms"][0]["id"]

        for method, path in (
            ("GET", "/api/community"),
            ("GET", "/api/library"),
            ("GET", "/api/library/tags"),
            ("POST", "/api/sessions"),
            ("GET", "/api/community/settings"),
        ):
            body = {"title": "x"} if method == "POST" else None
            asked = await member.request(method, path, params=there, json=body)
            assert (await answer(asked, 404))["reason"] == "not_found", path
        for path in (f"/api/library/{kept}", f"/api/sessions/{session}", f"/api/rooms/{chat}/search"):
            assert (await member.get(path)).status_code in (403, 404), path
            assert (await owner.get(path)).status_code == 200, path
        for who, count in ((member, 0), (owner, 0)):
            found = await answer(await who.get("/api/library", params={"q": "zwermen"}))
            assert found["total"] == count, "asked of the first community"
        assert (await answer(await owner.get("/api/library", params={"q": "zwermen", **there})))["total"] > 0
        assert (await answer(await member.get("/api/community")))["sessions"] == []
        async with kring.socket(member) as socket:
            assert (await joined(socket, chat))["reason"] == "forbidden"
        async with kring.socket(owner) as socket:
            assert (await joined(socket, chat))["t"] == "joined"


async def test_a_code_of_one_lets_into_that_one_only(kring: Site) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as guest:
        there = {"community": await another(owner)}
        home = await answer(await owner.get("/api/community", params=there))
        await answer(await guest.post("/api/join", json={"code": home["rooms"][0]["code"], "name": "Teun"}))
        assert (await me(guest))["community"]["name"] == "Bijenkring"
        async with kring.socket(guest) as socket:
            assert (await joined(socket, kring.room))["reason"] == "forbidden"
        async with kring.socket(guest) as socket:
            assert (await joined(socket, home["rooms"][0]["id"]))["t"] == "joined"


# ---- changing one ----------------------------------------------------------------------------------------------------


async def test_its_owner_says_it_in_other_words(kring: Site) -> None:
    wish = {
        "name": "Wondzorg",
        "purpose": "Anders.",
        "lang": "nl",
        "preset": "stewarding",
        "agreements": "Noem niemand.",
    }
    async with kring.signed_in(Role.OWNER) as owner, kring.signed_in(Role.MODERATOR) as other:
        assert (await other.get("/api/community/settings")).status_code == 403
        assert (await other.put("/api/community/settings", json=wish)).status_code == 403
        changed = await answer(await owner.put("/api/community/settings", json=wish))
        assert {name: changed[name] for name in wish} == wish
        assert changed == await answer(await owner.get("/api/community/settings"))
        assert kring.house.beginning.community.name == "Wondzorg"
        door = await answer(await owner.post("/api/codes", json={"code": kring.code}))
        assert door["community"]["agreements"] == "Noem niemand."


async def test_agreements_are_accepted_once_at_the_door_or_inside(kring: Site) -> None:
    wish = {"name": "W", "lang": "nl", "preset": "helping", "agreements": "Noem niemand."}
    async with kring.signed_in(Role.OWNER) as owner, kring.guest() as before, kring.browser() as after:
        await answer(await owner.put("/api/community/settings", json=wish))
        asked = (await me(before))["place"]["to_accept"]
        assert asked == {"edition": 1, "text": "Noem niemand."}
        await answer(await before.post("/api/community/agreements", json={"edition": asked["edition"]}))
        assert (await me(before))["place"]["to_accept"] is None
        await after.post("/api/join", json={"code": kring.code, "name": "Teun", "agreed": 1})
        assert (await me(after))["place"]["to_accept"] is None, "they stood at the door"
        await answer(await owner.put("/api/community/settings", json={**wish, "agreements": "Noem jezelf."}))
        for person in (before, after, owner):
            assert (await me(person))["place"]["to_accept"] == {"edition": 2, "text": "Noem jezelf."}


@pytest.mark.parametrize("preset", Preset)
async def test_a_session_begins_as_the_preset_has_it(kring: Site, preset: Preset) -> None:
    async with kring.signed_in(Role.OWNER) as owner:
        await answer(await owner.post("/api/begin", json={**FIRST_RUN, "preset": preset.value}))
        told = (await answer(await owner.get("/api/community")))["defaults"]
        assert msgspec.convert(told, type(DEFAULTS[preset])) == DEFAULTS[preset]
        session = await started(owner, **told)
        assert (session["level"], session["review"]) == (told["level"], told["review"])
        boards = [room for room in session["rooms"] if room["kind"] == "board"]
        assert [room["title"] for room in boards] == (["Bord"] if told["board"] else [])


# ---- removing one ----------------------------------------------------------------------------------------------------


def holding(directory: Path, words: str) -> list[str]:
    """The files in which these bytes stand."""
    return [path.name for path in directory.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def filled(kring: Site, owner: httpx2.AsyncClient) -> tuple[str, str]:
    """A second community in whose chat and library something stands: its id, and its chat's."""
    made = await another(owner)
    there = {"community": made}
    item = {"title": WORDS, "summary": "", "body": "", "type": "answer", "tags": [], "status": "published"}
    await answer(await owner.post("/api/library", json=item, params=there), 201)
    await answer(await owner.post("/api/sessions", json={"title": WORDS}, params=there), 201)
    chat = (await answer(await owner.get("/api/community", params=there)))["rooms"][0]["id"]
    async with kring.socket(owner) as socket:
        await joined(socket, chat)
        post = {"t": "chat.post", "text": WORDS}
        await socket.send(msgspec.json.encode({"t": "do", "id": "a1", "room": chat, "cmd": post, "seq": 0, "mark": ""}))
        async with asyncio.timeout(20):
            while b'"done"' not in (heard := (await socket.recv(decode=False))):
                assert b'"refused"' not in heard, heard
    return made, str(chat)


async def test_what_is_removed_is_gone_and_its_sockets_leave(kring: Site, tmp_path: Path) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.browser() as guest:
        made, chat = await filled(kring, owner)
        there = {"community": made}
        home = await answer(await owner.get("/api/community", params=there))
        await guest.post("/api/join", json={"code": home["rooms"][0]["code"], "name": "Teun"})
        async with kring.socket(owner) as traveller, kring.socket(guest) as stranger:
            for socket in (traveller, stranger):
                assert (await joined(socket, chat))["t"] == "joined"
            assert holding(tmp_path, WORDS), "the control: it was there"
            wrong = await answer(await owner.post("/api/community/remove", json={"name": "Bijen"}, params=there), 422)
            assert wrong["reason"] == "other_name"
            assert holding(tmp_path, WORDS), "the control: and it stayed"
            await answer(await guest.post("/api/community/remove", json={"name": "Bijenkring"}), 403)

            await answer(await owner.post("/api/community/remove", json={"name": " bijenkring "}, params=there))
            assert holding(tmp_path, WORDS) == []
            assert holding(tmp_path, chat) == []
            assert not list((tmp_path / "data" / "secrets").iterdir())
            async with asyncio.timeout(5):
                while (told := msgspec.json.decode(await traveller.recv(), type=dict[str, Any]))["t"] != "refused":
                    pass
                await stranger.wait_closed()
            assert (told["reason"], told["room"]) == ("not_found", chat)
            assert 4_500 <= (stranger.close_code or 0) < 5_000, "stay away"
        assert (await owner.get("/api/community", params=there)).status_code == 404
        assert (await me(owner))["community"]["name"] == "Our circle"
        assert (await me(guest))["person"] is None
        async with kring.socket(owner) as socket:
            assert (await joined(socket, chat))["reason"] == "not_found"
            assert (await said(socket, t="join", id="2", room=kring.room))["t"] == "joined", "the control"


async def test_control_where_rooms_are_not_forgotten_sockets_stay(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        pass

    monkeypatch.setattr("realtime.hub.Hub.forget", nothing)
    async with kring.signed_in(Role.OWNER) as owner:
        made, chat = await filled(kring, owner)
        async with kring.socket(owner) as traveller:
            await joined(traveller, chat)
            await owner.post("/api/community/remove", json={"name": "Bijenkring"}, params={"community": made})
            heard = [await said(traveller, t="ping")]
            while heard[-1]["t"] != "pong":
                heard.append(msgspec.json.decode(await traveller.recv(), type=dict[str, object]))
            assert "refused" not in {told["t"] for told in heard}


async def test_the_last_one_makes_room_for_a_new_beginning(kring: Site, tmp_path: Path) -> None:
    async with kring.signed_in(Role.OWNER) as owner, kring.guest() as guest:
        old = kring.code
        await answer(await owner.post("/api/begin", json={**FIRST_RUN, "name": WORDS}))
        await answer(await owner.post("/api/community/remove", json={"name": WORDS}))
        now = await me(owner)
        assert (now["community"]["name"], now["person"], now["place"]["to_begin"]) == (
            "Our circle",
            {"name": "Marit Smit", "role": "owner"},
            True,
        )
        assert (await me(guest))["person"] is None
        assert holding(tmp_path, WORDS) == []
        assert kring.code != old
        assert (await owner.post("/api/codes", json={"code": old})).status_code == 404
        assert (await owner.post("/api/codes", json={"code": kring.code})).status_code == 200


async def test_a_kill_halfway_is_made_up_for_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def killed(*_: object) -> None:
        pass

    monkeypatch.setattr("web.making.dissolve", killed)
    async with site(tmp_path / "data") as kring, kring.signed_in(Role.OWNER) as owner:
        made, chat = await filled(kring, owner)
        await owner.post("/api/community/remove", json={"name": "Bijenkring"}, params={"community": made})
        assert holding(tmp_path, WORDS), "the control: it isn't gone everywhere"
    async with house(Settings(data=tmp_path / "data", lang="en")) as again:
        assert holding(tmp_path, WORDS) == []
        assert holding(tmp_path, chat) == []
        assert again.drain.counts.failures == 0
