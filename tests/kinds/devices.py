"""Browsers: each is one number (F3), told what it missed, cut off, and back at another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from realtime.audience import Missed
from realtime.journal import UNBORN
from realtime.pages import page_from
from rooms.model import Numbered, Record, RecordId, Role, Viewer
from tests.kinds.laws import Law
from tests.kinds.people import Device, Person

if TYPE_CHECKING:
    from tests.kinds.world import World

PAGE = 3


class Devices:
    """One browser for each person, and a second one for Bram."""

    read_page = staticmethod(page_from)

    def __init__(self, world: World) -> None:
        self._world = world
        people = [*world.people, world.people[1]]
        self.everyone = [Device(person, i % 3, person.viewer) for i, person in enumerate(people)]

    def at(self, site: int) -> list[Device]:
        return [device for device in self.everyone if device.online and device.site == site]

    # ---- coming and going ------------------------------------------------------------------------------------------

    def join(self, device: Device, at: int) -> None:
        """(Again) into the room, with the position that the browser has."""
        self.drop(device)
        viewer, site = device.person.viewer, self._world.sites[at]
        entries = self._world.chain.entries
        position = entries[device.seq - 1].position if device.seq else UNBORN
        known = device.seq > 0 and self.same_eyes(device, viewer) and site.projection.knows(position)
        device.site, device.viewer, device.online = at, viewer, True
        shared, mine = site.audiences.of_role(viewer.role), site.audiences.of_viewer(viewer)
        missed = (shared.since(device.seq), mine.since(device.seq)) if known else (None, None)
        if missed[0] is None or missed[1] is None:
            self._world.tally.happened("joins: whole")
            self._whole(device, {**shared.whole(), **mine.whole()})
        else:
            self._world.tally.happened("joins: difference")
            for part in missed:
                self._difference(device, part, device.seq)
        self._arrived(device)

    def same_eyes(self, device: Device, viewer: Viewer) -> bool:
        """A difference is only for who saw the room as the same viewer (F5)."""
        return device.viewer == viewer

    def drop(self, device: Device) -> None:
        if not device.online:
            return
        device.online = False
        if not any(other.viewer == device.viewer for other in self.at(device.site)):
            self._world.sites[device.site].audiences.forget(device.viewer)

    def promote(self, person: Person, role: Role) -> None:
        """Somebody's role changes; their open connections see the room anew."""
        person.role = role
        for device in self.everyone:
            if device.person is person and device.online:
                self.join(device, device.site)
        self._world.tally.happened("role changes")

    # ---- being told ------------------------------------------------------------------------------------------------

    def flush(self, device: Device, back: int, cut: bool) -> None:
        """The private part, then the shared change, whose start may lie `back` earlier (F3). `cut`: only the first."""
        if not device.online:
            return
        site = self._world.sites[device.site]
        mine, shared = site.audiences.of_viewer(device.viewer), site.audiences.of_role(device.viewer.role)
        own = mine.since(device.seq) if mine.changed_at > device.seq else Missed({}, [])
        if own is None:
            self.join_anew(device)
            return
        self._difference(device, own, device.seq)
        device.ahead.update(dict.fromkeys((*own.put, *own.gone), site.projection.seq))
        if cut:
            self.cut(device)
            return
        if shared.changed_at > device.seq:
            start = max(0, device.seq - back)
            start = start if start >= shared.floor else device.seq
            missed = shared.since(start)
            if missed is None:
                self.join_anew(device)
                return
            self._difference(device, missed, start)
        self._arrived(device)
        self._world.tally.happened("changes told")

    def cut(self, device: Device) -> None:
        """The write ended after the private part: nothing moved the browser's position (F4)."""
        self._world.tally.happened("writes cut")
        self.drop(device)

    def join_anew(self, device: Device) -> None:
        device.seq = 0
        self.join(device, device.site)

    def _whole(self, device: Device, records: Mapping[RecordId, Record]) -> None:
        device.records, device.ahead, device.paged_to = {}, {}, None
        self._receive(device, records, ())

    def _difference(self, device: Device, missed: Missed | None, after: int) -> None:
        assert missed is not None
        world, upto = self._world, self._world.sites[device.site].projection.seq
        self._receive(device, missed.put, missed.gone)
        for id in (*missed.put, *missed.gone):
            world.laws.hold(Law.CHANGED, world.truth.changed(id, after, upto), "unchanged", id, after, upto)

    def _receive(self, device: Device, put: Mapping[RecordId, Record], gone: Sequence[RecordId], upto: int = 0) -> None:
        world, viewer = self._world, device.viewer
        upto = max(upto, world.sites[device.site].projection.seq)
        for id in (*put, *gone):
            world.laws.hold(Law.SHOWN, world.truth.ever_shown(id, viewer, upto), "never shown", id, viewer, upto)
        for record in put.values():
            world.laws.hold(Law.PRIVATE, record.only is None or record.only in viewer.actors, record, viewer)
        device.records.update(put)
        for id in gone:
            device.records.pop(id, None)
            world.tally.happened("ids gone")

    def _arrived(self, device: Device) -> None:
        """The browser has the position of its process: compare what it holds."""
        projection = self._world.sites[device.site].projection
        device.seq, device.oldest = projection.seq, projection.oldest
        if device.paged_to is None:
            device.paged_to = projection.oldest
        self._compare(device)

    # ---- older records ---------------------------------------------------------------------------------------------

    def scroll(self, device: Device, pages: int) -> None:
        """Back from what memory holds, or on from where it was."""
        if not device.paged_to:
            device.paged_to = device.oldest
        for _ in range(pages):
            self.page(device)

    def page(self, device: Device) -> bool:
        """Read one page of older records (C6). False: there was nothing older."""
        if not device.online or device.paged_to is None or device.paged_to <= 1:
            return False
        world, projection = self._world, self._world.sites[device.site].projection
        stored = world.database.page(device.paged_to, PAGE)
        if not projection.accepts(stored.cursor):
            return False
        put, more = self.read_page(projection, stored, device.viewer, device.paged_to, PAGE)
        self._receive(device, put, (), stored.cursor)
        device.ahead.update(dict.fromkeys(put, max(stored.cursor, projection.seq)))
        numbers = [record.n for record in put.values() if isinstance(record, Numbered)]
        device.paged_to = min(numbers, default=max(0, device.paged_to - PAGE)) if more else 0
        world.tally.happened("pages read")
        self._compare(device)
        return more

    def see_everything(self, device: Device) -> None:
        """Come to the head, scroll back to the first record, and hold all of the room."""
        self.join(device, device.site)
        device.paged_to = device.oldest
        while self.page(device):
            pass
        truth, laws = self._world.truth, self._world.laws
        shown = truth.shown(device.viewer, device.seq)
        laws.hold(Law.DATABASE, device.records == shown, "not all", device.records, "instead of", shown)

    def _compare(self, device: Device) -> None:
        """Everything that memory holds and the viewer may know, as it is; and nothing else but older records, true."""
        truth, laws = self._world.truth, self._world.laws
        live, shown = truth.snapshots[device.seq].records, truth.shown(device.viewer, device.seq)
        for id, record in shown.items():
            if id in live and device.ahead.get(id, 0) <= device.seq:
                held = device.records.get(id)
                laws.hold(Law.MIRROR, held == record, device.viewer, id, "holds", held, "instead of", record)
        for id, record in device.records.items():
            if (id in live and id in shown) or device.ahead.get(id, 0) > device.seq:
                continue
            older = isinstance(record, Numbered) and record.n < device.oldest
            laws.hold(Law.MIRROR, older and shown.get(id) == record, device.viewer, id, record, shown.get(id))
