"""With which of a person's ids, and under which name, a command is signed (C7). Pure."""

from __future__ import annotations

from msgspec import Struct

from rooms.kind import Kind
from rooms.model import ActorId, Command, PersonName, Reason, Records, Refused, Signs


class Signature(Struct, frozen=True, gc=False):
    """Who a command is from, as the room will know it; `also`: their other ids, never to be written down."""

    by: ActorId
    name: PersonName
    also: tuple[ActorId, ...]


def sign(
    kind: Kind,
    records: Records,
    command: Command,
    *,
    actors: tuple[ActorId, ...],
    name: PersonName,
    nickname: PersonName,
) -> Signature:
    """`actors`: the named id, and the second where there is one. Raises Refused(secret_gone) when it is needed."""
    if kind.signs(records, command) is Signs.NAMED:
        return Signature(actors[0], name, actors[1:])
    if len(actors) < 2:
        raise Refused(Reason.SECRET_GONE)
    return Signature(actors[1], nickname, actors[:1])
