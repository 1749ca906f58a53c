"""The Redis journal's server: one for all tests of a process."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.journal.store import RedisStore
from tests.journal.valkey import valkey

_nth = itertools.count()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture
def shared(redis_url: str) -> RedisStore:
    """A store that no other test has."""
    return RedisStore(redis_url, f"test-{next(_nth)}:")
