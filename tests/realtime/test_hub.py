"""The hub: rooms that come and go, rights that change, bad input, many processes, and memory that stays flat."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from realtime.batch import Batch, encode
from realtime.gate import Identity
from realtime.hub import EMPTY_MS, Hub
from realtime.journal import UNBORN, Past, Unreachable
from realtime.journal.local import LocalJournal
from realtime.journal.loop import new_attempt
from realtime.room import LiveRoom
from realtime.wire import CLOSE_CODES, CloseCode
from rooms.lifecycle import Lock
from rooms.model import PersonName, Refused, Role
from tests.realtime.browser import ROOM, Browser, Line
from tests.realtime.gatekeeper import KEY, Gatekeeper
from tests.realtime.house import House, eventually, house, turns

# --- rooms that come and go ------------------------------------------------------------------------------


async def test_many_who_come_at_once_share_one_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = 0
    load = LiveRoom.load

    async def counted(room: LiveRoom) -> Any:
        nonlocal loads
        loads += 1
        await turns(5)
        return await load(room)

    monkeypatch.setattr(LiveRoom, "load", counted)
    async with house(tmp_path, open=False) as built:
        people = [await built.welcomed(f"person-{n}") for n in range(20)]
        joined = await asyncio.gather(*(browser.join() for browser in people))
        assert {m["t"] for m in joined} == {"joined"}
        assert loads == 1
        assert built.hub.stats().seats == 20


async def test_a_room_nobody_looks_at_goes_dark_and_comes_back(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        await anne.ok(anne.post("Dag."))
        entries = built.hub.stats().entries
        built.clock.advance(10 * EMPTY_MS)
        anne.send("ping")
        built.hub.sweep()
        assert built.live(), "somebody looks"
        anne.send("leave", id="l", room=ROOM)
        await anne.hear("left")
        built.clock.advance(EMPTY_MS)
        built.hub.sweep()
        assert built.live()
        built.clock.advance(1)
        anne.send("ping")
        built.hub.sweep()
        assert not built.live()
        await eventually(lambda: built.hub.stats().entries == entries)
        assert (await anne.join())["t"] == "joined"
        assert anne.mirror.texts() == ["Dag."]


async def test_whoever_joins_while_a_room_goes_dark_gets_one_that_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.welcomed("anne")
        built.clock.advance(EMPTY_MS + 1)
        anne.send("ping")
        ending = built.room()
        built.hub.sweep()
        anne.send("join", id="j", room=ROOM)
        await anne.hear("joined")
        await turns(100)
        assert built.room() is not ending
        assert anne.code is None
        await anne.ok(anne.post())


async def test_a_room_that_goes_dark_between_loading_and_sitting_is_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, open=False) as built:
        load, times = Hub._load, 0

        async def then_dark(hub: Hub, id: str, *args: Any) -> None:
            nonlocal times
            await load(hub, id, *args)
            times += 1
            if times == 1:
                hub._lit.pop(id).task.cancel()

        monkeypatch.setattr(Hub, "_load", then_dark)
        anne = await built.seated("anne")
        assert times == 2
        await turns(50)
        assert built.hub.stats().seats == 1
        assert anne.code is None


async def test_a_journal_that_cannot_be_read_asks_to_come_back(tmp_path: Path) -> None:
    async with house(tmp_path, open=False) as built:
        anne, read = await built.welcomed("anne"), built.hub.journal.read

        async def unreadable(*_: object) -> Past:
            raise Unreachable("out of order")

        built.hub.journal.read = unreadable  # type: ignore[assignment, method-assign]
        refused = await anne.join()
        assert (refused["reason"], refused["retry"]) == ("retry", True)
        built.hub.journal.read = read  # type: ignore[method-assign]
        assert (await anne.join())["t"] == "joined"


async def append(journal: LocalJournal | Any, body: bytes) -> None:
    head = (await journal.read(ROOM, UNBORN)).head
    await journal.append(ROOM, body, head, new_attempt())


async def test_c9_a_room_of_a_newer_version_is_let_go(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        newer: Batch[Any, Any] = Batch(99, 1, [], [])
        await append(built.hub.journal, encode(newer))
        await anne.until(lambda: anne.code)
        assert anne.code == CLOSE_CODES[CloseCode.NEWER]
        assert not built.live()
        back = await built.welcomed("anne")
        assert (await back.join())["reason"] == "retry"


async def test_a_room_that_cannot_be_read_any_more_is_refused_and_costs_nobody_else_anything(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        built.gate.rooms["other"] = "chat"
        await built.opened("other")
        bram, anne = await built.seated("bram", room="other"), await built.seated("anne")
        with capture_logs() as logs:
            await append(built.hub.journal, b"not an entry")
            await anne.until(lambda: anne.code)
            back = await built.welcomed("anne")
            assert (await back.join())["reason"] == "fault"
        assert {entry["event"] for entry in logs} == {"room.failed", "room.not_loadable"}
        assert back.code is None
        await bram.ok(bram.do({"t": "chat.post", "text": "Hier niets."}, room="other"))


# --- rights that change ------------------------------------------------------------------------------------


async def test_j9_a_sign_out_closes_every_socket_of_a_person(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        seated, welcomed, bram = await built.seated("anne"), await built.welcomed("anne"), await built.seated("bram")
        line = Line(lambda _: None)
        cookie = built.hub.attach(line, Identity("anne", PersonName("Anne"), None, "anne"), "nl", None)
        built.hub.sign_out("anne")
        for code in (seated.code, welcomed.code, line.code):
            assert code == CLOSE_CODES[CloseCode.SIGNED_OUT]
        assert not cookie.opened
        assert bram.code is None
        assert built.hub.stats().connections == 1


async def test_j9_a_sign_out_while_the_token_is_looked_up_counts(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = built.browser("anne")
        built.gate.slow["identify"] = asyncio.Event()
        anne.send("hello", token="anne")
        await turns()
        del built.gate.people["anne"]
        built.hub.sign_out("anne")
        built.gate.slow.pop("identify").set()
        await anne.until(lambda: anne.code)
        assert anne.code == CLOSE_CODES[CloseCode.SIGNED_OUT]


@pytest.mark.parametrize("role", [Role.GUEST, None])
async def test_j9_a_role_that_changes_during_a_join_counts(tmp_path: Path, role: Role | None) -> None:
    async with house(tmp_path) as built:
        els = await built.welcomed("els", Role.MODERATOR)
        built.gate.slow["admit"] = asyncio.Event()
        els.send("join", id="j", room=ROOM)
        await turns()
        built.gate.roles["els"] = role
        readmitted = asyncio.create_task(built.hub.readmit("els"))
        await turns()
        built.gate.slow.pop("admit").set()
        await readmitted
        answer = (await els.until(lambda: els.heard("joined") or els.heard("refused")))[0]
        assert answer.get("role", answer.get("reason")) == (role or "forbidden")
        if role is not None:
            assert (await els.refused(els.do({"t": "room.lock"})))["reason"] == "forbidden"


async def test_j9_whoever_may_no_longer_be_there_is_shown_out(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        built.gate.roles["anne"] = None
        await built.hub.readmit("anne")
        assert (await anne.hear("refused", room=ROOM))["reason"] == "forbidden"
        told = len(anne.messages)
        await bram.ok(bram.post("Onder ons."))
        await turns(50)
        assert len(anne.messages) == told
        assert (await anne.refused(anne.post()))["reason"] == "not_joined"
        assert built.hub.stats().seats == 1


async def test_j9_whoever_joined_again_meanwhile_is_not_shown_out(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        heard = built.gate.slow["admit"] = asyncio.Event()
        built.gate.roles["anne"] = None
        readmitted = asyncio.create_task(built.hub.readmit("anne"))
        await turns()
        del built.gate.slow["admit"]
        built.gate.roles["anne"] = Role.MEMBER
        await anne.join()
        heard.set()
        await readmitted
        assert not anne.heard("refused")
        assert built.hub.stats().seats == len(anne.connection.seats) == 1
        anne.hang_up()
        assert built.hub.stats().seats == 0


async def test_j9_whoever_hung_up_meanwhile_is_not_seated_again(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        built.gate.slow["admit"] = asyncio.Event()
        built.gate.roles["anne"] = Role.GUEST
        readmitted = asyncio.create_task(built.hub.readmit("anne"))
        await turns()
        anne.hang_up()
        built.gate.slow["admit"].set()
        await readmitted
        assert built.hub.stats().seats == 0


async def test_a_readmission_that_changes_nothing_is_not_seen(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        await built.hub.readmit("anne")
        assert len(anne.heard("joined")) == 1


# --- the end ------------------------------------------------------------------------------------------------


async def test_drain_asks_everybody_to_come_back_and_lets_nobody_in(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, silent = await built.seated("anne"), built.browser("silent")
        built.hub.drain()
        for browser in (anne, silent, built.browser("late")):
            assert browser.code == CLOSE_CODES[CloseCode.RESTARTING]
            assert browser.heard("bye")[0]["retry_ms"] > 0
        with pytest.raises(Refused):
            await built.hub.command("another", "chat", KEY, Lock(), "1")


@pytest.mark.parametrize("what", ["identify", "admit", "page"])
async def test_the_hub_ends_whatever_is_under_way(tmp_path: Path, what: str) -> None:
    async with asyncio.timeout(5), house(tmp_path) as built:
        anne = await built.seated("anne")
        other = built.browser("bram")
        built.gate.slow[what] = asyncio.Event()
        other.send("hello", token="bram")
        anne.send("page", id="p", room=ROOM, before=5)
        anne.send("join", id="j", room=ROOM)
        anne.post()
        await turns()
    assert built.hub.stats().connections == 0


async def test_the_hub_ends_while_a_room_is_loading(tmp_path: Path) -> None:
    async with asyncio.timeout(5), house(tmp_path, open=False) as built:
        never = asyncio.Event()

        async def unanswered(*_: object) -> Past:
            await never.wait()
            raise AssertionError

        anne = await built.welcomed("anne")
        built.hub.journal.read = unanswered  # type: ignore[assignment, method-assign]
        anne.send("join", id="j", room=ROOM)
        await turns()
    assert not built.hub._lit


async def test_what_goes_wrong_in_a_short_task_ends_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")

        async def wrong() -> None:
            raise ZeroDivisionError

        with capture_logs() as logs:
            built.hub.spawn(wrong())
            await anne.ok(anne.post())
        assert [entry["event"] for entry in logs] == ["hub.task_failed"]


async def test_a_sweep_that_fails_is_not_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sentence in the catalogue, say."""
    monkeypatch.setattr("realtime.hub.SWEEP_S", 0.01)

    def no_sentence(*_: object) -> str:
        raise KeyError("no such sentence")

    async with house(tmp_path) as built:
        silent = built.browser("silent")
        with monkeypatch.context() as patch, capture_logs() as logs:
            patch.setattr(Gatekeeper, "sentence", no_sentence)
            built.clock.advance(10**6)
            await eventually(lambda: [entry for entry in logs if entry["event"] == "hub.sweep_failed"])
        await silent.until(lambda: silent.code)
        assert silent.code == CLOSE_CODES[CloseCode.SILENT]


