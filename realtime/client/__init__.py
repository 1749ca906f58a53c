"""The Python client of `kring.v1`: for programs that take part, for rehearsing, and for the tests.

    async with connect("ws://127.0.0.1:8000/ws", token=...) as client:
        room = await client.join(room_id)
        outcome = await room.do({"t": "chat.post", "text": "hallo"})
        async for change in room:
            ...

Connections come and go underneath: commands are sent again, unchanged, until it is known what became of them (C2), and
the room's records catch up with what was missed.
"""

from realtime.client.changes import Change, Changes
from realtime.client.client import Client, connect
from realtime.client.link import Closed
from realtime.client.outbox import Done, Full, Outcome, Pending, Refusal
from realtime.client.room import Left, Room, RoomRefused
from realtime.client.told import Page, Person, Presence
from realtime.client.values import NotKring, Record, Value

__all__ = [
    "Change",
    "Changes",
    "Client",
    "Closed",
    "Done",
    "Full",
    "Left",
    "NotKring",
    "Outcome",
    "Page",
    "Pending",
    "Person",
    "Presence",
    "Record",
    "Refusal",
    "Room",
    "RoomRefused",
    "Value",
    "connect",
]
