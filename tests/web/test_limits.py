"""Only wrong guesses count, per address, in bounded memory; a hall behind one address is not held up."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from web.limits import BURST, REFILL_S, WrongGuesses, client_address

HALL = "192.0.2.7"


def test_a_guesser_runs_dry_and_gets_a_try_back_now_and_then() -> None:
    guesses = WrongGuesses(burst=3, refill_s=10)
    for _ in range(3):
        assert guesses.wait_s(HALL, 100.0) == 0
        guesses.wrong(HALL, 100.0)
    assert guesses.wait_s(HALL, 100.0) == 10
    assert guesses.wait_s(HALL, 104.5) == 6
    assert guesses.wait_s(HALL, 110.0) == 0
    guesses.wrong(HALL, 110.0)
    assert guesses.wait_s(HALL, 110.0) == 10
    assert guesses.wait_s("192.0.2.8", 110.0) == 0


def test_right_ones_cost_nothing() -> None:
    guesses = WrongGuesses()
    assert [guesses.wait_s(HALL, n / 100) for n in range(1_000)] == [0] * 1_000
    assert len(guesses) == 0


def test_in_a_day_a_guesser_gets_nowhere() -> None:
    guesses = WrongGuesses()
    tried, now = 0, 0.0
    while now < 86_400:
        if guesses.wait_s(HALL, now) == 0:
            guesses.wrong(HALL, now)
            tried += 1
        now += 0.5
    assert tried <= BURST + 86_400 / REFILL_S
    assert tried / 31**6 < 1 / 10_000


def test_memory_is_bounded_and_forgets_who_stopped() -> None:
    guesses = WrongGuesses(most=100)
    for n in range(1_000):
        guesses.wrong(f"10.0.{n // 250}.{n % 250}", 1.0)
    assert len(guesses) == 100
    guesses.wrong(HALL, 1_000.0)
    assert len(guesses) == 1


def test_all_addresses_of_one_household_are_one() -> None:
    guesses = WrongGuesses(burst=1, refill_s=10)
    guesses.wrong("2001:db8:1:2::1", 0.0)
    assert guesses.wait_s("2001:db8:1:2:ffff::9", 0.0) == 10
    assert guesses.wait_s("2001:db8:1:3::1", 0.0) == 0
    guesses.wrong("::ffff:192.0.2.7", 0.0)
    assert guesses.wait_s(HALL, 0.0) == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),  # nobody trusted said so
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),  # the first was the client's own fancy
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.3"], "10.0.0.3"),
        ("10.0.0.1", [" , unknown"], "unknown"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_only_a_trusted_proxy_is_believed_about_whose_request_it_is(
    peer: str, forwarded: list[str], address: str
) -> None:
    assert client_address(peer, forwarded, [ip_network("10.0.0.0/8")]) == address
