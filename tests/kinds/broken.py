"""Parts with one mechanism switched off each: what the negative controls put in place of the real ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from realtime.audience import Audience, Audiences, Missed
from realtime.batch import Applied, Batch, Plan, Request, encode
from realtime.draft import Changed, Draft
from realtime.gate import Recalled
from realtime.journal import Entry, Position
from realtime.projection import Projection
from rooms import lifecycle
from rooms.kind import Kind
from rooms.kinds.board.commands import Edit as EditNote
from rooms.kinds.board.events import Moved, Rang
from rooms.kinds.board.events import Voted as DotsGiven
from rooms.kinds.board.records import MUTES, Note, Own
from rooms.kinds.qna.model import DESK, Ballot, Question, Stage, desk
from rooms.model import (
    Changes,
    Command,
    Event,
    Fact,
    Level,
    Numbered,
    Outcome,
    Record,
    RecordId,
    Records,
    Role,
    Signs,
    Stamp,
    Timer,
    Viewer,
)
from rooms.reports import REPORTS, Dismissed, Reported
from tests.kinds import small
from tests.kinds.devices import Devices
from tests.kinds.people import Device
from tests.kinds.stores import Chain, Database

# ---- projections -----------------------------------------------------------------------------------------------------


class KeysForgotten(Projection):
    def apply(self, entry: Entry) -> Applied:
        applied = super().apply(entry)
        self._keys.clear()
        return applied


class KeysNotInCheckpoints(Projection):
    def checkpoint(self) -> bytes:
        keys, self._keys = self._keys, {}
        try:
            return super().checkpoint()
        finally:
            self._keys = keys


class NoFloor(Projection):
    def apply(self, entry: Entry) -> Applied:
        applied = super().apply(entry)
        self.floor = 0
        return applied


class ClockMayGoBack(Projection):
    def plan(self, requests: Sequence[Request], now: int, fetched: Records | None = None) -> Plan:
        at, self.at = self.at, 0
        try:
            return super().plan(requests, now, fetched)
        finally:
            self.at = at


class RefusedLeavesItsKey(Projection):
    def plan(self, requests: Sequence[Request], now: int, fetched: Records | None = None) -> Plan:
        plan = super().plan(requests, now, fetched)
        if plan.body is None:
            return plan
        batch = msgspec.msgpack.decode(plan.body, type=Batch[msgspec.Raw, msgspec.Raw])
        return replace(plan, body=encode(replace(batch, keys=[request.key for request in requests])))


class NeverFull(Projection):
    def _full(self, draft: Draft, changed: Changed) -> dict[str, Fact] | None:
        return None


class EchoesDroppedEarly(Projection):
    def apply(self, entry: Entry) -> Applied:
        applied = super().apply(entry)
        self.echoes.clear()
        return applied


class DeletedLeavesNoEcho(Projection):
    def _echo_gone(self, changed: Mapping[RecordId, tuple[Record | None, Record | None]], seq: int) -> None:
        pass


class AnyDatabaseWillDo(Projection):
    def accepts(self, cursor: int) -> bool:
        return True


class DueTooEarly(Projection):
    def due(self, now: int) -> Timer | None:
        return self.kind.due(self.records)


# ---- audiences -------------------------------------------------------------------------------------------------------


class LeftForgotten(Audiences):
    class audience(Audience):
        def _leave(self, id: RecordId, seq: int) -> None:
            pass


class EveryoneIsMeant(Audiences):
    class audience(Audience):
        def _for_us(self, record: Record) -> bool:
            return True


class GoneToldToAll(Audiences):
    class audience(Audience):
        def update(self, applied: Applied) -> None:
            super().update(applied)
            for id, (_, after) in applied.changed.items():
                if after is None and id not in self._left:
                    self._leave(id, applied.position.seq)
                    self.changed_at = applied.position.seq


class AlwaysWhole(Audiences):
    class audience(Audience):
        def since(self, seq: int) -> Missed | None:
            missed = super().since(seq)
            return missed and Missed(self.whole(), missed.gone)


class LooksAtEverybodys(Audience):
    def _candidates(self) -> Iterable[RecordId]:
        return self._projection.records


class PrivateHistoryForgotten(Audiences):
    def update(self, applied: Applied) -> None:
        super().update(applied)
        self._private_at.clear()


# ---- journal and database --------------------------------------------------------------------------------------------


class NoCompareAndSet(Chain):
    def append(self, body: bytes, on: Position) -> Entry:
        return self.add(body)


class DeletedStaysInTheDatabase(Database):
    def take(self, applied: Applied) -> None:
        kept = {id: row for id, row in self.rows.items() if id in applied.changed}
        super().take(applied)
        self.rows = {**kept, **self.rows}


# ---- browsers --------------------------------------------------------------------------------------------------------


class RoleChangesUnnoticed(Devices):
    def same_eyes(self, device: Device, viewer: Viewer) -> bool:
        return True


class CutWritesAdvance(Devices):
    def cut(self, device: Device) -> None:
        device.seq = self._world.sites[device.site].projection.seq
        super().cut(device)


class PagesAsStored(Devices):
    @staticmethod
    def read_page(
        projection: Projection, stored: Recalled, viewer: Viewer, before: int, limit: int
    ) -> tuple[dict[RecordId, Record], bool]:
        records = {id: projection.kind.record_from_msgpack(raw) for id, raw in stored.records.items()}
        shown = {id: projection.kind.show(record, viewer) for id, record in records.items()}
        return {id: record for id, record in shown.items() if record is not None}, stored.more


# ---- kinds -----------------------------------------------------------------------------------------------------------


class ShowsPrivateThings(Kind):
    def show(self, record: Record, viewer: Viewer) -> Record | None:
        return super().show(record, Viewer(viewer.actors if record.only is None else (record.only,), viewer.role))


class SignsWithTheNamedActor(Kind):
    def signs(self, records: Records, command: Command) -> Signs:
        return Signs.NAMED


class EverybodyMay(Kind):
    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        return super().decide(records, command, replace(stamp, role=Role.SYSTEM))


class IgnoresRev(Kind):
    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        if isinstance(command, small.Reword):
            command = replace(command, rev=getattr(records.get(command.card), "rev", 0))
        return super().decide(records, command, stamp)


class ActorsInIds(Kind):
    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        return super().decide(records, command, replace(stamp, id=RecordId(f"{stamp.id[:8]}{stamp.by[:12]}")))


class CountsVotesTwice(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        changes = super().evolve(records, event)
        if not isinstance(event, small.Voted):
            return changes
        card = changes[event.card]
        assert isinstance(card, small.Card)
        return {**changes, event.card: replace(card, votes=card.votes + 1)}


class ReportsStay(Kind):
    """Also when what they are about is gone."""

    def evolve(self, records: Records, event: Event) -> Changes:
        changes = super().evolve(records, event)
        return changes if isinstance(event, Reported | Dismissed) else _but(changes, REPORTS)


class StagesTwo(Kind):
    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        cleared = {**records, DESK: replace(desk(records), stage=None)}
        return super().decide(cleared if isinstance(command, Stage) else records, command, stamp)


class VotesWithoutBallots(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        changes = super().evolve(records, event)
        return {id: after for id, after in changes.items() if not isinstance(after, Ballot)}


class ShowsWhatIsInReview(Kind):
    def show(self, record: Record, viewer: Viewer) -> Record | None:
        return super().show(record, replace(viewer, role=Role.MODERATOR))


class ShowsHiddenNotesToStaff(Kind):
    def show(self, record: Record, viewer: Viewer) -> Record | None:
        bare = replace(record, hidden=False) if isinstance(record, Note) and viewer.role.staff else record
        return super().show(bare, viewer)


class TellsVotesWhileVoting(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        changes = super().evolve(records, event)
        card = records.get(event.card) if isinstance(event, DotsGiven) else None
        return {**changes, event.card: replace(card, votes=1)} if isinstance(card, Note) else changes  # type: ignore[attr-defined]


class PutsAllInOnePlace(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        return super().evolve(records, replace(event, place=0) if isinstance(event, Moved) else event)


class NotesWithoutTheirOwn(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        return {id: after for id, after in super().evolve(records, event).items() if not isinstance(after, Own)}


class EditsOverWhatOthersWrote(Kind):
    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        if isinstance(command, EditNote):
            command = replace(command, rev=getattr(records.get(command.note), "rev", 0))
        return super().decide(records, command, stamp)


class LeavesMutedNotes(Kind):
    def outcome(self, records: Records) -> Outcome:
        return super().outcome({id: record for id, record in records.items() if id != MUTES})


class LeavesMutedQuestions(Kind):
    def outcome(self, records: Records) -> Outcome:
        bare = {id: replace(r, muted=False) if isinstance(r, Question) else r for id, r in records.items()}
        return super().outcome(bare)


class LeavesHiddenNotes(Kind):
    def outcome(self, records: Records) -> Outcome:
        bare = {id: replace(r, hidden=False) if isinstance(r, Note) else r for id, r in records.items()}
        return super().outcome(bare)


class LeavesNicknames(Kind):
    def outcome(self, records: Records) -> Outcome:
        named = {
            id: replace(r, level=Level.NAMED) if isinstance(r, Note | Question) else r for id, r in records.items()
        }
        return super().outcome(named)


class RingsForEver(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        return {} if isinstance(event, Rang) else super().evolve(records, event)


class ReportsTooMuch(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        room = records.get(lifecycle.ROOM)
        return {**({lifecycle.ROOM: room} if room else {}), **super().evolve(records, event)}


class WindowOfItsOwn(Kind):
    """Lets go at other moments than other processes do."""

    def window(self, records: Records) -> set[RecordId]:
        return super().window(records) if len(records) % 2 else set()


class LetsGoOfWhatIsKept(Kind):
    def window(self, records: Records) -> set[RecordId]:
        numbers = sorted(record.n for record in records.values() if isinstance(record, Numbered))[:-6]
        return {id for id, record in records.items() if isinstance(record, Numbered) and record.n in numbers}


class TimerGoesOn(Kind):
    def evolve(self, records: Records, event: Event) -> Changes:
        changes = super().evolve(records, event)
        return {id: after for id, after in changes.items() if not (id == small.CLOCK and after is None)}


def _but(changes: Changes, id: RecordId) -> Changes:
    return {other: after for other, after in changes.items() if other != id}
