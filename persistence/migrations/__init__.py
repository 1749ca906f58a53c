"""Bringing a database up to date, with a copy of how it was beside it."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from msgspec import Struct

from persistence.database import FILE

COPIES = "library.before-*.db"
KEPT_S = 7 * 24 * 3600
"""A copy holds what was removed since (C7), so it goes after a week."""


class Tried(Struct, frozen=True):
    """What migrating would do. `steps`: each revision with what it is for; `took_s`: how long it took on a copy."""

    was: str
    steps: list[tuple[str, str]]
    took_s: float


def migrate(directory: Path) -> None:
    """Make the database in the data directory, or bring it up to date. Blocks: call it in a thread, before opening.

    A database that is not up to date is copied first, to `library.before-REVISION.db`; all steps are one transaction,
    so whoever is killed in between leaves it as it was. Several processes may do it at once. Raises
    `alembic.util.CommandError` for a database newer than this program.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / FILE
    was = revision_of(path)
    if was is not None and was != head():
        _keep(path, directory / COPIES.replace("*", was))
    command.upgrade(config(path), "head")


def rehearse(directory: Path) -> Tried:
    """Migrate a copy, and throw it away. Raises CommandError, sqlite3.Error; FileNotFoundError without a database."""
    was = revision_of(directory / FILE)
    if was is None:
        raise FileNotFoundError(directory / FILE)
    with tempfile.TemporaryDirectory(prefix=".trying-", dir=directory) as found:
        _copy(directory / FILE, Path(found) / FILE)
        begun = time.monotonic()
        command.upgrade(config(Path(found) / FILE), "head")
        took_s = time.monotonic() - begun
        with closing(sqlite3.connect(Path(found) / FILE)) as tried:
            if (wrong := tried.execute("pragma integrity_check").fetchone()[0]) != "ok":
                raise sqlite3.DatabaseError(wrong)
    return Tried(was, _steps(was), took_s)


def forget_copies(directory: Path, now_s: float) -> None:
    """Remove those of more than a week ago."""
    for copy in directory.glob(COPIES):
        if copy.stat().st_mtime < now_s - KEPT_S:
            copy.unlink(missing_ok=True)


def revision_of(path: Path) -> str | None:
    """Of a database; None: there is none yet. Raises sqlite3.Error."""
    if not path.is_file():
        return None
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("select 1 from sqlite_schema where name = 'alembic_version'").fetchone():
            return None
        row = database.execute("select version_num from alembic_version").fetchone()
        return str(row[0]) if row else None


def _steps(was: str) -> list[tuple[str, str]]:
    steps = _script().iterate_revisions("head", was)
    return [(step.revision, (step.doc or "").splitlines()[0]) for step in steps][::-1]


def _keep(path: Path, copy: Path) -> None:
    """The only copy there is, whole from the moment it has its name."""
    draft = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
    try:
        _copy(path, draft)
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    for other in copy.parent.glob(COPIES):
        if other != copy:
            other.unlink(missing_ok=True)


def _copy(path: Path, to: Path) -> None:
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as database, closing(sqlite3.connect(to)) as target:
        database.backup(target)
        target.execute("pragma journal_mode = delete")  # all of it in the one file


def known() -> frozenset[str]:
    """The revisions that this program can bring up to date."""
    return frozenset(step.revision for step in _script().walk_revisions())


def head() -> str:
    """The revision of this program's own tables."""
    found = _script().get_current_head()
    assert found is not None
    return found


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(config(Path(FILE)))


def config(path: Path) -> Config:
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    found.attributes["path"] = path
    return found
