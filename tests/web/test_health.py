"""Health, readiness and metrics: true, and for who may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest_asyncio

from realtime.journal.local import LocalJournal
from tests.web.site import Site, said, site


@pytest_asyncio.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, metrics_token="m" * 16) as found:
        yield found


async def get(kring: Site, path: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=kring.base) as client:
        return await client.get(path, headers=headers)


async def test_alive_and_ready(kring: Site) -> None:
    assert (await get(kring, "/healthz")).text == "ok\n"
    answer = await get(kring, "/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "serving": True, "database": True, "journal": True}


async def test_not_ready_while_it_leaves(kring: Site) -> None:
    kring.house.leaving = True
    answer = await get(kring, "/readyz")
    assert (answer.status_code, answer.json()["serving"]) == (503, False)


async def test_not_ready_without_its_journal(kring: Site, tmp_path: Path) -> None:
    whole = kring.house.journal
    async with LocalJournal.open(tmp_path / "other.db") as closed:
        pass
    kring.house.journal = closed
    answer = await get(kring, "/readyz")
    kring.house.journal = whole
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "serving": True, "database": True, "journal": False}


async def test_not_ready_without_its_database(kring: Site) -> None:
    async with kring.house.database.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE communities RENAME TO elsewhere")
    answer = await get(kring, "/readyz")
    async with kring.house.database.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE elsewhere RENAME TO communities")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert (await get(kring, "/readyz")).status_code == 200


async def test_metrics_count_and_name_nobody(kring: Site) -> None:
    async with kring.guest("Noor Secretname") as browser, kring.socket(browser) as socket:
        await said(socket, t="hello")
        await said(socket, t="join", id="1", room=kring.room)
        await browser.post("/api/codes", json={"code": "ZZZZZZ"})
        text = (await get(kring, "/metrics")).text
        lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        assert lines["kring_connections"] == "1.0"
        assert lines["kring_seats"] == "1.0"
        assert lines["kring_guessing_addresses"] == "1.0"
        assert float(lines["process_open_fds"]) > 0
        assert float(lines['kring_append_seconds_bucket{le="+Inf"}']) > 0
        assert float(lines['kring_told_seconds_bucket{le="+Inf"}']) > 0
        assert float(lines["kring_append_seconds_sum"]) > 0
        assert lines["kring_pending_seconds"] == "0.0"
        assert lines["kring_healed_holes_total"] == "0.0"
        for secret in ("Secretname", kring.code, kring.room, "127.0.0.1", *browser.cookies.values()):
            assert secret not in text


async def test_metrics_are_for_this_machine_or_the_token(kring: Site) -> None:
    assert (await get(kring, "/metrics")).status_code == 200
    for headers in ({"X-Forwarded-For": "198.51.100.1"}, {"Forwarded": "for=x"}, {"Host": "rebound.example"}):
        assert (await get(kring, "/metrics", **headers)).status_code == 403
        token = {"Authorization": f"Bearer {'m' * 16}"}
        assert (await get(kring, "/metrics", **headers, **token)).status_code == 200
        wrong = {"Authorization": "Bearer mm"}
        assert (await get(kring, "/metrics", **headers, **wrong)).status_code == 403


async def test_without_a_token_in_the_settings_no_token_is_right(tmp_path: Path) -> None:
    async with site(tmp_path / "other") as kring:
        for given in ("Bearer", "Bearer None", ""):
            headers = {"X-Forwarded-For": "198.51.100.1", "Authorization": given}
            assert (await get(kring, "/metrics", **headers)).status_code == 403
