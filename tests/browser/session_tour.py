"""A walk past every state of a session as everybody in it sees it; like `tour`, with people's words in Cyrillic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.tour import NOTHING_READABLE, State, failing, silent

TITLE, MODERATOR, GUEST = "Вечір запитань", "Марія", "Тарас"
OPEN = ("Коли сіяти горох?", "Чим підживити томати?", "Чи мульчувати взимку?")
LONG = "Чому " + "дуже " * 90 + "довго?"


@dataclass
class SessionTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async with AsyncExitStack() as stack:
            of = Gathering.of(self.kring, TITLE, level="pseudonymous", moderator=MODERATOR)
            gathering = await stack.enter_async_context(of)
            one = await device(self.browser, self.kring.base, self.tongue, phone=self.phone)
            for part in (self._door, self._empty, self._asking, self._others, self._mine, self._around, self._end):
                async for state in part(one, gathering):
                    yield state

    # ---- the way in ----------------------------------------------------------------------------------------------

    async def _door(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await one.go(f"/j/{gathering.code}")
        await expect(one.button("join")).to_be_visible()
        yield "door of a session", one
        async with silent(one):
            await one.write(one.page.get_by_label(one.words("name-label")), GUEST)
            await one.press(one.button("join"))
            await expect(one.status("loading-questions")).to_be_visible()
            yield "entering a session", one
        await one.page.reload()
        await expect(one.page.get_by_text(one.words("none-top-title"))).to_be_visible()

    async def _empty(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await expect(one.page.get_by_text(one.words("here-count", count=2)).first).to_be_visible()
        yield "no questions", one
        for tab in ("answered", "mine"):
            await one.press(tab_of(one, tab))
            await expect(one.page.get_by_text(one.words(f"none-{tab}-title"))).to_be_visible()
            yield f"nothing under {tab}", one
        await one.press(tab_of(one, "top"))

    # ---- asking --------------------------------------------------------------------------------------------------

    async def _asking(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await self._open_form(one)
        yield "asking, with few people", one
        if not self.phone:
            await one.press(field_of(one))
        await one.press(one.page.get_by_role("button", name=one.words("level-anonymous-short"), exact=True))
        await expect(one.page.get_by_text(one.words("ask-anonymous"))).to_be_visible()
        await one.page.keyboard.insert_text(LONG)
        yield "asking anonymously", one
        await one.page.keyboard.insert_text(LONG)
        yield "a question too long", one
        await field_of(one).fill("Як обрізати яблуню?")
        await one.press(one.button("ask"))
        await expect(card_of(one, "Як обрізати яблуню?")).to_be_visible()
        await expect(one.page.get_by_text(one.words("only-you-see-it"))).to_be_visible()
        yield "in review", one
        await one.press(one.button("change-words"))
        await expect(field_of(one)).to_have_value("Як обрізати яблуню?")
        yield "changing a question", one
        await one.press(one.button("stop-editing"))
        if self.phone:
            await one.page.keyboard.press("Escape")
        await one.press(one.button("withdraw"))
        await expect(one.page.get_by_text(one.words("withdrawn"))).to_be_visible()
        yield "withdrawing", one
        await one.press(one.button("undo"))
        await expect(card_of(one, "Як обрізати яблуню?")).to_be_visible()

    async def _open_form(self, one: Device) -> None:
        await one.press(
            one.page.get_by_role("button", name=one.words("ask-placeholder")) if self.phone else field_of(one)
        )
        await expect(field_of(one)).to_be_focused()

    # ---- what others ask -----------------------------------------------------------------------------------------

    async def _others(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        people = [await gathering.guest(f"Гість {nth}") for nth in range(5)]
        for who, text in zip(people, OPEN, strict=False):
            await gathering.ask(who, text, "pseudonymous")
            await gathering.act("qna.approve", text)
        await gathering.ask(people[0], "Де купити насіння?", "anonymous")
        for nth, text in enumerate(OPEN):
            for who in people[nth:]:
                await gathering.vote(who, text)
        await one.press(tab_of(one, "top"))
        await expect(card_of(one, OPEN[2])).to_be_visible()
        yield "open questions", one
        await one.press(vote_of(one, OPEN[0]))
        await expect(vote_of(one, OPEN[0])).to_have_attribute("aria-pressed", "true")
        yield "voted", one
        await vote_of(one, OPEN[0]).focus()
        await gathering.act("qna.approve", "Де купити насіння?")
        await gathering.act("qna.label", "Де купити насіння?", label="насіння")
        await expect(one.button("new-show", count=1)).to_be_visible()
        yield "a new question waits", one
        await vote_of(one, OPEN[0]).focus()
        waiting = one.button("new-show", count=1)
        if await waiting.is_visible():  # a list that nobody was in for a while has shown it by itself
            await one.press(waiting)
        await expect(card_of(one, "Де купити насіння?")).to_be_visible()
        yield "new questions shown", one
        await gathering.act("qna.stage", OPEN[0])
        await gathering.moderator.do({"t": "qna.next", "question": await gathering.question(OPEN[1])})
        await expect(one.page.get_by_role("heading", name=one.words("now-answering"))).to_be_visible()
        await expect(one.page.get_by_text(one.words("up-next"))).to_be_visible()
        yield "on stage", one
        await gathering.act("qna.answer", OPEN[0], how="live", text="Щойно зійде сніг.")
        await gathering.act("qna.follow_up", OPEN[2])
        await one.press(tab_of(one, "answered"))
        await expect(one.page.get_by_text("Щойно зійде сніг.")).to_be_visible()
        yield "answered", one

    # ---- what became of one's own --------------------------------------------------------------------------------

    async def _mine(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await one.press(tab_of(one, "mine"))
        await gathering.act("qna.decline", "Як обрізати яблуню?", because="off_topic", note="Це про ліс.")
        await expect(one.page.get_by_text("Це про ліс.")).to_be_visible()
        yield "declined", one
        await gathering.act("qna.remove", "Як обрізати яблуню?")
        await expect(one.page.get_by_text(one.words("question-removed"))).to_be_visible()
        yield "removed", one
        await gathering.moderator.do({"t": "qna.set", "asking": False})
        await expect(one.page.get_by_text(one.words("asking-closed"))).to_be_visible()
        yield "asking closed", one
        await gathering.moderator.do({"t": "qna.set", "asking": True})
        await self._open_form(one)
        await one.page.keyboard.insert_text(NOTHING_READABLE)
        await one.press(one.button("ask"))
        await expect(one.button("send-again")).to_be_visible()
        yield "a question refused", one
        await one.press(one.button("drop-message"))

    # ---- beside the questions ------------------------------------------------------------------------------------

    async def _around(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        speaker = await gathering.guest("Ніна", chat=True)
        await speaker.do({"t": "chat.post", "text": "Добрий вечір"})
        if self.phone:
            await expect(one.page.get_by_text(one.words("unread"))).to_be_attached()
            yield "unread in the chat", one
            await one.press(one.page.get_by_role("navigation").get_by_role("button", name=one.words("chat")))
        await expect(one.message("Добрий вечір")).to_be_visible()
        yield "the chat of a session", one
        if self.phone:
            await one.press(one.page.get_by_role("navigation").get_by_role("button", name=one.words("questions")))
        await one.press(one.button("menu"))
        await expect(one.page.get_by_role("dialog")).to_be_visible()
        yield "menu of a session", one
        await one.press(one.page.get_by_role("dialog").get_by_role("button", name=one.words("keys-title")))
        await expect(one.page.get_by_text(one.words("key-tabs"))).to_be_visible()
        yield "keys of a session", one
        await one.page.keyboard.press("Escape")
        await one.context.set_offline(True)
        await expect(one.status("offline", waiting=0)).to_be_visible()
        yield "a session offline", one
        await one.context.set_offline(False)

    async def _end(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await gathering.close()
        await expect(one.status("session-is-closed")).to_be_visible()
        yield "closed", one
        async with failing(one, "**/api/sessions/*"):
            await one.page.reload()
            await expect(one.button("try-again")).to_be_visible()
            yield "session unreachable", one
        await one.go("/s/nothing")
        await expect(one.page.get_by_text(one.words("session-none-title"))).to_be_visible()
        yield "no such session", one


# ---- what stands on a session's page --------------------------------------------------------------------------------


def tab_of(one: Device, tab: str) -> Locator:
    return one.page.locator(f"#tab-{tab}")


def field_of(one: Device) -> Locator:
    """Where one asks."""
    return one.page.get_by_role("textbox", name=one.words("ask-field"))


def card_of(one: Device, text: str) -> Locator:
    """The question with these words in the list."""
    return one.page.locator("article", has=one.page.get_by_role("heading", name=text, exact=True))


def vote_of(one: Device, text: str) -> Locator:
    return card_of(one, text).locator("button.vote")
