"""Search: any text is a query, nothing removed is found, and what is found is shown as it was written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from persistence import communities, passages
from persistence.asking import parsed, strict
from persistence.communities import Room
from persistence.database import Database
from persistence.search import Found, Reader, search
from persistence.terms import fold
from rooms.kinds.chat import Message
from rooms.model import PersonName, Record, RecordId, Refused, Words
from rooms.text import clean_words
from tests.persistence.talk import CHAT, NOOR


def _message(n: int, words: str, *, name: str = "Noor", staff: bool = False) -> Message:
    return Message(n=n, at=1000 + n, by=NOOR, name=PersonName(name), text=Words(words), staff=staff)


async def _put(database: Database, room: Room, texts: Sequence[str]) -> None:
    async with database.write() as tx:
        await passages.follow(
            tx, room.id, CHAT, {RecordId(f"m{n}"): _message(n, said) for n, said in enumerate(texts, 1)}
        )


async def _change(database: Database, room: Room, changes: dict[RecordId, Record | None]) -> None:
    async with database.write() as tx:
        await passages.follow(tx, room.id, CHAT, changes)


async def _find(database: Database, room: Room, query: str, offset: int = 0, limit: int = 20) -> Found:
    async with database.read() as tx:
        return await search(tx, here(room), query, offset=offset, limit=limit, strictly=True)


def here(room: Room) -> Reader:
    return Reader(room.community, rooms=[room.id])


async def _numbers(database: Database, room: Room, query: str) -> list[int]:
    return [hit.n or 0 for hit in (await _find(database, room, query)).hits]


async def test_a_hit_says_who_when_and_what(database: Database, chat: Room) -> None:
    await _change(database, chat, {RecordId("a"): _message(7, "De Café-avond is verzet.", name="Sam", staff=True)})
    found = await _find(database, chat, "cafe")
    assert not found.more
    (hit,) = found.hits
    assert (hit.record, hit.n, hit.at, hit.name, hit.staff) == ("a", 7, 1007, "Sam", True)
    assert hit.text == [("De ", False), ("Café", True), ("-avond is verzet.", False)]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("kring", [1]),
        ("KRING", [1]),
        ("kri", [1]),
        ("kri gesprek", []),
        ("gesprek kri", [1]),
        ("reünie", [2]),
        ("reunie", [2]),
        ("REU", [2]),
        ('"gesprek"', [1]),
        ("gesprek AND reünie", []),
        ("gesprek OR", []),
        ("NOT gesprek", []),
        ("text:gesprek", []),
        ("c++", [3]),
        ("^c", [3]),
        ("日本", [4]),
        ("", []),
        ("  ?! ", []),
        ("*", []),
        ("\x00", []),
        ("\ud800", []),
        ("\u0301", []),
        ("gesprek\x00", [1]),
    ],
)
async def test_what_is_found(database: Database, chat: Room, query: str, numbers: list[int]) -> None:
    await _put(database, chat, ["Een gesprek in de kring", "Op de reu\u0308nie", "In C++ of C?", "日本語です"])
    assert await _numbers(database, chat, query) == numbers


async def test_the_better_match_first_and_of_two_alike_the_newer(database: Database, chat: Room) -> None:
    filler = [f"iets over {number}" for number in range(20)]
    await _put(
        database, chat, ["fiets", "fiets fiets fiets", *filler, "een fiets en nog veel meer andere woorden", "fiets"]
    )
    numbers = await _numbers(database, chat, "fiets")
    assert numbers.index(24) < numbers.index(1)
    assert numbers[-1] == 23
    assert set(numbers) == {1, 2, 23, 24}


async def test_pages_by_offset(database: Database, chat: Room) -> None:
    await _put(database, chat, [f"woord {number}" for number in range(45)])
    pages = [await _find(database, chat, "woord", offset) for offset in (0, 20, 40, 60)]
    assert [len(page.hits) for page in pages] == [20, 20, 5, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [hit.n for page in pages for hit in page.hits] == list(range(45, 0, -1))


async def test_rooms_do_not_see_each_other(database: Database, chat: Room) -> None:
    async with database.write() as tx:
        other = await communities.add_room(tx, chat.community, kind="chat", title="Elders")
    await _put(database, chat, ["hier"])
    await _put(database, other, ["elders", "hier niet"])
    assert await _numbers(database, chat, "hier") == [1]
    assert await _numbers(database, chat, "elders") == []
    assert await _numbers(database, other, "hier") == [2]


async def test_edited_words_replace_and_removed_and_deleted_ones_go(database: Database, chat: Room) -> None:
    await _put(database, chat, ["appel", "banaan", "citroen"])
    await _change(
        database,
        chat,
        {
            RecordId("m1"): _message(1, "aardbei"),
            RecordId("m2"): Message(n=2, at=1, by=NOOR, name=PersonName("Noor"), text=Words(""), removed=True),
            RecordId("m3"): None,
        },
    )
    assert await _numbers(database, chat, "aardbei") == [1]
    for gone in ("appel", "banaan", "citroen"):
        assert await _numbers(database, chat, gone) == []
    async with database.write() as tx:
        await tx.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
        assert (await tx.execute(text("SELECT count(*) FROM passages"))).scalar_one() == 1


async def test_deleting_a_room_takes_its_words_along(database: Database, chat: Room) -> None:
    await _put(database, chat, ["appel"])
    async with database.write() as tx:
        await tx.execute(text("DELETE FROM rooms"))
        await tx.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
        assert (await tx.execute(text("SELECT count(*) FROM search('appel')"))).scalar_one() == 0


anything = st.text(st.characters(), max_size=80)
syntax = st.text("abé\"*^:()+-{}\\'&|, \x00AND OR NOT NEAR/", max_size=40)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.one_of(anything, syntax))
@example(query='" OR "')
@example(query="NEAR(a b, 2)")
@example(query="a" * 5000)
@example(query="a " * 500)
async def test_any_text_is_a_query(database: Database, chat: Room, query: str) -> None:
    await _put(database, chat, ["een", "a b OR NEAR"])
    async with database.read() as tx:
        await search(tx, here(chat), query)
        await search(tx, here(chat), query, strictly=True)


async def test_control_a_raw_query_can_be_a_syntax_error(database: Database, chat: Room) -> None:
    async with database.read() as tx:
        with pytest.raises(OperationalError):
            await tx.execute(text("SELECT * FROM search WHERE search MATCH :q"), {"q": 'a" OR ('})


def _said(raw: str) -> str:
    try:
        return clean_words(raw)
    except Refused:
        return "x"


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(_said))
async def test_the_parts_of_a_hit_are_its_text(database: Database, chat: Room, said: str) -> None:
    await _change(database, chat, {RecordId("m1"): _message(1, f"{said} anker")})
    (hit,) = (await _find(database, chat, "anker")).hits
    assert "".join(part for part, _ in hit.text) == f"{said} anker"
    assert ("anker", True) in hit.text


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x17F), min_size=1, max_size=30))
def test_a_word_is_asked_for_as_it_is(word: str) -> None:
    assert parsed(f"{word}, {word}").words == (fold(word),) * 2
    assert f'"{fold(word)}"*' in strict(parsed(word))
    assert f'"{fold(word)}"*' not in strict(parsed(f"{word}!"))
