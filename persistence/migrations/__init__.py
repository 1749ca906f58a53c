"""Bringing a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from persistence.database import FILE


def migrate(directory: Path) -> None:
    """Make the database in the data directory, or bring it up to date. Blocks: call it in a thread, before opening.

    Several processes may do it at once. Raises `alembic.util.CommandError` for a database newer than this program.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    command.upgrade(config(directory / FILE), "head")


def config(path: Path) -> Config:
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    found.attributes["path"] = path
    return found
