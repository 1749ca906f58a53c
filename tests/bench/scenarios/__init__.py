"""Every module here is a scenario: it has TITLE and `run(bench)`, which gives the sections of the report it wrote."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from msgspec import Struct
from msgspec.structs import replace

from tests.bench.report import Section

Say = Callable[[str], None]


class Bench(Struct, frozen=True, kw_only=True):
    """What whoever runs it asked for. `pairs`: rounds in which a bar's two sides meet; `noise`: A/A pairs."""

    members: int = 1_000
    pairs: int = 5
    runs: int = 3
    noise: int = 3
    seconds: float = 5.0
    warm_up_s: float = 1.5
    alone: bool = False
    """Without peers: nothing is installed, and what is a ratio to one is not measured."""
    say: Say = print


def smoke_of(bench: Bench) -> Bench:
    """Small and short: enough to see that it works; the figures mean nothing."""
    return replace(bench, members=40, pairs=1, runs=1, noise=0, seconds=0.5, warm_up_s=0.2)


class Scenario(Protocol):
    TITLE: str

    def run(self, bench: Bench) -> Sequence[Section]: ...


def all_of_them() -> dict[str, Scenario]:
    """By the name of its file; `_` is typed as `-`."""
    return {
        found.name.replace("_", "-"): cast(Scenario, importlib.import_module(f"{__name__}.{found.name}"))
        for found in pkgutil.iter_modules(__path__)
    }
