"""Coming in by mail, with a real mail server: an address is shown to be somebody's, and then signs them in."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
import structlog
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from persistence.gate import now_ms
from persistence.mail import LIFE_MS
from rooms.model import Role
from tests.web.postbox import PASSWORD, USER, Postbox, link_in, postbox, text_of
from tests.web.process import said
from tests.web.site import Site, site
from web import mail, post
from web.limits import BURST

ANA = "Ana.Visser@example.org"
BASE = "http://kring.test"


class Mailing(Struct):
    """A Kring that sends mail, and where it goes."""

    kring: Site
    box: Postbox

    def browser(self, lang: str = "en") -> httpx2.AsyncClient:
        """At the base URL: nothing else counts where one is set."""
        return self.kring.browser(lang, Host="kring.test", Origin=BASE)

    @asynccontextmanager
    async def somebody(self, name: str, lang: str = "en") -> AsyncIterator[httpx2.AsyncClient]:
        async with self.browser(lang) as browser:
            token = await self.kring.token(Role.MEMBER)
            assert (await browser.post("/api/sign-in", json={"token": token, "name": name})).status_code == 200
            yield browser

    async def next(self) -> EmailMessage:
        async with asyncio.timeout(10):
            return await self.box.mails.get()

    async def none_came(self) -> bool:
        """Everything asked for has been dealt with, and nothing was sent."""
        assert self.kring.house.post is not None
        await self.kring.house.post.empty()
        return self.box.mails.empty()

    async def add(self, browser: httpx2.AsyncClient, address: str = ANA) -> None:
        """To who this browser is."""
        assert (await browser.post("/api/me/mail", json={"address": address})).status_code == 202
        answer = await redeem(browser, link_in(await self.next())[1])
        assert answer.status_code == 200, answer.text


async def redeem(browser: httpx2.AsyncClient, token: str) -> httpx2.Response:
    return await browser.post("/api/mail/redeem", json={"token": token})


@asynccontextmanager
async def mailing(folder: Path, box: Postbox, **settings: object) -> AsyncIterator[Mailing]:
    wish: dict[str, Any] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_from": "kring@example.org",
        "smtp_tls": "none",
    }
    async with site(folder, base_url=BASE, **(wish | settings)) as kring:
        kring.house.monotonic = lambda: 0.0
        yield Mailing(kring, box)


@pytest_asyncio.fixture
async def there(tmp_path: Path) -> AsyncIterator[Mailing]:
    async with postbox() as box, mailing(tmp_path, box) as found:
        yield found


async def test_an_address_is_added_by_its_link_and_signs_in_another_device(there: Mailing) -> None:
    async with there.somebody("Ana") as laptop, there.browser() as phone:
        assert (await laptop.get("/api/me/mail")).json() == {"address": None}
        assert (await laptop.post("/api/me/mail", json={"address": f" {ANA}"})).json() == {"minutes": 30}
        letter = await there.next()
        assert (letter["To"], letter["From"], letter["Auto-Submitted"]) == (ANA, "kring@example.org", "auto-generated")
        assert letter["Message-ID"].endswith("@kring.test>")
        assert letter.get_content_type() == "text/plain"
        assert (await laptop.get("/api/me/mail")).json() == {"address": None}, "not theirs until the link says so"
        url, token = link_in(letter)
        assert url == f"{BASE}/in#mail.{token}"
        seen = await laptop.post("/api/mail/link", json={"token": token})
        assert seen.json() == {"name": "Ana", "confirms": ANA}
        assert (await redeem(laptop, token)).json() == {"name": "Ana", "confirmed": ANA}
        assert (await laptop.get("/api/me/mail")).json() == {"address": ANA}

        assert (await phone.post("/api/mail", json={"address": ANA.upper()})).status_code == 202
        letter = await there.next()
        assert letter["To"] == ANA, "as they wrote it, not as it was asked for"
        _, token = link_in(letter)
        for _ in range(2):
            seen = await phone.post("/api/mail/link", json={"token": token})
            assert seen.json() == {"name": "Ana", "confirms": None}
        came = await redeem(phone, token)
        assert "HttpOnly" in came.headers["set-cookie"]
        assert (await phone.get("/api/me")).json()["person"] == {"name": "Ana", "role": "member"}
        again = await redeem(phone, token)
        assert (again.status_code, again.json()["reason"]) == (404, "mail_spent")
        assert (await laptop.get("/api/me")).json()["person"]["name"] == "Ana", "the laptop stays signed in"


@pytest.mark.parametrize(
    ("lang", "word"), [("nl", "Met deze link kom je binnen"), ("en", "With this link you sign in")]
)
async def test_mail_is_in_the_persons_language(there: Mailing, lang: str, word: str) -> None:
    """Whoever asks, and in whatever language: it is theirs."""
    async with there.browser(lang) as browser, there.browser("en" if lang == "nl" else "nl") as other:
        joined = await browser.post("/api/join", json={"code": there.kring.code, "name": "Ana"})
        assert joined.status_code == 200
        await there.add(browser)
        await other.post("/api/mail", json={"address": ANA})
        letter = await there.next()
    assert word in text_of(letter)
    assert letter["Content-Language"] == lang


async def test_whether_an_address_is_known_is_not_told(there: Mailing) -> None:
    async with there.somebody("Ana") as ana, there.browser() as stranger:
        await there.add(ana)
        known = await stranger.post("/api/mail", json={"address": ANA})
        unknown = await stranger.post("/api/mail", json={"address": "nobody@example.org"})
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        differ = {"date", "content-length"}
        assert {k: v for k, v in known.headers.items() if k not in differ} == {
            k: v for k, v in unknown.headers.items() if k not in differ
        }
        assert (await there.next())["To"] == ANA, "the control: one of them did get mail"
        assert await there.none_came()
        for address in (ANA, "nobody@example.org"):  # nor is it told by when they are limited
            codes = [(await stranger.post("/api/mail", json={"address": address})).status_code for _ in range(4)]
            assert codes == [202, 202, 429, 429] if address != ANA else [202, 429, 429, 429], address


async def test_an_address_gets_few_mails_whoever_asks(there: Mailing) -> None:
    async with there.somebody("Ana") as ana, there.browser() as stranger:
        await there.add(ana)  # the first of three
        codes = [(await stranger.post("/api/mail", json={"address": ANA})).status_code for _ in range(4)]
        assert codes == [202, 202, 429, 429]
        limited = await stranger.post("/api/mail", json={"address": ANA.lower()})
        assert limited.json()["reason"] == "limited"
        assert limited.headers["retry-after"] == "300"
        assert [(await there.next())["To"], (await there.next())["To"]] == [ANA, ANA]
        assert await there.none_came()
        there.kring.house.monotonic = lambda: 301.0
        assert (await stranger.post("/api/mail", json={"address": ANA})).status_code == 202, "the control: later"


async def test_a_client_asks_for_few_addresses(there: Mailing) -> None:
    async with there.browser() as stranger:
        codes = [
            (await stranger.post("/api/mail", json={"address": f"nr{n}@example.org"})).status_code for n in range(21)
        ]
    assert codes == [202] * 20 + [429]
    assert await there.none_came()


NO_ADDRESSES = [
    *("", "ana", "ana@", "@example.org", "a b@example.org", "a@b.c\nBcc: x@example.org", "a@b,c@d", "é@example.org"),
    *("<a@example.org>", "a@example..org", f"{'a' * 65}@example.org", f"a@{'b' * 260}", "a@-"),
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
async def test_what_is_no_address_gets_no_mail(there: Mailing, address: str) -> None:
    async with there.somebody("Ana") as ana:
        for path in ("/api/mail", "/api/me/mail"):
            answer = await ana.post(path, json={"address": address})
            assert (answer.status_code, answer.json()["reason"]) == (422, "mail_wrong"), path
    assert await there.none_came()


async def test_a_link_that_confirms_works_only_for_whose_address_it_is_to_be(there: Mailing) -> None:
    """Else whoever follows the link of another would hand them a way into what looks like their own account."""
    async with there.somebody("Mallory") as mallory, there.somebody("Ana") as ana, there.browser() as nobody:
        await mallory.post("/api/me/mail", json={"address": ANA})
        _, token = link_in(await there.next())
        for browser in (ana, nobody):
            for path in ("/api/mail/link", "/api/mail/redeem"):
                answer = await browser.post(path, json={"token": token})
                assert (answer.status_code, answer.json()["reason"]) == (409, "mail_elsewhere"), path
                assert "set-cookie" not in answer.headers
        assert (await mallory.get("/api/me/mail")).json() == {"address": None}
        assert (await redeem(mallory, token)).status_code == 200, "the control: their own browser"


async def test_an_address_is_one_persons(there: Mailing) -> None:
    async with there.somebody("Ana") as ana, there.somebody("Bo") as bo:
        await there.add(ana)
        await bo.post("/api/me/mail", json={"address": ANA.lower()})
        answer = await redeem(bo, link_in(await there.next())[1])
        assert (answer.status_code, answer.json()["reason"]) == (409, "mail_taken")
        await ana.post("/api/me/mail/forget")
        there.kring.house.monotonic = lambda: 1_000.0
        await there.add(bo)
        assert (await bo.get("/api/me/mail")).json() == {"address": ANA}


async def test_forgotten_it_signs_in_nobody_and_links_under_way_lead_nowhere(there: Mailing) -> None:
    async with there.somebody("Ana") as ana, there.browser() as phone:
        await there.add(ana)
        await phone.post("/api/mail", json={"address": ANA})
        _, token = link_in(await there.next())
        assert (await ana.post("/api/me/mail/forget")).json() == {"address": None}
        assert (await redeem(phone, token)).json()["reason"] == "mail_spent"
        await phone.post("/api/mail", json={"address": ANA})
        assert await there.none_came()


async def test_a_link_runs_out(there: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    async with there.somebody("Ana") as ana:
        await ana.post("/api/me/mail", json={"address": ANA})
        _, token = link_in(await there.next())
        later = now_ms() + LIFE_MS
        monkeypatch.setattr(mail, "now_ms", lambda: later)
        assert (await redeem(ana, token)).json()["reason"] == "mail_spent"


async def test_a_link_is_taken_once(there: Mailing) -> None:
    async with there.somebody("Ana") as ana, there.browser() as phone:
        await there.add(ana)
        await phone.post("/api/mail", json={"address": ANA})
        _, token = link_in(await there.next())

        async def try_it() -> int:
            async with there.browser() as browser:
                return (await redeem(browser, token)).status_code

        assert sorted(await asyncio.gather(*(try_it() for _ in range(8)))) == [200] + [404] * 7


async def test_guessing_tokens_is_limited(there: Mailing) -> None:
    async with there.browser() as guesser:
        for _ in range(BURST):
            assert (await redeem(guesser, "guess")).status_code == 404
        assert (await redeem(guesser, "guess")).status_code == 429


async def test_who_is_nobody_has_no_address(there: Mailing) -> None:
    async with there.browser() as nobody:
        assert (await nobody.get("/api/me/mail")).status_code == 401
        for path in ("/api/me/mail", "/api/me/mail/forget"):
            assert (await nobody.post(path, json={"address": ANA})).status_code == 401
    assert await there.none_came()


async def test_mail_that_cannot_be_sent_ends_nothing_and_names_nobody_in_the_log(there: Mailing) -> None:
    there.box.refuse = f"550 {ANA} is not wanted here"
    async with there.somebody("Ana") as ana:
        with structlog.testing.capture_logs() as logged:
            await ana.post("/api/me/mail", json={"address": ANA})
            assert await there.none_came()
        assert [line["event"] for line in logged if line["log_level"] == "error"] == ["mail.failed"]
        assert ANA not in str(logged)
        there.box.refuse = None
        await there.add(ana)


async def test_a_full_box_is_said(there: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    assert there.kring.house.post is not None
    monkeypatch.setattr(there.kring.house.post, "offer", lambda letter: False)
    async with there.browser() as browser:
        answer = await browser.post("/api/mail", json={"address": ANA})
    assert (answer.status_code, answer.json()["reason"]) == (503, "busy")


async def test_without_smtp_it_is_not_offered(tmp_path: Path) -> None:
    async with site(tmp_path) as kring, kring.guest("Ana") as ana:
        assert (await ana.get("/api/ways-in")).json()["mail"] is False
        for path in ("/api/mail", "/api/me/mail"):
            answer = await ana.post(path, json={"address": ANA})
            assert (answer.status_code, answer.json()["reason"]) == (404, "mail_not_offered")


async def test_with_smtp_it_is_offered_to_who_is_not_in(there: Mailing) -> None:
    async with there.browser() as browser:
        assert (await browser.get("/api/ways-in")).json()["mail"] is True


# ---- the way to the mail server --------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of a mail server at 127.0.0.1, signed by itself; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "post.test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "post.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "control: not trusted"])
async def test_the_password_goes_only_to_a_mail_server_that_is_who_it_says(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings = {"smtp_tls": "starttls", "smtp_user": USER, "smtp_password": PASSWORD}
    async with (
        postbox(tls, login=True) as box,
        mailing(tmp_path, box, **settings) as there,
        there.somebody("Ana") as ana,
    ):
        await ana.post("/api/me/mail", json={"address": ANA})
        if trusted:
            assert link_in(await there.next())
            assert (box.over_tls, len(box.tried)) == ([True], 1)
        else:
            assert await there.none_came()
            assert box.tried == []


def test_a_letter_is_counted_without_keeping_the_address() -> None:
    assert ANA.lower() not in post.key_of(ANA)
    assert post.key_of(ANA) == post.key_of(ANA.upper())


@pytest.mark.parametrize(
    ("trusted", "password", "says"),
    [
        (True, PASSWORD, "takes mail"),
        (True, "een-ander", "the name or the password"),
        (False, PASSWORD, "prove who it is"),
    ],
    ids=["well", "password", "certificate"],
)
async def test_the_doctor_goes_as_far_as_a_letter_would(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool, password: str, says: str
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with postbox(tls, login=True) as box:
        _, output, _ = await said(
            tmp_path,
            "doctor",
            KRING_BASE_URL="https://kring.example.org",
            KRING_SMTP_HOST="127.0.0.1",
            KRING_SMTP_PORT=str(box.port),
            KRING_SMTP_FROM="kring@example.org",
            KRING_SMTP_USER=USER,
            KRING_SMTP_PASSWORD=password,
        )
    assert says in " ".join(output.split())
    assert password not in output
    assert box.mails.empty()


async def test_the_doctor_says_when_nobody_answers(tmp_path: Path) -> None:
    async with postbox() as box:
        port = str(box.port)
    mail = {"KRING_SMTP_HOST": "127.0.0.1", "KRING_SMTP_PORT": port, "KRING_SMTP_FROM": "kring@example.org"}
    code, output, _ = await said(tmp_path, "doctor", KRING_BASE_URL="https://kring.example.org", **mail)
    assert (code, "does not answer on port" in output) == (1, True)
