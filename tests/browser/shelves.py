"""Made up: what stands in two libraries beside what sessions left there, and how it gets there."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx2

from tests.browser.harvests import PIPELINE_AFTERNOON, WOUND_EVENING, Ended


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """An item. `was`: what its text said before, from the oldest version on; each replaces `text` there."""

    title: str
    summary: str
    body: str
    type: str = "practice"
    tags: tuple[str, ...] = ()
    status: str = "published"
    was: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A library. `words`: what somebody looks for; `shown`: its item to read; `mine`, `theirs`: two people change
    `text` of it to these at the same time."""

    ended: Ended
    items: tuple[Shelved, ...]
    words: str
    slip: str
    shown: str
    text: str
    mine: str
    theirs: str


WOUND_SHELF = Shelf(
    ended=WOUND_EVENING,
    items=(
        Shelved(
            title="Masseren bij dreigende drukplekken: niet doen, en wat dan wel",
            summary="Masseren helpt niet en kan de huid beschadigen. Haal de druk weg, kijk na een half uur opnieuw en "
            "leg vast wat je ziet en voelt.",
            body="# Zo pak je het aan\n\n1. Neem de druk weg: leg iemand anders, of leg de hielen vrij.\n"
            "2. Druk met een vinger op de rode plek. Wordt hij **niet wit**, dan is de huid al beschadigd.\n"
            "3. Kijk na een half uur nog eens. Voel ook: warm, hard of pijnlijk?\n"
            "4. Schrijf op waar, hoe groot en wat je hebt afgesproken met cliënt en mantelzorger.\n\n"
            "# Waarom niet masseren\n\nOnder een rode plek zijn de kleine bloedvaten vaak al stuk. Wrijven maakt dat "
            "erger, ook als het prettig voelt. Insmeren tegen een droge huid mag wel, maar dan zonder te wrijven.\n\n"
            "> Ik zeg tegen de familie: niet wrijven, wel schuiven. Dat onthouden ze.\n\n"
            "# Wanneer vraag je hulp\n\n- De plek is na een dag niet minder rood.\n"
            "- Er komt een blaar, of de huid gaat open.\n- Iemand kan of wil niet van houding wisselen.",
            tags=("drukplekken", "huid", "mantelzorg"),
            was=(("een half uur", "een uur"), ("Onder een rode plek", "Onder de huid")),
        ),
        Shelved(
            title="Wisselligging afspreken met wie slecht slaapt",
            summary="Spreek één vast moment in de nacht af en leg de schijf klaar. Een rooster van twee uur houdt "
            "niemand vol.",
            body="Begin met wat iemand zelf al doet. Rode hielen gaan vóór een ongestoorde nacht.",
            tags=("nacht", "drukplekken"),
        ),
        Shelved(
            title="Elke twee uur draaien is genoeg",
            summary="Eén rooster voor iedereen die in bed blijft, ook bij rode hielen.",
            body="Draai elke twee uur, dag en nacht.",
            type="answer",
            tags=("nacht",),
            status="outdated",
        ),
        Shelved(
            title="Een kaartje bij het bed, in drie talen",
            summary="Eén minuut uitleg over de draaischijf, met tekeningen in plaats van tekst.",
            body="Het kaartje is nog een idee; Els maakt een eerste versie.",
            type="idea",
            tags=("mantelzorg", "hulpmiddelen"),
            status="draft",
        ),
    ),
    words="rode hielen",
    slip="mantelzrog",
    shown="Masseren bij dreigende drukplekken: niet doen, en wat dan wel",
    text="Kijk na een half uur nog eens.",
    mine="Kijk na een half uur nog eens, ook ’s nachts.",
    theirs="Kijk na twintig minuten nog eens.",
)

PIPELINE_SHELF = Shelf(
    ended=PIPELINE_AFTERNOON,
    items=(
        Shelved(
            title="Per-source watermarks, reviewed each quarter",
            summary="Give every source its own waiting time, taken from the 99th percentile of the last 60 days. Late "
            "arriving rows after that go to a correction run.",
            body="# How to do it\n\n1. Take 60 days of arrivals and compute the 99th percentile *per source*.\n"
            "2. Wait that long, and write the number beside the source.\n3. Send what is later to a correction run.\n"
            "4. Look again every quarter: sources change their habits without telling you.\n\n"
            "# Why not one number for all\n\nThe slowest source decides how late everybody is. One source that is "
            "late on Mondays costs every dashboard two days.\n\n"
            "> The watermark is a promise about waiting, not about data.\n\n# When it doesn’t fit\n\n"
            "- A source that has fewer than 60 days of history.\n- Money: append a correction instead.",
            tags=("watermarks", "freshness"),
            was=(("99th percentile", "95th percentile"), ("every quarter", "every year")),
        ),
        Shelved(
            title="Rewrite history or append a correction?",
            summary="For late arriving facts: append, and keep both the event date and the date you learned of it.",
            body="Rewrite only inside the open period.",
            type="answer",
            tags=("backfill", "contracts"),
        ),
        Shelved(
            title="Waiting 48 hours is usually enough",
            summary="One fixed window for all sources keeps the schedule simple, at the price of the odd late file.",
            body="Set the window to 48 hours and forget about it.",
            type="answer",
            tags=("watermarks",),
            status="outdated",
        ),
        Shelved(
            title="A contract in two lines: how late, and who to call",
            summary="Start with two promises instead of twenty columns.",
            body="A source that is late twice in a month gets a conversation, not an alert.",
            type="idea",
            tags=("contracts",),
            status="draft",
        ),
    ),
    words="late arriving",
    slip="watermraks",
    shown="Per-source watermarks, reviewed each quarter",
    text="Send what is later to a correction run.",
    mine="Send what is later to a correction run, and count it.",
    theirs="Whatever is later goes to a correction run each night.",
)

SHELVES = (WOUND_SHELF, PIPELINE_SHELF)


def told(item: Shelved, body: str | None = None, **changes: object) -> dict[str, object]:
    """As the API takes it."""
    return {
        "title": item.title,
        "summary": item.summary,
        "body": item.body if body is None else body,
        "type": item.type,
        "tags": list(item.tags),
        "status": item.status,
        **changes,
    }


async def put_up(staff: httpx2.AsyncClient, item: Shelved) -> str:
    """Its id, once all its versions are there."""
    bodies = [item.body]
    for now, before in reversed(item.was):
        assert now in bodies[0], now
        bodies.insert(0, bodies[0].replace(now, before))
    first = "draft" if len(bodies) > 1 else item.status
    made = await staff.post("/api/library", json=told(item, bodies[0], status=first))
    assert made.status_code == 201, made.text
    id = str(made.json()["id"])
    for nth, body in enumerate(bodies[1:], 1):
        saved = await staff.put(f"/api/library/{id}", json=told(item, body, version=nth))
        assert saved.status_code == 200, saved.text
    return id


async def change(staff: httpx2.AsyncClient, id: str, **changes: object) -> None:
    """What somebody else saves meanwhile."""
    now = (await staff.get(f"/api/library/{id}")).json()
    kept = {name: now[name] for name in ("title", "summary", "body", "type", "tags", "status", "version")}
    saved = await staff.put(f"/api/library/{id}", json=kept | changes)
    assert saved.status_code == 200, saved.text
