"""Which test looks with axe at which addresses: each address that the server has a page for is somebody's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.routing import compile_path

from web.pages import ADDRESSES

WALKS: Mapping[str, Collection[str]] = {
    "test_access::test_axe_finds_nothing[community]": ("/", "/j/{code}", "/in", "/c"),
    "test_access::test_axe_finds_nothing[session]": ("/s/{session}",),
    "test_access::test_axe_finds_nothing[board]": ("/s/{session}/board/{board}",),
    "test_access::test_axe_finds_nothing[harvest]": ("/s/{session}/harvest",),
    "test_access::test_axe_finds_nothing[library]": ("/l", "/l/new", "/l/{item}", "/l/{item}/edit"),
    "test_desk::test_axe_finds_nothing_at_the_desk": ("/s/{session}/desk",),
    "test_present::test_axe_finds_nothing_on_it": ("/present/{session}",),
    "test_making::test_axe_finds_nothing": ("/begin", "/c", "/c/settings"),
    "test_invitations::test_from_an_empty_page_to_a_new_member_and_axe_finds_nothing": ("/c/invitations", "/i"),
    "test_members::test_from_the_only_one_to_a_directory_and_axe_finds_nothing": ("/c/members", "/me"),
    "test_staff_log::test_from_nothing_to_a_full_log_and_axe_finds_nothing": ("/c/log",),
    "test_privacy::test_it_says_what_goes_here_and_axe_finds_nothing": ("/privacy",),
    "test_programs::test_from_an_empty_page_to_a_revoked_program_and_axe_finds_nothing": ("/c/programs",),
    "test_ways_in::test_an_address_is_added_and_signs_in_a_phone_and_axe_finds_nothing": ("/in", "/me/ways-in"),
}
"""module::test[where] → the addresses at which it must have looked when it ends."""

looked_at: set[str] = set()
"""By the test that runs now."""

_PATTERNS = sorted(((address, compile_path(address)[0]) for address in ADDRESSES), key=lambda each: each[0].count("{"))


def look(url: str) -> None:
    """axe has looked at this page."""
    looked_at.update(address for address in [address_of(url)] if address)


def address_of(url: str) -> str | None:
    """As the server has it: `/l/new` before `/l/{item}`."""
    path = urlsplit(url).path
    return next((address for address, pattern in _PATTERNS if pattern.match(path)), None)


def missed(test: str) -> set[str]:
    """Where the test should have looked, and did not."""
    return set(WALKS.get(test, ())) - looked_at
