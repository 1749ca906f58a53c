"""The states of a room and the one table of who may do what in which state (C10).

A kind gives each of its commands a row (`Rights`); the commands that move a room between states stand here. The table
drives the check, the page's buttons, the documentation and the authorisation tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import cast

from msgspec import Struct

from rooms.model import Changes, Command, Event, Reason, Record, RecordId, Records, Refused, Role, Stamp

ROOM = RecordId("room")


class State(StrEnum):
    """Where a room is in its life. Closed is final."""

    PLANNED = "planned"
    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


class Rights(Struct, frozen=True, gc=False):
    """The least role that may give a command, per state; None: nobody but the system. Closed: nobody at all."""

    planned: Role | None = None
    open: Role | None = None
    locked: Role | None = None

    def least(self, state: State) -> Role | None:
        return None if state is State.CLOSED else cast("Role | None", getattr(self, state.value))


TAKE_PART = Rights(open=Role.GUEST, locked=Role.MODERATOR)
"""Adding something: everybody while the room is open, staff while it is locked."""
TAKE_BACK = Rights(open=Role.GUEST, locked=Role.GUEST)
"""Taking back one's own: as long as the room isn't closed."""
RUN = Rights(planned=Role.MODERATOR, open=Role.MODERATOR, locked=Role.MODERATOR)
"""Running the room: staff."""

Table = Mapping[type[Command], Rights]


class Room(Record, frozen=True, gc=False, tag="room", omit_defaults=True, kw_only=True):
    """The room itself, as its viewers know it."""

    state: State


class Open(Command, frozen=True, gc=False, tag="room.open"):
    """Let people in."""


class Lock(Command, frozen=True, gc=False, tag="room.lock"):
    """Reading only, but for staff."""


class Unlock(Command, frozen=True, gc=False, tag="room.unlock"):
    """Everybody may write again."""


class Close(Command, frozen=True, gc=False, tag="room.close"):
    """End the room, for ever."""


class Moved(Event, frozen=True, gc=False, tag="room.moved"):
    """The room went to another state."""

    state: State


MOVES: Mapping[type[Command], tuple[frozenset[State], State]] = {
    Open: (frozenset({State.PLANNED}), State.OPEN),
    Lock: (frozenset({State.OPEN}), State.LOCKED),
    Unlock: (frozenset({State.LOCKED}), State.OPEN),
    Close: (frozenset({State.PLANNED, State.OPEN, State.LOCKED}), State.CLOSED),
}
"""command → the states it leaves, the state it leads to"""

RIGHTS: Table = {
    Open: Rights(planned=Role.MODERATOR, open=Role.MODERATOR),
    Lock: Rights(open=Role.MODERATOR, locked=Role.MODERATOR),
    Unlock: Rights(open=Role.MODERATOR, locked=Role.MODERATOR),
    Close: Rights(),
}

REASONS = frozenset({Reason.FORBIDDEN, Reason.PLANNED, Reason.LOCKED, Reason.CLOSED})
_OF_STATE = {State.PLANNED: Reason.PLANNED, State.LOCKED: Reason.LOCKED, State.CLOSED: Reason.CLOSED}


def state_of(records: Records) -> State:
    """A room nobody opened yet is planned."""
    room = records.get(ROOM)
    return room.state if isinstance(room, Room) else State.PLANNED


def allows(rights: Rights, state: State, role: Role) -> bool:
    """The check: may `role` give a command with these rights in this state?"""
    if state is State.CLOSED or role is Role.SCREEN:
        return False
    least = rights.least(state)
    return role is Role.SYSTEM if least is None else role.includes(least)


def check(table: Table, command: Command, records: Records, role: Role) -> None:
    """Raises Refused: `forbidden` when no state would allow it, else the state that stands in the way."""
    state, rights = state_of(records), table[type(command)]
    if allows(rights, state, role):
        return
    if state in _OF_STATE and any(allows(rights, other, role) for other in State if other is not State.CLOSED):
        raise Refused(_OF_STATE[state])
    if state is State.CLOSED:
        raise Refused(Reason.CLOSED)
    raise Refused(Reason.FORBIDDEN)


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    """A move that has been made already is no event; one from the wrong state is refused with that state."""
    leaves, leads_to = MOVES[type(command)]
    state = state_of(records)
    if state is leads_to:
        return []
    if state not in leaves:
        raise Refused(_OF_STATE.get(state, Reason.FORBIDDEN))
    return [Moved(leads_to)]


def evolve(records: Records, event: Moved) -> Changes:
    return {ROOM: Room(state=event.state)}


def may(table: Table, role: Role) -> dict[State, list[str]]:
    """state → tags of the commands this role may give then; what `joined.may` tells the page."""
    return {state: sorted(tag(c) for c, r in table.items() if allows(r, state, role)) for state in State}


def tag(command: type[Command]) -> str:
    return cast(str, command.__struct_config__.tag)
