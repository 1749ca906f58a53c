"""The contract of a kind: a module of pure functions, and what every room adds to it.

A kind is a module in `rooms/kinds/` with `VERSION`, the unions `Command`, `Event` and `Record`, the table `RIGHTS`, the
set `REASONS` its `decide` may raise, and `decide`, `evolve`, `show`, `outcome`, `invariant`; optionally `window`,
`needs`, `due`, `signs` with `unlink`, `PACED` with `said` (what slow mode is for), `REPORTABLE` (which records people
may report), `LOGGED` (what owners read of); and `INTERNAL`, where nobody may enter. Adding a file adds a kind.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Union, cast

import msgspec
from msgspec import Struct

from rooms import lifecycle, pace, reports, staff
from rooms.model import (
    Alias,
    Changes,
    Command,
    Event,
    Outcome,
    Reason,
    Record,
    RecordId,
    Records,
    Signs,
    Stamp,
    Timer,
    Viewer,
)


class Parts(Struct, frozen=True):
    """What a kind's own module brings, typed by the bases every kind shares."""

    decide: Callable[[Records, Command, Stamp], list[Event]]
    evolve: Callable[[Records, Event], Changes]
    show: Callable[[Record, Viewer], Record | None]
    outcome: Callable[[Records], Outcome]
    invariant: Callable[[Records], bool]
    window: Callable[[Records], set[RecordId]] | None = None
    needs: Callable[[Command], list[RecordId]] | None = None
    due: Callable[[Records], Timer | None] | None = None
    signs: Callable[[Records, Command], Signs] | None = None
    unlink: Callable[[Event, Alias], Event | None] | None = None
    said: pace.Said | None = None


