"""Kinds with small limits, so that a short run of the machine reaches them: copies of the modules, loaded anew."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from functools import cache
from types import ModuleType

from rooms.kind import Kind, kinds
from tests.kinds import small

LIMITS: dict[str, dict[str, int]] = {"chat": {"WINDOW": 6, "KEPT": 3, "REACTORS": 2}}
"""kind → limits of its module, in a copy of it"""
COPIES = itertools.count(1)


@cache
def modules() -> dict[str, ModuleType]:
    """The kinds that rooms have, shortened, and the small one of these tests."""
    found = {name: importlib.import_module(f"rooms.kinds.{name}") for name in kinds()}
    return {**{name: shortened(module, **LIMITS.get(name, {})) for name, module in found.items()}, "small": small}


@cache
def every_kind() -> dict[str, Kind]:
    return {name: Kind(module) for name, module in modules().items()}


def shortened(module: ModuleType, **limits: int) -> ModuleType:
    """A copy of a kind's module, with other limits. Raises KeyError for a limit that it hasn't got."""
    name = module.__name__.rpartition(".")[2]
    # Each copy has a name of its own: annotations are looked up by it later, and must not find another copy's classes.
    spec = importlib.util.spec_from_file_location(f"short{next(COPIES)}.{name}", module.__file__)
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = copy
    spec.loader.exec_module(copy)
    for limit, value in limits.items():
        if not hasattr(copy, limit):
            raise KeyError(limit)
        setattr(copy, limit, value)
    return copy
