"""What text may be in a room: one normal form, no invisible marks, bounded length."""

from __future__ import annotations

import re
import unicodedata

from rooms.model import PersonName, Reason, Refused, Words

NAME_LENGTH = 40
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiner: needed inside words of several scripts and inside one emoji, so messages keep them."""
_BLANKS = {"\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
"""Letters and symbols that show nothing: alone they say nothing, and in a name they pass for another's."""
_SELECTORS = {chr(c) for c in (0x34F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
"""Marks that at most choose a glyph; emoji in messages have them, names do without."""


def clean_words(raw: str) -> Words:
    """`raw` in NFC without control, bidi and other invisible marks; lines end in \\n; no blank edges.

    Raises Refused(empty) when nothing readable is left.
    """
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", raw)
    if not text.replace("\n", " ").replace("\t", " ").isprintable():  # most of what people write is, and it is quick
        text = "".join(c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)
    text = unicodedata.normalize("NFC", text)  # last: marks that go may have stood between a letter and its accent
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if not _readable(text, "LNSP"):
        raise Refused(Reason.EMPTY)
    return Words(text)


def clean_name(raw: str) -> PersonName:
    """`raw` in NFKC on one line, without control, bidi or other invisible marks, at most 40 characters.

    Raises Refused(empty) when nothing readable is left.
    """
    text = unicodedata.normalize("NFKC", raw)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _visible(c))
    text = unicodedata.normalize("NFKC", text)  # again: marks that went may have stood between a letter and its accent
    text = " ".join(text.split())[:NAME_LENGTH].rstrip()
    if not _readable(text, "LNS"):
        raise Refused(Reason.EMPTY)
    return PersonName(text)


def _visible(c: str) -> bool:
    return unicodedata.category(c) not in _INVISIBLE and c not in _BLANKS and c not in _SELECTORS


def _readable(text: str, categories: str) -> bool:
    """Whether there is a character of these general categories (their first letters) that shows."""
    return any(unicodedata.category(c)[0] in categories and c not in _BLANKS for c in text)


def name_key(name: str) -> str:
    """Names with one key count as the same name in a room: case, accents and widths don't tell them apart."""
    folded = unicodedata.normalize("NFKD", clean_name(name).casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace(" ", "")
