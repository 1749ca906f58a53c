"""How often somebody may guess: only *wrong* codes and links count, per client address, in bounded memory.

A hall of a thousand people behind one address joins without being held up; a guesser has a few tries a minute.
"""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Sequence

from web.settings import Network

BURST = 60
"""Wrong guesses that an address may make at once: a hall behind one address mistypes now and then."""
REFILL_S = 3.0
"""Seconds after which it may make another. There are 31 ** 6 codes: at this pace, 84 years of guessing."""
ADDRESSES = 10_000


class WrongGuesses:
    """A bucket of guesses per address; `now` is a monotonic clock in seconds.

    Once an address has guessed itself empty, every answer to it is `limited`, right or wrong: else guessing would pay.
    """

    def __init__(self, burst: int = BURST, refill_s: float = REFILL_S, most: int = ADDRESSES) -> None:
        self._burst, self._refill_s, self._most = burst, refill_s, most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, address: str, now: float) -> int:
        """Seconds before this address may try again; 0: now."""
        full_at = self._full_at.get(_network(address), 0.0)
        over = full_at - now - (self._burst - 1) * self._refill_s
        return max(0, math.ceil(over))

    def wrong(self, address: str, now: float) -> None:
        """Count a wrong guess."""
        key = _network(address)
        self._full_at[key] = max(self._full_at.pop(key, 0.0), now) + self._refill_s
        self._forget(now)

    def __len__(self) -> int:
        return len(self._full_at)

    def _forget(self, now: float) -> None:
        """Let go of addresses whose bucket is full again, and of the longest unseen beyond the bound."""
        while self._full_at:
            oldest = next(iter(self._full_at))
            if self._full_at[oldest] > now and len(self._full_at) <= self._most:
                return
            del self._full_at[oldest]


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Whose request it is: the last address in `X-Forwarded-For` (its values, in order) that no trusted proxy wrote.

    A header that did not come through a trusted proxy says nothing.
    """
    hops = [hop.strip() for value in forwarded for hop in value.split(",") if hop.strip()]
    address = peer
    while hops and is_in(address, trusted):
        address = hops.pop()
    return address


def is_in(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies nowhere."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    known = known.ipv4_mapped or known if known.version == 6 else known
    return any(known in network for network in networks)


def _network(address: str) -> str:
    """IPv6 gives one household more addresses than anybody can count: all of a /64 are one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if known.version == 4:
        return str(known)
    return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False).network_address)
