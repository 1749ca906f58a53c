"""The projection: keys and the floor (C2), bounds and letting go (C6), faults (C5), positions (J1), checkpoints."""

from __future__ import annotations

import pytest

from realtime.batch import Batch, Counted, Declined, Verdict, encode
from realtime.draft import Changed, Draft
from realtime.journal import Checkpoint, Entry, Position
from realtime.projection import MARKS, Bounds, Projection
from rooms import lifecycle
from rooms.kind import Kind, kinds
from rooms.kinds import chat
from rooms.model import Changes, Command, Event, Reason, Record, RecordId, Records, Stamp
from tests.kinds import broken, small
from tests.kinds.short import shortened
from tests.realtime.one_room import DIRK, NOW, OneRoom


def reason(verdict: Verdict) -> Reason | None:
    return verdict.reason if isinstance(verdict, Declined) else None


def restored(room: OneRoom) -> Projection:
    projection = Projection(room.kind, room.projection.bounds)
    projection.restore(Checkpoint(room.projection.position, room.projection.checkpoint()))
    return projection


# ---- once (C2) -------------------------------------------------------------------------------------------------------


def test_c2_a_command_sent_again_is_done_with_its_old_seq() -> None:
    room = OneRoom()
    message = room.say("hallo")
    like, unlike = (room.m.React(message, room.m.Reaction.AGREE, on) for on in (True, False))
    assert room.do("bram", like, "once", made=2) == Counted(None)
    room.do("bram", unlike, "other")
    assert room.do("bram", like, "once", made=2) == Counted(3), "others acted in between"
    assert room.do("bram", like, "once", made=99) == Counted(3), "wherever the sender says it was"
    held = room.projection.records[message]
    assert isinstance(held, chat.Message)
    assert held.reactions == {}


def test_c2_a_command_twice_in_one_batch_counts_once() -> None:
    room = OneRoom()
    request = room.request("anne", chat.Post("hallo"), "once")
    plan = room.plan(request, request)
    assert plan.verdicts == [Counted(None), Counted(None)]
    room.store(plan)
    assert chat.head(room.projection.records).count == 1


def test_c2_a_wish_that_is_true_already_counts_and_is_remembered() -> None:
    room = OneRoom()
    assert room.do(DIRK, lifecycle.Open(), "again") == Counted(None)
    assert room.do(DIRK, lifecycle.Open(), "again") == Counted(2)


@pytest.mark.parametrize("projection", [Projection, broken.NoFloor])
def test_c2_made_below_the_floor_is_refused_stale(projection: type[Projection]) -> None:
    """Nobody knows any more whether it counted; with no floor it would count again."""
    room = OneRoom(bounds=Bounds(keys=2), projection=projection)
    assert room.do("anne", chat.Post("een"), "one", made=1) == Counted(None)
    for n in range(3):
        room.say(f"{n}")
    verdict = room.do("anne", chat.Post("een"), "one", made=1)
    counted = chat.head(room.projection.records).count
    if projection is Projection:
        assert (room.projection.floor, reason(verdict), counted) == (3, Reason.STALE, 4)
    else:
        assert verdict == Counted(None), "negative control"


def test_c2_made_at_the_floor_or_later_is_decided() -> None:
    room = OneRoom(bounds=Bounds(keys=2))
    for n in range(3):
        room.say(f"{n}")
    floor = room.projection.floor
    assert floor == 2
    assert reason(room.do("anne", chat.Post("x"), "a", made=floor - 1)) is Reason.STALE
    assert room.do("anne", chat.Post("x"), "b", made=floor) == Counted(None)


def test_c2_a_checkpoint_keeps_keys_and_floor() -> None:
    room = OneRoom(bounds=Bounds(keys=2))
    for n in range(3):
        room.say(f"{n}")
    again = restored(room)
    assert (again.floor, again.decided(room.request("anne", chat.Post("x"), "anne3").key)) == (2, 4)


# ---- faults (C5) -----------------------------------------------------------------------------------------------------


class Stumbles(Kind):
    """Fails where no kind should: deciding on "oei", and evolving "half" after it changed something."""

    def decide(self, records: Records, command: Command, stamp: Stamp) -> list[Event]:
        if isinstance(command, chat.Post) and command.text == "oei":
            raise ZeroDivisionError("in decide")
        events = super().decide(records, command, stamp)
        if isinstance(command, chat.Post) and command.text == "half":
            return [*events, chat.Deleted(RecordId("nothing"))]
        return events

    def evolve(self, records: Records, event: Event) -> Changes:
        if event == chat.Deleted(RecordId("nothing")):
            raise KeyError("in evolve")
        return super().evolve(records, event)


