"""The HTTP API of coming in by mail: somebody adds an address, and later has a sign-in link sent there."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import mail, sign_ins
from persistence.gate import now_ms
from persistence.mail import AddressTaken, MailLinkSpent
from persistence.people import Person
from persistence.sign_ins import SignedIn
from rooms.model import Reason
from web.auth import address_of
from web.devices import device_of
from web.guessing import count_wrong, hold_back
from web.house import House, house_of
from web.post import Letter, Post, key_of
from web.problems import Answer, Problem, language_of
from web.visitors import body_of, browsing, browsing_person, signed_in


class AddressBody(Struct, frozen=True, forbid_unknown_fields=True):
    address: Annotated[str, Meta(max_length=400)]


class MailTokenBody(Struct, frozen=True, forbid_unknown_fields=True):
    token: Annotated[str, Meta(max_length=200)]


class OwnAddress(Struct, frozen=True):
    """`address` none: they have none that is theirs for certain."""

    address: str | None


class Sent(Struct, frozen=True):
    """Always the same: whether somebody has that address is not told."""

    minutes: int


class MailLinkSeen(Struct, frozen=True):
    """`confirms`: the address it shows to be theirs; none: it signs `name` in."""

    name: str
    confirms: str | None


class MailLinkUsed(Struct, frozen=True):
    name: str
    confirmed: str | None


async def own(request: Request) -> Response:
    """The address by which who asks comes in."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await browsing_person(tx, request)
        found = await mail.address_of(tx, who.person.id)
    return Answer(OwnAddress(found))


async def add(request: Request) -> Response:
    """Send a link to an address, that shows it to be theirs; until then nothing is kept but the link."""
    house, body = house_of(request), await body_of(request, AddressBody)
    async with house.database.read() as tx:
        who = await browsing_person(tx, request)
    return _ask(request, _post(house), body.address, who.person)


async def forget(request: Request) -> Response:
    """Forget the address: they don't come in by mail any more; links that are under way lead nowhere."""
    house = house_of(request)
    async with house.database.write() as tx:
        who = await browsing_person(tx, request)
        await mail.forget(tx, who.person.id)
    return Answer(OwnAddress(None))


async def ask(request: Request) -> Response:
    """Send a sign-in link, if somebody has that address: the answer is the same, and as quick, if nobody has."""
    body = await body_of(request, AddressBody)
    return _ask(request, _post(house_of(request)), body.address, None)


async def look(request: Request) -> Response:
    """What a mailed link does; it is not used up by looking."""
    house, body = house_of(request), await body_of(request, MailTokenBody)
    hold_back(house.spent_links, request)
    async with house.database.read() as tx:
        try:
            found = await mail.look(tx, body.token, now=now_ms())
        except MailLinkSpent:
            count_wrong(house.spent_links, request)
            raise Problem(404, "mail_spent") from None
        who = await browsing(tx, request)
    _check_whose(found.address, found.person, who)
    return Answer(MailLinkSeen(found.person.name, found.address))


async def redeem(request: Request) -> Response:
    """Use a mailed link: it signs in, or an address is theirs from now on."""
    house, body = house_of(request), await body_of(request, MailTokenBody)
    hold_back(house.spent_links, request)
    async with house.database.write() as tx:
        try:
            found = await mail.take(tx, body.token, now=now_ms())
        except MailLinkSpent:
            count_wrong(house.spent_links, request)
            raise Problem(404, "mail_spent") from None
        who = await browsing(tx, request)
        _check_whose(found.address, found.person, who)
        same = who is not None and who.person.id == found.person.id
        if found.address is not None:
            try:
                await mail.confirm(tx, found.person.id, found.address, now=now_ms())
            except AddressTaken:
                raise Problem(409, "mail_taken") from None
        who_now = found.person.id
        token = None if same else await sign_ins.sign_in(tx, who_now, now=now_ms(), device=device_of(request))
    return signed_in(request, MailLinkUsed(found.person.name, found.address), token)


ROUTES = [
    Route("/api/me/mail", own),
    Route("/api/me/mail", add, methods=["POST"]),
    Route("/api/me/mail/forget", forget, methods=["POST"]),
    Route("/api/mail", ask, methods=["POST"]),
    Route("/api/mail/link", look, methods=["POST"]),
    Route("/api/mail/redeem", redeem, methods=["POST"]),
]


def _post(house: House) -> Post:
    """Raises Problem."""
    if house.post is None:
        raise Problem(404, "mail_not_offered")
    return house.post


def _ask(request: Request, post: Post, typed: str, person: Person | None) -> Response:
    """Put a letter in the box. Raises Problem: `mail_wrong`, `limited`, `busy`."""
    house = house_of(request)
    address = mail.read_address(typed)
    if address is None:
        raise Problem(422, "mail_wrong")
    now, client, key = house.monotonic(), address_of(request, house.settings), key_of(address)
    wait_s = max(post.by_client.wait_s(client, now), post.to_address.wait_s(key, now))
    if wait_s:
        raise Problem(429, Reason.LIMITED, retry_s=wait_s)
    lang = language_of(request)
    letter = Letter(address, person.lang or lang, person.id) if person else Letter(address, lang)
    if not post.offer(letter):
        raise Problem(503, Reason.BUSY)
    post.by_client.wrong(client, now)
    post.to_address.wrong(key, now)
    return Answer(Sent(mail.LIFE_MS // 60_000), 202)


def _check_whose(confirms: str | None, person: Person, who: SignedIn | None) -> None:
    """An address is shown to be somebody's in their own browser: else a link that another made could take over whoever
    follows it. Raises Problem."""
    if confirms is not None and (who is None or who.person.id != person.id):
        raise Problem(409, "mail_elsewhere")
