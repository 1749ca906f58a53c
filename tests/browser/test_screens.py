"""The pictures in docs/ are all there, and small enough to live in git."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.browser.device import DESK, PHONE
from tests.browser.screens import FOLDER, names

MOST_BYTES = 3_000_000
PALETTE = 3


def header(path: Path) -> tuple[int, int, int]:
    """Width, height and colour type of a PNG."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, _, kind = struct.unpack(">IIBB", data[16:26])
    return width, height, kind


def test_every_screen_has_its_picture() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.png")) == sorted(names())
    assert len(names()) == 56


def test_the_pictures_are_of_those_sizes_and_have_a_palette() -> None:
    for name in names():
        width, height, kind = header(FOLDER / name)
        size = PHONE if f"-{PHONE['width']}-" in name else DESK
        assert width * size["height"] == height * size["width"], name
        assert width >= size["width"], name
        assert kind == PALETTE, name


def test_together_they_are_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in names()) < MOST_BYTES
