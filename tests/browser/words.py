"""The page's own sentences, so that a test asks for what is said and not for how it was worded."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from fluent.runtime import FluentBundle, FluentResource

from web.catalogue import LOCALES

PSEUDO = "qps"
"""English in disguise, as the page has it for tests."""
PSEUDO_SOURCE = LOCALES.parent / "client" / "src" / "text" / "pseudo.ts"


class Words:
    """What the page says in one language: `words("act-reply")`. `tongue`: nl, en or qps."""

    def __init__(self, tongue: str) -> None:
        self.tongue = tongue
        self.lang = "en" if tongue == PSEUDO else tongue

    def __call__(self, message: str, **facts: str | int) -> str:
        """Raises KeyError for an unknown message, ValueError for a lacking fact."""
        if self.tongue != PSEUDO:
            return _say(self.lang, message, facts)
        # what people said is not disguised: it waits outside as a character that is no letter
        people = {name: fact for name, fact in facts.items() if isinstance(fact, str)}
        stand_ins = {name: chr(0xE000 + nth) for nth, name in enumerate(people)}
        said = disguised(_say(self.lang, message, {**facts, **stand_ins}))
        for name, stand_in in stand_ins.items():
            said = said.replace(stand_in, people[name])
        return said


def disguised(text: str) -> str:
    """As the page disguises it."""
    return text.translate(_disguise())


def _say(lang: str, message: str, facts: Mapping[str, str | int]) -> str:
    bundle = _bundle(lang)
    pattern = bundle.get_message(message).value
    if pattern is None:
        raise KeyError(message)
    text, errors = bundle.format_pattern(pattern, dict(facts))
    if errors:
        raise ValueError(f"{message}: {errors[0]}")
    return str(text)


@functools.cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    for file in sorted((LOCALES / lang / "page").glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


@functools.cache
def _disguise() -> dict[int, str]:
    source = PSEUDO_SOURCE.read_text(encoding="utf-8")
    plain, letters = re.findall(r'"(\w{52})"', source)
    return {ord(letter): other for letter, other in zip(plain, letters, strict=True)}
