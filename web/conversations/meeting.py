"""A working group's meeting with a moderated speaker queue.

Tab-separated: `YYYY-MM-DD HH:MM:SS`, nick, text. `▷` and `◁` come and go, `⚡` is the server, `…` an action whose text
begins with the acting nick. `q+` asks for the floor (`q+ to ask about …` with a question), `q-` withdraws, `ack nick`
gives the floor, `present+` attends, `Agenda:` or `Topic:` says what it is about; all else is speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from web.conversations.draft import Draft, Moment
from web.conversations.lines import Line, readable
from web.conversations.recording import (
    MESSAGE_LENGTH,
    QUESTION_LENGTH,
    Acknowledges,
    Asks,
    Attends,
    DropReason,
    Joins,
    Leaves,
    Recording,
    SetsAgenda,
    Withdraws,
)

NAME = "meeting"

BOTS = frozenset({"zakim", "rrsagent", "trackbot", "github-bot", "ghurlbot", "agendabot"})
SCROLL_BACK_S = 5
"""A line shown again after a reconnect may carry a time a few seconds off: another clock stamped it."""

_STAMPED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})\t([^\t]{1,64})\t(.*)")
_COMES = re.compile(r"(\S{1,64}) \(\S*\) has joined \S+")
_GOES = re.compile(r"(\S{1,64}) \(\S*\) has (?:quit|left)\b.*")

_TO_BOT = re.compile(rf"v?q(?:ueue)?\s?\?|(?:{'|'.join(sorted(BOTS))})\s?[,:].*", re.IGNORECASE)
_MINUTES = re.compile(
    r"scribe(?:nick)?\s?[:+].*|(?:meeting|chairs?)\s?:.*|regrets\s?[:+].*|s/[^/]+/[^/]*/?g?", re.IGNORECASE
)
_PLUS = r"q(?:ueue)?\s?\+"
_ASKS = re.compile(rf"{_PLUS}(?:\s*{_PLUS})*(?:\s+(.*))?", re.IGNORECASE)
_WITHDRAWS = re.compile(r"q(?:ueue)?\s?-(?:\s+(.*))?", re.IGNORECASE)
_ACKNOWLEDGES = re.compile(r"ack\s+(\S+)", re.IGNORECASE)
_ATTENDS = re.compile(r"present\s?\+:?\s*(.*)", re.IGNORECASE)
_AGENDA = re.compile(r"(?:agenda\s?[:+]|(?:sub)?topic\s?:)\s*(.+)", re.IGNORECASE)


def recognises(line: str) -> bool:
    """Whether this line can only be one of this format."""
    return _STAMPED.fullmatch(line) is not None


def read(lines: Sequence[Line]) -> Recording:
    """Everything done, the queue kept in the order the moderator saw it."""
    meeting = _Meeting()
    for line in lines:
        meeting.read(line)
    return meeting.draft.finish(NAME, lines, slot_ms=1_000)


class _Meeting:
    """One pass over the file: who waits for the floor, the latest second, and what was seen when (for scroll-back)."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._queue: list[int] = []
        self._second: int | None = None
        self._seen: dict[tuple[str, str], set[int]] = {}

    def read(self, line: Line) -> None:
        stamped = _STAMPED.fullmatch(line.text)
        second = _seconds(stamped[1]) if stamped else None
        if stamped is None or second is None or not stamped[2].isprintable():
            return self.draft.drop(line, DropReason.MALFORMED if line.text.strip() else DropReason.BLANK)
        ran_back = self._second is not None and second < self._second
        if self._is_known(stamped[2], stamped[3], second) and ran_back:
            return self.draft.drop(line, DropReason.REPEATED)
        if self._second is None or not ran_back:
            self._second = second
        return self._read_from(Moment(line, self._second, ran_back), stamped[2], stamped[3].strip())

    def _is_known(self, nick: str, text: str, second: int) -> bool:
        seen = self._seen.setdefault((nick, text), set())
        known = any(near in seen for near in range(second - SCROLL_BACK_S, second + SCROLL_BACK_S + 1))
        seen.add(second)
        return known

    def _read_from(self, at: Moment, sign: str, text: str) -> None:
        match sign:
            case "▷":
                self._comes_or_goes(at, _COMES.fullmatch(text), Joins)
            case "◁":
                self._comes_or_goes(at, _GOES.fullmatch(text), Leaves)
            case "⚡":
                self.draft.drop(at.line, DropReason.NOTICE)
            case "…":
                self._does(at, text)
            case nick if nick.casefold() in BOTS:
                self.draft.drop(at.line, DropReason.BOT)
            case nick:
                self._types(at, nick, text)

    def _comes_or_goes(self, at: Moment, seen: re.Match[str] | None, act: type[Joins] | type[Leaves]) -> None:
        if seen is None or not seen[1].isprintable():
            return self.draft.drop(at.line, DropReason.MALFORMED)
        return self.draft.keep(at, act(at.line.number, 0, self.draft.nicks.acts(seen[1]), seen[1]))

    def _does(self, at: Moment, text: str) -> None:
        nick, _, does = text.partition(" ")
        if not 0 < len(nick) <= 64 or not nick.isprintable():
            self.draft.drop(at.line, DropReason.MALFORMED)
        elif nick.casefold() in BOTS:
            self.draft.drop(at.line, DropReason.BOT)
        else:
            self.draft.say(at, nick, does, action=True)

    def _types(self, at: Moment, nick: str, text: str) -> None:
        if len(text) > MESSAGE_LENGTH:
            return self.draft.drop(at.line, DropReason.TOO_LONG)
        if _TO_BOT.fullmatch(text):
            return self.draft.drop(at.line, DropReason.TO_BOT)
        if _MINUTES.fullmatch(text):
            return self.draft.drop(at.line, DropReason.MINUTES)
        for pattern, act in _COMMANDS:
            if command := pattern.fullmatch(text):
                return act(self, at, nick, command[1] or "")
        return self.draft.say(at, nick, text, action=False)

    def _asks(self, at: Moment, nick: str, about: str) -> None:
        text = _words(about)
        speaker = self.draft.nicks.find(nick)
        if text is not None and len(text) > QUESTION_LENGTH:
            return self.draft.drop(at.line, DropReason.TOO_LONG)
        if speaker is not None and speaker in self._queue:
            return self.draft.drop(at.line, DropReason.ALREADY_QUEUED)
        speaker = self.draft.nicks.acts(nick)
        self._queue.append(speaker)
        return self.draft.keep(at, Asks(at.line.number, 0, speaker, nick, text=text))

    def _withdraws(self, at: Moment, nick: str, named: str) -> None:
        """`q- q+`: the bot took it as "take `q+` off the queue", so it withdraws nobody."""
        whose = self._leaves_queue(named or nick)
        if whose is None:
            return self.draft.drop(at.line, DropReason.NOT_QUEUED)
        return self.draft.keep(at, Withdraws(at.line.number, 0, self.draft.nicks.acts(nick), nick, whose=whose))

    def _acknowledges(self, at: Moment, nick: str, named: str) -> None:
        whom = self._leaves_queue(named)
        if whom is None:
            return self.draft.drop(at.line, DropReason.NOT_QUEUED)
        return self.draft.keep(at, Acknowledges(at.line.number, 0, self.draft.nicks.acts(nick), nick, whom=whom))

    def _leaves_queue(self, named: str) -> int | None:
        """The id of who is called that and was waiting; None if nobody."""
        speaker = self.draft.nicks.find(named)
        if speaker is None or speaker not in self._queue:
            return None
        self._queue.remove(speaker)
        return speaker

    def _attends(self, at: Moment, nick: str, as_name: str) -> None:
        self.draft.keep(at, Attends(at.line.number, 0, self.draft.nicks.acts(nick), nick, name=_words(as_name)))

    def _sets_agenda(self, at: Moment, nick: str, about: str) -> None:
        text = _words(about)
        if text is None:
            return self.draft.drop(at.line, DropReason.EMPTY)
        return self.draft.keep(at, SetsAgenda(at.line.number, 0, self.draft.nicks.acts(nick), nick, text=text))


_COMMANDS: tuple[tuple[re.Pattern[str], Callable[[_Meeting, Moment, str, str], None]], ...] = (
    (_ASKS, _Meeting._asks),
    (_WITHDRAWS, _Meeting._withdraws),
    (_ACKNOWLEDGES, _Meeting._acknowledges),
    (_ATTENDS, _Meeting._attends),
    (_AGENDA, _Meeting._sets_agenda),
)


def _words(raw: str) -> str | None:
    words = readable(raw)
    return words.text if words else None


def _seconds(stamp: str) -> int | None:
    """Seconds since 1970 (the zone does not matter: only differences are used); None if there is no such time."""
    try:
        return int(datetime.fromisoformat(f"{stamp}+00:00").timestamp())
    except ValueError:
        return None
