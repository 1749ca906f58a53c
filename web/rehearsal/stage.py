"""A recorded conversation, said again in a room: a client per speaker, and an observer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress

from msgspec import Struct

from realtime.client import Client, Closed, Done, Left, NotKring, Outcome, Pending, Refusal, Room, RoomRefused, connect
from web.conversations import Recording, Says, Speaker
from web.rehearsal.door import Door, DoorClosed
from web.rehearsal.observer import Observer, Sight
from web.rehearsal.report import Report, compare, spread, total

AHEAD = 128
"""Messages under way at once, at most: so the room hears the conversation in about its own order."""
AT_THE_DOOR = 16
PATIENCE_S = 60.0
SEEING_S = 5.0
"""How long the observer waits for a message that doesn't come, before it looks back."""

GONE = (Closed, RoomRefused, Left, NotKring)
"""What a client raises that will never know more."""


class Progress(Struct):
    """How far it is. `settled`: acknowledged, refused, or given up."""

    speakers: int
    messages: int
    inside: int = 0
    acknowledged: int = 0
    settled: int = 0


class Line:
    """One message that was given: when (seconds), and what became of it."""

    def __init__(self, text: str, pending: Pending, at: float) -> None:
        self.text, self.pending, self.at = text, pending, at
        self.outcome: Outcome | None = None
        self.took_s = 0.0


