"""One room as the server tells it: messages in, records out. Nothing here sends."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakSet

from msgspec import Struct

from realtime.client.changes import Changes
from realtime.client.values import Fields, Record, Value

SPARE = 256
"""Older records let go of at once, so that looking for them costs little."""
HEARD = 1_000


class Person(Struct, frozen=True):
    """Somebody present."""

    name: str
    staff: bool = False


class Presence(Struct, frozen=True):
    """How many people are here; actor → person for up to 200 of them."""

    count: int = 0
    people: Mapping[str, Person] = {}


class Page(Struct, frozen=True):
    """Older records as they are now; `more`: there are older ones yet."""

    put: Mapping[str, Record]
    more: bool


class Told:
    """The server's word.

    `records`: id → record, changed in place: all that are numbered `oldest` or higher, all without a number, and some
    older ones. `seq` and `mark` are the position, `you` the person's own actor ids, `may` state → command tags.
    """

    def __init__(self, id: str, older: int) -> None:
        self.id = id
        self.kind = ""
        self.seq = 0
        self.mark = ""
        self.eyes = ""
        self.oldest = 0
        self.role = ""
        self.you: tuple[str, ...] = ()
        self.may: Mapping[str, Value] = {}
        self.records: dict[str, Record] = {}
        self.presence = Presence()
        self.whispers: dict[tuple[str, str], Mapping[str, Value]] = {}
        """(name, actor) → data, the latest."""
        self.watchers: WeakSet[Changes] = WeakSet()
        self._older = older
        self._sweep_at = 0

    def take_joined(self, message: Fields) -> None:
        """The whole room, or what was missed. Raises NotKring, as all of these."""
        put, gone = message.records("put"), message.texts("gone")
        if message.flag("full"):
            self.records.clear()
            self.records.update(put)
            for watcher in self.watchers:
                watcher.tell_whole()
        else:
            self._merge(put, gone)
        self.kind, self.role = message.text("kind"), message.text("role")
        self.seq, self.mark, self.eyes = message.number("seq"), message.text("mark"), message.text("eyes")
        self.oldest = message.number("oldest")
        self.you, self.may = tuple(message.texts("you")), message.table("may")
        self.presence = Presence()
        self.take_presence(Fields(message.table("presence")))
        self._sweep_at = len(self.records) + SPARE

    def take_change(self, message: Fields) -> None:
        """Only a change with a `seq` moves the position; the others are parts of one that is still to come."""
        self._merge(message.records("put"), message.texts("gone"))
        seq = message.maybe_number("seq")
        if seq is not None:
            self.seq, self.mark = seq, message.text("mark")
            self.oldest = message.number("oldest", self.oldest)
            if len(self.records) > self._sweep_at:
                self._sweep()

    def take_page(self, message: Fields) -> Page:
        """Looking back changes nothing, so nobody who follows the changes is told."""
        page = Page(message.records("put"), message.flag("more"))
        self.records.update(page.put)
        return page

    def take_presence(self, message: Fields) -> None:
        people = {} if message.flag("whole", False) else dict(self.presence.people)
        for actor in message.texts("gone"):
            people.pop(actor, None)
        for actor, found in message.table("put").items():
            person = Fields(found)
            people[actor] = Person(person.text("name"), person.flag("staff", False))
        self.presence = Presence(message.number("count"), people)

    def take_whisper(self, message: Fields) -> None:
        key, data = (message.text("name"), message.text("by")), message.table("data")
        self.whispers.pop(key, None)
        if data:
            self.whispers[key] = data
        if len(self.whispers) > HEARD:
            del self.whispers[next(iter(self.whispers))]

    def _merge(self, put: Mapping[str, Record], gone: list[str]) -> None:
        self.records.update(put)
        for id in gone:
            self.records.pop(id, None)
        if self.watchers:  # looking into an empty WeakSet costs more than all the rest of a small change
            for watcher in self.watchers:
                watcher.tell(put, gone)

    def _sweep(self) -> None:
        """Keep `older` of the records numbered below `oldest`: those with the highest numbers."""
        older = [(n, id) for id, record in self.records.items() if 0 < (n := _number(record)) < self.oldest]
        older.sort()
        for _, id in older[: max(0, len(older) - self._older)]:
            del self.records[id]
        self._sweep_at = len(self.records) + SPARE


def _number(record: Record) -> int:
    n = record.get("n")
    return n if isinstance(n, int) else 0
