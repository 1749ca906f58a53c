"""Q&A, specified: given what happened, when somebody does something, then this happens."""

from __future__ import annotations

import pytest

from rooms import lifecycle
from rooms.kind import Kind, kinds
from rooms.kinds import qna
from rooms.kinds.qna.model import (
    DESK,
    Answer,
    Approve,
    Arranged,
    Ask,
    Asked,
    Because,
    Chosen,
    Decline,
    Desk,
    Edit,
    Event,
    FollowUp,
    How,
    Label,
    Labelled,
    Mute,
    Muted,
    Next,
    OfStaff,
    Park,
    Parked,
    Question,
    Receipt,
    Remove,
    Removed,
    Reopen,
    Reword,
    Reworded,
    Set,
    Stage,
    Status,
    Turned,
    Vote,
    Voted,
    Withdraw,
    ballot_id,
    silence_id,
)
from rooms.model import (
    ActorId,
    Level,
    Line,
    Outcome,
    PersonName,
    Reason,
    RecordId,
    Records,
    Role,
    Signs,
    Stamp,
    Viewer,
    Words,
)
from tests.rooms.specification import ANNE, BRAM, DIRK, GUEST, NOW, SCREEN, SYSTEM, Given, Somebody

MINUTE = NOW // 60_000 * 60_000
Q, R, S = RecordId("q"), RecordId("r"), RecordId("s")


class Hidden(Somebody):
    """Somebody with their second id and their nickname (C7)."""

    def __init__(self, who: Somebody) -> None:
        super().__init__(f"other-{who.name}", who.role)
        self.name = PersonName(f"Merel {len(who.name)}")
        self._named = who.actor

    def stamp(self, id: str, at: int = NOW) -> Stamp:
        return Stamp(RecordId(id), at, self.actor, self.role, self.name, (self._named,))


class Known(Somebody):
    """Somebody by name, whose second id is known as well."""

    def __init__(self, who: Somebody) -> None:
        super().__init__(who.name, who.role)
        self._other = Hidden(who).actor

    def stamp(self, id: str, at: int = NOW) -> Stamp:
        return Stamp(RecordId(id), at, self.actor, self.role, self.name, (self._other,))


UNKNOWN_ANNE, UNKNOWN_BRAM = Hidden(ANNE), Hidden(BRAM)


def given(*events: Event) -> Given:
    return Given(kinds()["qna"], *events)


def asked(
    id: RecordId = Q, by: Somebody = ANNE, status: Status = Status.OPEN, level: Level = Level.NAMED, text: str = "Waar?"
) -> Asked:
    name = PersonName("") if level is Level.ANONYMOUS else by.name
    return Asked(id, RecordId(f"{id}~1"), NOW, by.actor, level, name, Words(text), status)


def voted(id: RecordId, *who: Somebody) -> list[Voted]:
    return [Voted(id, each.actor, True) for each in who]


def question(room: Given, id: RecordId = Q) -> Question:
    found = room.records[id]
    assert isinstance(found, Question)
    return found


def receipt(room: Given, id: RecordId = Q) -> Receipt:
    found = room.records[RecordId(f"{id}~1")]
    assert isinstance(found, Receipt)
    return found


def desk(room: Given) -> Desk:
    found = room.records[DESK]
    assert isinstance(found, Desk)
    return found


def seen(room: Given, id: RecordId, viewer: Viewer) -> Question | None:
    shown = room.kind.show(room.records[id], viewer)
    assert shown is None or isinstance(shown, Question)
    return shown


AUDIENCE, STAFF = Viewer((), Role.GUEST), Viewer((), Role.MODERATOR)

# ---- asking ----------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_with_clean_words_and_waits_for_review() -> None:
    given().when(ANNE, Ask("  Cafe\u0301\u202e? "), "k").then(
        Asked(RecordId("k"), RecordId("k~1"), NOW, ANNE.actor, Level.NAMED, ANNE.name, Words("Café?"), Status.REVIEW)
    )


def test_without_review_it_is_open_at_once() -> None:
    room = given(Arranged(asking=True, review=False, level=Level.NAMED))
    room.when(ANNE, Ask("Waar?"), "q")
    assert question(room).status is Status.OPEN


