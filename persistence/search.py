"""Searching the library and what was said, by whoever may read it.

Strict first: all words, in whatever form. Where that finds little, lenient: longer words, most of the words, and what a
slip of the finger was meant to be. Of very many only the newest are ranked, so that a single letter is as fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import text

from persistence.asking import Query, corrected, lenient, parsed, strict
from persistence.database import Read
from persistence.passages import tag_word
from persistence.snippets import Parts, Wanted, marked, snippet
from persistence.terms import likely, nearest, stems

PAGE = 20
MOST = 2_000
"""What is ranked at most: the newest of what is found."""
FEW = 5
"""Fewer than this, and a lenient search may add to it."""
SNIPPET = 240
LEAST_TO_CORRECT = 4
TELLING = 3
"""Of words shorter than this, how often and where they are found says nothing: then the newest come first."""
HEADING, SAID, STEMS = 4.0, 2.0, 1.0
"""How much it says where a word is found: in a heading, as typed, or by its stem."""


class Reader(Struct, frozen=True):
    """Who searches. `rooms`: None, all of the community; `drafts`: unpublished items as well."""

    community: str
    drafts: bool = False
    rooms: Sequence[str] | None = None


class Narrowed(Struct, frozen=True):
    """To what a search is narrowed; of several types, statuses, tags or sessions, any will do; days inclusive, UTC."""

    types: Sequence[str] = ()
    tags: Sequence[str] = ()
    sessions: Sequence[str] = ()
    statuses: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


class Hit(Struct, frozen=True):
    """Where something is said. `kind`: of the room, or "item"; `n`: where it stands in a chat."""

    number: int
    kind: str
    record: str
    room: str | None
    session: str | None
    at: int
    n: int | None
    title: Parts
    text: Parts
    type: str | None
    tags: Sequence[str]
    status: str | None
    name: str
    staff: bool


class Facets(Struct, frozen=True):
    """What the hits are, each with how many; most first."""

    type: Sequence[tuple[str, int]] = ()
    tag: Sequence[tuple[str, int]] = ()
    session: Sequence[tuple[str, int]] = ()
    status: Sequence[tuple[str, int]] = ()


class Found(Struct, frozen=True):
    """A page of hits, best first. `total`: at most MOST; `instead`: what was looked for, where nothing holds a word."""

    hits: Sequence[Hit] = ()
    total: int = 0
    more: bool = False
    facets: Facets = Facets()
    instead: str | None = None


class _Ranked(Struct, frozen=True):
    number: int
    score: float


async def search(
    tx: Read,
    reader: Reader,
    typed: str,
    narrowed: Narrowed | None = None,
    *,
    offset: int = 0,
    limit: int = PAGE,
    strictly: bool = False,
) -> Found:
    """What this reader may read and asked for. `strictly`: all words; whole texts, and no facets."""
    narrowed, query = narrowed or Narrowed(), parsed(typed)
    if not query.words:
        return Found()
    instead = None if strictly else await _corrected(tx, query)
    query = instead or query
    ranked = await _ranked(tx, reader, query, narrowed, strictly=strictly)
    page = ranked[offset : offset + limit]
    return Found(
        await _hits(tx, page, query, whole=strictly),
        len(ranked),
        len(ranked) > offset + limit,
        Facets() if strictly else await _facets(tx, ranked),
        " ".join(instead.words) if instead else None,
    )


async def newest(tx: Read, reader: Reader, narrowed: Narrowed, *, offset: int = 0, limit: int = PAGE) -> Found:
    """Items of the library, for who looks around without looking for something."""
    asked = _scoped(reader, narrowed, f'scope : "k{ITEM}"')
    rows = await tx.execute(_NEWEST, {"match": asked, **_days(narrowed), "most": MOST})
    ranked = [_Ranked(row.number, 0.0) for row in rows]
    hits = await _hits(tx, ranked[offset : offset + limit], Query(()))
    return Found(hits, len(ranked), len(ranked) > offset + limit, await _facets(tx, ranked))


# ---- what is asked ---------------------------------------------------------------------------------------------------

ITEM = "item"


async def _ranked(tx: Read, reader: Reader, query: Query, narrowed: Narrowed, *, strictly: bool) -> Sequence[_Ranked]:
    """What all words are in comes before what most are in, however good that is."""
    telling = any(len(word) >= TELLING for word in query.words)
    found = await _look(tx, reader, strict(query), narrowed, by_worth=telling)
    if strictly:
        return found
    for expression in lenient(query):
        if len(found) >= FEW:
            break
        known = {each.number for each in found}
        more = await _look(tx, reader, expression, narrowed)
        found = [*found, *(each for each in more if each.number not in known)]
    return found


async def _look(
    tx: Read, reader: Reader, expression: str, narrowed: Narrowed, *, by_worth: bool = True
) -> Sequence[_Ranked]:
    """Best first, or the newest."""
    values = {"match": _scoped(reader, narrowed, expression), "most": MOST, **_days(narrowed)}
    weights = {"heading": HEADING, "said": SAID, "stems": STEMS}
    rows = (await tx.execute(_LOOK, values | weights) if by_worth else await tx.execute(_LATEST, values)).all()
    return [_Ranked(number, score) for number, score in rows]


def _scoped(reader: Reader, narrowed: Narrowed, expression: str) -> str:
    """Whoever may not read it never has it among what is ranked, counted or shown."""
    if reader.rooms is not None:
        may = [f"r{room}" for room in reader.rooms] or ["r"]  # of no room at all
    else:
        may = [f"{'c' if reader.drafts else 'm'}{reader.community}"]
    wanted = [
        may,
        [f"t{each}" for each in narrowed.types],
        [f"s{each}" for each in narrowed.sessions],
        [f"u{each}" for each in narrowed.statuses],
    ]
    groups = [*wanted, *([tag_word(each)] for each in narrowed.tags)]
    told = [" OR ".join(f'scope : "{_plain(each)}"' for each in group) for group in groups if group]
    return " AND ".join([f"({expression})", *(f"({each})" for each in told)])


def _plain(word: str) -> str:
    """Ids are letters and digits; what somebody puts into an address may be anything."""
    return "".join(c for c in word.lower() if c.isascii() and c.isalnum()) or "0"


def _days(narrowed: Narrowed) -> dict[str, int]:
    until = narrowed.until + timedelta(days=1) if narrowed.until and narrowed.until < date.max else None
    return {"since": _ms(narrowed.since) if narrowed.since else 0, "until": _ms(until) if until else 1 << 62}


def _ms(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp() * 1_000)


async def _corrected(tx: Read, query: Query) -> Query | None:
    """With known words instead of those nothing holds; None: all are known, or nothing is near."""
    instead = [await _known(tx, word, begins=query.open and word == query.words[-1]) for word in query.words]
    return corrected(query, instead) if tuple(instead) != query.words else None


async def _known(tx: Read, word: str, *, begins: bool) -> str:
    if len(word) < LEAST_TO_CORRECT or await _is_known(tx, word, begins=begins):
        return word
    for beginnings in likely(word):
        rows = [row for first in beginnings for row in await tx.execute(_LIKE, _between(word, first))]
        if found := nearest(word, [(row.term, row.often) for row in rows]):
            return found
    return word


def _between(word: str, first: str) -> dict[str, object]:
    return {"first": first, "after": first + "\U0010ffff", "short": len(word) - 2, "long": len(word) + 2}


async def _is_known(tx: Read, word: str, *, begins: bool) -> bool:
    asked = [f'{{title said}} : "{word}"' + ("*" if begins else ""), *(f'stems : "{stem}"' for stem in stems(word))]
    return (await tx.execute(_ANY, {"match": " OR ".join(asked)})).first() is not None


# ---- what is shown ---------------------------------------------------------------------------------------------------


async def _hits(tx: Read, ranked: Sequence[_Ranked], query: Query, *, whole: bool = False) -> Sequence[Hit]:
    rows = (await tx.execute(_ROWS, {"numbers": _list(ranked)})).mappings()
    by_number = {row["number"]: row for row in rows}
    wanted = Wanted.of(query)
    return [_hit(dict(by_number[each.number]), wanted, whole=whole) for each in ranked]


def _hit(row: dict[str, object], wanted: Wanted, *, whole: bool) -> Hit:
    told = msgspec.convert(row, _Row, strict=False)
    return Hit(
        told.number,
        told.kind,
        told.record,
        told.room,
        told.session,
        told.at,
        told.n,
        marked(told.heading, wanted),
        marked(told.text, wanted) if whole else snippet(told.text, wanted, SNIPPET),
        told.type,
        msgspec.json.decode(told.tags, type=list[str]),
        told.status,
        told.name,
        told.staff,
    )


class _Row(Struct, frozen=True):
    number: int
    kind: str
    record: str
    room: str | None
    session: str | None
    at: int
    n: int | None
    heading: str
    text: str
    type: str | None
    tags: str
    status: str | None
    name: str
    staff: bool


async def _facets(tx: Read, ranked: Sequence[_Ranked]) -> Facets:
    types, tags, gatherings, statuses = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row in await tx.execute(_COUNTED, {"numbers": _list(ranked)}):
        if row.type:
            types[row.type] += row.often
            statuses[row.status] += row.often
            for tag in msgspec.json.decode(row.tags, type=list[str]):
                tags[tag] += row.often
        if row.session:
            gatherings[row.session] += row.often
    return Facets(*(list(each.most_common(30)) for each in (types, tags, gatherings, statuses)))


def _list(ranked: Sequence[_Ranked]) -> str:
    return msgspec.json.encode([each.number for each in ranked]).decode()


def chosen(found: Found) -> Iterator[str]:
    """The sessions that hits are of."""
    yield from dict.fromkeys(hit.session for hit in found.hits if hit.session)


_LOOK = text("""
    SELECT f.number, f.score * (1.0 + 0.25 * f.number / (SELECT max(number) FROM passages))
        * CASE p.status WHEN 'outdated' THEN 0.7 WHEN 'published' THEN 1.5 ELSE 1.0 END AS score
    FROM (
        SELECT rowid AS number, bm25(search, :heading, :said, :stems, 0.0) AS score
        FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :most
    ) f JOIN passages p ON p.number = f.number
    WHERE p.at >= :since AND p.at < :until
    ORDER BY score, f.number DESC
