"""Harvest, begun and gone on with later: what was kept is told as it is now."""

from __future__ import annotations

from pathlib import Path

from rooms.model import Role
from tests.web.test_harvest import KEPT, WISH, closed


async def test_what_was_kept_is_told_with_its_status_and_as_it_is_now(tmp_path: Path) -> None:
    async with closed(tmp_path) as there:
        before = await there.one("answered")
        assert (before["choice"], before["status"]) == ("open", "draft")
        assert before["draft"] != KEPT  # the control: untouched, it is what closing drafted
        told = await there.chosen(before, choice="kept", draft=WISH, publish=True)
        assert (told["status"], told["draft"]) == ("published", KEPT)
        assert (await there.one("answered")) == told
        left = await there.chosen(before, choice="open")
        assert (left["status"], left["draft"]) == ("draft", before["draft"])


async def test_members_are_told_of_published_items_only(tmp_path: Path) -> None:
    async with closed(tmp_path) as there, there.kring.signed_in(Role.MEMBER) as member:
        line = await there.one("answered")
        for publish, status in ((False, None), (True, "published")):
            await there.chosen(line, choice="kept", draft=WISH, publish=publish)
            theirs = next(each for each in await there.lines(member) if each["id"] == line["id"])
            assert (theirs["status"], theirs["draft"]) == (status, None)
