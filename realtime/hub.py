"""The hub: every connection and every live room of this process.

Given where the application is put together: a journal, and a gate to the layers above. `async with hub` runs it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Self, TypeVar

import structlog
from msgspec import Struct

import rooms.kind
from realtime.batch import Request, Verdict
from realtime.clock import wall_clock
from realtime.connection import HELLO_MS, SILENT_MS, Connection, Transport
from realtime.frames import raw
from realtime.gate import Admission, Gate, Identity
from realtime.journal import Journal, Unreachable
from realtime.journal.loop import pauses
from realtime.pages import page_from, stored_page
from realtime.projection import Bounds, Newer
from realtime.room import LiveRoom
from realtime.seat import Seat
from realtime.signing import sign
from realtime.stamp import command_key
from realtime.stats import Stats, Timings
from realtime.wire import CODECS, JSON, PAGE, CloseCode, Hello, Join, Page, Paged
from realtime.work import INBOX, PATIENCE_S, RETRY_MS, Wish, Work
from rooms.kind import Kind
from rooms.model import ActorId, Command, PersonName, Reason, Refused, Role, Viewer

SWEEP_S = 5.0
EMPTY_MS = 60_000
"""A room nobody looks at is let go of after this long."""
SOCKETS = 50
"""Connections one person may have."""

LIGHTINGS = 3

SYSTEM_ACTOR = ActorId("")

T = TypeVar("T")

log = structlog.get_logger()


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
        inbox: int = INBOX,
        patience: Callable[[], AsyncIterator[None]] = lambda: pauses(PATIENCE_S),
        kinds: Mapping[str, Kind] | None = None,
    ) -> None:
        """`kinds`: those that rooms may be of; all there are. The others are bounds, and how long to wait."""
        self.journal = journal
        self.gate = gate
        self.now = now
        self.server = server
        self.process = secrets.token_hex(8)
        self._bounds = bounds
        self._inbox = inbox
        self._patience = patience
        self._kinds = rooms.kind.kinds() if kinds is None else kinds
        self._connections: dict[Connection, None] = {}
        self._of_person: dict[str, dict[Connection, None]] = {}
        self._lit: dict[str, Lit] = {}
        self._lighting: dict[str, asyncio.Future[None]] = {}
        self._tasks = asyncio.TaskGroup()
        self._short: set[asyncio.Task[None]] = set()
        self._draining = False
        self._revisions = 0
        """How often somebody's rights or sign-in changed: what was looked up meanwhile is looked up again."""
        self.timings = Timings()
        self._past = Stats()
        """What rooms that are no longer live did."""

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._sweeper = self._tasks.create_task(self._sweep())
        return self

    async def __aexit__(
        self, type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drain()
        for task in [self._sweeper, *self._short, *(lit.task for lit in self._lit.values())]:
            task.cancel()
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
        token = hello.token
        if token is not None:
            connection.identity = await self._current(lambda: self.gate.identify(token))
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

    def sign_out(self, sign_in: str) -> None:
        """Close every connection of a sign-in: it no longer counts."""
        self._revisions += 1
        for connection in list(self._connections):  # also those that haven't said hello yet
            if connection.identity is not None and connection.identity.sign_in == sign_in:
                connection.close(CloseCode.SIGNED_OUT)

    def send_back(self) -> None:
        """Close every connection, for something about people may have been missed; they come back as who they are."""
        self._revisions += 1
        for connection in list(self._connections):
            connection.close(CloseCode.RESTARTING, retry_ms=RETRY_MS)

    async def readmit(self, person: str) -> None:
        """What a person may has changed: look again, and show each room anew with other eyes (F5, J9)."""
        self._revisions += 1
        for connection in list(self._of_person.get(person, ())):
            for seat in list(connection.seats.values()):
                await self._readmit(connection, person, seat)

    async def _readmit(self, connection: Connection, person: str, seat: Seat) -> None:
        room = seat.room
        try:
            admission = await self._current(lambda: self.gate.admit(person, room.id))
        except Refused as refused:
            if connection.seats.get(room.id) is seat:
                self.leave(seat)
                connection.refuse(refused.reason, refused.facts, room=room.id)
            return
        if connection.seats.get(room.id) is seat and admission != seat.admission:
            self._sit(connection, room, admission, Join("", room.id))

    async def _current(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What the gate says, and still says when it is heard."""
        while True:
            revision = self._revisions
            answer = await ask()
            if revision == self._revisions:
                return answer

    # ---- rooms ---------------------------------------------------------------------------------------------------

    async def join(self, connection: Connection, join: Join) -> None:
        assert connection.identity is not None
        person = connection.identity.person

        async def admitted() -> tuple[Admission, Lit]:
            admission = await self.gate.admit(person, join.room)
            return admission, await self._light(join.room, admission.kind, admission.key)

        admission, lit = await self._current(admitted)
        if connection.opened:
            self._sit(connection, lit.room, admission, join)

    def _sit(self, connection: Connection, room: LiveRoom, admission: Admission, join: Join) -> None:
        """Give the connection a seat, instead of the one it may have; what that one was owed goes with it."""
        before = connection.seats.get(room.id)
        if before is not None:
            self.leave(before)
        viewer = Viewer(admission.actors, admission.role)
        audiences = room.audiences
        seat = Seat(room, connection, admission, audiences.of_role(viewer.role), audiences.of_viewer(viewer))
        if before is not None:
            seat.done, seat.owed = before.done, before.owed
        connection.seats[room.id] = seat
        room.sit(seat, join)

    def leave(self, seat: Seat) -> None:
        seat.left = True
        seat.connection.seats.pop(seat.room.id, None)
        seat.room.stand(seat)

    async def forget(self, room: str) -> None:
        """The room is no more, as the gate says by now: whoever is in it is told, and its work ends."""
        self._revisions += 1
        if (lighting := self._lighting.get(room)) is not None:
            await asyncio.wait([lighting])
        if (lit := self._lit.pop(room, None)) is None:
            return
        for seat in list(lit.room.seats):
            self.leave(seat)
            seat.connection.refuse(Reason.NOT_FOUND, {}, room=room)
        lit.task.cancel()
        await asyncio.wait([lit.task])

    def submit(self, seat: Seat, id: str, command: Command, made: int) -> None:
        """A command from the wire. Raises Refused: `busy`, `retry`, `secret_gone`."""
        admission, room = seat.admission, seat.room
        signed = sign(
            room.kind,
            room.projection.records,
            command,
            actors=admission.actors,
            name=admission.name,
            nickname=admission.nickname,
        )
        key = command_key(room.key, signed.keyed, id)
        request = Request(key, command, signed.by, admission.role, signed.name, made, signed.also)
        self._lit[room.id].work.submit(Wish(id, request, seat.connection))

    async def command(self, room: str, kind: str, key: bytes, command: Command, id: str) -> Verdict:
        """A command of the server's own, as Role.SYSTEM; with the same `id` it counts once.

        The verdict may be `retry`. Raises Refused: `busy`, `retry`, `fault`, when nothing was tried.
        """
        lit = await self._light(room, kind, key)
        told: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        by = command_key(key, SYSTEM_ACTOR, id)
        request = Request(by, command, SYSTEM_ACTOR, Role.SYSTEM, PersonName(""), lit.room.projection.seq)
        lit.work.submit(Wish(id, request, told=told))
        return await told

    async def page(self, connection: Connection, page: Page) -> None:
        """Older records, as the room has them at the moment they are sent (C6)."""
        seat = connection.seats.get(page.room)
        stored = await stored_page(seat.room, page.before, PAGE) if seat is not None else None
        now = connection.seats.get(page.room)  # with whatever role they have by now
        if stored is None or now is None:
            raise Refused(Reason.NOT_JOINED)
        put, more = page_from(now.room.projection, stored, now.viewer, page.before, PAGE)
        connection.send(Paged(page.id, page.room, raw(connection.codec, put), more))

    async def _light(self, id: str, kind: str, key: bytes) -> Lit:
        """The live room, made live if it isn't; many who ask at once share one loading.

        Raises Refused: `not_found`, `retry`, `fault`.
        """
        known = self._kinds.get(kind)
        if known is None:
            raise Refused(Reason.NOT_FOUND)
        for _ in range(LIGHTINGS):  # it may go dark again before whoever waited gets to it
            if (lit := self._lit.get(id)) is not None:
                return lit
            if self._draining:
                break
            if id not in self._lighting:
                self._lighting[id] = asyncio.get_running_loop().create_future()
                self.spawn(self._load(id, known, key, self._lighting[id]))
            await asyncio.shield(self._lighting[id])
        raise Refused(Reason.RETRY, retry_ms=RETRY_MS)

    async def _load(self, id: str, kind: Kind, key: bytes, loading: asyncio.Future[None]) -> None:
        room = LiveRoom(
            id,
            kind,
            key,
            journal=self.journal,
            gate=self.gate,
            now=self.now,
            process=self.process,
            bounds=self._bounds,
            timings=self.timings,
        )
        work = Work(room, inbox=self._inbox, patience=self._patience)
        try:
            await room.load()
        except (Unreachable, Newer) as error:
            log.error("room.not_loaded", error=type(error).__name__)
            loading.set_exception(Refused(Reason.RETRY, retry_ms=RETRY_MS))
        except Exception:
            log.exception("room.not_loadable", kind=kind.name)
            loading.set_exception(Refused(Reason.FAULT))
        else:
            room.empty_since = self.now()
            self._lit[id] = Lit(room, work, self._tasks.create_task(self._run(room, work)))
            loading.set_result(None)
        finally:
            del self._lighting[id]
            if not loading.done():
                loading.cancel()
            else:
                loading.exception()  # seen, also when nobody waits any more

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
            lit = self._lit.get(room.id)
            if lit is not None and lit.room is room:
                del self._lit[room.id]
            self._past = self._past.plus(room)
            for seat in list(room.seats):
                seat.connection.close(why, retry_ms=500)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            try:
                self.sweep()
            except Exception:  # the next time, then
                log.exception("hub.sweep_failed")

    def sweep(self) -> None:
        """Every few seconds: sockets nobody is behind, or reads from; rooms nobody looks at."""
        now = self.now()
        for connection in list(self._connections):
            silent = now - connection.heard_at
            if silent > SILENT_MS:
                connection.close(CloseCode.SILENT, retry_ms=0)
            elif not connection.welcomed and silent > HELLO_MS:
                connection.close(CloseCode.NO_HELLO)
            elif connection.waiting:
                connection.behind()
        for id, lit in list(self._lit.items()):
            if not lit.room.seats and now - lit.room.empty_since > EMPTY_MS:
                del self._lit[id]  # at once: whoever comes now gets a room that isn't ending
                lit.task.cancel()

    # ---- tasks and the end of the process --------------------------------------------------------------------------

    def spawn(self, act: Coroutine[None, None, None]) -> None:
        """Something short that a connection or a room needs done."""
        task = self._tasks.create_task(self._guarded(act))
        self._short.add(task)
        task.add_done_callback(self._short.discard)

    async def _guarded(self, act: Coroutine[None, None, None]) -> None:
        """What goes wrong with one of them ends nothing else."""
        try:
            await act
        except Exception:
            log.exception("hub.task_failed")

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(delay_s, act)

    def close_doors(self) -> Sequence[Connection]:
        """From now on nobody comes in; who is in."""
        self._draining = True
        return list(self._connections)

    def drain(self) -> None:
        """Ask everybody to come back, somewhere else or later."""
        for connection in self.close_doors():
            connection.close(CloseCode.RESTARTING, retry_ms=500)

    def here(self, room: str) -> int:
        """How many people are in a room, as far as this process knows: for somebody at its door."""
        lit = self._lit.get(room)
        return lit.room.company.here() if lit else 0

    def stats(self) -> Stats:
        live = [lit.room for lit in self._lit.values()]
        return self._past.plus(*live).now(
            connections=len(self._connections), rooms=len(live), seats=sum(len(room.seats) for room in live)
        )
