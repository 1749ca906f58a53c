"""All that is kept of a closed session: what it came to, and what was said in it that everybody there could see."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from persistence import harvest, outcomes, records, sessions
from persistence.communities import Room
from persistence.database import Read
from persistence.harvest import Found
from persistence.outcomes import Attendance
from persistence.passages import Said, said_in
from persistence.sessions import Session
from rooms.kind import kinds


class Archived(Struct, frozen=True):
    """`lines`: its outcome, in its order; `said`: its transcript, room by room, oldest first."""

    session: Session
    rooms: Sequence[Room]
    attendance: Attendance
    lines: Sequence[Found]
    said: Sequence[Said]


async def archived(tx: Read, session: Session) -> Archived:
    rooms = await sessions.rooms_of(tx, session.id)
    said: list[Said] = []
    for room in rooms:
        kind = kinds()[room.kind]
        bodies = await records.everything(tx, room.id)
        said += said_in(room.id, kind, {id: kind.record_from_msgpack(body) for id, body in bodies.items()})
    found = await harvest.lines(tx, session.id)
    return Archived(session, rooms, await outcomes.attendance(tx, session.id), found, said)
