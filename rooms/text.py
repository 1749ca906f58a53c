"""What text may be in a room: one normal form, no invisible marks, bounded length."""

from __future__ import annotations

import re
import unicodedata

from rooms.model import PersonName, Reason, Refused, Words

NAME_LENGTH = 40
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiner: needed inside words of several scripts and inside one emoji, so messages keep them."""


def clean_words(raw: str) -> Words:
    """`raw` in NFC without control, bidi and other invisible marks; lines end in \\n; no blank edges.

    Raises Refused(empty) when nothing readable is left.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)
    text = unicodedata.normalize("NFC", text)  # last: marks that go may have stood between a letter and its accent
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if not text.strip("\u200c\u200d \t\n"):
        raise Refused(Reason.EMPTY)
    return Words(text)


def clean_name(raw: str) -> PersonName:
    """`raw` in NFKC on one line, without control or bidi marks, at most 40 characters.

    Raises Refused(empty) when nothing readable is left.
    """
    text = unicodedata.normalize("NFKC", raw)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    text = " ".join(text.split())[:NAME_LENGTH].rstrip()
    if not any(unicodedata.category(c)[0] in "LNS" for c in text):
        raise Refused(Reason.EMPTY)
    return PersonName(text)


def name_key(name: str) -> str:
    """Names with one key count as the same name in a room: case, accents and widths don't tell them apart."""
    folded = unicodedata.normalize("NFKD", clean_name(name).casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace(" ", "")
