"""The pure core is pure: it imports nothing that knows a clock, a die, a machine or the order of a hash table."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
REALTIME = ("audience", "awareness", "batch", "draft", "journal/__init__", "presence", "projection", "wire")
PURE = sorted(CHECKOUT.glob("rooms/**/*.py")) + [CHECKOUT / "realtime" / f"{name}.py" for name in REALTIME]

STANDARD = {"__future__", "collections", "enum", "functools", "hashlib", "math", "re", "typing", "unicodedata"}
OURS = {"msgspec", "rooms", *(f"realtime.{name.partition('/')[0]}" for name in REALTIME)}
FINDS_KINDS = {"importlib", "pkgutil", "types"}
"""Only the registry of kinds may look for modules."""

IMPURE_CALLS = {"open", "input", "print", "eval", "exec", "compile", "__import__", "hash", "breakpoint"}
"""`hash` of text is another number in every process."""


def imported(tree: ast.Module) -> set[str]:
    """Dotted names of modules; of `from a import b` it is `a`, unless `a` is one of the two packages themselves."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            bare = node.module in ("realtime", None)
            names |= {f"realtime.{alias.name}" for alias in node.names} if bare else {str(node.module)}
    return names


def impurities(source: str, registry: bool = False) -> list[str]:
    tree = ast.parse(source)
    allowed = STANDARD | OURS | (FINDS_KINDS if registry else set())
    wrong = [name for name in imported(tree) if not {name, name.partition(".")[0]} & allowed]
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(wrong) + [call.id for call in calls if isinstance(call, ast.Name) and call.id in IMPURE_CALLS]


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_pure(path: Path) -> None:
    assert impurities(path.read_text(), registry=path.name == "kind.py") == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from datetime import datetime",
        "import random",
        "import realtime.hub",
        "from realtime import hub",
        "from realtime.journal.local import LocalJournal",
        "import asyncio.locks",
        "def f():\n    import os",
        "x = hash('a')",
        "import importlib",
    ],
)
def test_what_is_impure_is_found(source: str) -> None:
    assert impurities(source) != []
