"""C10: role × command × state, and phase for boards, cell by cell over real sockets, from the tables that decide."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from rooms import lifecycle
from rooms.kind import Kind, kinds
from rooms.kinds.board import phases
from rooms.kinds.board.commands import Phase
from rooms.lifecycle import State, tag
from rooms.model import Command, Reason, Role
from tests.web.cells import PEOPLE, Ways, everybody, example, let_in, reason_of, screen_token, seats
from tests.web.gathering import Seat, board_of
from tests.web.site import Site, site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

STAND_IN_THE_WAY = {State.PLANNED: "planned", State.LOCKED: "locked", State.CLOSED: "closed"}
OF_THE_TABLE = {str(reason) for reason in lifecycle.REASONS}
MOVES = tuple(lifecycle.MOVES)
ROOMS = [(kind, state) for kind in sorted(kinds()) if kind in ("chat", "qna", "board") for state in State]


@pytest.fixture
async def kring(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lang="en") as found:
        yield found


def expected(kind: Kind, command: type[Command], state: State, role: Role) -> str | None:
    """The reason that the table gives; None: it lets them."""
    rights = kind.table[command]
    if lifecycle.allows(rights, state, role):
        return None
    elsewhere = any(lifecycle.allows(rights, other, role) for other in State)
    return STAND_IN_THE_WAY.get(state, "forbidden") if elsewhere or state is State.CLOSED else "forbidden"


async def room_in(kring: Site, ways: Ways, kind: str, state: State) -> tuple[str, str | None]:
    """A new room of this kind in this state, and the token of a screen where one can show it."""
    owner = ways.of(Role.OWNER)
    planned = state is State.PLANNED
    made = await owner.post("/api/sessions", json={"title": f"{kind} {state}", "review": False, "planned": planned})
    path = f"/api/sessions/{made.json()['id']}"
    if kind == "board":
        await board_of(owner, made.json()["id"])
    about = (await owner.get(path)).json()
    await let_in(ways, about["code"])
    screen = await screen_token(kring, owner, made.json()["id"]) if kind == "qna" else None
    if state is State.LOCKED:
        assert (await owner.post(f"{path}/lock")).json() == {"state": "locked"}
    if state is State.CLOSED:
        assert (await owner.post(f"{path}/close")).status_code == 200
        await kring.house.worker.closed(made.json()["id"])
    return next(room["id"] for room in about["rooms"] if room["kind"] == kind), screen


def in_order(command: type[Command]) -> tuple[bool, bool, str]:
    """What moves the room comes last, and what can't be undone at the very end."""
    return command in MOVES, command is lifecycle.Open, tag(command)


async def back(state: State, owner: Seat) -> None:
    """What a move did is undone, as far as it can be."""
    stays = {State.OPEN: lifecycle.Unlock, State.LOCKED: lifecycle.Lock}.get(state)
    if stays is not None:
        assert reason_of(await owner.do(tag(stays))) is None


async def cell(seat: Seat, command: type[Command]) -> str | None:
    """What became of an example; only what the table has to say of it counts."""
    fields = example(command)
    reason = reason_of(await seat.do(str(fields.pop("t")), **fields))
    return reason if reason in OF_THE_TABLE else None


@pytest.mark.parametrize(("kind", "state"), ROOMS, ids=[f"{kind}-{state}" for kind, state in ROOMS])
async def test_c10_every_role_command_and_state(kring: Site, kind: str, state: State) -> None:
    known = kinds()[kind]
    wanted: dict[tuple[Role, str], str | None] = {}
    found: dict[tuple[Role, str], str | None] = {}
    async with everybody(kring) as ways:
        room, screen = await room_in(kring, ways, kind, state)
        async with seats(kring, ways, room, screen) as there:
            for command in sorted(known.table, key=in_order):
                for role, seat in there.items():
                    wanted[role, tag(command)] = expected(known, command, state, role)
                    if command is lifecycle.Open and state is State.PLANNED and role is Role.OWNER:
                        continue  # the moderator has opened it: see below
                    found[role, tag(command)] = await cell(seat, command)
                    if found[role, tag(command)] is None and command in MOVES:
                        await back(state, there[Role.OWNER])
    if state is State.PLANNED:
        found[Role.OWNER, "room.open"] = None
    assert found == wanted
    assert len(found) == len(known.table) * (5 if kind == "qna" else 4)


