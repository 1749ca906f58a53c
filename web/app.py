"""The application, put together: here and in `journals` the concrete journal, database and gate are named."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import TypedDict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from persistence import migrations
from persistence.database import Database
from persistence.dissolving import dissolve
from persistence.drain import Drain
from persistence.gate import DatabaseGate
from persistence.secrets import Secrets
from persistence.worker import Worker
from realtime.gate import Identity
from realtime.hub import Hub
from rooms.model import Refused
from web import (
    api,
    boards,
    harvest,
    health,
    invitations,
    library,
    mail,
    making,
    members,
    openapi,
    pages,
    passkeys,
    privacy,
    programs,
    sessions,
    staff_log,
    ways_in,
)
from web.auth import Cookies, Origin, host_is_right, origin_of, secret_of
from web.bearers import Bearers
from web.beginning import begin
from web.catalogue import say, sentence
from web.challenges import Challenges
from web.doorway import Doorway
from web.gatherings import Gatherings
from web.house import House, house_of
from web.journals import open_journal
from web.limits import WrongGuesses
from web.news import Newsroom
from web.post import Post
from web.problems import Problem, on_fault, on_problem, on_refused
from web.security import Security
from web.settings import Settings
from web.socket import ForbiddenOrigin, Sockets, Welcoming
from web.version import SERVER


class State(TypedDict):
    house: House


def build(settings: Settings, standing: House | None = None) -> Starlette:
    """The ASGI application, of a house that stands already, or that is opened and closed with its lifespan."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[State]:
        async with nullcontext(standing) if standing else house(settings) as found:
            yield State(house=found)

    sockets = Sockets(_hub_of, recognise, settings.lang)
    app = Starlette(
        routes=[
            *api.ROUTES,
            *sessions.ROUTES,
            *boards.ROUTES,
            *harvest.ROUTES,
            *library.ROUTES,
            *members.ROUTES,
            *making.ROUTES,
            *invitations.ROUTES,
            *ways_in.ROUTES,
            *privacy.ROUTES,
            *mail.ROUTES,
            *passkeys.ROUTES,
            *programs.ROUTES,
            *staff_log.ROUTES,
            *health.ROUTES,
            *openapi.ROUTES,
            WebSocketRoute("/ws", sockets.open),
            *pages.routes(),
        ],
        middleware=[Middleware(Security, settings=settings), Middleware(Bearers)],
        exception_handlers={
            Problem: on_problem,
            Refused: on_refused,
            HTTPException: pages.on_http_exception,
            Exception: on_fault,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # where to would be said with whatever Host the request had
    return app


@asynccontextmanager
async def house(settings: Settings, *, follow: bool = True, serving: bool = True) -> AsyncIterator[House]:
    """Everything open and running: journal and database agree, the chat is open, the reader drains.

    `follow`: sessions that were closing are brought to their end in the background; `serving`: for a server, not a
    worker. Raises AlreadyOpen, OtherFormat.
    """
    await asyncio.to_thread(migrations.migrate, settings.data)
    migrations.forget_copies(settings.data, time.time())
    alone = settings.redis_url is None
    async with Database.open(settings.data) as database, open_journal(settings, serving=serving) as journal:
        drain = Drain(database, journal)
        await drain.heal()
        secrets = Secrets(settings.data)
        await dissolve(database, journal, drain, secrets)
        gate = DatabaseGate(database, sentence, secrets=secrets, journal=journal)
        async with Hub(journal, gate, now=journal.now, server=SERVER) as hub, asyncio.TaskGroup() as tasks:
            doorway = Doorway(database)
            always = (drain.run(), doorway.run(), hub.timings.watch_loop())
            running = [tasks.create_task(each) for each in always]
            post = Post(settings, database) if settings.smtp_host else None
            if post is not None:
                running.append(tasks.create_task(post.run()))
            gatherings = Gatherings(database, hub, secrets, alone=alone)
            keep_days = settings.keep_transcripts_days
            worker = Worker(
                database,
                journal,
                drain,
                secrets,
                tasks,
                close_room=gatherings.close,
                say=say,
                keep_days=keep_days,
                alone=alone,
            )
            beginning = await begin(database, hub, settings)
            news = Newsroom(database, hub, journal, tasks, alone=alone)
            await news.open()
            await gatherings.resume()
            if follow:
                await worker.resume()
            yield House(
                settings=settings,
                database=database,
                journal=journal,
                gate=gate,
                hub=hub,
                drain=drain,
                secrets=secrets,
                gatherings=gatherings,
                worker=worker,
                news=news,
                doorway=doorway,
                cookies=Cookies(settings),
                challenges=Challenges(secret_of(settings), settings.base_path),
                beginning=beginning,
                guesses=WrongGuesses(),
                spent_links=WrongGuesses(),
                post=post,
            )
            worker.stop()
            news.stop()
            for task in running:
                task.cancel()
        await drain.finish()


async def recognise(websocket: WebSocket) -> Identity | None:
    """Whose socket it is: a cookie counts only from a page of ours, and without an Origin only a token does."""
    found = house_of(websocket)
    origin = origin_of(websocket, found.settings)
    if origin is Origin.FOREIGN or not host_is_right(websocket, found.settings):
        raise ForbiddenOrigin
    token = found.cookies.token(websocket) if origin is Origin.OWN else None
    return await found.gate.identify(token) if token else None


def _hub_of(websocket: WebSocket) -> Welcoming:
    return house_of(websocket).hub
