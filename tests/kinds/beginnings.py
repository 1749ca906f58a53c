"""What is in a room before anything may happen in it, of a kind in which otherwise little could for long."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rooms.kinds.board.commands import AddColumn, Go, GroupWith, Phase, Set, Write
from rooms.kinds.board.placing import ordered
from rooms.kinds.board.records import BOARD
from rooms.model import Command
from tests.kinds.people import Person
from tests.kinds.world import World


def board(world: World) -> None:
    """Two columns, notes of four people, few dots; where there is room the notes are revealed and two are grouped."""
    owner = world.people[4]
    _do(world, owner, Set(budget=3, most=2))
    for title in ("Houden", "Veranderen"):
        _do(world, owner, AddColumn(title))
    columns = [id for _, id in ordered(world.truth.now, BOARD)]
    for n, person in enumerate(world.people[:4]):
        _do(world, person, Write(columns[n % 2], f"briefje {n}"))
    if world.bounds.written > 1_000:
        _do(world, owner, Go(Phase.WRITE, Phase.GROUP))
        one, other = (id for _, id in ordered(world.truth.now, columns[0]))
        _do(world, owner, GroupWith(one, other))


BEGINNINGS: Mapping[str, Callable[[World], None]] = {"board": board}


def _do(world: World, person: Person, command: Command) -> None:
    world.plan(0, [world.compose(person, command, len(world.chain.entries))])
    world.settle(0)
