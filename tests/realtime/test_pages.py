"""C6: older records are paged as the room has them at that moment, and acts on them reach who scrolled back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from realtime import pages
from realtime.journal import UNBORN
from realtime.projection import Bounds
from realtime.wire import PAGE
from rooms.kinds.chat import WINDOW
from rooms.model import Role
from tests.realtime.browser import ROOM, Browser, Message
from tests.realtime.house import House, house, turns

COUNT = WINDOW + 2 * PAGE + 30


async def filled(built: House, count: int = COUNT, *, drain: bool = True) -> Browser:
    """A room with so many messages, drained as they come; and who wrote them."""
    anne = await built.seated("anne")
    for start in range(0, count, 60):
        ids = [anne.post(f"{n}") for n in range(start, min(start + 60, count))]
        for id in ids:
            await anne.ok(id)
        built.clock.advance(1_000)
        if drain:
            await built.archive.drain()
            await built.room().tend_once()
    return anne


async def page(browser: Browser, before: int | None = None) -> Message:
    id = browser.id()
    browser.send("page", id=id, room=ROOM, before=browser.mirror.oldest if before is None else before)
    return (await browser.until(lambda: browser.heard("paged", id=id) or browser.heard("refused", id=id)))[0]


async def everything(browser: Browser) -> None:
    """Scroll back to the first."""
    before: int | None = None
    while (paged := await page(browser, before))["more"]:
        before = min(record["n"] for record in paged["put"].values())


def record_of(browser: Browser, text: str) -> str:
    return next(id for id, r in browser.mirror.records.items() if r.get("text") == text)


@pytest.mark.parametrize("binary", [True, False])
async def test_c6_scrolling_back_brings_every_message_once(tmp_path: Path, binary: bool) -> None:
    async with house(tmp_path) as built:
        await filled(built)
        bram = await built.seated("bram", binary=binary)
        assert len(bram.mirror.texts()) == WINDOW
        assert bram.mirror.oldest == COUNT - WINDOW + 1
        await everything(bram)
        assert bram.mirror.texts() == [f"{n}" for n in range(COUNT)]
        paged = bram.heard("paged")
        assert [len(p["put"]) for p in paged] == [PAGE, PAGE, 30]
        assert sum(len(p["put"]) for p in paged) == len({id for p in paged for id in p["put"]})


async def test_c6_what_the_database_does_not_have_yet_is_paged_from_memory(tmp_path: Path) -> None:
    """Nothing was ever drained: the echoes of what memory let go of are all there is."""
    async with house(tmp_path) as built:
        await filled(built, drain=False)
        bram = await built.seated("bram")
        await everything(bram)
        assert bram.mirror.texts() == [f"{n}" for n in range(COUNT)]


async def test_control_without_memory_s_corrections_they_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_fresher", lambda _: [])
    async with house(tmp_path) as built:
        await filled(built, drain=False)
        bram = await built.seated("bram")
        await everything(bram)
        assert len(bram.mirror.texts()) == WINDOW


async def test_c6_acts_on_let_go_messages_reach_whoever_paged_them(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await filled(built)
        els = await built.seated("els", Role.MODERATOR)
        await everything(els)
        edited, deleted, removed, liked = (record_of(els, f"{n}") for n in (3, 4, 5, 6))
        await anne.ok(anne.do({"t": "chat.edit", "message": edited, "text": "drie"}))
        await anne.ok(anne.do({"t": "chat.delete", "message": deleted}))
        await els.ok(els.do({"t": "chat.remove", "message": removed}))
        await els.ok(els.do({"t": "chat.react", "message": liked, "reaction": "thanks", "on": True}))
        await els.until(lambda: els.mirror.seq == built.room().projection.seq)
        assert els.mirror.records[edited]["text"] == "drie"
        assert deleted not in els.mirror.records
        assert els.mirror.records[removed]["removed"]
        assert els.mirror.records[removed]["text"] == ""
        assert els.mirror.records[liked]["reactions"] == {"thanks": ["actor-els"]}
        fresh = await built.seated("vera", Role.MODERATOR)
        await everything(fresh)
        assert fresh.mirror.records == els.mirror.records, "before the database knows of any of it"
        await built.archive.drain()
        await built.room().tend_once()
        later = await built.seated("wim", Role.MODERATOR)
        await everything(later)
        assert later.mirror.records == els.mirror.records, "and after"


async def test_c6_a_message_that_was_deleted_stays_away_while_the_database_still_has_it(tmp_path: Path) -> None:
    """Live or pinned or long let go: neither a page nor an act brings it back."""
    async with house(tmp_path) as built:
        anne = await filled(built)
        els = await built.seated("els", Role.MODERATOR)
        await everything(els)
        live, pinned = record_of(els, f"{COUNT - 1}"), record_of(els, "1")
        await els.ok(els.do({"t": "chat.pin", "message": pinned, "on": True}))
        await built.archive.drain()
        await built.room().tend_once()
        for id in (live, pinned):
            await anne.ok(anne.do({"t": "chat.delete", "message": id}))
            like = {"t": "chat.react", "message": id, "reaction": "thanks", "on": True}
            assert (await els.refused(els.do(like)))["reason"] == "not_found"
        for before in (2**53 - 1, COUNT - WINDOW, 3):
            paged = await page(els, before)
            assert not {live, pinned} & set(paged["put"])


async def test_c6_a_page_shows_what_the_viewer_may_know_by_then(tmp_path: Path) -> None:
    """A role that is lost while the database is asked counts: no moderator's eyes for a member."""
    async with house(tmp_path) as built:
        await filled(built)
        els = await built.seated("els", Role.MODERATOR)
        await everything(els)
        saved = record_of(els, "2")
        await els.ok(els.do({"t": "chat.save", "message": saved, "on": True}))
        await built.archive.drain()
        await built.room().tend_once()
        assert (await page(els, 10))["put"][saved]["saved"]
        built.gate.slow["page"] = asyncio.Event()
        els.send("page", id="late", room=ROOM, before=10)
        await turns()
        built.gate.roles["els"] = Role.MEMBER
        await built.hub.readmit("els")
        built.gate.slow.pop("page").set()
        paged = await els.hear("paged", id="late")
        assert paged["put"][saved]["text"] == "2"
        assert "saved" not in paged["put"][saved]


