"""What the library would make of a line that a session left: a title, a summary, a text in Markdown. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from rooms.model import Facts, Line

TITLE_LENGTH = 120
SUMMARY_LENGTH = 240
TAG_LENGTH = 40

TYPES = ("answer", "practice", "idea", "decision", "case", "link")
"""What an item of the library may be."""

DRAFTED = frozenset({"answered", "decision", "group", "pinned", "saved"})
"""Lines of which closing makes a draft; of the others staff may make one."""

Say = Callable[[str, Facts], str]
"""message, facts → words of Kring's own, in the language of the community"""

_TYPE_OF = {
    "answered": "answer",
    "follow_up": "answer",
    "decision": "decision",
    "action": "decision",
    "group": "idea",
    "note": "idea",
}

_URL = re.compile(r"https?://[^\s<>\\]*[^\s<>\\.,;:!?'\")\]}]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|]")
_AT_LINE_START = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")


class Draft(Struct, frozen=True):
    """An item as it could stand in the library; `body` is Markdown."""

    title: str
    summary: str
    body: str
    type: str
    tags: list[str]


def draft_of(line: Line, within: Sequence[Line], say: Say) -> Draft:
    """What keeping `line` makes of it; `within`: the notes of a group, in their order."""
    title = shortened(_named(line, within), TITLE_LENGTH)
    tag = " ".join(line.heading.split())[:TAG_LENGTH].rstrip()
    return Draft(
        title,
        _summary(line, title),
        "\n\n".join(part for part in _body(line, within, title, say) if part),
        _type(line),
        [tag] if tag else [],
    )


def shortened(words: str, most: int) -> str:
    """On one line, and cut between words where it would be longer."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:.") + "…"


def escaped(words: str) -> str:
    """Markdown that reads as these words do and nothing else; only what begins with http becomes a link."""
    return "\n\n".join(_paragraph(part) for part in re.split(r"\n\s*\n", words.strip()) if part.strip())


def _paragraph(words: str) -> str:
    return "\\\n".join(_escaped_line(line.strip()) for line in words.strip().split("\n"))


def _escaped_line(line: str) -> str:
    found, end = "", 0
    for url in _URL.finditer(line):
        found += _plain(line[end : url.start()], begins=end == 0) + f"<{url[0]}>"
        end = url.end()
    return found + _plain(line[end:], begins=end == 0)


def _plain(words: str, *, begins: bool) -> str:
    safe = _SPECIAL.sub(r"\\\g<0>", words)
    return _AT_LINE_START.sub(_shielded, safe) if begins else safe


def _shielded(found: re.Match[str]) -> str:
    """What would begin a heading, a list or a line: the sign itself, or the one after a number."""
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def _named(line: Line, within: Sequence[Line]) -> str:
    """A group has a name, or is called after its first note."""
    return line.text or next((note.text for note in within if note.text), "")


def _summary(line: Line, title: str) -> str:
    if line.answer:
        return shortened(line.answer, SUMMARY_LENGTH)
    told = shortened(line.text, SUMMARY_LENGTH)
    return "" if told == title else told


def _body(line: Line, within: Sequence[Line], title: str, say: Say) -> Iterator[str]:
    """Without what the title says already, unless there is nothing else."""
    said = shortened(line.text, TITLE_LENGTH + 1) == title
    rest = [*_notes(within, say), *_promise(line, say)]
    if not said or not (line.answer or rest):
        yield escaped(line.text)
    yield escaped(line.answer)
    yield "\n".join(rest)


def _notes(within: Sequence[Line], say: Say) -> Iterator[str]:
    for note in within:
        votes = f" ({say('draft-votes', {'count': note.votes})})" if note.votes else ""
        yield _listed(escaped(note.text) + votes)


def _promise(line: Line, say: Say) -> Iterator[str]:
    if line.owner:
        yield _listed(say("draft-owner", {"name": escaped(line.owner)}))
    if line.due:
        yield _listed(say("draft-due", {"day": line.due}))


def _listed(text: str) -> str:
    """As one entry of a list, however many lines it has."""
    return "- " + text.replace("\n", "\n  ")


def _type(line: Line) -> str:
    if line.about in _TYPE_OF:
        return _TYPE_OF[line.about]
    return "link" if _URL.search(line.text) else "practice"
