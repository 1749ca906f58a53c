"""No page escapes axe: a new address of the server's fails here until a test looks at it."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.browser.everywhere import WALKS, address_of, look, missed
from web.pages import ADDRESSES


def test_every_address_is_looked_at_by_some_test() -> None:
    assert {address for addresses in WALKS.values() for address in addresses} == set(ADDRESSES)


def test_those_tests_exist() -> None:
    for name in WALKS:
        module, function = re.sub(r"\[.*", "", name).split("::")
        assert callable(getattr(importlib.import_module(f"tests.browser.{module}"), function)), name


@pytest.mark.parametrize(
    ("path", "address"),
    [("/", "/"), ("/l/new", "/l/new"), ("/l/abc", "/l/{item}"), ("/s/a/board/b", "/s/{session}/board/{board}")],
)
def test_a_page_is_known_by_its_address(path: str, address: str) -> None:
    assert address_of(f"http://127.0.0.1:1{path}?lang=nl#x") == address
    assert address_of("http://127.0.0.1:1/nowhere") is None


def test_the_control_what_was_not_looked_at_is_missed() -> None:
    name = "test_members::test_from_the_only_one_to_a_directory_and_axe_finds_nothing"
    look("http://127.0.0.1:1/c/members")
    assert missed(name) == {"/me"}
    look("http://127.0.0.1:1/me")
    assert missed(name) == set()
