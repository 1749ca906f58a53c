"""Getting in, as a browser does: a code and a name over HTTP, a cookie for the socket."""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

ANSWER_S = 20.0
TRIES = 50
"""Names to try: each time that one is taken, the one the server suggests."""


class DoorClosed(Exception):
    """Nobody gets in. `reason`: a stable code, the server's or `unreachable` or `not_kring`; `text`: its sentence."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}")
        self.reason, self.text = reason, text


class Entrance(Struct, frozen=True):
    """Somebody is in. `cookie` (name=value) is a secret."""

    room: str
    name: str
    cookie: str


class _Let(Struct, frozen=True):
    room: str


class _Refused(Struct, frozen=True):
    reason: str
    text: str
    facts: dict[str, str | int | bool | None] = {}


class Door:
    """Of the Kring at `url` (http://host:port)."""

    def __init__(self, url: str, code: str, lang: str) -> None:
        """Raises DoorClosed(not_kring) when that is no address."""
        parts = urlsplit(url if "://" in url else f"http://{url}")
        try:
            whole = parts.scheme in ("http", "https") and parts.hostname is not None and parts.port != 0
        except ValueError:
            whole = False
        if not whole:
            raise DoorClosed("not_kring")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.socket_url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/ws"
        self._code = code
        self.lang = lang

    async def enter(self, name: str) -> Entrance:
        """As a new guest, by `name` or a free one like it. Raises DoorClosed."""
        for _ in range(TRIES):
            answer = await asyncio.to_thread(self._ask, name)
            if isinstance(answer, Entrance):
                return answer
            suggestion = answer.facts.get("suggestion")
            if answer.reason != "name_taken" or not isinstance(suggestion, str):
                raise DoorClosed(answer.reason, answer.text)
            name = suggestion
        raise DoorClosed("name_taken")

    def _ask(self, name: str) -> Entrance | _Refused:
        body = msgspec.json.encode({"code": self._code, "name": name})
        headers = {
            "Content-Type": "application/json",
            "Accept-Language": self.lang,
            "Origin": self.origin,
            "X-Kring": "1",
        }
        request = urllib.request.Request(f"{self.origin}/api/join", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_S) as answer:
                cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
                return Entrance(msgspec.json.decode(answer.read(), type=_Let).room, name, cookie)
        except urllib.error.HTTPError as error:
            with error:
                return _refused(error.read())
        except (OSError, http.client.HTTPException) as error:
            raise DoorClosed("unreachable") from error
        except msgspec.MsgspecError as error:
            raise DoorClosed("not_kring") from error


def _refused(body: bytes) -> _Refused:
    try:
        return msgspec.json.decode(body, type=_Refused)
    except msgspec.MsgspecError as error:
        raise DoorClosed("not_kring") from error
