"""The same acts with a keyboard alone; and every stop of the Tab key is seen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.browser.device import Device, chromium, device
from tests.browser.hall import hall, spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Of the element with the focus: its name, whether a ring is drawn around it (or around what it is in), and whether it
# lies in sight.
STOP = """() => {
  const at = document.activeElement;
  const drawn = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const frame = at.matches("textarea, input") ? at.closest("form") : null;
  const box = at.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 20));
  return {
    name: at.getAttribute("aria-label") ?? at.innerText.trim().slice(0, 40),
    tag: at.tagName,
    ringed: drawn(at) || drawn(at.parentElement) || [...at.children].some(drawn) ||
      (frame !== null && getComputedStyle(frame).boxShadow !== "none"),
    inSight: box.width > 0 && (at.contains(middle) || middle?.contains(at) === true),
  };
}"""

NO_RING = "button:focus-visible { outline: none !important }"


async def tab_to(one: Device, wanted: Locator, most: int = 40) -> None:
    """Press Tab until it has the focus."""
    for _ in range(most):
        await one.page.keyboard.press("Tab")
        if await wanted.evaluate_all("(found) => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


async def press(one: Device, *keys: str) -> None:
    for key in keys:
        await one.page.keyboard.press(key)


async def type_and_send(one: Device, text: str) -> None:
    await one.page.keyboard.type(text)
    await press(one, "Enter")
    await expect(one.message(text)).to_be_visible()


async def test_a_guest_takes_part_with_keys_alone(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        await kring.fill(spoken([f"Line {n}" for n in range(200)], 2))
        one, other = await asyncio.gather(device(browser, kring.base, "en"), device(browser, kring.base, "nl"))
        await other.join(kring.code, "Wim")
        await come_in(one, kring.code, "Anouk")
        await talk(one, other)
        await change_and_take_back(one, other)
        await search(one)
        await read_the_keys(one)
        assert one.complaints == other.complaints == []


async def come_in(one: Device, code: str, name: str) -> None:
    await one.go("/")
    await expect(one.page.get_by_label(one.words("code-label"))).to_be_focused()
    await one.page.keyboard.type(code.lower())
    await press(one, "Enter")
    field = one.page.get_by_label(one.words("name-label"))
    await field.wait_for()
    await tab_to(one, field)
    await one.page.keyboard.type(name)
    await press(one, "Enter")
    await one.arrived()


async def talk(one: Device, other: Device) -> None:
    await press(one, "c")
    await expect(one.composer).to_be_focused()
    await one.page.keyboard.type("first line")
    await press(one, "Shift+Enter")
    await one.page.keyboard.type("second line")
    await press(one, "Enter")
    await expect(other.message("first line\nsecond line")).to_be_visible()

    await other.say("Wie maakt de koffie?")
    await expect(one.message("Wie maakt de koffie?")).to_be_visible()
    await press(one, "Escape")
    await expect(one.log).to_be_focused()
    await press(one, "k")
    await expect(one.message("Wie maakt de koffie?")).to_be_focused()
    await press(one, "2")
    await expect(other.reaction("Wie maakt de koffie?", "agree")).to_have_text("1")
    await press(one, "r")
    await expect(one.composer).to_be_focused()
    await type_and_send(one, "I do, and Wim brings cake: j k d 1 ?")
    await expect(other.message("I do, and Wim brings cake: j k d 1 ?")).to_contain_text("Wie maakt de koffie?")


async def change_and_take_back(one: Device, other: Device) -> None:
    await press(one, "ArrowUp")
    await expect(one.composer).to_have_value("I do, and Wim brings cake: j k d 1 ?")
    await press(one, "ControlOrMeta+a")
    await type_and_send(one, "I do")
    await expect(other.message("I do")).to_be_visible()

    await press(one, "Escape", "k")
    await expect(one.message("I do")).to_be_focused()
    await press(one, "d")
    await expect(one.button("undo")).to_be_visible()
    await press(one, "u")
    await expect(one.button("undo")).to_have_count(0)
    await expect(one.message("I do")).to_be_visible()

    # the same by the bar that comes with the focus
    await press(one, "ArrowUp", "ArrowDown")
    await expect(one.message("I do")).to_be_focused()
    await tab_to(one, one.message("I do").get_by_role("group").get_by_role("button", name=one.words("act-edit")))
    await press(one, "Enter")
    await expect(one.composer).to_have_value("I do")
    await press(one, "Escape")
    await expect(one.composer).to_have_value("")


async def search(one: Device) -> None:
    await press(one, "Escape", "/")
    await expect(one.page.get_by_role("searchbox")).to_be_focused()
    await one.page.keyboard.type("line 7")
    await press(one, "Enter")
    hit = one.page.get_by_role("search").get_by_role("button").filter(has_text="Line 7").first
    await expect(hit).to_be_visible()
    words = (await hit.locator(".words").inner_text()).strip()
    await tab_to(one, hit)
    await press(one, "Enter")
    await expect(one.message(words)).to_be_focused()
    await press(one, "Escape")
    await expect(one.page.get_by_role("search")).to_have_count(0)
    await expect(one.button("search-title")).to_be_focused()
    await press(one, "n")
    await expect(one.message("I do")).to_be_in_viewport()


async def read_the_keys(one: Device) -> None:
    await press(one, "?")
    dialog = one.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    switch = dialog.get_by_role("switch", name=one.words("keys-switch"))
    await tab_to(one, switch)
    await press(one, "Space")
    await expect(switch).not_to_be_checked()
    await press(one, "Escape")
    await expect(dialog).to_be_hidden()
    await press(one, "c")  # letters are off now (WCAG 2.1.4)
    await expect(one.composer).not_to_be_focused()


async def test_an_owner_keeps_order_with_keys_alone(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        owner, guest = await asyncio.gather(device(browser, kring.base, "nl"), device(browser, kring.base, "en"))
        await owner.go(kring.owner_link)
        await tab_to(owner, owner.button("sign-in"))
        await press(owner, "Enter")
        await owner.arrived()
        await guest.join(kring.code, "Mo")
        await guest.say("Nobody should read this")
        await guest.say("Everybody should read this")
        await expect(owner.message("Everybody should read this")).to_be_visible()

        await press(owner, "c", "Escape", "k", "p", "s")
        pinned = guest.page.get_by_role("region", name=guest.words("pinned-messages"))
        await expect(pinned).to_contain_text("Everybody should read this")
        await expect(owner.message("Everybody should read this")).to_contain_text(owner.words("saved"))
        await press(owner, "k")
        await expect(owner.message("Nobody should read this")).to_be_focused()
        await press(owner, "d")
        await expect(guest.log.get_by_text(guest.words("message-removed"))).to_be_visible()
        await expect(guest.message("Nobody should read this")).to_have_count(0)

        await tab_to(owner, owner.button("lock"), most=60)
        await press(owner, "Enter")
        await expect(guest.page.get_by_text(guest.words("read-only-locked"))).to_be_visible()
        await tab_to(owner, owner.button("unlock"), most=60)
        await press(owner, "Enter")
        await expect(guest.composer).to_be_visible()


async def test_every_stop_of_the_tab_key_is_seen(tmp_path: Path) -> None:
    """WCAG 2.4.7 and 2.4.11, at the door and inside; and one can get out again (2.1.2)."""
    async with hall(tmp_path) as kring, chromium() as browser:
        await kring.fill(spoken(["een", "twee", "drie"], 3))
        one = await device(browser, kring.base, "nl")
        await one.go("/nowhere")
        assert await unseen_stops(one) == []
        await one.go(f"/j/{kring.code}")
        await expect(one.button("join")).to_be_visible()
        assert await unseen_stops(one) == []
        await one.sign_in(kring.owner_link)
        assert await unseen_stops(one) == []
        # the control: without its ring a stop is not seen
        await one.page.evaluate(
            "() => document.styleSheets[0].insertRule('button:focus-visible { outline: none !important }', 0)"
        )
        assert await unseen_stops(one) != []


async def unseen_stops(one: Device, most: int = 80) -> list[str]:
    """Walks through the page with Tab until it begins anew; the stops at which one would not know where one is."""
    await one.page.evaluate("() => document.activeElement?.blur()")
    unseen: list[str] = []
    for _ in range(most):
        await press(one, "Tab")
        stop = await one.page.evaluate(STOP)
        if stop["tag"] == "BODY":
            return unseen
        if not (stop["ringed"] and stop["inSight"]):
            unseen.append(f"{stop}")
    raise AssertionError("the Tab key does not come to an end")
