"""Migrating gives exactly the tables that the code works with, once, whoever else migrates."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, MetaData, Table, Text, create_engine

from persistence.database import FILE
from persistence.migrations import config, migrate
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
