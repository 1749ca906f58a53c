"""Harvest: what a session came to, chosen line by line over HTTP; whoever leaves finds it as it was."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from msgspec import Struct

from rooms.model import Role
from tests.web.outcomes import drafts_of, lines_of, rows, wrong_with
from tests.web.short_session import Short, short_session
from tests.web.site import Site, site

WISH = {
    "title": "Zo doen we het",
    "summary": "Kort",
    "body": "*Lang*",
    "type": "practice",
    "tags": ["Werk", "Werk", " "],
}
SEED = 9
"""Of an evening in which some questions are answered and some are not."""
KEPT = WISH | {"tags": ["Werk"]}


class Closed(Struct, frozen=True):
    """A session that came to something, and somebody of staff."""

    kring: Site
    short: Short
    staff: httpx2.AsyncClient
    directory: Path

    @property
    def url(self) -> str:
        return f"/api/sessions/{self.short.id}/outcome"

    async def lines(self, browser: httpx2.AsyncClient | None = None) -> list[dict[str, Any]]:
        found = await (browser or self.staff).get(self.url)
        assert found.status_code == 200, found.text
        lines: list[dict[str, Any]] = found.json()["lines"]
        return lines

    async def one(self, about: str) -> dict[str, Any]:
        return next(line for line in await self.lines() if line["about"] == about)

    async def choose(self, line: dict[str, Any], **body: object) -> httpx2.Response:
        return await self.staff.put(f"{self.url}/{line['id']}", json=body)

    async def chosen(self, line: dict[str, Any], **body: object) -> dict[str, Any]:
        answer = await self.choose(line, **body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def items(self) -> list[dict[str, Any]]:
        return drafts_of(self.directory, self.short.id)

    def item_of(self, line: dict[str, Any]) -> dict[str, Any] | None:
        return next((item for item in self.items() if item["line"] == line["id"]), None)


@asynccontextmanager
async def closed(directory: Path, level: str = "named") -> AsyncIterator[Closed]:
    async with site(directory) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(SEED), level=level)
        assert (await staff.get(f"/api/sessions/{short.id}/outcome")).json()["reason"] == "not_closed"
        await staff.post(f"/api/sessions/{short.id}/close")
        await kring.house.worker.closed(short.id)
        assert wrong_with(directory, short) == []
        yield Closed(kring, short, staff, directory)


@pytest.fixture
async def found(tmp_path: Path) -> AsyncIterator[Closed]:
    async with closed(tmp_path) as found:
        yield found


async def test_it_tells_all_that_the_session_came_to(found: Closed) -> None:
    told = (await found.staff.get(found.url)).json()
    assert told["may_harvest"]
    assert (told["attendance"], told["names"]) == (2, sorted(found.short.attended, key=str.casefold))
    assert [line["record"] for line in told["lines"]] == [
        line["record"] for line in lines_of(found.directory, found.short.id)
    ]
    assert {line["kind"] for line in told["lines"]} == {"qna", "chat", "board"}
    group = next(line for line in told["lines"] if line["about"] == "group")
    inside = [line["text"] for line in told["lines"] if line["part_of"] == group["id"] and line["about"] == "note"]
    assert len(inside) == 2
    assert all(text in group["draft"]["body"] for text in inside)


async def test_kept_it_is_an_item_with_what_staff_made_of_it(found: Closed) -> None:
    line = await found.one("answered")
    assert line["choice"] == "open"
    told = await found.chosen(line, choice="kept", draft=WISH, publish=True)
    item = found.item_of(line)
    assert item is not None
    assert told["choice"] == "kept"
    assert told["item"] == item["id"] == line["item"]
    assert (item["title"], item["body"], item["tags"], item["status"]) == (
        KEPT["title"],
        "*Lang*",
        '["Werk"]',
        "published",
    )
    assert (await found.lines())[0]["choice"] == "kept", "who comes back finds it"


async def test_the_same_again_changes_nothing(found: Closed) -> None:
    line = await found.one("answered")
    for _ in range(3):
        await found.chosen(line, choice="kept", draft=WISH, publish=False)
    item = found.item_of(line)
    assert item is not None
    assert (item["version"], item["status"]) == (2, "draft")
    await found.chosen(line, choice="kept", draft=WISH, publish=True)
    item = found.item_of(line)
    assert item is not None
    assert (item["version"], item["status"]) == (3, "published"), "the control"


@pytest.mark.parametrize("about", ["action", "follow_up", "note"])
async def test_what_was_not_drafted_becomes_an_item_when_kept(tmp_path: Path, about: str) -> None:
    async with closed(tmp_path) as found:
        line = await found.one(about)
        assert line["item"] is None
        told = await found.chosen(line, choice="kept", draft=line["draft"], publish=True)
        item = found.item_of(line)
        assert item is not None
        assert (told["item"], item["title"], item["version"]) == (item["id"], line["draft"]["title"], 1)
        told = await found.chosen(line, choice="open")
        assert (told["item"], found.item_of(line)) == (None, None)


async def test_dropped_its_draft_goes_and_the_line_stays(found: Closed) -> None:
    line, before = await found.one("decision"), len(found.items())
    for _ in range(2):
        told = await found.chosen(line, choice="dropped")
        assert (told["choice"], told["item"], told["text"]) == ("dropped", None, line["text"])
    assert found.item_of(line) is None
    assert len(found.items()) == before - 1
    assert not rows(found.directory, "select 1 from versions where item = ?", line["item"])


async def test_left_open_again_it_is_as_closing_made_it(found: Closed) -> None:
    line = await found.one("group")
    before = found.item_of(line)
    assert before is not None
    for choice in ({"choice": "dropped"}, {"choice": "kept", "draft": WISH, "publish": True}):
        await found.chosen(line, **choice)
        told = await found.chosen(line, choice="open")
        after = found.item_of(line)
        assert after is not None
        assert told | {"item": ""} == line | {"item": ""}
        same = ("title", "summary", "body", "type", "tags", "status", "version", "name")
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert wrong_with(found.directory, found.short) == []


async def test_what_somebody_edited_in_the_library_is_no_longer_the_harvests(found: Closed) -> None:
    line = await found.one("answered")
    async with found.kring.house.database.write() as tx:
        await tx.exec_driver_sql(
            "insert into versions (item, version, at, name, status, title, summary, body, type, tags)"
            " select item, 2, at, 'Sanne', status, 'Beter', summary, body, type, tags"
            f" from versions where item = '{line['item']}'"
        )
        await tx.exec_driver_sql(f"update items set version = 2 where id = '{line['item']}'")
    for body in ({"choice": "kept", "draft": WISH, "publish": True}, {"choice": "dropped"}):
        answer = await found.choose(line, **body)
        assert (answer.status_code, answer.json()["reason"]) == (409, "item_edited")
    item = found.item_of(line)
    assert item is not None
    assert item["title"] == "Beter"


async def test_members_read_it_and_guests_do_not(found: Closed) -> None:
    async with found.kring.signed_in(Role.MEMBER) as member, found.kring.guest() as guest:
        told = (await member.get(found.url)).json()
        assert not told["may_harvest"]
        assert [line["text"] for line in told["lines"]] == [line["text"] for line in await found.lines()]
        assert {line["draft"] for line in told["lines"]} == {None}
        assert {line["item"] for line in told["lines"]} == {None}, "drafts are for staff"
        line = await found.one("answered")
        await found.chosen(line, choice="kept", draft=WISH, publish=True)
        assert {each["item"] for each in await found.lines(member)} == {None, line["item"]}
        for browser, status in ((member, 403), (guest, 403)):
            put = await browser.put(f"{found.url}/{line['id']}", json={"choice": "dropped"})
            assert put.status_code == status
        assert (await guest.get(found.url)).status_code == 403
        async with found.kring.browser() as nobody:
            assert (await nobody.get(found.url)).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"choice": "kept"}, 400, "bad_request"),
        ({"choice": "dropped", "draft": WISH}, 400, "bad_request"),
        ({"choice": "perhaps"}, 400, "bad_request"),
        ({"choice": "kept", "draft": WISH | {"title": " \n"}}, 422, "item_title_empty"),
        ({"choice": "kept", "draft": WISH | {"type": "poem"}}, 400, "bad_request"),
        ({"choice": "kept", "draft": WISH | {"tags": ["x"] * 13}}, 400, "bad_request"),
        ({"choice": "kept", "draft": WISH | {"body": "x" * 50_001}}, 400, "bad_request"),
        ({"choice": "open", "more": 1}, 400, "bad_request"),
    ],
)
async def test_what_makes_no_sense_is_refused(tmp_path: Path, body: dict[str, Any], status: int, reason: str) -> None:
    async with closed(tmp_path) as found:
        before, line = found.items(), await found.one("answered")
        answer = await found.choose(line, **body)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason)
        assert found.items() == before
        assert (await found.choose(line | {"id": "other"}, choice="dropped")).status_code == 404


@pytest.mark.parametrize("level", ["pseudonymous", "anonymous"])
async def test_c7_without_names_no_item_and_no_version_has_one(tmp_path: Path, level: str) -> None:
    async with closed(tmp_path, level) as found:
        chat = {line["id"] for line in await found.lines() if line["kind"] == "chat"}
        names = rows(found.directory, "select i.line, c.name from contributors c join items i on i.id = c.item")
        assert {row["line"] for row in names} == chat, "the chat is under names"
        assert all(not line["name"] and not line["owner"] for line in await found.lines() if line["id"] not in chat)
        assert (await found.staff.get(found.url)).json()["names"] == []
