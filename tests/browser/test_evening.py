"""A whole session as three people and a hall have it: only clicks, taps and keys, and a server killed in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.desk_tour import act, lane_of
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall
from tests.browser.session_tour import card_of, field_of, tab_of, vote_of
from tests.browser.test_door import about, start
from tests.browser.test_session import ask, shows

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

TITLE = "Drukplekken voorkomen"
HEEL, MATTRESS, COLLEAGUE = (
    "Mag je een rode hiel nog masseren?",
    "Wie vraagt het matras aan?",
    "Hoe zeg je een collega dat het anders moet?",
)


@dataclass
class Evening:
    """`desk`: a moderator; `phone` and `laptop`: who take part; `screen`: in the hall."""

    kring: Hall
    desk: Device
    phone: Device
    laptop: Device
    screen: Device

    @property
    def all(self) -> list[Device]:
        return [self.desk, self.phone, self.laptop, self.screen]

    def on_screen(self, text: str) -> Locator:
        return self.screen.page.get_by_role("heading", name=text, exact=True)


async def gathered(kring: Hall, browser: Browser) -> Evening:
    """The owner starts a session and opens its screen; two people come in by its code."""
    desk = await device(browser, kring.base, "nl")
    await desk.sign_in(kring.owner_link, "Marit Bos")
    await start(desk, TITLE, "named")
    code = (await about(desk))["code"]
    async with desk.context.expect_page() as opened:
        await desk.press(desk.button("present"))
    screen = Device(desk.context, await opened.value, desk.words, phone=False)
    await screen.page.set_viewport_size({"width": 1920, "height": 1080})
    await expect(screen.page.get_by_text(f"{code[:3]} {code[3:]}", exact=True)).to_be_visible()
    phone, laptop = await device(browser, kring.base, "nl", phone=True), await device(browser, kring.base, "en")
    for one, name in ((phone, "Teun"), (laptop, "Noor")):
        await one.knock(code, name)
        await expect(tab_of(one, "top")).to_be_visible()
    return Evening(kring, desk, phone, laptop, screen)


async def test_a_session_from_its_start_to_its_end(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        there = await gathered(kring, browser)
        await from_review_to_the_stage(there)
        await the_server_is_killed(there)
        await answered(there)
        await declined_and_taken_back(there)
        await without_a_name(there)
        await the_end(there)
        assert [one.complaints for one in there.all] == [[], [], [], []]


async def from_review_to_the_stage(there: Evening) -> None:
    await ask(there.phone, HEEL)
    await shows(there.phone, HEEL, "review")
    await expect(lane_of(there.desk, "review")).to_contain_text(HEEL)
    for one in (there.laptop, there.screen):
        await expect(one.page.get_by_text(HEEL)).to_have_count(0)
    await act(there.desk, HEEL, "approve")
    await shows(there.phone, HEEL, "open")
    await there.laptop.press(vote_of(there.laptop, HEEL))
    await there.phone.press(tab_of(there.phone, "top"))
    await expect(vote_of(there.phone, HEEL)).to_have_text("1")
    await act(there.desk, HEEL, "next")
    await expect(there.laptop.page.get_by_text(there.laptop.words("up-next"))).to_be_visible()
    await there.desk.page.keyboard.press("n")
    await expect(there.on_screen(HEEL)).to_be_visible()
    for one in (there.phone, there.laptop):
        stage = one.page.get_by_role("region", name=one.words("now-answering"))
        await expect(stage).to_contain_text(HEEL)
        await expect(stage).to_contain_text(one.words("votes-count", count=1))


async def the_server_is_killed(there: Evening) -> None:
    await there.kring.kill()
    await expect(there.phone.status("reconnecting", waiting=0)).to_be_visible()
    await ask(there.phone, MATTRESS)
    await expect(card_of(there.phone, MATTRESS)).to_contain_text(there.phone.words("waiting-to-send"))
    await expect(there.on_screen(HEEL)).to_be_visible()
    await there.kring.start()
    await shows(there.phone, MATTRESS, "review")
    await expect(lane_of(there.desk, "review").get_by_role("article")).to_have_count(1)
    await expect(there.on_screen(HEEL)).to_be_visible()


async def answered(there: Evening) -> None:
    await act(there.desk, HEEL, "note")
    await there.desk.page.keyboard.type("Nee: leg hem vrij.")
    await there.desk.press(there.desk.button("mark-answered"))
    await expect(there.on_screen(HEEL)).to_have_count(0)
    for one in (there.phone, there.laptop):
        await one.press(tab_of(one, "answered"))
        await expect(card_of(one, HEEL)).to_contain_text("Nee: leg hem vrij.")


async def declined_and_taken_back(there: Evening) -> None:
    """With a reason that the asker reads; and once by mistake, put back within ten seconds."""
    await decline(there.desk, "unclear")
    await there.phone.press(tab_of(there.phone, "mine"))
    await shows(there.phone, MATTRESS, "declined")
    await expect(card_of(there.phone, MATTRESS)).to_contain_text(there.phone.words("because-unclear"))
    await there.desk.page.keyboard.press("u")
    await shows(there.phone, MATTRESS, "review")
    await expect(lane_of(there.desk, "review")).to_contain_text(MATTRESS)
    await decline(there.desk, "asked_before")
    await expect(card_of(there.phone, MATTRESS)).to_contain_text(there.phone.words("because-asked_before"))
    await there.phone.page.reload()
    await there.phone.press(tab_of(there.phone, "mine"))
    await shows(there.phone, MATTRESS, "declined")
    for one in (there.laptop, there.screen):
        await expect(one.page.get_by_text(MATTRESS)).to_have_count(0)


async def decline(desk: Device, because: str) -> None:
    await act(desk, MATTRESS, "decline")
    dialog = desk.page.get_by_role("dialog")
    await desk.press(dialog.get_by_text(desk.words(f"because-{because}")))
    await desk.press(dialog.get_by_role("button", name=desk.words("do-decline"), exact=True))
    await expect(dialog).to_be_hidden()


async def without_a_name(there: Evening) -> None:
    await ask(there.laptop, COLLEAGUE, "anonymous")
    await act(there.desk, COLLEAGUE, "approve")
    await act(there.desk, COLLEAGUE, "stage")
    await expect(there.on_screen(COLLEAGUE)).to_be_visible()
    for one in (there.desk, there.phone, there.screen):
        await expect(one.page.get_by_text("Noor")).to_have_count(0)
    await expect(there.phone.page.get_by_text("Teun")).to_have_count(0)
    assert await there.laptop.page.get_by_text("Noor").count() > 0, "the control: her own page knows her"


async def the_end(there: Evening) -> None:
    desk = there.desk
    await desk.press(desk.button("end-session"))
    await desk.press(desk.page.get_by_role("dialog").get_by_role("button", name=desk.words("end-sure"), exact=True))
    for one in (there.phone, there.laptop):
        await expect(one.status("session-is-closed")).to_be_visible()
        await expect(field_of(one)).to_have_count(0)
    await expect(there.on_screen(there.screen.words("screen-over"))).to_be_visible()
    await there.laptop.page.reload()
    await there.laptop.press(tab_of(there.laptop, "mine"))
    await expect(card_of(there.laptop, COLLEAGUE)).to_contain_text(there.laptop.words("you-asked"))
