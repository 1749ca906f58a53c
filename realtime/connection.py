"""One client's socket: what comes in is checked, counted and handed on; what goes out leaves as ready-made frames.

A connection has no queue (F3). While a join, a page or a sign-in is under way, its bucket is empty or it doesn't read,
its transport is paused: messages keep their order, and nobody can make us keep what they don't take.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never

import msgspec
import structlog

from realtime.frames import framed
from realtime.gate import Identity
from realtime.wire import (
    CLOSE_CODES,
    CODECS,
    IN_FLIGHT,
    MESSAGE_BYTES,
    BadMessage,
    Bye,
    ClientMessage,
    CloseCode,
    Codec,
    Do,
    Hello,
    Join,
    Leave,
    Left,
    Limits,
    Page,
    Ping,
    Pong,
    RefusedMessage,
    ToClient,
    Welcome,
    Whisper,
)
from rooms.model import Command, Facts, Reason, Refused

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.seat import Seat

M = TypeVar("M", Hello, Join, Page)

log = structlog.get_logger()

PING_S = 30
SILENT_MS = 95_000
"""A hidden tab may wake only once a minute: its pings come late, and it is still there."""
HELLO_MS = 10_000
RATE = 100.0
"""Messages per second a connection may send for long; above, it is read more slowly."""
BURST = 400.0
COST: dict[type, int] = {Join: 10, Page: 5}
"""Tokens that a message costs; the others one."""
HELD = 256
"""Messages that may arrive before a pause takes hold."""
BUFFERED = 256 * 1024
"""Bytes that may be unsent before a connection is skipped (F3) and read no further."""
UNREAD_S = 0.1
HOPELESS_MS = 30_000
FAILED_MS = 1_000
BUSY_MS = 500


PINGS = {codec: codec.encode(Ping()) for codec in CODECS.values()}
PONGS = {codec: framed(codec, [Pong()]) for codec in CODECS.values()}
"""A heartbeat as nearly every client says it, and the answer: a server where everybody is silent does little else."""


class Transport(Protocol):
    """The socket itself, as the web layer has it."""

    def write(self, data: bytes) -> None:
        """Send ready-made WebSocket frames; call `unsent` when some have to wait. After a close nothing is sent."""

    def buffered(self) -> int:
        """Bytes written that haven't left yet."""

    def close(self, code: int, reason: str) -> None:
        """Send a close frame, and no more after it."""

    def pause(self) -> None:
        """Read no further until `resume`."""

    def resume(self) -> None: ...


