"""Django Channels with its in-memory layer: a consumer that passes on what it receives to its group."""

from __future__ import annotations

import sys

from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    SECRET_KEY="a benchmark has no secrets",
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}},
)

import django  # noqa: E402 - it wants to be configured first

django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from tests.bench.peers.serving import serve  # noqa: E402


class Room(AsyncWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()
        await self.send(text_data="hi")

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("room", {"type": "room.message", "text": text_data})

    async def room_message(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


if __name__ == "__main__":
    serve(ProtocolTypeRouter({"websocket": URLRouter([path("ws", Room.as_asgi())])}), int(sys.argv[1]), lifespan="off")
