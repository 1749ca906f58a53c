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
from realtime.rows import Row
from realtime.wire import Person, ToClient
from rooms.model import ActorId, Level, Viewer

if TYPE_CHECKING:
    from realtime.connection import Connection
    from realtime.room import LiveRoom


class Seat:
    """Whoever looks at a room through one connection."""

    __slots__ = (
        "_seq",
        "admission",
        "audience",
        "buffered",
        "codec",
        "connection",
        "done",
        "left",
        "mine",
        "owed",
        "presence",
        "room",
        "row",
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
        """At hand, for a flush calls them again and again; not after the seat is `left`."""
        self.admission = admission
        self.viewer = Viewer(admission.actors, admission.role)
        self.audience = audience
        self.mine = mine
        self.presence = _presence(admission)
        """Whom others see here: an id, and a name where people go by name."""
        self.row: Row | None = None
        self._seq = 0
        self.done: Sequence[str] = ()
        """Ids of commands that count; told after the change that shows them (F4)."""
        self.owed: Sequence[ToClient] = ()
        """Refusals, told after the change."""
        self.whole = False
        """The next thing to send is the whole state."""
        self.left = False

    @property
    def seq(self) -> int:
        """Up to where it has been told."""
        return self._seq if self.row is None else self.row.seq

    @seq.setter
    def seq(self, seq: int) -> None:
        self.step_out()
        self._seq = seq

    @property
    def owes(self) -> bool:
        """Whether there is more to tell than what changed."""
        return bool(self.done or self.owed or self.whole)

    def count(self, id: str) -> None:
        """A command counts."""
        self.step_out()
        self.done = [*self.done, id]

    def owe(self, refusal: ToClient) -> None:
        """A command was refused."""
        self.step_out()
        self.owed = [*self.owed, refusal]

    def begin_anew(self, audience: Audience, mine: Audience) -> None:
        """The room has another past: what it was told doesn't count."""
        self.step_out()
        self.audience, self.mine, self.whole = audience, mine, True

    def step_out(self) -> None:
        """Of its row, if it is in one: it is not as everybody else."""
        row = self.row
        if row is not None:
            self._seq, self.row = row.seq, None
            self.room.rows.step_out(self, row)


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
