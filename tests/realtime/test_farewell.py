"""A process that ends: everybody leaves with the answers to what they did."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from realtime.farewell import farewell
from realtime.hub import Hub
from realtime.wire import CLOSE_CODES, CloseCode
from tests.realtime.house import House, eventually, house, turns

RESTARTING = CLOSE_CODES[CloseCode.RESTARTING]


async def at_once(hub: Hub) -> None:
    hub.drain()


async def _answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Hub], Coroutine[None, None, None]]
) -> int:
    """How many answers somebody gets whose command is being stored when the process is told to end."""
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        stored = hold_appends(built, monkeypatch)
        command = anne.post("Nog net.")
        await turns()
        leaving = asyncio.create_task(leave(built.hub))
        await turns()
        anne.post("Te laat.")  # not heard any more: it will be sent again, elsewhere
        stored.set()
        await leaving
        assert anne.code == RESTARTING
        told = [id for done in anne.heard("done") for id in done["ids"]]
        assert set(told) <= {command}
        return len(told)


def hold_appends(built: House, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Until the event is set."""
    allowed, append = asyncio.Event(), built.hub.journal.append

    async def held(*place: object) -> object:
        await allowed.wait()
        return await append(*place)  # type: ignore[arg-type]

    monkeypatch.setattr(built.hub.journal, "append", held)
    return allowed


async def test_everybody_leaves_with_the_answer_to_what_they_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _answers(tmp_path, monkeypatch, farewell) == 1


async def test_control_who_is_sent_away_at_once_leaves_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await _answers(tmp_path, monkeypatch, at_once) == 0


async def test_they_leave_one_after_the_other_and_nobody_comes_in(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        people = [await built.seated(f"person-{nth}") for nth in range(5)]
        leaving = asyncio.create_task(farewell(built.hub, per_s=50))
        await eventually(lambda: people[0].code == RESTARTING)
        assert people[-1].code is None
        assert built.browser("late").code == RESTARTING
        await leaving
        assert [person.code for person in people] == [RESTARTING] * 5


async def test_who_gets_no_answer_is_sent_away_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.farewell.ANSWERED_S", 0.1)
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        hold_appends(built, monkeypatch)
        anne.post("Komt niet aan.")
        await turns()
        await farewell(built.hub)
        assert anne.code == RESTARTING
