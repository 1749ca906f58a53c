"""A small mail server of the tests' own, in the test's event loop: it takes mail in and hands it to the test."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "kring", "geheim-van-de-post"
LINK = re.compile(r"^(https?://\S+/in#(mail\.\S+))$", re.MULTILINE)


class Postbox:
    """`port`: where it listens. `refuse`: it answers every mail with this instead of taking it."""

    def __init__(self) -> None:
        self.port = 0
        self.refuse: str | None = None
        self.mails: asyncio.Queue[EmailMessage] = asyncio.Queue()
        self.over_tls: list[bool] = []
        self.tried: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse is not None:
            return self.refuse
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        assert envelope.rcpt_tos == [message["To"]]
        self.over_tls.append(session.ssl is not None)
        self.mails.put_nowait(message)
        return "250 taken"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, way: str, given: object) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        self.tried.append(way)
        return AuthResult(success=right, handled=right)  # a wrong one is answered with 535


@asynccontextmanager
async def postbox(tls: ssl.SSLContext | None = None, *, login: bool = False) -> AsyncIterator[Postbox]:
    """`tls`: it offers STARTTLS with this; `login`: it takes mail only from who signs in."""
    box, loop = Postbox(), asyncio.get_running_loop()

    def talk() -> SMTP:
        return SMTP(
            box,
            hostname="post.test",
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=box.authenticate if login else None,
            auth_required=login,
            loop=loop,
        )

    server = await loop.create_server(talk, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()


def text_of(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def link_in(message: EmailMessage) -> tuple[str, str]:
    """The address in it, and its token as the API takes it."""
    found = LINK.search(text_of(message))
    assert found is not None, text_of(message)
    return found[1], found[2].removeprefix("mail.")
