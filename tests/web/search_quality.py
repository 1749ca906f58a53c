"""How well search does, by what people would look for: `python -m tests.web.search_quality FOLDER` prints a table.

Recall at five: how much of what they hoped for is among the first five hits. Reciprocal rank: one over the place of the
first of them.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from msgspec import Struct

from persistence import communities, passages
from persistence.database import Database
from persistence.migrations import migrate
from persistence.search import Reader, search
from rooms.kind import kinds
from rooms.kinds.chat import Message
from rooms.model import ActorId, PersonName, RecordId, Words
from tests.web.search_queries import CHANNEL, DUTCH, EVENING, MEETING, Wanted
from web.conversations import Says, parse

CHAT = kinds()["chat"]
FILES = {"channel": "ubuntu-2013-01-13.irc.txt", "meeting": "w3c-tpac-2020-11-02.irc.tsv"}
FIRST = 5
DEEPEST = 50


class Outcome(Struct, frozen=True):
    """`places`: of each hoped-for passage, from 1; None: not among the first fifty."""

    wanted: Wanted
    places: list[int | None]

    @property
    def recall(self) -> float:
        return sum(place is not None and place <= FIRST for place in self.places) / min(FIRST, len(self.places))

    @property
    def reciprocal_rank(self) -> float:
        return max((1 / place for place in self.places if place), default=0.0)


async def filled(database: Database, talks: Sequence[Sequence[tuple[str, str]]]) -> Reader:
    """A community with a chat for each talk: name, words."""
    async with database.write() as tx:
        home = await communities.create(tx, name="Kring", purpose="", lang="nl", chat="Chat", now=1)
        for nth, said in enumerate(talks):
            room = await communities.add_room(tx, home.id, kind="chat", title=f"Chat {nth}")
            rows = {
                RecordId(f"m{nth}x{n}"): Message(n=n, at=n, by=ActorId("x"), name=PersonName(name), text=Words(words))
                for n, (name, words) in enumerate(said, 1)
            }
            await passages.follow(tx, room.id, CHAT, rows)
    return Reader(home.id)


def conversation(path: Path) -> list[tuple[str, str]]:
    return [(act.nick, act.text) for act in parse(path.read_bytes()).acts if isinstance(act, Says)]


async def places(database: Database, reader: Reader, wanted: Wanted) -> Outcome:
    async with database.read() as tx:
        found = await search(tx, reader, wanted.query, limit=DEEPEST)
        numbers = [hit.number for hit in found.hits]
        texts = {row.number: row.text for row in await tx.exec_driver_sql("SELECT number, text FROM passages")}
    shown = [texts[number] for number in numbers]
    return Outcome(
        wanted, [next((n for n, text in enumerate(shown, 1) if hoped in text), None) for hoped in wanted.hoped]
    )


async def measured(folder: Path | None) -> list[Outcome]:
    """Over all there is: the recorded conversations, where there are any, and our own evening."""
    talks = [conversation(folder / name) for name in FILES.values()] if folder else []
    asked = [*(CHANNEL + MEETING if folder else []), *EVENING]
    with tempfile.TemporaryDirectory() as directory:
        migrate(Path(directory))
        async with Database.open(Path(directory)) as database:
            reader = await filled(database, [*talks, [("Noor", text) for text in DUTCH]])
            return [await places(database, reader, wanted) for wanted in asked]


def summary(found: Sequence[Outcome]) -> str:
    recall, rank = mean(each.recall for each in found), mean(each.reciprocal_rank for each in found)
    return f"{len(found)} queries: recall@5 {recall:.3f}, MRR {rank:.3f}"


def main() -> None:
    found = asyncio.run(measured(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    for each in found:
        print(f"{each.recall:.2f} {each.reciprocal_rank:.2f}  {each.wanted.query:<42} {each.places} {each.wanted.why}")
    print(summary(found))


if __name__ == "__main__":
    main()
