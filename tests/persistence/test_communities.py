"""Communities and rooms: codes people can type, a key per room, any number of communities on one server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence import communities
from persistence.communities import Community, Room
from persistence.database import Database
from persistence.drain import Drain
from persistence.ids import CODE_ALPHABET, CODE_LENGTH, new_code, read_code
from rooms.lifecycle import State
from tests.persistence.talk import NOW, Talk


async def test_a_community_comes_with_its_chat(database: Database, community: Community) -> None:
    async with database.read() as tx:
        assert await communities.community(tx, community.id) == community
        (room,) = await communities.rooms_of(tx, community.id)
        assert room == await communities.chat_of(tx, community.id) == await communities.room(tx, room.id)
        assert (room.kind, room.title, room.state, room.community) == (
            "chat",
            "Praatkamer",
            State.PLANNED,
            community.id,
        )
        assert len(await communities.key_of(tx, room.id)) == 32


async def test_rooms_have_keys_and_codes_of_their_own(database: Database, community: Community, chat: Room) -> None:
    async with database.write() as tx:
        second = await communities.create(tx, name="Twee", purpose="", lang="en", chat="Chat", now=NOW)
        other = await communities.add_room(tx, community.id, kind="chat", title="Nog een")
    async with database.read() as tx:
        theirs = await communities.chat_of(tx, second.id)
        rooms = [chat, other, theirs]
        assert len({await communities.key_of(tx, room.id) for room in rooms}) == 3
        assert len({room.code for room in rooms}) == 3
        assert {room.id for room in await communities.rooms_of(tx, community.id)} == {chat.id, other.id}
        assert list(await communities.everyone(tx)) in ([community, second], [second, community])


async def test_the_state_of_a_room_is_that_of_its_record(database: Database, chat: Room, talk: Talk) -> None:
    await Drain(database, talk.journal).drain(chat.id)
    async with database.read() as tx:
        found = await communities.room(tx, chat.id)
    assert found is not None
    assert found.state is State.OPEN


async def test_an_unknown_kind_is_refused(database: Database, community: Community) -> None:
    with pytest.raises(ValueError, match="no kind"):
        async with database.write() as tx:
            await communities.add_room(tx, community.id, kind="casino", title="x")


async def test_what_is_not_there(database: Database) -> None:
    async with database.read() as tx:
        assert await communities.room(tx, "nothing") is None
        assert await communities.community(tx, "nothing") is None
        assert await communities.room_of_code(tx, "AAAAAA") is None
        with pytest.raises(LookupError):
            await communities.chat_of(tx, "nothing")


async def test_a_code_is_found_however_it_is_typed(database: Database, chat: Room) -> None:
    code = chat.code or ""
    spellings = [code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", "\u2011".join(code)]
    async with database.read() as tx:
        assert [await communities.room_of_code(tx, typed) for typed in spellings] == [chat] * len(spellings)
        for wrong in ("", code[:5], code + "A", "' OR 1=1", "\x00" * 6, "\ud800" * 6):
            assert await communities.room_of_code(tx, wrong) is None


def test_codes_have_no_letters_people_mistake() -> None:
    codes = {new_code() for _ in range(500)}
    assert not set("".join(codes)) & set("0O1IL")
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert len(codes) == 500


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    found = read_code(typed)
    assert found is None or (len(found) == CODE_LENGTH and set(found) <= set(CODE_ALPHABET))
