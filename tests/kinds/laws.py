"""The laws that every kind of room keeps (design, section 3 and F5, F6), and how one is found broken."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable
from enum import StrEnum


class Law(StrEnum):
    """Each law by its rule."""

    REPLICAS = "projections at one seq are equal: live, rebuilt, restored"
    ORDER = "C1 an entry is what its commands come to after everything before it, as if memory let go of nothing"
    IDS = "C1 ids are new, made of the command's key, and name no actor and no raw command id"
    AT = "C1 at never goes back, and is now or later"
    ONCE = "C2 a command counts once, whenever and wherever it is sent again"
    STALE = "C2 what was made below the floor is refused stale, and nothing else is"
    PRIVATE = "C3 nobody receives another actor's private record"
    REV = "C4 a staff edit counts only on the revision it was made for"
    TRACELESS = "C5 what is refused leaves no trace"
    WINDOW = "C6 memory lets go of old numbered records only, never of what the outcome or a timer needs"
    BOUNDS = "C6 a room keeps within its bounds, and is called full only at a bound"
    DATABASE = "C6 the database has what the room came to, and its pages are true"
    UNLINKABLE = "C7 what is signed unlinkably holds no named actor"
    TIMER = "C8 a timer's command comes once, not before its time, and then the timer is over"
    CODECS = "C9 commands, events and records survive both codecs"
    EVOLVE = "C9 evolve is a function, and reports only what changed"
    TABLE = "C10 whatever counts is allowed by the table"
    OUTCOME = "an outcome holds nothing hidden, removed or muted, nobody unnamed, and is equal for equal records"
    INVARIANT = "the kind's own law"
    SHOWN = "F5 no viewer receives an id its audience never showed"
    MIRROR = "F5 a viewer's records equal a fresh whole; older ones it holds are true"
    CHANGED = "F6 a difference holds only what changed since"


class Broken(AssertionError):
    """A law does not hold."""

    def __init__(self, law: Law, evidence: str, story: Iterable[object] = ()) -> None:
        super().__init__("\n".join([f"{law.name}: {law.value}", evidence, "after:", *map(str, story)]))
        self.law = law


class Laws:
    """Checks, and counts its checks: a law that was never looked at is not kept but forgotten.

    `watched`: which laws to check; a negative control watches the one it breaks.
    """

    def __init__(self, watched: Collection[Law] = tuple(Law)) -> None:
        self.checked: Counter[Law] = Counter()
        self.story: deque[object] = deque(maxlen=12)
        """What happened last, for whoever reads a failure."""
        self._watched = frozenset(watched)

    def hold(self, law: Law, kept: bool, *evidence: object) -> None:
        """Raises Broken unless `kept`."""
        self.checked[law] += 1
        if not kept and law in self._watched:
            raise Broken(law, "\n".join(map(str, evidence)), self.story)
