"""What the library would make of a line: titles that fit, and Markdown that says what people said and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from persistence.drafts import SUMMARY_LENGTH, TITLE_LENGTH, TYPES, draft_of, escaped, shortened
from rooms.model import Facts, Line, PersonName, RecordId, Words

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""Everything on: nothing people wrote may mean anything to it."""

NASTY = st.text(st.sampled_from("ab1 \n\t#*_-+=~|<>[]()!&;:.`'\"\\/$^{}@é—"), max_size=60)


class Text(HTMLParser):
    """The words of a page, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.elements = "", set[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)


def read(markdown: str) -> Text:
    return Text(MARKDOWN.render(markdown))


def words(text: str) -> list[str]:
    return text.split()


@given(NASTY | st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=60))
def test_escaped_words_read_as_they_were_written(text: str) -> None:
    shown = read(escaped(text))
    assert words(shown.words) == words(text)
    assert shown.elements <= {"p", "br", "a"}
    assert "a" not in shown.elements or "http" in text


def test_control_unescaped_they_would_not() -> None:
    shown = read("# Zo *is* het <b>echt</b>")
    assert shown.words.strip() != "# Zo *is* het <b>echt</b>"
    assert {"h1", "em", "b"} <= shown.elements


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    told = escaped("Zie https://kring.example/a_b?c=*d* (of javascript:alert(1)).")
    assert re.findall(r'href="([^"]*)"', MARKDOWN.render(told)) == ["https://kring.example/a_b?c=*d*"]


@given(st.text(max_size=300), st.integers(2, 120))
def test_shortened_is_one_line_and_fits(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == " ".join(short.split())
    assert short.endswith("…") or short == " ".join(text.split())


@given(
    st.sampled_from(["answered", "follow_up", "decision", "action", "group", "note", "pinned", "saved"]),
    NASTY.filter(str.strip),
    NASTY,
    NASTY,
    st.lists(NASTY.filter(str.strip), max_size=3),
)
def test_a_draft_fits_and_loses_nothing(about: str, text: str, answer: str, heading: str, notes: Sequence[str]) -> None:
    within = [line("note", note) for note in notes] if about == "group" else []
    draft = draft_of(line(about, text, answer=answer, heading=heading), within, phrase)
    assert 0 < len(draft.title) <= TITLE_LENGTH
    assert len(draft.summary) <= SUMMARY_LENGTH
    assert draft.type in TYPES
    told = words(draft.title + " " + read(draft.body).words)
    for part in (text, answer, *(note.text for note in within)):
        assert set(words(part)) <= set(told)


@pytest.mark.parametrize(
    ("about", "text", "type"),
    [
        ("answered", "Hoe?", "answer"),
        ("decision", "Zo", "decision"),
        ("group", "Overleg", "idea"),
        ("pinned", "Lees dit", "practice"),
        ("saved", "Lees https://kring.example/", "link"),
    ],
)
def test_its_type_follows_from_what_it_is(about: str, text: str, type: str) -> None:
    assert draft_of(line(about, text), [], phrase).type == type


def test_a_group_without_a_name_is_called_after_its_first_note() -> None:
    draft = draft_of(
        line("group", "", votes=3), [line("note", "Eerder beginnen", votes=2), line("note", "Pauze")], phrase
    )
    assert (draft.title, draft.type) == ("Eerder beginnen", "idea")
    assert draft.body == "- Eerder beginnen (draft-votes 2)\n- Pauze"


def test_an_action_says_who_and_when() -> None:
    draft = draft_of(line("action", "Bellen", owner="No*or", due="2026-12-01"), [], phrase)
    assert draft.body == "- draft-owner No\\*or\n- draft-due 2026-12-01"


def test_its_label_becomes_a_tag() -> None:
    assert draft_of(line("answered", "Hoe?", heading="  Werk\nwijze "), [], phrase).tags == ["Werk wijze"]


def line(about: str, text: str, **more: object) -> Line:
    told = {
        "votes": 0,
        "heading": Words(""),
        "answer": Words(""),
        "part_of": None,
        "owner": Words(""),
        "due": "",
        **more,
    }
    return Line(RecordId("r"), 0, Words(text), PersonName(""), about, **told)  # type: ignore[arg-type]


def phrase(message: str, facts: Facts) -> str:
    return " ".join([message, *map(str, facts.values())])
