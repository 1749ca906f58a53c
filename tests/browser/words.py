"""The page's own sentences, so that a test asks for what is said and not for how it was worded."""

from __future__ import annotations

import functools

from fluent.runtime import FluentBundle, FluentResource

from web.catalogue import LOCALES

LANGUAGES = ("nl", "en")


class Words:
    """What the page says in one language: `words("act-reply")`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._bundle = _bundle(lang)

    def __call__(self, message: str, **facts: str | int) -> str:
        """Raises KeyError for an unknown message, ValueError for a lacking fact."""
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise KeyError(message)
        text, errors = self._bundle.format_pattern(pattern, facts)
        if errors:
            raise ValueError(f"{message}: {errors[0]}")
        return str(text)


@functools.cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / lang / "page.ftl").read_text(encoding="utf-8")))
    return bundle
