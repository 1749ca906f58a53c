"""From bytes to numbered lines, and from a line's text to what a room would keep of it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from rooms.model import Refused
from rooms.text import clean_words
from web.conversations.recording import Change

_COLOUR = re.compile(r"\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?")
"""The colour mark of chat programs: its digits are no words."""
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""Each control character's visible picture in Unicode."""
_WHITE = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f"))


class Line(NamedTuple):
    """`number` counts from 1; `damaged`: some bytes were no UTF-8."""

    number: int
    text: str
    damaged: bool


class Words(NamedTuple):
    """What can be said in a room, and what had to be changed for it."""

    text: str
    change: Change | None


def split(data: bytes | str) -> list[Line]:
    """The lines of a file, which end in \\n or \\r\\n and nothing else; a byte order mark is not part of the first."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    rows = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if not rows[-1]:
        rows.pop()
    return [_line(number, row.removesuffix(b"\r")) for number, row in enumerate(rows, start=1)]


def _line(number: int, row: bytes) -> Line:
    try:
        return Line(number, row.decode("utf-8"), damaged=False)
    except UnicodeDecodeError:
        return Line(number, row.decode("utf-8", "replace"), damaged=True)


def readable(raw: str) -> Words | None:
    """`raw` as a room would keep it, or None when nothing readable is left.

    Somebody who sends a lone control character did send a message: it is shown as its picture (^E as ␅).
    """
    text = _clean(_COLOUR.sub("", raw))
    if text is not None:
        unchanged = text == unicodedata.normalize("NFC", raw).strip()
        return Words(text, None if unchanged else Change.MARKS_REMOVED)
    text = _clean(raw.translate(_WHITE).translate(_PICTURES))
    return Words(text, Change.MARKS_SHOWN) if text is not None else None


def _clean(raw: str) -> str | None:
    try:
        return clean_words(raw)
    except Refused:
        return None
