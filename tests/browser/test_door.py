"""Staff start a session by clicks; with its code people find the door, read how they ask there, and come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.device import PHONE, Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.test_access import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

LEVELS = ("named", "pseudonymous", "anonymous")
TITLE = "Drukplekken voorkomen"


async def start(staff: Device, title: str, level: str, *, review: bool = True) -> None:
    """By clicks and keys alone, from the community's page to the desk."""
    await staff.menu()
    await staff.press(staff.button("start-session").last)
    dialog = staff.page.get_by_role("dialog", name=staff.words("start-session"))
    await staff.write(dialog.get_by_label(staff.words("start-title-label")), title)
    named = dialog.get_by_role("radio", name=staff.words("level-named"))
    await expect(named).to_be_checked()
    await staff.press(dialog.get_by_role("radio", name=staff.words(f"level-{level}")))
    reads = dialog.get_by_role("switch", name=staff.words("start-review"))
    await expect(reads).to_be_checked()
    if not review:
        await staff.press(reads)
    await staff.press(dialog.get_by_role("button", name=staff.words("start-now"), exact=True))
    await staff.page.wait_for_url("**/s/*/desk")
    await expect(staff.page.get_by_text(title).first).to_be_visible()


async def about(staff: Device) -> dict[str, Any]:
    """The session whose desk is open, as its page asks for it."""
    found: dict[str, Any] = await staff.page.evaluate(
        "async () => (await fetch('/api/sessions/' + location.pathname.split('/')[2])).json()"
    )
    return found


def heading(one: Device, text: str) -> Locator:
    return one.page.get_by_role("heading", name=text, exact=True, level=1)


async def sound(one: Device) -> None:
    """Nothing is wrong with what stands there, in the light, in the dark, and on a narrow screen."""
    assert await violations(one) == []
    await one.page.emulate_media(color_scheme="dark")
    assert await violations(one) == []
    await one.page.emulate_media(color_scheme="light")
    before = one.page.viewport_size
    assert await sideways(one) == []
    await one.page.set_viewport_size(before or PHONE)


@pytest.mark.parametrize(("lang", "phone"), [("nl", True), ("en", False)], ids=["nl", "en"])
async def test_a_session_is_started_and_each_level_says_at_the_door_what_it_means(
    tmp_path: Path, lang: str, phone: bool
) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff = await device(browser, kring.base, lang, phone=phone)
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        for nth, level in enumerate(LEVELS):
            await start(staff, f"{TITLE} {nth}", level, review=level != "anonymous")
            session = await about(staff)
            assert (session["level"], session["review"], session["state"]) == (level, level != "anonymous", "open")
            await comes_in(await device(browser, kring.base, lang, phone=phone), session, level)
            await staff.go("/c")
            await staff.arrived()
        assert staff.complaints == []


async def comes_in(guest: Device, session: dict[str, Any], level: str) -> None:
    """By typing the code, to the questions."""
    words = guest.words
    await guest.go("/")
    await guest.write(guest.page.get_by_label(words("code-label")), session["code"].lower())
    await guest.press(guest.button("go-on"))
    await expect(heading(guest, session["title"])).to_be_visible()
    await expect(guest.page.get_by_role("heading", name=words(f"door-pact-{level}"))).to_be_visible()
    await expect(guest.page.get_by_text(words(f"level-{level}-means"))).to_be_visible()
    others = [each for each in LEVELS if each != level]
    for other in others:
        await expect(guest.page.get_by_text(words(f"level-{other}-means"))).to_have_count(0)
    await sound(guest)
    await guest.press(guest.button("door-what-this-means"))
    promise = guest.page.get_by_role("dialog", name=words("promise-title"))
    await expect(promise.get_by_text(words("promise"), exact=True)).to_be_visible()
    await expect(promise.get_by_text(words(f"promise-{level}"))).to_be_visible()
    await sound(guest)
    await guest.page.keyboard.press("Escape")
    hint = words("name-hint" if level == "named" else "door-name-hint-chat")
    await expect(guest.page.get_by_text(hint)).to_be_visible()
    await guest.write(guest.page.get_by_label(words("name-label")), f"Noor {level}")
    await guest.press(guest.button("join"))
    await guest.page.wait_for_url(f"**/s/{session['id']}")
    await expect(guest.page.get_by_text(words("none-top-title"))).to_be_visible()
    assert guest.complaints == []


