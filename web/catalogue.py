"""Every sentence that people read, in Dutch and English: Fluent files in `web/locales/`, shared with the page.

A refusal reason `not_found` is the message `refused-not-found`, a close code `too_slow` is `close-too-slow`, and what
only the HTTP API says, such as `wrong_code`, is `http-wrong-code`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from realtime.wire import CloseCode
from rooms.model import Fact, Facts, Reason
from web.settings import LANGUAGES

LOCALES = Path(__file__).parent / "locales"
FILES = (
    "errors.ftl",
    "cli.ftl",
    "rehearse.ftl",
    "archive.ftl",
    "communities.ftl",
    "ways-in.ftl",
    "programs.ftl",
    "page/board-columns.ftl",
)


def pick(asked: str | None, otherwise: str) -> str:
    """The language to answer in: the first of an `Accept-Language` header (or one tag) that Kring speaks."""
    for part in (asked or "").split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.partition("-")[0] in LANGUAGES:
            return tag.partition("-")[0]
    return otherwise if otherwise in LANGUAGES else "en"


def sentence(lang: str, code: Reason | CloseCode | str, facts: Facts) -> str:
    """What to tell somebody about a refusal, a close or an HTTP error. Raises KeyError for a code nobody wrote."""
    return say(lang, message_id(str(code)), facts)


def say(lang: str, message: str, facts: Mapping[str, Fact] | None = None) -> str:
    """One message, by its own name. Raises KeyError for an unknown one, ValueError for a lacking fact."""
    bundle = _bundle(pick(lang, "en"))
    pattern = bundle.get_message(message).value if bundle.has_message(message) else None
    if pattern is None:
        raise KeyError(message)
    text, errors = bundle.format_pattern(pattern, dict(facts or {}))
    if errors:
        raise ValueError(f"{message}: {errors[0]}")
    return str(text)


def message_id(code: str) -> str:
    """The name in the catalogue of a code that programs read."""
    name = code.replace("_", "-")
    if code in _REASONS:
        return f"refused-{name}"
    return f"close-{name}" if code in _CLOSES else f"http-{name}"


_REASONS = frozenset(str(reason) for reason in Reason)
_CLOSES = frozenset(str(code) for code in CloseCode)


@functools.cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    for name in FILES:
        bundle.add_resource(FluentResource((LOCALES / lang / name).read_text(encoding="utf-8")))
    return bundle
