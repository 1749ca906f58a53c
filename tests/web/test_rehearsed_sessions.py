"""Two real conversations are held as sessions, closed, and in the library within ten seconds of the grace's end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import httpx2
import pytest

from rooms.model import Role
from tests.web.gathering import started
from tests.web.outcomes import rows
from tests.web.search_quality import FILES, FIRST
from tests.web.search_queries import CHANNEL, MEETING, Wanted
from tests.web.site import Site, site
from web.catalogue import say
from web.conversations import parse
from web.rehearsal import Door, Meeting, Server, Talk, rehearse, sign_in, start_session, turns

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
GRACE_S = 1
MOST_S = 10.0


async def test_in_the_library_within_ten_seconds_and_found_back(tmp_path: Path, conversations: Path) -> None:
    async with site(tmp_path, grace_s=GRACE_S) as kring, kring.signed_in(Role.OWNER) as staff:
        channel = await _channel(kring, staff, (conversations / FILES["channel"]).read_bytes())
        meeting = await _meeting(kring, (conversations / FILES["meeting"]).read_text())
        took = {session: await _closed(kring, staff, session) for session in (channel, meeting)}
        assert max(took.values()) < MOST_S, took
        found = [await _places(staff, wanted) for wanted in (*CHANNEL, *MEETING)]
        for session in (channel, meeting):
            told = (await staff.get(f"/api/sessions/{session}/outcome")).json()
            assert told["attendance"] > 10
            assert (await staff.get(f"/api/sessions/{session}/export")).status_code == 200
        questions = rows(tmp_path, "select about from outcome_lines where session = ?", meeting)
        assert questions, "the meeting's queue is its outcome"
    recall = mean(sum(place <= FIRST for place in places) / min(FIRST, count) for places, count in found)
    rank = mean(1 / min(places) if places else 0.0 for places, _ in found)
    print(f"closed in {[f'{each:.1f} s' for each in took.values()]}; recall@5 {recall:.3f}, MRR {rank:.3f}")
    assert recall >= 0.85
    assert rank >= 0.85


async def _channel(kring: Site, staff: httpx2.AsyncClient, recorded: bytes) -> str:
    """A day of a help channel, in the chat of a session."""
    session = await started(staff, "named", title="Help channel")
    talk = Talk(parse(recorded))
    talk.rooms = [next(room["id"] for room in session["rooms"] if room["kind"] == "chat")]
    assert (await rehearse(talk, Door(kring.base, session["code"], "en"))).complete
    return str(session["id"])


async def _meeting(kring: Site, recorded: str) -> str:
    """A meeting with a queue of speakers: its questions and answers, and what was said meanwhile."""
    server = Server(kring.base, "en")
    moderator = await sign_in(server, f"{kring.base}/in#{await kring.token(Role.MODERATOR)}")
    session = await start_session(server, moderator, "Meeting")
    meeting = Meeting(
        parse(recorded),
        session,
        moderator,
        turns=turns(recorded),
        asks_floor=lambda name: say("en", "rehearse-asks-floor", {"name": name}),
    )
    assert (await rehearse(meeting, Door(kring.base, session.code, "en"))).complete
    return session.id


async def _closed(kring: Site, staff: httpx2.AsyncClient, session: str) -> float:
    """Seconds from the end of the grace until it is closed, with its outcome in the library."""
    closing = (await staff.post(f"/api/sessions/{session}/close")).json()
    assert closing["state"] == "closing"
    await kring.house.worker.closed(session)
    assert (await staff.get(f"/api/sessions/{session}")).json()["state"] == "closed"
    return time.time() - float(closing["closes_at"]) / 1_000


async def _places(staff: httpx2.AsyncClient, wanted: Wanted) -> tuple[Sequence[int], int]:
    """Where what was hoped for is, from 1; and how much was hoped for. Each hit is told with where it was said."""
    answer = await staff.get("/api/library", params={"q": wanted.query})
    hits: list[dict[str, Any]] = answer.json()["hits"]
    for hit in hits:
        assert hit["where"] == "item" or (hit["session"] and hit["room"]), hit
    told = ["".join(text for text, _ in (*hit["title"], *hit["text"])) for hit in hits]
    places = [next((n for n, text in enumerate(told, 1) if hoped in text), 0) for hoped in wanted.hoped]
    return [place for place in places if place], len(wanted.hoped)
