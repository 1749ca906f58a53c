"""Recorded conversations, read for `kring rehearse`: pure, one file per format.

A format is a module with NAME, `recognises` and `read`; naming it in FORMATS adds it. Which one a file is in shows
from its first lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Protocol

from web.conversations import help_channel, meeting
from web.conversations.lines import Line, split
from web.conversations.recording import (
    Acknowledges,
    Act,
    AnyAct,
    Asks,
    Attends,
    Change,
    Changed,
    Dropped,
    DropReason,
    Joins,
    Leaves,
    Problem,
    Recording,
    Says,
    SetsAgenda,
    Speaker,
    UnreadableConversation,
    Withdraws,
)

__all__ = [
    "FORMATS",
    "Acknowledges",
    "Act",
    "AnyAct",
    "Asks",
    "Attends",
    "Change",
    "Changed",
    "DropReason",
    "Dropped",
    "Format",
    "Joins",
    "Leaves",
    "Problem",
    "Recording",
    "Says",
    "SetsAgenda",
    "Speaker",
    "UnreadableConversation",
    "Withdraws",
    "parse",
]


class Format(Protocol):
    """What the module of a format offers."""

    NAME: str

    def recognises(self, line: str) -> bool: ...

    def read(self, lines: Sequence[Line]) -> Recording: ...


FORMATS: tuple[Format, ...] = (help_channel, meeting)
_SAMPLE = 50


def parse(data: bytes | str) -> Recording:
    """The conversation in `data`, whichever known format it is in.

    Raises UnreadableConversation (and nothing else): conversation_empty, or conversation_unknown_format with `line`.
    """
    lines = split(data)
    return _format_of(lines).read(lines)


def _format_of(lines: Sequence[Line]) -> Format:
    """The format that knows most of the first lines; a few odd ones at the top don't matter."""
    sample = list(islice((line for line in lines if line.text.strip()), _SAMPLE))
    if not sample:
        raise UnreadableConversation(Problem.EMPTY)
    known = {format.NAME: sum(format.recognises(line.text) for line in sample) for format in FORMATS}
    best = max(FORMATS, key=lambda format: known[format.NAME])
    if not known[best.NAME]:
        raise UnreadableConversation(Problem.UNKNOWN_FORMAT, line=sample[0].number)
    return best
