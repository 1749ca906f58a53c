"""A walk past every state of the library's pages; like `tour`, with people's words in Cyrillic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2
from playwright.async_api import Browser, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall
from tests.browser.harvest_tour import GUEST, LEFT, MEMBER, MODERATOR
from tests.browser.harvests import leave, see
from tests.browser.shelves import Shelved, change, put_up
from tests.browser.tour import State, failing, held

TITLE = "Вечір запитань"
ANSWERED = "Чим підживити томати?"
ITEM = Shelved(
    title="Полив улітку",
    summary="Поливай увечері, і тільки корінь.",
    body="# Як\n\n1. Увечері, щойно сяде **сонце**.\n2. Під корінь.\n\n> Вода на листі — це хвороба.\n\n"
    "- раз на день\n\n| коли | скільки |\n| --- | --- |\n| липень | відро |\n\n`шланг`",
    tags=("полив", "літо"),
    was=(("раз на день", "двічі на день"), ("щойно сяде", "коли сяде")),
)
OLD = Shelved(title="Поливай опівдні", summary="Так робили колись.", body="", tags=("полив",), status="outdated")
MANY = tuple(
    Shelved(title=f"Нотатка про сад {nth}", summary="", body="Сад.", tags=(f"тема {nth}",), type="idea")
    for nth in range(21)
)


@asynccontextmanager
async def without_a_page(kring: Hall, role: Role, name: str) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"X-Kring": "1", "Origin": kring.base}
    async with httpx2.AsyncClient(base_url=kring.base, headers=headers) as http:
        token = urlsplit(await kring.link(role)).fragment
        assert (await http.post("/api/sign-in", json={"token": token, "name": name})).status_code == 200
        yield http


@dataclass
class LibraryTour:
    """`tongue`, `phone`: of the devices."""

    kring: Hall
    browser: Browser
    tongue: str
    phone: bool

    async def walk(self) -> AsyncIterator[State]:
        """Every state, once."""
        async with AsyncExitStack() as stack:
            http = await stack.enter_async_context(without_a_page(self.kring, Role.MODERATOR, MODERATOR + " 2"))
            staff, member = await self._device(), await self._device()
            staff.page.on("dialog", lambda dialog: dialog.accept())
            await staff.sign_in(await self.kring.link(Role.OWNER), MODERATOR)
            await member.sign_in(await self.kring.link(Role.MEMBER), MEMBER)
            for first in (self._empty, self._writing):
                async for state in first(staff, member):
                    yield state
            gathering = await stack.enter_async_context(Gathering.of(self.kring, TITLE, moderator=MODERATOR + " 3"))
            ids = await self._fill(http, gathering, staff)
            async for state in self._searching(member):
                yield state
            async for state in self._reading(staff, member, ids[ITEM.title]):
                yield state
            async for state in self._changing(staff, http, ids[ITEM.title]):
                yield state
            async for state in self._refused(staff, member, ids[ITEM.title]):
                yield state
            async for state in self._places(member, gathering):
                yield state

    async def _device(self) -> Device:
        return await device(self.browser, self.kring.base, self.tongue, phone=self.phone)

    async def _fill(self, http: httpx2.AsyncClient, gathering: Gathering, staff: Device) -> dict[str, str]:
        asker = await gathering.guest(GUEST)
        await gathering.ask(asker, ANSWERED)
        await gathering.act("qna.approve", ANSWERED)
        await gathering.act("qna.answer", ANSWERED, how="live", text="Попелом, раз на місяць.")
        await leave(gathering, LEFT)
        await gathering.close()
        await staff.go(f"/s/{gathering.id}/harvest")
        await expect(staff.page.get_by_role("heading", name=staff.words("harvest-question"))).to_be_visible()
        return {item.title: await put_up(http, item) for item in (*MANY, OLD, ITEM)}

    # ---- nothing there yet ---------------------------------------------------------------------------------------

    async def _empty(self, staff: Device, member: Device) -> AsyncIterator[State]:
        await expect(member.page.get_by_role("link", name=member.words("place-library")).last).to_be_visible()
        yield "the way to the library", member
        async with held(member, "**/api/library?*"):
            await member.go("/l")
            await expect(member.status("searching")).to_be_attached()
            yield "a library on its way", member
        await expect(member.page.get_by_text(member.words("library-empty"))).to_be_visible()
        yield "an empty library", member
        await staff.go("/l")
        await expect(staff.page.get_by_text(staff.words("library-empty-staff"))).to_be_visible()
        yield "an empty library, for staff", staff

    async def _writing(self, staff: Device, member: Device) -> AsyncIterator[State]:
        await staff.press(staff.page.get_by_role("link", name=staff.words("library-new")).first)
        await expect(title_of(staff)).to_be_focused()
        yield "a new item", staff
        await staff.press(staff.button("item-publish"))
        await expect(staff.page.get_by_role("alert")).to_be_visible()
        yield "an item without a title", staff
        await title_of(staff).fill("Сад узимку")
        await body_of(staff).fill("# Спершу\n\nСад *спить*.")
        summary = staff.page.get_by_role("textbox", name=staff.words("harvest-summary"), exact=True)
        await summary.fill("сад " * 160)
        yield "an item with too much of a summary", staff
        await summary.fill("Сад спить, а ти читай.")
        if self.phone:
            await staff.press(staff.button("item-preview"))
        await expect(staff.page.locator(".prose em")).to_have_text("спить")
        yield "what it will look like", staff
        await staff.page.reload()
        await expect(staff.status("item-begun-before")).to_be_visible()
        yield "what was begun before", staff
        await staff.press(staff.button("item-save-draft"))
        await expect(staff.page.get_by_text(staff.words("item-is-draft"))).to_be_visible()
        yield "a draft", staff

    # ---- looking for something -----------------------------------------------------------------------------------

    async def _searching(self, one: Device) -> AsyncIterator[State]:
        await one.go("/l")
        await expect(one.page.get_by_role("heading", name=one.words("library-newest"))).to_be_visible()
        yield "the newest items", one
        await one.press(one.button("library-more", count=20))
        await expect(hits(one)).to_have_count(23)
        yield "more of them", one
        await field_of(one).fill("полив")
        await expect(one.page.locator("mark").first).to_be_visible()
        yield "found", one
        await self._narrow(one, "item-status-outdated")
        yield "narrowed", one
        await field_of(one).fill("сонце")
        await expect(one.page.get_by_text(one.words("library-none", words="сонце"))).to_be_visible()
        yield "nothing fits all of that", one
        await one.press(one.button("library-let-all-go").first)
        await expect(hits(one)).to_have_count(1)
        await field_of(one).fill("томати")
        await expect(hits(one).filter(has_text="підживити")).not_to_have_count(0)
        yield "what was said", one
        await field_of(one).fill("хворобв")
        await expect(hits(one)).to_have_count(1)
        yield "a slip of the finger", one
        await field_of(one).fill("барометр")
        await expect(one.page.get_by_text(one.words("library-none", words="барометр"))).to_be_visible()
        yield "nothing found", one
        async with failing(one, "**/api/library?*"):
            await field_of(one).fill("липень")
            await expect(one.page.get_by_role("alert")).to_be_visible()
            yield "a library out of reach", one
        await one.context.set_offline(True)
        await expect(one.status("library-offline")).to_be_visible()
        yield "a library offline", one
        await one.context.set_offline(False)
        await expect(one.status("library-offline")).to_have_count(0)

    async def _narrow(self, one: Device, status: str) -> None:
        where = one.page.locator("#main")
        if self.phone:
            await one.press(one.button("library-filters"))
            where = one.page.get_by_role("dialog")
        await one.press(where.locator("label").filter(has_text=one.words(status)))
        await expect(hits(one)).to_have_count(1)
        if self.phone:
            await one.press(one.button("library-show", count=1))

    # ---- an item -------------------------------------------------------------------------------------------------

    async def _reading(self, staff: Device, member: Device, id: str) -> AsyncIterator[State]:
        async with held(member, f"**/api/library/{id}"):
            await member.go(f"/l/{id}")
            await expect(member.status("item-loading")).to_be_attached()
            yield "an item on its way", member
        await expect(member.page.get_by_role("heading", name=ITEM.title, level=1)).to_be_visible()
        yield "an item as members read it", member
        await staff.go(f"/l/{id}")
        await expect(staff.page.get_by_role("heading", name=ITEM.title, level=1)).to_be_visible()
        async with failing(staff, "**/versions/*"):
            await staff.press(staff.button("item-compare-of", version=3, other=2))
            await expect(staff.page.locator(".changes").get_by_role("alert")).to_be_visible()
            yield "versions out of reach", staff
            await staff.press(staff.button("item-compare-of", version=3, other=2))
        await staff.press(staff.button("item-compare-of", version=2, other=1))
        await expect(staff.page.locator("ins").first).to_be_visible()
        yield "two versions held against each other", staff
        await staff.press(staff.button("item-outdate"))
        await expect(staff.page.get_by_text(staff.words("item-is-outdated"))).to_be_visible()
        yield "an outdated item", staff
        await staff.press(staff.button("item-fresh"))
        await expect(staff.page.get_by_text(staff.words("item-is-outdated"))).to_have_count(0)
        await staff.go("/l")
        await field_of(staff).fill("підживити")
        await staff.press(staff.page.locator("[data-hit^=item] h3 a").filter(has_text="підживити"))
        await expect(staff.page.get_by_text(staff.words("item-moment"), exact=True)).to_be_visible()
        yield "an item that comes from a session", staff

    async def _changing(self, staff: Device, http: httpx2.AsyncClient, id: str) -> AsyncIterator[State]:
        await staff.go(f"/l/{id}/edit")
        await expect(body_of(staff)).to_have_value(ITEM.body)
        yield "changing an item", staff
        await body_of(staff).fill(ITEM.body.replace("Під корінь", "Тільки під корінь"))
        await staff.page.get_by_role("textbox", name=staff.words("item-field-tags")).fill("полив")
        async with failing(staff, f"**/api/library/{id}"):
            await staff.press(staff.button("item-save"))
            await expect(staff.page.get_by_role("alert")).to_be_visible()
            yield "an item that is not saved", staff
        await change(http, id, body=ITEM.body.replace("Під корінь", "Лише під корінь"), title="Полив улітку і восени")
        await staff.press(staff.button("item-save"))
        dialog = staff.page.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        await staff.press(dialog.locator("summary").first)
        yield "somebody was first", staff
        await staff.press(staff.button("item-go-on-writing"))
        await expect(dialog).to_have_count(0)
        yield "both texts in sight", staff
        await staff.go("/l")
        await staff.go(f"/l/{id}")
        await expect(staff.page.get_by_text(staff.words("item-begun"))).to_be_visible()
        yield "an item somebody was changing", staff

    async def _refused(self, staff: Device, member: Device, id: str) -> AsyncIterator[State]:
        await member.go("/l/none")
        await expect(member.page.get_by_text(member.words("item-gone"))).to_be_visible()
        yield "an item that is not there", member
        await member.go(f"/l/{id}/edit")
        await expect(member.page.get_by_text(member.words("item-staff"))).to_be_visible()
        yield "members don't write", member
        async with failing(member, f"**/api/library/{id}"):
            await member.go(f"/l/{id}")
            await expect(member.button("try-again")).to_be_visible()
            yield "an item out of reach", member
        guest = await self._device()
        await guest.join(self.kring.code, GUEST + " 2")
        await guest.go("/l")
        await expect(guest.page.get_by_text(guest.words("library-guest"))).to_be_visible()
        yield "a guest's library", guest
        await guest.go(f"/l/{id}")
        await expect(guest.page.get_by_text(guest.words("item-members"))).to_be_visible()
        yield "an item that guests don't read", guest

    # ---- the place of what was found -----------------------------------------------------------------------------

    async def _places(self, one: Device, gathering: Gathering) -> AsyncIterator[State]:
        await one.go(f"/s/{gathering.id}#{await gathering.question(ANSWERED)}")
        await expect(one.page.locator("[data-place]")).to_be_in_viewport()
        yield "the place of a question", one
        board = next(room["id"] for room in await rooms_of(one, gathering.id) if room["kind"] == "board")
        note = await see(await gathering.on(board), LEFT.loose[0])
        await one.go(f"/s/{gathering.id}/board/{board}#{note}")
        await expect(one.page.locator("[data-place]")).to_be_in_viewport()
        yield "the place of a note", one
        await one.page.evaluate("() => { document.querySelector('h1').dataset.before = ''; }")
        await one.go(f"/s/{gathering.id}/board/{board}#gone")
        await expect(one.page.get_by_text(one.words("place-gone"))).to_be_visible()
        await expect(one.page.locator("h1[data-before]")).to_have_count(1)  # it is still the same page
        yield "a place that is gone", one


async def rooms_of(one: Device, session: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = await one.page.evaluate(
        "async (id) => (await (await fetch(`/api/sessions/${id}`)).json()).rooms", session
    )
    return found


def hits(one: Device) -> Locator:
    return one.page.locator("[data-hit] h3 a")


def field_of(one: Device) -> Locator:
    return one.page.get_by_role("searchbox")


def title_of(one: Device) -> Locator:
    return one.page.get_by_role("textbox", name=one.words("harvest-title"), exact=True)


def body_of(one: Device) -> Locator:
    return one.page.get_by_role("textbox", name=one.words("harvest-body"), exact=True)
