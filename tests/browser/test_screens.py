"""The pictures in docs/ are all there, and small enough to live in git."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.browser import board_screens, harvest_screens, library_screens, screens, session_screens
from tests.browser.device import DESK, PHONE
from tests.browser.screens import FOLDER
from tests.browser.session_screens import HALL

NAMES = [
    *(*screens.names(), *session_screens.names(), *board_screens.names()),
    *(*harvest_screens.names(), *library_screens.names()),
]
SIZES = (PHONE, DESK, HALL)
MOST_BYTES, OF_BOARDS = 7_700_000, 1_200_000
PALETTE = 3


def header(path: Path) -> tuple[int, int, int]:
    """Width, height and colour type of a PNG."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, _, kind = struct.unpack(">IIBB", data[16:26])
    return width, height, kind


def test_every_screen_has_its_picture() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.png")) == sorted(NAMES)
    assert len(NAMES) == 56 + 36 + 20 + 20 + 12


def test_the_pictures_are_of_those_sizes_and_have_a_palette() -> None:
    for name in NAMES:
        width, height, kind = header(FOLDER / name)
        (size,) = (size for size in SIZES if f"-{size['width']}-" in name)
        assert width * size["height"] == height * size["width"], name
        assert width >= size["width"], name
        assert kind == PALETTE, name


def test_together_they_are_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in NAMES) < MOST_BYTES
    assert sum((FOLDER / name).stat().st_size for name in board_screens.names()) < OF_BOARDS
