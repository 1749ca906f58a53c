"""A kind that no room offers: a box of cards. It uses what chat does not, so that the next kinds find the laws proven.

What somebody asks is hidden until staff reveal it; a private receipt tells the asker how it stands. Votes are secret
and everyone has one. Staff edit a card that they hold for a moment. A round ends by itself.
"""

from __future__ import annotations

from typing import Annotated, assert_never

from msgspec import Meta
from msgspec.structs import replace

from rooms import lifecycle, text
from rooms.lifecycle import RUN, TAKE_BACK, TAKE_PART, Rights
from rooms.model import (
    ActorId,
    Changes,
    Line,
    Numbered,
    Outcome,
    PersonName,
    Reason,
    RecordId,
    Records,
    Refused,
    Signs,
    Stamp,
    Timer,
    Viewer,
    Words,
)
from rooms.model import Command as BaseCommand
from rooms.model import Event as BaseEvent
from rooms.model import Record as BaseRecord

VERSION = 1
WINDOW = 8
"""Numbered records in memory: cards and receipts, so half as many cards."""
BUDGET = 1
MARKED = 2
HOLD_MS = 1_000
BOX = RecordId("box")
CLOCK = RecordId("clock")

Text = Annotated[str, Meta(min_length=1, max_length=200)]
Id = Annotated[RecordId, Meta(min_length=1, max_length=24)]


class Ask(BaseCommand, frozen=True, gc=False, tag="small.ask"):
    """Put a card in the box; staff see it, its asker gets a receipt."""

    text: Text


class Withdraw(BaseCommand, frozen=True, gc=False, tag="small.withdraw"):
    """Take back one's own card, with its votes."""

    card: Id


class Reveal(BaseCommand, frozen=True, gc=False, tag="small.reveal"):
    """Staff: show a card to everybody, or hide it again."""

    card: Id
    on: bool


class Hold(BaseCommand, frozen=True, gc=False, tag="small.hold"):
    """Staff: nobody else edits this card for a second, or they may again."""

    card: Id
    on: bool


class Reword(BaseCommand, frozen=True, gc=False, tag="small.reword"):
    """Staff: change the words of a card as it was at `rev` (C4)."""

    card: Id
    text: Text
    rev: Annotated[int, Meta(ge=0, le=2**31)]


class MarkCard(BaseCommand, frozen=True, gc=False, tag="small.mark"):
    """Staff: keep a card for the outcome, or no longer."""

    card: Id
    on: bool


class Vote(BaseCommand, frozen=True, gc=False, tag="small.vote"):
    """Vote for a card, or take the vote back. Signed with the actor id that nothing links to the person (C7)."""

    card: Id
    up: bool


class Start(BaseCommand, frozen=True, gc=False, tag="small.start"):
    """Staff: begin a round of so many milliseconds, or begin it anew."""

    ms: Annotated[int, Meta(ge=1, le=3_600_000)]


class Ring(BaseCommand, frozen=True, gc=False, tag="small.ring"):
    """The system: the round is over."""


Command = Ask | Withdraw | Reveal | Hold | Reword | MarkCard | Vote | Start | Ring

RIGHTS: lifecycle.Table = {
    Ask: TAKE_PART,
    Vote: TAKE_PART,
    Withdraw: TAKE_BACK,
    Reveal: RUN,
    Hold: RUN,
    Reword: RUN,
    MarkCard: RUN,
    Start: RUN,
    Ring: Rights(),
}

REASONS = frozenset(
    {Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.EMPTY, Reason.STALE, Reason.HELD, Reason.SPENT, Reason.FULL}
)


class Asked(BaseEvent, frozen=True, gc=False, tag="small.asked"):
    id: RecordId
    at: int
    by: ActorId
    name: PersonName
    text: Words


class Withdrawn(BaseEvent, frozen=True, gc=False, tag="small.withdrawn"):
    id: RecordId


