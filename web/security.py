"""What holds for every request: our headers on each answer, and a door that pages of others cannot open."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from web.auth import Origin, bearer_of, host_is_right, is_secure, origin_of
from web.base_path import below
from web.problems import Problem, send_problem
from web.settings import Settings

BODY_BYTES = 64 * 1024
MARK = "x-kring"
"""A header that a form of another site cannot send."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ALWAYS_HTTPS = "max-age=31536000; includeSubDomains"
"""Said over https only: a browser that heard it never comes by http again. Not below a base path: there the name is
others' as well, and whoever has it says so."""
HASHED = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""
FOR_PROBES = ("/healthz", "/readyz", "/metrics")
"""Asked by machines, at whatever address they know."""


class TooLarge(Exception):
    """More body than any request of ours has."""


class Security:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        found = below(scope, self._settings.base_path, FOR_PROBES)
        if scope["type"] == "websocket":
            await (self._app(found, receive, send) if found else WebSocketClose()(scope, receive, send))
            return
        scope = found or scope
        alone = not self._settings.base_path
        guarded = _Answering(scope["path"], send, https_only=alone and is_secure(HTTPConnection(scope), self._settings))
        try:
            self._check(HTTPConnection(scope))
            if found is None:
                raise Problem(404, "no_such_page")
            await self._app(scope, _bounded(receive), guarded)
        except Problem as problem:
            await send_problem(problem, scope, receive, guarded)
        except TooLarge:
            if guarded.started:
                raise
            await send_problem(Problem(413, "too_large"), scope, receive, guarded)

    def _check(self, connection: HTTPConnection) -> None:
        """Raises Problem."""
        if not host_is_right(connection, self._settings) and connection.url.path not in FOR_PROBES:
            raise Problem(421, "wrong_host")
        origin = origin_of(connection, self._settings)
        if connection.scope["method"] in ("GET", "HEAD"):
            wrong = origin is Origin.FOREIGN
        else:
            program = origin is Origin.ABSENT and bearer_of(connection) is not None  # no browser leaves the Origin out
            wrong = not (origin is Origin.OWN or program) or connection.headers.get(MARK) != "1"
        if wrong:
            raise Problem(403, "cross_site")
        if _length(connection) > BODY_BYTES:
            raise Problem(413, "too_large")


class _Answering:
    """`send` with our headers on the answer."""

    def __init__(self, path: str, send: Send, *, https_only: bool) -> None:
        self._path, self._send, self._https_only = path, send, https_only
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if self._https_only:
                headers.setdefault("strict-transport-security", ALWAYS_HTTPS)
            headers.setdefault("cache-control", self._cache(message["status"]))
        await self._send(message)

    def _cache(self, status: int) -> str:
        if self._path.startswith("/assets/"):
            return HASHED if status in (200, 206, 304) else "no-cache"
        return "no-store" if self._path.startswith("/api/") else "no-cache"


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > BODY_BYTES:
            raise TooLarge
        return message

    return bounded


def _length(connection: HTTPConnection) -> int:
    told = connection.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() else 0
