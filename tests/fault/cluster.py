"""A cluster on one machine: a Redis, servers at one port, and workers, each a process."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from contextlib import closing
from pathlib import Path

import httpx2

from tests.web.process import environment, free_port

START_S = 60.0
KRING = (sys.executable, "-c", "from web.cli import main; main()")
CODE = re.compile(r"code ([A-Z0-9]{3}) ([A-Z0-9]{3})")
SERVING, WORKING = "kept in", "archives"
"""What a server, and a worker, says once it runs."""


class Cluster:
    """`code` of the chat is known once a server has started. All processes share the data folder."""

    def __init__(self, directory: Path, redis_url: str) -> None:
        self._directory = directory
        self._port = free_port()
        self._environment = environment(directory, PORT=str(self._port), REDIS_URL=redis_url)
        self._running: list[Process] = []
        self.library = directory / "data" / "library.db"
        self.code = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> str:
        """What all of them said on standard error."""
        return (self._directory / "log").read_text()

    async def serve(self) -> Process:
        """Another server at the same port; returns when it listens."""
        process, said = await self._start("serve", SERVING)
        found = CODE.search(said)
        if found is not None:
            self.code = found[1] + found[2]
        return process

    async def work(self) -> Process:
        """Another worker."""
        process, _ = await self._start("worker", WORKING)
        return process

    async def _start(self, name: str, until: str) -> tuple[Process, str]:
        with (self._directory / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *KRING, name, env=self._environment, stdin=DEVNULL, stdout=PIPE, stderr=log.fileno()
            )
        self._running.append(process)
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(START_S):
            while until not in said:
                line = await process.stdout.readline()
                assert line, self.log
                said += line.decode()
        return process, said

    async def stop(self, process: Process) -> None:
        """In good order."""
        process.terminate()
        async with asyncio.timeout(START_S):
            assert await process.wait() == 0, self.log
        self._running.remove(process)

    async def kill(self, process: Process) -> None:
        process.kill()
        assert await process.wait() == -signal.SIGKILL
        self._running.remove(process)

    async def stop_all(self) -> None:
        """Servers last: what they say while they stop is still archived, or by themselves."""
        for process in list(self._running):
            await self.stop(process)

    async def end(self) -> None:
        """However it went."""
        for process in list(self._running):
            process.kill()
            await process.wait()

    def browser(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, headers={"X-Kring": "1", "Origin": self.url}, timeout=30)

    async def guest(self, name: str) -> tuple[str, str]:
        """Somebody who joined the chat by its code: their cookie, and the room."""
        async with self.browser() as browser:
            answer = await browser.post("/api/join", json={"code": self.code, "name": name})
            assert answer.status_code == 200, answer.text
            room: str = answer.json()["room"]
            return "; ".join(f"{name}={value}" for name, value in browser.cookies.items()), room

    def archived(self, room: str) -> Counter[str]:
        """How often the database has each text that was said in a room."""
        with closing(sqlite3.connect(f"file:{self.library}?mode=ro", uri=True)) as db:
            return Counter(text for (text,) in db.execute("select text from passages where room = ?", (room,)))
