"""`kring backup` while people talk, and `kring restore` elsewhere: everything acknowledged before is there (J5, C7)."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import io
import os
import sqlite3
import stat
import tarfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import httpx2
import msgspec
import pytest

from persistence import backup, migrations, records
from persistence.backup import JOURNAL_FILE, MANIFEST, Manifest, Unusable, goes_on, pinned
from persistence.copies import copy_of_transcript, where
from persistence.database import FILE, Database
from realtime.batch import encode
from realtime.journal.local import LocalJournal
from tests.web.gathering import Reachable, Seat, board_of, inside, seated, started
from tests.web.process import Serving, command, served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

BEFORE, AFTER = 150, 100
"""What is acknowledged before the backup is begun, and after it is made, at least."""


class Acknowledged:
    """What the server said is stored, in the order in which it said so."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.stop = False
        self._moved = asyncio.Event()

    def note(self, text: str) -> None:
        self.texts.append(text)
        self._moved.set()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.texts) < count:
                self._moved.clear()
                await self._moved.wait()

    async def keep_saying(self, seat: Seat, t: str, who: str, **fields: str) -> None:
        """One after the other, until it is enough."""
        nth = 0
        while not self.stop:
            text = f"{who} {nth}"
            answer = await seat.do(t, text=text, **fields)
            if answer["t"] == "done":
                self.note(text)
            nth += 1

    async def keep_voting(self, seat: Seat, question: str) -> None:
        """An odd number of times: the vote stands at the end."""
        on = False
        while not (self.stop and on):
            on = not on
            await seat.do("qna.vote", question=question, on=on)


def rows(directory: Path, query: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(directory / "data" / FILE)) as database:
        return database.execute(query, values).fetchall()


