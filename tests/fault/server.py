"""`kring serve` as a process, with its files in a directory: killed, and started again at the same port."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
KILLER = Path(__file__).with_name("killer.py")
START_S = 60.0
LINK = re.compile(r"#(\S+)")
CODE = re.compile(r"code ([A-Z0-9]{3}) ([A-Z0-9]{3})")


class KringServer:
    """`url` and `code` are known once it has started."""

    def __init__(self, directory: Path) -> None:
        self.data = directory / "data"
        self.journal = self.data / "journal.db"
        self.library = self.data / "library.db"
        self.code = ""
        self._log = directory / "server.log"
        self._port = _free_port()
        self._process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> str:
        """What it said on standard error, over all its lives."""
        return self._log.read_text()

    async def start(self) -> None:
        """Returns when it listens."""
        with self._log.open("ab") as log:
            self._process = await self._kring("serve", errors=log.fileno())
        assert self._process.stdout is not None
        async with asyncio.timeout(START_S):
            said = b""
            while b"kept in" not in said:
                line = await self._process.stdout.readline()
                assert line, self.log
                said += line
        found = CODE.search(said.decode())
        assert found is not None, said
        self.code = found[1] + found[2]

    async def link(self, role: str) -> str:
        """The token of a sign-in link for a role."""
        asked = await self._kring("link", role)
        said, _ = await asked.communicate()
        found = LINK.search(said.decode())
        assert found is not None, said
        return found[1]

    async def kill(self, moment: str) -> None:
        """SIGKILL at a moment (see killer.py); returns when it is dead."""
        assert self._process is not None
        arguments = ("-SE", str(KILLER), str(self._process.pid), str(self.journal), moment)
        killer = await asyncio.create_subprocess_exec(sys.executable, *arguments)
        try:
            assert await killer.wait() == 0
            assert await self._process.wait() == -signal.SIGKILL
        finally:
            if killer.returncode is None:
                killer.kill()

    async def stop(self) -> None:
        """In good order; nothing when it is dead."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            async with asyncio.timeout(START_S):
                assert await self._process.wait() == 0, self.log

    async def _kring(self, *arguments: str, errors: int = DEVNULL) -> Process:
        given = {"KRING_DATA": str(self.data), "KRING_LANG": "en", "PORT": str(self._port)}
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.data.parent), "PYTHONPATH": str(CHECKOUT), **given}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from web.cli import main; main()", *arguments),
            env=environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=errors,
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
