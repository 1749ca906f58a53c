"""A walk past every state of a session's life and of its harvest; like `tour`, with people's words in Cyrillic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, expect

from persistence.database import Database
from persistence.gate import now_ms
from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.harvest_screens import begin_closing
from tests.browser.harvests import Left, leave
from tests.browser.tour import State, failing, held

TITLE, PURPOSE, MODERATOR, GUEST, MEMBER = "Вечір запитань", "Хто поливає сад улітку", "Марія", "Тарас", "Оксана"
OPEN, ANSWERED = "Коли сіяти горох?", "Чим підживити томати?"
LEFT = Left(
    board="Дошка",
    columns=("Зберегти",),
    groups={"Разом": ("Перше", "Друге", "Третє", "Четверте", "П’яте", "Шосте")},
    dots=(3,),
    loose=tuple(f"Нотатка {nth}" for nth in range(10)),
    decisions=("Поливаємо щовечора",),
    actions=(("Купити шланг", "Степан"),),
    writer="Степан",
    speaker="Ніна",
    pinned=("Адреса на стіні",),
    saved=("Воду беремо з криниці",),
)
GRACE_MS = 600_000


@dataclass
class HarvestTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async with AsyncExitStack() as stack:
            staff = await self._device()
            await staff.sign_in(await self.kring.link(Role.OWNER), MODERATOR)
            for part in (self._planning, self._running):
                async for state in part(staff):
                    yield state
            gathering = await stack.enter_async_context(Gathering.of(self.kring, TITLE, moderator=MODERATOR + " 2"))
            for later in (self._closing, self._harvest, self._choosing, self._reading):
                async for state in later(staff, gathering):
                    yield state

    async def _device(self) -> Device:
        return await device(self.browser, self.kring.base, self.tongue, phone=self.phone)

    # ---- a session's life ----------------------------------------------------------------------------------------

    async def _planning(self, staff: Device) -> AsyncIterator[State]:
        await staff.menu()
        await staff.press(staff.button("start-session").last)
        dialog = staff.page.get_by_role("dialog", name=staff.words("start-session"))
        await dialog.get_by_label(staff.words("start-title-label")).fill(TITLE)
        await dialog.get_by_label(staff.words("start-purpose"), exact=True).fill(PURPOSE)
        await staff.press(dialog.get_by_role("switch", name=staff.words("start-planned")))
        yield "planning a session", staff
        await staff.press(dialog.get_by_role("button", name=staff.words("start-plan"), exact=True))
        await expect(staff.status("life-planned-staff")).to_be_visible()
        yield "a planned desk", staff
        await staff.go("/c")
        await staff.arrived()
        await staff.menu()
        await expect(staff.page.get_by_role("list", name=staff.words("sessions-planned")).last).to_be_visible()
        yield "a planned session in the list", staff
        await staff.press(staff.page.get_by_role("link").filter(has_text=TITLE).last)
        await staff.page.wait_for_url("**/desk*")

    async def _running(self, staff: Device) -> AsyncIterator[State]:
        about = await about_session(staff)
        guest = await self._device()
        await guest.go(f"/j/{about['code']}")
        await expect(guest.page.get_by_text(guest.words("life-door-planned"))).to_be_visible()
        yield "the door of a planned session", guest
        await guest.write(guest.page.get_by_label(guest.words("name-label")), GUEST)
        await guest.press(guest.button("join"))
        await expect(guest.status("life-planned-text")).to_be_visible()
        yield "waiting until it opens", guest
        await staff.press(staff.button("life-open-now"))
        await expect(staff.status("life-planned-staff")).to_have_count(0)
        await expect(guest.status("life-planned-text")).to_have_count(0)
        await run(staff)
        yield "managing a session", staff
        await staff.press(in_dialog(staff, "life-do-lock"))
        await expect(in_dialog(staff, "life-do-unlock")).to_be_visible()
        yield "managing a locked session", staff
        await staff.page.get_by_role("dialog").get_by_label(staff.words("start-title-label")).fill("")
        await staff.press(in_dialog(staff, "life-save"))
        await expect(staff.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
        yield "a session without a title", staff
        await staff.page.keyboard.press("Escape")
        await expect(staff.status("life-locked-staff")).to_be_visible()
        yield "a locked desk", staff
        await expect(guest.status("life-locked-text")).to_be_visible()
        yield "a locked session", guest

    async def _closing(self, staff: Device, gathering: Gathering) -> AsyncIterator[State]:
        asker = await gathering.guest(GUEST + " 2")
        for text in (OPEN, ANSWERED):
            await gathering.ask(asker, text)
            await gathering.act("qna.approve", text)
        await gathering.act("qna.answer", ANSWERED, how="live", text="Попелом, раз на місяць.")
        await leave(gathering, LEFT)
        await staff.go(f"/s/{gathering.id}/harvest")
        await expect(staff.page.get_by_text(staff.words("harvest-not-yet"))).to_be_visible()
        yield "a harvest that is not there yet", staff
        async with Database.open(self.kring.data) as database:
            await begin_closing(database, gathering.id, now_ms() + GRACE_MS)
        await staff.go(f"/s/{gathering.id}/desk")
        await expect(staff.button("life-take-back")).to_be_visible()
        yield "closing, seen from the desk", staff
        await staff.go("/c")
        await staff.arrived()
        await staff.menu()
        await expect(
            staff.page.get_by_role("article").filter(has_text=staff.words("life-closing")).last
        ).to_be_visible()
        yield "closing, seen from the community", staff
        await staff.go(f"/s/{gathering.id}")
        await staff.press(staff.button("life-take-back"))
        await expect(staff.button("life-take-back")).to_have_count(0)
        yield "taken back", staff
        await gathering.close()

    # ---- the harvest ---------------------------------------------------------------------------------------------

    async def _harvest(self, staff: Device, gathering: Gathering) -> AsyncIterator[State]:
        async with held(staff, "**/outcome"):
            await staff.go(f"/s/{gathering.id}/harvest")
            await expect(staff.status("harvest-loading")).to_be_attached()
            yield "a harvest on its way", staff
        await expect(staff.page.get_by_role("heading", name=staff.words("harvest-question"))).to_be_visible()
        yield "the harvest", staff
        await staff.press(group_of(staff, "notes").get_by_role("button", name=staff.words("sessions-older", count=3)))
        await expect(row_of(staff, "Нотатка 7")).to_be_focused()
        yield "all of a long group", staff
        await staff.press(choice_of(staff, ANSWERED, "keep"))
        title = row_of(staff, ANSWERED).get_by_label(staff.words("harvest-title"), exact=True)
        await expect(title).to_be_focused()
        yield "keeping", staff
        await title.fill(" ")
        await staff.press(row_of(staff, ANSWERED).get_by_role("button", name=staff.words("harvest-keep-draft")))
        await expect(row_of(staff, ANSWERED).get_by_role("alert")).to_be_visible()
        yield "keeping without a title", staff
        await title.fill("Томати")

    async def _choosing(self, staff: Device, gathering: Gathering) -> AsyncIterator[State]:
        row = row_of(staff, ANSWERED)
        await staff.press(row.get_by_role("button", name=staff.words("harvest-keep-draft")))
        await expect(staff.page.get_by_text(staff.words("harvest-kept-one", title="Томати"))).to_be_visible()
        yield "kept as a draft", staff
        await staff.press(choice_of(staff, "Разом", "drop"))
        await expect(staff.page.get_by_text(staff.words("harvest-dropped-one"))).to_be_visible()
        yield "dropped", staff
        await staff.press(staff.button("harvest-publish-all", count=1))
        await expect(row.get_by_text(staff.words("harvest-is-published"), exact=True)).to_be_visible()
        yield "published", staff
        await staff.context.set_offline(True)
        await expect(staff.status("harvest-offline")).to_be_visible()
        yield "a harvest offline", staff
        await staff.press(choice_of(staff, OPEN, "drop"))
        await expect(row_of(staff, OPEN).get_by_text(staff.words("harvest-unsaved"))).to_be_visible()
        yield "a choice that is not saved", staff
        await staff.context.set_offline(False)
        await expect(staff.page.get_by_text(staff.words("harvest-unsaved"))).to_have_count(0)
        await self._edited(gathering)
        await staff.press(choice_of(staff, ANSWERED, "drop"))
        await expect(row.get_by_role("alert")).to_be_visible()
        yield "edited in the library meanwhile", staff

    async def _edited(self, gathering: Gathering) -> None:
        """Somebody edits the answered question's item where it is, in the library."""
        async with Database.open(self.kring.data) as database, database.write() as tx:
            await tx.exec_driver_sql(
                "insert into versions (item, version, at, name, status, title, summary, body, type, tags)"
                " select v.item, v.version + 1, v.at, v.name, v.status, v.title, '', v.body, v.type, v.tags"
                " from versions v join items i on i.id = v.item and i.version = v.version"
                f" join outcome_lines l on l.id = i.line where l.session = '{gathering.id}' and l.about = 'answered'"
            )
            await tx.exec_driver_sql(
                "update items set version = version + 1 where line in"
                f" (select id from outcome_lines where session = '{gathering.id}' and about = 'answered')"
            )

    async def _reading(self, staff: Device, gathering: Gathering) -> AsyncIterator[State]:
        member = await self._device()
        await member.sign_in(await self.kring.link(Role.MEMBER), MEMBER)
        await member.go(f"/s/{gathering.id}/harvest")
        await expect(member.page.get_by_role("heading", name=member.words("outcome-page"))).to_be_visible()
        yield "an outcome as members read it", member
        guest = await self._device()
        await guest.join(self.kring.code, GUEST + " 3")
        await guest.go(f"/s/{gathering.id}/harvest")
        await expect(guest.page.get_by_text(guest.words("harvest-not-yours-text"))).to_be_visible()
        yield "an outcome that guests don't read", guest
        async with failing(member, "**/outcome"):
            await member.page.reload()
            await expect(member.button("try-again")).to_be_visible()
            yield "an outcome that is out of reach", member
        async with Gathering.of(self.kring, "Тиша", moderator=MODERATOR + " 3") as silent:
            await silent.close()
            await staff.go(f"/s/{silent.id}/harvest")
            await expect(staff.page.get_by_text(staff.words("harvest-none-title"))).to_be_visible()
        yield "nothing was left", staff


