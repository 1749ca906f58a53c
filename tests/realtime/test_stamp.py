"""C1: command keys cannot be forged, and link nobody to anything."""

from __future__ import annotations

import base64
import hashlib
import hmac

from hypothesis import assume, given
from hypothesis import strategies as st

from realtime.stamp import command_key, timer_key
from rooms.lifecycle import Close
from rooms.model import ActorId, RecordId, Timer

KEY = b"a room's key of 32 random bytes."
ANNE = ActorId("actor-anne")


def test_c1_a_key_is_80_bits_of_the_hmac_in_base32() -> None:
    digest = hmac.new(KEY, b"actor-anne\x00command-1", hashlib.sha256).digest()
    assert command_key(KEY, ANNE, "command-1") == base64.b32encode(digest[:10]).decode().lower()
    assert len(command_key(KEY, ANNE, "command-1")) == 16


@given(st.text(max_size=64), st.text(max_size=64))
def test_c1_another_id_actor_or_room_makes_another_key(one: str, other: str) -> None:
    assume(one != other)
    assert command_key(KEY, ANNE, one) != command_key(KEY, ANNE, other)
    assert command_key(KEY, ANNE, one) != command_key(KEY, ActorId("actor-bram"), one)
    assert command_key(KEY, ANNE, one) != command_key(KEY[::-1], ANNE, one)


def test_c1_actor_and_id_cannot_flow_into_each_other() -> None:
    """Whoever chooses their command ids cannot make somebody else's key."""
    assert command_key(KEY, ActorId("an"), "ne-1") != command_key(KEY, ActorId("anne"), "-1")
    without_separator = [hmac.digest(KEY, text.encode(), "sha256") for text in ("an" + "ne-1", "anne" + "-1")]
    assert without_separator[0] == without_separator[1], "the control: run together they do"


def test_c1_a_key_shows_neither_actor_nor_id() -> None:
    key = command_key(KEY, ANNE, "secret-plan")
    assert "anne" not in key
    assert "secret" not in key


def test_c8_a_timer_has_one_key_in_every_process_and_another_for_every_ring() -> None:
    timer = Timer(1_000, RecordId("clock"), Close())
    assert timer_key(KEY, timer) == timer_key(KEY, Timer(1_000, RecordId("clock"), Close()))
    others = [Timer(1_001, RecordId("clock"), Close()), Timer(1_000, RecordId("lease"), Close())]
    keys = {timer_key(KEY, timer), *(timer_key(KEY, other) for other in others), command_key(KEY, ANNE, "clock")}
    assert len(keys) == 4
