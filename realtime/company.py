"""Who is in a room and what they are just doing: whispered among processes, told to the seats, kept nowhere (F7)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import structlog

from realtime.awareness import Awareness, Data, Said
from realtime.frames import Encoded
from realtime.presence import Here, Presence, Seen, difference
from realtime.seat import Seat
from realtime.wire import Presence as PresenceMessage
from realtime.wire import Whispered
from rooms.model import Level, Role

STIR_S = 1.0
PRESENCE_MS = 1_000
MOMENTARY_BYTES = 64 * 1024
"""With this much unsent nobody is told what somebody is just doing."""

log = structlog.get_logger()
_whispers = msgspec.msgpack.Decoder(Here | Said)
_pack = msgspec.msgpack.Encoder().encode


class Company:
    """Of one room in one process; `seats` is the room's own. A screen is nobody."""

    def __init__(self, room: str, process: str, seats: Iterable[Seat], now: Callable[[], int]) -> None:
        self._room = room
        self._seats = seats
        self._now = now
        self._presence = Presence(process)
        self._awareness = Awareness(process)
        self._told = Seen(0, {})
        self._told_at = 0
        self._uninformed: dict[Seat, None] = {}
        """Who could not be told the last change of presence."""
        self._stirred = asyncio.Event()

    def arrive(self, seat: Seat) -> None:
        if seat.viewer.role is not Role.SCREEN:
            self._presence.arrive(*seat.presence)
            self._stirred.set()

    def depart(self, seat: Seat) -> None:
        self._uninformed.pop(seat, None)
        if seat.viewer.role is not Role.SCREEN:
            self._presence.depart(seat.presence[0], self._now())
            self._stirred.set()

    def whisper(self, seat: Seat, name: str, data: Data) -> None:
        """Somebody is typing, or moves their cursor; where people don't go by name nobody learns of it (C7)."""
        if seat.viewer.role is not Role.SCREEN and seat.admission.level is Level.NAMED:
            self._awareness.say(seat.viewer.actors[0], name, data, self._now())
            self._stirred.set()

    def here(self) -> int:
        """How many people are in the room."""
        return self._presence.seen(self._now()).count

    def presence(self) -> PresenceMessage:
        """Who is here, whole."""
        seen = self._presence.seen(self._now())
        return PresenceMessage(self._room, seen.count, dict(seen.people), whole=True)

    # ---- among processes -----------------------------------------------------------------------------------------

    async def stirring(self) -> None:
        """Until there is something to whisper, a second at most."""
        at = self._awareness.publish_at()
        wait = STIR_S if at is None else max(0, at - self._now()) / 1_000
        try:
            async with asyncio.timeout(min(wait, STIR_S)):
                await self._stirred.wait()
        except TimeoutError:
            pass
        self._stirred.clear()

    def whispers(self, now: int) -> Iterator[bytes]:
        """What the other processes should hear."""
        for said in (self._awareness.publish(now, self._presence.processes), self._presence.tell(now)):
            if said is not None:
                yield _pack(said)

    def hear(self, body: bytes) -> None:
        """What a process whispered, this one too."""
        try:
            whisper = _whispers.decode(body)
        except msgspec.MsgspecError as error:  # another version's
            log.warning("room.whisper_not_understood", error=str(error)[:200])
            return
        if isinstance(whisper, Here):
            self._presence.heard(whisper, self._now())
        elif told := self._awareness.heard(whisper, self._now()):
            self._pass_on([Whispered(self._room, actor, name, data) for actor, name, data in told])

    # ---- to the seats --------------------------------------------------------------------------------------------

    def tell_presence(self, now: int) -> None:
        """Differences, at most once a second; all of it to whoever could not be told an earlier one (F7)."""
        if now - self._told_at < PRESENCE_MS:
            return
        seen = self._presence.seen(now)
        put, gone = difference(self._told, seen)
        late, self._uninformed = self._uninformed, {}
        if put or gone or seen.count != self._told.count:
            self._told, self._told_at = seen, now
            informed = [seat for seat in self._seats if seat not in late]
            self._say(PresenceMessage(self._room, seen.count, put, gone), informed)
        if late:
            self._say(self.presence(), late)

    def _say(self, message: PresenceMessage, seats: Iterable[Seat]) -> None:
        encoded = Encoded([message])
        for seat in seats:
            if seat.connection.transport.buffered() > MOMENTARY_BYTES:
                self._uninformed[seat] = None
            else:
                seat.connection.transport.write(encoded.all(seat.connection.codec))

    def _pass_on(self, messages: Sequence[Whispered]) -> None:
        """To everybody here in one write each, but nobody's own."""
        encoded = Encoded(messages)
        speakers = {message.by for message in messages}
        for seat in self._seats:
            connection, actors = seat.connection, seat.viewer.actors
            if connection.transport.buffered() > MOMENTARY_BYTES:
                continue
            if speakers.isdisjoint(actors):
                connection.transport.write(encoded.all(connection.codec))
            elif others := encoded.some(connection.codec, [message.by not in actors for message in messages]):
                connection.transport.write(others)
