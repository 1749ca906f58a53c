"""The wire as one AsyncAPI 3 document, seen from the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import msgspec
from msgspec import Struct

from realtime import wire
from rooms import lifecycle
from rooms.kind import Kind
from web.protocol.types import FROM_CLIENT, FROM_SERVER, Types, doc_of, raw_of, records_of, shape_of, tag_of

Schema = dict[str, object]

ANSWERS: Mapping[type[Struct], tuple[type[Struct], ...]] = {
    wire.Hello: (wire.Welcome, wire.Bye),
    wire.Join: (wire.Joined, wire.RefusedMessage),
    wire.Do: (wire.Done, wire.RefusedMessage),
    wire.Page: (wire.Paged, wire.RefusedMessage),
    wire.Leave: (wire.Left,),
    wire.Ping: (wire.Pong,),
}
"""What a message is answered with; a whisper is not."""
UNASKED: tuple[type[Struct], ...] = (
    wire.Change,
    wire.Presence,
    wire.Whispered,
    wire.Joined,
    wire.RefusedMessage,
    wire.Bye,
)
"""What a server sends of its own accord."""

MESSAGES = (*FROM_CLIENT, *FROM_SERVER)
HERE = "#/components/schemas/"
HEADERS: Schema = {
    "type": "object",
    "properties": {"Sec-WebSocket-Protocol": {"type": "string", "enum": list(wire.SUBPROTOCOLS)}},
}
ABOUT = "The live protocol kring.v1. Read README.md beside this file first: it says how the messages go together."
ABOUT_SOCKET = (
    f"One socket carries many rooms. Offer the subprotocol {wire.MSGPACK} (binary messages) or {wire.JSON} "
    "(text messages; also what the server speaks when none is offered). The schemas hold for both."
)


def asyncapi(kinds: Mapping[str, Kind]) -> Schema:
    """The whole protocol as one AsyncAPI 3 document, seen from the server."""
    types = Types(kinds)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Kring", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "channels": {
            "socket": {
                "address": "/ws",
                "description": ABOUT_SOCKET,
                "messages": {types.names[m]: _ref(f"#/components/messages/{types.names[m]}") for m in MESSAGES},
                "bindings": {"ws": {"method": "GET", "headers": HEADERS, "bindingVersion": "0.1.0"}},
            }
        },
        "operations": dict(_operations(types)),
        "components": {"messages": {types.names[m]: _message(types, m) for m in MESSAGES}, "schemas": _schemas(types)},
        "x-limits": msgspec.to_builtins(wire.Limits()) | {"depth": wire.DEPTH},
        "x-close-codes": {code.value: number for code, number in wire.CLOSE_CODES.items()},
        "x-kinds": {kind.name: _kind(types, kind) for kind in kinds.values()},
    }


def _operations(types: Types) -> Iterator[tuple[str, Schema]]:
    channel = _ref("#/channels/socket")

    def on_channel(messages: Iterable[type[Struct]]) -> list[Schema]:
        return [_ref(f"#/channels/socket/messages/{types.names[message]}") for message in messages]

    for message in FROM_CLIENT:
        operation: Schema = {"action": "receive", "channel": channel, "messages": on_channel([message])}
        if message in ANSWERS:
            operation["reply"] = {"channel": channel, "messages": on_channel(ANSWERS[message])}
        yield f"receive{types.names[message]}", operation
    for message in UNASKED:
        yield f"send{types.names[message]}", {"action": "send", "channel": channel, "messages": on_channel([message])}


def _message(types: Types, message: type[Struct]) -> Schema:
    return {"name": tag_of(message), "summary": doc_of(message), "payload": _ref(HERE + types.names[message])}


def _kind(types: Types, kind: Kind) -> Schema:
    return {
        "version": kind.version,
        "commands": {tag_of(c): _ref(HERE + types.names[c]) for c in kind.command_types},
        "records": {tag_of(r): _ref(HERE + types.names[r]) for r in records_of(kind)},
        "refusals": sorted(kind.reasons | lifecycle.REASONS),
        "least role": {tag_of(c): _least(rights) for c, rights in kind.table.items()},
    }


def _least(rights: lifecycle.Rights) -> dict[str, str | None]:
    return {state.value: rights.least(state) for state in lifecycle.State}


def _schemas(types: Types) -> Schema:
    """Every type's JSON schema under its name here, the commands and records put in where the wire leaves them raw."""
    every = list(types.names)
    refs, found = msgspec.json.schema_components(every, ref_template=HERE + "{name}")
    renamed = {cast(str, ref["$ref"]): HERE + types.names[named] for ref, named in zip(refs, every, strict=True)}
    schemas = {renamed[HERE + name].removeprefix(HERE): _tidy(schema, renamed) for name, schema in found.items()}
    for struct in FROM_CLIENT + FROM_SERVER:
        properties = cast("dict[str, Schema]", cast(Schema, schemas[types.names[struct]])["properties"])
        for field in shape_of(struct).fields:
            if (held := raw_of(field)) is not None:
                properties[field.encode_name] = _ref(HERE + held)
    schemas["Command"] = {"oneOf": [_ref(HERE + types.names[command]) for command in types.commands]}
    schemas["Record"] = {"oneOf": [_ref(HERE + types.names[record]) for record in types.records]}
    schemas["Records"] = {"type": "object", "additionalProperties": _ref(HERE + "Record")}
    return dict(sorted(schemas.items()))


def _tidy(schema: object, renamed: Mapping[str, str]) -> object:
    """The schema with our names, without OpenAPI's discriminators (every message's `t` is an enum of one already)."""
    if isinstance(schema, dict):
        return {key: _tidy(value, renamed) for key, value in schema.items() if key != "discriminator"}
    if isinstance(schema, list):
        return [_tidy(value, renamed) for value in schema]
    return renamed.get(schema, schema) if isinstance(schema, str) else schema


def _ref(to: str) -> Schema:
    return {"$ref": to}
