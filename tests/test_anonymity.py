"""C7: the promise is in the documentation word for word, and every level is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooms.model import Level

PAGE = (Path(__file__).parents[1] / "docs/anonymity.md").read_text()
PROMISE = (
    "fter close Kring's own files cannot tell who asked; while it is open whoever runs the server could; "
    "writing style, small groups, proxy logs and your own device are beyond Kring."
)


def test_the_promise_is_made_word_for_word() -> None:
    assert PROMISE in PAGE


@pytest.mark.parametrize("level", Level)
def test_every_level_says_what_it_hides(level: Level) -> None:
    assert f"\n| {level} |" in PAGE
