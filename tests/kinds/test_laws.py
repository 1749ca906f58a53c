"""Every law of design section 3 (and F5, F6) on every kind, by one machine; and that its run met everything it should.

The run is the same every time. LAWS_EXAMPLES=5000 makes it longer, with chance, and shrinks what it finds.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from rooms import lifecycle
from rooms.model import Reason
from tests.kinds.laws import Law, Laws
from tests.kinds.machine import machine
from tests.kinds.short import every_kind
from tests.kinds.tally import Tally
from tests.kinds.world import Parts, World

CHANCE = int(os.environ.get("LAWS_EXAMPLES", "0"))
EXAMPLES = {"qna": 620, "board": 520, "small": 320}
"""Rooms per kind: more where there are more commands."""
USUAL = 220
ACCEPTED = 200
"""Every command type of every kind is accepted so often."""

MET = (
    "changes told",
    "checkpoints",
    "commands from below the floor",
    "commands sent again",
    "conflicts",
    "ids gone",
    "joins: difference",
    "joins: whole",
    "outcomes with something in them",
    "restores",
    "role changes",
    "writes cut",
)
"""What makes a law hard to keep, and so must happen."""

MET_BY_WINDOWED = ("entries with records let go", "pages read", "records fetched")
"""And this, where memory lets go of records."""

NOT_CHECKED = {
    "chat": (Law.REV, Law.UNLINKABLE, Law.TIMER),
    "qna": (Law.TIMER,),
    "people": (Law.REV, Law.UNLINKABLE, Law.TIMER),
}
"""Laws about what a kind hasn't got."""

NOT_MET = {"people": {"ids gone", "outcomes with something in them"}}
"""Of a kind that shows nothing and comes to nothing."""

NOT_GIVEN = {Reason.SECRET_GONE}
"""Everybody has both ids here, always."""

NOT_FILLED = {"qna": {Reason.FULL}}
"""Only its reports are bounded, and nobody reports ten things in rooms this small: tests/rooms/test_reports.py."""


class Ran:
    """The machine over one kind: what it met, which laws it checked how often, and how long it took (s)."""

    def __init__(self, name: str) -> None:
        self.kind, self.tally, self.laws = every_kind()[name], Tally(), Laws()
        self.examples = CHANCE or EXAMPLES.get(name, USUAL)
        rooms = machine(self.kind, lambda bounds: World(Parts(self.kind), bounds, self.laws, self.tally))
        began = time.perf_counter()
        run_state_machine_as_test(
            rooms,
            settings=settings(
                max_examples=self.examples,
                stateful_step_count=30,
                derandomize=not CHANCE,
                database=None,
                deadline=None,
                phases=(Phase.generate, Phase.shrink) if CHANCE else (Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
        self.took = time.perf_counter() - began


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", every_kind())
def test_every_law_holds_whatever_happens(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And every command type was accepted, every reason given, and everything that can go wrong went wrong."""
    run = Ran(name)
    checked, met = run.laws.checked, run.tally
    with capsys.disabled():
        print(f"\n{name}: {run.examples} rooms, {checked.total()} checks of laws in {run.took:.0f} s\n{met}")
    unchecked = [law.name for law in Law if not checked[law] and law not in NOT_CHECKED.get(name, ())]
    assert unchecked == []
    accepted = {lifecycle.tag(command): met.commands[lifecycle.tag(command)] for command in run.kind.command_types}
    assert {tag: count for tag, count in accepted.items() if count < ACCEPTED} == {}
    assert (run.kind.reasons | lifecycle.REASONS) - set(met.reasons) - NOT_GIVEN - NOT_FILLED.get(name, set()) == set()
    expected = (*MET, *(MET_BY_WINDOWED if run.kind.windowed else ()))
    assert [what for what in expected if not met.events[what] and what not in NOT_MET.get(name, ())] == []
    if name == "small":
        assert met.events["timers that ran out"] >= 50
        assert met.events["rooms full"] > 0
