"""The HTTP API of the library: looking for something, reading an item, writing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import library, people, sessions
from persistence.database import Read
from persistence.gate import now_ms
from persistence.library import Item, Stale, Version
from persistence.markdown import html
from persistence.people import Member
from persistence.search import Facets, Found, Hit, Narrowed, Reader, newest
from persistence.search import search as find
from persistence.snippets import Parts
from rooms.model import Reason, Role
from web.harvest import Wished, clean_draft
from web.house import house_of
from web.problems import Answer, Problem
from web.sessions import check_staff
from web.visitors import body_of, home_of, known_there, offset_of, signed_in_person

MOST_WORDS = 12

Status = Literal["draft", "published", "outdated"]


class NewItem(Wished, frozen=True, forbid_unknown_fields=True):
    status: Status = "draft"


class EditedItem(Wished, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was edited."""

    version: Annotated[int, Meta(ge=1, lt=2**31)]
    status: Status


class Preview(Struct, frozen=True, forbid_unknown_fields=True):
    body: Annotated[str, Meta(max_length=50_000)]


class SessionOfHit(Struct, frozen=True):
    id: str
    title: str


class HitInList(Struct, frozen=True):
    """`where`: item, or the kind of room it was said in; `id`: of the item or the record."""

    where: str
    id: str
    room: str | None
    session: SessionOfHit | None
    at: int
    title: Parts
    text: Parts
    type: str | None
    tags: Sequence[str]
    status: str | None
    name: str


class FacetsOfHits(Struct, frozen=True):
    """Value and how many; sessions with their title between."""

    type: Sequence[tuple[str, int]]
    tag: Sequence[tuple[str, int]]
    session: Sequence[tuple[str, str, int]]
    status: Sequence[tuple[str, int]]


class Hits(Struct, frozen=True):
    """`total`: of very many, only how many were looked at; `instead`: the words that were looked for, if others."""

    hits: list[HitInList]
    total: int
    more: bool
    facets: FacetsOfHits
    instead: str | None


class SessionOfSource(Struct, frozen=True):
    id: str
    title: str
    closed_on: date | None


class SourceOfItem(Struct, frozen=True):
    session: SessionOfSource
    room: str
    kind: str
    record: str
    at: int
    votes: int


class VersionInList(Struct, frozen=True):
    version: int
    at: int
    name: str
    status: str


class ItemToRead(Struct, frozen=True):
    """`html`: its body, safe to show."""

    id: str
    title: str
    summary: str
    body: str
    html: str
    type: str
    tags: list[str]
    status: str
    version: int
    updated_at: int
    contributors: Sequence[str]
    may_edit: bool
    source: SourceOfItem | None
    versions: list[VersionInList]


class VersionToRead(Struct, frozen=True):
    version: int
    at: int
    name: str
    title: str
    summary: str
    body: str
    type: str
    tags: list[str]
    status: str


class Made(Struct, frozen=True):
    id: str


class Saved(Struct, frozen=True):
    version: int


class Shown(Struct, frozen=True):
    html: str


# ---- looking for something -------------------------------------------------------------------------------------------


async def search(request: Request) -> Response:
    """Items and what was said, as far as who asks may read it; without words, the newest items."""
    narrowed, offset = _narrowed(request), offset_of(request)
    typed = request.query_params.get("q", "")
    async with house_of(request).database.read() as tx:
        reader = await _reader(tx, request)
        found = await find(tx, reader, typed, narrowed, offset=offset) if typed.strip() else None
        if found is None:
            found = await newest(tx, reader, narrowed, offset=offset)
        titles = await sessions.titles(tx, {id for id, _ in found.facets.session} | _sessions(found.hits))
    return Answer(_told(found, titles))


async def tags(request: Request) -> Response:
    """The tags of its items, and how often each is used; the most used first."""
    async with house_of(request).database.read() as tx:
        member = await _member(tx, request)
        return Answer(await library.tags(tx, member.community, drafts=member.role.staff))


async def _reader(tx: Read, request: Request) -> Reader:
    """Members read all of their community, staff drafts as well; guests their own session while it is open."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    member = await known_there(tx, who, home.id)
    if member.role.includes(Role.MEMBER):
        return Reader(home.id, drafts=member.role.staff)
    return Reader(home.id, rooms=await sessions.live_rooms_of(tx, who.person.id))


def _narrowed(request: Request) -> Narrowed:
    asked = request.query_params
    return Narrowed(
        asked.getlist("type")[:MOST_WORDS],
        asked.getlist("tag")[:MOST_WORDS],
        asked.getlist("session")[:MOST_WORDS],
        asked.getlist("status")[:MOST_WORDS],
        _day(asked.get("from")),
        _day(asked.get("to")),
    )


def _day(told: str | None) -> date | None:
    """Raises Problem."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise Problem(400, "bad_request") from None


def _sessions(hits: Sequence[Hit]) -> set[str]:
    return {hit.session for hit in hits if hit.session}


