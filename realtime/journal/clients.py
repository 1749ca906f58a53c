"""How a process speaks with a Redis server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

CONNECTIONS = 32


@asynccontextmanager
async def clients(url: str, answer_s: float) -> AsyncIterator[tuple[Redis, Redis]]:
    """One to ask, which answers within `answer_s`, and one to listen by: reads that wait have a client of their own.

    Neither tries anything twice: an append whose answer got lost is asked about by ourselves (J2).
    """
    once = Retry(NoBackoff(), 0)
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=answer_s,
        socket_timeout=answer_s,
        socket_connect_timeout=answer_s,
        retry=once,
    )
    async with (
        Redis(connection_pool=pool) as asking,
        Redis.from_url(url, socket_timeout=None, socket_connect_timeout=answer_s, retry=once) as listening,
    ):
        yield asking, listening
    await pool.aclose()
