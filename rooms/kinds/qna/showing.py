"""Who sees what of a Q&A room, and what it came to."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from rooms.kinds.qna.evolving import receipt_of
from rooms.kinds.qna.model import (
    HIDDEN,
    SHOWN,
    Ask,
    Ballot,
    Command,
    Question,
    Receipt,
    Reword,
    Silence,
    Status,
    Vote,
    Withdraw,
    desk,
    silence_id,
)
from rooms.model import (
    MINUTE_MS,
    ActorId,
    Level,
    Line,
    Outcome,
    PersonName,
    RecordId,
    Records,
    Role,
    Signs,
    Stamp,
    Viewer,
    Words,
)
from rooms.model import Record as BaseRecord


def show(record: BaseRecord, viewer: Viewer) -> BaseRecord | None:
    """Staff see every question; the audience what is open, on stage, answered or to be followed up; nobody the author
    of an anonymous one, nor which actor a pseudonym is."""
    if isinstance(record, Silence):
        return None
    if not isinstance(record, Question):
        return record
    by = record.by if record.level is Level.NAMED else ActorId("")
    if viewer.role.staff:
        return replace(record, by=by, receipt=RecordId(""))
    if record.status not in SHOWN:
        return None
    return replace(
        record,
        by=by,
        receipt=RecordId(""),
        original=None,
        because=None,
        note=Words(""),
        parked=False,
        muted=False,
    )


def signs(records: Records, command: Command) -> Signs:
    """Votes, and whatever concerns a question that isn't named, are signed with the id that cannot be linked (C7)."""
    match command:
        case Ask(level=level):
            return Signs.NAMED if level is Level.NAMED else Signs.UNLINKABLE
        case Vote():
            return Signs.UNLINKABLE
        case Reword(question=id) | Withdraw(question=id):
            question = records.get(id)
            named = not isinstance(question, Question) or question.level is Level.NAMED
            return Signs.NAMED if named else Signs.UNLINKABLE
    return Signs.NAMED


def said(records: Records, stamp: Stamp) -> int | None:
    """By one's own receipts. What was asked without one's name has its minute only (C7), and is taken for its end."""
    mine = (r for r in records.values() if isinstance(r, Receipt) and r.only in (stamp.by, *stamp.also))
    return max((r.at if r.level is Level.NAMED else r.at + MINUTE_MS for r in mine), default=None)


def outcome(records: Records) -> Outcome:
    """Answered questions and those to follow up, most votes first; none by way of which somebody was muted."""
    questions = [(id, r) for id, r in records.items() if isinstance(r, Question) and r.status in SHOWN and not r.muted]
    ranked = sorted(questions, key=lambda item: (-item[1].votes, item[1].order))
    return Outcome(tuple(_line(id, question) for id, question in ranked))


def invariant(records: Records) -> bool:
    """Votes equal ballots; at most one on stage, and the desk knows it; every question has its receipt; what the
    audience may not know it isn't shown; a question is marked as muted when its asker is, by way of it."""
    questions = {id: r for id, r in records.items() if isinstance(r, Question)}
    votes = Counter(r.question for r in records.values() if isinstance(r, Ballot))
    staged = [id for id, q in questions.items() if q.status is Status.STAGE]
    audience = Viewer((), Role.GUEST)
    return (
        all(votes[id] == q.votes for id, q in questions.items())
        and set(votes) <= set(questions)
        and staged == ([desk(records).stage] if desk(records).stage else [])
        and all(records[q.receipt] == receipt_of(id, q) for id, q in questions.items())
        and all(show(q, audience) is None for q in questions.values() if q.status in HIDDEN)
        and all(q.muted == _is_muted(records, id, q) for id, q in questions.items())
    )


def _is_muted(records: Records, id: RecordId, question: Question) -> bool:
    silence = records.get(silence_id(question.by))
    return isinstance(silence, Silence) and silence.who == question.by and id in silence.questions


def _line(id: RecordId, question: Question) -> Line:
    """Whatever nobody answered is to be followed up."""
    return Line(
        id,
        question.at,
        question.text,
        question.name if question.level is Level.NAMED else PersonName(""),
        Status.ANSWERED if question.status is Status.ANSWERED else Status.FOLLOW_UP,
        votes=question.votes,
        heading=question.label,
        answer=question.answer,
    )
