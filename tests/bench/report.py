"""A section of the report: on the terminal, and in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.console import Console
from rich.table import Table

from tests.bench.rounds import Bar

NOT_MEASURED = "not measured"


class Section(Struct, frozen=True, kw_only=True):
    """What a scenario found. The first column of `rows` is who; `notes` are sentences for the reader."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[Bar] = ()
    notes: Sequence[str] = ()


def show(section: Section, console: Console) -> None:
    table = Table(title=section.title, title_justify="left")
    for number, column in enumerate(section.columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in section.rows:
        table.add_row(*row)
    console.print(table)
    for bar in section.bars:
        colour = "green" if bar.cleared else "red"
        console.print(f"[{colour}]{bar.verdict}[/]  {in_words(bar)}", highlight=False)
    for note in section.notes:
        console.print(note, style="dim", highlight=False)
    console.print()


def markdown(section: Section) -> str:
    lines = [f"## {section.title}", ""]
    lines.append("| " + " | ".join(section.columns) + " |")
    lines.append("|" + "|".join(["---", *["---:"] * (len(section.columns) - 1)]) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in section.rows]
    if section.bars:
        lines += [
            "",
            *(f"- {bar.verdict if bar.cleared else f'**{bar.verdict}**'}: {in_words(bar)}" for bar in section.bars),
        ]
    if section.notes:
        lines += ["", *(f"- {note}" for note in section.notes)]
    return "\n".join(lines) + "\n"


def in_words(bar: Bar) -> str:
    if not bar.ratios:
        return f"{bar.says}: {NOT_MEASURED}"
    wanted = f"{'at least' if bar.at_least else 'at most'} {bar.bound:g}{bar.unit}"
    rounds = f"{len(bar.ratios)} {'pairs' if bar.unit == '×' else 'runs'}"
    return f"{bar.says}: median {bar.median:.2f}{bar.unit} ({spread(bar.ratios)}, {rounds}; bar: {wanted})"


def spread(ratios: Sequence[float]) -> str:
    return f"{min(ratios):.2f}–{max(ratios):.2f}"


def thousands(value: float) -> str:
    return f"{value / 1_000:,.0f} k"


def milliseconds(us: float) -> str:
    return f"{us / 1_000:.1f}" if us < 100_000 else f"{us / 1_000:.0f}"
