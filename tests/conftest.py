"""What every test may use: the recorded conversations, which lie beside the checkout and not in it, and a Redis."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.journal.valkey import valkey

CHECKOUT = Path(__file__).resolve().parent.parent

WHOLE_SERVER = {"kring", "circle", "machine"}
"""Fixtures that build a whole server, or a whole machine for the Makefile."""
STARTS_ITS_OWN = (
    "test_cli",
    "test_closing",
    "test_cluster",
    "test_frames",
    "test_rehearse",
    "test_secrets",
    "test_serve",
    "test_sockets",
)
"""Test files, by the beginning of their names, that start servers by themselves."""


@pytest.fixture(scope="session")
def conversations() -> Path:
    """The folder with the recorded conversations; without it the test skips, or fails: KRING_REQUIRE_CONVERSATIONS."""
    folder = Path(os.environ.get("KRING_CONVERSATIONS") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no recorded conversations: put them in ../shared/data or say where with KRING_CONVERSATIONS")
    return folder


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all tests of a process."""
    with valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(scope="session")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One that a proxy can stand before."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with valkey(tmp_path_factory.mktemp("valkey-tcp"), "--port", str(port), "--bind", "127.0.0.1"):
        yield port


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the conversations, or a whole server, bears the marker for it, so that nobody forgets it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "conversations" in fixtures:
            item.add_marker("conversations")
        if fixtures & WHOLE_SERVER or item.path.name.startswith(STARTS_ITS_OWN):
            item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the conversations are required, a skip for want of them is a failure."""
    report = yield
    if report.skipped and item.get_closest_marker("conversations") and os.environ.get("KRING_REQUIRE_CONVERSATIONS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but KRING_REQUIRE_CONVERSATIONS is set: {report.longrepr}"
    return report
