"""When two names are the same, and when one pretends to be another. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from rooms.model import PersonName, Refused
from rooms.text import NAME_LENGTH, clean_name, name_key

STAFF_WORDS = ("moderator", "eigenaar", "owner", "beheerder", "admin", "host", "staff", "mod")
LONGEST_TAIL = 8

_LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?(?:DOTLESS )?([A-Z])(?: WITH .*)?")
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԚԜ" "аеорсухіјѕһԁԛԝкмнтв" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "αβεικορτυχηγωμν" "01358|!$@",
    "ABEKMHOPCTYXIJSQW" "aeopcyxijshdqwkmhtb" "ABEZHIKMNOPTYX" "abeikoptuxnywuv" "olesbllsa",
)  # fmt: skip


def imitates(name: str, staff: Iterable[str]) -> bool:
    """Whether `name` could be read as one of the names of staff: look-alike letters, signs or a role around it."""
    letters = _letters(name)
    looks = {_look(letters), _look(_without_role(letters))}
    return any(_look(_letters(theirs)) in looks for theirs in staff)


def suggest(name: PersonName, taken: Collection[str]) -> PersonName:
    """`name` with the first number, from 2 on, that makes a name whose key is not `taken`."""
    number = 2
    while True:
        tail = f" {number}"
        found = clean_name(name[: NAME_LENGTH - len(tail)] + tail)
        if name_key(found) not in taken:
            return found
        number += 1


def stem_key(name: PersonName) -> str:
    """What the keys of all names that `suggest` may make begin with."""
    try:
        return name_key(name[: NAME_LENGTH - LONGEST_TAIL])
    except Refused:  # nothing readable that early in the name
        return ""


def _letters(name: str) -> str:
    """The letters and digits of a name, each as the Latin letter it resembles."""
    latin = "".join(map(_latin, unicodedata.normalize("NFKD", clean_name(name)))).translate(_LOOK_ALIKES).casefold()
    return "".join(c for c in latin if unicodedata.category(c)[0] in "LN") or name_key(name)


def _look(letters: str) -> str:
    """What of it can be told apart at a glance."""
    return letters.replace("rn", "m").replace("vv", "w").replace("i", "l")


def _latin(character: str) -> str:
    """ø → O, ɴ → N, ı → I."""
    if character.isascii():
        return character
    match = _LATIN.fullmatch(unicodedata.name(character, ""))
    return match[1] if match else character


def _without_role(letters: str) -> str:
    for word in STAFF_WORDS:
        letters = letters.removesuffix(word) or letters
        letters = letters.removeprefix(word) or letters
    return letters
