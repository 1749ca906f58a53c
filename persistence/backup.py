"""A whole Kring in one file, while it serves or not; and from such a file its directory again (J5).

Library and journal are copied as they were at one moment: both are pinned before either is copied, the library first,
so that what the journal has and the library lacks is taken in at the next start. Trimming goes on meanwhile, for a
pinned file keeps what it had. The secrets of rooms are in no backup (C7).
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from persistence.database import FILE

JOURNAL_FILE = "journal.db"
SECRET_FILE = "secret"
"""What the cookies of sign-ins are signed with, where no setting gives it."""
MANIFEST = "manifest.json"
FORMAT = 1
PARTS = (FILE, JOURNAL_FILE, SECRET_FILE)
MOST_MANIFEST_BYTES = 1 << 20
TRIES = 20
BUSY_S = 5.0
CHUNK_BYTES = 1 << 20
PAGES = 2_000
"""Of a database, copied before progress is told."""
COUNTED = ("communities", "people", "sessions", "rooms", "entries", "records", "items")

Progress = Callable[[str, int, int], None]
"""What is being done to which part, and how many bytes or pages of how many are done."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the data directory."""

    name: str
    bytes: int
    sha256: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds. `at`: when, in milliseconds since 1970 UTC. `revision`: of the database's tables."""

    format: int
    kring: str
    at: int
    revision: str
    counts: dict[str, int]
    parts: list[Part]


class Unusable(Exception):
    """It can't be done, and nothing was changed. `code` names the sentence (`backup-…`)."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def back_up(directory: Path, file: Path, *, kring: str, at: int, progress: Progress) -> Manifest:
    """Everything in the data directory, as a new file that only its owner may read. Raises Unusable, OSError."""
    if not (directory / FILE).is_file():
        raise Unusable("no-database", path=str(directory))
    if file.exists():
        raise Unusable("exists", path=str(file))
    with tempfile.TemporaryDirectory(prefix=".kring-backup-", dir=file.parent) as found:
        draft = Path(found)
        revision, counts = copy_databases(directory, draft, progress)
        if (directory / SECRET_FILE).is_file():
            shutil.copyfile(directory / SECRET_FILE, draft / SECRET_FILE)
        parts = [part_of(draft / name) for name in PARTS if (draft / name).is_file()]
        manifest = Manifest(FORMAT, kring, at, revision, counts, parts)
        packed = draft / "packed"
        with open(os.open(packed, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as raw:
            _pack(manifest, draft, raw, progress)
            raw.flush()
            os.fsync(raw.fileno())
        try:
            os.link(packed, file)  # whole or not at all, and never over another
        except FileExistsError:
            raise Unusable("exists", path=str(file)) from None
    _sync(file.parent)
    return manifest


def copy_databases(directory: Path, to: Path, progress: Progress) -> tuple[str, dict[str, int]]:
    """Both databases as they were at one moment; the revision of the library, and what it holds. Raises Unusable."""
    with pinned(directory) as (library, journal):
        revision = str(library.execute("select version_num from alembic_version").fetchone()[0])
        known = {name for (name,) in library.execute("select name from sqlite_schema where type = 'table'")}
        counts = {table: _count(library, table) for table in COUNTED if table in known}
        _copy(library, to / FILE, progress)
        if journal is not None:
            _copy(journal, to / JOURNAL_FILE, progress)
    return revision, counts


@contextmanager
def pinned(
    directory: Path, between: Callable[[], object] = lambda: None
) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection | None]]:
    """The library and the journal, each held as it is now, so that one goes on where the other ends.

    Between the two looks the journal may have let go of what the library lacks: then both are looked at again.
    `between`: what tests let happen there. Raises Unusable.
    """
    with ExitStack() as stack:
        library = stack.enter_context(closing(_open(directory / FILE)))
        there = (directory / JOURNAL_FILE).is_file()
        journal = stack.enter_context(closing(_open(directory / JOURNAL_FILE))) if there else None
        for _ in range(TRIES):
            _hold(library, "alembic_version")
            between()
            if journal is None:
                break
            _hold(journal, "room")
            if goes_on(library, journal):
                break
            library.execute("rollback")
            journal.execute("rollback")
        else:
            raise Unusable("apart")
        yield library, journal


def goes_on(library: sqlite3.Connection, journal: sqlite3.Connection) -> bool:
    """Whether the journal has all that the library lacks: of each room the entry at which the library stands, or one
    before it, and no room that the library doesn't know."""
    first = dict(journal.execute("select room, min(seq) from entry group by room"))
    known = {room for (room,) in library.execute("select id from rooms")} | _column(library, "removals", "room")
    stands = dict(library.execute("select room, seq from cursors"))
    needed = {room for (room,) in library.execute(_LIVELY)} if _has(library, "outcomes") else set()
    return needed <= first.keys() <= known and all(seq <= max(1, stands.get(room, seq)) for room, seq in first.items())


