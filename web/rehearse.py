"""`kring rehearse FILE`: a recorded conversation on a running server, and what it came to."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
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
from web.conversations import Recording, UnreadableConversation, parse
from web.rehearsal import Door, DoorClosed, Progress, Report, Spread, rehearse
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

    options = [option("url"), option("code"), option("speed", default=FASTEST), option("limit")]
    help = say(lang, "help-rehearse")
    return click.Command("rehearse", callback=on_rehearse, params=[click.Argument(["file"]), *options], help=help)


def run(
    found: Settings,
    lang: str,
    file: str,
    *,
    url: str | None = None,
    code: str | None = None,
    speed: str | None = None,
    limit: str | None = None,
) -> int:
    """0: all of it was acknowledged and seen exactly once; 1: not so. Raises Complaint."""
    console = Console()
    pace, most = _pace(speed or FASTEST), _limit(limit)
    recording = _read(found, file)
    if not recording.messages:
        raise Complaint("rehearse-nothing-said", file=file)
    raise_open_files()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        at_code = code or runner.run(_code_here(found))
        try:
            door = Door(url or _url_here(found), at_code, lang)
            report = runner.run(_with_bars(recording, door, console, lang, pace, most))
        except DoorClosed as closed:
            if closed.reason in SAID_BY_US or not closed.text:
                known = closed.reason if closed.reason in SAID_BY_US else "refused"
                raise Complaint(f"rehearse-{known.replace('_', '-')}", url=url or _url_here(found)) from None
            raise Complaint("rehearse-no-entry", text=closed.text) from None
    for line in lines(report, lang):
        console.print(line, highlight=False, soft_wrap=True)
    return 0 if report.complete else 1


async def _with_bars(
    recording: Recording, door: Door, console: Console, lang: str, pace: float | None, most: int | None
) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        inside = bars.add_task(say(lang, "rehearse-inside"), total=None)
        settled = bars.add_task(say(lang, "rehearse-settled"), total=None)

        def watch(progress: Progress) -> None:
            bars.update(inside, completed=progress.inside, total=progress.speakers)
            bars.update(settled, completed=progress.settled, total=progress.messages)

        observer = say(lang, "rehearse-observer")
        return await rehearse(recording, door, speed=pace, limit=most, observer=observer, watch=watch)


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
    if report.other_acts:
        yield text("other-acts", count=sum(report.other_acts.values()))
    yield Text()
    verdict = text("complete" if report.complete else "incomplete")
    verdict.stylize("green" if report.complete else "red")
    yield verdict


def _figures(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    seen = report.observed

    def value(message: str, **facts: Fact) -> str:
        return say(lang, f"rehearse-{message}", facts)

    yield "cast", value("cast", speakers=report.speakers, nicks=report.nicks)
    yield "sent", value("of", count=report.sent, all=report.messages)
    yield "acknowledged", value("of", count=report.acknowledged, all=report.messages)
    yield "seen", value("of", count=seen.seen, all=report.messages)
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


def _spread(spread: Spread) -> str:
    return f"{spread.p50:.0f} / {spread.p95:.0f} / {spread.p99:.0f} ms"


# ---- what was asked --------------------------------------------------------------------------------------------------


def _read(found: Settings, file: str) -> Recording:
    """The file, or the one of that name among the conversations. Raises Complaint."""
    path = Path(file)
    if not path.exists() and found.conversations is not None:
        path = found.conversations / file
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Complaint("rehearse-too-large", file=file)
        return parse(path.read_bytes())
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
