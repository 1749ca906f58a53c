"""What the hub asks of the layers above it: who somebody is, what they may be in a room, and what memory let go of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from realtime.journal import Position
from rooms.model import ActorId, Facts, Level, PersonName, Reason, RecordId, Role


class Identity(Struct, frozen=True, gc=False):
    """Whom a cookie or token stands for. `person` is a stable id that never leaves the server, as `sign_in` is."""

    person: str
    name: PersonName
    lang: str | None = None
    sign_in: str = ""


class Admission(Struct, frozen=True, gc=False):
    """What a person is in one room. `actors`: their named id there and, where the room has a secret, the second (C7).

    `level`: how people may ask there, at least; `nickname`: what they are called where they don't go by name.
    """

    kind: str
    key: bytes
    actors: tuple[ActorId, ...]
    role: Role
    name: PersonName
    level: Level = Level.NAMED
    nickname: PersonName = PersonName("")


class Recalled(Struct, frozen=True):
    """Records as the database has them (msgpack), complete up to entry `cursor`."""

    records: Mapping[RecordId, bytes]
    cursor: int
    more: bool = False


class Gate(Protocol):
    """Given to the hub where the application is put together."""

    async def identify(self, token: str) -> Identity | None:
        """Whom a `hello` token stands for; None: nobody."""

    async def admit(self, person: str, room: str) -> Admission:
        """Raises Refused: `not_found`, `forbidden`."""

    async def recall(self, room: str, ids: Sequence[RecordId]) -> Recalled:
        """Let-go records by id (C6); unknown ids are left out."""

    async def page(self, room: str, before: int, limit: int) -> Recalled:
        """The latest `limit` numbered records with n < `before`; `more`: older ones exist."""

    async def restore(self, room: str, head: Position) -> bool:
        """Let the journal, which ends at `head`, go on from where the database is, if that is further (J8).

        False: it isn't, and nothing was done.
        """

    def sentence(self, lang: str, code: Reason | str, facts: Facts) -> str:
        """The catalogue's sentence for a refusal reason, or for a close code's name (wire.CloseCode)."""
