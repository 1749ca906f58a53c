"""A recording in the making: what every format does with a line once it knows what the line says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from web.conversations.lines import Line, readable
from web.conversations.pace import spread
from web.conversations.recording import (
    MESSAGE_LENGTH,
    AnyAct,
    Change,
    Changed,
    Dropped,
    DropReason,
    Recording,
    Says,
)
from web.conversations.speakers import Nicks

_Why = TypeVar("_Why", DropReason, Change)


class Moment(NamedTuple):
    """A line and its time. `slot` is the file's unit of time (a running minute, or second) and never goes down;
    `ran_back`: the line itself named an earlier time."""

    line: Line
    slot: int
    ran_back: bool


class Draft:
    """Gathers acts in the order of the file."""

    def __init__(self) -> None:
        self.nicks = Nicks()
        self._acts: list[AnyAct] = []
        self._slots: list[int] = []
        self._dropped: dict[DropReason, list[int]] = {}
        self._changed: dict[Change, list[int]] = {}

    def drop(self, line: Line, reason: DropReason) -> None:
        """This line becomes no act."""
        _count(self._dropped, reason, line)

    def keep(self, at: Moment, act: AnyAct) -> None:
        """This line is `act`; its after_ms is filled in at the end."""
        self._acts.append(act)
        self._slots.append(at.slot)
        if at.ran_back:
            _count(self._changed, Change.CLOCK_RAN_BACK, at.line)
        if at.line.damaged:
            _count(self._changed, Change.NOT_UTF8, at.line)

    def say(self, at: Moment, nick: str, raw: str, *, action: bool) -> None:
        """`nick` says `raw`, or does it; dropped when nothing readable is left or it is too long."""
        words = readable(raw)
        if words is None:
            return self.drop(at.line, DropReason.EMPTY)
        text = f"* {nick} {words.text}" if action else words.text
        if len(text) > MESSAGE_LENGTH:
            return self.drop(at.line, DropReason.TOO_LONG)
        if words.change is not None:
            _count(self._changed, words.change, at.line)
        return self.keep(at, Says(at.line.number, 0, self.nicks.acts(nick), nick, text=text, action=action))

    def finish(
        self, format: str, lines: Sequence[Line], *, slot_ms: int, status_lines: int = 0, renames: int = 0
    ) -> Recording:
        """What the file came to. `slot_ms` is how long one slot lasts."""
        times = spread(self._slots, slot_ms)
        return Recording(
            format=format,
            lines=len(lines),
            acts=tuple(replace(act, after_ms=at) for act, at in zip(self._acts, times, strict=True)),
            speakers=self.nicks.speakers(),
            status_lines=status_lines,
            renames=renames,
            dropped=tuple(Dropped(first, reason, count) for reason, (first, count) in self._dropped.items()),
            changed=tuple(Changed(first, change, count) for change, (first, count) in self._changed.items()),
        )


def _count(counts: dict[_Why, list[int]], why: _Why, line: Line) -> None:
    """One more line for `why`: [number of the first, how many]."""
    counts.setdefault(why, [line.number, 0])[1] += 1