# ---- what stands on these pages -------------------------------------------------------------------------------------


async def about_session(one: Device) -> dict[str, str]:
    """The session whose page is open, as that page asks for it."""
    found: dict[str, str] = await one.page.evaluate(
        "async () => (await fetch('/api/sessions/' + location.pathname.split('/')[2])).json()"
    )
    return found


async def run(staff: Device) -> None:
    """Open what manages a session, from its desk."""
    await staff.menu()
    where = staff.page.get_by_role("dialog") if staff.phone else staff.page
    await staff.press(where.get_by_role("button", name=staff.words("life-run"), exact=True).last)
    await expect(staff.page.get_by_role("dialog", name=staff.words("life-run"))).to_be_visible()


def in_dialog(one: Device, message: str) -> Locator:
    return one.page.get_by_role("dialog").get_by_role("button", name=one.words(message), exact=True)


def group_of(one: Device, name: str) -> Locator:
    return one.page.get_by_role("region", name=one.words(f"harvest-group-{name}"))


def row_of(one: Device, words: str) -> Locator:
    """What a session left, by its words."""
    heading = one.page.get_by_role("heading", name=words, exact=True, level=3)
    return one.page.locator("[data-line]").filter(has=heading)


def choice_of(one: Device, words: str, choice: str) -> Locator:
    """`choice`: keep, kept, leave or drop."""
    return row_of(one, words).get_by_role("button", name=one.words(f"harvest-{choice}"), exact=True)
