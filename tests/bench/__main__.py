"""`python -m tests.bench`: every scenario, or those that are named; see --help."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from tests.bench.loading import Invalid
from tests.bench.machine import HERE, Missing, describe
from tests.bench.report import Section, markdown, show
from tests.bench.scenarios import Bench, all_of_them, smoke_of

PAGE = HERE.parent.parent / "docs" / "performance.md"
MEASURED = "<!-- below this line `make bench WRITE=1` writes -->"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(sorted(all_of_them())))
@click.option("--members", default=1_000, show_default=True, help="People in the room.")
@click.option("--pairs", default=5, show_default=True, help="Rounds for a comparison that has a bar.")
@click.option("--runs", default=3, show_default=True, help="Rounds for everybody else.")
@click.option("--noise", default=3, show_default=True, help="Pairs of Kring against itself.")
@click.option("--seconds", default=5.0, show_default=True, help="How long each run sends.")
@click.option("--smoke", is_flag=True, help="Small and short: does it work?")
def main(names: Sequence[str], members: int, pairs: int, runs: int, noise: int, seconds: float, smoke: bool) -> None:
    """Measure Kring beside its peers. WRITE=1 also writes docs/performance.md."""
    asked = Bench(members=members, pairs=pairs, runs=runs, noise=noise, seconds=seconds, say=_progress)
    bench = smoke_of(asked) if smoke else asked
    scenarios = all_of_them()
    console = Console(width=None if sys.stdout.isatty() else 160)
    sections: list[Section] = []
    try:
        for fact in describe():
            console.print(fact, style="dim", highlight=False)
        began = time.monotonic()
        for name in names or scenarios:
            at = time.monotonic()
            for section in scenarios[name].run(bench):
                sections.append(section)
                show(section, console)
            now = time.monotonic()
            console.print(f"{name} took {_minutes(now - at)}, {_minutes(now - began)} until now", style="dim")
    except (Invalid, Missing) as error:
        sys.exit(str(error))
    if os.environ.get("WRITE"):
        write(PAGE, shlex.join(["python", "-m", "tests.bench", *sys.argv[1:]]), sections)


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def write(page: Path, command: str, sections: Sequence[Section]) -> None:
    """Into `page`, below what was written by hand: what was found, on what, and by which command."""
    by_hand, _, _ = page.read_text().partition(MEASURED)
    facts = [f"- {fact}" for fact in [*describe(), f"{time.strftime('%Y-%m-%d')}, by `{command}`"]]
    found = "\n".join(map(markdown, sections))
    page.write_text(f"{by_hand}{MEASURED}\n\n" + "\n".join(facts) + "\n\n" + found)


if __name__ == "__main__":
    main()