async def test_c6_a_page_asked_for_and_left_behind_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        els, witness = await built.seated("els"), await built.seated("vera")
        built.gate.slow["page"] = asyncio.Event()
        els.send("page", id="late", room=ROOM, before=10)
        await turns()
        built.gate.roles["els"] = None
        await built.hub.readmit("els")
        built.gate.slow.pop("page").set()
        assert (await els.hear("refused", id="late"))["reason"] == "not_joined"
        await witness.ok(witness.post())


async def test_c6_a_database_behind_what_memory_dropped_says_retry(tmp_path: Path) -> None:
    """A replica, say, that doesn't know yet what the journal was told is drained."""
    async with house(tmp_path, bounds=Bounds(echoes=10)) as built:
        await filled(built)
        bram = await built.seated("bram")
        assert (await page(bram))["t"] == "paged", "the control: a database that knows"
        built.gate.asked.clear()
        built.archive.copy(ROOM)[0].position = UNBORN
        refused = await page(bram)
        assert (refused["reason"], refused["retry"]) == ("retry", True)
        assert built.gate.asked["page"] == pages.TRIES


async def test_c6_a_reply_to_a_let_go_message_names_it(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await filled(built)
        bram = await built.seated("bram")
        await everything(bram)
        old = record_of(bram, "7")
        await bram.ok(bram.post("Daarop.", reply_to=old))
        await anne.until(lambda: anne.mirror.texts()[-1] == "Daarop.")
        reply = anne.mirror.records[record_of(anne, "Daarop.")]["reply_to"]
        assert reply == {"id": old, "n": 8, "name": "Anne"}
