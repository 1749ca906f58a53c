"""How `make` finds a Python, on small made-up machines: a folder with a python3 that is what the test says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"

# Each is a shell script; $REAL is the Python that runs these tests.
WHOLE = 'exec "$REAL" "$@"'
TOO_OLD = "exit 1"  # it is only ever asked whether it is 3.11
NO_ENSUREPIP = 'case "$*" in "-m venv .venv") exit 1 ;; esac\nexec "$REAL" "$@"'
NO_VENV = 'case "$*" in "-m venv"*) exit 1 ;; esac\nexec "$REAL" "$@"'
NO_VENV_NO_PIP = 'case "$*" in "-m venv .venv" | "-m pip"*) exit 1 ;; esac\nexec "$REAL" "$@"'


class Machine:
    """A checkout with only the Makefile in it, on a machine with the Pythons that were put there."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.checkout = folder / "checkout"
        self.bin.mkdir()
        self.checkout.mkdir()
        shutil.copy(MAKEFILE, self.checkout)
        for tool in ("sh", "rm", "touch", "make"):
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)

    def put(self, name: str, script: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\nREAL='{sys.executable}'\n{script}\n")
        path.chmod(0o755)
        return path

    def make_environment(self, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", ".venv/python"],
            cwd=self.checkout,
            env={"PATH": str(self.bin), **variables},
            capture_output=True,
            text=True,
        )

    @property
    def has_environment(self) -> bool:
        return (self.checkout / ".venv/bin/python").exists() and (self.checkout / ".venv/python").exists()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_whole_python_makes_the_environment(machine: Machine) -> None:
    machine.put("python3", WHOLE)
    done = machine.make_environment()
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.has_environment


@pytest.mark.parametrize("python3", [TOO_OLD, NO_VENV])
def test_a_python_that_will_not_do_is_passed_over(machine: Machine, python3: str) -> None:
    machine.put("python3", python3)
    machine.put("python3.12", WHOLE)
    assert machine.make_environment().returncode == 0
    assert machine.has_environment


def test_one_outside_the_path_can_be_named(machine: Machine) -> None:
    elsewhere = machine.put("mine", WHOLE).rename(machine.checkout / "mine")
    assert machine.make_environment(KRING_PYTHON=str(elsewhere)).returncode == 0
    assert machine.has_environment


def test_without_ensurepip_the_systems_pip_serves(machine: Machine) -> None:
    machine.put("python3", NO_ENSUREPIP)
    assert machine.make_environment().returncode == 0
    assert (machine.checkout / ".venv/bin/pip").exists()


@pytest.mark.parametrize("python3", [NO_VENV, NO_VENV_NO_PIP])
def test_without_venv_a_sentence_says_what_to_install(machine: Machine, python3: str) -> None:
    machine.put("python3", python3)
    done = machine.make_environment()
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stderr
    assert not (machine.checkout / ".venv").exists()


def test_without_a_new_enough_python_a_sentence_says_which(machine: Machine) -> None:
    machine.put("python3", TOO_OLD)
    done = machine.make_environment()
    assert done.returncode != 0
    assert "Kring needs Python 3.11 or newer" in done.stderr
