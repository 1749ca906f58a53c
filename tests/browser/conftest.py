"""A test that says where it looks with axe has looked there when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.everywhere import looked_at, missed


@pytest.fixture(autouse=True)
def looks_where_it_says(request: pytest.FixtureRequest) -> Iterator[None]:
    looked_at.clear()
    yield
    node = request.node
    assert isinstance(node, pytest.Function)
    where = node.callspec.params.get("where") if hasattr(node, "callspec") else None
    name = f"{Path(node.path).stem}::{node.originalname}" + (f"[{where}]" if isinstance(where, str) else "")
    assert missed(name) == set()