class Kind:
    """A kind of room, complete: its own functions with the lifecycle and the rights of every room around them."""

    def __init__(self, module: ModuleType) -> None:
        self.name = module.__name__.rpartition(".")[2]
        self.version: int = module.VERSION
        self.internal: bool = getattr(module, "INTERNAL", False)
        own = {name: getattr(module, name) for name in Parts.__struct_fields__ if hasattr(module, name)}
        self._own = Parts(**own)
        self._paced: tuple[type[Command], ...] = getattr(module, "PACED", ())
        self.reportable: tuple[type[Record], ...] = getattr(module, "REPORTABLE", ())
        self._reporting = reports.Reporting(self.reportable, self._own.show) if self.reportable else None
        shared = (*((pace,) if self._paced else ()), *((reports,) if self._reporting else ()))
        self._logged: staff.Logged = {**staff.EVERYWHERE, **reports.LOGGED, **getattr(module, "LOGGED", {})}
        rights = {command: right for part in shared for command, right in part.RIGHTS.items()}
        self._table: lifecycle.Table = {**lifecycle.RIGHTS, **rights, **module.RIGHTS}
        self._any_room = (*lifecycle.MOVES, *rights)
        self.reasons: frozenset[Reason] = module.REASONS.union(*(part.REASONS for part in shared))
        self.command_types: tuple[type[Command], ...] = tuple(self._table)
        self.command_union = Union[self.command_types]  # noqa: UP007 - built at run time
        self.event_union = Union[module.Event, lifecycle.Moved, *(e for part in shared for e in part.EVENTS)]
        self.record_union = Union[module.Record, lifecycle.Room, *(part.RECORD for part in shared)]
        self._from_json = msgspec.json.Decoder(self.command_union)
        self._from_msgpack = msgspec.msgpack.Decoder(self.command_union)
        self._record = msgspec.msgpack.Decoder(self.record_union)

    @property
    def windowed(self) -> bool:
        """Whether memory may let go of some of this kind's records (C6)."""
        return self._own.window is not None

    def command_from_json(self, raw: bytes) -> Command:
        """Raises msgspec.ValidationError or DecodeError for anything that is no command of this kind."""
        return cast(Command, self._from_json.decode(raw))

    def command_from_msgpack(self, raw: bytes) -> Command:
        """Raises msgspec.ValidationError or DecodeError for anything that is no command of this kind."""
        return cast(Command, self._from_msgpack.decode(raw))

    def record_from_msgpack(self, raw: bytes) -> Record:
        """A record as the database keeps it. Raises msgspec.MsgspecError."""
        return cast(Record, self._record.decode(raw))

    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        """Events that the command becomes, none for a wish already true. Raises Refused."""
        lifecycle.check(self._table, command, records, stamp.role)
        if type(command) in lifecycle.MOVES:
            return lifecycle.decide(records, command, stamp)
        if isinstance(command, pace.SetPace):
            return pace.decide(records, command)
        if self._reporting is not None and isinstance(command, reports.Report | reports.Dismiss):
            return self._reporting.decide(records, command, stamp)
        if self._own.said is not None and isinstance(command, self._paced):
            pace.check(records, stamp, self._own.said)
        return self._own.decide(records, command, stamp)

    def act(self, records: Records, command: Command, stamp: Stamp) -> staff.Act | None:
        """What owners read of a command that counts; None: nothing. `records`: as they were before it."""
        return staff.act(self._logged, records, command, stamp)

    def evolve(self, records: Records, event: Event) -> Changes:
        """The records that an event changes, and only those."""
        if isinstance(event, lifecycle.Moved):
            return lifecycle.evolve(records, event)
        if isinstance(event, pace.PaceSet):
            return pace.evolve(event)
        if isinstance(event, reports.Reported | reports.Dismissed):
            return reports.evolve(records, event)
        changes = self._own.evolve(records, event)
        return changes if self._reporting is None else self._reporting.settle(records, changes)

    def show(self, record: Record, viewer: Viewer) -> Record | None:
        """What this viewer may know of a record; a private one is nobody else's business (C3)."""
        if record.only is not None and record.only not in viewer.actors:
            return None
        if isinstance(record, reports.Reports):
            return reports.show(record, viewer)
        return record if isinstance(record, lifecycle.Room | pace.Pace) else self._own.show(record, viewer)

    def window(self, records: Records) -> set[RecordId]:
        return self._own.window(records) if self._own.window else set()

    def needs(self, command: Command) -> list[RecordId]:
        if isinstance(command, reports.Report):
            return [command.record]
        return self._own.needs(command) if self._own.needs and type(command) not in self._any_room else []

    def due(self, records: Records) -> Timer | None:
        """The next timer; a closed room has none, for it would refuse the command for ever."""
        if self._own.due is None or lifecycle.state_of(records) is lifecycle.State.CLOSED:
            return None
        return self._own.due(records)

    def signs(self, records: Records, command: Command) -> Signs:
        if self._own.signs is None:
            return Signs.NAMED
        return Signs.UNLINKABLE if isinstance(command, reports.Report) else self._own.signs(records, command)

    @property
    def unlinkable(self) -> bool:
        """Whether some of its commands are signed with an id that nothing links to the person (C7)."""
        return self._own.signs is not None

    def unlink(self, event: Event, alias: Alias) -> Event | None:
        """What is kept of an event once the room is closed (C7); None: nothing."""
        if isinstance(event, reports.Reported | reports.Dismissed):
            return None
        if isinstance(event, lifecycle.Moved | pace.PaceSet) or self._own.unlink is None:
            return event
        return self._own.unlink(event, alias)

    def outcome(self, records: Records) -> Outcome:
        return self._own.outcome(records)

    def invariant(self, records: Records) -> bool:
        kept = self._reporting is None or self._reporting.invariant(records)
        return kept and self._own.invariant(records)

    def may(self, viewer: Viewer) -> dict[lifecycle.State, list[str]]:
        """state → tags of the commands this viewer's role may give then."""
        return lifecycle.may(self._table, viewer.role)

    @property
    def table(self) -> lifecycle.Table:
        """The whole table: command → rights, the lifecycle's own commands included (C10)."""
        return self._table


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """name → kind, for every module in `rooms/kinds/`."""
    import rooms.kinds as home

    modules = (
        importlib.import_module(f"{home.__name__}.{found.name}") for found in pkgutil.iter_modules(home.__path__)
    )
    return {kind.name: kind for kind in map(Kind, modules)}