def _told(found: Found, titles: dict[str, str]) -> Hits:
    hits = [
        HitInList(
            hit.kind,
            hit.record,
            hit.room,
            SessionOfHit(hit.session, titles[hit.session]) if hit.session in titles else None,
            hit.at,
            hit.title,
            hit.text,
            hit.type,
            hit.tags,
            hit.status,
            hit.name,
        )
        for hit in found.hits
    ]
    return Hits(hits, found.total, found.more, _facets(found.facets, titles), found.instead)


def _facets(facets: Facets, titles: dict[str, str]) -> FacetsOfHits:
    gatherings = [(id, titles[id], often) for id, often in facets.session if id in titles]
    return FacetsOfHits(facets.type, facets.tag, gatherings, facets.status)


# ---- an item ---------------------------------------------------------------------------------------------------------


async def read(request: Request) -> Response:
    """An item, with where it comes from and which versions it has."""
    async with house_of(request).database.read() as tx:
        item, member = await _item(tx, request)
        every = await library.versions(tx, item.id)
    seen = [each for each in every if member.role.staff or each.status != "draft"]
    draft, now = item.newest.draft, item.newest
    return Answer(
        ItemToRead(
            item.id,
            draft.title,
            draft.summary,
            draft.body,
            html(draft.body),
            draft.type,
            draft.tags,
            now.status,
            now.version,
            now.at,
            item.contributors,
            member.role.staff,
            _source(item),
            [VersionInList(each.version, each.at, each.name, each.status) for each in seen],
        )
    )


async def read_version(request: Request) -> Response:
    """An item as it once was."""
    told = request.path_params["version"]
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
    async with house_of(request).database.read() as tx:
        item, member = await _item(tx, request)
        found = await library.version(tx, item.id, number)
    if found is None or (found.status == "draft" and not member.role.staff):
        raise Problem(404, Reason.NOT_FOUND)
    return Answer(_version(found))


async def create(request: Request) -> Response:
    """Staff write a new item."""
    body = await body_of(request, NewItem)
    async with house_of(request).database.write() as tx:
        member = await _member(tx, request)
        check_staff(member)
        draft = clean_draft(body)
        id = await library.create(tx, member.community, draft, body.status, name=member.name, now=now_ms())
    return Answer(Made(id), status_code=201)


async def save(request: Request) -> Response:
    """A new version; who saved in between is never overwritten."""
    body = await body_of(request, EditedItem)
    async with house_of(request).database.write() as tx:
        item, member = await _item(tx, request)
        check_staff(member)
        try:
            version = await library.save(
                tx, item.id, body.version, clean_draft(body), body.status, name=member.name, now=now_ms()
            )
        except Stale as stale:
            raise Problem(409, Reason.STALE, version=stale.version) from None
    return Answer(Saved(version))


async def preview(request: Request) -> Response:
    """What a text will look like."""
    body = await body_of(request, Preview)
    async with house_of(request).database.read() as tx:
        check_staff(await _member(tx, request))
    return Answer(Shown(html(body.body)))


async def _member(tx: Read, request: Request) -> Member:
    """Who asks. Raises Problem for guests: the library is the community's."""
    who = await signed_in_person(tx, request)
    home = await home_of(tx, request, who)
    member = await known_there(tx, who, home.id)
    if not member.role.includes(Role.MEMBER):
        raise Problem(403, Reason.FORBIDDEN)
    return member


async def _item(tx: Read, request: Request) -> tuple[Item, Member]:
    """The item asked for. Drafts are there for staff only. Raises Problem."""
    who = await signed_in_person(tx, request)
    found = await library.item(tx, request.path_params["item"])
    member = await people.member(tx, who.person.id, found.community) if found else None
    if found is None or member is None:
        raise Problem(404, Reason.NOT_FOUND)
    if not member.role.includes(Role.MEMBER):
        raise Problem(403, Reason.FORBIDDEN)
    if found.newest.status == "draft" and not member.role.staff:
        raise Problem(404, Reason.NOT_FOUND)
    return found, member


def _source(item: Item) -> SourceOfItem | None:
    told = item.source
    if told is None:
        return None
    gathering = SessionOfSource(told.session, told.title, told.closed_on)
    return SourceOfItem(gathering, told.room, told.kind, told.record, told.at, told.votes)


def _version(found: Version) -> VersionToRead:
    draft = found.draft
    return VersionToRead(
        found.version,
        found.at,
        found.name,
        draft.title,
        draft.summary,
        draft.body,
        draft.type,
        draft.tags,
        found.status,
    )


ROUTES = [
    Route("/api/library", search),
    Route("/api/library", create, methods=["POST"]),
    Route("/api/library/tags", tags),
    Route("/api/library/preview", preview, methods=["POST"]),
    Route("/api/library/{item}", read),
    Route("/api/library/{item}", save, methods=["PUT"]),
    Route("/api/library/{item}/versions/{version}", read_version),
]
