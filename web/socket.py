"""`/ws`: who opens the socket, which codec it speaks, and the Connection it is attached to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.websockets import WebSocket

from realtime.connection import Transport
from realtime.gate import Identity
from realtime.wire import CLOSE_CODES, CODECS, JSON, SUBPROTOCOLS, Bye, CloseCode
from web.catalogue import pick, sentence
from web.direct_socket import EXTENSION, Attached, DirectSocket
from web.plain_socket import PlainSocket


class ForbiddenOrigin(Exception):
    """A page of somebody else tries to use the sign-in of whoever looks at it."""


class Welcoming(Protocol):
    """What the endpoint needs of the hub."""

    def attach(self, transport: Transport, identity: Identity | None, lang: str, subprotocol: str) -> Attached: ...


Recognise = Callable[[WebSocket], "Awaitable[Identity | None]"]


class Sockets:
    """The route's endpoint is `open`. `recognise` tells whose cookie it is, or raises ForbiddenOrigin."""

    def __init__(self, hub_of: Callable[[WebSocket], Welcoming], recognise: Recognise, lang: str) -> None:
        self._hub_of, self._recognise, self._lang = hub_of, recognise, lang

    async def open(self, websocket: WebSocket) -> None:
        lang = pick(websocket.headers.get("accept-language"), self._lang)
        offered = websocket.scope["subprotocols"]
        spoken = next((name for name in offered if name in SUBPROTOCOLS), None)
        try:
            identity = await self._recognise(websocket)
        except ForbiddenOrigin:
            await self._turn_away(websocket, lang, spoken)
            return
        await websocket.accept(subprotocol=spoken)

        def attach(transport: Transport) -> Attached:
            return self._hub_of(websocket).attach(transport, identity, lang, spoken or JSON)

        direct = websocket.scope.get("extensions", {}).get(EXTENSION)
        if isinstance(direct, DirectSocket):
            direct.attach(attach(direct))
        else:
            await PlainSocket(websocket).serve(attach)

    async def _turn_away(self, websocket: WebSocket, lang: str, spoken: str | None) -> None:
        """Accepted and closed at once: a browser shows its page no close code of a handshake that failed."""
        await websocket.accept(subprotocol=spoken)
        code = CLOSE_CODES[CloseCode.FORBIDDEN_ORIGIN]
        codec = CODECS[spoken or JSON]
        bye = codec.encode(Bye(code, sentence(lang, CloseCode.FORBIDDEN_ORIGIN, {})))
        await (websocket.send_bytes(bye) if codec.binary else websocket.send_text(bye.decode()))
        await websocket.close(code, CloseCode.FORBIDDEN_ORIGIN)