class Revealed(BaseEvent, frozen=True, gc=False, tag="small.revealed"):
    id: RecordId
    on: bool


class Held(BaseEvent, frozen=True, gc=False, tag="small.held"):
    id: RecordId
    card: RecordId
    by: ActorId
    until: int


class Released(BaseEvent, frozen=True, gc=False, tag="small.released"):
    id: RecordId


class Reworded(BaseEvent, frozen=True, gc=False, tag="small.reworded"):
    id: RecordId
    text: Words


class Marked(BaseEvent, frozen=True, gc=False, tag="small.marked"):
    id: RecordId
    on: bool


class Voted(BaseEvent, frozen=True, gc=False, tag="small.voted"):
    id: RecordId
    card: RecordId
    by: ActorId


class Unvoted(BaseEvent, frozen=True, gc=False, tag="small.unvoted"):
    id: RecordId
    card: RecordId


class Started(BaseEvent, frozen=True, gc=False, tag="small.started"):
    at: int


class Rang(BaseEvent, frozen=True, gc=False, tag="small.rang"):
    pass


Event = Asked | Withdrawn | Revealed | Held | Released | Reworded | Marked | Voted | Unvoted | Started | Rang


class Card(Numbered, frozen=True, gc=False, tag="small.card", omit_defaults=True, kw_only=True):
    """One card. `by` and `name` only staff are shown; `rev` is raised by what staff do to it."""

    at: int
    by: ActorId
    name: PersonName
    text: Words
    revealed: bool = False
    marked: bool = False
    votes: int = 0
    rev: int = 0


class Receipt(Numbered, frozen=True, gc=False, tag="small.receipt", omit_defaults=True, kw_only=True):
    """For the asker only: how the card stands."""

    card: RecordId
    revealed: bool = False


class Ballot(BaseRecord, frozen=True, gc=False, tag="small.ballot", omit_defaults=True, kw_only=True):
    """For the voter only."""

    card: RecordId


class Lease(BaseRecord, frozen=True, gc=False, tag="small.lease", omit_defaults=True, kw_only=True):
    """Who holds a card, and until when; past that it means nothing."""

    card: RecordId
    by: ActorId
    until: int


class Clock(BaseRecord, frozen=True, gc=False, tag="small.clock", omit_defaults=True, kw_only=True):
    """The round ends at `at`."""

    at: int


class Box(BaseRecord, frozen=True, gc=False, tag="small.box", omit_defaults=True, kw_only=True):
    """Numbers given, cards marked now, rounds that ended. Nobody is shown it."""

    count: int = 0
    marked: int = 0
    rounds: int = 0


Record = Card | Receipt | Ballot | Lease | Clock | Box


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    match command:
        case Ask():
            words = text.clean_words(command.text)
            return [] if stamp.id in records else [Asked(stamp.id, stamp.at, stamp.by, stamp.name, words)]
        case Withdraw(card=id):
            if _known(records, id, stamp).by != stamp.by:
                raise Refused(Reason.FORBIDDEN)
            return [Withdrawn(id)]
        case Reveal(card=id, on=on):
            return [] if _card(records, id).revealed == on else [Revealed(id, on)]
        case Hold():
            return _decide_hold(records, command, stamp)
        case Reword():
            return _decide_reword(records, command, stamp)
        case MarkCard(card=id, on=on):
            if _card(records, id).marked == on:
                return []
            if on and box(records).marked >= MARKED:
                raise Refused(Reason.FULL, most=MARKED)
            return [Marked(id, on)]
        case Vote():
            return _decide_vote(records, command, stamp)
        case Start(ms=ms):
            return [] if records.get(CLOCK) == Clock(at=stamp.at + ms) else [Started(stamp.at + ms)]
        case Ring():
            clock = records.get(CLOCK)
            return [Rang()] if isinstance(clock, Clock) and clock.at <= stamp.at else []
    assert_never(command)


