"""How soon a full hall sees what its moderators do, while everybody votes: `python -m tests.web.hall` prints it.

One `kring serve`, 500 participants and 3 moderators as protocol clients, all of them in one Q&A. Everybody votes all
the time; the moderators approve, label, choose, stage and answer one question after the other. For each of their acts
and each of the 503: the time from sending it until its change has arrived. Nothing here passes or fails.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import httpx2
import msgspec
from msgspec import Struct

from tests.web.hall_client import LightClient
from tests.web.hall_crowd import Act, Audience, Done, Outcome, Voted
from tests.web.process import CHECKOUT, Serving, command, environment, served
from web.serve import loop_factory, raise_open_files

T = TypeVar("T")

AT_THE_DOOR = 16


class Plan(Struct, frozen=True):
    """`rounds`: questions that each moderator takes from review to answered; `rest_s`: between two of their acts;
    `pause_s`: between two votes of one participant, on the average."""

    participants: int = 500
    moderators: int = 3
    crowds: int = 2
    questions: int = 20
    rounds: int = 12
    rest_s: float = 0.1
    pause_s: float = 1.0


class Figures(Struct, frozen=True, kw_only=True):
    """`delays_ms`: kind of act → of every act and client. `slowest`: of the three slowest acts, when they were sent (in
    seconds since the voting began) and the most that somebody waited (in milliseconds).

    `digests`: what everybody has in the end → how many have it. `tallies` are the votes that the questions show,
    `ballots` those that people hold, question by question.
    """

    acts: int
    delays_ms: dict[str, list[float]]
    slowest: list[tuple[float, float]]
    votes: int
    refused: dict[str, int]
    seconds: float
    server_cpu_s: float
    changes: int
    crowds_cpu_s: float
    digests: dict[str, int]
    tallies: dict[str, int]
    ballots: dict[str, int]
    statuses: dict[str, int]


async def hall(directory: Path, plan: Plan, begun: Callable[[], None] = lambda: None) -> Figures:
    """Files of the server go into `directory`. `begun`: called when everybody is inside and the voting begins."""
    raise_open_files()
    async with served(directory) as serving, AsyncExitStack() as stack:
        host = serving.base.removeprefix("http://")
        cookies = [await staff_cookie(directory, serving) for _ in range(plan.moderators)]
        session = await started(serving, cookies[0])
        room = session["rooms"][0]["id"]
        guests = await let_in(serving, session["code"], plan.participants)
        desks = [await LightClient.connect(host, cookie, room) for cookie in cookies]
        for desk in desks:
            stack.callback(desk.close)
        standing = await stand(desks[0], plan.questions)
        shares = [guests[nth :: plan.crowds] for nth in range(plan.crowds)]
        audiences = [Audience(host, room, share, standing, plan.pause_s, nth) for nth, share in enumerate(shares)]
        crowds = [await stack.enter_async_context(crowd(audience)) for audience in audiences]
        waiting, seq = await ask(host, room, guests, plan)
        for desk in desks:
            await desk.reach(seq)
        cpu_s, began = serving.cpu_s, time.monotonic()
        for each in crowds:
            tell(each, "go")
        begun()
        acts = await work(desks, waiting, plan)
        seconds, cpu_s = time.monotonic() - began, serving.cpu_s - cpu_s
        voted = await asyncio.gather(*(told(each, "stop", Voted) for each in crowds))
        head = (await desks[0].do({"t": "qna.next", "question": standing[0]})).seq
        for desk in desks:
            await desk.reach(head)
        outcomes = await asyncio.gather(*(told(each, Done(acts, head), Outcome) for each in crowds))
        fresh = await LightClient.connect(host, guests[0], room)
        stack.callback(fresh.close)
        return figures(acts, desks, fresh, outcomes, voted, began, seconds, cpu_s)


def figures(
    acts: Sequence[Act],
    desks: Sequence[LightClient],
    fresh: LightClient,
    outcomes: Sequence[Outcome],
    voted: Sequence[Voted],
    began: float,
    seconds: float,
    cpu_s: float,
) -> Figures:
    delays, waits = dict[str, list[float]](), list[tuple[float, float]]()
    for nth, act in enumerate(acts):
        found = [1_000 * (desk.arrival(act.seq) - act.at) for desk in desks]
        found += [delay for outcome in outcomes for delay in outcome.delays_ms[nth]]
        delays.setdefault(act.kind, []).extend(found)
        waits.append((act.at - began, max(found)))
    questions = {id: record for id, record in fresh.records.items() if record["t"] == "qna.question"}
    return Figures(
        acts=len(acts),
        delays_ms=delays,
        slowest=sorted(waits, key=lambda wait: -wait[1])[:3],
        votes=sum(each.votes for each in voted),
        refused=dict(sum((Counter(each.refused) for each in voted), Counter[str]())),
        seconds=seconds,
        server_cpu_s=cpu_s,
        changes=sum(outcome.changes for outcome in outcomes),
        crowds_cpu_s=sum(outcome.cpu_s for outcome in outcomes),
        digests=dict(sum((Counter(o.digests) for o in outcomes), Counter({fresh.digest(): 1}))),
        tallies={id: record.get("votes", 0) for id, record in questions.items() if record.get("votes")},
        ballots=dict(sum((Counter(o.ballots) for o in outcomes), Counter[str]())),
        statuses=dict(Counter(record["status"] for record in questions.values())),
    )


# ---- who is there ----------------------------------------------------------------------------------------------------


def browser(serving: Serving, cookie: str = "") -> httpx2.AsyncClient:
    headers = {"X-Kring": "1", "Origin": serving.base, **({"Cookie": cookie} if cookie else {})}
    return httpx2.AsyncClient(base_url=serving.base, headers=headers, timeout=30)


async def staff_cookie(directory: Path, serving: Serving) -> str:
    _, output, _ = await command(directory, "link", "moderator")
    async with browser(serving) as visitor:
        answer = await visitor.post("/api/sign-in", json={"token": output.strip().rpartition("#")[2]})
        assert answer.status_code == 200, answer.text
        return _cookie(visitor)


async def started(serving: Serving, cookie: str) -> dict[str, Any]:
    """A session with review, as its staff know it."""
    async with browser(serving, cookie) as staff:
        made = await staff.post("/api/sessions", json={"title": "Volle zaal", "level": "anonymous", "review": True})
        found: dict[str, Any] = (await staff.get(f"/api/sessions/{made.json()['id']}")).json()
        return found


async def let_in(serving: Serving, code: str, count: int) -> list[str]:
    """The cookies of that many guests."""
    door = asyncio.Semaphore(AT_THE_DOOR)

    async def enter(nth: int) -> str:
        async with door, browser(serving) as visitor:
            answer = await visitor.post("/api/join", json={"code": code, "name": f"Gast {nth}"})
            assert answer.status_code == 200, answer.text
            return _cookie(visitor)

    return await asyncio.gather(*(enter(nth) for nth in range(count)))


def _cookie(visitor: httpx2.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())


async def stand(desk: LightClient, count: int) -> list[str]:
    """Questions to vote for: what staff ask needs no review."""
    for nth in range(count):
        answer = await desk.do({"t": "qna.ask", "text": f"Vraag {nth} van de tafel", "level": "anonymous"})
        assert not answer.reason, answer
    return [id for id, record in desk.records.items() if record["t"] == "qna.question"]


async def ask(host: str, room: str, guests: Sequence[str], plan: Plan) -> tuple[list[str], int]:
    """Texts of what waits for review, a question for every round of every moderator; and the seq of the last."""
    seq, texts = 0, [f"Vraag {nth} uit de zaal" for nth in range(plan.rounds * plan.moderators)]
    for text, cookie in zip(texts, [guests[nth % len(guests)] for nth in range(len(texts))], strict=True):
        guest = await LightClient.connect(host, cookie, room)
        answer = await guest.do({"t": "qna.ask", "text": text, "level": "anonymous"})
        assert not answer.reason, answer
        seq = answer.seq
        guest.close()
    return texts, seq


# ---- what the moderators do ------------------------------------------------------------------------------------------


async def work(desks: Sequence[LightClient], waiting: Sequence[str], plan: Plan) -> list[Act]:
    """All of them at once, each their own questions; the stage is for one at a time."""
    acts, stage = list[Act](), asyncio.Lock()
    async with asyncio.TaskGroup() as tasks:
        for nth, desk in enumerate(desks):
            tasks.create_task(moderate(desk, waiting[nth :: len(desks)], plan, stage, acts))
    return acts


async def moderate(desk: LightClient, texts: Sequence[str], plan: Plan, stage: asyncio.Lock, acts: list[Act]) -> None:
    async def act(kind: str, question: str, **more: object) -> None:
        rev = {} if kind == "next" else {"rev": desk.records[question].get("rev", 0)}
        at = time.monotonic()
        answer = await desk.do({"t": f"qna.{kind}", "question": question, **rev, **more})
        assert not answer.reason, (kind, answer)
        acts.append(Act(kind, at, answer.seq))
        await asyncio.sleep(plan.rest_s)

    ids = {record["text"]: id for id, record in desk.records.items() if record["t"] == "qna.question"}
    for text in texts:
        await act("approve", ids[text])
        await act("label", ids[text], label="Vanavond")
        async with stage:
            await act("next", ids[text])
            await act("stage", ids[text])
            await act("answer", ids[text], how="live")


# ---- the crowds ------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def crowd(audience: Audience) -> AsyncIterator[Process]:
    """A process in which everybody is seated."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.web.hall_crowd"),
        cwd=CHECKOUT,
        env=environment(CHECKOUT),
        stdin=PIPE,
        stdout=PIPE,
        limit=1 << 28,
    )
    try:
        assert await told(process, audience, str) == "seated"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def tell(process: Process, what: object) -> None:
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(what) + b"\n")


