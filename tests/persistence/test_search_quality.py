"""Search finds what people would look for: measured over fixed queries, and each part of it is worth its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pytest

from persistence import asking, terms
from tests.web.search_quality import Outcome, measured


def recall(found: Sequence[Outcome]) -> float:
    return mean(each.recall for each in found)


def reciprocal_rank(found: Sequence[Outcome]) -> float:
    return mean(each.reciprocal_rank for each in found)


async def test_the_recorded_conversations_are_found_back(conversations: Path) -> None:
    found = await measured(conversations)
    assert len(found) >= 30
    assert recall(found) >= 0.92
    assert reciprocal_rank(found) >= 0.95


async def test_our_own_evening_is_found_back() -> None:
    found = await measured(None)
    assert len(found) == 10
    assert recall(found) == 1.0


async def test_control_without_stems_less_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing else that makes up for it."""
    monkeypatch.setattr("persistence.search.lenient", lambda _: ())
    monkeypatch.setattr("persistence.search.nearest", lambda *_: None)
    with_stems = recall(await measured(None))
    for module in ("persistence.asking", "persistence.terms", "persistence.search"):
        monkeypatch.setattr(f"{module}.stems", lambda folded: (folded,))
    assert recall(await measured(None)) <= with_stems - 0.3


async def test_control_without_correcting_a_slip_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.search.nearest", lambda *_: None)
    found = {each.wanted.query: each.recall for each in await measured(None)}
    assert found["warmtepmp"] == 0.0


async def test_control_strictly_a_compound_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.search.lenient", lambda _: ())
    found = {each.wanted.query: each.recall for each in await measured(None)}
    assert found["subsidie warmtepompen"] == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("huizen", "huis"),
        ("brieven", "brief"),
        ("panelen", "paneel"),
        ("geparkeerd", "parkeren"),
        ("vergaderingen", "vergadering"),
        ("questions", "question"),
        ("encrypted", "encrypt"),
        ("volunteers", "volunteer"),
    ],
)
def test_forms_of_a_word_have_a_stem_in_common(one: str, other: str) -> None:
    assert set(terms.stems(one)) & set(terms.stems(other))


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("kring", "kring", 0), ("kring", "krnig", 1), ("kring", "king", 1), ("kring", "krings", 1), ("kring", "praat", 4)],
)
def test_how_far_words_are_apart(one: str, other: str, far: int) -> None:
    assert terms.distance(one, other, 5) == terms.distance(other, one, 5) == far
    assert (terms.distance(one, other, 1) > 1) is (far > 1)


def test_a_lenient_query_never_asks_for_less_than_half() -> None:
    query = asking.parsed("vier woorden die verschillen")
    counts = [expression.split(" OR (")[0].count(" AND ") + 1 for expression in asking.lenient(query)]
    assert counts[0] == len(query.needed)
    assert min(counts) * 2 >= len(query.needed)
