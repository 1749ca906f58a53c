"""What the proxies of the how-to send is what Kring needs: read from the page, and sent as nginx would send it."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from realtime.wire import JSON
from rooms.model import Role
from tests.web.process import CHECKOUT
from tests.web.site import PROXY, Site, said, site
from web.limits import BURST
from web.settings import READERS, read

HOW_TO = CHECKOUT / "docs" / "how-to"
PAGE = (HOW_TO / "proxy.md").read_text()
INSTALL = (HOW_TO / "install.md").read_text()
NAME = "kring.example.org"
CLIENT, OTHER = "198.51.100.1", "198.51.100.2"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def sent_by_nginx(config: str, client: str, given: dict[str, str]) -> dict[str, str]:
    """The headers that nginx sets with this configuration, for a request over https with these headers.

    Its variables, from its manual: an empty value means that the header isn't sent.
    """
    before = given.get("X-Forwarded-For")
    variables = {
        "$http_host": given["Host"],
        "$proxy_add_x_forwarded_for": f"{before}, {client}" if before else client,
        "$scheme": "https",
        "$http_upgrade": given.get("Upgrade", ""),
        "$connection_upgrade": "upgrade" if given.get("Upgrade") else "",
    }
    told = re.findall(r"^\s*proxy_set_header (\S+) (\S+);$", config, re.MULTILINE)
    return {name: variables[value] for name, value in told if variables[value]}


def nginx() -> str:
    (whole,) = (block for block in blocks(PAGE, "nginx") if "proxy_pass" in block)
    return whole


def through_nginx(kring: Site, config: str, client: str = CLIENT, **given: str) -> httpx2.AsyncClient:
    """A page of ours whose requests come by it."""
    ours = {"X-Kring": "1", "Origin": f"https://{NAME}"}
    passed = sent_by_nginx(config, client, {"Host": NAME, **given})
    return httpx2.AsyncClient(base_url=kring.base, headers=ours | passed, timeout=20)


def settings_of_the_page() -> dict[str, str]:
    (line,) = re.findall(r"^(KRING_BASE_URL=\S+ KRING_TRUSTED_PROXIES=\S+) make run$", PAGE, re.MULTILINE)
    return dict(part.split("=", 1) for part in line.split())


async def test_what_nginx_sends_signs_in_with_a_secure_cookie(tmp_path: Path) -> None:
    asked = read(settings_of_the_page())
    assert asked.base_url == f"https://{NAME}"
    assert ip_network("127.0.0.1") in asked.trusted_proxies
    proxies = asked.trusted_proxies
    async with (
        site(tmp_path, base_url=asked.base_url, trusted_proxies=proxies) as kring,
        through_nginx(kring, nginx()) as browser,
    ):
        answer = await browser.post("/api/sign-in", json={"token": await kring.token(Role.OWNER)})
        assert answer.status_code == 200, answer.text
        assert answer.headers["set-cookie"].startswith("__Host-kring-")
        assert "strict-transport-security" in answer.headers
        cookie = answer.headers["set-cookie"].partition(";")[0]
        passed = sent_by_nginx(nginx(), CLIENT, {"Host": NAME, "Upgrade": "websocket"})
        assert (passed["Upgrade"], passed["Connection"]) == ("websocket", "upgrade"), "as a socket needs it"
        more = {"Origin": f"https://{NAME}", "Cookie": cookie, "X-Forwarded-For": passed["X-Forwarded-For"]}
        port, spoken = int(kring.base.rpartition(":")[2]), [Subprotocol(JSON)]
        address = f"ws://{passed['Host']}/ws"
        async with connect(
            address, host="127.0.0.1", port=port, subprotocols=spoken, additional_headers=more
        ) as socket:
            assert (await said(socket, t="hello"))["t"] == "welcome"


async def test_control_without_the_host_nothing_is_answered(tmp_path: Path) -> None:
    without = nginx().replace("proxy_set_header Host $http_host;", "")
    async with site(tmp_path, base_url=f"https://{NAME}") as kring, through_nginx(kring, without) as browser:
        assert (await browser.get("/api/me")).status_code == 421


async def test_who_guesses_behind_it_holds_up_nobody_else(tmp_path: Path) -> None:
    """Also not who writes addresses of others into the header before it comes to the proxy."""
    async with site(tmp_path, base_url=f"https://{NAME}", trusted_proxies=(PROXY,)) as kring:
        kring.house.monotonic = lambda: 0.0
        async with through_nginx(kring, nginx()) as guesser:
            for nth in range(BURST):
                spoofed = sent_by_nginx(nginx(), CLIENT, {"Host": NAME, "X-Forwarded-For": f"192.0.2.{nth}"})
                assert spoofed["X-Forwarded-For"] == f"192.0.2.{nth}, {CLIENT}"
                await guesser.post("/api/codes", json={"code": "ZZZZZZ"}, headers=spoofed)
            assert (await guesser.post("/api/codes", json={"code": kring.code})).status_code == 429
        async with through_nginx(kring, nginx(), OTHER) as other:
            assert (await other.post("/api/codes", json={"code": kring.code})).status_code == 200
        async with through_nginx(kring, "proxy_set_header Host $http_host;") as unknown:
            assert (await unknown.post("/api/codes", json={"code": kring.code})).status_code == 200


async def test_control_a_proxy_that_is_not_trusted_is_one_client(tmp_path: Path) -> None:
    async with site(tmp_path, base_url=f"https://{NAME}") as kring:
        kring.house.monotonic = lambda: 0.0
        async with through_nginx(kring, nginx()) as guesser:
            for _ in range(BURST):
                await guesser.post("/api/codes", json={"code": "ZZZZZZ"})
        async with through_nginx(kring, nginx(), OTHER) as other:
            assert (await other.post("/api/codes", json={"code": kring.code})).status_code == 429


def test_no_proxy_of_the_page_takes_a_path_off() -> None:
    assert re.findall(r"proxy_pass (\S+);", nginx()) == ["http://127.0.0.1:8000"], "nothing behind the port"
    caddy = "".join(blocks(PAGE, "caddy"))
    assert caddy.count("reverse_proxy 127.0.0.1:8000") == 2
    assert "handle_path" not in caddy
    assert "strip" not in caddy + nginx()
    for config in (*blocks(PAGE, "nginx"), *blocks(PAGE, "caddy")):
        assert config.count("{") == config.count("}")


# ---- the service -----------------------------------------------------------------------------------------------------


def test_the_settings_of_the_service_are_understood() -> None:
    (env,) = (block for block in blocks(INSTALL, "ini") if block.startswith("KRING_"))
    given = dict(line.split("=", 1) for line in env.splitlines())
    found = read(given)
    assert (str(found.data), found.port, found.secure) == ("/var/lib/kring", 8000, True)
    assert given.keys() <= READERS.keys()


def test_the_unit_runs_the_command_that_there_is_as_a_user_of_its_own() -> None:
    (unit,) = (block for block in blocks(INSTALL, "ini") if block.startswith("[Unit]"))
    lines = [line for line in unit.splitlines() if line]
    assert [line for line in lines if not re.fullmatch(r"\[(Unit|Service|Install)\]|[A-Z]\w+=\S.*", line)] == []
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    assert known["ExecStart"].endswith("/.venv/bin/kring serve")
    assert known["User"] == known["StateDirectory"] == "kring"
    assert known["StateDirectoryMode"] == "0700"


@pytest.mark.parametrize("page", [PAGE, INSTALL])
def test_settings_that_the_pages_name_exist(page: str) -> None:
    assert set(re.findall(r"\bKRING_[A-Z_]+", page)) <= READERS.keys()
