"""A morning in a community: a phone, a desk, the owner on two devices; clicks, taps and keys, and a killed server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall, spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EARLIER = [f"Regel {n} van gisteren" for n in range(1, 321)]
LONG_AGO = "De zaaikalender ligt nu in de kas"
EARLIER[20] = LONG_AGO


class Company:
    """Who is there. `guest` reads English, the others Dutch."""

    def __init__(self, owner: Device, second: Device, phone: Device, guest: Device) -> None:
        self.owner, self.second, self.phone, self.guest = owner, second, phone, guest

    @property
    def all(self) -> list[Device]:
        return [self.owner, self.second, self.phone, self.guest]

    async def all_see(self, text: str) -> None:
        for one in self.all:
            await expect(one.message(text)).to_be_visible()

    async def nobody_sees(self, text: str, *, least: int = 0) -> None:
        for one in self.all[least:]:
            await expect(one.message(text)).to_have_count(0)


async def test_a_morning_with_four_devices_and_a_killed_server(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:
        await kring.fill(spoken(EARLIER, 4))
        async with company(kring, browser) as there:
            await they_talk(there)
            await they_answer_and_react(there)
            await somebody_edits_and_deletes(there)
            await somebody_searches(there)
            await the_owner_keeps_order(there)
            await typing_shows(there)
            await the_server_is_killed(kring, there)
            await everybody_has_the_same(there)
            assert [one.complaints for one in there.all] == [[], [], [], []]


@asynccontextmanager
async def company(kring: Hall, browser: Browser) -> AsyncIterator[Company]:
    """Everybody comes in by a door of their own: a first link, a code, an address with the code, a second link."""
    owner = await device(browser, kring.base, "nl")
    await owner.sign_in(kring.owner_link, "Ineke Vos")
    assert owner.page.url == f"{kring.base}/c"

    phone = await device(browser, kring.base, "nl", phone=True)
    await phone.join(kring.code, "Teun")

    guest = await device(browser, kring.base, "en")
    await guest.knock(kring.code, "Teun")
    await expect(guest.page.get_by_role("alert")).to_contain_text("Teun")
    await guest.press(guest.button("take-name", name="Teun 2"))
    await guest.press(guest.button("join"))
    await guest.arrived()

    second = await device(browser, kring.base, "nl")
    await second.sign_in(await kring.link(Role.OWNER, same="Ineke Vos"), "Ineke")
    for one in (owner, second, phone, guest):
        await expect(one.page.get_by_text(one.words("here-count", count=3)).first).to_be_visible()
    yield Company(owner, second, phone, guest)


async def they_talk(there: Company) -> None:
    await there.owner.say("Goedemorgen, wie heeft er al gezaaid?")
    await expect(there.owner.page.get_by_text(there.owner.words("stored"))).to_be_visible()
    await there.phone.say("Ik, vorige week de tuinbonen")
    await there.guest.say("Not yet, the ground is still frozen here")
    for text in ("Goedemorgen, wie heeft er al gezaaid?", "Ik, vorige week de tuinbonen"):
        await there.all_see(text)
    await there.all_see("Not yet, the ground is still frozen here")


async def they_answer_and_react(there: Company) -> None:
    phone, guest, owner = there.phone, there.guest, there.owner
    await phone.act("Not yet, the ground is still frozen here", "act-reply")
    await expect(phone.page.get_by_text(phone.words("replying-to"))).to_be_visible()
    await phone.say("Zet ze dan binnen voor")
    await there.all_see("Zet ze dan binnen voor")
    quote = guest.message("Zet ze dan binnen voor").get_by_title(guest.words("go-to-message"))
    await expect(quote).to_contain_text("the ground is still frozen")
    await guest.press(quote)
    await expect(guest.message("Not yet, the ground is still frozen here")).to_be_focused()

    await guest.act("Zet ze dan binnen voor", "react-helps")
    await owner.act("Zet ze dan binnen voor", "react-helps")
    for one in there.all:
        await expect(one.reaction("Zet ze dan binnen voor", "helps")).to_have_text("2")
    # a reaction is pressed again to take it back
    await owner.press(owner.reaction("Zet ze dan binnen voor", "helps"))
    await expect(phone.reaction("Zet ze dan binnen voor", "helps")).to_have_text("1")
    await expect(guest.reaction("Zet ze dan binnen voor", "helps")).to_have_attribute("aria-pressed", "true")


async def somebody_edits_and_deletes(there: Company) -> None:
    phone, guest = there.phone, there.guest
    await phone.act("Ik, vorige week de tuinbonen", "act-edit")
    await expect(phone.composer).to_have_value("Ik, vorige week de tuinbonen")
    await phone.page.keyboard.type(" en de erwten")
    await phone.press(phone.button("save-change"))
    await there.all_see("Ik, vorige week de tuinbonen en de erwten")
    await there.nobody_sees("Ik, vorige week de tuinbonen")
    await expect(guest.message("Ik, vorige week de tuinbonen en de erwten")).to_contain_text(guest.words("edited"))

    await guest.say("This was for another room")
    await there.all_see("This was for another room")
    await guest.act("This was for another room", "act-delete")
    await guest.press(guest.button("undo"))
    await there.all_see("This was for another room")
    await guest.act("This was for another room", "act-delete")
    await there.nobody_sees("This was for another room")


async def somebody_searches(there: Company) -> None:
    phone = there.phone
    assert LONG_AGO not in await phone.texts()
    await phone.press(phone.button("search-title"))
    await phone.write(phone.page.get_by_role("searchbox"), "zaaikalender")
    hit = phone.page.get_by_role("search").get_by_role("button").filter(has_text=LONG_AGO)
    await expect(hit.locator("mark")).to_have_text("zaaikalender")
    await phone.press(hit)
    await expect(phone.message(LONG_AGO)).to_be_focused()
    await expect(phone.message(LONG_AGO)).to_be_in_viewport()
    await phone.press(phone.button("to-newest"))
    await expect(phone.message("Zet ze dan binnen voor")).to_be_in_viewport()


async def the_owner_keeps_order(there: Company) -> None:
    owner, guest, phone = there.owner, there.guest, there.phone
    text = "Goedemorgen, wie heeft er al gezaaid?"
    await owner.act(text, "act-pin")
    await owner.act(text, "act-save")
    for one in there.all:
        pinned = one.page.get_by_role("region", name=one.words("pinned-messages"))
        await expect(pinned).to_contain_text(text)
        mark = one.message(text).get_by_text(one.words("saved"))
        await expect(mark).to_have_count(1 if one in (owner, there.second) else 0)  # what is harvested staff know
    await owner.act(text, "act-unpin")
    await expect(guest.page.get_by_role("region", name=guest.words("pinned-messages"))).to_have_count(0)

    await guest.say("Buy cheap seeds at my shop")
    await there.all_see("Buy cheap seeds at my shop")
    await owner.act("Buy cheap seeds at my shop", "act-remove")
    await expect(phone.log.get_by_text(phone.words("message-removed"))).to_be_visible()
    await there.nobody_sees("Buy cheap seeds at my shop")

    await owner.press(owner.button("lock"))
    for one in (phone, guest):
        await expect(one.page.get_by_text(one.words("read-only-locked"))).to_be_visible()
        await expect(one.composer).to_have_count(0)
    await expect(there.second.composer).to_be_visible()
    await owner.press(owner.button("unlock"))
    await expect(guest.composer).to_be_visible()


async def typing_shows(there: Company) -> None:
    owner = there.owner
    sentence = owner.words("typing", count=1, names="Teun")
    await there.phone.press(there.phone.composer)
    await there.phone.page.keyboard.type("Ik vraag me")
    for one in (owner, there.second):
        await expect(one.page.get_by_text(sentence)).to_be_visible()
    await expect(there.phone.page.get_by_text(sentence)).to_have_count(0)
    await there.phone.composer.press("ControlOrMeta+a")
    await there.phone.page.keyboard.press("Delete")
    await expect(owner.page.get_by_text(sentence)).to_have_count(0)


async def the_server_is_killed(kring: Hall, there: Company) -> None:
    await kring.kill()
    phone, guest = there.phone, there.guest
    for one in there.all:
        await expect(
            one.page.get_by_role("status").filter(has_text=one.words("reconnecting", waiting=0))
        ).to_be_visible()
    meanwhile = {
        phone: ["Eerste onderweg", "Tweede onderweg", "Derde onderweg"],
        guest: ["First meanwhile", "Second meanwhile"],
    }
    for one, texts in meanwhile.items():
        for text in texts:
            await one.say(text)
            await expect(one.message(text)).to_contain_text(one.words("waiting-to-send"))
        await expect(one.status("reconnecting", waiting=len(texts))).to_be_visible()
    await guest.act("Zet ze dan binnen voor", "react-thanks")
    await expect(guest.reaction("Zet ze dan binnen voor", "thanks")).to_have_accessible_name(
        re.compile(guest.words("waiting-to-send"))
    )

    await kring.start()
    for one in there.all:
        await expect(one.page.get_by_text(one.words("waiting-to-send"))).to_have_count(0)
        await expect(one.page.locator(".banner")).to_have_count(0)
        await expect(one.reaction("Zet ze dan binnen voor", "thanks")).to_have_text("1")
        for texts in meanwhile.values():
            for text in texts:
                await expect(one.message(text)).to_have_count(1)
            assert in_order(await one.texts(), texts)


async def everybody_has_the_same(there: Company) -> None:
    """Also after a reload: what is on the pages is what was stored."""
    await there.second.page.reload()
    await there.second.arrived()
    newest = [await last(one) for one in there.all]
    assert newest[0][-5:] == newest[1][-5:]
    assert all(texts == newest[0] for texts in newest)
    assert len(set(newest[0])) == len(newest[0])
    staff = there.second.message("Goedemorgen, wie heeft er al gezaaid?")
    await expect(staff).to_contain_text(there.second.words("staff"))
    # the same person: what one device wrote can be edited on the other
    await there.second.act("Goedemorgen, wie heeft er al gezaaid?", "act-edit")
    await there.second.page.keyboard.press("Escape")


async def last(one: Device, count: int = 12) -> list[str]:
    """The newest messages, with everything behind them loaded and shown."""
    await one.page.keyboard.press("Escape")
    return (await one.texts())[-count:]


def in_order(texts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether all that is wanted stands there, each once and in that order."""
    return [text for text in texts if text in wanted] == list(wanted)


def test_in_order_would_notice() -> None:
    """The control: twice, missing or the other way round is not in order."""
    assert in_order(["x", "a", "y", "b"], ["a", "b"])
    assert not in_order(["a", "a", "b"], ["a", "b"])
    assert not in_order(["a"], ["a", "b"])
    assert not in_order(["b", "a"], ["a", "b"])
