"""What somebody typed, as questions to the full-text index: from the strict one to the lenient ones. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from persistence.terms import STOPWORDS, stems, words

QUERY_LENGTH = 200
MOST_WORDS = 8
LONG_ENOUGH = 4
"""Of such a word the beginning of a longer one will do, where nothing has the word itself."""


class Query(Struct, frozen=True):
    """`words`: folded, in their order. `open`: the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    open: bool = True

    @property
    def needed(self) -> tuple[str, ...]:
        """The words that say what it is about; all, when none does."""
        telling = tuple(word for word in self.words if word not in STOPWORDS)
        return telling or self.words


def parsed(typed: str) -> Query:
    """Any text is a query; nothing in it is syntax."""
    text = unicodedata.normalize("NFC", typed[:QUERY_LENGTH])
    found = list(words(text))
    open = bool(found) and not text[found[-1].end :].strip()
    return Query(tuple(word.folded for word in found)[:MOST_WORDS], open and len(found) <= MOST_WORDS)


def strict(query: Query) -> str:
    """All words, in whatever form."""
    last = len(query.words) - 1
    return _all(_form(word, begins=query.open and nth == last) for nth, word in enumerate(query.words))


def lenient(query: Query) -> Iterator[str]:
    """Without what says nothing, and with longer words; then as many of them as something has, down to half."""
    needed = query.needed
    forms = {word: _form(word, begins=len(word) >= LONG_ENOUGH or word == query.words[-1]) for word in needed}
    for count in range(len(needed), (len(needed) - 1) // 2, -1):
        yield " OR ".join(f"({_all(forms[word] for word in some)})" for some in combinations(needed, count))


def _all(forms: Iterator[str]) -> str:
    return " AND ".join(f"({form})" for form in forms)


def _form(word: str, *, begins: bool) -> str:
    """A word as typed, or by its stems; what is between quotes is no syntax, and no word holds quotes."""
    told = f'{{title said}} : "{word}"' + ("*" if begins else "")
    stemmed = [f'stems : "{stem}"' + ("*" if begins and len(stem) >= LONG_ENOUGH else "") for stem in stems(word)]
    return " OR ".join([told, *stemmed])


def corrected(query: Query, instead: Sequence[str]) -> Query:
    return Query(tuple(instead), query.open)
