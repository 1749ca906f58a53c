"""What ends a command of the command line."""

from __future__ import annotations

from rooms.model import Fact


class Complaint(Exception):
    """Something whoever runs Kring has to mend. `message` names the sentence in the catalogue."""

    def __init__(self, message: str, **facts: Fact) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts
