"""Getting in, as a browser does: a code and a name over HTTP, a cookie for the socket."""

from __future__ import annotations

from msgspec import Struct

from web.rehearsal.server import DoorClosed, Problem, Server

TRIES = 50
"""Names to try: each time that one is taken, the one the server suggests."""


class Entrance(Struct, frozen=True):
    """Somebody is in, by way of `room`. `cookie` (name=value) is a secret."""

    room: str
    name: str
    cookie: str


class _Let(Struct, frozen=True):
    room: str


class Door:
    """What a code opens, of the Kring at `url` (http://host:port)."""

    def __init__(self, url: str, code: str, lang: str) -> None:
        """Raises DoorClosed(not_kring) when that is no address."""
        self.server = Server(url, lang)
        self.origin, self.socket_url = self.server.origin, self.server.socket_url
        self._code = code

    async def enter(self, name: str) -> Entrance:
        """As a new guest, by `name` or a free one like it. Raises DoorClosed."""
        for _ in range(TRIES):
            answer = await self.server.ask("/api/join", {"code": self._code, "name": name})
            if not isinstance(answer, Problem):
                return Entrance(answer.read(_Let).room, name, answer.cookie)
            suggestion = answer.facts.get("suggestion")
            if answer.reason != "name_taken" or not isinstance(suggestion, str):
                raise DoorClosed(answer.reason, answer.text)
            name = suggestion
        raise DoorClosed("name_taken")
