"""Randomness with a meaning: ids, tokens and join codes."""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata

CODE_LENGTH = 6
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without 0 and O, 1, I and L, which people mistake for each other."""

HYPHENS = "-‐‑–—_."


def new_id() -> str:
    """80 random bits as 16 lower-case characters."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def new_token() -> str:
    """What a cookie or a link holds; only its hash is stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """A token is long and random, so a plain hash does."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """The code somebody typed: case, spaces and hyphens don't matter; None: it cannot be one."""
    text = "".join(c for c in unicodedata.normalize("NFKC", typed[:80]).upper() if not c.isspace() and c not in HYPHENS)
    return text if len(text) == CODE_LENGTH and set(text) <= set(CODE_ALPHABET) else None