_LIVELY = """
    select cursors.room from cursors join rooms on rooms.id = cursors.room
    left join outcomes on outcomes.session = rooms.session where cursors.seq > 0 and outcomes.session is null
"""
"""Rooms that the journal can't have forgotten yet: only what came to an outcome is."""


def _hold(database: sqlite3.Connection, table: str) -> None:
    """A transaction sees the file as it is at its first look, until it ends."""
    database.execute("begin")
    database.execute(f"select count(*) from {table}").fetchone()


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_S, isolation_level=None)
    database.execute("pragma query_only = on")
    return database


def _has(database: sqlite3.Connection, table: str) -> bool:
    return bool(database.execute("select 1 from sqlite_schema where name = ?", (table,)).fetchone())


def _column(database: sqlite3.Connection, table: str, column: str) -> set[str]:
    """All values of a column; none, where there is no such table yet."""
    return {value for (value,) in database.execute(f"select {column} from {table}")} if _has(database, table) else set()


def _count(database: sqlite3.Connection, table: str) -> int:
    found: int = database.execute(f"select count(*) from {table}").fetchone()[0]
    return found


def _copy(database: sqlite3.Connection, to: Path, progress: Progress) -> None:
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(to)) as target:
        database.backup(
            target, pages=PAGES, progress=lambda _, left, total: progress("copy " + to.name, total - left, total)
        )
        target.execute("pragma journal_mode = delete")  # all of it in the one file


def part_of(path: Path) -> Part:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return Part(path.name, size, digest.hexdigest())


def _pack(manifest: Manifest, draft: Path, raw: BinaryIO, progress: Progress) -> None:
    (draft / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    with (
        gzip.GzipFile("", "wb", compresslevel=3, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for nth, name in enumerate((MANIFEST, *(part.name for part in manifest.parts))):
            tar.add(draft / name, arcname=name, filter=_plain)
            progress("pack", nth, len(manifest.parts))


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of whoever made it."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


# ---- restoring -------------------------------------------------------------------------------------------------------


def restore(file: Path, directory: Path, *, known: frozenset[str], progress: Progress) -> Manifest:
    """A data directory from a backup: all of it, checked, or nothing. `known`: revisions that this program can read.

    Raises Unusable: a directory that is not empty, a file that is no backup, or a damaged or newer one; OSError.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Unusable("not-empty", path=str(directory))
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = directory.with_name(f".{directory.name}.restoring-{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        manifest = _unpack(file, draft, known, progress)
        for name in (FILE, JOURNAL_FILE):
            if (draft / name).is_file():
                _check(draft / name)
        _sync(draft)
        if directory.exists():
            directory.rmdir()
        draft.rename(directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _sync(directory.parent)
    return manifest


def _unpack(file: Path, draft: Path, known: frozenset[str], progress: Progress) -> Manifest:
    try:
        with tarfile.open(file, "r:gz") as tar:
            manifest = _manifest(tar)
            if manifest.format != FORMAT or manifest.revision not in known:
                raise Unusable("newer", kring=manifest.kring)
            promised = {part.name: part for part in manifest.parts}
            if not {FILE} <= promised.keys() <= set(PARTS):
                raise Unusable("damaged", path=str(file))
            for nth, (name, part) in enumerate(promised.items()):
                progress("unpack", nth, len(promised))
                if not _extract(tar, part, draft / name):
                    raise Unusable("damaged", path=str(file))
            return manifest
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unusable("damaged", path=str(file)) from error


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    content = tar.extractfile(first) if first and first.name == MANIFEST and first.isfile() else None
    if first is None or content is None or first.size > MOST_MANIFEST_BYTES:
        raise tarfile.ReadError("no manifest")
    return msgspec.json.decode(content.read(), type=Manifest)


def _extract(tar: tarfile.TarFile, part: Part, to: Path) -> bool:
    """Whether it is there, as long as it should be, with the bytes that it should have."""
    member = tar.next()
    content = tar.extractfile(member) if member and member.name == part.name and member.isfile() else None
    if member is None or content is None or member.size != part.bytes:
        return False
    with open(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as written:
        shutil.copyfileobj(content, written, CHUNK_BYTES)
        written.flush()
        os.fsync(written.fileno())
    return part_of(to) == part


def _check(path: Path) -> None:
    """Raises Unusable."""
    try:
        with closing(sqlite3.connect(path)) as database:
            sound = database.execute("pragma integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise Unusable("damaged", path=path.name)


def _sync(folder: Path) -> None:
    """A name is not on the disk before its directory is."""
    found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(found)
    finally:
        os.close(found)
