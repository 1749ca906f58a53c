"""What a recorded conversation came to: acts in order, who did them, and what was left out and why."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

MESSAGE_LENGTH = 2_000
"""Characters in one message of a chat; a longer line is dropped (splitting it would make two messages of one)."""
QUESTION_LENGTH = 500
"""Characters in one question of a Q&A; a longer one is dropped."""


class Act(Struct, frozen=True):
    """One line of the file in which somebody did something.

    `line_number` counts from 1; `after_ms` is milliseconds since the first act and never runs back;
    `speaker` is the id of a Speaker (and its index in Recording.speakers); `nick` is the nick as shown in that line.
    """

    line_number: int
    after_ms: int
    speaker: int
    nick: str


class Says(Act, frozen=True):
    """A message. An action is the whole sentence: `text` is "* nick does something"."""

    text: str
    action: bool = False


class Asks(Act, frozen=True):
    """Asks a question, or (None) just for the floor. At most one is open per speaker."""

    text: str | None


class Withdraws(Act, frozen=True):
    """Takes back what `whose` (a speaker id, mostly the own one) asked; it was open."""

    whose: int


class Acknowledges(Act, frozen=True):
    """Gives `whom` (a speaker id, possibly the own one) the floor; their ask was open and no longer is."""

    whom: int


class Attends(Act, frozen=True):
    """Says to be present, perhaps under another `name` than the nick."""

    name: str | None


class SetsAgenda(Act, frozen=True):
    """Names what the talk is about from here on."""

    text: str


class Joins(Act, frozen=True):
    """Comes in. Somebody who is in already may come in again (a lost connection leaves no line)."""


class Leaves(Act, frozen=True):
    """Goes away."""


AnyAct = Says | Asks | Withdraws | Acknowledges | Attends | SetsAgenda | Joins | Leaves


class DropReason(StrEnum):
    """Why a line became no act."""

    BLANK = "blank"  # nothing on the line
    MALFORMED = "malformed"  # not a line of this format
    EMPTY = "empty"  # nothing readable was said
    TOO_LONG = "too_long"  # more than MESSAGE_LENGTH or QUESTION_LENGTH characters
    REPEATED = "repeated"  # scroll-back: the recorder was shown it a second time
    NOTICE = "notice"  # the server's or the channel's own news
    BOT = "bot"  # said by a bot
    TO_BOT = "to_bot"  # a command to a bot
    MINUTES = "minutes"  # only for who writes the minutes
    ALREADY_QUEUED = "already_queued"  # asked for the floor while waiting for it
    NOT_QUEUED = "not_queued"  # withdrew or acknowledged somebody who was not waiting


class Change(StrEnum):
    """What was changed in or about a line that did become an act."""

    MARKS_REMOVED = "marks_removed"  # control, colour or bidi marks left out
    MARKS_SHOWN = "marks_shown"  # a message of nothing but control characters, written as ␅
    NOT_UTF8 = "not_utf8"  # bytes that are no UTF-8 became �
    CLOCK_RAN_BACK = "clock_ran_back"  # an earlier time than the line before: placed at that line's time


class Dropped(Struct, frozen=True):
    """`count` lines were dropped for this reason, the first of them `line_number`."""

    line_number: int
    reason: DropReason
    count: int


class Changed(Struct, frozen=True):
    """`count` lines were changed like this, the first of them `line_number`."""

    line_number: int
    change: Change
    count: int


class Speaker(Struct, frozen=True):
    """One person: somebody keeps their id through renames, and who takes over a freed nick is another.

    `name` is the first nick they acted under, cleaned as names are in a room and made unique in this recording;
    `nicks` are all nicks they acted under, in order.
    """

    id: int
    name: str
    nicks: tuple[str, ...]


class Recording(Struct, frozen=True):
    """A conversation as read: lines == len(acts) + status_lines + the counts in `dropped`."""

    format: str
    lines: int
    acts: tuple[AnyAct, ...]
    speakers: tuple[Speaker, ...]
    status_lines: int
    renames: int
    dropped: tuple[Dropped, ...]
    changed: tuple[Changed, ...]

    @property
    def messages(self) -> tuple[Says, ...]:
        """What was said, in order."""
        return tuple(act for act in self.acts if isinstance(act, Says))

    @property
    def nicks(self) -> frozenset[str]:
        """Every nick somebody acted under. Not the number of people: see `speakers`."""
        return frozenset(act.nick for act in self.acts)

    @property
    def length_ms(self) -> int:
        """Milliseconds from the first act to the last."""
        return self.acts[-1].after_ms if self.acts else 0


class Problem(StrEnum):
    """Why a file as a whole can't be read."""

    EMPTY = "conversation_empty"  # no facts
    UNKNOWN_FORMAT = "conversation_unknown_format"  # facts: line


class UnreadableConversation(Exception):
    """The file is no conversation Kring can read: a stable code and facts (`line` counts from 1)."""

    def __init__(self, problem: Problem, **facts: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.facts = facts
