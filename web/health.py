"""How the server is, for machines: `/healthz` it runs, `/readyz` it can work, `/metrics` what it does.

Metrics hold counts only: no names, no addresses, no ids of rooms or people.
"""

from __future__ import annotations

import asyncio
import hmac
import math
from collections.abc import Iterator, Sequence
from ipaddress import ip_address

import sqlalchemy
import structlog
from msgspec import Struct
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from typing_extensions import override

from realtime.journal import Unreachable
from realtime.stats import Durations
from rooms.model import Reason
from web.house import House, house_of
from web.problems import Answer, Problem

ANSWER_S = 2.0
"""Whatever takes longer to answer is not ready."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")

log = structlog.get_logger()


class Readiness(Struct, frozen=True):
    """`ready` is all of them together."""

    ready: bool
    serving: bool
    database: bool
    journal: bool


async def healthz(request: Request) -> Response:
    """The process lives."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Whether it can serve: asks the parts; 503 when one cannot work, or when the server is about to stop."""
    house = house_of(request)
    serving, database, journal = not house.leaving, await _database_answers(house), await _journal_answers(house)
    found = Readiness(serving and database and journal, serving, database, journal)
    return Answer(found, 200 if found.ready else 503)


async def metrics(request: Request) -> Response:
    """Figures for Prometheus: for this machine itself, or for who has the token."""
    house = house_of(request)
    if not (_has_token(request, house) or _from_this_machine(request)):
        raise Problem(403, Reason.FORBIDDEN)
    registry = CollectorRegistry()
    registry.register(Numbers(house, await _pending(house)))
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


class Numbers(Collector):
    """Counts of the hub and of the reader that drains, as of the moment they are asked for."""

    def __init__(self, house: House, pending: Sequence[str] | None) -> None:
        """`pending`: rooms that the database is behind with; None: the journal did not say."""
        self._house, self._pending = house, pending

    @override
    def collect(self) -> Iterator[Metric]:
        yield from self._of_the_hub()
        yield from self._of_the_database()
        for name, help, took in self._took():
            buckets = [("+Inf" if bound == math.inf else str(bound), count) for bound, count in took.below]
            yield HistogramMetricFamily(name, help, buckets, took.sum_s)
        yield GaugeMetricFamily("kring_guessing_addresses", "Addresses with wrong codes", len(self._house.guesses))

    def _took(self) -> Iterator[tuple[str, str, Durations]]:
        timings = self._house.hub.timings
        yield "kring_append_seconds", "From a decision to its entry in the journal", timings.append
        yield "kring_told_seconds", "From something to tell to having told everybody in the room", timings.told
        yield "kring_loop_lag_seconds", "How late the event loop was", timings.loop

    def _of_the_hub(self) -> Iterator[Metric]:
        hub = self._house.hub.stats()
        yield GaugeMetricFamily("kring_connections", "Open WebSockets", hub.connections)
        yield GaugeMetricFamily("kring_rooms", "Rooms live in this process", hub.rooms)
        yield GaugeMetricFamily("kring_seats", "Connections in rooms", hub.seats)
        yield CounterMetricFamily("kring_entries", "Journal entries applied", hub.entries)
        yield CounterMetricFamily("kring_flushes", "Rounds in which a room told its people what changed", hub.flushes)
        yield CounterMetricFamily("kring_skipped", "Times a slow connection was left for later", hub.skipped)
        yield CounterMetricFamily("kring_reloads", "Rooms whose journal had another past", hub.reloads)
        yield CounterMetricFamily("kring_lost_entries", "Entries gone with another past", hub.lost_entries)
        holes = self._house.journal.followers.holes
        yield CounterMetricFamily("kring_healed_holes", "Times news did not arrive and were read instead", holes)

    def _of_the_database(self) -> Iterator[Metric]:
        drain, drained = self._house.drain, self._house.drain.counts
        if self._pending is not None:
            yield GaugeMetricFamily("kring_pending_rooms", "Rooms the database is behind with", len(self._pending))
            oldest_s = drain.pending_s(self._pending)
            yield GaugeMetricFamily("kring_pending_seconds", "For how long it has been, with one of them", oldest_s)
        yield CounterMetricFamily("kring_drained_entries", "Entries taken into the database", drained.entries)
        yield CounterMetricFamily("kring_drain_failures", "Rooms that could not be drained at a try", drained.failures)
        yield CounterMetricFamily("kring_drain_restarts", "Journals begun anew from the database", drained.restarts)
        yield CounterMetricFamily("kring_drain_entries_gone", "Entries lost between the two", drained.entries_gone)


async def _pending(house: House) -> Sequence[str] | None:
    try:
        async with asyncio.timeout(ANSWER_S):
            return await house.journal.pending(wait=False)
    except (TimeoutError, Unreachable) as error:
        log.error("metrics.journal", error=type(error).__name__)
        return None


async def _database_answers(house: House) -> bool:
    try:
        async with asyncio.timeout(ANSWER_S), house.database.read() as tx:
            await tx.execute(sqlalchemy.text("SELECT 1 FROM communities"))
    except (TimeoutError, sqlalchemy.exc.SQLAlchemyError) as error:
        log.error("ready.database", error=type(error).__name__)
        return False
    return True


async def _journal_answers(house: House) -> bool:
    try:
        async with asyncio.timeout(ANSWER_S):
            await house.journal.drained_upto(house.beginning.chat.id)
        if not house.journal.hearing:
            log.error("ready.journal", error="deaf")
            return False
    except (TimeoutError, Unreachable) as error:
        log.error("ready.journal", error=type(error).__name__)
        return False
    return True


def _has_token(request: Request, house: House) -> bool:
    token = house.settings.metrics_token
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return token is not None and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


def _from_this_machine(request: Request) -> bool:
    """A loopback peer, but no proxy there that passes on others, and no page whose name points here (rebinding)."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    host = (request.url.hostname or "").removesuffix(".")
    return _is_loopback(request.client.host) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
