"""Who is measured: how each is started, spoken with, and what it is called in the table."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import Struct

from tests.bench.loading import Flood, Speech
from tests.bench.machine import SERVER_CORE, Missing, pinned

STARTING_S = 60.0


def nothing_to_check(result: Flood) -> None:
    """A server that keeps nothing."""


class Running(Struct, frozen=True, kw_only=True):
    """A server that listens. `check`: what else must hold afterwards; raises Invalid. `home`: of Kring, its files."""

    pid: int
    port: int
    speech: Speech
    check: Callable[[Flood], None] = nothing_to_check
    home: Path = Path()


class Contestant(Struct, frozen=True, kw_only=True):
    """`start(members)`: a server for so many, until the block ends; raises Missing. `repeats`: see Flood.check."""

    name: str
    how: Callable[[], str]
    """Versions and configuration, in words. Raises Missing."""
    start: Callable[[int], AbstractContextManager[Running]]
    repeats: bool = False

    @property
    def missing(self) -> str:
        """Why it cannot be measured here; empty: it can."""
        try:
            self.how()
        except Missing as missing:
            return str(missing)
        return ""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def process(
    command: Sequence[str], listening: re.Pattern[str], *, cwd: Path, environment: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """A server on its core, from when it says that it listens until the block ends: its pid and what it said.

    Raises Missing with its last words when it doesn't come to that.
    """
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            pinned(SERVER_CORE, command), cwd=cwd, env=dict(environment), stdout=subprocess.PIPE, stderr=errors
        ) as server,
    ):
        patience = threading.Timer(STARTING_S, server.kill)
        patience.start()
        try:
            said = _until(server, listening)
            if said is None:
                errors.seek(0)
                raise Missing(f"{command[-2:]} does not start: {errors.read().decode()[-2_000:].strip()}")
            patience.cancel()
            yield server.pid, said
        finally:
            patience.cancel()
            _end(server)


def _until(server: subprocess.Popen[bytes], pattern: re.Pattern[str]) -> str | None:
    assert server.stdout is not None
    said = ""
    for line in server.stdout:
        said += line.decode()
        if pattern.search(said):
            return said
    return None


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
