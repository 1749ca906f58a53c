"""Who speaks: people keep their id when they change their nick."""

from __future__ import annotations

from collections.abc import Iterable

from rooms.model import Refused
from rooms.text import NAME_LENGTH, clean_name, name_key
from web.conversations.recording import Speaker


class _Person:
    """Somebody seen so far; without an id until they act."""

    def __init__(self) -> None:
        self.id: int | None = None
        self.nicks: dict[str, None] = {}


class Nicks:
    """Which person holds which nick at this point of the file.

    A nick that was given up by a rename is free: who uses it next is somebody else. Who is renamed to a nick that
    another held takes it over (that one must have gone, or the server would not have allowed it).
    """

    def __init__(self) -> None:
        self._holders: dict[str, _Person] = {}
        self._acted: list[_Person] = []

    def acts(self, nick: str) -> int:
        """The id of who holds `nick` now and does something. Ids count from 0 in the order of first acts."""
        person = self._holders.setdefault(nick, _Person())
        if person.id is None:
            person.id = len(self._acted)
            self._acted.append(person)
        person.nicks[nick] = None
        return person.id

    def renamed(self, old: str, new: str) -> None:
        """Who held `old` now holds `new`."""
        person = self._holders.setdefault(old, _Person())
        del self._holders[old]
        self._holders[new] = person

    def find(self, nick: str) -> int | None:
        """The id of who holds `nick` (else the same in other case) now and acted before; None if nobody did."""
        if nick in self._holders:
            return self._holders[nick].id
        wanted = nick.casefold()
        return next((person.id for held, person in self._holders.items() if held.casefold() == wanted), None)

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who acted; the position of each is their id."""
        names = unique_names(next(iter(person.nicks)) for person in self._acted)
        return tuple(
            Speaker(id, name, tuple(person.nicks))
            for id, (name, person) in enumerate(zip(names, self._acted, strict=True))
        )


def unique_names(nicks: Iterable[str]) -> list[str]:
    """For each nick a name that a room takes beside all others: "ann", "Ann", "ànn" become "ann", "Ann 2", "ànn 3"."""
    taken: set[str] = set()
    return [_unique_name(nick, taken) for nick in nicks]


def _unique_name(nick: str, taken: set[str]) -> str:
    try:
        base = clean_name(nick)
    except Refused:
        base = clean_name("nick")  # "___": a nick without a letter or digit is no name in a room
    name, nth = str(base), 1
    while (key := name_key(name)) in taken:
        nth += 1
        name = f"{base[: NAME_LENGTH - len(str(nth)) - 1]} {nth}"
    taken.add(key)
    return name
