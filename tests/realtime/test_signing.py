"""C1, C2, C7: whatever a command is signed with, it has one key; and that key can't be tried on known people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from realtime import hub
from realtime.signing import Signature, sign
from realtime.stamp import command_key
from rooms.kind import kinds
from rooms.kinds.qna.model import Ask, Vote
from rooms.model import ActorId, Level, PersonName, Reason, RecordId, Refused, Role
from tests.realtime.browser import Browser
from tests.realtime.gatekeeper import KEY
from tests.realtime.house import House, house

NAMED, SECOND = ActorId("actor-anne"), ActorId("other-anne")


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, kind="qna") as built:
        built.gate.second_actor = True
        yield built


async def reworded_twice(hall: House) -> dict[str, object]:
    """Anne rewords a question without her name; it is removed; her page never heard, and sends the same again."""
    anne, dirk = await hall.seated("anne"), await hall.seated("dirk", Role.MODERATOR)
    await anne.ok(anne.do({"t": "qna.ask", "text": "Waar?", "level": "anonymous"}))
    (question,) = await dirk.until(lambda: questions(dirk))
    wish = {"t": "qna.reword", "question": question, "text": "Waarheen?"}
    made = anne.mirror.seq
    await anne.ok(anne.do(wish, id="reword", seq=made))
    await dirk.until(lambda: dirk.mirror.records[question]["text"] == "Waarheen?")
    await dirk.ok(dirk.do({"t": "qna.remove", "question": question, "rev": 1}))
    again = await hall.seated("anne")
    return await again.answer(again.do(wish, id="reword", seq=made))


def questions(browser: Browser) -> list[str]:
    return [id for id, record in browser.mirror.records.items() if record["t"] == "qna.question"]


async def test_c2_a_resend_is_known_though_it_would_be_signed_otherwise_now(hall: House) -> None:
    assert (await reworded_twice(hall))["t"] == "done"


async def test_c2_negative_control_keyed_by_the_signing_id_it_is_decided_again(
    hall: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keyed_by_signer(*args: object, **named: object) -> Signature:
        signed = sign(*args, **named)  # type: ignore[arg-type]
        return replace(signed, keyed=signed.by)

    monkeypatch.setattr(hub, "sign", keyed_by_signer)
    second = await reworded_twice(hall)
    assert (second["t"], second["reason"]) == ("refused", "not_found"), "it counted, and is told it never will"


async def test_c7_ids_are_made_with_the_second_id_so_guesses_cannot_be_tried_on_people(hall: House) -> None:
    """Somebody who has the room's key, and guesses a command id right, after the secret is gone."""
    anne = await hall.seated("anne")
    for level in ("named", "anonymous"):
        await anne.ok(anne.do({"t": "qna.ask", "text": "Waar?", "level": level}, id=f"guess-{level}"))
        asked = [r["question"] for r in anne.mirror.records.values() if r["t"] == "qna.receipt" and r["level"] == level]
        assert asked == [command_key(KEY, SECOND, f"guess-{level}")], "the control: with that id it would be found"
        assert asked != [command_key(KEY, NAMED, f"guess-{level}")]


def test_c7_who_has_no_second_id_signs_with_the_named_one_or_not_at_all() -> None:
    qna = kinds()["qna"]
    anne = {"name": PersonName("Anne"), "nickname": PersonName("")}
    signed = sign(qna, {}, Ask("Waar?"), actors=(NAMED,), **anne)
    assert (signed.by, signed.keyed, signed.also) == (NAMED, NAMED, ())
    for command in (Ask("Waar?", Level.ANONYMOUS), Vote(RecordId("q1"), True)):
        with pytest.raises(Refused) as refused:
            sign(qna, {}, command, actors=(NAMED,), **anne)
        assert refused.value.reason is Reason.SECRET_GONE
