"""What is shown of a hit: its own words, with those that were asked for marked. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from persistence.asking import LONG_ENOUGH, Query
from persistence.terms import Word, stems, words

Parts = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether it is what was asked for."""
BEFORE = 60
"""Letters shown before the first match, at most."""


class Wanted(Struct, frozen=True):
    """What is marked: these words, their other forms, and what begins so."""

    words: frozenset[str]
    stems: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, query: Query) -> Wanted:
        long = [word for word in query.needed if len(word) >= LONG_ENOUGH]
        last = [query.words[-1]] if query.words and query.open else []
        return cls(
            frozenset(query.words),
            frozenset(stem for word in query.needed for stem in stems(word)),
            (*long, *last, *(stem for word in long for stem in stems(word) if len(stem) >= LONG_ENOUGH)),
        )

    def has(self, word: Word) -> bool:
        return (
            word.folded in self.words
            or not self.stems.isdisjoint(stems(word.folded))
            or word.folded.startswith(self.beginnings)
        )


def marked(text: str, wanted: Wanted) -> Parts:
    """All of it."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for word in words(text):
        if wanted.has(word):
            parts += [(text[end : word.start], False), (text[word.start : word.end], True)]
            end = word.end
    return [part for part in (*parts, (text[end:], False)) if part[0]]


def snippet(text: str, wanted: Wanted, most: int) -> Parts:
    """About `most` letters of it, where most of what was asked for is close together."""
    if len(text) <= most:
        return marked(text, wanted)
    start = _best(text, wanted, most)
    end = _before_a_word(text, min(len(text), start + most))
    parts = list(marked(text[start:end].strip(), wanted))
    return [*([("… ", False)] if start else []), *parts, *([(" …", False)] if end < len(text) else [])]


def _best(text: str, wanted: Wanted, most: int) -> int:
    """Where to begin: a little before the match after which there are the most different ones."""
    found = [word for word in words(text) if wanted.has(word)]
    if not found or found[0].start < BEFORE:
        return 0

    def worth(first: Word) -> int:
        return len({word.folded for word in found if first.start <= word.start < first.start + most - BEFORE})

    best = max(found, key=lambda word: (worth(word), -word.start))
    return _after_a_space(text, max(0, best.start - BEFORE), best.start)


def _after_a_space(text: str, start: int, most: int) -> int:
    space = text.find(" ", start, most)
    return start if start == 0 or space < 0 else space + 1


def _before_a_word(text: str, end: int) -> int:
    if end == len(text):
        return end
    space = text.rfind(" ", end - BEFORE, end)
    return end if space < 0 else space
