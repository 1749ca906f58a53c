"""A closed session as a file: from the page, and with `kring export` whether or not a server runs."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path

import pytest

from rooms.model import Role
from tests.web.gathering import started
from tests.web.lively import NAME, OTHER, lively, traces
from tests.web.process import said
from tests.web.short_session import short_session
from tests.web.site import PROXY, site
from tests.web.test_closing import begun, closing

FORMS = ("md", "json", "csv")


async def test_three_forms_say_the_same_from_the_page_and_from_a_terminal(tmp_path: Path) -> None:
    async with site(tmp_path / "data") as kring, kring.signed_in(Role.OWNER) as staff, kring.guest() as guest:
        short = await short_session(kring, staff, random.Random(3), level="named")
        url = f"/api/sessions/{short.id}/export"
        assert (await staff.get(url)).json()["reason"] == "not_closed"
        code, output, errors = await said(tmp_path, "export", short.id)
        assert (code, output) == (1, "")
        assert "Close it first" in errors
        await begun(kring, short.id)
        await closing(kring, short.id)
        told = {form: await staff.get(url, params={"as": form}) for form in FORMS}
        async with kring.signed_in(Role.MEMBER) as member:
            assert (await member.get(url)).content == told["md"].content
        assert (await guest.get(url)).status_code == 403
        assert (await staff.get(url, params={"as": "pdf"})).status_code == 400
    for form, answer in told.items():
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        to = tmp_path / f"file.{form}"
        assert (await said(tmp_path, "export", short.id, "--as", form, "--to", str(to)))[0] == 0
        assert to.read_bytes() == answer.content, "the same without a server"
        for line in short.lines:
            assert line.text.encode() in answer.content
        assert traces({form: answer.content}, ["Weggehaald"]) == []
    code, _, errors = await said(tmp_path, "export", short.id, "--to", str(tmp_path / "file.md"))
    assert (code, "is there already" in errors) == (1, True), errors
    code, _, errors = await said(tmp_path, "export", "neverwas")
    assert (code, "neverwas" in errors) == (1, True)


async def test_it_has_the_outcome_and_what_was_said(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        short = await short_session(kring, staff, random.Random(4), level="named")
        await begun(kring, short.id)
        await closing(kring, short.id)
        url = f"/api/sessions/{short.id}/export"
        told = json.loads((await staff.get(url, params={"as": "json"})).content)
        table = (await staff.get(url, params={"as": "csv"})).content.decode("utf-8-sig")
    assert {(row["about"], row["text"]) for row in told["outcome"]} == {(line.about, line.text) for line in short.lines}
    said_there = {row["about"] for row in told["transcript"]}
    assert said_there == {"question", "message", "note", "decision", "action"}
    assert any(row["text"].startswith("Gewoon") for row in told["transcript"]), "what nobody pinned as well"
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(rows) == len(told["outcome"]) + len(told["transcript"])
    assert (told["attendance"], told["names"]) == (2, sorted(short.attended, key=str.casefold))


@pytest.mark.slow
@pytest.mark.parametrize("level", ["anonymous", "named"])
async def test_c7_identity_hunt_in_what_is_told_of_a_closed_session(tmp_path: Path, level: str) -> None:
    """Outcome, exports: who asked is in none of them; where it was named, the same hunt finds them."""
    async with site(tmp_path / "data", trusted_proxies=(PROXY,)) as kring, kring.signed_in(Role.OWNER) as staff:
        lived = await lively(kring, level, crowd=1)
        await begun(kring, lived.session)
        await closing(kring, lived.session)
        url = f"/api/sessions/{lived.session}"
        told = {"outcome": (await staff.get(f"{url}/outcome")).content}
        for form in FORMS:
            told[form] = (await staff.get(f"{url}/export", params={"as": form})).content
        found = await staff.get("/api/library", params={"q": "vraag een", "session": lived.session})
        told["search"] = found.content
        for hit in found.json()["hits"]:
            if hit["where"] == "item":
                told["item"] = (await staff.get(f"/api/library/{hit['id']}")).content
        for name in (NAME, OTHER):
            hits = (await staff.get("/api/library", params={"q": name})).json()["hits"]
            assert hits == [], "words said by people are found, not people"
    assert set(told) == {"outcome", *FORMS, "search", "item"}
    assert all(b"Vraag 0 van de" in _plain(held) for held in told.values())
    assert traces(told, [*lived.persons, *lived.named, *lived.second]) == []
    where = {name for name, text in traces(told, [NAME, OTHER])}
    assert where == (set() if level == "anonymous" else set(told))


def _plain(held: bytes) -> bytes:
    """Without the marks around what was asked for."""
    return re.sub(rb'",(?:true|false)\],\["', b"", held)


async def test_a_session_that_is_open_is_not_exported(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
        answer = await staff.get(f"/api/sessions/{session['id']}/export")
        assert (answer.status_code, answer.json()["reason"]) == (409, "not_closed")
