"""C2, J4: rehearsed whole while the server is killed ten times, every message is stored exactly once.

A kill inside a commit and one between a commit and its `done` are not hoped for: the files and the clients prove them.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from realtime.client import Done, Room, connect
from realtime.client.outbox import Outbox
from realtime.stamp import command_key
from rooms.model import ActorId
from tests.fault.evidence import Death, Stored, digest, examine, read_stored, rebuilt
from tests.fault.server import KringServer
from tests.realtime.forgetful import forgetful
from web.conversations import Recording, parse
from web.conversations.synthetic import synthetic_day
from web.rehearsal import Door, Progress, Rehearsal, Report, Talk
from web.rehearsal.cast import Line

MOMENTS = ("inside", "after", "now", "inside", "after", "inside", "after", "now", "inside", "after")
BETWEEN = 8
"""Messages acknowledged between two kills, at least."""
SEED = 2013

pytestmark = pytest.mark.fault


class Watched:
    """How far a rehearsal is, to wait for."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self._moved = asyncio.Event()

    def __call__(self, progress: Progress) -> None:
        self.acknowledged = progress.acknowledged
        self._moved.set()

    async def until(self, count: int) -> None:
        while self.acknowledged < count:
            self._moved.clear()
            await self._moved.wait()


class Run:
    """A rehearsal against a server of its own, and what it left behind."""

    def __init__(self, recording: Recording, directory: Path) -> None:
        self.recording, self.directory = recording, directory
        self.server = KringServer(directory)
        self.deaths: list[Death] = []
        self.sends: list[dict[str, int]] = []
        """At each kill: the commands that were under way, and how often they had been sent by then."""
        self.watched = Watched()
        self.cookies: dict[str, str] = {}
        self.watching: list[Room] = []
        self.fresh: list[Room] = []
        self.room = ""

    async def rehearse(self, moments: Sequence[str] = (), seed: int = SEED) -> Report:
        """With a kill at each of the moments, spread over the rehearsal by the seed."""
        messages = self.recording.messages
        door = Door(self.server.url, self.server.code, "en")
        self.rehearsal = Rehearsal(Talk(self.recording), door, self.watched, patience_s=60.0)
        drawn = random.Random(seed)
        marks = sorted(drawn.randrange(len(messages) // 20, len(messages) * 9 // 10) for _ in moments)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.rehearsal.run(None, "Observer"))
            for moment, mark in zip(moments, marks, strict=True):
                await self.watched.until(max(mark, self.watched.acknowledged + BETWEEN))
                await self.server.kill(moment)
                self.sends.append({line.pending.id: line.pending.sends for line in self.lines if not line.outcome})
                self.deaths.append(examine(moment, self.server.journal, self.directory / "copy"))
                await self.server.start()
            return await running

    async def perform(self, moments: Sequence[str] = ()) -> Report:
        """The rehearsal, with a guest and a moderator who watch from before it until after it; the server stops."""
        async with AsyncExitStack() as stack:
            await self.server.start()
            stack.push_async_callback(self.server.stop)
            guest, moderator = self.watching = [await self.enters(stack, role) for role in ("guest", "moderator")]
            first = await guest.do({"t": "chat.post", "text": "from before"})
            assert isinstance(first, Done)
            report = await self.rehearse(moments)
            await self.act(guest, moderator)
            self.fresh = [await self.enters(stack, role) for role in ("guest", "moderator")]
        return report

    async def enters(self, stack: AsyncExitStack, role: str) -> Room:
        """A client with this role, in the room; the same person each time."""
        if role not in self.cookies:
            self.cookies[role] = await self.cookie(role)
        url = self.server.url.replace("http", "ws", 1) + "/ws"
        client = await stack.enter_async_context(connect(url, cookie=self.cookies[role], origin=self.server.url))
        return await client.join(self.room)

    async def cookie(self, role: str) -> str:
        headers = {"X-Kring": "1", "Origin": self.server.url}
        async with httpx2.AsyncClient(base_url=self.server.url, headers=headers) as browser:
            if role == "guest":
                answer = await browser.post("/api/join", json={"code": self.server.code, "name": "Witness"})
            else:
                answer = await browser.post("/api/sign-in", json={"token": await self.server.link(role)})
            assert answer.status_code == 200, answer.text
            self.room = answer.json()["room"]
            return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    async def act(self, guest: Room, moderator: Room) -> None:
        """Whatever makes roles see different things, and records change; then both have seen all of it."""
        latest = sorted((int(str(r["n"])), id) for id, r in moderator.records.items() if r["t"] == "chat.message")
        (_, one), (_, other) = latest[-2:]
        done = [
            await moderator.do({"t": "chat.save", "message": one, "on": True}),
            await moderator.do({"t": "chat.pin", "message": other, "on": True}),
            await guest.do({"t": "chat.react", "message": one, "reaction": "thanks", "on": True}),
            await guest.do({"t": "chat.post", "text": "from after"}),
        ]
        assert all(isinstance(outcome, Done) for outcome in done)
        for room in (guest, moderator):
            changes = room.changes()
            async with asyncio.timeout(20):
                while room.seq < max(outcome.seq for outcome in done if isinstance(outcome, Done)):
                    await anext(changes)

    # ---- what must hold ------------------------------------------------------------------------------------------

    def stored_exactly_once(self, stored: Stored) -> None:
        """Each speaker's messages, each once, in the order of the file: in the journal and in the database."""
        said = {actor.by: speaker for speaker, actor in self.rehearsal.cast.items()}
        texts = dict(stored.messages)
        for by, speaker in said.items():
            file = [act.text for act in self.recording.messages if act.speaker == speaker]
            posted = [event for event in stored.posted if event.by == by]
            assert [event.text for event in posted] == file
            lines = self.rehearsal.cast[speaker].lines
            assert [event.id for event in posted] == [key(stored, by, line.pending.id) for line in lines]
            assert [texts[event.id] for event in posted] == file
        assert len(stored.keys) == len(set(stored.keys))
        ids = [event.id for event in stored.posted if event.by in said]
        assert [id for id, _ in stored.messages if id in set(ids)] == ids

    def proves_its_kills(self, stored: Stored) -> None:
        """Each fell in the busy phase; some inside a commit, some between a commit and its `done`."""
        heads = [death.head for death in self.deaths]
        assert all(before < after for before, after in zip([0, *heads], [*heads, len(stored.entries)], strict=True))
        assert all(death.unfinished > 0 for death in self.deaths if death.moment == "inside")
        after = [untold for death, untold in zip(self.deaths, self.untold(stored), strict=True) if not death.unfinished]
        assert any(after), "no kill fell between a commit and its done"

    def every_view_is_the_same(self, stored: Stored) -> None:
        """The journal's rebuild, a fresh join, and who watched all along: per role, down to the byte."""
        views = []
        for watched, fresh in zip(self.watching, self.fresh, strict=True):
            records, oldest = rebuilt(stored, fresh.you[0], fresh.role)
            assert oldest == watched.oldest == fresh.oldest
            view = digest(records, oldest)
            assert view == digest(fresh.records, oldest)
            assert view == digest(watched.records, oldest)
            views.append(view)
        assert len(set(views)) == len(views), "the roles saw the same: this proves nothing about what roles see"

    def told(self, report: Report, stored: Stored) -> str:
        """What happened, for whoever reads the test's output."""
        lines = [
            f"{report.acknowledged} in {report.seconds:.1f} s, {report.rate:.0f}/s; {report.until_acknowledged} until "
            f"acknowledged, {report.until_seen} until seen; {report.reconnects} reconnects, {report.resent} sent again"
        ]
        for death, untold in zip(self.deaths, self.untold(stored), strict=True):
            lines.append(
                f"killed {death.moment} at entry {death.head}: {death.unfinished} frames of an unfinished commit, "
                f"{len(untold)} commands stored and not told"
            )
        return "\n".join(lines)

    def untold(self, stored: Stored) -> list[set[str]]:
        """For each kill, the commands that it found stored, and that had to be sent again to hear `done`."""
        lines = {line.pending.id: line for line in self.lines}
        keys = {
            line.pending.id: key(stored, actor.by, line.pending.id)
            for actor in self.rehearsal.cast.values()
            for line in actor.lines
        }
        return [
            {id for id, sends in then.items() if keys[id] in death.keys and lines[id].pending.sends > sends}
            for death, then in zip(self.deaths, self.sends, strict=True)
        ]

    @property
    def lines(self) -> list[Line]:
        return [line for actor in self.rehearsal.cast.values() for line in actor.lines]


def key(stored: Stored, by: str, id: str) -> str:
    """The key of a command (C1), which is the id of the message it made."""
    return command_key(stored.key, ActorId(by), id)


def synthetic() -> Recording:
    return parse(synthetic_day(600, 48))


def whole_day(conversations: Path) -> Recording:
    recording = parse((conversations / "ubuntu-2013-01-13.irc.txt").read_bytes())
    assert len(recording.messages) == 5_797
    assert len(recording.nicks) == 397
    return recording


async def rehearsed(recording: Recording, directory: Path, moments: Sequence[str] = ()) -> tuple[Run, Report]:
    """And everything that must hold of it does."""
    run = Run(recording, directory)
    report = await run.perform(moments)
    stored = read_stored(run.server.journal, run.server.library)
    assert report.complete, report
    run.stored_exactly_once(stored)
    run.every_view_is_the_same(stored)
    if moments:
        run.proves_its_kills(stored)
        assert report.resent > 0
        assert report.reconnects >= len(moments)
    else:
        assert report.resent == report.reconnects == 0
    print(run.told(report, stored))
    return run, report


@pytest.mark.timeout(120)
async def test_a_day_is_stored_once_and_in_order(tmp_path: Path) -> None:
    await rehearsed(synthetic(), tmp_path)


@pytest.mark.timeout(300)
async def test_c2_a_day_with_ten_kills_is_stored_once_and_in_order(tmp_path: Path) -> None:
    await rehearsed(synthetic(), tmp_path, MOMENTS)


@pytest.mark.timeout(600)
async def test_the_whole_help_channel_day(tmp_path: Path, conversations: Path) -> None:
    await rehearsed(whole_day(conversations), tmp_path)


@pytest.mark.timeout(900)
async def test_c2_the_whole_help_channel_day_with_ten_kills(tmp_path: Path, conversations: Path) -> None:
    await rehearsed(whole_day(conversations), tmp_path, MOMENTS)


@pytest.mark.timeout(300)
async def test_c2_negative_control_resending_under_new_ids_doubles_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outbox, "disconnected", forgetful)
    run = Run(synthetic(), tmp_path)
    report = await run.perform(("after",) * 4)
    assert report.acknowledged == report.acts
    assert report.observed.extra > 0
    assert not report.complete
    stored = read_stored(run.server.journal, run.server.library)
    with pytest.raises(AssertionError):
        run.stored_exactly_once(stored)
