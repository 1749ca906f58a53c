"""W: what comes in at one socket is checked, counted and paced; what is wrong with it costs nobody else anything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from realtime import connection as module
from realtime.connection import BUFFERED, BURST, HELLO_MS, HOPELESS_MS, PING_S, RATE, SILENT_MS, Connection
from realtime.hub import SOCKETS
from realtime.wire import IN_FLIGHT, MESSAGE_BYTES, CloseCode
from rooms.model import Role
from tests.realtime.browser import ROOM, Browser
from tests.realtime.house import House, all_is_well, closed_as, eventually, house, turns

POST = {"t": "chat.post", "text": "Dag."}


# --- hello -----------------------------------------------------------------------------------------


async def test_hello_is_answered_with_welcome(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = built.browser("anne")
        anne.send("hello", token="anne", lang="en")
        welcome = await anne.hear("welcome")
        assert (welcome["name"], welcome["lang"], welcome["ping"]) == ("Anne", "en", PING_S)
        assert welcome["limits"] == {"message_bytes": MESSAGE_BYTES, "in_flight": IN_FLIGHT, "page": 100}


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize(
    "first",
    [
        ("ping", {}),
        ("join", {"id": "1", "room": ROOM}),
        ("do", {"id": "1", "room": ROOM, "cmd": POST, "seq": 0, "mark": ""}),
        ("leave", {"id": "1", "room": ROOM}),
        ("page", {"id": "1", "room": ROOM, "before": 1}),
        ("whisper", {"room": ROOM, "name": "typing", "data": {}}),
    ],
    ids=lambda first: first[0],
)
async def test_a_message_before_hello_closes(
    tmp_path: Path, first: tuple[str, dict[str, object]], binary: bool
) -> None:
    async with house(tmp_path) as built:
        witness, mallory = await built.seated("anne"), built.browser("mallory", binary=binary)
        mallory.send(first[0], **first[1])
        assert closed_as(mallory, CloseCode.NO_HELLO)
        await all_is_well(built, witness)


async def test_a_second_hello_closes(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        witness, mallory = await built.seated("anne"), await built.seated("mallory")
        mallory.send("hello", token="anne")
        assert closed_as(mallory, CloseCode.BAD_MESSAGE)
        assert not mallory.connection.seats
        await all_is_well(built, witness)


async def test_a_second_hello_closes_also_while_the_first_is_looked_at(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        mallory = built.browser("mallory")
        built.gate.slow["identify"] = asyncio.Event()
        mallory.send("hello", token="mallory")
        mallory.send("hello", token="anne")
        await turns()
        built.gate.slow["identify"].set()
        await mallory.until(lambda: mallory.code)
        assert closed_as(mallory, CloseCode.BAD_MESSAGE)


@pytest.mark.parametrize("token", ["wrong", "", None])
async def test_hello_of_nobody_closes(tmp_path: Path, token: str | None) -> None:
    async with house(tmp_path) as built:
        mallory = built.browser("mallory")
        mallory.send("hello", token=token)
        await mallory.until(lambda: mallory.code)
        assert closed_as(mallory, CloseCode.SIGNED_OUT)


async def test_no_hello_closes_after_a_while(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        silent = built.browser("silent")
        built.clock.advance(HELLO_MS)
        built.hub.sweep()
        assert silent.code is None
        built.clock.advance(1)
        built.hub.sweep()
        assert closed_as(silent, CloseCode.NO_HELLO)
        assert built.hub.stats().connections == 0


async def test_whoever_does_not_ping_is_asked_to_come_back(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        built.clock.advance(SILENT_MS)
        bram.send("ping")
        await bram.hear("pong")
        built.clock.advance(1)
        built.hub.sweep()
        assert closed_as(anne, CloseCode.SILENT)
        assert bram.code is None


async def test_hello_while_the_database_is_away_asks_to_come_back(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        witness, anne = await built.seated("vera"), built.browser("anne")
        built.gate.broken.add("identify")
        anne.send("hello", token="anne")
        await anne.until(lambda: anne.code)
        assert closed_as(anne, CloseCode.RESTARTING)
        assert anne.heard("bye")[0]["retry_ms"] > 0
        built.gate.broken.clear()
        await all_is_well(built, witness)


async def test_a_person_may_have_50_sockets(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        sockets = [await built.welcomed("anne") for _ in range(SOCKETS)]
        one_more = built.browser("anne")
        one_more.send("hello", token="anne")
        await one_more.until(lambda: one_more.code)
        assert closed_as(one_more, CloseCode.TOO_MANY)
        sockets[0].hang_up()
        assert (await built.welcomed("anne")).code is None
        assert all(browser.code is None for browser in sockets[1:])


# --- order and pace ----------------------------------------------------------------------------------


async def test_messages_keep_their_order_around_a_step(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        built.gate.slow["admit"] = asyncio.Event()
        anne.send("join", id="j", room=ROOM)
        id = anne.post()
        anne.send("ping")
        await turns()
        assert anne.line.paused
        assert not anne.heard("refused")
        assert not anne.heard("pong"), "nothing is taken out of turn"
        built.gate.slow["admit"].set()
        await anne.ok(id)
        assert [m["t"] for m in anne.messages if m["t"] in ("joined", "pong", "done")] == ["joined", "pong", "done"]
        assert not anne.line.paused


async def test_a_transport_that_goes_on_during_a_pause_is_held_then_ended(tmp_path: Path) -> None:
    """What arrives before a pause takes hold is kept in order; without end it is not."""
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        built.gate.slow["admit"] = asyncio.Event()
        anne.send("join", id="j", room=ROOM)
        for _ in range(module.HELD):
            anne.connection.received(b"\x81\xa1t\xa4ping")
        assert anne.code is None
        anne.connection.received(b"\x81\xa1t\xa4ping")
        assert closed_as(anne, CloseCode.TOO_MANY)
        built.gate.slow["admit"].set()
        await turns()
        assert built.hub.stats().seats == 0


async def flood(built: House, browser: Browser, seconds: int) -> int:
    """Send as fast as the line takes it; how many pings were answered in so much time."""
    for _ in range(int(BURST + RATE * seconds * 3)):
        browser.send("ping")
    for _ in range(seconds * 10):
        built.clock.advance(100)
        browser.connection._waited()  # what the timer calls
    return len(browser.heard("pong"))


async def test_w_a_flood_of_heartbeats_is_read_at_the_bucket_s_pace(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for _ in range(int(BURST) + 50):
            anne.send("ping")
        assert sum(written[0]["t"] == "pong" for written in anne.writes) <= BURST
        assert anne.line.paused


async def test_a_heartbeat_is_answered_however_it_is_spelled(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne", binary=False)
        for spelled in (b'{"t":"ping"}', b' {"t": "ping" }'):
            pongs = sum(written[0]["t"] == "pong" for written in anne.writes)
            anne.raw(spelled)
            assert sum(written[0]["t"] == "pong" for written in anne.writes) == pongs + 1


async def test_w_a_flood_is_read_at_the_bucket_s_pace(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        count = await flood(built, anne, 5)
        assert BURST + 5 * RATE * 0.8 <= count <= BURST + 5 * RATE + 2
        assert anne.code is None


async def test_control_without_the_bucket_all_of_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BURST", 1e9)
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        assert await flood(built, anne, 5) == int(BURST + RATE * 5 * 3)


async def test_an_empty_bucket_during_a_step_is_read_on_from(tmp_path: Path) -> None:
    """The timer that refills the bucket may ring while a step is under way; the step then reads on by itself."""
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        anne.connection._tokens = 0
        built.gate.slow["admit"] = asyncio.Event()
        anne.send("join", id="j", room=ROOM)
        built.clock.advance(1_000)
        anne.connection._waited()
        assert anne.line.paused
        built.gate.slow["admit"].set()
        await anne.hear("joined")
        await eventually(lambda: not anne.line.paused)
        await anne.ok(anne.post())


async def test_a_clock_that_is_set_back_holds_nobody_up(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        built.clock.advance(-3_600_000)
        await anne.ok(anne.post())
        assert not anne.line.paused


async def unread(built: House) -> int:
    """The most that is ever kept for somebody who asks for pages, hundreds of them, and reads none."""
    for n in range(100):
        author = await built.seated(f"author-{n % 5}")
        await author.ok(author.post("x" * 2_000))
        author.hang_up()
    await built.archive.drain()
    mallory = await built.seated("mallory")
    mallory.line.stuck = True
    for n in range(70):
        mallory.send("page", id=f"p{n}", room=ROOM, before=2**50)
    for _ in range(70):
        built.clock.advance(1_000)
        await turns(5)
        mallory.connection._waited()
    return mallory.line.largest


async def test_whoever_does_not_read_is_not_read(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        page = 250_000
        assert await unread(built) < BUFFERED + page


async def test_control_without_looking_they_make_us_keep_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUFFERED", 10**9)
    async with house(tmp_path) as built:
        assert await unread(built) > 10 * BUFFERED


async def test_whoever_reads_nothing_for_long_is_closed_also_without_a_room(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        mallory = await built.welcomed("mallory")
        mallory.line.stuck, mallory.line.unsent = True, BUFFERED + 1
        built.hub.sweep()
        built.clock.advance(HOPELESS_MS)
        built.hub.sweep()
        assert mallory.code is None
        built.clock.advance(1)
        built.hub.sweep()
        assert closed_as(mallory, CloseCode.TOO_SLOW)


async def test_a_slow_reader_that_catches_up_is_forgiven(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        for _ in range(3):
            anne.line.unsent = BUFFERED + 1
            built.hub.sweep()
            built.clock.advance(HOPELESS_MS)
            anne.line.drain()
            built.hub.sweep()
            anne.send("ping")
        assert anne.code is None


async def test_commands_in_flight_are_bounded_for_all_rooms_together(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        built.gate.rooms["other"] = "chat"
        await built.opened("other")
        anne = await built.seated("anne")
        await anne.join("other")
        ids = [anne.do(POST, room=(ROOM, "other")[n % 2]) for n in range(IN_FLIGHT + 2)]
        refused = [await anne.refused(id) for id in ids[IN_FLIGHT:]]
        assert {(r["reason"], r["retry"]) for r in refused} == {("busy", True)}
        assert all(r["facts"]["retry_ms"] > 0 for r in refused)
        for id in ids[:IN_FLIGHT]:
            await anne.ok(id)
        assert anne.connection.in_flight == 0
        await anne.ok(anne.post())


async def test_leaving_with_commands_under_way_leaks_no_flight(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for _ in range(5):
            for _ in range(20):
                anne.post()
            anne.send("leave", id=anne.id(), room=ROOM)
            await anne.join()
        await eventually(lambda: anne.connection.in_flight == 0)
        taken = 100 - len(anne.heard("refused", reason="busy"))
        assert taken >= IN_FLIGHT
        await anne.until(lambda: len(anne.mirror.texts()) == taken)


async def test_nothing_is_received_after_the_end(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        connection: Connection = anne.connection
        connection.close(CloseCode.RESTARTING)
        connection.close(CloseCode.RESTARTING)
        connection.received(b"\xc1")
        connection.closed()
        connection.send()
        assert len(anne.heard("bye")) == 1


async def test_a_screen_sees_and_may_do_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, screen = await built.seated("anne"), await built.seated("hall", Role.SCREEN)
        joined = screen.heard("joined")[0]
        assert (joined["role"], joined["may"]["open"]) == ("screen", [])
        for command in (POST, {"t": "room.lock"}):
            assert (await screen.refused(screen.do(command)))["reason"] == "forbidden"
        screen.send("whisper", room=ROOM, name="typing", data={"on": True})
        await anne.ok(anne.post("Dag zaal."))
        await screen.until(lambda: screen.mirror.texts() == ["Dag zaal."])
        assert screen.mirror.count == 1
        await built.room().tend_once()
        assert not anne.heard("whisper")
        fresh = await built.seated("vera")
        assert set(fresh.mirror.people) == {"actor-anne", "actor-vera"}
