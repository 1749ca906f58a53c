"""Negative controls: with a mechanism switched off, the machine reports the law that it upholds broken."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from realtime.audience import Audiences
from realtime.projection import Projection
from rooms.kind import Kind
from rooms.model import Event
from tests.kinds import broken
from tests.kinds.devices import Devices
from tests.kinds.laws import Broken, Law, Laws
from tests.kinds.machine import machine
from tests.kinds.short import every_kind, modules
from tests.kinds.tally import Tally
from tests.kinds.truth import codecs, survives
from tests.kinds.world import Parts, World


def named(value: object) -> str:
    return value.name if isinstance(value, Law) else getattr(value, "__name__", str(value))


def found(law: Law, parts: Parts, kind: Kind) -> None:
    """The machine with only `law` watched reports it broken. `kind`: what the oracle holds `parts` against."""
    laws = Laws({law})
    with pytest.raises(Broken) as report:
        run_state_machine_as_test(
            machine(kind, lambda bounds: World(parts, bounds, laws, Tally(), kind)),
            settings=settings(
                max_examples=400,
                stateful_step_count=30,
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert report.value.law is law


@pytest.mark.parametrize(
    ("law", "name", "projection"),
    [
        (Law.ONCE, "chat", broken.KeysForgotten),
        (Law.REPLICAS, "chat", broken.KeysNotInCheckpoints),
        (Law.STALE, "chat", broken.NoFloor),
        (Law.AT, "chat", broken.ClockMayGoBack),
        (Law.TRACELESS, "chat", broken.RefusedLeavesItsKey),
        (Law.BOUNDS, "small", broken.NeverFull),
        (Law.MIRROR, "chat", broken.EchoesDroppedEarly),
        (Law.ORDER, "chat", broken.EchoesDroppedEarly),
        (Law.ORDER, "chat", broken.DeletedLeavesNoEcho),
        (Law.TIMER, "small", broken.DueTooEarly),
    ],
    ids=named,
)
def test_a_broken_projection_is_found(law: Law, name: str, projection: type[Projection]) -> None:
    kind = every_kind()[name]
    found(law, Parts(kind, projection=projection), kind)


@pytest.mark.parametrize(
    ("law", "name", "audiences"),
    [
        (Law.MIRROR, "chat", broken.LeftForgotten),
        (Law.SHOWN, "small", broken.GoneToldToAll),
        (Law.CHANGED, "chat", broken.AlwaysWhole),
    ],
    ids=named,
)
def test_a_broken_audience_is_found(law: Law, name: str, audiences: type[Audiences]) -> None:
    kind = every_kind()[name]
    found(law, Parts(kind, audiences=audiences), kind)


def test_a_journal_without_compare_and_set_is_found() -> None:
    kind = every_kind()["chat"]
    found(Law.ORDER, Parts(kind, chain=broken.NoCompareAndSet), kind)


def test_a_database_that_keeps_what_was_deleted_is_found() -> None:
    kind = every_kind()["chat"]
    found(Law.DATABASE, Parts(kind, database=broken.DeletedStaysInTheDatabase), kind)


@pytest.mark.parametrize(
    ("law", "name", "devices"),
    [
        (Law.MIRROR, "small", broken.RoleChangesUnnoticed),
        (Law.MIRROR, "small", broken.CutWritesAdvance),
    ],
    ids=named,
)
def test_a_browser_told_wrongly_is_found(law: Law, name: str, devices: type[Devices]) -> None:
    kind = every_kind()[name]
    found(law, Parts(kind, devices=devices), kind)


@pytest.mark.parametrize(
    ("law", "name", "kind"),
    [
        (Law.IDS, "chat", broken.ActorsInIds),
        (Law.REV, "small", broken.IgnoresRev),
        (Law.INVARIANT, "small", broken.CountsVotesTwice),
        (Law.INVARIANT, "qna", broken.StagesTwo),
        (Law.INVARIANT, "qna", broken.VotesWithoutBallots),
        (Law.INVARIANT, "qna", broken.ReportsStay),
        (Law.REV, "board", broken.EditsOverWhatOthersWrote),
        (Law.INVARIANT, "board", broken.TellsVotesWhileVoting),
        (Law.INVARIANT, "board", broken.PutsAllInOnePlace),
        (Law.INVARIANT, "board", broken.NotesWithoutTheirOwn),
        (Law.OUTCOME, "board", broken.LeavesMutedNotes),
        (Law.OUTCOME, "qna", broken.LeavesMutedQuestions),
        (Law.OUTCOME, "board", broken.LeavesHiddenNotes),
        (Law.OUTCOME, "qna", broken.LeavesNicknames),
        (Law.OUTCOME, "board", broken.LeavesNicknames),
        (Law.TIMER, "board", broken.RingsForEver),
        (Law.EVOLVE, "chat", broken.ReportsTooMuch),
        (Law.WINDOW, "chat", broken.LetsGoOfWhatIsKept),
        (Law.TIMER, "small", broken.TimerGoesOn),
        (Law.TABLE, "chat", broken.EverybodyMay),
    ],
    ids=named,
)
def test_a_broken_kind_is_found(law: Law, name: str, kind: type[Kind]) -> None:
    """The kind itself is wrong, so the oracle, which asks it, is as well."""
    wrong = kind(modules()[name])
    found(law, Parts(wrong), wrong)


@pytest.mark.parametrize(
    ("law", "name", "kind", "audiences"),
    [
        (Law.PRIVATE, "small", broken.ShowsPrivateThings, broken.EveryoneIsMeant),
        (Law.UNLINKABLE, "small", broken.SignsWithTheNamedActor, Audiences),
        (Law.UNLINKABLE, "qna", broken.SignsWithTheNamedActor, Audiences),
        (Law.SHOWN, "qna", broken.ShowsWhatIsInReview, Audiences),
        (Law.PRIVATE, "board", broken.ShowsPrivateThings, broken.EveryoneIsMeant),
        (Law.UNLINKABLE, "board", broken.SignsWithTheNamedActor, Audiences),
        (Law.SHOWN, "board", broken.ShowsHiddenNotesToStaff, Audiences),
        (Law.REPLICAS, "chat", broken.WindowOfItsOwn, Audiences),
    ],
    ids=named,
)
def test_a_process_that_runs_another_kind_is_found(
    law: Law, name: str, kind: type[Kind], audiences: type[Audiences]
) -> None:
    found(law, Parts(kind(modules()[name]), audiences=audiences), every_kind()[name])


class Loose(Event, frozen=True, tag="loose"):
    """What is in the field isn't said, so nobody can give it back as it was."""

    who: object


def test_a_value_that_a_codec_changes_is_found() -> None:
    with pytest.raises(Broken) as report:
        survives(Laws(), Loose(("anne", "bram")), codecs(Loose))
    assert report.value.law is Law.CODECS
