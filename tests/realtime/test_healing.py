"""J1, J8: when the journal lost its tail, or has another past, the room agrees with it again; nobody hangs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from realtime import fanout
from realtime.fanout import Flush
from realtime.journal import Entry, Forked, Position
from realtime.room import LiveRoom
from tests.journal.adverse import Faults, World
from tests.realtime.browser import ROOM
from tests.realtime.faults import adverse, counted, texts
from tests.realtime.house import House, eventually, house, turns


async def test_j8_a_lost_tail_is_appended_again_by_whoever_has_it() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        for n in range(6):
            await anne.ok(anne.post(f"{n}"))
        before, wholes = anne.mirror.seq, anne.mirror.wholes
        with capture_logs() as logs:
            world.lose(ROOM, 3)
            await eventually(lambda: world.log(ROOM).head.seq == before)
            await anne.ok(anne.post("verder"))
        assert texts(world, built) == ["0", "1", "2", "3", "4", "5", "verder"]
        assert anne.mirror.wholes == wholes, "nobody noticed"
        assert (built.hub.stats().lost_entries, built.hub.stats().reloads) == (0, 0)
        assert "room.mended" in [entry["event"] for entry in logs], "never silent"


async def test_j8_a_tail_nobody_has_is_counted_and_everybody_gets_the_whole() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        for n in range(6):
            await anne.ok(anne.post(f"{n}"))
        built.room()._tail.clear()  # as after it was drained: the database would be the one to mend it
        with capture_logs() as logs:
            world.lose(ROOM, 3)
            await anne.until(lambda: anne.mirror.texts() == ["0", "1"])
        assert anne.heard("joined")[-1]["full"]
        assert (built.hub.stats().lost_entries, built.hub.stats().reloads) == (4, 1)
        assert [e["entries_gone"] for e in logs if e["event"] == "room.reloaded"] == [4]
        await anne.ok(anne.post("verder"))
        assert anne.mirror.texts() == texts(world, built) == ["0", "1", "verder"]


async def test_j8_a_room_lost_from_its_birth_is_mended() -> None:
    """The first mark is random, so its positions are new ones; every word is there."""
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        for n in range(4):
            await anne.ok(anne.post(f"{n}"))
        world.lose(ROOM, 0)
        await eventually(lambda: world.log(ROOM).head.seq == 5)
        await anne.ok(anne.post("verder"))
        await anne.until(lambda: anne.mirror.texts() == ["0", "1", "2", "3", "verder"])
        assert texts(world, built) == anne.mirror.texts()


async def fork(world: World, built: House, upto: int, said: str) -> None:
    """Another process, that did not know what came after `upto`, went on from there."""
    other = World(seed=99)
    other.logs[ROOM] = log = other._log(other.rng)
    log.entries = list(world.log(ROOM).entries[:upto])
    async with adverse_again(other, built) as elsewhere:
        bram = await elsewhere.seated("bram")
        await bram.ok(bram.post(said))
    world.fork(ROOM, upto, [entry.body for entry in other.entries(ROOM)[upto:]])


def adverse_again(world: World, built: House) -> Any:
    from contextlib import asynccontextmanager

    from tests.realtime.house import living

    @asynccontextmanager
    async def opened() -> Any:
        async with world.open() as journals, living(journals, clock=built.clock) as house:
            yield house

    return opened()


async def test_j1_another_past_is_taken_over_and_everybody_gets_the_whole() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne, bert = await built.seated("anne"), await built.seated("bert", binary=False)
        for n in range(5):
            await anne.ok(anne.post(f"{n}"))
        with capture_logs() as logs:
            await fork(world, built, 4, "van elders")
            for browser in (anne, bert):
                await browser.until(lambda b=browser: b.mirror.texts() == ["0", "1", "2", "van elders"])  # type: ignore[misc]
        assert [e["entries_gone"] for e in logs if e["event"] == "room.reloaded"] == [2]
        assert built.hub.stats().lost_entries == 2
        assert anne.heard("joined")[-1]["full"]
        await anne.ok(anne.post("verder"))
        await bert.until(lambda: bert.mirror.texts()[-1] == "verder")
        assert anne.mirror.texts() == texts(world, built)


@pytest.mark.parametrize("seed", [0, 1, 2, 113])
@pytest.mark.parametrize("what", ["lost", "lost by two processes", "lost, drained", "forked"])
async def test_j8_no_room_hangs_whatever_its_journal_does_while_people_talk(what: str, seed: int) -> None:
    """Every wish is answered, also those under way in that moment; and then all are of one mind."""
    world = World(seed, faults=Faults(turns=4))
    async with adverse(world, processes=1 if what == "lost" else 2) as built:
        people = [await built.seated(f"person-{n}", hub=n % len(built.hubs)) for n in range(4)]
        sent = []
        for turn in range(12):
            for browser in people:
                text = f"{browser.person} {turn}"
                sent.append((browser, browser.post(text), text))
            await turns(world.rng.randint(0, 25))
            upto = world.log(ROOM).head.seq - 1
            if turn % 4 == 3 and upto > 2:
                if what == "lost, drained":
                    for hub in (0, 1):
                        built.room(hub=hub)._tail.clear()
                if what == "forked":
                    await fork(world, built, upto, f"elders {turn}")
                else:
                    world.lose(ROOM, upto)
        for browser, id, text in sent:
            await counted(browser, id, text)
        world.faults = Faults()
        await people[0].ok(people[0].post("klaar"))
        for browser in people:
            await browser.until(lambda b=browser: b.mirror.texts()[-1:] == ["klaar"])  # type: ignore[misc]
            assert browser.mirror.texts() == texts(world, built)
            assert browser.code is None
            await eventually(lambda b=browser: b.connection.in_flight == 0)  # type: ignore[misc]
        counts = [texts(world, built).count(text) for _, _, text in sent]
        assert max(counts) == 1, "nothing counts twice"
        if what == "lost":
            assert min(counts) == 1, (
                "nothing that was answered is gone; with two, the other may be first until J8's second"
            )


async def test_control_without_looking_again_after_healing_the_room_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work loop waits for an entry that was stored and lost before it was followed."""
    world = World(seed=3)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        await anne.ok(anne.post("eerst"))
        append = built.journals[0].append

        async def stored_and_lost(*args: Any) -> Position:
            position = await append(*args)
            world.lose(ROOM, position.seq - 1)
            return position

        heal = LiveRoom.heal

        async def forgetful(live: LiveRoom) -> None:
            await heal(live)
            live.heals = 0

        with monkeypatch.context() as patch:
            patch.setattr(LiveRoom, "heal", forgetful)
            patch.setattr(built.journals[0], "append", stored_and_lost)
            id = anne.post("verloren")
            await turns(5)
            patch.setattr(built.journals[0], "append", append)
            with pytest.raises(TimeoutError):
                await anne.answer(id, seconds=0.3)
        built.room().heals += 1
        built.room().touch()
        await anne.ok(id)


