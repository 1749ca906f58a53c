"""Who is in the model's room: a person of every role, with two actor ids each, and what they sent."""

from __future__ import annotations

from msgspec import Struct

from realtime.signing import Signature, sign
from rooms.kind import Kind
from rooms.model import ActorId, Command, PersonName, Record, RecordId, Records, Role, Viewer


class Person(Struct):
    """`actors`: the named id, and the one that nothing links to it (C7)."""

    name: PersonName
    role: Role

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return (ActorId(f"named-{self.name.lower()}"), ActorId(f"other-{self.name.lower()}"))

    @property
    def nickname(self) -> PersonName:
        """What they are called where they don't go by name."""
        return PersonName(f"Vogel {len(self.name)}{self.role[0]}")

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.actors, self.role)


def everybody() -> list[Person]:
    roles = (Role.GUEST, Role.MEMBER, Role.MEMBER, Role.MODERATOR, Role.OWNER, Role.SCREEN)
    names = ("Anne", "Bram", "Chris", "Dirk", "Els", "Fay")
    return [Person(PersonName(name), role) for name, role in zip(names, roles, strict=True)]


def signature(kind: Kind, records: Records, person: Person, command: Command) -> Signature:
    """Which of their ids and names somebody's command is signed with."""
    return sign(kind, records, command, actors=person.actors, name=person.name, nickname=person.nickname)


SYSTEM = Person(PersonName("Kring"), Role.SYSTEM)


class Sent(Struct, frozen=True):
    """A command as its sender keeps it until it is answered, and sends it again unchanged (C2)."""

    raw_id: str
    person: Person
    command: Command
    made: int


class Device(Struct):
    """A browser: the records it holds, and the position up to which it was told."""

    person: Person
    site: int
    viewer: Viewer
    online: bool = False
    seq: int = 0
    oldest: int = 0
    records: dict[RecordId, Record] = {}
    paged_to: int | None = None
    """The number below which it hasn't asked for pages yet; None: it hasn't asked."""
    ahead: dict[RecordId, int] = {}
    """What came with a page, or before the change it belongs to: of which seq, maybe past the browser's own."""
