"""What `kring doctor` finds."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from rooms.model import Fact


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(Struct, frozen=True):
    """One thing looked at. `message` names the sentence in the catalogue."""

    verdict: Verdict
    message: str
    facts: dict[str, Fact] = {}
