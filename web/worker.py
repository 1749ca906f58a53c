"""`kring worker`: what no server is there to finish, finished.

The journal of a server that stands alone has one user (J5). While a server runs, its own worker does all this; in a
Procfile the two would race for the journal, so there this one stays away from it (`--stay`). Where servers share a
Redis it works beside them until it is stopped, and any number of others.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping

import click
import structlog

from persistence import communities
from persistence.database import FILE, Database
from persistence.gate import now_ms
from persistence.worker import Worker
from realtime.journal.local import AlreadyOpen
from web import directory, log, settings
from web.app import house
from web.catalogue import say
from web.complaint import Complaint
from web.serve import files_of_ours, loop_factory
from web.settings import Settings


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_worker(stay: bool) -> int:
        found = settings.read(environ)
        if found.redis_url is not None:
            return share(found, lang)
        return wait(lang) if stay else work(found, lang)

    staying = click.Option(["--stay"], is_flag=True, help=say(lang, "help-worker-stay"))
    return click.Command("worker", callback=on_worker, params=[staying], help=say(lang, "help-worker"))


def wait(lang: str) -> int:
    """Beside a server, which archives by itself. Until stopped: honcho stops everything when one process ends."""
    stops = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    print(say(lang, "worker-embedded"), flush=True)
    signal.sigwait(stops)
    return 0


def share(found: Settings, lang: str) -> int:
    """Beside servers and other workers on the same Redis, until stopped. Raises Complaint."""
    os.umask(0o077)
    log.start(found.log)
    directory.prepare(found.data)
    with asyncio.Runner(loop_factory=loop_factory()) as runner, files_of_ours(found):
        runner.run(_share(found, lang))
    return 0


async def _share(found: Settings, lang: str) -> None:
    stopped = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    async with house(found, serving=False):
        print(say(lang, "worker-shares"), flush=True)
        await stopped.wait()


def work(found: Settings, lang: str) -> int:
    """Take in what the journal has, close what is closing, delete what was kept for long enough.

    Raises Complaint, also when some of it has to be tried again.
    """
    if not (found.data / FILE).is_file():
        raise Complaint("link-no-database", path=str(found.data))
    os.umask(0o077)
    log.start(found.log)
    directory.prepare(found.data)
    try:
        with asyncio.Runner(loop_factory=loop_factory()) as runner, files_of_ours(found):
            closed, failed, swept = runner.run(finish(found))
    except AlreadyOpen:
        print(say(lang, "worker-beside-server"))
        return 0
    if failed:
        raise Complaint("worker-not-finished", count=failed)
    if not swept:
        raise Complaint("worker-not-swept")
    print(say(lang, "worker-done", {"count": closed}))
    return 0


async def finish(found: Settings) -> tuple[int, int, bool]:
    """How many sessions are closed now, how many could not be, and whether transcripts went that had to."""
    async with Database.open(found.data) as database, database.read() as tx:
        if not await communities.everyone(tx):  # a house would make one, and its owner's link would be lost
            raise Complaint("link-no-database", path=str(found.data))
    async with house(found, follow=False) as standing:
        closed, failed = await standing.worker.finish()
        return closed, failed, await _swept(standing.worker)


async def _swept(worker: Worker) -> bool:
    try:
        await worker.sweep(now_ms())
    except Exception:
        structlog.get_logger().exception("transcripts.not_swept")
        return False
    return True
