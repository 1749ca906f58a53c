"""The HTTP API of passkeys: a device signs somebody in by a key that never leaves it (WebAuthn)."""

from __future__ import annotations

import ipaddress
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

import structlog
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from persistence import passkeys, people, sign_ins
from persistence.gate import now_ms
from persistence.passkeys import Passkey, PasskeyTaken, TooManyPasskeys
from persistence.sign_ins import SignedIn
from rooms.model import Reason, Refused
from rooms.text import clean_name
from web.auth import is_secure
from web.challenges import Challenge
from web.devices import device_of
from web.guessing import count_wrong, hold_back
from web.house import House, house_of
from web.problems import Answer, Problem
from web.visitors import body_of, browsing, browsing_person, home_of, signed_in

SIGN_IN = "sign-in"

log = structlog.get_logger()


class NewPasskey(Struct, frozen=True, forbid_unknown_fields=True):
    """What the device answered: base64 in JSON, as all bytes here."""

    name: Annotated[str, Meta(max_length=400)]
    credential: Annotated[bytes, Meta(min_length=1, max_length=1_023)]
    client_data: Annotated[bytes, Meta(max_length=4_096)]
    attestation: Annotated[bytes, Meta(max_length=16_384)]


class SignedByPasskey(Struct, frozen=True, forbid_unknown_fields=True):
    credential: Annotated[bytes, Meta(min_length=1, max_length=1_023)]
    handle: Annotated[bytes, Meta(max_length=64)]
    client_data: Annotated[bytes, Meta(max_length=4_096)]
    authenticator_data: Annotated[bytes, Meta(max_length=4_096)]
    signature: Annotated[bytes, Meta(max_length=2_048)]


class PasskeyInList(Struct, frozen=True):
    id: str
    name: str
    created_on: date


class OwnPasskeys(Struct, frozen=True):
    passkeys: list[PasskeyInList]


class AskedToAdd(Struct, frozen=True):
    """What the browser tells the device. `known`: those of this person, that it needn't make again."""

    challenge: bytes
    site: str
    community: str
    handle: bytes
    person: str
    known: list[bytes]


class AskedToSignIn(Struct, frozen=True):
    challenge: bytes
    site: str


class AddedPasskey(Struct, frozen=True):
    id: str


class CameByPasskey(Struct, frozen=True):
    name: str


def possible(request: Request) -> bool:
    """Browsers have passkeys on https, and on this machine itself; and for a name only, never for a bare address."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host != "" and is_secure(request, house_of(request).settings)
    return False


async def own(request: Request) -> Response:
    """The passkeys of who asks."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await browsing_person(tx, request)
        found = await passkeys.of_person(tx, who.person.id)
    return Answer(OwnPasskeys([PasskeyInList(each.id, each.name, each.created_on) for each in found]))


async def ask_to_add(request: Request) -> Response:
    """What a device needs to make one, for who is signed in."""
    house = house_of(request)
    async with house.database.read() as tx:
        who = await browsing_person(tx, request)
        site = _site(request)
        known = [each.credential for each in await passkeys.of_person(tx, who.person.id)]
        home = await home_of(tx, request, who)
    challenge = house.challenges.make(_adding(who), now=now_ms())
    handle = house.challenges.handle(who.person.id)
    told = AskedToAdd(challenge.value, site, home.name, handle, who.person.name, known)
    return _challenging(request, house, told, challenge)


async def add(request: Request) -> Response:
    """Keep the public half of the key that a device made."""
    house, body = house_of(request), await body_of(request, NewPasskey)
    name, now = _name(body.name), now_ms()
    async with house.database.write() as tx:
        who = await browsing_person(tx, request)
        site = _site(request)
        challenge = _challenged(request, house, _adding(who), now)
        made = _registered(body, challenge, site, request.headers["origin"])
        if not await passkeys.spend(tx, challenge.value, expires_at=challenge.expires_at, now=now):
            raise Problem(409, "passkey_late")
        try:
            id = await passkeys.add(
                tx,
                who.person.id,
                credential=made.credential,
                handle=house.challenges.handle(who.person.id),
                public_key=made.public_key,
                uses=made.uses,
                name=name,
                now=now,
            )
        except PasskeyTaken:
            raise Problem(409, "passkey_taken") from None
        except TooManyPasskeys:
            raise Problem(409, "passkeys_full", most=passkeys.MOST) from None
    answer = Answer(AddedPasskey(id), 201)
    house.challenges.take_back(answer, secure=is_secure(request, house.settings))
    return answer


async def remove(request: Request) -> Response:
    """Remove a passkey: it signs nobody in any more."""
    house, id = house_of(request), request.path_params["passkey"]
    async with house.database.write() as tx:
        who = await browsing_person(tx, request)
        if not await passkeys.remove(tx, who.person.id, id):
            raise Problem(404, Reason.NOT_FOUND)
    return Answer(AddedPasskey(id))


async def ask_to_sign_in(request: Request) -> Response:
    """What a device needs to sign somebody in: which of its people that is, it finds out with them."""
    house, site = house_of(request), _site(request)
    challenge = house.challenges.make(SIGN_IN, now=now_ms())
    return _challenging(request, house, AskedToSignIn(challenge.value, site), challenge)


