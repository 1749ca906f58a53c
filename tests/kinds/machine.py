"""One machine that runs every law on any kind: whatever may happen between people, processes and the journal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from realtime.projection import Bounds
from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import Role
from tests.kinds.beginnings import BEGINNINGS
from tests.kinds.wishes import Wishes, compose
from tests.kinds.world import SITES, World

ROOMY = Bounds(echoes=3)
TIGHT = Bounds(keys=40, written=17, bytes=4_000, echoes=3)
"""Small enough to be reached: by keys (`stale`), by records and bytes (`full`)."""

sites = st.integers(0, SITES - 1)
which = st.integers(0, 20)
scripts = st.binary(min_size=4, max_size=24)


def pairs(script: bytes) -> list[tuple[int, int]]:
    """A script, read: who does what."""
    return list(zip(script[::2], script[1::2], strict=False))


def machine(kind: Kind, make: Callable[[Bounds], World]) -> type[RuleBasedStateMachine]:
    """Rooms of a kind, in worlds that `make` makes for bounds."""
    wishes = Wishes(kind)

    class Rooms(RuleBasedStateMachine):
        world: World

        @initialize(bounds=st.sampled_from([ROOMY, ROOMY, TIGHT]), planned=st.sampled_from([False, False, False, True]))
        def begin(self, bounds: Bounds, planned: bool) -> None:
            self.world = world = make(bounds)
            if not planned:
                world.plan(0, [world.compose(world.people[4], lifecycle.Open(), 0)])
                world.settle(0)
                if kind.name in BEGINNINGS:
                    BEGINNINGS[kind.name](world)
                world.catch_up(0, len(world.chain.entries))
            for device in world.devices.everyone[:4]:
                world.devices.join(device, device.site)

        @rule(rounds=st.lists(st.tuples(sites, Wishes.drawn), min_size=2, max_size=5))
        def act(self, rounds: list[tuple[int, bytes]]) -> None:
            """Processes plan and append in turn, and their own people see it."""
            for at, batch in rounds:
                self.plan(at, batch)
                self.world.settle(at)
                self.deliver(at, 99)

        @rule(plans=st.lists(Wishes.drawn, min_size=SITES, max_size=SITES), first=sites)
        def race(self, plans: list[bytes], first: int) -> None:
            """All processes plan on what they know; one is first, the others plan again."""
            for at, batch in enumerate(plans):
                self.plan(at, batch)
            for at in range(first, first + SITES):
                self.world.settle(at % SITES)

        @rule(at=sites, batch=Wishes.drawn)
        def plan(self, at: int, batch: bytes) -> None:
            """A process plans, and is slow to append: others come first, or it plans again, or it dies."""
            self.world.plan(at, [compose(self.world, wish) for wish in wishes.read(batch)])

        @rule(at=sites, back=st.lists(which, min_size=1, max_size=6), settle=st.booleans())
        def resend(self, at: int, back: list[int], settle: bool) -> None:
            """Commands come again, unchanged, here or elsewhere, answered or not."""
            sents = [self.world.sents[-1 - n % len(self.world.sents)] for n in back if self.world.sents]
            self.world.tally.events["commands sent again"] += len(sents)
            self.world.plan(at, sents)
            if settle:
                self.world.settle(at)

        def deliver(self, at: int, entries: int) -> None:
            """A process follows; some of its people are told at once, the others are slow."""
            world = self.world
            world.catch_up(at, world.sites[at].projection.seq + entries)
            for device in world.devices.at(at)[: entries % 3 + 1]:
                world.devices.flush(device, 0, cut=False)

        @rule(script=scripts)
        def browse(self, script: bytes) -> None:
            """Browsers are told, cut off, dropped, come back here or there, and scroll back."""
            devices = self.world.devices
            for who, what in pairs(script):
                device, how = devices.everyone[who % len(devices.everyone)], what >> 3
                match what & 7:
                    case 0 | 1:
                        devices.flush(device, how & 7, cut=False)
                    case 2:
                        devices.flush(device, 0, cut=True)
                    case 3:
                        devices.drop(device)
                    case 4 | 5:
                        devices.join(device, how % SITES)
                    case _:
                        devices.scroll(device, how & 3)

        @rule(n=st.integers(0, 5), role=st.sampled_from([role for role in Role if role is not Role.SYSTEM]))
        def promote(self, n: int, role: Role) -> None:
            """Roles change, but for the owner's."""
            people = self.world.people
            if people[n].role is not Role.OWNER:
                self.world.devices.promote(people[n], Role.MODERATOR if role is Role.OWNER else role)

        @rule(script=scripts)
        def process(self, script: bytes) -> None:
            """Processes append what they planned, follow, keep checkpoints and die; the database takes entries."""
            world = self.world
            for who, what in pairs(script):
                at, how = who % SITES, what >> 3
                match what & 7:
                    case 0:
                        world.settle(at)
                    case 1 | 2:
                        self.deliver(at, how & 3)
                    case 3:
                        world.drain(how & 3)
                    case 4:
                        world.tell_drained(at)
                    case 5:
                        world.look(at)
                    case 6:
                        world.drain(99 if how & 1 else 0)
                        world.keep(at)
                    case 7 if how < 10:
                        world.restart(at, how)

        @rule(ms=st.sampled_from([1, 10, 600, 5_000]), at=sites, append=st.booleans())
        def pass_time(self, ms: int, at: int, append: bool) -> None:
            self.world.now += ms
            if self.world.fire(at) and append:
                self.world.settle(at)

        def teardown(self) -> None:
            if hasattr(self, "world") and sys.exc_info()[0] is None:  # after a failure there is nothing to finish
                self.world.finish()

    Rooms.__name__ = Rooms.__qualname__ = f"RoomsOf{kind.name.title()}"
    return Rooms
