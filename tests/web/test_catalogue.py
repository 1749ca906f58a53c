"""C5: every code that leaves the server has a sentence, in Dutch and in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, TermReference, VariableReference
from fluent.syntax.visitor import Visitor

from realtime.wire import CloseCode
from rooms.model import Reason
from web import catalogue
from web.catalogue import FILES, LOCALES, message_id, pick, say, sentence
from web.settings import LANGUAGES

WEB = LOCALES.parent


def messages(lang: str, name: str) -> dict[str, Message]:
    parsed = FluentParser().parse((LOCALES / lang / name).read_text(encoding="utf-8"))
    junk = [entry for entry in parsed.body if type(entry).__name__ == "Junk"]
    assert not junk, junk
    return {entry.id.name: entry for entry in parsed.body if isinstance(entry, Message)}


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_TermReference(self, node: TermReference) -> None:
        raise AssertionError("no terms: each sentence stands alone")


def variables(message: Message) -> set[str]:
    found = Variables()
    found.visit(message)
    return found.names


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_the_same_things_with_the_same_facts(name: str) -> None:
    dutch, english = messages("nl", name), messages("en", name)
    assert set(dutch) == set(english)
    for key in dutch:
        assert variables(dutch[key]) == variables(english[key]), key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*Reason, *CloseCode])
def test_every_reason_and_close_code_has_a_sentence_that_needs_no_facts(lang: str, code: Reason | CloseCode) -> None:
    text = sentence(lang, code, {"detail": "of programs"})
    assert text.endswith(".")
    assert "{" not in text


def codes_in(name: str) -> set[str]:
    """The codes of the problems that a module of ours raises."""
    found = set()
    for node in ast.walk(ast.parse((WEB / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
            code = node.args[1]
            if isinstance(code, ast.Constant):
                found.add(str(code.value))
    return found


def of_http() -> set[str]:
    """What is said of refusals, closes and errors, in whatever file."""
    every = {message for name in FILES for message in messages("nl", name)}
    return {message for message in every if message.startswith(("refused-", "close-", "http-"))}


def test_every_error_of_the_http_api_has_a_sentence() -> None:
    raised = set().union(*(codes_in(path.name) for path in WEB.glob("*.py")))
    assert raised > {"wrong_code", "cross_site", "too_large"}
    written = set().union(*(messages("nl", name) for name in FILES))
    assert {message_id(code) for code in raised} <= written


def test_every_complaint_and_finding_has_a_sentence() -> None:
    written = {message for name in FILES for message in messages("nl", name)}
    source = "".join(
        (WEB / f"{name}.py").read_text()
        for name in ("serve", "directory", "cli", "doctor", "announce", "worker", "export", "link", "init")
    )
    used = set(re.findall(r'"((?:serve|data|link|doctor|role|help|worker|export|migrate|init)-[a-z-]+)"', source))
    assert len(used) > 30
    assert used <= written


def test_nothing_is_written_that_nobody_says() -> None:
    """Negative control of the two above: they would notice a message that is gone."""
    said = set().union(*(messages("nl", name) for name in FILES))
    known = {name for name in said if name.startswith(("refused-", "close-", "http-"))}
    codes = {message_id(code) for code in (*Reason, *CloseCode)}
    http = {message_id(code) for path in WEB.glob("*.py") for code in codes_in(path.name)}
    assert known == codes | http | {"http-no-such-page", "http-wrong-method"}


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        sentence("nl", "gone_fishing", {})
    with pytest.raises(ValueError, match="suggestion"):
        sentence("nl", "name_taken", {})
    assert "Noor 2" in sentence("nl", "name_taken", {"suggestion": "Noor 2"})


@pytest.mark.parametrize(
    ("asked", "otherwise", "spoken"),
    [
        ("nl", "en", "nl"),
        ("nl-BE,nl;q=0.9,en;q=0.8", "en", "nl"),
        ("de-DE,en;q=0.5", "nl", "en"),
        ("fr", "nl", "nl"),
        (None, "nl", "nl"),
        ("", "xx", "en"),
        ("nlx", "en", "en"),
    ],
)
def test_the_first_language_that_kring_speaks(asked: str | None, otherwise: str, spoken: str) -> None:
    assert pick(asked, otherwise) == spoken


def test_dutch_says_je_and_nobody_shouts() -> None:
    for lang in LANGUAGES:
        for name in FILES:
            text = (LOCALES / lang / name).read_text(encoding="utf-8")
            assert "!" not in text
            assert not re.search(r"\b(u|uw|oeps|oops|sorry|helaas)\b", text, re.IGNORECASE)


def test_the_files_are_where_the_page_looks_for_them() -> None:
    assert Path(catalogue.__file__).parent / "locales" == catalogue.LOCALES
    assert say("nl", "name-of-owner") == "Eigenaar"
