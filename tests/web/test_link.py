"""`kring link`: into a session, and for somebody known already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from rooms.model import Role
from tests.web.gathering import started
from tests.web.process import said
from tests.web.site import Site, site


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path / "data") as built:
        yield built


async def used(browser: httpx2.AsyncClient, output: str) -> httpx2.Response:
    """Sign a browser in with the link that was printed."""
    return await browser.post("/api/sign-in", json={"token": output.strip().rpartition("#")[2]})


async def test_a_link_leads_into_a_session_by_its_code_or_id(kring: Site, tmp_path: Path) -> None:
    async with kring.signed_in(Role.OWNER) as staff:
        session = await started(staff)
        for named in (session["code"].lower(), session["id"], session["rooms"][0]["id"]):
            code, output, _ = await said(tmp_path, "link", "guest", "--room", named)
            assert code == 0
            async with kring.browser() as browser:
                assert (await used(browser, output)).json()["room"] == session["rooms"][0]["id"]
        _, output, _ = await said(tmp_path, "link", "screen", "--room", session["code"])
        assert f"/present/{session['id']}#" in output, "a screen shows the session at once"

        await staff.post(f"/api/sessions/{session['id']}/close")
        await kring.house.worker.closed(session["id"])
        for named in (session["code"], session["id"]):
            code, output, errors = await said(tmp_path, "link", "guest", "--room", named)
            assert (code, output) == (1, "")
            assert errors.startswith(f"“{named}” is closed")


async def test_a_link_signs_somebody_known_in_on_a_second_device(kring: Site, tmp_path: Path) -> None:
    name = "Marit Óðinsdóttir"
    async with kring.browser() as laptop, kring.browser() as phone, kring.browser() as other:
        await laptop.post("/api/sign-in", json={"token": await kring.token(Role.OWNER), "name": name})
        _, output, _ = await said(tmp_path, "link", "moderator", "--person", "marit óðinsdóttir")
        assert output.startswith(f"This link signs {name} in, as moderator.")
        await used(phone, output)
        assert (await phone.get("/api/me")).json()["person"] == {"name": name, "role": "owner"}
        assert (await laptop.get("/api/me")).json()["person"]["name"] == name, "the first device stays signed in"
        _, output, _ = await said(tmp_path, "link", "owner")
        await used(other, output)
        assert (await other.get("/api/me")).json()["person"]["name"] == "Owner", "the control: else it is somebody new"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("owner", "--person", "Niemand"), "There is nobody called “Niemand”."),
        (("screen", "--person", "Niemand"), "A screen is nobody's."),
        (("guest", "--room", "nowhere"), "There is no room or session “nowhere”."),
    ],
)
async def test_a_link_that_cannot_be_is_a_sentence(
    kring: Site, tmp_path: Path, asked: tuple[str, ...], message: str
) -> None:
    code, output, errors = await said(tmp_path, "link", *asked)
    assert (code, output) == (1, "")
    assert errors.startswith(message)