def test_what_staff_ask_needs_no_review_and_may_always_be_asked() -> None:
    room = given(Arranged(asking=False, review=True, level=Level.NAMED))
    room.when(DIRK, Ask("Waar?"), "q")
    assert question(room).status is Status.OPEN
    room.when(ANNE, Ask("Waar?"), "r").then_refused(Reason.NOT_ASKING)


def test_nothing_readable_is_refused() -> None:
    given().when(ANNE, Ask("\u200b")).then_refused(Reason.EMPTY)


def test_c7_an_anonymous_question_keeps_no_name_and_no_moment() -> None:
    given().when(UNKNOWN_ANNE, Ask("Waar?", Level.ANONYMOUS), "k").then(
        Asked(
            RecordId("k"),
            RecordId("k~1"),
            MINUTE,
            UNKNOWN_ANNE.actor,
            Level.ANONYMOUS,
            PersonName(""),
            Words("Waar?"),
            Status.REVIEW,
        )
    )
    assert MINUTE != NOW


def test_c7_a_pseudonymous_question_has_the_nickname() -> None:
    room = given()
    room.when(UNKNOWN_ANNE, Ask("Waar?", Level.PSEUDONYMOUS), "q")
    assert (question(room).name, question(room).at) == (UNKNOWN_ANNE.name, MINUTE)


@pytest.mark.parametrize(
    ("floor", "level", "allowed"),
    [
        (Level.NAMED, Level.NAMED, True),
        (Level.NAMED, Level.ANONYMOUS, True),
        (Level.PSEUDONYMOUS, Level.NAMED, False),
        (Level.PSEUDONYMOUS, Level.ANONYMOUS, True),
        (Level.ANONYMOUS, Level.PSEUDONYMOUS, False),
        (Level.ANONYMOUS, Level.ANONYMOUS, True),
    ],
)
def test_c7_the_rooms_level_is_a_floor(floor: Level, level: Level, allowed: bool) -> None:
    came_to = given(Arranged(asking=True, review=True, level=floor)).when(ANNE, Ask("Waar?", level))
    assert came_to.reason is (None if allowed else Reason.TOO_OPEN)
    assert came_to.facts == ({} if allowed else {"level": floor})


@pytest.mark.parametrize("known", [asked(), Arranged(asking=True, review=True, level=Level.NAMED)])
def test_c7_the_level_is_fixed_once_it_was_said_or_somebody_asked(known: Asked | Arranged) -> None:
    """The control: an empty room has none yet."""
    room = given(known)
    for level in (Level.PSEUDONYMOUS, Level.ANONYMOUS):
        room.when(DIRK, Set(level=level)).then_refused(Reason.TOO_OPEN, level=Level.NAMED)
        given().when(DIRK, Set(level=level)).then(Arranged(True, True, level))
    room.when(DIRK, Set(level=Level.NAMED, asking=False)).then(Arranged(False, True, Level.NAMED))


# ---- one's own -------------------------------------------------------------------------------------------------------


def test_one_changes_ones_own_question_until_it_is_reviewed() -> None:
    room = given(asked(status=Status.REVIEW))
    room.when(ANNE, Reword(Q, "Waar precies?")).then(Reworded(Q, Words("Waar precies?")))
    assert (receipt(room).text, question(room).original) == ("Waar precies?", None)
    room.when(ANNE, Reword(Q, "Waar precies?")).then_nothing()
    room.when(DIRK, Approve(Q, 1))
    room.when(ANNE, Reword(Q, "Wanneer?")).then_refused(Reason.STATUS, status=Status.OPEN)


def test_c4_nobody_approves_words_they_have_not_read() -> None:
    room = given(asked(status=Status.REVIEW))
    room.when(ANNE, Reword(Q, "Iets heel anders?"))
    room.when(DIRK, Approve(Q, 0)).then_refused(Reason.STALE, rev=1)


