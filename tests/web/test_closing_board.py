"""C7: closing a session leaves nothing that tells who did what on its boards, wherever it is stopped on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from persistence.unlinking import Aliases
from rooms.model import RecordId, Role
from tests.web.gathering import board_of, seated
from tests.web.lively import (
    ADDRESS,
    NAME,
    OTHER,
    actors,
    files,
    kept,
    secrets_that_fit,
    told_of_people,
    traces,
    without_people,
)
from tests.web.lively_board import NOTES, LivelyBoard, acts, linked, lively_board
from tests.web.site import PROXY, Site, site
from tests.web.test_closing import begun, closing

STEPS = [
    *("qna closed", "chat closed", "board closed"),
    *("qna drained", "chat drained", "board drained", "outcome"),
    *("qna unlinked", "qna begun_anew", "qna scrubbed", "qna forgotten", "chat forgotten"),
    *("board unlinked", "board begun_anew", "board scrubbed", "board forgotten"),
    "closed",
]
DRAINED = STEPS.index("board drained") + 1
"""So many steps: all of the board is in the database, and nothing is unlinked yet."""


async def closed(kring: Site, found: LivelyBoard) -> None:
    await begun(kring, found.session)
    assert await closing(kring, found.session) == STEPS


async def test_identity_hunt(tmp_path: Path) -> None:
    """Outside the people and sign-in tables no file has a trace of the planted people."""
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring)
        await closed(kring, found)
    planted = [NAME, OTHER, "Wilhelmina", "Bartholomeus", ADDRESS, *found.persons, *found.named, *found.second]
    assert traces(without_people(data, tmp_path / "copy"), planted) == []
    assert traces(files(data), found.second) == []
    assert traces(files(data), ["Briefje 4 van de een"]) == [], "what was deleted is gone"
    assert traces(files(data), ["Briefje 3 van de een"]), "the control"
    said = str(kept(data, found.room)).encode() + files(data)["journal.db"]
    assert [value for value in told_of_people(data) if value in said or repr(value)[2:-1].encode() in said] == []


async def test_control_by_name_the_hunt_finds_them_but_not_their_votes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring, "named")
        await closed(kring, found)
    where = traces(without_people(data, tmp_path / "copy"), [NAME, *found.named])
    assert {text for _, text in where} == {NAME, *found.named}
    assert traces(files(data), found.second) == [], "votes are unlinked on a named board too"


@pytest.mark.slow
async def test_linkage_hunt(tmp_path: Path) -> None:
    """Before: the secret is found among all windows of all files, and links both. After: nothing does."""
    data = tmp_path / "data"
    async with site(data, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring, crowd=4)
        await begun(kring, found.session)
        await closing(kring, found.session, stop_after=DRAINED)
        before = kept(data, found.room)
        some = {name: held[:200_000] for name, held in files(data).items()}
        fits = secrets_that_fit(some, found.persons, actors(before))
        assert fits == {person: {f"secrets/{found.room}"} for person in found.persons}
        assert set(found.second) <= linked(before).keys(), "one id for all that a person does"
        await closing(kring, found.session)
    after = kept(data, found.room)
    assert acts(after)
    assert linked(after) == {}
    assert (actors(after) - set(found.named)).isdisjoint(actors(before))
    assert secrets_that_fit(files(data), found.persons, actors(after) | set(found.second) | actors(before)) == {}
    assert "board.mutes" not in str(after)


async def test_control_one_alias_per_person_would_link_their_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Aliases.alias
    monkeypatch.setattr(Aliases, "alias", lambda self, actor, record: own(self, actor, RecordId("")))
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring)
        await closed(kring, found)
    assert linked(kept(tmp_path, found.room))


async def test_control_without_scrubbing_the_old_bytes_are_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*files: object) -> None:
        """Leave the files as they are."""

    monkeypatch.setattr("persistence.closing.scrub", nothing)
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring)
        await closed(kring, found)
        assert traces(files(tmp_path), found.second)


# ---- stopped anywhere ------------------------------------------------------------------------------------------------


async def expected(kring: Site, found: LivelyBoard) -> None:
    """Closed for good, with everything that was written and voted, and nothing of who did it."""
    data = kring.house.settings.data
    async with kring.signed_in(Role.OWNER) as staff:
        session = (await staff.get(f"/api/sessions/{found.session}")).json()
        assert (session["state"], session["secret_gone"]) == ("closed", False)
        assert [(room["kind"], room["state"]) for room in session["rooms"]] == [
            ("qna", "closed"),
            ("chat", "closed"),
            ("board", "closed"),
        ]
        async with seated(kring, found.room, staff) as desk:
            notes, groups = desk.of("board.note"), desk.of("board.group")
            assert len(notes) == NOTES
            assert sum(card.get("votes", 0) for card in [*notes.values(), *groups.values()]) == 2 * 4 + 1
            assert [result["text"] for result in desk.of("board.result").values()] == ["Een bord ophangen"]
            assert desk.of("board.mutes") == desk.of("board.own") == {}
            refused = await desk.do("board.decide", text="Nog iets")
            assert refused["reason"] == "closed"
    assert list((data / "secrets").iterdir()) == []
    assert linked(kept(data, found.room)) == {}
    assert traces(files(data), found.second) == []


STOPS = [0, 3, *range(DRAINED, len(STEPS))]
"""What happens to the Q&A before is `test_closing`'s."""


@pytest.mark.parametrize("after", STOPS, ids=["nothing", *(STEPS[after - 1] for after in STOPS[1:])])
async def test_stopped_after_any_step_the_next_server_goes_on_and_it_ends_the_same(tmp_path: Path, after: int) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring)
        await begun(kring, found.session)
        if after:
            assert await closing(kring, found.session, after) == STEPS[:after]
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        await kring.house.worker.closed(found.session)
        await expected(kring, found)


async def test_all_boards_of_a_session_are_closed_sealed_and_unlinked(tmp_path: Path) -> None:
    async with site(tmp_path, trusted_proxies=(PROXY,)) as kring:
        found = await lively_board(kring)
        async with kring.signed_in(Role.OWNER) as staff:
            more = [await board_of(staff, found.session) for _ in range(2)]
        await begun(kring, found.session)
        steps = await closing(kring, found.session)
        assert [steps.count(step) for step in STEPS if step.startswith("board")] == [3] * 6
        async with kring.signed_in(Role.OWNER) as staff:
            listed = (await staff.get(f"/api/sessions/{found.session}")).json()["rooms"]
        assert [room["state"] for room in listed] == ["closed"] * 5
        assert [room["id"] for room in listed[2:]] == [found.room, *more]
        assert list((tmp_path / "secrets").iterdir()) == []
