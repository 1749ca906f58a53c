"""Who got the floor, read from the lines of a meeting themselves: a second opinion on what the parser made of them.

It shares nothing with the parser but the words of the queue, so that neither can hide a mistake of the other's.
"""

from __future__ import annotations

from msgspec import Struct


class Turn(Struct, frozen=True):
    """`nick`, as written when they asked, was given the floor in line `line_number` (from 1)."""

    line_number: int
    nick: str


def turns(text: str) -> list[Turn]:
    """In the order of the file. An `ack` of somebody who doesn't wait gives nobody the floor."""
    waiting: dict[str, str] = {}
    found = list[Turn]()
    latest = ""
    for number, line in enumerate(text.split("\n"), start=1):
        at, nick, words = ([*line.rstrip("\r").split("\t", 2), "", "", ""])[:3]
        if at < latest:  # shown again after a lost connection
            continue
        latest = at
        first, _, rest = words.strip().partition(" ")
        named = (rest.strip() or nick).casefold()
        if first.casefold().startswith("q+"):
            waiting.setdefault(nick.casefold(), nick)
        elif first.casefold() == "q-":
            waiting.pop(named, None)
        elif first.casefold() == "ack" and rest.strip() and (asked := waiting.pop(named, None)) is not None:
            found.append(Turn(number, asked))
    return found
