"""What one audience of a room is shown, and what it missed (F5). Pure.

An audience is everybody who is shown the same: those of one role, for the records that are for all; the actors of one
person, for their private records. It keeps the ids it is shown, in the order they last changed, and those that left.
What one entry changed is in the order of the ids, for any other may tell when each was made (C7): on a board all notes
are revealed at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from realtime.batch import Applied
from realtime.projection import Projection
from rooms.model import ActorId, Record, RecordId, Role, Viewer

LEFT = 5_000


class Missed(Struct, frozen=True):
    """The difference between two positions: whole records, and ids that are no longer shown."""

    put: dict[RecordId, Record]
    gone: list[RecordId]


class Audience:
    """Follows one projection. `private`: only records with `only` in `actors`; otherwise only those for all.

    `floor`: nothing left this audience after that seq, before it was made; None: that isn't known.
    """

    def __init__(
        self, projection: Projection, viewer: Viewer, *, private: bool, floor: int | None = None, left: int = LEFT
    ) -> None:
        self.viewer = viewer
        self.private = private
        self._projection = projection
        self._most_left = left
        self._left: dict[RecordId, int] = {}
        self._floor = projection.seq if floor is None else floor
        """What left before this seq is not known."""
        by_change = sorted(self._candidates(), key=lambda id: (projection.changed_at[id], id))
        self._shown = {id: projection.changed_at[id] for id in by_change if self._shows(projection.records[id])}
        self.changed_at = max(self._shown.values(), default=0)
        """The last entry that changed anything for this audience."""

    def _candidates(self) -> Iterable[RecordId]:
        """Records that may be shown: of a room full of ballots, a person's own are a few."""
        if not self.private:
            return self._projection.records
        return [id for actor in set(self.viewer.actors) for id in self._projection.private.get(actor, ())]

    def update(self, applied: Applied) -> None:
        """Take in what an entry changed."""
        seq = applied.position.seq
        for id, (before, after) in applied.changed.items():
            shown = after is not None and self._shows(after)
            known = id in self._shown or (id in applied.recalled and before is not None and self._shows(before))
            if shown:
                self._shown.pop(id, None)
                self._shown[id] = seq
                self._left.pop(id, None)
            elif known:
                self._shown.pop(id, None)
                self._leave(id, seq)
            if shown or known:
                self.changed_at = seq
        for id in applied.let_go:
            self._shown.pop(id, None)

    def whole(self) -> dict[RecordId, Record]:
        """Everything this audience is shown now."""
        return {id: self._show(id) for id in self._shown}

    def since(self, seq: int) -> Missed | None:
        """What changed after `seq`; None: that is too long ago, send the whole."""
        if seq < self.floor:
            return None
        put: dict[RecordId, Record] = {}
        for id in reversed(self._shown):
            if self._shown[id] <= seq:
                break
            put[id] = self._show(id)
        gone = []
        for id in reversed(self._left):
            if self._left[id] <= seq:
                break
            gone.append(id)
        put.update(self._echoes(seq))
        return Missed(put, gone)

    @property
    def floor(self) -> int:
        """Differences can be told from this seq on."""
        return max(self._floor, self._projection.echo_floor)

    def _echoes(self, seq: int) -> dict[RecordId, Record]:
        """Changed after `seq`, and let go of since (C6)."""
        found: dict[RecordId, Record] = {}
        if self._projection.echoed_at <= seq:
            return found
        for id, echo in self._projection.echoes.items():
            shown = echo.record is not None and echo.seq > seq and self._for_us(echo.record)
            record = self._projection.kind.show(echo.record, self.viewer) if shown and echo.record else None
            if record is not None:
                found[id] = record
        return found

    def _for_us(self, record: Record) -> bool:
        return record.only in self.viewer.actors if self.private else record.only is None

    def _shows(self, record: Record) -> bool:
        return self._for_us(record) and self._projection.kind.show(record, self.viewer) is not None

    def _show(self, id: RecordId) -> Record:
        record = self._projection.kind.show(self._projection.records[id], self.viewer)
        assert record is not None, "shown ids are shown"
        return record

    def _leave(self, id: RecordId, seq: int) -> None:
        self._left.pop(id, None)
        self._left[id] = seq
        while len(self._left) > self._most_left:
            oldest = next(iter(self._left))
            self._floor = max(self._floor, self._left.pop(oldest))


class Audiences:
    """The audiences of one room: one per role, one per set of actors that is here."""

    audience = Audience

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._since = projection.seq
        self._private_at: dict[ActorId, int] = {}
        """When one of an actor's private records last changed or left, since `_since`."""
        self.private_at = 0
        """When anybody's did."""
        self._of_role: dict[Role, Audience] = {}
        self._of_actors: dict[tuple[tuple[ActorId, ...], Role], Audience] = {}
        self._by_actor: dict[ActorId, list[Audience]] = {}

    def of_role(self, role: Role) -> Audience:
        found = self._of_role.get(role)
        if found is None:
            found = self.audience(self._projection, Viewer((), role), private=False)
            self._of_role[role] = found
        return found

    def of_viewer(self, viewer: Viewer) -> Audience:
        """The viewer's own private records; also one who comes back is told a difference."""
        key = (viewer.actors, viewer.role)
        found = self._of_actors.get(key)
        if found is None:
            floor = max((self._private_at.get(actor, 0) for actor in viewer.actors), default=0)
            found = self.audience(self._projection, viewer, private=True, floor=max(self._since, floor))
            self._of_actors[key] = found
            for actor in viewer.actors:
                self._by_actor.setdefault(actor, []).append(found)
        return found

    def forget(self, viewer: Viewer) -> None:
        """Nobody with these actors and this role is here any more."""
        gone = self._of_actors.pop((viewer.actors, viewer.role), None)
        for actor in viewer.actors if gone else ():
            left = [a for a in self._by_actor[actor] if a is not gone]
            if left:
                self._by_actor[actor] = left
            else:
                del self._by_actor[actor]

    def update(self, applied: Applied) -> None:
        for audience in self._of_role.values():
            audience.update(applied)
        for actor, theirs in self._private(applied).items():
            for audience in self._by_actor[actor]:
                audience.update(theirs)

    def _private(self, applied: Applied) -> dict[ActorId, Applied]:
        """What the entry did to each actor's own records, for those who are here: in a full hall an entry has the
        ballots of hundreds, and each looks at their own."""
        changed: dict[ActorId, dict[RecordId, tuple[Record | None, Record | None]]] = {}
        let_go: dict[ActorId, dict[RecordId, Record]] = {}
        for id, (before, after) in applied.changed.items():
            record = after or before
            if record is not None and record.only is not None:
                changed.setdefault(record.only, {})[id] = (before, after)
                self.private_at = applied.position.seq
                if before is not None:
                    self._private_at[record.only] = applied.position.seq
        for id, record in applied.let_go.items():
            if record.only is not None:
                let_go.setdefault(record.only, {})[id] = record
        return {
            actor: Applied(applied.position, changed.get(actor, {}), applied.recalled, let_go.get(actor, {}))
            for actor in {**changed, **let_go}
            if actor in self._by_actor
        }
