"""A house to drive the hub in: real journals, a gate kept in memory, and browsers at the end of a recording line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from realtime.gate import Identity
from realtime.hub import Hub
from realtime.journal import Journal
from realtime.journal.local import LocalJournal
from realtime.room import LiveRoom
from realtime.wire import CLOSE_CODES, CloseCode
from rooms.kind import Kind, kinds
from rooms.lifecycle import Open
from rooms.model import PersonName, Role
from tests.kinds import small
from tests.realtime.browser import ROOM, Browser
from tests.realtime.gatekeeper import KEY, Archive, Gatekeeper

T = TypeVar("T")


async def turns(count: int = 30) -> None:
    """Let everybody else go on for a while."""
    for _ in range(count):
        await asyncio.sleep(0)


async def eventually(condition: Callable[[], T], seconds: float = 5.0) -> T:
    """Turn the event loop until something inside is so; what a browser is told is waited for with `Browser.until`."""
    async with asyncio.timeout(seconds):
        while not (found := condition()):
            await turns(1)
    return found


async def steps(count: int) -> AsyncIterator[None]:
    """Patience that is counted in turns of the event loop, not in seconds."""
    for _ in range(count):
        await asyncio.sleep(0)
        yield


class Clock:
    """Milliseconds, as told."""

    def __init__(self, at: int = 1_700_000_000_000) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at

    def advance(self, ms: int) -> None:
        self.at += ms


def closed_as(browser: Browser, why: CloseCode) -> bool:
    """With a stable code in the close frame and in `bye`, and a sentence."""
    code = CLOSE_CODES[why]
    byes = browser.heard("bye")
    return browser.code == code and len(byes) == 1 and byes[0]["code"] == code and why in byes[0]["text"]


async def all_is_well(house: House, witness: Browser) -> None:
    """Nobody else noticed anything, and nothing was changed: `witness` can still talk, and sees what a new one sees."""
    before = len(witness.mirror.texts())
    await witness.ok(witness.post("Nog hier."))
    await witness.until(lambda: len(witness.mirror.texts()) == before + 1)
    fresh = await house.seated("vera")
    assert fresh.mirror.records == witness.mirror.records
    fresh.hang_up()


class House:
    """Hubs on one world of journals, with the people and rooms that all of them know."""

    def __init__(self, journals: Sequence[Journal], clock: Clock, kinds_known: Mapping[str, Kind]) -> None:
        self.clock = clock
        self.journals = journals
        self.kinds = kinds_known
        self.archive = Archive(journals[0], lambda room: kinds_known[self.gate.rooms[room]])
        self.gate = Gatekeeper(self.archive)
        self.hubs: list[Hub] = []

    @property
    def hub(self) -> Hub:
        return self.hubs[0]

    def room(self, room: str = ROOM, hub: int = 0) -> LiveRoom:
        return self.hubs[hub]._lit[room].room

    def live(self, room: str = ROOM, hub: int = 0) -> bool:
        return room in self.hubs[hub]._lit

    async def opened(self, room: str = ROOM) -> None:
        """Let people in."""
        await self.hub.command(room, self.gate.rooms[room], KEY, Open(), "open")

    def browser(self, person: str, role: Role | None = None, *, hub: int = 0, binary: bool = True) -> Browser:
        self.gate.people[person] = Identity(person, PersonName(person.title()), None, person)
        if role is not None:
            self.gate.roles[person] = role
        return Browser(self.hubs[hub], person, binary=binary)

    async def welcomed(self, person: str, role: Role | None = None, *, hub: int = 0, binary: bool = True) -> Browser:
        browser = self.browser(person, role, hub=hub, binary=binary)
        await browser.hello()
        return browser

    async def seated(
        self, person: str, role: Role | None = None, *, hub: int = 0, binary: bool = True, room: str = ROOM
    ) -> Browser:
        """A browser that is in the room."""
        browser = await self.welcomed(person, role, hub=hub, binary=binary)
        assert (await browser.join(room))["t"] == "joined"
        return browser


@asynccontextmanager
async def living(
    journals: Sequence[Journal], *, clock: Clock | None = None, kind: str = "chat", **options: Any
) -> AsyncIterator[House]:
    """A hub for each journal; `options` go to all of them."""
    house = House(journals, clock or Clock(), {**kinds(), "small": Kind(small)})
    house.gate.rooms[ROOM] = kind
    house.gate.second_actor = kind == "small"
    house.hubs = [Hub(journal, house.gate, now=house.clock, kinds=house.kinds, **options) for journal in journals]
    await _enter(house.hubs)
    try:
        yield house
    finally:
        for hub in house.hubs:
            await hub.__aexit__(None, None, None)


async def _enter(hubs: Collection[Hub]) -> None:
    for hub in hubs:
        await hub.__aenter__()


@asynccontextmanager
async def house(
    folder: Path,
    *,
    processes: int = 1,
    clock: Clock | None = None,
    kind: str = "chat",
    open: bool = True,
    **options: Any,
) -> AsyncIterator[House]:
    """On the real local journal; two processes are two hubs on one journal object. `kind`: of ROOM."""
    async with (
        LocalJournal.open(folder / "journal.db") as journal,
        living([journal] * processes, clock=clock, kind=kind, **options) as built,
    ):
        if open:
            await built.opened()
        yield built
