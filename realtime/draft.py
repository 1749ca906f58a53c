"""The records with a plan's own changes laid over them: decided on, never copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from realtime.batch import Echo
from rooms.kind import Kind
from rooms.model import Command, CommandKey, Event, Record, RecordId, Records
from rooms.staff import Act

Changed = dict[RecordId, tuple[Record | None, Record | None]]
"""id → the record before and after"""


class Draft(Mapping[RecordId, Record]):
    """What the records would be after the commands taken so far."""

    def __init__(self, kind: Kind, under: Records, echoes: Mapping[RecordId, Echo], fetched: Records) -> None:
        self._kind = kind
        self._under = under
        self._echoes = echoes
        self._fetched = fetched
        self._over: dict[RecordId, Record | None] = {}
        self._recallable: dict[RecordId, Record] = {}
        self.staying: set[RecordId] = set()
        """Let-go records that came back to stay, and are counted."""
        self.decided: dict[CommandKey, None] = {}
        self.events: list[Event] = []
        self.recall: dict[RecordId, Record] = {}
        self.staff: list[Act] = []
        self.written = 0
        self.bytes = 0

    def recall_for(self, command: Command) -> None:
        """Let `decide` and `evolve` see the let-go records that this command names (C6)."""
        for id in self._kind.needs(command) if self._kind.windowed else ():
            if id in self._under or id in self._over:
                continue
            echo = self._echoes.get(id)
            record = echo.record if echo else self._fetched.get(id)
            if record is not None:
                self._recallable[id] = self._over[id] = record

    def run(self, events: list[Event]) -> Changed:
        """Evolve the draft; if an event fails nothing has changed."""
        changed: Changed = {}
        try:
            for event in events:
                for id, after in self._kind.evolve(self, event).items():
                    before = changed[id][0] if id in changed else self.get(id)
                    changed[id] = (before, after)
                    self._over[id] = after
        except BaseException:
            self.undo(changed)
            raise
        return changed

    def undo(self, changed: Changed) -> None:
        for id, (before, _) in changed.items():
            self._over[id] = before

    def take(self, key: CommandKey, events: list[Event], changed: Changed, act: Act | None) -> None:
        """The command counts: its events and what they recalled go into the entry, and what owners read of it."""
        self.decided[key] = None
        self.events += events
        if act is not None and events:
            self.staff.append(act)
        for id in changed:
            if id in self._recallable:
                self.recall[id] = self._recallable[id]

    def recalled(self, changed: Changed) -> set[RecordId]:
        """Let-go records that are back for these changes or earlier ones, and not counted: most will go again."""
        return ({id for id in changed if id in self._recallable} | self.recall.keys()) - self.staying

    def back_to_stay(self, recalled: set[RecordId]) -> dict[RecordId, Record]:
        """Those of them that memory will not let go of again."""
        stay = recalled - self._kind.window(self) if recalled else recalled
        return {id: record for id in stay if (record := self.get(id)) is not None}

    def get(self, id: RecordId, default: object = None) -> Record | None:  # type: ignore[override]
        if id in self._over:
            return self._over[id]
        return self._under.get(id)

    def __getitem__(self, id: RecordId) -> Record:
        found = self.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def __contains__(self, id: object) -> bool:
        return self.get(cast(RecordId, id)) is not None

    def __iter__(self) -> Iterator[RecordId]:
        yield from (id for id in self._under if id not in self._over)
        yield from (id for id, record in self._over.items() if record is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
