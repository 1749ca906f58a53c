"""The command line, as a process of its own: what it says, where it says it, and how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import stat
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect

from persistence.database import FILE, Database
from rooms.model import Role
from tests.web.gathering import board_of, started
from tests.web.process import CHECKOUT, KRING, Serving, command, environment, said, served
from tests.web.site import site
from web import cli
from web.directory import ADDRESS, OWNER_LINK
from web.serve import listen, raise_open_files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def sign_in(serving: Serving, link: str) -> httpx2.Response:
    headers = {"X-Kring": "1", "Origin": serving.base}
    async with httpx2.AsyncClient(base_url=serving.base, headers=headers) as browser:
        return await browser.post("/api/sign-in", json={"token": link.rpartition("#")[2]})


# ---- kring serve -----------------------------------------------------------------------------------------------------


async def test_the_first_start_says_where_it_is_and_keeps_the_owner_link_in_a_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with served(tmp_path) as serving:
        assert f"Kring runs at {serving.base}" in serving.output
        assert re.search(r"with the code [A-Z2-9]{3} [A-Z2-9]{3}\n", serving.output)
        assert "#" not in serving.output
        assert f"sign-in link is in {data / OWNER_LINK}" in serving.output
        assert mode(data) == 0o700
        assert {path.name: oct(mode(path)) for path in data.iterdir() if mode(path) & 0o077} == {}
        link = (data / OWNER_LINK).read_text().strip()
        assert link.startswith(f"{serving.base}/in#")
        assert (await sign_in(serving, link)).json()["person"]["role"] == "owner"
        assert (await sign_in(serving, link)).status_code == 404
        assert await serving.stop() == 0
    assert serving.errors == ""
    assert not (data / ADDRESS).exists()
    async with served(tmp_path) as again:
        assert "link" not in again.output


async def test_on_a_terminal_the_owner_link_is_shown_and_not_kept(tmp_path: Path) -> None:
    async with served(tmp_path, terminal=True, LANG="nl_NL.UTF-8", TERM="dumb") as serving:
        link = re.search(r"http://\S+/in#\S+", serving.output.replace("\r\n", "\n"))
        assert link is not None
        assert "Jij bent de eigenaar" in serving.output
        assert not (tmp_path / "data" / OWNER_LINK).exists()
        assert (await sign_in(serving, link[0])).status_code == 200


async def test_in_a_hall_a_terminal_shows_a_qr(tmp_path: Path) -> None:
    async with served(tmp_path, "--host", "0.0.0.0", terminal=True, TERM="dumb") as serving:
        assert "▄" in serving.output
        async with httpx2.AsyncClient() as client:
            assert (await client.get(f"{serving.base}/healthz")).status_code == 200


async def test_stopping_asks_everybody_to_come_back(tmp_path: Path) -> None:
    async with served(tmp_path) as serving, connect(serving.base.replace("http", "ws") + "/ws") as client:
        assert await serving.stop() == 0
        await client.wait_closed()
        assert client.close_code == 4000
        assert '"retry_ms"' in str(await client.recv())
    assert serving.errors == ""


async def test_an_interrupt_stops_it_too(tmp_path: Path) -> None:
    async with served(tmp_path) as serving:
        assert await serving.stop(signal.SIGINT) == 0
    assert serving.errors == ""


async def test_killed_and_started_again_the_chat_is_open(tmp_path: Path) -> None:
    async with served(tmp_path) as serving:
        code = re.search(r"code (\S+ \S+)", serving.output)
        await serving.stop(signal.SIGKILL)
    async with served(tmp_path) as again:
        assert code is not None
        assert code[0] in again.output
        headers = {"X-Kring": "1", "Origin": again.base}
        async with httpx2.AsyncClient(base_url=again.base, headers=headers) as browser:
            found = (await browser.post("/api/codes", json={"code": code[1]})).json()
        assert found["room"]["state"] == "open"


async def test_a_port_in_use_is_said_with_what_to_do(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        code, output, errors = await command(tmp_path, "serve", LANG="nl_NL", PORT=port)
    assert (code, output) == (1, "")
    assert errors == (
        f"Poort {port} is al in gebruik. Draait Kring al? Kies anders een andere poort: "
        f"kring serve --port {int(port) + 1}\n"
    )


async def test_two_servers_cannot_have_the_same_files(tmp_path: Path) -> None:
    async with served(tmp_path) as first:
        code, _, errors = await command(tmp_path, "serve")
        assert code == 1
        assert errors.startswith("Another Kring is running with the files in")
        assert (tmp_path / "data" / ADDRESS).read_text() == first.base


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"KRING_DATTA": "x"}, "There is no setting KRING_DATTA. Did you mean KRING_DATA?\n"),
        ({"PORT": "x"}, "PORT is “x”, which is no port."),
        ({"KRING_HOST": "192.0.2.1"}, "This machine does not have the address 192.0.2.1."),
        ({"REDIS_URL": "redis//x"}, "REDIS_URL is no address of a Redis"),
    ],
)
async def test_a_bad_setting_is_refused_with_a_sentence(tmp_path: Path, setting: dict[str, str], said: str) -> None:
    code, output, errors = await command(tmp_path, "serve", **setting)
    assert code == (1 if "KRING_HOST" in setting else 2)
    assert output == ""
    assert errors.startswith(said)
    assert not (tmp_path / "data" / FILE).exists()


async def test_a_directory_of_others_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "letter.txt").write_text("dear")
    code, _, errors = await command(tmp_path, "serve")
    assert (code, mode(data)) == (1, 0o755)
    assert "holds other things" in errors
    data.joinpath("letter.txt").unlink()
    assert (await command(tmp_path, "migrate"))[0] == 0
    assert mode(data) == 0o700


async def test_files_of_a_newer_kring_are_not_touched(tmp_path: Path) -> None:
    assert (await command(tmp_path, "migrate"))[0] == 0
    async with Database.open(tmp_path / "data") as database, database.write() as tx:
        await tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    code, _, errors = await command(tmp_path, "serve")
    assert code == 1
    assert "of a newer Kring" in errors


def test_open_files_are_raised_to_what_the_system_lets_us_have() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
    try:
        assert raise_open_files() == hard
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_answers_are_not_held_up_for_an_acknowledgement() -> None:
    """asyncio turns Nagle's algorithm off only for sockets that say they are TCP."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


