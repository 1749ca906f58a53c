"""A made-up day in a help channel, of the shape of a real one: for tests and for trying `kring rehearse` anywhere.

The same arguments give the same day, on every machine and Python.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

_FIRST = ("mira", "joost", "sanne", "tobias", "ineke", "pelle", "noor", "wout", "fenna", "aylin", "bram", "lotte")
_LAST = ("", "_nl", "42", "-thuis", "|werk", "`", "X", "_", "2013", "[tuin]")

_SAID = (
    "hallo allemaal",
    "hi, is anybody here who knows a bit about backups?",
    "{other}: heb je hem al eens uit en aan gezet?",
    "{other}: thanks, that was it",
    "weet iemand hoe ik een map deel met de rest van de groep?",
    "it printed fine yesterday, today every page comes out empty",
    "bij mij staat dat in /etc/kring/{path}.conf, maar dat bestand is er niet",
    "try: sudo cp -a /srv/{path} /mnt/usb/{path} && sync",
    "zie https://example.org/wiki/{path}?taal=nl#stap-2",
    "{other}, welke versie heb je precies?",
    "the log says: error in {path}: permission denied (13)",
    "hmm, dat had ik niet verwacht :)",
    "ja",
    "ok",
    "does it also happen when you are offline?",
    "kun je de eerste regels van de foutmelding hier plakken?",
    "ik ben even weg, ben er over een uur weer",
    "C:\\Users\\{other}\\{path} werkt niet, met / wel",
    "{other}: see section 3 of the manual, it is short",
    "wie heeft er ervaring met oude laptops? 2 GB geheugen, dus het moet licht zijn",
)
_DONE = ("zoekt de handleiding", "is looking for the right cable", "haalt koffie", "herstart het ding nog maar eens")
_PATHS = ("printer", "backup/2013", "netwerk", "foto's", "~/.cache", "home.d/10-delen")
_LONG = (
    "dit is het hele verhaal: gisteren deed alles het nog, vanmorgen wilde ik een foto openen en toen stond er dat "
    "de schijf vol was, terwijl ik net had opgeruimd; "
)

_ODD = (
    "\x05",  # nothing but a control character
    "\tingesprongen met een tab",
    "\x02vet\x02 en \x0304,01rood\x0f, zoals sommige programma's dat sturen",
    "rechts\u202enaar links\u202c en \u200fweer terug",
    _LONG * 3,
    "=== mira is now known as joost",  # said, so it renames nobody
    "[12:00] <sanne> dit plakte ik uit het archief",
    "* doet alsof dit een handeling is",
    "👩\u200d🔧 hoi, e\u0301e\u0301n vraagje",
    "<b>niet vet</b> & <script>alert('nee')</script> {{ook niet}}",
    "!help | {other}",
    "'; DROP TABLE messages; -- %s %d \\0 \\n",
    "  veel   spaties  ",
    "日本語でも大丈夫ですか",
)
"""What real days hold and programs trip over. Every twentieth message is one of these, in turn."""
_ODD_EVERY = 20
_DROPPED_EVERY = 150
_SERVICE_EVERY = 200
_ACTION_SHARE = 0.01
_STATUS_SHARE = 0.025


class _Person:
    def __init__(self, nick: str) -> None:
        self.nick = nick
        self.spoke = False


def synthetic_day(messages: int = 600, speakers: int = 48, seed: int = 2013) -> str:
    """A day in the help-channel format with exactly `messages` messages and actions by exactly `speakers` people.

    Besides: status lines, renames (away and back, swapped, a freed nick taken by somebody else), and, from 150 messages
    on, lines that a reader has to drop. Needs 1 <= speakers <= messages, else ValueError.
    """
    if not 1 <= speakers <= messages:
        raise ValueError("every speaker needs a message: 1 <= speakers <= messages")
    return _Day(messages, speakers, seed).write()


class _Day:
    """The generator's state: who is called what now, which nicks nobody holds any more, and the lines so far."""

    def __init__(self, messages: int, speakers: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._minutes = sorted(int(self._random.random() * 24 * 60) for _ in range(messages))
        self._people = [_Person(_nick(nth)) for nth in range(speakers)]
        self._freed: list[str] = []
        self._lines: list[str] = []

    def write(self) -> str:
        for nth, (minute, person) in enumerate(zip(self._minutes, self._order(), strict=True), start=1):
            time = f"[{minute // 60:02}:{minute % 60:02}]"
            if not person.spoke and self._freed and self._chance(0.5):
                person.nick = self._freed.pop()  # somebody new under a nick that another gave up
            person.spoke = True
            self._lines.append(f"{time} {self._said(person, nth)}")
            if nth % _DROPPED_EVERY == 0:
                self._lines.append(self._dropped(time, person, nth // _DROPPED_EVERY))
            if nth % _SERVICE_EVERY == 0:
                self._lines.append("=== mode (+o hulpje) door dienst")
            if self._chance(_STATUS_SHARE):
                self._status()
        return "\n".join(self._lines) + "\n"

    def _order(self) -> list[_Person]:
        """Who says each message: everybody at least once, a few most of it."""
        count = len(self._minutes)
        order = [self._people[int(len(self._people) * self._random.random() ** 2.5)] for _ in range(count)]
        for nth, person in enumerate(self._people):
            order[nth * count // len(self._people)] = person
        return order

    def _said(self, person: _Person, nth: int) -> str:
        if nth % _ODD_EVERY == 0:
            return f"<{person.nick}> {self._fill(_ODD[nth // _ODD_EVERY % len(_ODD)])}"
        if self._chance(_ACTION_SHARE):
            return f" * {person.nick} {self._pick(_DONE)}"
        return f"<{person.nick}> {self._fill(self._pick(_SAID))}"

    def _dropped(self, time: str, person: _Person, nth: int) -> str:
        return (f"{time} <{person.nick}> ", f"{time} <{person.nick}> {'x' * 2_001}", "", f"{time} regel zonder naam")[
            nth % 4
        ]

    def _status(self) -> None:
        what, person = self._random.random(), self._pick([person for person in self._people if person.spoke])
        if what < 0.2:
            self._swap(person, self._pick([other for other in self._people if other.spoke]))
        elif person.nick.endswith("|weg"):
            self._rename(person, person.nick.removesuffix("|weg"))
        else:
            self._rename(person, person.nick + "|weg")

    def _swap(self, one: _Person, other: _Person) -> None:
        if one is not other:
            mine, yours = one.nick, other.nick
            self._rename(one, f"{mine}_tmp")
            self._rename(other, mine)
            self._rename(one, yours)

    def _rename(self, person: _Person, new: str) -> None:
        """Unless somebody has the new nick: the server would refuse."""
        if any(other.nick == new for other in self._people):
            return
        self._lines.append(f"=== {person.nick} is now known as {new}")
        self._freed = [nick for nick in (*self._freed, person.nick) if nick != new]
        person.nick = new

    def _fill(self, text: str) -> str:
        if "{other}" not in text and "{path}" not in text:
            return text
        other = self._pick(self._people).nick
        return text.replace("{other}", other).replace("{path}", self._pick(_PATHS))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, choices: Sequence[_T]) -> _T:
        # Not random.choice: what that picks for a seed may differ between Pythons, random() never does.
        return choices[int(self._random.random() * len(choices))]


def _nick(nth: int) -> str:
    """The n-th of endlessly many different nicks."""
    rest, first = divmod(nth, len(_FIRST))
    again, last = divmod(rest, len(_LAST))
    return _FIRST[first] + _LAST[last] + (f"~{again}" if again else "")
