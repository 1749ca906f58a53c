"""Chat: messages with replies and reactions; staff pin, save for the harvest and remove.

Memory holds the latest 500 messages and those that are pinned or saved (C6); older ones live in the database, are
paged from there, and can still be edited, reacted to, deleted and removed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, assert_never

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import lifecycle, text
from rooms.lifecycle import RUN, TAKE_BACK, TAKE_PART
from rooms.model import (
    ActorId,
    Changes,
    Line,
    Numbered,
    Outcome,
    PersonName,
    Reason,
    RecordId,
    Records,
    Refused,
    Stamp,
    Viewer,
    Words,
)
from rooms.model import Command as BaseCommand
from rooms.model import Event as BaseEvent
from rooms.model import Record as BaseRecord
from rooms.staff import Logged, Told

VERSION = 3
WINDOW = 500
KEPT = 200
REACTORS = 1_000
HEAD = RecordId("chat")

Text = Annotated[str, Meta(min_length=1, max_length=2_000)]
Id = Annotated[RecordId, Meta(min_length=1, max_length=24)]


class Reaction(StrEnum):
    """Four drawn icons, no emoji."""

    THANKS = "thanks"
    AGREE = "agree"
    HELPS = "helps"
    LAUGH = "laugh"


class Post(BaseCommand, frozen=True, gc=False, tag="chat.post"):
    """Say something, perhaps in reply to a message."""

    text: Text
    reply_to: Id | None = None


class Edit(BaseCommand, frozen=True, gc=False, tag="chat.edit"):
    """Change the words of one's own message."""

    message: Id
    text: Text


class Delete(BaseCommand, frozen=True, gc=False, tag="chat.delete"):
    """Take back one's own message; nothing of it stays."""

    message: Id


class React(BaseCommand, frozen=True, gc=False, tag="chat.react"):
    """Put one's reaction on a message, or take it off."""

    message: Id
    reaction: Reaction
    on: bool


class Remove(BaseCommand, frozen=True, gc=False, tag="chat.remove"):
    """Staff: take the words of a message away; a trace stays."""

    message: Id


class Pin(BaseCommand, frozen=True, gc=False, tag="chat.pin"):
    """Staff: keep a message in sight of everybody, or no longer."""

    message: Id
    on: bool


class Save(BaseCommand, frozen=True, gc=False, tag="chat.save"):
    """Staff: mark a message for the harvest, or no longer."""

    message: Id
    on: bool


Command = Post | Edit | Delete | React | Remove | Pin | Save

RIGHTS: lifecycle.Table = {
    Post: TAKE_PART,
    Edit: TAKE_PART,
    React: TAKE_PART,
    Delete: TAKE_BACK,
    Remove: RUN,
    Pin: RUN,
    Save: RUN,
}

REASONS = frozenset({Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.REMOVED, Reason.EMPTY, Reason.FULL})
PACED = (Post,)
LOGGED: Logged = {Remove: Told("message")}


class Reference(Struct, frozen=True, gc=False):
    """The message that a reply answers: enough to name it and to page back to it, never its words."""

    id: RecordId
    n: int
    name: PersonName


class Posted(BaseEvent, frozen=True, gc=False, tag="chat.posted"):
    id: RecordId
    at: int
    by: ActorId
    name: PersonName
    text: Words
    staff: bool = False
    reply_to: Reference | None = None


class Edited(BaseEvent, frozen=True, gc=False, tag="chat.edited"):
    id: RecordId
    at: int
    text: Words


class Deleted(BaseEvent, frozen=True, gc=False, tag="chat.deleted"):
    id: RecordId


class Reacted(BaseEvent, frozen=True, gc=False, tag="chat.reacted"):
    id: RecordId
    by: ActorId
    reaction: Reaction
    on: bool


class Removed(BaseEvent, frozen=True, gc=False, tag="chat.removed"):
    id: RecordId


class Pinned(BaseEvent, frozen=True, gc=False, tag="chat.pinned"):
    id: RecordId
    on: bool


