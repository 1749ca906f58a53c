"""The HTTP API of the log of staff acts: for owners."""

from __future__ import annotations

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import staff_log
from persistence.staff_log import Done
from rooms.model import Reason, Role
from web.house import house_of
from web.problems import Answer, Problem
from web.visitors import home_of, known_there, offset_of, signed_in_person

PAGE = 50


class StaffLog(Struct, frozen=True):
    """Newest first. `kept_days`: so long each act stands here; `more`: there are older ones."""

    acts: list[Done]
    more: bool
    kept_days: int


async def look(request: Request) -> Response:
    """What staff of the community did, newest first: for its owners."""
    offset = offset_of(request)
    async with house_of(request).database.read() as tx:
        who = await signed_in_person(tx, request)
        home = await home_of(tx, request, who)
        if (await known_there(tx, who, home.id)).role is not Role.OWNER:
            raise Problem(403, Reason.FORBIDDEN)
        found = await staff_log.latest(tx, home.id, offset=offset, limit=PAGE)
    return Answer(StaffLog(found.acts, found.more, staff_log.KEPT_DAYS))


ROUTES = [Route("/api/log", look)]
