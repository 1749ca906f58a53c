"""The client: one person's connection, made again whenever it is lost, until the server says to stay away."""

from __future__ import annotations

import asyncio
import random as dice
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from realtime.client.backoff import Backoff
from realtime.client.link import STAY_AWAY, Bye, Closed, Dial, Unreachable, open_link
from realtime.client.room import Left, Room
from realtime.client.values import Fields, NotKring, pack, unpack

HELLO_S = 10.0
"""How long a greeting may take."""
IN_FLIGHT = 64
ABNORMAL = 1006
"""The close code of a connection that was cut."""
OLDER = 1_000
"""Records below a room's `oldest` that are kept, unless `join` says otherwise."""


@asynccontextmanager
async def connect(
    url: str,
    *,
    token: str | None = None,
    cookie: str | None = None,
    origin: str | None = None,
    lang: str | None = None,
    client: str | None = "kring-python",
    ping_s: float | None = None,
    random: Callable[[], float] = dice.random,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Client]:
    """A client of the server at `url` (ws://host/ws), once it has been welcomed; inside, connections come and go.

    A person is known by `token`, or by `cookie` (name=value) together with `origin`. `ping_s`: ping at least that
    often, also when the server asks for less. `random`: [0, 1); `clock`: seconds, never back.
    Raises Closed when the server says to stay away, NotKring when it speaks something else. A server that cannot be
    reached is tried for ever: bound it with asyncio.timeout.
    """
    dial = Dial(url=url, token=token, cookie=cookie, origin=origin, lang=lang, client=client)
    made = Client(dial, ping_s, random, clock)
    failure: Exception | None = None
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(made.run())
        try:
            await made.welcomed
            yield made
        except Exception as raised:  # let it out as it came, not in a group
            failure = raised
        finally:
            running.cancel()
    if failure is not None:
        raise failure


