"""The server that is rehearsed with: its addresses, and what it is asked over HTTP, as a page asks."""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

T = TypeVar("T", bound=Struct)

ANSWER_S = 20.0


class DoorClosed(Exception):
    """Nobody gets in. `reason`: a stable code, the server's or `unreachable` or `not_kring`; `text`: its sentence."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}")
        self.reason, self.text = reason, text


class Answered(Struct, frozen=True):
    """What an endpoint answered, and the sign-in that came with it (name=value, a secret; mostly none)."""

    body: bytes
    cookie: str

    def read(self, shape: type[T]) -> T:
        """Raises DoorClosed(not_kring)."""
        try:
            return msgspec.json.decode(self.body, type=shape)
        except msgspec.MsgspecError as error:
            raise DoorClosed("not_kring") from error


class Problem(Struct, frozen=True):
    """What the server will not do, and why."""

    reason: str
    text: str
    facts: dict[str, str | int | bool | None] = {}


class Server:
    """The Kring at `url` (http://host:port, perhaps with a base path), which answers in `lang`."""

    def __init__(self, url: str, lang: str) -> None:
        """Raises DoorClosed(not_kring) when that is no address."""
        parts = urlsplit(url if "://" in url else f"http://{url}")
        try:
            whole = parts.scheme in ("http", "https") and parts.hostname is not None and parts.port != 0
        except ValueError:
            whole = False
        if not whole:
            raise DoorClosed("not_kring")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        base = parts.path.rstrip("/")
        self.socket_url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{base}/ws"
        self._base = self.origin + base
        self.lang = lang

    async def ask(self, path: str, body: object = None, *, cookie: str = "") -> Answered | Problem:
        """POST `body`; GET when there is none. Raises DoorClosed."""
        return await asyncio.to_thread(self._ask, path, None if body is None else msgspec.json.encode(body), cookie)

    async def get(self, path: str, shape: type[T], *, cookie: str = "") -> T:
        """Raises DoorClosed, also for what the server will not do."""
        return _whole(await self.ask(path, cookie=cookie)).read(shape)

    async def post(self, path: str, body: object, *, cookie: str = "") -> Answered:
        """Raises DoorClosed, also for what the server will not do."""
        return _whole(await self.ask(path, body, cookie=cookie))

    def _ask(self, path: str, body: bytes | None, cookie: str) -> Answered | Problem:
        headers = {"Accept-Language": self.lang, "Origin": self.origin, "X-Kring": "1"}
        headers |= {"Content-Type": "application/json"} if body is not None else {}
        headers |= {"Cookie": cookie} if cookie else {}
        request = urllib.request.Request(self._base + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_S) as answer:
                return Answered(answer.read(), (answer.headers["Set-Cookie"] or "").partition(";")[0])
        except urllib.error.HTTPError as error:
            with error:
                return Answered(error.read(), "").read(Problem)
        except (OSError, http.client.HTTPException) as error:
            raise DoorClosed("unreachable") from error


def _whole(answer: Answered | Problem) -> Answered:
    if isinstance(answer, Problem):
        raise DoorClosed(answer.reason, answer.text)
    return answer
