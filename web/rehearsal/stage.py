"""A recorded conversation, done again on a server: a client per speaker, and an observer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress

from msgspec import Struct

from realtime.client import Client, Done, Refusal, Room
from web.conversations import Speaker
from web.rehearsal.cast import AHEAD, GONE, Actor, Cue, take_seats
from web.rehearsal.door import Door
from web.rehearsal.observer import Observer, Sight
from web.rehearsal.report import Report, Seen, compare, spread, total
from web.rehearsal.script import CHAT, Company, Script, said
from web.rehearsal.server import DoorClosed

AT_THE_DOOR = 16
PATIENCE_S = 60.0
SEEING_S = 5.0
"""How long the observer waits for a message that doesn't come, before it looks back."""
NO_SPEAKER = Speaker(-1, "", ())
"""A moderator is nobody of the recording."""


class Progress(Struct):
    """How far it is. `settled`: acknowledged, refused, or given up."""

    speakers: int
    acts: int
    inside: int = 0
    acknowledged: int = 0
    settled: int = 0


async def rehearse(
    script: Script,
    door: Door,
    *,
    speed: float | None = None,
    observer: str = "Observer",
    watch: Callable[[Progress], None] = lambda progress: None,
    patience_s: float = PATIENCE_S,
) -> Report:
    """Do what `script` says behind `door`, each speaker in their own order.

    `speed`: 1 is the recorded pace, 2 twice as fast; None: as fast as acknowledged. `observer`: what the client is
    called that watches. `watch` is called whenever there is progress. `patience_s`: when nothing is settled for so
    long, the rest is given up. Raises DoorClosed; what goes wrong once everybody is inside stands in the report.
    """
    return await Rehearsal(script, door, watch, patience_s).run(speed, observer)


