"""The made-up day has the shape of a real one, and is the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web import conversation_laws as laws
from web.conversations import Change, DropReason, parse
from web.conversations.synthetic import synthetic_day

GOLDEN = Path(__file__).parent.parent / "data" / "synthetic-day.irc.txt"


@pytest.mark.parametrize(("messages", "speakers"), [(1, 1), (2, 2), (7, 3), (60, 60), (600, 48), (5_797, 397)])
def test_it_has_as_many_messages_and_speakers_as_asked(messages: int, speakers: int) -> None:
    text = synthetic_day(messages, speakers)
    day = parse(text)
    laws.hold(day, laws.line_count(text))
    assert (len(day.messages), len(day.speakers)) == (messages, speakers)


@pytest.mark.parametrize(("messages", "speakers"), [(3, 4), (0, 0), (5, 0)])
def test_it_refuses_what_cannot_be(messages: int, speakers: int) -> None:
    with pytest.raises(ValueError, match="1 <= speakers <= messages"):
        synthetic_day(messages, speakers)


@pytest.mark.parametrize("seed", range(5))
def test_it_has_what_a_real_day_has(seed: int) -> None:
    day = parse(synthetic_day(seed=seed))
    assert any(said.action for said in day.messages)
    assert day.status_lines > day.renames > 5
    assert any(len(speaker.nicks) > 1 for speaker in day.speakers), "somebody spoke under two nicks"
    assert max(len(said.text) for said in day.messages) > 417
    assert any("/etc/" in said.text for said in day.messages)
    assert {changed.change for changed in day.changed} == {Change.MARKS_REMOVED, Change.MARKS_SHOWN}
    assert {dropped.reason for dropped in day.dropped} == {
        DropReason.BLANK,
        DropReason.MALFORMED,
        DropReason.EMPTY,
        DropReason.TOO_LONG,
    }


def test_somebody_else_takes_a_freed_nick() -> None:
    day = parse(synthetic_day(messages=2_000, speakers=200))
    holders = {(said.nick, said.speaker) for said in day.messages}
    assert len(holders) > len(day.nicks)


def test_the_same_arguments_give_the_same_day() -> None:
    assert synthetic_day(seed=7) == synthetic_day(seed=7) != synthetic_day(seed=8)
    assert synthetic_day(messages=200, speakers=20, seed=2013) == GOLDEN.read_bytes().decode()
