"""A migrated database in a directory of its own, with a community whose chat is open to everybody's commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence import communities
from persistence.communities import Community, Room
from persistence.database import Database
from persistence.migrations import migrate
from realtime.journal.local import LocalJournal
from tests.persistence.talk import NOW, Talk


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a fresh database: migrating once is enough."""
    directory = tmp_path_factory.mktemp("migrated")
    migrate(directory)
    return (directory / "library.db").read_bytes()


@pytest.fixture
def directory(tmp_path: Path, migrated: bytes) -> Path:
    (tmp_path / "library.db").write_bytes(migrated)
    return tmp_path


@pytest.fixture
async def database(directory: Path) -> AsyncIterator[Database]:
    async with Database.open(directory) as found:
        yield found


@pytest.fixture
async def community(database: Database) -> Community:
    async with database.write() as tx:
        return await communities.create(tx, name="Kring", purpose="Helpen", lang="nl", chat="Praatkamer", now=NOW)


@pytest.fixture
async def chat(database: Database, community: Community) -> Room:
    async with database.read() as tx:
        return await communities.chat_of(tx, community.id)


@pytest.fixture
async def journal(directory: Path) -> AsyncIterator[LocalJournal]:
    async with LocalJournal.open(directory / "journal.db") as found:
        yield found


@pytest.fixture
async def talk(database: Database, journal: LocalJournal, chat: Room) -> Talk:
    found = Talk(database, journal, chat.id)
    await found.open()
    return found
