"""Chat, specified: given what happened, when somebody does something, then this happens."""

from __future__ import annotations

import msgspec
import pytest

from rooms.kind import kinds
from rooms.kinds import chat
from rooms.kinds.chat import (
    Delete,
    Deleted,
    Edit,
    Edited,
    Event,
    Message,
    Pin,
    Pinned,
    Post,
    Posted,
    React,
    Reacted,
    Reaction,
    Reference,
    Remove,
    Removed,
    Save,
    Saved,
)
from rooms.model import ActorId, Line, Outcome, PersonName, Reason, RecordId, Role, Viewer, Words
from tests.rooms.specification import ANNE, BRAM, DIRK, GUEST, NOW, Given, Somebody

M, N = RecordId("m"), RecordId("n")


def given(*events: Event) -> Given:
    return Given(kinds()["chat"], *events)


def posted(id: RecordId = M, by: Somebody = ANNE, text: str = "Hallo") -> Posted:
    return Posted(id, NOW, by.actor, by.name, Words(text), by.role.staff)


def message(room: Given, id: RecordId = M) -> Message:
    found = room.records[id]
    assert isinstance(found, Message)
    return found


# ---- saying something ------------------------------------------------------------------------------------------------


def test_a_message_is_posted_with_clean_words_under_its_own_id() -> None:
    given().when(ANNE, Post("  Cafe\u0301\u202e \r\n"), "k1").then(
        Posted(RecordId("k1"), NOW, ANNE.actor, ANNE.name, Words("Café"))
    )


def test_messages_are_numbered_in_order() -> None:
    room = given(posted(M), posted(N))
    assert (message(room, M).n, message(room, N).n) == (1, 2)


def test_a_deleted_message_keeps_its_number() -> None:
    room = given(posted(M), Deleted(M), posted(N))
    assert message(room, N).n == 2


def test_staff_carry_a_badge() -> None:
    room = given()
    room.when(DIRK, Post("Welkom"), "k1")
    assert message(room, RecordId("k1")).staff


@pytest.mark.parametrize("text", [" ", "\u200b\u202e", "\u3164"])
def test_nothing_readable_is_refused(text: str) -> None:
    given().when(ANNE, Post(text)).then_refused(Reason.EMPTY)


def test_c1_an_existing_id_is_never_overwritten() -> None:
    given(posted(M)).when(ANNE, Post("Nog eens"), "m").then_nothing()


def test_a_reply_names_the_message_but_not_its_words() -> None:
    reference = Reference(M, 1, ANNE.name)
    given(posted(M)).when(BRAM, Post("Mee eens", reply_to=M), "k1").then(
        Posted(RecordId("k1"), NOW, BRAM.actor, BRAM.name, Words("Mee eens"), reply_to=reference)
    )


def test_a_reply_to_nothing_is_refused() -> None:
    given().when(BRAM, Post("Mee eens", reply_to=M)).then_refused(Reason.NOT_FOUND)


@pytest.mark.parametrize("size", [0, 2_001])
def test_words_are_bounded_before_they_reach_the_room(size: int) -> None:
    raw = msgspec.json.encode({"t": "chat.post", "text": "x" * size})
    with pytest.raises(msgspec.ValidationError):
        kinds()["chat"].command_from_json(raw)
    kinds()["chat"].command_from_json(msgspec.json.encode({"t": "chat.post", "text": "x" * 2_000}))


# ---- one's own messages ----------------------------------------------------------------------------------------------


def test_one_edits_ones_own_message() -> None:
    room = given(posted(M))
    room.when(ANNE, Edit(M, "Dag "), at=NOW + 5).then(Edited(M, NOW + 5, Words("Dag")))
    assert (message(room).text, message(room).edited_at) == ("Dag", NOW + 5)


def test_an_edit_to_the_same_words_is_no_edit() -> None:
    given(posted(M)).when(ANNE, Edit(M, " Hallo")).then_nothing()


def test_one_deletes_ones_own_message_and_nothing_stays() -> None:
    room = given(posted(M))
    room.when(ANNE, Delete(M)).then(Deleted(M))
    assert M not in room.records


