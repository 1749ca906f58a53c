"""What only the Redis journal has: a network in between, news that get lost, a server that forgets, others who race."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress

import pytest
from redis.asyncio import Redis
from redis.crc import key_slot

from realtime.journal import (
    UNBORN,
    Conflict,
    Entry,
    Forked,
    Journal,
    Lost,
    Position,
    Undecided,
    Unreachable,
    Wait,
    Whisper,
    redis,
)
from realtime.journal.keys import TAGS, all_tags, keys_of
from realtime.journal.loop import new_attempt, pauses, settle
from realtime.journal.redis import RedisJournal
from tests.journal.store import ROOM, RedisStore, chained, collect, fill, until, whole
from tests.realtime.proxy import Proxy

SOON_S = 5.0
NOT_S = 0.6
"""What does not come within so long does not come: for the controls."""


# --- where things lie ----------------------------------------------------------------------------------------------


def test_j6_all_keys_of_a_room_are_in_one_slot_and_the_tags_are_spread_over_all() -> None:
    keys = keys_of("kring:", "r1")
    names = (keys.head, keys.entries, keys.checkpoint, keys.turn, keys.pending, keys.channel)
    assert len({key_slot(name.encode()) for name in names}) == 1
    slots = [key_slot(tag.pending.encode()) for tag in all_tags("kring:")]
    assert len(set(slots)) == TAGS
    for third in range(3):  # of a cluster of three, each has about as much to do
        assert TAGS / 6 < sum(slot * 3 // 16_384 == third for slot in slots) < TAGS / 2


def test_rooms_are_spread_over_the_tags() -> None:
    tags = [keys_of("kring:", f"room{nth}").pending for nth in range(6_400)]
    assert set(tags) == {tag.pending for tag in all_tags("kring:")}
    assert max(map(tags.count, set(tags))) < 200


# --- a network in between ------------------------------------------------------------------------------------------


async def test_j2_an_append_whose_answer_is_lost_is_undecided_and_found_when_it_is_asked_about(redis_port: int) -> None:
    prefix = "answer-lost:"
    async with (
        RedisJournal.open(f"redis://127.0.0.1:{redis_port}", prefix=prefix, healing_s=0) as near,
        Proxy.open(redis_port) as proxy,
        RedisJournal.open(f"redis://127.0.0.1:{proxy.port}", prefix=prefix, healing_s=0) as far,
        asyncio.timeout(SOON_S),
    ):
        (on,) = await fill(far, 1)
        for pair in proxy.pairs:
            pair.down.clear()
        attempt = new_attempt()
        async with asyncio.TaskGroup() as tasks:
            asked = tasks.create_task(_undecided(far.append(ROOM, b"once", on, attempt)))
            await collect(near, on, 2)  # it is stored
            proxy.cut()
        assert asked.result()
        position = await far.append(ROOM, b"once", on, attempt)
        assert [entry.position for entry in await whole(near)] == [on, position]
        with pytest.raises(Conflict):  # control: asked about as something else
            await far.append(ROOM, b"once", on, new_attempt())


async def _undecided(append: Awaitable[Position]) -> bool:
    try:
        await append
    except Undecided:
        return True
    return False


Deaf = Callable[[Proxy, int], Awaitable[None]]


async def killed(proxy: Proxy, port: int) -> None:
    """The server ends every subscription."""
    async with Redis(port=port) as client:
        await client.client_kill_filter(_type="pubsub")


async def cut(proxy: Proxy, port: int) -> None:
    """The network goes away, and comes back."""
    proxy.cut()


async def swallowed(proxy: Proxy, port: int) -> None:
    """Nothing ends; nothing arrives either."""
    for pair in proxy.pairs:
        pair.down.clear()


@pytest.mark.parametrize("deafen", [killed, cut, swallowed])
async def test_j6_what_is_told_while_a_subscription_is_deaf_is_read(deafen: Deaf, redis_port: int) -> None:
    assert await _heard_of_the_last(deafen, redis_port, "deaf:", SOON_S)


@pytest.mark.parametrize("deafen", [killed, cut])
async def test_control_a_listener_that_does_not_look_again_misses_it(
    deafen: Deaf, redis_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RedisJournal, "hears_again", lambda journal, channel: None)
    assert not await _heard_of_the_last(deafen, redis_port, "misses:", NOT_S)


async def test_control_without_probing_silence_is_taken_for_peace(redis_port: int) -> None:
    assert not await _heard_of_the_last(swallowed, redis_port, "unprobed:", NOT_S, probe_s=60)


async def _heard_of_the_last(deafen: Deaf, port: int, prefix: str, within_s: float, *, probe_s: float = 0.05) -> bool:
    """Whether a follower learns of an entry that was the last one, and told to deaf ears."""
    prefix = f"{prefix}{deafen.__name__}:"
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        near = await enter(RedisJournal.open(f"redis://127.0.0.1:{port}", prefix=prefix, healing_s=0))
        proxy = await enter(Proxy.open(port))
        url = f"redis://127.0.0.1:{proxy.port}"
        far = await enter(RedisJournal.open(url, prefix=prefix, probe_s=probe_s, answer_s=0.2, healing_s=0))
        (on,) = await fill(near, 1)
        read, heard = asyncio.Event(), asyncio.Event()
        following = asyncio.ensure_future(_rest(far, on, read, heard))
        await read.wait()
        await near.whisper(ROOM, b"now it only listens")
        await heard.wait()
        await deafen(proxy, port)
        await near.append(ROOM, b"last", on, new_attempt())
        try:
            async with asyncio.timeout(within_s):
                return (await following).body == b"last"
        except TimeoutError:
            return False


async def _rest(journal: Journal, on: Position, read: asyncio.Event, heard: asyncio.Event) -> Entry:
    """The entry after `on`. A reader whose journal is out of order follows anew, as a room does."""
    while True:
        with suppress(Unreachable):
            async with aclosing(journal.follow(ROOM, UNBORN)) as news:
                async for pieces in news:
                    read.set()
                    for piece in pieces:
                        if isinstance(piece, Whisper):
                            heard.set()
                        elif piece.seq > on.seq:
                            return piece


# --- news that get lost --------------------------------------------------------------------------------------------


async def test_j6_a_follower_that_sees_a_hole_reads_what_it_lacks(
    shared: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, dropped = RedisJournal.heard, list[bytes]()

    def heard(journal: RedisJournal, channel: str, message: bytes) -> None:
        if b"%08d" % 7 in message:
            dropped.append(message)
        else:
            real(journal, channel, message)

    monkeypatch.setattr(RedisJournal, "heard", heard)
    async with (
        asyncio.timeout(SOON_S),
        shared.open(2) as (one, other),
        aclosing(other.follow(ROOM, UNBORN)) as news,
    ):
        positions = await fill(one, 1)
        seen = await until(news, 1)
        positions += await fill(one, 19, on=positions[-1])
        seen += await until(news, 20)
    assert dropped
    assert [entry.position for entry in seen] == positions


# --- a server that forgets -----------------------------------------------------------------------------------------


@asynccontextmanager
async def _server(store: RedisStore) -> AsyncIterator[Redis]:
    async with Redis.from_url(store.url) as client:
        yield client


async def _everything(client: Redis, store: RedisStore) -> dict[bytes, bytes]:
    """What there is, as it could come back after a crash: key → its bytes."""
    keys = [key async for key in client.scan_iter(f"{store.prefix}*")]
    return {key: value for key in keys if (value := await client.dump(key)) is not None}


async def _put_back(client: Redis, store: RedisStore, was: dict[bytes, bytes]) -> None:
    async for key in client.scan_iter(f"{store.prefix}*"):
        await client.delete(key)
    for key, value in was.items():
        await client.restore(key, 0, value)


async def test_j1_a_server_that_has_nothing_any_more_has_lost_the_room(shared: RedisStore) -> None:
    async with shared.open(2) as (one, other), _server(shared) as client:
        positions = await fill(one, 4)
        await _put_back(client, shared, {})
        for journal in (one, other):
            with pytest.raises(Lost) as lost:
                await journal.append(ROOM, b"more", positions[-1], new_attempt())
            assert lost.value.head == UNBORN
            with pytest.raises(Lost):
                await journal.read(ROOM, positions[1])
            with pytest.raises(Lost):
                await collect(journal, positions[1], 5)


async def test_j1_a_server_that_came_back_older_and_went_on_has_another_past(shared: RedisStore) -> None:
    async with shared.open(2) as (one, other), _server(shared) as client:
        positions = await fill(one, 4)
        older = await _everything(client, shared)
        lost = await fill(one, 3, on=positions[-1])
        await _put_back(client, shared, older)
        with pytest.raises(Lost) as found:
            await other.append(ROOM, b"more", lost[-1], new_attempt())
        assert found.value.head == positions[-1]
        await fill(other, 5, on=positions[-1], size=9)
        for on in lost:
            with pytest.raises(Forked):
                await one.append(ROOM, b"more", on, new_attempt())
            with pytest.raises(Forked):
                await collect(one, on, 9)
        assert (await one.append(ROOM, b"more", (await whole(one))[-1].position, new_attempt())).seq == 10


async def test_j8_what_was_lost_is_appended_again_and_is_as_it_was(shared: RedisStore) -> None:
    """The same bytes on the same place make the same marks: whoever followed notices nothing."""
    async with shared.open(2) as (one, other), _server(shared) as client:
        positions = await fill(one, 4)
        older = await _everything(client, shared)
        await fill(one, 3, on=positions[-1])
        before = await whole(one)
        await _put_back(client, shared, older)
        on = positions[-1]
        for entry in before[4:]:
            on = await other.append(ROOM, entry.body, on, entry.attempt)
        assert await whole(one) == before


# --- others who race -----------------------------------------------------------------------------------------------


async def _race(journal: Journal, count: int, *, name: bytes, most_conflicts: int = 10**6) -> tuple[int, int]:
    """Get so many entries in, as the hub does: how many are, and how often somebody else was first."""
    on, conflicts, done = UNBORN, 0, 0
    while done < count and conflicts < most_conflicts:
        try:
            on = await settle(
                journal, ROOM, b"%s %d" % (name, done), on, attempt=new_attempt(), patience=pauses(SOON_S)
            )
            done += 1
        except Conflict as conflict:
            on = conflict.missing[-1].position
            conflicts += 1
        except Wait as wait:
            await asyncio.sleep(wait.retry_ms / 1_000)
    return done, conflicts


async def test_two_processes_race_and_each_place_has_one_winner(shared: RedisStore) -> None:
    count = 1_000
    async with shared.open(2) as (one, other):
        async with asyncio.TaskGroup() as tasks:
            racing = [tasks.create_task(_race(each, count, name=name)) for each, name in ((one, b"a"), (other, b"b"))]
        entries = await whole(one)
    chained(UNBORN, entries)
    assert len(entries) == 2 * count
    for name in (b"a", b"b"):  # nothing lost, nothing doubled, each in its own order
        theirs = [entry.body for entry in entries if entry.body.startswith(name)]
        assert theirs == [b"%s %d" % (name, nth) for nth in range(count)]
    print(f"entries and conflicts of each: {[each.result() for each in racing]}")


AWAY_S = 0.05
BATCHES = 5
FEW = 2 * redis.CONFLICTS
"""Conflicts per batch: as many as it takes until the turn is asked for, and as many again."""


@pytest.mark.fault
async def test_j7_who_is_further_away_gets_its_batches_in(redis_port: int) -> None:
    done, conflicts, near = await _against_somebody_near(redis_port, "turn:", BATCHES * FEW)
    print(f"{done} batches from {AWAY_S} s away with {conflicts} conflicts, among {near} from near")
    assert done == BATCHES


@pytest.mark.fault
async def test_control_without_the_turn_who_is_near_always_wins(
    redis_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "CONFLICTS", 10**6)
    done, _, _ = await _against_somebody_near(redis_port, "no-turn:", BATCHES * FEW)
    assert done < BATCHES


async def _against_somebody_near(port: int, prefix: str, most_conflicts: int) -> tuple[int, int, int]:
    """Of somebody far away: batches that got in, and conflicts; and the entries of somebody near meanwhile."""
    async with (
        RedisJournal.open(f"redis://127.0.0.1:{port}", prefix=prefix, healing_s=0) as near,
        Proxy.open(port, AWAY_S) as proxy,
        RedisJournal.open(f"redis://127.0.0.1:{proxy.port}", prefix=prefix, healing_s=0) as far,
        asyncio.TaskGroup() as tasks,
    ):
        going = tasks.create_task(_race(far, BATCHES, name=b"far", most_conflicts=most_conflicts))
        appended = 0
        while not going.done():
            appended += await _one(near, appended)
        done, conflicts = going.result()
    return done, conflicts, appended


async def _one(journal: Journal, nth: int) -> int:
    """One more, unless it is somebody else's turn or they were first."""
    past = await journal.read(ROOM, None)
    try:
        await journal.append(ROOM, b"near %d" % nth, past.head, new_attempt())
    except (Conflict, Wait):
        return 0
    return 1
