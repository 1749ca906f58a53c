"""What every endpoint of the HTTP API takes and answers; its own docstring says what it is for.

A new endpoint needs a line here: a test says so. `openapi` makes the description for others of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Raw, Struct

from persistence.export import As
from web import (
    api,
    boards,
    harvest,
    health,
    invitations,
    library,
    mail,
    making,
    members,
    passkeys,
    privacy,
    programs,
    sessions,
    staff_log,
    ways_in,
)


class Nothing(Struct, frozen=True):
    """It is done, and there is nothing to tell."""


class Says(Struct, frozen=True):
    """`answer`: a type that msgspec writes as JSON, or else a media type. `takes`: the body. `asks`: of the query.

    `anybody`: also who isn't signed in. `browser`: a token doesn't count, only the cookie of a browser.
    `status`: of what went well, the only one but for `also`.
    """

    answer: object
    takes: type[Struct] | None = None
    status: int = 200
    asks: Mapping[str, object] = {}
    anybody: bool = False
    browser: bool = False
    also: Sequence[int] = ()


HOME: Mapping[str, object] = {"community": str}
"""Which community is meant, by whoever is in several; else the first."""
Offset = Annotated[int, Meta(ge=0, le=99_999)]
SEARCH: Mapping[str, object] = {"q": str, "offset": Offset}
NARROWED: Mapping[str, object] = {
    **dict.fromkeys(("type", "tag", "session", "status"), list[str]),
    **dict.fromkeys(("from", "to"), date),
}
SVG, TEXT = "image/svg+xml", "text/plain"

DESCRIBED: Mapping[str, Says] = {
    # who one is, and coming in
    "GET /api/me": Says(api.Me, asks=HOME, anybody=True),
    "POST /api/codes": Says(api.Door, api.CodeBody, anybody=True),
    "POST /api/join": Says(api.Inside, api.JoinBody, anybody=True),
    "POST /api/sign-in": Says(api.CameByLink, api.SignInBody, anybody=True),
    "POST /api/sign-out": Says(Nothing, anybody=True),
    "GET /api/ways-in": Says(ways_in.WaysIn, anybody=True),
    "GET /api/privacy": Says(privacy.Privacy, anybody=True),
    "POST /api/mail": Says(mail.Sent, mail.AddressBody, status=202, anybody=True),
    "POST /api/mail/link": Says(mail.MailLinkSeen, mail.MailTokenBody, anybody=True),
    "POST /api/mail/redeem": Says(mail.MailLinkUsed, mail.MailTokenBody, anybody=True),
    "POST /api/passkeys/ask": Says(passkeys.AskedToSignIn, anybody=True),
    "POST /api/passkeys/sign-in": Says(passkeys.CameByPasskey, passkeys.SignedByPasskey, anybody=True),
    "POST /api/invitation": Says(invitations.InvitationSeen, invitations.LinkBody, anybody=True),
    "POST /api/invitation/redeem": Says(invitations.CameIn, invitations.RedeemBody, anybody=True),
    # oneself
    "GET /api/me/own": Says(members.Own, asks=HOME),
    "PUT /api/me/own": Says(members.Profile, members.Profile, asks=HOME),
    "DELETE /api/me/membership": Says(Nothing, asks=HOME),
    "DELETE /api/me/sign-ins": Says(Nothing, asks=HOME),
    "DELETE /api/me/sign-ins/{sign_in}": Says(Nothing, asks=HOME),
    "GET /api/me/mail": Says(mail.OwnAddress, browser=True),
    "POST /api/me/mail": Says(mail.Sent, mail.AddressBody, status=202, browser=True),
    "POST /api/me/mail/forget": Says(mail.OwnAddress, browser=True),
    "GET /api/me/passkeys": Says(passkeys.OwnPasskeys, browser=True),
    "POST /api/me/passkeys": Says(passkeys.AddedPasskey, passkeys.NewPasskey, status=201, browser=True),
    "POST /api/me/passkeys/ask": Says(passkeys.AskedToAdd, asks=HOME, browser=True),
    "POST /api/me/passkeys/{passkey}/remove": Says(passkeys.AddedPasskey, browser=True),
    # a community, and who is in it
    "GET /api/community": Says(api.Home, asks=HOME),
    "POST /api/begin": Says(sessions.Made, making.FirstRun, asks=HOME),
    "POST /api/communities": Says(sessions.Made, making.NewCommunity, status=201),
    "GET /api/community/settings": Says(making.AsItIs, asks=HOME),
    "PUT /api/community/settings": Says(making.AsItIs, making.Edited, asks=HOME),
    "POST /api/community/agreements": Says(Nothing, making.Accepted, asks=HOME),
    "POST /api/community/remove": Says(Nothing, making.Farewell, asks=HOME),
    "GET /api/members": Says(members.Directory, asks=HOME),
    "PUT /api/members/{member}": Says(members.NewRole, members.NewRole, asks=HOME),
    "DELETE /api/members/{member}": Says(Nothing, asks=HOME),
    "GET /api/invitations": Says(invitations.Invitations, asks=HOME),
    "POST /api/invitations": Says(invitations.MadeInvitation, invitations.NewInvitation, status=201, asks=HOME),
    "POST /api/invitations/{invitation}/revoke": Says(invitations.Revoked, asks=HOME),
    "GET /api/programs": Says(programs.Programs, asks=HOME),
    "POST /api/programs": Says(programs.MadeProgram, programs.NewProgram, status=201, asks=HOME),
    "POST /api/programs/{program}/revoke": Says(programs.Ended, asks=HOME),
    "GET /api/log": Says(staff_log.StaffLog, asks={**HOME, "offset": Offset}),
    # rooms and sessions
    "GET /api/rooms/{room}/search": Says(api.MessagesFound, asks=SEARCH),
    "GET /api/rooms/{room}/qr.svg": Says(SVG),
    "POST /api/sessions": Says(sessions.Made, sessions.NewSession, status=201, asks=HOME),
    "GET /api/sessions/{session}": Says(sessions.About),
    "PUT /api/sessions/{session}": Says(sessions.Description, sessions.Description),
    "POST /api/sessions/{session}/open": Says(sessions.Moved),
    "POST /api/sessions/{session}/lock": Says(sessions.Moved),
    "POST /api/sessions/{session}/unlock": Says(sessions.Moved),
    "POST /api/sessions/{session}/close": Says(sessions.Closing),
    "POST /api/sessions/{session}/take-back": Says(sessions.Moved),
    "POST /api/sessions/{session}/screen": Says(sessions.Screen),
    "GET /api/sessions/{session}/qr.svg": Says(SVG),
    "POST /api/sessions/{session}/boards": Says(sessions.Made, boards.NewBoard, status=201),
    "GET /api/sessions/{session}/outcome": Says(harvest.OutcomeOfSession),
    "PUT /api/sessions/{session}/outcome/{line}": Says(harvest.LineOfOutcome, harvest.Chosen),
    "GET /api/sessions/{session}/export": Says("*/*", asks={"as": As}),
    # the library
    "GET /api/library": Says(library.Hits, asks={**SEARCH, **NARROWED, **HOME}),
    "POST /api/library": Says(library.Made, library.NewItem, status=201, asks=HOME),
    "GET /api/library/tags": Says(Sequence[tuple[str, int]], asks=HOME),
    "POST /api/library/preview": Says(library.Shown, library.Preview, asks=HOME),
    "GET /api/library/{item}": Says(library.ItemToRead),
    "PUT /api/library/{item}": Says(library.Saved, library.EditedItem),
    "GET /api/library/{item}/versions/{version}": Says(library.VersionToRead),
    # for machines
    "GET /api/openapi.json": Says(dict[str, Raw], anybody=True),
    "GET /healthz": Says(TEXT, anybody=True),
    "GET /readyz": Says(health.Readiness, anybody=True, also=(503,)),
    "GET /metrics": Says(TEXT, anybody=True),
}