def test_somebody_elses_question_cannot_be_changed_and_one_in_review_is_not_known() -> None:
    room = given(asked(), asked(R, status=Status.REVIEW))
    room.when(BRAM, Withdraw(Q)).then_refused(Reason.FORBIDDEN)
    room.when(BRAM, Withdraw(R)).then_refused(Reason.NOT_FOUND)
    room.when(BRAM, Reword(R, "Nee")).then_refused(Reason.NOT_FOUND)


def test_c7_either_of_ones_ids_will_do_for_ones_own() -> None:
    """Which one it is signed with depends on what the process knew; the person is the same."""
    anonymous = asked(by=UNKNOWN_ANNE, level=Level.ANONYMOUS)
    given(anonymous).when(Known(ANNE), Withdraw(Q)).then(Turned(Q, Status.WITHDRAWN, by_staff=False))
    given(anonymous).when(Known(BRAM), Withdraw(Q)).then_refused(Reason.FORBIDDEN)


def test_a_withdrawn_question_is_gone_for_the_audience() -> None:
    room = given(asked(), *voted(Q, UNKNOWN_BRAM))
    room.when(ANNE, Withdraw(Q)).then(Turned(Q, Status.WITHDRAWN, by_staff=False))
    assert seen(room, Q, AUDIENCE) is None
    assert receipt(room).status is Status.WITHDRAWN
    room.when(ANNE, Withdraw(Q)).then_nothing()
    room.when(DIRK, Reopen(Q, 0)).then_refused(Reason.STATUS, status=Status.WITHDRAWN)


@pytest.mark.parametrize("status", [Status.STAGE, Status.ANSWERED, Status.DECLINED, Status.FOLLOW_UP])
def test_what_staff_dealt_with_cannot_be_withdrawn(status: Status) -> None:
    given(asked(), Turned(Q, status)).when(ANNE, Withdraw(Q)).then_refused(Reason.STATUS, status=status)


# ---- voting ----------------------------------------------------------------------------------------------------------


def test_a_vote_counts_once_and_can_be_taken_back() -> None:
    room = given(asked())
    room.when(UNKNOWN_BRAM, Vote(Q, True)).then(Voted(Q, UNKNOWN_BRAM.actor, True))
    room.when(UNKNOWN_BRAM, Vote(Q, True)).then_nothing()
    assert question(room).votes == 1
    room.when(UNKNOWN_BRAM, Vote(Q, False)).then(Voted(Q, UNKNOWN_BRAM.actor, False))
    room.when(UNKNOWN_BRAM, Vote(Q, False)).then_nothing()
    assert question(room).votes == 0
    assert ballot_id(Q, UNKNOWN_BRAM.actor) not in room.records


def test_a_vote_is_for_an_open_question_or_the_one_on_stage() -> None:
    for status in Status:
        came_to = given(asked(), Turned(Q, status)).when(UNKNOWN_BRAM, Vote(Q, True))
        expected = {
            Status.OPEN: None,
            Status.STAGE: None,
            Status.ANSWERED: Reason.STATUS,
            Status.FOLLOW_UP: Reason.STATUS,
        }
        assert came_to.reason is expected.get(status, Reason.NOT_FOUND)
    given().when(UNKNOWN_BRAM, Vote(Q, True)).then_refused(Reason.NOT_FOUND)


def test_c7_votes_and_what_is_not_named_are_signed_unlinkably() -> None:
    room = given(asked(), asked(R, by=UNKNOWN_ANNE, level=Level.PSEUDONYMOUS))
    unlinkable = [
        Vote(Q, True),
        Ask("?", Level.PSEUDONYMOUS),
        Ask("?", Level.ANONYMOUS),
        Withdraw(R),
        Reword(R, "?"),
    ]
    named = [Ask("?"), Withdraw(Q), Reword(Q, "?"), Approve(Q, 0), Mute(Q, True)]
    assert {room.kind.signs(room.records, command) for command in unlinkable} == {Signs.UNLINKABLE}
    assert {room.kind.signs(room.records, command) for command in named} == {Signs.NAMED}


# ---- the queue -------------------------------------------------------------------------------------------------------


