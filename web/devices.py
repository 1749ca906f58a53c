"""What a browser calls itself, in words that its person will know: for the list of sign-ins."""

from __future__ import annotations

from starlette.requests import HTTPConnection

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most browsers also call themselves what others are called."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(connection: HTTPConnection) -> str | None:
    """Firefox, Android; None: it says nothing that we know."""
    user_agent = connection.headers.get("user-agent", "")
    known = [next((name for mark, name in marks if mark in user_agent), None) for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or None
