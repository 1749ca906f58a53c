"""A part of the audience of a measured hall, in a process of its own: `python -m tests.web.hall_crowd`.

Told by lines of JSON on standard input: first who there is, then `go`, `stop`, and what the moderators did; it answers
each with a line on standard output.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter

import msgspec
from msgspec import Struct

from tests.web.hall_client import Answer, LightClient
from web.serve import loop_factory, raise_open_files

AT_ONCE = 50


class Audience(Struct, frozen=True):
    """`pause_s`: between what became of one vote and the next one, on the average; 0: none."""

    host: str
    room: str
    cookies: list[str]
    questions: list[str]
    pause_s: float
    seed: int


class Act(Struct, frozen=True):
    """Something a moderator did: when it was sent (seconds, monotonic), and the entry it is in."""

    kind: str
    at: float
    seq: int


class Voted(Struct, frozen=True):
    """`votes` that were counted, and how often one was refused, by reason."""

    votes: int
    refused: dict[str, int]


class Outcome(Struct, frozen=True):
    """For each act the milliseconds until each client had it; what they have in the end, and their own ballots."""

    delays_ms: list[list[float]]
    digests: dict[str, int]
    ballots: dict[str, int]
    changes: int
    cpu_s: float


class Voter:
    """Votes for one question after the other, takes the votes back, and so on until stopped."""

    def __init__(self, client: LightClient, audience: Audience, dice: random.Random) -> None:
        self.client = client
        self.votes = 0
        self.refused: Counter[str] = Counter()
        self.settled = asyncio.Event()
        self._pause_s = audience.pause_s
        self._dice = dice
        self._round = dice.sample(audience.questions, len(audience.questions))
        self._next = 0
        self._stopped = False

    def begin(self) -> None:
        asyncio.get_running_loop().call_later(self._dice.random() * max(self._pause_s, 0.05), self._vote)

    def stop(self) -> None:
        self._stopped = True

    def _vote(self) -> None:
        if self._stopped:
            self.settled.set()
            return
        round, at = divmod(self._next, len(self._round))
        self._next += 1
        self.client.give({"t": "qna.vote", "question": self._round[at], "on": round % 2 == 0}, self._told)

    def _told(self, answer: Answer) -> None:
        if answer.reason:
            self.refused[answer.reason] += 1
        else:
            self.votes += 1
        wait_s = self._pause_s * self._dice.uniform(0.5, 1.5)
        loop = asyncio.get_running_loop()
        loop.call_later(wait_s, self._vote) if wait_s else loop.call_soon(self._vote)


class Crowd:
    def __init__(self, audience: Audience, clients: list[LightClient]) -> None:
        dice = random.Random(audience.seed)
        self.clients = clients
        self.voters = [Voter(client, audience, dice) for client in clients]

    @classmethod
    async def seated(cls, audience: Audience) -> Crowd:
        door = asyncio.Semaphore(AT_ONCE)

        async def seat(cookie: str) -> LightClient:
            async with door:
                return await LightClient.connect(audience.host, cookie, audience.room)

        async with asyncio.TaskGroup() as tasks:
            seats = [tasks.create_task(seat(cookie)) for cookie in audience.cookies]
        return cls(audience, [seat.result() for seat in seats])

    def begin(self) -> None:
        for voter in self.voters:
            voter.begin()

    async def stop(self) -> Voted:
        for voter in self.voters:
            voter.stop()
        async with asyncio.timeout(60):
            for voter in self.voters:
                await voter.settled.wait()
        refused = sum((voter.refused for voter in self.voters), Counter[str]())
        return Voted(sum(voter.votes for voter in self.voters), dict(refused))

    async def outcome(self, acts: list[Act], head: int) -> Outcome:
        for client in self.clients:
            await client.reach(head)
        return Outcome(
            [[1_000 * (client.arrival(act.seq) - act.at) for client in self.clients] for act in acts],
            dict(Counter(client.digest() for client in self.clients)),
            dict(sum((client.ballots() for client in self.clients), Counter[str]())),
            sum(len(client.seqs) - 1 for client in self.clients),
            time.process_time(),
        )


class Done(Struct, frozen=True):
    """What the moderators did, and up to where everybody is to be told."""

    acts: list[Act]
    head: int


async def main() -> None:
    raise_open_files()
    reader = asyncio.StreamReader(limit=1 << 28)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    crowd = await Crowd.seated(msgspec.json.decode(await reader.readline(), type=Audience))
    _answer("seated")
    await reader.readline()
    crowd.begin()
    await reader.readline()
    _answer(await crowd.stop())
    done = msgspec.json.decode(await reader.readline(), type=Done)
    _answer(await crowd.outcome(done.acts, done.head))


def _answer(told: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(main())
