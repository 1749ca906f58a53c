"""A session as a file: the same in three forms, and nothing in it that a spreadsheet or a reader would run."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import partial

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from persistence.archive import Archived
from persistence.communities import Room
from persistence.export import COLUMNS, As, exported, filename, harmless
from persistence.harvest import Found
from persistence.outcomes import Attendance
from persistence.passages import Said
from persistence.sessions import Session, SessionState
from rooms.lifecycle import State
from rooms.model import Level, Line, PersonName, RecordId, Words
from tests.persistence.test_drafts import phrase, read
from web.catalogue import say

FORMULAS = ('=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "\n@x")
HOSTILE = st.text(st.sampled_from("=+-@\t\r\n;,\"'ab＝ "), max_size=12)


def archived(text: str = "Hoe?", title: str = "Open avond") -> Archived:
    line = Line(
        RecordId("q1"),
        60_000,
        Words(text),
        PersonName("Noor"),
        "answered",
        2,
        Words(""),
        Words(text),
        None,
        Words(""),
        "",
    )
    session = Session(
        id="s", community="c", title=title, code="ABCDEF", level=Level.NAMED, review=False, purpose=text,
        state=SessionState.CLOSED, created_on=date(2026, 11, 1), closed_on=date(2026, 11, 2), closes_at=None, turn=0,
    )  # fmt: skip
    room = Room("r", "c", "qna", "Vragen", None, State.CLOSED, "s")
    return Archived(
        session, [room], Attendance(2, ["Noor", text]), [Found("l1", "r", "qna", line)],
        [Said("r", RecordId("q1"), "question", 1, 60_000, text, "Noor", 2, "", text)],
    )  # fmt: skip


def cells(found: Archived) -> list[dict[str, str]]:
    text = exported(found, As.CSV, phrase).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(HOSTILE)
def test_no_cell_is_a_formula_and_each_says_what_was_said(text: str) -> None:
    for row in cells(archived(text)):
        assert tuple(row) == COLUMNS
        assert row["text"] in (text, "'" + text)
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_formulas_stand_behind_an_apostrophe() -> None:
    assert [harmless(each) for each in FORMULAS] == ["'" + each for each in FORMULAS]
    assert [harmless(each) for each in ("a=1", "1-2", "")] == ["a=1", "1-2", ""], "a control: what is none stays"


@given(st.text(max_size=20))
def test_json_has_all_of_it(text: str) -> None:
    told = msgspec.json.decode(exported(archived(text), As.JSON, phrase))
    assert told["session"]["closed_on"] == "2026-11-02"
    assert (told["attendance"], told["names"]) == (2, ["Noor", text])
    assert [row.get("text", "") for row in (*told["outcome"], *told["transcript"])] == [text, text]


@given(st.text(st.sampled_from("ab <>*_#[]()!\n-=`|"), max_size=20))
def test_markdown_says_it_and_nothing_more(text: str) -> None:
    markdown = exported(archived(text), As.MD, phrase).decode()
    shown = read(markdown)
    assert shown.elements <= {"h1", "h2", "p", "ul", "li", "br"}
    assert shown.words.split().count("export-held") == 1
    assert set(text.split()) <= set(shown.words.split()) | {"…"} or not text.strip()


def test_however_many_were_there_all_are_told() -> None:
    crowd = [f"Deelnemer {n}" for n in range(2_000)]
    told = exported(replace(archived(), attendance=Attendance(2_000, crowd)), As.MD, partial(say, "nl")).decode()
    assert ", ".join(crowd) in told


def test_control_the_reader_would_see_an_element_of_somebodys() -> None:
    assert "img" in read(MarkdownIt().render("![x](y)")).elements


def test_its_name_says_which_session_and_is_harmless_anywhere() -> None:
    assert filename(archived(title='../"Avond"\n<een>/'), As.MD) == "kring-2026-11-02-avond-een.md"
    name = filename(archived(title='../"Avond"\r\nx: 1'), As.CSV)
    assert name.endswith(".csv")
    assert not set(name) & set('/\\"\r\n<>:')
    assert name.isascii()
