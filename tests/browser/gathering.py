"""A session in a running Kring, and people in it without a page: over the real API and the real protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from realtime.client import Done, Refusal, Room, connect
from realtime.client.values import Value
from rooms.model import Role


class Place(Protocol):
    """A Kring that runs at `base`."""

    @property
    def base(self) -> str: ...

    async def link(self, role: Role) -> str:
        """For somebody new."""


class Gathering:
    """A session. `moderator` runs it; `code` lets people in."""

    def __init__(self, kring: Place, stack: AsyncExitStack, http: httpx2.AsyncClient, about: dict[str, Any]) -> None:
        self._kring, self._stack, self._http = kring, stack, http
        self.id: str = about["id"]
        self.code: str = about["code"]
        self.qna: str = about["rooms"][0]["id"]
        self.chat: str = about["rooms"][1]["id"]
        self.moderator: Room

    async def guest(self, name: str, *, chat: bool = False) -> Room:
        """Somebody new in the Q&A, or in the chat beside it."""
        async with httpx2.AsyncClient(base_url=self._kring.base) as http:
            answer = await http.post("/api/join", json={"code": self.code, "name": name}, headers=_ours(self._kring))
            assert answer.status_code == 200, answer.text
            return await self._enter(http, self.chat if chat else self.qna)

    async def board(self, title: str, *columns: str, template: str = "empty") -> Room:
        """The moderator on a new board, with these columns after those of the template."""
        wish = {"title": title, "template": template}
        made = await self._http.post(f"/api/sessions/{self.id}/boards", json=wish, headers=_ours(self._kring))
        assert made.status_code == 201, made.text
        board = await self._enter(self._http, made.json()["id"])
        for column in columns:
            assert isinstance(await board.do({"t": "board.add_column", "title": column}), Done)
        return board

    async def on(self, board: str, name: str | None = None) -> Room:
        """Somebody new on a board; without a name: the moderator."""
        if name is None:
            return await self._enter(self._http, board)
        async with httpx2.AsyncClient(base_url=self._kring.base) as http:
            answer = await http.post("/api/join", json={"code": self.code, "name": name}, headers=_ours(self._kring))
            assert answer.status_code == 200, answer.text
            return await self._enter(http, board)

    async def ask(self, who: Room, text: str, level: str | None = None) -> None:
        command: dict[str, Value] = {"t": "qna.ask", "text": text, **({"level": level} if level else {})}
        assert isinstance(await who.do(command), Done)
        await self.question(text)

    async def vote(self, who: Room, text: str) -> None:
        assert isinstance(await who.do({"t": "qna.vote", "question": await self.question(text), "on": True}), Done)

    async def question(self, text: str) -> str:
        """The id of the question with these words, once the moderator knows of it."""

        changes = self.moderator.changes()
        while (found := self._found(text)) is None:
            await anext(changes)
        return found

    def _found(self, text: str) -> str | None:
        of_questions = ((id, r) for id, r in self.moderator.records.items() if r["t"] == "qna.question")
        return next((id for id, record in of_questions if record["text"] == text), None)

    async def act(self, t: str, words: str, /, **fields: Value) -> None:
        """What staff do with a question, as it is now: again, where somebody else came first."""
        id, changes = await self.question(words), self.moderator.changes()
        while not isinstance(done := await self._act(t, id, fields), Done):
            assert done.reason == "stale", done
            await anext(changes)

    async def _act(self, t: str, id: str, fields: dict[str, Value]) -> Done | Refusal:
        rev = self.moderator.records[id].get("rev", 0)
        return await self.moderator.do({"t": t, "question": id, "rev": rev, **fields})

    async def screen(self) -> str:
        """A link to put the Q&A on a screen, for one use."""
        answer = await self._http.post(f"/api/sessions/{self.id}/screen", json={}, headers=_ours(self._kring))
        assert answer.status_code == 200, answer.text
        link: str = answer.json()["url"]
        return link

    async def close(self) -> None:
        answer = await self._http.post(f"/api/sessions/{self.id}/close", json={}, headers=_ours(self._kring))
        assert answer.status_code == 200, answer.text

    async def _enter(self, http: httpx2.AsyncClient, room: str) -> Room:
        cookie = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        base = self._kring.base
        client = await self._stack.enter_async_context(
            connect(f"ws{base[4:]}/ws", cookie=cookie, origin=_origin(self._kring))
        )
        return await client.join(room)

    @classmethod
    @asynccontextmanager
    async def of(
        cls, kring: Place, title: str, *, level: str = "named", review: bool = True, moderator: str = "Marit"
    ) -> AsyncIterator[Gathering]:
        """Started by a moderator of that name, who stays until the block ends."""
        async with AsyncExitStack() as stack, httpx2.AsyncClient(base_url=kring.base) as http:
            token = urlsplit(await kring.link(Role.MODERATOR)).fragment
            signed = await http.post("/api/sign-in", json={"token": token, "name": moderator}, headers=_ours(kring))
            assert signed.status_code == 200, signed.text
            wish = {"title": title, "level": level, "review": review}
            made = await http.post("/api/sessions", json=wish, headers=_ours(kring))
            assert made.status_code == 201, made.text
            about = (await http.get(f"/api/sessions/{made.json()['id']}")).json()
            found = cls(kring, stack, http, about)
            found.moderator = await found._enter(http, found.qna)
            yield found


def _ours(kring: Place) -> dict[str, str]:
    return {"X-Kring": "1", "Origin": _origin(kring)}


def _origin(kring: Place) -> str:
    """Without the path that it may lie below."""
    return "/".join(kring.base.split("/", 3)[:3])
