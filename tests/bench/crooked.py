"""A server that is wrong in one way: `python -m tests.bench.crooked HOW PORT`. What a benchmark must notice."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from functools import partial

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.bench.contestants import Contestant, Running
from tests.bench.peers.everybody import ECHO, python, running

Pass = Callable[[ServerConnection, set[ServerConnection], str, int], Awaitable[None]]


async def honest(_: ServerConnection, everybody: set[ServerConnection], message: str, number: int) -> None:
    broadcast(everybody, message)


async def loses(_: ServerConnection, everybody: set[ServerConnection], message: str, number: int) -> None:
    """One delivery, of the twentieth message."""
    broadcast(set(list(everybody)[1:]) if number == 20 else everybody, message)


async def doubles(_: ServerConnection, everybody: set[ServerConnection], message: str, number: int) -> None:
    """One delivery, of the twentieth message."""
    broadcast(everybody, message)
    if number == 20:
        broadcast(list(everybody)[:1], message)


async def invents(_: ServerConnection, everybody: set[ServerConnection], message: str, number: int) -> None:
    """A message that nobody sent."""
    broadcast(everybody, message)
    if number == 20:
        broadcast(list(everybody)[:1], "~id:00060000")


async def fragments(_: ServerConnection, everybody: set[ServerConnection], message: str, number: int) -> None:
    """No fault, but hard to read: each message in pieces that cut its number, and a ping that wants its pong."""

    async def pieces() -> AsyncIterator[str]:
        for start in range(0, len(message), 7):
            yield message[start : start + 7]

    for socket in list(everybody):
        await socket.send(pieces())
        await (await socket.ping())


async def answers(socket: ServerConnection, _: set[ServerConnection], message: str, number: int) -> None:
    """To whoever asked, and nobody else."""
    await socket.send(message)


async def forgets(socket: ServerConnection, _: set[ServerConnection], message: str, number: int) -> None:
    """To answer the twentieth."""
    if number != 20:
        await socket.send(message)


async def repeats(socket: ServerConnection, _: set[ServerConnection], message: str, number: int) -> None:
    """The answer to the twentieth."""
    await socket.send(message)
    if number == 20:
        await socket.send(message)


KINDS = (honest, loses, doubles, invents, fragments, answers, forgets, repeats)
HOW: dict[str, Pass] = {each.__name__: each for each in KINDS}


def contestant(how: str) -> Contestant:
    def start(members: int) -> AbstractContextManager[Running]:
        return running(partial(_command, how), ECHO, members)

    return Contestant(name=how, how=lambda: how, start=start)


def _command(how: str) -> list[str]:
    return [python("")[0], "-m", "tests.bench.crooked", how]


async def main(how: str, port: int) -> None:
    everybody: set[ServerConnection] = set()
    number = 0

    async def room(socket: ServerConnection) -> None:
        nonlocal number
        everybody.add(socket)
        try:
            await socket.send("hi")
            async for message in socket:
                number += 1
                await HOW[how](socket, everybody, str(message), number)
        finally:
            everybody.discard(socket)

    async with serve(room, "127.0.0.1", port, compression=None):
        print("listening", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2])))