def test_a_question_goes_from_review_to_the_stage_to_answered() -> None:
    room = given(asked(status=Status.REVIEW))
    assert seen(room, Q, AUDIENCE) is None
    room.when(DIRK, Approve(Q, 0)).then(Turned(Q, Status.OPEN))
    room.when(DIRK, Next(Q)).then(Chosen(Q))
    room.when(DIRK, Next(Q)).then_nothing()
    room.when(DIRK, Stage(Q, 1)).then(Turned(Q, Status.STAGE, at=NOW))
    assert (desk(room).stage, desk(room).since, desk(room).next) == (Q, NOW, None)
    answered = Turned(Q, Status.ANSWERED, how=How.LIVE, answer=Words("Hier."))
    room.when(DIRK, Answer(Q, 2, How.LIVE, " Hier. ")).then(answered)
    assert (desk(room).stage, desk(room).since) == (None, 0)


def test_one_question_is_on_stage_at_a_time() -> None:
    room = given(asked(), asked(R), Turned(Q, Status.STAGE))
    room.when(DIRK, Stage(R, 0)).then_refused(Reason.OCCUPIED, question=Q)
    room.when(DIRK, Reopen(Q, 1)).then(Turned(Q, Status.OPEN))
    room.when(DIRK, Stage(R, 0)).then(Turned(R, Status.STAGE, at=NOW))


def test_a_declined_question_is_for_its_asker_and_staff_only() -> None:
    room = given(asked(status=Status.REVIEW))
    room.when(DIRK, Decline(Q, 0, Because.CONDUCT, "Zonder namen graag.")).then(
        Turned(Q, Status.DECLINED, because=Because.CONDUCT, note=Words("Zonder namen graag."))
    )
    assert (receipt(room).because, receipt(room).note) == (Because.CONDUCT, "Zonder namen graag.")
    assert seen(room, Q, AUDIENCE) is None
    told = seen(room, Q, STAFF)
    assert told is not None
    assert told.note == "Zonder namen graag."


def test_a_written_answer_has_words() -> None:
    room = given(asked())
    room.when(DIRK, Answer(Q, 0, How.WRITTEN, " ")).then_refused(Reason.EMPTY)
    room.when(DIRK, Answer(Q, 0, How.WRITTEN, "Om negen uur.")).then(
        Turned(Q, Status.ANSWERED, how=How.WRITTEN, answer=Words("Om negen uur."))
    )
    room.when(DIRK, Answer(Q, 1, How.WRITTEN, "Om tien uur.")).then(
        Turned(Q, Status.ANSWERED, how=How.WRITTEN, answer=Words("Om tien uur."))
    )


def test_staff_change_the_words_and_the_original_is_kept_for_them() -> None:
    room = given(asked(text="waar is dat lokaal nou"))
    room.when(DIRK, Edit(Q, 0, "Waar is het lokaal?")).then(Reworded(Q, Words("Waar is het lokaal?"), by_staff=True))
    room.when(DIRK, Edit(Q, 1, "Waar is het lokaal?")).then_nothing()
    room.when(DIRK, Edit(Q, 1, "Waar is lokaal 3?"))
    assert question(room).original == "waar is dat lokaal nou"
    shown = seen(room, Q, AUDIENCE)
    assert shown is not None
    assert (shown.text, shown.original) == ("Waar is lokaal 3?", None)


def test_a_label_is_put_on_and_taken_off() -> None:
    room = given(asked())
    room.when(DIRK, Label(Q, 0, " Rooster ")).then(Labelled(Q, Words("Rooster")))
    room.when(DIRK, Label(Q, 1, "Rooster")).then_nothing()
    room.when(DIRK, Label(Q, 1, "")).then(Labelled(Q, Words("")))


def test_parked_is_a_mark_for_staff_only() -> None:
    room = given(asked())
    room.when(DIRK, Park(Q, 0, True)).then(Parked(Q, True))
    room.when(DIRK, Park(Q, 1, True)).then_nothing()
    shown, told = seen(room, Q, AUDIENCE), seen(room, Q, STAFF)
    assert shown is not None
    assert told is not None
    assert (shown.parked, shown.status, told.parked) == (False, Status.OPEN, True)
    room.when(DIRK, Stage(Q, 1))
    assert not question(room).parked


