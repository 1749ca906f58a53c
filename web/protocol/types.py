"""Which types the wire can carry, and what each is called outside Python."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import cast, get_args

from msgspec import Struct
from msgspec import inspect as shapes

from realtime import wire
from rooms.kind import Kind
from rooms.model import Command, Reason, Record

FROM_CLIENT: tuple[type[Struct], ...] = get_args(wire.ClientMessage)
FROM_SERVER: tuple[type[Struct], ...] = get_args(wire.ServerMessage)

_RAW = {"cmd": "Command", "put": "Records"}

Named = type[Struct] | type[Enum]


class Types:
    """Every Struct and enum that the wire can carry, each with one name of its own."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self.names: dict[Named, str] = {}
        for message in (*FROM_CLIENT, *FROM_SERVER):
            self._add(message, owner="")
        self._add(Reason, owner="")
        for kind in kinds.values():
            for struct in (*kind.command_types, *records_of(kind)):
                self._add(struct, owner=kind.name)

    @property
    def commands(self) -> list[type[Struct]]:
        return [named for named in self.names if issubclass(named, Command)]

    @property
    def records(self) -> list[type[Struct]]:
        return [named for named in self.names if issubclass(named, Record)]

    def _add(self, named: Named, owner: str) -> None:
        for found in reachable(named):
            if found in self.names:
                continue
            name = self._name(found, owner)
            if name in self.names.values():
                raise ValueError(f"two types would be called {name}; the second is {found!r}")
            self.names[found] = name

    def _name(self, named: Named, owner: str) -> str:
        """`chat.post` is ChatPost and `room` RoomRecord; what has no tag is called after its kind and class."""
        if issubclass(named, Command | Record):
            tag = tag_of(named)
            suffix = "" if "." in tag else "Record" if issubclass(named, Record) else "Command"
            return pascal(tag) + suffix
        in_kind = named.__module__.rpartition(".")[0] == "rooms.kinds"
        return (pascal(owner) if in_kind else "") + named.__name__


def reachable(root: Named) -> Iterator[Named]:
    """The type itself and every Struct and enum its fields lead to."""
    seen: set[object] = set()

    def walk(shape: shapes.Type) -> Iterator[Named]:
        if isinstance(shape, shapes.EnumType | shapes.StructType):
            if shape.cls in seen:
                return
            seen.add(shape.cls)
            yield shape.cls
        for inner in parts(shape):
            yield from walk(inner)

    return walk(shapes.type_info(root))


def parts(shape: shapes.Type) -> Iterable[shapes.Type]:
    """The types a type is directly made of."""
    match shape:
        case shapes.StructType():
            return [field.type for field in shape.fields]
        case shapes.UnionType():
            return shape.types
        case shapes.DictType():
            return [shape.key_type, shape.value_type]
        case shapes.CollectionType():
            return [shape.item_type]
        case shapes.TupleType():
            return shape.item_types
        case shapes.Metadata():
            return [shape.type]
    return []


def records_of(kind: Kind) -> list[type[Struct]]:
    shape = shapes.type_info(kind.record_union)
    return [part.cls for part in parts(shape) if isinstance(part, shapes.StructType)]


def shape_of(struct: type[Struct]) -> shapes.StructType:
    return cast(shapes.StructType, shapes.type_info(struct))


def raw_of(field: shapes.Field) -> str | None:
    """What a message's field holds when the wire passes on a kind's bytes as they are: Command or Records."""
    held = [field.type, *parts(field.type)]
    return _RAW[field.encode_name] if any(isinstance(shape, shapes.RawType) for shape in held) else None


def tag_of(struct: type[Struct]) -> str:
    return cast(str, struct.__struct_config__.tag)


def pascal(tag: str) -> str:
    return "".join(word.capitalize() for word in tag.replace(".", "_").split("_"))


def doc_of(named: Named) -> str:
    """The first paragraph of the class's own docstring, as one line; "" without one."""
    own = vars(named).get("__doc__")
    return " ".join(inspect.cleandoc(own).split("\n\n")[0].split()) if isinstance(own, str) else ""
