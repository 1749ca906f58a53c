"""Names: one person per name in a community, and nobody who could be taken for one of the staff."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.names import imitates, stem_key, suggest
from rooms.model import PersonName, Refused
from rooms.text import NAME_LENGTH, clean_name, name_key


def _clean(raw: str) -> PersonName | None:
    try:
        return clean_name(raw)
    except Refused:
        return None


names = (
    st.one_of(st.text(max_size=60), st.text("0 ", max_size=60), st.text("é\u0301x ", max_size=60))
    .map(_clean)
    .filter(lambda name: name is not None)
)


@pytest.mark.parametrize(
    "name",
    [
        "Noor",
        "NOOR",
        "N00r",
        "Nооr",  # Cyrillic о
        "Νoor",  # Greek Nu
        "Ⓝoor",
        "ɴooʀ",
        "Nøør",
        "Noor ✔",
        "Noor.",
        "★ Noor ★",
        "N.o.o.r",
        "Noor (moderator)",
        "Noor - Eigenaar",
        "Moderator Noor",
        "[mod] Noor",
    ],
)
def test_whoever_looks_like_staff_is_an_imitation(name: str) -> None:
    assert imitates(name, ["Sam", "Noor"])


@pytest.mark.parametrize(
    "name", ["Noortje", "Nora", "Noor 2", "Noor K.", "Sammy", "Eleanoor", "Моника", "李", "😀", "mod"]
)
def test_others_are_not(name: str) -> None:
    assert not imitates(name, ["Sam", "Noor"])


def test_control_the_key_alone_sees_no_imitation() -> None:
    assert name_key("N00r") != name_key("Noor")
    assert name_key("Nооr") != name_key("Noor")


@given(names)
def test_every_name_imitates_itself(name: PersonName) -> None:
    assert imitates(name, [name])


@given(names, names)
def test_same_key_means_imitation(one: PersonName, other: PersonName) -> None:
    if name_key(one) == name_key(other):
        assert imitates(one, [other])


@given(names, st.integers(0, 8))
def test_a_suggestion_is_free_clean_and_short(name: PersonName, people: int) -> None:
    taken = {name_key(name)}
    for _ in range(people):
        found = suggest(name, taken)
        assert name_key(found) not in taken
        assert found == clean_name(found)
        assert len(found) <= NAME_LENGTH
        assert name_key(found).startswith(stem_key(name)), "the search for taken ones would miss it"
        taken.add(name_key(found))


def test_suggestions_read_like_a_person_would_write_them() -> None:
    assert suggest(PersonName("Noor"), {"noor"}) == "Noor 2"
    assert suggest(PersonName("Noor"), {"noor", "noor2"}) == "Noor 3"
    assert suggest(PersonName("x" * 40), {"x" * 40}) == "x" * 38 + " 2"