class Saved(BaseEvent, frozen=True, gc=False, tag="chat.saved"):
    id: RecordId
    on: bool


Event = Posted | Edited | Deleted | Reacted | Removed | Pinned | Saved


class Message(Numbered, frozen=True, gc=False, tag="chat.message", omit_defaults=True, kw_only=True):
    """One message. `reactions`: reaction → who, in the order they came. `removed`: staff took the words away."""

    at: int
    by: ActorId
    name: PersonName
    text: Words
    staff: bool = False
    reply_to: Reference | None = None
    edited_at: int | None = None
    reactions: dict[Reaction, tuple[ActorId, ...]] = {}
    pinned: bool = False
    saved: bool = False
    removed: bool = False

    @property
    def kept(self) -> bool:
        return self.pinned or self.saved


class Head(BaseRecord, frozen=True, gc=False, tag="chat.head", omit_defaults=True, kw_only=True):
    """The room's own counts: messages ever posted, messages pinned or saved now. Nobody is shown it."""

    count: int = 0
    kept: int = 0


Record = Message | Head
REPORTABLE = (Message,)


def decide(records: Records, command: Command, stamp: Stamp) -> list[Event]:
    """What becomes of a command whose right has been checked already (lifecycle.check)."""
    match command:
        case Post():
            return _decide_post(records, command, stamp)
        case Edit(message=id):
            message = _own(records, id, stamp)
            words = text.clean_words(command.text)
            return [] if words == message.text else [Edited(id, stamp.at, words)]
        case Delete(message=id):
            _own(records, id, stamp)
            return [Deleted(id)]
        case React(message=id, reaction=reaction, on=on):
            return _decide_react(_readable(records, id), id, reaction, on, stamp)
        case Remove(message=id):
            return [] if _message(records, id).removed else [Removed(id)]
        case Pin(message=id, on=on):
            message = _readable(records, id)
            _check_room_to_keep(records, message, on)
            return [] if message.pinned == on else [Pinned(id, on)]
        case Save(message=id, on=on):
            message = _readable(records, id)
            _check_room_to_keep(records, message, on)
            return [] if message.saved == on else [Saved(id, on)]
    assert_never(command)


def evolve(records: Records, event: Event) -> Changes:
    match event:
        case Posted():
            return _evolve_posted(records, event)
        case Edited(id=id, at=at, text=words):
            return {id: replace(_message(records, id), text=words, edited_at=at)}
        case Deleted(id=id):
            return _changed(records, id, None)
        case Reacted(id=id):
            return {id: _with_reaction(_message(records, id), event)}
        case Removed(id=id):
            message = _message(records, id)
            bare = replace(message, text=Words(""), reactions={}, pinned=False, saved=False, removed=True)
            return _changed(records, id, bare)
        case Pinned(id=id, on=on):
            return _changed(records, id, replace(_message(records, id), pinned=on))
        case Saved(id=id, on=on):
            return _changed(records, id, replace(_message(records, id), saved=on))
    assert_never(event)


def show(record: BaseRecord, viewer: Viewer) -> BaseRecord | None:
    """Everybody sees the messages; what is saved for the harvest only staff see."""
    if isinstance(record, Head):
        return None
    if isinstance(record, Message) and record.saved and not viewer.role.staff:
        return replace(record, saved=False)
    return record


def window(records: Records) -> set[RecordId]:
    """Messages beyond the latest 500, unless pinned or saved."""
    last = head(records).count - WINDOW
    if last <= 0:
        return set()
    return {id for id, r in records.items() if isinstance(r, Message) and r.n <= last and not r.kept}


def needs(command: Command) -> list[RecordId]:
    """The message a command is about, also when memory let go of it."""
    if isinstance(command, Post):
        return [command.reply_to] if command.reply_to else []
    return [command.message]


