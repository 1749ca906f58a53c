"""How a community begins, changes and ends: once, for its own people, and with nothing left."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from persistence import agreements, communities, founding, people, schema, sign_ins
from persistence.communities import Community, Preset
from persistence.database import Database
from persistence.dissolving import dissolve
from persistence.drain import Drain
from persistence.founding import AlreadyBegun, Description, NoSuchCommunity
from persistence.people import NameTaken
from persistence.secrets import Secrets
from realtime.journal.local import LocalJournal
from rooms.model import Role
from tests.persistence.talk import NOW, Talk

SAID = Description("Wondzorg", "Samen beter in wondzorg.", "nl", Preset.BEST_PRACTICE)
WORDS = "een-zinnetje-dat-nergens-anders-staat"


async def made_up(database: Database) -> Community:
    async with database.write() as tx:
        return await communities.create(tx, name="Kring", purpose="", lang="en", chat="Chat", now=NOW, begun=False)


async def somebody(database: Database, community: str, name: str, role: Role = Role.MEMBER) -> str:
    async with database.write() as tx:
        person = await people.create(tx, name=name, now=NOW)
        await people.add(tx, person.id, community, role, person.name, now=NOW)
        return person.id


async def test_a_community_begins_once(database: Database) -> None:
    home = await made_up(database)
    async with database.write() as tx:
        await founding.begin(tx, home.id, SAID, chat="Praatkamer")
    async with database.write() as tx:
        with pytest.raises(AlreadyBegun):
            await founding.begin(tx, home.id, replace(SAID, name="Een ander"), chat="Chat")
    async with database.read() as tx:
        found = await communities.community(tx, home.id)
        chat = await communities.chat_of(tx, home.id)
    assert found is not None
    assert (found.name, found.lang, found.preset, found.begun) == ("Wondzorg", "nl", Preset.BEST_PRACTICE, True)
    assert chat.title == "Praatkamer"


async def test_communities_stand_in_the_order_they_came(database: Database) -> None:
    async with database.write() as tx:
        made = [
            await communities.create(tx, name=f"Kring {nth}", purpose="", lang="nl", chat="Chat", now=NOW)
            for nth in range(12)
        ]
    async with database.read() as tx:
        assert [each.id for each in await communities.everyone(tx)] == [each.id for each in made]
    assert sorted(each.id for each in made) != [each.id for each in made], "the control: by id it is another order"


async def test_a_new_name_may_resemble_ones_own_and_nobody_elses(database: Database, community: Community) -> None:
    owner = await somebody(database, community.id, "Marit", Role.OWNER)
    await somebody(database, community.id, "Joris")
    async with database.write() as tx:
        assert await founding.call_person(tx, owner, community.id, "Marit Owner") == "Marit Owner"
    with pytest.raises(NameTaken):
        async with database.write() as tx:
            await founding.call_person(tx, owner, community.id, "JORIS")
    async with database.read() as tx:
        member = await people.member(tx, owner, community.id)
    assert member is not None
    assert member.name == "Marit Owner"


async def test_changed_agreements_are_asked_of_everybody_anew(database: Database, community: Community) -> None:
    ann = await somebody(database, community.id, "Ann")

    async def asked() -> str | None:
        async with database.read() as tx:
            found = await agreements.to_accept(tx, ann, community.id)
        return found.text if found else None

    async def described(text: str) -> int:
        async with database.write() as tx:
            return (await founding.describe(tx, community.id, replace(SAID, agreements=text))).edition

    async def accept(edition: int) -> None:
        async with database.write() as tx:
            await agreements.accept(tx, ann, community.id, edition)

    assert await asked() is None
    first = await described("Wat hier gezegd wordt blijft hier.")
    assert await asked() == "Wat hier gezegd wordt blijft hier."
    await accept(first)
    assert await asked() is None
    assert await described("Wat hier gezegd wordt blijft hier.") == first, "the same words are no change"
    second = await described("Noem geen cliënten.")
    assert await asked() == "Noem geen cliënten.", "changed, so asked again"
    await accept(first)
    assert await asked() is not None, "the old ones are not the new ones"
    await accept(second + 7)
    assert await asked() is None
    await described("En nu anders.")
    assert await asked() is not None, "nobody accepts what is still to come"
    await described("")
    assert await asked() is None


async def test_what_is_removed_leaves_nothing_in_any_file_and_takes_nobody_along_who_is_elsewhere(
    directory: Path, database: Database, journal: LocalJournal, community: Community, talk: Talk
) -> None:
    drain, secrets = Drain(database, journal), Secrets(directory)
    other = await made_up(database)
    stranger = await somebody(database, community.id, "Ann")
    traveller = await somebody(database, community.id, "Joris")
    async with database.write() as tx:
        token = await sign_ins.sign_in(tx, stranger, now=NOW)
        traveller_is = await people.of_id(tx, traveller)
        assert traveller_is is not None
        await people.add(tx, traveller, other.id, Role.GUEST, traveller_is.name, now=NOW)
    await talk.say("ann", WORDS)
    await drain.drain(talk.room)
    secrets.make(talk.room)
    assert holding(directory, WORDS), "the control: it was there"

    async with database.write() as tx:
        removed = await founding.remove(tx, community.id)
    assert (set(removed.people), list(removed.strangers)) == ({stranger, traveller}, [stranger])
    async with database.read() as tx:
        assert await sign_ins.identify(tx, token, now=NOW) is None
        assert await people.member(tx, traveller, other.id) is not None
    assert holding(directory, WORDS), "the control: the journal still has it, and the pages it stood on"

    await dissolve(database, journal, drain, secrets)
    assert holding(directory, WORDS) == []
    assert holding(directory, talk.room) == []
    assert not secrets.has(talk.room)
    await dissolve(database, journal, drain, secrets)  # again, and nothing happens


async def test_a_kill_before_all_is_forgotten_is_made_up_for(
    directory: Path, database: Database, journal: LocalJournal, community: Community, talk: Talk
) -> None:
    await talk.say("ann", WORDS)
    async with database.write() as tx:
        await founding.remove(tx, community.id)
    async with database.read() as tx:
        assert list(await founding.to_forget(tx)) == [talk.room], "the next start knows what to do"
        assert (await tx.execute(select(schema.rooms.c.id))).all() == []
    await dissolve(database, journal, Drain(database, journal), Secrets(directory))
    async with database.read() as tx:
        assert list(await founding.to_forget(tx)) == []
    assert holding(directory, WORDS) == []


async def test_nothing_that_is_not_there_is_removed(database: Database, community: Community) -> None:
    async with database.write() as tx:
        with pytest.raises(NoSuchCommunity):
            await founding.remove(tx, "nowhere")
    async with database.read() as tx:
        assert await communities.community(tx, community.id) is not None


def holding(directory: Path, words: str) -> list[str]:
    """The files in which these bytes stand."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]
