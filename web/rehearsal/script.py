"""What the acts of a recording become in Kring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from realtime.client import Outcome, Room
from web.conversations import AnyAct, Recording, Says
from web.rehearsal.cast import Actor, Cue
from web.rehearsal.report import Floor, Seen, total

CHAT = "chat"


class Company(NamedTuple):
    """Everybody who is inside. `audience`: the rooms (by kind) of who only watches."""

    cast: Mapping[int, Actor]
    moderator: Actor | None
    audience: Mapping[str, Room]


class Script(Protocol):
    """One way to do a recording. `acts`: those that are done, in order."""

    recording: Recording
    acts: Sequence[AnyAct]
    moderator_cookie: str | None
    """A secret; None: the script has no moderator."""
    rooms: Sequence[str]
    """Where everybody goes; none: to where the door leads."""

    def player(self, act: AnyAct) -> int | None:
        """Whose turn it is, a speaker's; None: the moderator's."""

    def plays(self, act: AnyAct) -> bool:
        """Whether such an act has a place in Kring."""

    def in_turn(self, act: AnyAct) -> bool:
        """Whether it waits until every earlier act of which that is so is settled."""

    async def watch(self, company: Company) -> None:
        """Beside it all, from before the first act until cancelled. Raises what is in GONE."""

    async def perform(self, cue: Cue, company: Company) -> Outcome | None:
        """What became of it; None: it could not be done. Raises what is in GONE."""

    async def end(self, company: Company) -> None:
        """All acts are settled. Raises what is in GONE."""

    def seen(self, company: Company) -> tuple[Seen, Floor | None]:
        """What the audience has of it beside the messages, once it is over."""


class Talk:
    """What was said, in a chat: of a recording of any format. `limit`: only so many messages."""

    def __init__(self, recording: Recording, limit: int | None = None) -> None:
        self.recording = recording
        self.acts: Sequence[AnyAct] = recording.messages[:limit]
        self.moderator_cookie: str | None = None
        self.rooms: Sequence[str] = ()

    def player(self, act: AnyAct) -> int | None:
        return act.speaker

    def plays(self, act: AnyAct) -> bool:
        return isinstance(act, Says)

    def in_turn(self, act: AnyAct) -> bool:
        return False

    async def watch(self, company: Company) -> None:
        return

    async def perform(self, cue: Cue, company: Company) -> Outcome | None:
        return await say(cue, company)

    async def end(self, company: Company) -> None:
        return

    def seen(self, company: Company) -> tuple[Seen, Floor | None]:
        return total(()), None


async def say(cue: Cue, company: Company) -> Outcome:
    """A message in the chat. Raises what is in GONE."""
    assert isinstance(cue.act, Says)
    return await company.cast[cue.act.speaker].give(cue, CHAT, {"t": "chat.post", "text": cue.act.text})


def said(actor: Actor) -> list[tuple[str, Cue]]:
    """The messages of theirs that count, in order, with their texts."""
    return [(cue.act.text, cue) for cue in actor.cues if cue.done and isinstance(cue.act, Says)]
