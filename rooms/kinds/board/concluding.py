"""What becomes of a wish about actions and decisions."""

from __future__ import annotations

from typing import assert_never

from rooms import text
from rooms.kinds.board.commands import Decide, Drop, OfResults, Plan, Revise
from rooms.kinds.board.events import Concluded, Event, Removed, ResultSort, Revised
from rooms.kinds.board.records import Note, Result, board, card_of, head, result_of
from rooms.kinds.board.wording import day, one_line
from rooms.model import Level, Reason, RecordId, Records, Refused, Stamp, minute_of

RESULTS = 200


def decide_results(records: Records, command: OfResults, stamp: Stamp) -> list[Event]:
    match command:
        case Plan() | Decide():
            return _decide_conclude(records, command, stamp)
        case Revise(result=id, rev=rev):
            return _decide_revise(_current(records, id, rev), command)
        case Drop(result=id, rev=rev):
            _current(records, id, rev)
            return [Removed(id)]
    assert_never(command)


def _decide_conclude(records: Records, command: Plan | Decide, stamp: Stamp) -> list[Event]:
    if command.about is not None:
        card = card_of(records, command.about)
        if isinstance(card, Note) and card.hidden:
            raise Refused(Reason.NOT_FOUND)
    if head(records).results >= RESULTS:
        raise Refused(Reason.FULL, most=RESULTS)
    words = text.clean_words(command.text)
    at = stamp.at if board(records).level is Level.NAMED else minute_of(stamp.at)
    if isinstance(command, Decide):
        return [Concluded(stamp.id, at, ResultSort.DECISION, words, about=command.about)]
    owner, due = one_line(command.owner), day(command.due)
    return [Concluded(stamp.id, at, ResultSort.ACTION, words, owner, due, command.about)]


def _decide_revise(result: Result, command: Revise) -> list[Event]:
    words, owner, due = text.clean_words(command.text), one_line(command.owner), day(command.due)
    if result.sort is ResultSort.DECISION and (owner or due):
        raise Refused(Reason.INVALID)
    same = (words, owner, due) == (result.text, result.owner, result.due)
    return [] if same else [Revised(command.result, words, owner, due)]


def _current(records: Records, id: RecordId, rev: int) -> Result:
    result = result_of(records, id)
    if result.rev != rev:
        raise Refused(Reason.STALE, rev=result.rev, text=result.text)
    return result