def said(records: Records, stamp: Stamp) -> int | None:
    """By the latest messages, which memory always has (C6); what somebody took back isn't remembered."""
    last = head(records).count - WINDOW
    return max(
        (r.at for r in records.values() if isinstance(r, Message) and r.by == stamp.by and r.n > last), default=None
    )


def outcome(records: Records) -> Outcome:
    """The pinned and saved messages, oldest first."""
    kept = sorted(((r.n, id, r) for id, r in records.items() if isinstance(r, Message) and r.kept and not r.removed))
    return Outcome(tuple(Line(id, r.at, r.text, r.name, "pinned" if r.pinned else "saved") for _, id, r in kept))


def invariant(records: Records) -> bool:
    """Numbers are unique and counted; what is kept is counted and bounded; removed messages hold no words."""
    messages = [r for r in records.values() if isinstance(r, Message)]
    counts = head(records)
    return (
        len({m.n for m in messages}) == len(messages)
        and all(1 <= m.n <= counts.count for m in messages)
        and sum(m.kept for m in messages) == counts.kept <= KEPT
        and not any(m.removed and (m.text or m.reactions or m.kept) for m in messages)
        and all(len(set(who)) == len(who) > 0 for m in messages for who in m.reactions.values())
    )


def head(records: Records) -> Head:
    found = records.get(HEAD)
    return found if isinstance(found, Head) else Head()


def _decide_post(records: Records, command: Post, stamp: Stamp) -> list[Event]:
    words = text.clean_words(command.text)
    answered = _message(records, command.reply_to) if command.reply_to else None
    reference = None
    if answered and command.reply_to:
        reference = Reference(command.reply_to, answered.n, answered.name)
    if stamp.id in records:
        return []
    return [Posted(stamp.id, stamp.at, stamp.by, stamp.name, words, stamp.role.staff, reference)]


def _decide_react(message: Message, id: RecordId, reaction: Reaction, on: bool, stamp: Stamp) -> list[Event]:
    who = message.reactions.get(reaction, ())
    if (stamp.by in who) == on:
        return []
    if on and len(who) >= REACTORS:
        raise Refused(Reason.FULL, most=REACTORS)
    return [Reacted(id, stamp.by, reaction, on)]


def _evolve_posted(records: Records, event: Posted) -> Changes:
    counts = head(records)
    message = Message(
        n=counts.count + 1,
        at=event.at,
        by=event.by,
        name=event.name,
        text=event.text,
        staff=event.staff,
        reply_to=event.reply_to,
    )
    return {event.id: message, HEAD: replace(counts, count=counts.count + 1)}


def _with_reaction(message: Message, event: Reacted) -> Message:
    who = tuple(a for a in message.reactions.get(event.reaction, ()) if a != event.by)
    if event.on:
        who = (*who, event.by)
    reactions = {r: actors for r, actors in message.reactions.items() if r != event.reaction}
    return replace(message, reactions={**reactions, event.reaction: who} if who else reactions)


def _changed(records: Records, id: RecordId, after: Message | None) -> Changes:
    """The message after a change, with the count of kept ones that goes with it."""
    moved = (after is not None and after.kept) - _message(records, id).kept
    if not moved:
        return {id: after}
    counts = head(records)
    return {id: after, HEAD: replace(counts, kept=counts.kept + moved)}


def _check_room_to_keep(records: Records, message: Message, on: bool) -> None:
    if on and not message.kept and head(records).kept >= KEPT:
        raise Refused(Reason.FULL, most=KEPT)


def _message(records: Records, id: RecordId) -> Message:
    found = records.get(id)
    if not isinstance(found, Message):
        raise Refused(Reason.NOT_FOUND)
    return found


def _readable(records: Records, id: RecordId) -> Message:
    message = _message(records, id)
    if message.removed:
        raise Refused(Reason.REMOVED)
    return message


def _own(records: Records, id: RecordId, stamp: Stamp) -> Message:
    message = _readable(records, id)
    if message.by != stamp.by:
        raise Refused(Reason.FORBIDDEN)
    return message
