"""The one table of what may be done in which phase (compare C10): it drives the check and the page's buttons.

A command that isn't in it may be given in every phase, by those whom the lifecycle lets.
"""

from __future__ import annotations

from collections.abc import Mapping

from rooms.kinds.board.commands import (
    Decide,
    Delete,
    Drop,
    Edit,
    GroupWith,
    Move,
    NameGroup,
    Phase,
    Plan,
    Ready,
    Revise,
    Ungroup,
    Vote,
    Write,
)
from rooms.kinds.board.records import Who, board
from rooms.lifecycle import tag
from rooms.model import Command as BaseCommand
from rooms.model import Reason, Records, Refused, Role, Stamp

ALL, OWN, STAFF, NOT = Who.EVERYBODY, Who.WRITER, Who.STAFF, None
"""`OWN`: whoever wrote the note, and staff."""

TABLE: Mapping[type[BaseCommand], tuple[Who | None, ...]] = {
    #          write  reveal group  vote   discuss done
    Write:     (ALL,   ALL,   ALL,   NOT,   STAFF, NOT),
    Edit:      (OWN,   OWN,   OWN,   STAFF, OWN,   NOT),
    Delete:    (OWN,   OWN,   OWN,   OWN,   OWN,   OWN),
    Move:      (OWN,   OWN,   ALL,   NOT,   NOT,   NOT),
    GroupWith: (NOT,   NOT,   ALL,   NOT,   NOT,   NOT),
    NameGroup: (NOT,   NOT,   ALL,   STAFF, STAFF, NOT),
    Ungroup:   (NOT,   NOT,   ALL,   NOT,   NOT,   NOT),
    Vote:      (NOT,   NOT,   NOT,   ALL,   NOT,   NOT),
    Ready:     (ALL,   ALL,   ALL,   ALL,   ALL,   NOT),
    Plan:      (STAFF, STAFF, STAFF, STAFF, ALL,   STAFF),
    Decide:    (STAFF, STAFF, STAFF, STAFF, ALL,   STAFF),
    Revise:    (STAFF, STAFF, STAFF, STAFF, ALL,   STAFF),
    Drop:      (STAFF, STAFF, STAFF, STAFF, ALL,   STAFF),
}  # fmt: skip
_STEPS = {phase: step for step, phase in enumerate(Phase)}


def who(command: type[BaseCommand], phase: Phase) -> Who | None:
    """Who may give the command in this phase; None: nobody."""
    row = TABLE.get(command)
    return ALL if row is None else row[_STEPS[phase]]


def check(records: Records, command: BaseCommand, stamp: Stamp, *, own: bool) -> None:
    """Raises Refused: `phase` when another one would allow it, else `forbidden`. `own`: it is about one's own note."""
    now = board(records).phase
    if _allows(who(type(command), now), stamp.role, own):
        return
    if any(_allows(who(type(command), phase), stamp.role, own) for phase in Phase):
        raise Refused(Reason.PHASE, phase=now)
    raise Refused(Reason.FORBIDDEN)


def may(phase: Phase, role: Role) -> dict[str, Who]:
    """What somebody of this role may do in this phase: tags, and to whose notes."""
    if role is Role.SCREEN:
        return {}
    allowed = {tag(command): who(command, phase) for command in TABLE}
    if role.includes(Role.MODERATOR):
        return {name: ALL for name, least in allowed.items() if least is not None}
    return {name: least for name, least in allowed.items() if least in (ALL, OWN)}


def _allows(least: Who | None, role: Role, own: bool) -> bool:
    if least is None:
        return False
    return role.includes(Role.MODERATOR) or least is ALL or (least is OWN and own)
