"""What an audience is shown, and what it missed (F5, F6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from realtime.audience import Audience, Audiences, Missed
from realtime.journal import Checkpoint
from realtime.projection import Bounds, Projection
from rooms import lifecycle
from rooms.kind import Kind
from rooms.kinds import board, chat
from rooms.kinds.board import commands
from rooms.model import ActorId, Level, Record, RecordId, Role, Viewer
from tests.kinds import broken, small
from tests.kinds.short import shortened
from tests.realtime.one_room import DIRK, OneRoom

ANNE, BRAM = Viewer((ActorId("anne"),), Role.MEMBER), Viewer((ActorId("bram"), ActorId("bram-too")), Role.MEMBER)


class Followed(OneRoom):
    """A room whose audiences follow it."""

    audiences: Audiences

    def follow(self, audiences: type[Audiences] = Audiences) -> Audiences:
        self.audiences = audiences(self.projection)
        return self.audiences

    def catch_up(self, since: int) -> None:
        """Give the audiences what was applied after entry `since`."""
        for applied in self.applied[since:]:
            self.audiences.update(applied)


def told(missed: Missed | None) -> tuple[set[RecordId], set[RecordId]]:
    """(put, gone)"""
    assert missed is not None
    return set(missed.put), set(missed.gone)


# ---- who is shown what -----------------------------------------------------------------------------------------------


def test_f5_an_audience_is_shown_what_its_role_may_know() -> None:
    room = Followed(small)
    card = room.say("mag dit?", "anne")
    audiences = room.follow()
    assert {lifecycle.ROOM, card} == set(audiences.of_role(Role.MODERATOR).whole())
    for role in (Role.GUEST, Role.MEMBER, Role.SCREEN):
        assert {lifecycle.ROOM} == set(audiences.of_role(role).whole())


def test_f5_private_records_are_for_their_actor_only() -> None:
    room = Followed(small)
    card = room.say("mag dit?", "anne")
    audiences = room.follow()
    assert set(audiences.of_viewer(ANNE).whole()) == {small.receipt_of(card)}
    assert audiences.of_viewer(BRAM).whole() == {}
    assert audiences.of_viewer(Viewer((ActorId("dirk"),), Role.OWNER)).whole() == {}


def test_c3_any_of_the_viewers_actors_will_do() -> None:
    room = Followed(small)
    one, other = room.say("een", "bram"), room.say("twee", "bram-too")
    assert set(room.follow().of_viewer(BRAM).whole()) == {small.receipt_of(one), small.receipt_of(other)}


# ---- differences -----------------------------------------------------------------------------------------------------


def test_f6_a_difference_holds_what_changed_and_nothing_else() -> None:
    room = Followed()
    first, second = room.say("een"), room.say("twee")
    audience = room.follow().of_role(Role.MEMBER)
    seen = room.projection.seq
    room.do("bram", chat.React(first, chat.Reaction.AGREE, True), "react")
    room.catch_up(seen)
    assert told(audience.since(seen)) == ({first}, set())
    assert told(audience.since(seen + 1)) == (set(), set())
    assert second in audience.whole()


def test_f5_what_is_no_longer_shown_is_told_gone() -> None:
    room = Followed(small)
    card = room.say("mag dit?")
    room.do(DIRK, small.Reveal(card, True), "show")
    audiences = room.follow()
    members, staff = audiences.of_role(Role.MEMBER), audiences.of_role(Role.MODERATOR)
    seen = room.projection.seq
    room.do(DIRK, small.Reveal(card, False), "hide")
    room.catch_up(seen)
    assert told(members.since(seen)) == (set(), {card})
    assert told(staff.since(seen)) == ({card}, set())
    room.do(DIRK, small.Reveal(card, True), "show-again")
    room.catch_up(seen + 1)
    assert told(members.since(seen)) == ({card}, set()), "shown again: not gone"


@pytest.mark.parametrize("audiences", [Audiences, broken.GoneToldToAll])
def test_f5_what_was_never_shown_is_never_told(audiences: type[Audiences]) -> None:
    room = Followed(small)
    card = room.say("mag dit?")
    members = room.follow(audiences).of_role(Role.MEMBER)
    seen = room.projection.seq
    room.do("anne", small.Withdraw(card), "withdraw")
    room.catch_up(seen)
    hidden = {card, small.receipt_of(card)}
    assert told(members.since(seen)) == (set(), set() if audiences is Audiences else hidden)


def test_f5_too_long_ago_is_answered_with_none() -> None:
    """Further back than the audience remembers what left, or than memory has echoes: send the whole."""
    room = Followed(small)
    cards = [room.say(f"{n}") for n in range(4)]
    projection = room.projection
    staff = Audience(projection, Viewer((), Role.OWNER), private=False, left=2)
    seen = projection.seq
    for n, card in enumerate(cards):
        room.do("anne", small.Withdraw(card), f"withdraw{n}")
        staff.update(room.applied[-1])
    assert staff.since(seen - 1) is None, "before it was made"
    assert staff.since(seen) is None
    assert staff.floor == seen + 2
    assert told(staff.since(staff.floor)) == (set(), set(cards[2:]))


def test_an_audience_knows_when_anything_changed_for_it() -> None:
    room = Followed(small)
    audiences = room.follow()
    members, anne = audiences.of_role(Role.MEMBER), audiences.of_viewer(ANNE)
    before = members.changed_at
    card = room.say("mag dit?")
    room.catch_up(1)
    assert (members.changed_at, anne.changed_at) == (before, room.projection.seq), "only the receipt is for her"
    room.do(DIRK, small.Reveal(card, True), "show")
    room.catch_up(2)
    assert members.changed_at == room.projection.seq


# ---- letting go (C6) -------------------------------------------------------------------------------------------------


def test_c6_letting_go_is_no_gone() -> None:
    room = Followed(shortened(chat, WINDOW=2))
    first = room.say("een")
    audience = room.follow().of_role(Role.MEMBER)
    seen = room.projection.seq
    new = [room.say("twee"), room.say("drie")]
    room.catch_up(seen)
    assert first not in audience.whole()
    assert told(audience.since(seen)) == (set(new), set())


def test_c6_who_is_behind_is_told_of_changes_to_what_was_let_go() -> None:
    room = Followed(shortened(chat, WINDOW=2))
    ids = [room.say(f"{n}") for n in range(4)]
    audience = room.follow().of_role(Role.MEMBER)
    seen = room.projection.seq
    room.do("anne", room.m.Edit(ids[0], "anders"), "edit")
    room.do("anne", room.m.Delete(ids[1]), "delete")
    room.catch_up(seen)
    assert told(audience.since(seen)) == ({ids[0]}, {ids[1]})


def test_c6_below_the_echoes_there_is_no_difference() -> None:
    room = Followed(shortened(chat, WINDOW=2), Bounds(echoes=0))
    room.say("nul")
    audience = room.follow().of_role(Role.MEMBER)
    seen = room.projection.seq
    for n in range(3):
        room.say(f"{n}")
    room.catch_up(seen)
    assert audience.since(seen) is not None
    room.drain()
    assert audience.since(seen) is None
    assert audience.floor == room.projection.echo_floor > seen


def test_c6_private_records_can_be_let_go_of() -> None:
    room = Followed(shortened(small, WINDOW=2))
    card = room.say("een", "anne")
    anne = room.follow().of_viewer(ANNE)
    assert set(anne.whole()) == {small.receipt_of(card)}
    seen = room.projection.seq
    room.do(DIRK, room.m.Reveal(card, True), "show")
    room.say("twee", "bram")
    room.catch_up(seen)
    assert anne.whole() == {}
    assert told(anne.since(seen)) == ({small.receipt_of(card)}, set()), "its last change, as it was let go"


# ---- coming back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audiences", [Audiences, broken.PrivateHistoryForgotten])
def test_f5_who_comes_back_is_told_a_difference_if_nothing_private_left(audiences: type[Audiences]) -> None:
    room = Followed(small)
    card = room.say("een", "anne")
    kept = room.follow(audiences)
    kept.of_viewer(ANNE)
    seen = room.projection.seq
    kept.forget(ANNE)
    other = room.say("twee", "anne")
    room.catch_up(seen)
    assert told(kept.of_viewer(ANNE).since(seen)) == ({small.receipt_of(other)}, set())
    kept.forget(ANNE)
    room.do("anne", small.Withdraw(card), "withdraw")
    room.catch_up(seen + 1)
    missed = kept.of_viewer(ANNE).since(seen)
    assert (missed is None) is (audiences is Audiences), "negative control: the receipt would stay for ever"
    assert told(kept.of_viewer(BRAM).since(seen)) == (set(), set()), "nothing of his changed"


def test_f5_of_a_restored_room_no_difference_before_the_checkpoint() -> None:
    room = Followed(small)
    room.say("een")
    again = Projection(room.kind)
    again.restore(Checkpoint(room.projection.position, room.projection.checkpoint()))
    audiences = Audiences(again)
    for audience in (audiences.of_role(Role.MEMBER), audiences.of_viewer(ANNE)):
        assert audience.since(again.seq - 1) is None
        assert audience.since(again.seq) is not None


def test_one_audience_for_all_who_see_the_same() -> None:
    audiences = Followed(small).follow()
    assert audiences.of_role(Role.MEMBER) is audiences.of_role(Role.MEMBER)
    assert audiences.of_viewer(ANNE) is audiences.of_viewer(Viewer(ANNE.actors, ANNE.role))
    assert audiences.of_viewer(ANNE) is not audiences.of_viewer(Viewer(ANNE.actors, Role.OWNER))


def test_whoever_left_costs_nothing_more() -> None:
    room = Followed(small)
    audiences = room.follow()
    gone, same_person = audiences.of_viewer(BRAM), audiences.of_viewer(Viewer(BRAM.actors, Role.MODERATOR))
    audiences.forget(BRAM)
    audiences.forget(BRAM)
    room.say("een", "bram")
    room.catch_up(1)
    assert (gone.changed_at, same_person.changed_at) == (0, room.projection.seq)


# ---- what it costs (F6) ----------------------------------------------------------------------------------------------


class Counting(Kind):
    """Counts how often a record is looked at for somebody."""

    looks = 0

    def show(self, record: Record, viewer: Viewer) -> Record | None:
        self.looks += 1
        return super().show(record, viewer)


@pytest.mark.parametrize("audiences", [Audiences, broken.AlwaysWhole])
def test_f6_a_difference_costs_what_changed_not_what_exists(audiences: type[Audiences]) -> None:
    room = Followed(kind=Counting)
    ids = [room.say(f"{n}") for n in range(400)]
    audience = room.follow(audiences).of_role(Role.MEMBER)
    seen = room.projection.seq
    for n in range(50):
        room.do(f"voter{n}", chat.React(ids[0], chat.Reaction.AGREE, True), f"vote{n}")
    room.catch_up(seen)
    kind = room.kind
    assert isinstance(kind, Counting)
    kind.looks = 0
    put, _ = told(audience.since(seen))
    assert (put, kind.looks) == ({ids[0]}, 1) if audiences is Audiences else kind.looks > 400


@pytest.mark.parametrize("audience", [Audience, broken.LooksAtEverybodys])
def test_f5_whoever_comes_in_costs_what_is_theirs(audience: type[Audience], monkeypatch: pytest.MonkeyPatch) -> None:
    room = Followed(small)
    theirs = {small.receipt_of(room.say(f"{n}", "bram")) for n in range(3)}
    for n in range(400):
        room.say(f"{n}", f"somebody-{n % 40}")
    looked_at: list[Record] = []
    for_us = Audience._for_us

    def counted(self: Audience, record: Record) -> bool:
        looked_at.append(record)
        return for_us(self, record)

    monkeypatch.setattr(Audience, "_for_us", counted)
    assert set(audience(room.projection, BRAM, private=True).whole()) == theirs
    assert (len(looked_at) == len(theirs)) == (audience is Audience)


# ---- the order of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("comes", ["while it happens", "afterwards", "after a restart"])
def test_c7_what_is_revealed_at_once_leaves_in_an_order_that_tells_nothing(comes: str) -> None:
    """F5: by id, and a command's id says nothing of when it was given; also to who joins later, or comes back."""
    assert revealed(comes) == sorted(WRITTEN)