async def test_the_community_shows_what_is_open_and_what_was(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        staff = await device(browser, kring.base, "nl")
        await staff.sign_in(kring.owner_link, "Ineke Vos")
        here = staff.page.get_by_role("region", name=staff.words("sessions-title"))
        await expect(here.get_by_text(staff.words("sessions-none-staff"))).to_be_visible()
        await sound(staff)
        await nothing_without_a_title(staff)
        async with Gathering.of(kring, "Zwachtelen", level="anonymous") as over:
            await over.close()
        async with Gathering.of(kring, TITLE, level="pseudonymous") as now:
            await staff.page.reload()
            card = here.get_by_role("article", name=TITLE)
            await expect(card.get_by_text(staff.words("session-now"))).to_be_visible()
            await expect(card.get_by_text(staff.words("level-pseudonymous"))).to_be_visible()
            back = here.get_by_role("button", name=staff.words("session-look-back", title="Zwachtelen"))
            await expect(back).to_contain_text(staff.words("session-over"))
            await sound(staff)
            await staff.press(card.get_by_role("button", name=staff.words("session-enter-named", title=TITLE)))
            await staff.page.wait_for_url(f"**/s/{now.id}")
            await staff.page.go_back()
            await staff.press(back)
            await staff.page.wait_for_url(f"**/s/{over.id}")
            await expect(staff.status("session-is-closed")).to_be_visible()
            await a_guest_knows_theirs(kring, now, await device(browser, kring.base, "nl", phone=True))
        assert staff.complaints == []


async def nothing_without_a_title(staff: Device) -> None:
    await staff.press(staff.button("start-session"))
    dialog = staff.page.get_by_role("dialog")
    await expect(dialog.get_by_label(staff.words("start-title-label"))).to_be_focused()
    await sound(staff)
    await staff.press(dialog.get_by_role("button", name=staff.words("start-now"), exact=True))
    await expect(dialog.get_by_role("alert")).to_have_text(staff.words("start-title-missing"))
    await staff.page.keyboard.press("Escape")
    await expect(staff.button("start-session")).to_be_focused()


async def a_guest_knows_theirs(kring: Hall, now: Gathering, guest: Device) -> None:
    """Who came in by the community's code knows of no session; by the code of one, of that one."""
    await guest.join(kring.code, "Teun")
    await expect(guest.page.get_by_text(TITLE)).to_have_count(0)
    await guest.go(f"/j/{now.code}")
    await expect(guest.page.get_by_text(guest.words("joining-as", name="Teun"))).to_be_visible()
    await sound(guest)
    await guest.press(guest.button("join"))
    await guest.page.wait_for_url(f"**/s/{now.id}")
    await guest.go("/c")
    await guest.arrived()
    band = guest.page.get_by_role("navigation", name=guest.words("sessions-title"))
    await expect(band).to_contain_text(TITLE)
    await expect(guest.composer).to_be_in_viewport()
    await guest.menu()
    await expect(guest.button("start-session")).to_have_count(0)
    await guest.page.keyboard.press("Escape")
    await sound(guest)
    await guest.press(band.get_by_role("button"))
    await guest.page.wait_for_url(f"**/s/{now.id}")
    assert guest.complaints == []


@pytest.mark.parametrize("lang", ["nl", "en"])
async def test_who_comes_when_it_is_over_reads_why(tmp_path: Path, lang: str) -> None:
    async with hall(tmp_path) as kring, chromium() as browser, Gathering.of(kring, TITLE) as gathering:
        late = await device(browser, kring.base, lang, phone=True)
        await late.go(f"/j/{gathering.code}")
        await expect(late.button("join")).to_be_visible()  # the control: until then it lets people in
        await gathering.close()
        await late.page.reload()
        why = late.page.get_by_role("alert")
        await expect(why).to_contain_text({"nl": "Deze sessie is voorbij", "en": "This session is over"}[lang])
        await expect(late.button("join")).to_have_count(0)
        await sound(late)
        assert late.complaints == []
