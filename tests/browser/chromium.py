"""A Chromium for the browser tests: the one that is here, or else one that is fetched.

`python -m tests.browser.chromium` prints its path and fetches it if it must; `make test` does that first.
Looked for in this order:

1. `$KRING_CHROMIUM`, then `chromium-headless-shell` (the same engine without the windows around it, at half the cost),
   `chromium`, `chromium-browser` and `google-chrome` on the path;
2. the one that Playwright installed earlier, or installs now;
3. the system's packages, when this is root on a machine with `apt-get`;
4. otherwise `NoChromium`, a sentence that says what to do.

A candidate counts only when it answers `--version`: some systems have a `chromium-browser` that only says where to
get one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "chromium")
"""As Debian calls it; older ones have no shell."""
FONTS = ("fonts-liberation", "fonts-noto-core", "fonts-noto-color-emoji")
VERSION_SECONDS = 30
FETCH_SECONDS = 600

ADVICE = (
    "The browser tests need a Chromium, and there is none here that works. Install one (Debian: sudo apt install "
    "chromium), or say where it is: KRING_CHROMIUM=/path/to/chromium make test"
)

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class NoChromium(Exception):
    """There is no Chromium and none could be fetched; the message says what to do."""


@dataclass(frozen=True)
class Machine:
    """What the search may use: the environment's variables, the Python that has Playwright, and whether it is root."""

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    python: str = sys.executable
    root: bool = field(default_factory=lambda: os.geteuid() == 0)

    def which(self, name: str) -> str | None:
        """The executable of that name on this machine's path."""
        return shutil.which(name, path=self.environment.get("PATH", ""))

    def ask(self, command: Sequence[str], seconds: float) -> str | None:
        """What the command prints; None, and its complaint on stderr, when it fails, is missing or takes too long."""
        try:
            done = subprocess.run(
                command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, text=True
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"  {error}", file=sys.stderr)
            return None
        if done.returncode == 0:
            return done.stdout
        print("  " + " ".join(done.stderr.split("\n")[-4:]).strip(), file=sys.stderr)
        return None


def find(machine: Machine) -> Path | None:
    """A Chromium that is on this machine already, or None."""
    return next((path for path in candidates(machine) if works(machine, path)), None)


def provide(machine: Machine) -> Path:
    """A Chromium, fetched if need be. Raises NoChromium."""
    found = find(machine)
    for fetch in (fetch_with_playwright, fetch_with_apt):
        if found is None and fetch(machine):
            found = find(machine)
    if found is None:
        raise NoChromium(ADVICE)
    return found


def candidates(machine: Machine) -> Iterator[Path]:
    """Where a Chromium may be, best first; lazily, for asking Playwright takes a second."""
    if named := machine.environment.get("KRING_CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if installed := machine.which(name):
            yield Path(installed)
    if (answer := machine.ask([machine.python, "-c", ASK_PLAYWRIGHT], VERSION_SECONDS)) and answer.strip():
        yield Path(answer.strip())


def works(machine: Machine, path: Path) -> bool:
    """Whether this file is there and answers with a version."""
    return path.is_file() and machine.ask([str(path), "--version"], VERSION_SECONDS) is not None


def fetch_with_playwright(machine: Machine) -> bool:
    """Let Playwright install its own; False when it could not."""
    print("No Chromium here: asking Playwright to install one ...", file=sys.stderr)
    return machine.ask([machine.python, "-m", "playwright", "install", "chromium"], FETCH_SECONDS) is not None


def fetch_with_apt(machine: Machine) -> bool:
    """Install the system's own with apt-get, which only root may; False when it could not."""
    apt = machine.which("apt-get")
    if apt is None or not machine.root:
        return False
    print("Installing the system's Chromium with apt-get ...", file=sys.stderr)
    quiet = Machine({**machine.environment, "DEBIAN_FRONTEND": "noninteractive"}, machine.python, machine.root)
    quiet.ask([apt, "update", "-qq"], FETCH_SECONDS)  # an old list may do; the next line decides
    install = [apt, "install", "-y", "-qq", "--no-install-recommends"]
    return any(quiet.ask([*install, package, *FONTS], FETCH_SECONDS) is not None for package in PACKAGES)


def arguments(root: bool) -> list[str]:
    """How the tests start Chromium: quiet on the network, and as root without the sandbox that root cannot have."""
    quiet = (
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    return ["--no-sandbox", *quiet] if root else list(quiet)


async def launch(playwright: Playwright, *more: str) -> Browser:
    """Start the Chromium that is here, headless, with `more` on its command line. Raises NoChromium."""
    machine = Machine()
    path = find(machine)
    if path is None:
        raise NoChromium(ADVICE)
    return await playwright.chromium.launch(executable_path=path, args=[*arguments(machine.root), *more])


if __name__ == "__main__":
    try:
        print(provide(Machine()))
    except NoChromium as error:
        sys.exit(str(error))
