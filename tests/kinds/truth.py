"""What a room really came to: every record, nothing let go, by the kind's functions alone.

It knows nothing of drafts, windows, echoes or audiences, so it can judge them: each entry is decided again here on the
whole room before it, and each state is compared with a projection that rebuilds the room from its first entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, cast

import msgspec

from realtime.batch import Batch, Counted, Declined, Plan, Request, Verdict, encode
from realtime.journal import Entry
from realtime.projection import Bounds, Projection
from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import (
    ActorId,
    Command,
    CommandKey,
    Event,
    Numbered,
    Reason,
    Record,
    RecordId,
    Refused,
    Role,
    Signs,
    Stamp,
    Timer,
    Viewer,
)
from tests.kinds.laws import Law, Laws
from tests.kinds.leaving import check_outcome
from tests.kinds.people import everybody
from tests.kinds.tally import Tally

Known = dict[RecordId, Record]
Codec = tuple[Callable[[object], bytes], Callable[[bytes], object]]
NAMES = [person.name.encode() for person in everybody()]
HASHED = re.compile("[0-9a-f]{20}")
LADDER = (Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER)


class Snapshot(NamedTuple):
    """Whatever must be the same in every projection at one seq."""

    records: Known
    changed_at: dict[RecordId, int]
    keys: list[tuple[CommandKey, int]]
    numbers: tuple[int, int, int, int, int, int]


def snapshot(p: Projection, keys: Sequence[CommandKey]) -> Snapshot:
    decided = [(key, seq) for key in keys if (seq := p.decided(key)) is not None]
    numbers = (p.position.seq, p.at, p.oldest, p.floor, p.written, p.bytes)
    return Snapshot(dict(p.records), dict(p.changed_at), decided, numbers)


class Truth:
    """The oracle of one room."""

    def __init__(self, kind: Kind, bounds: Bounds, laws: Laws, tally: Tally) -> None:
        self.kind = kind
        self.bounds = bounds
        self.laws = laws
        self.tally = tally
        self.states: list[Known] = [{}]
        self.rebuilt = Projection(kind, bounds)
        self.keys: dict[CommandKey, int] = {}
        self.timers: dict[CommandKey, Timer] = {}
        self.at = 0
        self.snapshots = [snapshot(self.rebuilt, ())]
        self.gone: list[RecordId] = []
        self._encoded: dict[RecordId, bytes] = {}
        self._changes: dict[RecordId, list[int]] = {}
        self._shown: dict[Role | ActorId, dict[RecordId, int]] = {}
        self._to_batch = msgspec.msgpack.Decoder(Batch[kind.event_union, kind.record_union]).decode  # type: ignore[name-defined]
        self._codecs: dict[object, tuple[Codec, ...]] = {
            union: codecs(union) for union in (kind.command_union, kind.event_union, kind.record_union)
        }

    @property
    def now(self) -> Known:
        return self.states[-1]

    @property
    def floor(self) -> int:
        return self.snapshots[-1].numbers[3]

    def shown(self, viewer: Viewer, seq: int) -> Known:
        """All that this viewer may know of the room at `seq`, however old."""
        seen = ((id, self.kind.show(record, viewer)) for id, record in self.states[seq].items())
        return {id: record for id, record in seen if record is not None}

    def ever_shown(self, id: RecordId, viewer: Viewer, seq: int) -> bool:
        """Whether one of the viewer's audiences has been shown this id by `seq`."""
        audiences: tuple[Role | ActorId, ...] = (viewer.role, *viewer.actors)
        return any(self._shown.get(audience, {}).get(id, seq + 1) <= seq for audience in audiences)

    def changed(self, id: RecordId, after: int, upto: int) -> bool:
        """Whether an entry after `after`, up to and including `upto`, changed this record."""
        seqs = self._changes.get(id, [])
        return bisect_right(seqs, after) < bisect_right(seqs, upto)

    def survives(self, value: object, union: object) -> None:
        """Both codecs give back exactly what went in (C9)."""
        survives(self.laws, value, self._codecs[union])

    # ---- deciding again ------------------------------------------------------------------------------------------

    def judge(self, requests: Sequence[Request], plan: Plan, at: int) -> None:
        """Hold a plan that is proved current against what the whole room would have decided."""
        state = dict(self.now)
        touched: dict[RecordId, Record | None] = {}
        keys: list[CommandKey] = []
        events: list[Event] = []
        for request, given in zip(requests, plan.verdicts, strict=True):
            expected, own = self._decide(state, request, at, keys)
            changes = self._outcome(state, own)
            if isinstance(expected, Counted) and expected.seq is None and self._bound_reached(given):
                crossed = self._would_cross({**touched, **changes})
                self.laws.hold(Law.BOUNDS, crossed, "called full", request, given)
                self.tally.happened("rooms full")
                continue
            law = Law.STALE if _says(expected, Reason.STALE) or _says(given, Reason.STALE) else Law.ORDER
            self.laws.hold(law, _same(expected, given), request, "expected", expected, "given", given)
            if law is Law.STALE and request.made < self.floor:
                self.tally.happened("commands from below the floor")
            elif isinstance(expected, Declined):
                self.tally.refused(request.command, expected.reason)
            elif expected.seq is None and request.key not in keys:
                self._accepted(state, request, own, changes, at)
                keys.append(request.key)
                events += own
                touched.update(changes)
                state = _merged(state, changes)
        self._compare(plan, keys, events, at)

    def _decide(
        self, state: Known, request: Request, at: int, keys: Sequence[CommandKey]
    ) -> tuple[Verdict, list[Event]]:
        if request.key in keys:
            return Counted(None), []
        known = self.keys.get(request.key)
        if known is not None and self._remembered(request.key):
            return Counted(known), []
        if request.made < self.floor:
            return Declined(Reason.STALE, {}), []
        self.laws.hold(Law.STALE, known is None, "forgotten, though made above the floor", request)
        stamp = Stamp(RecordId(request.key), at, request.by, request.role, request.name, request.also)
        try:
            first = self.kind.decide(MappingProxyType(state), request.command, stamp)
            again = self.kind.decide(MappingProxyType(state), request.command, stamp)
            self.laws.hold(Law.EVOLVE, first == again, "decide isn't a function", request)
            return Counted(None), first
        except Refused as refusal:
            return Declined(refusal.reason, refusal.facts), []

    def _remembered(self, key: CommandKey) -> bool:
        latest = list(self.keys)[-self.bounds.keys :]
        return key in latest

    def _outcome(self, state: Known, events: Sequence[Event]) -> dict[RecordId, Record | None]:
        changes: dict[RecordId, Record | None] = {}
        for event in events:
            changes.update(self.kind.evolve(_merged(state, changes), event))
        return changes

    def _bound_reached(self, given: Verdict) -> bool:
        if not _says(given, Reason.FULL) or not isinstance(given, Declined):
            return False
        return "most_bytes" in given.facts or given.facts.get("most") == self.bounds.written

    def _would_cross(self, changes: Mapping[RecordId, Record | None]) -> bool:
        """Whether memory with these changes is over a bound, before it lets go of anything."""
        live = {**self.snapshots[-1].records, **changes}
        kept = [record for record in live.values() if record is not None]
        written = sum(record.only is None for record in kept)
        return written > self.bounds.written or sum(len(encode(record)) for record in kept) > self.bounds.bytes

    def _accepted(
        self,
        state: Known,
        request: Request,
        events: Sequence[Event],
        changes: Mapping[RecordId, Record | None],
        at: int,
    ) -> None:
        """What must be true of a command that counts."""
        hold, command = self.laws.hold, request.command
        self.tally.accepted(command)
        hold(Law.TABLE, self._allowed(state, request), lifecycle.state_of(state), request)
        if isinstance(rev := getattr(command, "rev", None), int):
            target = state.get(_target(command))
            hold(Law.REV, getattr(target, "rev", None) == rev, request, target)
        if self.kind.signs(state, command) is Signs.UNLINKABLE:
            told = encode(events)
            hold(Law.UNLINKABLE, not any(secret in told for secret in (b"named-", *NAMES)), request, events)
        for id, after in changes.items():
            if id not in state and after is not None:
                self._check_new(id, after, request)

    def _allowed(self, state: Known, request: Request) -> bool:
        """The table, read once more and differently."""
        rights, where, role = self.kind.table[type(request.command)], lifecycle.state_of(state), request.role
        if where is lifecycle.State.CLOSED or role is Role.SCREEN:
            return False
        if role is Role.SYSTEM:
            return True
        least: Role | None = {"planned": rights.planned, "open": rights.open, "locked": rights.locked}[where.value]
        return least is not None and LADDER.index(role) >= LADDER.index(least)

    def _check_new(self, id: RecordId, after: Record, request: Request) -> None:
        """Made of the command's key, and never before; what at most one person is shown may have a place of its own:
        a hash, so that it is found without searching (their ballot for a question)."""
        fixed = id.isalpha() and len(id) < 10
        made = (str(id) == request.key or id.startswith(f"{request.key}~")) and id not in self._changes
        place = HASHED.fullmatch(id) is not None and (after.only is not None or not self._audiences(after))
        self.laws.hold(Law.IDS, fixed or made or place, "not new, or not the key's", id, request)
        self.laws.hold(Law.IDS, not any(actor in id for actor in (request.by, *request.also)), "names an actor", id)

    def _compare(self, plan: Plan, keys: list[CommandKey], events: list[Event], at: int) -> None:
        hold = self.laws.hold
        hold(Law.TRACELESS, (plan.body is not None) == bool(keys), "an entry for nothing, or none", plan)
        if plan.body is None:
            return
        batch = cast("Batch[Event, Record]", self._to_batch(plan.body))
        hold(Law.TRACELESS, set(batch.keys) <= set(keys), "a refused command's key", batch)
        hold(Law.ORDER, batch.keys == keys and batch.events == events, batch, "expected", keys, events)
        hold(Law.AT, batch.at == at, batch.at, at)

    # ---- taking an entry -----------------------------------------------------------------------------------------

    def take(self, entry: Entry) -> None:
        """The room goes on: check what the entry does, and what a rebuild makes of it."""
        hold = self.laws.hold
        batch = cast("Batch[Event, Record]", self._to_batch(entry.body))
        hold(Law.AT, batch.at >= self.at, batch.at, self.at)
        self.at = batch.at
        for id, record in batch.recall.items():
            hold(Law.ORDER, self.now.get(id) == record, "recalled is not what it was", id, record, self.now.get(id))
        state = dict(self.now)
        for event in batch.events:
            self.survives(event, self.kind.event_union)
            self._evolve(state, event)
        self.states.append(state)
        self._note_changes(entry.seq)
        for key in batch.keys:
            hold(Law.ONCE, key not in self.keys, key, "counted again by", entry.seq)
            self.keys[key] = entry.seq
            self._check_timer(key, state, batch.at)
        self.rebuilt.apply(entry)
        self.snapshots.append(snapshot(self.rebuilt, list(self.keys)))
        self._check_room(state)

    def _evolve(self, state: Known, event: Event) -> None:
        hold = self.laws.hold
        frozen = MappingProxyType(state)
        changes, again = self.kind.evolve(frozen, event), self.kind.evolve(frozen, event)
        hold(Law.EVOLVE, changes == again, event, changes, again)
        for id, after in changes.items():
            before = state.get(id)
            hold(Law.EVOLVE, before != after, "reported, but not changed", event, id)
            hold(Law.EVOLVE, before is None or encode(before) == self._encoded[id], "written into", event, id)
            if before is not None and after is not None:
                hold(Law.PRIVATE, before.only == after.only, "private became public or the other way", id)
        for id, after in changes.items():
            if after is None:
                state.pop(id, None)
                self._encoded.pop(id, None)
                self.gone.append(id)
            else:
                self.survives(after, self.kind.record_union)
                state[id] = after
                self._encoded[id] = encode(after)

    def _note_changes(self, seq: int) -> None:
        before, after = self.states[-2:]
        for id in before.keys() | after.keys():
            record = after.get(id)
            if record is before.get(id):
                continue
            self._changes.setdefault(id, []).append(seq)
            if record is not None:
                for audience in self._audiences(record):
                    self._shown.setdefault(audience, {}).setdefault(id, seq)

    def _audiences(self, record: Record) -> list[Role | ActorId]:
        """Who is shown this record: roles, or the one actor."""
        actors = (record.only,) if record.only is not None else ()
        roles = [role for role in Role if self.kind.show(record, Viewer(actors, role)) is not None]
        return [*actors] if actors and roles else [*roles]

    def _check_timer(self, key: CommandKey, state: Known, at: int) -> None:
        timer = self.timers.get(key)
        if timer is not None:
            self.tally.happened("timers that ran out")
            self.laws.hold(Law.TIMER, at >= timer.at, "before its time", timer, at)
            after = self.kind.due(state)
            over = after is None or (after.record, after.at) != (timer.record, timer.at)
            self.laws.hold(Law.TIMER, over, "not over", timer)

    def _check_room(self, state: Known) -> None:
        """What memory holds of the room, and what it let go of."""
        hold, kind, live, p = self.laws.hold, self.kind, self.rebuilt.records, self.rebuilt
        hold(Law.INVARIANT, kind.invariant(state), "of the whole room", state)
        hold(Law.INVARIANT, kind.invariant(live), "of what memory holds", live)
        for id, record in live.items():
            hold(Law.ORDER, state.get(id) == record, "memory differs", id, record, state.get(id))
        for id in state.keys() - live.keys():
            record = state[id]
            hold(Law.WINDOW, isinstance(record, Numbered) and record.n < p.oldest, "let go", record, p.oldest)
        hold(Law.WINDOW, kind.outcome(live) == kind.outcome(state), "the outcome lacks something")
        if check_outcome(kind, state, hold):
            self.tally.happened("outcomes with something in them")
        hold(Law.WINDOW, kind.due(live) == kind.due(state), "a timer was let go of")
        hold(Law.WINDOW, not kind.window(live), "not at once", kind.window(live))
        written = sum(record.only is None for record in live.values())
        size = sum(len(encode(record)) for record in live.values())
        hold(Law.REPLICAS, (p.written, p.bytes) == (written, size), "miscounted", p.written, written, p.bytes, size)
        hold(Law.BOUNDS, written <= self.bounds.written and size <= self.bounds.bytes, written, size, self.bounds)
        hold(Law.BOUNDS, len(self.snapshots[-1].keys) <= self.bounds.keys, "too many keys")
        if len(state) > len(live):
            self.tally.happened("entries with records let go")


def codecs(union: object) -> tuple[Codec, ...]:
    """(encode, decode) of both codecs for values of `union`."""
    from_json: Callable[[bytes], object] = msgspec.json.Decoder(cast("type[object]", union)).decode
    from_msgpack: Callable[[bytes], object] = msgspec.msgpack.Decoder(cast("type[object]", union)).decode
    return ((msgspec.json.encode, from_json), (encode, from_msgpack))


def survives(laws: Laws, value: object, through: Sequence[Codec]) -> None:
    for there, back in through:
        laws.hold(Law.CODECS, back(there(value)) == value, value)


def _target(command: Command) -> RecordId:
    """The record that a command is about: its first field."""
    return cast(RecordId, getattr(command, command.__struct_fields__[0]))


def _merged(state: Mapping[RecordId, Record], changes: Mapping[RecordId, Record | None]) -> Known:
    return {id: record for id, record in {**state, **changes}.items() if record is not None}


def _says(verdict: Verdict, reason: Reason) -> bool:
    return isinstance(verdict, Declined) and verdict.reason is reason


def _same(expected: Verdict, given: Verdict) -> bool:
    if isinstance(expected, Declined) and isinstance(given, Declined):
        return expected.reason is given.reason and expected.facts == given.facts
    return expected == given