@pytest.mark.parametrize(("text", "error"), [("oei", ZeroDivisionError), ("half", KeyError)])
def test_c5_a_fault_refuses_one_command_and_the_batch_goes_on(text: str, error: type[Exception]) -> None:
    room, sound = OneRoom(kind=Stumbles), OneRoom()
    texts = ("voor", text, "na")
    plan = room.plan(*[room.request("anne", chat.Post(text), f"key-{text}") for text in texts])
    verdicts = [reason(verdict) for verdict in plan.verdicts]
    assert verdicts == [None, Reason.FAULT, None]
    fault = plan.verdicts[1]
    assert isinstance(fault, Declined)
    assert isinstance(fault.error, error)
    room.store(plan)
    sound.store(sound.plan(*[sound.request("anne", chat.Post(text), f"key-{text}") for text in ("voor", "na")]))
    assert room.projection.records == sound.projection.records, "not a trace"
    assert room.projection.decided(room.request("anne", chat.Post("x"), f"key-{text}").key) is None


class RunsOn(Draft):
    """A draft that keeps what an event did before a later one failed."""

    def undo(self, changed: Changed) -> None:
        pass


def test_c5_a_draft_undoes_what_a_failing_command_began() -> None:
    kind, anne = Stumbles(chat), OneRoom().request("anne", chat.Post("half"), "half")
    stamp = Stamp(RecordId(anne.key), NOW, anne.by, anne.role, anne.name)
    opened: dict[RecordId, Record] = {lifecycle.ROOM: lifecycle.Room(state=lifecycle.State.OPEN)}
    for draft, left in ((Draft(kind, opened, {}, {}), 1), (RunsOn(kind, opened, {}, {}), 3)):
        with pytest.raises(KeyError):
            draft.run(kind.decide(draft, anne.command, stamp))
        assert len(draft) == left, "the room; and in the negative control the message and the count"


# ---- bounds (C6) -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("projection", [Projection, broken.NeverFull])
def test_c6_a_room_holds_so_many_written_records(projection: type[Projection]) -> None:
    room = OneRoom(small, Bounds(written=5), projection=projection)
    card = room.say("een")
    room.do("bram", small.Ask("twee"), "second")
    assert room.projection.written == 4, "the room, the box and two cards: receipts are not counted"
    room.do(DIRK, small.Start(1_000), "start")
    verdict = room.do("chris", small.Ask("drie"), "third")
    if projection is broken.NeverFull:
        assert (verdict, room.projection.written) == (Counted(None), 6), "negative control"
        return
    assert verdict == Declined(Reason.FULL, {"most": 5})
    room.do("anne", small.Withdraw(card), "withdraw")
    assert room.do("chris", small.Ask("drie"), "third") == Counted(None), "there is room again"


@pytest.mark.parametrize("projection", [Projection, broken.NeverFull])
def test_c6_a_room_holds_so_many_bytes(projection: type[Projection]) -> None:
    bounds = Bounds(bytes=2_000)
    room = OneRoom(bounds=bounds, projection=projection)
    verdict: Verdict = Counted(None)
    posted = 0
    while posted < 50 and verdict == Counted(None):
        verdict = room.do("anne", chat.Post("x" * 100), f"post{posted}")
        posted += 1
    if projection is broken.NeverFull:
        assert room.projection.bytes > bounds.bytes, "negative control"
        return
    assert verdict == Declined(Reason.FULL, {"most_bytes": 2_000})
    assert 1_700 < room.projection.bytes <= 2_000
    message = RecordId("post0")
    assert reason(room.do("anne", chat.Edit(message, "y" * 600), "longer")) is Reason.FULL
    assert room.do("anne", chat.Edit(message, "y" * 50), "shorter") == Counted(None), "what makes it less is welcome"
    assert room.do(DIRK, chat.Remove(message), "remove") == Counted(None)


def test_c6_a_batch_is_held_to_the_bounds_as_one() -> None:
    room = OneRoom(bounds=Bounds(written=5))
    requests = [room.request("anne", chat.Post("x"), f"p{n}") for n in range(6)]
    plan = room.plan(*requests)
    assert [reason(verdict) for verdict in plan.verdicts] == [None] * 3 + [Reason.FULL] * 3
    room.store(plan)
    assert room.projection.written == 5


