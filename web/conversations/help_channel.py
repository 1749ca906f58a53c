"""A day of a public help channel.

`[HH:MM] <nick> text` is a message, `[HH:MM]  * nick does` an action, `=== a is now known as b` and other `===` lines
are the channel's status. Only the minute is known: within it, the order is the file's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from web.conversations.draft import Draft, Moment
from web.conversations.lines import Line
from web.conversations.pace import DAY, next_minute
from web.conversations.recording import DropReason, Recording

NAME = "help_channel"

_SAID = re.compile(
    r"\[(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])\] "
    r"(?:<(?P<speaker>[^\s<>]{1,64})>|(?P<star> \* )(?P<actor>\S{1,64}))(?: (?P<text>.*))?"
)
_RENAMED = re.compile(r"=== (\S{1,64}) is now known as (\S{1,64})")
_STATUS = re.compile(r"===(?: .*)?")


def recognises(line: str) -> bool:
    """Whether this line can only be one of this format."""
    return bool(_SAID.fullmatch(line) or _RENAMED.fullmatch(line))


def read(lines: Sequence[Line]) -> Recording:
    """Everything said, each speaker followed through their renames."""
    day = _Day()
    for line in lines:
        day.read(line)
    return day.draft.finish(NAME, lines, slot_ms=60_000, status_lines=day.status_lines, renames=day.renames)


class _Day:
    """One pass over the file; `minute` is the running minute of the last line that was said."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.status_lines = 0
        self.renames = 0
        self.minute: int | None = None

    def read(self, line: Line) -> None:
        if _STATUS.fullmatch(line.text):
            self.status_lines += 1
            if renamed := _RENAMED.fullmatch(line.text):
                self.renames += 1
                self.draft.nicks.renamed(renamed[1], renamed[2])
        elif not line.text.strip():
            self.draft.drop(line, DropReason.BLANK)
        elif (said := _SAID.fullmatch(line.text)) and (said["speaker"] or said["actor"]).isprintable():
            self._read_said(line, said)
        else:
            self.draft.drop(line, DropReason.MALFORMED)

    def _read_said(self, line: Line, said: re.Match[str]) -> None:
        minute_of_day = int(said["hour"]) * 60 + int(said["minute"])
        self.minute = next_minute(self.minute, minute_of_day)
        at = Moment(line, self.minute, ran_back=self.minute % DAY != minute_of_day)
        action = said["star"] is not None
        self.draft.say(at, said["actor"] if action else said["speaker"], said["text"] or "", action=action)
