"""The board's own law, for tests: whatever happens, this is so."""

from __future__ import annotations

from collections import Counter

from rooms.kinds.board.commands import Phase
from rooms.kinds.board.evolving import own_of
from rooms.kinds.board.records import (
    BOARD,
    MUTES,
    Ballot,
    Board,
    Card,
    Column,
    Group,
    Mutes,
    Note,
    Own,
    Readiness,
    Result,
    board,
    head,
    muted,
    own_id,
    tally,
)
from rooms.kinds.board.showing import show
from rooms.model import RecordId, Records, Role, Viewer


def invariant(records: Records) -> bool:
    return (
        places_hold(records)
        and hidden_is_hidden(records)
        and everybody_has_their_own(records)
        and votes_hold(records)
        and counts_hold(records)
        and muting_tells_nothing(records)
    )


def places_hold(records: Records) -> bool:
    """Every note is in one column, perhaps by way of a group, at a place where nothing else is; no group is empty."""
    columns = {id for id, r in records.items() if isinstance(r, Column)}
    cards = {id: r for id, r in records.items() if isinstance(r, Card)}
    groups = {id for id, card in cards.items() if isinstance(card, Group)}
    homes = {id: columns if isinstance(card, Group) else columns | groups for id, card in cards.items()}
    taken = [(card.within, card.place) for card in cards.values()]
    taken += [(BOARD, r.place) for r in records.values() if isinstance(r, Column)]
    return (
        all(card.within in homes[id] for id, card in cards.items())
        and len(set(taken)) == len(taken)
        and groups <= {card.within for card in cards.values()}
    )


def hidden_is_hidden(records: Records) -> bool:
    """There are hidden notes only while people write; nobody is shown one, whoever they are; all know how many."""
    hidden = [r for r in records.values() if isinstance(r, Note) and r.hidden]
    actors = tuple({note.by for note in hidden})
    viewers = [Viewer(who, role) for role in Role for who in ((), actors)]
    many = Counter(note.within for note in hidden)
    return (
        (not hidden or board(records).phase is Phase.WRITE)
        and all(show(note, viewer) is None for note in hidden for viewer in viewers)
        and all(r.hidden == many[id] for id, r in records.items() if isinstance(r, Column))
        and all(isinstance(records.get(column), Column) for column in many)
    )


def everybody_has_their_own(records: Records) -> bool:
    """Every note has its writer's private copy, and there are no others."""
    notes = {id: r for id, r in records.items() if isinstance(r, Note)}
    own = {id for id, r in records.items() if isinstance(r, Own)}
    return own == {own_id(id) for id in notes} and all(records[own_id(id)] == own_of(id, n) for id, n in notes.items())


def votes_hold(records: Records) -> bool:
    """Everybody is within their budget, and what is told is what the ballots say: nothing while people vote."""
    now, votes = board(records), tally(records)
    papers = [r.dots for r in records.values() if isinstance(r, Ballot)]
    cards: dict[RecordId, Card] = {id: r for id, r in records.items() if isinstance(r, Card)}
    told = {} if now.phase is Phase.VOTE else votes
    return (
        all(0 < sum(dots.values()) <= now.budget for dots in papers)
        and all(0 < dots <= now.most for paper in papers for dots in paper.values())
        and votes.keys() <= cards.keys()
        and all(card.votes == told.get(id, 0) for id, card in cards.items())
    )


def muting_tells_nothing(records: Records) -> bool:
    """By way of a note only its writer is muted, and nobody is shown who; staff learn by way of which notes."""
    mutes, notes = records.get(MUTES), muted(records)
    shown = [show(mutes, Viewer(tuple(notes.values()), role)) for role in Role] if mutes is not None else []
    writers = {id: r.by for id, r in records.items() if isinstance(r, Note)}
    return (
        all(writers.get(id, who) == who for id, who in notes.items())
        and (mutes is None or bool(notes))
        and not any(isinstance(each, Mutes) and any(each.notes.values()) for each in shown)
        and sum(each is not None for each in shown) == (0 if mutes is None else sum(role.staff for role in Role))
    )


def counts_hold(records: Records) -> bool:
    """What is counted is there, and results are about something that is."""
    counts, stored = head(records), records.get(BOARD)
    results = [r for r in records.values() if isinstance(r, Result)]
    return (
        counts.notes == sum(isinstance(r, Note) for r in records.values()) <= counts.written
        and counts.results == len(results)
        and all(result.about is None or isinstance(records.get(result.about), Card) for result in results)
        and board(records).ready == sum(isinstance(r, Readiness) for r in records.values())
        and not (isinstance(stored, Board) and stored.may)
    )