async def sign_in(request: Request) -> Response:
    """Sign this browser in as whose passkey answered the challenge it was given."""
    house, body, site = house_of(request), await body_of(request, SignedByPasskey), _site(request)
    hold_back(house.spent_links, request)
    now = now_ms()
    challenge = _challenged(request, house, SIGN_IN, now)
    try:
        person, token = await _let_in(request, house, body, challenge, site, now)
    except Problem as problem:
        if problem.code in ("passkey_unknown", "passkey_wrong"):
            count_wrong(house.spent_links, request)
        raise
    answer = signed_in(request, CameByPasskey(person), token)
    house.challenges.take_back(answer, secure=is_secure(request, house.settings))
    return answer


ROUTES = [
    Route("/api/me/passkeys", own),
    Route("/api/me/passkeys/ask", ask_to_add, methods=["POST"]),
    Route("/api/me/passkeys", add, methods=["POST"]),
    Route("/api/me/passkeys/{passkey}/remove", remove, methods=["POST"]),
    Route("/api/passkeys/ask", ask_to_sign_in, methods=["POST"]),
    Route("/api/passkeys/sign-in", sign_in, methods=["POST"]),
]


async def _let_in(
    request: Request, house: House, body: SignedByPasskey, challenge: Challenge, site: str, now: int
) -> tuple[str, str | None]:
    """Their name, and the token of a new sign-in unless this browser is theirs already. Raises Problem."""
    async with house.database.read() as tx:
        found = await passkeys.of_credential(tx, body.credential)
    if found is None:
        raise Problem(404, "passkey_unknown")
    uses = _answered(found, body, challenge, site, request.headers["origin"])
    async with house.database.write() as tx:
        if not await passkeys.spend(tx, challenge.value, expires_at=challenge.expires_at, now=now):
            raise Problem(409, "passkey_late")
        if not await passkeys.used(tx, found.id, uses):
            raise Problem(403, "passkey_wrong")
        who, person = await browsing(tx, request), await people.of_id(tx, found.person)
        assert person is not None  # a foreign key
        same = who is not None and who.person.id == person.id
        token = None if same else await sign_ins.sign_in(tx, person.id, now=now, device=device_of(request))
        return person.name, token


class _Registered(Struct, frozen=True):
    credential: bytes
    public_key: bytes
    uses: int


def _registered(body: NewPasskey, challenge: Challenge, site: str, origin: str) -> _Registered:
    """Raises Problem. A malformed answer is refused like a wrong one, however the library trips over it."""
    response = AuthenticatorAttestationResponse(client_data_json=body.client_data, attestation_object=body.attestation)
    try:
        found = verify_registration_response(
            credential=RegistrationCredential(bytes_to_base64url(body.credential), body.credential, response),
            expected_challenge=challenge.value,
            expected_rp_id=site,
            expected_origin=origin,
            require_user_verification=True,
        )
    except Exception as error:
        log.info("passkey.refused", error=type(error).__name__)
        raise Problem(403, "passkey_wrong") from None
    if found.credential_id != body.credential:
        raise Problem(403, "passkey_wrong")
    return _Registered(found.credential_id, found.credential_public_key, found.sign_count)


def _answered(found: Passkey, body: SignedByPasskey, challenge: Challenge, site: str, origin: str) -> int:
    """How often the device says it was used. Raises Problem, as above."""
    response = AuthenticatorAssertionResponse(
        client_data_json=body.client_data,
        authenticator_data=body.authenticator_data,
        signature=body.signature,
        user_handle=body.handle,
    )
    try:
        verified = verify_authentication_response(
            credential=AuthenticationCredential(bytes_to_base64url(body.credential), body.credential, response),
            expected_challenge=challenge.value,
            expected_rp_id=site,
            expected_origin=origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.uses,
            require_user_verification=True,
        )
    except Exception as error:
        log.info("passkey.refused", error=type(error).__name__)
        raise Problem(403, "passkey_wrong") from None
    if body.handle != found.handle:
        raise Problem(403, "passkey_wrong")
    return verified.new_sign_count


def _site(request: Request) -> str:
    """The name that passkeys of this Kring are bound to: of the page that asks, which is ours. Raises Problem."""
    if not possible(request) or "origin" not in request.headers:
        raise Problem(409, "passkey_not_possible")
    return urlsplit(request.headers["origin"]).hostname or ""


def _adding(who: SignedIn) -> str:
    return f"add {who.sign_in}"


def _challenging(request: Request, house: House, told: object, challenge: Challenge) -> Answer:
    answer = Answer(told)
    house.challenges.give(answer, challenge, secure=is_secure(request, house.settings))
    return answer


def _challenged(request: Request, house: House, purpose: str, now: int) -> Challenge:
    """Raises Problem."""
    found = house.challenges.of(request, purpose, now=now)
    if found is None:
        raise Problem(409, "passkey_late")
    return found


def _name(raw: str) -> str:
    try:
        return clean_name(raw)
    except Refused:
        raise Problem(422, "passkey_nameless") from None
