"""The words every room speaks."""

from __future__ import annotations

import pytest

from rooms.model import ActorId, Reason, RecordId, Refused, Role, Stamp

LADDER = [Role.GUEST, Role.MEMBER, Role.MODERATOR, Role.OWNER]


def test_roles_are_a_ladder_with_two_beside_it() -> None:
    for i, role in enumerate(LADDER):
        assert [role.includes(least) for least in LADDER] == [n <= i for n in range(len(LADDER))]
        assert not Role.SCREEN.includes(role)
        assert Role.SYSTEM.includes(role)


def test_staff_are_moderators_and_owners() -> None:
    assert [role for role in Role if role.staff] == [Role.MODERATOR, Role.OWNER]


def test_c1_a_command_makes_its_ids_from_its_key() -> None:
    stamp = Stamp(RecordId("key"), 1, ActorId("a"), Role.MEMBER)
    assert (stamp.id, stamp.nth(1), stamp.nth(2)) == ("key", "key~1", "key~2")


def test_c5_a_refusal_is_a_reason_and_facts_never_a_sentence() -> None:
    refusal = Refused(Reason.FULL, most=200)
    assert (refusal.reason, refusal.facts, str(refusal)) == (Reason.FULL, {"most": 200}, "full")


@pytest.mark.parametrize("reason", Reason)
def test_c5_codes_are_stable(reason: Reason) -> None:
    """What a reason is called is what programs and the catalogue read."""
    assert reason.value == reason.name.lower()