def test_next_is_a_question_that_can_go_on_stage() -> None:
    room = given(asked(status=Status.REVIEW))
    room.when(DIRK, Next(Q)).then_refused(Reason.STATUS, status=Status.REVIEW)
    room.when(DIRK, Next(None)).then_nothing()
    room.when(DIRK, Approve(Q, 0))
    room.when(DIRK, Next(Q))
    room.when(DIRK, Decline(Q, 1, Because.NOT_NOW))
    assert desk(room).next is None


# ---- undoing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "act", "undo"),
    [
        (Status.REVIEW, Approve(Q, 0), Reopen(Q, 1, review=True)),
        (Status.REVIEW, Decline(Q, 0, Because.UNCLEAR, "Welk lokaal?"), Reopen(Q, 1, review=True)),
        (Status.OPEN, Decline(Q, 0, Because.UNCLEAR), Reopen(Q, 1)),
        (Status.OPEN, Stage(Q, 0), Reopen(Q, 1)),
        (Status.OPEN, Answer(Q, 0, How.LIVE, "Hier."), Reopen(Q, 1)),
        (Status.OPEN, FollowUp(Q, 0), Reopen(Q, 1)),
        (Status.STAGE, Answer(Q, 1, How.LIVE), Stage(Q, 3)),
        (Status.OPEN, Park(Q, 0, True), Park(Q, 1, False)),
        (Status.OPEN, Label(Q, 0, "Rooster"), Label(Q, 1, "")),
        (Status.OPEN, Edit(Q, 0, "Wanneer?"), Edit(Q, 1, "Waar?")),
        (Status.OPEN, Mute(Q, True), Mute(Q, False)),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, Status) else value.value,
)
def test_an_act_is_undone(was: Status, act: OfStaff | Mute, undo: OfStaff | Mute) -> None:
    """Everything is as it was, but for the revision and that words were changed."""
    room = given(asked(status=Status.OPEN if was is Status.STAGE else was))
    if was is Status.STAGE:
        room.when(DIRK, Stage(Q, 0))
    before = question(room), desk(room), receipt(room)
    room.when(DIRK, act)
    assert question(room) != before[0]
    if isinstance(undo, Stage):  # what was answered goes back by way of open
        assert room.when(DIRK, Reopen(Q, 2)).reason is None
    assert room.when(DIRK, undo).reason is None
    after = question(room)
    for name in ("status", "votes", "text", "label", "parked", "muted", "how", "answer", "because", "note"):
        assert getattr(after, name) == getattr(before[0], name)
    assert (desk(room), receipt(room)) == before[1:]


def test_reopening_what_is_open_changes_nothing() -> None:
    given(asked()).when(DIRK, Reopen(Q, 0)).then_nothing()


# ---- revisions -------------------------------------------------------------------------------------------------------

STAFF_ACTS: list[OfStaff] = [
    Approve(Q, 0),
    Decline(Q, 0, Because.UNCLEAR),
    Edit(Q, 0, "Wanneer?"),
    Label(Q, 0, "Anders"),
    Park(Q, 0, True),
    Stage(Q, 0),
    Answer(Q, 0, How.LIVE),
    FollowUp(Q, 0),
    Reopen(Q, 0),
    Remove(Q, 0),
]


@pytest.mark.parametrize("act", STAFF_ACTS, ids=lambda act: type(act).__name__)
def test_c4_an_act_on_an_older_revision_is_stale(act: OfStaff) -> None:
    given(asked(), Labelled(Q, Words("Rooster"))).when(DIRK, act).then_refused(Reason.STALE, rev=1)


def test_c4_votes_raise_no_revision() -> None:
    room = given(asked(), *voted(Q, UNKNOWN_ANNE, UNKNOWN_BRAM))
    room.when(DIRK, Stage(Q, 0)).then(Turned(Q, Status.STAGE, at=NOW))


