"""The machine: which core does what, compilers, and what the figures were measured on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE / ".built"
SERVER_CORE, LOAD_CORE = 0, 1
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


class Missing(Exception):
    """Something that a measurement needs cannot be had here; the text says what."""


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """The command on one core of its own; as it is, where there is only one."""
    if (os.cpu_count() or 1) < 2 or shutil.which("taskset") is None:
        return list(command)
    return ["taskset", "--cpu-list", str(core), *command]


def core_in_words() -> str:
    if pinned(SERVER_CORE, [""]) == [""]:
        return "server and load share the cores (one core, or no taskset)"
    return f"server on core {SERVER_CORE}, load client on core {LOAD_CORE}"


@cache
def compiled(name: str, *sources: Path) -> Path:
    """The program made of C sources, compiled again only when they changed. Raises Missing."""
    program = BUILT / name
    changed = max(path.stat().st_mtime_ns for path in sources)
    if program.exists() and program.stat().st_mtime_ns > changed:
        return program
    BUILT.mkdir(exist_ok=True)
    code = [str(path) for path in sources if path.suffix == ".c"]
    command = [*compiler(), "-O2", "-Wall", "-Wextra", "-o", str(program), *code]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{name} does not compile: {done.stderr.strip()[:2_000]}")
    return program


def compiler() -> list[str]:
    """The system's own C compiler, else the one that the package `ziglang` carries. Raises Missing."""
    if own := shutil.which("cc"):
        return [own]
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "cc"]
    raise Missing("a C compiler: install one (Debian: gcc), or the package ziglang")


def used_s(pid: int) -> float:
    """Processor seconds of a process until now, all threads, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def settle(pid: int, *, most_s: float = 20.0) -> None:
    """Until the process has done nearly nothing for a while: what a thousand arrivals brought about is not measured."""
    deadline = time.monotonic() + most_s
    before = used_s(pid)
    while time.monotonic() < deadline:
        time.sleep(0.25)
        after = used_s(pid)
        if after - before <= TICK_S:
            return
        before = after


def describe() -> list[str]:
    """Facts a reader needs to compare with another machine."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}",
        f"{core_in_words()}; loopback",
        f"Python {platform.python_version()}, " + ", ".join(versions("uvicorn", "uvloop", "httptools", "websockets")),
    ]


def versions(*packages: str) -> list[str]:
    """`name version` of Python packages; Missing names the first that isn't installed."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            raise Missing(f"the Python package {package}: pip install '.[bench]'") from None
    return found
