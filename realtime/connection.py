"""One client's socket: what comes in is checked, counted and handed on; what goes out leaves as ready-made frames.

A connection has no queue (F3). While a join, a page or a sign-in is under way its transport is paused, so messages keep
their order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never

import msgspec

from realtime.frames import framed
from realtime.gate import Identity
from realtime.wire import (
    CLOSE_CODES,
    IN_FLIGHT,
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

PING_S = 25
SILENT_MS = 65_000
HELLO_MS = 10_000
RATE = 100.0
"""Messages per second a connection may send for long; above, it is read more slowly."""
BURST = 400.0
HELD = 256
"""Messages that may arrive before a pause takes hold."""
BUSY_MS = 500


class Transport(Protocol):
    """The socket itself, as the web layer has it."""

    def write(self, data: bytes) -> None:
        """Send ready-made WebSocket frames. After a close nothing is sent."""

    def buffered(self) -> int:
        """Bytes written that haven't left yet."""

    def close(self, code: int, reason: str) -> None:
        """Send a close frame, and no more after it."""

    def pause(self) -> None:
        """Read no further until `resume`."""

    def resume(self) -> None: ...


class Connection:
    """Attached by the socket endpoint; `received` and `closed` are called from the event loop, never concurrently."""

    __slots__ = (
        "_busy",
        "_held",
        "_tokens",
        "_tokens_at",
        "codec",
        "heard_at",
        "hub",
        "identity",
        "lang",
        "opened",
        "seats",
        "slow_since",
        "transport",
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
        self.slow_since: int | None = None
        self._busy = False
        self._held: deque[bytes] = deque()
        self._tokens = BURST
        self._tokens_at = self.heard_at

    # ---- in ------------------------------------------------------------------------------------------------------

    def received(self, message: bytes) -> None:
        """One whole WebSocket message."""
        if not self.opened:
            return
        self.heard_at = self.hub.now()
        self._spend()
        if self._busy:
            self._held.append(message)
            if len(self._held) > HELD:
                self.close(CloseCode.TOO_MANY)
            return
        self._take(message)

    def closed(self) -> None:
        """The socket is gone, whoever ended it."""
        if self.opened:
            self._end()

    def _spend(self) -> None:
        """A token bucket: an empty one is waited for by not reading."""
        now = self.hub.now()
        self._tokens = min(BURST, self._tokens + (now - self._tokens_at) * RATE / 1_000) - 1
        self._tokens_at = now
        if self._tokens < 0:
            self.transport.pause()
            self.hub.later(-self._tokens / RATE, self._refilled)

    def _refilled(self) -> None:
        if self.opened and not self._busy:
            self.transport.resume()

    def _take(self, message: bytes) -> None:
        try:
            decoded = self.codec.decode(message)
        except BadMessage as bad:
            self.close(CloseCode.BAD_MESSAGE, detail=bad.detail)
            return
        if not self.welcomed and not isinstance(decoded, Hello):
            self.close(CloseCode.NO_HELLO)
            return
        try:
            self._dispatch(decoded)
        except Refused as refused:
            self.refuse(
                refused.reason, refused.facts, id=getattr(decoded, "id", None), room=getattr(decoded, "room", None)
            )

    def _dispatch(self, message: ClientMessage) -> None:
        match message:
            case Do():
                self._do(message)
            case Ping():
                self.send(Pong())
            case Whisper(room=room, name=name, data=data):
                self._seat(room).room.whisper(self._seat(room), name, data)
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
                self.welcomed = True
                self._step(self.hub.greet, message)
            case _:
                assert_never(message)

    def _do(self, message: Do) -> None:
        seat = self._seat(message.room)
        if seat.in_flight >= IN_FLIGHT:
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
        self.transport.pause()
        self.hub.spawn(self._stepping(act(self, message), message))

    async def _stepping(self, act: Awaitable[None], message: Hello | Join | Page) -> None:
        try:
            await act
        except Refused as refused:
            if self.opened:
                id, room = getattr(message, "id", None), getattr(message, "room", None)
                self.refuse(refused.reason, refused.facts, id=id, room=room)
        finally:
            self._busy = False
        while self._held and self.opened and not self._busy:
            self._take(self._held.popleft())
        if self.opened and not self._busy and self._tokens >= 0:
            self.transport.resume()

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
