"""`kring` as a process of its own, and what it prints."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import httpx2

from web import cli

CHECKOUT = Path(__file__).resolve().parents[2]
KRING = (sys.executable, "-c", "from web.cli import main; main()")
LISTENING = re.compile(r"http://([0-9.]+|localhost):(\d+)")
CODE = re.compile(r"code (\w{3}) (\w{3})\r?\n")
STARTED = re.compile(r"(kept in|bewaard in) .*\n")


def environment(directory: Path, **more: str) -> dict[str, str]:
    """Of a machine on which nothing is set but what a test wants."""
    base = {"PATH": os.environ["PATH"], "HOME": str(directory), "LANG": "en_GB.UTF-8", "PYTHONPATH": str(CHECKOUT)}
    return base | {"KRING_DATA": str(directory / "data"), "PORT": "0", "KRING_GRACE_S": "0"} | more


async def command(directory: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    process = await asyncio.create_subprocess_exec(
        *KRING,
        *arguments,
        cwd=directory,
        env=environment(directory, **more),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        output, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode(), errors.decode()


async def said(directory: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """As `command`, in this process: for commands that change nothing about it."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        code = await asyncio.to_thread(cli.run, list(arguments), environment(directory, **more))
    return code, output.getvalue(), errors.getvalue()


def free_port() -> int:
    """Nobody listens there now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """A `kring serve` that listens; `output` and `errors` grow as it speaks."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said, self.complained, self.heard = bytearray(), bytearray(), asyncio.Event()

    @property
    def output(self) -> str:
        return self.said.decode()

    @property
    def errors(self) -> str:
        return self.complained.decode()

    @property
    def base(self) -> str:
        """By which this machine reaches it."""
        found = LISTENING.search(self.output)
        assert found is not None, self.output
        return f"http://{'localhost' if found[1] == 'localhost' else '127.0.0.1'}:{found[2]}"

    @property
    def code(self) -> str:
        """The chat's join code."""
        found = CODE.search(self.output)
        assert found is not None, self.output
        return found[1] + found[2]

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        """What a page of ours sends."""
        ours = {"X-Kring": "1", "Origin": self.base}
        return httpx2.AsyncClient(base_url=self.base, headers=ours | headers, timeout=20)

    async def logged(self, text: str) -> None:
        """Returns when it has said so in its log."""
        async with asyncio.timeout(60):
            while text not in self.errors:
                assert self._process.returncode is None, self.errors
                self.heard.clear()
                await self.heard.wait()

    @property
    def memory_kib(self) -> int:
        """What it holds of the machine's memory now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    @property
    def cpu_s(self) -> float:
        """Seconds of a core that it has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        if self._process.returncode is None:
            self._process.send_signal(how)
        async with asyncio.timeout(30):
            return await self._process.wait()


@asynccontextmanager
async def served(directory: Path, *arguments: str, terminal: bool = False, **more: str) -> AsyncIterator[Serving]:
    """`kring serve` until the block ends; with `terminal` its standard output is one."""
    reading, writing = pty.openpty() if terminal else os.pipe()
    process = await asyncio.create_subprocess_exec(
        *KRING,
        "serve",
        *arguments,
        cwd=directory,
        env=environment(directory, **more),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=writing,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(writing)
    serving = Serving(process)
    assert process.stderr is not None
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_collect(await _reader(reading), serving.said, serving.heard))
        tasks.create_task(_collect(process.stderr, serving.complained, serving.heard))
        try:
            async with asyncio.timeout(30):
                while not STARTED.search(serving.output):
                    assert process.returncode is None, serving.errors
                    serving.heard.clear()
                    await serving.heard.wait()
            yield serving
        finally:
            await serving.stop()


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", 0))
    return reader


async def _collect(reader: asyncio.StreamReader, into: bytearray, heard: asyncio.Event) -> None:
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while data := await reader.read(4_096):
            into += data
            heard.set()
    heard.set()
