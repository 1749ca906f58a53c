"""Mail that goes out: sign-in links, and links that show an address to be somebody's. Plain text, one after another.

A request only puts a letter in the box; who it is for is looked up here, so that an answer tells nothing about that,
not even by how long it took. What is in a letter, and to whom it goes, is never logged.
"""

from __future__ import annotations

import asyncio
import hashlib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlsplit

import aiosmtplib
import structlog
from msgspec import Struct

from persistence import communities, mail
from persistence.database import Database
from persistence.gate import now_ms
from persistence.mail import LIFE_MS, address_key
from rooms.model import Fact
from web.addresses import mailed_url
from web.catalogue import say
from web.limits import WrongGuesses
from web.settings import Settings

WAITING = 100
SENDING_S = 20.0

log = structlog.get_logger()


class Letter(Struct, frozen=True):
    """Asked for: a sign-in link for whoever has `address`, or (`person`) a link that shows it to be theirs.

    `lang`: of who asks, where the person didn't say which is theirs.
    """

    address: str
    lang: str
    person: str | None = None


class Post:
    """`by_client`, `to_address`: how often one client may ask for mail, and how often any may for one address."""

    def __init__(self, settings: Settings, database: Database) -> None:
        assert settings.smtp_host is not None
        self._settings, self._database = settings, database
        self._box: asyncio.Queue[Letter] = asyncio.Queue(WAITING)
        self.by_client = WrongGuesses(burst=20, refill_s=30)
        self.to_address = WrongGuesses(burst=3, refill_s=300)

    def offer(self, letter: Letter) -> bool:
        """Whether it is in the box; False: it is full."""
        try:
            self._box.put_nowait(letter)
        except asyncio.QueueFull:
            return False
        return True

    async def run(self) -> None:
        """For ever, in a task of the house's."""
        while True:
            letter = await self._box.get()
            try:
                await self._write(letter)
            except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
                log.error("mail.failed", error=type(error).__name__)
            except Exception as error:  # one letter's fault is no other's
                log.error("mail.fault", error=type(error).__name__)
            finally:
                self._box.task_done()

    async def empty(self) -> None:
        """Returns once every letter in the box is on its way, or could not be sent."""
        await self._box.join()

    async def _write(self, letter: Letter) -> None:
        """Nothing, where nobody has the address."""
        address, person, lang = letter.address, letter.person, letter.lang
        async with self._database.read() as tx:
            if person is None:
                found = await mail.whose(tx, letter.address)
                if found is None:
                    return
                who, address = found
                person, lang = who.id, who.lang or lang
            homes = await communities.of_person(tx, person) or await communities.everyone(tx)
        async with self._database.write() as tx:
            token = await mail.create_link(tx, person, now=now_ms(), confirms=letter.person and address)
        what = "confirm" if letter.person else "sign-in"
        await self._send(self._written(what, address, lang, homes[0].name, token))

    def _written(self, what: str, address: str, lang: str, community: str, token: str) -> EmailMessage:
        base = self._settings.base_url or ""
        facts: dict[str, Fact] = {"community": community, "url": mailed_url(base, token), "minutes": LIFE_MS // 60_000}
        message = EmailMessage()
        message["Subject"] = say(lang, f"mail-{what}-subject", {"community": " ".join(community.split())})
        message["From"], message["To"] = self._settings.smtp_from, address
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(domain=urlsplit(base).hostname)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(say(lang, f"mail-{what}-text", facts) + "\n")
        message["Content-Language"] = lang  # what the content is set with takes such headers away
        return message

    async def _send(self, message: EmailMessage) -> None:
        settings = self._settings
        await aiosmtplib.send(
            message,
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=settings.smtp_password,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            local_hostname=urlsplit(settings.base_url or "").hostname,
            timeout=SENDING_S,
        )


def key_of(address: str) -> str:
    """By which asking for mail to an address is counted; it is no address itself."""
    return hashlib.sha256(address_key(address).encode()).hexdigest()
