"""`kring doctor`: looks at what may go wrong, and says what to do about it."""

from __future__ import annotations

import itertools
import shutil
import smtplib
import socket
import sqlite3
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from alembic.script import ScriptDirectory

from persistence import migrations
from persistence.database import FILE
from persistence.gate import now_ms
from persistence.secrets import FOLDER, Secrets
from persistence.sessions import QNA
from rooms.kind import kinds
from rooms.model import Fact
from web import directory, doctor_redis, pages
from web.finding import Finding, Verdict
from web.serve import raise_open_files
from web.settings import Settings

GB = 1_000_000_000
LOW_GB, FULL_GB = 2.0, 0.2
FEW_CONNECTIONS = 2_000
OWN_FILES = 64
"""Files that Kring itself has open, about."""
CLOCK_MS = 60_000
ANSWER_S = 2.0
MAIL_S = 5.0


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything there is to look at, on a server that runs as well as on one that doesn't."""
    yield Finding(Verdict.OK, "doctor-settings-ok")
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _data,
        _disk,
        _port,
        _database,
        _clock,
        _limits,
        _transcripts,
        _page,
    )
    for look in looks:
        yield look(settings)
    yield from _journal(settings)
    if settings.smtp_host is not None:
        yield _mail(settings, settings.smtp_host)
    yield from _secrets(settings)


def _data(settings: Settings) -> Finding:
    path: dict[str, Fact] = {"path": str(settings.data.resolve())}
    if not settings.data.exists():
        return Finding(Verdict.WARN, "doctor-data-absent", path)
    if not settings.data.is_dir():
        return Finding(Verdict.FAIL, "data-no-directory", path)
    if directory.is_open(settings.data):
        return Finding(Verdict.WARN, "doctor-data-open", path)
    return Finding(Verdict.OK, "doctor-data-ok", path)


def _disk(settings: Settings) -> Finding:
    there = next(path for path in (settings.data.absolute(), *settings.data.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(there).free / GB
    facts: dict[str, Fact] = {"free": f"{free:.1f}"}
    if free < FULL_GB:
        return Finding(Verdict.FAIL, "doctor-disk-full", facts)
    return (
        Finding(Verdict.WARN, "doctor-disk-low", facts)
        if free < LOW_GB
        else Finding(Verdict.OK, "doctor-disk-ok", facts)
    )


def _port(settings: Settings) -> Finding:
    """Free, or in use by the Kring of these files."""
    told = directory.address_in(settings.data)
    port = (urlsplit(told).port if told else None) or settings.port
    facts: dict[str, Fact] = {"port": str(port)}
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "localhost") else settings.host
    try:
        socket.create_connection((host, port), ANSWER_S).close()
    except OSError:
        return Finding(Verdict.OK, "doctor-port-ok", facts)
    if _answers(f"http://{f'[{host}]' if ':' in host else host}:{port}/healthz"):
        return Finding(Verdict.OK, "doctor-port-kring", facts)
    return Finding(Verdict.FAIL, "doctor-port-taken", facts)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_S) as answer:
            return bool(answer.read(3) == b"ok\n")
    except (OSError, urllib.error.URLError):
        return False


def _database(settings: Settings) -> Finding:
    path = settings.data / FILE
    if not path.is_file():
        return Finding(Verdict.WARN, "doctor-database-absent")
    version = _ask(path, "SELECT version_num FROM alembic_version")
    if not isinstance(version, str):
        return Finding(Verdict.FAIL, "doctor-database-broken")
    script = ScriptDirectory.from_config(migrations.config(path))
    facts: dict[str, Fact] = {"version": version}
    if version == script.get_current_head():
        return Finding(Verdict.OK, "doctor-database-ok", facts)
    known = {revision.revision for revision in script.walk_revisions()}
    if version in known:
        return Finding(Verdict.WARN, "doctor-database-behind", facts)
    return Finding(Verdict.FAIL, "doctor-database-newer", facts)


