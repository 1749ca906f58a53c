"""J1, J8, F5, F7: a live room follows its journal whatever happens to it, and tells people who is here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realtime import room
from rooms.model import Role
from tests.realtime.browser import Browser
from tests.realtime.house import eventually, house, turns


def record_of(browser: Browser, text: str) -> str:
    return next(id for id, r in browser.mirror.records.items() if r.get("text") == text)


# --- F5: coming back ------------------------------------------------------------------------------------


async def test_f5_who_comes_back_gets_the_difference(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne, bram = await built.seated("anne"), await built.seated("bram")
        for n in range(5):
            await anne.ok(anne.post(f"{n}"))
        await bram.until(lambda: len(bram.mirror.texts()) == 5)
        bram.hang_up()
        await anne.ok(anne.post("nieuw"))
        await anne.ok(anne.do({"t": "chat.edit", "message": record_of(anne, "1"), "text": "anders"}))
        await anne.ok(anne.do({"t": "chat.delete", "message": record_of(anne, "2")}))
        back = await built.welcomed("bram")
        joined = await back.rejoin(bram)
        assert not joined["full"]
        assert sorted(r["text"] for r in joined["put"].values()) == ["anders", "nieuw"], (
            "F6: what changed, not what exists"
        )
        assert len(joined["gone"]) == 1
        assert back.mirror.records == anne.mirror.records


async def test_f5_who_comes_back_gets_the_difference_also_of_private_records(tmp_path: Path) -> None:
    async with house(tmp_path, kind="small") as built:
        anne, els = await built.seated("anne"), await built.seated("els", Role.MODERATOR)
        await anne.ok(anne.do({"t": "small.ask", "text": "Eerst?"}))
        await els.until(lambda: any(r["t"] == "small.card" for r in els.mirror.records.values()))
        first = next(id for id, r in els.mirror.records.items() if r["t"] == "small.card")
        anne.hang_up()
        await els.ok(els.do({"t": "small.reveal", "card": first, "on": True}))
        phone = await built.seated("anne")
        await phone.ok(phone.do({"t": "small.vote", "card": first, "up": True}))
        await phone.until(lambda: "small.ballot" in {r["t"] for r in phone.mirror.records.values()})
        phone.hang_up()
        back = await built.welcomed("anne")
        await back.rejoin(anne)
        assert back.mirror.records == phone.mirror.records, "the ballot cast elsewhere, and the receipt as it is now"
        await back.ok(back.do({"t": "small.vote", "card": first, "up": False}))
        await back.until(lambda: "small.ballot" not in {r["t"] for r in back.mirror.records.values()})
        again = await built.welcomed("anne")
        await again.rejoin(phone)
        assert again.mirror.records == back.mirror.records, "and that it is gone"


@pytest.mark.parametrize(
    "change",
    [{"mark": "AAAAAAAAAAA"}, {"mark": ""}, {"mark": "?!"}, {"eyes": "000000000000"}, {"eyes": None}, {"seq": 10**6}],
    ids=str,
)
async def test_f5_j1_an_unknown_position_or_other_eyes_mean_the_whole(
    tmp_path: Path, change: dict[str, object]
) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for n in range(3):
            await anne.ok(anne.post(f"{n}"))
        held = anne.mirror
        known: dict[str, Any] = {"seq": held.seq, "mark": held.mark, "eyes": held.eyes}
        back = await built.welcomed("anne")
        assert not (await back.join(**known))["full"], "the control"
        assert (await back.join(**{**known, **change}))["full"]
        assert back.mirror.records == held.records


async def test_f5_a_role_change_on_an_open_socket_shows_the_room_anew(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        els, anne = await built.seated("els", Role.MODERATOR), await built.seated("anne")
        await els.ok(els.post("Bewaar dit."))
        await els.ok(els.do({"t": "chat.save", "message": record_of(els, "Bewaar dit."), "on": True}))
        await els.until(lambda: any(r.get("saved") for r in els.mirror.records.values()))
        before = els.mirror.eyes
        built.gate.roles["els"] = Role.MEMBER
        await built.hub.readmit("els")
        joined = els.heard("joined")[-1]
        assert (joined["id"], joined["full"], joined["role"]) == ("", True, "member")
        assert joined["eyes"] != before
        assert not any(r.get("saved") for r in els.mirror.records.values())
        assert (await els.refused(els.do({"t": "room.lock"})))["reason"] == "forbidden"
        assert len(anne.heard("joined")) == 1, "nobody else is shown anything anew"
        back = await built.welcomed("els")
        assert (await back.join(seq=els.mirror.seq, mark=els.mirror.mark, eyes=before))["full"], (
            "the old eyes are no use"
        )


async def test_f4_a_role_change_with_wishes_under_way_loses_no_answer(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        els = await built.seated("els", Role.MODERATOR)
        ids = [els.post(f"{n}") for n in range(20)]
        refused = els.do({"t": "chat.delete", "message": "nowhere"})
        built.gate.roles["els"] = Role.MEMBER
        await built.hub.readmit("els")
        await els.refused(refused)
        for id in ids:
            await els.ok(id)
        assert all(len(els.answers(id)) == 1 for id in ids)
        assert len(els.mirror.texts()) == 20


@pytest.mark.parametrize("turn", range(0, 40, 3))
async def test_f4_whoever_joins_again_meanwhile_gets_every_answer_once(tmp_path: Path, turn: int) -> None:
    """The same socket joins the same room again, at every moment of the way of a command."""
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        id, wrong = anne.post("Eens."), anne.do({"t": "chat.delete", "message": "nowhere"})
        await turns(turn)
        await anne.join()
        await anne.answer(id)
        await anne.refused(wrong)
        assert len(anne.answers(id)) == len(anne.answers(wrong)) == 1
        assert anne.mirror.texts() == ["Eens."]


async def test_control_answers_to_the_seat_that_asked_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from realtime.hub import Hub

    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        sit = Hub._sit

        def forgetful(hub: Hub, *args: Any) -> None:
            connection = args[0]
            for seat in connection.seats.values():
                seat.done, seat.owed = [], []
            sit(hub, *args)

        monkeypatch.setattr(Hub, "_sit", forgetful)
        monkeypatch.setattr(room, "FLUSH_S", 0.3)
        await anne.answer(anne.post("Eerst."))
        id = anne.post("Eens.")
        await eventually(lambda: anne.connection.in_flight == 0)
        await anne.join()
        with pytest.raises(TimeoutError):
            await anne.answer(id, seconds=0.5)


async def test_a_room_is_current_after_a_restart_and_knows_positions_from_before(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for n in range(3):
            await anne.ok(anne.post(f"{n}"))
    async with house(tmp_path, open=False) as again:
        back = await again.welcomed("anne")
        joined = await back.rejoin(anne)
        assert (joined["full"], joined["put"]) == (False, {})
        await back.ok(back.post("verder"))
        await back.until(lambda: back.mirror.texts() == ["0", "1", "2", "verder"])


async def test_a_room_is_read_from_its_checkpoint(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for n in range(10):
            await anne.ok(anne.post(f"{n}"))
        await built.archive.drain(checkpoint=True)
        at = anne.mirror.seq
        await anne.ok(anne.post("daarna"))
    async with house(tmp_path, open=False) as again:
        back = await again.welcomed("anne")
        assert not (await back.rejoin(anne))["full"]
        assert again.room().entries == 1, "what came before the checkpoint is not applied again"
        old = await again.welcomed("bram")
        assert (await old.join(seq=at - 2, mark="x"))["full"]
        assert old.mirror.records == back.mirror.records


async def test_memory_lets_go_of_the_tail_that_the_database_has(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        anne = await built.seated("anne")
        for n in range(5):
            await anne.ok(anne.post(f"{n}"))
        assert len(built.room()._tail) == 6
        await built.archive.drain()
        await built.room().tend_once()
        assert not built.room()._tail
