"""C3, C7: the frame hunt on a board. Every frame that ever reached anybody is searched for what they may not have."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from rooms.kind import kinds
from rooms.kinds.board.records import Ballot, Note
from rooms.model import Changes, Event, Record, Records, Role, Viewer
from tests.web.gathering import Seat, board_of, inside, seated, started
from tests.web.site import site

HIDDEN, FIRST, EDITED = "Verborgen kwartel", "Eerste woorden nachtzwaluw", "Andere woorden nachtzwaluw"
DELETED, LATE = "Weggehaald roodborstje", "Open ijsvogel"
AUTHOR = "Wilhelmina Plantsoen"
ALL = {"owner", "moderator", "member", "writer", "guest"}
STAFF = {"owner", "moderator"}
NOTE, OWN = "board.note", "board.own"


@asynccontextmanager
async def everybody(directory: Path, level: str = "anonymous") -> AsyncIterator[dict[str, Seat]]:
    """One of every role on a board; screens don't come in (`test_boards`)."""
    async with site(directory) as kring, AsyncExitStack() as stack:
        owner = await stack.enter_async_context(kring.signed_in(Role.OWNER))
        session = await started(owner, level)
        room = await board_of(owner, session["id"])
        browsers = {
            "owner": owner,
            "moderator": await stack.enter_async_context(kring.signed_in(Role.MODERATOR)),
            "member": await stack.enter_async_context(kring.signed_in(Role.MEMBER)),
            "writer": await stack.enter_async_context(inside(kring, session["code"], AUTHOR)),
            "guest": await stack.enter_async_context(inside(kring, session["code"], "Sam")),
        }
        yield {who: await stack.enter_async_context(seated(kring, room, browser)) for who, browser in browsers.items()}


async def done(seat: Seat, t: str, **fields: object) -> None:
    answer = await seat.do(t, **fields)
    assert answer["t"] == "done", (t, answer)


async def written(seats: dict[str, Seat], level: str = "anonymous") -> None:
    """Notes in the phase of writing: one stays, one is edited, one deleted; everybody comes back once."""
    writer = seats["writer"]
    column = min(writer.of("board.column"))
    for text in (HIDDEN, FIRST, DELETED):
        await done(writer, "board.write", column=column, text=text, level=level)
    ids = {text: writer.of(OWN)[await writer.see(text, OWN)]["note"] for text in (FIRST, DELETED)}
    await done(writer, "board.edit", note=ids[FIRST], rev=0, text=EDITED)
    await done(writer, "board.delete", note=ids[DELETED], rev=0)
    for seat in seats.values():
        await seat.catch_up()


async def gone_on(seats: dict[str, Seat], *phases: str) -> None:
    for was, phase in pairwise(phases):
        await done(seats["moderator"], "board.go", was=was, phase=phase)
    for seat in seats.values():
        await seat.catch_up()


async def voted(seats: dict[str, Seat]) -> None:
    """Everybody but the guest, and the writer takes one back; then everybody comes back."""
    for who in ALL - {"guest"}:
        await done(seats[who], "board.vote", card=await seats[who].see(HIDDEN, NOTE), dots=2)
    card = await seats["writer"].see(EDITED, NOTE)
    for dots in (1, 0):
        await done(seats["writer"], "board.vote", card=card, dots=dots)
    await done(seats["member"], "board.ready", on=True)
    for seat in seats.values():
        await seat.catch_up()


def received(seats: dict[str, Seat], text: str) -> set[str]:
    """Who ever received this text."""
    return {who for who, seat in seats.items() if any(text in frame for frame in seat.frames)}


async def test_frame_hunt(tmp_path: Path) -> None:
    async with everybody(tmp_path) as seats:
        await written(seats)
        for text in (HIDDEN, FIRST, EDITED, DELETED):
            assert received(seats, text) == {"writer"}, text
        assert received(seats, '"hidden":2') == ALL, "but everybody knows how many there are"
        await gone_on(seats, "write", "reveal")
        await done(
            seats["writer"], "board.write", column=min(seats["writer"].of("board.column")), text=LATE, level="anonymous"
        )
        await gone_on(seats, "reveal", "group", "vote")
        await voted(seats)
        assert received(seats, '"votes"') == set(), "nobody learns how many while people vote"
        await done(seats["moderator"], "board.mute", note=await seats["moderator"].see(HIDDEN, NOTE), on=True)
        await gone_on(seats, "vote", "discuss", "done")
        assert received(seats, '"votes":8') == ALL
        for text in (HIDDEN, EDITED, LATE):
            assert received(seats, text) == ALL, text
        for text in (FIRST, DELETED):
            assert received(seats, text) == {"writer"}, f"never revealed: {text}"
        hunted(seats)


def hunted(seats: dict[str, Seat]) -> None:
    """F4: what is private is nobody else's; nobody learns whose a note without a name is, nor who is muted."""
    for who, seat in seats.items():
        others = {other.joined["you"][1] for each, other in seats.items() if each != who}
        assert not any(id in frame for id in others for frame in seat.frames), who
    for text in (AUTHOR, *seats["writer"].joined["you"]):
        assert received(seats, text) == {"writer"}, text
    assert received(seats, "board.ballot") == ALL - {"guest"}
    assert received(seats, "board.readiness") == {"member"}
    assert received(seats, "board.mutes") == STAFF
    assert received(seats, "board.head") == set()


# ---- controls: what is leaked on purpose is found --------------------------------------------------------------------


@pytest.fixture
def leaking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the kind do something else."""
    kind = kinds()["board"]
    return lambda **parts: monkeypatch.setattr(kind, "_own", replace(kind._own, **parts))


async def test_control_a_hidden_note_shown_to_staff_is_found(tmp_path: Path, leaking: Callable[..., None]) -> None:
    own = kinds()["board"]._own.show

    def show(record: Record, viewer: Viewer) -> Record | None:
        return record if isinstance(record, Note) and viewer.role.staff else own(record, viewer)

    leaking(show=show)
    async with everybody(tmp_path) as seats:
        await written(seats)
        assert received(seats, HIDDEN) == received(seats, FIRST) == {"writer", *STAFF}
        assert received(seats, seats["writer"].joined["you"][1]) == {"writer", *STAFF}


async def test_control_ballots_and_votes_that_everybody_gets_are_found(
    tmp_path: Path, leaking: Callable[..., None]
) -> None:
    own = kinds()["board"]._own.evolve

    def evolve(records: Records, event: Event) -> Changes:
        changed = own(records, event)
        return {id: replace(r, only=None) if isinstance(r, Ballot) else r for id, r in changed.items()}

    leaking(evolve=evolve)
    async with everybody(tmp_path) as seats:
        await written(seats)
        await gone_on(seats, "write", "vote")
        await voted(seats)
        assert received(seats, "board.ballot") == ALL
        with pytest.raises(AssertionError):
            hunted(seats)


async def test_control_on_a_board_by_name_everybody_gets_the_author(tmp_path: Path) -> None:
    async with everybody(tmp_path, "named") as seats:
        await written(seats, "named")
        assert received(seats, HIDDEN) == {"writer"}, "hidden is hidden there too"
        await gone_on(seats, "write", "reveal")
        assert received(seats, HIDDEN) == received(seats, AUTHOR) == ALL
