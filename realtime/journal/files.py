"""The files a Redis server keeps, for those who must leave no trace in them (C7)."""

from __future__ import annotations

from redis.asyncio import Redis

from realtime.journal.loop import pauses

SCRUB_S = 60.0


async def scrub(client: Redis) -> bool:
    """Have the server write its files anew, without what was deleted. False: it is writing them already.

    Raises what the library raises, also when the server does not let its files be written.
    """
    before = await client.info("persistence")
    if not before["aof_enabled"]:
        return True
    if before["aof_rewrite_in_progress"]:
        return False  # begun before this was asked
    await client.bgrewriteaof()
    async for _ in pauses(SCRUB_S):
        found = await client.info("persistence")
        if not found["aof_rewrite_in_progress"] and not found["aof_rewrite_scheduled"]:
            return bool(found["aof_last_bgrewrite_status"] == "ok")
    return False
