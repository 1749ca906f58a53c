"""A crowd at work on a board through all its phases, while connections drop: driven by seeds, by the Python client."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

import httpx2
import msgspec
from msgspec import Struct

from persistence import records
from realtime.client import Client, Done, Record, Room, connect
from realtime.client.values import Value
from realtime.projection import Projection
from rooms.kind import kinds
from rooms.model import ActorId, Role, Viewer
from tests.realtime.proxy import Proxy
from tests.web.gathering import board_of, started
from tests.web.site import Site, site

STAGES = ("write", "reveal", "group", "write", "group", "vote", "discuss", "vote", "discuss")
"""Forth and back; the last one is followed by `done`."""
COLUMN, NOTE, GROUP, OWN, RESULT = (f"board.{name}" for name in ("column", "note", "group", "own", "result"))
Wish = dict[str, Value]


class Plan(Struct, frozen=True):
    """`acts`: of each in every stage; `drop_every`: so many outcomes, half of the connections are cut."""

    people: int = 40
    facilitators: int = 2
    acts: int = 4
    drop_every: int = 150
    seed: int = 5


class Came(Struct, frozen=True):
    """What it came to. `told`: what everybody has in the end, and `expected`: what the rebuilt board shows them."""

    told: list[dict[str, Record]]
    expected: list[dict[str, Record]]
    outcomes: Counter[str]
    reconnects: int
    holds: bool


class Person:
    """Somebody on the board. What they wish depends on the seed and on what they see."""

    def __init__(self, client: Client, room: Room, dice: Random) -> None:
        self.client, self.room, self._dice = client, room, dice

    def wish(self) -> Wish:
        wishes = list(self._wishes())
        return self._dice.choice(wishes) if wishes else {"t": "board.ready", "on": self._dice.random() < 0.5}

    def _wishes(self) -> Iterator[Wish]:
        """Things to do in this phase, and one that mostly isn't for it."""
        phase = str(self.room.records["board"].get("phase", "write"))
        notes, groups = self._of(NOTE), self._of(GROUP)
        own = {str(record["note"]): record for record in self._of(OWN).values()}
        column, cards = self._any(self._of(COLUMN)), [*notes, *groups]
        words = f"{self._dice.random()}"
        if phase in ("write", "reveal", "group"):
            yield {"t": "board.write", "column": column, "text": words, "level": "pseudonymous"}
            for id in own:
                seen = notes.get(id, own[id])
                yield {"t": "board.edit", "note": id, "rev": seen.get("rev", 0), "text": words}
                yield {"t": "board.move", "card": id, "within": column, "after": self._any(cards) or None}
        if own and self._dice.random() < 0.2:
            yield {"t": "board.delete", "note": self._any(own), "rev": 0}
        if phase == "group" and cards:
            yield {"t": "board.move", "card": self._any(cards), "within": column, "after": self._any(cards)}
            yield {"t": "board.group_with", "note": self._any(notes), "other": self._any(cards)}
        if groups:
            yield {"t": "board.name_group", "group": self._any(groups), "rev": 0, "text": words}
            yield {"t": "board.ungroup", "group": self._any(groups)}
        if cards and phase in ("vote", "discuss"):
            yield {"t": "board.vote", "card": self._any(cards), "dots": self._dice.randrange(4)}
        if phase == "discuss":
            yield {"t": "board.plan", "text": words, "owner": "Anne", "about": self._any(cards) or None}
            for id in list(self._of(RESULT))[:2]:
                yield {"t": "board.drop", "result": id, "rev": 0}

    def _of(self, t: str) -> dict[str, Record]:
        return {id: record for id, record in self.room.records.items() if record["t"] == t}

    def _any(self, found: Sequence[str] | dict[str, Record]) -> str:
        return self._dice.choice(sorted(found)) if found else "x"


