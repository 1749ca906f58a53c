"""What a passkey answers: random, for one browser, for one purpose, for five minutes. Asking for one writes nothing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, Signer
from msgspec import Struct
from starlette.requests import HTTPConnection
from starlette.responses import Response

LIFE_MS = 5 * 60 * 1000
BYTES = 32
PATH = "/api"


class Challenge(Struct, frozen=True):
    """`expires_at`: until when (ms) it must be remembered that it was answered."""

    value: bytes
    expires_at: int
    purpose: str


class Challenges:
    """The challenge goes to the browser twice: to the page, and signed in a cookie that the page cannot read. Only the
    browser with the cookie can answer it."""

    def __init__(self, secret: str, base_path: str = "") -> None:
        self._path = base_path + PATH
        self._secret = secret.encode()
        self._signer = Signer(secret, salt="kring.passkey", key_derivation="hmac", digest_method=hashlib.sha256)
        self.name = f"kring-{hmac.digest(self._secret, b'passkey', 'sha256').hex()[:8]}"

    def make(self, purpose: str, *, now: int) -> Challenge:
        """A new one. `purpose`: what it is for and, where that matters, for which sign-in."""
        return Challenge(secrets.token_bytes(BYTES), now + LIFE_MS, purpose)

    def give(self, response: Response, made: Challenge, *, secure: bool) -> None:
        told = f"{base64.urlsafe_b64encode(made.value).decode()}|{made.expires_at}|{made.purpose}"
        response.set_cookie(
            self.name,
            self._signer.sign(told).decode(),
            max_age=LIFE_MS // 1000,
            path=self._path,
            httponly=True,
            samesite="strict",
            secure=secure,
        )

    def of(self, connection: HTTPConnection, purpose: str, *, now: int) -> Challenge | None:
        """The one this browser was given for this purpose; None: none, or too long ago."""
        try:
            told = self._signer.unsign(connection.cookies.get(self.name, "")).decode()
            value, expires_at, meant = told.split("|")
            found = Challenge(base64.urlsafe_b64decode(value), int(expires_at), meant)
        except (BadSignature, UnicodeDecodeError, ValueError, binascii.Error):
            return None
        return found if found.purpose == purpose and now < found.expires_at else None

    def take_back(self, response: Response, *, secure: bool) -> None:
        response.delete_cookie(self.name, path=self._path, httponly=True, samesite="strict", secure=secure)

    def handle(self, person: str) -> bytes:
        """What devices call a person: always the same, and nothing can be read from it."""
        return hmac.digest(self._secret, b"passkey handle " + person.encode(), "sha256")
