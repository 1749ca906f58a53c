"""Which ways in this Kring offers, beside a code and a link."""

from __future__ import annotations

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.house import house_of
from web.passkeys import possible
from web.problems import Answer


class WaysIn(Struct, frozen=True):
    """`mail`: it sends sign-in links; `passkeys`: where this page came from, browsers have them."""

    mail: bool
    passkeys: bool


async def offered(request: Request) -> Response:
    """Which ways in there are; for who isn't in as well."""
    return Answer(WaysIn(house_of(request).post is not None, possible(request)))


ROUTES = [Route("/api/ways-in", offered)]
