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
    """One speaker's acknowledged messages, and their messages as the room has them; both in order."""
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


class Report(Struct, frozen=True, kw_only=True):
    """`messages` were to be said; `sent` of them were, and each of those was acknowledged, refused, or nobody knows.

    `nicks`: names the speakers went by in the recording. `other_acts`: what was done in it and no chat knows (a queue's
    ack, say), by name. `seconds`: from the first message sent to the last acknowledged. `resent`: messages that were
    sent more than once.
    """

    speakers: int
    nicks: int
    messages: int
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

    @property
    def rate(self) -> float:
        """Messages acknowledged per second."""
        return self.acknowledged / self.seconds if self.seconds else 0.0

    @property
    def complete(self) -> bool:
        """Every message was acknowledged, and an observer saw it exactly once, in its speaker's order."""
        seen = self.observed
        return (
            self.acknowledged == self.messages == seen.seen
            and not self.refused
            and not (seen.missing or seen.extra or seen.out_of_order)
        )
