"""From the last question to the library: a session of all kinds, closed, harvested, found, changed, taken home."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from rooms.model import Role
from tests.browser.device import chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import hall
from tests.browser.harvest_tour import choice_of, row_of
from tests.browser.harvests import WOUND_EVENING, leave
from tests.browser.test_harvest import says
from tests.browser.test_library import body_of, field, heading, hit, marked
from tests.browser.test_life import end

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

TITLE, HEEL, ANSWER = "Drukplekken voorkomen", "Mag je een rode hiel nog masseren?", "Nee: leg hem vrij."
BETTER = "Een rode hiel: niet masseren"
LEFT = WOUND_EVENING.left


async def test_what_a_session_came_to_is_in_the_library_and_found_by_who_was_not_there(tmp_path: Path) -> None:
    async with (
        hall(tmp_path, KRING_GRACE_S="1") as kring,
        chromium() as browser,
        Gathering.of(kring, TITLE, level="named") as gathering,
    ):
        asker = await gathering.guest("Teun")
        await gathering.ask(asker, HEEL, "named")
        await gathering.act("qna.approve", HEEL)
        await gathering.act("qna.answer", HEEL, how="live", text=ANSWER)
        await leave(gathering, LEFT, "named")

        staff = await device(browser, kring.base, "nl")
        await staff.sign_in(await kring.link(Role.MODERATOR), "Ineke Vos")
        await staff.go(f"/s/{gathering.id}/desk")
        await end(staff)
        await staff.press(staff.page.get_by_role("link", name=staff.words("to-harvest")))

        await staff.press(choice_of(staff, HEEL, "keep"))
        await row_of(staff, HEEL).get_by_label(staff.words("harvest-title"), exact=True).fill(BETTER)
        publish = row_of(staff, HEEL).get_by_role("button", name=staff.words("harvest-keep-publish"), exact=True)
        await staff.press(publish)
        await says(staff, HEEL, "harvest-is-published")

        member = await device(browser, kring.base, "nl", phone=True)
        await member.sign_in(await kring.link(Role.MEMBER), "Anouk")
        await member.go("/l")
        await field(member).fill("hielen masseren")  # in another form than anybody said it
        await member.press(hit(member, BETTER))
        await expect(heading(member, BETTER)).to_be_visible()
        to_place = re.compile(re.escape(member.words("item-place-qna", time="").strip(" ,")))
        await member.press(member.page.get_by_role("link", name=to_place))
        await marked(member, HEEL)

        await staff.go("/l?q=hiel")
        await staff.press(hit(staff, BETTER))
        await staff.press(staff.page.get_by_role("link", name=staff.words("item-edit"), exact=True))
        await body_of(staff).fill(f"{ANSWER} Met een kussen onder de kuit.")
        await staff.press(staff.button("item-save"))
        await staff.press(staff.button("item-compare-of", version=3, other=2))
        await expect(staff.page.locator(".changes:visible ins").first).to_contain_text("kussen")

        await staff.go(f"/s/{gathering.id}/harvest")
        async with staff.page.expect_download() as loading:
            await staff.press(staff.button("harvest-take-as", form=staff.words("harvest-form-md")))
        text = await asyncio.to_thread(Path(await (await loading.value).path()).read_text)
        for said in (TITLE, "rode hiel", *LEFT.groups, *LEFT.loose, *LEFT.decisions):
            assert said in text
        assert [staff.complaints, member.complaints] == [[], []]
