"""No text of the page's own escapes the catalogue: in a language of disguised letters, nothing is left undisguised."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, SelectExpression, TextElement

from persistence.nicknames import BIRDS
from tests.browser.board_tour import BoardTour
from tests.browser.desk_tour import DeskTour
from tests.browser.device import Device, chromium
from tests.browser.hall import Hall, hall
from tests.browser.harvest_tour import HarvestTour
from tests.browser.inside_tour import InsideTour
from tests.browser.library_tour import LibraryTour
from tests.browser.making_tour import MakingTour
from tests.browser.screen_tour import ScreenTour
from tests.browser.session_tour import SessionTour
from tests.browser.tour import Tour, garden
from tests.browser.words import PSEUDO
from web.catalogue import LOCALES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

# Everything that can be read, or heard: texts (a screen reader's own too), attributes, the title, generated content.
READ = """() => {
  const found = [["title", document.title]];
  const aria = ["label", "description", "roledescription", "valuetext"].map((name) => `aria-${name}`);
  const spoken = [...aria, "title", "placeholder", "alt"];
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.closest("script, style, noscript, svg, kbd, [lang=nl], [lang=en]:not(html)")) continue;
    if (!element.checkVisibility()) continue;
    for (const name of spoken) if (element.hasAttribute(name)) found.push([name, element.getAttribute(name)]);
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) found.push(["text", node.data.trim()]);
    for (const pseudo of ["::before", "::after"]) {
      const content = getComputedStyle(element, pseudo).content;
      if (content.startsWith('"')) found.push([pseudo, content]);
    }
  }
  return found;
}"""
A_KEY = re.compile(r" \([A-Z]\)$")
"""Behind what the key does."""
A_CODE = re.compile(r"\b[A-HJKMNP-Z2-9]{3} ?[A-HJKMNP-Z2-9]{3}\b|\b(?:[A-HJKMNP-Z2-9] ){5}[A-HJKMNP-Z2-9]\b")
"""Of a community or a session; spelled for a screen reader."""
A_DEVICE = re.compile(r"\bChrome, Linux\b")
ITS_CHAT = re.compile(r"\bChat\b")
"""What a server calls the chat of the community that it begins with."""
PLAIN_LETTERS = re.compile("[A-Za-z]")
AnyTour = Tour | SessionTour | DeskTour | BoardTour | ScreenTour | HarvestTour | LibraryTour | InsideTour | MakingTour
TOURS: dict[str, tuple[type[AnyTour], int]] = {
    "community": (Tour, 45),
    "session": (SessionTour, 28),
    "desk": (DeskTour, 16),
    "board": (BoardTour, 48),
    "screen": (ScreenTour, 12),
    "harvest": (HarvestTour, 26),
    "library": (LibraryTour, 36),
    "inside": (InsideTour, 18),
    "making": (MakingTour, 9),
}
"""And how many states each has at least."""
WALKS = [*((where, True) for where in TOURS), ("desk", False), ("screen", False)]
"""The others are walked at a desk by test_access, which looks at the same."""


async def undisguised(one: Device, kring: Hall, server_says: Sequence[re.Pattern[str]]) -> list[str]:
    """What is read with plain letters in it: codes, addresses, keys, the name Kring and the server's words left out."""
    ours = (f"{kring.base}/j/", f"{kring.base[7:]}/j/", kring.base[7:], "Kring")
    found: list[tuple[str, str]] = await one.page.evaluate(READ)
    wrong = []
    for where, text in found:
        left = A_CODE.sub("", A_KEY.sub("", text))
        for sentence in server_says:
            left = sentence.sub("", left)
        for known in ours:
            left = left.replace(known, "")
        if PLAIN_LETTERS.search(left):
            wrong.append(f"{where}: {text}")
    return wrong


@functools.cache
def sentences(lang: str = "en") -> Sequence[re.Pattern[str]]:
    """What the server itself says to people, which it knows no disguise for: its catalogue's sentences, nicknames."""
    birds = "|".join(bird.replace("-", " ") for bird in BIRDS[lang])
    resource = FluentParser().parse((LOCALES / lang / "errors.ftl").read_text(encoding="utf-8"))
    return [re.compile(f"\\b(?:{birds}) [0-9]{{2}}\\b")] + [
        re.compile(_pattern(entry.value))
        for entry in resource.body
        if isinstance(entry, Message) and entry.value is not None
    ]


def _pattern(value: Pattern) -> str:
    parts = []
    for element in value.elements:
        if isinstance(element, TextElement):
            parts.append(re.escape(element.value))
        elif isinstance(element.expression, SelectExpression):
            parts.append("(?:" + "|".join(_pattern(variant.value) for variant in element.expression.variants) + ")")
        else:
            parts.append("[^A-Za-z]+")  # a number, or people's words
    return "".join(parts)


@pytest.mark.parametrize(
    ("where", "phone"), WALKS, ids=[f"{where}-{'phone' if phone else 'desk'}" for where, phone in WALKS]
)
async def test_everything_on_every_page_is_from_the_catalogue(tmp_path: Path, where: str, phone: bool) -> None:
    wrong: dict[str, list[str]] = {}
    states = 0
    tour, least = TOURS[where]
    fresh = tour is MakingTour
    begin, said = (hall(tmp_path, begun=False), [ITS_CHAT]) if fresh else (garden(tmp_path), [A_DEVICE])
    async with begin as kring, chromium() as browser:
        async for state, one in tour(kring, browser, PSEUDO, phone).walk():
            states += 1
            if found := await undisguised(one, kring, [*sentences(), *said]):
                wrong[state] = found
    assert wrong == {}
    assert states >= least


PLANTED = {
    "text": "() => document.querySelector('main').append('Not translated')",
    "aria-label": "() => document.querySelector('main button').setAttribute('aria-label', 'Not translated')",
    "title": "() => { document.title = 'Not translated' }",
    "placeholder": "() => document.querySelector('main input').setAttribute('placeholder', 'Not translated')",
    "::after": "() => document.styleSheets[0].insertRule('main::after { content: \"Not translated\" }', 0)",
}


@pytest.mark.parametrize("where", PLANTED)
async def test_what_is_not_would_be_found(tmp_path: Path, where: str) -> None:
    """The controls: a sentence of no catalogue is found wherever it stands."""
    async with garden(tmp_path) as kring, chromium() as browser:
        async for _, one in Tour(kring, browser, PSEUDO, True).walk():
            assert await undisguised(one, kring, sentences()) == []
            await one.page.evaluate(PLANTED[where])
            assert [found.partition(": ")[0] for found in await undisguised(one, kring, sentences())] == [where]
            break
