"""A room in three processes, with people who come and go: a pure model of how projections are used (J2, J3, F3–F5).

Whatever can go wrong between processes and browsers is a method here, and every step is held against `Truth`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import msgspec

from realtime.audience import Audiences
from realtime.batch import Plan, Request, encode
from realtime.gate import Recalled
from realtime.journal import Checkpoint, Conflict, Entry
from realtime.projection import Bounds, Projection
from realtime.stamp import command_key, timer_key
from rooms import lifecycle
from rooms.kind import Kind
from rooms.model import Command, Record, RecordId, Role
from tests.kinds.devices import Devices
from tests.kinds.laws import Law, Laws
from tests.kinds.people import SYSTEM, Person, Sent, everybody, signature
from tests.kinds.stores import Chain, Database
from tests.kinds.tally import Tally
from tests.kinds.truth import Truth, snapshot

ROOM_KEY = b"the key of this room"
SITES = 3


class Parts(msgspec.Struct, frozen=True):
    """What a process is made of; a negative control puts in a broken part."""

    kind: Kind
    projection: type[Projection] = Projection
    audiences: type[Audiences] = Audiences
    chain: type[Chain] = Chain
    database: type[Database] = Database
    devices: type[Devices] = Devices


class Waiting(msgspec.Struct):
    """A plan that a process has made and not yet appended."""

    sents: Sequence[Sent]
    requests: Sequence[Request]
    plan: Plan
    now: int


class Site:
    """One process. `ahead_ms`: how far its clock is ahead of the others'."""

    def __init__(self, parts: Parts, bounds: Bounds, ahead_ms: int) -> None:
        self.projection = parts.projection(parts.kind, bounds)
        self.audiences = parts.audiences(self.projection)
        self.ahead_ms = ahead_ms
        self.waiting: Waiting | None = None
        self.looked: Recalled | None = None
        """What it asked of the database, maybe a while ago."""


