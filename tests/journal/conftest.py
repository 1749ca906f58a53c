"""The Redis journal's server: one for all tests of a process, and one that a proxy can stand before."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator

import pytest

from tests.journal.store import RedisStore
from tests.journal.valkey import valkey

_nth = itertools.count()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(scope="session")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with valkey(tmp_path_factory.mktemp("valkey-tcp"), "--port", str(port), "--bind", "127.0.0.1"):
        yield port


@pytest.fixture
def shared(redis_url: str) -> RedisStore:
    """A store that no other test has."""
    return RedisStore(redis_url, f"test-{next(_nth)}:")
