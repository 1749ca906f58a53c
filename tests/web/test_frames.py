"""C3, C7: the frame hunt. Every frame that ever reached anybody is searched for what they may not have."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from rooms.model import Role
from tests.web.gathering import Seat, inside, seated, started
from tests.web.site import Site, site

REVIEW, DECLINED, NOTE = "Onbeoordeeld kwartel", "Afgewezen wielewaal", "Toelichting zeearend"
WITHDRAWN, REMOVED, ORIGINAL = "Ingetrokken boomvalk", "Verwijderd roodborstje", "Eerste woorden nachtzwaluw"
OPEN, EDITED, ANSWER = "Zichtbaar ijsvogel", "Andere woorden nachtzwaluw", "Antwoord grutto"
AUTHOR = "Wilhelmina Plantsoen"


async def everybody(kring: Site, stack: AsyncExitStack) -> dict[str, Seat]:
    """One of every role, in the Q&A of an anonymous session with review."""
    owner = await stack.enter_async_context(kring.signed_in(Role.OWNER))
    session = await started(owner)
    room = session["rooms"][0]["id"]
    code = session["code"]
    browsers = {
        "owner": owner,
        "moderator": await stack.enter_async_context(kring.signed_in(Role.MODERATOR)),
        "member": await stack.enter_async_context(kring.signed_in(Role.MEMBER)),
        "asker": await stack.enter_async_context(inside(kring, code, AUTHOR)),
        "guest": await stack.enter_async_context(inside(kring, code, "Sam")),
    }
    seats = {who: await stack.enter_async_context(seated(kring, room, browser)) for who, browser in browsers.items()}
    url = (await owner.post(f"/api/sessions/{session['id']}/screen")).json()["url"]
    token = (await owner.post("/api/sign-in", json={"token": url.partition("#")[2]})).json()["token"]
    seats["screen"] = await stack.enter_async_context(seated(kring, room, token=token))
    return seats


async def played(seats: dict[str, Seat]) -> None:
    """Everything that may become of a question, and everybody comes back once in the middle and once in the end."""
    asker, desk = seats["asker"], seats["moderator"]
    for text in (REVIEW, DECLINED, WITHDRAWN, REMOVED, ORIGINAL, OPEN):
        assert (await asker.do("qna.ask", text=text, level="anonymous"))["t"] == "done"
    ids = {text: await desk.see(text) for text in (REVIEW, DECLINED, WITHDRAWN, REMOVED, ORIGINAL, OPEN)}
    await desk.do("qna.decline", question=ids[DECLINED], rev=0, because="off_topic", note=NOTE)
    await asker.do("qna.withdraw", question=ids[WITHDRAWN])
    await desk.do("qna.remove", question=ids[REMOVED], rev=0)
    await desk.do("qna.edit", question=ids[ORIGINAL], rev=0, text=EDITED)
    await desk.do("qna.approve", question=ids[ORIGINAL], rev=1)
    await desk.do("qna.approve", question=ids[OPEN], rev=0)
    for seat in seats.values():
        await seat.catch_up()
        await seat.see(OPEN)
    for who, seat in seats.items():
        if who != "screen":
            assert (await seat.do("qna.vote", question=ids[OPEN], on=True))["t"] == "done"
    await desk.do("qna.mute", question=ids[OPEN], on=True)
    await desk.do("qna.park", question=ids[ORIGINAL], rev=2, on=True)
    await desk.do("qna.stage", question=ids[OPEN], rev=1)
    await desk.do("qna.answer", question=ids[OPEN], rev=2, how="written", text=ANSWER)
    for seat in seats.values():
        await seat.catch_up()


def received(seats: dict[str, Seat], text: str) -> set[str]:
    """Who ever received this text."""
    return {who for who, seat in seats.items() if any(text in frame for frame in seat.frames)}


ALL = {"owner", "moderator", "member", "asker", "guest", "screen"}
STAFF = {"owner", "moderator"}


async def test_frame_hunt(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, AsyncExitStack() as stack:
        seats = await everybody(kring, stack)
        await played(seats)
        second = seats["asker"].joined["you"][1]
        for who, seat in seats.items():  # F4: private frames are nobody else's, whatever they hold
            others = {other.joined["you"][1] for each, other in seats.items() if each != who}
            assert not any(id in frame for id in others for frame in seat.frames), who
        for text in (REVIEW, DECLINED, NOTE, WITHDRAWN, REMOVED, ORIGINAL):
            assert received(seats, text) == STAFF | {"asker"}, text
        for text in (OPEN, EDITED, ANSWER):
            assert received(seats, text) == ALL, text
        for text in (AUTHOR, second, seats["asker"].joined["you"][0]):
            assert received(seats, text) == {"asker"}, text
        for text in ('"parked":true', '"muted":true', '"original"', "off_topic"):
            assert received(seats, text) - {"asker"} == STAFF, text
        assert not any("qna.silence" in frame for seat in seats.values() for frame in seat.frames)


async def test_control_what_is_shown_to_all_is_found_with_all(tmp_path: Path) -> None:
    """The same hunt in a session without review, by name: it finds the question and its author with everybody."""
    async with site(tmp_path) as kring, AsyncExitStack() as stack:
        owner = await stack.enter_async_context(kring.signed_in(Role.OWNER))
        session = await started(owner, "named", review=False)
        room = session["rooms"][0]["id"]
        asker = await stack.enter_async_context(inside(kring, session["code"], AUTHOR))
        guest = await stack.enter_async_context(inside(kring, session["code"], "Sam"))
        seats = {
            "owner": await stack.enter_async_context(seated(kring, room, owner)),
            "asker": await stack.enter_async_context(seated(kring, room, asker)),
            "guest": await stack.enter_async_context(seated(kring, room, guest)),
        }
        await seats["asker"].do("qna.ask", text=REVIEW, level="named")
        for seat in seats.values():
            await seat.see(REVIEW)
        assert received(seats, REVIEW) == received(seats, AUTHOR) == {"owner", "asker", "guest"}
