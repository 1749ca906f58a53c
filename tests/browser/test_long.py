"""Ten thousand messages: coming in is as quick as in a small room, one can scroll back to the first and change it."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.device import Device, chromium, device
from tests.browser.hall import Line, hall, spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(240)]

FIRST = "Dit is het allereerste bericht"
CHANGED = f"{FIRST}, en het klopt weer"
WINDOW = 500
"""Messages that a room keeps in memory."""
ALL = 10_000
SPEAKERS = 25
VISITS = 9
MUCH_SLOWER = 1.5
ON_THE_PAGE = 330
"""Messages that are on a page at once, however many there are: its window and one step more."""
SCROLL = 4_000
"""Pixels per turn of the wheel."""


def lines(count: int) -> list[Line]:
    return spoken([f"Bericht {n} over de moestuin" for n in range(count)], SPEAKERS)


async def test_ten_thousand_messages(tmp_path: Path) -> None:
    async with hall(tmp_path / "large") as kring, hall(tmp_path / "small") as small, chromium() as browser:
        author, reader = await device(browser, kring.base, "nl"), await device(browser, kring.base, "nl")
        elsewhere = await device(browser, small.base, "nl")
        await author.join(kring.code, "Marit")
        await author.say(FIRST)
        await reader.join(kring.code, "Wim")
        await elsewhere.join(small.code, "Wim")
        await small.fill(lines(WINDOW))
        began = time.perf_counter()
        await kring.fill(lines(ALL - 1))
        print(f"{ALL - 1} messages said in {time.perf_counter() - began:.1f} s")

        many, few = await seconds_to_come_in(reader, elsewhere)
        print(f"coming in took {many:.3f} s with {ALL} messages, {few:.3f} s with {WINDOW}")
        assert many < few * MUCH_SLOWER

        await author.page.reload()
        await author.arrived()
        began = time.perf_counter()
        most = await scroll_to_the_first(author)
        print(f"scrolled to the first in {time.perf_counter() - began:.1f} s, at most {most} messages on the page")
        assert most <= ON_THE_PAGE

        began = time.perf_counter()
        await jump_to_the_first(reader)
        print(f"jumped to the first in {time.perf_counter() - began:.1f} s")

        await author.act(FIRST, "act-edit")
        await author.page.keyboard.type(CHANGED.removeprefix(FIRST))
        await author.page.keyboard.press("Enter")
        for one in (author, reader):
            await expect(one.message(CHANGED)).to_be_visible()
        await author.act(CHANGED, "act-delete")
        await expect(reader.message(CHANGED)).to_have_count(0)
        await expect(author.log.locator("article").first).to_contain_text("over de moestuin")

        await author.say("En door")
        await expect(author.message("En door")).to_be_in_viewport()
        assert author.complaints == reader.complaints == []


async def seconds_to_come_in(*devices: Device) -> list[float]:
    """For each, as a rule: from asking for the page to seeing its newest message. In turn: all meet the same noise."""
    took: list[list[float]] = [[] for _ in devices]
    for _ in range(VISITS):
        for one, theirs in zip(devices, took, strict=True):
            await one.go("/nowhere")
            began = time.perf_counter()
            await one.go("/c")
            await one.log.locator("article").last.wait_for()
            theirs.append(time.perf_counter() - began)
    return [statistics.median(theirs) for theirs in took]


async def scroll_to_the_first(one: Device) -> int:
    """With the wheel, until the beginning is there; the most messages that were on the page."""
    beginning = one.log.get_by_text(one.words("beginning-title", community="Our circle"))
    await one.log.hover()
    most = 0
    while not await beginning.is_visible():
        await one.page.mouse.wheel(0, -SCROLL)
        most = max(most, await one.log.locator("article").count())
    await one.page.mouse.wheel(0, -SCROLL)
    await expect(one.message(FIRST)).to_be_in_viewport()
    return most


async def jump_to_the_first(one: Device) -> None:
    await one.press(one.button("search-title"))
    await one.write(one.page.get_by_role("searchbox"), "allereerste")
    await one.press(one.page.get_by_role("search").get_by_role("button").filter(has_text=FIRST))
    await expect(one.message(FIRST)).to_be_focused(timeout=60_000)
    await expect(one.message(FIRST)).to_be_in_viewport()
