"""What becomes of a wish in a Q&A room."""

from __future__ import annotations

from typing import assert_never

from rooms import text
from rooms.kinds.qna.model import (
    DESK,
    SHOWN,
    Answer,
    Approve,
    Arranged,
    Ask,
    Asked,
    Chosen,
    Command,
    Decline,
    Edit,
    Event,
    FollowUp,
    How,
    Label,
    Labelled,
    Mute,
    Muted,
    Next,
    OfStaff,
    Park,
    Parked,
    Question,
    Remove,
    Removed,
    Reopen,
    Reword,
    Reworded,
    Set,
    Stage,
    Status,
    Turned,
    Vote,
    Voted,
    Withdraw,
    ballot_id,
    desk,
    question_of,
    silence_id,
)
from rooms.model import Command as BaseCommand
from rooms.model import (
    Level,
    PersonName,
    Reason,
    RecordId,
    Records,
    Refused,
    Stamp,
    Words,
    minute_of,
)

LEAVES: dict[type[BaseCommand], frozenset[Status]] = {
    Approve: frozenset({Status.REVIEW}),
    Decline: frozenset({Status.REVIEW, Status.OPEN, Status.STAGE}),
    Stage: frozenset({Status.OPEN, Status.FOLLOW_UP}),
    Answer: frozenset({Status.OPEN, Status.STAGE, Status.FOLLOW_UP, Status.ANSWERED}),
    FollowUp: frozenset({Status.OPEN, Status.STAGE, Status.ANSWERED}),
    Reopen: frozenset(set(Status) - {Status.WITHDRAWN, Status.REVIEW}),
    Park: frozenset({Status.REVIEW, Status.OPEN}),
}
"""command → the statuses it may leave; others are refused `status`"""


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    match command:
        case Ask():
            return _decide_ask(records, command, stamp)
        case Vote(question=id, on=on):
            return _decide_vote(records, id, on, stamp)
        case Reword(question=id):
            question = _own(records, id, stamp)
            if question.status is not Status.REVIEW:
                raise Refused(Reason.STATUS, status=question.status)
            words = text.clean_words(command.text)
            return [] if words == question.text else [Reworded(id, words)]
        case Withdraw(question=id):
            return _decide_withdraw(_own(records, id, stamp), id)
        case Set():
            return _decide_set(records, command)
        case Next(question=id):
            if id is not None and question_of(records, id).status not in LEAVES[Stage]:
                raise Refused(Reason.STATUS, status=question_of(records, id).status)
            return [] if desk(records).next == id else [Chosen(id)]
        case Mute(question=id, on=on):
            question = question_of(records, id)
            return [] if question.muted == on else [Muted(id, silence_id(question.by), on)]
        case _:
            return _decide_staff(records, _current(records, command), command, stamp)


def _decide_ask(records: Records, command: Ask, stamp: Stamp) -> list[Event]:
    room = desk(records)
    if not room.asking and not stamp.role.staff:
        raise Refused(Reason.NOT_ASKING)
    _check_not_muted(records, stamp)
    if not command.level.covers(room.level):
        raise Refused(Reason.TOO_OPEN, level=room.level)
    words = text.clean_words(command.text)
    at = stamp.at if command.level is Level.NAMED else minute_of(stamp.at)
    status = Status.REVIEW if room.review and not stamp.role.staff else Status.OPEN
    name = PersonName("") if command.level is Level.ANONYMOUS else stamp.name
    return [Asked(stamp.id, stamp.nth(1), at, stamp.by, command.level, name, words, status)]


def _decide_vote(records: Records, id: RecordId, on: bool, stamp: Stamp) -> list[Event]:
    question = question_of(records, id)
    if question.status not in SHOWN:
        raise Refused(Reason.NOT_FOUND)
    if question.status not in (Status.OPEN, Status.STAGE):
        raise Refused(Reason.STATUS, status=question.status)
    _check_not_muted(records, stamp)
    return [] if (ballot_id(id, stamp.by) in records) == on else [Voted(id, stamp.by, on)]


def _decide_withdraw(question: Question, id: RecordId) -> list[Event]:
    if question.status is Status.WITHDRAWN:
        return []
    if question.status not in (Status.REVIEW, Status.OPEN):
        raise Refused(Reason.STATUS, status=question.status)
    return [Turned(id, Status.WITHDRAWN, by_staff=False)]


def _decide_set(records: Records, command: Set) -> list[Event]:
    """The first time it is written down, whatever it says: the page needn't know what goes without saying."""
    room = desk(records)
    after = Arranged(
        room.asking if command.asking is None else command.asking,
        room.review if command.review is None else command.review,
        room.level if command.level is None else command.level,
    )
    if after.level is not room.level and DESK in records:  # people came in knowing how they would ask (C7)
        raise Refused(Reason.TOO_OPEN, level=room.level)
    as_it_was = (after.asking, after.review, after.level) == (room.asking, room.review, room.level)
    return [] if DESK in records and as_it_was else [after]


def _decide_staff(records: Records, question: Question, command: OfStaff, stamp: Stamp) -> list[Event]:
    id = command.question
    if question.status not in LEAVES.get(type(command), frozenset(Status)):
        raise Refused(Reason.STATUS, status=question.status)
    match command:
        case Approve():
            return [Turned(id, Status.OPEN)]
        case Decline(because=because, note=note):
            return [Turned(id, Status.DECLINED, because=because, note=_note(note))]
        case Edit():
            words = text.clean_words(command.text)
            return [] if words == question.text else [Reworded(id, words, by_staff=True)]
        case Label(label=label):
            return [] if _note(label) == question.label else [Labelled(id, _note(label))]
        case Park(on=on):
            return [] if on == question.parked else [Parked(id, on)]
        case Stage():
            if desk(records).stage is not None:
                raise Refused(Reason.OCCUPIED, question=desk(records).stage)
            return [Turned(id, Status.STAGE, at=stamp.at)]
        case Answer(how=how, text=answer):
            if how is How.WRITTEN and not _note(answer):
                raise Refused(Reason.EMPTY)
            return [Turned(id, Status.ANSWERED, how=how, answer=_note(answer))]
        case FollowUp():
            return [Turned(id, Status.FOLLOW_UP)]
        case Reopen(review=review):
            target = Status.REVIEW if review else Status.OPEN
            return [] if question.status is target else [Turned(id, target)]
        case Remove():
            return [Removed(id)]
    assert_never(command)


def _check_not_muted(records: Records, stamp: Stamp) -> None:
    if any(silence_id(actor) in records for actor in (stamp.by, *stamp.also)):
        raise Refused(Reason.MUTED)


def _note(raw: str) -> Words:
    return text.clean_words(raw) if raw.strip() else Words("")


def _current(records: Records, command: OfStaff) -> Question:
    """The question, unless other staff changed it since `rev` (C4)."""
    question = question_of(records, command.question)
    if question.rev != command.rev:
        raise Refused(Reason.STALE, rev=question.rev)
    return question


def _own(records: Records, id: RecordId, stamp: Stamp) -> Question:
    question = question_of(records, id)
    if question.by not in (stamp.by, *stamp.also):
        raise Refused(Reason.FORBIDDEN if question.status in SHOWN else Reason.NOT_FOUND)
    return question
