"""Rehearsing a meeting on a whole server: its queue on the stage in order, and every departure from that told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rooms.model import Role
from tests.realtime.proxy import Proxy
from tests.web.gathering import seated
from tests.web.site import Site, site
from web.catalogue import say
from web.conversations import Acknowledges, Recording, parse
from web.rehearsal import (
    Door,
    DoorClosed,
    Meeting,
    Moderator,
    Progress,
    Report,
    Server,
    Session,
    Turn,
    rehearse,
    sign_in,
    start_session,
    turns,
)

AGENDA = "hoe we volgend jaar verder willen met de werkplaats"
ROWS = (
    "▷\tbob (~bob@host) has joined #kring",
    "bob\thallo",
    "ada\tAgenda: " + AGENDA,
    "bob\tq+ waarom eigenlijk?",
    "cas\tq+",
    "ada\tq+ dan heb ik ook iets",
    "dee\tq+",
    "ada\tack bob",
    "bob\tomdat het kan",
    "dee\tq-",
    "ada\tack cas",
    "cas\tdank je",
    "ada\tack niemand",
    "ada\ttopic: rondvraag",
    "cas\tq+ en de koffie?",
    "ada\tq- cas",
    "ada\tack ada",
    "bob\ttot ziens",
)
MEETING = "\n".join(f"2020-11-02 19:00:{second:02}\t{row}" for second, row in enumerate(ROWS))


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as built:
        yield built


async def moderator_of(circle: Site, role: Role = Role.MODERATOR) -> Moderator:
    return await sign_in(Server(circle.base, "nl"), f"{circle.base}/in#{await circle.token(role)}")


class Staged:
    """A session that a meeting is rehearsed in."""

    def __init__(self, circle: Site, moderator: Moderator, session: Session) -> None:
        self.circle, self.moderator, self.session = circle, moderator, session

    def meeting(self, recording: Recording, found: list[Turn], limit: int | None = None) -> Meeting:
        def asks_floor(name: str) -> str:
            return say(self.moderator.lang, "rehearse-asks-floor", {"name": name})

        return Meeting(recording, self.session, self.moderator, turns=found, asks_floor=asks_floor, limit=limit)

    def door(self, base: str = "") -> Door:
        return Door(base or self.circle.base, self.session.code, "nl")

    async def rehearsed(self, text: str = MEETING, limit: int | None = None) -> Report:
        return await rehearse(self.meeting(parse(text), turns(text), limit), self.door())


@pytest.fixture
async def staged(circle: Site) -> Staged:
    moderator = await moderator_of(circle)
    return Staged(circle, moderator, await start_session(Server(circle.base, "nl"), moderator, "Nagespeeld"))


# ---- what is done ----------------------------------------------------------------------------------------------------


async def test_a_meeting_becomes_a_session_with_its_queue_on_stage_in_order(staged: Staged) -> None:
    report = await staged.rehearsed()
    assert report.complete, report
    floor = report.floor
    assert floor is not None
    assert (floor.given, floor.staged) == (["bob", "cas", "ada"], ["bob", "cas", "ada"])
    assert (floor.asked, floor.withdrawn, floor.answered, floor.labelled, floor.shortened) == (5, 2, 3, 3, 1)
    assert (report.acts, report.acknowledged, report.observed.seen, report.speakers) == (14, 14, 14, 4)
    assert report.other_acts == {"Joins": 1}
    assert [(dropped.reason, dropped.count) for dropped in report.dropped] == [("not_queued", 1)]
    async with (
        staged.circle.signed_in(Role.OWNER) as owner,
        seated(staged.circle, staged.session.qna, owner) as qna,
        seated(staged.circle, staged.session.chat, owner) as chat,
    ):
        questions = sorted(qna.of("qna.question").values(), key=lambda each: int(each["order"]))
        said = sorted(chat.of("chat.message").values(), key=lambda each: int(each["n"]))
    short = AGENDA[:39].rstrip() + "…"
    assert [(each["name"], each["text"], each["status"], each.get("label", "")) for each in questions] == [
        ("bob", "waarom eigenlijk?", "answered", short),
        ("cas", "cas asks for the floor", "answered", short),
        ("ada", "dan heb ik ook iets", "answered", "rondvraag"),
        ("dee", "dee asks for the floor", "withdrawn", ""),
        ("cas", "en de koffie?", "withdrawn", ""),
    ]
    assert [(each["name"], each["text"]) for each in said if each["name"] == "bob"] == [
        ("bob", text) for text in ("hallo", "omdat het kan", "tot ziens")
    ]


async def test_only_so_many_lines_of_it(staged: Staged) -> None:
    report = await staged.rehearsed(limit=6)
    assert report.complete, report
    assert report.acts == 6
    assert report.floor is not None
    assert report.floor.given == report.floor.staged == ["bob"]


async def test_the_order_is_not_kept_when_somebody_is_let_in_before_their_turn(staged: Staged) -> None:
    """Negative control: the same file, in which two who wait are acknowledged the other way round."""
    recording = parse(MEETING)
    acks = [act for act in recording.acts if isinstance(act, Acknowledges)]
    whom = {acks[0].line_number: acks[1].whom, acks[1].line_number: acks[0].whom}
    acts = tuple(
        replace(act, whom=whom.get(act.line_number, act.whom)) if isinstance(act, Acknowledges) else act
        for act in recording.acts
    )
    report = await rehearse(staged.meeting(replace(recording, acts=acts), turns(MEETING)), staged.door())
    assert not report.complete
    assert report.floor is not None
    assert (report.floor.kept, report.floor.first_difference) == (False, 0)
    assert report.floor.staged == ["cas", "bob", "ada"]
    assert report.acknowledged == report.observed.seen == report.acts, "all else was as it should be"


async def test_it_is_whole_though_connections_break(staged: Staged) -> None:
    async with Proxy.open(int(staged.circle.base.rpartition(":")[2])) as proxy:
        cuts = [3, 7, 10]

        def cut(progress: Progress) -> None:
            if cuts and progress.acknowledged >= cuts[0]:
                cuts.pop(0)
                proxy.cut()

        door = staged.door(f"http://127.0.0.1:{proxy.port}")
        report = await rehearse(staged.meeting(parse(MEETING), turns(MEETING)), door, watch=cut)
    assert report.complete, report
    assert report.reconnects >= 3


async def test_somebody_else_on_stage_is_answered_first_and_stands_in_the_report(staged: Staged) -> None:
    """A question that the file knows nothing of is on stage: the order of the queue is not what was shown."""
    async with (
        staged.circle.signed_in(Role.OWNER) as owner,
        seated(staged.circle, staged.session.qna, owner) as desk,
    ):
        await desk.do("qna.ask", text="Mag ik eerst?")
        (id,) = desk.of("qna.question")
        await desk.do("qna.stage", question=id, rev=0)
        report = await staged.rehearsed()
        await desk.catch_up()
        assert desk.of("qna.question")[id]["status"] == "answered"
    assert not report.complete
    assert report.observed.extra == 1


async def test_a_refused_question_is_never_on_stage_and_that_is_told(staged: Staged) -> None:
    async with staged.circle.signed_in(Role.OWNER) as owner, seated(staged.circle, staged.session.qna, owner) as desk:
        await desk.do("qna.set", asking=False)
        report = await staged.rehearsed()
    assert not report.complete
    assert report.refused == {"not_asking": 5}
    assert report.floor is not None
    assert (report.floor.asked, report.floor.staged, report.floor.first_difference) == (0, [], 0)


async def test_the_recorded_meeting(staged: Staged, conversations: Path) -> None:
    text = (conversations / "w3c-tpac-2020-11-02.irc.tsv").read_text()
    report = await staged.rehearsed(text)
    assert report.complete, report
    assert report.floor is not None
    assert len(report.floor.staged) == report.floor.answered == report.floor.labelled == 22
    assert (report.acts, report.acknowledged, report.observed.seen) == (337, 337, 337)
    lines = sum(dropped.count for dropped in report.dropped) + sum(report.other_acts.values()) + report.acts
    agenda = 1
    assert lines + agenda == len(text.splitlines()), "every line was done, or stands in the report"


# ---- the second reading ----------------------------------------------------------------------------------------------


def test_the_second_reading_finds_who_got_the_floor() -> None:
    assert turns(MEETING) == [Turn(8, "bob"), Turn(11, "cas"), Turn(17, "ada")]
    assert turns("no meeting\nat all\t\n\n") == []


def test_both_readings_agree_on_the_recorded_meeting(conversations: Path) -> None:
    text = (conversations / "w3c-tpac-2020-11-02.irc.tsv").read_text()
    recording = parse(text)
    acks = [act for act in recording.acts if isinstance(act, Acknowledges)]
    assert [turn.line_number for turn in turns(text)] == [act.line_number for act in acks]
    for turn, act in zip(turns(text), acks, strict=True):
        assert turn.nick in recording.speakers[act.whom].nicks


# ---- the moderator ---------------------------------------------------------------------------------------------------


async def test_who_is_no_staff_starts_no_session(circle: Site) -> None:
    member = await moderator_of(circle, Role.MEMBER)
    with pytest.raises(DoorClosed) as closed:
        await start_session(Server(circle.base, "nl"), member, "Nagespeeld")
    assert closed.value.reason == "forbidden"
    assert closed.value.text


async def test_a_link_works_once(circle: Site) -> None:
    link = await circle.token(Role.MODERATOR)
    assert (await sign_in(Server(circle.base, "nl"), link)).name == "Moderator"
    with pytest.raises(DoorClosed) as closed:
        await sign_in(Server(circle.base, "nl"), link)
    assert closed.value.reason == "link_spent"
