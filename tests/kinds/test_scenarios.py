"""What the machine meets too rarely to stand on, told in full; each with its negative control."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from types import ModuleType

import pytest

from realtime.audience import Audiences
from realtime.projection import Bounds, Projection
from rooms import lifecycle
from rooms.model import Command, RecordId
from tests.kinds import broken, small
from tests.kinds.devices import Devices
from tests.kinds.laws import Broken, Law, Laws
from tests.kinds.people import Person
from tests.kinds.short import every_kind, modules
from tests.kinds.stores import Chain
from tests.kinds.tally import Tally
from tests.kinds.world import Parts, World

NO_ECHOES = Bounds(echoes=0)


class Scene(World):
    """A world in which one thing happens after the other."""

    def __init__(self, parts: Parts, bounds: Bounds = NO_ECHOES) -> None:
        super().__init__(parts, bounds, Laws(), Tally())
        self.member, self.moderator, self.owner = self.people[1], self.people[3], self.people[4]
        self.do(self.owner, lifecycle.Open())

    def do(self, person: Person, command: Command, at: int = 0) -> RecordId:
        """Somebody does something at a process, which follows; the id of what it made, if it made something."""
        self.plan(at, [self.compose(person, command, self.sites[at].projection.seq)])
        waiting = self.sites[at].waiting
        assert waiting is not None
        self.settle(at)
        self.catch_up(at, len(self.chain.entries))
        return RecordId(waiting.requests[0].key)

    def everything_drained(self, at: int = 0) -> None:
        self.drain(len(self.chain.entries))
        self.tell_drained(at)


def broken_by(law: Law, is_broken: bool) -> AbstractContextManager[object]:
    return pytest.raises(Broken, match=f"^{law.name}: ") if is_broken else nullcontext()


def chat() -> ModuleType:
    return modules()["chat"]


@pytest.mark.parametrize("chain", [Chain, broken.NoCompareAndSet])
def test_c2_a_command_sent_to_two_processes_at_once_counts_once(chain: type[Chain]) -> None:
    scene = Scene(Parts(every_kind()["chat"], chain=chain))
    scene.catch_up(1, 1)
    sent = scene.compose(scene.member, chat().Post("hallo"), 1)
    scene.plan(0, [sent])
    scene.plan(1, [sent])
    scene.settle(0)
    with broken_by(Law.ORDER, chain is not Chain):
        scene.settle(1)
    stored = len(scene.chain.entries)
    assert stored == (2 if chain is Chain else 3), "open, and the message: once"


@pytest.mark.parametrize("projection", [Projection, broken.AnyDatabaseWillDo])
def test_c6_an_old_answer_of_the_database_is_asked_anew(projection: type[Projection]) -> None:
    """Memory let go of a message, and of what an edit made of it; the answer asked before the edit won't do."""
    scene = Scene(Parts(every_kind()["chat"], projection=projection))
    first = scene.do(scene.member, chat().Post("eerst"))
    for n in range(chat().WINDOW):
        scene.do(scene.member, chat().Post(f"{n}"))
    scene.everything_drained()
    scene.look(0)
    scene.do(scene.member, chat().Edit(first, "daarna"))
    scene.everything_drained()
    with broken_by(Law.ORDER, projection is not Projection):
        scene.do(scene.member, chat().React(first, chat().Reaction.AGREE, True))


@pytest.mark.parametrize("devices", [Devices, broken.PagesAsStored])
def test_c6_a_page_holds_what_the_database_does_not_know_yet(devices: type[Devices]) -> None:
    scene = Scene(Parts(every_kind()["chat"], devices=devices))
    first = scene.do(scene.member, chat().Post("eerst"))
    for n in range(chat().WINDOW):
        scene.do(scene.member, chat().Post(f"{n}"))
    scene.everything_drained()
    scene.do(scene.moderator, chat().Remove(first))
    phone = scene.devices.everyone[0]
    scene.devices.join(phone, 0)
    with broken_by(Law.MIRROR, devices is not Devices):
        scene.devices.page(phone)


@pytest.mark.parametrize("audiences", [Audiences, broken.PrivateHistoryForgotten])
def test_f5_who_comes_back_is_told_that_a_private_record_is_gone(audiences: type[Audiences]) -> None:
    scene = Scene(Parts(every_kind()["small"], audiences=audiences))
    phone = scene.devices.everyone[1]
    card = scene.do(scene.member, small.Ask("mag dit?"))
    scene.devices.join(phone, 0)
    assert small.receipt_of(card) in phone.records
    scene.devices.drop(phone)
    scene.do(scene.member, small.Withdraw(card))
    with broken_by(Law.MIRROR, audiences is not Audiences):
        scene.devices.join(phone, 0)


def test_f5_who_comes_back_is_told_a_difference() -> None:
    """Nothing private of theirs went: what others did meanwhile is all they are told."""
    scene = Scene(Parts(every_kind()["small"]))
    phone = scene.devices.everyone[1]
    scene.devices.join(phone, 0)
    scene.devices.drop(phone)
    scene.do(scene.owner, small.Start(5_000))
    scene.devices.join(phone, 0)
    assert scene.tally.events["joins: difference"] == 1
