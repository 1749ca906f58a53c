"""A board on which everything happens that may tell who somebody is, and what its files tell afterwards (C7)."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from msgspec import Struct

from rooms.model import Role
from tests.web.gathering import Seat, board_of, inside, seated, started
from tests.web.lively import NAME, OTHER, person_of, planted
from tests.web.site import Site

NOTES = 8
"""What is left of them."""


class LivelyBoard(Struct, frozen=True):
    """What happened, and what nobody may find afterwards: of two known people their person id, named and second id."""

    session: str
    room: str
    persons: tuple[str, str]
    named: tuple[str, str]
    second: tuple[str, str]


async def lively_board(kring: Site, level: str = "anonymous", crowd: int = 2) -> LivelyBoard:
    """Writing, editing, voting, taking back, every act of staff; the session is still open after it."""
    async with AsyncExitStack() as stack:
        staff = await stack.enter_async_context(kring.signed_in(Role.OWNER))
        session = await started(staff, level)
        room = await board_of(staff, session["id"])
        one = await stack.enter_async_context(planted(kring, session["code"], NAME))
        two = await stack.enter_async_context(planted(kring, session["code"], OTHER))
        desk, anne, bram = [await stack.enter_async_context(seated(kring, room, each)) for each in (staff, one, two)]
        voters = [
            await stack.enter_async_context(inside(kring, session["code"], f"Kiezer {nth}")) for nth in range(crowd)
        ]
        others = [await stack.enter_async_context(seated(kring, room, voter)) for voter in voters]
        await _written(desk, anne, bram, level)
        await _worked_out(desk, anne, bram, others)
        persons = [await person_of(kring, name) for name in (NAME, OTHER)]
        return LivelyBoard(
            session["id"],
            room,
            (persons[0]["id"], persons[1]["id"]),
            (anne.joined["you"][0], bram.joined["you"][0]),
            (anne.joined["you"][1], bram.joined["you"][1]),
        )


async def _do(seat: Seat, t: str, **fields: object) -> None:
    answer = await seat.do(t, **fields)
    assert answer["t"] == "done", (t, answer)


async def _written(desk: Seat, anne: Seat, bram: Seat, level: str) -> None:
    """Each four notes, of which one is edited, and one more that is deleted; then all are revealed."""
    column = min(desk.of("board.column"))
    await _do(desk, "board.start", ms=60_000)
    for seat, who in ((anne, "een"), (bram, "ander")):
        for nth in range(5):
            await _do(seat, "board.write", column=column, text=f"Briefje {nth} van de {who}", level=level)
        ids = [seat.of("board.own")[await seat.see(f"Briefje {n} van de {who}", "board.own")]["note"] for n in (0, 4)]
        await _do(seat, "board.edit", note=ids[0], rev=0, text=f"Beter 0 van de {who}")
        await _do(seat, "board.delete", note=ids[1], rev=0)
        await _do(seat, "board.ready", on=True)
    await _do(desk, "board.go", was="write", phase="group")


async def _worked_out(desk: Seat, anne: Seat, bram: Seat, others: list[Seat]) -> None:
    """Two are muted by a note for a while, one by two; a group; votes given and taken back; an action."""
    first, second, other = [
        await desk.see(text, "board.note")
        for text in ("Beter 0 van de een", "Briefje 1 van de een", "Beter 0 van de ander")
    ]
    for note in (first, second, other):
        await _do(desk, "board.mute", note=note, on=True)
    for note in (first, second):
        await _do(desk, "board.mute", note=note, on=False)
    await _do(desk, "board.group_with", note=first, other=other)
    await _do(desk, "board.go", was="group", phase="vote")
    (group,) = desk.of("board.group")
    for seat in others:
        await _do(seat, "board.vote", card=group, dots=2)
        await _do(seat, "board.vote", card=second, dots=2)
    await _do(anne, "board.vote", card=group, dots=1)
    await _do(anne, "board.vote", card=second, dots=3)
    await _do(anne, "board.vote", card=second, dots=0)
    await _do(desk, "board.go", was="vote", phase="discuss")
    await _do(anne, "board.plan", text="Een bord ophangen", about=group)


# ---- what the files tell ---------------------------------------------------------------------------------------------


def acts(archive: list[dict[str, Any]]) -> dict[str, set[str]]:
    """id of an actor → what it did, in the archive's entries and records: wrote this, voted for that."""
    found: dict[str, set[str]] = {}
    for event in (event for entry in archive for event in entry.get("events", ())):
        match event["t"]:
            case "board.written":
                found.setdefault(event["by"], set()).add(f"wrote {event['id']}")
            case "board.voted":
                found.setdefault(event["by"], set()).add(f"voted {event['card']}")
            case "board.readied":
                found.setdefault(event["by"], set()).add("was ready")
            case "board.muted":
                found.setdefault(event["by"], set()).add(f"wrote {event['note']}")
    for record in archive:
        if record.get("t") == "board.ballot":
            found.setdefault(record["only"], set()).update(f"voted {card}" for card in record["dots"])
    return found


def linked(archive: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Ids that more than one act have in common."""
    return {id: did for id, did in acts(archive).items() if len(did) > 1}
