"""`kring serve`: from settings to a listening server, and back to a closed house."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic.util import CommandError

from realtime.farewell import farewell
from realtime.journal.local import AlreadyOpen
from realtime.journal.tables import OtherFormat
from web import directory, log
from web.addresses import outside_url
from web.app import build, house
from web.complaint import Complaint
from web.house import House
from web.server import BACKLOG, Server, configuration
from web.settings import Settings

Announce = Callable[[House, int], None]


def serve(settings: Settings, announce: Announce) -> None:
    """Serve until a signal says stop. `announce` is told once it listens, and at which port. Raises Complaint."""
    os.umask(0o077)
    log.start(settings.log)
    raise_open_files()
    directory.prepare(settings.data)
    with listen(settings.host, settings.port, shared=settings.redis_url is not None) as listener:
        try:
            with asyncio.Runner(loop_factory=loop_factory()) as runner, files_of_ours(settings):
                runner.run(_serve(settings, listener, announce))
        except KeyboardInterrupt:
            pass
        except AlreadyOpen:
            raise Complaint("serve-in-use", path=str(settings.data)) from None


@contextmanager
def files_of_ours(settings: Settings) -> Iterator[None]:
    """Raises Complaint where another Kring wrote the files that are opened inside."""
    try:
        yield
    except CommandError:
        raise Complaint("serve-newer-files", path=str(settings.data)) from None
    except OtherFormat:
        raise Complaint("serve-other-journal", path=str(settings.data)) from None


SWEEPS = (20_000, 20, 100)
"""How many new objects, how many sweeps of the young, of the middle-aged: what a hall has done is no garbage."""


async def _serve(settings: Settings, listener: socket.socket, announce: Announce) -> None:
    port: int = listener.getsockname()[1]
    address = settings.data / directory.ADDRESS
    async with house(settings) as standing:

        def listening() -> None:
            directory.write_private(address, outside_url(settings, port))
            gc.collect()
            gc.freeze()
            gc.set_threshold(*SWEEPS)
            announce(standing, port)

        async def drain() -> None:
            standing.leaving = True
            if settings.redis_url is not None:
                await farewell(standing.hub)
            standing.hub.drain()

        server = Server(configuration(build(settings, standing)), listening=listening, drain=drain)
        try:
            await server.serve(sockets=[listener])
        finally:
            address.unlink(missing_ok=True)


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening socket; `shared`: with others of ours at the same port. Raises Complaint when it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, _, _, address = found[0]
        # asyncio turns Nagle's algorithm off only where it is told that it is TCP: else each answer waits 40 ms
        return _bound(socket.socket(family, kind, socket.IPPROTO_TCP), address, shared)
    except socket.gaierror:
        raise Complaint("serve-host-absent", host=host) from None
    except OSError as error:
        other = port + 1 if 1024 <= port < 65_535 else 8000
        if error.errno == errno.EADDRINUSE:
            raise Complaint("serve-port-taken", port=str(port), other=str(other)) from None
        if error.errno == errno.EACCES:
            raise Complaint("serve-port-forbidden", port=str(port), other=str(other)) from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise Complaint("serve-host-absent", host=host) from None
        raise


def _bound(listener: socket.socket, address: tuple[object, ...], shared: bool) -> socket.socket:
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if listener.family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def raise_open_files() -> int:
    """Every connection is an open file: take as many as the system lets us have. How many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):  # some systems call a limit infinite and refuse it
            return soft
    return hard


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop
