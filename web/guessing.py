"""Holding back whoever guesses codes, links and tokens: the buckets of `limits`, for a request."""

from __future__ import annotations

from starlette.requests import Request

from rooms.model import Reason
from web.auth import address_of
from web.house import house_of
from web.limits import WrongGuesses
from web.problems import Problem


def hold_back(guesses: WrongGuesses, request: Request) -> None:
    """Raises Problem(limited) for an address that guessed too often, whatever it asks now."""
    house = house_of(request)
    wait_s = guesses.wait_s(address_of(request, house.settings), house.monotonic())
    if wait_s:
        raise Problem(429, Reason.LIMITED, retry_s=wait_s)


def count_wrong(guesses: WrongGuesses, request: Request) -> None:
    house = house_of(request)
    guesses.wrong(address_of(request, house.settings), house.monotonic())
