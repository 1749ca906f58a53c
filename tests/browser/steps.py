"""Pages of the documentation that say what one presses, types and sees: read, and done as they stand there.

In a numbered step `words` in **field** is typed, **name** is pressed, *words* are seen, and a picture is of what the
page looks like then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from playwright.async_api import Locator, expect

from tests.browser.device import Device
from tests.web.process import CHECKOUT

DOCS = CHECKOUT / "docs"
CODE = "4F7KQ2"
"""Stands in the pages for the code that is shown."""

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_STEP = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_DEED = re.compile(
    r"!\[[^\]]*\]\((?P<picture>[^)]+)\)|`(?P<words>[^`]+)` in \*\*(?P<field>[^*]+)\*\*"
    r"|\*\*(?P<press>[^*]+)\*\*|\*(?P<see>[^*]+)\*"
)


class Deed(Struct, frozen=True, kw_only=True):
    """One of: type `words` in `field`; press what is called `press`; see `see`; look, as on `picture`."""

    words: str | None = None
    field: str | None = None
    press: str | None = None
    see: str | None = None
    picture: str | None = None


Step = Sequence[Deed]


def sections(page: Path) -> Mapping[str, Sequence[Step]]:
    """title → steps → what one does in each; those that have steps."""
    _, *parts = _SECTION.split(page.read_text())
    found = {
        title: [[Deed(**deed.groupdict()) for deed in _DEED.finditer(step)] for step in _STEP.findall(text)]
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {title: steps for title, steps in found.items() if steps}


def called(one: Device, name: str) -> Locator:
    """What can be pressed and is called so; the one in front, where a dialog is open."""
    where = one.page.get_by_role("dialog").or_(one.page.locator("body:not(:has(dialog[open]))")).last
    found = where.get_by_role("button", name=name, exact=True)
    found = found.or_(where.get_by_role("heading", name=name, exact=True))  # a question is chosen by its words
    for role in ("link", "tab"):
        found = found.or_(where.get_by_role(role, name=re.compile(f"^{re.escape(name)}( \\d+)?$")))
    whole = re.compile(f"^\\s*{re.escape(name)}\\s*$")  # its name may say more than what stands on it
    return found.or_(where.locator("a", has_text=whole)).filter(visible=True).first


def field(one: Device, name: str) -> Locator:
    return one.page.get_by_label(name, exact=True).or_(one.page.get_by_placeholder(name, exact=True)).last


async def do(one: Device, deed: Deed, code: str) -> None:
    """`code`: what is typed for the one in the page. A picture is nothing to do."""
    if deed.field is not None:
        await one.write(field(one, deed.field), code if deed.words == CODE else str(deed.words))
    elif deed.press is not None:
        await one.press(called(one, deed.press))
    elif deed.see is not None:
        await expect(one.page.get_by_text(deed.see).filter(visible=True).first).to_be_visible()
