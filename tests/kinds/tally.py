"""What a run of the machine came across, so that it can be said, and a run that missed something fails."""

from __future__ import annotations

from collections import Counter

from rooms.lifecycle import tag
from rooms.model import Command, Reason


class Tally:
    """Counts over all examples of one kind."""

    def __init__(self) -> None:
        self.commands: Counter[str] = Counter()
        self.reasons: Counter[Reason] = Counter()
        self.events: Counter[str] = Counter()

    def accepted(self, command: Command) -> None:
        self.commands[tag(type(command))] += 1

    def refused(self, command: Command, reason: Reason) -> None:
        self.reasons[reason] += 1

    def happened(self, what: str) -> None:
        self.events[what] += 1

    def __str__(self) -> str:
        def lines(counts: Counter[str]) -> str:
            return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))

        reasons = Counter({reason.value: count for reason, count in self.reasons.items()})
        return f"accepted: {lines(self.commands)}\nrefused: {lines(reasons)}\nmet: {lines(self.events)}"
