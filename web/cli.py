"""The command line: `kring serve | worker | migrate | backup | restore | rehearse | doctor | link | token | export …`.

Its words come from the catalogue, in the language of the terminal. Exit codes: 0 done, 1 something is to be mended,
2 the command or a setting was not understood.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial

import click
from alembic.util import CommandError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from persistence import migrations
from persistence.database import FILE
from rooms.model import Fact
from web import backup, directory, doctor, export, init, link, rehearse, settings, tokens, worker
from web.announce import Announcer
from web.catalogue import say
from web.complaint import Complaint
from web.finding import Verdict
from web.serve import serve
from web.settings import BadSetting

COLOURS = {Verdict.OK: "green", Verdict.WARN: "yellow", Verdict.FAIL: "red"}


def main() -> None:
    """The `kring` command."""
    sys.exit(run(sys.argv[1:], os.environ))


def run(arguments: list[str], environ: Mapping[str, str]) -> int:
    """One command; its exit code."""
    lang = settings.language(environ)
    try:
        code = commands(lang, environ).main(arguments or ["--help"], "kring", standalone_mode=False)
    except BadSetting as bad:
        return _complain(say(lang, f"setting-{bad.code}", bad.facts), 2)
    except Complaint as complaint:
        return _complain(say(lang, complaint.message, complaint.facts), 1)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kring"
        what = " ".join(["kring", *arguments])
        return _complain(say(lang, "usage", {"what": what, "help": f"{path} --help"}), 2)
    except (click.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def commands(lang: str, environ: Mapping[str, str]) -> click.Group:
    """All commands, with their help in one language."""

    def explain(message: str, **facts: Fact) -> str:
        return say(lang, message, facts)

    def command(name: str, callback: Callable[..., object], *params: click.Parameter) -> click.Command:
        return click.Command(name, callback=callback, params=list(params), help=explain(f"help-{name}"))

    def option(name: str, message: str) -> click.Option:
        return click.Option([name], help=explain(message))

    def on_serve(host: str | None, port: str | None) -> None:
        asked = {name: value for name, value in (("KRING_HOST", host), ("PORT", port)) if value is not None}
        serve(settings.read({**environ, **asked}), Announcer(Console(), lang).announce)

    trying = click.Option(["--dry"], is_flag=True, help=explain("help-migrate-dry"))
    serving = command("serve", on_serve, option("--host", "help-serve-host"), option("--port", "help-serve-port"))
    serving.epilog = explain("help-serve-settings", names=", ".join(settings.READERS))
    return click.Group(
        "kring",
        help=explain("help-kring"),
        commands=[
            serving,
            worker.command(lang, environ),
            command("migrate", partial(bring_up_to_date, environ, lang), trying),
            backup.backing_up(lang, environ),
            backup.restoring(lang, environ),
            rehearse.command(lang, environ),
            command("doctor", partial(examine, environ, lang)),
            link.command(lang, environ),
            tokens.command(lang, environ),
            export.command(lang, environ),
            init.command(lang, environ),
        ],
    )


def bring_up_to_date(environ: Mapping[str, str], lang: str, dry: bool) -> None:
    """Raises BadSetting, Complaint."""
    found = settings.read(environ)
    path: dict[str, Fact] = {"path": str(found.data.resolve())}
    try:
        if dry:
            print(_would_do(migrations.rehearse(found.data), lang))
            return
        directory.prepare(found.data)
        migrations.migrate(found.data)
    except FileNotFoundError:
        raise Complaint("link-no-database", path=str(found.data)) from None
    except CommandError:
        raise Complaint("doctor-database-newer", version=migrations.revision_of(found.data / FILE) or "?") from None
    print(say(lang, "migrate-done", path))


def _would_do(tried: migrations.Tried, lang: str) -> str:
    if not tried.steps:
        return say(lang, "migrate-nothing", {"version": tried.was})
    steps = [f"  {revision}  {doc}" for revision, doc in tried.steps]
    told = say(lang, "migrate-would", {"count": len(steps), "seconds": f"{tried.took_s:.1f}"})
    return "\n".join([told, *steps])


def examine(environ: Mapping[str, str], lang: str) -> int:
    """What the doctor finds; 1 when something is wrong, 2 when it is a setting."""
    console = Console()
    table = Table.grid(padding=(0, 2))
    try:
        findings = list(doctor.examine(settings.read(environ)))
    except BadSetting as bad:
        text = say(lang, f"setting-{bad.code}", bad.facts)
        table.add_row(_verdict(lang, Verdict.FAIL), Text(text))
        console.print(table)
        return 2
    for found in findings:
        table.add_row(_verdict(lang, found.verdict), Text(say(lang, found.message, found.facts)))
    console.print(table)
    return int(any(found.verdict is Verdict.FAIL for found in findings))


def _verdict(lang: str, verdict: Verdict) -> Text:
    return Text(say(lang, f"doctor-{verdict}"), style=COLOURS[verdict])


if __name__ == "__main__":
    main()
