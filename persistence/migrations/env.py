"""What Alembic runs: all steps in one transaction, begun as a writer's."""

from __future__ import annotations

import os
from pathlib import Path

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from persistence.database import PRAGMAS, WRITER, own_transactions
from persistence.schema import metadata


def run(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    own_transactions(engine, "BEGIN IMMEDIATE", PRAGMAS | WRITER | {"foreign_keys": "off"})
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        context.run_migrations()


run(context.config.attributes["path"])
