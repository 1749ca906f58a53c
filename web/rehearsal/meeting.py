"""A meeting with a speaker queue, as a session: the queue becomes its Q&A, what is said its chat.

Who asks for the floor asks a question; who is acknowledged is on stage, and answered when the next one is. What the
agenda said then becomes their question's label. Kring lets only the asker withdraw, so whoever takes somebody else off
the queue does it by that person's hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from realtime.client import Done, Outcome, Record, Room
from web.conversations import Acknowledges, AnyAct, Asks, Recording, Says, SetsAgenda, Withdraws
from web.rehearsal.cast import Actor, Cue, until
from web.rehearsal.queue import Turn
from web.rehearsal.report import Floor, Seen, compare, total
from web.rehearsal.script import Company, say
from web.rehearsal.staff import Moderator, Session

QNA = "qna"
DESK = "qna"
"""The record that tells what is on stage."""
LABEL_LENGTH = 40


class Meeting:
    """The acts of a meeting, in `session`. `limit`: only so many. `turns`: who got the floor, to compare with.

    `asks_floor`: the words of who asks for the floor and says nothing more.
    """

    def __init__(
        self,
        recording: Recording,
        session: Session,
        moderator: Moderator,
        *,
        turns: Sequence[Turn],
        asks_floor: Callable[[str], str],
        limit: int | None = None,
    ) -> None:
        played = [act for act in recording.acts if isinstance(act, Says | Asks | Withdraws | Acknowledges)]
        self.recording = recording
        self.acts: Sequence[AnyAct] = played[:limit]
        self.moderator_cookie: str | None = moderator.cookie
        self.rooms: Sequence[str] = (session.qna, session.chat)
        self._agenda = _agenda(recording.acts)
        last = self.acts[-1].line_number if self.acts else 0
        self._turns = [turn for turn in turns if turn.line_number <= last]
        self._asks_floor = asks_floor
        self._open: dict[int, int] = {}
        """speaker → since which entry their question is there"""
        self._standing: dict[int, list[str]] = {}
        """speaker → what they asked and didn't withdraw"""
        self._withdrawn = 0
        self._put = list[str]()
        """Questions that were put on stage, in order."""
        self._shown = list[str]()
        """And those that the audience was shown there."""
        self._news = asyncio.Event()

    def player(self, act: AnyAct) -> int | None:
        match act:
            case Acknowledges():
                return None
            case Withdraws(whose=whose):
                return whose
        return act.speaker

    def plays(self, act: AnyAct) -> bool:
        return isinstance(act, Says | Asks | Withdraws | Acknowledges | SetsAgenda)

    def in_turn(self, act: AnyAct) -> bool:
        return not isinstance(act, Says)

    async def watch(self, company: Company) -> None:
        room = company.audience[QNA]
        changes = room.changes()
        while True:
            stage = _text(room.records.get(DESK, {}), "stage")
            if stage and self._shown[-1:] != [stage]:
                self._shown.append(stage)
                self._news.set()
            await anext(changes)

    async def perform(self, cue: Cue, company: Company) -> Outcome | None:
        match cue.act:
            case Says():
                return await say(cue, company)
            case Asks(speaker=speaker, text=text):
                return await self._ask(cue, company.cast[speaker], text)
            case Withdraws(whose=whose):
                return await self._withdraw(cue, company.cast[whose])
            case Acknowledges(whom=whom):
                return await self._acknowledge(cue, company, company.cast[whom])
        raise AssertionError("no such act is in a meeting")

    async def end(self, company: Company) -> None:
        """Nobody comes after the last, so their question is answered now."""
        assert company.moderator is not None
        desk, audience = company.moderator.rooms[QNA], company.audience[QNA]
        await self._answer(Cue(self.acts[-1]), company.moderator)
        await until(audience, lambda: audience.seq >= desk.seq or None)

    async def _ask(self, cue: Cue, asker: Actor, text: str | None) -> Outcome:
        words = self._asks_floor(asker.name) if text is None else text
        outcome = await asker.give(cue, QNA, {"t": "qna.ask", "text": words})
        if isinstance(outcome, Done):
            self._open[asker.speaker.id] = outcome.seq
            self._standing.setdefault(asker.speaker.id, []).append(words)
        return outcome

    async def _withdraw(self, cue: Cue, asker: Actor) -> Outcome | None:
        question = await self._question_of(asker, asker.rooms[QNA])
        if question is None:
            return None
        outcome = await asker.give(cue, QNA, {"t": "qna.withdraw", "question": question})
        if isinstance(outcome, Done):
            self._standing[asker.speaker.id].pop()  # the latest: nobody asks while they wait
            self._withdrawn += 1
        return outcome

    async def _acknowledge(self, cue: Cue, company: Company, whom: Actor) -> Outcome | None:
        """Answer what is on stage, label the question, put it there, and wait until the audience sees it."""
        assert company.moderator is not None
        moderator, label = company.moderator, self._agenda.get(cue.act.line_number)
        room = moderator.rooms[QNA]
        question = await self._question_of(whom, room)
        if question is None:
            return None
        outcome = await self._answer(cue, moderator)
        if label and isinstance(outcome, Done):
            wish = _about(room, question, "qna.label") | {"label": _short(label)}
            outcome = await moderator.give(cue, QNA, wish)
        if isinstance(outcome, Done):
            outcome = await moderator.give(cue, QNA, _about(room, question, "qna.stage"))
        if isinstance(outcome, Done):
            self._put.append(question)
            while question not in self._shown:
                self._news.clear()
                await self._news.wait()
        return outcome

    async def _answer(self, cue: Cue, moderator: Actor) -> Outcome:
        """Whatever is on stage, if something is."""
        room = moderator.rooms[QNA]
        staged = _text(room.records.get(DESK, {}), "stage")
        if not staged:
            return Done(room.seq)
        return await moderator.give(cue, QNA, _about(room, staged, "qna.answer") | {"how": "live"})

    async def _question_of(self, asker: Actor, room: Room) -> str | None:
        """Their open question, as soon as the room has it; None: their asking didn't count."""
        since = self._open.pop(asker.speaker.id, None)
        if since is None:
            return None
        await until(room, lambda: room.seq >= since or None)
        return next((id for id, each in _questions(room, asker.by) if each.get("status") == "open"), None)

    # ---- what it came to -------------------------------------------------------------------------------------------

    def seen(self, company: Company) -> tuple[Seen, Floor | None]:
        """The queue as the audience has it, beside what was acknowledged of it. What is withdrawn it doesn't have."""
        audience, cast = company.audience[QNA], company.cast.values()
        questions = {actor.speaker.id: [each for _, each in _questions(audience, actor.by)] for actor in cast}
        asked = [
            compare(self._standing.get(speaker, []), [_text(each, "text") for each in theirs])
            for speaker, theirs in questions.items()
        ]
        withdrawn = Seen(2 * self._withdrawn, 0, 0, 0)  # the asking as well
        return total([*asked, withdrawn, compare(self._put, self._shown)]), self._floor(company, questions)

    def _floor(self, company: Company, questions: Mapping[int, Sequence[Record]]) -> Floor:
        records = company.audience[QNA].records
        askers = {actor.by: actor for actor in company.cast.values()}
        staged = [askers[by] for id in self._shown if (by := _text(records.get(id, {}), "by")) in askers]
        there = [each for theirs in questions.values() for each in theirs]
        used = {_text(each, "label") for each in there} - {""}
        return Floor(
            given=[turn.nick for turn in self._turns],
            staged=[_called(actor, self._turns[nth : nth + 1]) for nth, actor in enumerate(staged)],
            asked=len(there) + self._withdrawn,
            withdrawn=self._withdrawn,
            answered=sum(each.get("status") == "answered" for each in there),
            labelled=sum(bool(_text(each, "label")) for each in there),
            shortened=sum(_short(text) in used and len(text) > LABEL_LENGTH for text in set(self._agenda.values())),
        )


