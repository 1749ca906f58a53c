"""What the wire carries, read field by field: a reader of `kring.v1.msgpack` that owes nothing to the server's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, TypeVar, cast

import msgpack

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Record: TypeAlias = dict[str, Value]

T = TypeVar("T")

MESSAGE_BYTES = 64 * 1024 * 1024
"""The longest message a server may send: a whole room fits four times."""


class NotKring(Exception):
    """Whoever answers does not speak this protocol."""


class Fields:
    """One map of the wire. Every reading raises NotKring for what isn't there as documented."""

    __slots__ = ("_found",)

    def __init__(self, found: object) -> None:
        if not isinstance(found, dict):
            raise NotKring("a message that is no map")
        self._found = cast("dict[str, Value]", found)

    def text(self, name: str, default: str | None = None) -> str:
        return self._of(str, name, default)

    def number(self, name: str, default: int | None = None) -> int:
        found = self._of(int, name, default)
        if isinstance(found, bool):
            raise NotKring(f"{name} is no number")
        return found

    def maybe_number(self, name: str) -> int | None:
        return None if self._found.get(name) is None else self.number(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        return self._of(bool, name, default)

    def texts(self, name: str) -> list[str]:
        """A list of texts; none when it is left out."""
        found = self._of(list, name, [])
        if not all(isinstance(item, str) for item in found):
            raise NotKring(f"{name} is no list of texts")
        return cast("list[str]", found)

    def table(self, name: str) -> dict[str, Value]:
        """A map; empty when it is left out."""
        return cast("dict[str, Value]", self._of(dict, name, {}))

    def records(self, name: str) -> dict[str, Record]:
        """id → record; empty when it is left out."""
        found = self.table(name)
        if not all(type(record) is dict for record in found.values()):
            raise NotKring(f"{name} holds something that is no record")
        return cast("dict[str, Record]", found)

    def _of(self, kind: type[T], name: str, default: T | None) -> T:
        found = self._found.get(name, default)
        if not isinstance(found, kind):
            raise NotKring(f"{name} is no {kind.__name__}")
        return found


def pack(message: Mapping[str, object]) -> bytes:
    """One map for the server; fields that are None are left out."""
    return cast(bytes, msgpack.packb({name: value for name, value in message.items() if value is not None}))


def unpack(message: bytes) -> Iterator[Fields]:
    """The maps in one message of the server's. Raises NotKring."""
    while message:
        try:
            found, message = msgpack.unpackb(message), b""
        except msgpack.ExtraData as more:
            found, message = more.unpacked, more.extra
        except ValueError as error:
            raise NotKring(f"no msgpack: {error}") from None
        yield Fields(found)
