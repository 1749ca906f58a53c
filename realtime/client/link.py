"""The socket under a client: how it is opened, and what its end means."""

from __future__ import annotations

import logging
from http import HTTPStatus

from msgspec import Struct
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI
from websockets.typing import Origin, Subprotocol

from realtime.client.values import MESSAGE_BYTES, NotKring

SUBPROTOCOL = "kring.v1.msgpack"
OPEN_S = 10.0
CLOSE_S = 2.0
STAY_AWAY = range(4_500, 5_000)
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class Closed(Exception):
    """The server closed, and coming back is no use. `code`: stable; `text`: a sentence, "" if it had none to give."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}" if text else str(code))
        self.code, self.text = code, text


class Unreachable(Exception):
    """No connection just now."""


class Dial(Struct, frozen=True, kw_only=True):
    """Whom to call, and as whom. `token` and `cookie` are secrets."""

    url: str
    token: str | None
    cookie: str | None
    origin: str | None
    lang: str | None
    client: str | None


class Bye(Struct, frozen=True):
    """What the server said at the end of a connection."""

    code: int
    text: str = ""
    retry_s: float = 0.0


async def open_link(dial: Dial) -> ClientConnection:
    """A new socket. Raises Unreachable, or NotKring when trying again is no use."""
    log = logging.getLogger("kring.client.socket")
    log.setLevel(logging.WARNING)  # below it, the library writes headers: our cookie
    try:
        socket = await open_socket(
            dial.url,
            origin=Origin(dial.origin) if dial.origin else None,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            additional_headers={"Cookie": dial.cookie} if dial.cookie else None,
            compression=None,
            open_timeout=OPEN_S,
            close_timeout=CLOSE_S,
            ping_interval=None,
            max_size=MESSAGE_BYTES,
            logger=log,
        )
    except InvalidURI as error:
        raise NotKring(str(error)) from None
    except InvalidStatus as error:
        status = error.response.status_code
        if 400 <= status < 500 and status not in _PASSING:
            raise NotKring(f"the server answers with HTTP status {status}") from None
        raise Unreachable(f"HTTP status {status}") from None
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise Unreachable(str(error)) from None
    if socket.subprotocol != SUBPROTOCOL:
        await socket.close()
        raise NotKring(f"the server does not speak {SUBPROTOCOL}")
    return socket