class Crowd:
    """Those who are there, and the proxy that some of them are cut off at."""

    def __init__(self, people: Sequence[Person], plan: Plan, proxy: Proxy) -> None:
        self.people, self.outcomes = people, Counter[str]()
        self._plan, self._proxy, self._dice = plan, proxy, Random(plan.seed)

    async def work(self) -> None:
        """Through all stages: the facilitators go on, both at once, while everybody is in the middle of something."""
        for was, phase in zip(STAGES, (*STAGES[1:], None), strict=True):
            async with asyncio.TaskGroup() as tasks:
                for nth, person in enumerate(self.people):
                    tasks.create_task(self._act(person, None if nth >= self._plan.facilitators else (was, phase)))
        first = self.people[0]
        assert isinstance(await first.room.do({"t": "board.go", "was": STAGES[-1], "phase": "done"}), Done)
        for person in self.people:
            await _until(person.room, lambda room=person.room: room.records["board"].get("phase") == "done")  # type: ignore[misc]

    async def _act(self, person: Person, go: tuple[str, str | None] | None) -> None:
        for nth in range(self._plan.acts):
            wish = person.wish()
            if go is not None and go[1] is not None and nth == self._plan.acts // 2:
                wish = {"t": "board.go", "was": go[0], "phase": go[1]}
            self._count(await person.room.do(wish))

    def _count(self, outcome: object) -> None:
        self.outcomes["done" if isinstance(outcome, Done) else getattr(outcome, "reason", "?")] += 1
        if self.outcomes.total() % self._plan.drop_every == 0:
            for pair in self._dice.sample(self._proxy.pairs, len(self._proxy.pairs) // 2):
                pair.cut()
                self._proxy.pairs.remove(pair)


async def crowded(directory: Path, plan: Plan) -> Came:
    """Everybody works through all phases on one board. Files of the server go into `directory`."""
    async with site(directory) as kring, kring.signed_in(Role.OWNER) as owner:
        session = await started(owner, "pseudonymous")
        room = await board_of(owner, session["id"])
        async with Proxy.open(int(kring.base.rpartition(":")[2])) as proxy, AsyncExitStack() as stack:
            people = [
                await stack.enter_async_context(person(kring, proxy, session["code"], room, nth, plan))
                for nth in range(plan.people)
            ]
            crowd = Crowd(people, plan, proxy)
            await crowd.work()
            late = await stack.enter_async_context(person(kring, proxy, session["code"], room, plan.people, plan))
            rebuilt = await rebuild(kring, room)
            everybody = [each.room for each in (*people, late)]
            return Came(
                [dict(each.records) for each in everybody],
                [shown(rebuilt, each) for each in everybody],
                crowd.outcomes,
                sum(each.client.reconnects for each in people),
                rebuilt.kind.invariant(rebuilt.records),
            )


@asynccontextmanager
async def person(kring: Site, proxy: Proxy, code: str, room: str, nth: int, plan: Plan) -> AsyncIterator[Person]:
    """The first ones are facilitators, the others guests."""
    async with kring.browser() as browser:
        if nth < plan.facilitators:
            answer = await browser.post("/api/sign-in", json={"token": await kring.token(Role.MODERATOR)})
        else:
            answer = await browser.post("/api/join", json={"code": code, "name": f"Gast {nth}"})
        assert answer.status_code == 200, answer.text
        cookie = _cookie(browser)
    dice, base = Random(plan.seed * 1_000 + nth), f"127.0.0.1:{proxy.port}"
    url, origin = f"ws://{base}/ws", f"http://{base}"
    async with connect(url, cookie=cookie, origin=origin, random=lambda: dice.random() / 5) as client:
        yield Person(client, await client.join(room), dice)


async def rebuild(kring: Site, room: str) -> Projection:
    """The board from its first entry on, as the database has them."""
    await kring.house.drain.drain(room)
    projection = Projection(kinds()["board"])
    async with kring.house.database.read() as tx:
        while entries := await records.transcript(tx, room, projection.seq, 1_000):
            for entry in entries:
                projection.apply(entry)
    return projection


def shown(projection: Projection, room: Room) -> dict[str, Record]:
    """What somebody may know of it, as a client has it."""
    viewer = Viewer(tuple(map(ActorId, room.you)), Role(room.role))
    seen = {id: projection.kind.show(record, viewer) for id, record in projection.records.items()}
    return {id: msgspec.to_builtins(record) for id, record in seen.items() if record is not None}


async def _until(room: Room, condition: Callable[[], bool]) -> None:
    changes = room.changes()
    async with asyncio.timeout(20):
        while not condition():
            await anext(changes)


def _cookie(visitor: httpx2.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