def test_control_in_any_other_order_it_tells_who_wrote_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.audience.sorted", lambda ids, key: _sorted_by_change(ids, key), raising=False)
    assert revealed("afterwards") == WRITTEN


WRITTEN = [RecordId(id) for id in ("note-c", "note-a", "note-d", "note-b")]
"""In the order they were written."""


def revealed(comes: str) -> list[RecordId]:
    """The notes, as an audience is told of them that comes then."""
    room = Followed(board)
    room.do(DIRK, commands.AddColumn("Houden"), "column")
    audience = room.follow().of_role(Role.MEMBER)
    for id in WRITTEN:
        room.do(f"unknown-{id}", commands.Write(RecordId("column"), id, Level.ANONYMOUS), id)
    since = room.projection.seq
    room.do(DIRK, commands.Go(commands.Phase.WRITE, commands.Phase.REVEAL), "go")
    room.catch_up(since)
    if comes == "while it happens":
        missed = audience.since(since)
        assert missed is not None
        assert list(missed.put)[::-1] == [id for id in audience.whole() if id in missed.put]
        return [id for id in audience.whole() if id in WRITTEN]
    projection = room.projection
    if comes == "after a restart":
        projection = Projection(room.kind)
        projection.restore(Checkpoint(room.projection.position, room.projection.checkpoint()))
    late = Audience(projection, Viewer((), Role.MEMBER), private=False)
    return [id for id in late.whole() if id in WRITTEN]


def _sorted_by_change(ids: Iterable[RecordId], key: Callable[[RecordId], tuple[int, RecordId]]) -> list[RecordId]:
    return sorted(ids, key=lambda id: key(id)[0])
