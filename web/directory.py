"""The data directory: Kring's files, for whoever runs Kring and nobody else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from persistence.database import FILE
from web.complaint import Complaint

PRIVATE = 0o700
ADDRESS = "address"
"""Where the server that runs with these files is reached."""
OWNER_LINK = "owner-link"


def prepare(path: Path) -> None:
    """Make it, or see that nobody else may look in. Raises Complaint."""
    try:
        path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if is_open(path):
            if not (path / FILE).exists() and any(path.iterdir()):
                raise Complaint("data-of-others", path=str(path))
            path.chmod(PRIVATE)
    except (FileExistsError, NotADirectoryError):
        raise Complaint("data-no-directory", path=str(path)) from None
    except PermissionError:
        raise Complaint("data-forbidden", path=str(path)) from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise Complaint("data-forbidden", path=str(path))


def is_open(path: Path) -> bool:
    """Whether others on this machine may look in."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def write_private(path: Path, text: str) -> None:
    """A file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def address_in(path: Path) -> str | None:
    """The address of the server that runs with these files, as it wrote it down; None: there is none."""
    try:
        return (path / ADDRESS).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None
