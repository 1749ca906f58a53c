"""Who sees what of a board, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from msgspec.structs import replace

from rooms.kinds.board import phases
from rooms.kinds.board.commands import Command, Ready, Ring, Vote, Write
from rooms.kinds.board.events import ResultSort
from rooms.kinds.board.records import CLOCK, Board, Card, Column, Group, Head, Mutes, Note, Result, clock, tally
from rooms.model import ActorId, Level, Line, Outcome, PersonName, RecordId, Records, Signs, Timer, Viewer
from rooms.model import Record as BaseRecord


def show(record: BaseRecord, viewer: Viewer) -> BaseRecord | None:
    """A hidden note nobody, staff neither: its writer has a private copy. Of a note that isn't named nobody learns
    whose it is, nor who is muted: staff are told by way of which notes. The board says what the viewer may do now."""
    match record:
        case Mutes(notes=notes):
            return Mutes(notes=dict.fromkeys(notes, ActorId(""))) if viewer.role.staff else None
        case Head():
            return None
        case Note(hidden=True):
            return None
        case Note(level=level) if level is not Level.NAMED:
            return replace(record, by=ActorId(""))
        case Board(phase=phase):
            return replace(record, may=phases.may(phase, viewer.role))
    return record


def signs(records: Records, command: Command) -> Signs:
    """Votes, readiness and notes without a name are signed with the id that cannot be linked (C7).

    It depends on the command alone, so a resend is signed the same (C2); whoever changes their own note is known by
    either id, and neither is written down.
    """
    match command:
        case Vote() | Ready():
            return Signs.UNLINKABLE
        case Write(level=level) if level is not Level.NAMED:
            return Signs.UNLINKABLE
    return Signs.NAMED


def due(records: Records) -> Timer | None:
    timer = clock(records)
    return Timer(timer.until, CLOCK, Ring()) if timer is not None and not timer.rang else None


def outcome(records: Records) -> Outcome:
    """Decisions, actions, then the cards with most votes first; a group's notes follow it."""
    results = sorted((r.sort is ResultSort.ACTION, r.at, id, r) for id, r in records.items() if isinstance(r, Result))
    concluded = (
        Line(id, r.at, r.text, PersonName(r.owner), r.sort, part_of=r.about, due=r.due) for *_, id, r in results
    )
    return Outcome((*concluded, *_cards(records)))


def _cards(records: Records) -> Iterator[Line]:
    """Votes are counted from the ballots: a board may be closed while people vote."""
    votes, lying = tally(records), _lying(records)
    columns = sorted((r.place, id) for id, r in records.items() if isinstance(r, Column))
    cards = [(id, card, lying.get(id, [])) for _, column in columns for id, card in lying.get(column, [])]
    totals = {id: votes[id] + sum(votes[note] for note, _ in notes) for id, _, notes in cards}
    for id, card, notes in sorted(cards, key=lambda each: -totals[each[0]]):
        if isinstance(card, Note):
            yield Line(id, card.at, card.text, card.name, "note", votes=totals[id], part_of=card.within)
            continue
        at = min(note.at for _, note in notes if isinstance(note, Note))
        yield Line(id, at, card.text, PersonName(""), "group", votes=totals[id], part_of=card.within)
        for note_id, note in notes:
            if isinstance(note, Note):
                yield Line(note_id, note.at, note.text, note.name, "note", votes=votes[note_id], part_of=id)


def _lying(records: Records) -> dict[RecordId, list[tuple[RecordId, Card]]]:
    """column or group → the cards in it that anybody may know of, in their order."""
    cards = [(r.place, id, r) for id, r in records.items() if isinstance(r, Group) or _is_open(r)]
    found: dict[RecordId, list[tuple[RecordId, Card]]] = {}
    for _, id, card in sorted(cards, key=lambda each: each[:2]):
        found.setdefault(card.within, []).append((id, card))
    return found


def _is_open(record: BaseRecord) -> TypeGuard[Note]:
    return isinstance(record, Note) and not record.hidden
