"""When the server started again, or was emptied: those who know more of its rooms come first (J8).

A server that starts has no scripts, whatever its files say; so whoever finds the script of an append missing begins a
new era of every tag, in which for a second nothing new is appended, and every follower looks: who knows more of a room
than the server appends it again. Only then is the script brought. A server that was emptied has no era.
"""

from __future__ import annotations

from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from realtime.journal import scripts
from realtime.journal.keys import Anew, Keys, all_tags, encode

Arg = str | bytes | int

TRIES = 3
RETRY_MS = 10


class Eras:
    """One process's word on which start of the server it is."""

    def __init__(self, client: Redis, prefix: str, healing_s: float) -> None:
        self._client = client
        self._tags = all_tags(prefix)
        self._healing_ms = round(healing_s * 1_000)
        self._append = client.register_script(scripts.APPEND)
        self._begin = client.register_script(scripts.ERA)
        self._era = ""

    async def append(self, keys: Keys, args: Sequence[Arg]) -> tuple[bytes, int]:
        """What the script answers; `wait` where another era has begun. Raises what the library raises."""
        names = [keys.head, keys.entries, keys.turn, keys.pending, keys.channel, keys.era, keys.healing]
        for _ in range(TRIES):
            try:
                answer, ms = await self._client.evalsha(self._append.sha, len(names), *names, *args, self._era)
            except NoScriptError:
                await self._begin_anew()
                await self._client.script_load(scripts.APPEND)
                continue
            if answer != b"anew":
                return answer, ms
            await self._begin_anew()
        return b"wait", RETRY_MS

    async def _begin_anew(self) -> None:
        """Of all tags before any is appended to: the script, once there, lets everybody pass."""
        self._era = (await self._client.info("server"))["run_id"]
        anew = encode(Anew(None))
        async with self._client.pipeline(transaction=False) as pipeline:
            for tag in self._tags:
                await self._begin(
                    keys=[tag.era, tag.healing, tag.channel], args=[self._era, self._healing_ms, anew], client=pipeline
                )
            await pipeline.execute()
