"""Which acts of staff the owners of a community read of afterwards, and how much of each: never whose words those were.

A kind names its own in `LOGGED`. Of what staff do with what is theirs nothing is told, but that they dismissed a report
of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from rooms import lifecycle, pace
from rooms.model import Command, PersonName, RecordId, Records, Stamp


class Told(Struct, frozen=True, gc=False):
    """Which fields of the command: `record` names what it is about, `detail` how it was meant. "": none.

    `own`: told also where it is about what is theirs.
    """

    record: str = ""
    detail: str = ""
    own: bool = False


class Act(Struct, frozen=True, gc=False, array_like=True):
    """`what`: the command's tag; `name`: what the one who did it is called; `record` "": the room as a whole."""

    what: str
    name: PersonName
    record: RecordId
    detail: str


Logged = Mapping[type[Command], Told]

EVERYWHERE: Logged = {
    lifecycle.Open: Told(),
    lifecycle.Lock: Told(),
    lifecycle.Unlock: Told(),
    pace.SetPace: Told(detail="seconds"),
}


def act(logged: Logged, records: Records, command: Command, stamp: Stamp) -> Act | None:
    """What is told of this command once it counts; None: nothing. `records`: as they were before it."""
    told = logged.get(type(command))
    if told is None or not stamp.role.staff:
        return None
    record = RecordId(getattr(command, told.record)) if told.record else RecordId("")
    if not told.own and getattr(records.get(record), "by", None) in (stamp.by, *stamp.also):
        return None
    detail = str(int(getattr(command, told.detail))) if told.detail else ""
    return Act(lifecycle.tag(type(command)), stamp.name, record, detail)
