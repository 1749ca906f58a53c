"""The HTTP API of boards: staff add one to a session."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import sessions
from persistence.sessions import BOARDS, BoardsFull, NotOpen, SessionState
from rooms.model import Reason, Refused
from web.columns import Template
from web.house import house_of
from web.problems import Answer, Problem
from web.sessions import Made, check_staff, known_session, title_of
from web.visitors import body_of


class NewBoard(Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, Meta(max_length=400)]
    template: Template = Template.EMPTY


async def add(request: Request) -> Response:
    """Staff add a board to a session: it works as the session does, and is open when that is: at once, or later."""
    house, body = house_of(request), await body_of(request, NewBoard)
    title = _title(body.title)
    async with house.database.read() as tx:
        found, member = await known_session(tx, request)
    check_staff(member)
    try:
        async with house.database.write() as tx:
            made = await sessions.add_board(tx, house.secrets, found, title=title, template=body.template)
    except NotOpen:
        locked = found.state is SessionState.LOCKED
        raise Problem(409, Reason.LOCKED if locked else Reason.CLOSED) from None
    except BoardsFull:
        raise Problem(409, "boards_full", most=BOARDS) from None
    await house.gatherings.settle(found.id)
    return Answer(Made(made.id), 201)


ROUTES = [Route("/api/sessions/{session}/boards", add, methods=["POST"])]


def _title(raw: str) -> str:
    try:
        return title_of(raw)
    except Refused:
        raise Problem(422, "board_title_empty") from None
