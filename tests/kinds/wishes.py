"""What people wish, made from the types of a kind's commands: a new kind is tested by existing.

Hypothesis chooses the command and a number; the number settles the rest against the room as it is, with a bias towards
what has a chance (an existing record, its owner, somebody who may), so that every command is accepted often.
"""

from __future__ import annotations

import enum
import typing
from functools import cache
from random import Random
from types import NoneType

import msgspec
from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct

from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import Command, Numbered, Record, RecordId, Refused, Role, Stamp
from tests.kinds.people import SYSTEM, Person, Sent, signature
from tests.kinds.world import World

TEXTS = (
    "ja",
    "Hoe gaat het?",
    "é\u200b",
    "twee\nregels",
    "👍🏽",
    " ",
    "\u202e",
    "een langere zin over van alles en nog wat",
)
OFTEN, USUAL, RARE = 10, 6, 2
TRIES = 4
UNSTUCK = {lifecycle.State.PLANNED: lifecycle.Open, lifecycle.State.LOCKED: lifecycle.Unlock}
"""In states where little can happen, somebody soon wishes another."""


class Wish(Struct, frozen=True):
    """A command of this type; `dice` says whose and which."""

    command: type[Command]
    dice: int


class Wishes:
    """Batches of wishes as bytes, three for each: one draw for Hypothesis, and it still can leave some out.

    Nobody wishes a room closed here: the machine ends with that, for nothing can follow.
    """

    drawn = st.binary(min_size=9, max_size=36)

    def __init__(self, kind: Kind) -> None:
        types = [c for c in kind.command_types if c is not lifecycle.Close]
        self._types = [c for c in types for _ in range(_weight(c))]

    def read(self, drawn: bytes) -> list[Wish]:
        threes = [drawn[i : i + 3] for i in range(0, len(drawn) - 2, 3)]
        return [Wish(self._types[a * len(self._types) // 256], b << 8 | c) for a, b, c in threes]


def _weight(command: type[Command]) -> int:
    """Moves are rare, and so is what has nothing to say; frequent is what may make a record: words about none."""
    hints = [field.hint for field in _fields(command)]
    if not hints:
        return RARE
    return OFTEN if str in hints and RecordId not in hints else USUAL


def compose(world: World, wish: Wish) -> Sent:
    """The wish as somebody's command in the room as it is now."""
    dice = Random(wish.dice)
    type_ = UNSTUCK.get(lifecycle.state_of(world.truth.now), wish.command) if dice.random() < 0.12 else wish.command
    person, command = _attempt(world, type_, dice)
    for _ in range(TRIES if dice.random() < 0.7 else 0):
        if _would_change_something(world, person, command):
            break
        person, command = _attempt(world, type_, dice)
    head = len(world.chain.entries)
    positions = [device.seq for device in world.devices.everyone if device.person is person]
    behind = max(positions, default=head) if dice.random() < 0.5 else head
    return world.compose(person, command, behind)


def _attempt(world: World, type_: type[Command], dice: Random) -> tuple[Person, Command]:
    target = _target(world, dice)
    command = type_(**{f.name: _value(world, type_, f, dice, target) for f in _fields(type_)})
    return _person(world, type_, target, dice), command


def _would_change_something(world: World, person: Person, command: Command) -> bool:
    kind, state = world.truth.kind, world.truth.now
    by = signature(kind, state, person, command)
    stamp = Stamp(RecordId("trial"), world.now, by.by, person.role, by.name, by.also)
    try:
        return bool(kind.decide(state, command, stamp))
    except Refused:
        return False


class _Field(typing.NamedTuple):
    name: str
    hint: object
    bounds: msgspec.inspect.Type
    required: bool


@cache
def _fields(command: type[Command]) -> tuple[_Field, ...]:
    info = msgspec.inspect.type_info(command)
    assert isinstance(info, msgspec.inspect.StructType)
    hints = typing.get_type_hints(command)
    return tuple(_Field(f.name, hints[f.name], f.type, f.default is NODEFAULT) for f in info.fields)


def _value(world: World, command: type[Command], field: _Field, dice: Random, target: RecordId) -> object:
    options = typing.get_args(field.hint)
    if NoneType in options:
        if dice.random() < 0.6:
            return None
        hint = next(option for option in options if option is not NoneType)
    else:
        hint = field.hint
    if hint is RecordId:
        return target
    if hint is str:
        most = field.bounds.max_length if isinstance(field.bounds, msgspec.inspect.StrType) else None
        return dice.choice(TEXTS)[:most]
    if hint is bool:
        return dice.random() < 0.7
    if hint is int:
        return _number(world, field, dice, target)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return dice.choice(list(hint)[:3])
    raise NotImplementedError(f"{command.__name__}.{field.name}: teach tests/kinds/wishes.py to make {hint}")


def _number(world: World, field: _Field, dice: Random, target: RecordId) -> int:
    """What the record has under that name, mostly (`rev`); else something small within the bounds."""
    now = getattr(world.truth.now.get(target), field.name, None)
    if isinstance(now, int) and dice.random() < 0.8:
        return now
    least = field.bounds.ge if isinstance(field.bounds, msgspec.inspect.IntType) else None
    return (least or 0) + dice.randrange(4)


def _target(world: World, dice: Random) -> RecordId:
    """Some record: often a recent one, at times one that memory let go of, that is gone or that never was."""
    state, live, luck = world.truth.now, world.truth.rebuilt.records, dice.random()
    if luck < 0.04:
        return RecordId("nothing")
    if luck < 0.08 and world.truth.gone:
        return dice.choice(world.truth.gone)
    if luck < 0.12 and state:
        return dice.choice(sorted(state))
    public = [(number, id) for id, r in state.items() if (number := _number_of(r)) and r.only is None]
    old = sorted((n, id) for n, id in public if id not in live)
    if old and luck < 0.45:
        return dice.choice(old)[1]
    recent = sorted(public)[-3:] if luck < 0.75 else sorted(public)
    return dice.choice(recent)[1] if recent else RecordId("nothing")


def _number_of(record: Record) -> int:
    """How manieth it is of what people made here; 0: it isn't counted."""
    number: int = record.n if isinstance(record, Numbered) else getattr(record, "order", 0)
    return number


def _person(world: World, command: type[Command], target: RecordId, dice: Random) -> Person:
    """Mostly somebody who may, often the one whose record it is; at times just anybody."""
    luck = dice.random()
    rights, state = world.truth.kind.table[command], lifecycle.state_of(world.truth.now)
    if rights == lifecycle.Rights() and luck < 0.5:
        return SYSTEM
    if luck < 0.1:
        return dice.choice(world.people)
    may = [person for person in world.people if lifecycle.allows(rights, state, person.role)]
    record: Record | None = world.truth.now.get(target)
    owner = [person for person in may if getattr(record, "by", None) in person.actors]
    if owner and luck < 0.6:
        return owner[0]
    return dice.choice(may or [person for person in world.people if person.role is not Role.SCREEN])