@asynccontextmanager
async def led(kring: Serving, directory: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """The owner's browser."""
    async with kring.browser() as browser:
        link = (await command(directory, "link", "owner"))[1]
        body = {"token": link.strip().rpartition("#")[2], "name": "Ineke Vos"}
        assert (await browser.post("/api/sign-in", json=body)).status_code == 200
        yield browser


class Evening:
    """A session in which everybody talks at once, in every kind of room."""

    session: str
    qna: str
    chat: str
    board: str
    question: str

    def __init__(self, kring: Reachable, staff: httpx2.AsyncClient) -> None:
        self.kring, self.staff, self.heard = kring, staff, Acknowledged()

    async def begin(self) -> None:
        found = await started(self.staff, "pseudonymous", review=False)
        self.session, self.code = found["id"], found["code"]
        self.board = await board_of(self.staff, self.session)
        self.qna, self.chat = (room["id"] for room in found["rooms"])

    async def talk(self, tasks: asyncio.TaskGroup, stack: AsyncExitStack) -> None:
        async def seat(room: str, name: str) -> Seat:
            browser = await stack.enter_async_context(inside(self.kring, self.code, name))
            return await stack.enter_async_context(seated(self.kring, room, browser))

        first = await seat(self.qna, "Vrager")
        await first.do("qna.ask", text="Hoe dan?", level="pseudonymous")
        self.question = await first.see("Hoe dan?")
        ask, one, two, write, vote = [
            await seat(room, name)
            for room, name in (
                (self.qna, "Mo"),
                (self.chat, "Noor"),
                (self.chat, "Teun"),
                (self.board, "Bo"),
                (self.qna, "Fay"),
            )
        ]
        column = min(write.of("board.column"))
        tasks.create_task(self.heard.keep_saying(ask, "qna.ask", "Vraag", level="pseudonymous"))
        tasks.create_task(self.heard.keep_saying(one, "chat.post", "Noor zegt"))
        tasks.create_task(self.heard.keep_saying(two, "chat.post", "Teun zegt"))
        tasks.create_task(self.heard.keep_saying(write, "board.write", "Briefje", column=column, level="pseudonymous"))
        tasks.create_task(self.heard.keep_voting(vote, self.question))


async def test_c7_what_was_acknowledged_before_a_backup_is_there_after_restoring_it_elsewhere(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "evening.kring"
    here.mkdir()
    there.mkdir()
    async with served(here) as kring, led(kring, here) as staff:
        evening = Evening(kring, staff)
        await evening.begin()
        cookies = dict(staff.cookies)
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
            await evening.talk(tasks, stack)
            await evening.heard.until(BEFORE)
            before = [*evening.heard.texts]
            code, _, errors = await command(here, "backup", str(file))
            assert code == 0, errors
            await evening.heard.until(len(evening.heard.texts) + AFTER)
            evening.heard.stop = True
        secrets = [path.read_bytes() for path in (here / "data" / "secrets").iterdir()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = gzip.decompress(file.read_bytes())
    assert secrets
    assert [secret for secret in secrets if secret in content] == []  # C7: in no backup
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")] == []
    code, _, errors = await command(there, "restore", str(file))
    assert code == 0, errors
    assert stat.S_IMODE((there / "data").stat().st_mode) == 0o700
    async with served(there) as again, again.browser() as owner:
        owner.cookies.update(cookies)
        assert (await owner.get("/api/me")).json()["person"]["name"] == "Ineke Vos"  # sign-ins are in it
        await _refuses_what_needs_the_secret(again, owner, evening)
        assert (await owner.post(f"/api/sessions/{evening.session}/close")).status_code == 200
        await again.logged('"step": "closed"')
    assert rows(there, "select state from sessions where id = ?", evening.session) == [("closed",)]
    said = {text for (text,) in rows(there, "select text from passages union select heading from passages")}
    assert [text for text in before if text not in said and "Briefje" not in text] == []
    left = {text for (text,) in rows(there, "select text from outcome_lines where session = ?", evening.session)}
    assert [text for text in before if text.startswith("Vraag") and text not in left] == []


async def _refuses_what_needs_the_secret(kring: Serving, owner: httpx2.AsyncClient, evening: Evening) -> None:
    """C7: who voted can't be told any more, so no vote is taken, and none counts twice."""
    assert (await owner.get(f"/api/sessions/{evening.session}")).json()["secret_gone"] is True
    async with seated(kring, evening.qna, owner) as seat:
        votes = seat.records[evening.question].get("votes", 0)
        answer = await seat.do("qna.vote", question=evening.question, on=True)
        assert answer["reason"] == "secret_gone", answer
        await seat.catch_up()
        assert seat.records[evening.question].get("votes", 0) == votes <= 1


async def test_what_is_restored_is_what_the_entries_come_to_in_every_room(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "evening.kring"
    here.mkdir()
    there.mkdir()
    async with served(here) as kring, led(kring, here) as staff:
        evening = Evening(kring, staff)
        await evening.begin()
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
            await evening.talk(tasks, stack)
            await evening.heard.until(BEFORE)
            assert (await command(here, "backup", str(file)))[0] == 0
            evening.heard.stop = True
    assert (await command(there, "restore", str(file)))[0] == 0
    assert (await command(there, "worker"))[0] == 0  # takes in what the journal has
    async with Database.open(there / "data") as database:
        for room in (evening.qna, evening.chat, evening.board):
            kind, cursor = await where(database, room)
            copy = await copy_of_transcript(database, room, kind, cursor)
            async with database.read() as tx:
                stored = await records.everything(tx, room)
            wanted = {id: encode(record) for id, record in copy.projection.records.items()}
            assert {id: body for id, body in stored.items() if id in wanted} == wanted
            assert len(wanted) > 5


# ---- one moment of two files -----------------------------------------------------------------------------------------


async def _filled(folder: Path) -> Path:
    """A data directory whose chat has some entries in both files."""
    async with served(folder) as kring, led(kring, folder) as staff:
        evening = Evening(kring, staff)
        await evening.begin()
        async with inside(kring, evening.code) as guest, seated(kring, evening.chat, guest) as seat:
            for nth in range(5):
                await seat.do("chat.post", text=f"Bericht {nth}")
    return folder / "data"


def _goes_on_without_us(data: Path) -> None:
    """What a busy server does between two looks: entries come, are taken in, and those before them are trimmed."""
    with closing(sqlite3.connect(data / FILE)) as library, closing(sqlite3.connect(data / JOURNAL_FILE)) as journal:
        room, seq = library.execute("select room, seq from cursors order by seq desc limit 1").fetchone()
        library.execute("update cursors set seq = seq + 9 where room = ?", (room,))
        journal.execute("update entry set seq = seq + 9 where room = ? and seq = ?", (room, seq))
        journal.execute("delete from entry where room = ? and seq < ?", (room, seq))
        library.commit()
        journal.commit()


async def test_j5_both_are_looked_at_again_when_the_journal_let_go_of_what_the_library_lacks(tmp_path: Path) -> None:
    data = await _filled(tmp_path)
    happens: list[Callable[[], None]] = [lambda: _goes_on_without_us(data)]
    with pinned(data, between=lambda: happens.pop()() if happens else None) as (library, journal):
        assert journal is not None
        assert goes_on(library, journal)
    assert happens == []


async def test_the_control_one_look_each_would_have_lost_entries(tmp_path: Path) -> None:
    data = await _filled(tmp_path)
    with closing(sqlite3.connect(data / FILE)) as library, closing(sqlite3.connect(data / JOURNAL_FILE)) as journal:
        library.execute("begin")
        assert goes_on(library, journal)
        library.execute("select count(*) from cursors").fetchone()
        _goes_on_without_us(data)
        assert not goes_on(library, journal)
        library.execute("rollback")
        assert goes_on(library, journal)


async def test_a_journal_that_never_fits_is_said_so(tmp_path: Path) -> None:
    data = await _filled(tmp_path)
    with pytest.raises(Unusable) as refused, pinned(data, between=lambda: _goes_on_without_us(data)):
        pass
    assert refused.value.code == "apart"


async def test_a_room_that_the_journal_forgot_meanwhile_is_noticed(tmp_path: Path) -> None:
    data = await _filled(tmp_path)
    with closing(sqlite3.connect(data / FILE)) as library, closing(sqlite3.connect(data / JOURNAL_FILE)) as journal:
        room = library.execute("select room from cursors order by seq desc limit 1").fetchone()
        journal.execute("delete from entry where room = ?", room)
        assert not goes_on(library, journal)


# ---- what can't be ---------------------------------------------------------------------------------------------------


async def test_neither_writes_over_anything(tmp_path: Path) -> None:
    await _filled(tmp_path)
    file = tmp_path / "evening.kring"
    assert (await command(tmp_path, "backup", str(file)))[0] == 0
    held = file.read_bytes()
    code, _, errors = await command(tmp_path, "backup", str(file))
    assert (code, file.read_bytes()) == (1, held)
    assert "there already" in errors
    code, _, errors = await command(tmp_path, "restore", str(file))
    assert code == 1
    assert "not empty" in errors


async def test_without_files_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    code, _, errors = await command(tmp_path, "backup", str(tmp_path / "none.kring"), KRING_LANG="nl")
    assert (code, os.listdir(tmp_path)) == (1, [])
    assert "nog geen Kring" in errors


def _repacked(file: Path, name: str, change: Callable[[bytes], bytes], *, honest: bool = False) -> None:
    """The backup with one of its files changed; `honest`: as if it had been so from the start."""
    with tarfile.open(file, "r:gz") as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    parts[name] = change(parts[name])
    if honest:
        told = msgspec.json.decode(parts[MANIFEST], type=Manifest)
        changed = [
            backup.Part(part.name, len(parts[part.name]), hashlib.sha256(parts[part.name]).hexdigest())
            for part in told.parts
        ]
        parts[MANIFEST] = msgspec.json.encode(msgspec.structs.replace(told, parts=changed))
    with tarfile.open(file, "w:gz") as tar:
        for each, content in parts.items():
            info = tarfile.TarInfo(each)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def _flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def _renamed(content: bytes) -> bytes:
    return content.replace(b'"library.db"', b'"../library.db"')


@pytest.mark.parametrize(
    ("name", "change", "honest", "says"),
    [
        (FILE, _flipped, False, "damaged"),
        (JOURNAL_FILE, lambda content: content[:100] + bytes(4096) + content[4196:], True, "damaged"),
        (MANIFEST, lambda content: b"{}", False, "damaged"),
        (MANIFEST, _renamed, False, "damaged"),
        (MANIFEST, lambda content: content.replace(b'"revision":', b'"revision":"9999","was":'), False, "damaged"),
        (MANIFEST, lambda content: content.replace(migrations.head().encode(), b"9999"), False, "newer"),
    ],
    ids=["flipped", "broken", "empty", "elsewhere", "unknown", "newer"],
)
async def test_only_a_whole_backup_is_restored(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes], honest: bool, says: str
) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "evening.kring"
    here.mkdir()
    there.mkdir()
    await _quickly_filled(here / "data")
    assert (await command(here, "backup", str(file)))[0] == 0
    _repacked(file, name, change, honest=honest)
    code, _, errors = await command(there, "restore", str(file))
    assert code == 1
    assert says in errors
    assert os.listdir(there) == []  # nothing is left of the attempt


async def test_the_control_a_backup_that_was_only_packed_anew_is_restored(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "evening.kring"
    here.mkdir()
    there.mkdir()
    await _quickly_filled(here / "data")
    assert (await command(here, "backup", str(file)))[0] == 0
    _repacked(file, FILE, lambda content: content, honest=True)
    assert (await command(there, "restore", str(file)))[0] == 0


@pytest.mark.parametrize("content", [b"", b"no backup", gzip.compress(b"no tar")], ids=["empty", "text", "zip"])
async def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(content)
    code, _, errors = await command(tmp_path, "restore", str(file))
    assert (code, "damaged" in errors) == (1, True)


async def _quickly_filled(data: Path) -> None:
    """Both files, of a Kring in which nothing happened yet."""
    await asyncio.to_thread(migrations.migrate, data)
    async with LocalJournal.open(data / JOURNAL_FILE):
        pass