class Connection:
    """Attached by the socket endpoint; `received`, `closed` and `unsent` are called from the event loop, never
    concurrently."""

    __slots__ = (
        "_busy",
        "_held",
        "_paused",
        "_timed",
        "_tokens",
        "_tokens_at",
        "codec",
        "heard_at",
        "hub",
        "hushed",
        "identity",
        "in_flight",
        "lang",
        "opened",
        "seats",
        "slow_since",
        "transport",
        "waiting",
        "welcomed",
    )

    def __init__(self, hub: Hub, transport: Transport, identity: Identity | None, lang: str, codec: Codec) -> None:
        self.hub = hub
        self.transport = transport
        self.identity = identity
        self.lang = lang
        self.codec = codec
        self.seats: dict[str, Seat] = {}
        self.opened = True
        self.welcomed = False
        self.heard_at = hub.now()
        self.in_flight = 0
        """Commands taken and not answered, in all its rooms."""
        self.waiting = False
        """Some of what was written had not left when last looked at."""
        self.slow_since: int | None = None
        self.hushed = False
        self._busy = False
        self._paused = False
        self._timed = False
        self._held: deque[bytes] = deque()
        self._tokens = BURST
        self._tokens_at = self.heard_at

    # ---- in ------------------------------------------------------------------------------------------------------

    def received(self, message: bytes) -> None:
        """One whole WebSocket message."""
        if not self.opened:
            return
        self.heard_at = self.hub.now()
        if message == PINGS[self.codec] and self.welcomed and not self._paused and self._tokens > 1:
            self._tokens -= 1
            self.transport.write(PONGS[self.codec])
        elif len(message) > MESSAGE_BYTES:
            self.close(CloseCode.BAD_MESSAGE, detail=f"{len(message)} bytes, over the limit of {MESSAGE_BYTES}")
        elif self._paused:
            self._held.append(message)
            if len(self._held) > HELD:
                self.close(CloseCode.TOO_MANY)
        else:
            self._take(message)
            self._pace()

    def closed(self) -> None:
        """The socket is gone, whoever ended it."""
        if self.opened:
            self._end()

    def unsent(self) -> None:
        """Not all that was written has left."""
        self.waiting = True
        for seat in self.seats.values():
            seat.step_out()

    def _pace(self) -> None:
        """Take what is held and read on, unless something has to be waited for first."""
        while self.opened and not self._busy and not self.hushed and (wait_s := self._wait_s()) == 0 and self._held:
            self._take(self._held.popleft())
        if not self.opened or self.hushed:
            return
        if self._busy or wait_s:
            self._pause(0 if self._busy else wait_s)
        elif self._paused:
            self._paused = False
            self.transport.resume()  # last: it may bring the next message at once

    def hush(self) -> None:
        """Hear no more of it: what it says from now on it will say again, elsewhere."""
        self.hushed = True
        self._pause(0)

    @property
    def answered(self) -> bool:
        """Whether everything that was heard of it has been answered, and told."""
        return not self._busy and self.in_flight == 0 and not any(seat.owes for seat in self.seats.values())

    def _wait_s(self) -> float:
        """How long to read nothing: until the bucket has a token, and while the client itself doesn't read."""
        now = self.hub.now()
        elapsed = max(0, now - self._tokens_at)  # clocks are set back at times
        self._tokens_at = now
        self._tokens = min(BURST, self._tokens + elapsed * RATE / 1_000)
        if self.transport.buffered() > BUFFERED:
            return UNREAD_S
        return max(0.0, -self._tokens / RATE)

    def _pause(self, wait_s: float) -> None:
        if not self._paused:
            self._paused = True
            self.transport.pause()
        if wait_s and not self._timed:
            self._timed = True
            self.hub.later(wait_s, self._waited)

    def _waited(self) -> None:
        self._timed = False
        self._pace()

    def _take(self, message: bytes) -> None:
        try:
            decoded = self.codec.decode(message)
        except BadMessage as bad:
            self.close(CloseCode.BAD_MESSAGE, detail=bad.detail)
            return
        self._tokens -= COST.get(type(decoded), 1)
        if not self.welcomed and not isinstance(decoded, Hello):
            self.close(CloseCode.NO_HELLO)
            return
        try:
            self._dispatch(decoded)
        except Refused as refused:
            self._refuse(decoded, refused)
        except Exception:  # our fault: it costs this connection, and nobody else anything
            log.exception("connection.message_failed", message=type(decoded).__name__)
            self.close(CloseCode.RESTARTING, retry_ms=FAILED_MS)

    def _refuse(self, message: ClientMessage, refused: Refused) -> None:
        id, room = getattr(message, "id", None), getattr(message, "room", None)
        self.refuse(refused.reason, refused.facts, id=id, room=room)

    def _dispatch(self, message: ClientMessage) -> None:
        match message:
            case Do():
                self._do(message)
            case Ping():
                self.transport.write(PONGS[self.codec])
            case Whisper(room=room, name=name, data=data):
                self._seat(room).room.company.whisper(self._seat(room), name, data)
            case Join():
                self._step(self.hub.join, message)
            case Page():
                self._seat(message.room)
                self._step(self.hub.page, message)
            case Leave(id=id, room=room):
                self.hub.leave(self._seat(room))
                self.send(Left(id, room))
            case Hello():
                if self.welcomed:
                    self.close(CloseCode.BAD_MESSAGE, detail="a second hello")
                    return
                self.welcomed = True  # so that a second one is seen while the first is under way
                self._step(self.hub.greet, message)
            case _:
                assert_never(message)

    def _do(self, message: Do) -> None:
        seat = self._seat(message.room)
        if self.in_flight >= IN_FLIGHT:
            raise Refused(Reason.BUSY, retry_ms=BUSY_MS)
        self.hub.submit(seat, message.id, self._command(seat, message), message.seq)

    def _command(self, seat: Seat, message: Do) -> Command:
        kind = seat.room.kind
        decode = kind.command_from_msgpack if self.codec.binary else kind.command_from_json
        try:
            return decode(bytes(message.cmd))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise Refused(Reason.INVALID, detail=str(error)[:200]) from None

    def _seat(self, room: str) -> Seat:
        seat = self.seats.get(room)
        if seat is None:
            raise Refused(Reason.NOT_JOINED)
        return seat

    def _step(self, act: Callable[[Connection, M], Awaitable[None]], message: M) -> None:
        """Something that has to wait: nothing else of this connection is taken meanwhile."""
        self._busy = True
        self.hub.spawn(self._stepping(act, message))

    async def _stepping(self, act: Callable[[Connection, M], Awaitable[None]], message: M) -> None:
        try:
            await act(self, message)
        except Refused as refused:
            self._refuse(message, refused)
        except Exception:  # the database is out of order, or we are: unknown, so to be asked again
            log.exception("connection.step_failed", message=type(message).__name__)
            if isinstance(message, Hello):
                self.close(CloseCode.RESTARTING, retry_ms=FAILED_MS)
            else:
                self._refuse(message, Refused(Reason.RETRY, retry_ms=FAILED_MS))
        self._busy = False
        self._pace()

    # ---- out -----------------------------------------------------------------------------------------------------

    def send(self, *messages: ToClient) -> None:
        if self.opened:
            self.transport.write(framed(self.codec, messages))

    def welcome(self) -> None:
        assert self.identity is not None
        self.send(Welcome(self.identity.name, self.lang, PING_S, Limits(), self.hub.server))

    def refuse(self, reason: Reason, facts: Facts, *, id: str | None = None, room: str | None = None) -> None:
        self.send(self.refusal(reason, facts, id=id, room=room))

    def refusal(self, reason: Reason, facts: Facts, *, id: str | None, room: str | None) -> RefusedMessage:
        text = self.hub.gate.sentence(self.lang, reason, facts)
        return RefusedMessage(
            reason, text, id, room, dict(facts), reason in (Reason.BUSY, Reason.RETRY, Reason.LIMITED)
        )

    def behind(self) -> bool:
        """Too much is unsent just now; whoever stays so for long is asked to come back (F3)."""
        unsent = self.transport.buffered()
        if unsent <= BUFFERED:
            self.waiting = unsent > 0
            self.slow_since = None
            return False
        now = self.hub.now()
        if self.slow_since is None:
            self.slow_since = now
        elif now - self.slow_since > HOPELESS_MS:
            self.close(CloseCode.TOO_SLOW, retry_ms=FAILED_MS)
        return True

    def close(self, why: CloseCode, *, retry_ms: int | None = None, detail: str | None = None) -> None:
        """Say goodbye with a stable code and a sentence, and end."""
        if not self.opened:
            return
        code = CLOSE_CODES[why]
        text = self.hub.gate.sentence(self.lang, why, {"detail": detail} if detail else {})
        self.send(Bye(code, text, retry_ms))
        self.transport.close(code, why)
        self._end()

    def _end(self) -> None:
        self.opened = False
        self._held.clear()
        for seat in list(self.seats.values()):
            self.hub.leave(seat)
        self.hub.detach(self)
