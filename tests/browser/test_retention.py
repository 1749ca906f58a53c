"""A session whose transcript is kept no longer: every link into it leads to a sentence, and on to what it came to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.test_access import in_every_way
from tests.browser.test_invitations import heading

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

TITLE, HEEL, ANSWER = "Drukplekken voorkomen", "Mag je een rode hiel nog masseren?", "Nee: leg hem vrij."


def aged(kring: Hall, session: str) -> bool:
    """It closed years ago, if it is closed by now."""
    with closing(sqlite3.connect(kring.data / "library.db")) as database:
        query = "update sessions set closed_on = '2020-03-01' where id = ? and state = 'closed'"
        count = database.execute(query, (session,)).rowcount
        database.commit()
    return count == 1


async def test_links_into_it_lead_to_a_sentence_and_axe_finds_nothing(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with hall(tmp_path, KRING_KEEP_TRANSCRIPTS_DAYS="30") as kring, chromium() as browser:
        async with Gathering.of(kring, TITLE, level="named") as gathering:
            asker = await gathering.guest("Teun")
            await gathering.ask(asker, HEEL, "named")
            await gathering.act("qna.approve", HEEL)
            await gathering.act("qna.answer", HEEL, how="live", text=ANSWER)
            question, session = await gathering.question(HEEL), gathering.id
            await gathering.close()
        one = await device(browser, kring.base, "nl")
        await one.sign_in(await kring.link(Role.MODERATOR), "Ineke Vos")
        await one.go(f"/s/{session}/harvest")
        await expect(one.page.get_by_text(HEEL).first).to_be_visible()
        await one.go(f"/s/{session}#{question}")
        await expect(one.page.get_by_text(HEEL).first).to_be_visible()
        await expect(heading(one, "life-swept-title")).to_have_count(0)  # a control: it is there still
        await kring.close()
        assert aged(kring, session)
        await kring.start()
        swept = heading(one, "life-swept-title")
        await expect(swept).to_be_visible(timeout=30_000)  # whoever looks on is told, whenever it happens
        for place in ("", f"#{question}", "/desk", f"/board/{session}#{question}"):
            await one.go(f"/s/{session}{place}")
            await expect(swept).to_be_visible()
            await expect(one.page.get_by_text("2020")).to_be_visible()
            await expect(one.page.get_by_text(HEEL)).to_have_count(0)
        wrong |= await in_every_way("swept", one)
        await one.press(one.page.get_by_role("link", name=one.words("to-harvest"), exact=True))
        await expect(one.page.get_by_text(HEEL).first).to_be_visible()
        assert one.complaints == []
    assert {state: found for state, found in wrong.items() if found} == {}
