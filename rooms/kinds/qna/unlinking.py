"""What is kept of a Q&A room once it is closed: everything that happened, but nothing that tells who did it (C7)."""

from __future__ import annotations

from msgspec.structs import replace

from rooms.kinds.qna.model import Asked, Muted, Turned, Voted, ballot_id
from rooms.model import Alias, Level, minute_of
from rooms.model import Event as BaseEvent


def unlink(event: BaseEvent, alias: Alias) -> BaseEvent | None:
    """An alias for every vote and for every asker who isn't named, another for each; who is muted is forgotten.

    A person's vote for a question and the vote taken back keep one alias: they are about one ballot.
    """
    match event:
        case Asked(id=id, by=by, level=level) if level is not Level.NAMED:
            return replace(event, by=alias(by, id))
        case Voted(id=id, by=by):
            return replace(event, by=alias(by, ballot_id(id, by)))
        case Turned(at=at):
            return replace(event, at=minute_of(at))
        case Muted():  # by way of which questions somebody was muted, and was not any more, tells whose they are
            return None
    return event
