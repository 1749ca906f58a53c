"""What people wish, made from the types of a kind's commands: a new kind is tested by existing.

Hypothesis chooses the command and a number; the number settles the rest against the room as it is, with a bias towards
what has a chance (an existing record, its owner, somebody who may), so that every command is accepted often.
"""

from __future__ import annotations

import enum
import typing
from collections.abc import Sequence
from functools import cache
from random import Random
from types import NoneType

import msgspec
from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct

from rooms import lifecycle, pace, reports
from rooms.kind import Kind
from rooms.kinds.board import commands as board
from rooms.kinds.board.phases import TABLE, who
from rooms.kinds.board.records import board as board_of
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
NAMED: dict[str, tuple[str, ...]] = {
    "card": ("note", "group"),
    "other": ("note", "group"),
    "after": ("note", "group", "column"),
    "within": ("column", "group"),
    "about": ("note", "group"),
    "record": ("note",),
}
"""What a command's field names, where it isn't called after the record; else any record will do."""
OFTEN, USUAL, RARE = 10, 6, 2
WEIGHTS: dict[type[Command], int] = {
    **dict.fromkeys((board.Set, board.Mute, pace.SetPace), RARE),
    **dict.fromkeys((board.Delete, board.Drop, board.Plan, board.Decide, board.Ready), RARE),
    **dict.fromkeys((board.Write, board.Vote), 2 * OFTEN),
    **dict.fromkeys((board.GroupWith, board.NameGroup, board.Ungroup), 3 * OFTEN),
    **dict.fromkeys((board.Go, board.Extend, board.RemoveColumn, reports.Report), OFTEN),
}
"""Where much must have happened before something else can."""
DAYS = (board.Day(""), board.Day("2026-11-30"), board.Day("2026-02-29"))
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
    if command in WEIGHTS:
        return WEIGHTS[command]
    hints = [field.hint for field in _fields(command)]
    if not hints:
        return RARE
    return OFTEN if str in hints and RecordId not in hints else USUAL


def compose(world: World, wish: Wish) -> Sent:
    """The wish as somebody's command in the room as it is now."""
    dice = Random(wish.dice)
    type_ = _instead(world, wish.command, dice)
    person, command = _attempt(world, type_, dice)
    for _ in range(TRIES if dice.random() < 0.7 else 0):
        if _would_change_something(world, person, command):
            break
        person, command = _attempt(world, type_, dice)
    head = len(world.chain.entries)
    positions = [device.seq for device in world.devices.everyone if device.person is person]
    behind = max(positions, default=head) if dice.random() < 0.5 else head
    return world.compose(person, command, behind)


def _instead(world: World, wished: type[Command], dice: Random) -> type[Command]:
    """What is wished instead where it is of no use: another state, or mostly what the phase of a board lets."""
    state = world.truth.now
    if dice.random() < 0.12:
        return UNSTUCK.get(lifecycle.state_of(state), wished)
    phase = board_of(state).phase
    if who(wished, phase) is not None or dice.random() < 0.3:
        return wished
    return dice.choice([command for command in TABLE if who(command, phase) is not None])


def _attempt(world: World, type_: type[Command], dice: Random) -> tuple[Person, Command]:
    fields = _fields(type_)
    named = [f.name for f in fields if f.hint is RecordId or RecordId in typing.get_args(f.hint)]
    targets = {name: _target(world, name, dice) for name in named} or {"": _target(world, "", dice)}
    target = next(iter(targets.values()))
    values = {f.name: _value(world, type_, f, dice, targets.get(f.name, target)) for f in fields}
    return _person(world, type_, target, dice), type_(**values)


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
    if isinstance(hint, typing.NewType) and hint.__module__.endswith("people"):
        return f"somebody-{dice.randrange(9)}"
    if hint is str:
        most = next((b.max_length for b in _bounds(field) if isinstance(b, msgspec.inspect.StrType)), None)
        return dice.choice(TEXTS)[:most]
    if hint is board.Day:
        return dice.choice(DAYS)
    if hint is bool:
        return dice.random() < (0.2 if command is board.Mute else 0.7)  # who is muted can do little for long
    if hint is int:
        return _number(world, field, dice, target)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        if field.name == "was" and dice.random() < 0.8:
            return board_of(world.truth.now).phase
        return dice.choice(list(hint))
    raise NotImplementedError(f"{command.__name__}.{field.name}: teach tests/kinds/wishes.py to make {hint}")


def _number(world: World, field: _Field, dice: Random, target: RecordId) -> int:
    """What the record has under that name, mostly (`rev`); else something small within the bounds."""
    now = getattr(world.truth.now.get(target), field.name, None)
    if isinstance(now, int) and dice.random() < 0.8:
        return now
    least = next((b.ge for b in _bounds(field) if isinstance(b, msgspec.inspect.IntType)), None)
    return (least or 0) + dice.randrange(4)


def _bounds(field: _Field) -> Sequence[msgspec.inspect.Type]:
    return field.bounds.types if isinstance(field.bounds, msgspec.inspect.UnionType) else (field.bounds,)


def _target(world: World, name: str, dice: Random) -> RecordId:
    """Some record: often a recent one, or one that the field is named after; at times one that memory let go of, one
    that is gone or that never was."""
    state, live, luck = world.truth.now, world.truth.rebuilt.records, dice.random()
    if luck < 0.04:
        return RecordId("nothing")
    if luck < 0.08 and world.truth.gone:
        return dice.choice(world.truth.gone)
    if luck < 0.12 and state:
        return dice.choice(sorted(state))
    public = [(number, id) for id, r in state.items() if (number := _number_of(r)) and r.only is None]
    if not public:
        meant = [id for id, record in state.items() if _type_of(record) in NAMED.get(name, (name,))]
        return dice.choice(sorted(meant)) if meant else RecordId("nothing")
    old = sorted((n, id) for n, id in public if id not in live)
    if old and luck < 0.45:
        return dice.choice(old)[1]
    recent = sorted(public)[-3:] if luck < 0.75 else sorted(public)
    return dice.choice(recent)[1] if recent else RecordId("nothing")


def _number_of(record: Record) -> int:
    """How manieth it is of what people made here; 0: it isn't counted."""
    number: int = record.n if isinstance(record, Numbered) else getattr(record, "order", 0)
    return number


def _type_of(record: Record) -> str:
    """`note` for a `board.note`."""
    return typing.cast(str, record.__struct_config__.tag).rpartition(".")[2]


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