""")
"""bm25 is lower for a better match; the newest counts a quarter more than the oldest."""

_LATEST = text("""
    SELECT f.number, 0.0 AS score
    FROM (SELECT rowid AS number FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :most) f
    JOIN passages p ON p.number = f.number
    WHERE p.at >= :since AND p.at < :until
    ORDER BY f.number DESC
""")
_NEWEST = text("""
    SELECT p.number FROM search JOIN passages p ON p.number = search.rowid
    WHERE search MATCH :match AND p.at >= :since AND p.at < :until
    ORDER BY p.at DESC, p.number DESC LIMIT :most
""")
_ROWS = text("""
    SELECT number, kind, record, room, session, at, n, heading, text, type, tags, status, name, staff
    FROM passages WHERE number IN (SELECT value FROM json_each(:numbers))
""")
_COUNTED = text("""
    SELECT type, status, tags, session, count(*) AS often
    FROM passages WHERE number IN (SELECT value FROM json_each(:numbers)) GROUP BY 1, 2, 3, 4
""")
_LIKE = text("""
    SELECT term, sum(doc) AS often FROM search_words
    WHERE term >= :first AND term < :after AND length(term) BETWEEN :short AND :long AND col IN ('title', 'said')
    GROUP BY term
""")
_ANY = text("SELECT 1 FROM search WHERE search MATCH :match LIMIT 1")