def test_c6_a_let_go_record_that_comes_back_to_stay_needs_room() -> None:
    """A pin brings it back for good; an edit doesn't, and is welcome in a full room."""
    room = OneRoom(shortened(chat, WINDOW=3), Bounds(written=6))
    ids = [room.say(f"{n}") for n in range(5)]
    assert room.projection.written == 5, "the room, the counts and three messages"
    assert room.do(DIRK, room.m.Pin(ids[0], True), "p0") == Counted(None)
    assert room.projection.written == 6
    assert reason(room.do(DIRK, room.m.Pin(ids[1], True), "p1")) is Reason.FULL
    assert room.do("anne", room.m.Edit(ids[1], "anders"), "e1") == Counted(None)
    assert room.projection.written == 6


def test_c6_deleting_what_was_let_go_makes_no_room() -> None:
    """It wasn't in memory, so in the same batch nothing more may take its place."""
    room = OneRoom(shortened(chat, WINDOW=3), Bounds(written=6))
    ids = [room.say(f"{n}") for n in range(4)]
    assert (ids[0] in room.projection.records, room.projection.written) == (False, 5)
    delete = room.request("anne", room.m.Delete(ids[0]), "delete")
    posts = [room.request("anne", room.m.Post(f"{n}"), f"post{n}") for n in range(2)]
    assert [reason(verdict) for verdict in room.plan(delete, *posts).verdicts] == [None, None, Reason.FULL]


def test_c6_another_command_may_make_a_recalled_record_stay() -> None:
    """A vote brings a card back for a moment; that it is held then, in the same batch, keeps it."""
    room = OneRoom(shortened(small, WINDOW=2), Bounds(written=6))
    card = room.say("een", "anne")
    room.do(DIRK, room.m.Reveal(card, True), "show")
    for n in range(2):
        room.say(f"{n}", "bram")
    assert (card in room.projection.records, room.projection.written) == (False, 4)
    room.say("vol", "bram")
    plan = room.plan(
        room.request("chris", room.m.Vote(card, True), "vote"),
        room.request(DIRK, room.m.Hold(card, True), "hold"),
    )
    assert [reason(verdict) for verdict in plan.verdicts] == [None, Reason.FULL]
    room.store(plan)
    assert room.projection.written == 5


# ---- letting go (C6) -------------------------------------------------------------------------------------------------


def test_c6_memory_lets_go_of_the_oldest_and_says_from_where_it_has_them() -> None:
    room = OneRoom(shortened(chat, WINDOW=3))
    ids = [room.say(f"{n}") for n in range(5)]
    assert [id in room.projection.records for id in ids] == [False, False, True, True, True]
    assert room.projection.oldest == 3
    assert set(room.applied[-1].let_go) == {ids[1]}


def test_c6_what_is_let_go_lingers_until_the_database_has_it() -> None:
    room = OneRoom(shortened(chat, WINDOW=3), Bounds(echoes=0))
    ids = [room.say(f"{n}") for n in range(5)]
    edit = room.m.Edit(ids[0], "anders")
    assert room.projection.missing([edit]) == set(), "its echo is here"
    room.drain()
    assert (room.projection.missing([edit]), room.projection.accepts(3), room.projection.accepts(2)) == (
        {ids[0]},
        True,
        False,
    )
    assert room.do("anne", edit, "edit") == Counted(None)
    assert room.applied[-1].recalled == {ids[0]}
    assert ids[0] not in room.projection.records, "it was let go again"


@pytest.mark.parametrize("projection", [Projection, broken.DeletedLeavesNoEcho])
def test_c6_what_is_deleted_stays_deleted_while_the_database_lags(projection: type[Projection]) -> None:
    room = OneRoom(projection=projection)
    message = room.say("hallo")
    room.drain()
    room.do("anne", chat.Delete(message), "delete")
    verdict = room.do(DIRK, chat.Pin(message, True), "pin")
    back = message in room.projection.records
    assert (reason(verdict), back) == ((Reason.NOT_FOUND, False) if projection is Projection else (None, True))


def test_c6_a_kind_without_a_window_fetches_nothing() -> None:
    class Keeps(Kind):
        @property
        def windowed(self) -> bool:
            return False

    room = OneRoom(kind=Keeps)
    assert room.projection.missing([chat.Delete(RecordId("x"))]) == set()


# ---- planning and applying -------------------------------------------------------------------------------------------


def test_a_plan_changes_nothing() -> None:
    room = OneRoom()
    message = room.say("hallo")
    before = room.projection.checkpoint()
    plan = room.plan(
        room.request("anne", chat.Edit(message, "dag"), "a"),
        room.request("anne", chat.Post("meer"), "b"),
        room.request("anne", chat.Delete(message), "c"),
    )
    assert plan.verdicts == [Counted(None)] * 3
    assert room.projection.checkpoint() == before


