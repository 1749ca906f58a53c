"""Rooms with one mechanism switched off: what a law says of them shows that the law rests on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from realtime.journal import Conflict, Entry, Position, Undecided
from tests.journal.adverse import Log


class AppendsAnywhere(Log):
    """Doesn't look at the position."""

    def append(self, body: bytes, on: Position, attempt: bytes) -> Position:
        return self.add(body, attempt)


class ForgetsAttempts(Log):
    """Takes a repeated attempt for another one's entry."""

    def append(self, body: bytes, on: Position, attempt: bytes) -> Position:
        return super().append(body, on, self._rng.randbytes(16))


class NumbersOnly(Log):
    """Compares numbers, not marks."""

    def after(self, on: Position) -> list[Entry] | None:
        return super().after(self._as_numbered(on))

    def append(self, body: bytes, on: Position, attempt: bytes) -> Position:
        return super().append(body, self._as_numbered(on), attempt)

    def _as_numbered(self, on: Position) -> Position:
        known = 0 < on.seq <= self.head.seq and on.seq >= self.first
        return self.entries[on.seq - self.first].position if known else Position(on.seq, b"")


class TellsTheLastOnly(Log):
    """Answers a conflict with the head's entry alone."""

    def after(self, on: Position) -> list[Entry] | None:
        missing = super().after(on)
        return missing[-1:] if missing else missing


class TrimsUndrained(Log):
    """Trims behind the checkpoint, whatever the database has."""

    def trim(self, tail: int) -> None:
        self.drained = self.head.seq
        super().trim(tail)


REFUSALS = (AssertionError, pytest.fail.Exception, Conflict, Undecided, TimeoutError)


async def fails(law: Awaitable[None]) -> bool:
    """The law's own assertions say no, or the journal refuses what the law is owed. Hanging is failing too."""
    try:
        async with asyncio.timeout(1):
            await law
    except REFUSALS:
        return True
    except BaseExceptionGroup as group:
        return group.split(REFUSALS)[1] is None
    return False