async def test_j1_an_entry_that_does_not_stand_on_what_is_here_is_never_applied() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        await anne.ok(anne.post("eerst"))
        live = built.room()
        head, last = live.projection.position, world.entries(ROOM)[-1]
        strangers = [
            Entry(head.seq + 1, b"another!", b"attempt", last.body),
            Entry(head.seq + 2, last.mark, b"attempt", last.body),
        ]
        for stranger in strangers:
            with pytest.raises(Forked):
                live.take([stranger])
        assert live.projection.position == head
        live.take([last, world.entries(ROOM)[0]])
        assert live.projection.position == head, "what is known already is passed over"


async def test_j6_a_journal_out_of_order_for_a_while_costs_nobody_their_connection() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        await anne.ok(anne.post("0"))
        world.faults = Faults(unreachable=1)
        built.room()._tail.clear()
        world.lose(ROOM, 1)
        await turns(50)
        world.faults = Faults()
        await anne.until(lambda: anne.mirror.texts() == [], 3)
        assert anne.code is None
        await anne.ok(anne.post("1"))


async def test_j1_a_flush_that_meets_a_reload_tells_the_new_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is served after the reload gets positions of the new past, not of the one it replaced."""
    monkeypatch.setattr(fanout, "SLICE_S", 0.0)
    world = World(seed=1)
    async with adverse(world) as built:
        people = [await built.seated(f"person-{n}") for n in range(12)]
        for n in range(5):
            await people[0].ok(people[0].post(f"{n}"))
        live = built.room()
        for seat in live.seats:
            seat.seq -= 1
        flush = asyncio.create_task(Flush(live).run())
        await turns(4)
        live._tail.clear()
        log = world.log(ROOM)
        del log.entries[3:]
        await live.heal()
        await flush
        for browser in people:
            await browser.until(lambda b=browser: b.mirror.texts() == ["0", "1"])  # type: ignore[misc]
            assert browser.mirror.seq == 3
        await people[0].ok(people[0].post("verder"))
        for browser in people:
            await browser.until(lambda b=browser: b.mirror.texts() == ["0", "1", "verder"])  # type: ignore[misc]


async def test_healing_asked_for_by_two_is_done_once() -> None:
    world = World(seed=1)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        for n in range(5):
            await anne.ok(anne.post(f"{n}"))
        live = built.room()
        live._tail.clear()
        del world.log(ROOM).entries[3:]
        world.faults = Faults(turns=10)
        await asyncio.gather(*(live.heal() for _ in range(5)))
        assert live.reloads == 1
        await live.heal()
        assert live.reloads == 1, "and not again when all is well"


async def test_a_fault_in_following_ends_the_room_not_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(tmp_path) as built:
        built.gate.rooms["other"] = "chat"
        await built.opened("other")
        bram, anne = await built.seated("bram", room="other"), await built.seated("anne")

        def fault(*_: object) -> None:
            raise ZeroDivisionError

        with capture_logs() as logs:
            monkeypatch.setattr(built.room(), "_apply", fault)
            anne.post()
            await anne.until(lambda: anne.code)
        assert [entry["event"] for entry in logs] == ["room.failed"]
        await bram.ok(bram.do({"t": "chat.post", "text": "Hier niets."}, room="other"))
        back = await built.seated("anne")
        await back.until(lambda: back.mirror.texts() == ["Dag."])
        await back.ok(back.post())
