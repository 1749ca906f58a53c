"""Migrating gives exactly the tables that the code works with, once, whoever else migrates."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, create_engine, event

from persistence.database import FILE
from persistence.migrations import COPIES, KEPT_S, config, forget_copies, head, migrate, rehearse, revision_of
from persistence.schema import metadata

SEARCH = "search"


def _differences(path: Path, wanted: MetaData) -> list[object]:
    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not (name or "").startswith(SEARCH)

    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        found = list(compare_metadata(context, wanted))
    engine.dispose()
    return found


def _shape(path: Path) -> dict[str, object]:
    """Everything SQLite says of the tables: columns, keys, indexes, how rows are kept."""
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    shape: dict[str, object] = {}
    for table in tables:
        if table.startswith(SEARCH) or table == "alembic_version":
            continue
        indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
        shape[table] = (
            connection.execute(f"PRAGMA table_xinfo({table})").fetchall(),
            sorted(connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()),
            sorted((i[1:], tuple(connection.execute(f"PRAGMA index_info({i[1]})"))) for i in indexes),
            connection.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (table,)).fetchall(),
        )
    connection.close()
    return shape


def test_migrating_gives_exactly_the_schema(tmp_path: Path) -> None:
    migrate(tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / 'wanted.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert _differences(tmp_path / FILE, metadata) == []
    assert _shape(tmp_path / FILE) == _shape(tmp_path / "wanted.db")


def test_control_a_table_without_a_migration_is_seen(tmp_path: Path) -> None:
    migrate(tmp_path)
    more = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(more)
    Table("forgotten", more, Column("id", Text, primary_key=True))
    assert len(_differences(tmp_path / FILE, more)) == 1


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    migrate(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    migrate(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_processes_may_migrate_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        list(pool.map(migrate, [tmp_path] * 3))
    assert _differences(tmp_path / FILE, metadata) == []


def test_a_database_newer_than_the_program_is_refused(tmp_path: Path) -> None:
    migrate(tmp_path)
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(CommandError):
        migrate(tmp_path)


def test_there_is_one_line_of_migrations(tmp_path: Path) -> None:
    assert len(ScriptDirectory.from_config(config(tmp_path / FILE)).get_heads()) == 1


# ---- from an older one -----------------------------------------------------------------------------------------------

OLD = "0006"


def _of_old(directory: Path) -> Path:
    """A database as an older program left it, with somebody in it."""
    directory.mkdir(exist_ok=True)
    command.upgrade(config(directory / FILE), OLD)
    with closing(sqlite3.connect(directory / FILE)) as database:
        database.execute(
            "insert into people (id, actor, name, created_on, seen_on) "
            "values ('p', 'a', 'Ineke', '2026-01-01', '2026-01-01')"
        )
        database.commit()
    return directory


def _people(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("select name from people").fetchall()


def test_a_copy_of_how_it_was_is_kept_until_the_next_and_a_week_at_most(tmp_path: Path) -> None:
    _of_old(tmp_path)
    (tmp_path / "library.before-0001.db").touch()
    migrate(tmp_path)
    (copy,) = tmp_path.glob(COPIES)
    assert (copy.name, revision_of(copy), _people(copy)) == ("library.before-0006.db", OLD, [("Ineke",)])
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert revision_of(tmp_path / FILE) == head()
    now_s = copy.stat().st_mtime
    forget_copies(tmp_path, now_s + KEPT_S)
    assert copy.exists()
    forget_copies(tmp_path, now_s + KEPT_S + 1)
    assert not copy.exists()


def test_a_new_database_and_one_up_to_date_need_no_copy(tmp_path: Path) -> None:
    migrate(tmp_path)
    migrate(tmp_path)
    assert list(tmp_path.glob(COPIES)) == []


def test_it_can_be_tried_on_a_copy(tmp_path: Path) -> None:
    before = (_of_old(tmp_path) / FILE).read_bytes()
    tried = rehearse(tmp_path)
    assert (tried.was, tried.steps[-1][0]) == (OLD, head())
    assert all(doc for _, doc in tried.steps)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).read_bytes() == before
    migrate(tmp_path)
    assert rehearse(tmp_path).steps == []


def _killed(directory: Path, nth: int, *, stepwise: bool) -> None:
    """Migrate, and be killed before the nth statement. `stepwise`: as if each statement were kept at once."""
    count = 0

    def statement(connection: Connection, *_: object) -> None:
        nonlocal count
        count += 1
        if count == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        if stepwise and count > 3:
            plain = connection.connection.driver_connection
            assert isinstance(plain, sqlite3.Connection)
            plain.execute("commit")
            plain.execute("begin immediate")

    event.listen(Engine, "before_cursor_execute", statement)
    migrate(directory)


def _kill_at(directory: Path, nth: int, *, stepwise: bool = False) -> int | None:
    process = get_context("spawn").Process(target=partial(_killed, directory, nth, stepwise=stepwise))
    process.start()
    process.join(60)
    return process.exitcode


@pytest.mark.parametrize("nth", [2, 8, 16, 24])
def test_whoever_is_killed_in_the_middle_leaves_it_as_it_was(tmp_path: Path, nth: int) -> None:
    old = _shape(_of_old(tmp_path) / FILE)
    assert _kill_at(tmp_path, nth) == -signal.SIGKILL
    assert (revision_of(tmp_path / FILE), _shape(tmp_path / FILE)) == (OLD, old)
    migrate(tmp_path)
    assert _differences(tmp_path / FILE, metadata) == []
    assert _people(tmp_path / FILE) == [("Ineke",)]


def test_the_control_kept_step_by_step_it_would_be_neither(tmp_path: Path) -> None:
    old = _shape(_of_old(tmp_path) / FILE)
    assert _kill_at(tmp_path, 25, stepwise=True) == -signal.SIGKILL
    assert _shape(tmp_path / FILE) != old
