"""The HTTP API of what a session came to: reading it, choosing what the library keeps of it, taking it home."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import archive, communities, harvest, outcomes
from persistence.database import Read
from persistence.drafts import Draft, Say, draft_of
from persistence.export import MEDIA, As, exported, filename
from persistence.gate import now_ms
from persistence.harvest import Choice, Found, Harvest, ItemEdited
from persistence.outcomes import line_id
from persistence.people import Member
from persistence.sessions import Session, SessionState
from rooms.model import Reason, Refused, Role
from rooms.text import clean_words
from web.catalogue import say
from web.house import house_of
from web.problems import Answer, Problem, language_of
from web.sessions import known_session
from web.visitors import body_of

TAGS = 12

Tag = Annotated[str, Meta(max_length=200)]


class Wished(Struct, frozen=True, forbid_unknown_fields=True):
    """An item as staff want it."""

    title: Annotated[str, Meta(max_length=400)]
    body: Annotated[str, Meta(max_length=50_000)]
    type: Literal["answer", "practice", "idea", "decision", "case", "link"]
    summary: Annotated[str, Meta(max_length=1_000)] = ""
    tags: Annotated[list[Tag], Meta(max_length=TAGS)] = []


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    """`draft`: what is kept, when it is; `publish`: for everybody, else for a curator first."""

    choice: Choice
    draft: Wished | None = None
    publish: bool = False


class LineOfOutcome(Struct, frozen=True):
    """`part_of`: the line it belongs to; `item`: what the library has of it, and its `status`; drafts only for staff;
    `draft`: for staff, what was kept, else what keeping it as it stands makes of it."""

    id: str
    room: str
    kind: str
    record: str
    about: str
    at: int
    text: str
    name: str
    votes: int
    heading: str
    answer: str
    part_of: str | None
    owner: str
    due: str
    choice: Choice
    item: str | None
    status: str | None
    draft: Draft | None


class SessionOfOutcome(Struct, frozen=True):
    id: str
    title: str
    purpose: str
    closed_on: str


class OutcomeOfSession(Struct, frozen=True):
    """`attendance`: how many came; `names`: who, where everything was said under a name (C7)."""

    session: SessionOfOutcome
    attendance: int
    names: list[str]
    may_harvest: bool
    lines: list[LineOfOutcome]


async def look(request: Request) -> Response:
    """What the session came to, for the community."""
    async with house_of(request).database.read() as tx:
        session, member = await _closed(tx, request)
        there = await outcomes.attendance(tx, session.id)
        found = await harvest.lines(tx, session.id)
        phrases = await _phrases(tx, session)
    closed_on = session.closed_on or session.created_on
    about = SessionOfOutcome(session.id, session.title, session.purpose, closed_on.isoformat())
    told = [_told(found, line, phrases if member.role.staff else None) for line in found]
    return Answer(OutcomeOfSession(about, there.count, there.names, member.role.staff, told))


async def choose(request: Request) -> Response:
    """Staff keep a line as an item of the library, drop it, or leave it open again."""
    house, body = house_of(request), await body_of(request, Chosen)
    draft = clean_draft(body.draft) if body.draft is not None else None
    if (draft is None) == (body.choice is Choice.KEPT):
        raise Problem(400, "bad_request")
    async with house.database.write() as tx:
        session, member = await _closed(tx, request, Role.MODERATOR)
        found = await harvest.lines(tx, session.id)
        line = _asked_for(request, found)
        phrases = await _phrases(tx, session)
        row = Harvest(session.community, line, harvest.notes_in(found, line), member.name, phrases, now_ms())
        try:
            if draft is not None:
                await row.keep(tx, draft, publish=body.publish)
            elif body.choice is Choice.DROPPED:
                await row.drop(tx)
            else:
                await row.leave(tx)
        except ItemEdited:
            raise Problem(409, "item_edited") from None
        found = await harvest.lines(tx, session.id)
    return Answer(_told(found, _asked_for(request, found), phrases))


async def export(request: Request) -> Response:
    """The whole session as a file."""
    told = request.query_params.get("as", As.MD)
    if told not in list(As):
        raise Problem(400, "bad_request")
    form = As(told)
    async with house_of(request).database.read() as tx:
        session, _ = await _closed(tx, request)
        found = await archive.archived(tx, session)
    lang = language_of(request)
    named = {"Content-Disposition": f'attachment; filename="{filename(found, form)}"'}
    return Response(exported(found, form, partial(say, lang)), media_type=MEDIA[form], headers=named)


ROUTES = [
    Route("/api/sessions/{session}/outcome", look),
    Route("/api/sessions/{session}/outcome/{line}", choose, methods=["PUT"]),
    Route("/api/sessions/{session}/export", export),
]


async def _closed(tx: Read, request: Request, least: Role = Role.MEMBER) -> tuple[Session, Member]:
    """The session asked for, of which it is known what it came to. Raises Problem."""
    session, member = await known_session(tx, request)
    if not member.role.includes(least):
        raise Problem(403, Reason.FORBIDDEN)
    if session.state is not SessionState.CLOSED:
        raise Problem(409, "not_closed")
    return session, member


async def _phrases(tx: Read, session: Session) -> Say:
    """In the community's language: what is drafted in it is the community's."""
    home = await communities.community(tx, session.community)
    assert home is not None  # a foreign key
    return partial(say, home.lang)


def _asked_for(request: Request, found: Sequence[Found]) -> Found:
    for line in found:
        if line.id == request.path_params["line"]:
            return line
    raise Problem(404, Reason.NOT_FOUND)


def _told(every: Sequence[Found], found: Found, phrases: Say | None) -> LineOfOutcome:
    """`phrases`: None where no draft is to be shown."""
    line, shown = found.line, phrases is not None or found.status != "draft"
    return LineOfOutcome(
        found.id,
        found.room,
        found.kind,
        line.record,
        line.about,
        line.at,
        line.text,
        line.by,
        line.votes,
        line.heading,
        line.answer,
        line_id(found.room, line.part_of) if line.part_of else None,
        line.owner,
        line.due,
        found.choice,
        found.item if shown else None,
        found.status if shown else None,
        _drafted(every, found, phrases) if phrases else None,
    )


def _drafted(every: Sequence[Found], found: Found, phrases: Say) -> Draft:
    if found.choice is Choice.KEPT and found.held is not None:
        return found.held
    return draft_of(found.line, harvest.notes_in(every, found), phrases)


def clean_draft(wished: Wished) -> Draft:
    """As the rest of Kring writes words. Raises Problem without a title."""
    tags = list(dict.fromkeys(tag for raw in wished.tags if (tag := _line(raw)[:40].rstrip())))
    title = _line(wished.title)[:200].rstrip()
    if not title:
        raise Problem(422, "item_title_empty")
    return Draft(title, _words(wished.summary), _words(wished.body), wished.type, tags)


def _words(raw: str) -> str:
    try:
        return clean_words(raw)
    except Refused:
        return ""


def _line(raw: str) -> str:
    return " ".join(_words(raw).split())