@pytest.mark.parametrize("command", [Edit(M, "Nee"), Delete(M)])
@pytest.mark.parametrize("who", [BRAM, DIRK, GUEST])
def test_nobody_edits_or_deletes_anothers_message(command: Edit | Delete, who: Somebody) -> None:
    given(posted(M, ANNE)).when(who, command).then_refused(Reason.FORBIDDEN)


def test_deleting_a_kept_message_uncounts_it() -> None:
    room = given(posted(M), Pinned(M, True))
    room.when(ANNE, Delete(M)).then(Deleted(M))
    assert chat.head(room.records).kept == 0


# ---- reactions -------------------------------------------------------------------------------------------------------


def test_reactions_are_kept_in_the_order_they_came() -> None:
    room = given(posted(M))
    room.when(BRAM, React(M, Reaction.HELPS, True)).then(Reacted(M, BRAM.actor, Reaction.HELPS, True))
    room.when(GUEST, React(M, Reaction.HELPS, True))
    assert message(room).reactions == {Reaction.HELPS: (BRAM.actor, GUEST.actor)}


def test_c2_a_reaction_states_the_wish() -> None:
    reacted = Reacted(M, BRAM.actor, Reaction.AGREE, True)
    given(posted(M), reacted).when(BRAM, React(M, Reaction.AGREE, True)).then_nothing()
    given(posted(M)).when(BRAM, React(M, Reaction.AGREE, False)).then_nothing()


def test_the_last_reaction_taken_off_leaves_none() -> None:
    room = given(posted(M), Reacted(M, BRAM.actor, Reaction.AGREE, True))
    room.when(BRAM, React(M, Reaction.AGREE, False))
    assert message(room).reactions == {}


def test_a_reaction_has_a_thousand_people_at_most() -> None:
    crowd = [Reacted(M, ActorId(f"a{n}"), Reaction.AGREE, True) for n in range(chat.REACTORS)]
    room = given(posted(M), *crowd)
    room.when(BRAM, React(M, Reaction.AGREE, True)).then_refused(Reason.FULL, most=1_000)
    room.when(BRAM, React(M, Reaction.LAUGH, True)).then(Reacted(M, BRAM.actor, Reaction.LAUGH, True))


# ---- staff -----------------------------------------------------------------------------------------------------------


def test_removal_takes_the_words_and_leaves_a_trace() -> None:
    room = given(posted(M), Reacted(M, BRAM.actor, Reaction.AGREE, True), Pinned(M, True), Saved(M, True))
    room.when(DIRK, Remove(M)).then(Removed(M))
    left = message(room)
    assert (left.removed, left.text, left.reactions, left.kept, left.name) == (True, "", {}, False, ANNE.name)
    assert chat.head(room.records).kept == 0
    room.when(DIRK, Remove(M)).then_nothing()


@pytest.mark.parametrize(
    ("who", "command"),
    [
        (ANNE, Edit(M, "Toch")),
        (ANNE, Delete(M)),
        (BRAM, React(M, Reaction.AGREE, True)),
        (DIRK, Pin(M, True)),
        (DIRK, Save(M, True)),
    ],
)
def test_nothing_is_done_with_a_removed_message(who: Somebody, command: Edit | Delete | React | Pin | Save) -> None:
    given(posted(M), Removed(M)).when(who, command).then_refused(Reason.REMOVED)


def test_a_removed_message_can_be_answered() -> None:
    assert given(posted(M), Removed(M)).when(BRAM, Post("Jammer", reply_to=M)).reason is None


def test_staff_pin_and_save() -> None:
    room = given(posted(M))
    room.when(DIRK, Pin(M, True)).then(Pinned(M, True))
    room.when(DIRK, Save(M, True)).then(Saved(M, True))
    room.when(DIRK, Pin(M, True)).then_nothing()
    assert chat.head(room.records).kept == 1, "one message, pinned and saved"
    room.when(DIRK, Pin(M, False)).then(Pinned(M, False))
    room.when(DIRK, Save(M, False)).then(Saved(M, False))
    assert chat.head(room.records).kept == 0