def evolve(records: Records, event: Event) -> Changes:
    match event:
        case Asked():
            return _evolve_asked(records, event)
        case Withdrawn(id=id):
            return _evolve_withdrawn(records, id)
        case Revealed(id=id, on=on):
            card, receipt = _card(records, id), records[receipt_of(id)]
            return {
                id: replace(card, revealed=on, rev=card.rev + 1),
                receipt_of(id): replace(receipt, revealed=on),
            }
        case Held(id=id):
            return {id: Lease(card=event.card, by=event.by, until=event.until)}
        case Released(id=id):
            return {id: None}
        case Reworded(id=id, text=words):
            card = _card(records, id)
            return {id: replace(card, text=words, rev=card.rev + 1)}
        case Marked(id=id, on=on):
            counts = box(records)
            marked = counts.marked + (1 if on else -1)
            return {id: replace(_card(records, id), marked=on), BOX: replace(counts, marked=marked)}
        case Voted(id=id):
            card = _card(records, event.card)
            return {id: Ballot(card=event.card, only=event.by), event.card: replace(card, votes=card.votes + 1)}
        case Unvoted(id=id):
            card = _card(records, event.card)
            return {id: None, event.card: replace(card, votes=card.votes - 1)}
        case Started(at=at):
            return {CLOCK: Clock(at=at)}
        case Rang():
            counts = box(records)
            return {CLOCK: None, BOX: replace(counts, rounds=counts.rounds + 1)}
    assert_never(event)


def show(record: BaseRecord, viewer: Viewer) -> BaseRecord | None:
    """Hidden cards, who asked and what is marked are for staff."""
    if isinstance(record, Box):
        return None
    if isinstance(record, Lease):
        return record if viewer.role.staff else None
    if isinstance(record, Card) and not viewer.role.staff:
        bare = replace(record, by=ActorId(""), name=PersonName(""), marked=False)
        return bare if record.revealed else None
    return record


def window(records: Records) -> set[RecordId]:
    """Cards beyond the latest numbers that are revealed, not marked and not held; and receipts of such."""
    last = box(records).count - WINDOW
    if last <= 0:
        return set()
    held = {r.card for r in records.values() if isinstance(r, Lease)}
    old = {id: r for id, r in records.items() if isinstance(r, Card | Receipt) and r.n <= last}
    cards = {id for id, r in old.items() if isinstance(r, Card) and r.revealed and not r.marked and id not in held}
    receipts = {id for id, r in old.items() if isinstance(r, Receipt) and (r.card in cards or r.card not in records)}
    return cards | receipts


def needs(command: Command) -> list[RecordId]:
    if isinstance(command, Ask | Start | Ring):
        return []
    return [command.card, receipt_of(command.card)]


def due(records: Records) -> Timer | None:
    clock = records.get(CLOCK)
    return Timer(clock.at, CLOCK, Ring()) if isinstance(clock, Clock) else None


def signs(records: Records, command: Command) -> Signs:
    return Signs.UNLINKABLE if isinstance(command, Vote) else Signs.NAMED


def outcome(records: Records) -> Outcome:
    """The marked cards that everybody may see, without who asked them: only staff know."""
    marked = sorted((r.n, id, r) for id, r in records.items() if isinstance(r, Card) and r.marked and r.revealed)
    return Outcome(tuple(Line(id, r.at, r.text, PersonName(""), "marked") for _, id, r in marked))


def invariant(records: Records) -> bool:
    """Votes are ballots, one per person and card, within the budget; numbers are unique; what is marked is counted."""
    cards = {id: r for id, r in records.items() if isinstance(r, Card)}
    ballots = [r for r in records.values() if isinstance(r, Ballot)]
    numbers = [r.n for r in records.values() if isinstance(r, Numbered)]
    leases = [r.card for r in records.values() if isinstance(r, Lease)]
    return (
        all(card.votes == sum(b.card == id for b in ballots) for id, card in cards.items())
        and len({(b.card, b.only) for b in ballots}) == len(ballots)
        and all(sum(b.only == who for b in ballots) <= BUDGET for who in {b.only for b in ballots})
        and len(set(numbers)) == len(numbers)
        and all(1 <= n <= box(records).count for n in numbers)
        and sum(card.marked for card in cards.values()) == box(records).marked <= MARKED
        and len(set(leases)) == len(leases)
    )


