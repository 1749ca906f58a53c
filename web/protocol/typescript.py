"""The wire as TypeScript: a type for every message, command and record, and the few numbers a client needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum

import msgspec
from msgspec import Struct
from msgspec import inspect as shapes

from realtime import wire
from rooms.kind import Kind
from rooms.model import Command
from web.protocol.types import FROM_CLIENT, FROM_SERVER, Named, Types, doc_of, raw_of, shape_of, tag_of


def typescript(kinds: Mapping[str, Kind]) -> str:
    types = Types(kinds)
    sections = [
        "// Made by `python -m web.protocol` from the server's own types. Do not edit.\n",
        _constants(types),
        *(declaration(types, named) for named in types.names),
        _alias("ClientMessage", [types.names[struct] for struct in FROM_CLIENT]),
        _alias("ServerMessage", [types.names[struct] for struct in FROM_SERVER]),
        _alias("Command", [types.names[struct] for struct in types.commands]),
        _alias("Rec", [types.names[struct] for struct in types.records]),
        "/** record id → record */\nexport type Records = Readonly<Record<string, Rec>>;\n",
        _alias("Scalar", ["boolean", "number", "string", "null"]),
        _alias("Fact", ["boolean", "number", "string", "null"]),
    ]
    return "\n".join(sections)


def _constants(types: Types) -> str:
    limits = msgspec.to_builtins(wire.Limits())
    closes = {code.value: number for code, number in wire.CLOSE_CODES.items()}
    longest = {tag_of(c): found for c in types.commands if (found := dict(_longest(c)))}
    return (
        f"export const SUBPROTOCOL = {json.dumps(wire.JSON)};\n"
        f"export const LIMITS = {json.dumps(limits)} as const;\n"
        f"/** 4000–4499: come back, 4500–4999: stay away. */\n"
        f"export const CLOSE_CODES = {json.dumps(closes)} as const;\n"
        f"/** command → field → the most characters (code points) it may have */\n"
        f"export const MOST_CHARACTERS = {json.dumps(longest)} as const;\n"
    )


def _longest(command: type[Struct]) -> Iterator[tuple[str, int]]:
    for field in shape_of(command).fields:
        if isinstance(field.type, shapes.StrType) and field.type.max_length is not None:
            yield field.encode_name, field.type.max_length


def declaration(types: Types, named: Named) -> str:
    """The exported type of a Struct or enum, its docstring above it."""
    doc, name = doc_of(named), types.names[named]
    comment = f"/** {doc} */\n" if doc else ""
    if issubclass(named, Enum):
        return comment + _alias(name, [json.dumps(member.value) for member in named])
    shape = shape_of(named)
    lines = [f"  readonly {shape.tag_field}: {json.dumps(shape.tag)};"] if shape.tag_field else []
    lines += [f"  readonly {_field(types, named, field)};" for field in shape.fields]
    return f"{comment}export interface {name} {{\n" + "\n".join(lines) + "\n}\n"


def _field(types: Types, struct: type[Struct], field: shapes.Field) -> str:
    from_client = issubclass(struct, wire.ToServer | Command)
    optional = not field.required and (from_client or struct.__struct_config__.omit_defaults)
    kind = raw_of(field) or _type(types, field.type)
    if optional and not from_client and field.default is None:
        kind = kind.removesuffix(" | null")  # a default is left out, so null is never sent
    return f"{field.encode_name}{'?' if optional else ''}: {kind}"


def _type(types: Types, shape: shapes.Type) -> str:
    match shape:
        case shapes.Metadata():
            return _type(types, shape.type)
        case shapes.EnumType() | shapes.StructType():
            return types.names[shape.cls]
        case shapes.StrType():
            return "string"
        case shapes.IntType() | shapes.FloatType():
            return "number"
        case shapes.BoolType():
            return "boolean"
        case shapes.NoneType():
            return "null"
        case shapes.LiteralType():
            return " | ".join(json.dumps(value) for value in shape.values)
        case shapes.UnionType():
            ordered = sorted(shape.types, key=lambda inner: isinstance(inner, shapes.NoneType))
            return " | ".join(dict.fromkeys(_type(types, inner) for inner in ordered))
        case shapes.CollectionType():
            inner = _type(types, shape.item_type)
            return f"readonly ({inner})[]" if " " in inner else f"readonly {inner}[]"
        case shapes.TupleType():
            return f"readonly [{', '.join(_type(types, inner) for inner in shape.item_types)}]"
        case shapes.DictType():
            key, value = _type(types, shape.key_type), _type(types, shape.value_type)
            mapping = f"Readonly<Record<{key}, {value}>>"
            return mapping if key == "string" else f"Partial<{mapping}>"
    raise TypeError(f"no TypeScript for {shape!r}")


def _alias(name: str, choices: list[str]) -> str:
    return f"export type {name} = {' | '.join(choices)};\n"