# ---- the other commands ----------------------------------------------------------------------------------------------


async def test_a_link_works_while_the_server_runs(tmp_path: Path) -> None:
    async with served(tmp_path) as serving:
        code, output, errors = await said(tmp_path, "link", "moderator", PORT="1")
        assert (code, errors) == (0, "")
        link = output.splitlines()[1]
        assert link.startswith(f"{serving.base}/in#")
        assert (await sign_in(serving, link)).json()["person"] == {"name": "Moderator", "role": "moderator"}
        code, output, _ = await said(tmp_path, "link", "screen", LANG="nl_NL")
        assert output.startswith("Deze link meldt iemand aan als scherm (alleen meelezen).")
        assert (await sign_in(serving, output.splitlines()[1])).json()["person"]["role"] == "screen"
        code, _, errors = await said(tmp_path, "link", "guest", "--room", "nowhere")
        assert (code, errors) == (1, "There is no room or session “nowhere”. Use its code or id.\n")


async def test_a_link_needs_a_role_and_a_kring(tmp_path: Path) -> None:
    code, _, errors = await said(tmp_path, "link", "boss")
    assert (code, errors) == (1, "There is no role “boss”. Choose one of: owner, moderator, member, guest, screen.\n")
    code, _, errors = await said(tmp_path, "link", "owner")
    assert code == 1
    assert errors.startswith("There is no Kring in")


