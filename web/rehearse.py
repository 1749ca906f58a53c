"""`kring rehearse FILE`: a recorded conversation on a running server, and what it came to."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from persistence import communities
from persistence.database import FILE, Database
from rooms.model import Fact
from web import directory, settings
from web.addresses import url as address
from web.catalogue import say
from web.complaint import Complaint
from web.conversations import Acknowledges, Asks, Recording, UnreadableConversation, parse
from web.rehearsal import (
    Door,
    DoorClosed,
    Floor,
    Meeting,
    Progress,
    Report,
    Script,
    Server,
    Spread,
    Talk,
    Turn,
    base_of,
    rehearse,
    sign_in,
    start_session,
    turns,
)
from web.serve import loop_factory, raise_open_files
from web.settings import Settings

MOST_BYTES = 256 << 20
FASTEST = "max"
SAID_BY_US = {"unreachable", "not_kring"}
"""Reasons of DoorClosed for which the server had no sentence."""


def command(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_rehearse(file: str, **asked: str | None) -> int:
        return run(settings.read(environ), lang, file, **asked)

    def option(name: str, **more: str) -> click.Option:
        return click.Option([f"--{name}"], help=say(lang, f"help-rehearse-{name}"), **more)  # type: ignore[arg-type]

    named = [option(name) for name in ("url", "code", "staff")]
    options = [*named, option("speed", default=FASTEST), option("limit")]
    help = say(lang, "help-rehearse")
    return click.Command("rehearse", callback=on_rehearse, params=[click.Argument(["file"]), *options], help=help)


class Asked(Struct, frozen=True):
    """What was asked for on the command line. `staff`: a sign-in link, a secret; `pace`: None is as fast as it goes."""

    url: str | None
    code: str | None
    staff: str | None
    pace: float | None
    limit: int | None


class Reading(Struct, frozen=True):
    """A file, as read; of a meeting also who got the floor, read a second time."""

    name: str
    recording: Recording
    turns: list[Turn]

    @property
    def is_meeting(self) -> bool:
        return any(isinstance(act, Asks | Acknowledges) for act in self.recording.acts)


def run(
    found: Settings,
    lang: str,
    file: str,
    *,
    url: str | None = None,
    code: str | None = None,
    staff: str | None = None,
    speed: str | None = None,
    limit: str | None = None,
) -> int:
    """0: all of it was acknowledged and seen exactly once; 1: not so. Raises Complaint."""
    console = Console()
    asked = Asked(url, code, staff, _pace(speed or FASTEST), _limit(limit))
    reading = _read(found, file)
    if not reading.recording.messages:
        raise Complaint("rehearse-nothing-said", file=file)
    if reading.is_meeting and staff is None:
        raise Complaint("rehearse-no-staff", file=file)
    raise_open_files()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        report = runner.run(_rehearse(found, lang, reading, asked, console))
    for line in lines(report, lang):
        console.print(line, highlight=False, soft_wrap=True)
    return 0 if report.complete else 1


async def _rehearse(found: Settings, lang: str, reading: Reading, asked: Asked, console: Console) -> Report:
    """Raises Complaint."""
    url = asked.url or (base_of(asked.staff) if asked.staff else None) or _url_here(found)
    try:
        if asked.staff is not None and reading.is_meeting:
            script, door = await _session(Server(url, lang), asked.staff, reading, asked.limit, console)
        else:
            script, door = Talk(reading.recording, asked.limit), Door(url, asked.code or await _code_here(found), lang)
        return await _with_bars(script, door, console, lang, asked.pace)
    except DoorClosed as closed:
        if closed.reason in SAID_BY_US or not closed.text:
            known = closed.reason if closed.reason in SAID_BY_US else "refused"
            raise Complaint(f"rehearse-{known.replace('_', '-')}", url=url) from None
        raise Complaint("rehearse-no-entry", text=closed.text) from None


async def _session(
    server: Server, link: str, reading: Reading, limit: int | None, console: Console
) -> tuple[Script, Door]:
    """A session of its own for a meeting, started by whom the link signs in. Raises DoorClosed."""
    moderator = await sign_in(server, link)
    title = say(moderator.lang, "rehearse-session-title", {"name": reading.name})
    session = await start_session(server, moderator, title)
    spaced = f"{session.code[:3]} {session.code[3:]}"
    told = say(server.lang, "rehearse-session", {"title": session.title, "code": spaced})
    console.print(told, highlight=False, soft_wrap=True)
    meeting = Meeting(
        reading.recording,
        session,
        moderator,
        turns=reading.turns,
        asks_floor=lambda name: say(moderator.lang, "rehearse-asks-floor", {"name": name}),
        limit=limit,
    )
    return meeting, Door(server.origin, session.code, server.lang)


async def _with_bars(script: Script, door: Door, console: Console, lang: str, pace: float | None) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        inside = bars.add_task(say(lang, "rehearse-inside"), total=None)
        settled = bars.add_task(say(lang, "rehearse-settled"), total=None)

        def watch(progress: Progress) -> None:
            bars.update(inside, completed=progress.inside, total=progress.speakers)
            bars.update(settled, completed=progress.settled, total=progress.acts)

        observer = say(lang, "rehearse-observer")
        return await rehearse(script, door, speed=pace, observer=observer, watch=watch)


def lines(report: Report, lang: str) -> Iterator[Table | Text]:
    """What to print of it."""

    def text(message: str, **facts: Fact) -> Text:
        return Text(say(lang, f"rehearse-{message}", facts))

    figures = Table.grid(padding=(0, 2))
    for label, value in _figures(report, lang):
        figures.add_row(text(f"label-{label}"), Text(value))
    yield figures
    for reason, count in report.refused.items():
        yield text("refused-as", reason=reason, count=count)
    yield Text()
    if report.dropped or report.changed or report.other_acts or report.status_lines:
        yield text("left-out")
    for dropped in report.dropped:
        yield text(f"dropped-{dropped.reason.replace('_', '-')}", count=dropped.count, line=dropped.line_number)
    for changed in report.changed:
        yield text(f"changed-{changed.change.replace('_', '-')}", count=changed.count, line=changed.line_number)
    if report.status_lines:
        yield text("status-lines", count=report.status_lines)
    for act, count in report.other_acts.items():
        yield text(f"other-{act.lower()}", count=count)
    if report.floor and report.floor.shortened:
        yield text("changed-shortened", count=report.floor.shortened)
    yield Text()
    if report.floor:
        yield _order(report.floor, lang)
    verdict = text("complete" if report.complete else "incomplete")
    verdict.stylize("green" if report.complete else "red")
    yield verdict


def _figures(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    seen = report.observed

    def value(message: str, **facts: Fact) -> str:
        return say(lang, f"rehearse-{message}", facts)

    yield "cast", value("cast", speakers=report.speakers, nicks=report.nicks)
    yield "sent", value("of", count=report.sent, all=report.acts)
    yield "acknowledged", value("of", count=report.acknowledged, all=report.acts)
    yield "seen", value("of", count=seen.seen, all=report.acts)
    if floor := report.floor:
        yield "queue", value("queue", asked=floor.asked, withdrawn=floor.withdrawn)
        yield "stage", value("stage", staged=len(floor.staged), answered=floor.answered, labelled=floor.labelled)
    if report.until_acknowledged:
        yield "until-acknowledged", _spread(report.until_acknowledged)
    if report.until_seen:
        yield "until-seen", _spread(report.until_seen)
    yield "pace", value("pace", rate=round(report.rate), seconds=round(report.seconds))
    for label, count in (("reconnects", report.reconnects), ("resent", report.resent), ("unknown", report.unknown)):
        if count:
            yield label, str(count)
    for label, count in (("missing", seen.missing), ("extra", seen.extra), ("out-of-order", seen.out_of_order)):
        if count:
            yield label, str(count)


def _order(floor: Floor, lang: str) -> Text:
    """Whether the queue's order was kept, and if not, where."""
    nth = floor.first_difference
    if nth is None:
        return Text(say(lang, "rehearse-order-kept", {"count": len(floor.given)}), style="green")
    due, found = ("".join(names[nth : nth + 1]) or "–" for names in (floor.given, floor.staged))
    facts: dict[str, Fact] = {"nth": nth + 1, "due": due, "found": found}
    return Text(say(lang, "rehearse-order-lost", facts), style="red")


