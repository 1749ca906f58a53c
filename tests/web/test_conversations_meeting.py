"""Reading a meeting with a speaker queue: what is asked, in which order, and who got the floor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web import conversation_laws as laws
from web.conversations import (
    Acknowledges,
    AnyAct,
    Asks,
    Attends,
    Change,
    Changed,
    Dropped,
    DropReason,
    Joins,
    Leaves,
    Recording,
    Says,
    SetsAgenda,
    Withdraws,
    meeting,
    parse,
)


def meet(*rows: str) -> Recording:
    """`rows` are "nick text" (or a whole row with tabs), one second apart."""
    stamped = [
        row if "\t" in row else "2020-11-02 19:00:{:02}\t{}\t{}".format(second, *row.split(" ", 1))
        for second, row in enumerate(rows)
    ]
    recording = parse("\n".join(stamped))
    laws.hold(recording, len(rows))
    return recording


def acts(*rows: str) -> list[AnyAct]:
    return list(meet(*rows).acts)


def reasons(recording: Recording) -> dict[DropReason, int]:
    return {dropped.reason: dropped.count for dropped in recording.dropped}


def queue_after(recording: Recording, line_number: int) -> list[str]:
    """Who waits after that line, by what the acts say and nothing else."""
    waiting: list[int] = []
    for act in recording.acts:
        if act.line_number > line_number:
            break
        if isinstance(act, Asks):
            waiting.append(act.speaker)
        elif isinstance(act, Acknowledges):
            waiting.remove(act.whom)
        elif isinstance(act, Withdraws):
            waiting.remove(act.whose)
    return [recording.speakers[id].name for id in waiting]


def test_asking_withdrawing_and_the_floor() -> None:
    assert acts("bob q+", "cas Q+ to ask: waarom?", "bob q-", "ada ack cas ") == [
        Asks(1, 0, 0, "bob", text=None),
        Asks(2, 1_000, 1, "cas", text="to ask: waarom?"),
        Withdraws(3, 2_000, 0, "bob", whose=0),
        Acknowledges(4, 3_000, 2, "ada", whom=1),
    ]


def test_one_may_give_oneself_the_floor_and_take_another_off_the_queue() -> None:
    assert acts("ada q+", "ada ack ADA", "bob queue+", "ada q- bob")[1::2] == [
        Acknowledges(2, 1_000, 0, "ada", whom=0),
        Withdraws(4, 3_000, 0, "ada", whose=1),
    ]


def test_stutters_and_acks_of_who_does_not_wait() -> None:
    recording = meet(
        "ada q+", "bob q+q+", "bob q+", "ada q- q+", "ada ack cas", "ada ack ada", "ada ack ada", "bob q-", "bob q-"
    )
    assert [type(act) for act in recording.acts] == [Asks, Asks, Acknowledges, Withdraws]
    assert queue_after(recording, 5) == ["ada", "bob"]
    assert reasons(recording) == {DropReason.ALREADY_QUEUED: 1, DropReason.NOT_QUEUED: 4}


def test_speech_that_only_looks_like_a_command() -> None:
    texts = ["q-tips zijn handig", "ack", "ack that is what I meant", "presently", "ada: let us go", "... verder", "q"]
    recording = meet(*(f"bob {text}" for text in texts))
    assert [said.text for said in recording.messages] == texts


def test_attending_the_agenda_and_the_minutes() -> None:
    recording = meet(
        "bob present+",
        "cas Present+ Cas_de_Wit",
        "ada Agenda: https://example.org/agenda",
        "ada topic: hoe verder",
        "cas scribenick: cas",
        "cas scribe:Cas",
        "bob s/hoe/waarom/",
        "ada Zakim, wie is er?",
        "ada q?",
        "Zakim hier zijn bob en cas",
    )
    assert list(recording.acts) == [
        Attends(1, 0, 0, "bob", name=None),
        Attends(2, 1_000, 1, "cas", name="Cas_de_Wit"),
        SetsAgenda(3, 2_000, 2, "ada", text="https://example.org/agenda"),
        SetsAgenda(4, 3_000, 2, "ada", text="hoe verder"),
    ]
    assert reasons(recording) == {DropReason.MINUTES: 3, DropReason.TO_BOT: 2, DropReason.BOT: 1}


def test_coming_going_actions_and_what_others_write_there() -> None:
    recording = meet(
        "▷ bob (~bob@host) has joined #kring",
        "… bob zoekt zijn bril",
        "… Zakim sees no one on the speaker queue",
        "⚡ Topic set by ada",
        "◁ bob (~bob@host) has quit (Ping timeout: 180 seconds)",
        "▷ zomaar wat",
    )
    assert list(recording.acts) == [
        Joins(1, 0, 0, "bob"),
        Says(2, 1_000, 0, "bob", text="* bob zoekt zijn bril", action=True),
        Leaves(5, 4_000, 0, "bob"),
    ]
    assert reasons(recording) == {DropReason.BOT: 1, DropReason.NOTICE: 1, DropReason.MALFORMED: 1}


_SCROLLED_BACK = (
    "2020-11-02 19:00:10\tbob\tq+",
    "2020-11-02 19:00:10\tada\task bob",
    "2020-11-02 19:05:00\t⚡\tirc: disconnected from server",
    "2020-11-02 19:00:10\tbob\tq+",
    "2020-11-02 19:00:12\tada\task bob",
    "2020-11-02 19:01:00\tcas\tdit was nog niet te zien",
    "2020-11-02 19:05:01\tcas\tja",
    "2020-11-02 19:05:01\tcas\tja",
)


def test_scroll_back_is_dropped_once_seen_and_kept_when_new() -> None:
    recording = meet(*_SCROLLED_BACK)
    assert [(act.line_number, act.after_ms) for act in recording.acts] == [
        (1, 0),
        (2, 500),
        (6, 290_000),
        (7, 291_000),
        (8, 291_500),  # said twice in one second, but the clock did not run back: said twice
    ]
    assert recording.changed == (Changed(6, Change.CLOCK_RAN_BACK, 1),)
    assert Dropped(4, DropReason.REPEATED, 2) in recording.dropped


def test_control_without_the_scroll_back_rule_somebody_asks_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting._Meeting, "_is_known", lambda self, nick, text, second: False)
    with pytest.raises(AssertionError):
        test_scroll_back_is_dropped_once_seen_and_kept_when_new()


def test_too_long_and_not_a_time() -> None:
    recording = meet(
        f"bob q+ {'x' * 500}",
        f"cas q+ {'x' * 501}",
        f"cas {'x' * 2_001}",
        "2020-02-30 10:00:00\tcas\tdie dag is er niet",
        "2020-11-02 19:00:59\tte weinig kolommen",
        "2020-11-02 19:00:59\t\tniemand",
        "cas q+",
    )
    assert [type(act) for act in recording.acts] == [Asks, Asks]
    assert reasons(recording) == {DropReason.TOO_LONG: 2, DropReason.MALFORMED: 3}


# --- the real meeting ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def recorded(conversations: Path) -> str:
    return (conversations / "w3c-tpac-2020-11-02.irc.tsv").read_text("utf-8")


def test_the_recorded_meeting_is_read_whole(recorded: str) -> None:
    recording = parse(recorded)
    laws.hold(recording, 457)
    assert recording.format == "meeting"
    kinds = [type(act).__name__ for act in recording.acts]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "Acknowledges": 22,
        "Asks": 22,
        "Attends": 8,
        "Joins": 20,
        "Leaves": 10,
        "Says": 293,
        "SetsAgenda": 1,
    }
    assert [act.text for act in recording.acts if isinstance(act, Asks) and act.text] == [
        "to ask about VR dom overlays",
        "to talk about tag review reqs",
    ]
    assert recording.dropped == (
        Dropped(1, DropReason.NOTICE, 15),
        Dropped(16, DropReason.REPEATED, 3),  # two to the letter, one with a time two seconds off
        Dropped(28, DropReason.MINUTES, 6),
        Dropped(75, DropReason.BOT, 50),
        Dropped(77, DropReason.NOT_QUEUED, 2),  # `ack yonet`, who was never seen to ask, and `q- q+`
        Dropped(217, DropReason.ALREADY_QUEUED, 1),  # `q+` after the stutter `q+q+`
        Dropped(414, DropReason.TO_BOT, 4),
    )
    assert recording.changed == (Changed(6, Change.CLOCK_RAN_BACK, 2), Changed(421, Change.MARKS_REMOVED, 1))


def _order_is_the_bots(recorded: str) -> int:
    """After each of the bot's "Zakim sees …" lines our queue is the one it names. How many it named."""
    recording = parse(recorded)
    named = 0
    for number, row in enumerate(recorded.split("\n"), start=1):
        if seen := re.search(r"\t…\tZakim sees (.*) on the speaker queue", row):
            queue = [] if seen[1] == "no one" else seen[1].split(", ")
            # The bot took alexturn_'s stutter `q+q+` for a person called "q+"; yonet's asking is not in the file.
            people = ["alexturn_" if nick == "q+" else nick for nick in queue if (number, nick) != (75, "yonet")]
            assert queue_after(recording, number) == list(dict.fromkeys(people)), f"line {number}"
            named += 1
    return named


def test_the_queue_is_in_the_order_the_bot_saw(recorded: str) -> None:
    assert _order_is_the_bots(recorded) == 48


def test_control_taking_dropped_commands_at_their_word_breaks_the_order(
    recorded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`q- q+` read as "withdraw and ask again" would send ada to the end of the queue."""
    naive = re.compile(r"q-(?:\s+q\+)?()", re.IGNORECASE)
    commands = tuple((naive if act is meeting._Meeting._withdraws else known, act) for known, act in meeting._COMMANDS)
    monkeypatch.setattr(meeting, "_COMMANDS", commands)
    with pytest.raises(AssertionError):
        _order_is_the_bots(recorded)
