"""Command keys (C1): they cannot be forged, and link nobody to anything."""

from __future__ import annotations

import functools
import hashlib
import hmac

from rooms.model import ActorId, CommandKey, Timer

KEY_BYTES = 10
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
"""Ten bits in base32."""
_SHIFTS = range(8 * KEY_BYTES - 10, -1, -10)


def command_key(room_key: bytes, actor: ActorId, command_id: str) -> CommandKey:
    """First 80 bits of HMAC(room key, actor ‖ command id), in lower-case base32."""
    return _key(room_key, f"{actor}\x00{command_id}")


def timer_key(room_key: bytes, timer: Timer) -> CommandKey:
    """The same in every process, so that a timer's command counts once (C8)."""
    return _key(room_key, f"\x00timer\x00{timer.record}\x00{timer.at}")


def _key(room_key: bytes, text: str) -> CommandKey:
    """`hmac.digest` would let go of the interpreter for each command, and wait for it behind the databases' threads."""
    keyed = _begun(room_key).copy()
    keyed.update(text.encode())
    bits = int.from_bytes(keyed.digest()[:KEY_BYTES], "big")
    return CommandKey("".join([_PAIRS[bits >> shift & 1023] for shift in _SHIFTS]))


@functools.lru_cache(maxsize=1_024)
def _begun(room_key: bytes) -> hmac.HMAC:
    """With the key taken in: what is the same for every command of a room."""
    return hmac.new(room_key, digestmod=hashlib.sha256)
