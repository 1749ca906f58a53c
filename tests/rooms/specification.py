"""Given what happened, when somebody gives a command, then this happened: a kind's tests read as its specification."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.inspect import BoolType, EnumType, IntType, StrType, StructType, UnionType, type_info

from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import ActorId, Command, Event, Facts, PersonName, Reason, Record, RecordId, Refused, Role, Stamp

NOW = 1_000_000


class Somebody:
    """Who gives a command."""

    def __init__(self, name: str, role: Role = Role.MEMBER) -> None:
        self.actor = ActorId(f"actor-{name.lower()}")
        self.name = PersonName(name)
        self.role = role

    def stamp(self, id: str, at: int = NOW) -> Stamp:
        return Stamp(RecordId(id), at, self.actor, self.role, self.name)


ANNE, BRAM = Somebody("Anne"), Somebody("Bram")
DIRK = Somebody("Dirk", Role.MODERATOR)
GUEST, SCREEN, SYSTEM = Somebody("Gast", Role.GUEST), Somebody("Scherm", Role.SCREEN), Somebody("Kring", Role.SYSTEM)


def some(command: type[Command]) -> Command:
    """A command of this type, with the plainest values."""
    plain: dict[type, object] = {StrType: "x", IntType: 1, BoolType: True, UnionType: None}
    info = type_info(command)
    assert isinstance(info, StructType)
    fields = [field for field in info.fields if field.required]
    values = {f.name: _first(f.type) if isinstance(f.type, EnumType) else plain[type(f.type)] for f in fields}
    return command(**values)


def _first(type_: EnumType) -> object:
    return next(iter(type_.cls))


class Given:
    """A room of a kind in which these events happened; it is open, unless they say otherwise."""

    def __init__(self, kind: Kind, *events: Event, state: lifecycle.State = lifecycle.State.OPEN) -> None:
        self.kind = kind
        self.records: dict[RecordId, Record] = {}
        self._happen([lifecycle.Moved(state), *events])

    def when(self, who: Somebody, command: Command, id: str = "new", at: int = NOW) -> When:
        """Somebody gives a command; what it came to has happened in this room after it."""
        try:
            events = self.kind.decide(self.records, command, who.stamp(id, at))
        except Refused as refusal:
            return When([], refusal.reason, refusal.facts)
        self._happen(events)
        return When(events, None, {})

    def _happen(self, events: Sequence[Event]) -> None:
        for event in events:
            for id, after in self.kind.evolve(self.records, event).items():
                if after is None:
                    del self.records[id]
                else:
                    self.records[id] = after
        assert self.kind.invariant(self.records)


class When:
    """What a command came to."""

    def __init__(self, events: Sequence[Event], reason: Reason | None, facts: Facts) -> None:
        self.events, self.reason, self.facts = list(events), reason, facts

    def then(self, *events: Event) -> None:
        assert (self.events, self.reason) == (list(events), None)

    def then_nothing(self) -> None:
        """The wish was true already: it counts, and changes nothing (C2)."""
        self.then()

    def then_refused(self, reason: Reason, **facts: object) -> None:
        assert (self.reason, self.facts, self.events) == (reason, facts, [])
