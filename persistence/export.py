"""A session as a file: Markdown to read, JSON for programs, CSV for spreadsheets. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from persistence.archive import Archived
from persistence.drafts import Say, escaped
from persistence.harvest import Found
from persistence.passages import Said

SECTIONS = ("answered", "follow_up", "decision", "action", "group", "note", "pinned", "saved")
"""What of an outcome comes after what."""
COLUMNS = ("part", "room", "kind", "about", "at", "text", "name", "votes", "heading", "answer", "owner", "due")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class As(StrEnum):
    MD = "md"
    JSON = "json"
    CSV = "csv"


MEDIA = {As.MD: "text/markdown", As.JSON: "application/json", As.CSV: "text/csv"}


class Row(Struct, frozen=True):
    """A line of the outcome, or a passage of the transcript; `at` as ISO 8601, UTC.

    `about` deleted: since the day `at` the transcript is kept no longer.
    """

    part: str
    room: str
    kind: str
    about: str
    at: str
    text: str
    name: str
    votes: int
    heading: str
    answer: str
    owner: str = ""
    due: str = ""


def exported(session: Archived, form: As, say: Say) -> bytes:
    """The file, UTF-8; `say`: for the headings of Markdown."""
    forms: Mapping[As, Callable[[], bytes]] = {
        As.MD: lambda: as_markdown(session, say).encode(),
        As.JSON: lambda: as_json(session),
        As.CSV: lambda: as_csv(session).encode("utf-8-sig"),  # else spreadsheets take it for another encoding
    }
    return forms[form]()


def filename(session: Archived, form: As) -> str:
    """Plain letters, so that every system takes it."""
    title = "".join(c if c.isascii() and c.isalnum() else " " for c in session.session.title.lower())
    day = session.session.closed_on or session.session.created_on
    return "-".join(["kring", day.isoformat(), *title.split()[:6]]) + f".{form}"


# ---- for programs and spreadsheets -----------------------------------------------------------------------------------


def rows(session: Archived) -> Iterator[Row]:
    kind_of = {room.id: room.kind for room in session.rooms}
    title_of = {room.id: room.title for room in session.rooms}
    for found in session.lines:
        line = found.line
        yield Row(
            "outcome",
            title_of[found.room],
            found.kind,
            line.about,
            _moment(line.at),
            line.text,
            line.by,
            line.votes,
            line.heading,
            line.answer,
            line.owner,
            line.due,
        )
    for said in session.said:
        yield Row(
            "transcript",
            title_of[said.room],
            kind_of[said.room],
            said.about,
            _moment(said.at),
            said.text,
            said.name,
            said.votes,
            said.heading,
            said.answer,
        )
    if session.session.swept_on is not None:
        day = session.session.swept_on.isoformat()
        yield Row("transcript", "", "", "deleted", day, "", "", 0, "", "")


def as_json(session: Archived) -> bytes:
    about, every = session.session, list(rows(session))
    told = {
        "session": {"title": about.title, "purpose": about.purpose, "level": about.level, "closed_on": about.closed_on},
        "attendance": session.attendance.count,
        "names": session.attendance.names,
        **{part: [_of(row) for row in every if row.part == part] for part in ("outcome", "transcript")},
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def as_csv(session: Archived) -> str:
    """One table. What a spreadsheet would take for a formula stands behind an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(session):
        writer.writerow([harmless(str(getattr(row, name))) for name in COLUMNS])
    return file.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def _of(row: Row) -> dict[str, object]:
    """Without its part, and without what is empty."""
    return {name: value for name, value in msgspec.structs.asdict(row).items() if name != "part" and value != ""}


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# ---- to read ---------------------------------------------------------------------------------------------------------


def as_markdown(session: Archived, say: Say) -> str:
    return "\n\n".join(part for part in _parts(session, say) if part) + "\n"


def _parts(session: Archived, say: Say) -> Iterator[str]:
    about, there = session.session, session.attendance
    yield f"# {_on_one_line(about.title)}"
    yield escaped(about.purpose)
    day = (about.closed_on or about.created_on).isoformat()
    yield say("export-held", {"day": day, "count": there.count})
    if there.names:
        yield f"{say('export-names', {})}: {', '.join(map(_on_one_line, there.names))}"  # hundreds: too long for a fact
    for section in SECTIONS:
        found = [each for each in session.lines if each.line.about == section and not _in_a_group(session, each)]
        if found:
            yield f"## {say(f'export-{section}'.replace('_', '-'), {})}"
            yield "\n".join(_entry(session, each, say) for each in found)
    if about.swept_on is not None:
        yield say("export-swept", {"day": about.swept_on.isoformat()})
    for room in session.rooms:
        said = [each for each in session.said if each.room == room.id]
        if said:
            yield f"## {say('export-transcript', {'room': _on_one_line(room.title)})}"
            yield "\n".join(_passage(each, say) for each in said)


def _in_a_group(session: Archived, found: Found) -> bool:
    line = found.line
    return line.about == "note" and any(
        each.room == found.room and each.line.record == line.part_of for each in session.lines
    )


def _entry(session: Archived, found: Found, say: Say) -> str:
    line = found.line
    facts = [
        say("draft-votes", {"count": line.votes}) if line.votes else "",
        _on_one_line(line.heading),
        _on_one_line(line.by),
        say("draft-owner", {"name": _on_one_line(line.owner)}) if line.owner else "",
        say("draft-due", {"day": line.due}) if line.due else "",
    ]
    inside = [
        _entry(session, each, say)
        for each in session.lines
        if each.room == found.room and each.line.about == "note" and each.line.part_of == line.record
    ]
    return _listed(line.text or "…", facts, [escaped(line.answer), "\n".join(inside)])


def _passage(said: Said, say: Say) -> str:
    votes = say("draft-votes", {"count": said.votes}) if said.votes else ""
    facts = [_moment(said.at)[11:16], _on_one_line(said.name), votes]
    return _listed(said.text, facts, [escaped(said.answer)])


def _listed(text: str, facts: Iterable[str], below: Iterable[str]) -> str:
    """As one entry of a list; what is below it belongs to it."""
    told = " · ".join(fact for fact in facts if fact)
    first = escaped(text) + (f" ({told})" if told else "")
    return "- " + "\n\n".join([first, *filter(None, below)]).replace("\n", "\n  ")


def _on_one_line(words: str) -> str:
    return escaped(" ".join(words.split()))
