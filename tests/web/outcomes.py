"""What is in the files of a closed session, read without Kring, and whether it is there exactly once."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from persistence.drafts import DRAFTED
from tests.web.short_session import Left, Short


def rows(directory: Path, query: str, *values: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{directory / 'library.db'}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query, values)]


def lines_of(directory: Path, session: str) -> list[dict[str, Any]]:
    return rows(directory, "select * from outcome_lines where session = ? order by nth", session)


def drafts_of(directory: Path, session: str) -> list[dict[str, Any]]:
    """With the newest version of each."""
    return rows(
        directory,
        "select i.*, v.* from items i join outcome_lines l on l.id = i.line "
        "join versions v on v.item = i.id and v.version = i.version where l.session = ?",
        session,
    )


def wrong_with(directory: Path, short: Short, *, attendance: Sequence[str] | None = None) -> list[str]:
    """Everything that isn't as the session was, or isn't there exactly once; nothing when all is well."""
    found, wrong = lines_of(directory, short.id), []
    said = Counter(
        Left(row["about"], row["text"], row["name"], row["votes"], row["answer"], row["owner"]) for row in found
    )
    if said != Counter(short.lines):
        wrong.append(f"lines: {said - Counter(short.lines)} more, {Counter(short.lines) - said} fewer")
    if [row["nth"] for row in found] != list(range(len(found))):
        wrong.append("their order has gaps")
    drafts = Counter(draft["line"] for draft in drafts_of(directory, short.id))
    if drafts != Counter(row["id"] for row in found if row["about"] in DRAFTED):
        wrong.append(f"drafts: {drafts}")
    told = rows(directory, "select attendance, names from outcomes where session = ?", short.id)
    came = short.attended if attendance is None else attendance
    names = sorted(came, key=str.casefold) if short.level == "named" else []
    if [(row["attendance"], json.loads(row["names"])) for row in told] != [(len(came), names)]:
        wrong.append(f"attendance: {told}")
    if rows(directory, "select 1 from attended where session = ?", short.id):
        wrong.append("it is still known who was there")
    states = rows(directory, "select state from sessions where id = ?", short.id)
    if states != [{"state": "closed"}]:
        wrong.append(f"state: {states}")
    held = str([found, drafts_of(directory, short.id)])
    wrong += [f"nobody may find {text}" for text in short.hushed if text in held]
    return wrong