def _clock(settings: Settings) -> Finding:
    """Nobody to ask what time it is, but for what was written before."""
    path, now = settings.data / FILE, now_ms()
    newest = _ask(path, "SELECT max(at) FROM passages") if path.is_file() else None
    facts: dict[str, Fact] = {"now": datetime.fromtimestamp(now // 1000, UTC).strftime("%Y-%m-%d %H:%M")}
    if isinstance(newest, int) and newest > now + CLOCK_MS:
        return Finding(Verdict.FAIL, "doctor-clock-wrong", facts)
    return Finding(Verdict.OK, "doctor-clock-ok", facts)


def _limits(settings: Settings) -> Finding:
    most = raise_open_files() - OWN_FILES
    facts: dict[str, Fact] = {"most": most}
    if most < FEW_CONNECTIONS:
        return Finding(Verdict.WARN, "doctor-limits-low", facts)
    return Finding(Verdict.OK, "doctor-limits-ok", facts)


def _mail(settings: Settings, host: str) -> Finding:
    """As far as a letter would come, without one."""
    facts: dict[str, Fact] = {"host": host, "port": str(settings.smtp_port)}
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, settings.smtp_port, timeout=MAIL_S, context=context)
            if settings.smtp_tls == "tls"
            else smtplib.SMTP(host, settings.smtp_port, timeout=MAIL_S)
        ) as server:
            if settings.smtp_tls == "starttls":
                server.starttls(context=context)
            if settings.smtp_user and settings.smtp_password:
                server.login(settings.smtp_user, settings.smtp_password)
            server.noop()
    except smtplib.SMTPAuthenticationError:
        return Finding(Verdict.FAIL, "doctor-mail-password", facts)
    except ssl.SSLError:
        return Finding(Verdict.FAIL, "doctor-mail-tls", facts)
    except (OSError, smtplib.SMTPException):
        return Finding(Verdict.FAIL, "doctor-mail-silent", facts)
    return Finding(Verdict.OK, "doctor-mail-ok", facts)


def _journal(settings: Settings) -> Iterator[Finding]:
    """J4: what `done` promises. The local journal syncs every commit."""
    if settings.redis_url is None:
        yield Finding(Verdict.OK, "doctor-journal-ok")
    else:
        yield from doctor_redis.examine(settings.redis_url)


def _transcripts(settings: Settings) -> Finding:
    if settings.keep_transcripts_days is None:
        return Finding(Verdict.OK, "doctor-transcripts-kept")
    return Finding(Verdict.OK, "doctor-transcripts-days", {"days": settings.keep_transcripts_days})


def _page(settings: Settings) -> Finding:
    if (pages.STATIC / "index.html").is_file():
        return Finding(Verdict.OK, "doctor-page-ok")
    return Finding(Verdict.WARN, "doctor-page-absent")


def _secrets(settings: Settings) -> Iterator[Finding]:
    """C7: a room whose secret is gone takes nothing any more that isn't named, and none is made anew. Told once for a
    session, with its rooms."""
    path = settings.data / FILE
    unlinkable = {kind.name for kind in kinds().values() if kind.unlinkable}
    rows = [row for row in _rows(path, _IN_OPEN_SESSIONS) if row[1] in unlinkable] if path.is_file() else []
    if rows:
        there = Secrets(settings.data) if (settings.data / FOLDER).is_dir() else None
        lost = [row for row in rows if there is None or not there.has(str(row[0]))]
        for (_, title), its in itertools.groupby(lost, key=lambda row: row[2:4]):
            named = ", ".join("Q&A" if kind == QNA else str(name) for _, kind, *_, name in its)
            yield Finding(Verdict.FAIL, "doctor-secret-gone", {"title": str(title), "rooms": named})
        if not lost:
            yield Finding(Verdict.OK, "doctor-secrets-ok")


_IN_OPEN_SESSIONS = """
    SELECT rooms.id, rooms.kind, sessions.id, sessions.title, rooms.title
    FROM rooms JOIN sessions ON sessions.id = rooms.session
    WHERE sessions.state = 'open' ORDER BY sessions.title, sessions.id, rooms.nth, rooms.title
"""


def _ask(path: Path, question: str) -> object:
    """The one value that a question is answered with; None: no answer."""
    rows = _rows(path, question)
    return rows[0][0] if rows else None


def _rows(path: Path, question: str) -> Sequence[tuple[object, ...]]:
    """What a question is answered with; nothing, when there is no answer."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=ANSWER_S)) as database:
            return database.execute(question).fetchall()
    except sqlite3.Error:
        return ()
