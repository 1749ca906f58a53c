"""Who takes part in a rehearsal: a client of the real protocol for each, and every command they gave."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import TypeVar

from realtime.client import Client, Closed, Done, Left, NotKring, Outcome, Pending, Room, RoomRefused, Value, connect
from web.conversations import AnyAct, Speaker
from web.rehearsal.server import DoorClosed, Server

T = TypeVar("T")

AHEAD = 128
"""Acts under way at once, at most: so the room hears the conversation in about its own order."""

GONE = (Closed, RoomRefused, Left, NotKring)
"""What a client raises that will never know more."""


class Line:
    """One command that was given: when (seconds), and what became of it."""

    def __init__(self, pending: Pending, at: float) -> None:
        self.pending, self.at = pending, at
        self.outcome: Outcome | None = None
        self.took_s = 0.0


class Cue:
    """An act of the recording whose turn has come. `lines`: the commands that it took; `settled`: no more will come."""

    def __init__(self, act: AnyAct) -> None:
        self.act = act
        self.lines: list[Line] = []
        self.outcome: Outcome | None = None
        """Of its last command, so of the whole act; None: nobody knows."""
        self.settled = asyncio.Event()

    @property
    def sent(self) -> bool:
        return any(line.pending.sends for line in self.lines)

    @property
    def done(self) -> bool:
        return isinstance(self.outcome, Done)


class Actor:
    """One speaker. `turns`: what they are to do next; `cues`: what was their turn; `by`: who they are in the rooms."""

    def __init__(self, speaker: Speaker, clock: Callable[[], float] = time.monotonic) -> None:
        self.speaker = speaker
        self.turns: asyncio.Queue[Cue] = asyncio.Queue(AHEAD)
        self.cues: list[Cue] = []
        self.client: Client | None = None
        self.rooms: dict[str, Room] = {}
        """kind → room"""
        self.by = ""
        self._clock = clock

    @property
    def name(self) -> str:
        """What they are called there: a name may have been taken."""
        return self.client.name if self.client else self.speaker.name

    @property
    def lines(self) -> list[Line]:
        """Every command they gave."""
        return [line for cue in self.cues for line in cue.lines]

    def takes_place(self, client: Client, rooms: Mapping[str, Room]) -> None:
        self.client, self.rooms = client, dict(rooms)
        self.by = next(iter(rooms.values())).you[0]

    async def give(self, cue: Cue, kind: str, command: Mapping[str, Value]) -> Outcome:
        """A command of theirs in the room of that kind, and what became of it. Raises what is in GONE."""
        line = Line(self.rooms[kind].start(command), self._clock())
        cue.lines.append(line)
        line.outcome = await line.pending.outcome
        line.took_s = self._clock() - line.at
        return line.outcome


async def take_seats(
    stack: AsyncExitStack, server: Server, cookie: str, rooms: Sequence[str], patience_s: float
) -> tuple[Client, dict[str, Room]]:
    """A client of their own, in these rooms (by kind). Raises DoorClosed."""
    connecting = connect(server.socket_url, cookie=cookie, origin=server.origin, lang=server.lang)
    try:
        async with asyncio.timeout(patience_s):
            client = await stack.enter_async_context(connecting)
            joined = [await client.join(room, older=0) for room in rooms]
            return client, {room.kind: room for room in joined}
    except Closed as closed:
        raise DoorClosed(str(closed.code), closed.text) from closed
    except RoomRefused as refused:
        raise DoorClosed(refused.reason, refused.text) from refused
    except TimeoutError as error:
        raise DoorClosed("unreachable") from error
    except NotKring as error:
        raise DoorClosed("not_kring") from error


async def until(room: Room, look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something in the room. Raises what is in GONE."""
    changes = room.changes()
    while (found := look()) is None:
        await anext(changes)
    return found
