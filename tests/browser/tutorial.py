"""The tutorial, done as it stands there, and its pictures: `python -m tests.browser.tutorial` takes them anew.

From the first start of a server on: on a computer and on a phone, in turn. What stands under *Start it* is done by
starting it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.device import Device, chromium, device
from tests.browser.hall import hall
from tests.browser.palette import reduced
from tests.browser.steps import DOCS, Deed, do, sections
from tests.browser.test_door import about

PAGE = DOCS / "tutorial" / "README.md"
ON_THE_PHONE = "on your phone"
GRACE_S = 2

Picture = Callable[[Device, Path], Awaitable[None]]


async def nothing(one: Device, path: Path) -> None:
    """No picture is taken."""


async def tutorial(folder: Path, browser: Browser, take: Picture = nothing) -> None:
    """All of it, in order. `take`: what is done where a picture stands."""
    async with hall(folder, begun=False, KRING_GRACE_S=f"{GRACE_S}") as kring:
        computer = await device(browser, kring.base, "en")
        phone = await device(browser, kring.base, "en", phone=True)
        await computer.go(kring.owner_link)
        code = ""
        for title, steps in sections(PAGE).items():
            one = phone if ON_THE_PHONE in title else computer
            if one is phone and not code:
                code = (await about(computer))["code"]
                await phone.go("/")
            for deed in (deed for step in steps for deed in step):
                await _do(one, deed, code, take)
        assert (computer.complaints, phone.complaints) == ([], [])


async def _do(one: Device, deed: Deed, code: str, take: Picture) -> None:
    if deed.picture is not None:
        await take(one, (PAGE.parent / deed.picture).resolve())
    else:
        await do(one, deed, code)


async def photograph(one: Device, path: Path) -> None:
    picture = await one.page.screenshot(animations="disabled", caret="hide", scale="css")
    await asyncio.to_thread(path.write_bytes, reduced(picture))
    print(path.name, flush=True)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with chromium() as browser:
            await tutorial(Path(folder), browser, photograph)


if __name__ == "__main__":
    asyncio.run(main())
