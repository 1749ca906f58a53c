"""Finding and taking out the words people wrote (fields of type `Words`), in whatever a kind's entries hold. Pure.

A removed or deleted message leaves a trace in the transcript, but not its words: neither where they were said, nor
where they were edited, nor where the record was recalled.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from types import UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from realtime.batch import Batch, encode
from rooms.kind import Kind
from rooms.model import Event, Record, RecordId, Words

S = TypeVar("S", bound=Struct)


class Wording:
    """Of the entries of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._decode = msgspec.msgpack.Decoder(Batch[kind.event_union, kind.record_union]).decode  # type: ignore[name-defined]

    def spoken(self, body: bytes) -> frozenset[RecordId]:
        """The records whose words the entry holds."""
        batch = self._batch(body)
        return frozenset(id for id, said in _said(batch) if has_words(said))

    def without(self, body: bytes, ids: Collection[RecordId]) -> bytes:
        """The entry without the words of these records; everything else as it was."""
        batch = self._batch(body)
        events = [_silent(event) if _about(event) in ids else event for event in batch.events]
        recall = {id: _silent(record) if id in ids else record for id, record in batch.recall.items()}
        return encode(replace(batch, events=events, recall=recall))

    def _batch(self, body: bytes) -> Batch[Event, Record]:
        return cast("Batch[Event, Record]", self._decode(body))


def has_words(said: Event | Record) -> bool:
    return any(getattr(said, name) for name in fields(type(said)))


def is_silent(record: Record | None) -> bool:
    """Whether words that were in it are in it no longer: it is gone, or it could hold some and holds none."""
    return record is None or (bool(fields(type(record))) and not has_words(record))


@functools.cache
def fields(type_: type[Struct]) -> tuple[str, ...]:
    """The fields of a record or event that are `Words`, or `Words | None`.

    Raises TypeError for words at a deeper place, and for an event with words that has no `id` of its record: they
    could not be found.
    """
    hints = get_type_hints(type_)
    found = tuple(name for name, hint in hints.items() if _is_words(hint))
    hidden = [name for name, hint in hints.items() if name not in found and _mentions(hint, frozenset())]
    if hidden:
        raise TypeError(f"{type_.__name__}: words inside {', '.join(hidden)}")
    if found and issubclass(type_, Event) and "id" not in type_.__struct_fields__:
        raise TypeError(f"{type_.__name__}: words without the id of their record")
    return found


def _said(batch: Batch[Event, Record]) -> Iterator[tuple[RecordId, Event | Record]]:
    for event in batch.events:
        about = _about(event)
        if about is not None:
            yield about, event
    yield from batch.recall.items()


def _about(event: Event) -> RecordId | None:
    return cast("RecordId | None", getattr(event, "id", None))


def _silent(said: S) -> S:
    names = fields(type(said))
    return replace(said, **dict.fromkeys(names, Words(""))) if names else said


def _is_words(hint: object) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return all(part is Words or part is type(None) for part in get_args(hint))
    return hint is Words


def _mentions(hint: object, seen: frozenset[object]) -> bool:
    if hint is Words:
        return True
    if isinstance(hint, type) and issubclass(hint, Struct) and hint not in seen:
        return any(_mentions(inner, seen | {hint}) for inner in get_type_hints(hint).values())
    return any(_mentions(part, seen) for part in get_args(hint))