async def test_a_table_that_is_not_kept_would_be_noticed(kring: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the server's table lets a guest pin, and the one that the test reads doesn't."""
    known = kinds()["chat"]
    pin = next(command for command in known.table if tag(command) == "chat.pin")
    assert expected(known, pin, State.OPEN, Role.GUEST) == "forbidden"
    monkeypatch.setattr(known, "_table", {**known.table, pin: lifecycle.TAKE_PART})
    async with everybody(kring) as ways:
        room, _ = await room_in(kring, ways, "chat", State.OPEN)
        async with seats(kring, ways, room) as there:
            assert await cell(there[Role.GUEST], pin) is None


# ---- boards: the phase as well ------------------------------------------------------------------------------------

OF_PHASES = {str(Reason.PHASE), str(Reason.FORBIDDEN), str(Reason.NOT_FOUND)}


def expected_in(command: type[Command], phase: Phase, role: Role, *, own: bool) -> str | None:
    """The reason that the table of phases gives for a note of one's own, or of another's; None: it lets them."""

    def allowed(at: Phase) -> bool:
        least = phases.who(command, at)
        if least is None:
            return False
        return role.staff or least is phases.ALL or (least is phases.OWN and own)

    if phase is Phase.WRITE and not own and tag(command) in HIDDEN:
        return "not_found"
    if allowed(phase):
        return None
    return "phase" if any(allowed(other) for other in Phase) else "forbidden"


HIDDEN = ("board.edit", "board.delete", "board.move")
"""While people write, nobody knows of another's note."""


@pytest.mark.parametrize("phase", list(Phase))
async def test_c10_every_role_command_and_phase(kring: Site, phase: Phase) -> None:
    wanted: dict[tuple[Role, str, bool], str | None] = {}
    found: dict[tuple[Role, str, bool], str | None] = {}
    async with everybody(kring) as ways:
        room, _ = await room_in(kring, ways, "board", State.OPEN)
        async with seats(kring, ways, room) as there, seats(kring, ways, room) as others:
            notes = await written(there, others[Role.GUEST])
            await brought_to(there[Role.OWNER], phase)
            for command in sorted(phases.TABLE, key=lambda command: (tag(command) == "board.delete", tag(command))):
                for role, seat in there.items():
                    for own in (True, False) if tag(command) in HIDDEN else (True,):
                        note = notes[role, own]
                        await seat.catch_up()
                        wanted[role, tag(command), own] = expected_in(command, phase, role, own=own)
                        found[role, tag(command), own] = await in_phase(seat, command, note)
    assert found == wanted
    assert len(found) == len(PEOPLE) * (len(phases.TABLE) + len(HIDDEN))


async def written(there: Mapping[Role, Seat], victim: Seat) -> dict[tuple[Role, bool], str]:
    """A note of everybody's own, and one of somebody else's for each; all in the first column."""
    found: dict[tuple[Role, bool], str] = {}
    column = min(victim.of("board.column"))
    for role, seat in there.items():
        other = there[Role.OWNER if role is not Role.OWNER else Role.GUEST]
        for own, writer in ((True, seat), (False, other)):
            answer = await writer.do("board.write", column=column, text=f"{role} {own}", level="named")
            assert answer["t"] == "done", answer
            await writer.catch_up()
            found[role, own] = await writer.see(f"{role} {own}", "board.own")
    return {key: id.removesuffix("~1") for key, id in found.items()}


async def brought_to(owner: Seat, phase: Phase) -> None:
    if phase is not Phase.WRITE:
        assert reason_of(await owner.do("board.go", was="write", phase=phase)) is None


async def in_phase(seat: Seat, command: type[Command], note: str) -> str | None:
    """What became of it, as far as the phases have a say."""
    columns = sorted(seat.of("board.column"))
    shown = seat.records.get(note) or seat.records.get(f"{note}~1") or {}
    rev = shown.get("rev", 0)
    given = {"note": note, "card": note, "within": columns[-1], "after": None, "column": columns[0], "rev": rev}
    about_notes = tag(command) in HIDDEN or tag(command) == "board.write"
    fields = example(command, **given) if about_notes else example(command)
    reason = reason_of(await seat.do(str(fields.pop("t")), **fields))
    if about_notes:
        assert reason in (None, *OF_PHASES), (tag(command), reason)
        return reason
    return reason if reason in ("phase", "forbidden") else None
