"""The Redis journal, as its tests have it."""

from __future__ import annotations

import itertools

import pytest

from tests.journal.store import RedisStore

_nth = itertools.count()


@pytest.fixture
def shared(redis_url: str) -> RedisStore:
    """A store that no other test has."""
    return RedisStore(redis_url, f"test-{next(_nth)}:")
