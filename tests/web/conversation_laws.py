"""What holds of every recording, whatever file it came from. Each law is shown to fail where its mechanism is off."""

from __future__ import annotations

from itertools import pairwise

from rooms.text import clean_words, name_key
from web.conversations import Asks, Recording, Says
from web.conversations.recording import MESSAGE_LENGTH, QUESTION_LENGTH


def every_line_counts_once(recording: Recording, lines: int) -> None:
    """Nothing lost, nothing twice, nothing out of order."""
    dropped = sum(dropped.count for dropped in recording.dropped)
    assert recording.lines == lines == len(recording.acts) + recording.status_lines + dropped
    numbers = [act.line_number for act in recording.acts]
    assert all(before < after for before, after in pairwise(numbers))
    assert all(1 <= number <= lines for number in numbers)
    assert all(1 <= dropped.line_number <= lines and dropped.count > 0 for dropped in recording.dropped)
    assert all(1 <= changed.line_number <= lines and changed.count > 0 for changed in recording.changed)


def time_never_runs_back(recording: Recording) -> None:
    times = [act.after_ms for act in recording.acts]
    assert times[:1] in ([], [0])
    assert all(before <= after for before, after in pairwise(times))


def everybody_is_known(recording: Recording) -> None:
    """Ids are positions, in the order of first acts; names differ as a room tells names apart."""
    firsts = list(dict.fromkeys(act.speaker for act in recording.acts))
    assert firsts == [speaker.id for speaker in recording.speakers] == list(range(len(recording.speakers)))
    for speaker in recording.speakers:
        acted_as = dict.fromkeys(act.nick for act in recording.acts if act.speaker == speaker.id)
        assert speaker.nicks == tuple(acted_as)
    assert len({name_key(speaker.name) for speaker in recording.speakers}) == len(recording.speakers)


def a_room_takes_it(recording: Recording) -> None:
    """What is sent is what will be stored: cleaning it again changes nothing."""
    for act in recording.acts:
        if isinstance(act, Says):
            assert 0 < len(act.text) <= MESSAGE_LENGTH
            assert act.text == clean_words(act.text)
        elif isinstance(act, Asks) and act.text is not None:
            assert 0 < len(act.text) <= QUESTION_LENGTH
            assert act.text == clean_words(act.text)


def hold(recording: Recording, lines: int) -> None:
    """All of them."""
    every_line_counts_once(recording, lines)
    time_never_runs_back(recording)
    everybody_is_known(recording)
    a_room_takes_it(recording)


def line_count(data: bytes | str) -> int:
    """How many lines a file has, counted without the parser: a last line without its end is one too."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return raw.removeprefix(b"\xef\xbb\xbf").count(b"\n") + (
        raw not in (b"", b"\xef\xbb\xbf") and not raw.endswith(b"\n")
    )