def test_two_hundred_messages_are_kept_at_most() -> None:
    ids = [RecordId(f"m{n}") for n in range(chat.KEPT + 1)]
    kept = [Pinned(id, True) if n % 2 else Saved(id, True) for n, id in enumerate(ids[:-1])]
    room = given(*[posted(id) for id in ids], *kept)
    room.when(DIRK, Pin(ids[-1], True)).then_refused(Reason.FULL, most=200)
    room.when(DIRK, Save(ids[-1], True)).then_refused(Reason.FULL, most=200)
    room.when(DIRK, Save(ids[1], True)).then(Saved(ids[1], True))
    room.when(DIRK, Remove(ids[0])).then(Removed(ids[0]))
    room.when(DIRK, Pin(ids[-1], True)).then(Pinned(ids[-1], True))


@pytest.mark.parametrize(
    "command", [Edit(M, "x"), Delete(M), React(M, Reaction.AGREE, True), Remove(M), Pin(M, True), Save(M, True)]
)
def test_what_is_not_there_is_not_found(command: Edit | Delete | React | Remove | Pin | Save) -> None:
    given().when(DIRK, command).then_refused(Reason.NOT_FOUND)
    given(posted(M), Deleted(M)).when(DIRK, command).then_refused(Reason.NOT_FOUND)


def test_other_records_are_no_messages() -> None:
    for id in (chat.HEAD, RecordId("room")):
        given(posted(M)).when(DIRK, Pin(id, True)).then_refused(Reason.NOT_FOUND)


# ---- who sees what, what is let go of, what is left ------------------------------------------------------------------


def test_c3_only_staff_see_what_is_saved_and_nobody_the_counts() -> None:
    room = given(posted(M), Saved(M, True))
    kind = room.kind
    for role in Role:
        seen = kind.show(message(room), Viewer((), role))
        assert isinstance(seen, Message)
        assert seen.saved == (role in (Role.MODERATOR, Role.OWNER))
        assert kind.show(chat.head(room.records), Viewer((), role)) is None


def test_c6_memory_holds_the_latest_five_hundred_and_the_kept() -> None:
    ids = [RecordId(f"m{n}") for n in range(503)]
    room = given(*[posted(id) for id in ids], Pinned(ids[0], True), Saved(ids[1], True), Removed(ids[2]))
    assert chat.window(room.records) == {ids[2]}
    assert chat.window(given(*[posted(id) for id in ids[:500]]).records) == set()


def test_c6_every_command_about_a_message_needs_it() -> None:
    about: list[chat.Command] = [
        Edit(M, "x"),
        Delete(M),
        React(M, Reaction.AGREE, True),
        Remove(M),
        Pin(M, True),
        Save(M, True),
    ]
    assert all(chat.needs(command) == [M] for command in about)
    assert (chat.needs(Post("x")), chat.needs(Post("x", reply_to=M))) == ([], [M])


def test_the_outcome_is_what_was_kept_oldest_first() -> None:
    room = given(
        posted(M, ANNE, "Een"), posted(N, BRAM, "Twee"), posted(RecordId("o")), Saved(N, True), Pinned(M, True)
    )
    assert room.kind.outcome(room.records) == Outcome(
        (
            Line(M, NOW, Words("Een"), PersonName("Anne"), "pinned"),
            Line(N, NOW, Words("Twee"), PersonName("Bram"), "saved"),
        )
    )


def test_the_outcome_has_nothing_deleted_or_removed() -> None:
    kept: list[chat.Event] = [posted(M), posted(N), Pinned(M, True), Saved(N, True)]
    room = given(*kept, Removed(M), Deleted(N))
    assert room.kind.outcome(room.records) == Outcome()
    assert len(given(*kept).kind.outcome(given(*kept).records).lines) == 2, "a control"


def test_the_invariant_sees_what_is_wrong() -> None:
    """Negative control of what holds after every step above."""
    room = given(posted(M), posted(N))
    assert not chat.invariant({**room.records, chat.HEAD: chat.Head(count=1)})
    assert not chat.invariant({**room.records, chat.HEAD: chat.Head(count=2, kept=1)})
    assert not chat.invariant({**room.records, N: message(room, M)})
    wordy = msgspec.structs.replace(message(room), removed=True)
    assert not chat.invariant({**room.records, M: wordy})
    twice = msgspec.structs.replace(message(room), reactions={Reaction.AGREE: (ANNE.actor, ANNE.actor)})
    assert not chat.invariant({**room.records, M: twice})
