"""What a board came to: decisions, actions, and the cards with their votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeGuard

from rooms.kinds.board.events import ResultSort
from rooms.kinds.board.records import Card, Column, Group, Note, Result, muted, tally
from rooms.model import Level, Line, Outcome, PersonName, RecordId, Records, Words
from rooms.model import Record as BaseRecord

Lying = dict[RecordId, list[tuple[RecordId, Card]]]
"""column or group → the cards in it, in their order"""


def outcome(records: Records) -> Outcome:
    """Decisions, actions, then the cards with most votes first; a group's notes follow it.

    No note that was never revealed, nor one by way of which somebody was muted.
    """
    cards = tuple(_cards(records))
    return Outcome((*_results(records, {card.record for card in cards}), *cards))


def _results(records: Records, cards: set[RecordId]) -> Iterator[Line]:
    results = sorted((r.sort is ResultSort.ACTION, r.at, id, r) for id, r in records.items() if isinstance(r, Result))
    for *_, id, r in results:
        about = r.about if r.about in cards else None
        yield Line(id, r.at, r.text, PersonName(""), r.sort, part_of=about, owner=r.owner, due=r.due)


def _cards(records: Records) -> Iterator[Line]:
    """Votes are counted from the ballots: a board may be closed while people vote."""
    votes, lying = tally(records), _lying(records)
    columns = sorted((r.place, id, r.title) for id, r in records.items() if isinstance(r, Column))
    cards = [(id, card, title) for _, column, title in columns for id, card in lying.get(column, [])]
    totals = {id: votes[id] + sum(votes[note] for note, _ in lying.get(id, [])) for id, *_ in cards}
    for id, card, title in sorted(cards, key=lambda each: -totals[each[0]]):
        if isinstance(card, Note):
            yield _note(id, card, totals[id], title)
        else:
            yield from _group(id, card, totals[id], title, lying.get(id, []), votes)


def _group(
    id: RecordId,
    group: Group,
    total: int,
    title: Words,
    cards: list[tuple[RecordId, Card]],
    votes: Counter[RecordId],
) -> Iterator[Line]:
    """Nothing, of a group in which there is nothing to be known of."""
    notes = [(note_id, note) for note_id, note in cards if isinstance(note, Note)]
    if notes:
        at = min(note.at for _, note in notes)
        yield Line(id, at, group.text, PersonName(""), "group", votes=total, heading=title)
    for note_id, note in notes:
        yield _note(note_id, note, votes[note_id], title, part_of=id)


def _note(id: RecordId, note: Note, votes: int, title: Words, part_of: RecordId | None = None) -> Line:
    name = note.name if note.level is Level.NAMED else PersonName("")
    return Line(id, note.at, note.text, name, "note", votes=votes, heading=title, part_of=part_of)


def _lying(records: Records) -> Lying:
    silenced = muted(records)
    cards = [
        (r.place, id, r) for id, r in records.items() if isinstance(r, Group) or (_is_open(r) and id not in silenced)
    ]
    found: Lying = {}
    for _, id, card in sorted(cards, key=lambda each: each[:2]):
        found.setdefault(card.within, []).append((id, card))
    return found


def _is_open(record: BaseRecord) -> TypeGuard[Note]:
    return isinstance(record, Note) and not record.hidden
