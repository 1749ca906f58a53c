"""A walk past every state of the moderators' desk; like `tour`, with people's words in Cyrillic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.tour import State

TITLE, MODERATOR, OTHER = "Вечір запитань", "Марія", "Олена"
NEW = ("Коли сіяти горох?", "Чим підживити томати?", "Чи мульчувати взимку?")
LIVE = ("Де купити насіння?", "Як обрізати яблуню?", "Скільки води треба огіркам?")
NOW, ANSWERED = "Що садити поруч?", "Чи потрібна теплиця?"
DECLINED, PARKED = "Хто поганий сусід?", "Коли копати картоплю?"


def card_of(one: Device, text: str) -> Locator:
    """The question with these words, in a list or on stage."""
    return one.page.get_by_role("article").filter(has=one.page.get_by_text(text, exact=True))


def lane_of(one: Device, lane: str) -> Locator:
    return one.page.locator(f"[data-place={lane}]")


async def at_desk(
    browser: Browser, kring: Hall, gathering: Gathering, name: str, tongue: str, *, phone: bool = False
) -> Device:
    """Somebody new on the staff, at the desk."""
    one = await device(browser, kring.base, tongue, phone=phone)
    await one.sign_in(await kring.link(Role.MODERATOR), name)
    await one.go(f"/s/{gathering.id}/desk")
    await expect(one.page.get_by_role("heading", name=one.words("now"), exact=True)).to_be_visible()
    return one


async def choose_lane(one: Device, lane: str) -> None:
    """On a phone one list shows at a time."""
    if one.phone:
        nav = one.page.get_by_role("navigation", name=one.words("lanes"))
        button = nav.get_by_role("button", name=one.words(f"lane-{lane}-short"))
        await one.press(button)
        await expect(button).to_have_attribute("aria-pressed", "true")


async def take(one: Device, text: str) -> Locator:
    """Have that question at hand; what is returned are its acts."""
    card = card_of(one, text)
    await one.press(card.locator("[lang]").first)
    acts = card.get_by_role("group")
    await expect(acts).to_be_visible()
    return acts


async def act(one: Device, text: str, name: str) -> None:
    """By the button on the card, or else behind "more"."""
    acts = await take(one, text)
    button = acts.get_by_role("button", name=one.words(f"do-{name}"), exact=True)
    if await button.count() == 0:
        await one.press(acts.get_by_role("button").last)
        button = one.page.get_by_role("dialog").get_by_role("button", name=one.words(f"do-{name}"), exact=True)
    await one.press(button)


@dataclass
class DeskTour:
    """`tongue`, `phone`: of the device."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async with AsyncExitStack() as stack:
            gathering = await stack.enter_async_context(Gathering.of(self.kring, TITLE, moderator=MODERATOR))
            one = await at_desk(self.browser, self.kring, gathering, OTHER, self.tongue, phone=self.phone)
            await expect(lane_of(one, "review").get_by_text(one.words("review-empty"))).to_be_visible()
            yield "an empty desk", one
            await self._fill(gathering)
            for part in (self._lists, self._asking, self._first, self._around, self._end):
                async for state in part(one, gathering):
                    yield state

    async def _fill(self, gathering: Gathering) -> None:
        people = [await gathering.guest(f"Гість {nth}") for nth in range(4)]
        for nth, text in enumerate([*LIVE, NOW, ANSWERED, DECLINED, PARKED]):
            await gathering.ask(people[nth % 4], text, "anonymous" if nth % 3 == 0 else None)
            await gathering.act("qna.approve", text)
        for nth, text in enumerate([*LIVE, NOW]):
            for who in people[nth:]:
                await gathering.vote(who, text)
        await gathering.act("qna.stage", NOW)
        await gathering.act("qna.answer", ANSWERED, how="written", text="Ні, але з нею тепліше.")
        await gathering.act("qna.decline", DECLINED, because="conduct", note="Питайте про сад.")
        await gathering.act("qna.park", PARKED, on=True)
        await gathering.act("qna.label", LIVE[0], label="насіння")
        for who, text in zip(people, NEW, strict=False):
            await gathering.ask(who, text)
        await gathering.moderator.do({"t": "qna.mute", "question": await gathering.question(LIVE[2]), "on": True})

    # ---- the lists -----------------------------------------------------------------------------------------------

    async def _lists(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await expect(card_of(one, NEW[2])).to_be_visible()
        yield "a full desk", one
        await take(one, NEW[0])
        yield "a question to review at hand", one
        await act(one, NEW[0], "approve")
        await expect(one.button("undo")).to_be_visible()
        yield "approved, with a way back", one
        await one.press(one.button("undo"))
        await expect(card_of(one, NEW[0])).to_be_focused()
        await choose_lane(one, "live")
        await take(one, LIVE[1])
        yield "a live question at hand", one
        voter = await gathering.guest("Гість 9")
        for text in LIVE[1:]:
            await gathering.vote(voter, text)
        for who in [await gathering.guest(f"Гість 1{nth}") for nth in range(3)]:
            await gathering.vote(who, LIVE[2])
        await expect(one.button("moved-show", count=1)).to_be_visible()
        yield "the order has changed", one
        await one.press(one.button("moved-show", count=1))
        await choose_lane(one, "done")
        await take(one, DECLINED)
        yield "a declined question at hand", one

    # ---- what asks something first -------------------------------------------------------------------------------

    async def _asking(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        dialog = one.page.get_by_role("dialog")
        await choose_lane(one, "live")
        acts = await take(one, LIVE[0])
        await one.press(acts.get_by_role("button").last)
        await expect(dialog).to_be_visible()
        yield "all acts of a question", one
        await one.page.keyboard.press("Escape")
        for name in ("decline", "edit", "label", "write"):
            await act(one, LIVE[0], name)
            await expect(dialog).to_be_visible()
            yield f"{name}: asked", one
            if name in ("decline", "write"):
                await one.press(dialog.locator("[type=submit]"))
                await expect(dialog.get_by_role("alert")).to_be_visible()
                yield f"{name}: something lacks", one
            await one.press(dialog.get_by_role("button", name=one.words("cancel"), exact=True))
            await expect(dialog).to_be_hidden()
        await one.press(one.button("choose-next"))
        await expect(dialog).to_be_visible()
        yield "choosing what comes next", one
        await one.press(dialog.get_by_role("button").filter(has_text=LIVE[0]))
        await expect(one.button("change-next")).to_be_visible()
        yield "something is next", one

    # ---- somebody else was first ---------------------------------------------------------------------------------

    async def _first(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await choose_lane(one, "review")
        await act(one, NEW[1], "edit")
        field = one.page.get_by_role("dialog").get_by_role("textbox")
        await field.fill("Чим підживити помідори?")
        await gathering.act("qna.edit", NEW[1], text="Чим і коли підживити томати?")
        await gathering.act("qna.label", "Чим і коли підживити томати?", label="томати")
        await one.press(one.button("save-change"))
        await expect(one.button("keep-theirs")).to_be_visible()
        yield "somebody else was first", one
        await one.press(one.button("keep-theirs"))
        await expect(one.page.get_by_role("dialog")).to_be_hidden()

    # ---- around the lists ----------------------------------------------------------------------------------------

    async def _around(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        dialog = one.page.get_by_role("dialog")
        if self.phone:
            await self._menu(one, gathering, "menu")
            yield "the menu", one
            await one.page.keyboard.press("Escape")
        for name in ("keys-title", "invite-title"):
            await self._menu(one, gathering, name)
            await expect(dialog).to_be_visible()
            yield name, one
            await one.page.keyboard.press("Escape")
        await one.page.evaluate("() => { window.open = () => null }")  # as a browser does that blocks new windows
        await self._menu(one, gathering, "present")
        await expect(dialog.get_by_label(one.words("present-link"))).to_be_visible()
        yield "the address of the screen", one
        await one.page.keyboard.press("Escape")
        await one.context.set_offline(True)
        await expect(one.status("offline", waiting=0)).to_be_visible()
        await act(one, NEW[0], "approve")
        await choose_lane(one, "live")
        await expect(card_of(one, NEW[0]).get_by_text(one.words("waiting-to-send"))).to_be_visible()
        yield "offline, with an act that waits", one
        await one.context.set_offline(False)
        await expect(one.page.get_by_text(one.words("waiting-to-send"))).to_have_count(0)

    async def _menu(self, one: Device, gathering: Gathering, name: str) -> None:
        """What stands above the desk, on a phone behind the menu."""
        if self.phone:
            await one.press(one.button("menu"))
            if name != "menu":
                await one.press(one.page.get_by_role("dialog").get_by_role("button", name=one.words(name), exact=True))
        elif name == "invite-title":
            code = " ".join(gathering.code)
            await one.press(one.button("invite-with", code=code))
        else:
            await one.press(one.button(name).first)

    # ---- the end -------------------------------------------------------------------------------------------------

    async def _end(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        (self.kring.data / "secrets" / gathering.qna).unlink()
        await one.page.reload()
        await expect(one.status("desk-secret-gone")).to_be_visible()
        yield "the secret of the room is gone", one
        await self._menu(one, gathering, "end-session")
        await expect(one.button("end-sure")).to_be_visible()
        yield "ending", one
        await one.press(one.button("end-sure"))
        await expect(one.status("desk-closed")).to_be_visible()
        await expect(one.button("advance")).to_have_count(0)
        yield "a closed desk", one