def _spread(spread: Spread) -> str:
    return f"{spread.p50:.0f} / {spread.p95:.0f} / {spread.p99:.0f} ms"


# ---- what was asked --------------------------------------------------------------------------------------------------


def _read(found: Settings, file: str) -> Reading:
    """The file, or the one of that name among the conversations. Raises Complaint."""
    path = Path(file)
    if not path.exists() and found.conversations is not None:
        path = found.conversations / file
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Complaint("rehearse-too-large", file=file)
        data = path.read_bytes()
        return Reading(path.name.partition(".")[0], parse(data), turns(data.decode(errors="replace")))
    except OSError:
        raise Complaint("rehearse-no-file", file=file) from None
    except UnreadableConversation as error:
        raise Complaint(f"rehearse-{error.problem.replace('_', '-')}", file=file, **error.facts) from None


def _pace(asked: str) -> float | None:
    """None: as fast as acknowledged. Raises Complaint."""
    if asked == FASTEST:
        return None
    try:
        pace = float(asked)
    except ValueError:
        pace = math.nan
    if not 0 < pace < math.inf:
        raise Complaint("rehearse-bad-speed", value=asked)
    return pace


def _limit(asked: str | None) -> int | None:
    if asked is None:
        return None
    if not asked.isascii() or not asked.isdigit() or int(asked) == 0:
        raise Complaint("rehearse-bad-limit", value=asked)
    return int(asked)


def _url_here(found: Settings) -> str:
    """The server of this Kring."""
    return found.base_url or directory.address_in(found.data) or address("127.0.0.1", found.port)


async def _code_here(found: Settings) -> str:
    """The code of this Kring's chat. Raises Complaint."""
    if (found.data / FILE).is_file():
        async with Database.open(found.data) as database, database.read() as tx:
            for community in await communities.everyone(tx):
                chat = await communities.chat_of(tx, community.id)
                if chat.code is not None:
                    return chat.code
    raise Complaint("rehearse-no-code")
