"""Words as search knows them: folded, and by their stems in Dutch and in English. Pure.

Which language a text is in is not asked: a community speaks both, and often both in one message. So each word is known
by either stem; that a Dutch word is taken for an English one now and then costs a hit too many, far down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import snowballstemmer
from msgspec import Struct

MOST_CACHED = 4_096
LONGEST_WORD = 40
"""What is longer is known by its beginning: nobody types it."""

_DUTCH, _VOWELS, _ENGLISH = (snowballstemmer.stemmer(name) for name in ("dutch", "dutch_porter", "english"))

STOPWORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "from",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
        "al",
        "als",
        "dan",
        "dat",
        "de",
        "den",
        "deze",
        "die",
        "dit",
        "door",
        "een",
        "en",
        "er",
        "ge",
        "had",
        "hebben",
        "heeft",
        "het",
        "hier",
        "hij",
        "hoe",
        "ik",
        "in",
        "is",
        "je",
        "kan",
        "kun",
        "maar",
        "me",
        "men",
        "met",
        "mijn",
        "na",
        "naar",
        "niet",
        "nog",
        "nu",
        "of",
        "om",
        "ons",
        "onze",
        "ook",
        "op",
        "over",
        "te",
        "tot",
        "u",
        "uit",
        "van",
        "veel",
        "voor",
        "waar",
        "wat",
        "we",
        "wel",
        "welke",
        "wie",
        "wij",
        "worden",
        "wordt",
        "ze",
        "zich",
        "zij",
        "zijn",
        "zo",
    ]
)
"""Words that say nothing of what a text is about: they may be missing where nothing has all words."""


class Word(Struct, frozen=True):
    """Of a text: where it stands there, and how it is compared."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """Letters, numbers and the marks on them, in a row."""
    start: int | None = None
    for place, sign in enumerate(text):
        if unicodedata.category(sign)[0] in "LNM":
            start = place if start is None else start
        elif start is not None:
            yield from _word(text, start, place)
            start = None
    if start is not None:
        yield from _word(text, start, len(text))


def _word(text: str, start: int, end: int) -> Iterator[Word]:
    if folded := fold(text[start:end]):
        yield Word(start, end, folded)


@lru_cache(MOST_CACHED)
def fold(word: str) -> str:
    """Without case, accents and dots; nothing, of marks alone."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")[:LONGEST_WORD]


@lru_cache(MOST_CACHED)
def stems(folded: str) -> tuple[str, ...]:
    """What is left of a word in Dutch and in English; one, where they agree.

    Dutch twice: the first knows ge…t and huis from huizen, the second panelen and paneel.
    """
    dutch: str = _VOWELS.stemWord(_DUTCH.stemWord(folded))
    english: str = _ENGLISH.stemWord(folded)
    return tuple(dict.fromkeys(stem for stem in (dutch, english) if stem))


def folded(text: str) -> str:
    """All its words, for the index."""
    return " ".join(word.folded for word in words(text))


def stemmed(*texts: str) -> str:
    """The stems of all their words, for the index."""
    return " ".join(stem for text in texts for word in words(text) for stem in stems(word.folded))


def likely(word: str) -> Sequence[Sequence[str]]:
    """How the word begins that was meant, most likely first: as typed, or with a letter missing or two that changed
    places; and where that brings nothing, with whatever second letter."""
    one, two, three = word[0], word[1:2], word[2:3]
    return [list(dict.fromkeys(each for each in (one + two, one + three, two + one, two + three))), [one]]


def nearest(word: str, known: Collection[tuple[str, int]]) -> str | None:
    """The known word that a slip of the finger away became this; of several the most used one. (word, how often)."""
    most, letters = 1 if len(word) <= 5 else 2, set(word)
    found = [
        (far, -often, other)
        for other, often in known
        if abs(len(other) - len(word)) <= most
        and len(letters - set(other)) <= most  # cheap, and true of few
        and 0 < (far := distance(word, other, most)) <= most
    ]
    return min(found)[2] if found else None


def distance(one: str, other: str, most: int) -> int:
    """How many letters are other, too many, missing, or two changed places; more than `most`: some number above it."""
    before: Sequence[int] = []
    last: Sequence[int] = range(len(other) + 1)
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
