"""What whoever runs Kring may set, read from the environment: `KRING_*`, `REDIS_URL`, `DATABASE_URL` and `PORT`.

Nothing is guessed: an unknown `KRING_*` or a value that makes no sense is refused with a sentence.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from rooms.model import Fact

LANGUAGES = ("nl", "en")
PREFIX = "KRING_"
LOG_LEVELS = ("debug", "info", "warning", "error")
SECRET_LENGTH = 32
TOKEN_LENGTH = 16
MOST_GRACE_S = 3_600
MOST_KEEP_DAYS = 36_500
SMTP_TLS = ("starttls", "tls", "none")

BASE_PATH = re.compile(r"(?:/(?!\.)[A-Za-z0-9._~-]+)*")
"""What nobody writes in two ways: no escapes, no dots to climb by, nothing empty."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

OF_OTHERS = frozenset({"KRING_PYTHON", "KRING_CHROMIUM", "KRING_REQUIRE_CONVERSATIONS"})
"""Names that the Makefile and the tests read, and the server does not."""

NOT_YET = ("DATABASE_URL",)
"""Refused as long as the database is a file."""


class Settings(Struct, frozen=True, kw_only=True):
    """How this Kring is run. `base_url` has no slash at its end. The secret ones never enter a log."""

    data: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str | None = None
    secret: str | None = None
    lang: str = "en"
    trusted_proxies: tuple[Network, ...] = ()
    metrics_token: str | None = None
    log: str = "info"
    conversations: Path | None = None
    grace_s: int = 60
    """How long closing a session can be taken back; 0: it can't."""
    keep_transcripts_days: int | None = None
    """How long what was said in a session is kept once it is closed; None: for ever."""
    smtp_host: str | None = None
    """The server that mail goes out by; none: Kring sends no mail, and what needs it isn't offered."""
    smtp_port: int = 587
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_from: str | None = None
    smtp_tls: str = "starttls"
    redis_url: str | None = None
    """The Redis or Valkey through which servers share their rooms, maybe with its password; none: one server, alone."""

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def secure(self) -> bool:
        """Whether people reach Kring by https, as far as the settings know."""
        return self.base_url is not None and self.base_url.startswith("https://")

    @property
    def origin(self) -> str | None:
        """What browsers call pages of ours; None: that depends on how they came."""
        return None if self.base_url is None else "/".join(self.base_url.split("/", 3)[:3])

    @property
    def base_path(self) -> str:
        """What every address of ours begins with: empty, or a path such as /kring."""
        return urlsplit(self.base_url or "").path


class BadSetting(Exception):
    """A setting that cannot be meant so. `code` names the sentence (`setting-…` in the catalogue), `facts` its facts.

    The facts name the setting, and show its value only where that is no secret.
    """

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(f"{code}: {facts.get('name')}")
        self.code = code
        self.facts = facts


