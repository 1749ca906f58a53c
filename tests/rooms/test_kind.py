"""The contract of a kind, and what holds for every kind by looking at its types."""

from __future__ import annotations

from types import ModuleType
from typing import cast, get_args

import msgspec
import pytest
from msgspec import Struct
from msgspec.inspect import EnumType, IntType, NoneType, StrType, StructType, Type, UnionType, type_info

from rooms import lifecycle
from rooms.kind import Kind, kinds
from rooms.model import ActorId, PersonName, RecordId, Role, Signs, Viewer, Words
from tests.kinds import small

EVERY_KIND = {**kinds(), "small": Kind(small)}
every_kind = pytest.mark.parametrize("kind", EVERY_KIND.values(), ids=list(EVERY_KIND))


def types_of(union: object) -> tuple[type[Struct], ...]:
    return cast("tuple[type[Struct], ...]", get_args(union))


def unbounded(type_: Type) -> bool:
    """Whether a value of this type can be of any size."""
    if isinstance(type_, UnionType):
        return any(unbounded(part) for part in type_.types)
    if isinstance(type_, StrType):
        return type_.max_length is None
    if isinstance(type_, IntType):
        return type_.ge is None or type_.le is None
    return not isinstance(type_, EnumType | NoneType | msgspec.inspect.BoolType)


def test_adding_a_file_adds_a_kind() -> None:
    assert "chat" in kinds()
    assert all(name == kind.name for name, kind in kinds().items())


@every_kind
def test_c1_every_size_of_a_command_is_bounded(kind: Kind) -> None:
    for command in kind.command_types:
        info = type_info(command)
        assert isinstance(info, StructType)
        assert info.forbid_unknown_fields
        assert [field.name for field in info.fields if unbounded(field.type)] == []
    assert unbounded(StrType())
    assert unbounded(IntType(ge=0))


@every_kind
def test_tags_say_the_kind_and_never_collide(kind: Kind) -> None:
    types = (*kind.command_types, *types_of(kind.event_union), *types_of(kind.record_union))
    tags = [cast(str, type_.__struct_config__.tag) for type_ in types]
    assert len(set(tags)) == len(tags)
    assert {tag.partition(".")[0] for tag in tags} == {kind.name, "room"}


@every_kind
def test_f8_values_are_frozen_and_not_garbage_collected(kind: Kind) -> None:
    for type_ in (*kind.command_types, *types_of(kind.event_union), *types_of(kind.record_union)):
        assert type_.__struct_config__.frozen, type_
        assert not type_.__struct_config__.gc, type_


@every_kind
def test_c9_events_and_records_leave_out_defaults(kind: Kind) -> None:
    """A field that is added later with a default leaves the bytes of what came before as they were."""
    for type_ in (*types_of(kind.event_union), *types_of(kind.record_union)):
        assert type_.__struct_config__.omit_defaults, type_
        assert not type_.__struct_config__.forbid_unknown_fields, type_


@every_kind
def test_c10_the_table_has_every_command_and_nothing_else(kind: Kind) -> None:
    assert set(kind.table) == set(types_of(kind.command_union)) == set(kind.command_types)


@pytest.mark.parametrize(
    "raw",
    [
        {"t": "chat.pots", "text": "x"},
        {"t": "chat.post", "text": "x", "by": "anne"},
        {"t": "chat.post"},
        {"t": "chat.post", "text": 5},
        {"t": "chat.react", "message": "m", "reaction": "wow", "on": True},
        {"t": "chat.delete", "message": "m" * 25},
        {"text": "x"},
        [],
    ],
)
def test_what_is_no_command_is_not_read(raw: object) -> None:
    chat = kinds()["chat"]
    with pytest.raises(msgspec.ValidationError):
        chat.command_from_json(msgspec.json.encode(raw))
    with pytest.raises(msgspec.ValidationError):
        chat.command_from_msgpack(msgspec.msgpack.encode(raw))


def test_c3_a_private_record_is_one_actors() -> None:
    kind, anne, bram = Kind(small), ActorId("anne"), ActorId("bram")
    ballot = small.Ballot(card=RecordId("c"), only=anne)
    assert kind.show(ballot, Viewer((bram, anne), Role.GUEST)) == ballot, "any of the viewer's actors"
    assert kind.show(ballot, Viewer((bram,), Role.OWNER)) is None, "staff neither"


def test_what_a_kind_need_not_say() -> None:
    chat, post = kinds()["chat"], next(iter(kinds()["chat"].command_types))
    assert chat.due({}) is None
    assert chat.signs({}, post()) is Signs.NAMED
    assert chat.windowed


def test_moves_need_no_record_and_cannot_be_a_kinds_own() -> None:
    assert all(kinds()["chat"].needs(move()) == [] for move in lifecycle.MOVES)


def test_a_kind_without_its_functions_is_none() -> None:
    half = ModuleType("rooms.kinds.half")
    half.__dict__.update(
        {name: vars(small)[name] for name in ("VERSION", "RIGHTS", "REASONS", "Event", "Record", "decide")}
    )
    with pytest.raises(TypeError):
        Kind(half)


def test_c8_a_closed_room_has_no_timer() -> None:
    kind, clock = Kind(small), {small.CLOCK: small.Clock(at=5)}
    assert kind.due(clock) is not None
    assert kind.due({**clock, lifecycle.ROOM: lifecycle.Room(state=lifecycle.State.CLOSED)}) is None


def test_c9_words_and_names_of_persons_have_types_of_their_own() -> None:
    """So that encryption per person can be put in at the journal's edge: no event holds bare text."""
    for kind in EVERY_KIND.values():
        for event in types_of(kind.event_union):
            bare = [name for name, hint in event.__annotations__.items() if hint == "str" or hint is str]
            assert bare == [], event
    assert "Words" in small.Asked.__annotations__.values()
    assert (Words.__name__, PersonName.__name__) == ("Words", "PersonName")
