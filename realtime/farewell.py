"""When a process ends: everybody is asked to come back, and loses nothing by it."""

from __future__ import annotations

import asyncio
from collections import deque

from realtime.connection import Connection
from realtime.hub import Hub
from realtime.wire import CloseCode

PER_S = 500
"""So many may come to the other processes."""
MOST_S = 15.0
ANSWERED_S = 3.0
"""How long one waits, after everybody's turn, for answers that are still to come."""
LOOK_S = 0.01
ELSEWHERE_MS = 50
"""Somebody else is there already."""


async def farewell(hub: Hub, *, per_s: float = PER_S) -> None:
    """Ask one after the other to come back, once all it did has been answered; who is left at the end, anyway."""
    waiting = deque(hub.close_doors())
    loop = asyncio.get_running_loop()
    began, over_s = loop.time(), min(MOST_S, len(waiting) / per_s)
    step = len(waiting) / over_s if over_s else 0
    asked = 0
    hushed: list[Connection] = []
    while (waiting or hushed) and (passed := loop.time() - began) < over_s + ANSWERED_S:
        while waiting and asked <= passed * step:
            asked += 1
            hushed.append(waiting.popleft())
            hushed[-1].hush()
        for connection in hushed:
            if connection.answered:
                connection.close(CloseCode.RESTARTING, retry_ms=ELSEWHERE_MS)
        hushed = [connection for connection in hushed if connection.opened]
        await asyncio.sleep(LOOK_S)
    hub.drain()
