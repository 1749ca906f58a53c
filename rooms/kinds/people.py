"""News of people for every process: who is to be looked at anew, and which sign-ins ended (J9).

A community's internal room. Only the server speaks there, nobody is shown anything of it and nobody can enter. It says
neither what somebody has become, which the database knows, nor whose sign-in it was (C7).
"""

from __future__ import annotations

from typing import Annotated, NewType, assert_never

from msgspec import Meta

from rooms import lifecycle
from rooms.model import Changes, Outcome, Reason, RecordId, Records, Stamp, Viewer
from rooms.model import Command as BaseCommand
from rooms.model import Event as BaseEvent
from rooms.model import Record as BaseRecord

VERSION = 1
NEWS = RecordId("news")

INTERNAL = True

PersonId = NewType("PersonId", str)
SignInId = NewType("SignInId", str)
Bounded = Meta(min_length=1, max_length=32)


class Reconsider(BaseCommand, frozen=True, gc=False, tag="people.reconsider"):
    """What somebody may has changed."""

    person: Annotated[PersonId, Bounded]


class EndSignIn(BaseCommand, frozen=True, gc=False, tag="people.end_sign_in"):
    """A browser is no longer who it was."""

    sign_in: Annotated[SignInId, Bounded]


Command = Reconsider | EndSignIn


class Reconsidered(BaseEvent, frozen=True, gc=False, tag="people.reconsidered"):
    person: PersonId


class SignInEnded(BaseEvent, frozen=True, gc=False, tag="people.sign_in_ended"):
    sign_in: SignInId


Event = Reconsidered | SignInEnded


class News(BaseRecord, frozen=True, gc=False, tag="people.news", omit_defaults=True, kw_only=True):
    """How much there has been: what it was is for whoever follows the entries."""

    count: int


Record = News

RIGHTS: lifecycle.Table = {Reconsider: lifecycle.Rights(), EndSignIn: lifecycle.Rights()}
REASONS: frozenset[Reason] = frozenset()


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    match command:
        case Reconsider(person=person):
            return [Reconsidered(person)]
        case EndSignIn(sign_in=sign_in):
            return [SignInEnded(sign_in)]
    assert_never(command)


def evolve(records: Records, event: Event) -> Changes:
    return {NEWS: News(count=_count(records) + 1)}


def show(record: Record, viewer: Viewer) -> Record | None:
    return None


def outcome(records: Records) -> Outcome:
    return Outcome()


def invariant(records: Records) -> bool:
    return NEWS not in records or _count(records) > 0


def _count(records: Records) -> int:
    found = records.get(NEWS)
    return found.count if isinstance(found, News) else 0
