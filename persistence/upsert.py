"""Insert or else: the one statement that SQLAlchemy spells per database."""

from __future__ import annotations

import functools

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert


@functools.cache  # a statement that is the same object is compiled once
def put_new(table: Table) -> Insert:
    """Insert, unless it is there already."""
    return insert(table).on_conflict_do_nothing()


@functools.cache
def put(table: Table, *key: str) -> Insert:
    """Insert, or overwrite the row with this key."""
    fresh = insert(table)
    columns = {c.name: fresh.excluded[c.name] for c in table.columns if c.name not in key and not c.primary_key}
    return fresh.on_conflict_do_update(index_elements=list(key), set_=columns)
