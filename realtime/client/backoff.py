"""How long to wait before connecting again: full jitter, so that a whole hall doesn't come back at once."""

from __future__ import annotations

from collections.abc import Callable

BASE_S = 0.25
CAP_S = 4.0
"""The longest wait in the first minute."""
LATER_CAP_S = 30.0
FIRST_S = 60.0


class Backoff:
    """Waits drawn evenly between nothing and a bound that doubles with every try.

    `random`: [0, 1); `clock`: seconds.
    """

    def __init__(self, random: Callable[[], float], clock: Callable[[], float]) -> None:
        self._random = random
        self._clock = clock
        self._tries = 0
        self._began: float | None = None

    def wait_s(self) -> float:
        """The wait before the next try."""
        now = self._clock()
        if self._began is None:
            self._began = now
        cap = CAP_S if now - self._began < FIRST_S else LATER_CAP_S
        bound = min(cap, BASE_S * (1 << min(self._tries, 10)))
        self._tries += 1
        return self._random() * bound

    def reset(self) -> None:
        """It worked: the next trouble is a new one."""
        self._tries, self._began = 0, None
