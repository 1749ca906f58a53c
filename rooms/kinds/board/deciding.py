"""What becomes of a wish on a board: notes, groups and votes. Columns, phases and results have modules of their own."""

from __future__ import annotations

from typing import assert_never

from rooms import text
from rooms.kinds.board import phases
from rooms.kinds.board.commands import (
    Command,
    Delete,
    Edit,
    GroupWith,
    Move,
    Mute,
    NameGroup,
    OfColumns,
    OfCourse,
    OfGroups,
    OfNotes,
    OfPeople,
    OfResults,
    Phase,
    Ready,
    Ungroup,
    Vote,
    Write,
)
from rooms.kinds.board.concluding import decide_results
from rooms.kinds.board.events import Event, Grouped, Moved, Muted, Readied, Removed, Reworded, Spread, Voted, Written
from rooms.kinds.board.placing import GAP, LAST, Room, ordered, room_after
from rooms.kinds.board.records import (
    Card,
    Column,
    Group,
    Note,
    Who,
    board,
    card_of,
    column_of,
    dots_of,
    group_of,
    head,
    muted,
    note_of,
    readiness_id,
)
from rooms.kinds.board.running import decide_columns, decide_course
from rooms.kinds.board.wording import one_line
from rooms.model import Level, PersonName, Reason, RecordId, Records, Refused, Stamp, minute_of

NOTES = 2_000
Adds = Write | Edit | Move | OfGroups | Vote | OfResults
"""What somebody who is muted may not."""


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    card = _known_card(records, command, stamp)
    phases.check(records, command, stamp, own=card is not None and _is_own(card, stamp))
    _check_not_muted(records, command, stamp)
    if isinstance(command, OfNotes):
        return _decide_notes(records, command, stamp)
    if isinstance(command, OfGroups):
        return _decide_groups(records, command, stamp)
    if isinstance(command, OfPeople):
        return _decide_people(records, command, stamp)
    if isinstance(command, OfResults):
        return decide_results(records, command, stamp)
    if isinstance(command, OfColumns):
        return decide_columns(records, command, stamp)
    if isinstance(command, OfCourse):
        return decide_course(records, command, stamp)
    assert_never(command)


def _known_card(records: Records, command: Command, stamp: Stamp) -> Card | None:
    """The card that somebody is at. Raises Refused: `not_found` also for a hidden one of somebody else's, `secret_gone`
    when nobody can say whether it is."""
    match command:
        case Edit(note=id) | Delete(note=id):
            card: Card = note_of(records, id)
        case Move(card=id):
            card = card_of(records, id)
        case _:
            return None
    if not isinstance(card, Note) or _is_own(card, stamp):
        return card
    least = phases.who(type(command), board(records).phase)
    for_writer = card.hidden or (least is Who.WRITER and not stamp.role.staff)
    if for_writer and card.level is not Level.NAMED and not stamp.also:  # with the secret went all other ids (C7)
        raise Refused(Reason.SECRET_GONE)
    if card.hidden:
        raise Refused(Reason.NOT_FOUND)
    return card


def _is_own(card: Card, stamp: Stamp) -> bool:
    return isinstance(card, Note) and card.by in (stamp.by, *stamp.also)


def _check_not_muted(records: Records, command: Command, stamp: Stamp) -> None:
    """Whoever is muted may still take back what is theirs. Raises Refused(muted)."""
    who = set(muted(records).values())
    if isinstance(command, Adds) and not who.isdisjoint((stamp.by, *stamp.also)):
        raise Refused(Reason.MUTED)


# ---- notes -----------------------------------------------------------------------------------------------------------


def _decide_notes(records: Records, command: OfNotes, stamp: Stamp) -> list[Event]:
    match command:
        case Write():
            return _decide_write(records, command, stamp)
        case Edit(note=id, rev=rev):
            note = _current(records, id, rev)
            words = text.clean_words(command.text)
            return [] if words == note.text else [Reworded(id, words)]
        case Delete(note=id, rev=rev):
            _current(records, id, rev)
            return [Removed(id), *_emptied(records, id)]
        case Move():
            return _decide_move(records, command)
    assert_never(command)


def _decide_write(records: Records, command: Write, stamp: Stamp) -> list[Event]:
    now = board(records)
    column_of(records, command.column)
    if not command.level.covers(now.level):
        raise Refused(Reason.TOO_OPEN, level=now.level)
    if head(records).notes >= NOTES:
        raise Refused(Reason.FULL, most=NOTES)
    words = text.clean_words(command.text)
    at = stamp.at if command.level is Level.NAMED else minute_of(stamp.at)
    name = PersonName("") if command.level is Level.ANONYMOUS else stamp.name
    room = _room(room_after(records, command.column, LAST))
    hidden = now.phase is Phase.WRITE
    written = Written(stamp.id, at, stamp.by, command.level, name, words, command.column, room.places[0], hidden=hidden)
    return [*_spread(room, command.column), written]


