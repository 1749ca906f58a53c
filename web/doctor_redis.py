"""What `kring doctor` says of a Redis that servers share: is it there, will it do, and what `done` means there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError

from rooms.model import Fact
from web.finding import Finding, Verdict

ANSWER_S = 2.0
PORT = 6379
OLDEST = (7, 0)
"""The first with channels that belong to a slot."""
NEVER_FORGETS = "noeviction"


def examine(url: str) -> Iterator[Finding]:
    """Without the password that may stand in `url`."""
    parts = urlsplit(url)
    facts: dict[str, Fact] = {
        "address": parts.path if parts.scheme == "unix" else f"{parts.hostname}:{parts.port or 6379}"
    }
    try:
        with Redis.from_url(url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S) as client:
            server, persistence = client.info("server"), client.info("persistence")
            yield from _found(server, persistence, _configured(client), facts)
    except (RedisError, OSError, ValueError):
        yield Finding(Verdict.FAIL, "doctor-redis-silent", facts)


def _configured(client: Redis) -> Mapping[str, str]:
    """What some providers keep to themselves; nothing then."""
    try:
        found = client.config_get("appendfsync", "maxmemory", "maxmemory-policy")
    except RedisError:
        return {}
    return {str(name): str(value) for name, value in found.items()}


def _found(
    server: Mapping[str, object], persistence: Mapping[str, object], set: Mapping[str, str], facts: dict[str, Fact]
) -> Iterator[Finding]:
    version = str(server["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        yield Finding(Verdict.FAIL, "doctor-redis-old", {**facts, "version": version})
    else:
        yield Finding(Verdict.OK, "doctor-redis-ok", {**facts, "version": version})
    yield _durability(bool(persistence["aof_enabled"]), set.get("appendfsync"))
    if set.get("maxmemory", "0") != "0" and set.get("maxmemory-policy") != NEVER_FORGETS:
        yield Finding(Verdict.FAIL, "doctor-redis-evicts")


def _durability(keeps_file: bool, syncs: str | None) -> Finding:
    """J4: what `done` promises."""
    if not keeps_file:
        return Finding(Verdict.WARN, "doctor-redis-memory")
    if syncs == "always":
        return Finding(Verdict.OK, "doctor-journal-ok")
    if syncs == "no":
        return Finding(Verdict.WARN, "doctor-redis-sometimes")
    return Finding(Verdict.OK, "doctor-redis-everysec")
