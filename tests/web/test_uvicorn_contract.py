"""F1: what `web.direct_socket` and `web.server` use of uvicorn's insides is there, in the one minor that was read."""

from __future__ import annotations

import inspect

import pytest
import uvicorn
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import Server, ServerState
from websockets.server import ServerProtocol

from tests.web.echo import EchoHub, echo_app
from tests.web.serving import run, serving

OVERRIDDEN = (
    "connection_lost",
    "data_received",
    "eof_received",
    "handle_close",
    "handle_connect",
    "handle_cont",
    "handle_ping",
    "pause_writing",
    "resume_writing",
    "run_asgi",
    "send_receive_event_to_app",
    "shutdown",
)
CALLED = ("handle_bytes", "handle_text", "receive", "send", "send_500_response")
STATE = (
    "app",
    "app_state",
    "close_sent",
    "close_timer",
    "conn",
    "connections",
    "disconnected",
    "frames",
    "handshake_complete",
    "logger",
    "loop",
    "queue",
    "read_paused",
    "writable",
)


def test_only_the_minor_whose_source_was_read_is_subclassed() -> None:
    assert uvicorn.__version__.split(".")[:2] == ["0", "54"], "read its WebSocket class again, then change this line"


@pytest.mark.parametrize("name", OVERRIDDEN + CALLED)
def test_the_methods_are_there(name: str) -> None:
    assert inspect.isfunction(getattr(WebSocketsSansIOProtocol, name))


def test_the_state_is_there() -> None:
    async def whole() -> None:
        async with serving(echo_app(EchoHub())):
            config = Config(echo_app(EchoHub()), log_config=None)
            config.load()
            protocol = WebSocketsSansIOProtocol(config, ServerState(), {})
            assert [name for name in STATE if not hasattr(protocol, name)] == []
            assert isinstance(protocol.conn, ServerProtocol)
            for name in ("parser_exc", "close_sent", "close_rcvd"):
                assert getattr(protocol.conn, name) is None
            assert protocol.conn.current_size is None
            assert protocol.conn.reader.buffer == b""

    run("asyncio", whole())


def test_the_server_starts_and_stops_as_we_extend_it() -> None:
    assert list(inspect.signature(Server.startup).parameters) == ["self", "sockets"]
    assert list(inspect.signature(Server.shutdown).parameters) == ["self", "sockets"]
