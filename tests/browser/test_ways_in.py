"""Coming in by mail and by passkey, by clicks, taps and keys; the passkey on a device that Chromium makes up.

The mail goes out to a real mail server, the passkey is made and used by Chromium's own virtual authenticator.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from playwright.async_api import Browser, CDPSession, Locator, expect

from rooms.model import Role
from tests.browser.device import Device, chromium, device
from tests.browser.hall import Hall, hall
from tests.browser.test_access import in_every_way, violations
from tests.browser.test_keys import press, tab_to
from tests.browser.tour import failing
from tests.web.postbox import Postbox, link_in, postbox

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

ANA = "ana@example.org"
PAGE = "/me/ways-in"


class Place(Struct):
    """A Kring by its name on this machine, where browsers have passkeys, and the mail it sends."""

    kring: Hall
    browser: Browser
    box: Postbox

    async def device(self, lang: str = "nl", *, phone: bool = True) -> Device:
        return await device(self.browser, self.kring.base, lang, phone=phone)

    async def somebody(self, name: str, lang: str = "nl", *, phone: bool = True) -> Device:
        one = await self.device(lang, phone=phone)
        await one.sign_in(await self.kring.link(Role.MEMBER), name)
        return one

    async def mailed(self) -> str:
        """The link in the next mail."""
        async with asyncio.timeout(15):
            return link_in(await self.box.mails.get())[0]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def place(folder: Path, *, mail: bool = True) -> AsyncIterator[Place]:
    port = free_port()
    async with postbox() as box:
        smtp = {
            "KRING_SMTP_HOST": "127.0.0.1",
            "KRING_SMTP_PORT": str(box.port),
            "KRING_SMTP_FROM": "kring@example.org",
            "KRING_SMTP_TLS": "none",
        }
        base = {"PORT": str(port), "KRING_BASE_URL": f"http://localhost:{port}"}
        async with hall(folder, begun=True, **base, **(smtp if mail else {})) as kring, chromium() as browser:
            assert kring.base == base["KRING_BASE_URL"]
            yield Place(kring, browser, box)


class Key:
    """A device that holds passkeys, plugged into one page of Chromium's."""

    def __init__(self, session: CDPSession, id: str) -> None:
        self._session, self._id = session, id

    @classmethod
    async def plugged(cls, one: Device) -> Key:
        session = await one.context.new_cdp_session(one.page)
        await session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return cls(session, made["authenticatorId"])

    async def credentials(self) -> list[dict[str, Any]]:
        found = await self._session.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return list(found["credentials"])

    async def hold(self, credentials: list[dict[str, Any]]) -> None:
        for each in credentials:
            await self._session.send("WebAuthn.addCredential", {"authenticatorId": self._id, "credential": each})

    async def recognise(self, person: bool) -> None:
        """Whether it knows the finger on it."""
        wish = {"authenticatorId": self._id, "isUserVerified": person}
        await self._session.send("WebAuthn.setUserVerified", wish)


def heading(one: Device, message: str, **facts: str | int) -> Locator:
    return one.page.get_by_role("heading", name=one.words(message, **facts), exact=True)


def address_field(one: Device) -> Locator:
    return one.page.get_by_label(one.words("ways-mail-label"), exact=True)


async def in_by_name(one: Device, name: str) -> None:
    await one.arrived()
    answer = await one.page.evaluate("fetch('/api/me').then((answer) => answer.json())")
    assert answer["person"]["name"] == name


async def add_address(there: Place, one: Device) -> None:
    await one.go(PAGE)
    await one.write(address_field(one), ANA)
    await one.press(one.button("ways-mail-add"))
    await expect(one.status("ways-mail-sent", address=ANA, minutes=30)).to_be_visible()
    await one.go(await there.mailed())
    await one.press(one.button("mailed-confirm"))
    await expect(heading(one, "mailed-confirmed")).to_be_visible()


