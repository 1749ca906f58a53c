"""The moderator of a rehearsed meeting: signed in by a link of `kring link`, and what only staff may do."""

from __future__ import annotations

from msgspec import Struct

from web.rehearsal.server import Server


class Session(Struct, frozen=True):
    """A session that was started for a rehearsal: its code, and its rooms."""

    id: str
    code: str
    title: str
    qna: str
    chat: str


class Moderator(Struct, frozen=True):
    """Somebody with the right to run sessions. `cookie` is a secret; `lang`: the language of their community."""

    name: str
    lang: str
    cookie: str


class _Named(Struct, frozen=True):
    name: str


class _Community(Struct, frozen=True):
    lang: str


class _Me(Struct, frozen=True):
    person: _Named
    community: _Community


class _Made(Struct, frozen=True):
    id: str


class _Room(Struct, frozen=True):
    id: str
    kind: str


class _About(Struct, frozen=True):
    id: str
    title: str
    code: str
    rooms: list[_Room]


def token_of(link: str) -> str:
    """The part of a sign-in link that signs in; it may be all of it."""
    return link.rpartition("#")[2].strip()


def base_of(link: str) -> str | None:
    """The address of the server a link is for; None: it names none."""
    base, inside, _ = link.partition("/in#")
    return base if inside and base else None


async def sign_in(server: Server, link: str) -> Moderator:
    """Use the link up. Raises DoorClosed."""
    answer = await server.post("/api/sign-in", {"token": token_of(link)})
    me = await server.get("/api/me", _Me, cookie=answer.cookie)
    return Moderator(me.person.name, me.community.lang, answer.cookie)


async def start_session(server: Server, moderator: Moderator, title: str) -> Session:
    """A session of its own, by name and without review. Raises DoorClosed: `forbidden` for who isn't staff."""
    wish = {"title": title, "level": "named", "review": False}
    made = (await server.post("/api/sessions", wish, cookie=moderator.cookie)).read(_Made)
    about = await server.get(f"/api/sessions/{made.id}", _About, cookie=moderator.cookie)
    rooms = {room.kind: room.id for room in about.rooms}
    return Session(about.id, about.code, about.title, rooms["qna"], rooms["chat"])
