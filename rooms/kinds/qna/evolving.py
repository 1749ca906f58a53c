"""What an event changes in a Q&A room."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from rooms.kinds.qna.deciding import LEAVES
from rooms.kinds.qna.model import (
    DESK,
    Arranged,
    Asked,
    Ballot,
    Chosen,
    Desk,
    Event,
    Labelled,
    Muted,
    Park,
    Parked,
    Question,
    Receipt,
    Removed,
    Reworded,
    Silence,
    Stage,
    Status,
    Turned,
    Voted,
    ballot_id,
    desk,
    question_of,
)
from rooms.model import Changes, RecordId, Records, Words
from rooms.model import Record as BaseRecord


def evolve(records: Records, event: Event) -> Changes:
    match event:
        case Asked():
            return _evolve_asked(records, event)
        case Voted(id=id, by=by, on=on):
            question = question_of(records, id)
            ballot = Ballot(only=by, question=id) if on else None
            return {
                id: replace(question, votes=question.votes + (1 if on else -1)),
                ballot_id(id, by): ballot,
            }
        case Reworded(id=id, text=words):
            return _evolve_reworded(records, id, words, event.by_staff)
        case Turned(id=id):
            return _evolve_turned(records, event)
        case Labelled(id=id, label=label):
            question = question_of(records, id)
            return {id: replace(question, label=label, rev=question.rev + 1)}
        case Parked(id=id, on=on):
            question = question_of(records, id)
            return {id: replace(question, parked=on, rev=question.rev + 1)}
        case Muted(id=id, mute=mute, on=on):
            return _evolve_muted(records, id, mute, on)
        case Removed(id=id):
            return _evolve_removed(records, id)
        case Chosen(next=id):
            return {DESK: replace(desk(records), next=id)}
        case Arranged(asking=asking, review=review, level=level):
            return {DESK: replace(desk(records), asking=asking, review=review, level=level)}
    assert_never(event)


def _evolve_asked(records: Records, event: Asked) -> Changes:
    room = desk(records)
    question = Question(
        at=event.at,
        order=room.asked + 1,
        text=event.text,
        status=event.status,
        level=event.level,
        by=event.by,
        name=event.name,
        receipt=event.receipt,
    )
    return {
        event.id: question,
        event.receipt: receipt_of(event.id, question),
        DESK: replace(room, asked=room.asked + 1),
    }


def _evolve_reworded(records: Records, id: RecordId, words: Words, by_staff: bool) -> Changes:
    question = question_of(records, id)
    after = replace(question, text=words, rev=question.rev + 1)
    if by_staff:
        after = replace(after, original=question.text if question.original is None else question.original)
    return {id: after, question.receipt: receipt_of(id, after)}


def _evolve_turned(records: Records, event: Turned) -> Changes:
    question, room = question_of(records, event.id), desk(records)
    after = replace(
        question,
        status=event.status,
        rev=question.rev + event.by_staff,
        because=event.because,
        note=event.note,
        how=event.how,
        answer=event.answer,
        parked=question.parked and event.status in LEAVES[Park],
    )
    before, receipt = receipt_of(event.id, question), receipt_of(event.id, after)
    told: Changes = {} if receipt == before else {question.receipt: receipt}
    return {event.id: after, **told, **_turned_desk(room, event.id, event.status, event.at)}


def _evolve_muted(records: Records, id: RecordId, mute: RecordId, on: bool) -> Changes:
    question, known = question_of(records, id), records.get(mute)
    through = known.questions if isinstance(known, Silence) else ()
    through = (*through, id) if on else tuple(other for other in through if other != id)
    silence = Silence(who=question.by, questions=through) if through else None
    return {id: replace(question, muted=on), mute: silence}


def _turned_desk(room: Desk, id: RecordId, status: Status | None = None, at: int = 0) -> Changes:
    """The stage and the next question after a question got another status, or went."""
    next = None if room.next == id and status not in LEAVES[Stage] else room.next
    after = replace(room, next=next)
    if status is Status.STAGE:
        after = replace(after, stage=id, since=at)
    elif room.stage == id:
        after = replace(after, stage=None, since=0)
    return {} if after == room else {DESK: after}


def _evolve_removed(records: Records, id: RecordId) -> Changes:
    question = question_of(records, id)
    ballots = [b for b, r in records.items() if isinstance(r, Ballot) and r.question == id]
    receipt = replace(receipt_of(id, question), text=Words(""), note=Words(""), removed=True)
    gone: dict[RecordId, BaseRecord | None] = dict.fromkeys([id, *ballots])
    return {**gone, question.receipt: receipt, **_turned_desk(desk(records), id)}


def receipt_of(id: RecordId, question: Question) -> Receipt:
    return Receipt(
        only=question.by,
        question=id,
        at=question.at,
        text=question.text,
        level=question.level,
        status=question.status,
        because=question.because,
        note=question.note,
    )
