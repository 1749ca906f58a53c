"""The columns that a board begins with: a template's, in the language of its community."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from web.catalogue import say


class Template(StrEnum):
    """What staff choose from."""

    START_STOP_CONTINUE = "start_stop_continue"
    KEEP_CHANGE_TRY = "keep_change_try"
    WHAT = "what"
    UPKEEP = "upkeep"
    IDEAS = "ideas"
    EMPTY = "empty"


_COLUMNS = {
    Template.START_STOP_CONTINUE: ("start", "stop", "continue"),
    Template.KEEP_CHANGE_TRY: ("keep", "change", "try"),
    Template.WHAT: ("what", "so-what", "now-what"),
    Template.UPKEEP: ("still-right", "renew", "missing"),
    Template.IDEAS: ("ideas", "questions", "first-steps"),
}


def columns(template: str | None, lang: str) -> Sequence[tuple[str, str]]:
    """(title, hint) of each; a template that this version doesn't know has none."""
    names = next((names for known, names in _COLUMNS.items() if known == template), ())
    return [(say(lang, f"board-column-{name}"), say(lang, f"board-column-{name}-hint")) for name in names]