def test_each_command_sees_the_effect_of_those_before_it() -> None:
    room = OneRoom()
    message = room.say("hallo")
    delete = [room.request("anne", chat.Delete(message), key) for key in ("a", "b")]
    assert [reason(verdict) for verdict in room.plan(*delete).verdicts] == [None, Reason.NOT_FOUND]


def test_only_refusals_make_no_entry() -> None:
    room = OneRoom()
    plan = room.plan(room.request("anne", chat.Delete(RecordId("x")), "a"))
    assert (plan.body, plan.on) == (None, room.projection.position)


@pytest.mark.parametrize("projection", [Projection, broken.ClockMayGoBack])
def test_c1_at_never_goes_back(projection: type[Projection]) -> None:
    room = OneRoom(projection=projection)
    for now in (NOW + 50, NOW + 20, NOW + 60):
        room.store(room.plan(room.request("anne", chat.Post("x"), f"{now}"), now=now))
    ats = [r.at for r in room.projection.records.values() if isinstance(r, chat.Message)]
    assert (ats == [NOW + 50, NOW + 50, NOW + 60]) is (projection is Projection)


def test_entries_come_in_order() -> None:
    room = OneRoom()
    plan = room.plan(room.request("anne", chat.Post("x"), "a"))
    assert plan.body is not None
    for seq in (1, 3):
        with pytest.raises(ValueError, match="after 1"):
            room.projection.apply(Entry(seq, b"12345678", b"", plan.body))


def test_c8_a_timer_is_due_at_its_time() -> None:
    room = OneRoom(small)
    room.do(DIRK, small.Start(1_000), "start")
    assert room.projection.due(NOW + 999) is None
    timer = room.projection.due(NOW + 1_000)
    assert timer is not None
    assert (timer.at, timer.record, timer.command) == (NOW + 1_000, small.CLOCK, small.Ring())


# ---- positions (J1) --------------------------------------------------------------------------------------------------


def test_j1_a_position_is_known_by_its_mark() -> None:
    room = OneRoom()
    for n in range(3):
        room.say(f"{n}")
    for entry in room.chain.entries:
        assert room.projection.knows(entry.position)
        assert not room.projection.knows(Position(entry.seq, b"another!"))
    assert not room.projection.knows(Position(5, room.chain.head.mark)), "what hasn't happened isn't known"


def test_j1_of_a_restored_room_the_past_before_the_checkpoint_is_not_known() -> None:
    room = OneRoom()
    positions = [room.projection.position]
    for n in range(3):
        room.say(f"{n}")
        positions.append(room.projection.position)
    again = restored(room)
    assert [again.knows(position) for position in positions] == [False, False, False, True]


def test_j1_marks_are_bounded() -> None:
    projection = Projection(kinds()["chat"])
    body = encode(Batch(1, NOW, [], []))
    for seq in range(1, 2 * MARKS + 2):
        projection.apply(Entry(seq, seq.to_bytes(8, "big"), b"", body))
    known = [projection.knows(Position(seq, seq.to_bytes(8, "big"))) for seq in (1, MARKS, MARKS + 1, 2 * MARKS + 1)]
    assert known == [False, True, True, True]


# ---- checkpoints -----------------------------------------------------------------------------------------------------


def test_a_checkpoint_of_what_was_restored_has_the_same_bytes() -> None:
    room = OneRoom(shortened(chat, WINDOW=3))
    ids = [room.say(f"{n}") for n in range(6)]
    room.do(DIRK, room.m.Pin(ids[0], True), "pin")
    room.do("bram", room.m.React(ids[4], room.m.Reaction.HELPS, True), "react")
    room.drain()
    again = restored(room)
    assert again.checkpoint() == room.projection.checkpoint()
    assert (again.records, again.changed_at) == (room.projection.records, room.projection.changed_at)


def test_what_is_removed_is_gone_from_later_checkpoints() -> None:
    room = OneRoom(shortened(chat, WINDOW=3))
    message = room.say("geheim woord")
    for n in range(4):
        room.say(f"{n}")
    room.drain()
    room.do(DIRK, room.m.Remove(message), "remove")
    assert b"geheim" not in room.projection.checkpoint()
    pinned = room.say("ander woord")
    assert b"ander woord" in room.projection.checkpoint()
    room.do(DIRK, room.m.Remove(pinned), "remove-too")
    assert b"ander woord" not in room.projection.checkpoint()


def test_a_later_version_reads_what_an_earlier_one_wrote() -> None:
    """C9: only newer is refused."""
    room, later = OneRoom(), Kind(chat)
    room.say("hallo")
    later.version = room.kind.version + 1
    newer = Projection(later)
    for entry in room.chain.entries:
        newer.apply(entry)
    assert newer.records == room.projection.records
