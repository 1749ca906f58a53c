"""Q&A: people ask and vote, moderators work the queue, one question at a time is on stage.

Who asked is kept apart from what is asked: the audience gets the question, the asker a private receipt, and nobody the
author of an anonymous question (C7). Votes are private ballots; everybody gets the tally.
"""

from __future__ import annotations

from rooms import lifecycle
from rooms.kinds.qna.deciding import decide
from rooms.kinds.qna.evolving import evolve
from rooms.kinds.qna.model import (
    Answer,
    Approve,
    Ask,
    Command,
    Decline,
    Edit,
    Event,
    FollowUp,
    Label,
    Mute,
    Next,
    Park,
    Question,
    Record,
    Remove,
    Reopen,
    Reword,
    Set,
    Stage,
    Vote,
    Withdraw,
)
from rooms.kinds.qna.showing import invariant, outcome, said, show, signs
from rooms.kinds.qna.unlinking import unlink
from rooms.lifecycle import RUN, TAKE_BACK, TAKE_PART
from rooms.model import Reason
from rooms.staff import Logged, Told

__all__ = [
    "LOGGED",
    "PACED",
    "REASONS",
    "REPORTABLE",
    "RIGHTS",
    "VERSION",
    "Command",
    "Event",
    "Record",
    "decide",
    "evolve",
    "invariant",
    "outcome",
    "said",
    "show",
    "signs",
    "unlink",
]

VERSION = 3

RIGHTS: lifecycle.Table = {
    Ask: TAKE_PART,
    Vote: TAKE_PART,
    Reword: TAKE_PART,
    Withdraw: TAKE_BACK,
    **dict.fromkeys(
        (
            Set,
            Next,
            Mute,
            Approve,
            Decline,
            Edit,
            Label,
            Park,
            Stage,
            Answer,
            FollowUp,
            Reopen,
            Remove,
        ),
        RUN,
    ),
}

REASONS = frozenset(
    {
        Reason.FORBIDDEN,
        Reason.NOT_FOUND,
        Reason.EMPTY,
        Reason.STALE,
        Reason.NOT_ASKING,
        Reason.MUTED,
        Reason.TOO_OPEN,
        Reason.STATUS,
        Reason.OCCUPIED,
    }
)

PACED = (Ask,)
REPORTABLE = (Question,)

LOGGED: Logged = {
    Decline: Told("question"),
    Edit: Told("question"),
    Remove: Told("question"),
    Mute: Told(detail="on"),  # not by way of which question: closing forgets that (C7)
}
