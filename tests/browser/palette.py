"""Pictures of screens with few colours. Surfaces keep theirs exactly; only the edges of letters are moved a little."""

from __future__ import annotations

import io
from collections import Counter
from itertools import chain
from struct import iter_unpack

from PIL import Image

COLOURS = 256
EXACT = 200
"""So many of the most frequent colours stay as they are; the others share what is left of the palette."""

Colour = tuple[int, ...]


def reduced(picture: bytes) -> bytes:
    """A PNG with a palette, made of any PNG."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    pixels: list[Colour] = list(iter_unpack("BBB", image.tobytes()))
    colours = [colour for colour, _ in Counter(pixels).most_common()]
    palette = colours[:EXACT] + _representing(colours[EXACT:], COLOURS - EXACT)
    nearest = {colour: _nearest(colour, palette) for colour in colours}
    made = Image.frombytes("P", image.size, bytes(nearest[pixel] for pixel in pixels))
    made.putpalette(list(chain.from_iterable(palette)))
    written = io.BytesIO()
    made.save(written, "PNG", optimize=True)
    return written.getvalue()


def _representing(colours: list[Colour], most: int) -> list[Colour]:
    if not colours:
        return []
    each_once = Image.frombytes("RGB", (len(colours), 1), bytes(chain.from_iterable(colours)))
    levels = each_once.quantize(most, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    return [tuple(levels[nth : nth + 3]) for nth in range(0, min(len(levels), 3 * most), 3)]


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    return min(range(len(palette)), key=lambda nth: _apart(colour, palette[nth]))


def _apart(one: Colour, other: Colour) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
