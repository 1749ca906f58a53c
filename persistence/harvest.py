"""Choosing what of a session's outcome becomes part of the library. Nothing is lost if nobody does.

Closing makes drafts; staff keep a line (its draft becomes what they made of it), drop it (the draft goes, the line
stays) or leave it. All this as long as nobody edited the item in the library itself: then it is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import RowMapping, Select, insert, select, update

from persistence import library, schema
from persistence.database import Read, Write
from persistence.drafts import DRAFTED, Draft, Say, draft_of
from persistence.ids import new_id
from persistence.library import Version, version_row
from persistence.upsert import put_new
from rooms.model import Line, PersonName, RecordId, Words

BY_KRING = ""
"""The name beside a version that Kring wrote."""


class Choice(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class Found(Struct, frozen=True):
    """A line of an outcome. `item`: what the library has of it, its `status`, and what it says now (`held`);
    `version`: the last that closing or the harvest made of that."""

    id: str
    room: str
    kind: str
    line: Line
    choice: Choice = Choice.OPEN
    item: str | None = None
    version: int | None = None
    status: str | None = None
    held: Draft | None = None


class ItemEdited(Exception):
    """Somebody edited the item in the library: it is no longer the harvest's."""


class Harvest(Struct, frozen=True):
    """What staff do with one line: `name`: who they are; `say`: for what closing would draft."""

    community: str
    found: Found
    within: Sequence[Line]
    name: str
    say: Say
    now: int

    async def keep(self, tx: Write, draft: Draft, *, publish: bool) -> None:
        """Make its item this; it is published, or a draft for a curator. The same again changes nothing.

        Raises ItemEdited.
        """
        status = "published" if publish else "draft"
        found, version = self.found, self.found.version
        if found.item is None:
            version = 1
            rows = _rows_of(self.community, found, self.within, draft, status, self.name, self.now)
            await _insert(tx, [rows])
        elif await _newest_of_ours(tx, found) != (draft, status):
            await self._check_ours(tx)
            version = (found.version or 0) + 1
            made = Version(version, self.now, self.name, status, draft)
            await tx.execute(insert(schema.versions), version_row(found.item, made))
            await library.point_at(tx, found.item, made)
            await library.index(tx, [found.item])
        if (found.choice, found.version) != (Choice.KEPT, version):
            await self._choose(tx, Choice.KEPT, version)

    async def drop(self, tx: Write) -> None:
        """Its item goes; the line stays in the archive. Raises ItemEdited."""
        await self._take_away(tx)
        await self._choose(tx, Choice.DROPPED, None)

    async def leave(self, tx: Write) -> None:
        """As if nobody had chosen. Raises ItemEdited."""
        if self.found.choice is Choice.OPEN:
            return
        await self._take_away(tx)
        await self._choose(tx, Choice.OPEN, None)
        if self.found.line.about in DRAFTED:
            await add_drafts(tx, self.community, [(self.found, self.within)], self.say, self.now)

    async def _take_away(self, tx: Write) -> None:
        if self.found.item is None:
            return
        await self._check_ours(tx)
        await library.remove(tx, self.found.item)

    async def _check_ours(self, tx: Read) -> None:
        newest = select(schema.items.c.version).where(schema.items.c.id == self.found.item)
        if (await tx.execute(newest)).scalar_one() != self.found.version:
            raise ItemEdited

    async def _choose(self, tx: Write, choice: Choice, version: int | None) -> None:
        chosen = update(schema.outcome_lines).where(schema.outcome_lines.c.id == self.found.id)
        await tx.execute(chosen.values(choice=choice, version=version))


async def lines(tx: Read, session: str) -> Sequence[Found]:
    """What a session came to, in its order; nothing, until it is closed."""
    found = await tx.execute(_LINES.where(_line.session == session).order_by(_line.nth))
    return [
        Found(
            row["id"],
            row["room"],
            row["kind"],
            Line(
                RecordId(row["record"]),
                row["at"],
                Words(row["text"]),
                PersonName(row["name"]),
                row["about"],
                row["votes"],
                Words(row["heading"]),
                Words(row["answer"]),
                RecordId(row["part_of"]) if row["part_of"] else None,
                Words(row["owner"]),
                row["due"],
            ),
            Choice(row["choice"]),
            row["item"],
            row["version"],
            row["status"],
            _draft(row) if row["item"] is not None else None,
        )
        for row in found.mappings()
    ]


def notes_in(every: Sequence[Found], group: Found) -> list[Line]:
    """The notes of a group, in their order; none of what is no group."""
    if group.line.about != "group":
        return []
    notes = (each.line for each in every if each.room == group.room and each.line.about == "note")
    return [note for note in notes if note.part_of == group.line.record]


async def add_drafts(
    tx: Write, community: str, wanted: Sequence[tuple[Found, Sequence[Line]]], say: Say, now: int
) -> None:
    """A draft in the library for each of these lines, with the notes that are in it; Kring wrote them."""
    rows = [
        _rows_of(community, found, notes, draft_of(found.line, notes, say), "draft", BY_KRING, now)
        for found, notes in wanted
    ]
    await _insert(tx, rows)
    ids = [found.id for found, _ in wanted]
    for start in range(0, len(ids), 500):
        some = schema.outcome_lines.c.id.in_(ids[start : start + 500])
        await tx.execute(update(schema.outcome_lines).where(some).values(version=1))


class _Rows(Struct, frozen=True):
    item: dict[str, object]
    version: dict[str, object]
    contributors: list[dict[str, object]]


def _rows_of(
    community: str, found: Found, notes: Sequence[Line], draft: Draft, status: str, name: str, now: int
) -> _Rows:
    """Whoever's words are in it contributed, as far as their room lets anybody know."""
    id = new_id()
    item = {"id": id, "community": community, "status": status, "version": 1, "line": found.id}
    names = {line.by for line in (found.line, *notes) if line.by}
    return _Rows(
        item | {"created_at": now, "updated_at": now},
        version_row(id, Version(1, now, name, status, draft)),
        [{"item": id, "name": each} for each in sorted(names)],
    )


async def _insert(tx: Write, rows: Sequence[_Rows]) -> None:
    if not rows:
        return
    await tx.execute(insert(schema.items), [each.item for each in rows])
    await tx.execute(insert(schema.versions), [each.version for each in rows])
    if contributors := [one for each in rows for one in each.contributors]:
        await tx.execute(put_new(schema.contributors), contributors)
    await library.index(tx, [str(each.item["id"]) for each in rows])


async def _newest_of_ours(tx: Read, found: Found) -> tuple[Draft, str] | None:
    """What the harvest made of it last."""
    ours = (schema.versions.c.item == found.item) & (schema.versions.c.version == found.version)
    row = (await tx.execute(select(schema.versions).where(ours))).mappings().first()
    if row is None:
        return None
    return _draft(row), row["status"]


def _draft(row: RowMapping) -> Draft:
    tags = msgspec.json.decode(row["tags"], type=list[str])
    return Draft(row["title"], row["summary"], row["body"], row["type"], tags)


_line = schema.outcome_lines.c
_newest = schema.versions.c
_HELD = (_newest.title, _newest.summary, _newest.body, _newest.type, _newest.tags)
_LINES: Select[tuple[object, ...]] = (
    select(schema.outcome_lines, schema.rooms.c.kind, schema.items.c.id.label("item"), schema.items.c.status, *_HELD)
    .join(schema.rooms, schema.rooms.c.id == _line.room)
    .outerjoin(schema.items, schema.items.c.line == _line.id)
    .outerjoin(schema.versions, (_newest.item == schema.items.c.id) & (_newest.version == schema.items.c.version))
)
