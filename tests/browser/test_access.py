"""axe finds nothing against WCAG 2.2 AA in any state of any page, light and dark, small and wide.

In Dutch by every rule; in English by those that other words can break, and whether all of it fits a narrow screen. The
English is in disguise there, as in test_translated, so that one walk also tells whether all of it is of the catalogue.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import ViewportSize

from tests.browser.board_tour import BoardTour
from tests.browser.device import DESK, PHONE, Device, chromium
from tests.browser.everywhere import look
from tests.browser.hall import Line
from tests.browser.harvest_tour import HarvestTour
from tests.browser.library_tour import LibraryTour
from tests.browser.session_tour import SessionTour
from tests.browser.test_translated import sentences, undisguised
from tests.browser.tour import DAY, Tour, garden
from tests.browser.words import PSEUDO
from web.conversations import Says, parse
from web.conversations.synthetic import synthetic_day

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, object] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
OF_WORDS = [
    *("html-has-lang", "html-lang-valid", "valid-lang", "document-title", "empty-heading", "label", "summary-name"),
    *("button-name", "link-name", "input-button-name", "select-name", "image-alt", "svg-img-alt", "role-img-alt"),
    *("aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-progressbar-name", "aria-meter-name"),
    *("aria-toggle-field-name", "aria-tooltip-name"),
]
"""What a language can break: which one it is, and what things are called."""
WORDS: dict[str, object] = {"runOnly": {"type": "rule", "values": OF_WORDS}, "resultTypes": ["violations"]}
STATES_AT_LEAST = {"community": 45, "session": 28, "board": 48, "harvest": 26, "library": 36}
NARROW = ViewportSize(width=320, height=640)
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
BEYOND = """() => {
  const wide = [document.documentElement, ...document.querySelectorAll("main, dialog[open], .log, aside, search")]
    .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1);
  return wide.map((box) => `${box.tagName}.${box.className}: ${box.scrollWidth} > ${box.clientWidth}`);
}"""


def help_channel(messages: int = 60, speakers: int = 8) -> Sequence[Line]:
    """A made-up day of a help channel, with everything odd that people send; and what the tour looks for."""
    recording = parse(synthetic_day(messages, speakers))
    said = [(f"Deelnemer {act.speaker}", act.text) for act in recording.acts if isinstance(act, Says)]
    return [*said, *DAY[:30]]


async def violations(one: Device, options: dict[str, object] = OPTIONS) -> list[str]:
    """What axe says is wrong, as `rule: where`."""
    if not await one.page.evaluate("'axe' in window"):  # a page that was loaded anew has it no more
        await one.page.evaluate(AXE_SCRIPT)
    found = await Axe("").run(one.page, options=options)
    look(one.page.url)
    return [f"{rule['id']}: {node['target']}" for rule in found.response["violations"] for node in rule["nodes"]]


@asynccontextmanager
async def the_other_way(one: Device) -> AsyncIterator[Device]:
    """In the dark, and on a screen of the other size."""
    await one.page.emulate_media(color_scheme="dark")
    await one.page.set_viewport_size(DESK if one.phone else PHONE)
    await one.page.evaluate(DRAWN)  # what stood there before is gone
    try:
        yield one
    finally:
        await one.page.emulate_media(color_scheme="light")
        await one.page.set_viewport_size(PHONE if one.phone else DESK)
        await one.page.evaluate(DRAWN)


async def sideways(one: Device) -> list[str]:
    """What would make one scroll sideways on a screen of 320 pixels (WCAG 1.4.10)."""
    await one.page.set_viewport_size(NARROW)
    await one.page.evaluate(DRAWN)
    found: list[str] = await one.page.evaluate(BEYOND)
    return found


async def in_every_way(state: str, one: Device) -> dict[str, list[str]]:
    """What is wrong with a state, by every rule."""
    wrong = {state: await violations(one)}
    async with the_other_way(one):
        wrong[f"{state}, the other way"] = await violations(one)
        wrong[f"{state}, on a narrow screen"] = await sideways(one)
    return wrong


async def in_other_words(state: str, one: Device) -> dict[str, list[str]]:
    """What is wrong with a state of which all but the words has been looked at."""
    wrong = {state: await violations(one, WORDS)}
    async with the_other_way(one):
        wrong[f"{state}, on a narrow screen"] = await sideways(one)
    return wrong


@pytest.mark.parametrize(("lang", "phone"), [("nl", True), (PSEUDO, False)], ids=["nl", "en"])
@pytest.mark.parametrize("where", STATES_AT_LEAST)
async def test_axe_finds_nothing(tmp_path: Path, where: str, lang: str, phone: bool) -> None:
    wrong: dict[str, list[str]] = {}
    complaints: list[str] = []
    async with garden(tmp_path) as kring, chromium() as browser:
        tours: dict[str, Tour | SessionTour | BoardTour | HarvestTour | LibraryTour] = {
            "community": Tour(kring, browser, lang, phone, day=DAY if lang == PSEUDO else help_channel()),
            "session": SessionTour(kring, browser, lang, phone),
            "board": BoardTour(kring, browser, lang, phone),
            "harvest": HarvestTour(kring, browser, lang, phone),
            "library": LibraryTour(kring, browser, lang, phone),
        }
        async for state, one in tours[where].walk():
            if lang == PSEUDO:
                wrong[f"{state}, of no catalogue"] = await undisguised(one, kring, sentences())
            wrong |= await (in_every_way if lang == "nl" else in_other_words)(state, one)
            complaints += one.complaints
    assert {state: found for state, found in wrong.items() if found} == {}
    assert complaints == []
    assert len(wrong) >= 3 * STATES_AT_LEAST[where]


SPOILS = {
    "color-contrast": "() => document.querySelector('main h1').style.color = '#bbb'",
    "button-name": "() => document.querySelector('main').append(document.createElement('button'))",
    "label": "() => document.querySelector('main label').remove()",
    "html-has-lang": "() => document.documentElement.removeAttribute('lang')",
}


@pytest.mark.parametrize("rule", SPOILS)
async def test_axe_would_find_it(tmp_path: Path, rule: str) -> None:
    """The controls: what is spoilt on purpose is reported, under its own name."""
    async with garden(tmp_path) as kring, chromium() as browser:
        async for _, one in Tour(kring, browser, "en", False).walk():
            assert await violations(one) == []
            await one.page.evaluate(SPOILS[rule])
            assert rule in {found.partition(":")[0] for found in await violations(one)}
            of_words = {found.partition(":")[0] for found in await violations(one, WORDS)}
            assert (rule in of_words) is (rule != "color-contrast")
            break


async def test_what_is_too_wide_would_be_found(tmp_path: Path) -> None:
    async with garden(tmp_path) as kring, chromium() as browser:
        async for _, one in Tour(kring, browser, "en", False).walk():
            assert await sideways(one) == []
            await one.page.evaluate("() => document.querySelector('main').style.minWidth = '400px'")
            assert await sideways(one) != []
            break
