"""The recorded conversations: found beside the checkout, skipped without them, a failure where they are required."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

USER = "def test_reads(conversations):\n    assert (conversations / 'README.md').is_file()\n"
OTHER = "import pytest\n\n@pytest.mark.skip(reason='of its own')\ndef test_other(): ...\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout that has nothing but our conftest and two tests."""
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("conftest.py"), tests)
    (tests / "test_user.py").write_text(USER)
    (tests / "test_other.py").write_text(OTHER)
    return tests.parent


def closing_line(checkout: Path, **environment: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "markers=conversations", "tests"]
    done = subprocess.run(command, cwd=checkout, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True)
    return done.stdout.decode().strip().rpartition("\n")[2].rpartition(" in ")[0]


def put_conversations(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("what was said")
    return folder


def test_they_lie_beside_the_checkout(checkout: Path) -> None:
    put_conversations(checkout.parent / "shared" / "data")
    assert closing_line(checkout, KRING_REQUIRE_CONVERSATIONS="1") == "1 passed, 1 skipped"


def test_or_where_the_variable_says(checkout: Path, tmp_path: Path) -> None:
    elsewhere = put_conversations(tmp_path / "elsewhere")
    assert closing_line(checkout, KRING_CONVERSATIONS=str(elsewhere)) == "1 passed, 1 skipped"


def test_without_them_a_test_skips_and_fails_where_they_are_required(checkout: Path) -> None:
    assert closing_line(checkout) == "2 skipped"
    assert closing_line(checkout, KRING_REQUIRE_CONVERSATIONS="1") == "1 skipped, 1 error"
