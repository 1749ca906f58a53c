"""What the description of the HTTP API allows, and what it forbids, asked of a real server: nothing in it surprises."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from rooms.model import Role
from tests.web.site import Site, site
from web import sessions
from web.app import build
from web.described import DESCRIBED, Says
from web.openapi import openapi
from web.security import BODY_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

CASES = int(os.environ.get("KRING_TEST_API_CASES", "8"))
"""For each operation, twice; from a seed of its own, always the same."""
EXPECTED = ["2xx", "401", "403", "404", "409", "410", "422"]
"""What may become of a request that is as described; 422: it is, and still says nothing, such as a name of spaces."""
REFUSED = ["400", "401", "403", "404", "405", "409", "410", "413", "422"]
"""What may become of one that is not; 413: it is larger than any may be."""
ITEM = {"title": "Wool", "summary": "", "body": "", "type": "idea", "tags": [], "status": "published"}
ONE_NEEDS_ANOTHER = {"PUT /api/sessions/{session}/outcome/{line}": "only what is kept has a draft"}
"""Operations whose body can be as described and wrong."""


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


def plain(node: object) -> object:
    """The description as schemathesis can use it: it takes the members of a tuple for something else, and tries to
    come in without being signed in, which the tests of rights do for every person and state."""
    if isinstance(node, dict):
        left_out = {"prefixItems", "items"} if "prefixItems" in node else {"security", "securitySchemes"}
        return {key: plain(value) for key, value in node.items() if key not in left_out}
    return [plain(each) for each in node] if isinstance(node, list) else node


def described(kring: Site, lines: Mapping[str, Says] = DESCRIBED) -> Any:
    routes = build(kring.house.settings).routes
    schema = schemathesis.openapi.from_dict(msgspec.convert(plain(openapi(routes, lines)), dict[str, object]))
    schema.config.checks.positive_data_acceptance.expected_statuses = EXPECTED
    schema.config.checks.negative_data_rejection.expected_statuses = REFUSED
    return schema


async def known(kring: Site, path: str) -> dict[str, str]:
    """Names that stand for something, for the places in a path."""
    names = {"room": kring.room, "version": "1"}
    made = {
        "session": ("/api/sessions", {"title": "Evening"}),
        "item": ("/api/library", ITEM),
        "program": ("/api/programs", {"name": "Bot", "role": "guest"}),
        "invitation": ("/api/invitations", {"role": "member"}),
    }
    async with kring.signed_in(Role.OWNER) as owner:
        for name, (address, body) in made.items():
            if f"{{{name}}}" in path:
                names[name] = (await owner.post(address, json=body)).json()["id"]
    return {name: id for name, id in names.items() if f"{{{name}}}" in path}


def whole(value: object) -> object:
    """JSON makes no difference between 3 and 3.0, and everything that writes JSON writes 3."""
    if isinstance(value, dict):
        return {key: whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


class Asking:
    """One operation, asked as an owner; `surprises`: what went otherwise than is described."""

    def __init__(self, kring: Site, cookie: str, operation: Any) -> None:
        self.kring, self.operation = kring, operation
        self.headers = {"Origin": kring.base, "Cookie": cookie}
        self.asked, self.surprises = 0, list[str]()

    def all(self, mode: GenerationMode, names: Mapping[str, str]) -> None:
        cases = self.operation.as_strategy(generation_mode=mode, path_parameters=dict(names) or None)

        @settings(
            max_examples=CASES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def ask(case: Case[Any]) -> None:
            self.ask(case)

        try:
            ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, "there is always a right way to ask"
            assert self.operation.method == "get", "a body can always be wrong"

    def ask(self, case: Case[Any]) -> None:
        self.asked += 1
        case.body = whole(case.body)  # type: ignore[assignment]
        answer = case.call(base_url=self.kring.base, headers=self.headers, timeout=20)
        if answer.status_code == 413:  # whatever else is wrong with it: the API says so of all bodies
            assert int(answer.request.headers["Content-Length"]) > BODY_BYTES
            return
        if self.operation.label in ONE_NEEDS_ANOTHER and answer.status_code == 400:
            return
        try:
            lenient: Any = (
                [negative_data_rejection] if case.method == "GET" else None
            )  # what a query can't mean, it doesn't
            case.validate_response(answer, headers=self.headers, excluded_checks=lenient)
        except (AssertionError, BaseExceptionGroup) as surprise:
            every = surprise.exceptions if isinstance(surprise, BaseExceptionGroup) else [surprise]
            self.surprises += [f"{self.operation.label} {case.body!r}: {each}" for each in every]


async def surprises(kring: Site, schema: Any, only: str = "") -> list[str]:
    """Each operation is asked by an owner of its own, for some sign out."""
    found: list[str] = []
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        if operation.label == (only or operation.label):
            names = await known(kring, operation.path)
            async with kring.signed_in(Role.OWNER) as owner:
                cookie = "; ".join(f"{name}={value}" for name, value in owner.cookies.items())
                asking = Asking(kring, cookie, operation)
                await asyncio.to_thread(asking.all, GenerationMode.POSITIVE, names)
                assert asking.asked, operation.label
                await asyncio.to_thread(asking.all, GenerationMode.NEGATIVE, {})
                found += asking.surprises
    assert len(operations) > 60
    return found


async def test_nothing_that_is_described_surprises(kring: Site) -> None:
    assert await surprises(kring, described(kring)) == []


async def test_the_control_an_answer_that_is_not_as_described_is_found(kring: Site) -> None:
    lines = {**DESCRIBED, "GET /api/me": Says(sessions.Made, anybody=True)}
    (found, *_) = await surprises(kring, described(kring, lines), only="GET /api/me")
    assert '"id" is a required property' in found


async def test_the_control_a_fault_of_the_server_is_found(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: str) -> str:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("web.sessions._purpose", broken)
    found = await surprises(kring, described(kring), only="POST /api/sessions")
    assert any("Server error" in each for each in found)
