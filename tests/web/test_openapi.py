"""What is written about the HTTP API is what it does: every endpoint is described."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from inspect import getsource
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tests.web.process import CHECKOUT
from tests.web.site import Site, site
from tests.web.test_protocol import missing_refs
from web.app import build
from web.described import DESCRIBED, Nothing, Says
from web.openapi import Undescribed, endpoints, openapi
from web.settings import Settings

COMMITTED = CHECKOUT / "docs/protocol/openapi.json"


def routes() -> Sequence[BaseRoute]:
    return build(Settings()).routes


def test_every_endpoint_is_described() -> None:
    """Fails with a sentence that says what to do."""
    document: dict[str, Any] = openapi(routes())
    told = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert told == {each.key for each in endpoints(routes())}
    assert len(told) > 60


def test_every_reference_leads_somewhere() -> None:
    assert not missing_refs(openapi(routes()))


async def new(request: Request) -> Response:
    """Something that nobody described."""
    return Response()


async def mute(request: Request) -> Response:
    return Response()


@pytest.mark.parametrize(
    ("more", "lines", "told"),
    [
        ([Route("/api/new", new)], {}, r"GET /api/new has no line in web/described\.py: say there"),
        ([Route("/api/mute", mute)], {"GET /api/mute": Says(Nothing)}, r"GET /api/mute has no docstring: .* mute\(\)"),
        ([], {"GET /api/gone": Says(Nothing)}, r"lines for what is not there \(any more\): GET /api/gone"),
    ],
)
def test_the_control_what_is_not_described_is_said(more: list[BaseRoute], lines: Mapping[str, Says], told: str) -> None:
    with pytest.raises(Undescribed, match=told):
        openapi([*routes(), *more], {**DESCRIBED, **lines})


def test_what_takes_a_body_says_which() -> None:
    """Each `body_of(request, X)` in an endpoint's source is what `described` says it takes."""

    wrong = []
    for route in routes():
        if isinstance(route, Route) and route.path.startswith("/api/"):
            (method,) = (route.methods or set()) - {"HEAD"}
            taken = re.search(r"body_of\(request, (\w+)\)", getsource(route.endpoint))
            says = DESCRIBED[f"{method} {route.path}"].takes
            if (taken[1] if taken else None) != (says.__name__ if says else None):
                wrong.append(f"{method} {route.path}")
    assert wrong == []


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


async def test_a_kring_tells_it_of_itself_as_it_is_committed(kring: Site) -> None:
    async with kring.browser() as anybody:
        answer = await anybody.get("/api/openapi.json")
        assert answer.json() == json.loads(COMMITTED.read_text()), "run: python -m web.protocol"
