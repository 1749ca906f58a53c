"""A short session in which all three kinds have something to leave, and what that is, told apart from Kring."""

from __future__ import annotations

import random
import secrets
from contextlib import AsyncExitStack
from typing import Any

import httpx2
from msgspec import Struct

from tests.web.gathering import Reachable, Seat, board_of, inside, seated, started

LEVELS = ("named", "pseudonymous", "anonymous")


class Left(Struct, frozen=True):
    """What a line should say: about what, the words, who, how many votes, the answer, whose action it is."""

    about: str
    text: str
    name: str = ""
    votes: int = 0
    answer: str = ""
    owner: str = ""


class Short(Struct, frozen=True):
    """A session that is still open. `lines`: what it leaves; `attended`: who came; `hushed`: what nobody may find."""

    id: str
    level: str
    rooms: list[str]
    lines: set[Left]
    attended: list[str]
    hushed: list[str]


async def short_session(
    kring: Reachable,
    staff: httpx2.AsyncClient,
    dice: random.Random,
    *,
    level: str | None = None,
    staff_name: str = "Owner",
) -> Short:
    """One guest and one of staff ask, write and talk; somebody is muted; something is decided and planned."""
    level = level or dice.choice(LEVELS)
    tale = _Tale(level, f"Gast {secrets.token_hex(4)}", dice, set(), [])
    async with AsyncExitStack() as stack:
        session = await started(staff, level, review=False, title=f"Avond {dice.randrange(10**6)}")
        board = await board_of(staff, session["id"])
        qna, chat = (room["id"] for room in session["rooms"])
        guest = await stack.enter_async_context(inside(kring, session["code"], tale.guest))
        desk, ask = [await stack.enter_async_context(seated(kring, qna, each)) for each in (staff, guest)]
        await _asked(tale, desk, ask)
        lead, talk = [await stack.enter_async_context(seated(kring, chat, each)) for each in (staff, guest)]
        await _talked(tale, lead, talk)
        run, write = [await stack.enter_async_context(seated(kring, board, each)) for each in (staff, guest)]
        await _wrote(tale, run, write)
    return Short(session["id"], level, [qna, chat, board], tale.lines, sorted([tale.guest, staff_name]), tale.hushed)


class _Tale(Struct, frozen=True):
    level: str
    guest: str
    dice: random.Random
    lines: set[Left]
    hushed: list[str]

    @property
    def name(self) -> str:
        """Of the guest, where people go by it."""
        return self.guest if self.level == "named" else ""

    def words(self, what: str) -> str:
        return f"{what} {self.dice.randrange(10**9)}"


async def done(seat: Seat, t: str, **fields: object) -> dict[str, Any]:
    answer = await seat.do(t, **fields)
    assert answer["t"] == "done", (t, answer)
    return answer


async def _asked(tale: _Tale, desk: Seat, ask: Seat) -> None:
    """Each answered or not; one is hushed, by way of which its asker is muted."""
    for nth in range(tale.dice.randint(1, 3)):
        text, answered, votes = tale.words("Vraag"), nth == 0 or tale.dice.random() < 0.5, tale.dice.randint(0, 1)
        await done(ask, "qna.ask", text=text, level=tale.level)
        id = await desk.see(text)
        if votes:
            await done(desk, "qna.vote", question=id, on=True)
        if answered:
            await done(desk, "qna.answer", question=id, rev=0, how="live", text="*Zo* dus.")
        about = "answered" if answered else "follow_up"
        tale.lines.add(Left(about, text, tale.name, votes, "*Zo* dus." if answered else ""))
    text = tale.words("Gesmoorde vraag")
    await done(ask, "qna.ask", text=text, level=tale.level)
    await done(desk, "qna.mute", question=await desk.see(text), on=True)
    tale.hushed.append(text)


async def _talked(tale: _Tale, lead: Seat, talk: Seat) -> None:
    """One message is pinned, one saved, one neither; one is pinned and then removed."""
    texts = {what: tale.words(what) for what in ("Vastgezet", "Bewaard", "Gewoon", "Weggehaald")}
    for text in texts.values():
        await done(talk, "chat.post", text=text)
    ids = {what: await lead.see(text, "chat.message") for what, text in texts.items()}
    await done(lead, "chat.pin", message=ids["Vastgezet"], on=True)
    await done(lead, "chat.save", message=ids["Bewaard"], on=True)
    await done(lead, "chat.pin", message=ids["Weggehaald"], on=True)
    await done(lead, "chat.remove", message=ids["Weggehaald"])
    tale.lines.add(Left("pinned", texts["Vastgezet"], tale.guest))
    tale.lines.add(Left("saved", texts["Bewaard"], tale.guest))
    tale.hushed.append(texts["Weggehaald"])


async def _wrote(tale: _Tale, run: Seat, write: Seat) -> None:
    """Two notes in a group with votes, one alone, one by way of which its writer is muted; a decision, an action."""
    column = min(run.of("board.column"))
    texts = [tale.words(what) for what in ("Briefje", "Briefje", "Los briefje", "Gesmoord briefje")]
    for text in texts:
        await done(write, "board.write", column=column, text=text, level=tale.level)
    await done(run, "board.go", was="write", phase="group")
    first, second, _, hushed = [await run.see(text, "board.note") for text in texts]
    await done(run, "board.group_with", note=first, other=second)
    (group,) = run.of("board.group")
    name = tale.words("Groep")
    await done(run, "board.name_group", group=group, rev=0, text=name)
    await done(run, "board.go", was="group", phase="vote")
    dots = tale.dice.randint(1, 3)
    await done(write, "board.vote", card=group, dots=dots)
    await done(run, "board.mute", note=hushed, on=True)
    await done(run, "board.go", was="vote", phase="discuss")
    decided, planned = tale.words("Besluit"), tale.words("Actie")
    await done(run, "board.decide", text=decided)
    await done(run, "board.plan", text=planned, owner="Noor", due="2026-12-01", about=group)
    tale.lines.update({Left("group", name, votes=dots), *(Left("note", text, tale.name) for text in texts[:3])})
    tale.lines.add(Left("decision", decided))
    tale.lines.add(Left("action", planned, owner="Noor" if tale.level == "named" else ""))
    tale.hushed.append(texts[3])
