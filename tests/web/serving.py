"""A real server on a free port, in the test's own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

import uvicorn
import uvloop
from starlette.types import ASGIApp

from web.serve import listen
from web.server import Server, configuration

T = TypeVar("T")

LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "asyncio": asyncio.new_event_loop,
    "uvloop": uvloop.new_event_loop,
}


def run(loop: str, scenario: Coroutine[object, object, T]) -> T:
    """Run a scenario on one of the two event loops."""
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(scenario)


async def nothing() -> None:
    """Nobody to take leave of."""


@asynccontextmanager
async def serving(
    app: ASGIApp,
    *,
    drain: Callable[[], Awaitable[None]] = nothing,
    change: Callable[[uvicorn.Config], None] = lambda config: None,
) -> AsyncIterator[int]:
    """The port at which `app` is served as `kring serve` would; `change` may turn the configuration about."""
    listener = listen("127.0.0.1", 0)
    port: int = listener.getsockname()[1]
    listening = asyncio.Event()
    config = configuration(app)
    change(config)
    server = Server(config, listening=listening.set, drain=drain)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve(sockets=[listener]))
        await listening.wait()
        try:
            yield port
        finally:
            server.should_exit = True
