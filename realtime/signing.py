"""With which of a person's ids, and under which name, a command is signed (C7). Pure."""

from __future__ import annotations

from msgspec import Struct

from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import ActorId, Command, PersonName, Reason, Records, Refused, Signs


class Signature(Struct, frozen=True, gc=False):
    """Who a command is from, as the room will know it; `also`: their other ids, never to be written down.

    `keyed`: the id that the command's key is made with (C1). It is the same whatever a command is signed with, for that
    may change with the records between the first time it is sent and the next, and it must count once (C2). And it is
    the second id wherever there is one, for keys become record ids, which outlive the room: once the secret is gone
    nobody's second id can be made any more, so whoever has the room key and guesses at command ids can't try them on
    people. (A room that loses its secret while it is open forgets which command it has had from whom.)
    """

    by: ActorId
    name: PersonName
    also: tuple[ActorId, ...]
    keyed: ActorId


def sign(
    kind: Kind,
    records: Records,
    command: Command,
    *,
    actors: tuple[ActorId, ...],
    name: PersonName,
    nickname: PersonName,
) -> Signature:
    """`actors`: the named id, and the second where there is one.

    Raises Refused, where that one is needed and gone: `closed`, `secret_gone`.
    """
    if kind.signs(records, command) is Signs.NAMED:
        return Signature(actors[0], name, actors[1:], actors[-1])
    if len(actors) < 2:  # which is as it should be once the room is closed
        over = lifecycle.state_of(records) is lifecycle.State.CLOSED
        raise Refused(Reason.CLOSED if over else Reason.SECRET_GONE)
    return Signature(actors[1], nickname, actors[:1], actors[-1])
