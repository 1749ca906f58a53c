"""What docs/how-to/take-part.md says one presses, types and sees, done step by step as it stands there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from playwright.async_api import Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.test_door import about
from tests.web.process import CHECKOUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = CHECKOUT / "docs" / "how-to" / "take-part.md"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
STEP = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
DEED = re.compile(r"`(?P<words>[^`]+)` in \*\*(?P<field>[^*]+)\*\*|\*\*(?P<press>[^*]+)\*\*|\*(?P<see>[^*]+)\*")
CODE = "4F7KQ2"
"""As it stands in the page."""


class Deed(Struct, frozen=True):
    """One of: type `words` in `field`; press what is called `press`; see `see`."""

    words: str | None
    field: str | None
    press: str | None
    see: str | None


def sections() -> dict[str, list[list[Deed]]]:
    """title → steps → what one does in each."""
    _, *parts = SECTION.split(PAGE.read_text())
    return {
        title: [[Deed(**found.groupdict()) for found in DEED.finditer(step)] for step in STEP.findall(text)]
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }


def called(one: Device, name: str) -> Locator:
    """What can be pressed and is called so; the one in front, where a dialog is open."""
    where = one.page.get_by_role("dialog").or_(one.page.locator("body:not(:has(dialog[open]))")).last
    found = where.get_by_role("button", name=name, exact=True)
    found = found.or_(where.get_by_role("heading", name=name, exact=True))  # a question is chosen by its words
    for role in ("link", "tab"):
        found = found.or_(where.get_by_role(role, name=re.compile(f"^{re.escape(name)}( \\d+)?$")))
    return found.filter(visible=True).first


def field(one: Device, name: str) -> Locator:
    return one.page.get_by_label(name, exact=True).or_(one.page.get_by_placeholder(name, exact=True)).last


async def do(one: Device, deed: Deed, code: str) -> None:
    if deed.field is not None:
        await one.write(field(one, deed.field), code if deed.words == CODE else str(deed.words))
    elif deed.press is not None:
        await one.press(called(one, deed.press))
    else:
        await expect(one.page.get_by_text(str(deed.see)).filter(visible=True).first).to_be_visible()


class Beginning(Struct):
    """Whose section: their device, the code that is shown, and what others do before a step."""

    one: Device
    code: str = ""
    before: dict[int, Callable[[], Awaitable[object]]] = {}


@asynccontextmanager
async def as_guest(kring: Hall, one: Device) -> AsyncIterator[Beginning]:
    async with Gathering.of(kring, "Open hour") as gathering:
        await one.go("/")
        yield Beginning(one, gathering.code)


@asynccontextmanager
async def as_member(kring: Hall, one: Device) -> AsyncIterator[Beginning]:
    owner = await device(one.context.browser or pytest.fail("no browser"), kring.base, "en")
    await owner.sign_in(kring.owner_link, "Ineke")
    made = await owner.page.evaluate(INVITE)
    await one.go(made["url"])
    yield Beginning(one)
    await owner.context.close()


@asynccontextmanager
async def as_moderator(kring: Hall, one: Device) -> AsyncIterator[Beginning]:
    async with AsyncExitStack() as stack:

        async def ask() -> None:
            code = (await about(one))["code"]
            guest = await device(one.context.browser or pytest.fail("no browser"), kring.base, "en")
            stack.push_async_callback(guest.context.close)
            await guest.knock(code, "Teun")
            await guest.write(field(guest, "Your question"), "Who brings the soup?")
            await guest.press(guest.button("ask"))

        await one.go(await kring.link(Role.MODERATOR))
        yield Beginning(one, before={3: ask})


INVITE = """async () => {
  const wish = { role: "member", note: "", uses: 3, days: 7 };
  const headers = { "Content-Type": "application/json", "X-Kring": "1" };
  return (await fetch("/api/invitations", { method: "POST", headers, body: JSON.stringify(wish) })).json();
}"""
BEGINNINGS = {
    "As a guest, on your phone": (as_guest, True),
    "As a member, by an invitation": (as_member, False),
    "As a moderator, by a link": (as_moderator, False),
}


@pytest.mark.parametrize("section", sections())
async def test_each_step_does_what_the_page_says(tmp_path: Path, section: str) -> None:
    begin, phone = BEGINNINGS[section]
    async with hall(tmp_path) as kring, chromium() as browser:
        one = await device(browser, kring.base, "en", phone=phone)
        async with begin(kring, one) as there:
            await follow(there, sections()[section])
            assert one.complaints == []


async def follow(there: Beginning, steps: Sequence[Sequence[Deed]]) -> None:
    for nth, step in enumerate(steps, 1):
        if nth in there.before:
            await there.before[nth]()
        for deed in step:
            await do(there.one, deed, there.code)


async def test_the_control_a_step_that_is_not_true_is_noticed(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        one = await device(browser, kring.base, "en", phone=True)
        one.page.set_default_timeout(2_000)
        await one.go("/")
        with pytest.raises(Exception, match=r"Timeout 2000ms exceeded"):
            await do(one, Deed(None, None, "Sing along", None), "")


def test_every_step_says_something_to_do() -> None:
    found = sections()
    assert set(found) == set(BEGINNINGS)
    assert {title: len(steps) for title, steps in found.items()} == dict(zip(found, (5, 5, 4), strict=True))
    assert sum(len(step) for steps in found.values() for step in steps) >= 30
