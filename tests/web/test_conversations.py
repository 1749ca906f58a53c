"""Reading a help channel's day: who said what, when, and what was left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web import conversation_laws as laws
from web.conversations import (
    Change,
    Changed,
    Dropped,
    DropReason,
    Problem,
    Says,
    UnreadableConversation,
    parse,
)
from web.conversations.pace import next_minute, spread
from web.conversations.speakers import Nicks, unique_names


def speakers_by_line(day: str) -> list[tuple[int, str]]:
    """(speaker, nick) of each message."""
    return [(said.speaker, said.nick) for said in parse(day).messages]


def test_a_message_and_an_action() -> None:
    day = parse("[09:30] <ann> hoi\n[09:30]  * bob zwaait\n")
    assert day.messages == (
        Says(line_number=1, after_ms=0, speaker=0, nick="ann", text="hoi", action=False),
        Says(line_number=2, after_ms=30_000, speaker=1, nick="bob", text="* bob zwaait", action=True),
    )
    assert (day.format, day.lines, day.status_lines, day.dropped, day.changed) == ("help_channel", 2, 0, (), ())


def test_what_is_said_is_never_read_as_status() -> None:
    day = parse("[09:30] <ann> === ann is now known as bob\n[09:31] <ann> [09:00] <bob> plak\n[09:31] <ann> * doet\n")
    assert [said.text for said in day.messages] == ["=== ann is now known as bob", "[09:00] <bob> plak", "* doet"]
    assert (day.renames, len(day.speakers), any(said.action for said in day.messages)) == (0, 1, False)


# --- who speaks ---------------------------------------------------------------------------------


def test_a_chain_of_renames_is_one_speaker() -> None:
    day = "[09:00] <a> 1\n=== a is now known as b\n=== b is now known as c\n[09:00] <c> 2\n"
    assert speakers_by_line(day) == [(0, "a"), (0, "c")]
    assert parse(day).speakers[0].nicks == ("a", "c")


def test_two_may_swap_nicks() -> None:
    day = (
        "[09:00] <a> 1\n[09:00] <b> 2\n"
        "=== a is now known as tmp\n=== b is now known as a\n=== tmp is now known as b\n"
        "[09:01] <a> 3\n[09:01] <b> 4\n"
    )
    assert speakers_by_line(day) == [(0, "a"), (1, "b"), (1, "a"), (0, "b")]


def test_who_uses_a_freed_nick_is_somebody_else() -> None:
    day = "[09:00] <a> 1\n=== a is now known as b\n[09:00] <a> 2\n[09:00] <b> 3\n"
    assert speakers_by_line(day) == [(0, "a"), (1, "a"), (0, "b")]
    assert [speaker.name for speaker in parse(day).speakers] == ["a", "a 2"]


def test_who_takes_over_a_nick_keeps_their_id() -> None:
    day = "[09:00] <a> 1\n[09:00] <a_> 2\n=== a_ is now known as a\n[09:00] <a> 3\n"
    assert speakers_by_line(day) == [(0, "a"), (1, "a_"), (1, "a")]


def test_a_rename_before_the_first_word_is_followed() -> None:
    day = "=== a is now known as b\n=== b is now known as b\n[09:00] <b> 1\n=== b is now known as a\n[09:00] <a> 2\n"
    assert speakers_by_line(day) == [(0, "b"), (0, "a")]


def test_control_without_following_renames_people_fall_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Nicks, "renamed", lambda self, old, new: None)
    with pytest.raises(AssertionError):
        test_a_chain_of_renames_is_one_speaker()
    with pytest.raises(AssertionError):
        test_two_may_swap_nicks()
    with pytest.raises(AssertionError):
        test_who_uses_a_freed_nick_is_somebody_else()


def test_names_differ_as_a_room_tells_them_apart() -> None:
    assert unique_names(["ann", "Ann", "ànn", "ann 2", "bob"]) == ["ann", "Ann 2", "ànn 3", "ann 2 2", "bob"]
    long = unique_names(["x" * 60] * 11)
    assert len(set(long)) == 11
    assert max(map(len, long)) == 40
    assert unique_names(["___", "||"])[0] == "nick"


# --- when ---------------------------------------------------------------------------------------


def test_lines_of_one_minute_share_it_evenly() -> None:
    day = parse("[09:00] <a> 1\n[09:00] <b> 2\n[09:00] <a> 3\n[09:02] <b> 4\n")
    assert [said.after_ms for said in day.messages] == [0, 20_000, 40_000, 120_000]


def test_midnight_comes_after_the_evening() -> None:
    day = parse("[23:58] <a> 1\n[00:01] <a> 2\n[23:00] <a> 3\n[00:00] <a> 4\n")
    minutes = [said.after_ms // 60_000 for said in day.messages]
    assert minutes == [0, 3, 24 * 60 - 58, 24 * 60 + 2]
    assert day.changed == ()


def test_a_clock_that_ran_back_is_held() -> None:
    day = parse("[09:10] <a> 1\n[09:08] <a> 2\n[09:11] <a> 3\n")
    assert [said.after_ms for said in day.messages] == [0, 30_000, 60_000]
    assert day.changed == (Changed(2, Change.CLOCK_RAN_BACK, 1),)


def test_control_without_holding_the_clock_time_runs_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.conversations.help_channel.next_minute", lambda latest, minute: minute)
    with pytest.raises(AssertionError):
        laws.time_never_runs_back(parse("[09:10] <a> 1\n[09:08] <a> 2\n"))


def test_the_pace_by_itself() -> None:
    assert next_minute(None, 5) == 5
    assert next_minute(23 * 60, 1 * 60) == 25 * 60
    assert next_minute(25 * 60, 0) == 25 * 60
    assert spread([], 1_000) == []
    assert spread([7, 7, 7, 9], 1_000) == [0, 333, 666, 2_000]


# --- what was left out or changed ---------------------------------------------------------------


def test_what_was_dropped_is_counted_with_its_reason() -> None:
    day = parse(
        "[09:00] <a> 1\n"
        "\n"
        "zomaar wat\n"
        "[24:00] <a> geen tijd\n"
        "[09:00] <a>\n"
        "[09:00] <a>  \u202e \n"
        f"[09:00] <a> {'x' * 2_000}\n"
        f"[09:00] <a> {'x' * 2_001}\n"
        "[09:00]  * a\n"
        "[09:00] <a\u202eb> omgekeerd\n"
        "=== mode +o a\n"
    )
    assert day.dropped == (
        Dropped(2, DropReason.BLANK, 1),
        Dropped(3, DropReason.MALFORMED, 3),
        Dropped(5, DropReason.EMPTY, 3),
        Dropped(8, DropReason.TOO_LONG, 1),
    )
    assert (len(day.messages), day.status_lines, day.renames) == (2, 1, 0)
    laws.hold(day, 11)


def test_an_action_counts_with_its_name() -> None:
    day = parse(f"[09:00]  * ann {'x' * 1_994}\n[09:00]  * ann {'x' * 1_995}\n")
    assert [len(said.text) for said in day.messages] == [2_000]
    assert day.dropped == (Dropped(2, DropReason.TOO_LONG, 1),)


def test_marks_are_left_out_and_a_lone_control_character_is_shown() -> None:
    day = parse(
        "[09:00] <a> \x02vet\x02 en \x0304,12rood\x0f\n[09:00] <a> \u202eom\u202c\n[09:00] <a> \x05\n"
        "[09:00] <a> e\u0301e\u0301n\n[09:00] <a>   ruim  \n[09:00] <a> a\tb\n"
    )
    assert [said.text for said in day.messages] == ["vet en rood", "om", "␅", "één", "ruim", "a\tb"]
    assert day.changed == (Changed(1, Change.MARKS_REMOVED, 2), Changed(3, Change.MARKS_SHOWN, 1))


def test_lines_end_where_they_end() -> None:
    day = parse(b"\xef\xbb\xbf[09:00] <a> 1\r\n[09:00] <a> twee\x85\xc2\x85 helften \xe2\x80\xa8 \x1c\n[09:00] <a> 3")
    assert [said.text for said in day.messages] == ["1", "twee�\n helften", "3"]
    assert day.changed == (Changed(2, Change.MARKS_REMOVED, 1), Changed(2, Change.NOT_UTF8, 1))
    assert parse("\ufeff[09:00] <a> 1").messages == parse("[09:00] <a> 1\n").messages


@pytest.mark.parametrize(
    ("data", "problem", "facts"),
    [
        ("", Problem.EMPTY, {}),
        (b"", Problem.EMPTY, {}),
        ("\n \n\t\n", Problem.EMPTY, {}),
        ("\n# Notulen\n\nVandaag spraken we\n", Problem.UNKNOWN_FORMAT, {"line": 2}),
        ("=== een kop\ntekst\n", Problem.UNKNOWN_FORMAT, {"line": 1}),
        (b"\x00\xff\xfe binair", Problem.UNKNOWN_FORMAT, {"line": 1}),
    ],
)
def test_another_file_is_refused_with_a_code(data: bytes | str, problem: Problem, facts: dict[str, int]) -> None:
    with pytest.raises(UnreadableConversation) as refused:
        parse(data)
    assert refused.value.problem == problem
    assert refused.value.facts == facts


def test_odd_lines_at_the_top_do_not_hide_the_format() -> None:
    day = parse("Log of #hulp\n\n" + "[09:00] <a> 1\n")
    assert [dropped.reason for dropped in day.dropped] == [DropReason.MALFORMED, DropReason.BLANK]
    assert len(day.messages) == 1


# --- the real day -------------------------------------------------------------------------------


def test_the_recorded_day_is_read_whole(conversations: Path) -> None:
    data = (conversations / "ubuntu-2013-01-13.irc.txt").read_bytes()
    day = parse(data)
    laws.hold(day, 5_933)
    assert len(day.messages) == len(day.acts) == 5_797
    assert sum(said.action for said in day.messages) == 46
    assert (day.status_lines, day.renames, day.dropped) == (136, 136, ())
    # 397 nicks spoke. Renames make fewer people of them, and two nicks were used by two people each.
    assert len(day.nicks) == 397
    assert len(day.speakers) == 390
    # Somebody sent ^E five times, and nothing else: shown, so that all 5,797 can be sent.
    assert day.changed == (Changed(2_633, Change.MARKS_SHOWN, 5),)
    assert day.length_ms == (23 * 60 + 59) * 60_000 + 48_000


def test_the_recorded_day_says_what_the_file_says(conversations: Path) -> None:
    """Against a reader of its own that knows nothing but brackets."""
    rows = (conversations / "ubuntu-2013-01-13.irc.txt").read_text("utf-8").split("\n")
    said = [row for row in rows if row.startswith("[")]
    plain = [re.sub(r"^\[..:..\] (<\S+> | (?=\*))", "", row).strip() for row in said]
    assert [message.text for message in parse("\n".join(rows)).messages] == [
        text.replace("\x05", "␅") for text in plain
    ]