async def test_a_worker_in_a_procfile_leaves_the_journal_to_the_server_and_waits(tmp_path: Path) -> None:
    procfile = (CHECKOUT / "Procfile").read_text()
    assert "\nworker: kring worker --stay\n" in procfile, "honcho stops everything when one process ends"
    process = await asyncio.create_subprocess_exec(
        *KRING, "worker", "--stay", env=environment(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).startswith(b"The server archives by itself")
    assert process.returncode is None
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_the_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    code, output, _ = await said(tmp_path, "doctor")
    assert code == 0
    assert "mind  There is no database yet" in output
    async with served(tmp_path):
        code, output, _ = await said(tmp_path, "doctor", LANG="nl_NL")
        assert code == 0
        assert "goed  Kring draait op poort" in output
        assert "goed  De database is van deze versie" in output
        assert "let op" not in output.replace("schijf", "")
    data = tmp_path / "data"
    data.chmod(0o755)
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        async with Database.open(data) as database, database.write() as tx:
            await tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        code, output, _ = await said(tmp_path, "doctor", PORT=port)
    assert code == 1
    assert f"wrong  Port {port} is in use by something else" in output
    assert "wrong  The database is of a newer Kring" in output
    assert "mind   Others on this machine can look into" in output
    (data / FILE).write_bytes(b"no database" * 1_000)
    assert "wrong  The database cannot be read" in (await said(tmp_path, "doctor"))[1]
    assert (await said(tmp_path, "doctor", KRING_LOG="loud"))[0] == 2


@pytest.mark.parametrize(
    ("lang", "days", "sentence"),
    [
        ("en", "", "is kept for ever"),
        ("en", "1", "is deleted one day after it closed"),
        ("nl", "", "blijft altijd bewaard"),
        ("nl", "90", "wordt 90 dagen na het sluiten verwijderd"),
    ],
)
async def test_the_doctor_tells_how_long_transcripts_are_kept(
    tmp_path: Path, lang: str, days: str, sentence: str
) -> None:
    _, output, _ = await said(tmp_path, "doctor", KRING_LANG=lang, KRING_KEEP_TRANSCRIPTS_DAYS=days)
    assert sentence in " ".join(output.split())


async def test_c7_the_doctor_tells_of_a_session_whose_secret_is_gone(tmp_path: Path) -> None:
    async with site(tmp_path / "data") as kring, kring.signed_in(Role.OWNER) as staff:
        one, two = await started(staff, title="Open avond"), await started(staff, title="Rondvraag")
        code, output, _ = await said(tmp_path, "doctor")
        assert code == 0
        assert "Every open session has its secret" in output
        board = await board_of(staff, one["id"])
        for room in (one["rooms"][0]["id"], board):
            (tmp_path / "data" / "secrets" / room).unlink()
        for lang, told in (
            ("en", "wrong  The secret of the session “Open avond” is gone, so it takes no votes"),
            ("nl", "fout    Het geheim van de sessie “Open avond” is weg, dus ze neemt geen stemmen aan"),
        ):
            code, output, _ = await said(tmp_path, "doctor", KRING_LANG=lang)
            assert code == 1
            assert " ".join(output.split()).count(" ".join(told.split())) == 1, "once, with its rooms"
            assert "in: Q&A, Terugblik." in " ".join(output.split())
            assert "Rondvraag" not in output, "the control: that one has its secret"
        for session in (one, two):
            await staff.post(f"/api/sessions/{session['id']}/close")
        assert (await said(tmp_path, "doctor"))[0] == 0, "a closed session has none, and that is right"


def test_what_is_no_command_is_pointed_to_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["dance"], ["serve", "--loud"], ["link"], ["serve", "extra"]):
        assert cli.run(arguments, {"LANG": "nl_NL"}) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("Zo kun je Kring niet aanroepen: kring " + " ".join(arguments))
    assert cli.run([], {}) == 0
    help = capsys.readouterr().out
    for name in ("serve", "worker", "migrate", "rehearse", "doctor", "link", "export"):
        assert name in help
    assert cli.run(["serve", "--help"], {"LANG": "nl_NL"}) == 0
    assert "KRING_TRUSTED_PROXIES" in capsys.readouterr().out


def test_an_environment_of_a_test_sets_nothing_by_accident(tmp_path: Path) -> None:
    assert not {name for name in environment(tmp_path) if name.startswith("KRING_")} - {"KRING_DATA", "KRING_GRACE_S"}
    assert os.environ.get("HOME") != environment(tmp_path)["HOME"]