# --- two processes ---------------------------------------------------------------------------------------------


async def test_two_processes_are_of_one_mind(tmp_path: Path) -> None:
    """Both current, every conflict resolved, one winner per seq, each message once, in one order for everybody."""
    async with house(tmp_path, processes=2) as built:
        people = [await built.seated(f"person-{n}", hub=n % 2, binary=n % 3 == 0) for n in range(8)]
        sent: list[tuple[Browser, str]] = []
        for turn in range(25):
            sent += [(browser, browser.post(f"{browser.person} {turn}")) for browser in people]
            await turns(3)
        for browser, id in sent:
            await browser.ok(id)
        head = built.room().projection.position
        await eventually(lambda: built.room(hub=1).projection.position == head)
        for browser in people:
            await browser.until(lambda b=browser: b.mirror.seq == head.seq)  # type: ignore[misc]
            assert browser.mirror.records == people[0].mirror.records
        assert len(set(people[0].mirror.texts())) == len(people[0].mirror.texts()) == 200
        await each_key_once(built)


async def each_key_once(built: House) -> None:
    """In the journal itself: numbers without a hole, and no command decided by two entries."""
    past = await built.hub.journal.read(ROOM, UNBORN)
    assert [entry.seq for entry in past.entries] == list(range(1, past.head.seq + 1))
    keys = Counter(key for entry in past.entries for key in msgspec.msgpack.decode(entry.body)["keys"])
    assert set(keys.values()) == {1}


async def test_two_processes_count_a_resend_once(tmp_path: Path) -> None:
    async with house(tmp_path, processes=2) as built:
        here, there = await built.seated("anne"), await built.seated("anne", hub=1)
        for n in range(20):
            position = here.mirror.seq
            id = here.post(f"{n}")
            there.do({"t": "chat.post", "text": f"{n}"}, id=id, seq=position)
            await here.ok(id)
            await there.ok(id)
        assert here.mirror.texts() == [f"{n}" for n in range(20)]
        await each_key_once(built)


async def test_a_browser_may_change_process_at_any_moment(tmp_path: Path) -> None:
    async with house(tmp_path, processes=2) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        for n in range(10):
            await anne.ok(anne.post(f"{n}"))
            await bram.until(lambda b=bram, n=n: len(b.mirror.texts()) == n + 1)  # type: ignore[misc]
            bram.hang_up()
            moved = await built.welcomed("bram", hub=(n + 1) % 2)
            joined = await moved.rejoin(bram)
            assert n == 0 or not joined["full"]
            bram = moved
        assert bram.mirror.records == anne.mirror.records
