"""The documentation says what is: settings, commands, targets and links are checked against the code."""

from __future__ import annotations

import re
from pathlib import Path

import click

from rooms.model import Role
from web.cli import commands
from web.settings import READERS, Settings

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs/reference/README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]


def first_cells(text: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def unresolved(page: Path, text: str) -> list[str]:
    """Links and pictures of a page that lead to no file."""
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    return [t for t in targets if not re.match(r"[a-z]+:", t) and not (page.parent / t).exists()]


def test_every_setting_is_documented_and_no_other() -> None:
    named = {cell for cell in first_cells(REFERENCE) if cell.isupper()}
    assert named == set(READERS)


def test_the_defaults_documented_are_the_defaults() -> None:
    defaults = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", REFERENCE, re.MULTILINE))
    settings = Settings()
    shown = {name: str(getattr(settings, READERS[name][0])) for name in defaults if name != "KRING_CONVERSATIONS"}
    assert shown == {name: value for name, value in defaults.items() if name in shown}


def test_every_command_and_its_options_are_documented() -> None:
    for name, command in commands("en", {}).commands.items():
        row = next(line for line in REFERENCE.splitlines() if line.startswith(f"| `kring {name}"))
        for option in command.params:
            if isinstance(option, click.Option) and option.opts != ["--help"]:
                assert f"`{option.opts[0]}`" in row, (name, option.opts)


def test_every_documented_target_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documented = {cell.split()[1] for cell in first_cells(REFERENCE) if cell.startswith("make ")}
    assert documented
    assert documented <= targets


def test_every_role_is_documented() -> None:
    roles = {role.value for role in Role} - {Role.SYSTEM.value}
    assert roles <= set(re.findall(r"^\| ([a-z]+) \|", REFERENCE, re.MULTILINE))


def test_links_lead_somewhere() -> None:
    assert {str(page): found for page in PAGES if (found := unresolved(page, page.read_text()))} == {}


def test_a_link_to_nowhere_is_found() -> None:
    """Negative control."""
    assert unresolved(ROOT / "README.md", "see [this](docs/no-such-page.md)") == ["docs/no-such-page.md"]
