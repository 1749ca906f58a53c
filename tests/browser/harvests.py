"""Made up: what a session leaves besides its questions, in two languages; and how it gets there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from realtime.client import Room
from tests.browser.evenings import PIPELINES, WOUNDS, Evening
from tests.browser.gathering import Gathering
from tests.browser.screens import done


@dataclass(frozen=True, kw_only=True)
class Left:
    """`groups`: name → notes in it, `dots` on each group; `loose`: notes by themselves; `actions`: what and who;
    `pinned`, `saved`: messages, by `speaker`; `writer`: of all notes."""

    board: str
    columns: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    dots: tuple[int, ...]
    loose: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]
    writer: str
    speaker: str
    pinned: tuple[str, ...]
    saved: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """An evening and what it leaves. `purpose`: of the session; `before`, `later`: sessions that were, and to come."""

    evening: Evening
    purpose: str
    left: Left
    before: str
    later: str


WOUND_EVENING = Ended(
    evening=WOUNDS,
    purpose="Aan het eind weten we wat we ’s nachts afspreken, en wie het kaartje voor mantelzorgers maakt.",
    left=Left(
        board="Wat nemen we mee?",
        columns=("Houden", "Proberen"),
        groups={
            "De mantelzorg erbij": (
                "Mantelzorgers wisten niet waar de schijf voor was",
                "Familie draait de schijf mee, goed bedoeld",
                "Een kaartje met één minuut uitleg",
            ),
            "’s Nachts": ("De nachtroute heeft één vast moment", "Wie belt er als het misgaat?"),
        },
        dots=(9, 4),
        loose=("Elke week een foto in het dossier", "De schijf vertalen, in elk geval in het Turks"),
        decisions=("Elke cliënt met roodheid krijgt binnen een dag een plan voor de nacht",),
        actions=(("Een kaartje met uitleg maken, en het bij elk bed leggen", "Els"),),
        writer="Joost",
        speaker="Fenna",
        pinned=("De richtlijn decubitus staat hier: https://richtlijnen.example/decubitus",),
        saved=("Bij ons hangt de draaischijf aan het bed, dat scheelt veel discussie bij de overdracht.",),
    ),
    before="Negen weken met de draaischijf",
    later="Skin tears: voorkomen en verbinden",
)

PIPELINE_AFTERNOON = Ended(
    evening=PIPELINES,
    purpose="At the end we know what a source promises us, and who writes it down.",
    left=Left(
        board="What do we take with us?",
        columns=("Keep", "Try"),
        groups={
            "Nobody owns the backfill": (
                "The team that notices runs it, at night",
                "Producers do not know it happened",
                "There is no list of what was rerun",
            ),
            "Promises in two lines": ("A contract nobody reads is no contract", "Two lines beat ten pages"),
        },
        dots=(11, 6),
        loose=("Alert on freshness per process", "Show “data as of” on every chart"),
        decisions=("Every source gets a two-line contract before the end of the year",),
        actions=(("Write the template and try it on two sources", "Sam"),),
        writer="Kim",
        speaker="Mila",
        pinned=("The view we all copy is here: https://guild.example/views/promises",),
        saved=("Ours is late so reliably that the watermark is simply Wednesday.",),
    ),
    before="Backfills in daylight",
    later="Orchestrators, with numbers",
)

ENDED = (WOUND_EVENING, PIPELINE_AFTERNOON)


async def leave(gathering: Gathering, left: Left, level: str = "named") -> None:
    """Write, group, vote, decide and plan on a board; talk, pin and save in the chat. `level`: of the session."""
    staff = await gathering.board(left.board, *left.columns)
    writer = await gathering.on(staff.id, left.writer)
    await _write(staff, writer, left, level)
    await _group(staff, left)
    await _vote(staff, writer, left)
    for text in left.decisions:
        await done(staff, {"t": "board.decide", "text": text})
    for text, owner in left.actions:
        await done(staff, {"t": "board.plan", "text": text, "owner": owner, "due": "2026-12-04"})
    await _talk(gathering, left)


async def _write(staff: Room, writer: Room, left: Left, level: str) -> None:
    await see(staff, left.columns[-1], "title")
    columns = [id for id, record in staff.records.items() if record["t"] == "board.column"]
    inside = [text for notes in left.groups.values() for text in notes]
    for nth, text in enumerate((*inside, *left.loose)):
        column = columns[nth % len(columns)]
        await done(writer, {"t": "board.write", "column": column, "text": text, "level": level})
    await _go(staff, "write", "group")


async def _group(staff: Room, left: Left) -> None:
    for name, (first, *rest) in left.groups.items():
        known = {id for id, record in staff.records.items() if record["t"] == "board.group"}
        for text in rest:
            one, other = await see(staff, text), await see(staff, first)
            await done(staff, {"t": "board.group_with", "note": one, "other": other})
        changes = staff.changes()
        while not (made := {id for id, record in staff.records.items() if record["t"] == "board.group"} - known):
            await anext(changes)
        (group,) = made
        rev = staff.records[group].get("rev", 0)
        await done(staff, {"t": "board.name_group", "group": group, "rev": rev, "text": name})
    await _go(staff, "group", "vote")


async def _vote(staff: Room, writer: Room, left: Left) -> None:
    budget = sum(left.dots)
    if budget:
        await done(staff, {"t": "board.set", "budget": min(budget, 20), "most": min(max(left.dots), 20)})
    for name, dots in zip(left.groups, left.dots, strict=True):
        if dots:
            await done(writer, {"t": "board.vote", "card": await see(writer, name), "dots": dots})
    await _go(staff, "vote", "discuss")


async def _talk(gathering: Gathering, left: Left) -> None:
    speaker, staff = await gathering.guest(left.speaker, chat=True), await gathering.on(gathering.chat)
    for act, texts in (("chat.pin", left.pinned), ("chat.save", left.saved)):
        for text in texts:
            await done(speaker, {"t": "chat.post", "text": text})
            await done(staff, {"t": act, "message": await see(staff, text), "on": True})


async def _go(staff: Room, was: str, phase: str) -> None:
    await done(staff, {"t": "board.go", "was": was, "phase": phase})


async def see(room: Room, text: str, where: str = "text") -> str:
    """The id of what has these words there, once it is known."""
    changes = room.changes()
    while (found := next((id for id, r in room.records.items() if r.get(where) == text), None)) is None:
        await anext(changes)
    return found
