"""The library: items with versions, who had a part in them, and where they come from. What is searched follows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import RowMapping, Select, delete, insert, select, update

from persistence import schema
from persistence.database import Read, Write
from persistence.drafts import Draft
from persistence.ids import new_id
from persistence.markdown import plain
from persistence.passages import scope
from persistence.terms import folded, stemmed
from persistence.upsert import put, put_new

STATUSES = ("draft", "published", "outdated")


class Version(Struct, frozen=True):
    """One of an item's: who wrote it ("": Kring itself), when, and what it said then."""

    version: int
    at: int
    name: str
    status: str
    draft: Draft


class Source(Struct, frozen=True):
    """Where an item comes from: the session, and the record in one of its rooms."""

    session: str
    title: str
    closed_on: date | None
    room: str
    kind: str
    record: str
    at: int
    votes: int


class Item(Struct, frozen=True):
    """`newest` is what it says now; `contributors`: whose words went into it, as far as their room allowed (C7)."""

    id: str
    community: str
    newest: Version
    contributors: Sequence[str]
    source: Source | None


class Stale(Exception):
    """Somebody saved it meanwhile: `version` is the newest now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


async def create(tx: Write, community: str, draft: Draft, status: str, *, name: str, now: int) -> str:
    """A new item that comes from no session; its id."""
    id = new_id()
    row = {"id": id, "community": community, "status": status, "version": 1, "line": None}
    await tx.execute(insert(schema.items), row | {"created_at": now, "updated_at": now})
    await tx.execute(insert(schema.versions), version_row(id, Version(1, now, name, status, draft)))
    await contribute(tx, id, name)
    await index(tx, [id])
    return id


async def save(tx: Write, id: str, seen: int, draft: Draft, status: str, *, name: str, now: int) -> int:
    """A new version on top of the one `seen`, unless nothing changed; the newest then. Raises Stale."""
    newest = (await tx.execute(_newest.where(_items.id == id))).mappings().one()
    if newest["version"] != seen:
        raise Stale(newest["version"])
    if (_draft(_plain(newest)), newest["status"]) == (draft, status):
        return seen
    version = Version(seen + 1, now, name, status, draft)
    await tx.execute(insert(schema.versions), version_row(id, version))
    await point_at(tx, id, version)
    await contribute(tx, id, name)
    await index(tx, [id])
    return version.version


async def contribute(tx: Write, id: str, name: str) -> None:
    if name:
        await tx.execute(put_new(schema.contributors), {"item": id, "name": name})


async def point_at(tx: Write, id: str, version: Version) -> None:
    """It says this now."""
    changed = update(schema.items).where(_items.id == id)
    await tx.execute(changed.values(version=version.version, status=version.status, updated_at=version.at))


async def remove(tx: Write, id: str) -> None:
    """With all its versions."""
    await tx.execute(delete(schema.items).where(_items.id == id))


async def item(tx: Read, id: str) -> Item | None:
    row = (await tx.execute(_item.where(_items.id == id))).mappings().first()
    if row is None:
        return None
    names = select(schema.contributors.c.name).where(schema.contributors.c.item == id)
    contributors = sorted((await tx.execute(names)).scalars(), key=str.casefold)
    return Item(id, row["community"], _version(_plain(row)), contributors, _source(_plain(row)))


async def versions(tx: Read, id: str) -> Sequence[Version]:
    """Newest first."""
    asked = select(schema.versions).where(_versions.item == id).order_by(_versions.version.desc())
    return [_version(_plain(row)) for row in (await tx.execute(asked)).mappings()]


async def version(tx: Read, id: str, number: int) -> Version | None:
    asked = select(schema.versions).where(_versions.item == id, _versions.version == number)
    row = (await tx.execute(asked)).mappings().first()
    return _version(_plain(row)) if row else None


async def tags(tx: Read, community: str, *, drafts: bool) -> Sequence[tuple[str, int]]:
    """All tags of its items, most used first; those of drafts only with `drafts`."""
    asked = select(_versions.tags).join(schema.items, _is_newest).where(_items.community == community)
    rows = await tx.execute(asked if drafts else asked.where(_items.status != "draft"))
    often: dict[str, int] = {}
    for told in rows.scalars():
        for tag in msgspec.json.decode(told, type=list[str]):
            often[tag] = often.get(tag, 0) + 1
    return sorted(often.items(), key=lambda each: (-each[1], each[0].casefold()))


def version_row(id: str, version: Version) -> dict[str, object]:
    draft = version.draft
    told = msgspec.structs.asdict(draft) | {"tags": msgspec.json.encode(draft.tags).decode()}
    return {"item": id, "version": version.version, "at": version.at, "name": version.name} | {
        "status": version.status,
        **told,
    }


# ---- what is searched ------------------------------------------------------------------------------------------------


async def index(tx: Write, ids: Sequence[str]) -> None:
    """What these items say now is found from now on, and nothing that they said before."""
    for id in ids:
        row = (await tx.execute(_item.where(_items.id == id))).mappings().one()
        await tx.execute(_PUT, _passage(id, _plain(row)))


def _passage(id: str, row: dict[str, object]) -> dict[str, object]:
    told = msgspec.convert(row, _Told, strict=False)
    text = "\n".join(part for part in (told.summary, plain(told.body)) if part)
    tags = msgspec.json.decode(told.tags, type=list[str])
    narrowed = scope(told.community, session=told.session, type=told.type, status=told.status, tags=tags)
    return {
        "community": told.community,
        "room": None,
        "item": id,
        "session": told.session,
        "record": id,
        "kind": "item",
        "about": "item",
        "n": None,
        "at": told.updated_at,
        "name": "",
        "staff": False,
        "type": told.type,
        "status": told.status,
        "tags": told.tags,
        "heading": told.title,
        "text": text,
        "title": folded(f"{told.title} {' '.join(tags)}"),
        "said": folded(text),
        "stems": stemmed(told.title, *tags, text),
        "scope": narrowed,
    }


class _Told(Struct, frozen=True):
    community: str
    session: str | None
    updated_at: int
    title: str
    summary: str
    body: str
    type: str
    tags: str
    status: str


# ---- rows ------------------------------------------------------------------------------------------------------------

_items, _versions, _lines = schema.items.c, schema.versions.c, schema.outcome_lines.c
_is_newest = (_versions.item == _items.id) & (_versions.version == _items.version)
_newest: Select[tuple[object, ...]] = select(schema.versions).join(schema.items, _is_newest)
_item: Select[tuple[object, ...]] = (
    select(
        schema.versions,
        _items.community,
        _items.updated_at,
        _lines.session,
        schema.sessions.c.title.label("session_title"),
        schema.sessions.c.closed_on,
        _lines.room,
        schema.rooms.c.kind,
        _lines.record,
        _lines.at.label("said_at"),
        _lines.votes,
    )
    .select_from(schema.items)
    .join(schema.versions, _is_newest)
    .outerjoin(schema.outcome_lines, _lines.id == _items.line)
    .outerjoin(schema.sessions, schema.sessions.c.id == _lines.session)
    .outerjoin(schema.rooms, schema.rooms.c.id == _lines.room)
)
_PUT = put(schema.passages, "item")


def _plain(row: RowMapping) -> dict[str, object]:
    """SQLAlchemy's names of columns are more than texts."""
    return {str(name): value for name, value in row.items()}


def _draft(row: dict[str, object]) -> Draft:
    tags = msgspec.json.decode(str(row["tags"]), type=list[str])
    return msgspec.convert({**row, "tags": tags}, Draft)


def _version(row: dict[str, object]) -> Version:
    return msgspec.convert({**row, "draft": _draft(row)}, Version)


def _source(row: dict[str, object]) -> Source | None:
    if row["session"] is None:
        return None
    told = {**row, "title": row["session_title"], "at": row["said_at"]}
    return msgspec.convert(told, Source)
