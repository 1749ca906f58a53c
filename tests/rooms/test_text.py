"""What text may be in a room: one normal form, nothing invisible, names that can't pass for another's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rooms.model import Reason, Refused
from rooms.text import NAME_LENGTH, clean_name, clean_words, name_key

NASTY = "\u200b\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\u034f\ufe0f\x00\x1b\x7f\x85\u2028\u2029\u3164\u2800\ue000"
ANY = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(NASTY + "ae\u0301\u0308 \t\n\r")), max_size=60)
LATIN = st.text(st.characters(codec="utf-8", categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=1, max_size=12)

always = settings(deadline=None)


def cleaned(clean: Callable[[str], str], raw: str) -> str | None:
    """None: refused as empty, the only refusal there is."""
    try:
        return clean(raw)
    except Refused:
        return None


def control_or_bidi(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c not in "\n\t\u200c\u200d"]


@always
@given(ANY)
@example("e\u200b\u0301")
@example("a\n\n\n\n\nb\r\n\r\n\r\nc")
def test_cleaning_words_twice_changes_nothing(raw: str) -> None:
    once = cleaned(clean_words, raw)
    assert once is None or clean_words(once) == once


@always
@given(ANY)
@example("e\u200b\u0301")
@example("x" * 39 + " y")
@example("\ufdfa" * 5)
def test_cleaning_a_name_twice_changes_nothing(raw: str) -> None:
    once = cleaned(clean_name, raw)
    assert once is None or clean_name(once) == once


@always
@given(ANY)
def test_no_control_or_bidi_mark_survives(raw: str) -> None:
    for clean in (clean_words, clean_name):
        assert control_or_bidi(cleaned(clean, raw) or "") == []
    assert control_or_bidi("a\u202eb") == ["\u202e"]


@always
@given(ANY)
def test_words_are_in_one_normal_form_without_blank_edges(raw: str) -> None:
    words = cleaned(clean_words, raw)
    if words is not None:
        assert unicodedata.is_normalized("NFC", words)
        assert words == words.strip()
        assert "\n\n\n" not in words


@always
@given(ANY)
def test_a_name_is_one_line_of_bounded_length(raw: str) -> None:
    name = cleaned(clean_name, raw)
    if name is not None:
        assert 1 <= len(name) <= NAME_LENGTH
        assert unicodedata.is_normalized("NFKC", name)
        assert name.split() == name.split(" ")


@pytest.mark.parametrize(
    "raw", ["", " \t\n", "\u200b", "\u200d\u200d", "\u3164", "\u2800 \u2800", "\ufe0f", "\x00\x07"]
)
def test_nothing_readable_is_refused(raw: str) -> None:
    for clean in (clean_words, clean_name):
        with pytest.raises(Refused) as refusal:
            clean(raw)
        assert refusal.value.reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("  hallo  ", "hallo"),
        ("twee\r\nregels\rdrie\u2028vier", "twee\nregels\ndrie\nvier"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("cafe\u0301", "caf\u00e9"),
        ("om\u202egekeerd", "omgekeerd"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("!", "!"),
    ],
)
def test_words(raw: str, words: str) -> None:
    assert clean_words(raw) == words


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  Anne \n de  Vries ", "Anne de Vries"),
        ("\uff21\uff4e\uff4e\uff45", "Anne"),
        ("An\u200bne", "Anne"),
        ("Anne\ufe0f\u034f", "Anne"),
        ("\u3164Anne\u2800", "Anne"),
        ("J\u00f8rgen \u2764\ufe0f", "J\u00f8rgen \u2764"),
        ("x" * 50, "x" * 40),
    ],
)
def test_names(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@always
@given(LATIN)
def test_a_name_key_does_not_see_case_width_accents_or_spaces(name: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    key = name_key(name)
    assert name_key(name.swapcase()) == name_key(name.swapcase().swapcase())
    assert name_key(name.casefold()) == key
    assert name_key(wide) == key
    assert name_key(unicodedata.normalize("NFD", name)) == key
    assert name_key(" ".join(name)) == key
    assert name_key("".join(c + "\u0301" for c in name)) == key


@pytest.mark.parametrize(
    ("one", "other"), [("Anne", "ANNE"), ("Ren\u00e9e", "renee"), ("stra\u00dfe", "STRASSE"), ("A\u200bn n e", "anne")]
)
def test_names_that_count_as_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Anne", "Anna"), ("Jan", "Jan 2"), ("\u0416", "\u0428")])
def test_names_that_differ(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
