"""Whoever comes with a token instead of a cookie: the day is noted, as it is when a socket says hello."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from web.auth import bearer_of
from web.house import house_of


class Bearers:
    """ASGI middleware. It lets everybody through: what somebody may is for each endpoint to say."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            if (token := bearer_of(connection)) is not None:
                await house_of(connection).gate.identify(token)
        await self._app(scope, receive, send)