async def test_an_address_is_added_and_signs_in_a_phone_and_axe_finds_nothing(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with place(tmp_path) as there:
        one = await there.somebody("Ana")
        await one.menu()
        await one.press(one.button("settings").last)
        await one.press(one.page.get_by_role("link", name=one.words("ways-link")))
        await expect(heading(one, "ways-mail-title")).to_be_visible()
        await expect(heading(one, "ways-passkeys-title")).to_be_visible()
        wrong |= await in_every_way("ways, none yet", one)
        await address_field(one).fill("ana@nergens@")
        await one.page.evaluate("document.querySelector('input[type=email]').form.noValidate = true")
        await one.press(one.button("ways-mail-add"))
        await expect(one.page.get_by_role("alert")).to_contain_text("geen mailadres")
        await expect(address_field(one)).to_be_focused()
        wrong |= await in_every_way("ways, refused", one)
        await address_field(one).fill(ANA)
        await one.press(one.button("ways-mail-add"))
        await expect(one.status("ways-mail-sent", address=ANA, minutes=30)).to_be_visible()
        wrong |= await in_every_way("ways, sent", one)
        await one.go(await there.mailed())
        await expect(one.page.get_by_text(one.words("mailed-confirm-text", address=ANA, name="Ana"))).to_be_visible()
        assert "#" not in one.page.url, "the token has left the address"
        wrong |= await in_every_way("confirming", one)
        await one.press(one.button("mailed-confirm"))
        await expect(heading(one, "mailed-confirmed")).to_be_visible()
        wrong |= await in_every_way("confirmed", one)
        await one.go(PAGE)
        await expect(one.page.get_by_text(one.words("ways-mail-have", address=ANA))).to_be_visible()

        other = await there.device()
        await other.go("/")
        await other.press(other.page.get_by_role("link", name=other.words("ways-known-already")))
        await expect(heading(other, "ways-again")).to_be_visible()
        wrong |= await in_every_way("coming back", other)
        await other.write(address_field(other), ANA.upper())
        await other.press(other.button("ways-mail-ask"))
        await expect(other.status("ways-mail-asked", minutes=30)).to_be_visible()
        wrong |= await in_every_way("asked", other)
        link = await there.mailed()
        await other.go(link)
        await expect(
            other.button("sign-in")
        ).to_be_visible()  # the page of a link loads itself anew where one stands already
        wrong |= await in_every_way("the link", other)
        await other.press(other.button("sign-in"))
        await in_by_name(other, "Ana")
        late = await there.device()
        await late.go(link)
        await expect(late.page.get_by_role("alert")).to_contain_text("gebruikt, verlopen")
        wrong |= await in_every_way("spent", late)

        await one.press(one.button("ways-mail-forget"))
        await expect(address_field(one)).to_be_focused()
        assert [one.complaints, other.complaints, late.complaints] == [[], [], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_a_link_that_confirms_is_nothing_to_others(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        ana, bo = await there.somebody("Ana", "en"), await there.somebody("Bo", "en")
        await ana.go(PAGE)
        await ana.write(address_field(ana), ANA)
        await ana.press(ana.button("ways-mail-add"))
        link = await there.mailed()
        await bo.go(link)
        await expect(bo.page.get_by_role("alert")).to_contain_text("belongs to somebody else")
        await expect(bo.button("mailed-confirm")).to_have_count(0)
        assert [ana.complaints, bo.complaints] == [[], []]


async def test_a_passkey_is_made_signs_in_and_is_removed(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    async with place(tmp_path, mail=False) as there:
        one = await there.somebody("Ana")
        key = await Key.plugged(one)
        await one.go(PAGE)
        await expect(heading(one, "ways-mail-title")).to_have_count(0)
        await key.recognise(False)
        await one.press(one.button("ways-passkey-add"))
        await expect(one.page.get_by_role("alert")).to_have_text(one.words("ways-passkey-not-made"))
        await key.recognise(True)
        await one.press(one.button("ways-passkey-add"))
        remove = one.button("ways-passkey-remove-of", name=one.words("ways-passkey-phone"))
        await expect(remove).to_be_visible()
        (credential,) = await key.credentials()
        assert (credential["rpId"], credential["isResidentCredential"]) == ("localhost", True)
        wrong |= await in_every_way("a passkey", one)
        await one.press(one.button("ways-passkey-add"))
        await expect(one.page.get_by_role("alert")).to_have_text(one.words("ways-passkey-known"))

        other = await there.device()
        its = await Key.plugged(other)
        await other.go("/in")
        await other.press(other.button("ways-with-passkey"))
        await expect(other.page.get_by_role("alert")).to_have_text(other.words("ways-passkey-not-used"))
        wrong |= await in_every_way("no passkey", other)
        await its.hold([credential])
        await other.press(other.button("ways-with-passkey"))
        await in_by_name(other, "Ana")

        await one.press(remove)
        await expect(one.button("cancel")).to_be_focused()
        wrong |= await in_every_way("removing", one)
        await one.press(one.button("ways-passkey-remove"))
        await expect(remove).to_have_count(0)
        third = await there.device()
        await (await Key.plugged(third)).hold([credential])
        await third.go("/in")
        await third.press(third.button("ways-with-passkey"))
        await expect(third.page.get_by_role("alert")).to_contain_text("kennen we hier niet")
        assert [one.complaints, other.complaints, third.complaints] == [[], [], []]
    assert {state: found for state, found in wrong.items() if found} == {}


async def test_by_keys_alone_and_when_the_connection_fails(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        one = await there.somebody("Ana", "en", phone=False)
        await Key.plugged(one)
        async with failing(one, "**/api/ways-in"):
            await one.go(PAGE)
            await expect(one.button("try-again")).to_be_visible()
            assert await violations(one) == []
        await tab_to(one, one.button("try-again"))
        await press(one, "Enter")
        await tab_to(one, one.page.get_by_label(one.words("ways-passkey-name"), exact=True))
        await press(one, "ControlOrMeta+a")
        await one.page.keyboard.type("My laptop")
        await press(one, "Enter")
        remove = one.button("ways-passkey-remove-of", name="My laptop")
        await expect(remove).to_be_visible()
        await tab_to(one, remove)
        await press(one, "Enter")
        await tab_to(one, one.button("ways-passkey-remove"))
        await press(one, "Enter")
        await expect(remove).to_have_count(0)
        await expect(one.button("ways-passkey-add")).to_be_focused()
        assert one.complaints == []


async def test_where_neither_is_offered_a_link_is_asked_for(tmp_path: Path) -> None:
    async with hall(tmp_path) as kring, chromium() as browser:  # by a bare address, and without a mail server
        one = await device(browser, kring.base, "nl", phone=True)
        await one.go("/in")
        await expect(one.page.get_by_text(one.words("sign-in-incomplete"))).to_be_visible()
        await one.go("/")
        await expect(one.page.get_by_label(one.words("code-label"))).to_be_visible()
        await expect(one.page.get_by_role("link", name=one.words("ways-known-already"))).to_have_count(0)
        await one.sign_in(await kring.link(Role.MEMBER), "Ana")
        await one.go(PAGE)
        await expect(one.page.get_by_text(one.words("ways-none"))).to_be_visible()
        assert await violations(one) == []
        assert one.complaints == []
