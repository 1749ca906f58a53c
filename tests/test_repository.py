"""What the repository promises about itself: its layout, the size of its files, and that it names no machine."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("rooms", "realtime", "persistence", "web")
LONGEST = 400

TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "docs",
    ".ci",
    "pyproject.toml",
    "Procfile",
    "Makefile",
    "README.md",
    "CHANGELOG.md",
    ".gitignore",
    ".editorconfig",
}

# Package indexes of the languages used here, by name, in pieces: this file is searched too.
REGISTRIES = re.compile(
    "|".join(
        ("pypi" r"\.org", "pythonhosted" r"\.org", "registry" r"\.npmjs", "registry" r"\.yarnpkg", "npmmirror" r"\.com")
    )
)

# A path that begins at the root and leads into a home or a workplace; what every Unix has (/usr, /etc, /tmp) is fine.
MACHINE_PATH = re.compile(r"(?<![\w.$/}-])/(?:home|root|Users|work|farm|workspace|opt/wheels)/\w")

# All that persistence may know of the live side (design §5).
SEEN_BY_PERSISTENCE = ("realtime.journal", "realtime.projection", "realtime.batch", "realtime.gate")
# The journals themselves are named only where the app is put together.
CONCRETE_JOURNALS = ("realtime.journal.local", "realtime.journal.redis")


def tracked() -> list[Path]:
    """Every file in git, and every new one that git does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    names = listing.stdout.decode().split("\0")
    return [path for name in names if name and (path := CHECKOUT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """(name, text) of every tracked file that is text."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            found.append((str(path.relative_to(CHECKOUT)), content.decode("utf-8", "replace")))
    return found


def long_files(files: list[tuple[str, str]], longest: int = LONGEST) -> list[str]:
    """The source files with more lines than `longest`; what a program writes may be long."""
    source = re.compile(rf"({'|'.join(PACKAGES)})/.*\.(py|ts|svelte)$")
    return [
        f"{name}: {text.count(chr(10))}"
        for name, text in files
        if source.match(name) and text.count("\n") > longest and "Do not edit." not in text.partition("\n")[0]
    ]


def lines_with(pattern: re.Pattern[str], files: list[tuple[str, str]]) -> list[str]:
    """Where the pattern stands, as `name:line`."""
    return [
        f"{name}:{number}"
        for name, text in files
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def imported_modules(name: str, source: str) -> list[str]:
    """The dotted names that a module imports, `from a import b` as `a.b`."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def test_the_top_level_is_the_design() -> None:
    names = {path.relative_to(CHECKOUT).parts[0] for path in tracked()}
    assert names <= TOP_LEVEL, f"not in the layout: {sorted(names - TOP_LEVEL)}"
    assert names >= TOP_LEVEL, f"missing: {sorted(TOP_LEVEL - names)}"


def test_no_source_file_is_long() -> None:
    assert long_files(texts()) == []
    assert long_files([("rooms/model.py", "\n" * 401), ("docs/long.md", "\n" * 999)]) == ["rooms/model.py: 401"]


def test_no_vague_names() -> None:
    vague = re.compile(r"(utils?|helpers?|managers?|services?|base|misc|common)\.(py|ts|svelte)$")
    assert [str(path) for path in tracked() if vague.fullmatch(path.name)] == []


def test_no_registry_address_anywhere() -> None:
    assert lines_with(REGISTRIES, texts()) == []
    planted = '"resolved": "https://registry.' + 'npmjs.org/svelte/-/svelte-5.0.0.tgz"'
    assert lines_with(REGISTRIES, [("package-lock.json", planted)]) == ["package-lock.json:1"]


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH, texts()) == []
    assert lines_with(MACHINE_PATH, [("a", "see /" + "work/notes"), ("b", "= '/" + "root/x'")]) == ["a:1", "b:1"]
    assert lines_with(MACHINE_PATH, [("a", "the rooms/" + "work/x and https://a.example/" + "home/x")]) == []


def test_persistence_sees_only_the_journal_and_the_projection() -> None:
    wrong = [
        f"{name}: {module}"
        for name, text in texts()
        if name.startswith("persistence/") and name.endswith(".py")
        for module in imported_modules(name, text)
        if module.startswith("realtime")
        and (not is_within(module, SEEN_BY_PERSISTENCE) or is_within(module, CONCRETE_JOURNALS))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("realtime.journal.Journal", True),
        ("realtime.projection", True),
        ("realtime.hub.Hub", False),
        ("realtime.journals", False),
    ],
)
def test_what_persistence_may_see(module: str, allowed: bool) -> None:
    assert is_within(module, SEEN_BY_PERSISTENCE) is allowed
