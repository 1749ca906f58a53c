"""The words of a Q&A room: what people may wish, what happened, what is recorded."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from rooms.model import (
    ActorId,
    Level,
    PersonName,
    Reason,
    RecordId,
    Records,
    Refused,
    Words,
)
from rooms.model import Command as BaseCommand
from rooms.model import Event as BaseEvent
from rooms.model import Record as BaseRecord

DESK = RecordId("qna")

Text = Annotated[str, Meta(min_length=1, max_length=500)]
Note = Annotated[str, Meta(max_length=1_000)]
Short = Annotated[str, Meta(max_length=40)]
Id = Annotated[RecordId, Meta(min_length=1, max_length=24)]
Rev = Annotated[int, Meta(ge=0, le=2**31)]


class Status(StrEnum):
    """Where a question is, as everybody who may see it is told."""

    REVIEW = "review"
    OPEN = "open"
    STAGE = "stage"
    ANSWERED = "answered"
    FOLLOW_UP = "follow_up"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


SHOWN = frozenset({Status.OPEN, Status.STAGE, Status.ANSWERED, Status.FOLLOW_UP})
"""What the audience may know of."""
HIDDEN = frozenset({Status.REVIEW, Status.DECLINED, Status.WITHDRAWN})
"""What only its asker and staff may."""


class Because(StrEnum):
    """Preset reasons to decline."""

    OFF_TOPIC = "off_topic"
    ASKED_BEFORE = "asked_before"
    ANSWERED_BEFORE = "answered_before"
    UNCLEAR = "unclear"
    NOT_NOW = "not_now"
    CONDUCT = "conduct"


class How(StrEnum):
    LIVE = "live"
    WRITTEN = "written"


# ---- commands ----------------------------------------------------------------------------------------------------


class Ask(BaseCommand, frozen=True, gc=False, tag="qna.ask"):
    """Ask something, at the room's level of anonymity or a higher one."""

    text: Text
    level: Level = Level.NAMED


class Vote(BaseCommand, frozen=True, gc=False, tag="qna.vote"):
    question: Id
    on: bool


class Reword(BaseCommand, frozen=True, gc=False, tag="qna.reword"):
    """Change one's own question, until it is reviewed."""

    question: Id
    text: Text


class Withdraw(BaseCommand, frozen=True, gc=False, tag="qna.withdraw"):
    question: Id


class Set(BaseCommand, frozen=True, gc=False, tag="qna.set"):
    """How the room asks. None: as it was. `level` can only be set the first time, before people come in."""

    asking: bool | None = None
    review: bool | None = None
    level: Level | None = None


class Approve(BaseCommand, frozen=True, gc=False, tag="qna.approve"):
    question: Id
    rev: Rev


class Decline(BaseCommand, frozen=True, gc=False, tag="qna.decline"):
    question: Id
    rev: Rev
    because: Because
    note: Note = ""


class Edit(BaseCommand, frozen=True, gc=False, tag="qna.edit"):
    """Staff change the words; the original is kept."""

    question: Id
    rev: Rev
    text: Text


class Label(BaseCommand, frozen=True, gc=False, tag="qna.label"):
    question: Id
    rev: Rev
    label: Short


class Park(BaseCommand, frozen=True, gc=False, tag="qna.park"):
    """A mark for staff: not now. Everybody else sees the status beneath it."""

    question: Id
    rev: Rev
    on: bool


class Next(BaseCommand, frozen=True, gc=False, tag="qna.next"):
    """The question that comes after the one on stage; None: none yet."""

    question: Id | None


class Stage(BaseCommand, frozen=True, gc=False, tag="qna.stage"):
    question: Id
    rev: Rev


class Answer(BaseCommand, frozen=True, gc=False, tag="qna.answer"):
    """Answered, live (with a note if you like) or in writing."""

    question: Id
    rev: Rev
    how: How
    text: Note = ""


class FollowUp(BaseCommand, frozen=True, gc=False, tag="qna.follow_up"):
    question: Id
    rev: Rev


class Reopen(BaseCommand, frozen=True, gc=False, tag="qna.reopen"):
    """Back to open, or to review; also what undoes an act."""

    question: Id
    rev: Rev
    review: bool = False


class Mute(BaseCommand, frozen=True, gc=False, tag="qna.mute"):
    """Whoever asked this question may not ask or vote here, or may again.

    Goes by question, and so does taking it back: nobody learns who it is, nor which questions are of one person.
    """

    question: Id
    on: bool


class Remove(BaseCommand, frozen=True, gc=False, tag="qna.remove"):
    question: Id
    rev: Rev


OfStaff = Approve | Decline | Edit | Label | Park | Stage | Answer | FollowUp | Reopen | Remove
Command = Ask | Vote | Reword | Withdraw | Set | Next | Mute | OfStaff


# ---- events ------------------------------------------------------------------------------------------------------


