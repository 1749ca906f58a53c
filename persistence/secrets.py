"""The secret of a room: what a person's second id there is made with, and what closing destroys (C7).

A file per room, alone in a directory of their own: never in the database, the journal, a backup or a log. Made once,
with its room, and never anew: a room whose secret is gone takes nothing any more that isn't named.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from rooms.model import ActorId

FOLDER = "secrets"
BYTES = 32
ID_LENGTH = 16


class Secrets:
    """Those of one data directory. Small and synchronous; making and destroying wait for the disk."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def make(self, room: str) -> None:
        """On the disk before this returns, whole. Raises FileExistsError: a room has one, once."""
        draft = self._folder / f"{room}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self._folder / room)
        finally:
            draft.unlink()
            self._sync()

    def has(self, room: str) -> bool:
        return self._of(room) is not None

    def second(self, room: str, person: str) -> ActorId | None:
        """A person's second id in a room; None: its secret is gone."""
        secret = self._of(room)
        if secret is None:
            return None
        digest = hmac.digest(secret, person.encode(), hashlib.sha256)
        return ActorId(base64.b32encode(digest).decode().lower()[:ID_LENGTH])

    def destroy(self, room: str) -> None:
        """Overwritten, unlinked, and gone from the disk before this returns. Nothing, when it is gone already."""
        path = self._folder / room
        try:
            with path.open("r+b") as file:
                file.write(bytes(BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            pass
        self._sync()

    def sweep(self, known: Collection[str], *, made_before_s: float) -> None:
        """Destroy those of rooms that never came to be, because the server was killed while it made them.

        `made_before_s` (since the epoch): a younger one may be of a room that another server is about to make.
        """
        for path in self._folder.iterdir():
            if path.name not in known and _made_at_s(path) < made_before_s:
                self.destroy(path.name)

    def _of(self, room: str) -> bytes | None:
        try:
            found = (self._folder / room).read_bytes()
        except FileNotFoundError:
            return None
        return found if len(found) == BYTES and any(found) else None

    def _sync(self) -> None:
        """A name is not gone from the disk, or on it, before its directory is."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _made_at_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another server was first
        return math.inf
