"""A connection's place in a room: one number, the last seq it was sent (F3), and what is still owed to it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from realtime.audience import Audience
from realtime.gate import Admission
from realtime.journal import Position
from realtime.presence import NOBODY
from realtime.wire import Person, ToClient
from rooms.model import ActorId, Level, Viewer

if TYPE_CHECKING:
    from realtime.connection import Connection
    from realtime.room import LiveRoom


class Seat:
    """Whoever looks at a room through one connection."""

    __slots__ = (
        "admission",
        "audience",
        "buffered",
        "codec",
        "connection",
        "done",
        "left",
        "mine",
        "owed",
        "plain",
        "presence",
        "room",
        "seq",
        "viewer",
        "whole",
        "write",
    )

    def __init__(
        self, room: LiveRoom, connection: Connection, admission: Admission, audience: Audience, mine: Audience
    ) -> None:
        self.room = room
        self.connection = connection
        self.codec = connection.codec
        self.write, self.buffered = connection.transport.write, connection.transport.buffered
        """At hand, for a flush calls them for each seat there is; not after the seat is `left`."""
        self.admission = admission
        self.viewer = Viewer(admission.actors, admission.role)
        self.audience = audience
        self.mine = mine
        self.presence = _presence(admission)
        """Whom others see here: an id, and a name where people go by name."""
        self.seq = 0
        self.done: Sequence[str] = ()
        """Ids of commands that count; told after the change that shows them (F4)."""
        self.owed: Sequence[ToClient] = ()
        """Refusals, told after the change."""
        self.whole = False
        """The next thing to send is the whole state."""
        self.left = False
        self.plain = False
        """Nothing of the above; and at the last flush the connection was not behind (F3)."""

    @property
    def owes(self) -> bool:
        """Whether there is more to tell than the shared change."""
        return bool(self.done or self.owed or self.whole)

    def count(self, id: str) -> None:
        """A command counts."""
        self.done = [*self.done, id]
        self.plain = False

    def owe(self, refusal: ToClient) -> None:
        self.owed = [*self.owed, refusal]
        self.plain = False

    def begin_anew(self) -> None:
        """What it was told is of another past."""
        self.whole, self.plain = True, False

    def leave(self) -> None:
        self.left, self.plain = True, False


def _presence(admission: Admission) -> tuple[ActorId, Person]:
    """Staff always go by name."""
    if admission.role.staff or admission.level is Level.NAMED:
        return admission.actors[0], Person(admission.name, admission.role.staff)
    return admission.actors[-1], NOBODY


def mark_of(position: Position) -> str:
    """The journal's mark as clients hold it: opaque text."""
    return base64.urlsafe_b64encode(position.mark).decode().rstrip("=")


def position_of(seq: int, mark: str) -> Position | None:
    """The position a client names; None: no mark of ours."""
    try:
        return Position(seq, base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        return None


def eyes_of(viewer: Viewer) -> str:
    """Stands for whom a room was seen as: other actors or another role need the whole state (F5)."""
    return hashlib.blake2b("\x00".join([viewer.role, *viewer.actors]).encode(), digest_size=6).hexdigest()