@pytest.mark.parametrize("act", STAFF_ACTS, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize("who", [ANNE, GUEST, SCREEN], ids=lambda who: who.role)
def test_c10_running_the_queue_is_for_staff(who: Somebody, act: OfStaff) -> None:
    given(asked()).when(who, act).then_refused(Reason.FORBIDDEN)
    given(asked()).when(who, Set(asking=False)).then_refused(Reason.FORBIDDEN)
    given(asked()).when(who, Next(Q)).then_refused(Reason.FORBIDDEN)
    given(asked()).when(who, Mute(Q, True)).then_refused(Reason.FORBIDDEN)


def test_c10_in_a_locked_room_only_staff_ask_and_one_may_still_withdraw() -> None:
    room = given(asked(), lifecycle.Moved(lifecycle.State.LOCKED))  # type: ignore[arg-type]
    room.when(ANNE, Ask("Nog iets?")).then_refused(Reason.LOCKED)
    room.when(UNKNOWN_BRAM, Vote(Q, True)).then_refused(Reason.LOCKED)
    room.when(ANNE, Withdraw(Q)).then(Turned(Q, Status.WITHDRAWN, by_staff=False))


# ---- muting ----------------------------------------------------------------------------------------------------------


def test_who_is_muted_neither_asks_nor_votes_by_either_id() -> None:
    room = given(asked(by=UNKNOWN_ANNE, level=Level.ANONYMOUS), asked(R, by=BRAM))
    room.when(DIRK, Mute(Q, True)).then(Muted(Q, silence_id(UNKNOWN_ANNE.actor), True))
    room.when(DIRK, Mute(Q, True)).then_nothing()
    for who in (UNKNOWN_ANNE, Known(ANNE)):
        room.when(who, Ask("Nog iets?", Level.ANONYMOUS)).then_refused(Reason.MUTED)
        room.when(who, Vote(R, True)).then_refused(Reason.MUTED)
    room.when(UNKNOWN_BRAM, Vote(Q, True)).then(Voted(Q, UNKNOWN_BRAM.actor, True))
    room.when(DIRK, Mute(Q, False)).then(Muted(Q, silence_id(UNKNOWN_ANNE.actor), False))
    assert room.when(UNKNOWN_ANNE, Vote(R, True)).reason is None


def test_c7_muting_does_not_tell_which_questions_are_of_one_person() -> None:
    """Muted by way of one question and not any more by way of another: the first mute stands, and no mark moves."""
    hidden = [asked(id, by=UNKNOWN_ANNE, level=Level.ANONYMOUS) for id in (Q, R, S)]
    room = given(*hidden)
    room.when(DIRK, Mute(Q, True))
    assert [question(room, id).muted for id in (Q, R, S)] == [True, False, False]
    room.when(DIRK, Mute(R, False)).then_nothing()
    room.when(DIRK, Mute(R, True)).then(Muted(R, silence_id(UNKNOWN_ANNE.actor), True))
    room.when(DIRK, Mute(Q, False))
    assert [question(room, id).muted for id in (Q, R, S)] == [False, True, False]
    room.when(UNKNOWN_ANNE, Ask("Nog iets?", Level.ANONYMOUS)).then_refused(Reason.MUTED)
    assert all(room.kind.show(room.records[silence_id(UNKNOWN_ANNE.actor)], viewer) is None for viewer in EVERYBODY)


def test_a_mute_outlives_the_question_it_came_by() -> None:
    room = given(asked(), Muted(Q, silence_id(ANNE.actor), True), Removed(Q))
    room.when(ANNE, Ask("Nog iets?")).then_refused(Reason.MUTED)


# ---- removing --------------------------------------------------------------------------------------------------------


def test_a_removed_question_goes_with_its_votes_and_its_words() -> None:
    room = given(asked(text="Grof"), *voted(Q, UNKNOWN_BRAM), Turned(Q, Status.STAGE))
    room.when(DIRK, Remove(Q, 1)).then(Removed(Q))
    assert Q not in room.records
    assert ballot_id(Q, UNKNOWN_BRAM.actor) not in room.records
    assert desk(room).stage is None
    assert (receipt(room).removed, receipt(room).text) == (True, "")
    room.when(DIRK, Remove(Q, 2)).then_refused(Reason.NOT_FOUND)
    room.when(UNKNOWN_BRAM, Vote(Q, True)).then_refused(Reason.NOT_FOUND)


# ---- who sees what ---------------------------------------------------------------------------------------------------

EVERYBODY = [Viewer((ANNE.actor, UNKNOWN_ANNE.actor), role) for role in Role]


def test_c7_nobody_is_shown_who_asked_without_their_name() -> None:
    for level in (Level.PSEUDONYMOUS, Level.ANONYMOUS):
        room = given(asked(by=UNKNOWN_ANNE, level=level))
        for viewer in EVERYBODY:
            shown = seen(room, Q, viewer)
            assert shown is not None
            assert (shown.by, shown.receipt) == (ActorId(""), RecordId(""))
            assert shown.name == ("" if level is Level.ANONYMOUS else UNKNOWN_ANNE.name)


def test_a_named_question_shows_whose_it_is() -> None:
    shown = seen(given(asked()), Q, AUDIENCE)
    assert shown is not None
    assert (shown.by, shown.name) == (ANNE.actor, ANNE.name)


@pytest.mark.parametrize("status", [Status.REVIEW, Status.DECLINED, Status.WITHDRAWN])
def test_c3_the_audience_knows_nothing_of_what_is_not_open(status: Status) -> None:
    room = given(asked(status=Status.REVIEW), Turned(Q, status))
    for role in Role:
        assert (seen(room, Q, Viewer((ANNE.actor,), role)) is not None) == role.staff


def test_c3_receipts_and_ballots_are_ones_own() -> None:
    room = given(asked(), *voted(Q, UNKNOWN_BRAM))
    for id, owner in ((RecordId("q~1"), ANNE), (ballot_id(Q, UNKNOWN_BRAM.actor), UNKNOWN_BRAM)):
        assert room.kind.show(room.records[id], Viewer((owner.actor,), Role.GUEST)) is not None
        assert room.kind.show(room.records[id], Viewer((DIRK.actor,), Role.OWNER)) is None


# ---- what is left ----------------------------------------------------------------------------------------------------


def test_the_outcome_has_the_questions_by_votes_and_nothing_hidden() -> None:
    room = given(
        asked(Q, text="Weinig"),
        asked(R, by=UNKNOWN_ANNE, level=Level.ANONYMOUS, text="Veel"),
        asked(S, status=Status.REVIEW, text="Niet gezien"),
        *voted(R, UNKNOWN_ANNE, UNKNOWN_BRAM),
        Turned(Q, Status.ANSWERED, how=How.WRITTEN, answer=Words("Zo")),
    )
    assert room.kind.outcome(room.records) == Outcome(
        (
            Line(R, NOW, Words("Veel"), PersonName(""), "follow_up", votes=2),
            Line(Q, NOW, Words("Weinig"), ANNE.name, "answered", answer=Words("Zo")),
        )
    )


@pytest.mark.parametrize("status", [Status.REVIEW, Status.DECLINED, Status.WITHDRAWN])
def test_the_outcome_has_no_question_its_audience_may_not_know(status: Status) -> None:
    room = given(asked(Q), asked(R), Turned(R, status))
    assert [line.record for line in room.kind.outcome(room.records).lines] == [Q]


@pytest.mark.parametrize("status", [Status.OPEN, Status.STAGE, Status.FOLLOW_UP])
def test_the_outcome_follows_up_what_nobody_answered(status: Status) -> None:
    room = given(asked(Q), Turned(Q, status, at=NOW))
    assert [line.about for line in room.kind.outcome(room.records).lines] == ["follow_up"]


def test_the_outcome_has_no_question_that_muted_its_asker_nor_one_that_is_removed() -> None:
    muted = Muted(R, silence_id(ANNE.actor), True)
    room = given(asked(Q), asked(R), asked(S, by=BRAM), muted, Removed(S))
    assert [line.record for line in room.kind.outcome(room.records).lines] == [Q]
    free = given(asked(Q), asked(R), muted, Muted(R, silence_id(ANNE.actor), False))
    assert [line.record for line in free.kind.outcome(free.records).lines] == [Q, R], "a control"


@pytest.mark.parametrize("level", [Level.PSEUDONYMOUS, Level.ANONYMOUS])
def test_c7_the_outcome_names_nobody_who_did_not_go_by_name(level: Level) -> None:
    room = given(asked(Q), asked(R, by=UNKNOWN_ANNE, level=level))
    assert [line.by for line in room.kind.outcome(room.records).lines] == [ANNE.name, ""]
    assert not any(actor in repr(room.kind.outcome(room.records)) for actor in (ANNE.actor, UNKNOWN_ANNE.actor))


def test_c7_unlinked_every_act_has_an_alias_of_its_own_and_the_room_comes_to_the_same() -> None:
    happened: list[Event] = [
        asked(Q),
        asked(R, by=UNKNOWN_ANNE, level=Level.ANONYMOUS),
        asked(S, by=UNKNOWN_ANNE, level=Level.ANONYMOUS),
        *voted(R, UNKNOWN_ANNE, UNKNOWN_BRAM),
        *voted(S, UNKNOWN_ANNE),
        Muted(R, silence_id(UNKNOWN_ANNE.actor), True),
        Muted(S, silence_id(UNKNOWN_ANNE.actor), True),
        Turned(R, Status.STAGE, at=NOW),
    ]
    kind = kinds()["qna"]
    made: dict[tuple[ActorId, RecordId], ActorId] = {}

    def alias(actor: ActorId, record: RecordId) -> ActorId:
        return made.setdefault((actor, record), ActorId(f"alias-{len(made)}"))

    kept = [event for event in (kind.unlink(event, alias) for event in happened) if event is not None]
    by = [event.by for event in kept if isinstance(event, Asked | Voted)]
    assert by == [ANNE.actor, "alias-0", "alias-1", "alias-2", "alias-3", "alias-4"], "a named question stays named"
    assert [event.at for event in kept if isinstance(event, Turned)] == [MINUTE] != [NOW]
    room, before = Given(kind, *kept), Given(kind, *happened)
    unmuted = Given(kind, *(event for event in happened if not isinstance(event, Muted)))
    assert kind.outcome(room.records) == kind.outcome(unmuted.records)
    assert kind.outcome(room.records) != kind.outcome(before.records), "so it is taken before mutes are forgotten"
    assert UNKNOWN_ANNE.actor not in repr(room.records)
    assert UNKNOWN_ANNE.actor in repr(before.records)


# ---- controls: the kind's own law sees what is wrong -----------------------------------------------------------------


def invariant(records: Records) -> bool:
    return kinds()["qna"].invariant(records)


def test_two_on_stage_break_the_law() -> None:
    room = Given(Lawless(qna), asked(), asked(R), Turned(Q, Status.STAGE))
    assert invariant(room.records)
    room.records[R] = Question(at=1, order=2, text=Words("?"), status=Status.STAGE, level=Level.NAMED, receipt=R)
    assert not invariant(room.records)
    again = Given(Lawless(qna), asked(), asked(R), Turned(Q, Status.STAGE), Turned(R, Status.STAGE))
    assert not invariant(again.records)


def test_votes_without_ballots_break_the_law() -> None:
    room = given(asked(), *voted(Q, UNKNOWN_BRAM))
    assert invariant(room.records)
    del room.records[ballot_id(Q, UNKNOWN_BRAM.actor)]
    assert not invariant(room.records)


def test_what_is_in_review_and_visible_breaks_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    room = given(asked(status=Status.REVIEW))
    assert invariant(room.records)
    monkeypatch.setattr("rooms.kinds.qna.showing.SHOWN", frozenset(Status))
    assert seen(room, Q, AUDIENCE) is not None
    assert not invariant(room.records)


class Lawless(Kind):
    """Lets anything happen, to see that the law notices."""

    def invariant(self, records: Records) -> bool:
        return True


def test_the_system_may_close_it() -> None:
    given().when(SYSTEM, lifecycle.Close()).then(lifecycle.Moved(lifecycle.State.CLOSED))