class Rehearsal:
    """One run of `rehearse`. `cast`: speaker → actor."""

    def __init__(self, script: Script, door: Door, watch: Callable[[Progress], None], patience_s: float) -> None:
        players = dict.fromkeys(script.player(act) for act in script.acts)
        self.cast = {id: Actor(script.recording.speakers[id]) for id in players if id is not None}
        self._moderator = Actor(NO_SPEAKER) if script.moderator_cookie else None
        self._script = script
        self._door = door
        self._watch = watch
        self._patience_s = patience_s
        self._clock = time.monotonic
        self._cues: list[Cue] = []
        self._inside: dict[str, Actor] = {}
        self._progress = Progress(len(self.cast), len(script.acts))
        self._at_the_door = asyncio.Semaphore(AT_THE_DOOR)
        self._window = asyncio.Semaphore(AHEAD)
        self._moved = asyncio.Event()
        self._began_at = self._ended_at = 0.0

    async def run(self, speed: float | None, name: str) -> Report:
        """Raises DoorClosed."""
        try:
            async with asyncio.TaskGroup() as tasks, AsyncExitStack() as stack:
                _, audience = await self._enter(stack, name)
                observer = Observer(audience[CHAT], self._inside, self._clock)
                company = Company(self.cast, self._moderator, audience)
                watching = (_to_the_end(observer.watch()), _to_the_end(self._script.watch(company)))
                there = [tasks.create_task(each) for each in watching]
                await self._seat_moderator(stack, company)
                there += [tasks.create_task(self._play(actor, company)) for actor in self._actors(company)]
                while self._progress.inside < len(self.cast):
                    await self._move()
                await self._direct(speed, company)
                await self._finish(company, observer)
                for task in there:
                    task.cancel()
        except ExceptionGroup as group:
            raise _the_door(group) from None
        return self._report(company, observer.by_speaker())

    # ---- who is there ----------------------------------------------------------------------------------------------

    async def _enter(self, stack: AsyncExitStack, name: str) -> tuple[Client, dict[str, Room]]:
        """A client of their own, in the rooms. Raises DoorClosed."""
        entrance = await self._door.enter(name)
        rooms = self._script.rooms or [entrance.room]
        return await take_seats(stack, self._door.server, entrance.cookie, rooms, self._patience_s)

    async def _seat_moderator(self, stack: AsyncExitStack, company: Company) -> None:
        cookie, rooms = self._script.moderator_cookie, self._script.rooms
        if company.moderator is not None and cookie is not None:
            seats = await take_seats(stack, self._door.server, cookie, rooms, self._patience_s)
            company.moderator.takes_place(*seats)

    def _actors(self, company: Company) -> list[Actor]:
        return [*self.cast.values(), *([company.moderator] if company.moderator else [])]

    async def _play(self, actor: Actor, company: Company) -> None:
        """Go in, and do what there is to do until cancelled."""
        async with AsyncExitStack() as stack:
            if actor.client is None:
                async with self._at_the_door:
                    actor.takes_place(*await self._enter(stack, actor.speaker.name))
                self._inside[actor.by] = actor
                self._progress.inside += 1
                self._note()
            while True:
                await self._perform(actor, await actor.turns.get(), company)

    # ---- what is done ----------------------------------------------------------------------------------------------

    async def _direct(self, speed: float | None, company: Company) -> None:
        """Hand out the acts in the recording's order, and wait until all are settled, or patience is at an end."""
        self._began_at = self._ended_at = self._clock()
        latest: Cue | None = None
        for act in self._script.acts:
            if speed is not None:
                await asyncio.sleep(self._began_at + act.after_ms / 1_000 / speed - self._clock())
            waits = self._script.in_turn(act)
            try:
                async with asyncio.timeout(self._patience_s):
                    if waits and latest is not None:
                        await latest.settled.wait()
                    await self._window.acquire()
            except TimeoutError:
                return
            cue = Cue(act)
            latest = cue if waits else latest
            player = self._script.player(act)
            actor = company.moderator if player is None else self.cast[player]
            assert actor is not None
            self._cues.append(cue)
            actor.turns.put_nowait(cue)
        while self._progress.settled < len(self._script.acts):
            if not await self._move():
                return

    async def _perform(self, actor: Actor, cue: Cue, company: Company) -> None:
        """One act, until it is settled: whoever speaks keeps their own order."""
        actor.cues.append(cue)
        try:
            cue.outcome = await self._script.perform(cue, company)
            self._ended_at = self._clock()
            self._progress.acknowledged += cue.done
        except GONE:
            pass  # it stands in the report as unknown, or never sent
        finally:
            self._window.release()
            cue.settled.set()
        self._progress.settled += 1
        self._note()

    async def _finish(self, company: Company, observer: Observer) -> None:
        """Wait until the audience has seen it all, or nothing more comes; what was not seen stands in the report."""
        messages = sum(len(said(actor)) for actor in self.cast.values())
        with suppress(TimeoutError, *GONE):
            async with asyncio.timeout(self._patience_s):
                await self._script.end(company)
        await observer.until(messages, SEEING_S)
        with suppress(*GONE):
            await observer.look_up()

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

    def _report(self, company: Company, sights: Mapping[str, Sequence[Sight]]) -> Report:
        cues, actors = self._cues, self._actors(company)
        lines = [line for actor in actors for line in actor.lines]
        sent, done = sum(cue.sent for cue in cues), sum(cue.done for cue in cues)
        refused = Counter(cue.outcome.reason for cue in cues if isinstance(cue.outcome, Refusal))
        recording = self._script.recording
        also_seen, floor = self._script.seen(company)
        return Report(
            speakers=len(self.cast),
            nicks=len({act.nick for act in self._script.acts if self._script.player(act) is not None}),
            acts=len(self._script.acts),
            sent=sent,
            acknowledged=done,
            refused=refused,
            unknown=sent - done - refused.total(),
            observed=total([also_seen, *(_heard(actor, sights) for actor in self.cast.values())]),
            until_acknowledged=spread(line.took_s for line in lines if isinstance(line.outcome, Done)),
            until_seen=spread(delay for actor in self.cast.values() for delay in _delays(actor, sights)),
            seconds=self._ended_at - self._began_at,
            reconnects=sum(actor.client.reconnects for actor in actors if actor.client),
            resent=sum(line.pending.sends > 1 for line in lines),
            status_lines=recording.status_lines,
            dropped=recording.dropped,
            changed=recording.changed,
            other_acts=Counter(type(act).__name__ for act in recording.acts if not self._script.plays(act)),
            floor=floor,
        )


def _heard(actor: Actor, sights: Mapping[str, Sequence[Sight]]) -> Seen:
    return compare([text for text, _ in said(actor)], [sight.text for sight in sights.get(actor.by, ())])


def _delays(actor: Actor, sights: Mapping[str, Sequence[Sight]]) -> list[float]:
    """From each message's sending until the observer saw it come; none, when not all of theirs are there."""
    told, seen = said(actor), sights.get(actor.by, ())
    if [text for text, _ in told] != [sight.text for sight in seen]:
        return []
    return [sight.at - cue.lines[0].at for (_, cue), sight in zip(told, seen, strict=True) if sight.at is not None]


async def _to_the_end(watching: Coroutine[None, None, None]) -> None:
    """Whoever watches and loses the room leaves the others to go on."""
    with suppress(StopAsyncIteration, *GONE):
        await watching


def _the_door(group: ExceptionGroup) -> Exception:
    """The one DoorClosed that the rest came from, else all of it."""
    for error in group.exceptions:
        found = _the_door(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, DoorClosed):
            return found
    return group