async def told(process: Process, what: object, shape: type[T]) -> T:
    """Say something, and the answer."""
    tell(process, what)
    assert process.stdout is not None
    async with asyncio.timeout(120):
        return msgspec.json.decode(await process.stdout.readline(), type=shape)


# ---- what it came to -------------------------------------------------------------------------------------------------


def spread(delays_ms: Sequence[float]) -> str:
    ranked = sorted(delays_ms)
    p50, p95, p99 = (ranked[int(len(ranked) * share)] for share in (0.5, 0.95, 0.99))
    return f"{p50:7.1f} {p95:7.1f} {p99:7.1f} {ranked[-1]:7.1f}"


def lines(found: Figures) -> list[str]:
    everything = [delay for delays in found.delays_ms.values() for delay in delays]
    table = [f"{kind:8} {spread(delays)}" for kind, delays in [*found.delays_ms.items(), ("all", everything)]]
    return [
        f"{'ms':8} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7}",
        *table,
        f"{found.acts} acts, {len(everything)} arrivals, in {found.seconds:.1f} s",
        "slowest: " + ", ".join(f"{ms:.0f} ms at {at:.1f} s" for at, ms in found.slowest),
        f"{found.votes} votes ({found.votes / found.seconds:.0f}/s), refused: {found.refused or 'none'}",
        f"{found.changes} changes told ({found.changes / found.seconds:.0f}/s)",
        f"server: {found.server_cpu_s:.1f} s CPU ({100 * found.server_cpu_s / found.seconds:.0f}% of a core)",
        f"crowds: {found.crowds_cpu_s:.1f} s CPU, their start included",
        f"everybody has the same: {len(found.digests) == 1}; votes are ballots: {found.tallies == found.ballots}",
    ]


@click.command()
@click.option("--participants", default=Plan().participants)
@click.option("--moderators", default=Plan().moderators)
@click.option("--rounds", default=Plan().rounds, help="Questions that each moderator takes all the way.")
@click.option("--pause", default=Plan().pause_s, help="Seconds between two votes of one person; 0: as fast as it goes.")
def main(participants: int, moderators: int, rounds: int, pause: float) -> None:
    plan = Plan(participants=participants, moderators=moderators, rounds=rounds, pause_s=pause)
    with tempfile.TemporaryDirectory() as directory, asyncio.Runner(loop_factory=loop_factory()) as runner:
        found = runner.run(hall(Path(directory), plan, lambda: click.echo("Everybody is inside.", err=True)))
        print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