class Client:
    """Made by `connect`. `name`: what the person is called; `reconnects`: connections made after the first."""

    def __init__(
        self, dial: Dial, ping_s: float | None, random: Callable[[], float], clock: Callable[[], float]
    ) -> None:
        self.name = ""
        self.server = ""
        self.online = False
        self.reconnects = 0
        self.welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._dial = dial
        self._asked_ping_s = ping_s
        self._clock = clock
        self._backoff = Backoff(random, clock)
        self._rooms: dict[str, Room] = {}
        self._ended: Exception | None = None
        self._wake = asyncio.Event()
        self._greeted = False
        self._leaving: deque[bytes] = deque()
        self._most_in_flight = IN_FLIGHT
        self._ping_s = HELLO_S
        self._ping_at = 0.0
        self._heard_at = 0.0
        self._bye: Bye | None = None

    async def join(self, room: str, *, older: int = OLDER) -> Room:
        """Follow a room; the same object until it is left. `older`: how many records below `oldest` are kept.

        Raises RoomRefused, Closed, NotKring.
        """
        if self._ended is not None:
            raise self._ended
        found = self._rooms.get(room)
        if found is None:
            found = self._rooms[room] = Room(room, older, self._wake.set)
            self._wake.set()
        try:
            await asyncio.shield(found.entered)
        except Exception:
            self._rooms.pop(room, None)
            raise
        return found

    def leave(self, room: Room) -> None:
        """Stop following; whoever still waits for something of the room is cancelled."""
        if self._rooms.pop(room.id, None) is not None:
            if room.joined:
                self._leaving.append(pack({"t": "leave", "id": "leave", "room": room.id}))
                self._wake.set()
            room.end(None)

    # ---- connections -----------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Be connected, until cancelled or told to stay away."""
        try:
            while True:
                try:
                    wait_s = await self._once()
                except (Closed, NotKring) as error:
                    self._end(error)
                    return
                await asyncio.sleep(wait_s + self._backoff.wait_s())
        finally:
            self._end(None)

    async def _once(self) -> float:
        """One connection, from beginning to end; how long the server wants us to wait. Raises Closed, NotKring."""
        try:
            socket = await open_link(self._dial)
        except Unreachable:
            return 0.0
        try:
            bye = await self._live(socket)
            if bye.code in STAY_AWAY:
                raise Closed(bye.code, bye.text)
            return bye.retry_s
        except (Closed, NotKring) as error:
            self._end(error)  # whoever waits need not wait for the closing handshake
            raise
        finally:
            self._disconnected()
            await socket.close()

    async def _live(self, socket: ClientConnection) -> Bye:
        """Read and write until the socket ends. Raises NotKring."""
        self._bye, self._greeted, self._ping_s = None, False, HELLO_S
        self._heard_at = self._clock()
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(self._write(socket))
            fault = await self._read(socket)
            writing.cancel()
        if fault is not None:
            raise fault
        return self._parting(socket)

    def _parting(self, socket: ClientConnection) -> Bye:
        return self._bye or Bye(socket.close_code or ABNORMAL)

    async def _read(self, socket: ClientConnection) -> NotKring | None:
        """Until the server says bye or the connection ends; what it says that is no message of ours."""
        try:
            while self._bye is None:
                message = await socket.recv(decode=False)
                self._heard_at = self._clock()
                for fields in unpack(message):
                    self._take(fields)
        except ConnectionClosed:
            return None
        except NotKring as fault:
            return fault
        return None

    async def _write(self, socket: ClientConnection) -> None:
        """Send what there is, in order; cut a connection that fell silent. That it ended is the reader's to tell."""
        try:
            while True:
                self._wake.clear()
                while (message := self._to_send()) is not None:
                    await socket.send(message)
                now = self._clock()
                silent_at = self._heard_at + 2 * self._ping_s
                if now >= silent_at:
                    socket.transport.abort()
                    return
                try:
                    async with asyncio.timeout(max(0.0, min(silent_at, self._due()) - now)):
                        await self._wake.wait()
                except TimeoutError:
                    pass
        except ConnectionClosed:
            return

    def _end(self, error: Exception | None) -> None:
        """Nothing will come any more, because of `error`, or (None) by our own wish."""
        if self._ended is None:
            self._ended = error or Left("the client")
            for room in self._rooms.values():
                room.end(error)
            if not self.welcomed.done():
                self.welcomed.cancel() if error is None else self.welcomed.set_exception(error)

    def _disconnected(self) -> None:
        self.online = False
        self._leaving.clear()
        for room in self._rooms.values():
            room.disconnected()

    # ---- what to send ----------------------------------------------------------------------------------------------

    def _to_send(self) -> bytes | None:
        now = self._clock()
        if not self._greeted:
            self._greeted = True
            dial = self._dial
            return pack({"t": "hello", "token": dial.token, "lang": dial.lang, "client": dial.client})
        if not self.online:
            return None
        if now >= self._ping_at:
            self._ping_at = now + self._ping_s
            return pack({"t": "ping"})
        if self._leaving:
            return self._leaving.popleft()
        may_do = sum(room.outbox.in_flight for room in self._rooms.values()) < self._most_in_flight
        for room in self._rooms.values():
            message = room.to_send(now, may_do=may_do)
            if message is not None:
                return message
        return None

    def _due(self) -> float:
        """When there will be something to send though nothing happens."""
        if not self.online:
            return float("inf")
        full = sum(room.outbox.in_flight for room in self._rooms.values()) >= self._most_in_flight
        held = [] if full else [room.due() for room in self._rooms.values()]
        return min([self._ping_at, *held])

    # ---- what came in ----------------------------------------------------------------------------------------------

    def _take(self, message: Fields) -> None:
        """Raises NotKring. What a newer server adds is passed over."""
        kind = message.text("t")
        match kind:
            case "welcome":
                self._take_welcome(message)
            case "bye":
                retry_ms = message.maybe_number("retry_ms") or 0
                self._bye = Bye(message.number("code"), message.text("text"), retry_ms / 1_000)
            case "pong":
                pass
            case _:
                room = self._rooms.get(message.text("room", ""))
                if room is not None:
                    room.take(kind, message, self._clock())

    def _take_welcome(self, message: Fields) -> None:
        self.name, self.server = message.text("name"), message.text("server")
        self._most_in_flight = min(IN_FLIGHT, Fields(message.table("limits")).number("in_flight"))
        ping_s = float(message.number("ping"))
        self._ping_s = ping_s if self._asked_ping_s is None else min(ping_s, self._asked_ping_s)
        self._ping_at = self._clock() + self._ping_s
        self.online = True
        self._backoff.reset()
        if self.welcomed.done():
            self.reconnects += 1
        else:
            self.welcomed.set_result(None)
        self._wake.set()
