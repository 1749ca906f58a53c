"""What docs/how-to/take-part.md and the tutorial say one presses, types and sees, done as it stands there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.steps import DOCS, Deed, Step, do, field, sections
from tests.browser.test_door import about
from tests.browser.tutorial import tutorial

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = DOCS / "how-to" / "take-part.md"


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


@pytest.mark.parametrize("section", sections(PAGE))
async def test_each_step_does_what_the_page_says(tmp_path: Path, section: str) -> None:
    begin, phone = BEGINNINGS[section]
    async with hall(tmp_path) as kring, chromium() as browser:
        one = await device(browser, kring.base, "en", phone=phone)
        async with begin(kring, one) as there:
            await follow(there, sections(PAGE)[section])
            assert one.complaints == []


async def follow(there: Beginning, steps: Sequence[Step]) -> None:
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
            await do(one, Deed(press="Sing along"), "")


def test_every_step_says_something_to_do() -> None:
    found = sections(PAGE)
    assert set(found) == set(BEGINNINGS)
    assert {title: len(steps) for title, steps in found.items()} == dict(zip(found, (5, 5, 4), strict=True))
    assert sum(len(step) for steps in found.values() for step in steps) >= 30


async def test_the_tutorial_is_true_from_the_first_start_to_the_library(tmp_path: Path) -> None:
    async with chromium() as browser:
        await tutorial(tmp_path, browser)
