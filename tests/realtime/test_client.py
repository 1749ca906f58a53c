"""The Python client against a whole server: C2, F3, F5, and everything a connection can do to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from persistence import people, sign_ins
from realtime.client import (
    Changes,
    Client,
    Closed,
    Done,
    Full,
    Left,
    NotKring,
    Record,
    Refusal,
    Room,
    RoomRefused,
    connect,
)
from realtime.client.outbox import MOST, Outbox, Pending
from realtime.client.values import Fields
from rooms.model import Role
from tests.realtime.forgetful import forgetful
from tests.realtime.proxy import Proxy
from tests.web.site import Site, site

PING_S = 0.3


def post(text: str) -> dict[str, str]:
    return {"t": "chat.post", "text": text}


def texts(room: Room) -> list[str]:
    """What was said, in order, as this client has it."""
    said = [record for record in room.records.values() if record["t"] == "chat.message"]
    return [str(record["text"]) for record in sorted(said, key=lambda record: int(str(record["n"])))]


async def until(room: Room, condition: Callable[[], bool]) -> None:
    """Wait for a change of the room that makes it so."""
    changes = room.changes()
    async with asyncio.timeout(20):
        while not condition():
            await anext(changes)


async def drained(changes: Changes) -> None:
    """Everything that comes, until it ends."""
    async for _ in changes:
        pass


class Circle:
    """A site, and a proxy before it."""

    def __init__(self, site: Site, proxy: Proxy) -> None:
        self.site, self.proxy = site, proxy

    @asynccontextmanager
    async def client(
        self, name: str | None = None, *, role: Role | None = None, lang: str = "nl", ping_s: float | None = None
    ) -> AsyncIterator[Client]:
        """Somebody's client, over the proxy."""
        async with self.site.signed_in(role) if role else self.site.guest(name) as browser:
            cookie = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
        url = f"ws://127.0.0.1:{self.proxy.port}/ws"
        origin = f"http://127.0.0.1:{self.proxy.port}"
        async with connect(url, cookie=cookie, origin=origin, lang=lang, ping_s=ping_s, random=lambda: 0.1) as client:
            yield client

    @asynccontextmanager
    async def room(
        self, name: str | None = None, *, role: Role | None = None, older: int = 1_000, ping_s: float | None = None
    ) -> AsyncIterator[tuple[Client, Room]]:
        async with self.client(name, role=role, ping_s=ping_s) as client:
            yield client, await client.join(self.site.room, older=older)


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    async with site(tmp_path) as built, Proxy.open(port_of(built)) as proxy:
        yield Circle(built, proxy)


# ---- talking -------------------------------------------------------------------------------------------------------


async def test_what_one_says_the_other_sees(circle: Circle) -> None:
    async with circle.room("Noor") as (noor, mine), circle.room("Sam") as (_, theirs):
        assert noor.name == "Noor"
        assert mine.role == "guest"
        assert mine.kind == "chat"
        assert "chat.post" in mine.may["open"]  # type: ignore[operator]
        outcome = await mine.do(post("hallo"))
        assert outcome == Done(mine.seq)
        await until(theirs, lambda: texts(theirs) == ["hallo"])
        (said,) = (record for record in theirs.records.values() if record["t"] == "chat.message")
        assert said["by"] == mine.you[0]
        assert (theirs.seq, theirs.mark, theirs.oldest) == (mine.seq, mine.mark, mine.oldest)


async def test_a_refusal_is_a_reason_and_a_sentence_in_ones_language(circle: Circle) -> None:
    async with circle.client(lang="nl") as dutch, circle.client(lang="en") as english:
        said = [await (await client.join(circle.site.room)).do(post(" \u200b ")) for client in (dutch, english)]
    assert all(isinstance(refusal, Refusal) and refusal.reason == "empty" for refusal in said)
    assert [str(refusal.text).split()[0] for refusal in said if isinstance(refusal, Refusal)] == ["Er", "There"]


async def test_many_at_once_are_done_once_each_in_order_with_64_in_flight(circle: Circle) -> None:
    """C2. The server refuses a 65th (`busy`), so nothing was sent twice only if the client held back."""
    async with circle.room() as (_, room):
        given = [room.start(post(f"nr {nth}")) for nth in range(200)]
        assert all([isinstance(await pending.outcome, Done) for pending in given])
        assert texts(room) == [f"nr {nth}" for nth in range(200)]
        assert {pending.sends for pending in given} == {1}
        assert len(room.outbox) == room.outbox.in_flight == 0


