"""What a rehearsal came to, in figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from web.conversations import Changed, Dropped


class Spread(Struct, frozen=True):
    """Milliseconds: half of them took no longer than `p50`, and so on."""

    p50: float
    p95: float
    p99: float


def spread(seconds: Iterable[float]) -> Spread | None:
    """None: there were none."""
    sorted_ms = sorted(1_000 * took for took in seconds)
    if not sorted_ms:
        return None
    p50, p95, p99 = (sorted_ms[math.ceil(len(sorted_ms) * share) - 1] for share in (0.5, 0.95, 0.99))
    return Spread(p50, p95, p99)


class Seen(Struct, frozen=True):
    """What an observer saw, beside what was acknowledged."""

    seen: int
    missing: int
    """Acknowledged, and not there."""
    extra: int
    """There, and not acknowledged, or more often than that."""
    out_of_order: int
    """There, but not where the speaker said it."""


def compare(said: Sequence[str], seen: Sequence[str]) -> Seen:
    """What counts, and what is there; both in order."""
    missing, extra = Counter(said) - Counter(seen), Counter(seen) - Counter(said)
    moved = 0
    if not missing and not extra:
        moved = sum(mine != theirs for mine, theirs in zip(said, seen, strict=True))
    return Seen(len(said) - missing.total(), missing.total(), extra.total(), moved)


def total(parts: Iterable[Seen]) -> Seen:
    seen = missing = extra = moved = 0
    for part in parts:
        seen, missing, extra = seen + part.seen, missing + part.missing, extra + part.extra
        moved += part.out_of_order
    return Seen(seen, missing, extra, moved)


class Floor(Struct, frozen=True, kw_only=True):
    """Who got the floor, by name: as the file says it (`given`), and on stage as the audience was shown it (`staged`).

    `asked`: questions that count; `withdrawn`, `answered` and `labelled` (with what the agenda said) of them;
    `shortened`: agenda lines that were too long for a label.
    """

    given: Sequence[str]
    staged: Sequence[str]
    asked: int
    withdrawn: int
    answered: int
    labelled: int
    shortened: int

    @property
    def first_difference(self) -> int | None:
        """Counted from 0; None: the queue's order was kept."""
        pairs = zip(self.given, self.staged, strict=False)
        differing = next((nth for nth, (given, staged) in enumerate(pairs) if given != staged), None)
        if differing is None and len(self.given) != len(self.staged):
            return min(len(self.given), len(self.staged))
        return differing

    @property
    def kept(self) -> bool:
        """Everybody who got the floor then was on stage now, in that order."""
        return self.first_difference is None


class Report(Struct, frozen=True, kw_only=True):
    """`acts` were to be done; `sent` of them were, and each of those was acknowledged, refused, or nobody knows.

    `nicks`: names the speakers went by in the recording. `other_acts`: what was done in it and has no place in Kring
    (coming in, say), by name. `seconds`: from the first act sent to the last acknowledged. `resent`: commands that were
    sent more than once. `floor`: of a meeting.
    """

    speakers: int
    nicks: int
    acts: int
    sent: int
    acknowledged: int
    refused: Mapping[str, int]
    unknown: int
    observed: Seen
    until_acknowledged: Spread | None
    until_seen: Spread | None
    seconds: float
    reconnects: int
    resent: int
    status_lines: int
    dropped: Sequence[Dropped]
    changed: Sequence[Changed]
    other_acts: Mapping[str, int]
    floor: Floor | None = None

    @property
    def rate(self) -> float:
        """Acts acknowledged per second."""
        return self.acknowledged / self.seconds if self.seconds else 0.0

    @property
    def complete(self) -> bool:
        """Every act was acknowledged, and an observer saw it exactly once, in its speaker's order; so was the queue."""
        seen = self.observed
        return (
            self.acknowledged == self.acts == seen.seen
            and not self.refused
            and not (seen.missing or seen.extra or seen.out_of_order)
            and (self.floor is None or (self.floor.kept and self.floor.answered == len(self.floor.staged)))
        )
