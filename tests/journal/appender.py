"""A process that appends to many rooms and says what was acknowledged, for the test that kills it.

`python -m tests.journal.appender PATH [early]` prints `start ENTRIES` and then a line `room attempt` for every answer.
`early` switches a mechanism off: it answers before the commit.
"""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from pathlib import Path

from realtime.journal import Position, tables
from realtime.journal.commits import Commits, Draft
from realtime.journal.local import LocalJournal
from realtime.journal.loop import new_attempt

ROOMS = 30
STANDARD_OUTPUT = 1


async def append_forever(journal: LocalJournal, room: str, on: Position) -> None:
    while True:
        attempt = new_attempt()
        on = await journal.append(room, attempt * 10, on, attempt)
        os.write(STANDARD_OUTPUT, f"{room} {attempt.hex()}\n".encode())


async def answer_before_the_commit(self: Commits, draft: Draft) -> None:
    batch = self._batch(draft, {})
    self._succeeded(draft, batch)
    await self._thread.run(partial(tables.write, batch=batch))


async def main(path: Path, *, early: bool) -> None:
    if early:
        Commits._commit = answer_before_the_commit  # type: ignore[method-assign]
    async with LocalJournal.open(path) as journal, asyncio.TaskGroup() as tasks:
        heads = {f"room{n}": (await journal.read(f"room{n}", None)).head for n in range(ROOMS)}
        os.write(STANDARD_OUTPUT, f"start {sum(head.seq for head in heads.values())}\n".encode())
        for room, head in heads.items():
            tasks.create_task(append_forever(journal, room, head))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), early="early" in sys.argv))
