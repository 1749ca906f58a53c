"""`kring doctor` about a Redis: real servers, set up well and badly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.journal.valkey import valkey
from web import doctor_redis
from web.catalogue import say

ALWAYS = ["doctor-redis-ok", "doctor-journal-ok"]


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with valkey(tmp_path) as found:
        yield found


def messages(url: str) -> list[str]:
    return [finding.message for finding in doctor_redis.examine(url)]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ALWAYS),
        ({"appendfsync": "everysec"}, ["doctor-redis-ok", "doctor-redis-everysec"]),
        ({"appendfsync": "no"}, ["doctor-redis-ok", "doctor-redis-sometimes"]),
        ({"appendonly": "no"}, ["doctor-redis-ok", "doctor-redis-memory"]),
        ({"maxmemory": "100mb", "maxmemory-policy": "allkeys-lru"}, [*ALWAYS, "doctor-redis-evicts"]),
        ({"maxmemory": "100mb", "maxmemory-policy": "noeviction"}, ALWAYS),
        ({"maxmemory-policy": "allkeys-lru"}, ALWAYS),
    ],
)
def test_j4_it_says_what_done_means_there(url: str, changed: dict[str, str], found: list[str]) -> None:
    with Redis.from_url(url) as client:
        for name, value in changed.items():
            client.config_set(name, value)
    assert messages(url) == found


def test_who_may_not_see_how_it_is_set_up_is_told_what_can_be_seen(url: str) -> None:
    with Redis.from_url(url) as client:
        client.execute_command("ACL", "SETUSER", "kring", "on", ">secret", "~*", "&*", "+@all", "-config")
    assert messages(f"{url}?username=kring&password=secret") == ["doctor-redis-ok", "doctor-redis-everysec"]


def test_one_that_does_not_answer_is_named_without_its_password() -> None:
    (finding,) = doctor_redis.examine("redis://:geheim@127.0.0.1:1/0")
    sentence = say("en", finding.message, finding.facts)
    assert "127.0.0.1:1 does not answer" in sentence
    assert "geheim" not in sentence
