"""Every word somebody wrote can be found in the entries of every kind, and taken out."""

from __future__ import annotations

from typing import cast, get_args

import msgspec
import pytest
from msgspec import Struct

from persistence.words import Wording, fields, has_words
from realtime.batch import Batch, encode
from rooms.kind import Kind, kinds
from rooms.kinds.chat import Edited, Message, Posted, Reacted, Reaction, Removed
from rooms.model import ActorId, CommandKey, Event, PersonName, Record, RecordId, Words
from tests.persistence.talk import CHAT, NOOR

A, B = RecordId("a"), RecordId("b")


def _types(union: object) -> list[type[Struct]]:
    return list(get_args(union)) or [cast("type[Struct]", union)]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_no_kind_hides_words(kind: Kind) -> None:
    """`fields` raises for words it could not take out."""
    found = {type_: fields(type_) for type_ in (*_types(kind.event_union), *_types(kind.record_union))}
    assert any(found.values()) is not kind.internal


class Deep(Struct):
    said: tuple[Words, ...]


class Hidden(Event, frozen=True):
    id: RecordId
    inner: list[Deep]


class Nameless(Event, frozen=True):
    said: Words


class Optional(Record, frozen=True):
    note: Words | None = None
    title: str = ""


@pytest.mark.parametrize("type_", [Hidden, Nameless])
def test_control_hidden_words_are_refused(type_: type[Struct]) -> None:
    with pytest.raises(TypeError):
        fields(type_)


def test_words_that_may_be_missing_are_words() -> None:
    assert fields(Optional) == ("note",)
    assert not has_words(Optional(title="x"))
    assert has_words(Optional(note=Words("x")))


def _message(words: str, n: int = 1) -> Message:
    return Message(n=n, at=1, by=NOOR, name=PersonName("Noor"), text=Words(words))


def _body(*events: Event, recall: dict[RecordId, Record] | None = None) -> bytes:
    return encode(Batch(1, 5, [CommandKey("k")], list(events), recall or {}))


def test_words_are_found_where_they_were_said_edited_and_recalled() -> None:
    wording = Wording(CHAT)
    posted = Posted(A, 1, NOOR, PersonName("Noor"), Words("one"))
    body = _body(posted, Edited(B, 2, Words("two")), Removed(RecordId("c")))
    assert wording.spoken(body) == {A, B}
    assert wording.spoken(_body(Reacted(A, ActorId("sam"), Reaction.AGREE, True), recall={A: _message("one")})) == {A}
    assert wording.spoken(_body(Removed(A), recall={B: _message("")})) == frozenset()


def test_only_the_words_asked_for_go() -> None:
    wording = Wording(CHAT)
    posted = Posted(A, 1, NOOR, PersonName("Noor"), Words("secret"))
    body = _body(posted, Edited(A, 2, Words("secret 2")), Edited(B, 2, Words("kept")), recall={A: _message("secret 3")})
    bare = wording.without(body, [A])
    assert b"secret" not in bare
    assert b"kept" in bare
    assert wording.spoken(bare) == {B}
    decoded = msgspec.msgpack.decode(bare, type=Batch[CHAT.event_union, CHAT.record_union])  # type: ignore[name-defined]
    original = msgspec.msgpack.decode(body, type=Batch[CHAT.event_union, CHAT.record_union])  # type: ignore[name-defined]
    assert (decoded.v, decoded.at, decoded.keys) == (original.v, original.at, original.keys)
    assert decoded.events[0] == Posted(A, 1, NOOR, PersonName("Noor"), Words(""))
    assert wording.without(body, []) == body
