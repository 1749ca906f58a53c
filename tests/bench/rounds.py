"""Runs in turn, so that what the machine is doing meanwhile falls on everybody alike; and ratios of neighbours."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from tests.bench.contestants import Contestant

R = TypeVar("R", bound=Struct)


class Runs(Struct, Generic[R]):
    """What each contestant came to, by round; a contestant that sat a round out has None there."""

    of: dict[str, list[R | None]]

    def results(self, name: str) -> list[R]:
        return [run for run in self.of.get(name, []) if run is not None]

    def median(self, name: str, figure: Callable[[R], float]) -> float:
        return statistics.median(map(figure, self.results(name)))

    def ratios(self, name: str, other: str, figure: Callable[[R], float]) -> list[float]:
        """`figure` of one divided by that of the other, for each round in which both ran."""
        pairs = zip(self.of.get(name, []), self.of.get(other, []), strict=False)
        return [figure(a) / figure(b) for a, b in pairs if a is not None and b is not None]


class Place(Struct, frozen=True):
    """A contestant, in the first so many rounds. `label`: where the same one runs twice (A/A)."""

    contestant: Contestant
    rounds: int
    label: str = ""

    @property
    def name(self) -> str:
        return self.label or self.contestant.name


def alternate(places: Sequence[Place], measure: Callable[[Contestant], R], say: Callable[[str, R], None]) -> Runs[R]:
    """Round after round, everybody once, in the order given; `say` is told each result as it comes."""
    runs: Runs[R] = Runs({place.name: [] for place in places})
    for number in range(max(place.rounds for place in places)):
        for place in places:
            result = measure(place.contestant) if number < place.rounds else None
            runs.of[place.name].append(result)
            if result is not None:
                say(place.name, result)
    return runs


class Bar(Struct, frozen=True, kw_only=True):
    """What the product must reach: each pair's ratio on the right side of `bound`.

    With a `unit` of its own it is about figures of single runs. `noise`: what pairs of Kring and itself came to, where
    a machine may be too noisy to tell.
    """

    says: str
    ratios: Sequence[float]
    bound: float
    at_least: bool
    unit: str = "×"
    noise: Sequence[float] = ()

    @property
    def verdict(self) -> str:
        """`not resolvable here`: the server is as far from itself as from the bar."""
        if self.cleared:
            return "cleared"
        margin = max(self.median / self.bound, self.bound / self.median) if self.ratios else 0.0
        spread = max((max(ratio, 1 / ratio) for ratio in self.noise), default=1.0)
        return "not resolvable here" if spread > margin > 0 else "not cleared"

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def cleared(self) -> bool:
        """By the median, and by all pairs but one at most."""
        return bool(self.ratios) and self._right(self.median) and sum(not self._right(r) for r in self.ratios) <= 1

    def _right(self, ratio: float) -> bool:
        return ratio >= self.bound if self.at_least else ratio <= self.bound
