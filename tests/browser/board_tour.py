"""A walk past every state of a board, as who runs it and a participant see it; like `tour`, with words in Cyrillic."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from realtime.client import Done
from realtime.client.values import Value
from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.tour import NOTHING_READABLE, State

SESSION, TITLE, ANOTHER = "Вечір запитань", "Озираємося назад", "Наступний рік"
MODERATOR, LEADER, GUEST, OTHER = "Марія", "Олена", "Тарас", "Ніна"
COLUMNS = ("Зберегти", "Змінити", "Спробувати")
MINE, THEIRS, THIRD = "Щотижневий лист про сад", "Насіння закінчилося рано", "Разом сіяти у березні"
LONG = "дуже " * 110


@dataclass
class BoardTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async with AsyncExitStack() as stack:
            of = Gathering.of(self.kring, SESSION, moderator=MODERATOR)
            gathering = await stack.enter_async_context(of)
            lead = await leader(self.browser, self.kring, gathering, LEADER, self.tongue, phone=self.phone)
            one = await device(self.browser, self.kring.base, self.tongue, phone=self.phone)
            for part in (
                self._begin,
                self._columns,
                self._write,
                self._time,
                self._reveal,
                self._group,
                self._list,
                self._mute,
            ):
                async for state in part(lead, one, gathering):
                    yield state
            for part in (self._vote, self._agree, self._around, self._end):
                async for state in part(lead, one, gathering):
                    yield state

    # ---- a board begins ------------------------------------------------------------------------------------------

    async def _begin(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await begin_board(lead)
        yield "adding a board", lead
        await lead.press(lead.button("board-add-now"))
        await expect(lead.page.get_by_role("alert")).to_be_visible()
        yield "a board without a title", lead
        await lead.write(lead.page.get_by_label(lead.words("board-title-label")), TITLE)
        await lead.press(lead.page.get_by_text(lead.words("board-template-empty"), exact=True))
        await lead.press(lead.button("board-add-now"))
        await expect(lead.page.get_by_role("heading", name=lead.words("board-no-columns"))).to_be_visible()
        yield "a board without columns", lead

    async def _columns(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await settings(lead)
        yield "setting up a board", lead
        await lead.press(row(lead, "board-columns-title"))
        for nth, title in enumerate(COLUMNS):
            await lead.press(lead.button("board-column-add"))
            if nth == 0:
                await lead.press(lead.button("board-save"))
                await expect(lead.page.get_by_role("alert")).to_be_visible()
                yield "a column without a title", lead
            await lead.write(lead.page.get_by_label(lead.words("board-column-name")), title)
            await lead.press(lead.button("board-save"))
            await expect(lead.button("board-column-rename", title=title)).to_be_visible()
        yield "the columns of a board", lead
        await lead.page.keyboard.press("Escape")

    # ---- writing alone -------------------------------------------------------------------------------------------

    async def _write(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await one.knock(gathering.code, GUEST)
        await expect(to_board(one)).to_be_visible()
        yield "a session with a board", one
        await one.press(to_board(one))
        await expect(add_in(one, COLUMNS[0])).to_be_visible()
        yield "writing alone", one
        await one.press(add_in(one, COLUMNS[0]))
        await one.page.keyboard.insert_text(LONG)
        yield "a note too long", one
        await words_of(one).fill(MINE)
        await one.press(one.button("board-add-short"))
        await expect(one.page.get_by_text(one.words("board-only-you"))).to_be_visible()
        yield "a note only you see", one
        await words_of(one).fill(NOTHING_READABLE)
        await one.press(one.button("board-add-short"))
        await expect(one.button("drop-message")).to_be_visible()
        yield "a note refused", one
        await one.press(one.button("drop-message"))
        other = await gathering.on(board_id(lead), OTHER)
        columns = sorted((r["place"], id) for id, r in other.records.items() if r["t"] == "board.column")
        for (_, column), text in zip(columns, (THEIRS, THIRD), strict=False):
            assert isinstance(await other.do({"t": "board.write", "column": column, "text": text}), Done)
        await expect(one.page.get_by_text(one.words("board-hidden", count=1)).first).to_be_visible()
        yield "hidden notes of others", one

    async def _time(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await lead.press(lead.button("board-timer"))
        yield "choosing a time", lead
        await lead.press(lead.button("board-minutes", minutes=5))
        await expect(lead.button("board-timer-more")).to_be_visible()
        yield "the time runs", lead
        await one.press(one.button("board-ready"))
        await expect(one.button("board-ready")).to_have_attribute("aria-pressed", "true")
        yield "ready", one

    async def _reveal(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await lead.press(lead.button("board-next-reveal"))
        await expect(lead.button("board-reveal-do")).to_be_visible()
        yield "asking before revealing", lead
        await lead.press(lead.button("board-reveal-do"))
        await expect(one.page.get_by_text(THEIRS)).to_be_visible()
        yield "revealed", one
        yield "revealed, for who runs it", lead

    # ---- putting together ----------------------------------------------------------------------------------------

    async def _group(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await lead.press(lead.button("board-next-group"))
        await expect(one.page.get_by_role("heading", name=one.words("board-title-group"))).to_be_visible()
        yield "grouping", one
        await more_of(one, MINE)
        yield "what to do with a note", one
        await one.press(one.button("board-do-move"))
        yield "moving a note", one
        await one.page.keyboard.press("Escape")
        await more_of(one, MINE)
        await one.press(one.button("board-do-group"))
        yield "grouping a note", one
        await one.press(one.page.get_by_role("dialog").get_by_role("button").filter(has_text=THIRD))
        await expect(one.button("undo")).to_be_visible()
        await see_column(one, 1)
        await expect(one.page.locator("section.group")).to_be_visible()
        yield "a group", one

    async def _list(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await look_at(one, "list")
        await expect(one.page.get_by_role("heading", name=one.words("board-group-unnamed"))).to_be_visible()
        yield "grouping in the list", one
        await one.press(one.button("board-name-of", text=one.words("board-group-unnamed")))
        yield "naming a group", one
        await one.page.keyboard.insert_text("Весна")
        await one.press(one.button("board-save"))
        await expect(one.page.get_by_role("heading", name="Весна")).to_be_visible()
        await one.press(one.button("board-edit-of", text=MINE))
        await words_of(one).fill(f"{MINE} щосереди")
        await self._edit_behind(gathering, lead)
        await one.press(one.button("board-save"))
        await expect(one.page.get_by_role("heading", name=one.words("board-stale"))).to_be_visible()
        yield "two wordings of a note", one
        await one.press(one.button("board-stale-keep"))
        await one.press(one.button("board-more-of", text="Весна"))
        yield "what to do with a group", one
        await one.page.keyboard.press("Escape")

    async def _mute(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await look_at(lead, "list")
        await lead.press(lead.button("board-more-of", text=THEIRS))
        await lead.press(row(lead, "board-do-mute"))
        await expect(lead.page.get_by_text(lead.words("board-muted-mark"))).to_be_visible()
        yield "a note whose writer is muted", lead
        await look_at(lead, "board")
        await settings(lead)
        await lead.press(row(lead, "board-muted-title"))
        await expect(lead.page.get_by_role("dialog").get_by_text(THEIRS)).to_be_visible()
        yield "who is muted", lead
        await lead.press(lead.button("board-unmute-of", text=THEIRS))
        await expect(lead.page.get_by_text(lead.words("board-muted-nobody"))).to_be_visible()
        yield "nobody is muted", lead
        await lead.page.keyboard.press("Escape")

    async def _edit_behind(self, gathering: Gathering, lead: Device) -> None:
        """The moderator changes a note that somebody is writing on."""
        staff = await gathering.on(board_id(lead))
        note = next(id for id, r in staff.records.items() if r["t"] == "board.note" and r["text"] == MINE)
        edit: dict[str, Value] = {"t": "board.edit", "note": note, "rev": 0, "text": f"{MINE} і город"}
        assert isinstance(await staff.do(edit), Done)

    # ---- votes ---------------------------------------------------------------------------------------------------

    async def _vote(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await settings(lead)
        await lead.press(row(lead, "board-votes-title"))
        yield "how many votes", lead
        await lead.page.get_by_label(lead.words("board-votes-each")).fill("77")
        await expect(lead.page.get_by_role("alert")).to_be_visible()
        yield "too many votes", lead
        await lead.page.keyboard.press("Escape")
        await lead.press(lead.button("board-next-vote"))
        await expect(one.page.get_by_text(one.words("board-votes-left", left=5, budget=5))).to_be_visible()
        await one.press(one.button("board-dot-more", of=THEIRS, dots=0))
        yield "voting in the list", one
        await look_at(one, "board")
        await see_column(one, 1)
        await one.press(one.button("board-dot-more", of="Весна", dots=0))
        yield "voting", one
        yield "voting, for who runs it", lead

    # ---- what was agreed -----------------------------------------------------------------------------------------

    async def _agree(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await lead.press(lead.button("board-next-discuss"))
        await expect(one.page.get_by_role("heading", name=one.words("board-title-discuss"))).to_be_visible()
        yield "discussing", one
        await see_agreed(one)
        yield "nothing agreed yet", one
        await one.press(one.button("board-action-add"))
        await one.press(one.button("board-save"))
        await expect(one.page.get_by_role("alert")).to_be_visible()
        yield "an action without words", one
        await one.page.get_by_label(one.words("board-action-text")).fill("Скласти лист")
        await one.page.get_by_label(one.words("board-owner")).fill(OTHER)
        await one.page.get_by_label(one.words("board-due")).fill("2026-12-07")
        await one.press(one.button("board-save"))
        await expect(one.page.get_by_text("Скласти лист")).to_be_visible()
        await one.press(one.button("board-decision-add"))
        yield "a decision", one
        await one.page.get_by_label(one.words("board-decision-text")).fill("Сіємо разом")
        await one.press(one.button("board-save"))
        await expect(one.page.get_by_text("Сіємо разом")).to_be_visible()
        yield "agreed", one
        await one.press(one.button("board-drop-of", text="Сіємо разом"))
        await expect(one.button("undo")).to_be_visible()
        yield "taken away, with a way back", one
        await one.press(one.button("undo"))
        await expect(one.page.get_by_text("Сіємо разом")).to_be_visible()
        await lead.press(lead.button("board-next-done"))
        await expect(one.page.get_by_role("heading", name=one.words("board-title-done"))).to_be_visible()
        yield "finished", one
        yield "finished, for who runs it", lead

    # ---- around it -----------------------------------------------------------------------------------------------

    async def _around(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await settings(lead)
        await lead.press(row(lead, "board-lock"))
        await expect(one.status("board-locked")).to_be_visible()
        yield "a locked board", one
        await one.context.set_offline(True)
        await expect(one.status("offline", waiting=0)).to_be_visible()
        yield "a board offline", one
        await one.context.set_offline(False)
        await gathering.board(ANOTHER)
        await one.page.reload()
        await one.press(to_board(one))
        await expect(one.page.get_by_role("dialog").get_by_text(ANOTHER)).to_be_visible()
        yield "which board", one
        await one.page.keyboard.press("Escape")

    async def _end(self, lead: Device, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await gathering.close()
        await expect(one.status("board-closed")).to_be_visible()
        yield "a board of a closed session", one
        await one.go(f"/s/{gathering.id}/board/nothing")
        await expect(one.page.get_by_role("status").filter(has=one.page.locator("p:not(:empty)")).first).to_be_visible()
        yield "no such board", one


# ---- what stands on a board's page, and around it -------------------------------------------------------------------


async def leader(
    browser: Browser, kring: Hall, gathering: Gathering, name: str, tongue: str, *, phone: bool = False
) -> Device:
    """Somebody new on the staff, in the session."""
    one = await device(browser, kring.base, tongue, phone=phone)
    await one.sign_in(await kring.link(Role.MODERATOR), name)
    await one.go(f"/s/{gathering.id}")
    await expect(one.page.locator("#tab-top")).to_be_visible()
    return one


async def begin_board(one: Device) -> None:
    """Open the dialog in which staff add a board."""
    if one.phone:
        await one.press(one.button("menu"))
    await one.press(one.button("board-add"))
    await expect(one.page.get_by_role("dialog", name=one.words("board-add"))).to_be_visible()


def board_id(one: Device) -> str:
    """Of the board that is open."""
    return one.page.url.partition("?")[0].rpartition("/")[2]


def to_board(one: Device) -> Locator:
    """The way to the only board, or to the list of them."""
    rooms = one.page.get_by_role("navigation", name=one.words("rooms"))
    names = "|".join(re.escape(one.words(name)) for name in ("board", "boards"))
    return rooms.locator("a, button").filter(has_text=re.compile(names), visible=True).first


def add_in(one: Device, column: str) -> Locator:
    return one.button("board-add-in", column=column)


def words_of(one: Device) -> Locator:
    """Where the words of a note are written."""
    return one.page.locator("form.words textarea")


def row(one: Device, message: str) -> Locator:
    """In a dialog: the button whose first words these are."""
    return one.page.get_by_role("dialog").get_by_role("button", name=re.compile(re.escape(one.words(message))))


async def settings(one: Device) -> None:
    await one.press(one.button("board-settings"))
    await expect(one.page.get_by_role("dialog", name=one.words("board-settings"))).to_be_visible()


async def see_column(one: Device, nth: int) -> None:
    """On a phone one column shows at a time."""
    if one.phone:
        await one.press(one.page.locator("[data-switch]").nth(nth))


async def look_at(one: Device, how: str) -> None:
    """As board or as list."""
    looks = one.page.get_by_role("group", name=one.words("board-look"))
    await one.press(looks.get_by_role("button", name=one.words(f"board-look-{how}"), exact=True))


async def see_agreed(one: Device) -> None:
    """On a phone what was agreed has a place of its own."""
    if one.phone:
        await one.press(one.page.get_by_role("button", name=re.compile(f"^{re.escape(one.words('board-agreed'))}")))
    await expect(one.page.get_by_role("heading", name=one.words("board-actions"))).to_be_visible()


async def more_of(one: Device, text: str) -> None:
    """Open what one may do with a card."""
    button = one.button("board-more-of", text=text)
    if not one.phone:
        await one.page.locator("article").filter(has_text=text).hover()
    await one.press(button)
    await expect(one.page.get_by_role("dialog")).to_be_visible()
