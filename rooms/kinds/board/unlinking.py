"""What is kept of a board once it is closed: everything that happened, but nothing that tells who did it (C7)."""

from __future__ import annotations

from msgspec.structs import replace

from rooms.kinds.board.events import Muted, Readied, Timed, Voted, Written
from rooms.kinds.board.records import vote_id
from rooms.model import Alias, Level, minute_of
from rooms.model import Event as BaseEvent


def unlink(event: BaseEvent, alias: Alias) -> BaseEvent | None:
    """An alias for each card that somebody voted for, and for every writer who isn't named, another for each note.

    So a ballot for three cards becomes three ballots for one. Who was ready when is forgotten, and who was muted: by
    way of which notes tells whose they are.
    """
    match event:
        case Written(id=id, by=by, level=level) if level is not Level.NAMED:
            return replace(event, by=alias(by, id))
        case Voted(by=by, card=card):
            return replace(event, by=alias(by, vote_id(card, by)))
        case Timed(since=since, until=until):
            return replace(event, since=minute_of(since), until=minute_of(until))
        case Readied() | Muted():
            return None
    return event