def read(environ: Mapping[str, str]) -> Settings:
    """The settings that `environ` asks for; an empty value counts as not set. Raises BadSetting."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    for name in NOT_YET:
        if name in given:
            raise BadSetting("not-yet", name=name)
    for name in given:
        if name.startswith(PREFIX) and name not in READERS and name not in OF_OTHERS:
            raise _unknown(name)
    found: dict[str, Any] = {"lang": language(environ)}
    found |= {field: reader(name, given[name]) for name, (field, reader) in READERS.items() if name in given}
    settings = Settings(**found)
    _check_mail(settings, given)
    return settings


def _check_mail(settings: Settings, given: Mapping[str, str]) -> None:
    """Raises BadSetting. A link in a mail must not follow whatever Host a request names: it needs the base URL."""
    of_mail = [name for name in given if name.startswith("KRING_SMTP_")]
    if not of_mail:
        return
    needed = ["KRING_SMTP_HOST", "KRING_SMTP_FROM", "KRING_BASE_URL"]
    if {"KRING_SMTP_USER", "KRING_SMTP_PASSWORD"} & given.keys():
        needed += ["KRING_SMTP_USER", "KRING_SMTP_PASSWORD"]
    for name in needed:
        if name not in given:
            raise BadSetting("lacks", name=of_mail[0], lacks=name)
    if settings.smtp_tls == "none" and settings.smtp_password is not None:
        raise BadSetting("smtp-plain", name="KRING_SMTP_TLS")


def language(environ: Mapping[str, str]) -> str:
    """The language of the terminal: `KRING_LANG`, else what the system's own variables say; English when they don't."""
    for name in ("KRING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = environ.get(name, "").strip()[:2].lower()
        if asked in LANGUAGES:
            return asked
        if asked and name != "KRING_LANG":
            break
    return "en"


def _unknown(name: str) -> BadSetting:
    tails = {known.removeprefix(PREFIX): known for known in READERS if known.startswith(PREFIX)}
    close = difflib.get_close_matches(name.removeprefix(PREFIX), tails, n=1)
    if close:
        return BadSetting("unknown-close", name=name, close=tails[close[0]])
    return BadSetting("unknown", name=name)


def _path(name: str, value: str) -> Path:
    return Path(value).expanduser()


def _host(name: str, value: str) -> str:
    if any(c.isspace() or c in "/?#@" for c in value):
        raise BadSetting("host", name=name, value=value)
    return value.removeprefix("[").removesuffix("]")


def _port(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 <= int(value) <= 65_535:
        raise BadSetting("port", name=name, value=value)
    return int(value)


def _seconds(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > MOST_GRACE_S:
        raise BadSetting("seconds", name=name, value=value, most=MOST_GRACE_S)
    return int(value)


def _days(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= MOST_KEEP_DAYS:
        raise BadSetting("days", name=name, value=value, most=MOST_KEEP_DAYS)
    return int(value)


def _redis_url(name: str, value: str) -> str:
    """Its value is never shown: it may hold a password."""
    try:
        parts = urlsplit(value)
        plain = parts.port is None or parts.port > 0
    except ValueError:
        raise BadSetting("redis-url", name=name) from None
    known = (parts.scheme in ("redis", "rediss") and parts.hostname) or (parts.scheme == "unix" and parts.path)
    if not known or not plain:
        raise BadSetting("redis-url", name=name)
    return value


def _base_url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        plain = parts.hostname is not None and (parts.port is None or parts.port > 0)
    except ValueError:
        raise BadSetting("base-url", name=name, value=value) from None
    path = parts.path.rstrip("/")
    extra = not BASE_PATH.fullmatch(path) or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or not plain or extra:
        raise BadSetting("base-url", name=name, value=value)
    port = "" if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}{path}"


def _password(name: str, value: str) -> str:
    return value


def _mail_address(name: str, value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not (local and at and domain) or not value.isascii() or any(c.isspace() or c in "<>,;" for c in value):
        raise BadSetting("mail-address", name=name, value=value)
    return value


def _secret(name: str, value: str) -> str:
    if len(value) < SECRET_LENGTH:
        raise BadSetting("too-short", name=name, least=SECRET_LENGTH)
    return value


def _token(name: str, value: str) -> str:
    if len(value) < TOKEN_LENGTH:
        raise BadSetting("too-short", name=name, least=TOKEN_LENGTH)
    return value


def _one_of(*known: str) -> Reader:
    def reader(name: str, value: str) -> str:
        if value.lower() not in known:
            raise BadSetting("one-of", name=name, value=value, known=", ".join(known))
        return value.lower()

    return reader


def _networks(name: str, value: str) -> tuple[Network, ...]:
    networks = []
    for part in value.replace(",", " ").split():
        try:
            networks.append(ipaddress.ip_network(part))
        except ValueError:
            raise BadSetting("network", name=name, value=part) from None
    return tuple(networks)


Reader = Callable[[str, str], "Path | str | int | tuple[Network, ...]"]

READERS: Mapping[str, tuple[str, Reader]] = {
    "KRING_DATA": ("data", _path),
    "KRING_HOST": ("host", _host),
    "PORT": ("port", _port),
    "KRING_BASE_URL": ("base_url", _base_url),
    "KRING_SECRET": ("secret", _secret),
    "KRING_LANG": ("lang", _one_of(*LANGUAGES)),
    "KRING_TRUSTED_PROXIES": ("trusted_proxies", _networks),
    "KRING_METRICS_TOKEN": ("metrics_token", _token),
    "KRING_LOG": ("log", _one_of(*LOG_LEVELS)),
    "KRING_GRACE_S": ("grace_s", _seconds),
    "KRING_KEEP_TRANSCRIPTS_DAYS": ("keep_transcripts_days", _days),
    "KRING_SMTP_HOST": ("smtp_host", _host),
    "KRING_SMTP_PORT": ("smtp_port", _port),
    "KRING_SMTP_USER": ("smtp_user", _password),
    "KRING_SMTP_PASSWORD": ("smtp_password", _password),
    "KRING_SMTP_FROM": ("smtp_from", _mail_address),
    "KRING_SMTP_TLS": ("smtp_tls", _one_of(*SMTP_TLS)),
    "KRING_CONVERSATIONS": ("conversations", _path),
    "REDIS_URL": ("redis_url", _redis_url),
}
"""name in the environment → field of Settings, and what reads it"""
