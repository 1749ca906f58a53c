"""`kring backup` and `kring restore`: a whole Kring as one file, and from it a Kring again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bars

from persistence import migrations
from persistence.backup import SECRET_FILE, Manifest, Progress, Unusable, back_up, restore
from persistence.gate import now_ms
from web import directory, settings
from web.catalogue import say
from web.complaint import Complaint
from web.settings import Settings
from web.version import VERSION


def backing_up(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_backup(file: str) -> None:
        with _complaining(file), _told(lang) as progress:
            found, path = settings.read(environ), Path(file).expanduser()
            manifest = back_up(found.data, path, kring=VERSION, at=now_ms(), progress=progress)
        print(_says(lang, "backup-done", manifest, file))
        if SECRET_FILE not in {part.name for part in manifest.parts}:
            print(say(lang, "backup-secret", {}))

    return click.Command("backup", callback=on_backup, params=[_file()], help=say(lang, "help-backup"))


def restoring(lang: str, environ: Mapping[str, str]) -> click.Command:
    """The command, with its help in one language."""

    def on_restore(file: str) -> None:
        found = settings.read(environ)
        os.umask(0o077)
        with _complaining(file), _told(lang) as progress:
            manifest = _restored(Path(file).expanduser(), found, progress)
        print(_says(lang, "restore-done", manifest, str(found.data.resolve())))

    return click.Command("restore", callback=on_restore, params=[_file()], help=say(lang, "help-restore"))


def _file() -> click.Argument:
    return click.Argument(["file"])


def _restored(file: Path, found: Settings, progress: Progress) -> Manifest:
    manifest = restore(file, found.data, known=migrations.known(), progress=progress)
    directory.prepare(found.data)
    return manifest


@contextmanager
def _complaining(file: str) -> Iterator[None]:
    """What goes wrong, as a sentence. Raises Complaint."""
    try:
        yield
    except Unusable as wrong:
        raise Complaint(f"backup-{wrong.code}", **wrong.facts) from wrong
    except OSError as error:
        raise Complaint("backup-impossible", path=file, why=error.strerror or str(error)) from error


@contextmanager
def _told(lang: str) -> Iterator[Progress]:
    """On a terminal, how far it is."""
    console = Console(stderr=True)
    with Bars(
        TextColumn("{task.description}"), BarColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        task = bars.add_task("", total=None)

        def progress(what: str, done: int, total: int) -> None:
            words = say(lang, f"backup-{what.partition(' ')[0]}", {"part": what.partition(" ")[2]})
            bars.update(task, description=words, completed=done, total=total)

        yield progress


def _says(lang: str, message: str, manifest: Manifest, path: str) -> str:
    counts = {f"n_{name}": manifest.counts.get(name, 0) for name in ("sessions", "people", "entries", "items")}
    return say(lang, message, {"path": path, **counts})
