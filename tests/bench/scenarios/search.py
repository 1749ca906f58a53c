"""A library that has grown: how long a search takes among 100,000 items and things that were said.

The words are drawn as people use them: a few very often, most of them seldom (Zipf), so that a common word is in a
third of all passages.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

from persistence import communities, passages
from persistence.database import Database
from persistence.migrations import migrate
from persistence.search import Reader, search
from rooms.kind import kinds
from rooms.kinds.chat import Message
from rooms.model import ActorId, PersonName, RecordId, Words
from tests.bench.report import Section
from tests.bench.rounds import Bar
from tests.bench.scenarios import Bench

TITLE = "Search"
PASSAGES_EACH = 100
"""So many times the members of the other scenarios."""
MOST_MS = 50

CHAT = kinds()["chat"]
VOCABULARY = 40_000
BATCH = 5_000
ROUNDS = 40


def vocabulary(dice: random.Random) -> list[str]:
    """Words that look like words, the most used ones short; each another."""
    parts = [a + b for a in ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w", "z", "br", "kl")
             for b in ("a", "e", "i", "o", "u", "aa", "ee", "oe", "ij")]  # fmt: skip
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        length = 1 + min(3, len(found) // 120)
        found["".join(dice.choices(parts, k=dice.randint(1, length))) + dice.choice(["", "n", "t", "s", "en"])] = None
    return list(found)


def talk(dice: random.Random, known: Sequence[str], count: int) -> Iterator[str]:
    weights = list(accumulate(1 / rank for rank in range(3, len(known) + 3)))
    for _ in range(count):
        yield " ".join(dice.choices(known, cum_weights=weights, k=dice.randint(4, 24)))


async def filled(database: Database, texts: Sequence[str]) -> Reader:
    async with database.write() as tx:
        home = await communities.create(tx, name="Kring", purpose="", lang="nl", chat="Chat", now=1)
        rooms = [await communities.add_room(tx, home.id, kind="chat", title=f"Chat {n}") for n in range(20)]
    for start in range(0, len(texts), BATCH):
        rows = {
            RecordId(f"m{n}"): Message(n=n, at=n, by=ActorId("x"), name=PersonName("Noor"), text=Words(texts[n]))
            for n in range(start, min(start + BATCH, len(texts)))
        }
        async with database.write() as tx:
            await passages.follow(tx, rooms[start // BATCH % len(rooms)].id, CHAT, rows)
    return Reader(home.id)


def queries(dice: random.Random, known: Sequence[str]) -> dict[str, list[str]]:
    """By kind: each of forty."""
    common, middle, rare = known[:20], known[200:2_000], known[5_000:30_000]

    def slip(word: str) -> str:
        place = dice.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1 :]

    return {
        "one letter": list("abdegiklmnoprstuvwz"),
        "a common word": [*common],
        "two common words": [" ".join(dice.sample(common, 2)) for _ in range(ROUNDS)],
        "a word": [dice.choice(middle) for _ in range(ROUNDS)],
        "two words": [" ".join(dice.sample(middle, 2)) for _ in range(ROUNDS)],
        "four words": [" ".join(dice.sample(middle, 4)) for _ in range(ROUNDS)],
        "a rare word": [dice.choice(rare) for _ in range(ROUNDS)],
        "a beginning": [dice.choice(middle)[:3] for _ in range(ROUNDS)],
        "a slip": [slip(dice.choice([word for word in rare if len(word) > 6])) for _ in range(ROUNDS)],
        "unknown": ["qqxqqx" + str(n) for n in range(ROUNDS)],
    }


async def timed(database: Database, reader: Reader, asked: Sequence[str]) -> list[float]:
    """In ms, each."""
    taken = []
    for query in asked:
        async with database.read() as tx:
            begun = time.perf_counter()
            await search(tx, reader, query)
            taken.append((time.perf_counter() - begun) * 1_000)
    return taken


async def measure(count: int) -> dict[str, list[float]]:
    """By kind of query: how long each took, in ms."""
    dice = random.Random(5)
    known = vocabulary(dice)
    with tempfile.TemporaryDirectory() as directory:
        migrate(Path(directory))
        async with Database.open(Path(directory)) as database:
            reader = await filled(database, list(talk(dice, known, count)))
            taken = {}
            for name, asked in queries(dice, known).items():
                await timed(database, reader, asked[:3])  # what SQLAlchemy compiles once
                taken[name] = await timed(database, reader, asked)
    return taken


def run(bench: Bench) -> Sequence[Section]:
    count = PASSAGES_EACH * bench.members
    bench.say(f"{TITLE}: {count} passages")
    taken = asyncio.run(measure(count))
    every = [each for some in taken.values() for each in some]
    rows = [(name, f"{at(some, 50):.1f}", f"{at(some, 95):.1f}", str(len(some))) for name, some in taken.items()]
    for name, middle, most, _ in rows:
        bench.say(f"  {name}: p50 {middle} ms, p95 {most} ms")
    return [
        Section(
            title=f"{TITLE}: {count:,} passages",
            columns=("query", "p50 ms", "p95 ms", "queries"),
            rows=[*rows, ("all of them", f"{at(every, 50):.1f}", f"{at(every, 95):.1f}", str(len(every)))],
            bars=[Bar(says="p95 of all", ratios=[at(every, 95)], bound=MOST_MS, at_least=False, unit=" ms")],
            notes=["with highlights, facets and the first twenty hits, from the database's thread and back"],
        )
    ]


def at(taken: Sequence[float], percent: int) -> float:
    return quantiles(taken, n=100)[percent - 1]