def box(records: Records) -> Box:
    found = records.get(BOX)
    return found if isinstance(found, Box) else Box()


def receipt_of(card: RecordId) -> RecordId:
    """Asking makes two records: the card, and the receipt as its first further one."""
    return RecordId(f"{card}~1")


def _decide_hold(records: Records, command: Hold, stamp: Stamp) -> list[Event]:
    _card(records, command.card)
    id, lease = _lease(records, command.card)
    _check_held(lease, stamp)
    if not command.on:
        return [Released(id)] if id is not None else []
    wished = Lease(card=command.card, by=stamp.by, until=stamp.at + HOLD_MS)
    return [] if lease == wished else [Held(id or stamp.id, wished.card, wished.by, wished.until)]


def _decide_reword(records: Records, command: Reword, stamp: Stamp) -> list[Event]:
    card = _card(records, command.card)
    _check_held(_lease(records, command.card)[1], stamp)
    if command.rev != card.rev:
        raise Refused(Reason.STALE, rev=card.rev)
    words = text.clean_words(command.text)
    return [] if words == card.text else [Reworded(command.card, words)]


def _decide_vote(records: Records, command: Vote, stamp: Stamp) -> list[Event]:
    if not _card(records, command.card).revealed:
        raise Refused(Reason.NOT_FOUND)
    mine = {id: r for id, r in records.items() if isinstance(r, Ballot) and r.only == stamp.by}
    here = next((id for id, r in mine.items() if r.card == command.card), None)
    if command.up == (here is not None):
        return []
    if here is not None:
        return [Unvoted(here, command.card)]
    if len(mine) >= BUDGET:
        raise Refused(Reason.SPENT, most=BUDGET)
    return [Voted(stamp.id, command.card, stamp.by)]


def _evolve_asked(records: Records, event: Asked) -> Changes:
    counts = box(records)
    n = counts.count + 1
    return {
        event.id: Card(n=n, at=event.at, by=event.by, name=event.name, text=event.text),
        receipt_of(event.id): Receipt(n=n + 1, card=event.id, only=event.by),
        BOX: replace(counts, count=n + 1),
    }


def _evolve_withdrawn(records: Records, id: RecordId) -> Changes:
    gone: dict[RecordId, BaseRecord | None] = {id: None, receipt_of(id): None}
    gone.update({other: None for other, r in records.items() if isinstance(r, Ballot | Lease) and r.card == id})
    if _card(records, id).marked:
        counts = box(records)
        gone[BOX] = replace(counts, marked=counts.marked - 1)
    return gone


def _card(records: Records, id: RecordId) -> Card:
    found = records.get(id)
    if not isinstance(found, Card):
        raise Refused(Reason.NOT_FOUND)
    return found


def _known(records: Records, id: RecordId, stamp: Stamp) -> Card:
    """A card that whoever gives the command may know of."""
    card = _card(records, id)
    if not (card.revealed or stamp.role.staff or card.by == stamp.by):
        raise Refused(Reason.NOT_FOUND)
    return card


def _lease(records: Records, card: RecordId) -> tuple[RecordId | None, Lease | None]:
    for id, record in records.items():
        if isinstance(record, Lease) and record.card == card:
            return id, record
    return None, None


def _check_held(lease: Lease | None, stamp: Stamp) -> None:
    if lease is not None and lease.by != stamp.by and stamp.at < lease.until:
        raise Refused(Reason.HELD, until=lease.until)
