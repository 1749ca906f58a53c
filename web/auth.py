"""Who a request is from: the sign-in cookie, and whether a page of ours sent it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from persistence import sign_ins
from web.limits import client_address, is_in
from web.settings import Settings

COOKIE_S = sign_ins.LASTS_DAYS * 24 * 3600
SECRET_FILE = "secret"


class Cookies:
    """The sign-in cookie: a random token, signed, so that a forged one costs no look at the database.

    Its name differs per secret: two Kring servers on one host, at different ports, share cookies but not sign-ins.
    Over https it begins with `__Host-`, and no other counts there: what runs beside us can't sign anybody in. Below a
    base path it is sent below that only, which `__Host-` doesn't allow: there it begins with `__Secure-`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = settings.base_path or "/"
        secret = secret_of(settings)
        self._signer = Signer(secret, salt="kring.sign-in", key_derivation="hmac", digest_method=hashlib.sha256)
        self._name = f"kring-{hmac.digest(secret.encode(), b'cookie', 'sha256').hex()[:8]}"

    def token(self, connection: HTTPConnection) -> str | None:
        """The sign-in token that a request carries; None: none, or one that was not made here."""
        try:
            return self._signer.unsign(connection.cookies.get(self.name(connection), "")).decode()
        except (BadSignature, UnicodeDecodeError):
            return None

    def name(self, connection: HTTPConnection) -> str:
        if not is_secure(connection, self._settings):
            return self._name
        return f"__Secure-{self._name}" if self._settings.base_path else f"__Host-{self._name}"

    def give(self, connection: HTTPConnection, response: Response, token: str) -> None:
        value, secure = self._signer.sign(token).decode(), is_secure(connection, self._settings)
        response.set_cookie(
            self.name(connection),
            value,
            max_age=COOKIE_S,
            path=self._path,
            httponly=True,
            samesite="lax",
            secure=secure,
        )

    def take_back(self, connection: HTTPConnection, response: Response) -> None:
        secure = is_secure(connection, self._settings)
        response.delete_cookie(self.name(connection), path=self._path, httponly=True, samesite="lax", secure=secure)


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token in the Authorization header; None: there is none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


class Origin(Enum):
    """What a browser says about the page that sent a request."""

    OWN = "own"
    FOREIGN = "foreign"
    ABSENT = "absent"


def origin_of(connection: HTTPConnection, settings: Settings) -> Origin:
    """OWN: that of the configured base URL; where none is configured, the host that the request itself went to."""
    given = connection.headers.get("origin")
    if given is None:
        return Origin.ABSENT
    if settings.base_url is not None:
        return Origin.OWN if given == settings.origin else Origin.FOREIGN
    scheme, _, host = given.partition("://")
    own = scheme in ("http", "https") and host != "" and host == connection.headers.get("host")
    return Origin.OWN if own else Origin.FOREIGN


def host_is_right(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether the request went to the configured base URL; any host does where none is configured."""
    if settings.base_url is None:
        return True
    return connection.headers.get("host", "").lower() == urlsplit(settings.base_url).netloc


def address_of(connection: HTTPConnection, settings: Settings) -> str:
    """The client's address, for counting wrong guesses; never kept or logged."""
    peer = connection.client.host if connection.client else ""
    return client_address(peer, connection.headers.getlist("x-forwarded-for"), settings.trusted_proxies)


def is_secure(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether the client came by https: to us, or to a trusted proxy that says so."""
    if settings.secure or connection.url.scheme in ("https", "wss"):
        return True
    peer = connection.client.host if connection.client else ""
    proto = connection.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip()
    return proto == "https" and is_in(peer, settings.trusted_proxies)


def secret_of(settings: Settings) -> str:
    """The configured secret, or the one in the data directory, made there when it is missing (mode 0600)."""
    if settings.secret is not None:
        return settings.secret
    path = settings.data / SECRET_FILE
    if not path.exists():
        _write_secret(path)
    return path.read_text(encoding="ascii").strip()


def _write_secret(path: Path) -> None:
    """Whole or not at all; of two who make it at once, the first counts for both."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
