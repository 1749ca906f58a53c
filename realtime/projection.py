"""One process's copy of one room. Pure: entries in; plans, changes and checkpoints out.

A projection changes only by `apply`, entry by entry. `plan` decides on a draft laid over the records, never a copy.
What memory lets go of (C6) lingers as an echo: until the database has it, and so that a viewer a little behind still
gets the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

import msgspec
from msgspec import Struct

from realtime.batch import (
    Applied,
    Batch,
    Counted,
    Declined,
    Echo,
    Kept,
    Plan,
    Request,
    Verdict,
    Versioned,
    Whole,
    encode,
)
from realtime.draft import Changed, Draft
from realtime.journal import MARK_BYTES, UNBORN, Checkpoint, Entry, Position
from rooms.kind import Kind
from rooms.lifecycle import State, state_of
from rooms.model import (
    ActorId,
    Command,
    CommandKey,
    Event,
    Fact,
    Reason,
    Record,
    RecordId,
    Records,
    Refused,
    Stamp,
    Timer,
)

BATCH = 256
MARKS = 8_192

V = TypeVar("V", bound=Versioned)


class Bounds(Struct, frozen=True):
    """How much of a room memory holds (C2, C6)."""

    keys: int = 50_000
    written: int = 10_000
    bytes: int = 16 * 1024 * 1024
    echoes: int = 500


class Newer(Exception):
    """The room was written by a newer version of its kind; this process must let it go (C9)."""


_version = msgspec.msgpack.Decoder(Versioned).decode


class Projection:
    """A room's records at a position, with everything a decision or a checkpoint needs."""

    def __init__(self, kind: Kind, bounds: Bounds = Bounds()) -> None:  # noqa: B008 - a frozen value
        self.kind = kind
        self.bounds = bounds
        self.position = UNBORN
        self.at = 0
        self.oldest = 0
        self.floor = 0
        """Keys of all commands decided after this seq are known."""
        self.records: dict[RecordId, Record] = {}
        self.changed_at: dict[RecordId, int] = {}
        self.echoes: dict[RecordId, Echo] = {}
        self.echo_floor = 0
        """Echoes of changes after this seq are complete."""
        self.echoed_at = 0
        """No echo is of a later change."""
        self.written = 0
        """Live records that people wrote: all but private ones."""
        self.bytes = 0
        self.private: dict[ActorId, dict[RecordId, None]] = {}
        """Ids of the records that are one actor's alone, by whose they are."""
        self._sizes: dict[RecordId, int] = {}
        self._keys: dict[CommandKey, int] = {}
        self._drained = 0
        self._marks = bytearray(MARK_BYTES)
        self._marks_from = 0
        self._decode = msgspec.msgpack.Decoder(Batch[kind.event_union, kind.record_union]).decode  # type: ignore[name-defined]

    # ---- reading -------------------------------------------------------------------------------------------------

    @property
    def seq(self) -> int:
        return self.position.seq

    @property
    def state(self) -> State:
        return state_of(self.records)

    def knows(self, position: Position) -> bool:
        """Whether this position is in the room's past, as far back as marks are kept (J1)."""
        index = (position.seq - self._marks_from) * MARK_BYTES
        if not 0 <= index < len(self._marks):
            return False
        return position.seq == 0 or bytes(self._marks[index : index + MARK_BYTES]) == position.mark

    def decided(self, key: CommandKey) -> int | None:
        """The entry that decided the command with this key."""
        return self._keys.get(key)

    def due(self, now: int) -> Timer | None:
        """The timer that has run out, if one has (C8)."""
        timer = self.kind.due(self.records)
        return timer if timer is not None and timer.at <= now else None

    def is_unlinked(self, before: Projection) -> bool:
        """Whether this is the same closed room, written anew without who did what in it (C7): as long as it was."""
        return self.seq == before.seq and self.state is before.state is State.CLOSED

    # ---- deciding ------------------------------------------------------------------------------------------------

    def missing(self, commands: Iterable[Command]) -> set[RecordId]:
        """Ids that the commands name and memory doesn't have: to be fetched before `plan` (C6)."""
        if not self.kind.windowed:
            return set()
        named = {id for command in commands for id in self.kind.needs(command)}
        return {id for id in named if id not in self.records and id not in self.echoes}

    def accepts(self, cursor: int) -> bool:
        """Whether records fetched from a database complete up to `cursor` are still as the room has them."""
        return cursor >= self.echo_floor

    def plan(self, requests: Sequence[Request], now: int, fetched: Records | None = None) -> Plan:
        """Decide every request, each seeing the effect of those before it. `now`: the shared clock, ms."""
        draft = Draft(self.kind, self.records, self.echoes, fetched or {})
        at = max(now, self.at)
        verdicts = [self._judge(draft, request, at) for request in requests]
        if not draft.decided:
            return Plan(self.position, None, verdicts)
        batch = Batch(self.kind.version, at, list(draft.decided), draft.events, draft.recall, draft.staff)
        return Plan(self.position, encode(batch), verdicts)

    def _judge(self, draft: Draft, request: Request, at: int) -> Verdict:
        if request.key in draft.decided:
            return Counted(None)
        known = self._keys.get(request.key)
        if known is not None:
            return Counted(known)
        if request.made < self.floor:
            return Declined(Reason.STALE, {})
        stamp = Stamp(RecordId(request.key), at, request.by, request.role, request.name, request.also)
        draft.recall_for(request.command)
        try:
            events = self.kind.decide(draft, request.command, stamp)
            act = self.kind.act(draft, request.command, stamp)
            changed = draft.run(events)
        except Refused as refusal:
            return Declined(refusal.reason, refusal.facts)
        except Exception as error:  # one command's fault is nobody else's (C5)
            return Declined(Reason.FAULT, {}, error)
        full = self._full(draft, changed)
        if full is not None:
            draft.undo(changed)
            return Declined(Reason.FULL, full)
        draft.take(request.key, events, changed, act)
        return Counted(None)

    def _full(self, draft: Draft, changed: Changed) -> dict[str, Fact] | None:
        """Which bound of the room (C6) these changes would cross; None: none, and they are counted. Bytes are counted
        only past half the bound: one batch cannot fill the other half."""
        most_written, most_bytes = self.bounds.written, self.bounds.bytes
        recalled = draft.recalled(changed)
        live = [change for id, change in changed.items() if id not in recalled]
        more = sum(_written(after) - _written(before) for before, after in live)
        heavy = self.bytes >= most_bytes // 2
        if heavy or self.written + draft.written + more + len(recalled) > most_written:
            back = draft.back_to_stay(recalled)
            more += sum(map(_written, back.values()))
            if more > 0 and self.written + draft.written + more > most_written:
                return {"most": most_written}
            longer = sum(_size(after) - _size(before) for before, after in live) + sum(map(_size, back.values()))
            if heavy and longer > 0 and self.bytes + draft.bytes + longer > most_bytes:
                return {"most_bytes": most_bytes}
            draft.bytes += longer
            draft.staying |= back.keys()
        draft.written += more
        return None

    # ---- applying ------------------------------------------------------------------------------------------------

    def apply(self, entry: Entry) -> Applied:
        """Take the next entry. Raises Newer, or ValueError when it isn't the next one."""
        if entry.seq != self.position.seq + 1:
            raise ValueError(f"entry {entry.seq} after {self.position.seq}")
        batch = self._read(self._decode, entry.body)
        before = self._change(batch)
        let_go = {id: self.records[id] for id in sorted(self.kind.window(self.records))}
        changed = {id: (before[id], self.records.get(id)) for id in sorted(before)}
        self._account(changed, entry.seq)
        for id in let_go:
            self._let_go(id)
        self._echo_gone(changed, entry.seq)
        self._remember(batch, entry)
        self._trim_echoes()
        return Applied(entry.position, changed, frozenset(batch.recall), let_go)

    def drained(self, upto: int) -> None:
        """The database has everything up to this seq: echoes of it need not be kept for it."""
        self._drained = max(self._drained, upto)
        self._trim_echoes()

    def _read(self, decode: Callable[[bytes], V], body: bytes) -> V:
        """Raises Newer, also when what a newer version wrote can't even be read (C9)."""
        try:
            read = decode(body)
        except msgspec.ValidationError:
            self._check_version(_version(body).v)
            raise
        self._check_version(read.v)
        return read

    def _check_version(self, v: int) -> None:
        if v > self.kind.version:
            raise Newer(f"{self.kind.name} {v} > {self.kind.version}")

    def _change(self, batch: Batch[Event, Record]) -> dict[RecordId, Record | None]:
        """Run the events; what each touched record was before the entry."""
        records, before = self.records, cast("dict[RecordId, Record | None]", dict(batch.recall))
        for id, record in batch.recall.items():
            records[id] = record
            self.echoes.pop(id, None)
        for event in batch.events:
            for id, after in self.kind.evolve(records, event).items():
                before.setdefault(id, records.get(id))
                if after is None:
                    records.pop(id, None)
                else:
                    records[id] = after
        return before

    def _account(self, changed: Mapping[RecordId, tuple[Record | None, Record | None]], seq: int) -> None:
        for id, (before, after) in changed.items():
            self.bytes -= self._sizes.pop(id, 0)
            self.written -= self.changed_at.pop(id, None) is not None and not _private(changed[id])
            self._own(id, before, after)
            if after is not None:
                self._sizes[id] = size = _size(after)
                self.bytes += size
                self.changed_at[id] = seq
                self.written += _written(after)

    def _own(self, id: RecordId, before: Record | None, after: Record | None) -> None:
        """Note whose alone a record is, if it is somebody's."""
        was = before.only if before is not None else None
        now = after.only if after is not None else None
        if was != now and was is not None and (theirs := self.private.get(was)) is not None:
            theirs.pop(id, None)
            if not theirs:
                del self.private[was]
        if now is not None:
            self.private.setdefault(now, {})[id] = None

    def _let_go(self, id: RecordId) -> None:
        record = self.records.pop(id)
        self._own(id, record, None)
        self.bytes -= self._sizes.pop(id)
        self.written -= _written(record)
        self._echo(id, Echo(self.changed_at.pop(id), record))
        n: int = getattr(record, "n", 0)
        self.oldest = max(self.oldest, n + 1)

    def _echo_gone(self, changed: Mapping[RecordId, tuple[Record | None, Record | None]], seq: int) -> None:
        """What is deleted must not come back from a database that doesn't know it yet (C6)."""
        for id, (before, after) in changed.items() if self.kind.windowed else ():
            if before is not None and after is None:
                self._echo(id, Echo(seq, None))

    def _echo(self, id: RecordId, echo: Echo) -> None:
        self.echoes.pop(id, None)
        self.echoes[id] = echo
        self.echoed_at = max(self.echoed_at, echo.seq)

    def _trim_echoes(self) -> None:
        while len(self.echoes) > self.bounds.echoes:
            id, echo = next(iter(self.echoes.items()))
            if echo.seq > self._drained:
                return
            del self.echoes[id]
            self.echo_floor = max(self.echo_floor, echo.seq)

    def _remember(self, batch: Batch[Event, Record], entry: Entry) -> None:
        self.position, self.at = entry.position, batch.at
        for key in batch.keys:
            self._keys.setdefault(key, entry.seq)
        while len(self._keys) > self.bounds.keys:
            oldest = next(iter(self._keys))
            self.floor = max(self.floor, self._keys.pop(oldest))
        if not batch.keys:  # they were dropped when the room was unlinked (C7): whether a command counted isn't known
            self.floor = entry.seq
        self._marks += entry.mark
        if len(self._marks) > 2 * MARKS * MARK_BYTES:
            del self._marks[: MARKS * MARK_BYTES]
            self._marks_from += MARKS

    # ---- keeping -------------------------------------------------------------------------------------------------

    def checkpoint(self) -> bytes:
        """The whole state, but for echoes: take it only at a drained position."""
        records = {id: Kept(self.changed_at[id], record) for id, record in self.records.items()}
        keys = list(self._keys.items())
        return encode(Whole(self.kind.version, self.at, self.oldest, self.floor, keys, records))

    def restore(self, checkpoint: Checkpoint) -> None:
        """Become what a checkpoint says. Raises Newer."""
        decoder = msgspec.msgpack.Decoder(Whole[self.kind.record_union])  # type: ignore[name-defined]
        whole: Whole[Record] = self._read(decoder.decode, checkpoint.body)
        self.position, self.at, self.oldest, self.floor = checkpoint.position, whole.at, whole.oldest, whole.floor
        by_change = sorted(whole.records.items(), key=lambda item: item[1].seq)
        self.changed_at = {id: kept.seq for id, kept in by_change}
        self.records = {id: kept.record for id, kept in whole.records.items()}
        self._sizes = {id: _size(record) for id, record in self.records.items()}
        self.bytes = sum(self._sizes.values())
        self.written = sum(map(_written, self.records.values()))
        self.private = {}
        for id, record in self.records.items():
            self._own(id, None, record)
        self._keys = dict(whole.keys)
        self.echoes, self.echo_floor, self.echoed_at = {}, checkpoint.position.seq, 0
        self._drained = checkpoint.position.seq
        self._marks = bytearray(checkpoint.position.mark or bytes(MARK_BYTES))
        self._marks_from = checkpoint.position.seq


def _size(record: Record | None) -> int:
    return len(encode(record)) if record is not None else 0


def _written(record: Record | None) -> int:
    return int(record is not None and record.only is None)


def _private(change: tuple[Record | None, Record | None]) -> bool:
    record = change[0] or change[1]
    return record is not None and record.only is not None
