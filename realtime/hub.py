"""The hub: every connection and every live room of this process.

Given where the application is put together: a journal, and a gate to the layers above. `async with hub` runs it.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from types import TracebackType
from typing import Self

import structlog
from msgspec import Struct

from realtime.batch import Request, Verdict
from realtime.connection import HELLO_MS, SILENT_MS, Connection, Transport
from realtime.gate import Admission, Gate, Identity
from realtime.journal import Journal, Unreachable
from realtime.pages import page_of
from realtime.projection import Bounds, Newer
from realtime.room import LiveRoom
from realtime.seat import Seat
from realtime.stamp import command_key
from realtime.wire import CODECS, JSON, PAGE, CloseCode, Hello, Join, Page, Paged
from realtime.work import Wish, Work
from rooms.kind import Kind, kinds
from rooms.model import ActorId, Command, PersonName, Reason, Refused, Role, Signs, Viewer

SWEEP_S = 5.0
EMPTY_MS = 60_000
"""A room nobody looks at is let go of after this long."""
SOCKETS = 50
"""Connections one person may have."""

SYSTEM_ACTOR = ActorId("")

log = structlog.get_logger()


def wall_clock() -> int:
    """Milliseconds UTC."""
    return time.time_ns() // 1_000_000


class Stats(Struct, frozen=True):
    """What metrics show of a process; no names, no ids."""

    connections: int
    rooms: int
    seats: int
    entries: int
    flushes: int
    skipped: int
    reloads: int
    lost_entries: int


class Lit(Struct, frozen=True):
    """A room that is live here, and the task that runs it."""

    room: LiveRoom
    work: Work
    task: asyncio.Task[None]


class Hub:
    def __init__(
        self,
        journal: Journal,
        gate: Gate,
        *,
        now: Callable[[], int] = wall_clock,
        server: str = "kring",
        bounds: Bounds = Bounds(),  # noqa: B008 - a frozen value
        patience: Callable[[], AsyncIterator[None]] | None = None,
    ) -> None:
        self.journal = journal
        self.gate = gate
        self.now = now
        self.server = server
        self.process = secrets.token_hex(8)
        self._bounds = bounds
        self._patience = patience
        self._connections: dict[Connection, None] = {}
        self._of_person: dict[str, dict[Connection, None]] = {}
        self._lit: dict[str, Lit] = {}
        self._lighting: dict[str, asyncio.Future[Lit]] = {}
        self._tasks = asyncio.TaskGroup()
        self._draining = False
        self._past = Stats(0, 0, 0, 0, 0, 0, 0, 0)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._sweeper = self._tasks.create_task(self._sweep())
        return self

    async def __aexit__(
        self, type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drain()
        self._sweeper.cancel()
        for lit in self._lit.values():
            lit.task.cancel()
        await self._tasks.__aexit__(type, error, trace)

    # ---- connections ---------------------------------------------------------------------------------------------

    def attach(self, transport: Transport, identity: Identity | None, lang: str, subprotocol: str | None) -> Connection:
        """A socket was accepted. `identity`: whom its cookie stands for, if it has one."""
        connection = Connection(self, transport, identity, lang, CODECS[subprotocol or JSON])
        self._connections[connection] = None
        if self._draining:
            connection.close(CloseCode.RESTARTING, retry_ms=1_000)
        return connection

    def detach(self, connection: Connection) -> None:
        self._connections.pop(connection, None)
        if connection.identity is not None:
            others = self._of_person.get(connection.identity.person, {})
            others.pop(connection, None)
            if not others:
                self._of_person.pop(connection.identity.person, None)

    async def greet(self, connection: Connection, hello: Hello) -> None:
        """Who is this? A cookie, or the token in `hello`; nobody is sent away with a sentence."""
        if hello.lang:
            connection.lang = hello.lang
        if hello.token is not None:
            connection.identity = await self.gate.identify(hello.token)
        identity = connection.identity
        if identity is None:
            connection.close(CloseCode.SIGNED_OUT)
            return
        if not connection.opened:
            return
        others = self._of_person.setdefault(identity.person, {})
        if len(others) >= SOCKETS:
            connection.close(CloseCode.TOO_MANY)
            return
        others[connection] = None
        connection.welcome()

    def sign_out(self, person: str) -> None:
        """Close every connection of a person: their sign-in no longer counts."""
        for connection in list(self._of_person.get(person, ())):
            connection.close(CloseCode.SIGNED_OUT)

    async def readmit(self, person: str) -> None:
        """What a person may has changed: look again, and show each room anew with other eyes (F5, J9)."""
        for connection in list(self._of_person.get(person, ())):
            for seat in list(connection.seats.values()):
                try:
                    admission = await self.gate.admit(person, seat.room.id)
                except Refused as refused:
                    self.leave(seat)
                    connection.refuse(refused.reason, refused.facts, room=seat.room.id)
                    continue
                if connection.seats.get(seat.room.id) is seat and admission != seat.admission:
                    self.leave(seat)
                    self._sit(connection, seat.room, admission, Join("", seat.room.id))

    # ---- rooms ---------------------------------------------------------------------------------------------------

    async def join(self, connection: Connection, join: Join) -> None:
        assert connection.identity is not None
        admission = await self.gate.admit(connection.identity.person, join.room)
        lit = await self._light(join.room, admission.kind, admission.key)
        if connection.opened:
            before = connection.seats.get(join.room)
            if before is not None:
                self.leave(before)
            self._sit(connection, lit.room, admission, join)

    def _sit(self, connection: Connection, room: LiveRoom, admission: Admission, join: Join) -> None:
        viewer = Viewer(admission.actors, admission.role)
        audiences = room.audiences
        seat = Seat(room, connection, admission, audiences.of_role(viewer.role), audiences.of_viewer(viewer))
        connection.seats[room.id] = seat
        room.sit(seat, join)

    def leave(self, seat: Seat) -> None:
        seat.connection.seats.pop(seat.room.id, None)
        seat.room.stand(seat)

    def submit(self, seat: Seat, id: str, command: Command, made: int) -> None:
        """A command from the wire. Raises Refused(busy)."""
        admission, room = seat.admission, seat.room
        actor = admission.actors[0]
        if room.kind.signs(room.projection.records, command) is Signs.UNLINKABLE:
            actor = admission.actors[-1]
        key = command_key(room.key, actor, id)
        request = Request(key, command, actor, admission.role, admission.name, made)
        self._lit[room.id].work.submit(Wish(id, request, seat))

    async def command(self, room: str, kind: str, key: bytes, command: Command, id: str) -> Verdict:
        """A command of the server's own, as Role.SYSTEM; with the same `id` it counts once."""
        lit = await self._light(room, kind, key)
        told: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        by = command_key(key, SYSTEM_ACTOR, id)
        request = Request(by, command, SYSTEM_ACTOR, Role.SYSTEM, PersonName(""), lit.room.projection.seq)
        lit.work.submit(Wish(id, request, told=told))
        return await told

    async def page(self, connection: Connection, page: Page) -> None:
        """Older records, as the room has them at the moment they are sent (C6)."""
        seat = connection.seats[page.room]
        put, more = await page_of(seat.room, seat.viewer, page.before, PAGE)
        connection.send(Paged(page.id, page.room, put(connection.codec), more))

    async def _light(self, id: str, kind: str, key: bytes) -> Lit:
        """The live room, made live if it isn't; many who ask at once share one loading."""
        lit = self._lit.get(id)
        if lit is not None:
            return lit
        loading = self._lighting.get(id)
        if loading is None:
            known = kinds().get(kind)
            if known is None:
                raise Refused(Reason.NOT_FOUND)
            loading = self._lighting[id] = asyncio.get_running_loop().create_future()
            self.spawn(self._load(id, known, key, loading))
        return await asyncio.shield(loading)

    async def _load(self, id: str, kind: Kind, key: bytes, loading: asyncio.Future[Lit]) -> None:
        room = LiveRoom(
            id,
            kind,
            key,
            journal=self.journal,
            gate=self.gate,
            now=self.now,
            process=self.process,
            bounds=self._bounds,
        )
        work = Work(room, patience=self._patience) if self._patience else Work(room)
        try:
            await room.load()
        except (Unreachable, Newer) as error:
            log.error("room.not_loaded", error=type(error).__name__)
            loading.set_exception(Refused(Reason.RETRY, retry_ms=1_000))
            loading.exception()
        else:
            lit = Lit(room, work, self._tasks.create_task(self._run(room, work)))
            self._lit[id] = lit
            loading.set_result(lit)
        finally:
            del self._lighting[id]

    async def _run(self, room: LiveRoom, work: Work) -> None:
        """The room's tasks. Whatever ends them, the room goes dark and its people are asked to come back."""
        why = CloseCode.RESTARTING
        try:
            async with asyncio.TaskGroup() as tasks:
                for part in (room.follow(), work.run(), room.flush(), room.tend()):
                    tasks.create_task(part)
        except* Newer:
            why = CloseCode.NEWER
        except* Exception as errors:  # one room's fault is no other room's
            log.error("room.failed", kind=room.kind.name, exc_info=errors)
        finally:
            self._lit.pop(room.id, None)
            self._count(room)
            for seat in list(room.seats):
                seat.connection.close(why, retry_ms=500)

    async def _sweep(self) -> None:
        """Every few seconds: sockets nobody is behind, rooms nobody looks at."""
        while True:
            await asyncio.sleep(SWEEP_S)
            now = self.now()
            for connection in list(self._connections):
                silent = now - connection.heard_at
                if silent > SILENT_MS:
                    connection.close(CloseCode.SILENT, retry_ms=0)
                elif not connection.welcomed and silent > HELLO_MS:
                    connection.close(CloseCode.NO_HELLO)
            for lit in list(self._lit.values()):
                if not lit.room.seats and now - lit.room.empty_since > EMPTY_MS:
                    lit.task.cancel()

    # ---- tasks and the end of the process --------------------------------------------------------------------------

    def spawn(self, act: Coroutine[None, None, None]) -> None:
        """Something short that a connection or a room needs done."""
        self._tasks.create_task(act)

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(delay_s, act)

    def drain(self) -> None:
        """Ask everybody to come back, somewhere else or later."""
        self._draining = True
        for connection in list(self._connections):
            connection.close(CloseCode.RESTARTING, retry_ms=500)

    def here(self, room: str) -> int:
        """How many people are in a room, as far as this process knows: for somebody at its door."""
        lit = self._lit.get(room)
        return lit.room.here() if lit else 0

    def _count(self, room: LiveRoom) -> None:
        past = self._past
        self._past = Stats(
            0,
            0,
            0,
            past.entries + room.entries,
            past.flushes + room.flushes,
            past.skipped + room.skipped,
            past.reloads + room.reloads,
            past.lost_entries + room.lost_entries,
        )

    def stats(self) -> Stats:
        rooms = [lit.room for lit in self._lit.values()]
        past = self._past
        return Stats(
            len(self._connections),
            len(rooms),
            sum(len(room.seats) for room in rooms),
            past.entries + sum(room.entries for room in rooms),
            past.flushes + sum(room.flushes for room in rooms),
            past.skipped + sum(room.skipped for room in rooms),
            past.reloads + sum(room.reloads for room in rooms),
            past.lost_entries + sum(room.lost_entries for room in rooms),
        )