def _decide_move(records: Records, command: Move) -> list[Event]:
    card, id, within = card_of(records, command.card), command.card, command.within
    home = records.get(within)
    if not isinstance(home, Column | Group):
        raise Refused(Reason.NOT_FOUND)
    if isinstance(home, Group) and (isinstance(card, Group) or card.hidden):
        raise Refused(Reason.INVALID)
    room = room_after(records, within, command.after, moving=id)
    if room is None:
        return []
    return [*_spread(room, within), Moved(id, within, room.places[0]), *_emptied(records, id)]


# ---- groups ----------------------------------------------------------------------------------------------------------


def _decide_groups(records: Records, command: OfGroups, stamp: Stamp) -> list[Event]:
    match command:
        case GroupWith(note=note, other=other):
            return _decide_group(records, note, other, stamp)
        case NameGroup(group=id, rev=rev):
            group = group_of(records, id)
            if group.rev != rev:
                raise Refused(Reason.STALE, rev=group.rev, text=group.text)
            name = one_line(command.text)
            return [] if name == group.text else [Reworded(id, name)]
        case Ungroup(group=id):
            return _decide_ungroup(records, id)
    assert_never(command)


def _decide_group(records: Records, id: RecordId, other: RecordId, stamp: Stamp) -> list[Event]:
    note, meant = note_of(records, id), card_of(records, other)
    if id == other:
        raise Refused(Reason.INVALID)
    group = other if isinstance(meant, Group) else meant.within
    if note.within == group and _is_group(records, group):
        return []
    if _is_group(records, group):
        room = _room(room_after(records, group, LAST))
        return [*_spread(room, group), Moved(id, group, room.places[0]), *_emptied(records, id)]
    made = Grouped(stamp.id, meant.within, meant.place)
    return [made, Moved(other, stamp.id, 0), Moved(id, stamp.id, GAP), *_emptied(records, id)]


def _decide_ungroup(records: Records, id: RecordId) -> list[Event]:
    group, notes = group_of(records, id), [note for _, note in ordered(records, id)]
    room = _room(room_after(records, group.within, id, count=len(notes)))
    moves = [Moved(note, group.within, place) for note, place in zip(notes, room.places, strict=True)]
    return [*_spread(room, group.within), *moves, Removed(id)]


def _is_group(records: Records, id: RecordId) -> bool:
    return isinstance(records.get(id), Group)


def _emptied(records: Records, leaves: RecordId) -> list[Event]:
    """The group that a note leaves goes when it was the last one in it."""
    within = note.within if isinstance(note := records.get(leaves), Note) else LAST
    if not _is_group(records, within) or len(ordered(records, within)) > 1:
        return []
    return [Removed(within)]


# ---- taking part -----------------------------------------------------------------------------------------------------


def _decide_people(records: Records, command: OfPeople, stamp: Stamp) -> list[Event]:
    match command:
        case Vote():
            return _decide_vote(records, command, stamp)
        case Ready(on=on):
            return [] if (readiness_id(stamp.by) in records) == on else [Readied(stamp.by, on)]
        case Mute():
            return _decide_mute(records, command)
    assert_never(command)


def _decide_mute(records: Records, command: Mute) -> list[Event]:
    known, id = muted(records), command.note
    if (id in known) == command.on:
        return []
    if not command.on:
        return [Muted(id, known[id], on=False)]
    note = note_of(records, id)
    if note.hidden:
        raise Refused(Reason.NOT_FOUND)
    if len(known) >= NOTES:
        raise Refused(Reason.FULL, most=NOTES)
    return [Muted(id, note.by, on=True)]


def _decide_vote(records: Records, command: Vote, stamp: Stamp) -> list[Event]:
    """Votes are for what lies in a column: a group, or a note on its own. Taking back is always possible."""
    now, card, given = board(records), card_of(records, command.card), dots_of(records, stamp.by)
    had = given.get(command.card, 0)
    if command.dots > had:
        if _is_group(records, card.within):
            raise Refused(Reason.INVALID)
        if command.dots > now.most:
            raise Refused(Reason.FULL, most=now.most)
        if sum(given.values()) - had + command.dots > now.budget:
            raise Refused(Reason.SPENT, budget=now.budget)
    return [] if command.dots == had else [Voted(stamp.by, command.card, command.dots)]


# ---- places and words ------------------------------------------------------------------------------------------------


def _room(room: Room | None) -> Room:
    assert room is not None, "what is new lies nowhere yet"
    return room


def _spread(room: Room, within: RecordId) -> list[Event]:
    return [Spread(within)] if room.spread else []


def _current(records: Records, id: RecordId, rev: int) -> Note:
    """The note, unless its words were changed since `rev`: then both wordings are offered, and nobody's are lost."""
    note = note_of(records, id)
    if note.rev != rev:
        raise Refused(Reason.STALE, rev=note.rev, text=note.text)
    return note