def _agenda(acts: Iterable[AnyAct]) -> dict[int, str]:
    """line number of each acknowledgement → what the agenda said last before it."""
    found, latest = dict[int, str](), ""
    for act in acts:
        if isinstance(act, SetsAgenda):
            latest = act.text
        elif isinstance(act, Acknowledges) and latest:
            found[act.line_number] = latest
    return found


def _short(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1].rstrip() + "…"


def _called(actor: Actor, due: Sequence[Turn]) -> str:
    """By the nick of whose turn it is, if that is one of theirs: somebody may have several."""
    nicks = {nick.casefold() for nick in actor.speaker.nicks}
    return next((turn.nick for turn in due if turn.nick.casefold() in nicks), actor.speaker.name)


def _questions(room: Room, by: str) -> list[tuple[str, Record]]:
    """Somebody's, in the order in which they were asked."""
    found = [item for item in room.records.items() if item[1].get("t") == "qna.question" and item[1].get("by") == by]
    return sorted(found, key=lambda item: _number(item[1], "order"))


def _about(room: Room, question: str, tag: str) -> Record:
    """A staff command about a question as it is now."""
    return {"t": tag, "question": question, "rev": _number(room.records[question], "rev")}


def _text(record: Record, name: str) -> str:
    found = record.get(name)
    return found if isinstance(found, str) else ""


def _number(record: Record, name: str) -> int:
    found = record.get(name)
    return found if isinstance(found, int) else 0
