"""What the desk offers is what the room allows: the page's table of acts against the server's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rooms.kinds.qna.deciding import LEAVES
from rooms.kinds.qna.model import Status
from web.catalogue import LOCALES

DESK = LOCALES.parent / "client" / "src" / "desk"
ROW = re.compile(r'name: "(\w+)", key: "\w+", .*tag: "qna\.(\w+)", from: (\[.*?\]|LIVE|ANY)')
COPY = re.compile(r'^  "qna\.(\w+)": \[(.*)\],$', re.MULTILINE)
LEAVING = {re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower(): found for command, found in LEAVES.items()}
"""As on the wire: `follow_up`."""


def statuses(listed: str) -> frozenset[Status]:
    return frozenset(Status(name) for name in re.findall(r'"(\w+)"', listed))


def rows(source: Path) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = ROW.findall(source.read_text(encoding="utf-8"))
    return found


def refused(table: list[tuple[str, str, str]]) -> list[str]:
    """Acts that the page would offer and the room refuse."""
    return [name for name, tag, listed in table if tag in LEAVING and not statuses(listed) <= LEAVING[tag]]


def test_no_act_is_offered_that_would_be_refused() -> None:
    table = rows(DESK / "acts.ts")
    assert len(table) == 19
    assert {tag for _, tag, _ in table} >= set(LEAVING)
    assert refused(table) == []
    assert refused([("approve", "approve", '["review", "open"]')]) == ["approve"]  # the control


@pytest.mark.parametrize("tag", sorted(LEAVING))
def test_every_way_that_the_room_allows_is_offered(tag: str) -> None:
    """But what changes nothing: an open question is not opened."""
    offered = frozenset[Status]().union(*(statuses(listed) for _, of, listed in rows(DESK / "acts.ts") if of == tag))
    assert offered == LEAVING[tag]


def test_the_ways_back_are_tried_on_what_the_room_allows() -> None:
    copied = dict(COPY.findall((DESK / "desk.test.ts").read_text(encoding="utf-8")))
    assert {tag: statuses(listed) for tag, listed in copied.items()} == LEAVING
