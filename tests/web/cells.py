"""The cells of the authorisation tables: an example of every command, and somebody of every role."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
from msgspec import Struct
from msgspec.inspect import (
    BoolType,
    EnumType,
    Field,
    IntType,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    type_info,
)

from rooms.lifecycle import tag
from rooms.model import Command, Role
from tests.web.gathering import Seat, inside, seated
from tests.web.site import Site

PEOPLE = (Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)
NOWHERE = "0" * 16
"""A record that no room has."""


def example(command: type[Command], **given: object) -> dict[str, object]:
    """A command that decodes, about nothing that is there but for what is `given`."""
    known = shape_of(command)
    needed = {field.encode_name: _value(field) for field in known.fields if field.required}
    fitting = {name: value for name, value in given.items() if name in {f.encode_name for f in known.fields}}
    found = {"t": tag(command), **needed, **fitting}
    msgspec.convert(found, command)
    return found


@functools.cache
def shape_of(command: type[Command]) -> StructType:
    """Its fields and their types; looking is slow."""
    found = type_info(command)
    assert isinstance(found, StructType)
    return found


def _value(field: Field) -> object:
    return _of_type(field.type, field.encode_name)


def _of_type(type: Type, name: str) -> object:
    match type:
        case StrType():
            return "Tekst" if name in WORDS else NOWHERE
        case IntType(ge=least, gt=over):
            return least if least is not None else over + 1 if over is not None else 0
        case BoolType():
            return True
        case EnumType(cls=values):
            return next(iter(values)).value
        case NoneType():
            return None
        case UnionType(types=types):
            return None if any(isinstance(each, NoneType) for each in types) else _of_type(types[0], name)
    raise AssertionError(f"{name}: no example of {type}")


WORDS = ("text", "title", "hint", "label", "note_text")


class Ways(Struct, frozen=True):
    """A browser of somebody of each role, and what a screen has instead: its token."""

    browsers: Mapping[Role, httpx2.AsyncClient]

    def of(self, role: Role) -> httpx2.AsyncClient:
        return self.browsers[role]


@asynccontextmanager
async def everybody(kring: Site) -> AsyncIterator[Ways]:
    """Of each role somebody; the guest is one of the community's chat only, until they join a session."""
    async with AsyncExitStack() as stack:
        browsers = {role: await stack.enter_async_context(kring.signed_in(role)) for role in PEOPLE[1:]}
        guest = await stack.enter_async_context(inside(kring, kring.code, "Gast"))
        yield Ways({**browsers, Role.GUEST: guest})


async def let_in(ways: Ways, code: str) -> None:
    """The guest comes into a session by its code."""
    joined = await ways.of(Role.GUEST).post("/api/join", json={"code": code})
    assert joined.status_code == 200, joined.text


async def screen_token(kring: Site, owner: httpx2.AsyncClient, session: str) -> str:
    """Of a screen that shows a session's Q&A."""
    made = await owner.post(f"/api/sessions/{session}/screen")
    assert made.status_code == 200, made.text
    link = urlsplit(made.json()["url"]).fragment
    async with kring.browser() as venue:
        answer = await venue.post("/api/sign-in", json={"token": link})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])


@asynccontextmanager
async def seats(kring: Site, ways: Ways, room: str, screen: str | None = None) -> AsyncIterator[dict[Role, Seat]]:
    """Everybody in one room, each over a socket of their own."""
    async with AsyncExitStack() as stack:
        found = {role: await stack.enter_async_context(seated(kring, room, ways.of(role))) for role in PEOPLE}
        if screen is not None:
            found[Role.SCREEN] = await stack.enter_async_context(seated(kring, room, token=screen))
        yield found


def reason_of(answer: Mapping[str, Any]) -> str | None:
    """Why a command was refused; None: it was done."""
    assert answer["t"] in ("done", "refused"), answer
    return str(answer["reason"]) if answer["t"] == "refused" else None