class Actor:
    """One speaker. `turns`: what they are to say next; `by`: who they are in the room."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.turns: asyncio.Queue[str] = asyncio.Queue(AHEAD)
        self.lines: list[Line] = []
        self.client: Client | None = None
        self.by = ""

    def acknowledged(self) -> list[Line]:
        return [line for line in self.lines if isinstance(line.outcome, Done)]


async def rehearse(
    recording: Recording,
    door: Door,
    *,
    speed: float | None = None,
    limit: int | None = None,
    observer: str = "Observer",
    watch: Callable[[Progress], None] = lambda progress: None,
    patience_s: float = PATIENCE_S,
) -> Report:
    """Say the messages of `recording` in the room behind `door`, each speaker in their own order.

    `speed`: 1 is the recorded pace, 2 twice as fast; None: as fast as acknowledged. `limit`: only so many messages.
    `observer`: what the client is called that watches. `watch` is called whenever there is progress. `patience_s`: when
    nothing is settled for so long, the rest is given up. Raises DoorClosed; what goes wrong once everybody is inside
    stands in the report.
    """
    return await Rehearsal(recording, recording.messages[:limit], door, watch, patience_s).run(speed, observer)


class Rehearsal:
    """One run of `rehearse`."""

    def __init__(
        self,
        recording: Recording,
        says: Sequence[Says],
        door: Door,
        watch: Callable[[Progress], None],
        patience_s: float,
    ) -> None:
        self.cast = {id: Actor(recording.speakers[id]) for id in dict.fromkeys(act.speaker for act in says)}
        self._recording = recording
        self._says = says
        self._door = door
        self._watch = watch
        self._patience_s = patience_s
        self._clock = time.monotonic
        self._inside: dict[str, Actor] = {}
        self._progress = Progress(len(self.cast), len(says))
        self._at_the_door = asyncio.Semaphore(AT_THE_DOOR)
        self._window = asyncio.Semaphore(AHEAD)
        self._moved = asyncio.Event()
        self._began_at = self._ended_at = 0.0

    async def run(self, speed: float | None, name: str) -> Report:
        """Raises DoorClosed."""
        try:
            async with asyncio.TaskGroup() as tasks:
                seated: asyncio.Future[Observer] = asyncio.get_running_loop().create_future()
                there = [tasks.create_task(self._observe(name, seated))]
                observer = await seated
                there += [tasks.create_task(self._play(actor)) for actor in self.cast.values()]
                while self._progress.inside < len(self.cast):
                    await self._move()
                await self._direct(speed)
                await observer.until(self._progress.acknowledged, SEEING_S)
                with suppress(*GONE):  # what was not seen stands in the report
                    await observer.look_up()
                for task in there:
                    task.cancel()
        except ExceptionGroup as group:
            raise _the_door(group) from None
        return self._report(observer.by_speaker())

    # ---- who is there ----------------------------------------------------------------------------------------------

    async def _observe(self, name: str, seated: asyncio.Future[Observer]) -> None:
        async with AsyncExitStack() as stack:
            _, room = await self._enter(stack, name)
            observer = Observer(room, self._inside, self._clock)
            seated.set_result(observer)
            with suppress(*GONE):
                await observer.watch()

    async def _play(self, actor: Actor) -> None:
        """Go in, and say what there is to say until cancelled."""
        async with AsyncExitStack() as stack:
            async with self._at_the_door:
                actor.client, room = await self._enter(stack, actor.speaker.name)
            actor.by = room.you[0]
            self._inside[actor.by] = actor
            self._progress.inside += 1
            self._note()
            while True:
                await self._say(actor, room, await actor.turns.get())

    async def _enter(self, stack: AsyncExitStack, name: str) -> tuple[Client, Room]:
        """A client of their own, in the room. Raises DoorClosed."""
        door = self._door
        entrance = await door.enter(name)
        connecting = connect(door.socket_url, cookie=entrance.cookie, origin=door.origin, lang=door.lang)
        try:
            async with asyncio.timeout(self._patience_s):
                client = await stack.enter_async_context(connecting)
                return client, await client.join(entrance.room, older=0)
        except Closed as closed:
            raise DoorClosed(str(closed.code), closed.text) from closed
        except RoomRefused as refused:
            raise DoorClosed(refused.reason, refused.text) from refused
        except TimeoutError as error:
            raise DoorClosed("unreachable") from error
        except NotKring as error:
            raise DoorClosed("not_kring") from error

    # ---- what is said ----------------------------------------------------------------------------------------------

    async def _direct(self, speed: float | None) -> None:
        """Hand out the lines in the recording's order, and wait until all are settled, or patience is at an end."""
        self._began_at = self._ended_at = self._clock()
        for act in self._says:
            if speed is not None:
                await asyncio.sleep(self._began_at + act.after_ms / 1_000 / speed - self._clock())
            try:
                async with asyncio.timeout(self._patience_s):
                    await self._window.acquire()
            except TimeoutError:
                return
            self.cast[act.speaker].turns.put_nowait(act.text)
        while self._progress.settled < len(self._says):
            if not await self._move():
                return

    async def _say(self, actor: Actor, room: Room, text: str) -> None:
        """One line, and wait until it is settled: whoever speaks keeps their own order."""
        try:
            line = Line(text, room.start({"t": "chat.post", "text": text}), self._clock())
            actor.lines.append(line)
            line.outcome = await line.pending.outcome
            self._ended_at = self._clock()
            line.took_s = self._ended_at - line.at
            self._progress.acknowledged += isinstance(line.outcome, Done)
        except GONE:
            pass  # it stands in the report as unknown, or never sent
        finally:
            self._window.release()
        self._progress.settled += 1
        self._note()

    def _note(self) -> None:
        self._watch(self._progress)
        self._moved.set()

    async def _move(self) -> bool:
        """Wait until there is progress; False: there was none for too long."""
        self._moved.clear()
        try:
            async with asyncio.timeout(self._patience_s):
                return await self._moved.wait()
        except TimeoutError:
            return False

    # ---- what it came to -------------------------------------------------------------------------------------------

    def _report(self, seen: Mapping[str, Sequence[Sight]]) -> Report:
        lines = [line for actor in self.cast.values() for line in actor.lines]
        sent = [line for line in lines if line.pending.sends]
        done = [line for line in lines if isinstance(line.outcome, Done)]
        refused = Counter(line.outcome.reason for line in lines if isinstance(line.outcome, Refusal))
        recording = self._recording
        return Report(
            speakers=len(self.cast),
            nicks=len({act.nick for act in self._says}),
            messages=len(self._says),
            sent=len(sent),
            acknowledged=len(done),
            refused=refused,
            unknown=len(sent) - len(done) - refused.total(),
            observed=total(
                compare([line.text for line in actor.acknowledged()], [sight.text for sight in seen.get(actor.by, ())])
                for actor in self.cast.values()
            ),
            until_acknowledged=spread(line.took_s for line in done),
            until_seen=spread(self._delays(seen)),
            seconds=self._ended_at - self._began_at,
            reconnects=sum(actor.client.reconnects for actor in self.cast.values() if actor.client),
            resent=sum(line.pending.sends > 1 for line in lines),
            status_lines=recording.status_lines,
            dropped=recording.dropped,
            changed=recording.changed,
            other_acts=Counter(type(act).__name__ for act in recording.acts if not isinstance(act, Says)),
        )

    def _delays(self, seen: Mapping[str, Sequence[Sight]]) -> list[float]:
        """From each message's sending until the observer saw it come; for speakers whose messages are all there."""
        delays: list[float] = []
        for actor in self.cast.values():
            lines, sights = actor.acknowledged(), seen.get(actor.by, ())
            if [line.text for line in lines] == [sight.text for sight in sights]:
                pairs = zip(lines, sights, strict=True)
                delays += [sight.at - line.at for line, sight in pairs if sight.at is not None]
        return delays


def _the_door(group: ExceptionGroup) -> Exception:
    """The one DoorClosed that the rest came from, else all of it."""
    for error in group.exceptions:
        found = _the_door(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, DoorClosed):
            return found
    return group
