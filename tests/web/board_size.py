"""What a board with 1,000 notes costs: `python -m tests.web.board_size` prints it. Nothing here passes or fails.

One `kring serve`, and people over sockets that speak JSON as the page does. How long it takes to join and how many
bytes that is, while the notes are hidden and when they are revealed; and what somebody who looks on gets for each note
that is moved.
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import click
import httpx2
from msgspec import Struct

from tests.web.gathering import Seat, board_of, seated
from tests.web.hall import browser, let_in, staff_cookie, started
from tests.web.process import Serving, served
from web.serve import loop_factory

TEXT = "Wie de dienst overneemt, leest eerst het bord bij de deur en belt dan pas. {:04}"


class Plan(Struct, frozen=True):
    notes: int = 1_000
    writers: int = 5
    joins: int = 30
    moves: int = 300
    seed: int = 5


class Joins(Struct, frozen=True):
    """`ms`: of each, from opening the socket until the whole board was there; `bytes` of one."""

    ms: list[float]
    bytes: int


class Figures(Struct, frozen=True):
    """`bytes`, `ms`: of every moved note, at somebody who looks on."""

    hidden: Joins
    open: Joins
    reveal_bytes: int
    reveal_ms: float
    bytes: list[int]
    ms: list[float]


async def board_size(directory: Path, plan: Plan) -> Figures:
    """Files of the server go into `directory`."""
    async with served(directory) as serving, AsyncExitStack() as stack:
        staff = await staff_cookie(directory, serving)
        session = await started(serving, staff)
        async with browser(serving, staff) as page:
            room = await board_of(page, session["id"])
        guests = await let_in(serving, session["code"], plan.writers + 1)
        desk, onlooker, *writers = [
            await stack.enter_async_context(seated(serving, room, seen_by(serving, cookie)))
            for cookie in (staff, *guests)
        ]
        await asyncio.gather(*(_write(seat, nth, plan) for nth, seat in enumerate(writers)))
        hidden = await _joins(serving, room, guests[0], plan)
        for seat in (desk, onlooker):
            await seat.catch_up()
        reveal_bytes, reveal_ms = await _seen(desk, onlooker, {"t": "board.go", "was": "write", "phase": "group"})
        opened = await _joins(serving, room, guests[0], plan)
        await desk.catch_up()
        dice, sizes, delays = Random(plan.seed), list[int](), list[float]()
        notes, columns = sorted(desk.of("board.note")), sorted(desk.of("board.column"))
        assert len(notes) == plan.notes
        for _ in range(plan.moves):
            card, after = _elsewhere(desk, dice.sample(notes, 3))
            within = desk.records[after]["within"]
            move = {"t": "board.move", "card": card, "within": within, "after": after}
            size, delay_ms = await _seen(desk, onlooker, move)
            sizes.append(size)
            delays.append(delay_ms)
        assert len(columns) == 3
        return Figures(hidden, opened, reveal_bytes, reveal_ms, sizes, delays)


def _elsewhere(desk: Seat, three: Sequence[str]) -> tuple[str, str]:
    """A note and one to put it after, where it isn't yet: nobody is told of a move to where it is."""
    card, after, instead = three
    there = desk.records[card]
    before = {
        id: note["place"]
        for id, note in desk.of("board.note").items()
        if note["within"] == there["within"] and note["place"] < there["place"]
    }
    return card, instead if max(before, key=before.__getitem__, default=None) == after else after


def seen_by(serving: Serving, cookie: str) -> httpx2.AsyncClient:
    """What `seated` reads a browser's cookies from."""
    name, _, value = cookie.partition("=")
    return httpx2.AsyncClient(base_url=serving.base, cookies={name: value})


async def _write(seat: Seat, nth: int, plan: Plan) -> None:
    columns = sorted(seat.of("board.column"))
    for each in range(nth, plan.notes, plan.writers):
        answer = await seat.do(
            "board.write", column=columns[each % len(columns)], text=TEXT.format(each), level="anonymous"
        )
        assert answer["t"] == "done", answer


async def _joins(serving: Serving, room: str, cookie: str, plan: Plan) -> Joins:
    times, size = [], 0
    for _ in range(plan.joins):
        began = time.monotonic()
        async with seated(serving, room, seen_by(serving, cookie)) as seat:
            times.append(1_000 * (time.monotonic() - began))
            size = sum(len(frame.encode()) for frame in seat.frames)
    return Joins(times, size)


async def _seen(by: Seat, onlooker: Seat, command: dict[str, str]) -> tuple[int, float]:
    """(bytes, ms) until somebody who looks on has seen what a command changed: it is told in parts, the last with
    the position. Both know all that was before."""
    heard, began = len(onlooker.frames), time.monotonic()
    id = secrets.token_hex(8)
    await by.say(t="do", id=id, room=by.room, cmd=command, seq=by.joined["seq"], mark="")
    while "seq" not in await onlooker.until("change"):
        pass
    taken_ms = 1_000 * (time.monotonic() - began)
    while id not in (await by.until("done"))["ids"]:
        pass
    return sum(len(frame.encode()) for frame in onlooker.frames[heard:]), taken_ms


def lines(found: Figures) -> list[str]:
    def spread(values: Sequence[float]) -> str:
        ranked = sorted(values)
        p50, p95 = (ranked[int(len(ranked) * share)] for share in (0.5, 0.95))
        return f"p50 {p50:.1f}, p95 {p95:.1f}, max {ranked[-1]:.1f}"

    return [
        f"join, notes hidden: {found.hidden.bytes / 1024:.1f} KiB, ms {spread(found.hidden.ms)}",
        f"join, notes open: {found.open.bytes / 1024:.1f} KiB, ms {spread(found.open.ms)}",
        f"reveal, for somebody who looks on: {found.reveal_bytes / 1024:.1f} KiB, {found.reveal_ms:.1f} ms",
        f"a moved note, for somebody who looks on: bytes {spread(found.bytes)}; ms {spread(found.ms)}",
    ]


@click.command()
@click.option("--notes", default=Plan().notes)
@click.option("--moves", default=Plan().moves)
def main(notes: int, moves: int) -> None:
    with tempfile.TemporaryDirectory() as directory, asyncio.Runner(loop_factory=loop_factory()) as runner:
        print("\n".join(lines(runner.run(board_size(Path(directory), Plan(notes=notes, moves=moves))))))


if __name__ == "__main__":
    main()
