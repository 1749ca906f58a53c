"""What the server says in the terminal when it listens."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from rooms.model import Fact
from web.addresses import join_url, outside_url, qr_terminal, sign_in_url, url
from web.catalogue import say
from web.directory import OWNER_LINK, write_private
from web.house import House

QR_STYLE = "bright_white on black"
"""Also where terminals are light: readers want dark on light, and the blocks are the light parts."""


class Announcer:
    """`console` is standard output; the owner's link and the QR are for a terminal only."""

    def __init__(self, console: Console, lang: str) -> None:
        self._console, self._lang = console, lang

    def announce(self, house: House, port: int) -> None:
        settings, beginning = house.settings, house.beginning
        base = outside_url(settings, port)
        self._line("serve-address", url=base)
        if settings.base_url is None and not settings.loopback:
            self._line("serve-address", url=url("127.0.0.1", port))
        if beginning.chat.code is not None:
            self._line("serve-join", url=base, code=f"{beginning.chat.code[:3]} {beginning.chat.code[3:]}")
        if self._console.is_terminal and beginning.chat.code is not None and not settings.loopback:
            self._console.print(Text(qr_terminal(join_url(base, beginning.chat.code)), QR_STYLE), soft_wrap=True)
        if beginning.owner_token is not None:
            self._owner_link(sign_in_url(base, beginning.owner_token), settings.data / OWNER_LINK)
        self._line("serve-data", path=str(settings.data.resolve()))
        if self._console.is_terminal:
            self._line("serve-stop")

    def _owner_link(self, link: str, path: Path) -> None:
        if self._console.is_terminal:
            self._line("serve-owner")
            self._console.print(link, style="bold", markup=False, highlight=False, soft_wrap=True)
        else:
            write_private(path, link + "\n")
            self._line("serve-owner-file", path=str(path.resolve()))

    def _line(self, message: str, **facts: Fact) -> None:
        text = say(self._lang, message, facts)
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)
