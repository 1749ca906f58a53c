"""Where people find this Kring: addresses to print, to put in a QR, and to hand out."""

from __future__ import annotations

import io
import socket
from urllib.parse import urlsplit

import segno
from starlette.requests import HTTPConnection

from web.auth import is_secure
from web.settings import Settings

QUIET_ZONE = 4


def url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def lan_address() -> str | None:
    """This machine's address in the network it is in; None: it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith(("127.", "0.")) else address


def outside_url(settings: Settings, port: int) -> str:
    """The base URL by which others reach the server: configured, or this machine's address in its network."""
    if settings.base_url is not None:
        return settings.base_url
    if settings.loopback:
        return url("127.0.0.1" if settings.host == "localhost" else settings.host, port)
    anywhere = settings.host in ("0.0.0.0", "::")
    return url((lan_address() or "127.0.0.1") if anywhere else settings.host, port)


def url_for_others(connection: HTTPConnection, settings: Settings) -> str:
    """The base URL to hand out on a page: as the page was reached, unless that works on this machine only."""
    if settings.base_url is not None:
        return settings.base_url
    host = connection.headers.get("host", "")
    reached = urlsplit(f"//{host}")
    if not settings.loopback and reached.hostname in ("127.0.0.1", "::1", "localhost"):
        return outside_url(settings, reached.port or 80)
    return f"{'https' if is_secure(connection, settings) else 'http'}://{host}"


def join_url(base: str, code: str) -> str:
    return f"{base}/j/{code}"


def sign_in_url(base: str, token: str) -> str:
    """The token stands behind the #, which browsers keep to themselves."""
    return f"{base}/in#{token}"


def invitation_url(base: str, token: str) -> str:
    """The token stands behind the #, which browsers keep to themselves: a preview of the address uses nothing up."""
    return f"{base}/i#{token}"


def mailed_url(base: str, token: str) -> str:
    """A sign-in page that knows by the first letters of its token that the link came by mail."""
    return sign_in_url(base, f"mail.{token}")


def present_url(base: str, session: str, token: str) -> str:
    """For a screen: the token stands behind the #, which browsers keep to themselves."""
    return f"{base}/present/{session}#{token}"


def qr_svg(text: str) -> bytes:
    """Black on white, with the quiet zone that readers need."""
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="svg", scale=8, border=QUIET_ZONE, dark="#000", light="#fff")
    return drawn.getvalue()


def qr_terminal(text: str) -> str:
    """For a terminal, two modules to a character."""
    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(drawn, border=QUIET_ZONE // 2, compact=True)
    return drawn.getvalue()
