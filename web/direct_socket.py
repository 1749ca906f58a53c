"""The fast way to a browser: uvicorn's WebSocket protocol, with nothing parked per connection (F1).

After the handshake the endpoint attaches a Connection to this class and returns: no task, queue, scope or request stays
behind. Whole messages go straight to `connection.received`, ready-made frames straight to the transport. What is used
of uvicorn's insides is pinned by tests/web/test_uvicorn_contract.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Protocol, cast

from typing_extensions import override
from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Close, Frame, Opcode, apply_mask  # type: ignore[attr-defined]
from websockets.http11 import Request, Response

from realtime.wire import CLOSE_CODES, MESSAGE_BYTES, CloseCode

EXTENSION = "kring.socket"
"""Where the endpoint finds this object in its scope."""
CLOSING_S = 5.0
"""How long a closing handshake may take before the connection is cut."""
PONG_BYTES = 64 * 1024
"""With more than this unsent, a WebSocket ping goes unanswered: whoever does not read needs no pong."""
REASON_BYTES = 123
SHORT_HEAD, MASKED, TWO_MORE = 6, 0x80, 126
"""Of a frame: the bytes before a short message; the bit that clients set; what says that two more have the length."""
WHOLE = (0x80 | Opcode.TEXT, 0x80 | Opcode.BINARY)

Event = Request | Response | Frame


class Attached(Protocol):
    """What the socket needs of a Connection."""

    def received(self, message: bytes) -> None: ...

    def closed(self) -> None: ...

    def unsent(self) -> None: ...

    def close(self, why: CloseCode, *, retry_ms: int | None = None, detail: str | None = None) -> None: ...


class DirectSocket(WebSocketsSansIOProtocol):
    """One WebSocket. Until `attach` it is uvicorn's own; from then on it is the Connection's Transport."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.direct = False
        self.write: Callable[[bytes], None] = _dropped
        """The transport's own, from `attach` until a close: it is called for every delivery there is."""
        self.buffered: Callable[[], int] = _nothing
        self.attached: Attached | None = None
        self.held: Iterator[Event] = iter(())
        self.at_a_message = False
        """What comes next begins a message: asked for every message there is, of every connection."""

    def attach(self, connection: Attached) -> None:
        """Hand the socket over; call it right after `accept`. What the client sent ahead is received first."""
        self.direct, self.attached = True, connection
        early = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        del self.queue, self.writable, self.scope, self.request, self.response, self.app_state
        if self.disconnected:
            self._end()
            return
        self.transport.set_write_buffer_limits(high=0)  # then uvloop writes at once, and says when not all has left
        self.write, self.buffered = self.transport.write, self.transport.get_write_buffer_size
        for message in early:
            if message["type"] == "websocket.receive":
                connection.received(message.get("bytes") or (message.get("text") or "").encode())
        if self.read_paused and not self.close_sent:
            self.resume()
        self.at_a_message = self._has_all()

    # ---- realtime.connection.Transport ---------------------------------------------------------------------------

    def close(self, code: int, reason: str) -> None:
        """Send a close frame and wait a bounded time for the answer; whatever arrives meanwhile is thrown away."""
        if self.close_sent or self.disconnected:
            return
        self._mute()
        self.conn.data_to_send()  # a pong, or the parser's own goodbye: ours says it better
        close = Close(code, _cut(reason)).serialize()
        self.transport.write(Frame(Opcode.CLOSE, close).serialize(mask=False))
        self._read_on()
        if self.conn.parser_exc is not None and self.transport.can_write_eof():
            self.transport.write_eof()  # the client's answer won't be understood: its hanging up will be
        self.close_timer = self.loop.call_later(CLOSING_S, self.transport.abort)

    def pause(self) -> None:
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def resume(self) -> None:
        if not self.read_paused or self.close_sent or self.disconnected:
            return
        self.read_paused = False
        self._deliver()
        if not self.read_paused:
            self.transport.resume_reading()

    # ---- from the event loop -------------------------------------------------------------------------------------

    @override
    def data_received(self, data: bytes) -> None:
        if not self.direct:
            super().data_received(data)
        elif self.close_sent and self.conn.parser_exc is not None:
            return
        else:
            rest = self._take_whole(data) if self.at_a_message else data
            if rest:
                self.conn.receive_data(rest)
                self.held = chain(self.held, self.conn.events_received())
                self._deliver()
                self.at_a_message = self._has_all()

    def _has_all(self) -> bool:
        """Whether the parser waits for nothing, so that what comes next begins a message."""
        return not (self.conn.reader.buffer or self.conn.current_size is not None)

    def _take_whole(self, data: bytes) -> bytes:
        """Whole messages in one frame are unmasked here and go straight on; what is left is the parser's.

        Nearly all that clients say comes so. Anything else (long, in fragments, cut by the network, a control frame, or
        not as the RFC has it) is the library's to judge, which costs it five times as much.
        """
        at = 0
        while len(data) - at > SHORT_HEAD and self.attached is not None and not (self.read_paused or self.close_sent):
            body, size = at + SHORT_HEAD, data[at + 1] - MASKED
            if size == TWO_MORE and len(data) - at > SHORT_HEAD + 2:
                body, size = body + 2, data[at + 2] << 8 | data[at + 3]
            elif size >= TWO_MORE:
                break
            if data[at] not in WHOLE or not 0 <= size <= MESSAGE_BYTES or len(data) < body + size:
                break
            at = body + size
            self.attached.received(apply_mask(data[body:at], data[body - 4 : body]))
        return data[at:]

    @override
    def eof_received(self) -> None:
        """The client hung up without a close frame; after one the transport is closing by itself."""
        if self.direct and not self.transport.is_closing():
            self._end()
            self.transport.abort()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self.direct:
            super().connection_lost(exc)
            return
        self.disconnected = True
        self._mute()
        self.connections.discard(self)
        self._stop_timer()
        self._end()

    @override
    def pause_writing(self) -> None:
        """Nobody waits for room: the hub looks at `buffered` (F3)."""
        if not self.direct:
            super().pause_writing()
        elif self.attached is not None:
            self.attached.unsent()

    @override
    def resume_writing(self) -> None:
        if not self.direct:
            super().resume_writing()

    # ---- from uvicorn --------------------------------------------------------------------------------------------

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            cast(dict[str, object], self.scope["extensions"])[EXTENSION] = self

    @override
    async def run_asgi(self) -> None:
        """uvicorn's own closes the transport when the endpoint returns; an attached socket stays."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("the WebSocket endpoint failed")
            self.send_500_response()
        else:
            if not self.handshake_complete:
                self.send_500_response()
        if not self.direct and self.close_timer is None:
            self.transport.close()

    @override
    def send_receive_event_to_app(self) -> None:
        if not self.direct:
            super().send_receive_event_to_app()
            return
        message = bytes(self.frames[0]) if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.attached is not None and not self.close_sent:
            self.attached.received(message)

    @override
    def handle_cont(self, event: Frame) -> None:
        """Empty fragments are not kept: a message may have any number of them."""
        if event.data:
            self.frames.append(cast(bytes, event.data))
        if event.fin:
            self.send_receive_event_to_app()

    @override
    def handle_ping(self) -> None:
        if not self.direct:
            super().handle_ping()
        elif self.conn.close_sent is None and not self.close_sent:
            pong = b"".join(self.conn.data_to_send())
            if self.buffered() < PONG_BYTES:
                self.transport.write(pong)

    @override
    def handle_close(self, event: Frame) -> None:
        if not self.direct:
            super().handle_close(event)
            return
        self._stop_timer()
        answer = b"".join(self.conn.data_to_send())
        if not self.close_sent:
            self._end()
            self._mute()
            self.transport.write(answer)
        self._close_transport()

    @override
    def shutdown(self) -> None:
        """uvicorn stops. The hub has drained before, so this meets only what would not go."""
        if not self.direct:
            super().shutdown()
            return
        self.close(CLOSE_CODES[CloseCode.RESTARTING], CloseCode.RESTARTING)
        self._close_transport()

    # ---- inside --------------------------------------------------------------------------------------------------

    def _deliver(self) -> None:
        """Take events as long as the Connection lets us; a pause holds back also what has been read already."""
        while not self.read_paused:
            event = next(self.held, None)
            if event is None:
                break
            if isinstance(event, Frame):
                self._take(event)
        if not self.read_paused and self.conn.parser_exc is not None and self.attached is not None:
            self.attached.close(CloseCode.BAD_MESSAGE, detail=str(self.conn.parser_exc))

    def _take(self, frame: Frame) -> None:
        match frame.opcode:
            case Opcode.TEXT:
                self.handle_text(frame)
            case Opcode.BINARY:
                self.handle_bytes(frame)
            case Opcode.CONT:
                self.handle_cont(frame)
            case Opcode.CLOSE:
                self.handle_close(frame)
            case Opcode.PING:
                self.handle_ping()
            case Opcode.PONG:
                pass

    def _mute(self) -> None:
        """Nothing is sent after a close."""
        self.close_sent = True
        self.write = _dropped

    def _read_on(self) -> None:
        """Read again, so that the client's half of the closing handshake arrives."""
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def _close_transport(self) -> None:
        """Close once all is written; a client that does not read is cut after a while."""
        self.transport.close()
        if self.close_timer is None and not self.disconnected:
            self.close_timer = self.loop.call_later(CLOSING_S, self.transport.abort)

    def _stop_timer(self) -> None:
        if self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = None

    def _end(self) -> None:
        """Tell the Connection, once, and let go of it."""
        connection, self.attached = self.attached, None
        self.held = iter(())
        if connection is not None:
            connection.closed()


def _dropped(data: bytes) -> None:
    """For a socket that is closed, or not attached yet."""


def _nothing() -> int:
    return 0


def _cut(reason: str) -> str:
    """A close frame holds 123 bytes of reason."""
    return reason.encode()[:REASON_BYTES].decode(errors="ignore")