class Asked(BaseEvent, frozen=True, gc=False, tag="qna.asked"):
    id: RecordId
    receipt: RecordId
    at: int
    by: ActorId
    level: Level
    name: PersonName
    text: Words
    status: Status


class Voted(BaseEvent, frozen=True, gc=False, tag="qna.voted"):
    id: RecordId
    by: ActorId
    on: bool


class Reworded(BaseEvent, frozen=True, gc=False, tag="qna.reworded"):
    """`by_staff`: the original is kept beside it.

    Either way `rev` is raised, as votes never do: nobody approves words they haven't read.
    """

    id: RecordId
    text: Words
    by_staff: bool = False


class Turned(BaseEvent, frozen=True, gc=False, tag="qna.turned"):
    """A question has another status. `because` and `note`: of a decline; `how` and `answer`: of an answer; `at`: since
    when it is on stage."""

    id: RecordId
    status: Status
    by_staff: bool = True
    because: Because | None = None
    note: Words = Words("")
    how: How | None = None
    answer: Words = Words("")
    at: int = 0


class Labelled(BaseEvent, frozen=True, gc=False, tag="qna.labelled"):
    id: RecordId
    label: Words


class Parked(BaseEvent, frozen=True, gc=False, tag="qna.parked"):
    id: RecordId
    on: bool


class Muted(BaseEvent, frozen=True, gc=False, tag="qna.muted"):
    id: RecordId
    mute: RecordId
    on: bool


class Removed(BaseEvent, frozen=True, gc=False, tag="qna.removed"):
    id: RecordId


class Chosen(BaseEvent, frozen=True, gc=False, tag="qna.chosen"):
    """Which question comes next."""

    next: RecordId | None


class Arranged(BaseEvent, frozen=True, gc=False, tag="qna.arranged"):
    asking: bool
    review: bool
    level: Level


Event = Asked | Voted | Reworded | Turned | Labelled | Parked | Muted | Removed | Chosen | Arranged

# ---- records -----------------------------------------------------------------------------------------------------


class Desk(BaseRecord, frozen=True, gc=False, tag="qna.desk", omit_defaults=True, kw_only=True):
    """How the room asks, what is on stage (since when) and next. `asked`: questions ever."""

    asking: bool = True
    review: bool = True
    level: Level = Level.NAMED
    stage: RecordId | None = None
    next: RecordId | None = None
    asked: int = 0
    since: int = 0


class Question(
    BaseRecord,
    frozen=True,
    gc=False,
    tag="qna.question",
    omit_defaults=True,
    kw_only=True,
):
    """One question. `by`, `name`: shown as its level allows; `original`, `parked`, `muted`, `because`: staff only."""

    at: int
    order: int
    text: Words
    status: Status
    level: Level
    by: ActorId = ActorId("")
    name: PersonName = PersonName("")
    votes: int = 0
    rev: int = 0
    label: Words = Words("")
    how: How | None = None
    answer: Words = Words("")
    original: Words | None = None
    because: Because | None = None
    note: Words = Words("")
    parked: bool = False
    muted: bool = False
    receipt: RecordId = RecordId("")


class Receipt(
    BaseRecord,
    frozen=True,
    gc=False,
    tag="qna.receipt",
    omit_defaults=True,
    kw_only=True,
):
    """What the asker knows of their own question; private. `removed`: staff took it away."""

    question: RecordId
    at: int
    text: Words
    level: Level
    status: Status
    because: Because | None = None
    note: Words = Words("")
    removed: bool = False


class Ballot(
    BaseRecord,
    frozen=True,
    gc=False,
    tag="qna.ballot",
    omit_defaults=True,
    kw_only=True,
):
    """One person's vote; private."""

    question: RecordId


class Silence(
    BaseRecord,
    frozen=True,
    gc=False,
    tag="qna.silence",
    omit_defaults=True,
    kw_only=True,
):
    """Somebody is muted here, by way of these questions. Nobody is shown it: it tells that they are of one person."""

    who: ActorId
    questions: tuple[RecordId, ...]


Record = Desk | Question | Receipt | Ballot | Silence


def desk(records: Records) -> Desk:
    found = records.get(DESK)
    return found if isinstance(found, Desk) else Desk()


@lru_cache(maxsize=4_096)
def ballot_id(question: RecordId, actor: ActorId) -> RecordId:
    """Where one person's vote for one question is kept; says nothing of the person (C3)."""
    return RecordId(hashlib.blake2b(f"{question}\x00{actor}".encode(), digest_size=10).hexdigest())


@lru_cache(maxsize=4_096)  # both ids of each in a full hall
def silence_id(actor: ActorId) -> RecordId:
    """Where it is kept that somebody is muted; says nothing of the person (C3)."""
    return RecordId(hashlib.blake2b(f"silence\x00{actor}".encode(), digest_size=10).hexdigest())


def question_of(records: Records, id: RecordId) -> Question:
    found = records.get(id)
    if not isinstance(found, Question):
        raise Refused(Reason.NOT_FOUND)
    return found