class World:
    """`kind` is what the laws expect of the room; `parts` is what runs."""

    def __init__(self, parts: Parts, bounds: Bounds, laws: Laws, tally: Tally, kind: Kind | None = None) -> None:
        self.parts = parts
        self.bounds = bounds
        self.laws = laws
        self.tally = tally
        self.truth = Truth(kind or parts.kind, bounds, laws, tally)
        self.chain = parts.chain()
        self.database = parts.database()
        self.worker = parts.projection(parts.kind, bounds)
        self.sites = [Site(parts, bounds, ahead) for ahead in (0, 700, -300)]
        self.checkpoints: list[Checkpoint] = []
        self.people = everybody()
        self.devices = parts.devices(self)
        self.sents: list[Sent] = []
        self.now = 1_700_000_000_000
        self._ids = count(1)

    # ---- commands --------------------------------------------------------------------------------------------------

    def compose(self, person: Person, command: Command, made: int) -> Sent:
        """Somebody makes a command, at the position that their browser has."""
        sent = Sent(f"raw-id-{next(self._ids)}", person, command, made)
        self.sents.append(sent)
        self.truth.survives(command, self.truth.kind.command_union)
        return sent

    def plan(self, at: int, sents: Sequence[Sent]) -> None:
        """A process takes a batch; whatever it had planned before is settled first."""
        self.settle(at)
        site = self.sites[at]
        newest = max((sent.made for sent in sents), default=0)
        if newest > site.projection.seq:  # C2: a process behind the command's position catches up before deciding
            self.catch_up(at, newest)
        requests = [self._request(site, sent) for sent in sents]
        self._plan(site, sents, requests)

    def _plan(self, site: Site, sents: Sequence[Sent], requests: Sequence[Request]) -> None:
        fetched = self._recall(site, [request.command for request in requests])
        now = self.now + site.ahead_ms
        site.waiting = Waiting(sents, requests, site.projection.plan(requests, now, fetched), now)

    def _request(self, site: Site, sent: Sent) -> Request:
        person, signed = sent.person, signature(self.parts.kind, site.projection.records, sent.person, sent.command)
        key = command_key(ROOM_KEY, signed.keyed, sent.raw_id)
        return Request(key, sent.command, signed.by, person.role, signed.name, sent.made, signed.also)

    def _recall(self, site: Site, commands: Sequence[Command]) -> dict[RecordId, Record]:
        """Let-go records that the commands name: of an earlier look at the database, if that will do (C6)."""
        missing = site.projection.missing(commands)
        if not missing:
            return {}
        if site.looked is None or not site.projection.accepts(site.looked.cursor):
            site.looked = self.database.everything()
            self.laws.hold(Law.DATABASE, site.projection.accepts(site.looked.cursor), "behind what memory let go of")
        found = {id: site.looked.records[id] for id in missing if id in site.looked.records}
        if found:
            self.tally.happened("records fetched")
        return {id: self.parts.kind.record_from_msgpack(raw) for id, raw in found.items()}

    def settle(self, at: int) -> None:
        """Append what was planned; if somebody came first, follow and plan again (J2, J3)."""
        site = self.sites[at]
        while site.waiting is not None:
            waiting, site.waiting = site.waiting, None
            try:
                entry = self._stored(waiting.plan)
            except Conflict:
                self.tally.happened("conflicts")
                self.catch_up(at, len(self.chain.entries))
                self._plan(site, waiting.sents, waiting.requests)
                continue
            self.laws.story.append((at, waiting.requests, waiting.plan.verdicts))
            self.truth.judge(waiting.requests, waiting.plan, max(waiting.now, self.truth.at))
            if entry is not None:
                self.truth.take(entry)

    def _stored(self, plan: Plan) -> Entry | None:
        """Raises Conflict. Without anything to store, a look at the head proves the plan current (J3)."""
        if plan.body is not None:
            return self.chain.append(plan.body, plan.on)
        if plan.on != self.chain.head:
            raise Conflict(self.chain.after(plan.on.seq))
        return None

    # ---- time passing ----------------------------------------------------------------------------------------------

    def fire(self, at: int) -> bool:
        """A process submits the timer that has run out, if one has (C8)."""
        self.settle(at)
        site = self.sites[at]
        timer = site.projection.due(self.now + site.ahead_ms)
        if timer is None:
            return False
        key, seq = timer_key(ROOM_KEY, timer), site.projection.seq
        self.truth.timers[key] = timer
        self._plan(site, [], [Request(key, timer.command, SYSTEM.actors[0], Role.SYSTEM, SYSTEM.name, seq)])
        return True

    # ---- following -------------------------------------------------------------------------------------------------

    def catch_up(self, at: int, upto: int) -> None:
        """A process follows the journal up to an entry."""
        site = self.sites[at]
        for entry in list(self.chain.after(site.projection.seq)):
            if entry.seq > upto:
                return
            site.audiences.update(site.projection.apply(entry))
            self._compare(site.projection)

    def _compare(self, projection: Projection) -> None:
        is_, ought = snapshot(projection, list(self.truth.keys)), self.truth.snapshots[projection.seq]
        self.laws.hold(Law.REPLICAS, is_ == ought, is_, "rebuilt:", ought)

    def drain(self, entries: int) -> None:
        """The reader that keeps what rooms come to takes some entries."""
        for entry in self.chain.after(self.database.cursor)[:entries]:
            self.database.take(self.worker.apply(entry))
        state = self.truth.states[self.database.cursor]
        rows = {id: row.record for id, row in self.database.rows.items()}
        same = rows == {id: encode(record) for id, record in state.items()}
        self.laws.hold(Law.DATABASE, same, "rows differ", rows, state)

    def tell_drained(self, at: int) -> None:
        self.sites[at].projection.drained(self.database.cursor)

    def look(self, at: int) -> None:
        """A process asks the database; by the time it uses the answer that may be old."""
        self.sites[at].looked = self.database.everything()

    def keep(self, at: int) -> None:
        """A checkpoint, if the process is where the database is already."""
        projection = self.sites[at].projection
        if 0 < projection.seq <= self.database.cursor:
            checkpoint = Checkpoint(projection.position, projection.checkpoint())
            restored = self.parts.projection(self.parts.kind, self.bounds)
            restored.restore(checkpoint)
            self._compare(restored)
            self.checkpoints.append(checkpoint)
            self.tally.happened("checkpoints")

    def restart(self, at: int, which: int) -> None:
        """A process dies with whatever it had planned, and comes back from a checkpoint, or from nothing (0)."""
        for device in self.devices.at(at):
            self.devices.drop(device)
        self.sites[at] = site = Site(self.parts, self.bounds, self.sites[at].ahead_ms)
        if which and self.checkpoints:
            site.projection.restore(self.checkpoints[which % len(self.checkpoints)])
            site.audiences = self.parts.audiences(site.projection)
            self._compare(site.projection)
            self.tally.happened("restores")

    # ---- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """The system closes the room; everybody catches up, pages back to the first record, and compares."""
        for at in range(SITES):
            self.settle(at)
        if len(self.chain.entries) % 3:  # sometimes a room closes while a timer still runs
            self._ring()
        owner = self.people[4]
        for person, command in ((SYSTEM, lifecycle.Close()), (SYSTEM, lifecycle.Open()), (owner, lifecycle.Lock())):
            self.plan(0, [self.compose(person, command, len(self.chain.entries))])
            self.settle(0)
        self.drain(len(self.chain.entries))
        for at in range(SITES):
            self.catch_up(at, len(self.chain.entries))
            self.tell_drained(at)
            self.laws.hold(Law.TIMER, self.sites[at].projection.due(self.now * 2) is None, "due in a closed room")
        for device in self.devices.everyone:
            self.devices.see_everything(device)
        fresh = self.parts.projection(self.parts.kind, self.bounds)
        for entry in self.chain.entries:
            fresh.apply(entry)
        self._compare(fresh)
        self._check_no_raw_ids()

    def _ring(self) -> None:
        """Time passes until nothing is due any more."""
        self.now += 10_000_000
        for _ in range(3):
            self.catch_up(0, len(self.chain.entries))
            if not self.fire(0):
                return
            self.settle(0)
        self.laws.hold(Law.TIMER, False, "always due")

    def _check_no_raw_ids(self) -> None:
        kept = b"".join(entry.body for entry in self.chain.entries) + self.sites[0].projection.checkpoint()
        kept += b"".join(row.record for row in self.database.rows.values())
        self.laws.hold(Law.IDS, b"raw-id-" not in kept, "a raw command id was kept")
