"""When two names are the same, and when one pretends to be another. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from rooms.model import PersonName
from rooms.text import NAME_LENGTH, clean_name, name_key

STAFF_WORDS = ("moderator", "eigenaar", "owner", "beheerder", "admin", "host", "staff", "mod")
LONGEST_NUMBER = 8

_LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?(?:DOTLESS )?([A-Z])(?: WITH .*)?")
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԚԜ" "аеорсухіјѕһԁԛԝкмнтв" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "αβεικορτυχηγωμν" "01358|!$@",
    "ABEKMHOPCTYXIJSQW" "aeopcyxijshdqwkmhtb" "ABEZHIKMNOPTYX" "abeikoptuxnywuv" "olesbllsa",
)  # fmt: skip


def imitates(name: str, staff: Iterable[str]) -> bool:
    """Whether `name` could be read as one of the names of staff: look-alike letters, signs or a role around it."""
    look = _look(name)
    return any(their in (look, _without_role(look)) for their in map(_look, staff))


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
    return name_key(name)[: max(1, NAME_LENGTH - LONGEST_NUMBER)] if len(name) > NAME_LENGTH // 2 else name_key(name)


def _look(name: str) -> str:
    """What is left of a name at a glance: letters and digits, in the shape of the Latin letter they resemble."""
    letters = "".join(map(_latin, unicodedata.normalize("NFKD", clean_name(name)))).translate(_LOOK_ALIKES).casefold()
    bare = "".join(c for c in letters if unicodedata.category(c)[0] in "LN")
    return bare.replace("rn", "m").replace("vv", "w").replace("i", "l") or name_key(name)


def _latin(character: str) -> str:
    """ø → O, ɴ → N, ı → I."""
    if character.isascii():
        return character
    match = _LATIN.fullmatch(unicodedata.name(character, ""))
    return match[1] if match else character


def _without_role(look: str) -> str:
    for word in map(_look, STAFF_WORDS):
        look = look.removesuffix(word) or look
        look = look.removeprefix(word) or look
    return look
