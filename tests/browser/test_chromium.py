"""The order in which a Chromium is looked for, on small made-up machines: folders with executables."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.browser.chromium import Machine, NoChromium, arguments, find, launch, provide

WORKS = "#!/bin/sh\necho Chromium 1.0\n"
BROKEN = "#!/bin/sh\necho 'install me from the store first' >&2\nexit 1\n"


class Workshop:
    """A folder for executables, and a Python of its own that tells where Playwright keeps its Chromium."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"PATH": f"{folder}:/usr/bin:/bin"}
        self.playwrights = folder / "of-playwright"
        # Asked by `-c` it tells the place; asked to install (`-m playwright install`) it does what the test says.
        self.python_that("exit 1")

    def put(self, name: str, script: str = WORKS) -> Path:
        path = self.folder / name
        path.write_text(script)
        path.chmod(0o755)
        return path

    def python_that(self, installs: str) -> None:
        self.put("python", f'#!/bin/sh\n[ "$1" = -c ] && {{ echo "{self.playwrights}"; exit; }}\n{installs}\n')

    def machine(self, root: bool = False) -> Machine:
        # Only this folder is on the path that names are looked up on; the scripts themselves need cp and chmod.
        return Machine({**self.environment, "PATH": str(self.folder)}, str(self.folder / "python"), root)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def copying(source: Path, target: Path) -> str:
    return f'PATH=/usr/bin:/bin cp "{source}" "{target}"'


def test_the_named_one_comes_first(workshop: Workshop) -> None:
    workshop.put("chromium")
    workshop.environment["KRING_CHROMIUM"] = str(workshop.put("mine"))
    assert find(workshop.machine()) == workshop.folder / "mine"


def test_then_those_on_the_path_in_order(workshop: Workshop) -> None:
    workshop.put("google-chrome")
    workshop.put("of-playwright")
    assert find(workshop.machine()) == workshop.folder / "google-chrome"
    workshop.put("chromium-browser")
    assert find(workshop.machine()) == workshop.folder / "chromium-browser"
    workshop.put("chromium")
    assert find(workshop.machine()) == workshop.folder / "chromium"
    workshop.put("chromium-headless-shell")
    assert find(workshop.machine()) == workshop.folder / "chromium-headless-shell"


def test_one_that_does_not_answer_is_passed_over(workshop: Workshop) -> None:
    workshop.environment["KRING_CHROMIUM"] = str(workshop.folder / "absent")
    workshop.put("chromium-browser", BROKEN)
    workshop.put("google-chrome")
    assert find(workshop.machine()) == workshop.folder / "google-chrome"


def test_then_the_one_playwright_has(workshop: Workshop) -> None:
    workshop.put("of-playwright")
    assert find(workshop.machine()) == workshop.playwrights


def test_nothing_is_fetched_while_one_is_here(workshop: Workshop) -> None:
    workshop.put("chromium")
    workshop.python_that(f'echo fetched > "{workshop.folder}/fetched"')
    provide(workshop.machine(root=True))
    assert not (workshop.folder / "fetched").exists()


def test_playwright_installs_before_the_system_does(workshop: Workshop) -> None:
    spare = workshop.put("spare")
    workshop.python_that(copying(spare, workshop.playwrights))
    workshop.put("apt-get", f"#!/bin/sh\n{copying(spare, workshop.folder / 'chromium')}\n")
    assert provide(workshop.machine(root=True)) == workshop.playwrights
    assert not (workshop.folder / "chromium").exists()


def test_the_system_installs_when_playwright_cannot(workshop: Workshop) -> None:
    spare = workshop.put("spare")
    workshop.put("apt-get", f'#!/bin/sh\n[ "$1" = update ] && exit 1\n{copying(spare, workshop.folder / "chromium")}\n')
    assert provide(workshop.machine(root=True)) == workshop.folder / "chromium"


def test_a_system_without_the_shell_installs_the_whole(workshop: Workshop) -> None:
    spare, chromium = workshop.put("spare"), workshop.folder / "chromium"
    known = f'case "$*" in *headless-shell*) exit 100;; esac\n{copying(spare, chromium)}'
    workshop.put("apt-get", f"#!/bin/sh\n{known}\n")
    assert provide(workshop.machine(root=True)) == chromium


def test_only_root_asks_the_system(workshop: Workshop) -> None:
    workshop.put("apt-get", f'#!/bin/sh\necho asked > "{workshop.folder}/asked"\n')
    with pytest.raises(NoChromium, match="sudo apt install chromium"):
        provide(workshop.machine(root=False))
    assert not (workshop.folder / "asked").exists()
    with pytest.raises(NoChromium):  # the control: root does ask, and an apt-get that brings nothing is no Chromium
        provide(workshop.machine(root=True))
    assert (workshop.folder / "asked").exists()


def test_the_sandbox_is_left_out_for_root_alone() -> None:
    assert "--no-sandbox" in arguments(root=True)
    assert "--no-sandbox" not in arguments(root=False)


@pytest.mark.browser
async def test_the_one_that_is_here_shows_a_page() -> None:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        page = await browser.new_page()
        await page.set_content("<title>Kring</title><button>Meedoen</button>")
        assert await page.title() == "Kring"
        assert await page.get_by_role("button", name="Meedoen").is_visible()
        await browser.close()
