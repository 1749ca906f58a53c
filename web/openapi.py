"""The HTTP API as one OpenAPI 3.1 document, made from its routes and what `described` says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from inspect import cleandoc
from typing import cast

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.described import DESCRIBED, Says
from web.house import house_of
from web.problems import Answer, Explained

Schema = dict[str, object]

HERE = "#/components/schemas/"
PROBES = ("/healthz", "/readyz", "/metrics")
JSON = "application/json"
ABOUT = """\
What is not live in Kring: coming in, lists, settings, the library. What is live goes over the socket (asyncapi.json).

Programs send `Authorization: Bearer` with a token that an owner made; browsers have a cookie, and count only when they
come from a page of this Kring. Whatever changes something has the header `X-Kring: 1`. Bodies are JSON of at most
64 KiB, and hold no fields but these. What is refused says why: `reason` is for programs and stays what it is, `text` is
for people, in the language of `Accept-Language` (nl, en). Instants are milliseconds since 1970, UTC."""
SECURITY: Schema = {
    "program": {"type": "http", "scheme": "bearer", "description": "Of a program, or of a screen for what it shows."},
    "browser": {"type": "apiKey", "in": "cookie", "name": "kring", "description": "Its name differs per server."},
}
BASE64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
MARK: Schema = {"name": "X-Kring", "in": "header", "required": True, "schema": {"type": "string", "const": "1"}}


class Undescribed(Exception):
    """An endpoint of which nobody wrote down what it takes and answers, or what it is for."""


class Endpoint(Struct, frozen=True):
    """A route by one of its methods. `about`: what it is for, in its own words."""

    method: str
    path: str
    name: str
    about: str

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"


def endpoints(routes: Sequence[BaseRoute]) -> list[Endpoint]:
    """Of the HTTP API, out of everything that is served."""
    return [
        Endpoint(method, route.path, route.name, cleandoc(route.endpoint.__doc__ or ""))
        for route in routes
        if isinstance(route, Route) and (route.path.startswith("/api/") or route.path in PROBES)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def openapi(routes: Sequence[BaseRoute], described: Mapping[str, Says] = DESCRIBED) -> Schema:
    """The document. Raises Undescribed."""
    found = endpoints(routes)
    for each in found:
        if each.key not in described:
            raise Undescribed(f"{each.key} has no line in web/described.py: say there what it takes and answers.")
        if not each.about:
            raise Undescribed(f"{each.key} has no docstring: say in one sentence what {each.name}() is for.")
    if gone := set(described) - {each.key for each in found}:
        raise Undescribed(f"web/described.py has lines for what is not there (any more): {', '.join(sorted(gone))}.")
    types = _Types([described[each.key] for each in found])
    paths: dict[str, Schema] = {}
    for each in sorted(found, key=lambda each: each.path):
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, described[each.key], types)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kring", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": types.schemas, "securitySchemes": SECURITY},
    }


class _Types:
    """The JSON schemas of everything that is taken and answered."""

    def __init__(self, every: Sequence[Says]) -> None:
        told = [each.answer for each in every if not isinstance(each.answer, str)]
        taken = [each.takes for each in every if each.takes is not None]
        asked = [type for each in every for type in each.asks.values()]
        self._types = [Explained, *told, *taken, *asked]
        refs, found = msgspec.json.schema_components(self._types, ref_template=HERE + "{name}")
        self._refs = refs
        self.schemas = cast(Schema, _tidy(dict(sorted(found.items()))))

    def of(self, type: object) -> Schema:
        return cast(Schema, _tidy(self._refs[self._types.index(type)]))


def _tidy(schema: object) -> object:
    """Without OpenAPI's discriminators, docstrings on one line, and saying of bytes what their text looks like."""
    if isinstance(schema, dict):
        more = {"pattern": BASE64} if schema.get("contentEncoding") == "base64" else {}
        return more | {
            key: " ".join(value.split()) if key == "description" and isinstance(value, str) else _tidy(value)
            for key, value in schema.items()
            if key != "discriminator"
        }
    return [_tidy(value) for value in schema] if isinstance(schema, list) else schema


def _operation(endpoint: Endpoint, says: Says, types: _Types) -> Schema:
    made: Schema = {
        "operationId": re.sub(r"\W+", "_", f"{endpoint.method.lower()}{endpoint.path}").strip("_"),
        "summary": endpoint.about.partition("\n")[0],
        "description": endpoint.about,
        "security": _security(says),
        "parameters": list(_parameters(endpoint, says, types)),
        "responses": _responses(says, types),
    }
    if says.takes is not None:
        made["requestBody"] = {"required": True, "content": {JSON: {"schema": types.of(says.takes)}}}
    return made


def _security(says: Says) -> list[Schema]:
    """An empty one among them: also without."""
    browser: list[Schema] = [{"browser": []}]
    allowed: list[Schema] = browser if says.browser else [{"program": []}, *browser]
    return [{}, *allowed] if says.anybody else allowed


def _parameters(endpoint: Endpoint, says: Says, types: _Types) -> Iterator[Schema]:
    for name in re.findall(r"{(\w+)}", endpoint.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    for name, type in says.asks.items():
        yield {"name": name, "in": "query", "schema": types.of(type)}
    if endpoint.method != "GET":
        yield MARK


def _responses(says: Says, types: _Types) -> Schema:
    if isinstance(says.answer, str):
        content: Schema = {says.answer: {"schema": {"type": "string"}}}
    else:
        content = {JSON: {"schema": types.of(says.answer)}}
    well = {str(status): {"description": "It went well.", "content": content} for status in (says.status, *says.also)}
    refused = {"description": "It did not; why.", "content": {JSON: {"schema": types.of(Explained)}}}
    return {**well, "default": refused}


async def document(request: Request) -> Response:
    """This description."""
    base = house_of(request).settings.base_path
    return Answer(openapi(request.app.routes) | ({"servers": [{"url": base}]} if base else {}))


ROUTES = [Route("/api/openapi.json", document)]
