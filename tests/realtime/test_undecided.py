"""J2, J3: while it is unknown whether an entry was stored nobody is told either way; then each counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from realtime import work as module
from realtime.journal.loop import StillUndecided
from realtime.work import Work
from rooms.model import Reason
from tests.journal.adverse import Faults, World
from tests.journal.store import chained
from tests.realtime import faults
from tests.realtime.browser import ROOM, Browser
from tests.realtime.faults import adverse, counted, hearing, texts
from tests.realtime.house import House, eventually, house, steps, turns


@pytest.mark.parametrize("fault", [Faults(unstored=1), Faults(unanswered=1), Faults(late=1)], ids=repr)
async def test_j2_undecided_for_long_says_retry_and_the_resend_counts_once(fault: Faults) -> None:
    world = World(seed=7, faults=fault)
    async with adverse(world, patience=lambda: steps(3)) as built:
        anne = await built.seated("anne")
        id = anne.post("Eens.")
        answer = await anne.answer(id)
        if answer["t"] == "refused":
            assert (answer["reason"], answer["retry"]) == ("retry", True)
            assert answer["facts"]["retry_ms"] > 0
        else:
            assert texts(world, built) == ["Eens."], "an entry that came by is known to be stored (J3)"
        world.faults = Faults()
        await counted(anne, id, "Eens.")
        await anne.until(lambda: anne.mirror.texts() == ["Eens."])
        assert texts(world, built) == ["Eens."]
        assert anne.connection.in_flight == 0


async def test_j2_nothing_else_is_planned_while_undecided() -> None:
    world = World(seed=7, faults=Faults(unstored=1))
    async with adverse(world, patience=lambda: steps(3)) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        first = anne.post("Anne.")
        assert (await anne.refused(first))["reason"] == "retry"
        second = bram.post("Bram.")
        assert (await bram.refused(second))["reason"] == "retry"
        world.faults = Faults()
        await anne.until(lambda: anne.mirror.texts() == ["Anne."])
        await bram.until(lambda: bram.mirror.texts() == ["Anne."])
        await counted(bram, second, "Bram.")
        await counted(anne, first, "Anne.")
        assert texts(world, built) == ["Anne.", "Bram."], "the undecided one was asked about until it was stored"


async def answers_when_followed_but_unanswered(world: World) -> list[str]:
    """Everything answered to a command whose entry came by while its append went unanswered beyond patience."""
    async with adverse(world, patience=lambda: steps(200)) as built:
        anne = await built.seated("anne")
        id = anne.post("Eens.")
        await anne.until(lambda: anne.answers(id))
        await turns(600)
        world.faults = Faults()
        await anne.ok(anne.post("Daarna."))
        assert anne.connection.in_flight == 0
        return [answer["t"] for answer in anne.answers(id)]


async def test_j3_a_wish_whose_entry_came_by_is_not_answered_again() -> None:
    assert await answers_when_followed_but_unanswered(World(seed=1, faults=Faults(unanswered=1))) == ["done"]


async def test_control_without_remembering_the_answer_there_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgetful(work: Work, batch: Any) -> None:
        try:
            while not await work._tried(batch):
                pass
        except StillUndecided as undecided:
            work._decline(batch, Reason.RETRY)
            await work._undecided(batch, undecided.unsettled)

    monkeypatch.setattr(Work, "_batch", forgetful)
    with pytest.raises(AssertionError):
        assert await answers_when_followed_but_unanswered(World(seed=1, faults=Faults(unanswered=1))) == ["done"]


async def test_j3_a_refusal_is_given_only_when_the_head_proved_the_room_current() -> None:
    """What this process has not seen yet may be just what makes a wish possible."""
    async with adverse(World(seed=5), processes=2) as built:
        hears = hearing(built.journals[1])
        anne, bram = await built.seated("anne"), await built.seated("bram", hub=1)
        hears.clear()
        await anne.ok(anne.post("Nieuw."))
        record = next(id for id, r in anne.mirror.records.items() if r["t"] == "chat.message")
        await turns(100)
        assert record not in built.room(hub=1).projection.records
        reacted = bram.do({"t": "chat.react", "message": record, "reaction": "thanks", "on": True})
        await turns(100)
        hears.set()
        await bram.ok(reacted)


async def test_j3_control_without_proof_it_is_refused_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_proof(*_: object) -> tuple[()]:
        return ()

    monkeypatch.setattr(module, "prove", no_proof)
    with pytest.raises(AssertionError):
        await test_j3_a_refusal_is_given_only_when_the_head_proved_the_room_current()


async def test_an_unreachable_journal_says_retry_and_nobody_loses_their_connection() -> None:
    world = World(seed=2)
    async with adverse(world) as built:
        anne = await built.seated("anne")
        world.faults = Faults(unreachable=1)
        refused = await anne.refused(anne.do({"t": "room.lock"}))
        assert (refused["reason"], refused["retry"]) == ("retry", True)
        await built.room().tend_once()
        world.faults = Faults()
        assert anne.code is None
        assert (await anne.refused(anne.do({"t": "room.lock"})))["reason"] == "forbidden"


async def test_a_database_that_cannot_recall_says_retry(tmp_path: Path) -> None:
    async with house(tmp_path, patience=lambda: steps(3)) as built:
        anne = await built.seated("anne")
        built.gate.broken.add("recall")
        id = anne.do({"t": "chat.delete", "message": "long-ago"})
        refused = await anne.refused(id)
        assert (refused["reason"], refused["retry"]) == ("retry", True)
        built.gate.broken.clear()
        assert (await anne.refused(anne.do({"t": "chat.delete", "message": "long-ago"})))["reason"] == "not_found"
        assert anne.code is None


# --- everything at once: seeded -----------------------------------------------------------------------------------


def send_anew(browser: Browser, id: str, text: str) -> str:
    """What a client must not do."""
    return browser.do({"t": "chat.post", "text": text})


async def storm(world: World, built: House, rounds: int) -> None:
    """People in two processes talk and resend until every message is known to count; then: once each, same for all."""
    people = [await built.seated(f"person-{n}", hub=n % len(built.hubs), binary=n % 2 == 0) for n in range(4)]
    sent: dict[str, tuple[Browser, str]] = {}
    for turn in range(rounds):
        for browser in people:
            text = f"{browser.person} {turn}"
            sent[browser.post(text)] = (browser, text)
        await turns(world.rng.randint(0, 30))
    for id, (browser, text) in sent.items():
        await counted(browser, id, text)
    world.faults = Faults()
    wanted = Counter(text for _, text in sent.values())
    assert Counter(texts(world, built)) == wanted, "each counts once"
    chained(world.entries(ROOM)[0].position, world.entries(ROOM)[1:])
    for browser in people:
        await browser.until(lambda b=browser: Counter(b.mirror.texts()) == wanted)  # type: ignore[misc]
        assert browser.mirror.records == people[0].mirror.records
        assert browser.code is None
        await eventually(lambda b=browser: b.connection.in_flight == 0)  # type: ignore[misc]


async def storms(seeds: Iterable[int], faults: Faults, **options: Any) -> None:
    for seed in seeds:
        async with adverse(world := World(seed, faults=faults), processes=2, **options) as built:
            await storm(world, built, 12)


@pytest.mark.parametrize("seed", range(6))
async def test_j2_whatever_the_journal_does_each_message_counts_once(seed: int) -> None:
    await storms([seed], Faults(unstored=0.1, unanswered=0.15, late=0.1, wait=0.05, turns=6))


async def test_control_with_a_new_id_for_a_resend_something_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "resend", send_anew)
    with pytest.raises(AssertionError, match="each counts once"):
        await storms(range(6), Faults(unstored=0.1, unanswered=0.3, late=0.2, turns=6), patience=lambda: steps(1))
