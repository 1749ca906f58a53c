"""A room for whoever uses it: what the server tells, and what this client wants to say in it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping

from realtime.client.changes import Changes
from realtime.client.outbox import Done, Outbox, Outcome, Pending, Refusal
from realtime.client.told import Page, Told
from realtime.client.values import Fields, Value, pack

AGAIN_S = 1.0
"""Before asking again what was refused for now, when the server names no time."""
NEVER = float("inf")


class RoomRefused(Exception):
    """The room can't be entered, or no longer, or a page of it can't be had: a stable `reason`, facts, a sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.reason}: {refusal.text}")
        self.reason, self.text, self.facts = refusal.reason, refusal.text, refusal.facts


class Left(Exception):
    """This client left the room itself."""


class _Asked:
    """A page that was asked for."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.answer: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
        self.sent = False
        self.not_before = 0.0


class Room(Told):
    """Made by `Client.join`. `joined`: the server sends its changes now; `outbox`: own commands not settled yet."""

    def __init__(self, id: str, older: int, wake: Callable[[], None]) -> None:
        super().__init__(id, older)
        self.joined = False
        self.outbox = Outbox()
        self.entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wake = wake
        self._ended: Exception | None = None
        self._join_id: str | None = None
        self._join_not_before = 0.0
        self._asked: dict[str, _Asked] = {}
        self._ids = map(str, itertools.count(1))
        self._saying: dict[str, Mapping[str, Value]] = {}

    # ---- for whoever uses it ---------------------------------------------------------------------------------------

    async def do(self, command: Mapping[str, Value]) -> Outcome:
        """Give a command, and wait for what becomes of it.

        It is sent over as many connections as it takes (C2); cancelling this stops the waiting, not the command.
        Raises what `start` raises.
        """
        return await asyncio.shield(self.start(command).outcome)

    def start(self, command: Mapping[str, Value]) -> Pending:
        """Give a command without waiting.

        Raises Full, and like its `outcome` RoomRefused, Left, Closed or NotKring when nobody will ever say.
        """
        self._check()
        pending = Pending(self.id, command, self.seq, self.mark)
        self.outbox.add(pending)
        self._wake()
        return pending

    async def page(self, before: int | None = None) -> Page:
        """The latest hundred records numbered below `before` (None: below `oldest`). Raises as `start`."""
        self._check()
        asked = _Asked(self.oldest if before is None else before)
        id = next(self._ids)
        self._asked[id] = asked
        self._wake()
        try:
            return await asked.answer
        finally:
            self._asked.pop(id, None)

    def whisper(self, name: str, data: Mapping[str, Value]) -> None:
        """Tell the others here; of each name the latest wins, and none is kept. Empty data: no longer."""
        if self.joined:
            self._saying[name] = data
            self._wake()

    def changes(self, most: int = 10_000) -> Changes:
        """What changes from now on. `most`: changed records that may wait."""
        changes = Changes(self.records, most)
        self.watchers.add(changes)
        if self._ended is not None:
            changes.end(self._ended)
        return changes

    def __aiter__(self) -> Changes:
        return self.changes()

    # ---- for the client: what to send ------------------------------------------------------------------------------

    def to_send(self, now: float, *, may_do: bool) -> bytes | None:
        """The next message. `may_do`: one more command may be in flight."""
        if not self.joined:
            return self._join() if self._join_id is None and self._join_not_before <= now else None
        for id, asked in self._asked.items():
            if not asked.sent and asked.not_before <= now:
                asked.sent = True
                return pack({"t": "page", "id": id, "room": self.id, "before": asked.before})
        if self._saying:
            name, data = self._saying.popitem()
            return pack({"t": "whisper", "room": self.id, "name": name, "data": data})
        waiting = self.outbox.waiting() if may_do else None
        return self.outbox.send(waiting) if waiting is not None and waiting.not_before <= now else None

    def due(self) -> float:
        """When `to_send` will have something that it holds back now."""
        if not self.joined:
            return self._join_not_before if self._join_id is None else NEVER
        held = [asked.not_before for asked in self._asked.values() if not asked.sent]
        waiting = self.outbox.waiting()
        return min([*held, waiting.not_before if waiting is not None else NEVER])

    def _join(self) -> bytes:
        self._join_id = next(self._ids)
        place = {"seq": self.seq, "mark": self.mark, "eyes": self.eyes} if self.eyes else {}
        return pack({"t": "join", "id": self._join_id, "room": self.id, **place})

    # ---- for the client: what came in ------------------------------------------------------------------------------

    def take(self, kind: str, message: Fields, now: float) -> None:
        """A message of the server's about this room. Raises NotKring."""
        match kind:
            case "change":
                self.take_change(message)
            case "done":
                self._take_done(message)
            case "refused":
                self._take_refused(message, now)
            case "joined":
                self._take_joined(message)
            case "paged":
                self._take_paged(message)
            case "presence":
                self.take_presence(message)
            case "whisper":
                self.take_whisper(message)

    def disconnected(self) -> None:
        """What was asked over that connection will not be answered any more."""
        self.joined, self._join_id, self._join_not_before = False, None, 0.0
        self._saying.clear()
        self.outbox.disconnected()
        for asked in self._asked.values():
            asked.sent, asked.not_before = False, 0.0

    def end(self, error: Exception | None) -> None:
        """Nothing will come any more. `error`: why; None: by our own wish, and whoever waits is cancelled."""
        self._ended, self.joined = error or Left(self.id), False
        _let_go(self.entered, error)
        for asked in self._asked.values():
            _let_go(asked.answer, error)
        self.outbox.end(error)
        for watcher in self.watchers:
            watcher.end(error)

    def _take_done(self, message: Fields) -> None:
        done = Done(message.number("seq"))
        for id in message.texts("ids"):
            self.outbox.settle(id, done)
        self._wake()

    def _take_joined(self, message: Fields) -> None:
        self.take_joined(message)
        self.joined = True
        if not self.entered.done():
            self.entered.set_result(None)
        self._wake()

    def _take_paged(self, message: Fields) -> None:
        asked = self._asked.get(message.text("id"))
        page = self.take_page(message)
        if asked is not None and not asked.answer.done():
            asked.answer.set_result(page)

    def _take_refused(self, message: Fields, now: float) -> None:
        id = message.text("id", "")
        refusal = Refusal(message.text("reason"), message.text("text"), message.table("facts"))
        retry_ms = refusal.facts.get("retry_ms")
        later = now + (retry_ms / 1_000 if isinstance(retry_ms, int) else AGAIN_S)
        retry = message.flag("retry", False)
        if id == self._join_id:
            self._join_refused(refusal, retry, later)
        elif id in self._asked:
            self._page_refused(self._asked[id], refusal, retry, later)
        elif refusal.reason == "not_joined" and id:
            self.outbox.again(id, later)
            self.joined, self._join_id = False, None  # the server let go of us: nothing was decided
        elif retry:
            self.outbox.again(id, later)
        elif id:
            self.outbox.settle(id, refusal)
        elif refusal.reason != "not_joined":  # our place was taken away; else it is only a whisper that came too late
            self.end(RoomRefused(refusal))
        self._wake()

    def _join_refused(self, refusal: Refusal, retry: bool, later: float) -> None:
        if retry:
            self._join_id, self._join_not_before = None, later
        else:
            self.end(RoomRefused(refusal))

    def _page_refused(self, asked: _Asked, refusal: Refusal, retry: bool, later: float) -> None:
        if retry:
            asked.sent, asked.not_before = False, later
        else:
            _let_go(asked.answer, RoomRefused(refusal))

    def _check(self) -> None:
        if self._ended is not None:
            raise self._ended


def _let_go(future: asyncio.Future[Page] | asyncio.Future[None], error: Exception | None) -> None:
    if future.done():
        return
    if error is None:
        future.cancel()
        return
    future.set_exception(error)
    future.exception()  # nobody has to look
