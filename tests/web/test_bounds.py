"""Nothing that can be sent has a field without a bound: what is too large is refused while it is read."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Annotated

import pytest
from msgspec import Meta, Struct
from msgspec.inspect import (
    BoolType,
    BytesType,
    DictType,
    EnumType,
    FloatType,
    IntType,
    ListType,
    LiteralType,
    NoneType,
    RawType,
    StrType,
    StructType,
    Type,
    UnionType,
    type_info,
)

import web
from rooms.kind import kinds


def sendable() -> Iterator[type[Struct]]:
    """The bodies of requests, by what only they forbid; the messages of the wire, and the commands in them."""
    for module in pkgutil.iter_modules(web.__path__):
        if module.name not in ("build_hook",):
            importlib.import_module(f"web.{module.name}")
    waiting = list(Struct.__subclasses__())
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        if shape.__struct_config__.forbid_unknown_fields and shape.__module__.startswith(("web.", "realtime.")):
            yield shape
    for kind in kinds().values():
        yield from kind.command_types


def unbounded(type: Type, where: str) -> Iterator[str]:
    match type:
        case StrType(max_length=None, pattern=None) | BytesType(max_length=None):
            yield where
        case IntType(ge=least, gt=over, le=most, lt=under):
            if (least is None and over is None) or (most is None and under is None):
                yield where
        case ListType(max_length=most, item_type=inner):
            yield from [where] if most is None else unbounded(inner, where)
        case DictType(max_length=most, key_type=key, value_type=value):
            yield from [where] if most is None else [*unbounded(key, where), *unbounded(value, where)]
        case UnionType(types=types):
            for each in types:
                yield from unbounded(each, where)
        case StructType(fields=fields, cls=shape):
            for field in fields:
                yield from unbounded(field.type, f"{where or shape.__name__}.{field.name}")
        case BoolType() | EnumType() | LiteralType() | NoneType() | FloatType() | RawType() | StrType() | BytesType():
            pass
        case _:
            yield f"{where}: {type}"


def test_everything_that_can_be_sent_is_bounded() -> None:
    shapes = list(sendable())
    assert len(shapes) > 60
    assert [where for shape in shapes for where in unbounded(type_info(shape), "")] == []


class Loose(Struct, forbid_unknown_fields=True):
    text: str
    count: Annotated[int, Meta(ge=0)]
    tags: Annotated[list[str], Meta(max_length=9)]
    fine: Annotated[str, Meta(max_length=9)] | None


def test_a_field_without_a_bound_would_be_found() -> None:
    assert list(unbounded(type_info(Loose), "")) == ["Loose.text", "Loose.count", "Loose.tags"]


@pytest.mark.parametrize("shape", ["NewSession", "Do", "Post"])
def test_the_shapes_are_found(shape: str) -> None:
    assert shape in {found.__name__ for found in sendable()}
