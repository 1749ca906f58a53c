"""What an event changes on a board."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from rooms.kinds.board.commands import Phase
from rooms.kinds.board.events import (
    Arranged,
    ColumnAdded,
    ColumnNamed,
    Concluded,
    Event,
    Grouped,
    Moved,
    Muted,
    OfCards,
    OfCourse,
    OfPeople,
    OfResults,
    Rang,
    Readied,
    Removed,
    Revealed,
    Revised,
    Reworded,
    Spread,
    Stopped,
    Tallied,
    Timed,
    Turned,
    Voted,
    Written,
)
from rooms.kinds.board.placing import apart, ordered
from rooms.kinds.board.records import (
    BOARD,
    CLOCK,
    HEAD,
    MUTES,
    Ballot,
    Card,
    Clock,
    Column,
    Group,
    Mutes,
    Note,
    Own,
    Readiness,
    Result,
    ballot_id,
    ballots,
    board,
    clock,
    column_of,
    dots_of,
    head,
    muted,
    own_id,
    readiness_id,
    result_of,
    tally,
)
from rooms.model import Changes, Level, RecordId, Records
from rooms.model import Record as BaseRecord

Changed = dict[RecordId, BaseRecord | None]


def evolve(records: Records, event: Event) -> Changes:
    if isinstance(event, OfCards):
        return _evolve_cards(records, event)
    if isinstance(event, OfPeople):
        return _evolve_people(records, event)
    if isinstance(event, OfResults):
        return _evolve_results(records, event)
    return _evolve_course(records, event)


def own_of(id: RecordId, note: Note) -> Own:
    """What the writer of a note knows: that it is theirs, and all of it as long as it is hidden."""
    if not note.hidden:
        return Own(only=note.by, note=id)
    return Own(only=note.by, note=id, within=note.within, place=note.place, text=note.text, rev=note.rev)


# ---- cards and columns -----------------------------------------------------------------------------------------------


def _evolve_cards(records: Records, event: OfCards) -> Changes:
    match event:
        case Written():
            return _evolve_written(records, event)
        case Reworded(id=id, text=words):
            card = records[id]
            assert isinstance(card, Card)
            return _told(id, replace(card, text=words, rev=card.rev + 1))
        case Moved(id=id, within=within, place=place):
            return _evolve_moved(records, id, within, place)
        case Spread(within=within):
            return _evolve_spread(records, within)
        case Grouped(id=id, within=within, place=place):
            return {id: Group(within=within, place=place)}
        case Removed(id=id):
            return _evolve_removed(records, id)
        case ColumnAdded(id=id, title=title, hint=hint, place=place):
            return {id: Column(title=title, hint=hint, place=place)}
        case ColumnNamed(id=id, title=title, hint=hint):
            column = column_of(records, id)
            return {id: replace(column, title=title, hint=hint, rev=column.rev + 1)}
    assert_never(event)


def _told(id: RecordId, card: Card) -> Changed:
    """The card, and what its writer knows of it if nobody else does."""
    own: Changed = {own_id(id): own_of(id, card)} if isinstance(card, Note) and card.hidden else {}
    return {id: card, **own}


def _evolve_written(records: Records, event: Written) -> Changes:
    counts = head(records)
    note = Note(
        at=event.at,
        within=event.within,
        place=event.place,
        text=event.text,
        level=event.level,
        by=event.by,
        name=event.name,
        hidden=event.hidden,
    )
    return {
        event.id: note,
        own_id(event.id): own_of(event.id, note),
        HEAD: replace(counts, written=counts.written + 1, notes=counts.notes + 1),
        **(_counted(records, event.within, 1) if event.hidden else {}),
    }


def _evolve_moved(records: Records, id: RecordId, within: RecordId, place: int) -> Changes:
    card = records[id]
    if isinstance(card, Column):
        return {id: replace(card, place=place)}
    assert isinstance(card, Card)
    changed = _told(id, replace(card, within=within, place=place))
    if isinstance(card, Note) and card.hidden and card.within != within:
        changed |= {**_counted(records, card.within, -1), **_counted(records, within, 1)}
    return changed


def _evolve_spread(records: Records, within: RecordId) -> Changes:
    changed: Changed = {}
    for place, id in apart([id for _, id in ordered(records, within)]):
        record = records[id]
        assert isinstance(record, Card | Column)
        if record.place != place:
            after = replace(record, place=place)
            changed |= {id: after} if isinstance(after, Column) else _told(id, after)
    return changed


def _evolve_removed(records: Records, id: RecordId) -> Changes:
    record = records[id]
    changed: Changed = {id: None}
    if isinstance(record, Card):
        changed |= _forgotten(records, id)
    if isinstance(record, Note):
        changed |= {own_id(id): None, HEAD: replace(head(records), notes=head(records).notes - 1)}
        changed |= _counted(records, record.within, -1) if record.hidden else {}
    if isinstance(record, Result):
        changed[HEAD] = replace(head(records), results=head(records).results - 1)
    return changed


def _forgotten(records: Records, card: RecordId) -> Changed:
    """Votes for a card that goes are given back, and results are no longer about it."""
    changed: Changed = {}
    for id, ballot in ballots(records):
        if card in ballot.dots:
            dots = {other: count for other, count in ballot.dots.items() if other != card}
            changed[id] = replace(ballot, dots=dots) if dots else None
    about = ((id, r) for id, r in records.items() if isinstance(r, Result) and r.about == card)
    return changed | {id: replace(result, about=None) for id, result in about}


def _counted(records: Records, column: RecordId, more: int) -> Changed:
    counts = column_of(records, column)
    return {column: replace(counts, hidden=counts.hidden + more)}


# ---- people ----------------------------------------------------------------------------------------------------------


def _evolve_people(records: Records, event: OfPeople) -> Changes:
    match event:
        case Voted(by=by, card=card, dots=count):
            dots = {**dots_of(records, by), card: count}
            kept = {card: count for card, count in dots.items() if count}
            return {ballot_id(by): Ballot(only=by, dots=kept) if kept else None}
        case Readied(by=by, on=on):
            now = board(records)
            ready = replace(now, ready=now.ready + (1 if on else -1))
            return {readiness_id(by): Readiness(only=by) if on else None, BOARD: ready}
        case Muted(note=note, by=by, on=on):
            others = {other: who for other, who in muted(records).items() if other != note}
            notes = {**others, note: by} if on else others
            return {MUTES: Mutes(notes=notes) if notes else None}
    assert_never(event)


# ---- results ---------------------------------------------------------------------------------------------------------


def _evolve_results(records: Records, event: OfResults) -> Changes:
    match event:
        case Concluded(id=id):
            result = Result(
                at=event.at,
                sort=event.sort,
                text=event.text,
                owner=event.owner,
                due=event.due,
                about=event.about,
            )
            counts = head(records)
            return {id: result, HEAD: replace(counts, results=counts.results + 1)}
        case Revised(id=id, text=words, owner=owner, due=due):
            result = result_of(records, id)
            return {id: replace(result, text=words, owner=owner, due=due, rev=result.rev + 1)}
    assert_never(event)


# ---- the course of it ------------------------------------------------------------------------------------------------


def _evolve_course(records: Records, event: OfCourse) -> Changes:
    match event:
        case Arranged(level=level, budget=budget, most=most):
            return {BOARD: replace(board(records), level=level, budget=budget, most=most)}
        case Turned(phase=phase):
            return _evolve_turned(records, phase)
        case Revealed(at=at):
            return _evolve_revealed(records, at)
        case Tallied(told=told):
            votes = tally(records) if told else {}
            cards = ((id, r, votes.get(id, 0)) for id, r in records.items() if isinstance(r, Card))
            return {id: replace(card, votes=count) for id, card, count in cards if card.votes != count}
        case Timed(since=since, until=until):
            return {CLOCK: Clock(since=since, until=until)}
        case Stopped():
            return {CLOCK: None}
        case Rang():
            timer = clock(records)
            assert timer is not None
            return {CLOCK: replace(timer, rang=True)}
    assert_never(event)


def _evolve_turned(records: Records, phase: Phase) -> Changes:
    gone: Changed = {id: None for id, r in records.items() if isinstance(r, Readiness | Clock)}
    return {**gone, BOARD: replace(board(records), phase=phase, ready=0)}


def _evolve_revealed(records: Records, at: int) -> Changes:
    hidden = sorted((id, r) for id, r in records.items() if isinstance(r, Note) and r.hidden)
    changed: Changed = {id: replace(r, hidden=0) for id, r in records.items() if isinstance(r, Column) and r.hidden}
    for column in [*changed]:
        unnamed = [(id, note) for id, note in hidden if note.within == column and note.level is not Level.NAMED]
        places = sorted(note.place for _, note in unnamed)  # and ids are in an order that nobody chose
        for (id, note), place in zip(unnamed, places, strict=True):
            changed[id] = replace(note, hidden=False, at=at, place=place)
    for id, note in hidden:
        changed.setdefault(id, replace(note, hidden=False))
        changed[own_id(id)] = Own(only=note.by, note=id)
    return changed
