"""Who is in a room (F7). Pure: time is an argument, milliseconds.

Each process tells its own part, whole: at a change (at most once a second) and every ten seconds; a part that isn't
heard of for 25 seconds is gone. Leaving waits five seconds, so that a reload is no news. A crowd is told by short
digests, by which somebody who is at two processes is still counted once, and the more it is, the less often.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from realtime.wire import Person
from rooms.model import ActorId

TELL_MS = 10_000
EXPIRE_MS = 25_000
LEAVE_MS = 5_000
CHANGE_MS = 1_000
NAMES = 200
"""People up to which everybody's name is told; above, the staff and a count."""
DIGEST_BYTES = 5
"""Of 10,000 people two are taken for one in 20,000 rooms."""
NOBODY = Person("")
"""Somebody who is counted and not named (C7)."""


class Here(Struct, frozen=True, gc=False, tag="here"):
    """One process's part, whole. Empty: nobody, any more. `crowd`: digests of those beside `people`, end to end."""

    process: str
    people: dict[ActorId, Person]
    crowd: bytes = b""


class Seen(Struct, frozen=True, gc=False):
    """What viewers are told: how many, and whom by name."""

    count: int
    people: Mapping[ActorId, Person]


class Presence:
    """One room as one process knows it."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._sockets: dict[ActorId, int] = {}
        self._own: dict[ActorId, Person] = {}
        self._leaving: dict[ActorId, int] = {}
        self._others: dict[str, tuple[int, _Part]] = {}
        self._seen: Seen | None = None
        """What `seen` says, until somebody comes or goes."""
        self._changed = False
        self._told_at = -TELL_MS

    def arrive(self, actor: ActorId, person: Person) -> None:
        """One more connection of this person."""
        self._sockets[actor] = self._sockets.get(actor, 0) + 1
        self._leaving.pop(actor, None)
        if self._own.get(actor) != person:
            self._seen = self._one_more(actor, person) if actor not in self._own else None
            self._own[actor] = person
            self._changed = True

    def depart(self, actor: ActorId, now: int) -> None:
        """One connection less; without any left the person is gone in five seconds."""
        self._sockets[actor] -= 1
        if not self._sockets[actor]:
            del self._sockets[actor]
            self._leaving[actor] = now + LEAVE_MS

    def heard(self, here: Here, now: int) -> None:
        """Another process told its part."""
        if here.process == self._process:
            return
        self._seen = None
        if here.people or here.crowd:
            self._others[here.process] = (now + EXPIRE_MS, _Part(here.people, _taken_apart(here.crowd)))
        else:
            self._others.pop(here.process, None)

    def tell(self, now: int) -> Here | None:
        """This process's part, when it is time to tell it."""
        for actor in [a for a, at in self._leaving.items() if at <= now]:
            del self._leaving[actor]
            self._own.pop(actor, None)
            self._changed, self._seen = True, None
        silent = now - self._told_at
        if silent < max(CHANGE_MS, min(len(self._own), TELL_MS)) or not (
            self._changed or (self._own and silent >= TELL_MS)
        ):
            return None
        self._told_at, self._changed = now, False
        if len(self._own) <= NAMES:
            return Here(self._process, dict(self._own))
        staff = {actor: person for actor, person in self._own.items() if person.staff}
        return Here(self._process, staff, b"".join(digest(actor) for actor in self._own if actor not in staff))

    @property
    def processes(self) -> int:
        """How many tell of this room, this one included."""
        return 1 + len(self._others)

    def seen(self, now: int) -> Seen:
        """Everybody here, in every process."""
        for process in [p for p, (until, _) in self._others.items() if until <= now]:
            del self._others[process]
            self._seen = None
        if self._seen is None:
            self._seen = self._look()
        return self._seen

    def _one_more(self, actor: ActorId, person: Person) -> Seen | None:
        """In a crowd whoever comes in is counted, without going through everybody again; None: go through them."""
        if self._seen is None or self._seen.count <= NAMES or person.staff:
            return None
        if any(part.has(actor) for _, part in self._others.values()):
            return self._seen
        return Seen(self._seen.count + 1, self._seen.people)

    def _look(self) -> Seen:
        people = dict(self._own)
        crowd: set[bytes] = set()
        for _, part in self._others.values():
            people.update(part.people)
            crowd |= part.crowd
        count = len(people) + (len(crowd.difference(map(digest, people))) if crowd else 0)
        few = count <= NAMES
        named = {actor: person for actor, person in people.items() if person.staff or (few and person.name)}
        return Seen(count, named)


class _Part(Struct, frozen=True, gc=False):
    """What another process told."""

    people: dict[ActorId, Person]
    crowd: frozenset[bytes]

    def has(self, actor: ActorId) -> bool:
        return actor in self.people or (bool(self.crowd) and digest(actor) in self.crowd)


def digest(actor: ActorId) -> bytes:
    """The same in every process."""
    return hashlib.blake2b(actor.encode(), digest_size=DIGEST_BYTES).digest()


def _taken_apart(crowd: bytes) -> frozenset[bytes]:
    return frozenset(crowd[at : at + DIGEST_BYTES] for at in range(0, len(crowd), DIGEST_BYTES))


def difference(before: Seen, after: Seen) -> tuple[dict[ActorId, Person], list[ActorId]]:
    """What to put and what is gone between two looks."""
    put = {actor: person for actor, person in after.people.items() if before.people.get(actor) != person}
    return put, [actor for actor in before.people if actor not in after.people]
