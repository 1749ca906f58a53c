"""Whatever is in the file: the laws hold, or the one typed error says that it is no conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms.model import Refused
from rooms.text import clean_words
from tests.web import conversation_laws as laws
from web.conversations import Recording, UnreadableConversation, lines, parse
from web.conversations.synthetic import synthetic_day

# --- anything at all ----------------------------------------------------------------------------

_NICKS = st.sampled_from(["ann", "Ann", "bob", "a_", "b`", "ann|weg", "Zakim", "x\u202ey", "q+", "___"])
_TEXTS = st.text(max_size=40) | st.sampled_from(
    ["q+", "q-", "q- ann", "ack ann", "present+ Ann", "\x05", "\u202e", "", "x" * 2_001]
)
_TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 61))
_ALMOST_CHANNEL = st.one_of(
    st.builds("[{}] <{}> {}".format, _TIMES, _NICKS, _TEXTS),
    st.builds("[{}]  * {} {}".format, _TIMES, _NICKS, _TEXTS),
    st.builds("=== {} is now known as {}".format, _NICKS, _NICKS),
    _TEXTS,
)
_SIGNS = _NICKS | st.sampled_from(["▷", "◁", "⚡", "…"])
_SEEN = st.builds("{} (~x@host) has {}".format, _NICKS, st.sampled_from(["joined #x", "quit (x)", "left #x", "slept"]))
_ALMOST_MEETING = st.one_of(
    st.builds(
        "2020-11-02 1{}:{:02}\t{}\t{}".format, _TIMES.map(lambda t: t[1:]), st.integers(0, 61), _SIGNS, _TEXTS | _SEEN
    ),
    _TEXTS,
)
_FILES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300),
    st.lists(_ALMOST_CHANNEL, max_size=30).map("\n".join),
    st.lists(_ALMOST_MEETING, max_size=30).map("\n".join),
    st.lists(_ALMOST_CHANNEL | _ALMOST_MEETING | st.text(max_size=20), max_size=30).map("\r\n".join),
)


@given(_FILES)
@example("[00:00] <a> e\u200b\u0301")
@example("[00:00] <a> \ud800")
@example("[00:00] <a> \r\r")
def test_any_file_is_read_by_the_laws_or_refused_by_its_type(data: bytes | str) -> None:
    try:
        recording = parse(data)
    except UnreadableConversation as refused:
        lines_named = refused.facts.get("line", 0)
    else:
        laws.hold(recording, laws.line_count(data))
        lines_named = recording.lines
    assert lines_named <= laws.line_count(data)


@given(st.lists(st.integers(0, 255), max_size=8), st.integers(0, 10**9))
def test_a_damaged_day_is_still_read(spots: list[int], seed: int) -> None:
    data = bytearray(_DAY)
    for nth, value in enumerate(spots):
        data[(seed * (nth + 1)) % len(data)] = value
    laws.hold(parse(bytes(data)), laws.line_count(bytes(data)))


_DAY = synthetic_day(messages=40, speakers=8, seed=1).encode()

# --- well-formed days, from what really happened to text and back -------------------------------


class Said(NamedTuple):
    """What really happened, in the model: `person` and the running `minute` are not in the file."""

    person: int
    minute: int
    nick: str
    text: str
    action: bool


class Truth(NamedTuple):
    said: tuple[Said, ...]
    rows: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)


def _kept_as_it_is(text: str) -> bool:
    try:
        return clean_words(text) == text
    except Refused:
        return False


_WORDS = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), min_size=1, max_size=20)
_CLEAN = _WORDS.filter(_kept_as_it_is)


@st.composite
def days(draw: st.DrawFn) -> Truth:
    """People talk, rename, swap nicks, and take nicks that others gave up."""
    holders: dict[str, int] = {}
    said: list[Said] = []
    rows: list[str] = []
    people, minute = 0, draw(st.integers(0, 1_439))
    for _ in range(draw(st.integers(1, 25))):
        nick = draw(st.sampled_from(["a", "b", "c", "d"]))
        match draw(st.sampled_from(["say", "say", "do", "rename", "swap", "wait", "status"])):
            case "wait":
                # More than half a day of silence cannot be told from a clock that ran back.
                silence = minute - (said[-1].minute if said else minute)
                minute += draw(st.integers(0, 719 - silence))
            case "status":
                rows.append("=== dienst: " + draw(_CLEAN))
            case "rename":
                free = [new for new in "abcdef" if new not in holders]
                if nick in holders and free:
                    new = draw(st.sampled_from(free))
                    rows.append(f"=== {nick} is now known as {new}")
                    holders[new] = holders.pop(nick)
            case "swap":
                other = draw(st.sampled_from(["a", "b", "c", "d"]))
                if nick in holders and other in holders and nick != other:
                    rows += [f"=== {nick} is now known as tmp", f"=== {other} is now known as {nick}"]
                    rows.append(f"=== tmp is now known as {other}")
                    holders[nick], holders[other] = holders[other], holders[nick]
            case what:
                if nick not in holders:
                    holders[nick] = people
                    people += 1
                text, action = draw(_CLEAN), what == "do"
                time = f"[{minute // 60 % 24:02}:{minute % 60:02}]"
                rows.append(f"{time}  * {nick} {text}" if action else f"{time} <{nick}> {text}")
                said.append(Said(holders[nick], minute, nick, f"* {nick} {text}" if action else text, action))
    return Truth(tuple(said), tuple(rows))


def _same(recording: Recording, truth: Truth) -> None:
    """What was read is what happened: words, order and minutes the same, and one id for one person."""
    minutes = [said.minute - truth.said[0].minute for said in truth.said]
    assert [message.after_ms // 60_000 for message in recording.messages] == minutes
    assert [(m.nick, m.text, m.action) for m in recording.messages] == [(s.nick, s.text, s.action) for s in truth.said]
    pairs = {(m.speaker, s.person) for m, s in zip(recording.messages, truth.said, strict=True)}
    assert len(pairs) == len({id for id, _ in pairs}) == len({person for _, person in pairs})
    assert not recording.dropped
    assert not recording.changed


@given(days().filter(lambda truth: truth.said))
def test_a_well_formed_day_is_read_as_it_happened(truth: Truth) -> None:
    recording = parse(truth.text)
    laws.hold(recording, len(truth.rows))
    _same(recording, truth)


# --- the laws can fail --------------------------------------------------------------------------


def _lose(day: Recording) -> Recording:
    return replace(day, acts=day.acts[1:])


def _repeat(day: Recording) -> Recording:
    return replace(day, acts=(day.acts[0], *day.acts))


def _swap(day: Recording) -> Recording:
    return replace(day, acts=(day.acts[1], day.acts[0], *day.acts[2:]))


def _lose_one_and_repeat_another(day: Recording) -> Recording:
    return replace(day, acts=(day.acts[1], *day.acts[1:]))


@pytest.mark.parametrize("break_it", [_lose, _repeat, _swap, _lose_one_and_repeat_another])
def test_control_a_lost_repeated_or_swapped_line_is_noticed(break_it: Callable[[Recording], Recording]) -> None:
    day = parse(_DAY)
    laws.every_line_counts_once(day, laws.line_count(_DAY))
    with pytest.raises(AssertionError):
        laws.every_line_counts_once(break_it(day), laws.line_count(_DAY))


def test_control_splitting_where_no_line_ends_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "[09:00] <a> twee\x85helften\n"
    laws.hold(parse(data), 1)
    monkeypatch.setattr(
        "web.conversations.split", lambda data: [lines.Line(n, t, False) for n, t in enumerate(data.splitlines(), 1)]
    )
    with pytest.raises(AssertionError):
        laws.hold(parse(data), 1)


def test_control_text_that_is_not_cleaned_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.conversations.draft.readable", lambda raw: lines.Words(raw, None))
    with pytest.raises(AssertionError):
        laws.a_room_takes_it(parse("[09:00] <a> \u202eom\n"))