async def test_busy_is_sent_again_unchanged_and_counts_once(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    """C2, and the negative control of the test above: without holding back the server says busy."""
    monkeypatch.setattr("realtime.client.client.IN_FLIGHT", 1_000)
    async with circle.room() as (client, room):
        client._most_in_flight = 1_000
        given = [room.start(post(f"nr {nth}")) for nth in range(200)]
        assert all([isinstance(await pending.outcome, Done) for pending in given])
        assert sorted(texts(room)) == sorted(f"nr {nth}" for nth in range(200))
        assert max(pending.sends for pending in given) > 1


async def test_the_outbox_is_bounded(circle: Circle) -> None:
    async with circle.room() as (_, room):
        for nth in range(MOST):
            room.start(post(f"nr {nth}"))
        with pytest.raises(Full):
            room.start(post("one too many"))


# ---- connections that break ----------------------------------------------------------------------------------------


async def stored_without_an_answer(circle: Circle, mine: Room, theirs: Room, text: str) -> Pending:
    """`text` is in the journal, and its `done` never arrived; the connection is cut."""
    (pair, *_) = circle.proxy.pairs
    pair.down.clear()
    pending = mine.start(post(text))
    await until(theirs, lambda: text in texts(theirs))
    assert not pending.outcome.done()
    pair.cut()
    return pending


async def test_c2_a_command_whose_answer_was_lost_counts_once(circle: Circle) -> None:
    async with circle.room("Noor") as (noor, mine), circle.room("Sam") as (_, theirs):
        pending = await stored_without_an_answer(circle, mine, theirs, "eenmaal")
        assert isinstance(await pending.outcome, Done)
        assert pending.sends == 2
        assert noor.reconnects == 1
        await theirs.do(post("daarna"))
        assert texts(theirs) == ["eenmaal", "daarna"]


async def test_c2_negative_control_a_new_id_for_the_resend_counts_twice(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outbox, "disconnected", forgetful)
    async with circle.room("Noor") as (_, mine), circle.room("Sam") as (_, theirs):
        pending = await stored_without_an_answer(circle, mine, theirs, "eenmaal")
        assert isinstance(await pending.outcome, Done)
        await theirs.do(post("daarna"))
        assert texts(theirs) == ["eenmaal", "eenmaal", "daarna"]


async def test_what_was_made_offline_goes_out_with_the_position_of_its_making(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine), circle.room("Sam") as (_, theirs):
        circle.proxy.answering.clear()
        circle.proxy.pairs[0].cut()
        pending = mine.start(post("van onderweg"))
        made, before = pending.message, mine.seq
        await theirs.do(post("intussen"))
        circle.proxy.answering.set()
        assert isinstance(await pending.outcome, Done)
        assert pending.message == made
        assert mine.seq > before + 1
        assert texts(mine) == ["intussen", "van onderweg"]


async def test_f3_after_a_cut_only_what_was_missed_comes_back(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine), circle.room("Sam") as (_, theirs):
        await theirs.do(post("een"))
        await until(mine, lambda: texts(mine) == ["een"])
        changes = mine.changes()
        circle.proxy.answering.clear()
        circle.proxy.pairs[0].cut()
        await theirs.do(post("twee"))
        circle.proxy.answering.set()
        change = await anext(changes)
        assert not change.whole
        assert [record["text"] for record in change.put.values()] == ["twee"]
        assert texts(mine) == ["een", "twee"]


async def test_f5_with_other_eyes_the_whole_comes_and_replaces(circle: Circle) -> None:
    """Also the negative control of the test above: without the right eyes there is no difference."""
    async with circle.room("Noor") as (_, mine):
        await mine.do(post("een"))
        mine.eyes = "of somebody else"
        mine.records["ghost"] = {"t": "chat.message", "n": 999, "text": "was never there"}
        changes = mine.changes()
        circle.proxy.cut()
        change = await anext(changes)
        assert change.whole
        assert texts(mine) == ["een"]


async def test_a_connection_that_fell_silent_is_replaced(circle: Circle) -> None:
    """Half open: the socket stands and nothing comes. Only a new connection can bring the answer."""
    async with circle.room("Noor", ping_s=PING_S) as (noor, mine):
        (pair,) = circle.proxy.pairs
        pair.down.clear()
        assert isinstance(await mine.do(post("is er iemand")), Done)
        assert noor.reconnects >= 1


async def test_pings_keep_a_quiet_connection(circle: Circle) -> None:
    """Negative control of the test above: where pongs come, a connection lasts longer than silence may."""
    async with circle.room("Noor", ping_s=PING_S) as (noor, mine):
        pongs = asyncio.Semaphore(0)
        take = noor._take

        def count(message: object) -> None:
            take(message)  # type: ignore[arg-type]
            pongs.release()

        noor._take = count  # type: ignore[method-assign]
        for _ in range(5):
            async with asyncio.timeout(5):
                await pongs.acquire()
        assert noor.reconnects == 0
        assert isinstance(await mine.do(post("nog steeds")), Done)


async def test_a_server_that_goes_and_comes_back_is_found_again(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(AsyncExitStack())
        first = await servers.enter_async_context(site(tmp_path))
        proxy = await stack.enter_async_context(Proxy.open(port_of(first)))
        noor, mine = await stack.enter_async_context(Circle(first, proxy).room("Noor"))
        await mine.do(post("een"))
        await servers.aclose()
        pending = mine.start(post("twee"))
        proxy.target = port_of(await servers.enter_async_context(site(tmp_path)))
        assert isinstance(await pending.outcome, Done)
        assert texts(mine) == ["een", "twee"]
        assert noor.reconnects == 1


# ---- being sent away -----------------------------------------------------------------------------------------------


async def test_who_is_signed_out_stays_away(circle: Circle) -> None:
    async with circle.room("Noor") as (noor, mine):
        changes = mine.changes()
        circle.site.house.hub.sign_out(await sign_in_of(circle.site, "Noor"))
        with pytest.raises(Closed) as closed:
            await anext(changes)
        assert closed.value.code == 4502
        assert closed.value.text.startswith("Je bent hier niet")
        for act in (mine.do(post("toch")), mine.page(), noor.join("elsewhere")):
            with pytest.raises(Closed):
                await act


async def test_what_is_under_way_when_one_is_sent_away_is_told_so(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine), circle.room("Sam"):
        circle.proxy.pairs[0].up.clear()
        pending = mine.start(post("komt niet aan"))
        circle.site.house.hub.sign_out(await sign_in_of(circle.site, "Noor"))
        with pytest.raises(Closed):
            await pending.outcome


@pytest.mark.parametrize(
    ("cookie", "origin", "code"), [(None, None, 4502), ("kring-0=x", None, 4502), (None, "https://evil.example", 4504)]
)
async def test_nobody_is_sent_away(circle: Circle, cookie: str | None, origin: str | None, code: int) -> None:
    with pytest.raises(Closed) as closed:
        async with connect(f"ws://127.0.0.1:{circle.proxy.port}/ws", cookie=cookie, origin=origin):
            pass
    assert closed.value.code == code
    assert closed.value.text


@pytest.mark.parametrize("path", ["/nowhere", "/api/me"])
async def test_what_is_no_kring_is_not_tried_for_ever(circle: Circle, path: str) -> None:
    with pytest.raises(NotKring):
        async with connect(f"ws://127.0.0.1:{circle.proxy.port}{path}"):
            pass
    with pytest.raises(NotKring):
        async with connect("http//nonsense"):
            pass


async def test_a_room_one_may_not_enter(circle: Circle) -> None:
    async with circle.client("Noor") as client:
        with pytest.raises(RoomRefused) as refused:
            await client.join("nosuchroom")
        assert refused.value.reason == "not_found"
        assert (await client.join(circle.site.room)).role == "guest"


async def test_f5_another_role_brings_the_whole_room_anew(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine):
        await mine.do(post("een"))
        changes, person = mine.changes(), await person_called(circle.site, "Noor")
        async with circle.site.house.database.write() as tx:
            await people.set_role(tx, person, circle.site.house.beginning.community.id, Role.MODERATOR)
        await circle.site.house.hub.readmit(person)
        change = await anext(changes)
        while not change.whole:
            change = await anext(changes)
        assert mine.role == "moderator"
        (id,) = (id for id, record in mine.records.items() if record["t"] == "chat.message")
        assert isinstance(await mine.do({"t": "chat.pin", "message": id, "on": True}), Done)


async def test_who_loses_their_place_is_told_why(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine):
        changes, person = mine.changes(), await person_called(circle.site, "Noor")
        async with circle.site.house.database.write() as tx:
            await people.remove(tx, person)
        await circle.site.house.hub.readmit(person)
        with pytest.raises(RoomRefused) as refused:
            await drained(changes)
        assert refused.value.reason == "forbidden"
        with pytest.raises(RoomRefused):
            mine.start(post("toch"))


# ---- what is around a room -----------------------------------------------------------------------------------------


async def test_c6_older_messages_are_paged_and_what_is_kept_is_bounded(circle: Circle) -> None:
    async with circle.room("Noor", older=50) as (_, mine), circle.room("Sam") as (_, theirs):
        for room in (mine, theirs):
            given = [room.start(post(f"nr {nth}")) for nth in range(390)]
            await asyncio.gather(*(pending.outcome for pending in given))
        await until(mine, lambda: mine.seq == theirs.seq)
        assert mine.oldest == 281
        numbers = sorted(int(str(record["n"])) for record in mine.records.values() if "n" in record)
        assert numbers[-500:] == list(range(281, 781))
        assert len(numbers) <= 500 + 50 + 256
        found: dict[str, Record] = {}
        before, more = mine.oldest, True
        while more:
            page = await mine.page(before)
            found |= page.put
            before, more = min(int(str(record["n"])) for record in page.put.values()), page.more
        assert sorted(int(str(record["n"])) for record in found.values()) == list(range(1, 281))


async def test_f7_whispers_and_presence(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine), circle.room("Sam") as (sam, theirs):
        assert {person.name for person in theirs.presence.people.values()} == {"Noor", "Sam"}
        heard = asyncio.Event()
        take = theirs.take_whisper

        def listen(message: Fields) -> None:
            take(message)
            heard.set()

        theirs.take_whisper = listen  # type: ignore[method-assign]
        mine.whisper("typing", {"on": True})
        async with asyncio.timeout(5):
            await heard.wait()
            assert theirs.whispers == {("typing", mine.you[0]): {"on": True}}
            heard.clear()
            mine.whisper("typing", {})
            await heard.wait()
        assert theirs.whispers == {}
        assert sam.online


async def test_leaving_ends_what_waits_and_coming_back_begins_anew(circle: Circle) -> None:
    async with circle.room("Noor") as (noor, mine):
        changes = mine.changes()
        noor.leave(mine)
        with pytest.raises(StopAsyncIteration):
            await anext(changes)
        with pytest.raises(Left):
            mine.start(post("weg"))
        again = await noor.join(circle.site.room)
        assert again is not mine
        assert isinstance(await again.do(post("terug")), Done)


async def test_one_room_whoever_asks(circle: Circle) -> None:
    async with circle.client("Noor") as client:
        first, second = await asyncio.gather(client.join(circle.site.room), client.join(circle.site.room))
        assert first is second


async def test_the_end_leaves_nothing_running_and_raises_what_was_raised(circle: Circle) -> None:
    before = asyncio.all_tasks()
    pending: list[Pending] = []

    async def fail_on_the_way() -> None:
        async with circle.room("Noor") as (_, mine):
            circle.proxy.answering.clear()
            circle.proxy.cut()
            pending.append(mine.start(post("onderweg")))
            raise LookupError

    with pytest.raises(LookupError):
        await fail_on_the_way()
    assert pending[0].outcome.cancelled()
    circle.proxy.answering.set()
    left = {task for task in asyncio.all_tasks() - before if "realtime/client" in str(task.get_coro())}
    assert not left


async def test_cancelling_the_wait_takes_nothing_back(circle: Circle) -> None:
    async with circle.room("Noor") as (_, mine), circle.room("Sam") as (_, theirs):
        circle.proxy.pairs[0].down.clear()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await mine.do(post("toch"))
        await until(theirs, lambda: texts(theirs) == ["toch"])
        circle.proxy.pairs[0].down.set()
        assert isinstance(await mine.do(post("en nog iets")), Done)
        assert len(mine.outbox) == 0


# ---- the ways to the site --------------------------------------------------------------------------------------------


def port_of(built: Site) -> int:
    return int(built.base.rpartition(":")[2])


async def sign_in_of(built: Site, name: str) -> str:
    person = await person_called(built, name)
    async with built.house.database.read() as tx:
        (only,) = await sign_ins.of_person(tx, person)
    return only.id


async def person_called(built: Site, name: str) -> str:
    async with built.house.database.read() as tx:
        everybody = await people.with_role(tx, built.house.beginning.community.id, *Role)
    return next(member.person for member in everybody if member.name == name)
